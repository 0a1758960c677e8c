/*
 * A question as what is looked for.
 *
 * Must never ask for more than was asked: other words for a thing stand in for
 * its own.
 */
#include <errno.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "content/meaning.h"
#include "flow/rulesdir.h"
#include "flow/search_room.h"

#define OTHERS_MAX	256	/* other ways to say what a query says */

/* A query while it is read. */
struct reading {
	struct fu_search	*f;
	struct fu_arena		*arena;
	struct fu_query		*q;
	enum fu_tongue		 own;
	size_t			 cap, other_cap, group_cap;
	uint32_t		*group;		/* of each concept, from 1 on */
};

int
fu_search_synonyms(struct fu_search *f, struct fu_err *err)
{
	struct fu_session	*s = f->s;
	struct fu_faults	 faults;
	struct fu_str		 text;
	const char		*path;
	int			 rc;

	if ((rc = fu_session_config(s, err)) != 0)
		return (rc == -1 ? -1 : 0);
	path = fu_rulesdir_path(&s->config, &s->arena, FU_SYNONYMS_FILE);
	if (access(path, F_OK) == -1 && errno == ENOENT)
		return (0);
	if (fu_file_read(path, &s->arena, &text, err) == -1)
		return (-1);
	/* fu-lint tells of what is wrong with it. */
	fu_faults_init(&faults);
	fu_synonyms_read(&f->synonyms, &s->arena, path, text, &faults);
	fu_faults_free(&faults);
	return (0);
}

/* The collection's number of a term; of none of its own, FU_TERM_NONE. */
static int
number(struct fu_search *f, uint32_t term, uint32_t *id, struct fu_err *err)
{
	int	 rc = fu_term_find(&f->s->store, fu_terms_text(f->terms, term),
	    id, err);

	if (rc == 0)
		*id = FU_TERM_NONE;
	return (rc == -1 ? -1 : 0);
}

/*
 * The next word from ${*at} on; 1, 0 at the end, -1.  ${stopped} is one that is
 * not looked for.  A word that nobody has said in the query's own language may
 * have been said in another that the collection speaks.
 */
static int
read_word(struct reading *r, struct fu_str text, size_t *at, bool *stopped,
    uint32_t *id, struct fu_err *err)
{
	struct fu_search	*f = r->f;
	size_t			 from = *at, again;
	uint32_t		 term;

	if (!fu_terms_next(f->terms, text, at, r->own, &term))
		return (0);
	*stopped = term == FU_TERM_STOPPED;
	if (*stopped)
		return (1);
	if (number(f, term, id, err) == -1)
		return (-1);
	for (size_t i = 0; *id == FU_TERM_NONE && i < f->ntongue; i++) {
		again = from;
		(void)fu_terms_next(f->terms, text, &again, f->tongue[i],
		    &term);
		if (term != FU_TERM_STOPPED && number(f, term, id, err) == -1)
			return (-1);
	}
	return (1);
}

static void
count(struct reading *r, uint32_t id, bool weak, uint32_t concept)
{
	struct fu_query	*q = r->q;

	for (size_t i = 0; id != FU_TERM_NONE && i < q->n; i++)
		if (q->asked[i].term == id && q->asked[i].concept == concept) {
			q->asked[i].count++;
			return;
		}
	q->asked = fu_grow(r->arena, q->asked, q->n, &r->cap,
	    sizeof(*q->asked));
	q->asked[q->n++] = (struct fu_asked){ id, 1, 0, weak, concept };
}

/* Another member of a group, as a way to say the concept. */
static int
add_other(struct reading *r, const struct fu_synonym *m, uint32_t concept,
    struct fu_err *err)
{
	struct fu_query	*q = r->q;
	struct fu_other	 o = { .concept = concept };
	struct fu_str	 text = fu_str_of(m->text);
	size_t		 at = 0;
	uint32_t	 id;
	bool		 stopped, known = true;
	int		 rc;

	while (o.n < FU_OTHER_WORDS && (rc = read_word(r, text, &at, &stopped,
	    &id, err)) == 1)
		if (!stopped) {
			known = known && id != FU_TERM_NONE;
			o.term[o.n++] = id;
		}
	if (o.n < FU_OTHER_WORDS && rc == -1)
		return (-1);
	if (o.n == 0 || !known || q->nother == OTHERS_MAX)
		return (0);
	q->other = fu_grow(r->arena, q->other, q->nother, &r->other_cap,
	    sizeof(*q->other));
	q->other[q->nother++] = o;
	return (0);
}

/* The concept of a member's group, with the other members when it is new. */
static int
concept_of(struct reading *r, const struct fu_synonym *m, uint32_t *concept,
    struct fu_err *err)
{
	struct fu_synonyms	*s = &r->f->synonyms;
	const struct fu_synonym	*other;
	size_t			 n = r->q->nconcept;

