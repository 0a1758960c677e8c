/*
 * A service's word about a message of ours, and what follows from it.
 *
 * Must never send again, and never call somebody reachable whom it has heard
 * to be gone.
 */
#include <stdlib.h>
#include <string.h>

#include "flow/alert.h"
#include "flow/arrived.h"
#include "flow/stream.h"
#include "record/json.h"
#include "store/dispatch.h"
#include "store/enrolments.h"
#include "store/events.h"
#include "store/shown.h"
#include "store/touches.h"

/* So long back a code counts with one that comes now. */
#define COUNTS_US	(30 * FU_DAY)

static bool
has_code(const struct fu_event *e, int code, struct fu_arena *arena)
{
	struct fu_object	 o;
	const char		*text;

	if (e->kind != FU_K_DELIVERY || e->body == NULL ||
	    fu_json_object(arena, fu_str_of(e->body), &o, NULL) == -1)
		return (false);
	text = fu_json_scalar_text(arena, fu_json_get(&o, "code"));
	return (text != NULL && strtoll(text, NULL, 10) == code);
}

/* How often that code has come of them, this time too, and since when. */
static int
times(struct fu_session *s, const struct fu_said_of *said,
    struct fu_arena *arena, size_t *n, int64_t *first_us, struct fu_err *err)
{
	struct fu_event	*event;
	size_t		 count;

	*n = 0;
	*first_us = said->at_us;
	if (said->prospect == 0) {
		*n = 1;
		return (0);
	}
	if (fu_events_load(&s->store, said->prospect, arena, &event, &count,
	    err) == -1)
		return (-1);
	for (size_t i = 0; i < count; i++) {
		if (event[i].at_us < said->at_us - COUNTS_US ||
		    event[i].at_us > said->at_us ||
		    !has_code(&event[i], said->code->code, arena))
			continue;
		if ((*n)++ == 0)
			*first_us = event[i].at_us;
	}
	return (0);
}

/* Into the ledger, and beside the database. */
static int
suppress(struct fu_session *s, const struct fu_said_of *said,
    const char *reason, int64_t until_us, bool *news, struct fu_err *err)
{
	char			 subject[FU_SUBJECT_LEN];
	struct fu_ledger_row	 row = { .at_us = said->at_us,
		.prospect = said->prospect, .subject = subject,
		.channel = said->channel, .event = "suppress",
		.reason = reason, .rule = said->code->rule,
		.source = "provider", .actor = "provider" };

	*news = false;
	if (said->phone == NULL || s->opt->dry)
		return (0);
	fu_subject_phone(&s->keys.key[0], said->phone, subject);
	if (fu_suppress(&s->store, &row, until_us, news, err) == -1)
		return (-1);
	if (!*news || s->store.rehearsal)
		return (0);
	if (*said->witness == NULL &&
	    (*said->witness = fu_witness_open(s, err)) == NULL)
		return (-1);
	return (fu_witness_suppression(*said->witness, &row, until_us, err));
}

/* An operator hears of it, once a day each. */
static int
alarm_of(struct fu_session *s, const struct fu_said_of *said,
    struct fu_arena *arena, struct fu_err *err)
{
	const struct fu_provider_code	*code = said->code;

	if (code->alarm == NULL)
		return (0);
	return (fu_alert(s, fu_printf(arena, "%s:%d", said->channel,
	    code->code), fu_printf(arena, "%s (%d) [%s]", code->alarm,
	    code->code, code->rule), err));
}

/* Is that channel of the number shut already, and no news to anybody? */
static int
known(struct fu_session *s, const struct fu_said_of *said,
    struct fu_arena *arena, bool *shut, struct fu_err *err)
{
	char			 subject[FU_SUBJECT_LEN];
	struct fu_suppression	*list;
	size_t			 n;

	*shut = false;
	if (said->phone == NULL)
		return (0);
	fu_subject_phone(&s->keys.key[0], said->phone, subject);
	if (fu_suppressions(&s->store, subject, said->channel, s->store.now_us,
	    arena, &list, &n, err) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++)
		*shut = *shut || fu_streq(list[i].reason, "suppressed") ||
		    fu_streq(list[i].reason, "objected");
	return (0);
}

static int
opted_out(struct fu_session *s, const struct fu_said_of *said,
    struct fu_arena *arena, struct fu_err *err)
{
	bool	 news, shut;

	if (known(s, said, arena, &shut, err) == -1)
		return (-1);
	if (!shut && alarm_of(s, said, arena, err) == -1)
		return (-1);
	if (suppress(s, said, "suppressed", FU_NEVER, &news, err) == -1)
		return (-1);
	return (!news || said->prospect == 0 ? 0 : fu_enrolment_end_active(
	    &s->store, said->prospect, "opt_out", err));
}

static int
by_count(struct fu_session *s, const struct fu_said_of *said,
    struct fu_arena *arena, struct fu_err *err)
{
	const struct fu_provider_code	*code = said->code;
	int64_t				 first, until;
	size_t				 n;
	bool				 news;

