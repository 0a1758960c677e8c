/*
 * Going through the duties, one kind after the other; here those towards
 * people, compliance_house.c has ours at home.
 *
 * Must never write, nor say that a duty is done because nobody looked.
 */
#include <string.h>

#include "base/sig.h"
#include "flow/compliance_room.h"
#include "policy/jurisdiction.h"
#include "policy/notice_due.h"
#include "policy/optout_due.h"
#include "store/compliance.h"
#include "store/ledger.h"
#include "store/prospects.h"

#define PENDING_US	(7 * FU_DAY)	/* for the confirming click [EP-03] */

const char *const fu_duty_names[FU_DUTY_N] = {
	"optout", "erasure", "notice", "consent", "assessment", "processor", "stream",
	"delivery", "ledger", "retention"
};

bool
fu_audit_goes_on(const struct fu_audit *a, size_t n)
{
	return (n == FU_AUDIT_CHUNK && !a->session->sink.lost &&
	    !fu_sig_stopping());
}

struct fu_finding
fu_finding(enum fu_duty duty, const char *rule)
{
	return ((struct fu_finding){ .duty = duty, .rule = rule, .ok = true,
		.received_us = FU_NEVER, .done_us = FU_NEVER,
		.since_us = FU_NEVER });
}

int
fu_audit_give(struct fu_audit *a, const struct fu_finding *f,
    struct fu_err *err)
{
	return (a->asked->emit(a->asked->ctx, f, err));
}

static const char *
date(struct fu_audit *a, int32_t day)
{
	char	 text[FU_TIME_LEN];

	return (fu_dup(&a->arena, fu_date_print(fu_date_of_days(day), text)));
}

const char *
fu_audit_date(struct fu_audit *a, int64_t us)
{
	return (date(a, fu_zone_day(a->zone, us)));
}

static const char *
who(struct fu_audit *a, const char *email, int64_t prospect)
{
	if (email != NULL)
		return (email);
	return (prospect == 0 ? "somebody unknown" : fu_printf(&a->arena,
	    "prospect %lld", (long long)prospect));
}

/* Something is due on that day, its own day being in time. */
void
fu_audit_due(struct fu_audit *a, struct fu_finding *f, int32_t day,
    const char *overdue, const char *soon)
{
	f->due = date(a, day);
	f->ok = a->today <= day;
	f->soon = f->ok && day <= a->soon;
	f->reason = !f->ok ? overdue : f->soon ? soon : NULL;
}

static const char *
act_of(const char *reason)
{
	if (strcmp(reason, "objected") == 0)
		return ("objected to");
	return (strcmp(reason, "complaint") == 0 ? "complained of" :
	    "opted out of");
}

/* Brought by a file's column, or by a merge or a new address of theirs: nobody
 * could know of it before. */
static bool
is_brought(const struct fu_audit_optout *o)
{
	return (fu_streq(o->source, "import") || (o->source != NULL &&
	    strncmp(o->source, FU_SOURCE_KEPT, strlen(FU_SOURCE_KEPT)) == 0));
}

static int
one_optout(struct fu_audit *a, const struct fu_audit_optout *o,
    struct fu_err *err)
{
	struct fu_finding	 f = fu_finding(FU_D_OPTOUT, o->rule);
	bool			 carried = is_brought(o) &&
	    o->at_us < o->recorded_us;
	int32_t			 due, done;
	const char		*what;

	due = fu_optout_due(a->session->rulebook, fu_zone_day(a->zone,
	    is_brought(o) ? o->recorded_us : o->at_us),
	    FU_OPTOUT_BUSINESS_DAYS);
	done = fu_zone_day(a->zone, o->recorded_us);
	f.ledger = o->seq;
	f.prospect = o->prospect;
	f.email = o->email;
	f.channel = o->channel;
	f.received_us = o->at_us;
	f.done_us = o->recorded_us;
	f.due = date(a, due);
	what = fu_printf(&a->arena, "%s %s %s on %s%s, to be done by %s",
	    who(a, o->email, o->prospect), act_of(o->reason),
	    strcmp(o->channel, "all") == 0 ? "everything" : o->channel,
	    fu_audit_date(a, o->at_us), carried ? fu_printf(&a->arena,
	    ", which holds for one more address of theirs since %s",
	    date(a, done)) : is_brought(o) ? ", says an import" : "", f.due);
	if (carried) {
		f.reason = "carried";
		f.text = fu_printf(&a->arena, "%s, was on that day", what);
	} else if (fu_streq(o->source, "witness")) {
		/* It was done in the database that this one is a copy of, and
		 * its entry there is lost. */
		f.reason = "adopted";
		f.text = fu_printf(&a->arena, "%s; adopted with a copy of the "
		    "database on %s", what, date(a, done));
	} else if (done > due) {
		f.ok = false;
		f.reason = "optout_late";
		f.text = fu_printf(&a->arena, "%s, was recorded on %s: %d "
		    "day%s late", what, date(a, done), (int)(done - due),
		    done - due == 1 ? "" : "s");
	} else
		f.text = fu_printf(&a->arena, "%s, was on %s", what,
		    date(a, done));
	return (fu_audit_give(a, &f, err));
}

