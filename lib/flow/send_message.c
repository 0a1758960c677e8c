/*
 * One touch's message: insight, thread, words, and the bytes that leave.
 *
 * Must never decide whether it may leave: it says what the gate asks of a
 * composed message.
 */
#include <string.h>

#include "content/compose.h"
#include "content/noise.h"
#include "content/token.h"
#include "flow/send_room.h"
#include "flow/send_text.h"
#include "record/email.h"

/* The reason of that name, among those of a message's content. */
static void
take_reason(struct fu_said *said, const char *name)
{
	if (name == NULL)
		return;
	if (strcmp(name, "notice_missing") == 0)
		said->notice = false;
	else if (strcmp(name, "no_postal_address") == 0)
		said->no_postal = true;
	else if (strcmp(name, "subject_deceptive") == 0)
		said->deceptive = true;
	else if (strcmp(name, "noise") == 0)
		said->content = FU_R_NOISE;
	else
		said->content = FU_R_MISSING_VALUE;
}

int
fu_send_insight(struct fu_send *s, const struct fu_touch_row *row,
    const struct fu_case *c, const struct fu_step *step,
    const struct fu_message *m, struct fu_arena *arena,
    struct fu_choice *choice, struct fu_err *err)
{
	const char		*rotated = row->rotated;
	struct fu_list		 one = { &rotated, 1 };
	const struct fu_list	*kinds = rotated != NULL ? &one :
	    &step->insight;
	struct fu_shown		 shown;

	if (kinds->n == 0)
		return (1);
	if (fu_shown_load(&s->session->store, c->p.id, arena, &shown,
	    err) == -1)
		return (-1);
	return (fu_knowledge_choose(&s->knowledge, c, kinds, m->language,
	    fu_session_now(s->session), &shown, arena, choice, err));
}

/* "unsub@example.com?subject=unsubscribe%20TOKEN", the way out by mail. */
static const char *
unsubscribe_mailto(const struct fu_send *s, const struct fu_parcel *pc,
    const char *reply_to)
{
	const struct fu_transport *t =
	    &s->session->config.channel[FU_CH_EMAIL];
	struct fu_token	 token = { .purpose = FU_TOKEN_UNSUBSCRIBE,
		.touch = pc->row.t.id, .prospect = pc->prospect };
	char		 text[FU_TOKEN_LEN];

	fu_token_make(&s->session->keys, &token, text);
	return (fu_printf(pc->arena, "%s?subject=unsubscribe%%20%s",
	    t->unsubscribe_mailbox != NULL ? t->unsubscribe_mailbox : reply_to,
	    text));
}

/* Letters, digits, '-' and '_' of a Feedback-ID's field. */
static const char *
plain(const char *text, struct fu_arena *arena)
{
	char	*copy = fu_dup(arena, text);

	for (char *p = copy; *p != '\0'; p++)
		if (strchr(": \t,;", *p) != NULL || (unsigned char)*p >= 0x80)
			*p = '-';
	return (copy);
}

/* What there is of their name; NULL: the address stands alone. */
static const char *
display_name(const char *first, const char *last, struct fu_arena *arena)
{
	if (fu_blank(first))
		return (fu_blank(last) ? NULL : last);
	return (fu_blank(last) ? first : fu_printf(arena, "%s %s", first,
	    last));
}

static int
compose_mail(struct fu_send *s, struct fu_parcel *pc, const struct fu_case *c,
    const struct fu_text_out *out, const struct fu_thread *thread,
    bool transactional, struct fu_said *said, struct fu_err *err)
{
	const struct fu_config		*config = &s->session->config;
	const struct fu_transport	*t = &config->channel[FU_CH_EMAIL];
	const struct fu_keys		*keys = &s->session->keys;
	const struct fu_sender		*from = c->sender;
	const char	*to = c->p.person.f[FU_F_EMAIL], *why = NULL;
	const char	*const *f = c->p.person.f;
	int64_t		 now = fu_session_now(s->session);
	struct fu_mail	 mail = {
		.from_name = from->name,
		.from_email = from->email,
		.to_email = to,
		.subject = out->subject,
		.text = out->text,
		.html = out->html,
		.message_id = pc->message_id,
		.in_reply_to = thread->message_id,
		.references = thread->references,
		.date_us = now,
		.date_offset_s = fu_zone_offset(config->company.zone, now),
		.auto_submitted = "auto-generated",
	};

	pc->html = out->html;
	mail.to_name = display_name(f[FU_F_FIRST_NAME], f[FU_F_LAST_NAME],
	    pc->arena);
	if (t->reply_domain != NULL)
		mail.reply_to = fu_verp(keys, 'r', pc->row.t.id,
		    t->reply_domain, pc->arena);
	if (!transactional) {
		mail.unsubscribe_url = out->unsubscribe;
		mail.unsubscribe_mailto = unsubscribe_mailto(s, pc,
		    mail.reply_to != NULL ? mail.reply_to : from->email);
		mail.feedback_id = fu_printf(pc->arena, "%s:%s:%s:%s",
		    plain(pc->row.t.step, pc->arena),
		    plain(pc->row.t.cadence, pc->arena),
		    plain(from->key, pc->arena),
		    fu_email_domain(from->email));
	}
	said->unsubscribe = true;
	pc->thread = fu_mail_references(thread->references, NULL,
	    pc->message_id, pc->arena);
	if (fu_mail_compose(&mail, pc->arena, &pc->delivery.mail, &why,
	    err) == -1) {
		if (err->class != FU_EDATA)
			return (-1);
		said->injection = fu_streq(why, "header_injection");
		if (!said->injection)
			said->content = FU_R_MISSING_VALUE;
		said->detail = fu_dup(pc->arena, err->msg);
		return (0);
	}
	pc->delivery.from = from->email;
	pc->delivery.to = to;
	pc->delivery.envelope_from = t->bounce_domain != NULL ? fu_verp(keys,
	    'b', pc->row.t.id, t->bounce_domain, pc->arena) : from->email;
	pc->delivery.smtputf8 = fu_send_needs_utf8(to) ||
	    fu_send_needs_utf8(from->email);
	return (0);
}

