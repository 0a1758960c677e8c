/*
 * A message for a person: subject, text and HTML, or what stands in its way.
 *
 * Must never put out a commercial mail without sender, postal address and way
 * out, nor a text with a hole in it.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/hash.h"
#include "content/footer.h"
#include "content/markdown.h"
#include "content/noise.h"
#include "content/render.h"
#include "content/segments.h"
#include "content/short.h"
#include "content/subject.h"

/* One rendering under way. */
struct job {
	const struct fu_message_in	*in;
	struct fu_arena			*arena;
	struct fu_message_out		*out;
	const char			*footer;	/* Markdown, or NULL */
	bool				 placed;	/* {{> footer}} was met */
	bool				 silent;	/* leave the footer out */
	struct fu_err			*err;
};

const char *
fu_message_variant(const struct fu_message *message, int64_t prospect)
{
	uint64_t pick;

	if (message->nvariant == 0)
		return ("a");
	pick = fu_hash64(&prospect, sizeof(prospect),
	    fu_hash_cstr(message->id, 0)) % (message->nvariant + 1);
	return (pick == 0 ? "a" : message->variant[pick - 1].key);
}

static const char *
footer_partial(void *ctx, const char *name)
{
	struct job *job = ctx;

	if (strcmp(name, "footer") != 0)
		return (NULL);
	job->placed = true;
	if (job->silent || job->footer == NULL)
		return ("");
	return (job->footer);
}

/* Hold the message; the first reason stays. */
static void
hold(struct job *job, const char *reason, const char *detail)
{
	if (job->out->reason != NULL)
		return;
	job->out->reason = reason;
	job->out->detail = detail;
}

/*
 * Render one template of the message.  NULL with out->reason set when a value
 * is missing, NULL without when the template is wrong.
 */
static const char *
expand(struct job *job, const char *text, const char *file, int line,
    enum fu_escape escape)
{
	struct fu_render render = { .escape = escape, .strict = true,
		.partial = footer_partial, .partial_ctx = job };
	struct fu_template *template;
	struct fu_buf buf;
	const char *result = NULL;

	template = fu_template_parse(job->arena, text, file, line, job->err);
	if (template == NULL)
		return (NULL);
	fu_buf_init(&buf);
	if (fu_template_render(template, job->in->ctx, &render, &buf,
	    job->err) == 0)
		result = fu_dup_str(job->arena, fu_buf_view(&buf));
	else if (render.missing != NULL)
		hold(job, "missing_value", fu_dup(job->arena, job->err->msg));
	fu_buf_free(&buf);
	return (result);
}

static const struct fu_variant *
variant_find(const struct fu_message *message, const char *key)
{
	size_t i;

	for (i = 0; i < message->nvariant; i++)
		if (fu_streq(message->variant[i].key, key))
			return (&message->variant[i]);
	return (NULL);
}

/*
 * As the network counts it: plain where that saves parts and the operator
 * wants it, and not sent in more parts than one pays for.  Never cut [SM-05].
 */
static void
measure(struct job *job)
{
	const struct fu_transport *t = &job->in->config->channel[FU_CH_SMS];
	struct fu_message_out *out = job->out;
	struct fu_str said = fu_str_trim(fu_str_of(out->text));
	const char *text = fu_dup_str(job->arena, said);
	const char *plain = fu_sms_plain(text, job->arena);
	int parts = fu_sms_segments(text), fewer = fu_sms_segments(plain);

	if (t->transliterate && fewer < parts) {
		out->text = fu_printf(job->arena, "%s\n", plain);
		parts = fewer;
	}
	if (t->max_segments > 0 && parts > t->max_segments)
		hold(job, "missing_value", fu_printf(job->arena, "%s: an SMS "
		    "of %d parts, where channels.sms.max_segments is %d%s",
		    job->in->message->file, parts, t->max_segments,
		    fewer > t->max_segments || fewer == parts ? "" :
		    ": with channels.sms.transliterate: true it would fit"));
}

/* Runs of blanks become one: Meta takes neither line breaks nor four of them
 * in a parameter. */
static const char *
one_line(const char *text, struct fu_arena *arena)
{
	char *copy = fu_dup_str(arena, fu_str_trim(fu_str_of(text)));
	char *to = copy;

	for (const char *from = copy; *from != '\0'; from++) {
		if (strchr(" \t\r\n", *from) == NULL)
			*to++ = *from;
		else if (to > copy && to[-1] != ' ')
			*to++ = ' ';
	}
	*to = '\0';
	return (copy);
}

