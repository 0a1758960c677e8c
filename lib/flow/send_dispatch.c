/*
 * Hand-offs, added evidence, escalations: which way each destination is told,
 * and in what words.
 *
 * Must never put a secret of fu.yaml into what it writes.
 */
#include <stdio.h>
#include <string.h>

#include "content/token.h"
#include "flow/rep_link.h"
#include "flow/send_room.h"
#include "flow/send_text.h"
#include "flow/service.h"
#include "record/email.h"

/* What a destination of the store says. */
struct to {
	const char	*list, *via, *address;	/* of our own people */
	const char	*instead_of;	/* the mail for one that refused */
	const char	*channel, *to;		/* of a service message */
	int64_t		 index;
};

static bool
is_service(const struct fu_dispatch *d)
{
	return (strcmp(d->kind, "service") == 0);
}

static bool
parse_to(const struct fu_dispatch *d, struct fu_arena *arena, struct to *to)
{
	struct fu_object	 o;

	memset(to, 0, sizeof(*to));
	if (fu_json_object(arena, fu_str_of(d->destination), &o, NULL) == -1)
		return (false);
	to->list = fu_json_text(arena, fu_json_get(&o, "list"));
	to->via = fu_json_text(arena, fu_json_get(&o, "via"));
	to->address = fu_json_text(arena, fu_json_get(&o, "address"));
	to->instead_of = fu_json_text(arena, fu_json_get(&o, "instead_of"));
	to->channel = fu_json_text(arena, fu_json_get(&o, "channel"));
	to->to = fu_json_text(arena, fu_json_get(&o, "to"));
	to->index = -1;
	(void)fu_json_int(fu_json_get(&o, "index"), &to->index);
	if (is_service(d))
		return (to->channel != NULL && to->to != NULL &&
		    fu_channel_find(to->channel) != -1);
	return (to->list != NULL && to->via != NULL);
}

/* The entry of fu.yaml; when the file has changed, one of the same kind. */
static const struct fu_destination *
find_destination(const struct fu_config *config, const struct to *to)
{
	const struct fu_destination	*d = config->handoff.to;
	size_t				 n = config->handoff.nto;

	if (strcmp(to->list, "escalate") == 0) {
		d = config->handoff.escalate_to;
		n = config->handoff.nescalate_to;
	} else if (strcmp(to->list, "alerts") == 0) {
		d = config->alerts;
		n = config->nalerts;
	}
	if (to->index >= 0 && (size_t)to->index < n &&
	    fu_streq(d[to->index].via, to->via))
		return (&d[to->index]);
	for (size_t i = 0; i < n; i++)
		if (fu_streq(d[i].via, to->via))
			return (&d[i]);
	return (NULL);
}

/* It never will be told: final, with its reason. */
int
fu_send_give_up(struct fu_send *s, struct fu_parcel *pc, const char *reason,
    enum fu_touch_state state, struct fu_err *err)
{
	fu_parcel_settle(pc, FU_SEND_FAILED, reason, NULL);
	if (s->session->opt->dry)
		return (0);
	pc->d.state = state;
	pc->d.status = reason;
	pc->d.next_us = pc->d.sent_us = FU_NEVER;
	if (fu_dispatch_outcome(&s->session->store, &pc->d, err) == -1)
		return (-1);
	return (state == FU_T_FAILED ? fu_send_other_route(s, pc, err) : 0);
}

int
fu_send_dispatch_via(struct fu_send *s, struct fu_parcel *pc,
    struct fu_err *err)
{
	const struct fu_config		*config = &s->session->config;
	const struct fu_destination	*d = NULL;
	struct fu_err			 why;
	struct to			 to;
	int				 rc;

	if (parse_to(&pc->d, pc->arena, &to)) {
		if (is_service(&pc->d)) {
			pc->via = fu_via_of_touch(s, NULL, (enum fu_channel)
			    fu_channel_find(to.channel), &why);
			if (pc->via == NULL)
				fu_send_wrong(s, &why);
			return (0);
		}
		if (to.instead_of != NULL) {
			pc->via = fu_via_of_transport(s,
			    &config->channel[FU_CH_EMAIL]);
			return (0);
		}
		if ((d = find_destination(config, &to)) != NULL) {
			pc->via = fu_via_of_destination(s, d);
			return (0);
		}
	}
	if (fu_store_begin(&s->session->store, err) == -1)
		return (-1);
	rc = fu_send_give_up(s, pc, "destination_gone", FU_T_FAILED, err);
	if (rc == 0)
		rc = fu_store_commit(&s->session->store, err);
	else
		fu_store_rollback(&s->session->store);
	return (rc);
}