/* A task goes to its owner, with all that there is to know. */
static int
compose_task(struct fu_send *s, struct fu_parcel *pc, const struct fu_case *c,
    const struct fu_text_out *out, struct fu_said *said, struct fu_err *err)
{
	const struct fu_sender	*owner = c->sender;
	const char		*subject = out->subject, *text;
	const char		*via = pc->via->conf.via;
	struct fu_buf		 json;
	struct fu_jw		 jw;
	int			 rc;

	if (subject == NULL)
		subject = fu_printf(pc->arena, "%.*s",
		    (int)strcspn(out->text, "\n,;:.?!"), out->text);
	subject = fu_printf(pc->arena, "%s (%s", subject, pc->row.t.cadence);
	if (pc->row.t.day >= 0)
		subject = fu_printf(pc->arena, "%s, day %d", subject,
		    pc->row.t.day);
	subject = fu_printf(pc->arena, "%s)", subject);
	text = fu_printf(pc->arena, "%s%s\nTask %lld: `fu-handoff --done "
	    "%lld` when it is done.\n", out->text, fu_words_task(c,
	    s->session->config.company.zone, pc->arena),
	    (long long)pc->row.t.id, (long long)pc->row.t.id);
	pc->delivery.subject = subject;
	pc->delivery.text = text;
	pc->delivery.to = owner->email;
	pc->delivery.from = owner->email;
	said->unsubscribe = true;
	if (strcmp(via, "slack") != 0 && strcmp(via, "webhook") != 0) {
		rc = fu_send_mail_own(s, pc, owner, owner->name, owner->email,
		    subject, text, NULL, err);
		if (rc == 0)
			said->injection = true;
		return (rc == -1 ? -1 : 0);
	}
	if (strcmp(via, "slack") == 0) {
		pc->delivery.text = fu_text_slack(fu_printf(pc->arena,
		    "%s\n\n%s", subject, text), pc->arena, err);
		return (pc->delivery.text == NULL ? -1 : 0);
	}
	fu_buf_init(&json);
	fu_jw_init(&jw, &json);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "text", fu_printf(pc->arena, "%s\n\n%s", subject,
	    text));
	fu_jw_str(&jw, "event", "task");
	fu_jw_int(&jw, "touch", pc->row.t.id);
	fu_jw_int(&jw, "prospect", pc->prospect);
	fu_jw_str(&jw, "owner", owner->email);
	fu_jw_object_end(&jw);
	pc->delivery.text = fu_dup_buf(pc->arena, &json);
	fu_buf_free(&json);
	return (0);
}

/* SMS and WhatsApp: a number and a text. */
static void
compose_text(struct fu_send *s, struct fu_parcel *pc, const struct fu_case *c,
    const struct fu_text_out *out, struct fu_said *said)
{
	const struct fu_transport *t =
	    &s->session->config.channel[pc->row.t.channel];

	pc->delivery.from = t->from != NULL ? t->from : t->phone_number_id;
	if (pc->delivery.from == NULL)
		pc->delivery.from = c->sender->name;
	pc->delivery.to = c->p.person.f[FU_F_PHONE];
	pc->delivery.text = out->text;
	pc->delivery.parameters = out->parameters;
	pc->delivery.us = fu_streq(c->p.person.f[FU_F_COUNTRY], "US");
	said->unsubscribe = out->way_out;
	said->no_postal = !out->identified;
}

/* Outside the 24 hours only a template is taken [WA-02]. */
static const struct fu_wa_template *
template_of(const struct fu_send *s, const struct fu_case *c,
    const struct fu_touch *t)
{
	const struct fu_config	*config = &s->session->config;

	if (!fu_wa_templates(config) || fu_wa_open(c->p.last_inbound_wa_us,
	    fu_session_now(s->session)))
		return (NULL);
	return (fu_wa_template_find(config, t->message,
	    c->p.person.f[FU_F_LANGUAGE]));
}

