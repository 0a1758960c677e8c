/*
 * The words of an alert: who it is, what they did, what to do and by when.
 *
 * Must never say what no event or field says.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "flow/handoff_room.h"

#define QUOTE_MAX	120	/* bytes of their own words in the sentence */

/* How a trigger is named in a subject line, and what a rep had best do. */
static const struct words {
	const char	*about, *action;
} words_of[FU_TRIGGER_N] = {
	[FU_TR_ASKED_FOR_HUMAN] = { "asks for a person", "answer in person" },
	[FU_TR_BUYING_INTENT] = { "buying intent",
	    "answer in person and offer the next step" },
	[FU_TR_SCORE_THRESHOLD] = { "score over the line", "direct outreach" },
	[FU_TR_RETURN_VISITS] = { "repeated visits", "direct outreach" },
	[FU_TR_COMPETITOR_MENTION] = { "names a competitor",
	    "direct outreach with the comparison" },
	[FU_TR_DECISION_MAKER] = { "a decision-maker", "direct outreach" },
	[FU_TR_STALLED_OBJECTION] = { "an objection stands",
	    "call about the objection" },
	[FU_TR_TRIGGER_EVENT] = { "activity of an account",
	    "direct outreach" },
	[FU_TR_REPLY] = { "replied", "answer the message" },
};

/* The evidence that says most comes first; a score says least. */
static const enum fu_trigger telling[] = {
	FU_TR_ASKED_FOR_HUMAN, FU_TR_BUYING_INTENT, FU_TR_RETURN_VISITS,
	FU_TR_COMPETITOR_MENTION, FU_TR_STALLED_OBJECTION, FU_TR_TRIGGER_EVENT,
	FU_TR_DECISION_MAKER, FU_TR_REPLY, FU_TR_SCORE_THRESHOLD
};

const char *
fu_handoff_about(enum fu_trigger trigger)
{
	return (words_of[trigger].about);
}

const char *
fu_handoff_action(enum fu_trigger trigger)
{
	return (words_of[trigger].action);
}

const char *
fu_handoff_quote(const char *text, size_t max, struct fu_arena *arena)
{
	struct fu_str	 s = fu_str_trim(fu_str_of(text));
	char		*line;
	size_t		 n = 0;
	bool		 cut = s.len > max, blank = false;

	if (text == NULL)
		return (NULL);
	if (cut)
		s.len = fu_utf8_cut(s.ptr, max);
	line = fu_alloc(arena, s.len + sizeof("…"));
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == ' ' || (s.ptr[i] >= '\t' && s.ptr[i] <= '\r')) {
			blank = n > 0;
			continue;
		}
		if (blank)
			line[n++] = ' ';
		blank = false;
		line[n++] = s.ptr[i];
	}
	if (cut)
		memcpy(line + n, "…", sizeof("…"));
	return (line);
}

bool
fu_handoff_ends(const char *text)
{
	static const char	 dots[] = "…";
	size_t			 n = strlen(text), k = sizeof(dots) - 1;

	if (n >= k && strcmp(text + n - k, dots) == 0)
		return (true);
	return (n > 0 && strchr(".?!", text[n - 1]) != NULL);
}

const char *
fu_handoff_name(const struct fu_person *p, int64_t id, struct fu_arena *arena)
{
	const char	*first = p->f[FU_F_FIRST_NAME];
	const char	*last = p->f[FU_F_LAST_NAME];
	uint32_t	 cp;

	if (!fu_blank(first) && !fu_blank(last))
		return (fu_printf(arena, "%s %.*s.", first,
		    (int)fu_utf8_next(last, &cp), last));
	if (!fu_blank(first))
		return (first);
	if (!fu_blank(last))
		return (last);
	if (p->f[FU_F_EMAIL] != NULL)
		return (p->f[FU_F_EMAIL]);
	if (p->f[FU_F_PHONE] != NULL)
		return (p->f[FU_F_PHONE]);
	return (fu_printf(arena, "Visitor %lld", (long long)id));
}

/* Does a digit stand behind ${at}, a blank between them or none? */
static bool
sum_behind(const char *at)
{
	if (*at == ' ')
		at++;
	return (isdigit((unsigned char)*at) != 0);
}

