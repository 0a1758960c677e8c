/*
 * Cutting an answer out of a document.
 *
 * Must never cut within a sentence, nor put two together that do not stand
 * together.
 */
#include "chat/answer.h"

#include <string.h>

#include "chat/figures.h"
#include "content/passage.h"

#define HEADING_WORDS	8	/* a longer one is no beginning of an answer */
#define LEADING		3	/* words that a sentence begins with */

/* What a choice of sentences is worth beside the share of the question that
 * they say. */
#define OF_HEADING	0.85	/* said by the heading alone */
#define OF_TITLE	0.4	/* left of a part that the title says: it tells
				 * no sentences of the document apart */
#define LEANS		-0.15	/* it begins with one that leans on another */
#define FIRST		0.06	/* it begins a section, */
#define FIRST_ASKED	0.08	/* whose heading says a part of it */
#define FIGURE		0.12	/* it has one, and one is asked for */
#define FITS		0.6	/* its limit holds for the number asked of */
#define LEADS		0.06	/* it begins with a part of what is asked */
#define NAMED		0.3	/* or is the row of a table with that name */
#define EACH_MORE	-0.02	/* each sentence must be worth its room */
#define SAID		-0.6	/* we have just said that */
#define GIST		0.08	/* the summary, or how the document begins, */
#define GIST_TITLE	0.4	/* where the title says what is asked */

struct choice {
	size_t	 first, n;
	double	 worth, share;
};

struct choosing {
	const struct fu_chat_asked	*a;
	const struct fu_weighed		*w;
	struct fu_arena			*arena;
	const struct fu_chat_sentence	*s;
	size_t				 n;
	float				**says;		/* of each sentence */
	float				**heads;	/* its heading */
	float				*title;
	double				 all;		/* weights */
	bool				 figure, brief;	/* it has a summary */
};

static bool
is_digit(char c)
{
	return (c >= '0' && c <= '9');
}

/* "500" is not in "2,500". */
static bool
has_number(struct fu_str text, const char *digits)
{
	size_t	 n = strlen(digits);

	for (size_t i = 0; i + n <= text.len; i++) {
		const char	*p = text.ptr + i, *end = p + n;
		size_t		 left = text.len - i - n;

		if (memcmp(p, digits, n) != 0 || (i > 0 &&
		    is_digit(p[-1])) || (left > 0 && is_digit(*end)))
			continue;
		if (i > 1 && strchr(".,", p[-1]) != NULL && is_digit(p[-2]))
			continue;
		if (left > 1 && strchr(".,", *end) != NULL && is_digit(end[1]))
			continue;
		return (true);
	}
	return (false);
}

/* Does a text that has the term say it? */
static bool
says_it(const struct choosing *c, struct fu_str text, uint32_t term)
{
	const char	*word = fu_terms_text(c->a->terms, term);

	return (!is_digit(*word) || has_number(text, word));
}

/* How much of each part a text says. */
static float *
read_parts(const struct choosing *c, struct fu_str text)
{
	float			*part = fu_alloc_array(c->arena, c->w->n + 1,
	    sizeof(*part));
	struct fu_term_run	 run = { 0 };

	fu_terms_read(c->a->terms, text, c->w->tongue, &run);
	for (size_t i = 0; i < c->w->n; i++)
		for (size_t k = 0; k < c->w->part[i].n; k++) {
			const struct fu_weighed_way	*way =
			    &c->w->part[i].way[k];
			size_t	 have = 0;

			for (size_t t = 0; t < way->n; t++)
				for (size_t r = 0; r < run.n; r++)
					if (run.term[r] == way->term[t] &&
					    says_it(c, text, run.term[r])) {
						have++;
						break;
					}
			if (have == way->n && way->share > part[i])
				part[i] = way->share;
		}
	fu_term_run_free(&run);
	return (part);
}

/* What a part still weighs among the sentences of this document. */
static double
inner_weight(const struct choosing *c, size_t i)
{
	double	 weight = (double)c->w->part[i].weight;

	return (weight * (1 - (1 - OF_TITLE) * (double)c->title[i]));
}

static double
title_share(const struct choosing *c)
{
	double	 sum = 0;

	for (size_t i = 0; i < c->w->n; i++)
		sum += (double)(c->w->part[i].weight * c->title[i]);
	return (c->all > 0 ? sum / c->all : 0);
}

