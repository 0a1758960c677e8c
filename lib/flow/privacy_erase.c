/*
 * Erasing people, and purging what is old.
 *
 * Must never leave a half: a person goes in one transaction, with the hashes
 * that keep them from being written to again noted beside the database first.
 */
#include <stdlib.h>
#include <string.h>

#include "base/sig.h"
#include "flow/privacy_room.h"
#include "flow/witness.h"
#include "policy/desk.h"
#include "record/email.h"
#include "store/erase.h"
#include "store/identity.h"
#include "store/wording.h"

/* Of one transaction: people wholly, or people whose rows are looked at. */
#define PEOPLE_SLICE	100
#define ROWS_SLICE	2000
/* Shorter ones are part of many a word. */
#define LOCAL_MIN	4
/* Evidence of a consent is kept from its last use on [TC-02]. */
#define EVIDENCE_YEARS	5

int64_t
fu_keep_us(const struct fu_config *config, enum fu_keep keep)
{
	for (size_t i = 0; i < config->nretention; i++)
		if (fu_streq(config->retention[i].class, fu_keep_names[keep]))
			return (config->retention[i].keep_us);
	return (0);
}

static void
known_as(struct fu_arena *arena, struct fu_known_by *k, int kind,
    const char *value, bool own)
{
	if (value == NULL)
		return;
	k->as = fu_grow(arena, k->as, k->n, &k->cap, sizeof(*k->as));
	k->as[k->n++] = (struct fu_known_as){ kind, value, own };
}

int
fu_known_by(struct fu_session *s, const struct fu_prospect *p,
    struct fu_arena *arena, struct fu_known_by *k, struct fu_err *err)
{
	const char *const	*f = p->person.f;
	const char		*system = f[FU_F_EXTERNAL_SYSTEM];
	const char		**more;
	size_t			 n;

	memset(k, 0, sizeof(*k));
	if (f[FU_F_EMAIL] != NULL)
		known_as(arena, k, FU_ID_EMAIL, fu_email_key(arena,
		    f[FU_F_EMAIL]), true);
	known_as(arena, k, FU_ID_PHONE, f[FU_F_PHONE], true);
	if (f[FU_F_EXTERNAL_ID] != NULL)
		known_as(arena, k, FU_ID_EXTERNAL, fu_printf(arena, "%s:%s",
		    system == NULL ? "" : system, f[FU_F_EXTERNAL_ID]), true);
	known_as(arena, k, FU_ID_VISITOR, f[FU_F_VISITOR], true);
	known_as(arena, k, FU_ID_COMPANY, p->company_domain, true);
	for (int kind = FU_ID_EMAIL; kind <= FU_ID_VISITOR; kind++) {
		if (fu_identity_extra(&s->store, p->id, kind, arena, &more,
		    &n, err) == -1)
			return (-1);
		for (size_t i = 0; i < n; i++)
			known_as(arena, k, kind, more[i], false);
	}
	return (0);
}

/* A hash of each address stays, and keeps it from being written to. */
static int
suppress(struct fu_session *s, struct fu_witness *w, int64_t prospect,
    const struct fu_known_by *k, const char *reason, struct fu_erased *erased,
    struct fu_err *err)
{
	char			 subject[FU_SUBJECT_LEN];
	struct fu_ledger_row	 row = { .at_us = s->store.now_us,
		.prospect = prospect, .subject = subject, .channel = "all",
		.event = "suppress", .reason = "erased", .rule = "GD-09",
		.source = reason, .actor = "operator" };
	bool			 news;

	for (size_t i = 0; i < k->n; i++) {
		if (k->as[i].kind == FU_ID_EMAIL)
			fu_subject_email(&s->keys.key[0], k->as[i].value,
			    subject);
		else if (k->as[i].kind == FU_ID_PHONE)
			fu_subject_phone(&s->keys.key[0], k->as[i].value,
			    subject);
		else
			continue;
		if (fu_suppress(&s->store, &row, FU_NEVER, &news, err) == -1 ||
		    (w != NULL && fu_witness_suppression(w, &row, FU_NEVER,
		    err) == -1))
			return (-1);
		erased->addresses++;
	}
	return (0);
}

