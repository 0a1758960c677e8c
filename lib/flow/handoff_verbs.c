/*
 * A rep's verbs: accept, decline, done, release, pause; and the end of an
 * episode by the deal's.
 *
 * Each writes down who and when, and lets the other jobs know.  Must never
 * move a touch's day: the cadence does, when it looks.
 */
#include <stdarg.h>
#include <string.h>

#include "flow/handoff_room.h"
#include "store/events.h"
#include "store/touches.h"

/* What a verb is done to. */
struct act {
	struct fu_session	*session;
	struct fu_arena		*arena;
	int64_t			 prospect;	/* living, or 0 */
	bool			 have;		/* a hand-off */
	struct fu_handoff	 h;
	const char		*by;
	int64_t			 at_us;
};

static int nothing(struct fu_err *, const char *, ...)
    __attribute__((format(printf, 2, 3)));

/* There is nothing to do it to, and why. */
static int
nothing(struct fu_err *err, const char *fmt, ...)
{
	struct fu_buf	 buf;
	va_list		 ap;

	fu_buf_init(&buf);
	va_start(ap, fmt);
	fu_buf_vprintf(&buf, fmt, ap);
	va_end(ap);
	(void)fu_err_set(err, FU_NOTFOUND, "%s", buf.ptr);
	fu_buf_free(&buf);
	return (0);
}

/* An event of the verb, for statistics and fu-why; one from outside, of that
 * very instant, is there already. */
static int
note_event(struct act *a, enum fu_kind kind, int64_t touch, struct fu_err *err)
{
	struct fu_store	*store = &a->session->store;
	struct fu_event	 e = { .prospect = a->prospect, .kind = kind,
		.name = fu_kinds[kind].name, .at_us = a->at_us, .arg = a->by,
		.touch = touch };
	struct fu_event	*had;
	size_t		 n;

	if (fu_events_load(store, a->prospect, a->arena, &had, &n, err) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++)
		if (had[i].kind == kind && had[i].at_us == a->at_us &&
		    had[i].touch == touch)
			return (0);
	return (fu_event_note(store, &e, err));
}

static int
find(struct act *a, int64_t prospect, int64_t id, struct fu_err *err)
{
	struct fu_store	*store = &a->session->store;
	int		 rc;

	if (id != 0) {
		rc = fu_handoff_load(store, id, a->arena, &a->h, err);
		if (rc != 1)
			return (rc == -1 ? -1 : nothing(err,
			    "there is no hand-off %lld", (long long)id));
		a->have = true;
		a->prospect = a->h.prospect;
		return (1);
	}
	if (fu_prospect_living(store, prospect, &a->prospect, err) == -1)
		return (-1);
	rc = fu_handoff_open_of(store, a->prospect, a->arena, &a->h, err);
	if (rc == -1)
		return (-1);
	a->have = rc == 1;
	return (1);
}

/* The hand-off that the verb needs must be there and not over. */
static int
need_open(const struct act *a, struct fu_err *err)
{
	if (!a->have)
		return (nothing(err, "prospect %lld has no open hand-off",
		    (long long)a->prospect));
	if (!fu_handoff_is_open(&a->h))
		return (nothing(err, "hand-off %lld is over (%s)",
		    (long long)a->h.id, a->h.state));
	return (1);
}

/* End the episode: nobody is told any more, and nothing waits for it. */
static int
close_episode(struct act *a, const char *state, const char *reason,
    struct fu_err *err)
{
	struct fu_store	*store = &a->session->store;

	a->h.state = state;
	a->h.closed_us = a->at_us;
	a->h.closed_reason = reason;
	if (fu_handoff_write(store, &a->h, err) == -1 ||
	    fu_dispatch_cancel(store, a->prospect, a->h.id, err) == -1 ||
	    fu_prospect_handoff_open(store, a->prospect, 0, FU_NEVER,
	    err) == -1)
		return (-1);
	return (fu_handoff_note(store, &a->h, state, reason, NULL, err));
}

