/*
 * Everything that is held about one person, as one document.
 *
 * Must never name anybody else: what a rep or a colleague is called, and which
 * other person a record was kept apart from, is not theirs to see.  In texts
 * it finds addresses and numbers; names are left to who hands it out.
 */
#include <string.h>

#include "flow/privacy_room.h"
#include "store/enrolments.h"
#include "store/events.h"
#include "store/history.h"
#include "store/identity.h"
#include "store/ledger.h"
#include "store/touches.h"

static const char rights[] =
    "You may ask for correction, erasure, restriction or a copy of this data, "
    "withdraw a consent, and object to marketing at any time, which ends it on "
    "every channel; and complain to the supervisory authority.";

static const char notes[] =
    "Mail addresses and telephone numbers in texts and in columns of our own "
    "that are not yours stand as " FU_MASK_ADDRESS " and " FU_MASK_NUMBER ", "
    "because they are other people's data.  Names of other people are not "
    "found by this program: whoever sends this copy looks for them in what "
    "somebody wrote.  The wording of a consent is as it was shown.";

static const char logic[] =
    "The score is the sum of the factors, from 0 to 100; each factor is a rule "
    "that somebody here wrote, with the reason beside it.  It decides who is "
    "written to and whom a person calls, and nothing else.";

void
fu_export_controller(struct fu_exporter *x)
{
	const struct fu_config	*c = &x->session->config;

	fu_jw_object(&x->jw, "controller");
	fu_jw_str(&x->jw, "name", c->company.name);
	fu_jw_str(&x->jw, "postal_address", c->company.postal_address);
	fu_jw_str(&x->jw, "privacy_notice", c->company.privacy_notice);
	fu_jw_str(&x->jw, "purpose", c->law.notice.purpose);
	fu_jw_str(&x->jw, "interest", c->law.notice.interest);
	fu_jw_str(&x->jw, "authority", c->law.notice.authority);
	fu_jw_object_end(&x->jw);
}

void
fu_export_notes(struct fu_exporter *x)
{
	fu_jw_str(&x->jw, "rights", rights);
	fu_jw_str(&x->jw, "notes", notes);
}

static void
put_text(struct fu_exporter *x, const char *key, const char *text)
{
	fu_jw_str(&x->jw, key, fu_mask(&x->own, text, &x->arena));
}

/* A field that somebody may have written what they liked into. */
static bool
is_free(int field)
{
	return (fu_fields[field].type == FU_FT_TEXT &&
	    field != FU_F_EXTERNAL_SYSTEM && field != FU_F_EXTERNAL_ID &&
	    field != FU_F_VISITOR && field != FU_F_WEBSITE &&
	    field != FU_F_LINKEDIN);
}

static void
put_person(struct fu_exporter *x)
{
	const struct fu_prospect	*p = &x->person.p;

	fu_jw_object(&x->jw, "person");
	fu_jw_int(&x->jw, "prospect", p->id);
	fu_jw_time(&x->jw, "known_since", p->known_us);
	for (int i = 0; i < FU_FIELD_N; i++) {
		/* Who looks after them here is a colleague. */
		if (p->person.f[i] == NULL || i == FU_F_OWNER)
			continue;
		if (is_free(i))
			put_text(x, fu_fields[i].name, p->person.f[i]);
		else
			fu_jw_str(&x->jw, fu_fields[i].name, p->person.f[i]);
	}
	if (p->attrs_json != NULL)
		fu_mask_json(&x->own, &x->jw, "custom",
		    fu_str_of(p->attrs_json), true);
	fu_jw_object_end(&x->jw);
}

static void
put_known(struct fu_exporter *x)
{
	static const char *const	 name[] = { "", "email", "phone",
		"external_id", "visitor", "company_domain" };

	fu_jw_array(&x->jw, "known_by");
	for (size_t i = 0; i < x->known.n; i++) {
		fu_jw_object(&x->jw, NULL);
		fu_jw_str(&x->jw, "kind", name[x->known.as[i].kind]);
		fu_jw_str(&x->jw, "value", x->known.as[i].value);
		fu_jw_object_end(&x->jw);
	}
	fu_jw_array_end(&x->jw);
}

static int
put_sources(struct fu_exporter *x, struct fu_err *err)
{
	struct fu_given	*g;
	size_t		 n;

	if (fu_given_of(&x->session->store, x->person.p.id, &x->arena, &g, &n,
	    err) == -1)
		return (-1);
	fu_jw_array(&x->jw, "sources");
	for (size_t i = 0; i < n; i++) {
		fu_jw_object(&x->jw, NULL);
		put_text(x, "name", g[i].name);
		fu_jw_time(&x->jw, "at", g[i].at_us);
		fu_jw_array(&x->jw, "fields");
		for (int k = 0; k < FU_FIELD_N; k++)
			if ((g[i].fields >> k & 1) != 0)
				fu_jw_str(&x->jw, NULL, fu_fields[k].name);
		fu_jw_array_end(&x->jw);
		fu_jw_object_end(&x->jw);
	}
	fu_jw_array_end(&x->jw);
	return (0);
}