void
fu_known_own(const struct fu_prospect *p, const struct fu_known_by *k,
    struct fu_own *own)
{
	fu_own_name(own, p->person.f[FU_F_FIRST_NAME],
	    p->person.f[FU_F_LAST_NAME]);
	for (size_t i = 0; i < k->n; i++)
		if (k->as[i].kind == FU_ID_EMAIL)
			fu_own_email(own, k->as[i].value);
		else if (k->as[i].kind == FU_ID_PHONE)
			fu_own_number(own, k->as[i].value);
}

/* All rows of the person's, the proof of consents aside. */
static int
drop(struct fu_session *s, int64_t prospect, const struct fu_known_by *k,
    struct fu_erased *erased, struct fu_err *err)
{
	for (size_t i = 0; i < k->n; i++)
		if (k->as[i].own && fu_identity_drop(&s->store, k->as[i].kind,
		    k->as[i].value, prospect, err) == -1)
			return (-1);
	if (fu_wording_used(&s->store, prospect, err) == -1 ||
	    fu_erase_person(&s->store, prospect, err) == -1)
		return (-1);
	erased->people++;
	return (0);
}

struct telling {
	void	(*tell)(void *, const char *, int64_t, int64_t);
	void	*ctx;
	uint64_t n;
};

static void
told(void *ctx, const char *table, int64_t prospect, int64_t id)
{
	struct telling	*t = ctx;

	t->n++;
	if (t->tell != NULL)
		t->tell(t->ctx, table, prospect, id);
}

static void
trace(struct fu_session *s, struct fu_erased *erased, const char *text)
{
	for (size_t i = 0; i < erased->ntrace; i++)
		if (fu_streq_nocase(erased->trace[i], text))
			return;
	erased->trace = fu_grow(&s->arena, erased->trace, erased->ntrace,
	    &erased->cap_trace, sizeof(*erased->trace));
	erased->trace[erased->ntrace++] = fu_dup(&s->arena, text);
}

/* What nothing of must be found afterwards. */
static void
traces(struct fu_session *s, const struct fu_prospect *p,
    const struct fu_known_by *k, struct fu_erased *erased)
{
	const char	*first = p->person.f[FU_F_FIRST_NAME];
	const char	*last = p->person.f[FU_F_LAST_NAME];
	const char	*local;

	for (size_t i = 0; i < k->n; i++) {
		if (k->as[i].kind != FU_ID_EMAIL &&
		    k->as[i].kind != FU_ID_PHONE)
			continue;
		trace(s, erased, k->as[i].value);
		if (k->as[i].kind == FU_ID_PHONE)
			continue;
		local = fu_printf(&s->arena, "%.*s",
		    (int)strcspn(k->as[i].value, "+@"), k->as[i].value);
		if (strlen(local) >= LOCAL_MIN &&
		    !fu_is_desk(s->rulebook, local))
			trace(s, erased, local);
	}
	if (!fu_blank(first) && !fu_blank(last))
		trace(s, erased, fu_printf(&s->arena, "%s %s", first, last));
}

/* One transaction's work: 0 or -1. */
static int
erase(struct fu_session *s, struct fu_witness *w, const struct fu_prospect *p,
    const char *reason, struct telling *t, struct fu_erased *erased,
    struct fu_arena *arena, struct fu_err *err)
{
	struct fu_known_by	 k;
	struct fu_own		 own;

	fu_own_init(&own, arena);
	if (fu_known_by(s, p, arena, &k, err) == -1)
		return (-1);
	fu_known_own(p, &k, &own);
	fu_privacy_locals(s, &k, &own);
	traces(s, p, &k, erased);
	if (suppress(s, w, p->id, &k, reason, erased, err) == -1 ||
	    drop(s, p->id, &k, erased, err) == -1 ||
	    fu_privacy_sweep(s, &own, true, &erased->strangers, err) == -1 ||
	    fu_privacy_mentions(s, &k, told, t, err) == -1)
		return (-1);
	return (w == NULL ? 0 : fu_witness_sync(w, err));
}

int
fu_privacy_erase(struct fu_session *s, int64_t prospect, const char *reason,
    void (*tell)(void *, const char *, int64_t, int64_t), void *ctx,
    struct fu_erased *erased, struct fu_err *err)
{
	struct fu_witness	*w = NULL;
	struct telling		 t = { tell, ctx, 0 };
	struct fu_prospect	 p;
	struct fu_arena		 arena;
	int			 rc;