/* The body of the template with what fills its {{1}}, {{2}}. */
static const char *
filled(const struct job *job)
{
	const struct fu_list *p = &job->out->parameters;
	const char *at = job->in->template->body, *text;
	struct fu_buf buf;
	size_t digits, n;

	fu_buf_init(&buf);
	while (*at != '\0') {
		digits = strncmp(at, "{{", 2) == 0 ? strspn(at + 2,
		    "0123456789") : 0;
		n = digits > 0 && digits < 3 ? (size_t)atoi(at + 2) : 0;
		if (n > 0 && n <= p->n &&
		    strncmp(at + 2 + digits, "}}", 2) == 0) {
			fu_buf_puts(&buf, p->item[n - 1]);
			at += 4 + digits;
		} else
			fu_buf_putc(&buf, *at++);
	}
	text = fu_dup_buf(job->arena, &buf);
	fu_buf_free(&buf);
	return (text);
}

/* What a person gets by a template that Meta has approved [WA-03]. */
static int
render_template(struct job *job)
{
	const struct fu_wa_template *t = job->in->template;
	const char *notice = job->in->config->company.privacy_notice;
	struct fu_message_out *out = job->out;
	const char *text;
	size_t cap = 0;

	for (size_t i = 0; i < t->parameters.n; i++) {
		text = expand(job, t->parameters.item[i], t->where.file,
		    t->where.line, FU_ESCAPE_NONE);
		if (text == NULL)
			return (out->reason != NULL ? 0 : -1);
		text = one_line(text, job->arena);
		if (fu_blank(text))
			hold(job, "missing_value", fu_printf(job->arena,
			    "%s:%d: parameter %zu of %s is empty",
			    t->where.file, t->where.line, i + 1, t->name));
		out->parameters.item = fu_grow(job->arena,
		    out->parameters.item, out->parameters.n, &cap,
		    sizeof(*out->parameters.item));
		out->parameters.item[out->parameters.n++] = text;
	}
	out->text = out->said = filled(job);
	out->way_out = out->identified = true;
	out->has_notice = !fu_blank(notice) &&
	    strstr(out->text, notice) != NULL;
	return (0);
}

/* A date that presses is a real one: that of the offer or event it brings. */
static void
press(struct job *job, const char *subject)
{
	const struct fu_ctx *insight;
	const char *phrase;

	insight = fu_ctx_get(job->in->ctx, FU_STR("insight"));
	if (insight != NULL &&
	    fu_ctx_get(insight, FU_STR("deadline")) != NULL)
		return;
	phrase = fu_noise_find(job->in->urgency, subject);
	if (phrase != NULL)
		hold(job, "subject_deceptive", fu_printf(job->arena,
		    "%s: the subject says \"%s\", and the message brings "
		    "nothing with a deadline", job->in->message->file,
		    phrase));
}

static int
render_subject(struct job *job)
{
	const struct fu_message *message = job->in->message;
	const char *parent = job->in->parent_subject, *text, *subject;
	const struct fu_variant *variant;
	struct fu_where where = message->subject_where;

	job->out->variant = job->in->variant != NULL ? job->in->variant :
	    fu_message_variant(message, job->in->prospect);
	if (message->thread_continue && parent != NULL) {
		job->out->subject = fu_subject_answers(parent) ? parent :
		    fu_printf(job->arena, "Re: %s", parent);
		return (0);
	}
	text = message->subject;
	if ((variant = variant_find(message, job->out->variant)) != NULL) {
		text = variant->subject;
		where = variant->where;
	}
	if (text == NULL)
		return (0);
	subject = expand(job, text,
	    where.file != NULL ? where.file : message->file,
	    where.line > 0 ? where.line : 1, FU_ESCAPE_NONE);
	if (subject == NULL)
		return (job->out->reason != NULL ? 0 : -1);
	if (job->in->channel == FU_CH_EMAIL && fu_subject_answers(subject))
		hold(job, "subject_deceptive", fu_printf(job->arena,
		    "%s: \"%s\" answers nothing", message->file, subject));
	press(job, subject);
	job->out->subject = subject;
	return (0);
}

static const char *
plain(const char *markdown, int width, struct fu_arena *arena)
{
	struct fu_buf buf;
	const char *text;

	fu_buf_init(&buf);
	fu_markdown_text(fu_str_of(markdown), width, &buf);
	text = fu_dup_str(arena, fu_buf_view(&buf));
	fu_buf_free(&buf);
	return (text);
}

const char *
fu_mail_text(const char *markdown, struct fu_arena *arena)
{
	return (plain(markdown, FU_TEXT_WIDTH, arena));
}

/* Into an attribute or element of HTML. */
static void
put_escaped(struct fu_buf *out, const char *s)
{
	for (; *s != '\0'; s++)
		if (strchr("&<>\"", *s) != NULL)
			fu_buf_printf(out, "&#%d;", *s);
		else
			fu_buf_putc(out, *s);
}

