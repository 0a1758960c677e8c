/*
 * Which figure is asked for, and which answers it.
 */
#include "chat/figures.h"

#include <stdlib.h>
#include <string.h>

#define WORDS_MAX	400	/* of a text; the rest is not looked at */
#define WORD_BYTES	32

/* A text as folded words, numbers read. */
struct reading {
	struct {
		char	 text[WORD_BYTES];
		double	 number;	/* -1: none */
	} word[WORDS_MAX];
	size_t	 n;
};

static bool
is_one_of(const char *word, const char *list)
{
	size_t		 len = strlen(word);
	const char	*at = list;

	while (len > 0 && (at = strstr(at, word)) != NULL) {
		if ((at == list || at[-1] == ' ') && (at[len] == ' ' ||
		    at[len] == '\0'))
			return (true);
		at += len;
	}
	return (false);
}

/* "2,500", "2.500" and "2500" are one number; "99.9" is another; "12k". */
static size_t
read_number(const char *s, size_t left, double *value)
{
	double	 n = 0, scale = 0;
	size_t	 i;

	for (i = 0; i < left; i++) {
		if (s[i] >= '0' && s[i] <= '9') {
			n = n * 10 + (s[i] - '0');
			scale *= 10;
			continue;
		}
		if ((s[i] != '.' && s[i] != ',') || i + 1 >= left ||
		    s[i + 1] < '0' || s[i + 1] > '9')
			break;
		/* Three digits behind it: thousands. */
		if (i + 3 < left && strspn(s + i + 1, "0123456789") == 3)
			continue;
		if (scale != 0)
			break;
		scale = 1;
	}
	*value = scale > 1 ? n / scale : n;
	if (i < left && (s[i] == 'k' || s[i] == 'K') && (i + 1 == left ||
	    !((s[i + 1] | 32) >= 'a' && (s[i + 1] | 32) <= 'z'))) {
		*value *= 1000;
		i++;
	}
	return (i);
}

static void
read_text(struct fu_str text, struct reading *r)
{
	size_t	 i = 0;
	char	*folded, *p;
	char	*copy = strndup(text.ptr == NULL ? "" : text.ptr, text.len);

	if (copy == NULL)
		fu_oom();
	p = folded = fu_fold_plain(copy);
	free(copy);
	for (r->n = 0; p[i] != '\0' && r->n < WORDS_MAX;) {
		size_t	 len;

		if (p[i] >= '0' && p[i] <= '9') {
			i += read_number(p + i, strlen(p + i),
			    &r->word[r->n].number);
			r->word[r->n++].text[0] = '\0';
			continue;
		}
		for (len = 0; (p[i + len] >= 'a' && p[i + len] <= 'z') ||
		    (p[i + len] & 0x80) != 0; len++)
			continue;
		if (len > 0) {
			size_t	 keep = len < WORD_BYTES ? len :
			    WORD_BYTES - 1;

			memcpy(r->word[r->n].text, p + i, keep);
			r->word[r->n].text[keep] = '\0';
			r->word[r->n++].number = -1;
		}
		i += len > 0 ? len : 1;
	}
	free(folded);
}

bool
fu_figure_asked(const char *text)
{
	static const char	 much[] = "much many long often soon fast quickly "
	    "far big large small old viel viele lang lange oft schnell bald "
	    "gross hoch";
	static const char	 alone[] = "when wann price prices pricing cost "
	    "costs fee fees rate limit limits kostet kosten preis preise "
	    "number percent percentage combien cuanto cuanta quanto hoeveel";
	struct reading	*r = malloc(sizeof(*r));
	bool		 found = false;

	if (r == NULL)
		fu_oom();
	read_text(fu_str_of(text), r);
	for (size_t i = 0; i < r->n && !found; i++) {
		const char	*word = r->word[i].text;

		found = is_one_of(word, alone) || (i + 1 < r->n &&
		    is_one_of(word, "how wie") && is_one_of(r->word[i +
		    1].text, much));
	}
	free(r);
	return (found);
}

