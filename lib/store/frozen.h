/*
 * A database where nothing can be written.
 */
#ifndef FU_STORE_FROZEN_H
#define FU_STORE_FROZEN_H

#include <stdbool.h>

#include "base/err.h"

/*
 * fu_db_uri(path, reads):
 * The URI by which SQLite opens ${path}, to be freed.  One who only ${reads}
 * needs no log, index or lock beside it if the disk takes no writes and no log
 * lies there that holds something: then the URI says so.
 *
 * fu_db_there(path, err): 0; -1 when there is no such file.
 *
 * fu_db_closed_to_us(path, err): -1, and why somebody who reads alone cannot,
 * where the disk would let others.
 */
char *fu_db_uri(const char *, bool);
int fu_db_there(const char *, struct fu_err *);
int fu_db_closed_to_us(const char *, struct fu_err *);

#endif
