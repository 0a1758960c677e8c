/*
 * Attempts: each try to deliver, durable before its first byte, and the send
 * counter that the witness is held against.
 *
 * All functions that write are called inside a transaction of the store.
 */
#ifndef FU_STORE_ATTEMPTS_H
#define FU_STORE_ATTEMPTS_H

#include "config/config.h"
#include "store/store.h"

struct fu_attempt {
	int64_t		 prospect, id;
	int64_t		 touch;		/* 0: a dispatch */
	int64_t		 dispatch;	/* 0: a touch */
	const char	*via;
	const char	*message_id;	/* or NULL */
	const char	*text;		/* what a touch says, or NULL */
};

/*
 * fu_attempt_add(store, attempt, err): id drawn, send counter raised.
 * fu_attempt_end(store, attempt, outcome, detail, err): what became of it;
 * "not_started" when no byte left.
 *
 * fu_attempts_failed(store, attempt, n, first_us, err):
 * How often that touch or dispatch was tried and is to be tried again, and
 * when first (FU_NEVER for none).
 *
 * fu_attempt_lost(store, prospect, touch, detail, err):
 * What was taken for sent by the last attempt of that touch did not arrive.
 *
 * fu_attempts_lost(store, prospect, since_us, at, max, n, err):
 * When such attempts of the person began after ${since_us}, the ${max} newest,
 * newest first.
 */
int fu_attempt_lost(struct fu_store *, int64_t, int64_t, const char *,
    struct fu_err *);
int fu_attempts_lost(struct fu_store *, int64_t, int64_t, int64_t *, size_t,
    size_t *, struct fu_err *);
int fu_attempt_add(struct fu_store *, struct fu_attempt *, struct fu_err *);
int fu_attempt_end(struct fu_store *, const struct fu_attempt *, const char *,
    const char *, struct fu_err *);
int fu_attempts_failed(struct fu_store *, const struct fu_attempt *, int *,
    int64_t *, struct fu_err *);

/* fu_attempt_text(store, prospect, touch, arena, text, err): what was said by
 * that touch, of its last attempt; NULL when it is not kept (any more). */
int fu_attempt_text(struct fu_store *, int64_t, int64_t, struct fu_arena *,
    const char **, struct fu_err *);

/* fu_attempt_texts(store, prospect, but, arena, texts, err): what the person
 * has or may have had in touches other than ${but}, oldest first. */
int fu_attempt_texts(struct fu_store *, int64_t, int64_t, struct fu_arena *,
    struct fu_list *, struct fu_err *);

/* The send counter as it is now, not as the last transaction left it. */
int fu_attempts_count(struct fu_store *, int64_t *, struct fu_err *);

/*
 * fu_verdict_last(store, prospect, touch, arena, verdict, reason, rule, err):
 * The gate's verdict on a touch that was recorded last.  1, 0, -1.
 *
 * fu_touches_fallen(store, max, ids, people, n, err):
 * Touches that another copy may have sent by now: planned ones whose time to
 * be looked at has come, and whatever is claimed or attempting.
 */
int fu_verdict_last(struct fu_store *, int64_t, int64_t, struct fu_arena *,
    const char **, const char **, const char **, struct fu_err *);
int fu_touches_fallen(struct fu_store *, size_t, int64_t *, int64_t *, size_t *,
    struct fu_err *);

#endif
