/* Mustache: the spec's own tests where they are, and what is ours. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "content/mustache.h"

/* FU_DATA, or a copy of the data in the tree. */
static const char *
data_dir(void)
{
	const char *dir = getenv("FU_DATA");

	return (dir != NULL ? dir : "tests/data");
}

static char *
slurp(struct fu_arena *arena, const char *path)
{
	char block[4096], *text;
	struct fu_buf buf;
	size_t n;
	FILE *f;

	if ((f = fopen(path, "r")) == NULL)
		return (NULL);
	fu_buf_init(&buf);
	while ((n = fread(block, 1, sizeof(block), f)) > 0)
		fu_buf_put(&buf, block, n);
	fclose(f);
	text = fu_dup_str(arena, fu_buf_view(&buf));
	fu_buf_free(&buf);
	return (text);
}

static const char *
spec_partial(void *ctx, const char *name)
{
	const struct fu_ctx *partials = ctx, *value;

	value = fu_ctx_get(partials, fu_str_of(name));
	return (value != NULL && value->type == FU_CTX_TEXT ? value->text :
	    NULL);
}

/* One test of the spec; false when it says something else. */
static bool
spec_case(struct fu_arena *arena, const struct fu_ctx *test)
{
	struct fu_render render = { .escape = FU_ESCAPE_HTML,
		.partial = spec_partial };
	const struct fu_ctx *expected, *template, *data;
	struct fu_template *parsed;
	struct fu_err err = { 0 };
	struct fu_buf out;
	bool ok;

	template = fu_ctx_get(test, FU_STR("template"));
	expected = fu_ctx_get(test, FU_STR("expected"));
	data = fu_ctx_get(test, FU_STR("data"));
	render.partial_ctx = (void *)fu_ctx_get(test, FU_STR("partials"));
	fu_buf_init(&out);
	parsed = fu_template_parse(arena, template->text, "spec", 1, &err);
	ok = parsed != NULL && fu_template_render(parsed, data, &render, &out,
	    &err) == 0 && fu_str_is(fu_buf_view(&out), expected->text);
	if (!ok)
		print_message("%s: expected \"%s\", got \"%.*s\" %s\n",
		    fu_ctx_get(test, FU_STR("name"))->text, expected->text,
		    (int)out.len, out.len > 0 ? out.ptr : "", err.msg);
	fu_buf_free(&out);
	return (ok);
}

static void
test_spec(void **state)
{
	static const char *const file[] = { "comments", "delimiters",
		"interpolation", "inverted", "partials", "sections" };
	const struct fu_ctx *root, *tests;
	size_t i, j, failed = 0, n = 0;
	struct fu_arena arena;
	struct fu_json value;
	struct fu_err err;
	const char *text;

	(void)state;
	fu_arena_init(&arena);
	for (i = 0; i < sizeof(file) / sizeof(*file); i++) {
		text = slurp(&arena, fu_printf(&arena, "%s/mustache/%s.json",
		    data_dir(), file[i]));
		if (text == NULL) {
			print_message("skipped: no %s/mustache/%s.json\n",
			    data_dir(), file[i]);
			fu_arena_free(&arena);
			skip();
		}
		assert_int_equal(fu_json_parse(fu_str_of(text), &value, &err),
		    0);
		root = fu_ctx_of_json(&arena, &value);
		tests = fu_ctx_get(root, FU_STR("tests"));
		assert_non_null(tests);
		for (j = 0; j < tests->n; j++, n++)
			failed += !spec_case(&arena, tests->member[j].value);
	}
	print_message("%zu cases of the Mustache spec\n", n);
	assert_true(n > 100);
	assert_int_equal(failed, 0);
	fu_arena_free(&arena);
}

/* What a template gives, or "!" and the error. */
static const char *
render(struct fu_arena *arena, const char *text, const struct fu_ctx *ctx,
    enum fu_escape escape, bool strict)
{
	struct fu_render how = { .escape = escape, .strict = strict };
	struct fu_template *template;
	struct fu_err err = { 0 };
	const char *result;
	struct fu_buf out;

	fu_buf_init(&out);
	template = fu_template_parse(arena, text, "hot.md", 7, &err);
	if (template == NULL ||
	    fu_template_render(template, ctx, &how, &out, &err) == -1)
		result = fu_printf(arena, "!%s", err.msg);
	else
		result = fu_dup_str(arena, fu_buf_view(&out));
	fu_buf_free(&out);
	return (result);
}

static struct fu_ctx *
sample(struct fu_arena *arena)
{
	struct fu_ctx *ctx = fu_ctx_object(arena), *insight;

	fu_ctx_set_text(ctx, "first_name", "*Ann*");
	fu_ctx_set_text(ctx, "link", "[a](b)");
	fu_ctx_set_text(ctx, "mention", "<!channel> &amp; \"*\"");
	fu_ctx_set_text(ctx, "quote", "say \"hi\"\n\\");
	fu_ctx_set_text(ctx, "blank", "  ");
	fu_ctx_set_int(ctx, "none", 0);
	insight = fu_ctx_object(arena);
	fu_ctx_set_text(insight, "text", "It halves it.");
	fu_ctx_set(ctx, "insight", insight);
	return (ctx);
}

