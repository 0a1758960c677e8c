/*
 * Mail that is no touch: tasks, hand-offs and service messages, from us to
 * ours, or what is owed to a person.
 *
 * Must never carry what a touch needs the gate for.
 */
#include <string.h>

#include "content/compose.h"
#include "content/token.h"
#include "flow/send_room.h"
#include "record/email.h"

bool
fu_send_needs_utf8(const char *address)
{
	for (; *address != '\0'; address++)
		if ((unsigned char)*address >= 0x80)
			return (true);
	return (false);
}

const struct fu_sender *
fu_send_owner(const struct fu_send *s, const struct fu_prospect *p)
{
	return (fu_sender_of(&s->session->config, p == NULL ? NULL :
	    fu_case_owner(p), p == NULL ? 0 : p->id));
}

const struct fu_sender *
fu_send_there(const struct fu_send *s, const struct fu_prospect *p)
{
	const struct fu_session	*session = s->session;

	return (fu_sender_there(&session->config, p == NULL ? NULL :
	    fu_case_owner(p), p == NULL ? 0 : p->id, fu_zone_day(
	    session->config.company.zone, fu_session_now(session))));
}

int
fu_send_mail_own(struct fu_send *s, struct fu_parcel *pc,
    const struct fu_sender *from, const char *to_name, const char *to,
    const char *subject, const char *text, const char *html,
    struct fu_err *err)
{
	const struct fu_config		*config = &s->session->config;
	const struct fu_transport	*t = &config->channel[FU_CH_EMAIL];
	const struct fu_mail_header	 channel = { "X-Fu-Channel",
		pc->delivery.kind };
	int64_t		 now = fu_session_now(s->session);
	const char	*why = NULL;
	struct fu_mail	 mail = {
		.from_name = from->name,
		.from_email = from->email,
		.to_name = to_name,
		.to_email = to,
		.subject = subject,
		.text = text,
		.html = html,
		.message_id = pc->message_id,
		.in_reply_to = pc->in_reply_to,
		.references = pc->references,
		.date_us = now,
		.date_offset_s = fu_zone_offset(config->company.zone, now),
		.auto_submitted = "auto-generated",
		.extra = &channel,
		.nextra = fu_streq(pc->delivery.kind, "task"),
	};

	if (t->reply_domain != NULL && pc->is_touch)
		mail.reply_to = fu_verp(&s->session->keys, 'r', pc->row.t.id,
		    t->reply_domain, pc->arena);
	if (fu_mail_compose(&mail, pc->arena, &pc->delivery.mail, &why,
	    err) == -1) {
		if (err->class != FU_EDATA)
			return (-1);
		pc->reason = why;
		pc->detail = fu_dup(pc->arena, err->msg);
		return (0);
	}
	pc->delivery.envelope_from = from->email;
	pc->delivery.from = from->email;
	pc->delivery.to = to;
	pc->delivery.smtputf8 = fu_send_needs_utf8(to) ||
	    fu_send_needs_utf8(from->email);
	return (1);
}
