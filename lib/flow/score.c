/*
 * Loading people, asking policy for the score, writing it down.
 */
#include <stdlib.h>
#include <string.h>

#include "base/sig.h"
#include "flow/score.h"
#include "store/events.h"
#include "store/history.h"

#define CHUNK		500		/* people of a scan at once */
#define SLICE_US	(25 * 1000)	/* a transaction's length */
#define PAUSE_US	2000

struct fu_scoring {
	struct fu_session	*session;
	struct fu_scorer	*scorer;
	struct fu_cadencer	*cadencer;
	struct fu_handoffer	*handoffer;
	uint64_t		 facts;		/* mask of all that is asked */
};

struct fu_scoring *
fu_scoring_open(struct fu_session *s, struct fu_err *err)
{
	struct fu_scoring	*sc;
	struct fu_faults	 faults;

	if ((sc = calloc(1, sizeof(*sc))) == NULL)
		fu_oom();
	sc->session = s;
	fu_faults_init(&faults);
	sc->scorer = fu_scorer_new(&s->config.scorecard, &faults, err);
	if (sc->scorer == NULL && faults.n > 0)
		(void)fu_faults_first(&faults, &s->arena, err);
	fu_faults_free(&faults);
	if (sc->scorer == NULL ||
	    (sc->cadencer = fu_cadencer_open(s, err)) == NULL ||
	    (sc->handoffer = fu_handoffer_open(s, err)) == NULL) {
		fu_scoring_close(sc);
		return (NULL);
	}
	sc->facts = fu_scorer_facts(sc->scorer) |
	    fu_rules_facts(fu_cadencer_rules(sc->cadencer)) |
	    fu_handoffer_facts(sc->handoffer);
	return (sc);
}

void
fu_scoring_close(struct fu_scoring *sc)
{
	if (sc == NULL)
		return;
	fu_scorer_free(sc->scorer);
	fu_cadencer_close(sc->cadencer);
	fu_handoffer_close(sc->handoffer);
	free(sc);
}

void
fu_factors_json(const struct fu_score *score, struct fu_buf *out)
{
	struct fu_jw	 jw;

	fu_jw_init(&jw, out);
	fu_jw_array(&jw, NULL);
	for (size_t i = 0; i < score->nfactor; i++) {
		const struct fu_factor	*f = &score->factor[i];

		fu_jw_object(&jw, NULL);
		fu_jw_str(&jw, "factor", f->name);
		fu_jw_int(&jw, "points", f->points);
		if (f->count > 0)
			fu_jw_int(&jw, "count", f->count);
		fu_jw_str(&jw, "why", f->why);
		fu_jw_object_end(&jw);
	}
	fu_jw_array_end(&jw);
}

/* Do the factors that are on record give the same points by the same rules?
 * How often and how long ago may differ. */
static bool
same_factors(const char *record, const char *now, const struct fu_score *score,
    struct fu_arena *arena)
{
	struct fu_object	 o;
	struct fu_json		 list;
	const struct fu_json	*item;
	int64_t			 points;
	size_t			 n;

	if (strcmp(record, now) == 0)
		return (true);
	if (fu_json_parse(fu_str_of(record), &list, NULL) == -1 ||
	    list.type != FU_JSON_ARRAY)
		return (false);
	item = fu_json_items(arena, &list, &n);
	if (n != score->nfactor)
		return (false);
	for (size_t i = 0; i < n; i++) {
		if (fu_json_object(arena, item[i].raw, &o, NULL) == -1 ||
		    !fu_json_int(fu_json_get(&o, "points"), &points) ||
		    points != score->factor[i].points ||
		    !fu_streq(fu_json_text(arena, fu_json_get(&o, "factor")),
		    score->factor[i].name))
			return (false);
	}
	return (true);
}

/* The first instant at which time alone makes this person worth a look. */
static int64_t
rescore_at(const struct fu_scoring *sc, const struct fu_case *c,
    const struct fu_score *score)
{
	const int64_t	 next[] = {
		score->next_us,
		fu_rules_next(fu_cadencer_rules(sc->cadencer), &c->facts),
		fu_handoffer_next(sc->handoffer, &c->facts),
		c->p.ooo_until_us,
		c->p.handoff_open != 0 ? c->p.handoff_until_us : FU_NEVER,
		fu_case_unreleased(c),
	};
	int64_t		 first = INT64_MAX;

	for (size_t i = 0; i < sizeof(next) / sizeof(*next); i++)
		if (next[i] > c->facts.now_us && next[i] < first)
			first = next[i];
	return (first);
}

