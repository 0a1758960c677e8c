/*
 * A file that is there whole, or as it was.
 */
#ifndef FU_BASE_SAVE_H
#define FU_BASE_SAVE_H

#include "base/arena.h"
#include "base/err.h"

/*
 * fu_save(path, text, err):
 * Write aside in the same directory, and take the name of ${path} when all is
 * on disk: who reads it meanwhile has the old one.  0 or -1.
 */
int fu_save(const char *, struct fu_str, struct fu_err *);

#endif
