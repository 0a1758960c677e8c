/*
 * What an event does at once, in the transaction that records it.
 *
 * Each counts at its own time, so the order of arrival does not show.  Must
 * never decide what is sent: it only says what makes sending wait or end.
 */
#include <stdlib.h>
#include <string.h>

#include "policy/hours.h"
#include "policy/notice_due.h"
#include "flow/alert.h"
#include "flow/handoff.h"
#include "flow/ingest_check.h"
#include "flow/ingest_room.h"
#include "flow/service.h"
#include "record/email.h"
#include "store/enrolments.h"
#include "store/prospects.h"
#include "store/touches.h"

/* An absence that names no day of return lasts as long [EM-14]. */
#define AWAY_DAYS	7

/* Kinds of which an unknown address makes nobody. */
bool
fu_ingest_nobody(const struct fu_ingest_row *row, const struct fu_signals *s)
{
	switch (row->event.kind) {
	case FU_K_AUTO_REPLY:
	case FU_K_BOUNCE:
	case FU_K_DELIVERY:
	case FU_K_COMPLAINT:
	case FU_K_UNSUBSCRIBE:
	case FU_K_STOP:
	case FU_K_OBJECTION:
	case FU_K_START:
	case FU_K_HELP:
	case FU_K_ERASURE_REQUEST:
	case FU_K_RESUME:
		return (true);
	case FU_K_REPLY:
	case FU_K_MESSAGE:
		return (s->stop == FU_STOP_YES || s->stop == FU_STOP_HELP ||
		    s->objection || s->erasure);
	default:
		return (false);
	}
}

struct fu_optout
fu_ingest_act(const struct fu_ingest_row *row)
{
	return ((struct fu_optout){ .channel = "all", .reason = "suppressed",
	    .rule = "CS-04", .source = row->event.name, .actor = "prospect",
	    .at_us = row->event.at_us, .until_us = FU_NEVER,
	    .again = row->action == FU_ACT_DUPLICATE });
}

static int
enrolment_ends(struct fu_ingest *in, int64_t prospect, const char *reason,
    struct fu_err *err)
{
	if (prospect == 0)
		return (0);
	return (fu_enrolment_end_active(&in->session->store, prospect, reason,
	    err));
}

/* An opt-out that closes nothing, now or later, must not look like one. */
static void
tell_nobody(struct fu_ingest *in, const struct fu_ingest_row *row,
    const struct fu_optout *o)
{
	const char	*known = NULL;

	if (row->event.prospect != 0)
		return;
	for (size_t i = 0; i < row->nkey; i++) {
		if ((row->key[i].kind == FU_ID_EMAIL && o->emails) ||
		    (row->key[i].kind == FU_ID_PHONE && o->phones))
			return;
		known = row->key[i].value;
	}
	in->counts.unheard++;
	fu_say(in->session->opt, "%s:%llu: %s: nobody is known%s%.60s, so "
	    "nothing is closed: give the email or phone (+...), or the id, of "
	    "the person", row->source, (unsigned long long)row->line,
	    row->event.name, known == NULL ? "" : " as ",
	    known == NULL ? "" : known);
}

int
fu_ingest_shut_out(struct fu_ingest *in, struct fu_ingest_row *row,
    struct fu_optout *o, const char *why, struct fu_err *err)
{
	bool	 news;

	tell_nobody(in, row, o);
	if (fu_ingest_optout(in, row->event.prospect, row, o, &news, err) == -1)
		return (-1);
	return (news ? enrolment_ends(in, row->event.prospect, why, err) : 0);
}

/* Is a number its author, and nothing else?  So it came as a text. */
static bool
by_number(const struct fu_ingest_row *row)
{
	for (size_t i = 0; i < row->nkey; i++)
		if (row->key[i].kind != FU_ID_PHONE)
			return (false);
	return (row->nkey > 0);
}

/* STOP and its like: all that channel's addresses [TC-03, TC-06, EM-20]; of
 * no channel, all that they have: an opt-out may never close nothing. */