	fu_arena_init(&arena);
	fu_db_shred(s->store.db);
	if (!s->store.rehearsal && !s->store.dry &&
	    (w = fu_witness_open(s, err)) == NULL) {
		fu_arena_free(&arena);
		return (-1);
	}
	if ((rc = fu_store_begin(&s->store, err)) == 0) {
		rc = fu_prospect_load(&s->store, prospect, &arena, &p, err);
		if (rc == 1 && (erase(s, w, &p, reason, &t, erased, &arena,
		    err) == -1 || fu_store_commit(&s->store, err) == -1))
			rc = -1;
		if (rc != 1)
			fu_store_rollback(&s->store);
	}
	erased->mentions += t.n;
	fu_witness_close(w);
	fu_arena_free(&arena);
	return (rc);
}

int
fu_privacy_scrub(struct fu_session *s, struct fu_err *err)
{
	return (s->store.dry ? 0 : fu_db_scrub(s->store.db, err));
}

static int
by_text(const void *a, const void *b)
{
	return (strcmp(*(const char *const *)a, *(const char *const *)b));
}

/* Is an address of theirs one of the subjects, which are sorted? */
static bool
is_among(struct fu_session *s, const struct fu_known_by *k,
    const char *const *subjects, size_t n)
{
	char		 subject[FU_SUBJECT_LEN];
	const char	*key = subject;

	for (size_t i = 0; i < k->n; i++)
		for (size_t x = 0; x < s->keys.n; x++) {
			if (k->as[i].kind == FU_ID_EMAIL)
				fu_subject_email(&s->keys.key[x],
				    k->as[i].value, subject);
			else if (k->as[i].kind == FU_ID_PHONE)
				fu_subject_phone(&s->keys.key[x],
				    k->as[i].value, subject);
			else
				continue;
			if (bsearch(&key, subjects, n, sizeof(*subjects),
			    by_text) != NULL)
				return (true);
		}
	return (false);
}

int
fu_privacy_erase_again(struct fu_session *s, const char *const *subjects,
    size_t n, uint64_t *people, struct fu_err *err)
{
	struct fu_erased	 erased = { 0 };
	struct fu_prospect	*p;
	struct fu_known_by	 k;
	struct fu_arena		 arena;
	const char		**sorted;
	int64_t			 after = 0;
	size_t			 got = PEOPLE_SLICE;
	int			 rc = 0;

	sorted = fu_alloc_array(&s->arena, n, sizeof(*sorted));
	memcpy(sorted, subjects, n * sizeof(*sorted));
	qsort(sorted, n, sizeof(*sorted), by_text);
	fu_arena_init(&arena);
	while (rc == 0 && got == PEOPLE_SLICE) {
		rc = fu_prospects_next(&s->store, after, PEOPLE_SLICE, &arena,
		    &p, &got, err);
		for (size_t i = 0; rc == 0 && i < got; i++) {
			after = p[i].id;
			rc = fu_known_by(s, &p[i], &arena, &k, err);
			if (rc == 0 && is_among(s, &k, sorted, n) &&
			    fu_privacy_erase(s, p[i].id, "adopted", NULL, NULL,
			    &erased, err) == -1)
				rc = -1;
		}
		fu_arena_reset(&arena);
	}
	fu_arena_free(&arena);
	*people = erased.people;
	if (rc == 0 && erased.people > 0)
		rc = fu_privacy_scrub(s, err);
	return (rc);
}

