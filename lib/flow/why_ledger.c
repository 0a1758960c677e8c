/*
 * What the ledger tells: of a person, by whatever address, and of an address
 * that is nobody's.
 *
 * Must never write.
 */
#include <string.h>

#include "flow/why_room.h"
#include "record/email.h"
#include "store/identity.h"
#include "store/ledger.h"
#include "store/prospects.h"

struct subjects {
	const char	**list;
	size_t		 n, cap;
};

/* By each key that there was. */
static void
add_subjects(const struct fu_teller *t, enum fu_id_kind kind,
    const char *value, struct subjects *s)
{
	const struct fu_keys	*keys = &t->session->keys;
	char			 subject[FU_SUBJECT_LEN];

	for (size_t x = 0; value != NULL && x < keys->n; x++) {
		(kind == FU_ID_EMAIL ? fu_subject_email : fu_subject_phone)(
		    &keys->key[x], value, subject);
		s->list = fu_grow(t->arena, s->list, s->n, &s->cap,
		    sizeof(*s->list));
		s->list[s->n++] = fu_dup(t->arena, subject);
	}
}

/* Every address that they have. */
static int
subjects_of(const struct fu_teller *t, struct subjects *s, struct fu_err *err)
{
	const struct fu_prospect	*p = &t->told->person.p;
	const enum fu_id_kind		 kind[] = { FU_ID_EMAIL, FU_ID_PHONE };
	const enum fu_field		 own[] = { FU_F_EMAIL, FU_F_PHONE };
	const char			**more;
	size_t				 n;

	memset(s, 0, sizeof(*s));
	for (size_t k = 0; k < 2; k++) {
		if (fu_identity_extra(&t->session->store, p->id, kind[k],
		    t->arena, &more, &n, err) == -1)
			return (-1);
		for (size_t i = 0; i < n; i++)
			add_subjects(t, kind[k], more[i], s);
		add_subjects(t, kind[k], p->person.f[own[k]], s);
	}
	return (0);
}

static int
tell_recorded(struct fu_teller *t, int64_t prospect, const struct subjects *by,
    struct fu_err *err)
{
	struct fu_recorded	*r;
	struct fu_story		*s;
	size_t			 n;

	if (fu_recorded_of(&t->session->store, prospect, by->list, by->n,
	    t->arena, &r, &n, err) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++) {
		s = fu_teller_add(t, r[i].at_us, strcmp(r[i].event,
		    "consent") == 0 ? "consent" : "suppression",
		    FU_RANK_LEDGER);
		s->verdict = r[i].status != NULL ? r[i].status : r[i].event;
		s->reason = r[i].reason;
		s->rule = r[i].rule;
		s->channel = r[i].channel;
		s->ledger = r[i].seq;
		s->text = fu_why_recorded(t, &r[i]);
	}
	return (0);
}

int
fu_teller_ledger(struct fu_teller *t, struct fu_err *err)
{
	struct subjects	 by;

	if (subjects_of(t, &by, err) == -1)
		return (-1);
	return (tell_recorded(t, t->told->person.p.id, &by, err));
}

/* What holds of it, whoever comes to have it. */
static int
tell_closed(struct fu_teller *t, const struct subjects *by, struct fu_err *err)
{
	int64_t			 now = fu_session_now(t->session);
	struct fu_suppression	*list;
	struct fu_story		*s;
	size_t			 n;

	for (size_t i = 0; i < by->n; i++) {
		if (fu_suppressions(&t->session->store, by->list[i], NULL, now,
		    t->arena, &list, &n, err) == -1)
			return (-1);
		for (size_t k = 0; k < n; k++) {
			s = fu_teller_add(t, now, "now", FU_RANK_NOW);
			s->verdict = "suppressed";
			s->reason = list[k].reason;
			s->rule = list[k].rule;
			s->channel = list[k].channel;
			s->until_us = list[k].until_us;
			s->text = fu_printf(t->arena, "whoever has it gets "
			    "nothing by %s: %s since %s",
			    strcmp(s->channel, "all") == 0 ? "any channel" :
			    s->channel, s->reason, fu_why_moment(t,
			    list[k].at_us));
		}
	}
	return (0);
}

int
fu_why_nobody(struct fu_session *session, const char *text,
    struct fu_arena *arena, struct fu_told *told, struct fu_err *err)
{
	struct fu_teller	 t = { .session = session, .arena = arena,
		.told = told };
	const char		**f = told->person.p.person.f;
	struct subjects		 by = { 0 };

	memset(told, 0, sizeof(*told));
	told->person.zone = session->config.company.zone;
	if (strchr(text, '@') != NULL) {
		if (fu_email_parse(fu_str_of(text), arena, &f[FU_F_EMAIL],
		    NULL) == 0)
			add_subjects(&t, FU_ID_EMAIL, f[FU_F_EMAIL], &by);
	} else if ((f[FU_F_PHONE] = fu_phone_typed(text, arena)) != NULL)
		add_subjects(&t, FU_ID_PHONE, f[FU_F_PHONE], &by);
	if (by.n == 0)
		return (0);
	if (tell_recorded(&t, 0, &by, err) == -1 ||
	    tell_closed(&t, &by, err) == -1)
		return (-1);
	fu_teller_sort(&t);
	return (told->n > 0);
}
