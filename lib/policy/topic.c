/*
 * What a question is about, as words that can stand behind "your question
 * about": "How much does the team plan cost?" is about "the team plan".
 *
 * Must never guess: a topic is looked for only behind words that have one, and
 * what does not end as a noun does is none.
 */
#include <string.h>

#include "policy/extract.h"

#define TOPIC_WORDS	8
#define TOPIC_BYTES	60

/* The lists of the file that this needs. */
struct lists {
	const struct fu_section	*opens;		/* a topic follows */
	const struct fu_section	*between;	/* a topic and a verb follow */
	const struct fu_section	*closes;	/* the verb */
	const struct fu_section	*ends;		/* never part of one */
	const struct fu_section	*joins;		/* "of", between two parts */
	const struct fu_section	*dull;		/* nothing to be about */
	const struct fu_section	*nouns;		/* in spite of their ending */
};

/* Words of a sentence, ${last} in, and what stands before them. */
struct topic {
	size_t	 first, last, head;
	size_t	 next;			/* behind it */
	bool	 yours;			/* "your": it is "the" to us */
	bool	 some;			/* "any": there have to be several */
};

static bool
is(const struct fu_words *ws, size_t i, const char *list)
{
	const char	*at = list, *text = ws->w[i].text;
	size_t		 len = strlen(text);

	while ((at = strstr(at, text)) != NULL) {
		if ((at == list || at[-1] == ' ') &&
		    (at[len] == ' ' || at[len] == '\0'))
			return (true);
		at += len;
	}
	return (false);
}

static bool
article(const struct fu_words *ws, size_t i)
{
	return (is(ws, i, "a an the"));
}

/* One of several that hyphens join: "sign-on", "on-premise". */
static bool
hyphened(const struct fu_words *ws, size_t i)
{
	const struct fu_word	*w = &ws->w[i];

	return ((w->off > 0 && ws->source[w->off - 1] == '-' && i > 0 &&
	    ws->w[i - 1].off + ws->w[i - 1].len + 1 == w->off) ||
	    (ws->source[w->off + w->len] == '-' && i + 1 < ws->n &&
	    ws->w[i + 1].off == w->off + w->len + 1));
}

/* A word that may be part of one, as far as a word alone can tell. */
static bool
plain(const struct fu_reading *r, const struct lists *l, size_t i)
{
	const struct fu_words	*ws = r->words;
	const char		*text = ws->w[i].text;
	size_t			 last;

	/* "Thursday's" is somebody's; an address or a link is no word. */
	if (r->masked[i] || ws->w[i].quoted || text[0] == '<' ||
	    strlen(text) != ws->w[i].len)
		return (false);
	return (hyphened(ws, i) || (!article(ws, i) &&
	    !is(ws, i, "and or") && !fu_section_at(l->ends, ws, i, &last) &&
	    !fu_section_at(l->joins, ws, i, &last)));
}

static bool
number(const char *text)
{
	return (*text >= '0' && *text <= '9');
}

/* Where the part behind "of" or "and" at ${i} begins; 0 for none. */
static size_t
part_behind(const struct fu_reading *r, const struct lists *l, size_t i,
    size_t end)
{
	const struct fu_words	*ws = r->words;
	size_t			 k = i + 1;
	bool			 sure;

	if (k >= end || ws->w[k].clause != ws->w[i].clause)
		return (0);
	/* Behind these may stand a verb, too: "to move", "and move". */
	sure = !is(ws, i, "to and or") || ws->w[k].capital ||
	    number(ws->w[k].text);
	if (article(ws, k)) {
		sure = true;
		k++;
	}
	return (sure && k < end && ws->w[k].clause == ws->w[i].clause &&
	    plain(r, l, k) ? k : 0);
}

static bool
ends_in(const char *text, const char *ending)
{
	size_t	 n = strlen(text), k = strlen(ending);

	return (n > k && strcmp(text + n - k, ending) == 0);
}

