/*
 * The scan behind every figure.
 *
 * Must never write, nor hold more of the history than a run of people.
 */
#include <stdlib.h>
#include <string.h>

#include "base/sig.h"
#include "flow/list.h"
#include "flow/measures_room.h"
#include "store/measures.h"
#include "store/prospects.h"

#define CHUNK	1000	/* ids at once */

struct scan {
	struct fu_session	*session;
	struct fu_measures	*measures;
	struct fu_questions	*questions;
	const struct fu_measuring *asked;
	bool			 record;	/* --by asks for a field */
	int64_t			*only;		/* those of --where, in order */
	size_t			 nonly, only_cap, only_at;
	struct fu_arena		 arena;
	struct fu_measured	 rows;
	size_t			 event, enrolment, touch, handoff;
};

int
fu_measures_by(const char *text, struct fu_measuring *m, struct fu_err *err)
{
	struct fu_arena	 arena;
	char		*list, *word, *save = NULL;
	int		 dim, rc = 0;

	fu_arena_init(&arena);
	list = fu_dup(&arena, text);
	for (word = strtok_r(list, ", ", &save); word != NULL && rc == 0;
	    word = strtok_r(NULL, ", ", &save)) {
		dim = fu_dim_find(word);
		if (dim == -1 || !fu_dim_asked((enum fu_dim)dim))
			rc = fu_err_set(err, FU_EUSAGE, "--by: nothing is told "
			    "apart by \"%s\"; fu-stats(1) has the list", word);
		else if (m->nby == FU_MEASURE_BY_MAX)
			rc = fu_err_set(err, FU_EUSAGE, "--by: %d at most",
			    FU_MEASURE_BY_MAX);
		else
			m->by[m->nby++] = (enum fu_dim)dim;
	}
	fu_arena_free(&arena);
	if (rc == 0 && m->nby == 0)
		rc = fu_err_set(err, FU_EUSAGE, "--by: nothing is named");
	return (rc);
}

int
fu_measures_time(const char *text, int64_t now_us, int64_t *us,
    struct fu_err *err)
{
	struct fu_str	 s = fu_str_of(text);
	int64_t		 span;

	if (fu_duration_parse(s, &span, err) == 0) {
		*us = now_us - span;
		return (0);
	}
	if (fu_time_parse(s, us, err) == 0)
		return (0);
	return (fu_err_set(err, FU_EUSAGE, "\"%s\" is neither a time, a date "
	    "nor a span: write 2026-01-01 or 90d", text));
}

bool
fu_cost_parse(const char *text, int *channel, double *amount)
{
	const char	*at = strchr(text, '=');
	char		 name[32], *end;

	if (at == NULL || (size_t)(at - text) >= sizeof(name))
		return (false);
	memcpy(name, text, (size_t)(at - text));
	name[at - text] = '\0';
	*channel = fu_channel_find(name);
	*amount = strtod(at + 1, &end);
	return (*channel != -1 && end != at + 1 && *end == '\0' &&
	    *amount >= 0 && *amount < 1e12);
}

static struct fu_measure_asked
asked_of(struct fu_session *s, const struct fu_measuring *m)
{
	struct fu_measure_asked	 a = { .now_us = fu_session_now(s),
		.since_us = m->since_us, .until_us = m->until_us,
		.window_us = m->window_us, .hot = s->config.scorecard.hot,
		.warm = s->config.scorecard.warm, .nby = m->nby,
		.rulebook = s->rulebook, .zone = s->config.company.zone };
	double			 amount;
	int			 channel;

	memcpy(a.by, m->by, sizeof(a.by));
	for (int i = 0; i < FU_CHANNEL_N; i++)
		a.cost[i] = -1;
	for (size_t i = 0; i < s->config.costs.n; i++)
		if (fu_cost_parse(s->config.costs.item[i], &channel, &amount))
			a.cost[channel] = amount;
	return (a);
}

