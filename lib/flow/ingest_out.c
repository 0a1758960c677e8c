/*
 * What came of the rows, as records and as a summary for a person.
 */
#include <stdio.h>
#include <string.h>

#include "flow/ingest_room.h"

static void
result(const struct fu_ingest_row *row, struct fu_jw *jw)
{
	if (row->prospect != 0)
		fu_jw_int(jw, "prospect", row->prospect);
	fu_jw_str(jw, "action", fu_action_name(row->action));
	if (row->into != 0)
		fu_jw_int(jw, "into", row->into);
}

static void
field(struct fu_jw *jw, int f, const char *value)
{
	switch (fu_fields[f].type) {
	case FU_FT_INT:
	case FU_FT_REAL:
		fu_jw_raw(jw, fu_fields[f].name, fu_str_of(value));
		break;
	case FU_FT_BOOL:
		fu_jw_bool(jw, fu_fields[f].name, strcmp(value, "1") == 0);
		break;
	default:
		fu_jw_str(jw, fu_fields[f].name, value);
	}
}

void
fu_ingest_print(const struct fu_ingest_row *row, struct fu_buf *buf)
{
	const struct fu_person	*p = row->person;
	struct fu_jw		 jw;

	fu_jw_init(&jw, buf);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "type", "prospect");
	result(row, &jw);
	for (int f = 0; f < FU_FIELD_N; f++)
		if (p->f[f] != NULL)
			field(&jw, f, p->f[f]);
	if (p->nmore_emails > 0) {
		fu_jw_array(&jw, fu_target_name(FU_T_MORE_EMAIL));
		for (size_t i = 0; i < p->nmore_emails; i++)
			fu_jw_str(&jw, NULL, p->more_emails[i]);
		fu_jw_array_end(&jw);
	}
	for (size_t i = 0; i < p->nattr; i++)
		fu_jw_raw(&jw, p->attr[i].name, p->attr[i].raw);
	for (size_t i = 0; i < p->ntold; i++)
		fu_jw_raw(&jw, p->told[i].name, p->told[i].raw);
	fu_jw_object_end(&jw);
	fu_buf_putc(buf, '\n');
}

void
fu_ingest_mark(const struct fu_ingest_row *row, struct fu_rec *rec)
{
	fu_rec_set_str(rec, "type", row->is_event ? "event" : "prospect");
	if (row->is_event && row->event.id != 0)
		fu_rec_set_int(rec, "event_id", row->event.id);
	if (row->prospect != 0)
		fu_rec_set_int(rec, "prospect", row->prospect);
	/* Without a person, the email is the record's own. */
	if (row->person != NULL && row->person->f[FU_F_EMAIL] != NULL &&
	    fu_rec_get(rec, "email") == NULL)
		fu_rec_set_str(rec, "email", row->person->f[FU_F_EMAIL]);
	fu_rec_set_str(rec, "action", fu_action_name(row->action));
	if (row->into != 0)
		fu_rec_set_int(rec, "into", row->into);
	if (row->signals != NULL)
		fu_rec_set_raw(rec, "signals", fu_str_of(row->signals));
	if (row->extracted != NULL)
		fu_rec_set_raw(rec, "extracted", fu_str_of(row->extracted));
}

void
fu_ingest_aside(struct fu_ingest *in, const char *header, const char *reason)
{
	struct fu_ingest_counts	*c = &in->counts;
	struct fu_aside_column	*a;
	size_t			 i;

	c->set_aside++;
	for (i = 0; i < c->naside; i++)
		if (strncmp(c->aside[i].header, header,
		    sizeof(a->header) - 1) == 0 &&
		    strcmp(c->aside[i].reason, reason == NULL ? "" : reason) ==
		    0)
			break;
	if (i == FU_ASIDE_COLUMNS)
		return;
	a = &c->aside[i];
	if (i == c->naside) {
		c->naside++;
		(void)snprintf(a->header, sizeof(a->header), "%s", header);
		(void)snprintf(a->reason, sizeof(a->reason), "%s",
		    reason == NULL ? "" : reason);
	}
	a->n++;
}

/* Why values were set aside, in words. */
static const char *
aside_words(const char *reason)
{
	static const char *const words[][2] = {
		{ "bad_phone", "cannot be placed" },
		{ "ambiguous_date", "day or month first? --date-order" },
		{ "bad_email", "is no address" },
		{ "line_break", "a line break" },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i][0], reason) == 0)
			return (words[i][1]);
	return (reason);
}

static void
say_aside(const struct fu_opt *opt, const struct fu_ingest_counts *c)
{
	uint64_t	 rest = c->set_aside;

	for (size_t i = 0; i < c->naside; i++) {
		fu_note(opt, "%s: %llu set aside (%s)", c->aside[i].header,
		    (unsigned long long)c->aside[i].n,
		    aside_words(c->aside[i].reason));
		rest -= c->aside[i].n;
	}
	if (rest > 0)
		fu_note(opt, "other columns: %llu set aside",
		    (unsigned long long)rest);
}

static const char *
plural(uint64_t n, const char *one, const char *many)
{
	return (n == 1 ? one : many);
}