/* Every hash that one of their addresses has, of keys of old too. */
static const char **
subjects(struct fu_exporter *x, size_t *n)
{
	const struct fu_keys	*keys = &x->session->keys;
	const char		**list = fu_alloc_array(&x->arena,
	    x->known.n * keys->n + 1, sizeof(*list));
	char			 hash[FU_SUBJECT_LEN];

	*n = 0;
	for (size_t i = 0; i < x->known.n; i++)
		for (size_t k = 0; k < keys->n; k++) {
			const struct fu_known_as	*as = &x->known.as[i];

			if (as->kind == FU_ID_EMAIL)
				fu_subject_email(&keys->key[k], as->value,
				    hash);
			else if (as->kind == FU_ID_PHONE)
				fu_subject_phone(&keys->key[k], as->value,
				    hash);
			else
				continue;
			list[(*n)++] = fu_dup(&x->arena, hash);
		}
	return (list);
}

/* What a consent carries, and the text that was agreed to. */
static void
put_evidence(struct fu_exporter *x, const struct fu_recorded *r)
{
	struct fu_object	 o;

	fu_jw_str(&x->jw, "wording_sha256", r->evidence);
	fu_jw_str(&x->jw, "wording", r->wording);
	if (r->detail == NULL || fu_json_object(&x->arena,
	    fu_str_of(r->detail), &o, NULL) == -1)
		return;
	for (size_t i = 0; i < o.n; i++)
		fu_jw_raw(&x->jw, fu_dup_str(&x->arena, o.member[i].key),
		    o.member[i].value.raw);
}

int
fu_export_ledger(struct fu_exporter *x, bool consents, struct fu_err *err)
{
	const char		**subject;
	struct fu_recorded	*r;
	size_t			 n, nsubject;

	subject = subjects(x, &nsubject);
	if (fu_recorded_of(&x->session->store, x->person.p.id, subject,
	    nsubject, &x->arena, &r, &n, err) == -1)
		return (-1);
	fu_jw_array(&x->jw, consents ? "consents" : "suppressions");
	for (size_t i = 0; i < n; i++) {
		if ((strcmp(r[i].event, "consent") == 0) != consents)
			continue;
		fu_jw_object(&x->jw, NULL);
		fu_jw_time(&x->jw, "at", r[i].at_us);
		fu_jw_time(&x->jw, "recorded", r[i].recorded_us);
		fu_jw_str(&x->jw, "channel", r[i].channel);
		if (consents)
			fu_jw_str(&x->jw, "status", r[i].status);
		else
			fu_jw_str(&x->jw, "event", r[i].event);
		fu_jw_str(&x->jw, "reason", r[i].reason);
		fu_jw_str(&x->jw, "rule", r[i].rule);
		fu_jw_str(&x->jw, "method", r[i].source);
		if (consents) {
			fu_jw_str(&x->jw, "purpose", r[i].purpose);
			put_evidence(x, &r[i]);
		}
		fu_jw_object_end(&x->jw);
	}
	fu_jw_array_end(&x->jw);
	return (0);
}

/* The words of the last try of a touch. */
static const char *
words_of(const struct fu_tried *t, size_t n, int64_t touch)
{
	const char	*text = NULL;

	for (size_t i = 0; i < n; i++)
		if (t[i].touch == touch && t[i].text != NULL)
			text = t[i].text;
	return (text);
}

