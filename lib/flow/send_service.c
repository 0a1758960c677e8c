/*
 * Service messages: what is owed to somebody who wrote, or to an address that
 * was typed; which gate each passes, and its words.
 *
 * Must never sell, nor write a link's token anywhere but into the mail.
 */
#include <string.h>
#include <unistd.h>

#include "content/render.h"
#include "flow/confirm.h"
#include "flow/send_room.h"
#include "flow/send_text.h"
#include "flow/service.h"

/* Owed whatever they are shut to: the others are answers. */
static enum fu_touch_class
class_of(const struct fu_parcel *pc)
{
	const char	*service = fu_send_package(pc, "service");

	return (fu_streq(service, FU_SERVICE_STOP) ||
	    fu_streq(service, FU_SERVICE_HELP) ? FU_TC_SERVICE :
	    FU_TC_ANSWER);
}

/*
 * The gate's row of service messages, about whom it goes to: the person as
 * they are known, and that very number or address, which may be nobody's.
 */
static int
ask_gate(struct fu_send *s, const struct fu_parcel *pc,
    enum fu_channel channel, const char *to, struct fu_verdict *v,
    struct fu_err *err)
{
	struct fu_case		*c = fu_alloc(pc->arena, sizeof(*c));
	struct fu_ledger_state	 state;
	struct fu_touch		 t = { .channel = channel };
	struct fu_gate_in	 in = { .now_us = fu_session_now(s->session),
		.config = &s->session->config,
		.rulebook = s->session->rulebook, .touch = &t,
		.class = class_of(pc), .person = &c->p.person,
		.ledger = &state, .content = FU_R_NONE,
		.channel_paused = FU_R_NONE, .doubt_us = FU_NEVER,
		.last_inbound_wa_us = FU_NEVER, .template = FU_TPL_NONE };
	int			 rc = 1;

	if (pc->d.prospect != 0)
		rc = fu_case_person(s->session, pc->d.prospect, pc->arena, c,
		    err);
	if (rc == -1)
		return (-1);
	if (rc == 1 && pc->d.prospect != 0)
		in.last_inbound_wa_us = c->p.last_inbound_wa_us;
	c->p.person.f[channel == FU_CH_EMAIL ? FU_F_EMAIL : FU_F_PHONE] = to;
	if (fu_service_ledger(s->session, c, channel, pc->arena, &state,
	    err) == -1)
		return (-1);
	state.erased = state.erased || rc == 0;
	*v = fu_gate_decide(&in);
	return (0);
}

/* It may not leave, now or ever: nothing is owed that long. */
static int
refuse(struct fu_send *s, struct fu_parcel *pc, const struct fu_verdict *v,
    struct fu_err *err)
{
	const char		*reason = fu_reasons[v->reason].name;
	struct fu_decision	 d = { .prospect = pc->d.prospect,
		.kind = pc->d.kind, .subject = pc->d.id, .reason = reason,
		.verdict = fu_verdict_class_name(v->class), .rule = v->rule };

	if (fu_send_give_up(s, pc, reason, FU_T_CANCELLED, err) == -1)
		return (-1);
	fu_parcel_settle(pc, FU_SEND_BLOCKED, reason, v->rule);
	if (s->session->opt->dry)
		return (0);
	return (fu_decision_add(&s->session->store, &d, err));
}

/* "confirm-de.md" where they write German and it is there, else the first. */
static const char *
template_of(const struct fu_send *s, const struct fu_parcel *pc,
    const char *name)
{
	const char	*dir = s->session->config.handoffs_dir;
	const char	*language = fu_send_package(pc, "language"), *file;

	if (language != NULL && strspn(language, "abcdefghijklmnopqrstuvwxyz")
	    >= 2) {
		file = fu_printf(pc->arena, "%s/%s-%.2s.md", dir, name,
		    language);
		if (access(file, R_OK) == 0)
			return (file);
	}
	return (fu_printf(pc->arena, "%s/%s.md", dir, name));
}

/* The mail's words; ${out}->text is NULL when their file is not there. */
static int
render(struct fu_send *s, struct fu_parcel *pc, const char *name,
    struct fu_ctx *ctx, struct fu_text_out *out, struct fu_err *err)
{
	const char	*file = template_of(s, pc, name);
	struct fu_str	 text;

	memset(out, 0, sizeof(*out));
	if (fu_file_read(file, pc->arena, &text, err) == -1) {
		if (err->class != FU_ENOINPUT)
			return (-1);
		fu_say(s->session->opt, "%s: it is not there, so a service "
		    "message has no words: fu-init writes one", file);
		return (0);
	}
	return (fu_text_brief(text, file, ctx, pc->arena, out, err));
}

static int
confirm_words(struct fu_send *s, struct fu_parcel *pc, const char *to,
    const struct fu_sender *from, struct fu_text_out *out, struct fu_err *err)
{
	const struct fu_config	*config = &s->session->config;
	struct fu_ctx		*ctx = fu_context_make(pc->arena, config,
	    NULL, from, NULL, NULL);
	struct fu_object	 package;
	bool			 agreed = false;

	if (fu_json_object(pc->arena, fu_str_of(pc->d.package), &package,
	    err) == -1)
		return (-1);
	(void)fu_json_bool(fu_json_get(&package, "consent"), &agreed);
	fu_ctx_set_text(ctx, "link", fu_confirm_link(s->session, pc->d.id,
	    pc->d.prospect, pc->arena));
	fu_ctx_set_text(ctx, "email", to);
	fu_ctx_set_text(ctx, "site", config->company.site);
	fu_ctx_set_text(ctx, "postal_address", config->company.postal_address);
	if (agreed)
		fu_ctx_set_text(ctx, "agreed", "yes");
	return (render(s, pc, "confirm", ctx, out, err));
}

int
fu_send_service(struct fu_send *s, struct fu_parcel *pc,
    enum fu_channel channel, const char *to, const struct fu_sender *from,
    struct fu_err *err)
{
	const struct fu_transport *t = &s->session->config.channel[channel];
	struct fu_delivery	*d = &pc->delivery;
	struct fu_text_out	 out = {
		.text = fu_send_package(pc, "text"),
		.subject = fu_send_package(pc, "subject") };
	struct fu_verdict	 v;

	if (ask_gate(s, pc, channel, to, &v, err) == -1)
		return (-1);
	if (v.class != FU_ALLOW)
		return (refuse(s, pc, &v, err));
	if (fu_streq(fu_send_package(pc, "service"), FU_SERVICE_CONFIRM) &&
	    confirm_words(s, pc, to, from, &out, err) == -1)
		return (-1);
	if (fu_blank(out.text))
		return (fu_send_give_up(s, pc, "no_text", FU_T_CANCELLED,
		    err));
	d->kind = fu_channel_name(channel);
	d->subject = out.subject;
	d->text = out.text;
	d->to = to;
	d->from = t->from != NULL ? t->from : s->session->config.company.name;
	if (pc->d.expires_us != FU_NEVER)
		d->valid_us = pc->d.expires_us - fu_session_now(s->session);
	pc->ready = true;
	if (channel != FU_CH_EMAIL)
		return (0);
	if (d->subject == NULL)
		d->subject = s->session->config.company.name;
	return (fu_send_mail_own(s, pc, from, NULL, to, d->subject, out.text,
	    out.html, err));
}
