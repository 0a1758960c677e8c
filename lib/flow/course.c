/*
 * Lines of an enrolment, from rows to plan and back.
 *
 * Must never write to the store: cadence.c and due.c do, simulations do not.
 */
#include <string.h>

#include "flow/course.h"

#define REMIND_SUFFIX	"-remind"

struct fu_line *
fu_course_line(struct fu_course *course, const char *name)
{
	for (size_t i = 0; i < course->nline; i++)
		if (strcmp(course->line[i].name, name) == 0)
			return (&course->line[i]);
	return (NULL);
}

const struct fu_step *
fu_course_step(const struct fu_course *course, const struct fu_touch *t)
{
	const char	*id = t->step;
	size_t		 len = strlen(id), suffix = strlen(REMIND_SUFFIX);
	char		 base[256];

	if (strncmp(t->line, "remind:", 7) == 0 && len > suffix &&
	    len - suffix < sizeof(base)) {
		memcpy(base, id, len - suffix);
		base[len - suffix] = '\0';
		id = base;
	}
	return (fu_step_find(course->cadence, id));
}

static bool
is_pending(enum fu_touch_state state)
{
	return (state <= FU_T_ATTEMPTING);
}

/* Put a handled touch into its line's record. */
static void
note_done(struct fu_course *course, struct fu_line *line,
    const struct fu_touch_row *r)
{
	const struct fu_step	*step = fu_course_step(course, &r->t);

	line->done.step = step == NULL ? r->t.step : step->id;
	line->done.occurrence = r->t.occurrence;
	line->done.handled_us = r->handled_us;
	if (r->t.channel == FU_CH_EMAIL && (r->t.state == FU_T_SENT ||
	    r->t.state == FU_T_UNCERTAIN))
		course->first_mail_sent = true;
}

int
fu_course_make(struct fu_session *s, const struct fu_case *c,
    const struct fu_enrolment *enrolment, unsigned channels,
    struct fu_touch_row *rows, size_t n, struct fu_arena *arena,
    struct fu_course *course, struct fu_err *err)
{
	struct fu_line		*line;
	const char		**names;

	memset(course, 0, sizeof(*course));
	course->enrolment = *enrolment;
	course->channels = channels;
	course->cadence = fu_cadence_find(&s->config, enrolment->cadence);
	if (course->cadence == NULL)
		return (fu_err_set(err, FU_ECONFIG, "prospect %lld is in "
		    "cadence \"%s\", which has no file in %s any more: put it "
		    "back, or `fu-cadence --stop` them",
		    (long long)c->p.id, enrolment->cadence,
		    s->config.cadences_dir));
	names = fu_plan_lines(course->cadence, arena, &course->nline);
	course->line = fu_alloc_array(arena, course->nline,
	    sizeof(*course->line));
	for (size_t i = 0; i < course->nline; i++) {
		course->line[i].name = names[i];
		course->line[i].done.line = names[i];
		course->line[i].done.handled_us = FU_NEVER;
	}
	for (size_t i = 0; i < n; i++) {
		if (rows[i].t.enrolment != enrolment->id)
			continue;
		line = fu_course_line(course, rows[i].t.line);
		if (line == NULL || rows[i].t.state == FU_T_CANCELLED)
			continue;
		if (is_pending(rows[i].t.state))
			line->pending = &rows[i];
		else
			note_done(course, line, &rows[i]);
	}
	return (0);
}

static void
plan_in(struct fu_session *s, const struct fu_case *c,
    const struct fu_course *course, int64_t now_us, struct fu_plan_in *in)
{
	*in = (struct fu_plan_in){
		.cadence = course->cadence,
		.enrolment = &course->enrolment,
		.zone = c->zone,
		.window = &c->clock.window,
		.owner_zone = s->config.company.zone,
		.channels = course->channels,
		.prefers = c->p.person.f[FU_F_PREFERS],
		.now_us = now_us,
	};
}

/* When a planned or armed touch is to be looked at. */
static int64_t
look_at(const struct fu_touch_row *r)
{
	int64_t	 at = r->t.due_us;

	if (r->t.state == FU_T_ARMED) {
		at = r->t.expires_us;
		if (r->becomes_us < at)
			at = r->becomes_us;
	}
	return (at == INT64_MAX ? FU_NEVER : at);
}

static void
row_of_plan(const struct fu_course *course, const struct fu_planned *planned,
    struct fu_arena *arena, struct fu_touch_row *r)
{
	const struct fu_step	*step = planned->step;
	struct fu_touch		*t = &r->t;

	t->prospect = course->enrolment.prospect;
	t->enrolment = course->enrolment.id;
	t->cadence = course->cadence->name;
	t->line = planned->line;
	t->step = planned->reminder ?
	    fu_printf(arena, "%s" REMIND_SUFFIX, step->id) : step->id;
	t->message = planned->reminder ?
	    fu_printf(arena, "%s" REMIND_SUFFIX, step->message) :
	    step->message;
	t->occurrence = planned->occurrence;
	t->day = planned->reminder ? -1 : step->day;
	t->channel = planned->channel;
	t->state = planned->armed ? FU_T_ARMED : FU_T_PLANNED;
	t->due_us = planned->due_us;
	t->expires_us = planned->expires_us;
	r->becomes = planned->becomes_us == INT64_MAX ? -1 :
	    (int)planned->becomes;
	r->becomes_us = planned->becomes_us;
	r->rotated = planned->insight_rotated;
	r->handled_us = FU_NEVER;
	t->held_until_us = t->lease_us = t->sent_us = FU_NEVER;
	t->next_us = look_at(r);
}