/* A line break in what stands in headers is an attack, or a broken export:
 * never stripped, never sent [EM-09]. */
static bool
breaks_a_header(const struct fu_case *c)
{
	const enum fu_field	 field[] = { FU_F_FIRST_NAME, FU_F_LAST_NAME,
		FU_F_TITLE, FU_F_COMPANY };

	for (size_t i = 0; i < sizeof(field) / sizeof(*field); i++)
		if (c->p.person.f[field[i]] != NULL &&
		    strpbrk(c->p.person.f[field[i]], "\r\n") != NULL)
			return (true);
	return (false);
}

static bool
has_address(const struct fu_case *c, enum fu_channel channel)
{
	if (channel == FU_CH_TASK)
		return (true);
	return (c->p.person.f[channel == FU_CH_EMAIL ? FU_F_EMAIL :
	    FU_F_PHONE] != NULL);
}

/* Nothing is said twice. */
static int
said_before(struct fu_send *s, const struct fu_parcel *pc, struct fu_said *said,
    struct fu_err *err)
{
	const struct fu_touch	*t = &pc->row.t;
	struct fu_list		 had;

	if (said->content != FU_R_NONE || pc->delivery.text == NULL ||
	    !fu_channel_counts(t->channel))
		return (0);
	if (fu_attempt_texts(&s->session->store, t->prospect, t->id, pc->arena,
	    &had, err) == -1)
		return (-1);
	for (size_t i = 0; i < had.n; i++)
		if (fu_same_text(had.item[i], pc->delivery.text)) {
			said->content = FU_R_NO_NEW_INSIGHT;
			said->detail = "they have had this very text";
			return (0);
		}
	return (0);
}

int
fu_send_message(struct fu_send *s, struct fu_parcel *pc,
    const struct fu_case *c, const struct fu_step *step,
    const struct fu_message *m, bool notice, struct fu_said *said,
    struct fu_err *err)
{
	const struct fu_touch	*t = &pc->row.t;
	struct fu_thread	 thread;
	struct fu_text_out	 out;
	struct fu_text_in	 in = {
		.config = &s->session->config,
		.keys = &s->session->keys,
		.facts = &c->facts,
		.sender = c->sender,
		.message = m,
		.channel = t->channel,
		.touch = t->id,
		.notice = notice,
		.noise = &s->noise,
		.urgency = &s->urgency,
		.identify = fu_gate_identifies(s->session->rulebook,
		    &c->p.person),
	};
	int			 rc;

	*said = (struct fu_said){ .content = FU_R_NONE };
	memset(&thread, 0, sizeof(thread));
	if (!has_address(c, t->channel)) {
		said->content = FU_R_MISSING_VALUE;
		said->detail = "no address for this channel";
		return (0);
	}
	if ((rc = fu_send_insight(s, &pc->row, c, step, m, pc->arena,
	    &pc->insight, err)) == -1)
		return (-1);
	if (rc == 0) {
		said->content = FU_R_NO_NEW_INSIGHT;
		return (0);
	}
	if (t->channel == FU_CH_EMAIL && breaks_a_header(c)) {
		said->injection = true;
		said->detail = "a line break in their name, title or company";
		return (0);
	}
	fu_send_phrased(&pc->phrasing, &pc->insight, pc->arena);
	in.insight = pc->insight.document;
	if (t->channel == FU_CH_WHATSAPP)
		pc->delivery.template = in.template = template_of(s, c, t);
	if (m->thread_continue && t->channel == FU_CH_EMAIL) {
		if (fu_thread_load(&s->session->store, t->prospect,
		    t->enrolment, c->sender->key, pc->arena, &thread,
		    err) == -1)
			return (-1);
		in.parent_subject = thread.subject;
		if (thread.subject == NULL)
			memset(&thread, 0, sizeof(thread));
	}
	if (fu_text_touch(&in, pc->arena, &out, err) == -1)
		return (-1);
	said->notice = out.has_notice;
	said->detail = out.detail;
	take_reason(said, out.reason);
	if (out.reason != NULL || out.text == NULL)
		return (0);
	pc->variant = out.variant;
	pc->delivery.subject = out.subject;
	pc->delivery.text = out.text;
	pc->delivery.kind = fu_channel_name(t->channel);
	if (t->channel == FU_CH_TASK)
		return (compose_task(s, pc, c, &out, said, err));
	if (t->channel != FU_CH_EMAIL) {
		compose_text(s, pc, c, &out, said);
		return (said_before(s, pc, said, err));
	}
	if (fu_blank(out.subject)) {
		said->content = FU_R_MISSING_VALUE;
		said->detail = fu_printf(pc->arena, "%s: no subject", m->file);
		return (0);
	}
	if (compose_mail(s, pc, c, &out, &thread, m->transactional, said,
	    err) == -1)
		return (-1);
	return (said_before(s, pc, said, err));
}
