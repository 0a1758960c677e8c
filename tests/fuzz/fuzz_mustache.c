/* Any bytes as a template: no crash, and bounds hold. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "content/foreign.h"
#include "content/markdown.h"
#include "content/mustache.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static const char *
partial(void *ctx, const char *name)
{
	(void)name;
	return (ctx);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fu_render render = { .escape = FU_ESCAPE_MARKDOWN,
		.partial = partial };
	struct fu_ctx *ctx, *list;
	struct fu_template *template;
	struct fu_foreign foreign;
	struct fu_arena arena;
	struct fu_buf out, text;
	struct fu_err err;
	size_t n;
	char *copy;

	if (size > 4096 || !fu_utf8_valid((const char *)data, size))
		return (0);
	fu_arena_init(&arena);
	fu_buf_init(&out);
	fu_buf_init(&text);
	copy = fu_dup_str(&arena, (struct fu_str){ (const char *)data, size });
	render.partial_ctx = copy;
	ctx = fu_ctx_object(&arena);
	list = fu_ctx_list(&arena);
	fu_ctx_add(list, fu_ctx_text(&arena, "x"));
	fu_ctx_add(list, ctx);
	fu_ctx_set(ctx, "a", list);
	fu_ctx_set_text(ctx, "b", "*b*\n");
	for (n = 0; fu_foreign_next(copy, n, &foreign); n = foreign.at +
	    foreign.len)
		if (foreign.at < n || foreign.len == 0 ||
		    foreign.at + foreign.len > strlen(copy))
			abort();
	template = fu_template_parse(&arena, copy, "fuzz", 1, &err);
	if (template != NULL) {
		(void)fu_template_names(template, &arena, &n);
		(void)fu_template_render(template, ctx, &render, &out, &err);
		if (out.len > FU_MUSTACHE_OUT_MAX + 65536)
			abort();
		if (out.len < 65536) {
			fu_markdown_html(fu_buf_view(&out), &text);
			fu_markdown_text(fu_buf_view(&out), 72, &text);
		}
	}
	fu_buf_free(&text);
	fu_buf_free(&out);
	fu_arena_free(&arena);
	return (0);
}
