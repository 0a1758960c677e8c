/*
 * What time does to hand-offs, and what is told of them and of service
 * messages: claimed here, delivered by fu-send.
 *
 * Must never emit what is not durable.
 */
#include <string.h>

#include "flow/answer.h"
#include "flow/due.h"
#include "flow/handoff_room.h"
#include "store/turns.h"

#define CHUNK		64	/* rows fetched at once: packages are large */
#define SLICE_US	(25 * 1000)
#define PAUSE_US	2000

/* One transaction's work, and what it says once it is durable. */
struct slice {
	struct fu_session	*session;
	struct fu_arena		 arena;
	struct fu_buf		 out;
	int64_t			 start_us;
};

/* Another transaction is due; without changes being kept (-n) there is one. */
static bool
slice_over(const struct slice *sl)
{
	return (!sl->session->store.dry &&
	    fu_clock_monotonic_us() - sl->start_us > SLICE_US);
}

static int
lapse(struct slice *sl, struct fu_handoff *h, struct fu_err *err)
{
	struct fu_store	*store = &sl->session->store;

	h->state = "lapsed";
	if (fu_handoff_write(store, h, err) == -1 ||
	    fu_handoff_note(store, h, "lapsed", "respond_by", NULL,
	    err) == -1)
		return (-1);
	return (fu_prospect_news(store, h->prospect, err));
}

static int
escalate(struct slice *sl, struct fu_handoff *h, struct fu_err *err)
{
	struct fu_store	*store = &sl->session->store;

	h->escalated_us = store->now_us;
	if (fu_handoff_write(store, h, err) == -1 ||
	    fu_handoff_note(store, h, "escalated", "respond_by", NULL,
	    err) == -1)
		return (-1);
	return (fu_handoff_tell(sl->session, h, "escalation", &sl->arena, NULL,
	    err));
}

/* Episodes whose time has come; ${more} when the slice ended before them. */
static int
do_times(struct slice *sl, bool *more, struct fu_err *err)
{
	const struct fu_config	*config = &sl->session->config;
	struct fu_store		*store = &sl->session->store;
	struct fu_handoff	*h;
	size_t			 n;

	do {
		if (fu_handoffs_lapsing(store, store->now_us, CHUNK,
		    &sl->arena, &h, &n, err) == -1)
			return (-1);
		for (size_t i = 0; i < n; i++)
			if (lapse(sl, &h[i], err) == -1)
				return (-1);
	} while (n == CHUNK && !(*more = slice_over(sl)));
	if (*more || config->handoff.escalate_us == 0)
		return (0);
	do {
		if (fu_handoffs_escalating(store, store->now_us -
		    config->handoff.escalate_us, CHUNK, &sl->arena, &h, &n,
		    err) == -1)
			return (-1);
		for (size_t i = 0; i < n; i++)
			if (escalate(sl, &h[i], err) == -1)
				return (-1);
	} while (n == CHUNK && !(*more = slice_over(sl)));
	return (0);
}

/* Rows of one record: a hand-off's destinations of one kind. */
static size_t
rows_together(const struct fu_dispatch *d, size_t n)
{
	size_t	 k = 1;

	while (d[0].handoff != 0 && k < n && d[k].handoff == d[0].handoff &&
	    d[k].prospect == d[0].prospect &&
	    strcmp(d[k].kind, d[0].kind) == 0 &&
	    strcmp(d[k].package, d[0].package) == 0)
		k++;
	return (k);
}

/* Too late to be said: over without leaving. */
static int
let_go(struct fu_store *store, struct fu_dispatch *d, struct fu_err *err)
{
	d->state = FU_T_SKIPPED;
	d->status = "stale";
	d->next_us = FU_NEVER;
	d->sent_us = FU_NEVER;
	return (fu_dispatch_outcome(store, d, err));
}

static int
claim(struct slice *sl, struct fu_dispatch *d, size_t n, struct fu_err *err)
{
	struct fu_store	*store = &sl->session->store;
	const char	*token;
	size_t		 kept = 0;

	if (fu_handoff_token(store, &sl->arena, &token, err) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++) {
		d[i].claim = token;
		d[i].lease_us = store->now_us + FU_LEASE_US;
		if (fu_dispatch_claim(store, &d[i], token, d[i].lease_us,
		    err) == -1)
			return (-1);
		if (d[i].expires_us == FU_NEVER ||
		    d[i].expires_us > store->now_us)
			d[kept++] = d[i];
		else if (let_go(store, &d[i], err) == -1)
			return (-1);
	}
	return (kept == 0 ? 0 : fu_handoff_told(d, kept, &sl->arena, &sl->out,
	    err));
}

static int
do_claims(struct slice *sl, bool *more, struct fu_err *err)
{
	struct fu_store		*store = &sl->session->store;
	struct fu_dispatch	*d;
	size_t			 n, k;

	do {
		if (fu_dispatch_due(store, store->now_us, CHUNK, &sl->arena,
		    &d, &n, err) == -1)
			return (-1);
		for (size_t i = 0; i < n; i += k) {
			k = rows_together(&d[i], n - i);
			if (claim(sl, &d[i], k, err) == -1)
				return (-1);
		}
	} while (n == CHUNK && !(*more = slice_over(sl)));
	return (0);
}

/* Words in the site's chat that nobody has fetched. */
static int
do_words(struct slice *sl, bool *more, struct fu_err *err)
{
	struct fu_store	*store = &sl->session->store;
	int64_t		 id[CHUNK], after = 0;
	size_t		 n;

	do {
		if (fu_turns_due(store, store->now_us, after, CHUNK, id, &n,
		    err) == -1)
			return (-1);
		for (size_t i = 0; i < n; i++)
			if (fu_answer_due(sl->session, after = id[i],
			    &sl->arena, err) == -1)
				return (-1);
	} while (n == CHUNK && !(*more = slice_over(sl)));
	return (0);
}

static int
do_slice(struct slice *sl, bool *more, struct fu_err *err)
{
	struct fu_store	*store = &sl->session->store;

	*more = false;
	sl->start_us = fu_clock_monotonic_us();
	if (fu_store_begin(store, err) == -1)
		return (-1);
	if (fu_dispatch_expire_leases(store, err) == -1 ||
	    do_times(sl, more, err) == -1 ||
	    (!*more && do_words(sl, more, err) == -1) ||
	    (!*more && do_claims(sl, more, err) == -1)) {
		fu_store_rollback(store);
		return (-1);
	}
	return (fu_store_commit(store, err));
}

int
fu_handoff_due(struct fu_session *s,
    int (*emit)(void *, struct fu_str, struct fu_err *), void *ctx,
    struct fu_err *err)
{
	struct slice	 sl = { .session = s };
	bool		 more = true;
	int		 rc = 0;

	fu_arena_init(&sl.arena);
	fu_buf_init(&sl.out);
	while (rc == 0 && more && !s->sink.lost) {
		rc = do_slice(&sl, &more, err);
		if (rc == 0 && sl.out.len > 0)
			rc = emit(ctx, fu_buf_view(&sl.out), err);
		fu_buf_reset(&sl.out);
		fu_arena_reset(&sl.arena);
		if (rc == 0 && more)
			fu_sleep_us(PAUSE_US);
	}
	fu_buf_free(&sl.out);
	fu_arena_free(&sl.arena);
	return (rc);
}
