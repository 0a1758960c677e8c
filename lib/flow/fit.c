/*
 * The job of a fit: read everybody once to learn, and once more to measure on
 * those held out what the card says of them, through the scorer itself.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "config/nearest.h"
#include "flow/fit_room.h"

#define TELLTALE	0.9	/* of one column alone: is it the outcome? */

/* Measuring: the card, and the one that it would replace. */
struct measuring {
	const struct fu_scorecard *card;
	struct fu_scorer	*scorer, *before;
	struct fu_fit_report	*report;
};

/* Scoring everybody by one card. */
struct scoring {
	struct fu_scorer	*scorer;
	struct fu_fit_tally	*tally;
};

static struct fu_scorer *
scorer_of(const struct fu_session *s, const struct fu_scorecard *card,
    struct fu_err *err)
{
	struct fu_faults	 faults;
	struct fu_scorer	*scorer;

	fu_faults_init(&faults);
	if ((scorer = fu_scorer_new(card, &faults, err)) == NULL)
		fu_session_faults(s->opt, &faults);
	fu_faults_free(&faults);
	return (scorer);
}

/* A person's points of each rule, and the score without it. */
static void
count_rules(const struct measuring *m, const struct fu_score *score, bool won)
{
	int	 sum = 0, points;

	for (size_t k = 0; k < score->nfactor; k++)
		if (strcmp(score->factor[k].name, "clamp") != 0)
			sum += score->factor[k].points;
	for (size_t i = 0; i < m->card->nrule; i++) {
		points = 0;
		for (size_t k = 0; k < score->nfactor; k++)
			if (score->factor[k].name == m->card->rule[i].name)
				points = score->factor[k].points;
		fu_fit_count(&m->report->without[i], sum - points, won);
		if (points == 0)
			continue;
		m->report->with[i].n++;
		m->report->with[i].won += won;
	}
}

static int
measure(void *ctx, const struct fu_fit_seen *seen, struct fu_err *err)
{
	struct measuring	*m = ctx;
	struct fu_score		 score;
	struct fu_arena		 arena;
	int			 rc;

	fu_arena_init(&arena);
	rc = fu_scorer_score(m->scorer, &seen->c->facts, &arena, &score, err);
	if (rc == 0) {
		fu_fit_count(&m->report->card, score.score, seen->won);
		count_rules(m, &score, seen->won);
		rc = fu_scorer_score(m->before, &seen->c->facts, &arena,
		    &score, err);
	}
	if (rc == 0)
		fu_fit_count(&m->report->before, score.score, seen->won);
	fu_arena_free(&arena);
	return (rc);
}

static int
count_score(void *ctx, const struct fu_fit_seen *seen, struct fu_err *err)
{
	struct scoring		*g = ctx;
	struct fu_score		 score;
	struct fu_arena		 arena;
	int			 rc;

	fu_arena_init(&arena);
	rc = fu_scorer_score(g->scorer, &seen->c->facts, &arena, &score, err);
	if (rc == 0)
		fu_fit_count(g->tally, score.score, seen->won);
	fu_arena_free(&arena);
	return (rc);
}

/* A name that nothing is called by would leave in what was to be left out. */
static int
check_names(const struct fu_fit_columns *f, const struct fu_fit_names *names,
    const char *option, struct fu_err *err)
{
	const struct fu_fit_name	*n = fu_fit_names_unmet(names);
	struct fu_nearest		 nearest;

	if (n == NULL)
		return (0);
	fu_nearest_start(&nearest, n->name);
	for (size_t i = 0; i < f->table.ncolumn; i++)
		fu_nearest_try(&nearest, f->table.column[i].name);
	if (nearest.word != NULL)
		return (fu_err_set(err, FU_EUSAGE, "%s: no fact, column or "
		    "kind of event \"%s\"; did you mean \"%s\"?", option,
		    n->text, nearest.word));
	return (fu_err_set(err, FU_EUSAGE, "%s: no fact, column or kind of "
	    "event \"%s\"", option, n->text));
}

static int
check_outcomes(const struct fu_fit_scan *scan, struct fu_err *err)
{
	const struct fu_fit_counts	*n = &scan->counts;

	if (n->won >= FU_FIT_MIN && n->not_won >= FU_FIT_MIN)
		return (0);
	return (fu_err_set(err, FU_EDATA, "%lld won and %lld did not: fewer "
	    "than %d of either teach nothing%s", (long long)n->won,
	    (long long)n->not_won, FU_FIT_MIN, scan->rules != NULL ||
	    n->open == 0 ? "" : "; who is neither won nor lost is not "
	    "counted, --outcome 'won > 0' counts them as not won"));
}

/* What one column alone tells too well is often the outcome by another name;
 * what looks like a serial number was left out. */