static int
one_of_them(void *ctx, const struct fu_listed *listed, struct fu_err *err)
{
	struct scan	*sc = ctx;

	(void)err;
	if (sc->nonly == sc->only_cap) {
		sc->only_cap = sc->only_cap == 0 ? 1024 : sc->only_cap * 2;
		if ((sc->only = reallocarray(sc->only, sc->only_cap,
		    sizeof(*sc->only))) == NULL)
			fu_oom();
	}
	sc->only[sc->nonly++] = listed->prospect;
	return (0);
}

static int
find_whom(struct scan *sc, struct fu_err *err)
{
	struct fu_listing	*l;
	int			 rc;

	if (sc->asked->where == NULL)
		return (0);
	l = fu_listing_open(sc->session, sc->asked->where, "prospect", err);
	if (l == NULL)
		return (-1);
	rc = fu_listing_run(l, one_of_them, sc, err);
	fu_listing_close(l);
	return (rc);
}

static bool
is_asked(struct scan *sc, int64_t prospect)
{
	if (sc->asked->where == NULL)
		return (true);
	while (sc->only_at < sc->nonly && sc->only[sc->only_at] < prospect)
		sc->only_at++;
	return (sc->only_at < sc->nonly && sc->only[sc->only_at] == prospect);
}

/* The next person of the rows; 0 when there is none. */
static int64_t
next_person(const struct scan *sc)
{
	const struct fu_measured	*r = &sc->rows;
	int64_t				 id = INT64_MAX;

	if (sc->event < r->nevent)
		id = r->event[sc->event].prospect;
	if (sc->enrolment < r->nenrolment &&
	    r->enrolment_of[sc->enrolment] < id)
		id = r->enrolment_of[sc->enrolment];
	if (sc->touch < r->ntouch && r->touch_of[sc->touch] < id)
		id = r->touch_of[sc->touch];
	if (sc->handoff < r->nhandoff && r->handoff_of[sc->handoff] < id)
		id = r->handoff_of[sc->handoff];
	return (id == INT64_MAX ? 0 : id);
}

static size_t
run_of(const int64_t *whose, size_t n, size_t *at, int64_t id)
{
	size_t	 from = *at;

	while (*at < n && whose[*at] == id)
		++*at;
	return (*at - from);
}

static void
gather(struct scan *sc, int64_t id, struct fu_measure_person *p)
{
	struct fu_measured	*r = &sc->rows;

	*p = (struct fu_measure_person){ .event = r->event + sc->event,
		.enrolment = r->enrolment + sc->enrolment,
		.touch = r->touch + sc->touch,
		.handoff = r->handoff + sc->handoff };
	while (sc->event < r->nevent && r->event[sc->event].prospect == id)
		sc->event++;
	p->nevent = (size_t)(r->event + sc->event - p->event);
	p->nenrolment = run_of(r->enrolment_of, r->nenrolment, &sc->enrolment,
	    id);
	p->ntouch = run_of(r->touch_of, r->ntouch, &sc->touch, id);
	p->nhandoff = run_of(r->handoff_of, r->nhandoff, &sc->handoff, id);
}

static bool
answered(const struct fu_measure_person *p)
{
	if (p->ntouch == 0)
		return (false);
	for (size_t i = 0; i < p->nevent; i++)
		if (p->event[i].kind == FU_K_REPLY ||
		    (p->event[i].kind == FU_K_CHAT &&
		    p->event[i].from == FU_FROM_PROSPECT))
			return (true);
	return (false);
}

/* A bot's turn has its body only where it does not know. */
static bool
puzzled(const struct fu_measure_person *p)
{
	for (size_t i = 0; i < p->nevent; i++)
		if (p->event[i].kind == FU_K_CHAT && p->event[i].body != NULL)
			return (true);
	return (false);
}

/* Of the record only what is asked for; of most nobody asks anything. */
static int
look_up(struct scan *sc, int64_t id, struct fu_measure_person *p,
    struct fu_err *err)
{
	static const enum fu_field	 field[FU_DIM_N - FU_DIM_RECORD] = {
		[FU_DIM_INDUSTRY - FU_DIM_RECORD] = FU_F_INDUSTRY,
		[FU_DIM_SEGMENT - FU_DIM_RECORD] = FU_F_SEGMENT,
		[FU_DIM_SOURCE - FU_DIM_RECORD] = FU_F_SOURCE,
		[FU_DIM_COUNTRY - FU_DIM_RECORD] = FU_F_COUNTRY,
		[FU_DIM_OWNER - FU_DIM_RECORD] = FU_F_OWNER };
	struct fu_prospect		 who;
	bool				 known;
	int				 rc;

