/*
 * Cutting an answer out of a passage.
 *
 * Must never cut within a sentence, nor put two together that do not stand
 * together.
 */
#include "chat/answer.h"

#include <string.h>

#include "content/passage.h"
#include "content/standalone.h"

#define SENTENCES_MAX	64	/* of a passage; longer ones are not looked at */
#define HEADING_WORDS	8	/* a longer one is no beginning of an answer */
#define STRONG		10	/* what a word of the query is worth */
#define WEAK		2	/* one that questions are made of */
#define ALONE		3	/* that it can be understood alone */

struct asking {
	struct fu_terms		*terms;
	enum fu_tongue		 tongue;
	struct fu_term_run	 word;		/* of the query, each once */
	bool			*weak;		/* of each of them */
	size_t			 most, max;	/* sentences, characters */
	struct fu_arena		*arena;
};

static void
read_query(struct asking *q, struct fu_str text)
{
	size_t		 at = 0;
	struct fu_str	 word;

	fu_terms_read(q->terms, text, q->tongue, &q->word);
	fu_term_run_once(&q->word);
	q->weak = fu_alloc_array(q->arena, q->word.n + 1, sizeof(*q->weak));
	while (fu_word_next(text, &at, &word)) {
		struct fu_term_run	 one = { 0 };

		if (!fu_terms_weak(q->terms, word, q->tongue))
			continue;
		fu_terms_read(q->terms, word, q->tongue, &one);
		for (size_t i = 0; one.n > 0 && i < q->word.n; i++)
			if (q->word.term[i] == one.term[0])
				q->weak[i] = true;
		fu_term_run_free(&one);
	}
}

/* Which words of the query it has: a bit each, of the first 64. */
static uint64_t
words_in(const struct asking *q, struct fu_str text)
{
	struct fu_term_run	 run = { 0 };
	uint64_t		 has = 0;

	fu_terms_read(q->terms, text, q->tongue, &run);
	for (size_t i = 0; i < q->word.n && i < 64; i++)
		for (size_t k = 0; k < run.n; k++)
			if (run.term[k] == q->word.term[i])
				has |= UINT64_C(1) << i;
	fu_term_run_free(&run);
	return (has);
}

static int
worth(const struct asking *q, uint64_t has)
{
	int	 sum = 0;

	for (size_t i = 0; i < q->word.n && i < 64; i++)
		if ((has >> i & 1) != 0)
			sum += q->weak[i] ? WEAK : STRONG;
	return (sum);
}

struct sentence {
	struct fu_str	 text;
	uint64_t	 has;
	bool		 whole, alone, opens;	/* opens: a paragraph's first */
	bool		 asks;
};

/* What stands below a heading, or behind a question, is about that too. */
static void
inherit(struct sentence *s, size_t n)
{
	uint64_t	 above = 0;

	for (size_t i = 0; i < n; i++) {
		if (s[i].opens && (!s[i].whole || s[i].asks))
			above = s[i].has;
		else
			s[i].has |= above;
	}
}

static size_t
cut(const struct asking *q, const char *text, struct sentence *s)
{
	size_t	 n = 0;

	while (*text != '\0' && n < SENTENCES_MAX) {
		struct fu_str	 line = { text, strcspn(text, "\n") };
		bool		 opens = true;

		text += line.len + (text[line.len] == '\n');
		while (line.len > 0 && n < SENTENCES_MAX) {
			size_t	 end = fu_sentence_end(line);

			s[n].text = fu_str_trim((struct fu_str){ line.ptr,
			    end });
			line.ptr += end;
			line.len -= end;
			if (s[n].text.len == 0)
				continue;
			s[n].has = words_in(q, s[n].text);
			s[n].whole = fu_is_sentence(s[n].text);
			s[n].alone = fu_begins_alone(s[n].text, q->arena);
			s[n].opens = opens;
			s[n].asks = s[n].text.ptr[s[n].text.len - 1] == '?';
			opens = false;
			n++;
		}
	}
	inherit(s, n);
	return (n);
}