/* A score with the factors that made it, as a row of decisions. */
static int
note_score(struct fu_scoring *sc, const struct fu_case *c, int64_t at_us,
    int score, const char *band, int previous, const char *previous_band,
    const char *factors, struct fu_err *err)
{
	struct fu_decision	 d = { .at_us = at_us, .prospect = c->p.id,
		.kind = "score", .verdict = band, .reason = previous_band };
	struct fu_buf		 buf;
	struct fu_jw		 jw;
	int			 rc;

	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	fu_jw_int(&jw, "score", score);
	if (previous >= 0)
		fu_jw_int(&jw, "previous_score", previous);
	if (factors != NULL)
		fu_jw_raw(&jw, "factors", fu_str_of(factors));
	fu_jw_object_end(&jw);
	d.inputs = buf.ptr;
	rc = fu_decision_add(&sc->session->store, &d, err);
	fu_buf_free(&buf);
	return (rc);
}

/*
 * A score, a band or factors that changed are on record, with what made them.
 * The first stands in the person's own row, which is all that a million people loaded at
 * once should cost, until another takes its place there.
 */
static int
note_change(struct fu_scoring *sc, const struct fu_case *c,
    const struct fu_scored *scored, const char *factors, struct fu_err *err)
{
	int	 known;

	if (c->p.previous_score < 0) {
		known = fu_decided_at(&sc->session->store, c->p.id, "score",
		    c->p.first_scored_us, err);
		if (known == -1 || (known == 0 && note_score(sc, c,
		    c->p.first_scored_us, c->p.score, c->p.band, -1, NULL,
		    c->p.factors, err) == -1))
			return (-1);
	}
	return (note_score(sc, c, 0, scored->score.score, scored->score.band,
	    c->p.score, c->p.band, factors, err));
}

/* Who objected is not profiled [GDPR Art. 21(3)]: nothing is looked at. */
static struct fu_score
not_scored(struct fu_arena *arena)
{
	struct fu_factor	*f = fu_alloc(arena, sizeof(*f));

	*f = (struct fu_factor){ .name = "objected",
		.why = "objected to marketing, so nothing is scored" };
	return ((struct fu_score){ .band = "nurture", .factor = f,
	    .nfactor = 1, .next_us = INT64_MAX });
}

/* Score a case that is loaded and folded. */
static int
score_case(struct fu_scoring *sc, struct fu_case *c, struct fu_arena *arena,
    struct fu_scored *scored, struct fu_err *err)
{
	struct fu_buf	 factors;
	int		 rc;

	if (c->p.objected)
		scored->score = not_scored(arena);
	else if (fu_scorer_score(sc->scorer, &c->facts, arena, &scored->score,
	    err) == -1)
		return (-1);
	scored->prospect = c->p.id;
	scored->email = c->p.person.f[FU_F_EMAIL];
	scored->previous = c->p.score != scored->score.score ? c->p.score :
	    c->p.previous_score;
	/* Under -n the database may be one that only reads. */
	if (sc->session->store.dry)
		return (0);
	fu_buf_init(&factors);
	fu_factors_json(&scored->score, &factors);
	rc = fu_prospect_score_set(&sc->session->store, &c->p,
	    scored->score.score, scored->score.band, factors.ptr,
	    rescore_at(sc, c, &scored->score), err);
	if (rc == 0 && c->p.band != NULL &&
	    (c->p.score != scored->score.score ||
	    !fu_streq(c->p.band, scored->score.band) ||
	    (c->p.factors != NULL && !same_factors(c->p.factors, factors.ptr,
	    &scored->score, arena))))
		rc = note_change(sc, c, scored, factors.ptr, err);
	fu_buf_free(&factors);
	return (rc);
}

int
fu_score_look(struct fu_scoring *sc, int64_t prospect, struct fu_arena *arena,
    struct fu_scored *scored, struct fu_err *err)
{
	struct fu_case	*c = fu_alloc(arena, sizeof(*c));
	int		 rc;

	rc = fu_case_load(sc->session, prospect, sc->facts, arena, c, err);
	if (rc != 1)
		return (rc);
	return (score_case(sc, c, arena, scored, err) == -1 ? -1 : 1);
}

/* Score people that stand in an array, with the events of their ids' range. */
static int
score_chunk(struct fu_scoring *sc, struct fu_prospect *p, size_t n,
    struct fu_arena *arena, struct fu_scored *scored, struct fu_err *err)
{
	struct fu_session	*s = sc->session;
	struct fu_case		*c = fu_alloc(arena, sizeof(*c));
	struct fu_event		*event;
	size_t			 nevent, e = 0;
	int64_t			 now = s->store.now_us;