static int
put_touches(struct fu_exporter *x, struct fu_err *err)
{
	struct fu_store		*store = &x->session->store;
	struct fu_touch_row	*r;
	struct fu_tried		*t;
	size_t			 n, nt;

	if (fu_touches_of(store, x->person.p.id, 0, &x->arena, &r, &n,
	    err) == -1 || fu_tried_of(store, x->person.p.id, &x->arena, &t,
	    &nt, err) == -1)
		return (-1);
	fu_jw_array(&x->jw, "touches");
	for (size_t i = 0; i < n; i++) {
		/* Tasks are words to a colleague; what never left is no touch. */
		if (r[i].t.channel == FU_CH_TASK ||
		    (r[i].t.state != FU_T_SENT &&
		    r[i].t.state != FU_T_UNCERTAIN))
			continue;
		fu_jw_object(&x->jw, NULL);
		fu_jw_int(&x->jw, "touch", r[i].t.id);
		fu_jw_time(&x->jw, "at", r[i].t.sent_us != FU_NEVER ?
		    r[i].t.sent_us : r[i].handled_us);
		fu_jw_str(&x->jw, "state", fu_touch_state_name(r[i].t.state));
		fu_jw_str(&x->jw, "channel", fu_channel_name(r[i].t.channel));
		fu_jw_str(&x->jw, "to", r[i].address);
		fu_jw_str(&x->jw, "cadence", r[i].t.cadence);
		fu_jw_str(&x->jw, "step", r[i].t.step);
		fu_jw_str(&x->jw, "message_id", r[i].t.message_id);
		put_text(x, "subject", r[i].subject);
		put_text(x, "text", words_of(t, nt, r[i].t.id));
		fu_jw_object_end(&x->jw);
	}
	fu_jw_array_end(&x->jw);
	return (0);
}

void
fu_export_event(struct fu_exporter *x, const struct fu_event *e, bool portable)
{
	fu_jw_object(&x->jw, NULL);
	fu_jw_str(&x->jw, "event", e->name);
	fu_jw_time(&x->jw, "at", e->at_us);
	if (e->from != FU_FROM_NONE)
		fu_jw_str(&x->jw, "from", e->from == FU_FROM_PROSPECT ?
		    "prospect" : e->from == FU_FROM_BOT ? "bot" : "rep");
	if (e->channel != NULL)
		fu_jw_str(&x->jw, "channel", e->channel);
	if (e->arg != NULL)
		put_text(x, "about", e->arg);
	if (e->text != NULL)
		put_text(x, "text", e->text);
	if (e->signals != NULL && !portable)
		fu_mask_json(&x->own, &x->jw, "signals", fu_str_of(e->signals),
		    false);
	/* As it came, where it came from them. */
	if (e->body != NULL && fu_event_inbound(e))
		fu_mask_json(&x->own, &x->jw, "record", fu_str_of(e->body),
		    false);
	fu_jw_object_end(&x->jw);
}

static void
put_events(struct fu_exporter *x)
{
	const struct fu_case	*c = &x->person;

	fu_jw_array(&x->jw, "events");
	for (size_t i = 0; i < c->nevent; i++)
		if (c->event[i].kind != FU_K_SENT &&
		    c->event[i].kind != FU_K_SCORED)
			fu_export_event(x, &c->event[i], false);
	fu_jw_array_end(&x->jw);
}

static void
put_score(struct fu_exporter *x)
{
	const struct fu_prospect	*p = &x->person.p;

	if (p->score < 0)
		return;
	fu_jw_object(&x->jw, "score");
	fu_jw_int(&x->jw, "score", p->score);
	fu_jw_str(&x->jw, "band", p->band);
	fu_jw_time(&x->jw, "at", p->scored_us);
	if (p->factors != NULL)
		fu_mask_json(&x->own, &x->jw, "factors",
		    fu_str_of(p->factors), false);
	fu_jw_str(&x->jw, "logic", logic);
	fu_jw_object_end(&x->jw);
}

/* Members of a package that are of the person, not of who got it. */
static void
put_package(struct fu_exporter *x, const char *package)
{
	static const char *const	 keep[] = { "evidence", "score",
		"factors", "transcript", "summary", "action" };
	struct fu_object		 o;
	struct fu_err			 err;
	const struct fu_json		*v;

	if (fu_json_object(&x->arena, fu_str_of(package), &o, &err) == -1)
		return;
	for (size_t i = 0; i < sizeof(keep) / sizeof(*keep); i++)
		if ((v = fu_json_get(&o, keep[i])) != NULL)
			fu_mask_json(&x->own, &x->jw, keep[i], v->raw, false);
}

static int
put_handoffs(struct fu_exporter *x, struct fu_err *err)
{
	struct fu_handed	*h;
	size_t			 n;

	if (fu_handed_of(&x->session->store, x->person.p.id, &x->arena, &h, &n,
	    err) == -1)
		return (-1);
	fu_jw_array(&x->jw, "handoffs");
	for (size_t i = 0; i < n; i++) {
		fu_jw_object(&x->jw, NULL);
		fu_jw_int(&x->jw, "handoff", h[i].id);
		fu_jw_time(&x->jw, "at", h[i].fired_us);
		fu_jw_str(&x->jw, "state", h[i].state);
		fu_jw_str(&x->jw, "trigger", h[i].trigger);
		put_package(x, h[i].package);
		fu_jw_time(&x->jw, "closed", h[i].closed_us);
		fu_jw_object_end(&x->jw);
	}
	fu_jw_array_end(&x->jw);
	return (0);
}