static int
optouts(struct fu_audit *a, struct fu_err *err)
{
	struct fu_audit_optout	*list;
	int64_t			 after = 0;
	size_t			 n;

	do {
		if (fu_audit_optouts(&a->session->store, a->now_us -
		    a->asked->since_us, after, FU_AUDIT_CHUNK, &a->arena, &list,
		    &n, err) == -1)
			return (-1);
		for (size_t i = 0; i < n; i++) {
			after = list[i].seq;
			if (one_optout(a, &list[i], err) == -1)
				return (-1);
		}
		fu_arena_reset(&a->arena);
	} while (fu_audit_goes_on(a, n));
	return (0);
}

/* A month, as for every answer to what somebody asks for [Art. 12(3)]; it waits
 * for a person all that time. */
static int
one_erasure(struct fu_audit *a, const struct fu_audit_erasure *e,
    struct fu_err *err)
{
	struct fu_finding	 f = fu_finding(FU_D_ERASURE, "GD-09");
	int32_t			 due, done;
	const char		*what;

	due = fu_notice_due(fu_zone_day(a->zone, e->at_us));
	f.ledger = e->seq;
	f.prospect = e->prospect;
	f.email = e->email;
	f.received_us = e->at_us;
	f.done_us = e->done ? e->done_us : FU_NEVER;
	f.due = date(a, due);
	what = fu_printf(&a->arena, "%s asked on %s to be erased, to be done "
	    "by %s", who(a, e->email, e->prospect), fu_audit_date(a, e->at_us),
	    f.due);
	done = f.done_us == FU_NEVER ? due : fu_zone_day(a->zone, f.done_us);
	if (!e->done) {
		f.ok = a->today < due;
		f.soon = f.ok;
		f.reason = a->today > due ? "erasure_overdue" : "erasure_due";
		f.text = fu_printf(&a->arena, "%s: fu-privacy erase %lld",
		    what, (long long)e->prospect);
	} else if (done > due) {
		f.ok = false;
		f.reason = "erasure_late";
		f.text = fu_printf(&a->arena, "%s, was on %s: %d day%s late",
		    what, date(a, done), (int)(done - due),
		    done - due == 1 ? "" : "s");
	} else
		f.text = f.done_us == FU_NEVER ? fu_printf(&a->arena,
		    "%s, was", what) : fu_printf(&a->arena, "%s, was on %s",
		    what, date(a, done));
	return (fu_audit_give(a, &f, err));
}

static int
erasures(struct fu_audit *a, struct fu_err *err)
{
	struct fu_audit_erasure	*list;
	int64_t			 after = 0;
	size_t			 n;

	do {
		if (fu_audit_erasures(&a->session->store, a->now_us -
		    a->asked->since_us, after, FU_AUDIT_CHUNK, &a->arena, &list,
		    &n, err) == -1)
			return (-1);
		for (size_t i = 0; i < n; i++) {
			after = list[i].seq;
			if (one_erasure(a, &list[i], err) == -1)
				return (-1);
		}
		fu_arena_reset(&a->arena);
	} while (fu_audit_goes_on(a, n));
	return (0);
}

/* When the data was collected; a date alone was midnight in UTC, and is that
 * day wherever we are. */
static int32_t
collected_on(const struct fu_prospect *p)
{
	int64_t	 us = p->known_us;

	if (p->person.f[FU_F_COLLECTED_AT] != NULL)
		(void)fu_time_parse(fu_str_of(p->person.f[FU_F_COLLECTED_AT]),
		    &us, NULL);
	return (fu_zone_day(fu_zone_utc(), us));
}