bool
fu_figure_in(struct fu_str text)
{
	static const char	 number[] = "two three four five six seven eight "
	    "nine ten eleven twelve fifteen twenty thirty forty fifty sixty "
	    "ninety hundred thousand million half twice once daily hourly "
	    "weekly monthly yearly zwei drei vier funf sechs sieben acht neun "
	    "zehn elf zwolf zwanzig dreissig hundert tausend";
	struct reading	*r = malloc(sizeof(*r));
	bool		 found = false;

	if (r == NULL)
		fu_oom();
	read_text(text, r);
	for (size_t i = 0; i < r->n && !found; i++)
		found = r->word[i].number >= 0 || is_one_of(r->word[i].text,
		    number);
	free(r);
	return (found);
}

/* ---- limits ---- */

struct limit {
	double	 least, most;	/* inclusive enough; most 0: no end */
};

/* "up to 800", "more than 2,500", "between 5 and 9": what stands at word i. */
static bool
limit_at(const struct reading *r, size_t i, struct limit *limit)
{
	double		 n = r->word[i].number;
	const char	*one = i > 0 ? r->word[i - 1].text : "";
	const char	*two = i > 1 ? r->word[i - 2].text : "";

	*limit = (struct limit){ 0, 0 };
	if (n < 0)
		return (false);
	if ((is_one_of(one, "to") && is_one_of(two, "up")) ||
	    (is_one_of(one, "than") && is_one_of(two, "less fewer")) ||
	    (is_one_of(one, "most") && is_one_of(two, "at")) ||
	    is_one_of(one, "under below maximum max bis unter hochstens"))
		limit->most = n;
	else if ((is_one_of(one, "than als") && is_one_of(two,
	    "more mehr")) || (is_one_of(one, "least") && is_one_of(two,
	    "at")) || is_one_of(one, "over above from ab uber mindestens "
	    "minimum"))
		limit->least = n;
	else if (i > 1 && r->word[i - 2].number >= 0 && r->word[i - 2].number <
	    n && is_one_of(one, "and to und bis")) {
		limit->least = r->word[i - 2].number;
		limit->most = n;
	} else
		return (false);
	return (true);
}

/* The thing that is counted: the word behind the number, as a term. */
static bool
counts(const struct reading *r, size_t i, struct fu_terms *terms,
    enum fu_tongue tongue, uint32_t *term)
{
	size_t	 at = 0;

	return (i + 1 < r->n && r->word[i + 1].text[0] != '\0' &&
	    fu_terms_next(terms, fu_str_of(r->word[i + 1].text), &at, tongue,
	    term) && *term != FU_TERM_STOPPED);
}

static double
holds(const struct limit *l, double n)
{
	if (n < l->least || (l->most > 0 && n > l->most))
		return (-1);
	return (l->most > 0 ? n / l->most : l->least > 0 ? l->least / n : 0);
}

double
fu_figure_fits(const char *question, struct fu_str text,
    struct fu_terms *terms, enum fu_tongue tongue)
{
	struct reading	*q = malloc(sizeof(*q)), *t = malloc(sizeof(*t));
	struct limit	 limit;
	uint32_t	 of, in;
	double		 best = 0, one;

	if (q == NULL || t == NULL)
		fu_oom();
	read_text(fu_str_of(question), q);
	read_text(text, t);
	for (size_t i = 0; i < q->n; i++)
		for (size_t k = 0; k < t->n && q->word[i].number > 0 &&
		    counts(q, i, terms, tongue, &of); k++) {
			if (!limit_at(t, k, &limit) ||
			    !counts(t, k, terms, tongue, &in) || in != of)
				continue;
			one = holds(&limit, q->word[i].number);
			if (best == 0 || one > best)
				best = one;
		}
	free(q);
	free(t);
	return (best);
}
