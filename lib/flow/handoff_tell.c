/*
 * Who hears of a hand-off: a row a destination, under one claim, and the
 * record that names them.
 *
 * What is not on the wire yet is told with what is new, not twice.  Must never
 * send: that is fu-send's.
 */
#include <string.h>

#include "flow/due.h"
#include "flow/handoff_room.h"
#include "policy/hours.h"

/* Numbers of destinations of one round; there are never so many. */
#define ROUND	100

int
fu_handoff_token(struct fu_store *store, struct fu_arena *arena,
    const char **token, struct fu_err *err)
{
	int64_t		 serial;
	uint64_t	 hash;
	char		 text[17];

	/* Unique, and the same in a run repeated on the same database. */
	if (fu_store_id(store, FU_N_ROW, &serial, err) == -1)
		return (-1);
	hash = fu_hash64(&serial, sizeof(serial), 4);
	fu_hex((const uint8_t *)&hash, sizeof(hash), text);
	*token = fu_dup(arena, text);
	return (0);
}

const struct fu_sender *
fu_handoff_rep(const struct fu_session *s, const char *owner,
    int64_t prospect)
{
	const struct fu_zone	*zone = s->config.company.zone;
	int64_t			 opens;

	opens = fu_next_business_opening(&s->config.window, zone,
	    s->store.now_us);
	return (fu_sender_there(&s->config, owner, prospect,
	    fu_zone_day(zone, opens)));
}

static const char *
destination_json(const struct fu_session *s, const struct fu_handoff *h,
    bool escalation, size_t i, struct fu_arena *arena)
{
	const struct fu_destination	*to = escalation ?
	    &s->config.handoff.escalate_to[i] : &s->config.handoff.to[i];
	const struct fu_sender		*owner;
	const char			*address = to->address, *json;
	struct fu_buf			 buf;
	struct fu_jw			 jw;

	owner = fu_handoff_rep(s, h->owner, h->prospect);
	if (fu_streq(to->via, "email") && address == NULL && owner != NULL)
		address = owner->email;
	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "via", to->via);
	if (address != NULL)
		fu_jw_str(&jw, "address", address);
	fu_jw_str(&jw, "list", escalation ? "escalate" : "handoff");
	fu_jw_int(&jw, "index", (int64_t)i);
	fu_jw_object_end(&jw);
	json = fu_dup_buf(arena, &buf);
	fu_buf_free(&buf);
	return (json);
}

/* The alert of an escalation: its deadline is over. */
static const char *
at_once(const struct fu_rec *rec, struct fu_arena *arena)
{
	const char	*alert = fu_rec_text(rec, "alert");
	const char	*within = fu_rec_text(rec, "respond_within");
	size_t		 len = alert == NULL ? 0 : strlen(alert), tail;

	if (alert == NULL)
		return ("Nobody has answered in time.");
	tail = within == NULL ? 0 : strlen(within) + 1;
	if (tail > 1 && len > tail && strncmp(alert + len - tail, within,
	    tail - 1) == 0)
		alert = fu_printf(arena, "%.*sat once.", (int)(len - tail),
		    alert);
	return (fu_printf(arena, "Nobody has answered in time: %s", alert));
}

/* The package under the kind that this telling is. */
static const char *
package_as(const struct fu_handoff *h, const char *kind, bool opted_out,
    struct fu_arena *arena)
{
	static const char opted[] = "They have opted out since: answer what "
	    "they asked, and no more.";
	struct fu_rec	 rec;
	struct fu_buf	 buf;
	struct fu_err	 err;
	const char	*text;