static int
put_decisions(struct fu_exporter *x, struct fu_err *err)
{
	struct fu_decided	*d;
	size_t			 n;

	if (fu_decided_of(&x->session->store, x->person.p.id, &x->arena, &d,
	    &n, err) == -1)
		return (-1);
	fu_jw_array(&x->jw, "decisions");
	for (size_t i = 0; i < n; i++) {
		fu_jw_object(&x->jw, NULL);
		fu_jw_time(&x->jw, "at", d[i].at_us);
		fu_jw_str(&x->jw, "kind", d[i].kind);
		fu_jw_str(&x->jw, "verdict", d[i].verdict);
		/* Of a rep's verbs the reason is who. */
		if (strcmp(d[i].kind, "handoff") != 0)
			put_text(x, "reason", d[i].reason);
		if (d[i].rule != NULL)
			fu_jw_str(&x->jw, "rule", d[i].rule);
		fu_jw_object_end(&x->jw);
	}
	fu_jw_array_end(&x->jw);
	return (0);
}

static void
put_terms(struct fu_exporter *x)
{
	const struct fu_config	*c = &x->session->config;

	fu_jw_object(&x->jw, "recipients");
	fu_jw_str(&x->jw, "categories", c->law.notice.recipients);
	fu_jw_array(&x->jw, "processors");
	for (size_t i = 0; i < c->law.nprocessor; i++) {
		const struct fu_processor	*p = &c->law.processor[i];

		fu_jw_object(&x->jw, NULL);
		fu_jw_str(&x->jw, "name", p->name);
		fu_jw_array(&x->jw, "places");
		for (size_t k = 0; k < p->places.n; k++)
			fu_jw_str(&x->jw, NULL, p->places.item[k]);
		fu_jw_array_end(&x->jw);
		fu_jw_object_end(&x->jw);
	}
	fu_jw_array_end(&x->jw);
	fu_jw_object_end(&x->jw);
	fu_jw_object(&x->jw, "retention_days");
	for (int i = 0; i < FU_KEEP_N; i++)
		if (fu_keep_us(c, i) > 0)
			fu_jw_int(&x->jw, fu_keep_names[i],
			    fu_keep_us(c, i) / FU_DAY);
	fu_jw_object_end(&x->jw);
	fu_export_notes(x);
}

static int
put_access(struct fu_exporter *x, struct fu_err *err)
{
	fu_export_controller(x);
	put_person(x);
	put_known(x);
	if (put_sources(x, err) == -1 ||
	    fu_export_ledger(x, true, err) == -1 ||
	    fu_export_ledger(x, false, err) == -1)
		return (-1);
	put_events(x);
	if (put_touches(x, err) == -1)
		return (-1);
	put_score(x);
	if (put_handoffs(x, err) == -1 || put_decisions(x, err) == -1)
		return (-1);
	put_terms(x);
	return (0);
}

static int
put_all(struct fu_exporter *x, bool portable, struct fu_err *err)
{
	fu_own_init(&x->own, &x->arena);
	fu_known_own(&x->person.p, &x->known, &x->own);
	for (size_t i = 0; i < x->known.n; i++)
		if (x->known.as[i].kind == FU_ID_EXTERNAL ||
		    x->known.as[i].kind == FU_ID_VISITOR)
			fu_own_number(&x->own, x->known.as[i].value);
	fu_jw_object(&x->jw, NULL);
	fu_jw_str(&x->jw, "type", portable ? "portable_copy" : "access");
	fu_jw_time(&x->jw, "made_at", fu_session_now(x->session));
	if ((portable ? fu_export_portable : put_access)(x, err) == -1)
		return (-1);
	fu_jw_object_end(&x->jw);
	fu_buf_putc(x->jw.out, '\n');
	return (0);
}

int
fu_privacy_export(struct fu_session *s, int64_t prospect, bool portable,
    struct fu_buf *out, struct fu_err *err)
{
	struct fu_exporter	 x = { .session = s };
	int			 rc;

	fu_arena_init(&x.arena);
	fu_jw_init(&x.jw, out);
	/* One state of the database, whoever writes meanwhile. */
	if ((rc = fu_db_begin_read(s->store.db, err)) == 0) {
		rc = fu_case_load(s, prospect, 0, &x.arena, &x.person, err);
		if (rc == 1 && (fu_known_by(s, &x.person.p, &x.arena, &x.known,
		    err) == -1 || put_all(&x, portable, err) == -1))
			rc = -1;
		fu_db_rollback(s->store.db);
	}
	fu_arena_free(&x.arena);
	return (rc);
}
