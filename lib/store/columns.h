/*
 * The custom columns that people have.
 */
#ifndef FU_STORE_COLUMNS_H
#define FU_STORE_COLUMNS_H

#include "store/store.h"

/*
 * fu_columns_seen(store, name, n, seen, people, err):
 * Which of the ${n} names are a custom column of anybody, without regard to
 * ASCII case?  ${people} becomes whether anybody is known at all.  Reads
 * people only until all have been seen.  Return 0 or -1.
 */
int fu_columns_seen(struct fu_store *, const char *const *, size_t, bool *,
    bool *, struct fu_err *);

#endif
