/*
 * Everybody of whom there is an outcome, as they stood when it was open.
 *
 * Must never show a fact that is younger than the outcome, nor be in a
 * transaction while anything is written out.
 */
#include <stdlib.h>
#include <string.h>

#include "base/sig.h"
#include "flow/fit_room.h"
#include "policy/stage.h"
#include "store/events.h"
#include "store/fit.h"

#define CHUNK		500		/* people of a scan at once */
#define GROWN_US	(14 * FU_DAY)	/* after the first event */
#define BACKFILL_US	FU_DAY		/* one import, in several files */

/* One chunk's rows beside people and events. */
struct chunk {
	struct fu_prospect	*p;
	size_t			 n;
	struct fu_event		*event;
	size_t			 nevent, e;
	struct fu_fit_enrolled	*enrolled;
	size_t			 nenrolled, x;
	struct fu_fit_given	*given;
	size_t			 ngiven, g;
};

/* What events say of a deal: when it was first over, and how. */
struct deal {
	int64_t	 over_us;	/* INT64_MAX: it is not */
	bool	 won, lost;
};

enum { IS_WON, IS_KNOWN };	/* the conditions of scan->rules */

int
fu_fit_scan_open(struct fu_fit_scan *scan, struct fu_session *s,
    const struct fu_fit_ask *ask, struct fu_err *err)
{
	struct fu_condition	 cond[] = {
		{ .sql = ask->outcome, .where = { NULL, 1, 1 },
		    .source = ask->outcome },
		{ .sql = fu_printf(&s->arena, "(%s\n) IS NOT NULL",
		    ask->outcome == NULL ? "1" : ask->outcome),
		    .where = { NULL, 1, 1 } },
	};
	struct fu_faults	 faults;
	int			 rc = 0;

	*scan = (struct fu_fit_scan){ .session = s, .ask = ask };
	if (ask->outcome == NULL)
		return (0);
	scan->rules = fu_rules_new();
	fu_faults_init(&faults);
	for (int i = IS_WON; i <= IS_KNOWN && rc == 0; i++)
		if (fu_rules_add(scan->rules, &cond[i], &faults) == -1)
			rc = fu_err_set(err, FU_EUSAGE,
			    "--outcome, column %d: %s",
			    faults.fault[0].where.col, faults.fault[0].text);
	fu_faults_free(&faults);
	if (rc == 0)
		rc = fu_rules_ready(scan->rules, err);
	if (rc == 0 && (fu_rules_facts(scan->rules) & FU_FACTS_ACCOUNT) != 0)
		rc = fu_err_set(err, FU_EUSAGE, "--outcome: account_people and "
		    "account_visits_7d are no outcome of one person");
	return (rc);
}

void
fu_fit_scan_close(struct fu_fit_scan *scan)
{
	fu_rules_free(scan->rules);
}

static void
deal_of(const struct fu_fit_scan *scan, const struct fu_case *c, int64_t now,
    struct deal *d)
{
	*d = (struct deal){ .over_us = INT64_MAX };
	for (size_t i = 0; i < c->nevent && c->event[i].at_us <= now; i++) {
		const struct fu_event	*e = &c->event[i];
		const char		*over = e->kind == FU_K_WON ? "won" :
		    e->kind == FU_K_LOST ? "lost" : e->kind == FU_K_STAGE ?
		    fu_stage_over(scan->session->rulebook, e->arg) : NULL;

		if (over == NULL)
			continue;
		if (d->over_us == INT64_MAX)
			d->over_us = e->at_us;
		if (strcmp(over, "won") == 0)
			d->won = true;
		else
			d->lost = true;
	}
}

/* The outcome by events, else by the stage that the record says: 1, 0, -1 for
 * none yet. */
static int
outcome_of_deal(const struct fu_fit_scan *scan, const struct fu_case *c,
    const struct deal *d)
{
	const char	*over;

	if (d->won || d->lost)
		return (d->won);
	over = fu_stage_over(scan->session->rulebook,
	    c->p.person.f[FU_F_STAGE]);
	if (over == NULL)
		over = c->p.barred;
	return (fu_streq(over, "won") ? 1 : fu_streq(over, "lost") ? 0 : -1);
}

