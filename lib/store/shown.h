/*
 * What a person has had from us: insights shown, and the thread that a mail
 * may go on with.
 */
#ifndef FU_STORE_SHOWN_H
#define FU_STORE_SHOWN_H

#include "config/document.h"
#include "store/store.h"

/*
 * fu_shown_load(store, prospect, arena, paths, err): documents that they have
 * had, on any channel.
 * fu_shown_add(store, prospect, touch, document, err): one more, put down
 * before it leaves: a run that is killed may have shown it.
 * fu_shown_remove(store, prospect, touch, err): it did not leave.
 */
int fu_shown_load(struct fu_store *, int64_t, struct fu_arena *,
    struct fu_list *, struct fu_err *);
int fu_shown_add(struct fu_store *, int64_t, int64_t,
    const struct fu_document *, struct fu_err *);
int fu_shown_remove(struct fu_store *, int64_t, int64_t, struct fu_err *);

/* The last mail of a sender's that left of an enrolment. */
struct fu_thread {
	const char	*message_id;	/* with brackets */
	const char	*references;	/* of what answers it, its own id in */
	const char	*subject;
};
/* fu_thread_load(store, prospect, enrolment, sender, arena, thread, err): a
 * thread stays in the mailbox that it began in.  1, 0, -1. */
int fu_thread_load(struct fu_store *, int64_t, int64_t, const char *,
    struct fu_arena *, struct fu_thread *, struct fu_err *);

#endif
