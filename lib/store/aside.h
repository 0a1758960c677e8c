/*
 * A private copy of a database, for one who decides and changes nothing.
 */
#ifndef FU_STORE_ASIDE_H
#define FU_STORE_ASIDE_H

#include "store/store.h"

/*
 * fu_store_closed(path): is the database there, and not to be written by us?
 *
 * fu_store_aside(store, path, clock, err):
 * Open a copy of it as it is now, which may be written and which nobody else
 * sees: it lies in TMPDIR without a name, and is gone with ${store}.  Return 0,
 * or -1 with ${err} filled in.
 */
bool fu_store_closed(const char *);
int fu_store_aside(struct fu_store *, const char *, const struct fu_clock *,
    struct fu_err *);

#endif