/* The cheap questions first: of a million people few are left for the rest. */
static int
one_notice(struct fu_audit *a, const struct fu_prospect *p, struct fu_err *err)
{
	const char *const	*v = p->person.f;
	struct fu_finding	 f = fu_finding(FU_D_NOTICE, "GD-05");
	struct fu_jurisdiction	 j;
	int32_t			 due;
	bool			 written;

	if (v[FU_F_NOTICE_AT] != NULL ||
	    fu_streq(v[FU_F_COLLECTED], "direct") ||
	    fu_streq(v[FU_F_COLLECTED], "chat") ||
	    (due = fu_notice_due(collected_on(p))) > a->soon)
		return (0);
	fu_jurisdiction_of(a->session->rulebook, &p->person, &j);
	if ((j.places & (FU_P_EU | FU_P_UK)) == 0)
		return (0);
	if (fu_audit_written(&a->session->store, p->id, &written, err) == -1)
		return (-1);
	if (written)
		return (0);
	fu_audit_due(a, &f, due, "notice_overdue", "notice_due");
	f.prospect = p->id;
	f.email = v[FU_F_EMAIL];
	f.text = fu_printf(&a->arena, "%s %s told by %s that we have their "
	    "data from %s: write to them, or import notice_at",
	    who(a, f.email, p->id), f.ok ? "must be" : "should have been",
	    f.due, v[FU_F_SOURCE] != NULL ? v[FU_F_SOURCE] : "elsewhere");
	return (fu_audit_give(a, &f, err));
}

static int
notices(struct fu_audit *a, struct fu_err *err)
{
	struct fu_prospect	*p;
	int64_t			 after = 0;
	size_t			 n;

	do {
		if (fu_prospects_next(&a->session->store, after, FU_AUDIT_CHUNK,
		    &a->arena, &p, &n, err) == -1)
			return (-1);
		for (size_t i = 0; i < n; i++) {
			after = p[i].id;
			if (one_notice(a, &p[i], err) == -1)
				return (-1);
		}
		fu_arena_reset(&a->arena);
	} while (fu_audit_goes_on(a, n));
	return (0);
}

static int
one_consent(struct fu_audit *a, const struct fu_audit_consent *c,
    struct fu_err *err)
{
	bool			 pending = strcmp(c->status, "pending") == 0;
	struct fu_finding	 f = fu_finding(FU_D_CONSENT,
	    pending ? "EP-03" : "CA-01");
	const char		*name = who(a, c->email, c->prospect);
	int64_t			 end = pending ? c->at_us + PENDING_US :
	    c->expires_us;

	f.prospect = c->prospect;
	f.ledger = c->seq;
	f.email = c->email;
	f.channel = c->channel;
	f.due = fu_audit_date(a, end);
	/* To the instant, as the gate has it. */
	f.ok = f.soon = end > a->now_us;
	f.reason = pending ? "consent_pending" : f.ok ? "consent_expires" :
	    "consent_expired";
	if (pending)
		f.text = fu_printf(&a->arena, "%s was asked on %s to confirm "
		    "%s and did not: record it as revoked, or erase them", name,
		    fu_audit_date(a, c->at_us), c->channel);
	else
		f.text = fu_printf(&a->arena, "the consent of %s to %s %s on %s"
		    ": %s", name, c->channel, f.ok ? "ends" : "ended", f.due,
		    f.ok ? "ask for one of their own" :
		    "record it as revoked, or a new one");
	return (fu_audit_give(a, &f, err));
}

static int
consents(struct fu_audit *a, struct fu_err *err)
{
	struct fu_audit_consent	*list, last = { 0 };
	size_t			 n;

	do {
		if (fu_audit_consents(&a->session->store, a->now_us +
		    a->asked->within_us, a->now_us - PENDING_US, &last,
		    FU_AUDIT_CHUNK, &a->arena, &list, &n, err) == -1)
			return (-1);
		for (size_t i = 0; i < n; i++)
			if (one_consent(a, &list[i], err) == -1)
				return (-1);
		if (n > 0)
			last = list[n - 1];
		fu_arena_reset(&a->arena);
	} while (fu_audit_goes_on(a, n));
	return (0);
}

int
fu_compliance_run(struct fu_session *s, const struct fu_compliance *asked,
    struct fu_err *err)
{
	static int (*const duty[FU_DUTY_N])(struct fu_audit *,
	    struct fu_err *) = { optouts, erasures, notices, consents,
		fu_duty_assessments, fu_duty_processors, fu_duty_streams,
		fu_duty_deliveries, fu_duty_ledger, fu_duty_retention };
	struct fu_audit	 a = { .session = s, .asked = asked,
		.zone = s->config.company.zone,
		.now_us = fu_session_now(s) };
	int		 rc = 0;

	a.today = fu_zone_day(a.zone, a.now_us);
	a.soon = fu_zone_day(a.zone, a.now_us + asked->within_us);
	fu_arena_init(&a.arena);
	for (int i = 0; rc == 0 && i < FU_DUTY_N && !s->sink.lost &&
	    !fu_sig_stopping(); i++)
		rc = duty[i](&a, err);
	fu_arena_free(&a.arena);
	if (rc == 0 && fu_sig_stopping())
		rc = fu_err_set(err, FU_ETEMP, "interrupted: not everything "
		    "was looked at");
	return (rc);
}