/* Does "40", "40k" or "1.5 M" end before ${at}? */
static bool
sum_before(const char *text, const char *at)
{
	if (at > text && at[-1] == ' ')
		at--;
	if (at > text && strchr("kKmM", at[-1]) != NULL)
		at--;
	if (at > text && at[-1] == ' ')
		at--;
	return (at > text && isdigit((unsigned char)at[-1]));
}

/* What stands before the sum when it is shown, by how ${text} wrote it; NULL
 * when no sum in it bears a sign or code. */
static const char *
sign_in(const char *text)
{
	static const char *const sign[][2] = { { "$", "$" }, { "€", "€" },
		{ "£", "£" }, { "EUR", "€" }, { "USD", "$" }, { "GBP", "£" },
		{ "CHF", "CHF " }, { "CAD", "CA$" }, { "AUD", "A$" },
		{ "SEK", "SEK " }, { "NOK", "NOK " }, { "DKK", "DKK " },
		{ "PLN", "PLN " }, { "euro", "€" }, { "dollar", "$" } };
	const char	*at;

	for (size_t i = 0; i < sizeof(sign) / sizeof(sign[0]); i++)
		for (at = text; (at = strcasestr(at, sign[i][0])) != NULL;
		    at++)
			if (sum_behind(at + strlen(sign[i][0])) ||
			    sum_before(text, at))
				return (sign[i][1]);
	return (NULL);
}

static bool
one_of(const char *countries, const char *country)
{
	return (strlen(country) == 2 && strstr(countries, country) != NULL);
}

/* Members of the euro area, 2026.  Of other money the number is told alone. */
static const char *
sign_of_country(const char *country)
{
	if (country == NULL || one_of("US PR CA AU NZ EC SV", country))
		return ("$");
	if (one_of("GB GG IM JE", country))
		return ("£");
	return (one_of("AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL "
	    "PT SI SK", country) ? "€" : "");
}

/* What the cell of the budget bore, kept as an ISO code; or NULL. */
static const char *
sign_of_cell(const struct fu_person *p, struct fu_arena *arena)
{
	static const char *const sign[][2] = { { "USD", "$" }, { "EUR", "€" },
		{ "GBP", "£" }, { "JPY", "¥" }, { "INR", "₹" },
		{ "CAD", "CA$" }, { "AUD", "A$" } };
	struct fu_json	 value;
	const char	*code = NULL;

	for (size_t i = 0; i < p->nattr; i++)
		if (fu_streq(p->attr[i].name, "budget_currency") &&
		    fu_json_parse(p->attr[i].raw, &value, NULL) == 0)
			code = fu_json_text(arena, &value);
	/* A member of that name may be theirs, and anything. */
	if (code == NULL || strlen(code) != 3 ||
	    strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3)
		return (NULL);
	for (size_t i = 0; i < sizeof(sign) / sizeof(sign[0]); i++)
		if (strcmp(code, sign[i][0]) == 0)
			return (sign[i][1]);
	return (fu_printf(arena, "%s ", code));
}

static const char *
currency(const struct fu_person *p, const struct fu_event *event, size_t n,
    struct fu_arena *arena)
{
	const char	*sign;

	for (size_t i = n; i > 0; i--) {
		const struct fu_event	*e = &event[i - 1];

		if (e->text != NULL && e->from != FU_FROM_BOT &&
		    e->from != FU_FROM_REP &&
		    (sign = sign_in(e->text)) != NULL)
			return (sign);
	}
	sign = sign_of_cell(p, arena);
	return (sign != NULL ? sign : sign_of_country(p->f[FU_F_COUNTRY]));
}

const char *
fu_handoff_amount(const struct fu_person *p, const struct fu_event *event,
    size_t n, struct fu_arena *arena)
{
	const char	*text = p->f[FU_F_BUDGET];
	struct fu_value	 v;
	double		 amount;

	if (text == NULL || !fu_number_parse(fu_str_of(text), &v))
		return (NULL);
	amount = v.type == FU_V_INT ? (double)v.i : v.r;
	if (amount <= 0)
		return (NULL);
	if (amount >= 1e6)
		return (fu_printf(arena, "%s%.4gM", currency(p, event, n,
		    arena), amount / 1e6));
	if (amount >= 1e3)
		return (fu_printf(arena, "%s%.4gK", currency(p, event, n,
		    arena), amount / 1e3));
	return (fu_printf(arena, "%s%.4g", currency(p, event, n, arena),
	    amount));
}

