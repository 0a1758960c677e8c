/*
 * Addresses, numbers, times and questions out of a text.
 *
 * Money is in budget.c, titles in title.c, topics in topic.c.  Must never guess
 * a country, and never turn a relative time into a date: that needs a clock.
 */
#include <string.h>

#include "policy/extract.h"

/* A timeline stands in a short answer even when nothing around it says so. */
#define SHORT_WORDS	5
/* And where so few words stand around it. */
#define AROUND_WORDS	2

static bool
digit(char c)
{
	return (c >= '0' && c <= '9');
}

/* E.164 of the digits, or the digits as they are. */
static const char *
phone_of(struct fu_arena *arena, const char *digits, size_t n, bool plus)
{
	if (plus)
		return (fu_printf(arena, "+%s", digits));
	if (n > 10 && strncmp(digits, "00", 2) == 0)
		return (fu_printf(arena, "+%s", digits + 2));
	/* the North American plan: neither part begins with 0 or 1 */
	if (n == 10 && digits[0] >= '2' && digits[3] >= '2')
		return (fu_printf(arena, "+1%s", digits));
	if (n == 11 && digits[0] == '1' && digits[1] >= '2' &&
	    digits[4] >= '2')
		return (fu_printf(arena, "+%s", digits));
	return (fu_dup(arena, digits));
}

/* "10.000-15.000": amounts with a dash between, of three digits a group. */
static bool
amounts(const char *s, size_t len)
{
	size_t i, run, groups = 0;
	bool range = false;

	for (i = 0; i < len; i += run + 1) {
		run = strspn(s + i, "0123456789");
		if (run == 0 || i + run > len || (groups > 0 ? run != 3 :
		    run > 3))
			return (false);
		groups++;
		if (i + run == len || s[i + run] != '-')
			continue;
		if (groups < 2)
			return (false);
		range = true;
		groups = 0;
	}
	return (range && groups > 1 && memchr(s, '.', len) != NULL);
}

static const char *
phone_at(struct fu_arena *arena, const char *s, size_t *len)
{
	char digits[16];
	size_t i = 0, n = 0, groups = 0;
	bool plus = *s == '+', last = false;

	if (plus || *s == '(')
		i++;
	for (; s[i] != '\0' && n < sizeof(digits); i++) {
		if (digit(s[i])) {
			digits[n++] = s[i];
			groups += last ? 0 : 1;
			last = true;
		} else if (strchr(" -.()/", s[i]) != NULL &&
		    (s[i + 1] != ' ' || s[i] == ')'))
			last = false;
		else
			break;
	}
	*len = i;
	/* ITU-T E.164: 15 digits at most; shorter than 9 is an extension */
	if (n < (plus ? 8 : 9) || n == sizeof(digits) ||
	    (digit(s[i - 1]) && s[i] >= 'a' && s[i] <= 'z') ||
	    (!plus && groups == 1 && n < 10) || amounts(s, i) ||
	    groups > 7)
		return (NULL);
	digits[n] = '\0';
	return (phone_of(arena, digits, n, plus));
}

void
fu_extract_contact(const struct fu_reading *r, struct fu_signals *out)
{
	const struct fu_words *ws = r->words;
	const char *s = ws->source;
	size_t i, len, skip = 0;

	for (i = 0; i < ws->n; i++)
		if (strcmp(ws->w[i].text, FU_WORD_EMAIL) == 0) {
			out->email = fu_words_span(r->arena, ws, i, i);
			break;
		}
	for (i = 0; i < ws->n && out->phone == NULL; i++) {
		size_t off = ws->w[i].off;

		if (off < skip || !digit(s[off]))
			continue;
		if (off > 0 && (s[off - 1] == '+' || s[off - 1] == '('))
			off--;
		if (off > 0 && s[off] == '(' && s[off - 1] == '+')
			off--;
		out->phone = phone_at(r->arena, s + off, &len);
		skip = off + len;
	}
}

/* The lists by which a time is somebody's plan, or is not. */
struct timing {
	const struct fu_section	*times, *cue, *firm, *not, *until;
	bool			 wanted;	/* it is what we had asked for */
};

/*
 * Does the sentence speak of a meeting, an absence or of what was?  Not when
 * a plan is said between that and the time: "a demo, and we need it in May".
 */
static bool
of_another(const struct timing *t, const struct fu_words *ws, size_t i)
{
	size_t k = ws->sentence[ws->w[i].sentence].first, last, first;

	if (!fu_section_in(t->not, ws, ws->w[i].sentence))
		return (false);
	for (first = i; first > k; first--) {
		if (fu_section_at(t->firm, ws, first - 1, &last))
			return (false);
		if (fu_section_at(t->not, ws, first - 1, &last))
			return (true);
	}
	return (true);
}

static bool
is_plan(const struct timing *t, const struct fu_reading *r, size_t i,
    size_t last)
{
	const struct fu_words *ws = r->words;

	if (r->masked[i] || ws->w[i].quoted || of_another(t, ws, i))
		return (false);
	return (t->wanted || ws->n <= SHORT_WORDS ||
	    ws->n - (last - i + 1) <= AROUND_WORDS ||
	    fu_section_in(t->cue, ws, ws->w[i].sentence));
}

/* The first time that is a plan; one that is an end goes before others. */
void
fu_extract_timeline(const struct fu_reading *r, struct fu_signals *out)
{
	const struct fu_words *ws = r->words;
	struct timing t;
	struct fu_words asked;
	size_t i, last, end;
	bool until, found = false;

	t.times = fu_lexicon_find(r->lexicon, "timeline");
	t.cue = fu_lexicon_find(r->lexicon, "timeline_cue");
	t.firm = fu_lexicon_find(r->lexicon, "timeline_firm");
	t.not = fu_lexicon_find(r->lexicon, "timeline_not");
	t.until = fu_lexicon_find(r->lexicon, "timeline_until");
	t.wanted = false;
	if (t.times == NULL)
		return;
	if (r->asked != NULL) {
		fu_words_read(r->arena, r->asked, &asked);
		t.wanted = fu_section_find(fu_lexicon_find(r->lexicon,
		    "timeline_asked"), &asked, 0, &i, &last);
	}
	for (i = 0; i < ws->n; i++) {
		if (!fu_section_at(t.times, ws, i, &last))
			continue;
		until = fu_section_at(t.until, ws, i, &end);
		if ((!found || until) && is_plan(&t, r, i, last))
			out->timeline = fu_words_span(r->arena, ws, i, last);
		else
			continue;
		if (until)
			return;
		found = true;
		i = last;
	}
}

void
fu_extract_question(const struct fu_reading *r, struct fu_signals *out)
{
	const struct fu_section *open;
	const struct fu_words *ws = r->words;
	const struct fu_sentence *s = NULL;
	struct fu_str text;
	size_t i, last;

	open = fu_lexicon_find(r->lexicon, "question_open");
	for (i = 0; i < ws->nsentence && s == NULL; i++)
		if (ws->sentence[i].question)
			s = &ws->sentence[i];
	/* "do u integrate with it": many write no question mark */
	for (i = 0; i < ws->nsentence && s == NULL; i++)
		if (fu_section_at(open, ws, ws->sentence[i].first, &last))
			s = &ws->sentence[i];
	if (s == NULL)
		return;
	text = fu_str_trim((struct fu_str){ ws->source + s->off,
	    s->end - s->off });
	out->question = fu_dup_str(r->arena, text);
	out->topic = fu_extract_topic(r, s);
}