void
fu_course_next(struct fu_session *s, const struct fu_case *c,
    struct fu_course *course, struct fu_line *line, int64_t now_us,
    struct fu_arena *arena, struct fu_touch_row **skipped, size_t *nskipped)
{
	const struct fu_step	**steps = NULL;
	struct fu_planned	 planned;
	struct fu_plan_in	 in;
	struct fu_touch_row	*r;
	size_t			 n = 0;
	int			 more;

	*nskipped = 0;
	if (line->pending != NULL || line->ended)
		return;
	plan_in(s, c, course, now_us, &in);
	line->done.first_mail_sent = course->first_mail_sent;
	memset(&planned, 0, sizeof(planned));
	more = fu_plan_next(&in, &line->done, arena, &planned, &steps, &n);
	*skipped = fu_alloc_array(arena, n + 1, sizeof(**skipped));
	for (size_t i = 0; i < n; i++) {
		r = &(*skipped)[(*nskipped)++];
		r->t = (struct fu_touch){ .prospect = c->p.id,
			.enrolment = course->enrolment.id,
			.cadence = course->cadence->name, .line = line->name,
			.step = steps[i]->id, .message = steps[i]->message,
			.day = steps[i]->day, .channel = steps[i]->channel[0],
			.state = FU_T_SKIPPED, .due_us = now_us,
			.expires_us = now_us, .next_us = FU_NEVER };
		r->becomes = -1;
		r->becomes_us = INT64_MAX;
		r->handled_us = now_us;
		line->done.step = steps[i]->id;
		line->done.handled_us = now_us;
	}
	if (more == 0) {
		line->ended = true;
		return;
	}
	line->pending = fu_alloc(arena, sizeof(*line->pending));
	row_of_plan(course, &planned, arena, line->pending);
}

void
fu_course_replan(struct fu_session *s, const struct fu_case *c,
    struct fu_course *course, struct fu_line *line, int64_t now_us,
    struct fu_arena *arena)
{
	const struct fu_step	**steps;
	struct fu_planned	 planned;
	struct fu_plan_in	 in;
	struct fu_touch_row	*r = line->pending;
	size_t			 n = 0;

	if (r == NULL || r->t.state > FU_T_ARMED)
		return;
	plan_in(s, c, course, now_us, &in);
	line->done.first_mail_sent = course->first_mail_sent;
	memset(&planned, 0, sizeof(planned));
	if (fu_plan_next(&in, &line->done, arena, &planned, &steps, &n) != 1 ||
	    planned.step != fu_course_step(course, &r->t) ||
	    planned.occurrence != r->t.occurrence)
		return;		/* it has run out: fu-due will say so */
	r->t.channel = planned.channel;
	r->t.state = planned.armed ? FU_T_ARMED : FU_T_PLANNED;
	r->t.due_us = planned.due_us;
	r->t.expires_us = planned.expires_us;
	r->becomes = planned.becomes_us == INT64_MAX ? -1 :
	    (int)planned.becomes;
	r->becomes_us = planned.becomes_us;
	r->t.next_us = look_at(r);
}

void
fu_course_done(struct fu_course *course, struct fu_line *line,
    enum fu_touch_state state, int64_t at_us)
{
	line->pending->t.state = state;
	line->pending->handled_us = at_us;
	note_done(course, line, line->pending);
	line->pending = NULL;
}

bool
fu_course_ended(const struct fu_course *course)
{
	for (size_t i = 0; i < course->nline; i++)
		if (!course->line[i].ended)
			return (false);
	return (true);
}

const struct fu_touch_row *
fu_course_first(const struct fu_course *course)
{
	const struct fu_touch_row	*first = NULL, *r;

	for (size_t i = 0; i < course->nline; i++) {
		r = course->line[i].pending;
		if (r != NULL && (first == NULL ||
		    r->t.due_us < first->t.due_us))
			first = r;
	}
	return (first);
}

/* A chat that nobody comes for gives way to what stands behind it. */
static int64_t
line_leaves(struct fu_session *s, const struct fu_case *c,
    const struct fu_course *course, struct fu_line line,
    struct fu_arena *arena)
{
	struct fu_course	 ahead = *course;
	struct fu_touch_row	 row, *skipped;
	const struct fu_step	*step;
	size_t			 n;

	while (line.pending != NULL) {
		row = *line.pending;
		if (row.t.state == FU_T_PLANNED)
			return (row.t.due_us);
		step = fu_course_step(course, &row.t);
		if (row.t.state != FU_T_ARMED || step == NULL ||
		    step->on != NULL)
			break;
		if (row.becomes_us != INT64_MAX)
			return (row.becomes_us);
		line.pending = &row;
		fu_course_done(&ahead, &line, FU_T_SKIPPED, row.t.expires_us);
		fu_course_next(s, c, &ahead, &line, row.t.expires_us, arena,
		    &skipped, &n);
	}
	return (FU_NEVER);
}

int64_t
fu_course_leaves(struct fu_session *s, const struct fu_case *c,
    const struct fu_course *course, struct fu_arena *arena)
{
	int64_t	 first = FU_NEVER, at;

	for (size_t i = 0; i < course->nline; i++) {
		at = line_leaves(s, c, course, course->line[i], arena);
		if (at != FU_NEVER && (first == FU_NEVER || at < first))
			first = at;
	}
	return (first);
}
