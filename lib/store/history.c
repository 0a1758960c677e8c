/*
 * The statements that tell what was decided and recorded about one person.
 *
 * Must never write.
 */
#include <stdlib.h>
#include <string.h>

#include "store/history.h"

#define LEDGER_COLUMNS "l.seq, l.at_us, l.recorded_us, l.channel, l.event,"	\
	" l.status, l.reason, l.rule, l.purpose, l.basis, l.source,"		\
	" l.evidence, l.actor, l.detail, w.text"
#define LEDGER_TEXTS	12	/* of them, from the fourth on */

static const char decided_of[] =
    "SELECT d.id, d.at_us, r.program, d.kind, d.verdict, d.reason, d.rule,"
    " d.subject, d.inputs FROM decision d LEFT JOIN run r ON r.id = d.run"
    " WHERE d.prospect = $1 ORDER BY d.id";
static const char decided_at[] =
    "SELECT 1 FROM decision WHERE prospect = $1 AND kind = $2 AND at_us = $3"
    " LIMIT 1";
static const char recorded_of_person[] =
    "SELECT " LEDGER_COLUMNS " FROM ledger l"
    " LEFT JOIN wording w ON w.hash = l.evidence WHERE l.prospect = $1"
    " OR l.prospect IN (SELECT old FROM alias WHERE prospect = $1)";
static const char recorded_of_subject[] =
    "SELECT " LEDGER_COLUMNS " FROM ledger l"
    " LEFT JOIN wording w ON w.hash = l.evidence WHERE l.subject = $1";
static const char given_first[] =
    "SELECT b.name, b.at_us, p.fields, b.id FROM prospect p"
    " JOIN batch b ON b.id = p.batch WHERE p.id = $1";
static const char given_later[] =
    "SELECT b.name, b.at_us, p.fields, b.id FROM provenance p"
    " JOIN batch b ON b.id = p.batch WHERE p.prospect = $1 ORDER BY p.id";
static const char tried_of[] =
    "SELECT id, touch, dispatch, started_us, ended_us, via, message_id,"
    " outcome, detail, text FROM attempt WHERE prospect = $1 ORDER BY id";
static const char handed_of[] =
    "SELECT id, fired_us, respond_by_us, accepted_us, closed_us, state,"
    " trigger, triggers, package, closed_reason FROM handoff"
    " WHERE prospect = $1 ORDER BY id";

int
fu_decided_of(struct fu_store *store, int64_t prospect,
    struct fu_arena *arena, struct fu_decided **list, size_t *n,
    struct fu_err *err)
{
	struct fu_stmt		*s = fu_db_stmt(store->db, decided_of, err);
	struct fu_decided	*d;
	size_t			 cap = 0;
	int			 rc;

	*list = NULL;
	*n = 0;
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "i", prospect);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		*list = fu_grow(arena, *list, *n, &cap, sizeof(**list));
		d = &(*list)[(*n)++];
		d->id = fu_col_int(s, 0);
		d->at_us = fu_col_int(s, 1);
		d->program = fu_col_text(s, 2, arena);
		d->kind = fu_col_text(s, 3, arena);
		d->verdict = fu_col_text(s, 4, arena);
		d->reason = fu_col_text(s, 5, arena);
		d->rule = fu_col_text(s, 6, arena);
		d->subject = fu_col_int(s, 7);
		d->inputs = fu_col_text(s, 8, arena);
	}
	return (rc);
}

int
fu_decided_at(struct fu_store *store, int64_t prospect, const char *kind,
    int64_t at_us, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, decided_at, err, "isi",
	    prospect, kind, at_us);

	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	fu_stmt_reset(s);
	return (1);
}

/* The rest of a ledger's statement, behind what is there already. */
static int
take_recorded(struct fu_stmt *s, struct fu_arena *arena,
    struct fu_recorded **list, size_t *n, size_t *cap, struct fu_err *err)
{
	struct fu_recorded	 r;
	const char		**text[LEDGER_TEXTS] = { &r.channel, &r.event,
		&r.status, &r.reason, &r.rule, &r.purpose, &r.basis, &r.source,
		&r.evidence, &r.actor, &r.detail, &r.wording };
	int			 rc;

	while ((rc = fu_stmt_step(s, err)) == 1) {
		r.seq = fu_col_int(s, 0);
		r.at_us = fu_col_int(s, 1);
		r.recorded_us = fu_col_int(s, 2);
		for (int i = 0; i < LEDGER_TEXTS; i++)
			*text[i] = fu_col_text(s, 3 + i, arena);
		*list = fu_grow(arena, *list, *n, cap, sizeof(**list));
		(*list)[(*n)++] = r;
	}
	return (rc);
}

