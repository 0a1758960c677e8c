/*
 * What a fit asks besides people and events: when people were first enrolled,
 * and what was learned of them when.  Reading only.
 */
#ifndef FU_STORE_FIT_H
#define FU_STORE_FIT_H

#include "store/store.h"

struct fu_fit_enrolled {
	int64_t	 prospect, at_us;	/* the first time */
};

/* Fields that a later batch gave or changed. */
struct fu_fit_given {
	int64_t	 prospect, at_us;
	uint64_t fields;		/* bit i: enum fu_field i */
};

/*
 * Of the people with ids from ${from} to ${to}, in order of id, in the arena:
 * one chunk of a scan of everybody.  0 or -1.
 */
int fu_fit_enrolled_range(struct fu_store *, int64_t, int64_t,
    struct fu_arena *, struct fu_fit_enrolled **, size_t *, struct fu_err *);
int fu_fit_given_range(struct fu_store *, int64_t, int64_t, struct fu_arena *,
    struct fu_fit_given **, size_t *, struct fu_err *);

#endif