static const char *const lack_words[FU_LACK_SYSTEM] = {
	[FU_LACK_ADDRESS] = "an email or phone: nobody can write to them",
	[FU_LACK_SOURCE] = "a source: `--set source=…`",
	[FU_LACK_COUNTRY] = "a country: `--set country=…`",
	[FU_LACK_BASIS] = "a basis: `--set basis=li`, or a consent",
	[FU_LACK_COLLECTED] =
	    "collected: `--set collected=direct|indirect|purchased`",
};

/* What this run's columns shut, and what was shut before and stays so. */
static void
say_shut(const struct fu_opt *opt, const struct fu_ingest_counts *c)
{
	static const char *const now[FU_SHUT_N] = {
		[FU_SHUT_ALL] = "opted out: never written to",
		[FU_SHUT_MAIL] = "opted out of mail: none goes there",
		[FU_SHUT_TEXTS] = "opted out of texts: none go there",
		[FU_SHUT_CALLS] = "not to be called: no calls, no texts; mail "
		    "goes on",
		[FU_SHUT_DEAD] = "known to bounce: no mail goes there",
	}, *const before[FU_SHUT_N] = {
		[FU_SHUT_ALL] = "opted out before, and stay so: never written "
		    "to",
		[FU_SHUT_MAIL] = "opted out before, and stay so: no mail goes "
		    "there",
		[FU_SHUT_TEXTS] = "opted out of texts before, and stay so",
		[FU_SHUT_CALLS] = "not to be called, as before",
		[FU_SHUT_ERASED] = "erased before: never written to",
		[FU_SHUT_DEAD] = "bounced before: no mail goes there",
	};

	for (int i = 0; i < FU_SHUT_N; i++) {
		if (c->shut[i] > 0)
			fu_note(opt, "%llu %s", (unsigned long long)c->shut[i],
			    now[i]);
		if (c->was_shut[i] > 0)
			fu_note(opt, "%llu %s",
			    (unsigned long long)c->was_shut[i], before[i]);
	}
}

void
fu_ingest_summary(const struct fu_ingest *in)
{
	const struct fu_ingest_counts	*c = &in->counts;
	const struct fu_opt		*opt = in->session->opt;
	const uint64_t			*n = c->n;
	uint64_t			 events = n[FU_ACT_RECORDED] +
	    n[FU_ACT_DUPLICATE];
	bool				 people = c->people > 0 ||
	    n[FU_ACT_CREATED] > 0 || events + n[FU_ACT_NOBODY] == 0;

#define N(a) (unsigned long long)n[a]
	if (people)
		fu_note(opt, "%llu created, %llu updated, %llu unchanged, "
		    "%llu merged, %llu rejected, %llu set aside",
		    N(FU_ACT_CREATED), N(FU_ACT_UPDATED), N(FU_ACT_UNCHANGED),
		    N(FU_ACT_MERGED),
		    (unsigned long long)in->session->sink.rejected,
		    (unsigned long long)c->set_aside);
	if (events > 0)
		fu_note(opt, "%llu %s recorded, %llu duplicate",
		    N(FU_ACT_RECORDED), plural(n[FU_ACT_RECORDED], "event",
		    "events"), N(FU_ACT_DUPLICATE));
	if (n[FU_ACT_NOBODY] > 0)
		fu_note(opt, "%llu of people whom nobody knows: left in the "
		    "mailbox", N(FU_ACT_NOBODY));
	if (c->over > 0)
		fu_note(opt, "%llu won or lost by their stage "
		    "(rules/stages.txt): no cadence takes them until a rep "
		    "does: `fu-cadence --cadence NAME`",
		    (unsigned long long)c->over);
	if (c->unheard > 0)
		fu_note(opt, "%llu %s of nobody known, which %s nothing",
		    (unsigned long long)c->unheard, plural(c->unheard,
		    "opt-out", "opt-outs"), plural(c->unheard, "closes",
		    "close"));
	if (c->unproven > 0)
		fu_note(opt, "%llu delivery %s no mail of ours to that address: on "
		    "record, and nothing is done for it", (unsigned long long)
		    c->unproven, plural(c->unproven, "report names",
		    "reports name"));
#undef N
	if (!people && in->session->sink.rejected > 0)
		fu_note(opt, "%llu rejected",
		    (unsigned long long)in->session->sink.rejected);
	say_aside(opt, c);
	say_shut(opt, c);
	if (c->conflicts > 0)
		fu_note(opt, "%llu %s: both were kept",
		    (unsigned long long)c->conflicts, plural(c->conflicts,
		    "conflict", "conflicts"));
	fu_ingest_tell_owners(in);
	if (c->lack[FU_LACK_SYSTEM] > 0)
		fu_note(opt, "%llu %s of no known system, so no system's id "
		    "matches: `--set external_system=%s`",
		    (unsigned long long)c->lack[FU_LACK_SYSTEM],
		    plural(c->lack[FU_LACK_SYSTEM], "id", "ids"),
		    *c->system == '\0' ? "…" : c->system);
	for (int i = 0; i < FU_LACK_SYSTEM; i++)
		if (c->lack[i] > 0)
			fu_note(opt, "%llu without %s",
			    (unsigned long long)c->lack[i], lack_words[i]);
}
