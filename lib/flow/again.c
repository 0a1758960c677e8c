/*
 * Planning anew what did not arrive.
 *
 * Must never send a second time what may have arrived: only the report of the
 * last try counts, and of a try whose id nobody knows only the first.
 */
#include <string.h>

#include "flow/again.h"
#include "flow/arrived.h"
#include "flow/send.h"
#include "store/attempts.h"
#include "store/enrolments.h"
#include "store/shown.h"

static bool
is_text(enum fu_channel channel)
{
	return (channel == FU_CH_SMS || channel == FU_CH_WHATSAPP);
}

/* Is the report about the try that the touch stands at? */
static bool
about_last(const struct fu_touch_row *r, const struct fu_lost *lost, int before)
{
	if (r->t.state == FU_T_SENT)
		return (r->relay_id == NULL ? before == 0 :
		    fu_streq(r->relay_id, lost->relay_id));
	return (r->t.state == FU_T_UNCERTAIN && before == 0);
}

/* Has its line gone on, to what has left or is on its way? */
static int
gone_on(struct fu_session *s, const struct fu_touch *t, bool *gone,
    struct fu_arena *arena, struct fu_err *err)
{
	struct fu_touch_row	*rows;
	size_t			 n;

	*gone = false;
	if (fu_touches_of(&s->store, t->prospect, t->enrolment, arena, &rows,
	    &n, err) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++)
		*gone = *gone || (rows[i].t.id > t->id &&
		    rows[i].t.state > FU_T_ARMED &&
		    strcmp(rows[i].t.line, t->line) == 0);
	return (0);
}

/* FU_NEVER when it has been tried enough. */
static int64_t
next_try(const struct fu_touch *t, const struct fu_lost *lost, int tries,
    int64_t first_us, int64_t now_us)
{
	const struct fu_provider_code	*code = lost->code;
	int64_t				 at, wait;

	if (code->tries > 0 && tries > code->tries)
		return (FU_NEVER);
	wait = fu_provider_wait(code, lost->at_us) - (now_us - lost->at_us);
	at = code->backoff ? fu_send_backoff_at(tries, first_us, now_us,
	    wait) : fu_send_retry_at(tries, first_us, now_us, wait, t->id);
	return (at != FU_NEVER && at >= t->expires_us ? FU_NEVER : at);
}

int
fu_again(struct fu_session *s, const struct fu_lost *lost,
    struct fu_arena *arena, struct fu_err *err)
{
	struct fu_store		*store = &s->store;
	struct fu_attempt	 attempt = { .touch = lost->touch };
	struct fu_enrolment	 e;
	struct fu_touch_row	 r;
	int64_t			 first, at;
	int			 rc, tries;
	bool			 gone;

	if (lost->code == NULL || !fu_provider_again(lost->code))
		return (0);
	if ((rc = fu_touch_load(store, lost->touch, arena, &r, err)) != 1)
		return (rc);
	attempt.prospect = r.t.prospect;
	if (!is_text(r.t.channel))
		return (0);
	if (fu_attempts_failed(store, &attempt, &tries, &first, err) == -1)
		return (-1);
	if (!about_last(&r, lost, tries))
		return (0);
	rc = fu_enrolment_active(store, r.t.prospect, arena, &e, err);
	if (rc != 1 || e.id != r.t.enrolment)
		return (rc == -1 ? -1 : 0);
	if (gone_on(s, &r.t, &gone, arena, err) == -1)
		return (-1);
	if (gone)
		return (0);
	if (fu_attempt_lost(store, r.t.prospect, r.t.id, lost->code->reason,
	    err) == -1 || fu_attempts_failed(store, &attempt, &tries, &first,
	    err) == -1)
		return (-1);
	at = next_try(&r.t, lost, tries, first, store->now_us);
	if (fu_touch_again(store, r.t.prospect, r.t.id, lost->code->reason,
	    at == FU_NEVER ? store->now_us : at, err) == -1)
		return (-1);
	rc = at == FU_NEVER ? fu_touch_handled(store, r.t.prospect, r.t.id,
	    FU_T_FAILED, "retries_over", err) : fu_touches_unplan(store, &r.t,
	    err);
	if (rc == -1 || fu_shown_remove(store, r.t.prospect, r.t.id,
	    err) == -1 || fu_decision_add(store, &(struct fu_decision){
	    .prospect = r.t.prospect, .kind = "send", .subject = r.t.id,
	    .verdict = at == FU_NEVER ? "failed" : "retry",
	    .reason = lost->code->reason, .rule = lost->code->rule },
	    err) == -1 || fu_prospect_news(store, r.t.prospect, err) == -1)
		return (-1);
	return (1);
}