	if (!sc->record && !answered(p))
		return (0);
	rc = fu_prospect_load(&sc->session->store, id, &sc->arena, &who, err);
	if (rc != 1)
		return (rc);
	for (int i = 0; sc->record && i < FU_DIM_N - FU_DIM_RECORD; i++)
		p->record[i] = who.person.f[field[i]];
	p->zone = fu_gate_zone(sc->session->rulebook, &who.person,
	    sc->session->config.company.zone, &known);
	return (0);
}

static int
one_run(struct scan *sc, int64_t from, struct fu_err *err)
{
	struct fu_measure_person	 p;
	int64_t				 id;

	if (fu_measured_load(&sc->session->store, from, from + CHUNK - 1,
	    &sc->arena, &sc->rows, err) == -1)
		return (-1);
	sc->event = sc->enrolment = sc->touch = sc->handoff = 0;
	while ((id = next_person(sc)) != 0) {
		gather(sc, id, &p);
		if (!is_asked(sc, id))
			continue;
		if (look_up(sc, id, &p, err) == -1 || (puzzled(&p) &&
		    sc->asked->nby == 0 && fu_questions_see(sc->questions,
		    sc->session, id, &sc->arena, err) == -1))
			return (-1);
		fu_measures_see(sc->measures, &p);
	}
	return (0);
}

static int
scan_all(struct scan *sc, struct fu_err *err)
{
	struct fu_store	*store = &sc->session->store;
	int64_t		 last;
	int		 rc = 0;

	if (find_whom(sc, err) == -1 || fu_prospect_last(store, &last,
	    err) == -1)
		return (-1);
	for (int64_t from = 1; from <= last && rc == 0; from += CHUNK) {
		if (fu_sig_stopping())
			return (fu_err_set(err, FU_ETEMP, "interrupted"));
		if (fu_db_begin_read(store->db, err) == -1)
			return (-1);
		rc = one_run(sc, from, err);
		fu_db_rollback(store->db);
		fu_arena_reset(&sc->arena);
	}
	return (rc);
}

/* The questions stand behind the rest. */
static void
put_together(struct scan *sc, struct fu_arena *arena,
    struct fu_figure **figures, size_t *n)
{
	struct fu_figure	*asked, *all;
	size_t			 nasked;

	fu_measures_figures(sc->measures, arena, figures, n);
	fu_questions_figures(sc->questions, arena, &asked, &nasked);
	all = fu_alloc_array(arena, *n + nasked + 1, sizeof(*all));
	memcpy(all, *figures, *n * sizeof(*all));
	memcpy(all + *n, asked, nasked * sizeof(*all));
	*figures = all;
	*n += nasked;
	if (fu_measures_full(sc->measures))
		fu_say(sc->session->opt, "there are more figures than can be "
		    "kept: not all are told");
}

int
fu_measures_run(struct fu_session *s, const struct fu_measuring *asked,
    struct fu_arena *arena, struct fu_figure **figures, size_t *n,
    struct fu_err *err)
{
	struct fu_measure_asked	 a = asked_of(s, asked);
	struct scan		 sc = { .session = s, .asked = asked };
	int			 rc;

	for (size_t i = 0; i < asked->nby; i++)
		sc.record = sc.record || asked->by[i] >= FU_DIM_RECORD;
	fu_arena_init(&sc.arena);
	sc.measures = fu_measures_new(&a);
	sc.questions = fu_questions_new(asked->since_us, asked->until_us);
	if ((rc = scan_all(&sc, err)) == 0)
		put_together(&sc, arena, figures, n);
	fu_questions_free(sc.questions);
	fu_measures_free(sc.measures);
	fu_arena_free(&sc.arena);
	free(sc.only);
	return (rc);
}
