/*
 * By what a person is known: addresses, numbers, ids of other systems,
 * visitors.  Says who holds a value; who may is for flow/ingest to decide.
 */
#ifndef FU_STORE_IDENTITY_H
#define FU_STORE_IDENTITY_H

#include "store/store.h"

/* The numbers are stored. */
enum fu_id_kind {
	FU_ID_EMAIL = 1,	/* fu_email_key() of the address */
	FU_ID_PHONE,		/* E.164 */
	FU_ID_EXTERNAL,		/* "system:id" */
	FU_ID_VISITOR
};

/* More people than this behind one value are not told apart. */
#define FU_HOLDERS_MAX 8

struct fu_holders {
	int64_t	 id[FU_HOLDERS_MAX];	/* ascending */
	size_t	 n;
};

/*
 * fu_identity_find(store, kind, value, holders, err): who is known by it.
 *
 * fu_identity_add(store, kind, value, prospect, more, added, err):
 * The person is known by it too.  ${more} says that it is not the one in the
 * person's own columns.  ${added} tells whether that is new.
 *
 * fu_identity_more(store, kind, value, prospect, err): it is no longer the
 * one in the columns.
 */
int fu_identity_find(struct fu_store *, enum fu_id_kind, const char *,
    struct fu_holders *, struct fu_err *);
int fu_identity_add(struct fu_store *, enum fu_id_kind, const char *, int64_t,
    bool, bool *, struct fu_err *);
int fu_identity_more(struct fu_store *, enum fu_id_kind, const char *, int64_t,
    struct fu_err *);

/*
 * fu_identity_move(store, kind, value, from, to, err): one that is in the
 * columns of ${from}.
 * fu_identity_move_more(store, from, to, err): all that are in none.
 */
int fu_identity_move(struct fu_store *, enum fu_id_kind, const char *, int64_t,
    int64_t, struct fu_err *);
int fu_identity_move_more(struct fu_store *, int64_t, int64_t,
    struct fu_err *);

/*
 * fu_identity_extra(store, prospect, kind, arena, values, n, err):
 * Values of that kind beyond the person's own column.
 */
int fu_identity_extra(struct fu_store *, int64_t, enum fu_id_kind,
    struct fu_arena *, const char ***, size_t *, struct fu_err *);

#endif