static int
ask_at(const struct fu_fit_scan *scan, struct fu_case *c, int64_t us,
    int *outcome, struct fu_err *err)
{
	bool	 yes[2];

	fu_case_at(c, us);
	if (fu_rules_eval(scan->rules, &c->facts, yes, err) == -1)
		return (-1);
	*outcome = !yes[IS_KNOWN] ? -1 : yes[IS_WON];
	return (0);
}

/*
 * A condition that already holds at ${*at_us} came true with an event before:
 * then it is the instant before that one that counts.  One that held before
 * all events is of no time.
 */
static int
before_it_held(const struct fu_fit_scan *scan, struct fu_case *c,
    int64_t *at_us, struct fu_err *err)
{
	int	 held;

	if (ask_at(scan, c, *at_us, &held, err) == -1)
		return (-1);
	if (held != 1 || c->nevent == 0 || c->event[0].at_us > *at_us)
		return (0);
	if (ask_at(scan, c, c->event[0].at_us - 1, &held, err) == -1)
		return (-1);
	if (held == 1)
		return (0);
	for (size_t i = 0; i < c->nevent && c->event[i].at_us <= *at_us; i++) {
		if (ask_at(scan, c, c->event[i].at_us, &held, err) == -1)
			return (-1);
		if (held == 1) {
			*at_us = c->event[i].at_us - 1;
			break;
		}
	}
	return (0);
}

/* The instant that a person is seen at. */
static int64_t
seen_at(const struct fu_case *c, int64_t enrolled_us, int64_t now)
{
	int64_t	 us = c->p.known_us;

	if (enrolled_us != FU_NEVER)
		us = enrolled_us;
	else
		for (size_t i = 0; i < c->nevent; i++)
			if (c->event[i].kind != FU_K_SCORED) {
				us = c->event[i].at_us + GROWN_US;
				break;
			}
	return (us > now ? now : us);
}

/*
 * What was given later than that is not there yet; what was changed later, was
 * something else.  Who was loaded after the fact has no dates: all that came
 * with the first files counts as known.
 */
static uint64_t
forget_later(struct fu_case *c, const struct fu_fit_given *given, size_t n,
    int64_t at_us)
{
	int64_t		 until = at_us;
	uint64_t	 had = c->p.fields, later = 0, unknown;

	if (c->p.known_us > at_us)
		until = c->p.known_us + BACKFILL_US;
	for (size_t i = 0; i < n; i++)
		if (given[i].at_us <= until)
			had |= given[i].fields;
		else
			later |= given[i].fields;
	unknown = later & had;
	for (int f = 0; f < FU_FIELD_N; f++)
		if ((later >> f & 1) != 0)
			c->p.person.f[f] = NULL;
	return (unknown);
}

/* As a person was before there was a score of them. */
static void
unscored(struct fu_case *c)
{
	c->p.score = c->p.previous_score = -1;
	c->p.band = NULL;
	c->p.first_scored_us = c->p.return_used_us = FU_NEVER;
}

static void
subject_of(struct fu_case *c)
{
	c->subject = (struct fu_subject){ .person = &c->p.person,
		.prospect = c->p.id, .known_us = c->p.known_us,
		.timeline_us = c->p.timeline_us, .score = c->p.score,
		.previous_score = c->p.previous_score, .band = c->p.band,
		.first_scored_us = c->p.first_scored_us,
		.return_used_us = c->p.return_used_us };
}

/* One person: 1 when there is an outcome to show, 0, -1. */
static int
look(struct fu_fit_scan *scan, struct fu_case *c, const struct chunk *k,
    struct fu_fit_seen *seen, struct fu_err *err)
{
	const struct fu_fit_ask	*ask = scan->ask;
	int64_t			 now = fu_session_now(scan->session), at,
				 enrolled = FU_NEVER;
	size_t			 ngiven = 0;
	struct deal		 deal;
	int			 outcome;