/* Can the word be what all the others only describe? */
static bool
noun(const struct fu_words *ws, const struct lists *l, size_t i, bool several)
{
	const char	*text = ws->w[i].text;
	size_t		 last;

	if (number(text) || strlen(text) < 2 || fu_section_at(l->dull, ws, i, &last))
		return (false);
	if (fu_section_at(l->nouns, ws, i, &last))
		return (!several);
	if (several && (!ends_in(text, "s") || ends_in(text, "ss")))
		return (false);
	return (!ends_in(text, "ed") && !ends_in(text, "ly") &&
	    !ends_in(text, "ing"));
}

/* The topic that begins at word ${i}, as long as it goes: to a verb of
 * ${verbs}, which may be NULL, at the latest. */
static bool
read_topic(const struct fu_reading *r, const struct lists *l, size_t i,
    size_t end, const struct fu_section *verbs, struct topic *t)
{
	const struct fu_words	*ws = r->words;
	size_t			 k, last, next;
	bool			 joined = false;

	memset(t, 0, sizeof(*t));
	if (i >= end)
		return (false);
	t->first = i;
	t->yours = is(ws, i, "your ur");
	t->some = is(ws, i, "any some");
	if (t->yours || t->some)
		t->first = ++i;
	else if (article(ws, i))
		i++;
	if (i >= end || !plain(r, l, i) ||
	    (i > 0 && ws->w[i].clause != ws->w[i - 1].clause))
		return (false);
	for (k = i + 1; k < end && ws->w[k].clause == ws->w[i].clause; k++) {
		if (!hyphened(ws, k) && fu_section_at(verbs, ws, k, &last))
			break;
		if (plain(r, l, k))
			continue;
		if ((!fu_section_at(l->joins, ws, k, &last) && !is(ws, k, "and or")) ||
		    (next = part_behind(r, l, k, end)) == 0)
			break;
		if (!joined)
			t->head = k - 1;
		joined = true;
		k = next;
	}
	t->next = k;
	t->last = k - 1;
	if (!joined)
		t->head = t->last;
	return (k - t->first <= TOPIC_WORDS &&
	    noun(ws, l, t->head, t->some) && noun(ws, l, t->last, false));
}

/* As it is said; NULL when there is more in it than words. */
static const char *
said(const struct fu_reading *r, const struct topic *t)
{
	const char	*text = fu_words_span(r->arena, r->words, t->first,
	    t->last);

	for (const char *p = text; *p != '\0'; p++)
		if ((unsigned char)*p < 0x80 && strchr(" -&./+", *p) == NULL &&
		    !(*p >= '0' && *p <= '9') && !(*p >= 'A' && *p <= 'Z') &&
		    !(*p >= 'a' && *p <= 'z'))
			return (NULL);
	if (t->yours)
		text = fu_printf(r->arena, "the %s", text);
	return (strlen(text) > TOPIC_BYTES ? NULL : text);
}

const char *
fu_extract_topic(const struct fu_reading *r, const struct fu_sentence *s)
{
	const struct lists	 l = {
		.opens = fu_lexicon_find(r->lexicon, "topic_opens"),
		.between = fu_lexicon_find(r->lexicon, "topic_between"),
		.closes = fu_lexicon_find(r->lexicon, "topic_closes"),
		.ends = fu_lexicon_find(r->lexicon, "topic_ends"),
		.joins = fu_lexicon_find(r->lexicon, "topic_joins"),
		.dull = fu_lexicon_find(r->lexicon, "topic_dull"),
		.nouns = fu_lexicon_find(r->lexicon, "topic_nouns"),
	};
	const struct fu_words	*ws = r->words;
	size_t			 end = s->first + s->n, last;
	const char		*text;
	struct topic		 t;

	for (size_t i = s->first; i < end; i++) {
		if (fu_section_at(l.between, ws, i, &last) &&
		    read_topic(r, &l, last + 1, end, l.closes, &t) &&
		    t.next < end &&
		    fu_section_at(l.closes, ws, t.next, &last) &&
		    (text = said(r, &t)) != NULL)
			return (text);
		if (fu_section_at(l.opens, ws, i, &last) &&
		    read_topic(r, &l, last + 1, end, NULL, &t) &&
		    (text = said(r, &t)) != NULL)
			return (text);
	}
	return (NULL);
}
