/*
 * Words of a text as terms: folded, without stop words, stemmed by language.
 *
 * The one place where a text becomes what is searched: passages and queries,
 * counting and meaning see the same terms.  Pure but for the memory of words
 * already met, which makes the second reading of a word cost a look-up.
 */
#ifndef FU_CONTENT_TERMS_H
#define FU_CONTENT_TERMS_H

#include "base/arena.h"

/* Languages with a stemmer and a list of stop words, then one that has
 * neither. */
enum fu_tongue {
	FU_TONGUE_EN, FU_TONGUE_DE, FU_TONGUE_FR, FU_TONGUE_ES, FU_TONGUE_IT,
	FU_TONGUE_PT, FU_TONGUE_NL, FU_TONGUE_DA, FU_TONGUE_SV, FU_TONGUE_NO,
	FU_TONGUE_FI, FU_TONGUE_NONE, FU_TONGUE_N
};

/*
 * fu_tongue_find(language): of a BCP 47 tag ("de-AT"); NONE when it is NULL or
 * one that we do not know.
 * fu_tongue_name(tongue): "de"; "" for NONE.
 */
enum fu_tongue fu_tongue_find(const char *);
const char *fu_tongue_name(enum fu_tongue);

struct fu_terms;

/* The numbers of terms, in order of the text; the memory is kept. */
struct fu_term_run {
	uint32_t	*term;
	size_t		 n, cap;
};

#define FU_TERM_STOPPED	UINT32_MAX	/* a stop word: no term */

struct fu_terms *fu_terms_new(void);
void fu_terms_free(struct fu_terms *);

/*
 * fu_terms_read(terms, text, tongue, run):
 * Append the terms of ${text}, which is valid UTF-8, to ${run}, stop words left
 * out.  A term has the same number as long as ${terms} lives.  Scripts that put
 * no blanks between words give their pairs of characters.
 * fu_terms_name(terms, text, tongue, run): the same of a name or a question,
 *	where "how", "where" and "without" tell one from another: stop words
 *	are terms too, as they stand there.
 * fu_terms_next(terms, text, at, tongue, term): word by word, from byte ${*at}
 *	on; false at the end.
 * fu_terms_weak(terms, word, tongue): one that questions are made of, whatever
 *	they are about?
 * fu_terms_guess(terms, text): its tongue, by the stop words in it; NONE when
 *	they do not tell.
 * fu_terms_text(terms, number): the term, NUL-terminated, owned by ${terms}.
 * fu_terms_count(terms): how many there are; numbers are below it.
 * fu_terms_add(terms, text): the number of a term as it is.
 */
void fu_terms_read(struct fu_terms *, struct fu_str, enum fu_tongue,
    struct fu_term_run *);
void fu_terms_name(struct fu_terms *, struct fu_str, enum fu_tongue,
    struct fu_term_run *);
bool fu_terms_next(struct fu_terms *, struct fu_str, size_t *, enum fu_tongue,
    uint32_t *);
bool fu_terms_weak(struct fu_terms *, struct fu_str, enum fu_tongue);
enum fu_tongue fu_terms_guess(struct fu_terms *, struct fu_str);
const char *fu_terms_text(const struct fu_terms *, uint32_t);
size_t fu_terms_count(const struct fu_terms *);
uint32_t fu_terms_add(struct fu_terms *, struct fu_str);
/* fu_term_run_add(run, from, n): as many more; fu_term_run_once(run): in order
 * of number, each once. */
void fu_term_run_add(struct fu_term_run *, const uint32_t *, size_t);
void fu_term_run_once(struct fu_term_run *);
void fu_term_run_free(struct fu_term_run *);

/*
 * fu_word_next(text, at, word):
 * The next word of ${text} from byte ${*at} on, which then lies behind it;
 * false at the end.  A word is a run of letters, marks and digits; of a script
 * without blanks it is one character.
 */
bool fu_word_next(struct fu_str, size_t *, struct fu_str *);

#endif