	if (fu_events_range(&s->store, p[0].id, p[n - 1].id, arena, &event,
	    &nevent, err) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++) {
		memset(c, 0, sizeof(*c));
		c->p = p[i];
		while (e < nevent && event[e].prospect < p[i].id)
			e++;
		c->event = event + e;
		while (e < nevent && event[e].prospect == p[i].id)
			e++;
		c->nevent = (size_t)(event + e - c->event);
		fu_case_make(s, c);
		if ((sc->facts & FU_FACTS_ACCOUNT) != 0 &&
		    fu_company_counts(&s->store, c->p.company_domain,
		    now - 7 * FU_DAY, &c->subject.account_people,
		    &c->subject.account_visits_7d, err) == -1)
			return (-1);
		fu_case_at(c, now);
		if (score_case(sc, c, arena, &scored[i], err) == -1)
			return (-1);
	}
	return (0);
}

/* Who reads what came must not take it for everybody. */
static int
interrupted(struct fu_err *err)
{
	return (!fu_sig_stopping() ? 0 : fu_err_set(err, FU_ETEMP,
	    "interrupted: not everybody was scored; run it again to go on"));
}

int
fu_score_all(struct fu_scoring *sc,
    int (*emit)(void *, const struct fu_scored *, struct fu_err *), void *ctx,
    struct fu_err *err)
{
	struct fu_session	*s = sc->session;
	struct fu_prospect	*p;
	struct fu_scored	*scored;
	struct fu_arena		 arena;
	int64_t			 after = 0;
	size_t			 n;
	int			 rc = 0;

	fu_arena_init(&arena);
	do {
		if ((rc = fu_store_begin(&s->store, err)) == -1)
			break;
		rc = fu_prospects_next(&s->store, after, CHUNK, &arena, &p, &n,
		    err);
		scored = fu_alloc_array(&arena, n + 1, sizeof(*scored));
		if (rc == 0 && n > 0)
			rc = score_chunk(sc, p, n, &arena, scored, err);
		if (rc == -1) {
			fu_store_rollback(&s->store);
			break;
		}
		rc = fu_store_commit(&s->store, err);
		for (size_t i = 0; i < n && rc == 0; i++)
			rc = emit(ctx, &scored[i], err);
		if (n > 0)
			after = p[n - 1].id;
		fu_arena_reset(&arena);
		fu_sleep_us(PAUSE_US);
	} while (rc == 0 && n == CHUNK && !s->sink.lost && !fu_sig_stopping());
	fu_arena_free(&arena);
	return (rc == 0 && n == CHUNK ? interrupted(err) : rc);
}

/* One transaction over some of ${ids}; how many in ${done}. */
static int
changed_slice(struct fu_scoring *sc, const int64_t *ids, size_t n,
    struct fu_arena *arena, struct fu_scored *scored, size_t *done,
    struct fu_err *err)
{
	struct fu_store	*store = &sc->session->store;
	int64_t		 start = fu_clock_monotonic_us();
	int		 rc;

	if (fu_store_begin(store, err) == -1)
		return (-1);
	for (*done = 0; *done < n; (*done)++) {
		if (*done > 0 && fu_clock_monotonic_us() - start > SLICE_US)
			break;
		rc = fu_score_look(sc, ids[*done], arena, &scored[*done], err);
		if (rc == -1) {
			fu_store_rollback(store);
			return (-1);
		}
	}
	return (fu_store_commit(store, err));
}

int
fu_score_changed(struct fu_scoring *sc,
    int (*emit)(void *, const struct fu_scored *, struct fu_err *), void *ctx,
    struct fu_err *err)
{
	struct fu_session	*s = sc->session;
	struct fu_scored	*scored;
	struct fu_arena		 arena;
	int64_t			*ids, after = 0;
	size_t			 n = 0, i, done = 0;
	int			 rc = 0;

	if ((ids = calloc(CHUNK, sizeof(*ids))) == NULL)
		fu_oom();
	fu_arena_init(&arena);
	do {
		rc = fu_prospects_lagging(&s->store, after, CHUNK, ids, &n,
		    err);
		for (i = 0; i < n && rc == 0; i += done) {
			scored = fu_alloc_array(&arena, n, sizeof(*scored));
			rc = changed_slice(sc, ids + i, n - i, &arena, scored,
			    &done, err);
			for (size_t k = 0; k < done && rc == 0; k++)
				if (scored[k].prospect != 0)
					rc = emit(ctx, &scored[k], err);
			fu_arena_reset(&arena);
			if (i + done < n)
				fu_sleep_us(PAUSE_US);
		}
		if (n > 0)
			after = ids[n - 1];
	} while (rc == 0 && n == CHUNK && !s->sink.lost && !fu_sig_stopping());
	fu_arena_free(&arena);
	free(ids);
	return (rc == 0 && n == CHUNK ? interrupted(err) : rc);
}