/* A rep has looked at what may be a stop; a day later it is one for good. */
static int
decided(struct act *a, int64_t prospect, struct fu_err *err)
{
	return (fu_prospect_doubt_over(&a->session->store, prospect,
	    a->at_us - FU_DOUBT_US, err));
}

static int
accept_it(struct act *a, struct fu_err *err)
{
	struct fu_store	*store = &a->session->store;
	int		 rc = need_open(a, err);
	char		 since[FU_TIME_LEN];

	if (rc != 1)
		return (rc);
	if (fu_streq(a->h.state, "accepted") &&
	    fu_streq(a->h.accepted_by, a->by))
		return (nothing(err, "hand-off %lld is accepted by %s already",
		    (long long)a->h.id, a->by));
	/* Who takes what another has says so: that one is to know. */
	if (fu_streq(a->h.state, "accepted"))
		fu_say(a->session->opt, "hand-off %lld was with %s, since %s: "
		    "tell them", (long long)a->h.id, a->h.accepted_by,
		    fu_time_print(a->h.accepted_us, since));
	a->h.state = "accepted";
	a->h.accepted_us = a->at_us;
	a->h.accepted_by = a->by;
	if (a->h.first_response_us == FU_NEVER)
		a->h.first_response_us = a->at_us;
	if (fu_handoff_write(store, &a->h, err) == -1 ||
	    decided(a, a->prospect, err) == -1 ||
	    fu_prospect_human(store, a->prospect, a->at_us, a->by, err) == -1 ||
	    fu_handoff_note(store, &a->h, "accepted", a->by, NULL, err) == -1)
		return (-1);
	return (note_event(a, FU_K_HANDOFF_ACCEPTED, 0, err) == -1 ? -1 : 1);
}

/* The rep leaves it to the cadence, the reply that waited too. */
static int
decline(struct act *a, struct fu_err *err)
{
	struct fu_store	*store = &a->session->store;
	bool		 had = a->have && fu_streq(a->h.state, "accepted");
	int		 rc = need_open(a, err);

	if (rc != 1)
		return (rc);
	if (a->h.first_response_us == FU_NEVER)
		a->h.first_response_us = a->at_us;
	if (close_episode(a, "declined", a->by, err) == -1 ||
	    decided(a, a->prospect, err) == -1 ||
	    fu_prospect_answered(store, a->prospect, err) == -1 ||
	    (had && fu_prospect_human(store, a->prospect,
	    FU_NEVER, NULL, err) == -1))
		return (-1);
	return (1);
}

static int
release(struct act *a, struct fu_err *err)
{
	struct fu_store		*store = &a->session->store;
	struct fu_prospect	 p;
	bool			 open = a->have && fu_handoff_is_open(&a->h);
	int			 rc;

	rc = fu_prospect_load(store, a->prospect, a->arena, &p, err);
	if (rc != 1)
		return (rc == -1 ? -1 : nothing(err,
		    "there is no prospect %lld", (long long)a->prospect));
	a->prospect = p.id;
	if (a->have && !open)
		return (need_open(a, err));
	if (!open && p.human_us == FU_NEVER && p.reply_pending_us == FU_NEVER)
		return (nothing(err, "prospect %lld: no rep has the "
		    "conversation, and no reply waits", (long long)p.id));
	if ((open && close_episode(a, "released", a->by, err) == -1) ||
	    fu_prospect_human(store, p.id, FU_NEVER, NULL, err) == -1 ||
	    decided(a, p.id, err) == -1 ||
	    fu_prospect_answered(store, p.id, err) == -1)
		return (-1);
	if (!open) {
		a->h = (struct fu_handoff){ .prospect = p.id };
		if (fu_handoff_note(store, &a->h, "released", a->by, NULL,
		    err) == -1)
			return (-1);
	}
	return (note_event(a, FU_K_RELEASED, 0, err) == -1 ? -1 : 1);
}