const char *
fu_send_package(const struct fu_parcel *pc, const char *key)
{
	struct fu_object	 o;

	if (fu_json_object(pc->arena, fu_str_of(pc->d.package), &o,
	    NULL) == -1)
		return (NULL);
	return (fu_json_text(pc->arena, fu_json_get(&o, key)));
}

/* The addressee's own link to the hand-off; NULL for who is no rep of ours.  A
 * room that several read has that of whose hand-off it is. */
static const char *
rep_link(struct fu_send *s, struct fu_parcel *pc, const struct to *to,
    const struct fu_sender *from)
{
	const struct fu_config	*config = &s->session->config;

	if (strcmp(to->via, "email") == 0 && to->address != NULL)
		from = fu_sender_find(config, to->address);
	return (from == NULL ? NULL : fu_rep_link(config, &s->session->keys,
	    pc->d.handoff, from, pc->arena));
}

static int
render(struct fu_send *s, struct fu_parcel *pc, const char *name,
    const char *link, enum fu_escape escape, struct fu_text_out *out,
    struct fu_err *err)
{
	const char	*file = fu_printf(pc->arena, "%s/%s",
	    s->session->config.handoffs_dir, name);
	bool		 json = escape != FU_ESCAPE_MARKDOWN;
	struct fu_json	 package;
	struct fu_ctx	*ctx;
	struct fu_str	 text;

	if (fu_file_read(file, pc->arena, &text, err) == -1 ||
	    fu_json_parse(fu_str_of(pc->d.package), &package, err) == -1) {
		err->class = FU_ECONFIG;
		return (-1);
	}
	ctx = fu_ctx_of_json(pc->arena, &package);
	fu_words_handoff(ctx, &pc->d, s->session->config.company.zone,
	    fu_session_now(s->session), json, pc->arena);
	fu_ctx_set_text(ctx, "rep_link", link);
	memset(out, 0, sizeof(*out));
	if (!json)
		return (fu_text_brief(text, file, ctx, pc->arena, out, err));
	if (escape == FU_ESCAPE_SLACK)
		pc->ctx = ctx;
	if (escape == FU_ESCAPE_JSON && strcmp(name, "webhook.json") != 0)
		fu_words_inert(ctx, pc->arena);
	out->text = fu_text_json(text, file, ctx, escape, pc->arena, err);
	return (out->text == NULL ? -1 : 0);
}

/* The destination's own body, else the one of its kind. */
static int
render_post(struct fu_send *s, struct fu_parcel *pc, const struct to *to,
    const char *link, struct fu_text_out *out, struct fu_err *err)
{
	const struct fu_destination	*d = find_destination(
	    &s->session->config, to);
	bool				 slack = strcmp(to->via, "slack") == 0;
	enum fu_escape			 escape = slack ? FU_ESCAPE_SLACK :
	    FU_ESCAPE_JSON;

	if (d == NULL || d->template == NULL)
		return (render(s, pc, slack ? "slack.json" : "webhook.json",
		    link, escape, out, err));
	if (render(s, pc, fu_printf(pc->arena, "%s.json", d->template),
	    link, escape, out, err) == 0)
		return (0);
	fu_err_prefix(err, "%s:%d:%d: template: %s: ",
	    d->template_where.file != NULL ? d->template_where.file :
	    s->session->config.file, d->template_where.line,
	    d->template_where.col, d->template);
	return (-1);
}

static int
make_handoff(struct fu_send *s, struct fu_parcel *pc, const struct to *to,
    const struct fu_sender *from, struct fu_err *err)
{
	struct fu_delivery	*d = &pc->delivery;
	struct fu_text_out	 out;
	const char		*link = rep_link(s, pc, to, from);
	bool			 post = strcmp(to->via, "slack") == 0 ||
	    strcmp(to->via, "webhook") == 0;
	int			 rc;

	d->kind = post ? to->via : "email";
	if ((post ? render_post(s, pc, to, link, &out, err) : render(s, pc,
	    "email.md", link, FU_ESCAPE_MARKDOWN, &out, err)) == -1)
		return (-1);
	d->text = out.text;
	d->to = to->address != NULL ? to->address : from->email;
	d->from = from->email;
	pc->ready = true;
	if (post)
		return (0);
	d->subject = fu_words_kind(&pc->d, out.subject, pc->arena);
	rc = fu_send_mail_own(s, pc, from, NULL, d->to, d->subject, out.text,
	    out.html, err);
	return (rc);
}

