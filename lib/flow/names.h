/*
 * What things are called here, for the completion of a shell.
 */
#ifndef FU_FLOW_NAMES_H
#define FU_FLOW_NAMES_H

#include "base/opt.h"

/*
 * fu_names(opt, kind, out, err):
 * The names of that kind, a line each: facts, fields, events and channels, as
 * the code has them; cadences, messages and senders, as the
 * configuration has them, none where there is no configuration or it cannot be
 * read.  FU_EUSAGE when there is no such kind.
 */
int fu_names(const struct fu_opt *, const char *, struct fu_buf *,
    struct fu_err *);

#endif