	if (fu_rec_parse(&rec, arena, fu_str_of(h->package), &err) == -1)
		return (h->package);
	fu_rec_set_str(&rec, "kind", kind);
	fu_rec_set_str(&rec, "state", h->state);
	if (strcmp(kind, "escalation") == 0) {
		fu_rec_set_str(&rec, "alert", at_once(&rec, arena));
		fu_rec_set_str(&rec, "respond_within", "at once");
		if (opted_out) {
			fu_rec_set_str(&rec, "caution", opted);
			fu_rec_set_str(&rec, "alert", fu_printf(arena,
			    "%s %s", fu_rec_text(&rec, "alert"), opted));
		}
	}
	fu_buf_init(&buf);
	fu_rec_write(&rec, &buf);
	buf.ptr[--buf.len] = '\0';	/* its LF */
	text = fu_dup_buf(arena, &buf);
	fu_buf_free(&buf);
	return (text);
}

/* The index of ${destination} in the list; ${list} in ${escalation}. */
static int64_t
index_of(const struct fu_dispatch *d, struct fu_arena *arena,
    bool *escalation)
{
	struct fu_object	 object;
	int64_t			 i = -1;

	*escalation = strcmp(d->kind, "escalation") == 0;
	if (fu_json_object(arena, fu_str_of(d->destination), &object,
	    NULL) == -1 || !fu_json_int(fu_json_get(&object, "index"), &i))
		return (-1);
	return (i);
}

/* A row for that destination that is on no wire yet, or NULL. */
static struct fu_dispatch *
waiting_for(struct fu_dispatch *rows, size_t n, bool escalation, size_t to,
    struct fu_arena *arena)
{
	bool	 is;

	for (size_t i = 0; i < n; i++)
		if ((rows[i].state == FU_T_PLANNED ||
		    rows[i].state == FU_T_CLAIMED) &&
		    index_of(&rows[i], arena, &is) == (int64_t)to &&
		    is == escalation)
			return (&rows[i]);
	return (NULL);
}

static int
next_round(const struct fu_dispatch *rows, size_t n)
{
	int	 round = 0;

	for (size_t i = 0; i < n; i++)
		if (strcmp(rows[i].kind, "evidence") == 0 &&
		    rows[i].number / ROUND > round)
			round = rows[i].number / ROUND;
	return (round + 1);
}

static int
put_down(struct fu_session *s, struct fu_dispatch *d, const char *token,
    struct fu_err *err)
{
	struct fu_store	*store = &s->store;

	d->state = token != NULL ? FU_T_CLAIMED : FU_T_PLANNED;
	d->due_us = store->now_us;
	d->expires_us = FU_NEVER;
	d->next_us = token != NULL ? FU_NEVER : store->now_us;
	d->claim = token;
	if (token == NULL)
		d->lease_us = FU_NEVER;
	return (fu_dispatch_add(store, d, err));
}

/* May nobody write to them for us any more? */
static int
has_opted_out(struct fu_session *s, int64_t prospect, struct fu_arena *arena,
    bool *out, struct fu_err *err)
{
	struct fu_case		*c = fu_alloc(arena, sizeof(*c));
	struct fu_ledger_state	 state;
	int			 rc;

	*out = false;
	if ((rc = fu_case_person(s, prospect, arena, c, err)) != 1)
		return (rc);
	if (fu_case_ledger(s, c, FU_CH_EMAIL, arena, &state, err) == -1)
		return (-1);
	*out = fu_ledger_bars(&state);
	return (0);
}

int
fu_handoff_tell(struct fu_session *s, const struct fu_handoff *h,
    const char *kind, struct fu_arena *arena, struct fu_buf *out,
    struct fu_err *err)
{
	bool	 escalation = strcmp(kind, "escalation") == 0, gone = false;
	size_t	 nto = escalation ? s->config.handoff.nescalate_to :
	    s->config.handoff.nto, nrow, ntold = 0;
	struct fu_dispatch	*rows, *told, *d;
	const char		*package, *claim, *token = NULL;
	int64_t			 lease_us = s->store.now_us + FU_LEASE_US;
	int			 base = 0;