static int
by_seq(const void *va, const void *vb)
{
	const struct fu_recorded	*a = va, *b = vb;

	return (a->seq < b->seq ? -1 : a->seq > b->seq);
}

/* In order, each once: a row is found by person and by address. */
static void
sort_recorded(struct fu_recorded *list, size_t *n)
{
	size_t	 kept = 0;

	if (*n == 0)
		return;
	qsort(list, *n, sizeof(*list), by_seq);
	for (size_t i = 0; i < *n; i++)
		if (kept == 0 || list[kept - 1].seq != list[i].seq)
			list[kept++] = list[i];
	*n = kept;
}

int
fu_recorded_of(struct fu_store *store, int64_t prospect,
    const char *const *subject, size_t nsubject, struct fu_arena *arena,
    struct fu_recorded **list, size_t *n, struct fu_err *err)
{
	struct fu_stmt	*s;
	size_t		 cap = 0;

	*list = NULL;
	*n = 0;
	if (prospect != 0) {
		s = fu_db_stmt(store->db, recorded_of_person, err);
		if (s == NULL)
			return (-1);
		fu_stmt_bind(s, "i", prospect);
		if (take_recorded(s, arena, list, n, &cap, err) == -1)
			return (-1);
	}
	for (size_t i = 0; i < nsubject; i++) {
		s = fu_db_stmt(store->db, recorded_of_subject, err);
		if (s == NULL)
			return (-1);
		fu_stmt_bind(s, "s", subject[i]);
		if (take_recorded(s, arena, list, n, &cap, err) == -1)
			return (-1);
	}
	sort_recorded(*list, n);
	return (0);
}

static int
take_given(struct fu_store *store, const char *sql, int64_t prospect,
    struct fu_arena *arena, struct fu_given **list, size_t *n, size_t *cap,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, sql, err);
	struct fu_given	*g;
	int		 rc;

	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "i", prospect);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		*list = fu_grow(arena, *list, *n, cap, sizeof(**list));
		g = &(*list)[(*n)++];
		g->name = fu_col_text(s, 0, arena);
		g->at_us = fu_col_int(s, 1);
		g->fields = (uint64_t)fu_col_int(s, 2);
		g->batch = fu_col_int(s, 3);
		g->first = sql == given_first;
	}
	return (rc);
}

int
fu_given_of(struct fu_store *store, int64_t prospect, struct fu_arena *arena,
    struct fu_given **list, size_t *n, struct fu_err *err)
{
	size_t	 cap = 0;

	*list = NULL;
	*n = 0;
	if (take_given(store, given_first, prospect, arena, list, n, &cap,
	    err) == -1)
		return (-1);
	return (take_given(store, given_later, prospect, arena, list, n, &cap,
	    err));
}

int
fu_tried_of(struct fu_store *store, int64_t prospect, struct fu_arena *arena,
    struct fu_tried **list, size_t *n, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, tried_of, err);
	struct fu_tried	*t;
	size_t		 cap = 0;
	int		 rc;

	*list = NULL;
	*n = 0;
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "i", prospect);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		*list = fu_grow(arena, *list, *n, &cap, sizeof(**list));
		t = &(*list)[(*n)++];
		t->id = fu_col_int(s, 0);
		t->touch = fu_col_int(s, 1);
		t->dispatch = fu_col_int(s, 2);
		t->started_us = fu_col_int(s, 3);
		t->ended_us = fu_col_time(s, 4);
		t->via = fu_col_text(s, 5, arena);
		t->message_id = fu_col_text(s, 6, arena);
		t->outcome = fu_col_text(s, 7, arena);
		t->detail = fu_col_text(s, 8, arena);
		t->text = fu_col_text(s, 9, arena);
	}
	return (rc);
}

int
fu_handed_of(struct fu_store *store, int64_t prospect, struct fu_arena *arena,
    struct fu_handed **list, size_t *n, struct fu_err *err)
{
	struct fu_stmt		*s = fu_db_stmt(store->db, handed_of, err);
	struct fu_handed	*h;
	size_t			 cap = 0;
	int			 rc;

	*list = NULL;
	*n = 0;
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "i", prospect);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		*list = fu_grow(arena, *list, *n, &cap, sizeof(**list));
		h = &(*list)[(*n)++];
		h->id = fu_col_int(s, 0);
		h->fired_us = fu_col_int(s, 1);
		h->respond_by_us = fu_col_int(s, 2);
		h->accepted_us = fu_col_time(s, 3);
		h->closed_us = fu_col_time(s, 4);
		h->state = fu_col_text(s, 5, arena);
		h->trigger = fu_col_text(s, 6, arena);
		h->triggers = fu_col_text(s, 7, arena);
		h->package = fu_col_text(s, 8, arena);
		h->closed_reason = fu_col_text(s, 9, arena);
	}
	return (rc);
}