static void
read_all(struct choosing *c, const struct fu_chat_source *source)
{
	c->says = fu_alloc_array(c->arena, c->n + 1, sizeof(*c->says));
	c->heads = fu_alloc_array(c->arena, c->n + 1, sizeof(*c->heads));
	c->title = read_parts(c, fu_str_of(source->title));
	for (size_t i = 0; i < c->n; i++) {
		c->says[i] = read_parts(c, c->s[i].text);
		c->heads[i] = i > 0 && c->s[i].section ==
		    c->s[i - 1].section ? c->heads[i - 1] : read_parts(c,
		    fu_str_of(c->s[i].heading));
		/* What stands behind a question answers it. */
		if (i > 0 && c->s[i - 1].asks && c->s[i].section ==
		    c->s[i - 1].section) {
			float	*both = read_parts(c, c->s[i - 1].text);

			for (size_t k = 0; k < c->w->n; k++)
				if (c->heads[i][k] > both[k])
					both[k] = c->heads[i][k];
			c->heads[i] = both;
		}
	}
	for (size_t i = 0; i < c->w->n; i++)
		c->all += (double)c->w->part[i].weight;
}

static double
heading_share(const struct choosing *c, const float *heads)
{
	double	 sum = 0;

	for (size_t i = 0; i < c->w->n; i++)
		sum += (double)heads[i] * inner_weight(c, i);
	return (c->all > 0 ? sum / c->all : 0);
}

/* The share of the question that sentences, their heading and the title say:
 * among the document's own, and in all. */
static void
share_of(const struct choosing *c, const float *says, const float *heads,
    struct choice *choice)
{
	double	 inner = 0, all = 0, part, whole;

	for (size_t i = 0; i < c->w->n; i++) {
		part = (double)says[i];
		if (heads != NULL && (double)heads[i] * OF_HEADING > part)
			part = (double)heads[i] * OF_HEADING;
		whole = part > (double)c->title[i] ? part :
		    (double)c->title[i];
		inner += part * inner_weight(c, i);
		all += whole * (double)c->w->part[i].weight;
	}
	choice->worth = c->all > 0 ? inner / c->all : 0;
	choice->share = c->all > 0 ? all / c->all : 0;
}

static struct fu_str
text_of(const struct choosing *c, size_t first, size_t n)
{
	struct fu_buf	 buf;
	struct fu_str	 text;

	if (n == 1)
		return (c->s[first].text);
	fu_buf_init(&buf);
	for (size_t i = first; i < first + n; i++) {
		if (buf.len > 0)
			fu_buf_putc(&buf, ' ');
		fu_buf_str(&buf, c->s[i].text);
	}
	text = fu_str_of(fu_dup_buf(c->arena, &buf));
	fu_buf_free(&buf);
	return (text);
}

/* Is a part of weight among its first words? */
static bool
leads(const struct choosing *c, struct fu_str text)
{
	struct fu_str	 word, some = text;
	size_t		 at = 0;
	float		*says;

	for (int i = 0; i < LEADING && fu_word_next(text, &at, &word); i++) {
		some.len = (size_t)(word.ptr + word.len - text.ptr);
		if (some.len < text.len && text.ptr[some.len] == ':')
			break;
	}
	says = read_parts(c, some);
	for (size_t i = 0; i < c->w->n; i++)
		if (says[i] > 0 && !c->w->part[i].weak && c->title[i] <= 0)
			return (true);
	return (false);
}

static double
extras(const struct choosing *c, struct fu_str text, const char *heading)
{
	struct fu_str	 both = fu_str_of(fu_printf(c->arena, "%s. %.*s",
	    heading, (int)text.len, text.ptr));
	double		 fits = fu_figure_fits(c->a->text, both, c->a->terms,
	    c->w->tongue), sum = 0;

	if (c->figure && fu_figure_in(both))
		sum += FIGURE;
	if (fits != 0)
		sum += fits < 0 ? -FITS : FITS * (0.5 + fits / 2);
	if (c->a->said != NULL && strstr(c->a->said, fu_dup_str(c->arena,
	    text)) != NULL)
		sum += SAID;
	return (sum);
}

static bool
goes_on(const struct choosing *c, size_t first, size_t i)
{
	return (i < c->n && c->s[i].section == c->s[first].section &&
	    !c->s[i].asks && (!c->s[i].made || i == first) &&
	    (i == first || !c->s[i - 1].made));
}

