/*
 * One marked mail to an address of ours: a message as a person would have it.
 *
 * Must never write to the store, nor carry a link that acts for that person.
 */
#include <stdio.h>
#include <string.h>

#include "config/nearest.h"
#include "content/compose.h"
#include "content/token.h"
#include "flow/handoff_room.h"
#include "flow/send_room.h"
#include "flow/send_text.h"
#include "record/email.h"
#include "store/enrolments.h"
#include "store/shown.h"
#include "store/touches.h"

/* What is being tried. */
struct trial {
	struct fu_send			*send;
	struct fu_arena			*arena;
	const char			*to;
	struct fu_case			*c;
	const struct fu_message		*m;
	const struct fu_document	*insight;
	enum fu_channel			 channel;	/* its words are for */
	int64_t				 enrolment;	/* theirs, active; or 0 */
	struct fu_thread		 thread;	/* that it goes on with */
	bool				 notice;	/* the first touch has one */
	struct fu_text_out		 out;
	const char			*subject;
	struct fu_delivery		 delivery;
	struct fu_via			*via;
};

static int
find_message(struct trial *t, const char *name, struct fu_err *err)
{
	const struct fu_send	*s = t->send;
	struct fu_nearest	 nearest;

	t->m = fu_message_find(s->message, s->nmessage, name,
	    t->c->p.person.f[FU_F_LANGUAGE]);
	if (t->m != NULL)
		return (0);
	fu_nearest_start(&nearest, name);
	for (size_t i = 0; i < s->nmessage; i++)
		fu_nearest_try(&nearest, s->message[i].id);
	return (fu_err_set(err, FU_NOTFOUND, "no message \"%s\" in %s%s%s%s",
	    name, s->session->config.messages_dir,
	    nearest.word != NULL ? ": did you mean " : "",
	    nearest.word != NULL ? nearest.word : "",
	    nearest.word != NULL ? "?" : ""));
}

static const struct fu_step *
step_in(const struct fu_cadence *cadence, const char *message)
{
	for (size_t i = 0; cadence != NULL && i < cadence->nstep; i++)
		if (fu_streq(cadence->step[i].message, message))
			return (&cadence->step[i]);
	return (NULL);
}

/* The step that says it: of their own cadence, else of any; or NULL. */
static int
find_step(struct trial *t, const struct fu_step **step, struct fu_err *err)
{
	const struct fu_config	*config = &t->send->session->config;
	struct fu_enrolment	 e;
	int			 rc;

	rc = fu_enrolment_active(&t->send->session->store, t->c->p.id,
	    t->arena, &e, err);
	if (rc == -1)
		return (-1);
	t->enrolment = rc == 1 ? e.id : 0;
	*step = rc == 0 ? NULL : step_in(fu_cadence_find(config, e.cadence),
	    t->m->id);
	for (size_t i = 0; *step == NULL && i < config->ncadence; i++)
		*step = step_in(&config->cadence[i], t->m->id);
	return (0);
}

/* A mail where one is among its channels, else the first of them. */
static enum fu_channel
channel_of(const struct trial *t, const struct fu_step *step)
{
	if (t->m->subject != NULL || step == NULL)
		return (FU_CH_EMAIL);
	for (size_t i = 0; i < step->nchannel; i++)
		if (step->channel[i] == FU_CH_EMAIL)
			return (FU_CH_EMAIL);
	return (step->nchannel > 0 ? step->channel[0] : FU_CH_EMAIL);
}

static bool
names_insight(const char *template)
{
	return (template != NULL && strstr(template, "insight") != NULL);
}

/* Does the message say anything of one? */
static bool
uses_insight(const struct fu_message *m)
{
	bool	 uses = names_insight(m->body) || names_insight(m->subject);

	for (size_t i = 0; i < m->nvariant; i++)
		uses = uses || names_insight(m->variant[i].subject);
	return (uses);
}

/* The best that they have not had, of the step's kinds if it has some. */
static int
choose_insight(struct trial *t, const struct fu_step *step, struct fu_err *err)
{
	static const struct fu_list	 any = { NULL, 0 };
	struct fu_session		*session = t->send->session;
	const struct fu_list		*kinds = step == NULL ? &any :
	    step->insight.n > 0 ? &step->insight : &step->rotate;
	struct fu_phrasing		 phrasing = { .told = NULL };
	struct fu_shown			 shown;
	struct fu_choice		 choice;

	/* A step that asks for none gets none, as when it leaves. */
	if (!uses_insight(t->m) || (step != NULL && kinds->n == 0))
		return (0);
	if (fu_shown_load(&session->store, t->c->p.id, t->arena, &shown,
	    err) == -1 || fu_knowledge_choose(&t->send->knowledge, t->c, kinds,
	    t->m->language, fu_session_now(session), &shown, t->arena, &choice,
	    err) == -1)
		return (-1);
	fu_send_paragraph(t->send, t->c, t->m, &choice, t->arena, &phrasing);
	fu_send_phrased(&phrasing, &choice, t->arena);
	t->insight = choice.document;
	return (0);
}