static int
pause_it(struct act *a, struct fu_err *err)
{
	struct fu_store	*store = &a->session->store;

	if (a->have && !fu_handoff_is_open(&a->h))
		return (need_open(a, err));
	if (!a->have)
		a->h = (struct fu_handoff){ .prospect = a->prospect };
	if (decided(a, a->prospect, err) == -1 ||
	    fu_prospect_human(store, a->prospect, a->at_us, a->by, err) == -1 ||
	    fu_handoff_note(store, &a->h, "paused", a->by, NULL, err) == -1)
		return (-1);
	return (1);
}

/* A task that is done before it was told of is not told any more. */
static int
done(struct act *a, int64_t id, struct fu_err *err)
{
	struct fu_store		*store = &a->session->store;
	struct fu_touch_row	 r;
	struct fu_event		*had;
	size_t			 n;
	int			 rc;

	rc = fu_touch_load(store, id, a->arena, &r, err);
	if (rc != 1)
		return (rc == -1 ? -1 : nothing(err,
		    "there is no touch %lld", (long long)id));
	if (r.t.channel != FU_CH_TASK)
		return (nothing(err, "touch %lld is no task, its channel is "
		    "%s", (long long)id, fu_channel_name(r.t.channel)));
	a->prospect = r.t.prospect;
	if (fu_events_load(&a->session->store, a->prospect, a->arena, &had, &n,
	    err) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++)
		if (had[i].kind == FU_K_TASK_DONE && had[i].touch == id &&
		    had[i].at_us != a->at_us)
			return (nothing(err, "task %lld is done already, by %s",
			    (long long)id, had[i].arg != NULL ? had[i].arg :
			    "a rep"));
	a->h = (struct fu_handoff){ .prospect = r.t.prospect, .id = id };
	if (r.t.state <= FU_T_CLAIMED && fu_touch_handled(store,
	    r.t.prospect, id, FU_T_SENT, "done", err) == -1)
		return (-1);
	if (fu_handoff_note(store, &a->h, "task_done", a->by, NULL, err) == -1)
		return (-1);
	return (note_event(a, FU_K_TASK_DONE, id, err) == -1 ? -1 : 1);
}

int
fu_handoff_verb(struct fu_session *s, enum fu_rep_verb verb, int64_t prospect,
    int64_t id, const char *by, int64_t at_us, struct fu_err *err)
{
	struct fu_arena	 arena;
	struct act	 a = { .session = s, .arena = &arena,
		.by = fu_blank(by) ? "rep" : by, .at_us = at_us };
	int		 rc = 1;

	fu_arena_init(&arena);
	if (verb != FU_REP_DONE)
		rc = find(&a, prospect, id, err);
	if (rc == 1)
		switch (verb) {
		case FU_REP_ACCEPT:
			rc = accept_it(&a, err);
			break;
		case FU_REP_DECLINE:
			rc = decline(&a, err);
			break;
		case FU_REP_DONE:
			rc = done(&a, id, err);
			break;
		case FU_REP_RELEASE:
			rc = release(&a, err);
			break;
		case FU_REP_PAUSE:
			rc = pause_it(&a, err);
			break;
		}
	/* The cadence takes note of the pause, or of its end, and what is held
	 * is held for something else now. */
	if (rc == 1 && (fu_prospect_news(&s->store, a.prospect, err) == -1 ||
	    fu_touches_wake(&s->store, a.prospect, err) == -1))
		rc = -1;
	fu_arena_free(&arena);
	return (rc);
}

int
fu_handoff_end(struct fu_session *s, int64_t prospect, const char *reason,
    struct fu_err *err)
{
	struct fu_arena	 arena;
	struct act	 a = { .session = s, .arena = &arena,
		.at_us = s->store.now_us };
	bool		 had;
	int		 rc;

	fu_arena_init(&arena);
	rc = find(&a, prospect, 0, err);
	if (rc == 1 && a.have) {
		had = fu_streq(a.h.state, "accepted");
		rc = close_episode(&a, "ended", reason, err);
		if (rc == 0 && had)
			rc = fu_prospect_human(&s->store, a.prospect, FU_NEVER,
			    NULL, err);
		if (rc == 0)
			rc = fu_prospect_news(&s->store, a.prospect, err);
	}
	fu_arena_free(&arena);
	return (rc == -1 ? -1 : 0);
}