const char *
fu_handoff_within(int64_t us, struct fu_arena *arena)
{
	long long	 n;
	const char	*unit;

	if (us >= 2 * FU_DAY && us % FU_DAY == 0) {
		n = us / FU_DAY;
		unit = "day";
	} else if (us >= FU_HOUR && us % FU_HOUR == 0) {
		n = us / FU_HOUR;
		unit = "hour";
	} else {
		n = (us + FU_MINUTE - 1) / FU_MINUTE;
		unit = "minute";
	}
	return (fu_printf(arena, "within %lld %s%s", n, unit,
	    n == 1 ? "" : "s"));
}

/* What a page's glob calls it: "*pricing*" is "pricing". */
static const char *
page_name(const char *glob, struct fu_arena *arena)
{
	char	*name = fu_alloc(arena, strlen(glob) + 1);
	size_t	 n = 0;

	for (const char *p = glob; *p != '\0'; p++)
		if (isalnum((unsigned char)*p) || (unsigned char)*p >= 0x80)
			name[n++] = *p;
		else if (n > 0 && name[n - 1] != ' ')
			name[n++] = ' ';
	while (n > 0 && name[n - 1] == ' ')
		n--;
	name[n] = '\0';
	return (name);
}

/* "your pricing page", "your pricing and demo pages". */
static const char *
pages_name(const struct fu_list *pages, const bool *seen,
    struct fu_arena *arena)
{
	const char	*names = NULL, *name;
	bool		 several = false;

	for (size_t i = 0; i < pages->n; i++) {
		if (!seen[i] || *(name = page_name(pages->item[i],
		    arena)) == '\0')
			continue;
		if (names == NULL) {
			names = name;
			continue;
		}
		names = fu_printf(arena, "%s and %s", names, name);
		several = true;
	}
	if (names == NULL)
		return ("your site");
	return (fu_printf(arena, "your %s page%s", names, several ? "s" : ""));
}

static const char *
times(int n, struct fu_arena *arena)
{
	return (n == 1 ? "once" : n == 2 ? "twice" :
	    fu_printf(arena, "%d times", n));
}

/* The visits to the pages that count; NULL when there is none. */
static const char *
visits_sentence(const struct fu_config *config, const struct fu_facts *f,
    struct fu_arena *arena)
{
	const struct fu_trigger_conf	*t;
	const char	*span;
	bool		*seen, chatted = false, counts;
	int64_t		 from;
	int		 n = 0;

	t = &config->trigger[FU_TR_RETURN_VISITS];
	from = f->now_us - (t->within_us > 0 ? t->within_us : 7 * FU_DAY);
	seen = fu_alloc_array(arena, t->pages.n + 1, sizeof(*seen));
	for (size_t i = 0; i < f->nevent; i++) {
		const struct fu_event	*e = &f->event[i];

		if (e->at_us < from || e->at_us > f->now_us)
			continue;
		if (e->kind == FU_K_CHAT && e->from != FU_FROM_BOT &&
		    e->from != FU_FROM_REP)
			chatted = true;
		if (e->kind != FU_K_VISIT || e->arg == NULL)
			continue;
		counts = t->pages.n == 0;
		for (size_t k = 0; k < t->pages.n; k++)
			if (fu_glob(t->pages.item[k], e->arg)) {
				seen[k] = counts = true;
				break;
			}
		n += counts;
	}
	if (n == 0)
		return (NULL);
	from = f->now_us - from;
	span = from == 7 * FU_DAY ? "this week" : fu_printf(arena,
	    "in %lld %s", (long long)(from >= 2 * FU_DAY ? from / FU_DAY :
	    from / FU_HOUR), from >= 2 * FU_DAY ? "days" : "hours");
	return (fu_printf(arena, "visited %s %s %s %s.",
	    pages_name(&t->pages, seen, arena), times(n, arena), span,
	    chatted ? "and wrote to the chatbot" :
	    "without re-engaging the chatbot"));
}