/* Would the first touch have to say where we have them from?  [GD-05] */
static int
ask_notice(struct trial *t, struct fu_err *err)
{
	struct fu_session	*session = t->send->session;
	struct fu_asked		*asked = fu_alloc(t->arena, sizeof(*asked));
	struct fu_touch		 touch = { .prospect = t->c->p.id,
		.channel = t->channel };
	struct fu_touch_row	*rows;
	size_t			 n;

	if (fu_touches_of(&session->store, t->c->p.id, 0, t->arena, &rows, &n,
	    err) == -1 || fu_ask_make(session, t->c, rows, n, t->arena, asked,
	    err) == -1 || fu_ask_touch(session, t->c, asked, &touch, t->arena,
	    err) == -1)
		return (-1);
	asked->in.composed = true;
	asked->in.has_unsubscribe = asked->in.has_postal_address = true;
	if (t->m->transactional)
		asked->in.class = FU_TC_TRANSACTIONAL;
	t->notice = fu_gate_decide(&asked->in).reason == FU_R_NOTICE_MISSING;
	return (0);
}

/* The thread that it would go on with. */
static int
find_thread(struct trial *t, struct fu_err *err)
{
	if (!t->m->thread_continue || t->channel != FU_CH_EMAIL ||
	    t->enrolment == 0)
		return (0);
	if (fu_thread_load(&t->send->session->store, t->c->p.id, t->enrolment,
	    t->c->sender->key, t->arena, &t->thread, err) == -1)
		return (-1);
	if (t->thread.subject == NULL)
		memset(&t->thread, 0, sizeof(t->thread));
	return (0);
}

/* 1; 0 with the reason in t->out when it cannot be said to them; -1. */
static int
render(struct trial *t, struct fu_err *err)
{
	struct fu_session	*session = t->send->session;
	struct fu_text_in	 in = {
		.config = &session->config,
		.keys = &session->keys,
		.facts = &t->c->facts,
		.sender = t->c->sender,
		.message = t->m,
		.insight = t->insight,
		.channel = t->channel,
		.notice = t->notice,
		.parent_subject = t->thread.subject,
		.inert = true,
		.noise = &t->send->noise,
		.urgency = &t->send->urgency,
		.identify = fu_gate_identifies(session->rulebook,
		    &t->c->p.person),
	};

	if (fu_text_touch(&in, t->arena, &t->out, err) == -1)
		return (-1);
	if (t->out.reason != NULL || t->out.text == NULL)
		return (0);
	t->subject = fu_printf(t->arena, "[Test] %s",
	    t->out.subject != NULL ? t->out.subject : t->m->id);
	return (1);
}

static const char *
message_id(const struct trial *t)
{
	const char	*what = fu_printf(t->arena, "%s %s %lld", t->to,
	    t->m->id, (long long)fu_session_now(t->send->session));
	char		 ref[FU_REF_MAX];

	(void)snprintf(ref, sizeof(ref), "test-%016llx",
	    (unsigned long long)fu_hash64(what, strlen(what),
	    (uint64_t)t->c->p.id));
	return (fu_message_id(&t->send->session->keys, ref,
	    fu_email_domain(t->c->sender->email), t->arena));
}

static int
compose(struct trial *t, struct fu_err *err)
{
	static const struct fu_mail_header mark = { "X-Fu-Test", "yes" };
	struct fu_session	*session = t->send->session;
	const struct fu_sender	*from = t->c->sender;
	int64_t			 now = fu_session_now(session);
	const char		*why = NULL;
	struct fu_mail		 mail = {
		.from_name = from->name,
		.from_email = from->email,
		.to_email = t->to,
		.subject = t->subject,
		.text = t->out.text,
		.html = t->channel == FU_CH_EMAIL ? t->out.html : NULL,
		.message_id = message_id(t),
		.in_reply_to = t->thread.message_id,
		.references = t->thread.references,
		.date_us = now,
		.date_offset_s = fu_zone_offset(session->config.company.zone,
		    now),
		.auto_submitted = "auto-generated",
		.extra = &mark,
		.nextra = 1,
	};

	t->delivery = (struct fu_delivery){ .kind = "email",
		.id = mail.message_id, .envelope_from = from->email,
		.from = from->email, .to = t->to, .subject = t->subject,
		.text = t->out.text, .at_us = now,
		.smtputf8 = fu_send_needs_utf8(t->to) ||
		    fu_send_needs_utf8(from->email) };
	return (fu_mail_compose(&mail, t->arena, &t->delivery.mail, &why,
	    err));
}

