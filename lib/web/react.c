/*
 * Scores, cadences and triggers of the people of whom something has come in,
 * a moment later, so that what comes together is looked at once.
 *
 * Must never keep others from writing for long: few at a time.
 */
#include <stdlib.h>

#include <glib.h>

#include "flow/handoff.h"
#include "flow/score.h"
#include "store/handoffs.h"
#include "web/serve.h"

#define SOON_US		(250 * 1000)
#define TOGETHER	32
#define SLICE_US	(8 * 1000)
/* While others wait, only who has waited for so long, and fewer. */
#define LATE_US		(FU_SECOND / 2)
#define BUSY_US		(3 * 1000)

struct fu_react {
	struct fu_scoring	*scoring;
	struct fu_cadencer	*cadencer;
	struct fu_handoffer	*handoffer;
	GHashTable		*waits;		/* ids */
	GQueue			 order;		/* of struct wait */
};

struct wait {
	int64_t	 id, due_us;
};

struct fu_react *
fu_react_open(struct fu_session *s, struct fu_err *err)
{
	struct fu_react	*re = fu_zeroed(1, sizeof(*re));

	re->waits = g_hash_table_new(g_direct_hash, g_direct_equal);
	g_queue_init(&re->order);
	if ((re->scoring = fu_scoring_open(s, err)) != NULL &&
	    (re->cadencer = fu_cadencer_open(s, err)) != NULL &&
	    (re->handoffer = fu_handoffer_open(s, err)) != NULL)
		return (re);
	fu_react_close(re);
	return (NULL);
}

void
fu_react_close(struct fu_react *re)
{
	if (re == NULL)
		return;
	fu_handoffer_close(re->handoffer);
	fu_cadencer_close(re->cadencer);
	fu_scoring_close(re->scoring);
	g_queue_clear_full(&re->order, free);
	g_hash_table_destroy(re->waits);
	free(re);
}

void
fu_react_add(struct fu_react *re, int64_t id, int64_t now_us)
{
	struct wait	*w;

	if (id <= 0 || !g_hash_table_add(re->waits, GSIZE_TO_POINTER(id)))
		return;
	w = fu_zeroed(1, sizeof(*w));
	w->id = id;
	w->due_us = now_us + SOON_US;
	g_queue_push_tail(&re->order, w);
}

int64_t
fu_react_due(const struct fu_react *re)
{
	const struct wait	*w = re->order.head == NULL ? NULL :
	    re->order.head->data;

	return (w == NULL ? FU_NEVER : w->due_us);
}

static int
look(struct fu_desk *d, int64_t id, struct fu_arena *arena, bool *open,
    struct fu_err *err)
{
	struct fu_react		*re = d->react;
	struct fu_enrol_result	 enrolled;
	struct fu_scored	 scored;
	struct fu_handoff	 h;
	int			 rc;

	if ((rc = fu_score_look(re->scoring, id, arena, &scored, err)) != 1)
		return (rc);
	if (fu_cadence_look(re->cadencer, id, arena, &enrolled, err) == -1 ||
	    fu_handoff_look(re->handoffer, id, arena, NULL, err) == -1 ||
	    (rc = fu_handoff_open_of(&d->session->store, id, arena, &h,
	    err)) == -1)
		return (-1);
	if (rc == 1 && fu_streq(h.state, "open")) {
		*open = true;
		d->web->count.handoffs += h.fired_us ==
		    d->session->store.now_us;
	}
	return (0);
}

int
fu_react_run(struct fu_desk *d, int64_t now_us, struct fu_err *err)
{
	struct fu_react	*re = d->react;
	int64_t		 id[TOGETHER];
	bool		 busy = d->turn != NULL || d->web->queue.n > 0,
			 open = false;
	int64_t		 end_us = now_us + (busy ? BUSY_US : SLICE_US);
	size_t		 n = 0;
	int		 rc;

	if (busy)
		now_us -= LATE_US;
	if (re->order.head == NULL || fu_react_due(re) > now_us)
		return (0);
	if (fu_session_begin(d->session, err) == -1)
		return (-1);
	for (rc = 0; rc == 0 && n < TOGETHER && re->order.head != NULL &&
	    fu_react_due(re) <= now_us && fu_clock_monotonic_us() < end_us;
	    n++) {
		struct wait	*w = g_queue_pop_head(&re->order);

		id[n] = w->id;
		g_hash_table_remove(re->waits, GSIZE_TO_POINTER(w->id));
		free(w);
		rc = look(d, id[n], &d->arena, &open, err);
	}
	if (rc == 0 && (rc = fu_session_commit(d->session, err)) == 0) {
		d->web->count.reacted += n;
		if (open)
			fu_child_wake(d->web);
		return (0);
	}
	/* They are lagging still, and cron's fu-score --changed sees them; a
	 * moment later so do we. */
	fu_session_rollback(d->session);
	for (size_t i = 0; i < n; i++)
		fu_react_add(re, id[i], fu_clock_monotonic_us() + FU_SECOND);
	return (rc);
}