	if (times(s, said, arena, &n, &first, err) == -1)
		return (-1);
	if (code->act == FU_PA_SOFT)
		return (n < (size_t)code->count ||
		    said->at_us - first < code->span_us ? 0 :
		    suppress(s, said, "hard_bounce", FU_NEVER, &news, err));
	until = fu_provider_engaged(n, said->at_us);
	if (until == FU_NEVER)
		return (suppress(s, said, "suppressed", FU_NEVER, &news, err));
	return (suppress(s, said, "engagement_limited", until, &news, err));
}

int
fu_provider_effect(struct fu_session *s, const struct fu_said_of *said,
    struct fu_arena *arena, struct fu_err *err)
{
	const struct fu_provider_code	*code = said->code;
	bool				 news;

	if (code->act == FU_PA_OPTOUT)
		return (opted_out(s, said, arena, err));
	if (code->act != FU_PA_STREAM && !code->country &&
	    alarm_of(s, said, arena, err) == -1)
		return (-1);
	if (code->country && fu_stream_stop_channel(s, said->channel,
	    said->phone, "country", fu_printf(arena, "%s (%d)", code->alarm,
	    code->code), err) == -1)
		return (-1);
	switch (code->act) {
	case FU_PA_STREAM:
		return (fu_stream_stop_channel(s, said->channel, NULL,
		    code->reason, fu_printf(arena, "%s (%d)", code->alarm,
		    code->code), err));
	case FU_PA_DEAD:
		return (suppress(s, said, "hard_bounce", FU_NEVER, &news,
		    err));
	case FU_PA_SOFT:
	case FU_PA_ENGAGED:
		return (by_count(s, said, arena, err));
	default:
		return (0);
	}
}

static int
decide(struct fu_session *s, int64_t prospect, const char *kind, int64_t id,
    bool sent, const char *why, struct fu_err *err)
{
	struct fu_decision	 d = { .prospect = prospect, .kind = kind,
		.subject = id, .verdict = sent ? "sent" : "failed",
		.reason = why };

	return (fu_decision_add(&s->store, &d, err));
}

int
fu_settle_touch(struct fu_session *s, struct fu_touch_row *r, bool sent,
    const char *why, struct fu_err *err)
{
	struct fu_touch	*t = &r->t;
	struct fu_event	 e = { .prospect = t->prospect, .kind = FU_K_SENT,
		.name = fu_kinds[FU_K_SENT].name,
		.channel = fu_channel_name(t->channel), .touch = t->id };

	if (r->handled_us == FU_NEVER)
		r->handled_us = s->store.now_us;
	t->state = sent ? FU_T_SENT : FU_T_FAILED;
	t->sent_us = sent ? r->handled_us : FU_NEVER;
	t->next_us = FU_NEVER;
	e.at_us = r->handled_us;
	r->status = why;
	if (fu_touch_outcome(&s->store, r, err) == -1 ||
	    decide(s, t->prospect, "send", t->id, sent, why, err) == -1)
		return (-1);
	if (sent && t->channel != FU_CH_TASK &&
	    fu_event_note(&s->store, &e, err) == -1)
		return (-1);
	if (!sent && fu_shown_remove(&s->store, t->prospect, t->id, err) == -1)
		return (-1);
	return (fu_prospect_news(&s->store, t->prospect, err));
}

int
fu_settle_dispatch(struct fu_session *s, struct fu_dispatch *d, bool sent,
    const char *why, struct fu_err *err)
{
	d->state = sent ? FU_T_SENT : FU_T_FAILED;
	d->sent_us = sent ? s->store.now_us : FU_NEVER;
	d->next_us = FU_NEVER;
	d->status = why;
	if (fu_dispatch_outcome(&s->store, d, err) == -1)
		return (-1);
	return (decide(s, d->prospect, d->kind, d->handoff != 0 ? d->handoff :
	    d->id, sent, why, err));
}

int
fu_arrived_touch(struct fu_session *s, int64_t id, bool sent,
    struct fu_arena *arena, struct fu_err *err)
{
	struct fu_touch_row	 r;
	int			 rc;

	rc = fu_touch_load(&s->store, id, arena, &r, err);
	if (rc != 1 || r.t.state != FU_T_UNCERTAIN)
		return (rc == -1 ? -1 : 0);
	return (fu_settle_touch(s, &r, sent, "reported", err));
}

int
fu_arrived_dispatch(struct fu_session *s, int64_t id, bool sent,
    struct fu_arena *arena, struct fu_err *err)
{
	struct fu_dispatch	 d;
	int			 rc;

	rc = fu_dispatch_load(&s->store, id, arena, &d, err);
	if (rc != 1 || d.state != FU_T_UNCERTAIN)
		return (rc == -1 ? -1 : 0);
	return (fu_settle_dispatch(s, &d, sent, "reported", err));
}
