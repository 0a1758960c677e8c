/*
 * The score: rules of the card over the facts, rules over the events, and the
 * factors that add up to it.
 *
 * Pure: the same facts give the same score, factors and words.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "policy/score.h"
#include "policy/score_why.h"

#define SCORE_MAX	100

/* A rule made ready; its arrays lie in the scorer's arena. */
struct ready {
	const struct fu_rule	*rule;
	int			 cond;		/* -1: none to be asked */
	enum fu_kind		 kind;
	bool			 channel;	/* globs are of channels */
	int			 next;	/* rule of the same kind, or -1 */
};

/* What the events have given a rule. */
struct tally {
	double		 sum;		/* of 0.5^(age / half_life), or count */
	int64_t		 count;
	int64_t		 first_us;	/* oldest counted */
};

struct fu_scorer {
	struct fu_arena			 arena;
	const struct fu_scorecard	*card;
	struct fu_rules			*rules;
	struct ready			*ready;	/* as in the card */
	int				 of_kind[FU_K_N];	/* first, or -1 */
	bool				*yes;	/* conditions, of one person */
	struct tally			*tally;
};

struct fu_scorer *
fu_scorer_new(const struct fu_scorecard *card, struct fu_faults *faults,
    struct fu_err *err)
{
	struct fu_scorer *s;
	struct ready *d;
	size_t i, before = fu_faults_errors(faults), conds = 0;

	if ((s = calloc(1, sizeof(*s))) == NULL)
		fu_oom();
	fu_arena_init(&s->arena);
	s->card = card;
	s->rules = fu_rules_new();
	s->ready = fu_alloc_array(&s->arena, card->nrule + 1, sizeof(*d));
	s->tally = fu_alloc_array(&s->arena, card->nrule + 1,
	    sizeof(*s->tally));
	s->yes = fu_alloc_array(&s->arena, card->nrule + 1, sizeof(bool));
	for (i = 0; i < FU_K_N; i++)
		s->of_kind[i] = -1;
	/* From the last to the first, so that each chain is in order. */
	for (i = card->nrule; i > 0; i--) {
		d = &s->ready[i - 1];
		d->rule = &card->rule[i - 1];
		d->cond = d->next = -1;
		if (d->rule->kind != FU_RULE_EVENT)
			continue;
		d->kind = fu_kind_find(d->rule->event);
		d->channel = fu_streq(d->rule->globs_of, "channel");
		d->next = s->of_kind[d->kind];
		s->of_kind[d->kind] = (int)i - 1;
	}
	for (i = 0; i < card->nrule; i++) {
		if (card->rule[i].when.sql == NULL)
			continue;
		s->ready[i].cond = fu_rules_add(s->rules, &card->rule[i].when,
		    faults);
		conds++;
	}
	if (fu_faults_errors(faults) > before) {
		fu_err_set(err, FU_ECONFIG, "%zu of %zu scoring conditions "
		    "cannot be read", fu_faults_errors(faults) - before, conds);
		fu_scorer_free(s);
		return (NULL);
	}
	if (fu_rules_ready(s->rules, err) == -1) {
		fu_scorer_free(s);
		return (NULL);
	}
	return (s);
}

void
fu_scorer_free(struct fu_scorer *s)
{

	if (s == NULL)
		return;
	fu_rules_free(s->rules);
	fu_arena_free(&s->arena);
	free(s);
}

uint64_t
fu_scorer_facts(const struct fu_scorer *s)
{

	return (fu_rules_facts(s->rules));
}

/* Does the rule's filter take this event, whatever its age? */
static bool
takes(const struct ready *d, const struct fu_event *e)
{
	const struct fu_list *globs = &d->rule->globs;
	const char *what;
	size_t i;

	if (e->kind == FU_K_CUSTOM && !fu_streq(e->name, d->rule->event))
		return (false);
	/* What bot and rep say in a conversation is no sign of interest. */
	if (e->kind == FU_K_CHAT ? e->from != FU_FROM_PROSPECT :
	    e->kind == FU_K_REPLY && e->from > FU_FROM_PROSPECT)
		return (false);
	if (globs->n == 0)
		return (true);
	what = d->channel ? e->channel :
	    d->kind != e->kind ? "held" : e->arg;
	for (i = 0; what != NULL && i < globs->n; i++)
		if (fu_glob(globs->item[i], what))
			return (true);
	return (false);
}

static double
weight(const struct fu_rule *r, int64_t age_us)
{

	if (r->half_life_us == 0)
		return (1);
	return (exp2(-(double)age_us / (double)r->half_life_us));
}

static void
count_event(struct fu_scorer *s, const struct fu_facts *f,
    const struct fu_event *e, enum fu_kind kind)
{
	struct tally *t;

	for (int i = s->of_kind[kind]; i != -1; i = s->ready[i].next) {
		const struct fu_rule *r = s->ready[i].rule;

		if ((r->window_us != 0 &&
		    e->at_us <= f->now_us - r->window_us) ||
		    !takes(&s->ready[i], e))
			continue;
		t = &s->tally[i];
		if (t->count++ == 0)
			t->first_us = e->at_us;
		t->sum += weight(r, f->now_us - e->at_us);
	}
}

static void
count_events(struct fu_scorer *s, const struct fu_facts *f)
{
	const struct fu_event *e = f->event, *end = e + f->nevent;
	enum fu_kind kind;

	memset(s->tally, 0, s->card->nrule * sizeof(*s->tally));
	for (; e < end && e->at_us <= f->now_us; e++) {
		count_event(s, f, e, e->kind);
		if ((kind = fu_event_meaning(e)) != e->kind)
			count_event(s, f, e, kind);
	}
}

