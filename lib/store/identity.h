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
	FU_ID_VISITOR,
	FU_ID_COMPANY		/* a domain: says where, not who */
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
 * fu_identity_find_some(store, kind, value, max, holders, err): ${max} of them
 * are enough; while a bulk load goes on, each further one is dear.
 *
 * fu_identity_add(store, kind, value, prospect, more, added, err):
 * The person is known by it too.  ${more} says that it is not the one in the
 * person's own columns.  ${added} tells whether that is new.
 *
 * fu_identity_new(store, kind, value, prospect, err):
 * The same for somebody just made, in their own columns: while a bulk load
 * goes on it is set down beside the great table.
 */
int fu_identity_find_some(struct fu_store *, enum fu_id_kind, const char *,
    int, struct fu_holders *, struct fu_err *);
int fu_identity_find(struct fu_store *, enum fu_id_kind, const char *,
    struct fu_holders *, struct fu_err *);
int fu_identity_add(struct fu_store *, enum fu_id_kind, const char *, int64_t,
    bool, bool *, struct fu_err *);
int fu_identity_new(struct fu_store *, enum fu_id_kind, const char *, int64_t,
    struct fu_err *);

/*
 * fu_bulk_open(store, err): from now on fu_identity_new() sets down what is
 * new.  Outside any transaction.
 * fu_bulk_slice(store, err): a new slice has begun (inside its transaction).
 * fu_bulk_due(store): is it time to sort in what was set down?
 * fu_bulk_settle(store, slice_us, pause_us, err):
 * Sort it in, also what a killed run has left, in transactions of at most
 * ${slice_us} with pauses between.  Outside any transaction.
 * fu_bulk_close(store): free what the load kept in memory.
 */
int fu_bulk_open(struct fu_store *, struct fu_err *);
int fu_bulk_slice(struct fu_store *, struct fu_err *);
bool fu_bulk_due(const struct fu_store *);
int fu_bulk_settle(struct fu_store *, int64_t, int64_t, struct fu_err *);
void fu_bulk_close(struct fu_store *);

/* For identity.c: is it known that nobody has that at all; that nobody set it
 * down?  Somebody has it now.  And set it down. */
bool fu_bulk_unknown(const struct fu_store *, enum fu_id_kind, const char *);
bool fu_bulk_absent(const struct fu_store *, enum fu_id_kind, const char *);
void fu_bulk_note(struct fu_store *, enum fu_id_kind, const char *);
int fu_bulk_add(struct fu_store *, enum fu_id_kind, const char *, int64_t,
    struct fu_err *);

/*
 * fu_identity_drop(store, kind, value, prospect, err): no longer known by it.
 * fu_identity_move(store, kind, value, from, to, err): one that is in the
 * columns of ${from}.
 * fu_identity_move_more(store, from, to, err): all that are in none.
 */
int fu_identity_drop(struct fu_store *, enum fu_id_kind, const char *, int64_t,
    struct fu_err *);
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
