/*
 * What will run dry: of the people who are in a cadence now, for how many will
 * a step find nothing that they have not had?  Asked of the database, when
 * there is one.
 *
 * Must never choose: fu-due --plan does, as fu-send would.
 */
#include <string.h>
#include <unistd.h>

#include "flow/due.h"
#include "flow/lint_room.h"

#define AHEAD_DAYS	45
/* So many take some seconds; of more, these stand for all. */
#define PEOPLE_MAX	2048

struct industry {
	const char	*name;		/* NULL: not known */
	size_t		 n;
};

/* A step, and of one that rotates the kind whose turn it is. */
struct thirst {
	const char	*cadence, *kind;
	const struct fu_step *step;
	size_t		 of, dry;
	struct industry	*industry;	/* of those for whom it is dry */
	size_t		 nindustry, cap;
};

struct outlook {
	struct fu_linting	*l;
	struct thirst		*thirst;
	size_t			 n, cap;
};

static const struct fu_step *
find_step(const struct fu_linting *l, const struct fu_touch *t)
{
	const struct fu_cadence	*c = fu_cadence_find(&l->config, t->cadence);

	for (size_t i = 0; c != NULL && i < c->nstep; i++)
		if (strcmp(c->step[i].id, t->step) == 0)
			return (&c->step[i]);
	return (NULL);
}

static struct thirst *
find(struct outlook *o, const struct fu_step *step,
    const struct fu_touch_row *r)
{
	struct thirst	*t;

	for (size_t i = 0; i < o->n; i++)
		if (o->thirst[i].step == step &&
		    fu_streq(o->thirst[i].kind, r->rotated))
			return (&o->thirst[i]);
	o->thirst = fu_grow(o->l->arena, o->thirst, o->n, &o->cap,
	    sizeof(*o->thirst));
	t = &o->thirst[o->n++];
	*t = (struct thirst){ .step = step,
		.cadence = fu_dup(o->l->arena, r->t.cadence),
		.kind = r->rotated == NULL ? NULL :
		    fu_dup(o->l->arena, r->rotated) };
	return (t);
}

static void
count_industry(struct outlook *o, struct thirst *t, const char *name)
{
	struct industry	*in;

	for (size_t i = 0; i < t->nindustry; i++) {
		in = &t->industry[i];
		if (name == NULL ? in->name == NULL :
		    fu_streq_nocase(in->name, name)) {
			in->n++;
			return;
		}
	}
	t->industry = fu_grow(o->l->arena, t->industry, t->nindustry, &t->cap,
	    sizeof(*t->industry));
	t->industry[t->nindustry++] = (struct industry){ name == NULL ? NULL :
		fu_dup(o->l->arena, name), 1 };
}

/* One touch of the plan. */
static int
note(void *ctx, const struct fu_due_row *row, struct fu_err *err)
{
	struct outlook		*o = ctx;
	const struct fu_step	*step = find_step(o->l, &row->touch.t);
	bool			 dry = row->held &&
	    row->verdict.reason == FU_R_NO_NEW_INSIGHT;
	struct thirst		*t;

	(void)err;
	if (step == NULL || step->insight.n + step->rotate.n == 0 ||
	    row->touch.t.channel == FU_CH_TASK || (row->held && !dry))
		return (0);
	t = find(o, step, &row->touch);
	t->of++;
	t->dry += dry;
	if (dry)
		count_industry(o, t, row->industry);
	return (0);
}

/* "most in logistics (21)"; of as many, the one that was seen first. */
static const char *
most(struct fu_arena *arena, const struct thirst *t)
{
	const struct industry	*in = t->industry;

	for (size_t i = 1; i < t->nindustry; i++)
		if (t->industry[i].n > in->n)
			in = &t->industry[i];
	if (in->name == NULL)
		return (t->nindustry == 1 ? "of no known industry" :
		    fu_printf(arena, "most of no known industry (%zu)",
		    in->n));
	return (t->nindustry == 1 ? fu_printf(arena, "all in %s", in->name) :
	    fu_printf(arena, "most in %s (%zu)", in->name, in->n));
}

static void
say(struct fu_linting *l, const struct thirst *t, bool more)
{
	const struct fu_step	*s = t->step;
	char			 end[FU_TIME_LEN];

	fu_date_print(fu_date_of_days(l->today + AHEAD_DAYS), end);
	fu_lint_say(l, &s->where, true, "runs_dry", "%s %s: by %s, %zu of %zu "
	    "have no %s left, %s%s: write one for them, or let the step name "
	    "another kind", t->cadence, s->day >= 0 ?
	    fu_printf(l->arena, "day %d", s->day) : s->id, end, t->dry, t->of,
	    t->kind != NULL ? t->kind : fu_lint_joined(l->arena, &s->insight),
	    most(l->arena, t), more ? fu_printf(l->arena, " (of the first %d "
	    "people)", PEOPLE_MAX) : "");
}

static int
look(struct fu_session *session, struct outlook *o, bool *more,
    struct fu_err *err)
{
	struct fu_due_run	 run = { .session = session, .emit = note,
		.ctx = o };
	int			 rc;

	if ((run.cadencer = fu_cadencer_open(session, err)) == NULL)
		return (-1);
	rc = fu_due_ahead(&run, AHEAD_DAYS * FU_DAY, PEOPLE_MAX, more, err);
	fu_cadencer_close(run.cadencer);
	return (rc);
}

void
fu_lint_dry(struct fu_linting *l)
{
	struct fu_opt		 opt = *l->opt;
	struct fu_session	 session;
	struct outlook		 o = { .l = l };
	struct fu_err		 err;
	bool			 more = false;
	int			 rc;

	if (access(opt.db, R_OK) == -1)
		return;
	/* What is to be said of the files is said. */
	opt.quiet = true;
	rc = fu_session_open(&session, &opt, FU_S_CONFIG | FU_S_RULES |
	    FU_S_KEYS | FU_S_READ, &err);
	if (rc == 0)
		rc = look(&session, &o, &more, &err);
	if (rc == -1)
		fu_debug(l->opt, "what will run dry: %s", err.msg);
	(void)fu_session_close(&session, 0, &err);
	for (size_t i = 0; rc == 0 && i < o.n; i++)
		if (o.thirst[i].dry > 0)
			say(l, &o.thirst[i], more);
}