static int
stop(struct fu_ingest *in, struct fu_ingest_row *row, const char *channel,
    const char *scope, struct fu_err *err)
{
	struct fu_optout	 o = fu_ingest_act(row);
	bool			 everything = fu_streq(scope, "all");
	bool			 alone = fu_streq(scope, "channel");
	bool			 unsubscribes =
	    row->event.kind == FU_K_UNSUBSCRIBE;
	bool			 phone = fu_streq(channel, "sms") ||
	    fu_streq(channel, "whatsapp") || fu_streq(channel, "voice");

	o.scope = scope;
	if ((!phone && !fu_streq(channel, "email")) || everything) {
		o.rule = unsubscribes ? "CS-04" : "TC-03";
		o.emails = o.phones = true;
		o.keep = FU_OUT_ALL;
	} else if (strcmp(channel, "email") == 0) {
		o.rule = unsubscribes ? "CS-04" : "EM-20";
		o.channel = "email";
		o.emails = true;
		o.keep = FU_OUT_EMAIL;
	} else {
		o.rule = alone && strcmp(channel, "whatsapp") == 0 ? "WA-08" :
		    "TC-03";
		o.phones = true;
		o.keep = FU_OUT_PHONE;
		if (alone || in->session->config.law.stop_channel) {
			o.channel = channel;
			o.keep = strcmp(channel, "sms") == 0 ? FU_OUT_SMS : 0;
		}
	}
	return (fu_ingest_shut_out(in, row, &o, "opt_out", err));
}

static int
objection(struct fu_ingest *in, struct fu_ingest_row *row, const char *rule,
    struct fu_err *err)
{
	struct fu_optout	 o = fu_ingest_act(row);

	o.reason = "objected";
	o.rule = rule;
	o.emails = o.phones = true;
	o.keep = FU_OUT_ALL | FU_OUT_OBJECTED;
	return (fu_ingest_shut_out(in, row, &o, "objected", err));
}

/* It ends all that is sent; that they are erased waits for a person, who must
 * hear of it.  Without a name: the alert may outlive them. */
static int
erasure(struct fu_ingest *in, struct fu_ingest_row *row, struct fu_err *err)
{
	const struct fu_event	*e = &row->event;
	char			 due[FU_TIME_LEN];
	const char		*text;

	if (objection(in, row, "GD-09", err) == -1)
		return (-1);
	if (e->prospect == 0 || row->action == FU_ACT_DUPLICATE ||
	    in->session->opt->dry)
		return (0);
	fu_date_print(fu_date_of_days(fu_notice_due(fu_zone_day(
	    in->session->config.company.zone, e->at_us))), due);
	text = fu_printf(&in->scratch, "prospect %lld asks to be erased: "
	    "fu-privacy erase %lld, by %s at the latest [GD-09]",
	    (long long)e->prospect, (long long)e->prospect, due);
	fu_note(in->session->opt, "%s:%llu: %s", row->source,
	    (unsigned long long)row->line, text);
	return (fu_alert_tell(in->session, fu_printf(&in->scratch,
	    "erasure:%lld", (long long)e->prospect), text, err));
}

/* What we hold of somebody who asks for it: a person sends it, within a month;
 * they are written to as before.  [GD-08] */
static int
access_asked(struct fu_ingest *in, struct fu_ingest_row *row,
    struct fu_err *err)
{
	const struct fu_event	*e = &row->event;
	char			 due[FU_TIME_LEN];
	const char		*text;

	if (e->prospect == 0 || row->action == FU_ACT_DUPLICATE ||
	    in->session->opt->dry)
		return (0);
	fu_date_print(fu_date_of_days(fu_notice_due(fu_zone_day(
	    in->session->config.company.zone, e->at_us))), due);
	text = fu_printf(&in->scratch, "prospect %lld asks for a copy of their "
	    "data: fu-privacy export %lld, by %s at the latest [GD-08]",
	    (long long)e->prospect, (long long)e->prospect, due);
	fu_note(in->session->opt, "%s:%llu: %s", row->source,
	    (unsigned long long)row->line, text);
	return (fu_alert_tell(in->session, fu_printf(&in->scratch,
	    "access:%lld", (long long)e->prospect), text, err));
}

/* The day on which they are back, in their zone: as it says, else in a week. */
static bool
back_on(struct fu_ingest *in, const struct fu_ingest_row *row,
    const struct fu_zone *zone, int32_t *day)
{
	const char	*text = fu_json_scalar_text(&in->scratch,
	    fu_json_get(row->object, "returns"));
	struct fu_date	 d;
	int64_t		 us;

	if (fu_blank(text))
		*day = fu_zone_day(zone, row->event.at_us) + AWAY_DAYS;
	else if (fu_date_parse(fu_str_of(text), &d, NULL) == 0)
		*day = fu_date_days(d);
	else if (fu_time_parse(fu_str_of(text), &us, NULL) == 0)
		*day = fu_zone_day(zone, us);
	else
		return (false);
	return (true);
}

