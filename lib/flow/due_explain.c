/*
 * What waits although its time has come, and why: fu-due -x.
 *
 * Must never write: what it tells was decided before.
 */
#include <string.h>

#include "flow/due.h"

#define CHUNK	256

static enum fu_reason
reason_of(const struct fu_touch *t)
{
	if (t->state == FU_T_ARMED)
		return (FU_R_WAITS_FOR_VISIT);
	for (int i = 1; i < FU_REASON_N; i++)
		if (fu_streq(fu_reasons[i].name, t->held_reason))
			return ((enum fu_reason)i);
	return (FU_R_NONE);
}

static int
tell(struct fu_due_run *run, const struct fu_touch_row *r,
    struct fu_arena *arena, struct fu_err *err)
{
	struct fu_case		*c = fu_alloc(arena, sizeof(*c));
	const struct fu_touch	*t = &r->t;
	enum fu_reason		 reason = reason_of(t);
	struct fu_due_row	 row;
	int			 rc;

	/* Planned for now, only not looked at yet. */
	if (reason == FU_R_NONE)
		return (0);
	rc = fu_case_person(run->session, t->prospect, arena, c, err);
	if (rc != 1)
		return (rc);
	memset(&row, 0, sizeof(row));
	row.touch = *r;
	row.email = c->p.person.f[FU_F_EMAIL];
	row.phone = c->p.person.f[FU_F_PHONE];
	row.name = c->p.person.f[FU_F_FIRST_NAME];
	row.zone = fu_case_shown_zone(run->session, c, t->channel);
	row.zone_known = c->zone_known;
	row.held = true;
	row.ruleset = fu_rulebook_version(run->session->rulebook);
	row.verdict = (struct fu_verdict){ .class = fu_reasons[reason].class,
		.reason = reason, .until_us = t->held_until_us,
		.rule = t->held_rule != NULL ? t->held_rule :
		    fu_reasons[reason].rule, .detail = t->held_detail };
	if (fu_streq(t->held_class, fu_verdict_class_name(FU_DEFER)))
		row.verdict.class = FU_DEFER;
	return (run->emit(run->ctx, &row, err));
}

int
fu_due_explain(struct fu_due_run *run, struct fu_err *err)
{
	struct fu_touch_row	*rows;
	struct fu_touch		 after;
	struct fu_arena		 arena;
	size_t			 n = 0;
	bool			 more = false;
	int			 rc = 0;

	fu_arena_init(&arena);
	do {
		rc = fu_touches_waiting(&run->session->store,
		    fu_session_now(run->session), more ? &after : NULL, CHUNK,
		    &arena, &rows, &n, err);
		for (size_t i = 0; i < n && rc == 0; i++)
			rc = tell(run, &rows[i], &arena, err);
		if (rc == 0 && n > 0)
			after = (struct fu_touch){
				.next_us = rows[n - 1].t.next_us,
				.prospect = rows[n - 1].t.prospect,
				.id = rows[n - 1].t.id };
		more = n == CHUNK;
		fu_arena_reset(&arena);
	} while (rc == 0 && more && !run->session->sink.lost);
	fu_arena_free(&arena);
	return (rc);
}
