/*
 * Rendering what fu-send delivers.
 *
 * Must never look anything up: what a template may name is handed in.
 */
#include <string.h>

#include "content/link.h"
#include "content/render.h"
#include "content/token.h"
#include "flow/handoff_room.h"
#include "flow/send_text.h"

void
fu_text_check(const struct fu_message *m, struct fu_arena *arena,
    struct fu_faults *faults)
{
	struct fu_where	 body = { m->file, m->body_line, 1 };

	if (m->subject != NULL)
		fu_template_check(m->subject, &m->subject_where, arena, faults);
	for (size_t i = 0; i < m->nvariant; i++)
		if (m->variant[i].subject != NULL)
			fu_template_check(m->variant[i].subject,
			    &m->variant[i].where, arena, faults);
	fu_template_check(m->body, &body, arena, faults);
}

void
fu_text_check_templates(const struct fu_config *config, struct fu_arena *arena,
    struct fu_faults *faults)
{
	const struct fu_wa_template	*t;

	for (size_t i = 0; i < config->nwa_template; i++) {
		t = &config->wa_template[i];
		for (size_t k = 0; k < t->parameters.n; k++)
			fu_template_check(t->parameters.item[k], &t->where,
			    arena, faults);
	}
}

static const char *
unsubscribe_url(const struct fu_text_in *in, struct fu_arena *arena)
{
	struct fu_token	 token = { .purpose = FU_TOKEN_UNSUBSCRIBE,
		.touch = in->touch, .prospect = in->facts->subject->prospect };
	char		 text[FU_TOKEN_LEN] = "test";

	if (!in->inert)
		fu_token_make(in->keys, &token, text);
	return (fu_web_address(in->config, "/u/", text, arena));
}

int
fu_text_touch(const struct fu_text_in *in, struct fu_arena *arena,
    struct fu_text_out *out, struct fu_err *err)
{
	const struct fu_person	*person = in->facts->subject->person;
	struct fu_links		 links = { NULL, in->config->booking_url,
		fu_link_chat(in->inert ? NULL : in->keys,
		fu_blank(in->config->company.site) ? in->config->company.web :
		in->config->company.site, in->touch,
		in->facts->subject->prospect, arena) };
	struct fu_message_out	 made;
	struct fu_message_in	 what;
	struct fu_ctx		*ctx;

	memset(out, 0, sizeof(*out));
	links.unsubscribe = out->unsubscribe = unsubscribe_url(in, arena);
	ctx = fu_context_make(arena, in->config, in->facts, in->sender,
	    in->insight, &links);
	fu_ctx_set_text(ctx, "timeline", person->f[FU_F_TIMELINE]);
	fu_words_of(in->facts, ctx, arena);
	/* A rep reads "$48K"; a message for the person has the number. */
	if (in->channel == FU_CH_TASK)
		fu_ctx_set_text(ctx, "budget", fu_handoff_amount(person,
		    in->facts->event, in->facts->nevent, arena));
	what = (struct fu_message_in){
		.config = in->config,
		.message = in->message,
		.ctx = ctx,
		.channel = in->channel,
		.prospect = in->facts->subject->prospect,
		.links = &links,
		.basis = person->f[FU_F_BASIS],
		.source = person->f[FU_F_SOURCE],
		.notice = in->notice,
		.parent_subject = in->parent_subject,
		.noise = in->noise,
		.urgency = in->urgency,
		.identify = in->identify,
		.template = in->template,
	};
	if (fu_message_render(&what, arena, &made, err) == -1)
		return (-1);
	out->subject = made.subject;
	out->text = made.text;
	out->html = made.html;
	out->variant = made.variant;
	out->has_notice = made.has_notice;
	out->way_out = made.way_out;
	out->identified = made.identified;
	out->parameters = made.parameters;
	out->reason = made.reason;
	out->detail = made.detail;
	return (0);
}

int
fu_text_brief(struct fu_str text, const char *file, const struct fu_ctx *ctx,
    struct fu_arena *arena, struct fu_text_out *out, struct fu_err *err)
{
	struct fu_message	 m;
	struct fu_faults	 faults;
	const char		*body;
	int			 rc = 0;

	memset(out, 0, sizeof(*out));
	fu_faults_init(&faults);
	if (fu_message_parse(text, file, arena, &m, &faults) == -1)
		rc = fu_err_set(err, FU_ECONFIG, "%s",
		    fu_fault_print(arena, &faults.fault[0]));
	fu_faults_free(&faults);
	if (rc == -1)
		return (-1);
	out->subject = fu_file_render(m.subject != NULL ? m.subject :
	    "{{name}}", file, ctx, FU_ESCAPE_NONE, arena, err);
	body = fu_file_render(m.body, file, ctx, FU_ESCAPE_MARKDOWN, arena,
	    err);
	if (out->subject == NULL || body == NULL)
		return (-1);
	out->text = fu_mail_text(body, arena);
	out->html = fu_mail_html(body, NULL, arena);
	return (0);
}

const char *
fu_text_json(struct fu_str text, const char *file, const struct fu_ctx *ctx,
    enum fu_escape escape, struct fu_arena *arena, struct fu_err *err)
{
	return (fu_file_render(fu_dup_str(arena, text), file, ctx, escape,
	    arena, err));
}

const char *
fu_text_slack(const char *text, struct fu_arena *arena, struct fu_err *err)
{
	struct fu_ctx	*ctx = fu_ctx_object(arena);

	fu_ctx_set_text(ctx, "text", text);
	return (fu_file_render("{\"text\":\"{{text}}\"}", "slack", ctx,
	    FU_ESCAPE_SLACK, arena, err));
}