/* Away until the business opening of the day on which they are back; a
 * receipt says nothing of that.  [EM-14] */
static int
auto_reply(struct fu_ingest *in, struct fu_ingest_row *row,
    struct fu_effect *f, struct fu_err *err)
{
	struct fu_optout	 o = fu_ingest_act(row);
	const struct fu_zone	*zone = in->session->config.company.zone;
	const struct fu_window	*window = &in->session->config.window;
	struct fu_person	 person = { 0 };
	struct fu_their_clock	 clock;
	struct fu_intake	 p;
	int32_t			 day;

	if (fu_streq(row->event.arg, "left_company")) {
		o.reason = "left_company";
		o.rule = "EM-15";
		o.channel = "email";
		o.emails = true;
		return (fu_ingest_shut_out(in, row, &o, "left_company", err));
	}
	if (fu_streq(row->event.arg, "ack") || row->event.prospect == 0)
		return (0);
	if (fu_intake_load(&in->session->store, row->event.prospect,
	    &in->scratch, &p, err) == -1)
		return (-1);
	memcpy(person.f, p.f, sizeof(person.f));
	if (in->session->rulebook != NULL) {
		fu_gate_clock(in->session->rulebook, &person,
		    &in->session->config, &clock);
		zone = clock.zone;
		window = &clock.window;
	}
	if (back_on(in, row, zone, &day))
		f->ooo_us = fu_next_business_opening(window, zone,
		    fu_zone_instant(zone, day, 0));
	return (0);
}

/* A reply or a rep's word before the last release waits for nobody. */
static int
unless_released(struct fu_ingest *in, const struct fu_event *e, bool *open,
    struct fu_err *err)
{
	int64_t	 us;

	if (fu_event_newest(&in->session->store, e->prospect,
	    fu_kinds[FU_K_RELEASED].name, &us, err) == -1)
		return (-1);
	*open = us == FU_NEVER || us < e->at_us;
	return (0);
}

/* What the words ask of our sending; ${answered} when nobody need read it. */
static int
words(struct fu_ingest *in, struct fu_ingest_row *row,
    const struct fu_signals *s, bool *answered, struct fu_err *err)
{
	struct fu_event		*e = &row->event;
	struct fu_optout	 voice = fu_ingest_act(row);
	bool			 news;
	const char		*channel = e->channel != NULL ? e->channel :
	    e->kind == FU_K_REPLY ? "email" : "chat";

	*answered = s->stop == FU_STOP_YES;
	/* An objection is a stop of everything already. */
	if (s->stop == FU_STOP_YES && !s->objection && !s->erasure &&
	    stop(in, row, channel, NULL, err) == -1)
		return (-1);
	if (s->yes && strcmp(channel, "sms") == 0 &&
	    fu_ingest_start(in, row, err) == -1)
		return (-1);
	if (s->erasure && erasure(in, row, err) == -1)
		return (-1);
	if (s->access && access_asked(in, row, err) == -1)
		return (-1);
	if (s->objection && objection(in, row, "GD-10", err) == -1)
		return (-1);
	if (!s->voice_optout)
		return (0);
	voice.channel = "voice";
	voice.rule = "TC-03";
	voice.phones = true;
	/* They want texts, not calls: nothing ends. */
	return (fu_ingest_optout(in, e->prospect, row, &voice, &news, err));
}

static int
rep_verb(struct fu_ingest *in, const struct fu_ingest_row *row,
    enum fu_rep_verb verb, struct fu_err *err)
{
	const struct fu_event	*e = &row->event;
	int64_t			 id = e->touch;

	if (verb != FU_REP_DONE)
		id = 0;
	if (verb != FU_REP_DONE)
		(void)fu_json_int(fu_json_get(row->object, "handoff"), &id);
	return (fu_handoff_verb(in->session, verb, e->prospect, id, e->arg,
	    e->at_us, err) == -1 ? -1 : 0);
}

/* A meeting of before the enrolment began does not end it. */
static int
meeting(struct fu_ingest *in, const struct fu_event *e, struct fu_err *err)
{
	struct fu_enrolment	 now;
	int			 rc;

	if (!fu_streq(e->arg, "booked"))
		return (0);
	rc = fu_enrolment_active(&in->session->store, e->prospect,
	    &in->scratch, &now, err);
	if (rc != 1)
		return (rc);
	return (e->at_us < now.entered_us ? 0 :
	    enrolment_ends(in, e->prospect, "meeting_booked", err));
}

