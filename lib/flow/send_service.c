/*
 * Service messages: what is owed to somebody who wrote, or to an address that
 * was typed; which gate each passes, and its words.
 *
 * Must never sell, nor write a link's token anywhere but into the mail.
 */
#include <string.h>
#include <unistd.h>

#include "content/compose.h"
#include "content/render.h"
#include "flow/answer.h"
#include "flow/confirm.h"
#include "flow/send_room.h"
#include "flow/send_text.h"
#include "flow/service.h"
#include "store/turns.h"

/* Owed whatever they are shut to: the others are answers. */
static enum fu_touch_class
class_of(const struct fu_parcel *pc)
{
	const char	*service = fu_send_package(pc, "service");

	return (fu_streq(service, FU_SERVICE_STOP) ||
	    fu_streq(service, FU_SERVICE_HELP) ? FU_TC_SERVICE :
	    FU_TC_ANSWER);
}

/* About whom it goes to: the person as they are known, and that very number or
 * address, which may be nobody's. */
static int
ask_gate(struct fu_send *s, const struct fu_parcel *pc,
    enum fu_channel channel, const char *to, struct fu_verdict *v,
    struct fu_err *err)
{
	struct fu_case	*c = fu_alloc(pc->arena, sizeof(*c));
	int		 rc = 1;

	if (pc->d.prospect != 0)
		rc = fu_case_person(s->session, pc->d.prospect, pc->arena, c,
		    err);
	if (rc == -1 || fu_answer_ask(s->session, c, class_of(pc), channel, to,
	    pc->arena, v, err) == -1)
		return (-1);
	if (rc == 0)
		*v = (struct fu_verdict){ FU_BLOCK, FU_R_ERASED, FU_NEVER,
			fu_reasons[FU_R_ERASED].rule, NULL };
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