/* Points of a sum of weights: capped, and rounded once. */
static int
points_of(const struct fu_rule *r, double sum)
{
	double p = sum * r->points;

	if (r->cap > 0 && p > r->cap)
		p = r->cap;
	else if (r->cap > 0 && p < -r->cap)
		p = -r->cap;
	if (p > 1e6 || p < -1e6)
		p = p > 0 ? 1e6 : -1e6;
	return ((int)lround(p));
}

/*
 * When the points that events give will fall by time alone.  All weights only
 * shrink and old events only leave, so the first change is where the sum gets
 * below what still rounds to the present points: walk the events from oldest
 * to newest as they leave the window, and in each stretch ask the half-life.
 */
static int64_t
next_of_rule(const struct fu_scorer *s, int i, const struct fu_facts *f)
{
	const struct fu_rule *r = s->ready[i].rule;
	const struct tally *t = &s->tally[i];
	const struct fu_event *e = f->event, *end = e + f->nevent;
	int points = abs(points_of(r, t->sum));
	double floor_sum, sum = t->sum;	/* as of now */
	int64_t leave, fall;

	if (points == 0 || (r->half_life_us == 0 && r->window_us == 0))
		return (INT64_MAX);
	floor_sum = (points - 0.5) / abs(r->points);
	/* It falls at this instant if nothing leaves before. */
	for (;; e++) {
		fall = INT64_MAX;
		if (r->half_life_us != 0) {
			double in = ceil((double)r->half_life_us *
			    log2(sum / floor_sum)) + 1;

			if (!(in >= 1))
				in = 1;
			fall = in > 4e18 ? INT64_MAX : f->now_us > INT64_MAX -
			    (int64_t)in ? INT64_MAX : f->now_us + (int64_t)in;
		}
		if (r->window_us == 0)
			return (fall);
		while (e < end && ((e->kind != s->ready[i].kind &&
		    fu_event_meaning(e) != s->ready[i].kind) ||
		    e->at_us <= f->now_us - r->window_us ||
		    !takes(&s->ready[i], e)))
			e++;
		if (e == end || e->at_us > f->now_us)
			return (fall);
		leave = e->at_us + r->window_us;
		if (fall <= leave)
			return (fall);
		sum -= weight(r, f->now_us - e->at_us);
		/* seen from then, but for what faded: the same comparison */
		if (sum * weight(r, leave - f->now_us) < floor_sum)
			return (leave);
	}
}

/* Few factors: a stable insertion sort. */
static void
sort(struct fu_factor *factor, size_t n)
{
	struct fu_factor one;
	size_t i, j;

	for (i = 1; i < n; i++) {
		one = factor[i];
		for (j = i; j > 0 && factor[j - 1].points < one.points; j--)
			factor[j] = factor[j - 1];
		factor[j] = one;
	}
}

static void
sooner(struct fu_score *score, const struct fu_facts *f, int64_t us)
{

	if (us > f->now_us && us < score->next_us)
		score->next_us = us;
}

static void
set_band(const struct fu_scorecard *card, const struct fu_facts *f,
    struct fu_score *score)
{
	int64_t silent_us = f->engaged_us != FU_NEVER ? f->engaged_us :
	    f->subject->known_us;

	if (card->cold_after_us > 0 && silent_us != FU_NEVER) {
		if (f->now_us - silent_us >= card->cold_after_us) {
			score->band = "cold";
			return;
		}
		sooner(score, f, silent_us + card->cold_after_us);
	}
	score->band = score->score > card->hot ? "hot" :
	    score->score >= card->warm ? "warm" : "nurture";
}

int
fu_scorer_score(struct fu_scorer *s, const struct fu_facts *f,
    struct fu_arena *arena, struct fu_score *score, struct fu_err *err)
{
	const struct fu_scorecard *card = s->card;
	const struct ready *d;
	const struct tally *t;
	struct fu_factor *factor;
	size_t i;
	int sum = 0, points;

	memset(score, 0, sizeof(*score));
	if (fu_rules_eval(s->rules, f, s->yes, err) == -1)
		return (-1);
	score->factor = fu_alloc_array(arena, card->nrule + 1,
	    sizeof(*score->factor));
	score->next_us = fu_rules_next(s->rules, f);
	count_events(s, f);
	for (i = 0; i < card->nrule; i++) {
		d = &s->ready[i];
		t = &s->tally[i];
		if (d->cond != -1 && !s->yes[d->cond])
			continue;
		points = d->rule->kind == FU_RULE_FIELD ? d->rule->points :
		    points_of(d->rule, t->sum);
		if (points == 0)
			continue;
		factor = &score->factor[score->nfactor++];
		factor->name = d->rule->name;
		factor->points = points;
		sum += points;
		if (d->rule->kind == FU_RULE_FIELD) {
			factor->why = fu_why_field(arena, d->rule, f,
			    d->cond == -1 ? 0 :
			    fu_rules_mask(s->rules, d->cond));
		} else {
			factor->count = t->count;
			factor->why = fu_why_events(arena, d->rule, t->count,
			    t->first_us, f->now_us);
			sooner(score, f, next_of_rule(s, (int)i, f));
		}
	}
	/* an event whose time is to come may count then */
	for (i = f->nevent; i > 0 && f->event[i - 1].at_us > f->now_us; i--)
		sooner(score, f, f->event[i - 1].at_us);
	sort(score->factor, score->nfactor);
	score->score = sum < 0 ? 0 : sum > SCORE_MAX ? SCORE_MAX : sum;
	if (score->score != sum) {
		factor = &score->factor[score->nfactor++];
		factor->name = "clamp";
		factor->points = score->score - sum;
		factor->why = "a score is 0 to 100";
	}
	set_band(card, f, score);
	return (0);
}