/* As it is paused: in lower case. */
static const char *
domain_of(struct fu_ingest *in, const struct fu_object *o, const char *member)
{
	const char	*text = fu_json_text(&in->scratch, fu_json_get(o,
	    member));

	return (fu_blank(text) ? NULL : fu_domain_parse(fu_str_of(text),
	    &in->scratch, NULL));
}

/* An operator's word: mail to a domain, or in its name, may leave again. */
static int
resume(struct fu_ingest *in, const struct fu_object *o, struct fu_err *err)
{
	const char	*domain = domain_of(in, o, "domain");
	const char	*stream = domain_of(in, o, "stream");
	bool		 was = false;

	/* What a service has stopped is no domain: "sms", "whatsapp-de". */
	if (stream == NULL)
		stream = fu_json_text(&in->scratch, fu_json_get(o, "stream"));
	if (domain != NULL && fu_domain_resume(&in->session->store, domain,
	    &was, err) == -1)
		return (-1);
	if (stream == NULL)
		stream = domain;
	if (stream == NULL)
		return (0);
	if (fu_stream_resume(in->session, stream, &was, err) == -1)
		return (-1);
	if (!was)
		fu_say(in->session->opt, "resume: nothing to or from %s was "
		    "paused", stream);
	/* What waited for that word must not wait for tomorrow. */
	return (fu_touches_wake(&in->session->store, 0, err));
}

/* By kind: what each one means for the person. */
static int
by_kind(struct fu_ingest *in, struct fu_ingest_row *row,
    struct fu_effect *f, struct fu_err *err)
{
	struct fu_event		*e = &row->event;
	struct fu_optout	 o = fu_ingest_act(row);
	const char		*scope, *unknown;
	bool			 news, changed;

	scope = fu_ingest_scope(e->kind, row->object, &in->scratch, &unknown);
	switch (e->kind) {
	case FU_K_UNSUBSCRIBE:
		return (stop(in, row, e->channel, scope, err));
	case FU_K_STOP:
		return (stop(in, row, e->channel == NULL && by_number(row) ?
		    "sms" : e->channel, scope, err));
	case FU_K_OBJECTION:
		return (objection(in, row, "GD-10", err));
	case FU_K_ERASURE_REQUEST:
		return (erasure(in, row, err));
	case FU_K_COMPLAINT:
		o.reason = "complaint";
		o.rule = "EM-19";
		o.channel = "email";
		o.emails = true;
		o.keep = FU_OUT_EMAIL;
		if (fu_ingest_stream(in, e, FU_COUNT_COMPLAINT, err) == -1)
			return (-1);
		return (fu_ingest_shut_out(in, row, &o, "complaint", err));
	case FU_K_BOUNCE:
		return (fu_ingest_bounce(in, row, err));
	case FU_K_DELIVERY:
		return (fu_ingest_report(in, row, err));
	case FU_K_START:
		return (fu_ingest_start(in, row, err));
	case FU_K_AUTO_REPLY:
		return (auto_reply(in, row, f, err));
	case FU_K_RESUME:
		return (resume(in, row->object, err));
	default:
		break;
	}
	if (e->prospect == 0)
		return (0);
	switch (e->kind) {
	case FU_K_CONSENT:
		return (fu_ingest_consent(in, row, &news, err));
	case FU_K_CONFIRM:
		return (fu_ingest_confirmed(in, row, err));
	case FU_K_FORM:
		return (fu_ingest_fields(in, e->prospect, row->person,
		    FU_ON_UPDATE, 0, NULL, e->at_us, 0, &changed, err));
	case FU_K_MEETING:
	case FU_K_DEMO:
		return (meeting(in, e, err));
	case FU_K_WON:
	case FU_K_LOST:
		return (fu_ingest_deal_over(in, e->prospect, e->name, err));
	case FU_K_STAGE:
		return (fu_ingest_stage_told(in, row, err));
	case FU_K_HANDOFF_ACCEPTED:
		return (rep_verb(in, row, FU_REP_ACCEPT, err));
	case FU_K_RELEASED:
		return (rep_verb(in, row, FU_REP_RELEASE, err));
	case FU_K_TASK_DONE:
		return (rep_verb(in, row, FU_REP_DONE, err));
	case FU_K_CHAT:
		if (e->from == FU_FROM_BOT && e->touch != 0 &&
		    fu_touch_said(&in->session->store, e->prospect, e->touch,
		    e->at_us, err) == -1)
			return (-1);
		return (fu_ingest_say(in, row, err));
	default:
		return (0);
	}
}