/* An alert says what it has to say; no template of the operator's is asked. */
static int
make_alert(struct fu_send *s, struct fu_parcel *pc, const struct to *to,
    const struct fu_sender *from, struct fu_err *err)
{
	struct fu_delivery	*d = &pc->delivery;
	const char		*text = fu_send_package(pc, "text");

	pc->ready = true;
	d->kind = to->via;
	d->from = from->email;
	d->to = to->address != NULL ? to->address : from->email;
	d->text = pc->d.package;
	if (strcmp(to->via, "webhook") == 0)
		return (0);
	if (strcmp(to->via, "slack") == 0) {
		d->text = fu_text_slack(text, pc->arena, err);
		return (d->text == NULL ? -1 : 0);
	}
	d->kind = "email";
	d->text = text;
	d->subject = fu_printf(pc->arena, "fu: %.*s", (int)strcspn(text, ":"),
	    text);
	return (fu_send_mail_own(s, pc, from, NULL, d->to, d->subject, text,
	    NULL, err));
}

/* Is it ours, and is there time left?  1, 0 settled, -1. */
static int
check_claim(struct fu_send *s, struct fu_parcel *pc, struct fu_err *err)
{
	struct fu_store	*store = &s->session->store;
	int		 rc;

	rc = fu_dispatch_load(store, pc->d.id, pc->arena, &pc->d, err);
	if (rc == -1)
		return (-1);
	if (rc == 0 || pc->d.state != FU_T_CLAIMED ||
	    !fu_streq(pc->d.claim, pc->claim)) {
		fu_parcel_settle(pc, FU_SEND_HELD, "claim_lost", NULL);
		return (0);
	}
	if (pc->d.expires_us != FU_NEVER && pc->d.expires_us <= store->now_us)
		return (fu_send_give_up(s, pc, "stale", FU_T_SKIPPED, err));
	if (pc->d.lease_us > store->now_us)
		return (1);
	fu_parcel_settle(pc, FU_SEND_HELD, "claim_lost", NULL);
	pc->detail = "its lease is over";
	return (fu_dispatch_release(store, &pc->d, store->now_us, err));
}

/* In whose name: whose the hand-off is, else the owner; nobody's who is away
 * today. */
static const struct fu_sender *
from_of(const struct fu_send *s, const struct fu_parcel *pc,
    const struct fu_prospect *p)
{
	const struct fu_config	*config = &s->session->config;
	const char		*key = fu_send_package(pc, is_service(&pc->d) ?
	    "rep" : "owner");
	const struct fu_sender	*rep = key == NULL ? NULL :
	    fu_sender_find(config, key);

	if (rep != NULL && fu_sender_away(rep, fu_zone_day(
	    config->company.zone, fu_session_now(s->session))) == INT32_MIN)
		return (rep);
	return (fu_send_there(s, p));
}

int
fu_send_dispatch(struct fu_send *s, struct fu_parcel *pc, struct fu_err *err)
{
	struct fu_prospect	*p = fu_alloc(pc->arena, sizeof(*p));
	const struct fu_sender	*from;
	struct to		 to;
	char			 ref[40];
	int			 rc;

	if ((rc = check_claim(s, pc, err)) != 1)
		return (rc);
	rc = pc->d.prospect == 0 ? 0 : fu_prospect_load(&s->session->store,
	    pc->d.prospect, pc->arena, p, err);
	if (rc == -1)
		return (-1);
	if ((from = from_of(s, pc, rc == 1 ? p : NULL)) == NULL)
		return (fu_err_set(err, FU_ECONFIG,
		    "%s: no `senders:`, so nobody can write",
		    s->session->config.file));
	(void)snprintf(ref, sizeof(ref), "d%lld", (long long)pc->d.id);
	pc->message_id = fu_message_id(&s->session->keys, ref,
	    fu_email_domain(from->email), pc->arena);
	if (!parse_to(&pc->d, pc->arena, &to))
		return (fu_send_give_up(s, pc, "destination_gone", FU_T_FAILED, err));
	rc = is_service(&pc->d) ? fu_send_service(s, pc, (enum fu_channel)
	    fu_channel_find(to.channel), to.to, from, err) :
	    strcmp(pc->d.kind, "alert") == 0 ?
	    make_alert(s, pc, &to, from, err) :
	    make_handoff(s, pc, &to, from, err);
	if (rc == -1)
		return (-1);
	pc->delivery.id = pc->message_id;
	pc->delivery.record = pc->item->input;
	pc->delivery.at_us = fu_session_now(s->session);
	if (pc->reason != NULL && !pc->settled)
		return (fu_send_give_up(s, pc, pc->reason, FU_T_FAILED, err));
	return (0);
}