	if (k->x < k->nenrolled && k->enrolled[k->x].prospect == c->p.id)
		enrolled = k->enrolled[k->x].at_us;
	subject_of(c);
	deal_of(scan, c, now, &deal);
	outcome = outcome_of_deal(scan, c, &deal);
	if (scan->rules != NULL && ask_at(scan, c, now, &outcome, err) == -1)
		return (-1);
	at = seen_at(c, enrolled, now);
	if (deal.over_us != INT64_MAX && at >= deal.over_us)
		at = deal.over_us - 1;
	if (scan->rules != NULL && outcome == 1 &&
	    before_it_held(scan, c, &at, err) == -1)
		return (-1);
	if ((ask->since_us != FU_NEVER && at < ask->since_us) ||
	    (ask->until_us != FU_NEVER && at >= ask->until_us))
		return (0);
	if (outcome == -1) {
		scan->counts.open++;
		return (0);
	}
	while (k->g + ngiven < k->ngiven &&
	    k->given[k->g + ngiven].prospect == c->p.id)
		ngiven++;
	seen->unknown = forget_later(c, k->given + k->g, ngiven, at);
	unscored(c);
	subject_of(c);
	fu_case_at(c, at);
	seen->c = c;
	seen->won = outcome == 1;
	if (seen->won)
		scan->counts.won++;
	else
		scan->counts.not_won++;
	return (1);
}

/* The rows of the chunk that are this person's. */
static void
rows_of(struct chunk *k, struct fu_case *c)
{
	int64_t	 id = c->p.id;

	while (k->e < k->nevent && k->event[k->e].prospect < id)
		k->e++;
	c->event = k->event + k->e;
	while (k->e < k->nevent && k->event[k->e].prospect == id)
		k->e++;
	c->nevent = (size_t)(k->event + k->e - c->event);
	while (k->x < k->nenrolled && k->enrolled[k->x].prospect < id)
		k->x++;
	while (k->g < k->ngiven && k->given[k->g].prospect < id)
		k->g++;
}

static int
read_chunk(struct fu_store *store, int64_t after, struct fu_arena *arena,
    struct chunk *k, struct fu_err *err)
{
	int64_t	 first, last;

	memset(k, 0, sizeof(*k));
	if (fu_prospects_next(store, after, CHUNK, arena, &k->p, &k->n,
	    err) == -1)
		return (-1);
	if (k->n == 0)
		return (0);
	first = k->p[0].id;
	last = k->p[k->n - 1].id;
	if (fu_events_range(store, first, last, arena, &k->event, &k->nevent,
	    err) == -1 ||
	    fu_fit_enrolled_range(store, first, last, arena, &k->enrolled,
	    &k->nenrolled, err) == -1)
		return (-1);
	return (fu_fit_given_range(store, first, last, arena, &k->given,
	    &k->ngiven, err));
}

int
fu_fit_scan_run(struct fu_fit_scan *scan,
    int (*see)(void *, const struct fu_fit_seen *, struct fu_err *),
    void *ctx, struct fu_err *err)
{
	struct fu_store		*store = &scan->session->store;
	struct fu_fit_seen	 seen;
	struct fu_arena		 arena;
	struct fu_case		*c;
	struct chunk		 k;
	int64_t			 after = 0;
	int			 rc = 0;

	memset(&scan->counts, 0, sizeof(scan->counts));
	fu_arena_init(&arena);
	do {
		if ((rc = fu_db_begin_read(store->db, err)) == -1)
			break;
		rc = read_chunk(store, after, &arena, &k, err);
		fu_db_rollback(store->db);
		c = fu_alloc(&arena, sizeof(*c));
		for (size_t i = 0; i < k.n && rc != -1; i++) {
			memset(c, 0, sizeof(*c));
			c->p = k.p[i];
			rows_of(&k, c);
			if (scan->held_out && !fu_fit_held_out(c->p.id))
				continue;
			/* Who objected is not profiled [GDPR Art. 21(3)]. */
			if (c->p.objected) {
				scan->counts.objected++;
				continue;
			}
			rc = look(scan, c, &k, &seen, err);
			if (rc == 1)
				rc = see(ctx, &seen, err);
		}
		if (k.n > 0)
			after = k.p[k.n - 1].id;
		fu_arena_reset(&arena);
	} while (rc != -1 && k.n == CHUNK && !fu_sig_stopping());
	fu_arena_free(&arena);
	if (rc != -1 && fu_sig_stopping())
		return (fu_err_set(err, FU_ETEMP, "stopped"));
	return (rc == -1 ? -1 : 0);
}
