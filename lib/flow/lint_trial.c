/*
 * A message made for nobody, as mail and as SMS: is the footer in every part,
 * and does the text fit?
 *
 * Must never judge the words: every value is a sample.
 */
#include <string.h>

#include "content/insight.h"
#include "content/render.h"
#include "content/segments.h"
#include "flow/lint_room.h"

/* Stand in for address and way out, so that they can be found again. */
#define ADDRESS	"POSTALADDRESS"
#define WAY_OUT	"https://out.example/u"

/* As long as such values usually are. */
#define SAMPLE	"Alexandra"

/* The longest of what it may bring: it has to fit, too. */
static const char *
insight_text(struct fu_linting *l, const struct fu_lint_use *use)
{
	const char	*text, *longest = SAMPLE;

	for (size_t i = 0; i < l->ndocument; i++) {
		const struct fu_document *d = &l->document[i];

		if (d->kind == NULL || !fu_list_has(&use->kinds, d->kind))
			continue;
		text = fu_insight_text(d, l->arena);
		if (text != NULL && strlen(text) > strlen(longest))
			longest = text;
	}
	return (longest);
}

/* The names of one text that nothing gave a value yet. */
static void
fill_in(struct fu_linting *l, struct fu_ctx *ctx, const char *text)
{
	struct fu_template_name	*name;
	struct fu_template	*template;
	struct fu_err		 err;
	size_t			 n;

	if (text == NULL || (template = fu_template_parse(l->arena, text, "",
	    1, &err)) == NULL)
		return;
	name = fu_template_names(template, l->arena, &n);
	for (size_t i = 0; i < n; i++)
		if (!name[i].partial && strchr(name[i].name, '.') == NULL &&
		    fu_ctx_get(ctx, fu_str_of(name[i].name)) == NULL)
			fu_ctx_set_text(ctx, name[i].name, SAMPLE);
}

static struct fu_ctx *
sample_values(struct fu_linting *l, const struct fu_message *m,
    const struct fu_lint_use *use, const struct fu_config *config,
    const struct fu_links *links)
{
	static const char *const parts[] = { "title", "kind", "deadline",
		"name", "phone", "email" };
	struct fu_ctx	*ctx = fu_context_make(l->arena, config, NULL, NULL,
	    NULL, links);
	struct fu_ctx	*insight = fu_ctx_object(l->arena);
	struct fu_ctx	*sender = fu_ctx_object(l->arena);
	struct fu_ctx	*out = fu_ctx_object(l->arena);

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		fu_ctx_set_text(insight, parts[i], SAMPLE);
		fu_ctx_set_text(sender, parts[i], SAMPLE);
	}
	fu_ctx_set_text(insight, "text", insight_text(l, use));
	fu_ctx_set_text(insight, "url", "https://www.example.com/page");
	fu_ctx_set_text(out, "book", "https://www.example.com/book");
	fu_ctx_set_text(out, "unsubscribe", WAY_OUT);
	fu_ctx_set(ctx, "insight", insight);
	fu_ctx_set(ctx, "sender", sender);
	fu_ctx_set(ctx, "links", out);
	fill_in(l, ctx, m->subject);
	for (size_t i = 0; i < m->nvariant; i++)
		fill_in(l, ctx, m->variant[i].subject);
	fill_in(l, ctx, m->body);
	return (ctx);
}

/* Where {{> footer}} stands, and how often; else the end of the body. */
static int
footers(struct fu_linting *l, const struct fu_message *m,
    struct fu_where *where)
{
	struct fu_template_name	*name;
	struct fu_template	*template;
	struct fu_err		 err;
	size_t			 n;
	int			 count = 0;

	*where = (struct fu_where){ m->file, 0, 0 };
	template = fu_template_parse(l->arena, m->body, m->file, m->body_line,
	    &err);
	if (template == NULL)
		return (0);
	name = fu_template_names(template, l->arena, &n);
	for (size_t i = 0; i < n; i++) {
		if (!name[i].partial || strcmp(name[i].name, "footer") != 0)
			continue;
		where->line = name[i].line;
		where->col = name[i].col;
		count++;
	}
	return (count);
}

