/*
 * Weighing the parts of a question.
 *
 * Must never need a passage's text: what is weighed here is looked for by
 * others, in whatever they have.
 */
#include <math.h>
#include <string.h>

#include "flow/search_room.h"
#include "flow/search_weigh.h"

#define WEAK_PART	0.2f	/* of what a word of questions weighs */
#define UNNAMED		0.5f	/* of the most: "how much" has no word of its
				 * own */

struct weighing {
	struct fu_search	*f;
	struct fu_arena		*arena;
	struct fu_weighed	*w;
	bool			 named;		/* what stood before counts */
	uint32_t		 group[FU_WEIGHED_MAX];	/* of each part + 1 */
};

static float
rarity(const struct fu_search *f, double with)
{
	return ((float)log1p(((double)f->shelf.n - with + 0.5) /
	    (with + 0.5)));
}

/* How rare the collection finds a word; ${known}: does it have it at all? */
static int
weigh_word(struct weighing *g, uint32_t term, float *weight, bool *known,
    struct fu_err *err)
{
	uint32_t	 id;
	int		 rc = fu_term_find(&g->f->s->store,
	    fu_terms_text(g->f->terms, term), &id, err);

	*known = rc == 1 && id < g->f->shelf.nterm &&
	    g->f->shelf.with[id] > 0;
	*weight = rarity(g->f, *known ? g->f->shelf.with[id] : 0);
	return (rc == -1 ? -1 : 0);
}

static void
add_way(struct weighing *g, struct fu_weighed_part *p,
    const struct fu_term_run *run, float share)
{
	struct fu_weighed_way	*way;

	if (run->n == 0 || run->n > FU_WEIGHED_WORDS)
		return;
	p->way = fu_grow(g->arena, p->way, p->n, &p->cap, sizeof(*p->way));
	way = &p->way[p->n++];
	memset(way, 0, sizeof(*way));
	way->n = run->n;
	way->share = share;
	memcpy(way->term, run->term, run->n * sizeof(*run->term));
}

/* The other members of a group. */
static void
add_others(struct weighing *g, struct fu_weighed_part *p,
    const struct fu_synonym *m)
{
	const struct fu_synonyms	*s = &g->f->synonyms;
	const struct fu_synonym		*o = m;

	while (o > s->member && o[-1].group == m->group)
		o--;
	for (; o < s->member + s->n && o->group == m->group; o++) {
		struct fu_term_run	 run = { 0 };

		if (o == m)
			continue;
		fu_terms_read(g->f->terms, fu_str_of(o->text), g->w->tongue,
		    &run);
		add_way(g, p, &run, FU_WEIGHED_OTHER);
		fu_term_run_free(&run);
	}
}

/* Is it there already?  "price" and "cost" are one part. */
static bool
have(const struct weighing *g, uint32_t group, const struct fu_term_run *run)
{
	for (size_t i = 0; i < g->w->n; i++) {
		const struct fu_weighed_part	*p = &g->w->part[i];

		if (group > 0 && g->group[i] == group)
			return (true);
		if (group == 0 && g->group[i] == 0 && p->n > 0 &&
		    run->n == 1 && p->way[0].term[0] == run->term[0])
			return (true);
	}
	return (false);
}

/* A number to compare with: one that nobody has said, and "for 200 people",
 * which is nobody's "ISO 27001". */
static bool
is_count(const struct weighing *g, uint32_t term, bool known)
{
	char	 c = *fu_terms_text(g->f->terms, term);

	return (c >= '0' && c <= '9' && (!known || !g->named));
}

static int
add_part(struct weighing *g, struct fu_str text, const struct fu_synonym *m,
    struct fu_err *err)
{
	struct fu_weighed	*w = g->w;
	struct fu_weighed_part	 p = { .weak = true };
	struct fu_term_run	 run = { 0 };
	struct fu_str		 word;
	size_t			 at = 0;
	int			 rc = 0;

	fu_terms_read(g->f->terms, text, w->tongue, &run);
	for (size_t i = 0; i < run.n && rc == 0; i++) {
		float	 weight;
		bool	 known;

		rc = weigh_word(g, run.term[i], &weight, &known, err);
		p.known = p.known || known;
		if (weight > p.weight)
			p.weight = weight;
	}
	while (fu_word_next(text, &at, &word) && run.n > 0)
		p.weak = p.weak && fu_terms_weak(g->f->terms, word, w->tongue);
	if (run.n == 0) {
		p.weight = UNNAMED * rarity(g->f, 0);
		p.weak = false;
	} else if (p.weak || is_count(g, run.term[0], p.known)) {
		p.weak = true;
		p.weight *= WEAK_PART;
	}
	if (rc == 0 && (run.n > 0 || m != NULL) && w->n < FU_WEIGHED_MAX &&
	    !have(g, m == NULL ? 0 : m->group + 1, &run)) {
		add_way(g, &p, &run, 1);
		if (m != NULL)
			add_others(g, &p, m);
		g->group[w->n] = m == NULL ? 0 : m->group + 1;
		w->part[w->n++] = p;
	}
	g->named = run.n > 0 && !p.weak;
	fu_term_run_free(&run);
	return (rc);
}

struct fu_terms *
fu_search_terms(struct fu_search *f)
{
	return (f->terms);
}

int
fu_search_weigh(struct fu_search *f, struct fu_str text,
    struct fu_arena *arena, struct fu_weighed *w, struct fu_err *err)
{
	struct weighing	 g = { .f = f, .arena = arena, .w = w };
	struct fu_str	 word;
	size_t		 at = 0;

	memset(w, 0, sizeof(*w));
	w->part = fu_alloc_array(arena, FU_WEIGHED_MAX, sizeof(*w->part));
	w->tongue = fu_terms_guess(f->terms, text);
	if (w->tongue == FU_TONGUE_NONE)
		w->tongue = f->ntongue > 0 ? f->tongue[0] : FU_TONGUE_EN;
	while (at < text.len) {
		const struct fu_synonym	*m;
		size_t			 end = at;

		m = fu_synonyms_at(&f->synonyms, f->terms, w->tongue, text,
		    at, &end);
		if (m == NULL && !fu_word_next(text, &end, &word))
			break;
		if (add_part(&g, (struct fu_str){ text.ptr + at, end - at },
		    m, err) == -1)
			return (-1);
		at = end;
	}
	return (0);
}