	/* An answer by text waits for its hour, while it is one. */
	if (v->class == FU_DEFER && (pc->d.expires_us == FU_NEVER ||
	    v->until_us < pc->d.expires_us)) {
		fu_parcel_settle(pc, FU_SEND_HELD, reason, v->rule);
		pc->until_us = v->until_us;
		return (s->session->opt->dry ? 0 : fu_dispatch_release(
		    &s->session->store, &pc->d, v->until_us, err));
	}
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

/* Is it a mail of this conversation that left? */
static bool
said_before(const struct fu_dispatch *d, struct fu_arena *arena)
{
	struct fu_object	 package, to;

	return (d->state == FU_T_SENT && d->message_id != NULL &&
	    fu_json_object(arena, fu_str_of(d->package), &package, NULL) == 0 &&
	    fu_json_object(arena, fu_str_of(d->destination), &to, NULL) == 0 &&
	    fu_streq(fu_json_text(arena, fu_json_get(&package, "service")),
	    FU_SERVICE_ANSWER) && fu_streq(fu_json_text(arena,
	    fu_json_get(&to, "channel")), fu_channel_name(FU_CH_EMAIL)));
}

/* All mails of one conversation are one thread: behind what they wrote by mail,
 * else behind our last. */
static int
thread(struct fu_send *s, struct fu_parcel *pc, struct fu_err *err)
{
	struct fu_dispatch	*d;
	size_t			 n;

	pc->in_reply_to = fu_send_package(pc, "in_reply_to");
	if (pc->d.prospect == 0 || fu_dispatches_service(&s->session->store,
	    pc->d.prospect, pc->arena, &d, &n, err) == -1)
		return (pc->d.prospect == 0 ? 0 : -1);
	for (size_t i = 0; i < n; i++)
		if (said_before(&d[i], pc->arena))
			pc->references = fu_mail_references(pc->references,
			    NULL, d[i].message_id, pc->arena);
	if (pc->in_reply_to != NULL)
		pc->references = fu_mail_references(pc->references, NULL,
		    pc->in_reply_to, pc->arena);
	else if (pc->references != NULL)
		pc->in_reply_to = strrchr(pc->references, '<');
	return (0);
}

/* Whose words they are, by name, and that a machine's are a machine's. */
static struct fu_ctx *
word_list(struct fu_send *s, const struct fu_parcel *pc, bool *bot)
{
	struct fu_ctx		*list = fu_ctx_list(pc->arena), *one;
	const struct fu_sender	*rep;
	struct fu_object	 package, o;
	const struct fu_json	*words;
	struct fu_json		*item;
	const char		*key, *text;
	size_t			 n;

	if (fu_json_object(pc->arena, fu_str_of(pc->d.package), &package,
	    NULL) == -1 || (words = fu_json_get(&package, "words")) == NULL ||
	    words->type != FU_JSON_ARRAY)
		return (list);
	item = fu_json_items(pc->arena, words, &n);
	for (size_t i = 0; i < n; i++) {
		if (fu_json_object(pc->arena, item[i].raw, &o, NULL) == -1)
			continue;
		one = fu_ctx_object(pc->arena);
		text = fu_json_text(pc->arena, fu_json_get(&o, "text"));
		fu_ctx_set_text(one, "text", text);
		key = fu_json_text(pc->arena, fu_json_get(&o, "rep"));
		rep = key == NULL ? NULL : fu_sender_find(&s->session->config,
		    key);
		if (rep != NULL)
			fu_ctx_set_text(one, "who", rep->name);
		*bot = *bot || fu_streq(fu_json_text(pc->arena, fu_json_get(&o,
		    "from")), "bot");
		fu_ctx_add(list, one);
	}
	return (list);
}

/* 1; 0 settled, for they have read it on the site; -1. */
static int
answer_words(struct fu_send *s, struct fu_parcel *pc,
    const struct fu_sender *from, struct fu_text_out *out, struct fu_err *err)
{
	const struct fu_config	*config = &s->session->config;
	struct fu_ctx		*ctx = fu_context_make(pc->arena, config,
	    NULL, from, NULL, NULL), *words;
	struct fu_object	 package;
	bool			 waited = false, bot = false;
	int			 n = 0;

	if (fu_json_object(pc->arena, fu_str_of(pc->d.package), &package,
	    err) == -1 || thread(s, pc, err) == -1)
		return (-1);
	(void)fu_json_bool(fu_json_get(&package, "waited"), &waited);
	if (waited && fu_turns_left(&s->session->store, pc->d.prospect,
	    pc->d.id, &n, err) == -1)
		return (-1);
	if (waited && n == 0)
		return (fu_send_give_up(s, pc, "fetched", FU_T_SKIPPED, err));
	words = word_list(s, pc, &bot);
	fu_ctx_set(ctx, "words", words);
	fu_ctx_set_text(ctx, "site", config->company.site);
	fu_ctx_set_text(ctx, "postal_address", config->company.postal_address);
	if (bot)
		fu_ctx_set_text(ctx, "disclosure", config->chat.disclosure);
	if (render(s, pc, "answer", ctx, out, err) == -1)
		return (-1);
	if (pc->references != NULL && out->subject != NULL)
		out->subject = fu_printf(pc->arena, "Re: %s", out->subject);
	return (1);
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
	int			 rc;

	if (ask_gate(s, pc, channel, to, &v, err) == -1)
		return (-1);
	if (v.class != FU_ALLOW)
		return (refuse(s, pc, &v, err));
	if (fu_streq(fu_send_package(pc, "service"), FU_SERVICE_CONFIRM) &&
	    confirm_words(s, pc, to, from, &out, err) == -1)
		return (-1);
	if (fu_streq(fu_send_package(pc, "service"), FU_SERVICE_ANSWER) &&
	    channel == FU_CH_EMAIL && (rc = answer_words(s, pc, from, &out,
	    err)) != 1)
		return (rc);
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

bool
fu_send_service_still(struct fu_parcel *pc)
{
	int			 channel = pc->delivery.kind == NULL ? -1 :
	    fu_channel_find(pc->delivery.kind);
	struct fu_verdict	 v;
	struct fu_err		 err;

	if (strcmp(pc->d.kind, "service") != 0 || channel == -1 ||
	    class_of(pc) != FU_TC_ANSWER)
		return (true);
	if (ask_gate(pc->send, pc, (enum fu_channel)channel, pc->delivery.to,
	    &v, &err) == -1) {
		pc->reason = "ledger_error";
		return (false);
	}
	if (v.class == FU_ALLOW)
		return (true);
	pc->reason = fu_reasons[v.reason].name;
	pc->rule = "LG-04";
	return (false);
}