static void
check_mail(struct fu_linting *l, const struct fu_message *m,
    const struct fu_message_out *out)
{
	const struct {
		const char *rule, *what, *text, *html;
	} asked[] = {
		{ "CS-06", "postal address", ADDRESS, ADDRESS },
		{ "CS-01", "way out", WAY_OUT, "href=\"" WAY_OUT "\"" }
	};
	struct fu_where	 where;
	int		 n = footers(l, m, &where);
	const char	*why = n > 0 ? "{{> footer}} stands where Markdown "
	    "drops it" : "it ends in something that is never closed";
	bool		 text, html;

	if (n > 1)
		fu_lint_say(l, &where, true, "CS-01", "the footer stands here "
		    "a second time");
	for (size_t i = 0; i < sizeof(asked) / sizeof(*asked); i++) {
		text = strstr(out->text, asked[i].text) != NULL;
		html = strstr(out->html, asked[i].html) != NULL;
		if (!text || !html)
			fu_lint_say(l, &where, false, asked[i].rule, "there is "
			    "no %s in the %s: %s", asked[i].what, text ?
			    "HTML part" : html ? "text part" : "mail", why);
	}
}

static void
check_sms(struct fu_linting *l, const struct fu_message *m,
    const struct fu_message_out *out)
{
	const struct fu_config	*c = &l->config;
	struct fu_where		 where = { m->file, m->body_line, 0 };
	int			 n = fu_sms_segments(out->text);
	int			 plain = fu_sms_segments(fu_sms_plain(out->text,
	    l->arena));
	int			 max = c->channel[FU_CH_SMS].max_segments;

	if (max > 0 && n > max)
		fu_lint_say(l, &where, true, "TC-12", "with values of the "
		    "usual length this is an SMS of %d parts, where "
		    "channels.sms.max_segments is %d: it is held", n, max);
	if (plain < n && !c->channel[FU_CH_SMS].transliterate)
		fu_lint_say(l, &where, true, "SM-05", "curly quotes, long "
		    "dashes or the like make this an SMS of %d parts, each of "
		    "which is paid for; with plain ones (' \" -) it is %d: "
		    "write those, or channels.sms.transliterate: true, which "
		    "puts them in", n, plain);
	if (!out->way_out)
		fu_lint_say(l, &where, false, "TC-07", "nobody reads answers "
		    "to channels.sms (inbound: true says that somebody does), "
		    "and the text has no link or number to end it by: it is "
		    "never sent");
}

void
fu_lint_trial(struct fu_linting *l, const struct fu_message *m,
    const struct fu_lint_use *use)
{
	struct fu_config	 config = l->config;
	struct fu_links		 links = { WAY_OUT, NULL, NULL };
	struct fu_message_out	 out;
	struct fu_err		 err;
	struct fu_message_in	 in = { .config = &config, .message = m,
		.links = &links, .variant = "a", .source = SAMPLE };

	config.company.postal_address = ADDRESS;
	in.ctx = sample_values(l, m, use, &config, &links);
	in.channel = FU_CH_EMAIL;
	/* A template that does not render is told as such elsewhere. */
	if ((use->channel[FU_CH_EMAIL] ||
	    (use->steps == 0 && m->subject != NULL)) &&
	    fu_message_render(&in, l->arena, &out, &err) == 0 &&
	    out.text != NULL && out.html != NULL)
		check_mail(l, m, &out);
	in.channel = FU_CH_SMS;
	if (fu_blank(config.company.web))
		links.unsubscribe = NULL;
	if (use->channel[FU_CH_SMS] && l->config.channel[FU_CH_SMS].given &&
	    fu_message_render(&in, l->arena, &out, &err) == 0 &&
	    out.text != NULL)
		check_sms(l, m, &out);
}