static void
test_ours(void **state)
{
	static const struct {
		const char	*text;
		enum fu_escape	 escape;
		bool		 strict;
		const char	*expected;
	} cases[] = {
		{ "{{ name | default: \"there\" }}", 0, true, "there" },
		{ "{{blank|default:'x'}}", 0, true, "x" },
		{ "{{name | default: \"a \\\"b\\\"\"}}", 0, true, "a \"b\"" },
		{ "{{name | default: \"\"}}", 0, true, "" },
		{ "{{first_name|default: \"x\"}}", 0, true, "*Ann*" },
		{ "{{first_name}}", FU_ESCAPE_MARKDOWN, true,
		    "&#42;Ann&#42;" },
		{ "{{link}}", FU_ESCAPE_MARKDOWN, true,
		    "&#91;a&#93;&#40;b&#41;" },
		{ "\"{{quote}}\"", FU_ESCAPE_JSON, true,
		    "\"say \\\"hi\\\"\\n\\\\\"" },
		{ "\"{{mention}}\"", FU_ESCAPE_SLACK, true,
		    "\"&lt;!channel&gt; &amp;amp; \\\"*\\\"\"" },
		{ "{{none}}{{#none}}some{{/none}}", 0, true, "0" },
		{ "{{#question}}you asked {{question}}{{/question}}.", 0, true,
		    "." },
		{ "{{insight.text}}", 0, true, "It halves it." },
		{ "{{name}}", 0, false, "" },
		{ "one\n{{question}}", 0, true,
		    "!hot.md:8: {{question}} has no value and no default" },
		{ "{{name | upcase}}", 0, true, "!hot.md:7:1: the only filter "
		    "is default: \"text\", not {{name | upcase}}" },
		{ "{{name | default: there}}", 0, true, "!hot.md:7:1: a default "
		    "is written {{name | default: \"text\"}}, not "
		    "{{name | default: there}}" },
		{ "a\n{{#x}}", 0, true,
		    "!hot.md:8:1: unclosed section {{x}}" },
		{ "{{/x}}", 0, true,
		    "!hot.md:7:1: no such section is open: {{x}}" },
		{ "{{name", 0, true, "!hot.md:7:1: unclosed tag" },
		{ "{{first name}}", 0, true,
		    "!hot.md:7:1: bad name {{first name}}" },
		{ "{{> gone}}", 0, true,
		    "!hot.md:7: there is no partial {{> gone}}" }
	};
	struct fu_arena arena;
	struct fu_ctx *ctx;
	size_t i;

	(void)state;
	fu_arena_init(&arena);
	ctx = sample(&arena);
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(render(&arena, cases[i].text, ctx,
		    cases[i].escape, cases[i].strict), cases[i].expected);
	fu_arena_free(&arena);
}

static const char *
endless(void *ctx, const char *name)
{
	(void)ctx;
	(void)name;
	return ("{{> more}}{{> more}}");
}

static void
test_bounds(void **state)
{
	struct fu_render how = { .partial = endless };
	struct fu_template *template;
	struct fu_arena arena;
	struct fu_err err;
	struct fu_buf out;
	int i;

	(void)state;
	fu_arena_init(&arena);
	fu_buf_init(&out);
	template = fu_template_parse(&arena, "{{> more}}", "t", 1, &err);
	assert_int_equal(fu_template_render(template, fu_ctx_object(&arena),
	    &how, &out, &err), -1);
	assert_int_equal(err.class, FU_ECONFIG);
	fu_buf_reset(&out);
	for (i = 0; i < 40; i++)
		fu_buf_puts(&out, "{{#a}}");
	assert_null(fu_template_parse(&arena,
	    fu_dup_str(&arena, fu_buf_view(&out)), "t", 1, &err));
	fu_buf_free(&out);
	fu_arena_free(&arena);
}

static void
test_names(void **state)
{
	struct fu_template_name *name;
	struct fu_template *template;
	struct fu_arena arena;
	struct fu_err err;
	size_t n;

	(void)state;
	fu_arena_init(&arena);
	template = fu_template_parse(&arena, "{{a}}\n{{#b}}{{b.c}}{{/b}}\n"
	    "{{^d}}{{d | default: 'x'}}{{/d}}{{> footer}}", "t", 3, &err);
	assert_non_null(template);
	name = fu_template_names(template, &arena, &n);
	assert_int_equal(n, 6);
	assert_string_equal(name[0].name, "a");
	assert_int_equal(name[0].line, 3);
	assert_int_equal(name[0].col, 1);
	assert_null(name[0].within);
	assert_false(name[0].guarded || name[0].fallback || name[0].section);
	assert_true(name[1].section);
	assert_string_equal(name[2].name, "b.c");
	assert_true(name[2].guarded);
	assert_int_equal(name[2].line, 4);
	assert_int_equal(name[2].col, 7);
	assert_string_equal(name[2].within, "b");
	assert_false(name[4].guarded);
	assert_null(name[4].within);
	assert_int_equal(name[5].col, 33);
	assert_true(name[4].fallback);
	assert_true(name[5].partial);
	fu_arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_spec),
		cmocka_unit_test(test_ours),
		cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_names)
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