	if (fu_dispatches_of(&s->store, h->prospect, h->id, arena, &rows,
	    &nrow, err) == -1 || (out != NULL && fu_handoff_token(&s->store,
	    arena, &token, err) == -1))
		return (-1);
	if (strcmp(kind, "evidence") == 0)
		base = ROUND * next_round(rows, nrow);
	if (escalation && has_opted_out(s, h->prospect, arena, &gone,
	    err) == -1)
		return (-1);
	package = package_as(h, kind, gone, arena);
	told = fu_alloc_array(arena, nto + 1, sizeof(*told));
	told[0] = (struct fu_dispatch){ .prospect = h->prospect,
		.handoff = h->id, .kind = kind, .package = package };
	for (size_t i = 0; i < nto && i < ROUND; i++) {
		d = waiting_for(rows, nrow, escalation, i, arena);
		if (d != NULL) {
			/* One that is to be tried again keeps its time. */
			claim = d->attempts > 0 ? NULL : token;
			d->package = package_as(h, d->kind, gone, arena);
			if (fu_dispatch_renew(&s->store, d, d->package, claim,
			    lease_us, err) == -1)
				return (-1);
			d->claim = claim;
			d->lease_us = lease_us;
			if (claim != NULL)
				told[ntold++] = *d;
			continue;
		}
		d = &told[ntold];
		*d = (struct fu_dispatch){ .prospect = h->prospect,
			.handoff = h->id, .kind = kind,
			.number = base + (int)i, .package = package,
			.lease_us = lease_us, .destination = destination_json(s, h, escalation, i,
			    arena) };
		if (put_down(s, d, token, err) == -1)
			return (-1);
		ntold += d->id != 0;
	}
	/* Without a destination, or with all of them waiting to be tried
	 * again, the record still says what fired. */
	return (out == NULL ? 0 :
	    fu_handoff_told(told, ntold, arena, out, err));
}

/* A hand-off's destinations as the record lists them. */
static const char *
to_json(const struct fu_dispatch *rows, size_t n, struct fu_arena *arena)
{
	struct fu_buf	 buf;
	const char	*text;

	fu_buf_init(&buf);
	fu_buf_putc(&buf, '[');
	for (size_t i = 0; i < n; i++) {
		if (buf.len > 1)
			fu_buf_putc(&buf, ',');
		fu_buf_puts(&buf, rows[i].destination);
	}
	fu_buf_putc(&buf, ']');
	text = fu_dup_buf(arena, &buf);
	fu_buf_free(&buf);
	return (text);
}

/* A service message: whom it goes to stands beside what it says. */
static int
service_set(struct fu_rec *rec, const struct fu_dispatch *d,
    struct fu_arena *arena, struct fu_err *err)
{
	struct fu_object	 to;

	if (fu_json_object(arena, fu_str_of(d->destination), &to, err) == -1)
		return (-1);
	fu_rec_set_str(rec, "type", "service");
	fu_rec_set_int(rec, "dispatch", d->id);
	if (d->prospect != 0)
		fu_rec_set_int(rec, "prospect", d->prospect);
	for (size_t i = 0; i < to.n; i++)
		fu_rec_set_raw(rec, fu_dup_str(arena, to.member[i].key),
		    to.member[i].value.raw);
	return (0);
}

int
fu_handoff_told(const struct fu_dispatch *rows, size_t n,
    struct fu_arena *arena, struct fu_buf *out, struct fu_err *err)
{
	struct fu_rec	 rec;

	if (fu_rec_parse(&rec, arena, fu_str_of(rows[0].package), err) == -1)
		return (-1);
	if (strcmp(rows[0].kind, "service") == 0) {
		if (service_set(&rec, &rows[0], arena, err) == -1)
			return (-1);
	} else
		fu_rec_set_raw(&rec, "to", fu_str_of(to_json(rows, n, arena)));
	fu_rec_set_str(&rec, "claim", n > 0 ? rows[0].claim : NULL);
	if (n > 0)
		fu_rec_set_time(&rec, "lease_until", rows[0].lease_us);
	fu_rec_write(&rec, out);
	return (0);
}