const char *
fu_mail_html(const char *markdown, const char *language,
    struct fu_arena *arena)
{
	struct fu_buf buf;
	const char *html;

	fu_buf_init(&buf);
	fu_buf_puts(&buf, "<!DOCTYPE html>\n<html lang=\"");
	put_escaped(&buf, language != NULL ? language : "en");
	fu_buf_puts(&buf, "\">\n<head><meta charset=\"utf-8\"></head>\n"
	    "<body>\n");
	fu_markdown_html(fu_str_of(markdown), &buf);
	fu_buf_puts(&buf, "</body>\n</html>\n");
	html = fu_dup_str(arena, fu_buf_view(&buf));
	fu_buf_free(&buf);
	return (html);
}

/* The body with the footer where it belongs; NULL as expand(). */
static const char *
body_markdown(struct job *job)
{
	const struct fu_message *message = job->in->message;
	const char *body;

	job->placed = false;
	body = expand(job, message->body, message->file, message->body_line,
	    FU_ESCAPE_MARKDOWN);
	if (body == NULL || job->silent || job->footer == NULL || job->placed)
		return (body);
	return (fu_printf(job->arena, "%s\n\n---\n\n%s", body, job->footer));
}

static int
render_mail(struct job *job)
{
	const struct fu_message_in *in = job->in;
	const char *body, *detail, *reason;

	reason = fu_footer_fault(in, job->arena, &detail);
	if (reason != NULL)
		hold(job, reason, detail);
	else
		job->footer = fu_footer_markdown(in, job->arena);
	if ((body = body_markdown(job)) == NULL)
		return (job->out->reason != NULL ? 0 : -1);
	job->out->text = fu_mail_text(body, job->arena);
	job->out->html = fu_mail_html(body, in->message->language, job->arena);
	job->out->has_notice = in->notice && reason == NULL;
	if (reason == NULL &&
	    ((reason = fu_footer_lost(in, job->out->text, false)) !=
	    NULL ||
	    (reason = fu_footer_lost(in, job->out->html, true)) !=
	    NULL))
		hold(job, reason, fu_printf(job->arena,
		    "%s: the footer does not show in every part",
		    in->message->file));
	return (0);
}

int
fu_message_render(const struct fu_message_in *in, struct fu_arena *arena,
    struct fu_message_out *out, struct fu_err *err)
{
	struct job job = { .in = in, .arena = arena, .out = out, .err = err };
	const char *body, *phrase;

	memset(out, 0, sizeof(*out));
	if (render_subject(&job) == -1)
		return (-1);
	job.silent = true;
	if (in->template != NULL)
		return (render_template(&job));
	if ((body = body_markdown(&job)) == NULL)
		return (out->reason != NULL ? 0 : -1);
	out->said = plain(body, 0, arena);
	job.silent = false;
	if (in->channel == FU_CH_EMAIL) {
		if (render_mail(&job) == -1)
			return (-1);
	} else {
		out->text = out->said;
		out->way_out = out->identified = true;
		if (in->channel == FU_CH_SMS)
			fu_short_text(in, out->said, arena, out);
		if (in->channel == FU_CH_SMS)
			measure(&job);
	}
	phrase = fu_noise_find(in->noise, out->said);
	if (phrase == NULL)
		phrase = fu_noise_find(in->noise, out->subject);
	if (phrase != NULL)
		hold(&job, "noise", fu_printf(arena, "%s says \"%s\"",
		    in->message->file, phrase));
	return (0);
}

const char *
fu_file_render(const char *text, const char *file, const struct fu_ctx *ctx,
    enum fu_escape escape, struct fu_arena *arena, struct fu_err *err)
{
	struct fu_render render = { .escape = escape };
	struct fu_template *template;
	const char *result = NULL;
	struct fu_json value;
	struct fu_buf buf;

	if ((template = fu_template_parse(arena, text, file, 1, err)) == NULL)
		return (NULL);
	fu_buf_init(&buf);
	if (fu_template_render(template, ctx, &render, &buf, err) == 0)
		result = fu_dup_str(arena, fu_buf_view(&buf));
	fu_buf_free(&buf);
	if (result != NULL &&
	    (escape == FU_ESCAPE_JSON || escape == FU_ESCAPE_SLACK) &&
	    fu_json_parse(fu_str_of(result), &value, err) == -1) {
		if (err != NULL)
			err->class = FU_ECONFIG;
		fu_err_prefix(err, "%s: the result is no JSON: ", file);
		return (NULL);
	}
	return (result);
}