/* One slice of people whose time is over. */
static int
purge_people(struct fu_session *s, enum fu_keep keep, int64_t before_us,
    int64_t *after, size_t *n, struct fu_err *err)
{
	struct fu_ledger_row	 row = { .subject = "", .channel = "all",
		.event = "erase", .reason = "retention_expired",
		.rule = "GD-11", .source = fu_keep_names[keep],
		.actor = "operator" };
	struct fu_erased	 erased = { 0 };
	struct fu_known_by	 k;
	struct fu_prospect	 p;
	struct fu_arena		 arena;
	struct fu_own		 own;
	int64_t			 id[PEOPLE_SLICE];
	int			 rc;

	fu_arena_init(&arena);
	fu_own_init(&own, &arena);
	rc = (keep == FU_KEEP_VISITORS ? fu_erase_stale_visitors :
	    fu_erase_stale)(&s->store, before_us, *after, PEOPLE_SLICE, id, n,
	    err);
	for (size_t i = 0; rc == 0 && i < *n; i++) {
		*after = row.prospect = id[i];
		row.at_us = s->store.now_us;
		if (fu_prospect_load(&s->store, id[i], &arena, &p, err) == -1 ||
		    fu_known_by(s, &p, &arena, &k, err) == -1 ||
		    drop(s, id[i], &k, &erased, err) == -1 ||
		    fu_ledger_note(&s->store, &row, err) == -1)
			rc = -1;
		else
			fu_known_own(&p, &k, &own);
	}
	if (rc == 0 && *n > 0)
		rc = fu_privacy_sweep(s, &own, false, &erased.strangers, err);
	fu_arena_free(&arena);
	return (rc);
}

/* Rows of a slice of people, or the runs. */
static int
purge_rows(struct fu_session *s, enum fu_keep keep, int64_t before_us,
    int64_t from, uint64_t *n, struct fu_err *err)
{
	struct fu_store	*store = &s->store;
	int64_t		 to = from + ROWS_SLICE;

	switch (keep) {
	case FU_KEEP_TRANSCRIPTS:
		if (fu_erase_older(store, FU_STALE_TURNS, from, to, before_us,
		    n, err) == -1)
			return (-1);
		return (fu_erase_older(store, FU_STALE_TRANSCRIPTS, from, to,
		    before_us, n, err));
	case FU_KEEP_MESSAGES:
		return (fu_erase_older(store, FU_STALE_MESSAGES, from, to,
		    before_us, n, err));
	case FU_KEEP_DECISIONS:
		return (fu_erase_older(store, FU_STALE_DECISIONS, from, to,
		    before_us, n, err));
	default:
		return (fu_erase_runs(store, before_us, n, err));
	}
}

int
fu_privacy_purge(struct fu_session *s, enum fu_keep keep, int64_t keep_us,
    uint64_t *count, struct fu_err *err)
{
	struct fu_store	*store = &s->store;
	int64_t		 before = fu_session_now(s) - keep_us, at = 0, end;
	size_t		 n = 0;
	bool		 people = keep <= FU_KEEP_VISITORS, more = true;
	int		 rc;

	*count = 0;
	fu_db_shred(store->db);
	if (fu_erase_end(store, &end, err) == -1)
		return (-1);
	while (more && !fu_sig_stopping()) {
		if (fu_store_begin(store, err) == -1)
			return (-1);
		if (people) {
			rc = purge_people(s, keep, before, &at, &n, err);
			*count += n;
			more = n == PEOPLE_SLICE;
		} else {
			rc = purge_rows(s, keep, before, at, count, err);
			at += ROWS_SLICE;
			more = keep != FU_KEEP_RUNS && at < end;
		}
		if (rc == 0)
			rc = fu_store_commit(store, err);
		if (rc == -1) {
			fu_store_rollback(store);
			return (-1);
		}
	}
	return (0);
}

/* The same day so many years ago, or the month's last. */
static int64_t
years_ago(int64_t now_us, int years)
{
	struct fu_date	 d = fu_date_of_days((int32_t)(now_us / FU_DAY));

	d.year = (int16_t)(d.year - years);
	if (!fu_date_valid(d))
		d.day = 28;
	return (fu_date_days(d) * FU_DAY + now_us % FU_DAY);
}

int
fu_privacy_purge_wordings(struct fu_session *s, uint64_t *count,
    struct fu_err *err)
{
	*count = 0;
	fu_db_shred(s->store.db);
	if (fu_store_begin(&s->store, err) == -1)
		return (-1);
	if (fu_wording_purge(&s->store, years_ago(fu_session_now(s),
	    EVIDENCE_YEARS), count, err) == -1 ||
	    fu_store_commit(&s->store, err) == -1) {
		fu_store_rollback(&s->store);
		return (-1);
	}
	return (0);
}