static void
say_doubts(const struct fu_session *s, const struct fu_fit_columns *f)
{
	for (size_t i = 0; i < f->table.ncolumn; i++) {
		const struct fu_fit_column	*c = &f->table.column[i];

		if (c->serial)
			fu_debug(s->opt, "%s looks like a serial number: not "
			    "learned from", c->name);
		else if (c->usable && fu_fit_alone(c) >= TELLTALE)
			fu_note(s->opt, "%s alone tells %.0f%% of who won from "
			    "who did not: if it is filled in afterwards, leave "
			    "it out, --without \"%s\"", c->name,
			    100 * fu_fit_alone(c), c->name);
	}
	if (f->full)
		fu_note(s->opt, "there are more columns than %d: those met "
		    "last were not learned from, --facts says which to take",
		    FU_FIT_COLUMNS);
}

static void
say_result(const struct fu_session *s, const struct fu_scorecard *card,
    const struct fu_fit_report *r)
{
	struct fu_fit_measure	 m, before;

	fu_fit_measure(&r->card, &m);
	fu_fit_measure(&r->before, &before);
	fu_note(s->opt, "%zu rules from %zu people, of whom %zu won; on %lld "
	    "others AUC %.3f (%.3f to %.3f), by %s %.3f", card->nrule,
	    r->learned, r->learned_won, (long long)m.n, m.auc, m.auc_low,
	    m.auc_high, r->before_name, before.auc);
}

/* Those held out, by the card that was learned and by the one in use. */
static int
measure_card(struct fu_fit_scan *scan, const struct fu_scorecard *card,
    struct fu_fit_report *report, struct fu_err *err)
{
	struct fu_session	*s = scan->session;
	struct measuring	 m = { .card = card, .report = report };
	int			 rc = -1;

	report->with = fu_alloc_array(&s->arena, card->nrule,
	    sizeof(*report->with));
	report->without = fu_alloc_array(&s->arena, card->nrule,
	    sizeof(*report->without));
	scan->held_out = true;
	m.scorer = scorer_of(s, card, err);
	m.before = scorer_of(s, &s->config.scorecard, err);
	if (m.scorer != NULL && m.before != NULL)
		rc = fu_fit_scan_run(scan, measure, &m, err);
	fu_scorer_free(m.scorer);
	fu_scorer_free(m.before);
	return (rc);
}

static const char *
base_name(const char *path)
{
	const char	*slash = strrchr(path, '/');

	return (slash == NULL ? path : slash + 1);
}

/* The table is filled: learn, measure, write. */
static int
learn(struct fu_fit_scan *scan, struct fu_fit_columns *f, struct fu_buf *out,
    struct fu_err *err)
{
	struct fu_session	*s = scan->session;
	struct fu_fit_report	 report = { .outcome = scan->ask->outcome,
		.at_us = fu_session_now(s),
		.before_name = base_name(s->config.scoring_file) };
	struct fu_scorecard	 card;
	struct fu_fit		*fit = fu_alloc(&s->arena, sizeof(*fit));

	fu_fit_table_bin(&f->table, fu_fit_rare(f->table.n));
	say_doubts(s, f);
	fu_fit_learn(&f->table, &s->arena, fit);
	fu_fit_card(fit, &s->config.scorecard, &s->arena, &card);
	if (fit->n == 0)
		return (fu_err_set(err, FU_NOTFOUND, "none of %zu facts, "
		    "columns and kinds of events tells who wins",
		    f->table.ncolumn));
	report.learned = fit->people;
	report.learned_won = fit->won;
	if (measure_card(scan, &card, &report, err) == -1)
		return (-1);
	fu_fit_write(&card, &report, out);
	say_result(s, &card, &report);
	return (0);
}

int
fu_fit_run(struct fu_session *s, const struct fu_fit_ask *ask,
    struct fu_buf *out, struct fu_err *err)
{
	struct fu_fit_scan	 scan;
	struct fu_fit_columns	*f = fu_zeroed(1, sizeof(*f));
	int			 rc;

	if ((rc = fu_fit_scan_open(&scan, s, ask, err)) == 0) {
		rc = fu_fit_columns_init(f, &scan, err);
		if (rc == 0)
			rc = fu_fit_scan_run(&scan, fu_fit_columns_see, f,
			    err);
		if (rc == 0)
			rc = check_outcomes(&scan, err);
		if (rc == 0)
			rc = check_names(f, &f->facts, "--facts", err);
		if (rc == 0)
			rc = check_names(f, &f->without, "--without", err);
		if (rc == 0)
			rc = learn(&scan, f, out, err);
		fu_fit_columns_free(f);
	}
	fu_fit_scan_close(&scan);
	free(f);
	return (rc);
}

int
fu_fit_evaluate(struct fu_session *s, const struct fu_fit_ask *ask,
    const struct fu_scorecard *card, struct fu_fit_tally *tally,
    struct fu_fit_counts *counts, struct fu_err *err)
{
	struct fu_fit_scan	 scan;
	struct scoring		 g = { .tally = tally };
	int			 rc;

	memset(tally, 0, sizeof(*tally));
	if ((rc = fu_fit_scan_open(&scan, s, ask, err)) == 0) {
		g.scorer = scorer_of(s, card, err);
		rc = g.scorer == NULL ? -1 : fu_fit_scan_run(&scan,
		    count_score, &g, err);
		fu_scorer_free(g.scorer);
		*counts = scan.counts;
	}
	fu_fit_scan_close(&scan);
	return (rc);
}