/* The best sentences in a row; their worth, -1 when there are none. */
static int
best(const struct asking *q, const struct sentence *s, size_t n,
    struct fu_str *text, uint64_t *words)
{
	int	 most = -1;

	for (size_t i = 0; i < n; i++) {
		const char	*from = s[i].text.ptr, *end;
		uint64_t	 has = 0;

		for (size_t k = i; k < n && k < i + q->most &&
		    s[k].whole && !s[k].asks && (k == i || !s[k].opens);
		    k++) {
			struct fu_str	 all;
			int		 sum;

			end = s[k].text.ptr + s[k].text.len;
			all = (struct fu_str){ from, (size_t)(end - from) };
			if (fu_utf8_count(all) > q->max)
				break;
			has |= s[k].has;
			/* A sentence more must be worth its room. */
			sum = worth(q, has) + (s[i].alone ? ALONE : 0) -
			    (int)(k - i);
			if (sum > most) {
				most = sum;
				*text = all;
				*words = has;
			}
		}
	}
	return (most);
}

/* What stands behind the best sentences explains them: as much as there is
 * room for. */
static struct fu_str
go_on(const struct asking *q, const struct sentence *s, size_t n,
    struct fu_str text)
{
	size_t	 i = 0, k, in = 0;

	while (i < n && s[i].text.ptr != text.ptr)
		i++;
	for (k = i; k < n && s[k].text.ptr < text.ptr + text.len; k++)
		in++;
	for (; k < n && in < q->most && s[k].whole && !s[k].opens &&
	    !s[k].asks; k++, in++) {
		struct fu_str	 more = { text.ptr, (size_t)(s[k].text.ptr +
		    s[k].text.len - text.ptr) };

		if (fu_utf8_count(more) > q->max)
			break;
		text = more;
	}
	return (text);
}

static const char *
with_heading(const struct asking *q, const char *heading, struct fu_str text,
    uint64_t has)
{
	struct fu_str	 h = fu_str_trim(fu_str_of(heading));
	const char	*both;

	if (h.len == 0 || fu_words_count(h) > HEADING_WORDS ||
	    h.ptr[h.len - 1] == '?' || worth(q, words_in(q, h) & ~has) == 0)
		return (fu_dup_str(q->arena, text));
	both = fu_printf(q->arena, "%.*s%s %.*s", (int)h.len, h.ptr,
	    strchr(".!:", h.ptr[h.len - 1]) != NULL ? "" : ":", (int)text.len,
	    text.ptr);
	return (fu_utf8_count(fu_str_of(both)) > q->max ?
	    fu_dup_str(q->arena, text) : both);
}

const char *
fu_chat_answer(struct fu_terms *terms, struct fu_str query,
    const struct fu_chat_source *source, size_t sentences, size_t max,
    struct fu_arena *arena)
{
	struct asking	 q = { .terms = terms, .arena = arena,
		.most = sentences, .max = max };
	struct sentence	*s = fu_alloc_array(arena, SENTENCES_MAX, sizeof(*s));
	struct fu_str	 text = { NULL, 0 }, sum = { NULL, 0 };
	const char	*result = NULL;
	uint64_t	 has = 0;
	size_t		 n;
	int		 most, brief = -1;

	q.tongue = fu_terms_guess(terms, fu_str_of(source->text));
	read_query(&q, query);
	n = cut(&q, source->text, s);
	most = best(&q, s, n, &text, &has);
	if (source->summary != NULL) {
		sum = fu_str_trim(fu_str_of(source->summary));
		if (fu_utf8_count(sum) <= max)
			brief = worth(&q, words_in(&q, sum)) + ALONE;
	}
	if (brief >= most && brief >= 0)
		result = fu_dup_str(arena, sum);
	else if (most >= 0)
		result = with_heading(&q, source->heading, go_on(&q, s, n,
		    text), has);
	fu_term_run_free(&q.word);
	return (result);
}