bool
fu_ingest_quiet(const struct fu_ingest_row *row)
{
	switch (row->event.kind) {
	case FU_K_CUSTOM:
	case FU_K_VISIT:
	case FU_K_OPEN:
	case FU_K_CLICK:
	case FU_K_DOWNLOAD:
		return (true);
	default:
		return (false);
	}
}

int
fu_ingest_flush(struct fu_ingest *in, struct fu_err *err)
{
	int64_t	 id = in->quiet_of;

	in->quiet_of = 0;
	return (id == 0 ? 0 : fu_effect_apply(&in->session->store, id,
	    &in->quiet, err));
}

static const struct fu_effect no_effect = { 0, FU_NEVER, FU_NEVER, FU_NEVER,
	FU_NEVER, FU_NEVER, NULL, FU_NEVER, FU_NEVER };

static void
inbound(struct fu_effect *f, const struct fu_event *e)
{
	if (!fu_event_inbound(e))
		return;
	if (e->at_us > f->inbound_us)
		f->inbound_us = e->at_us;
	if (e->kind == FU_K_CHAT)
		f->inbound_chat_us = e->at_us;
	if (fu_streq(e->channel, "whatsapp") && e->at_us > f->inbound_wa_us)
		f->inbound_wa_us = e->at_us;
}

static int
quiet(struct fu_ingest *in, const struct fu_event *e, struct fu_err *err)
{
	if (e->prospect != in->quiet_of) {
		if (fu_ingest_flush(in, err) == -1)
			return (-1);
		in->quiet_of = e->prospect;
		in->quiet = no_effect;
	}
	in->quiet.news++;
	inbound(&in->quiet, e);
	return (0);
}

int
fu_ingest_apply(struct fu_ingest *in, struct fu_ingest_row *row,
    const struct fu_signals *s, struct fu_err *err)
{
	struct fu_event		*e = &row->event;
	struct fu_effect	 f = no_effect;
	struct fu_object	 object;
	bool			 answered = false, open = false, human, reply;
	bool			 read;

	if (fu_ingest_quiet(row))
		return (e->touch != 0 && fu_ingest_settles(in, row, err) == -1 ?
		    -1 : quiet(in, e, err));
	if (fu_json_object(&in->scratch, fu_str_of(e->body), &object,
	    err) == -1)
		return (-1);
	row->object = &object;
	f.news = 1;
	/* A keyword is its kind's to do. */
	read = row->signals != NULL && fu_ingest_is_read(e);
	if (fu_ingest_settles(in, row, err) == -1 ||
	    fu_service_answer(in, row, s, err) == -1 ||
	    by_kind(in, row, &f, err) == -1 ||
	    (read && words(in, row, s, &answered, err) == -1))
		return (-1);
	if (e->prospect == 0 || row->action == FU_ACT_DUPLICATE)
		return (0);
	if (read && fu_ingest_told(in, row, s, err) == -1)
		return (-1);
	human = e->from == FU_FROM_REP && (e->kind == FU_K_MESSAGE ||
	    e->kind == FU_K_CALL || e->kind == FU_K_CHAT);
	reply = !answered && (e->kind == FU_K_REPLY || (e->kind ==
	    FU_K_MESSAGE && e->from == FU_FROM_PROSPECT));
	if ((human || reply) && unless_released(in, e, &open, err) == -1)
		return (-1);
	if (human && open && fu_prospect_doubt_over(&in->session->store,
	    e->prospect, e->at_us - FU_DOUBT_US, err) == -1)
		return (-1);
	if (human && open) {
		f.human_us = e->at_us;
		f.human_by = fu_json_text(&in->scratch, fu_json_get(
		    row->object, "by"));
		if (f.human_by == NULL)
			f.human_by = "rep";
	}
	if (reply && fu_ingest_asks(in, e, err) == -1)
		return (-1);
	if (reply && open)
		f.reply_us = e->at_us;
	if (reply && open && s->stop == FU_STOP_MAYBE)
		f.doubt_us = e->at_us;
	inbound(&f, e);
	if (f.inbound_wa_us != FU_NEVER && fu_ingest_elsewhere(in, row))
		f.inbound_wa_us = FU_NEVER;
	return (fu_effect_apply(&in->session->store, e->prospect, &f, err));
}