static struct choice
best(const struct choosing *c)
{
	struct choice	 most = { 0, 0, -10, 0 };
	float		*says = fu_alloc_array(c->arena, c->w->n + 1,
	    sizeof(*says));
	double		 title = title_share(c);

	for (size_t i = 0; i < c->n; i++) {
		const struct fu_chat_sentence	*s = &c->s[i];

		memset(says, 0, c->w->n * sizeof(*says));
		for (size_t k = i; goes_on(c, i, k) && k < i +
		    c->a->sentences; k++) {
			struct fu_str	 text = text_of(c, i, k - i + 1);
			struct choice	 one = { i, k - i + 1, 0, 0 };

			if (fu_utf8_count(text) > c->a->max)
				break;
			for (size_t p = 0; p < c->w->n; p++)
				if (c->says[k][p] > says[p])
					says[p] = c->says[k][p];
			share_of(c, says, c->heads[i], &one);
			one.worth += (s->alone || s->first ? 0 : LEANS) +
			    EACH_MORE * (double)(k - i) +
			    extras(c, text, s->heading);
			if (s->first)
				one.worth += heading_share(c, c->heads[i]) >
				    0 ? FIRST + FIRST_ASKED : FIRST;
			if (leads(c, s->text))
				one.worth += s->made ? NAMED : LEADS;
			if (i == 0 && !c->brief)
				one.worth += GIST + GIST_TITLE * title / 2;
			if (one.worth > most.worth)
				most = one;
		}
	}
	return (most);
}

/* What stands behind the best sentences explains them: as much as there is
 * room for. */
static void
go_on(const struct choosing *c, struct choice *choice)
{
	while (choice->n < c->a->sentences && goes_on(c, choice->first,
	    choice->first + choice->n) && fu_utf8_count(text_of(c,
	    choice->first, choice->n + 1)) <= c->a->max)
		choice->n++;
}

static const char *
with_heading(const struct choosing *c, const struct choice *choice)
{
	const struct fu_chat_sentence	*s = &c->s[choice->first];
	struct fu_str	 h = fu_str_trim(fu_str_of(s->heading));
	struct fu_str	 text = text_of(c, choice->first, choice->n);
	float		*says = read_parts(c, text);
	bool		 more = c->figure && fu_figure_in(h);
	const char	*both;

	for (size_t i = 0; i < c->w->n; i++)
		more = more || (c->heads[choice->first][i] > says[i] &&
		    !c->w->part[i].weak);
	if (h.len == 0 || s->made || !more || fu_words_count(h) >
	    HEADING_WORDS || h.ptr[h.len - 1] == '?')
		return (fu_dup_str(c->arena, text));
	both = fu_printf(c->arena, "%.*s%s %.*s", (int)h.len, h.ptr,
	    strchr(".!:", h.ptr[h.len - 1]) != NULL ? "" :
	    memchr(h.ptr, ':', h.len) != NULL ? "." : ":", (int)text.len,
	    text.ptr);
	return (fu_utf8_count(fu_str_of(both)) > c->a->max ?
	    fu_dup_str(c->arena, text) : both);
}

/* The summary says what the document is about, in few words. */
static struct choice
brief(const struct choosing *c, struct fu_str summary)
{
	struct choice	 one = { 0, 0, -10, 0 };

	if (summary.len == 0 || fu_utf8_count(summary) > c->a->max)
		return (one);
	share_of(c, read_parts(c, summary), NULL, &one);
	one.worth += FIRST + GIST + GIST_TITLE * title_share(c) +
	    extras(c, summary, "");
	return (one);
}

void
fu_chat_answer(const struct fu_chat_asked *asked,
    const struct fu_chat_source *source, struct fu_arena *arena,
    struct fu_chat_answer *answer)
{
	struct choosing		 c = { .a = asked, .w = asked->weighed,
		.arena = arena, .figure = fu_figure_asked(asked->text) };
	struct fu_chat_sentence	*s;
	struct fu_str		 summary = fu_str_trim(fu_str_of(
	    source->summary));
	struct choice		 most, sum;

	c.n = fu_chat_sentences(source->passage, source->n, arena, &s);
	c.s = s;
	c.brief = summary.len > 0;
	read_all(&c, source);
	most = best(&c);
	sum = brief(&c, summary);
	*answer = (struct fu_chat_answer){ NULL, source->n > 0 ?
		source->passage[0].chunk : 0, 0, title_share(&c) };
	if (sum.worth >= most.worth && sum.worth > -10) {
		answer->text = fu_dup_str(arena, summary);
		answer->share = sum.share;
	} else if (most.n > 0) {
		go_on(&c, &most);
		answer->text = with_heading(&c, &most);
		answer->chunk = s[most.first].chunk;
		answer->share = most.share;
	}
}