	for (size_t i = 0; i < n; i++)
		if (r->group[i] == m->group) {
			*concept = (uint32_t)i + 1;
			return (0);
		}
	r->group = fu_grow(r->arena, r->group, n, &r->group_cap,
	    sizeof(*r->group));
	r->group[n] = m->group;
	*concept = (uint32_t)++r->q->nconcept;
	for (other = m; other > s->member && other[-1].group == m->group;)
		other--;
	for (; other < s->member + s->n && other->group == m->group; other++)
		if (other != m && add_other(r, other, *concept, err) == -1)
			return (-1);
	return (0);
}

/* The words from ${*at} up to ${end}, as parts of a concept or of none. */
static int
read_words(struct reading *r, struct fu_str text, size_t *at, size_t end,
    uint32_t concept, struct fu_err *err)
{
	size_t		 from = *at, before = r->q->n;
	struct fu_str	 word;
	uint32_t	 id;
	bool		 stopped, any = false;
	int		 rc = 1;

	for (; *at < end && (rc = read_word(r, text, at, &stopped, &id,
	    err)) == 1; from = *at) {
		(void)fu_word_next(text, &from, &word);
		if (stopped)
			continue;
		any = true;
		count(r, id, fu_terms_weak(r->f->terms, word, r->own),
		    concept);
	}
	/* "How much" has no word that is looked for, but "price" has. */
	if (rc != -1 && concept > 0 && !any && r->q->n == before)
		count(r, FU_TERM_NONE, true, concept);
	return (rc == -1 ? -1 : 0);
}

/* All its terms, as those of a name. */
static int
read_name(struct reading *r, struct fu_str text, struct fu_err *err)
{
	struct fu_term_run	 run = { NULL, 0, 0 };
	uint32_t		*id;
	int			 rc = 0;

	fu_terms_name(r->f->terms, text, r->own, &run);
	fu_term_run_once(&run);
	id = fu_alloc_array(r->arena, run.n + 1, sizeof(*id));
	for (size_t i = 0; rc == 0 && i < run.n; i++)
		rc = number(r->f, run.term[i], &id[i], err);
	r->q->name = id;
	r->q->nname = run.n;
	fu_term_run_free(&run);
	return (rc);
}

int
fu_query_read(struct fu_search *f, struct fu_str text, struct fu_arena *arena,
    struct fu_query *q, struct fu_err *err)
{
	struct reading		 r = { .f = f, .arena = arena, .q = q,
		.own = fu_terms_guess(f->terms, text) };
	const struct fu_synonym	*m;
	struct fu_str		 word;
	uint32_t		 concept;
	size_t			 at = 0, end;

	if (r.own == FU_TONGUE_NONE)
		r.own = f->tongue[0];
	while (at < text.len) {
		concept = 0;
		end = at;
		m = fu_synonyms_at(&f->synonyms, f->terms, r.own, text, at,
		    &end);
		if (m != NULL && concept_of(&r, m, &concept, err) == -1)
			return (-1);
		if (m == NULL && !fu_word_next(text, &end, &word))
			break;
		if (read_words(&r, text, &at, end, concept, err) == -1)
			return (-1);
	}
	return (read_name(&r, text, err));
}

/* What the query means: the sum of what its terms say in the basis. */
int
fu_query_meaning(struct fu_search *f, struct fu_arena *arena,
    struct fu_query *q, struct fu_err *err)
{
	size_t	 rank = f->basis.rank;
	float	*sum = fu_alloc_array(arena, rank + 1, sizeof(*sum));
	float	*value = fu_alloc_array(arena, rank + 1, sizeof(*value));
	float	 all = 0, weight, length, rarity;
	int	 rc;

	for (size_t i = 0; i < q->n; i++) {
		if (q->asked[i].term == FU_TERM_NONE)
			continue;
		rc = fu_term_basis(&f->s->store, q->asked[i].term, value,
		    rank + 1, err);
		if (rc == -1)
			return (-1);
		weight = fu_meaning_weight((double)q->asked[i].count);
		/* What the basis says nothing of is a part of the query too. */
		rarity = rc == 1 ? value[0] : fu_meaning_rarity(f->shelf.n,
		    q->asked[i].term < f->shelf.nterm ?
		    f->shelf.with[q->asked[i].term] : 0);
		all += weight * rarity * weight * rarity;
		if (rc == 1)
			fu_vector_add(sum, value + 1, weight, rank);
	}
	length = fu_vector_length(sum, rank);
	if (length <= 0 || all <= 0)
		return (0);
	for (size_t i = 0; i < rank; i++)
		sum[i] /= length;
	q->vector = sum;
	q->within = length / sqrtf(all);
	return (0);
}
