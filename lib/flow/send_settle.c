/*
 * What nobody knows whether it left: listing it, and taking the word of
 * somebody who looked.
 *
 * Must never send again.
 */
#include <string.h>

#include "flow/arrived.h"
#include "flow/send_room.h"
#include "store/touches.h"

#define CHUNK	100

static int
write_touch(struct fu_session *s, const struct fu_touch_row *r,
    const char *status, struct fu_arena *arena, struct fu_buf *out,
    struct fu_err *err)
{
	const struct fu_touch	*t = &r->t;
	struct fu_prospect	 p;
	struct fu_jw		 jw;
	int			 rc;

	rc = fu_prospect_load(&s->store, t->prospect, arena, &p, err);
	if (rc == -1)
		return (-1);

	fu_jw_init(&jw, out);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "type", "touch");
	fu_jw_int(&jw, "touch", t->id);
	fu_jw_int(&jw, "prospect", t->prospect);
	if (rc == 1 && p.person.f[FU_F_EMAIL] != NULL)
		fu_jw_str(&jw, "email", p.person.f[FU_F_EMAIL]);
	fu_jw_str(&jw, "cadence", t->cadence);
	fu_jw_str(&jw, "step", t->step);
	fu_jw_str(&jw, "channel", fu_channel_name(t->channel));
	fu_jw_str(&jw, "message", t->message);
	fu_jw_time(&jw, "due", t->due_us);
	fu_jw_object(&jw, "result");
	fu_jw_str(&jw, "status", status);
	if (r->status != NULL)
		fu_jw_str(&jw, "reason", r->status);
	fu_jw_time(&jw, "at", r->handled_us != FU_NEVER ? r->handled_us :
	    s->store.now_us);
	fu_jw_str(&jw, "message_id", t->message_id);
	if (r->via != NULL)
		fu_jw_str(&jw, "via", r->via);
	fu_jw_object_end(&jw);
	fu_jw_object_end(&jw);
	fu_buf_putc(out, '\n');
	return (0);
}

static void
write_dispatch(const struct fu_dispatch *d, const char *status,
    struct fu_buf *out)
{
	struct fu_jw	 jw;

	fu_jw_init(&jw, out);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "type", strcmp(d->kind, "service") == 0 ? "service" :
	    "handoff");
	fu_jw_int(&jw, "dispatch", d->id);
	if (d->prospect != 0)
		fu_jw_int(&jw, "prospect", d->prospect);
	if (d->handoff != 0)
		fu_jw_int(&jw, "handoff", d->handoff);
	fu_jw_str(&jw, "kind", d->kind);
	fu_jw_raw(&jw, "destination", fu_str_of(d->destination));
	fu_jw_object(&jw, "result");
	fu_jw_str(&jw, "status", status);
	if (d->status != NULL)
		fu_jw_str(&jw, "reason", d->status);
	fu_jw_time(&jw, "at", d->due_us);
	fu_jw_str(&jw, "message_id", d->message_id);
	fu_jw_object_end(&jw);
	fu_jw_object_end(&jw);
	fu_buf_putc(out, '\n');
}

/* Attempts whose sender died become uncertain. */
static int
expire(struct fu_session *s, struct fu_err *err)
{
	if (fu_touches_expire_leases(&s->store, err) == -1)
		return (-1);
	return (fu_dispatch_expire_leases(&s->store, err));
}

static int
list_touches(struct fu_session *s, struct fu_arena *arena, struct fu_buf *out,
    uint64_t *count, struct fu_err *err)
{
	struct fu_touch_row	*rows;
	int64_t			 after = 0;
	size_t			 n = 1;

	while (n > 0) {
		if (fu_touches_uncertain(&s->store, after, CHUNK, arena, &rows,
		    &n, err) == -1)
			return (-1);
		for (size_t i = 0; i < n; i++, (*count)++) {
			if (write_touch(s, &rows[i], "uncertain", arena, out,
			    err) == -1)
				return (-1);
			after = rows[i].t.id;
		}
		fu_arena_reset(arena);
	}
	return (0);
}

static int
list_dispatches(struct fu_session *s, struct fu_arena *arena,
    struct fu_buf *out, uint64_t *count, struct fu_err *err)
{
	struct fu_dispatch	*told;
	int64_t			 after = 0;
	size_t			 n = 1;

	while (n > 0) {
		if (fu_dispatch_uncertain(&s->store, after, CHUNK, arena,
		    &told, &n, err) == -1)
			return (-1);
		for (size_t i = 0; i < n; i++, (*count)++) {
			write_dispatch(&told[i], "uncertain", out);
			after = told[i].id;
		}
		fu_arena_reset(arena);
	}
	return (0);
}

int
fu_send_uncertain(struct fu_session *s, struct fu_buf *out, uint64_t *count,
    struct fu_err *err)
{
	struct fu_arena	 arena;
	int		 rc = -1;

	*count = 0;
	if (fu_store_begin(&s->store, err) == -1)
		return (-1);
	fu_arena_init(&arena);
	/* With -n nothing of that stays written. */
	if (expire(s, err) == 0 &&
	    list_touches(s, &arena, out, count, err) == 0)
		rc = list_dispatches(s, &arena, out, count, err);
	if (rc == 0)
		rc = fu_store_commit(&s->store, err);
	else
		fu_store_rollback(&s->store);
	fu_arena_free(&arena);
	return (rc);
}

/* Inside the transaction: whatever has that number, if it is uncertain. */
static int
resolve(struct fu_session *s, struct fu_cadencer *cr, int64_t id, bool sent,
    struct fu_arena *arena, struct fu_buf *out, struct fu_err *err)
{
	const char		*status = sent ? "sent" : "failed";
	struct fu_touch_row	 r;
	struct fu_dispatch	 d;
	int			 rc;

	if ((rc = fu_touch_load(&s->store, id, arena, &r, err)) == -1)
		return (-1);
	if (rc == 1 && r.t.state == FU_T_UNCERTAIN) {
		if (fu_settle_touch(s, &r, sent, "resolved", err) == -1 ||
		    fu_cadence_handled(cr, r.t.prospect, arena, err) == -1)
			return (-1);
		return (write_touch(s, &r, status, arena, out, err));
	}
	if (rc == 1)
		return (fu_err_set(err, FU_NOTFOUND, "touch %lld is not "
		    "uncertain, it is %s", (long long)id,
		    fu_touch_state_name(r.t.state)));
	if ((rc = fu_dispatch_load(&s->store, id, arena, &d, err)) == -1)
		return (-1);
	if (rc == 0 || d.state != FU_T_UNCERTAIN)
		return (fu_err_set(err, FU_NOTFOUND, "nothing uncertain has "
		    "number %lld: `fu-send --uncertain` lists what is",
		    (long long)id));
	if (fu_settle_dispatch(s, &d, sent, "resolved", err) == -1)
		return (-1);
	write_dispatch(&d, status, out);
	return (0);
}

int
fu_send_resolve(struct fu_session *s, struct fu_cadencer *cr, int64_t id,
    bool sent, struct fu_buf *out, struct fu_err *err)
{
	struct fu_arena	 arena;
	int		 rc = -1;

	if (fu_store_begin(&s->store, err) == -1)
		return (-1);
	fu_arena_init(&arena);
	if (expire(s, err) == -1 || resolve(s, cr, id, sent, &arena, out, err) == -1)
		fu_store_rollback(&s->store);
	else
		rc = fu_store_commit(&s->store, err);
	fu_arena_free(&arena);
	return (rc);
}