/* 0 it left, or with -n would have; -1. */
static int
deliver(struct trial *t, struct fu_err *err)
{
	struct fu_send		*s = t->send;
	struct fu_delivery	*d = &t->delivery;

	if ((t->via = fu_via_of_touch(s, t->c->sender, FU_CH_EMAIL,
	    err)) == NULL)
		return (-1);
	if (s->session->opt->dry)
		return (0);
	if (fu_via_open(s, t->via) == 0) {
		*err = s->why;
		s->wrong = false;
		return (-1);
	}
	if (fu_channel_deliver(t->via->chan, d, 1, t->arena, err) == -1)
		return (-1);
	if (d->status == FU_D_SENT)
		return (0);
	return (fu_err_set(err, d->status == FU_D_FAILED ? FU_EUNAVAILABLE :
	    FU_ETEMP, "%s: %s: %s", t->to,
	    fu_delivery_status_name(d->status), d->detail != NULL ? d->detail :
	    d->reason != NULL ? d->reason : "no reason given"));
}

static void
write_record(const struct trial *t, bool held, struct fu_buf *out)
{
	const struct fu_opt	*opt = t->send->session->opt;
	struct fu_jw		 jw;

	fu_jw_init(&jw, out);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "type", "test");
	fu_jw_int(&jw, "prospect", t->c->p.id);
	if (t->c->p.person.f[FU_F_EMAIL] != NULL)
		fu_jw_str(&jw, "email", t->c->p.person.f[FU_F_EMAIL]);
	fu_jw_str(&jw, "message", t->m->id);
	fu_jw_str(&jw, "to", t->to);
	if (t->insight != NULL)
		fu_jw_str(&jw, "insight", t->insight->path);
	fu_jw_object(&jw, "result");
	fu_jw_str(&jw, "status", held ? "held" : "sent");
	if (opt->dry)
		fu_jw_bool(&jw, "dry_run", true);
	if (held && t->out.reason != NULL)
		fu_jw_str(&jw, "reason", t->out.reason);
	if (held && t->out.detail != NULL)
		fu_jw_str(&jw, "detail", t->out.detail);
	fu_jw_time(&jw, "at", fu_session_now(t->send->session));
	if (!held) {
		fu_jw_str(&jw, "message_id", t->delivery.id);
		fu_jw_str(&jw, "via", t->via->conf.via);
		fu_jw_str(&jw, "subject", t->subject);
	}
	if (!held && opt->verbose)
		fu_jw_str(&jw, "text", t->out.text);
	fu_jw_object_end(&jw);
	fu_jw_object_end(&jw);
	fu_buf_putc(out, '\n');
}

static int
run(struct trial *t, int64_t prospect, const char *message, struct fu_buf *out,
    struct fu_err *err)
{
	struct fu_session	*session = t->send->session;
	const struct fu_step	*step;
	int			 rc;

	rc = fu_case_load(session, prospect, FU_FACTS_ACCOUNT, t->arena, t->c,
	    err);
	if (rc != 1)
		return (rc == -1 ? -1 : fu_err_set(err, FU_NOTFOUND,
		    "nobody has the id %lld", (long long)prospect));
	if (t->c->sender == NULL)
		return (fu_err_set(err, FU_ECONFIG,
		    "%s: no `senders:`, so nobody can write",
		    session->config.file));
	if (find_message(t, message, err) == -1 ||
	    find_step(t, &step, err) == -1)
		return (-1);
	t->channel = channel_of(t, step);
	if (choose_insight(t, step, err) == -1 || ask_notice(t, err) == -1 ||
	    find_thread(t, err) == -1 || (rc = render(t, err)) == -1)
		return (-1);
	if (rc == 0) {
		write_record(t, true, out);
		fu_say(session->opt, "%s for %s: %s%s%s", t->m->id,
		    fu_handoff_name(&t->c->p.person, prospect, t->arena),
		    t->out.reason != NULL ? t->out.reason : "no text",
		    t->out.detail != NULL ? ": " : "",
		    t->out.detail != NULL ? t->out.detail : "");
		return (FU_NOTFOUND);
	}
	if (compose(t, err) == -1 || deliver(t, err) == -1)
		return (-1);
	write_record(t, false, out);
	fu_note(session->opt, "%s for %s %s to %s by %s", t->m->id,
	    fu_handoff_name(&t->c->p.person, prospect, t->arena),
	    session->opt->dry ? "would go" : "went", t->to, t->via->conf.via);
	return (0);
}

int
fu_send_test(struct fu_session *session, const char *to, const char *person,
    const char *message, struct fu_buf *out, struct fu_err *err)
{
	struct fu_arena	 arena;
	struct trial	 t = { .arena = &arena };
	struct fu_err	 fault;
	int64_t		 prospect;
	int		 rc;

	fu_arena_init(&arena);
	t.c = fu_alloc(&arena, sizeof(*t.c));
	t.send = fu_send_read(session, 0);
	rc = -1;
	if (fu_email_parse(fu_str_of(to), &arena, &t.to, err) == -1)
		err->class = FU_EUSAGE;
	else if (t.send->refused != NULL) {
		*err = t.send->why;
		t.send->wrong = false;
	} else if ((!session->store.rehearsal ||
	    fu_via_trial(t.send, err) == 0) &&
	    fu_session_find(session, person, &prospect, err) == 0)
		rc = run(&t, prospect, message, out, err);
	(void)fu_send_close(t.send, 0, &fault);
	fu_arena_free(&arena);
	return (rc);
}