static const char *
where_said(const struct fu_evidence *v)
{
	return (fu_streq(v->kind, "chat") ? " in the chat" :
	    fu_streq(v->kind, "reply") ? " in a reply" :
	    fu_streq(v->kind, "form") ? " in a form" : "");
}

/* "asked for a person in the chat: “…”."  Their own stop is enough. */
static const char *
said(const char *did, const struct fu_evidence *v, struct fu_arena *arena)
{
	const char	*words = fu_handoff_quote(v->text, QUOTE_MAX, arena);

	return (fu_printf(arena, "%s%s: “%s”%s", did, where_said(v), words,
	    fu_handoff_ends(words) ? "" : "."));
}

static const char *
event_sentence(const struct fu_config *config, const struct fu_facts *f,
    const struct fu_evidence *v, struct fu_arena *arena)
{
	const char	*what = fu_handoff_quote(v->text, QUOTE_MAX, arena);
	const char	*sentence;

	if (fu_streq(v->kind, "visit")) {
		sentence = visits_sentence(config, f, arena);
		return (sentence != NULL ? sentence :
		    fu_printf(arena, "visited %s.", what));
	}
	if (fu_streq(v->kind, what))
		what = NULL;
	return (fu_printf(arena, "%s%s%s%s",
	    fu_streq(v->kind, "download") ? "downloaded a document" :
	    fu_streq(v->kind, "job_posting") ?
	    "works where a job was posted" : v->kind,
	    what == NULL ? "" : ": ", what == NULL ? "" : what,
	    what != NULL && fu_handoff_ends(what) ? "" : "."));
}

static const char *
sentence_of(const struct fu_config *config, const struct fu_facts *f,
    const struct fu_evidence *v, struct fu_arena *arena)
{
	const char	*sentence;

	switch (v->trigger) {
	case FU_TR_ASKED_FOR_HUMAN:
		return (said("asked for a person", v, arena));
	case FU_TR_BUYING_INTENT:
		return (said("showed buying intent", v, arena));
	case FU_TR_COMPETITOR_MENTION:
		return (said("named a competitor", v, arena));
	case FU_TR_STALLED_OBJECTION:
		return (said("raised an objection again", v, arena));
	case FU_TR_DECISION_MAKER:
		return (said("turned out to be a decision-maker", v, arena));
	case FU_TR_REPLY:
		return (fu_streq(v->text, "replied") ? "replied." :
		    said("answered", v, arena));
	case FU_TR_TRIGGER_EVENT:
		return (event_sentence(config, f, v, arena));
	case FU_TR_RETURN_VISITS:
	case FU_TR_SCORE_THRESHOLD:
	default:
		sentence = visits_sentence(config, f, arena);
		if (sentence == NULL && v->text != NULL &&
		    strncmp(v->text, "imported ", 9) == 0)
			return (fu_printf(arena, "was %.*s.",
			    (int)strcspn(v->text, ","), v->text));
		return (sentence != NULL ? sentence : fu_printf(arena,
		    "crossed the line of %d points.",
		    config->trigger[FU_TR_SCORE_THRESHOLD].at));
	}
}

/* The newest evidence of a trigger that is met, or NULL. */
static const struct fu_evidence *
evidence_of(const struct fu_triggers *t, enum fu_trigger trigger)
{
	const struct fu_evidence	*v = NULL;

	for (size_t k = 0; t->met[trigger] && k < t->nevidence; k++)
		if (t->evidence[k].trigger == trigger)
			v = &t->evidence[k];
	return (v);
}

enum fu_trigger
fu_handoff_telling(const struct fu_triggers *t)
{
	for (size_t i = 0; i < sizeof(telling) / sizeof(telling[0]); i++)
		if (evidence_of(t, telling[i]) != NULL)
			return (telling[i]);
	return (FU_TR_REPLY);
}

const char *
fu_handoff_sentence(const struct fu_config *config, const struct fu_facts *f,
    const struct fu_triggers *t, struct fu_arena *arena)
{
	const struct fu_evidence	*v;

	v = evidence_of(t, fu_handoff_telling(t));
	return (v == NULL ? "" : sentence_of(config, f, v, arena));
}
