/* Messages rendered: footer, notice, holds; what a law asks under its id. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "content/render.h"

struct world {
	struct fu_arena		 arena;
	struct fu_config	 config;
	struct fu_message	 message;
	struct fu_links		 links;
	struct fu_message_in	 in;
	struct fu_message_out	 out;
	struct fu_ctx		*ctx;
	struct fu_err		 err;
};

static void
make(struct world *w)
{
	struct fu_ctx *sender;

	memset(w, 0, sizeof(*w));
	fu_arena_init(&w->arena);
	w->config.company.name = "Example & Sons";
	w->config.company.postal_address = "12 Mill Lane, Dublin 2";
	w->config.company.privacy_notice = "https://www.example.com/privacy";
	w->message.id = "hot-recap";
	w->message.file = "messages/hot-recap.md";
	w->message.subject = "{{topic | default: \"Your question\"}}";
	w->message.body = "Hi {{first_name | default: \"there\"}},\n\n"
	    "{{#question}}you asked {{question}} {{/question}}now.\n\n"
	    "{{sender.name}}\n";
	w->message.body_line = 6;
	w->links.unsubscribe = "https://fu.example.com/u/abc";
	w->ctx = fu_ctx_object(&w->arena);
	sender = fu_ctx_object(&w->arena);
	fu_ctx_set_text(sender, "name", "Ada");
	fu_ctx_set(w->ctx, "sender", sender);
	w->in = (struct fu_message_in){ .config = &w->config,
		.message = &w->message, .ctx = w->ctx,
		.channel = FU_CH_EMAIL, .prospect = 17, .links = &w->links,
		.basis = "li", .source = "Fair {{x}} [2026]" };
}

static void
render(struct world *w)
{
	if (fu_message_render(&w->in, &w->arena, &w->out, &w->err) == -1)
		fail_msg("%s", w->err.msg);
}

static void
assert_reason(struct world *w, const char *reason)
{
	render(w);
	if (reason == NULL && w->out.reason != NULL)
		fail_msg("%s: %s", w->out.reason, w->out.detail);
	if (reason != NULL) {
		assert_non_null(w->out.reason);
		assert_string_equal(w->out.reason, reason);
		assert_non_null(w->out.detail);
	}
}

static void
test_mail(void **state)
{
	struct world w;

	(void)state;
	make(&w);
	fu_ctx_set_text(w.ctx, "first_name", "*Ann*");
	assert_reason(&w, NULL);
	assert_string_equal(w.out.subject, "Your question");
	assert_string_equal(w.out.said, "Hi *Ann*,\n\nnow.\n\nAda\n");
	assert_string_equal(w.out.text, "Hi *Ann*,\n\nnow.\n\nAda\n\n---\n\n"
	    "This is a commercial message from Example & Sons, "
	    "12 Mill Lane, Dublin\n2.\n\nDon't want these emails? "
	    "Unsubscribe: https://fu.example.com/u/abc, or\n"
	    "reply STOP.\n");
	assert_non_null(strstr(w.out.html, "<p>Hi *Ann*,</p>"));
	assert_non_null(strstr(w.out.html, "Example &amp; Sons"));
	assert_non_null(strstr(w.out.html,
	    "<a href=\"https://fu.example.com/u/abc\">"));
	assert_string_equal(w.out.variant, "a");
	w.in.basis = "consent";
	render(&w);
	assert_null(strstr(w.out.text, "commercial"));
	assert_non_null(strstr(w.out.text, "12 Mill Lane"));
	w.in.basis = "li";
	w.message.body = "{{> footer}}\n\nPS: {{sender.name}}\n";
	render(&w);
	assert_memory_equal(w.out.text, "This is a commercial", 20);
	assert_non_null(strstr(w.out.text, "STOP.\n\nPS: Ada\n"));
	fu_arena_free(&w.arena);
}

static void
test_holds(void **state)
{
	static const char *item[] = { "just checking in" };
	struct fu_list noise = { item, 1 };
	struct world w;

	(void)state;
	make(&w);
	w.message.body = "Hi,\n{{question}}\n";
	assert_reason(&w, "missing_value");
	assert_string_equal(w.out.detail, "messages/hot-recap.md:7: "
	    "{{question}} has no value and no default");
	w.message.body = "Just checking in.\n";
	w.in.noise = &noise;
	assert_reason(&w, "noise");
	w.message.body = "Hi\n";
	w.config.company.postal_address = NULL;
	assert_reason(&w, "no_postal_address");
	w.config.company.postal_address = "x";
	w.message.subject = "Re: call";
	assert_reason(&w, "subject_deceptive");
	w.message.subject = "New";
	w.message.thread_continue = true;
	w.in.parent_subject = "Call";
	assert_reason(&w, NULL);
	assert_string_equal(w.out.subject, "Re: Call");
	w.in.parent_subject = "Re: Call";
	assert_reason(&w, NULL);
	assert_string_equal(w.out.subject, "Re: Call");
	w.message.body = "{{#x}}";
	assert_int_equal(fu_message_render(&w.in, &w.arena, &w.out, &w.err),
	    -1);
	assert_int_equal(w.err.class, FU_ECONFIG);
	fu_arena_free(&w.arena);
}

static void
GD_05_the_notice_block(void **state)
{
	static const char *const words[] = { "Example & Sons", "to answer you",
		"growth", "name and address", "Fair {{x}} [2026]", "our relay",
		"the DPC", "You may object to this at any time",
		"We use it to answer", "12 Mill Lane" };
	static const char *places[] = { "EU" };
	struct fu_processor processor[] = {
		{ .name = "relay", .places = { places, 1 } },
		{ .name = "archive", .places = { places, 1 } } };
	struct world w;
	struct fu_buf flat;
	const char *s;
	size_t i;

	(void)state;
	make(&w);
	w.in.notice = true;
	assert_reason(&w, "notice_missing");
	w.config.law.notice.purpose = "to answer you";
	w.config.law.notice.interest = "growth";
	w.config.law.notice.categories = "name and address";
	w.config.law.notice.recipients = "our relay";
	w.config.law.notice.authority = "the DPC";
	assert_reason(&w, NULL);
	assert_true(w.out.has_notice);
	fu_buf_init(&flat);
	for (s = w.out.text; *s != '\0'; s++)
		fu_buf_putc(&flat, *s == '\n' ? ' ' : *s);
	for (i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strstr(flat.ptr, words[i]) == NULL)
			fail_msg("no \"%s\" in %s", words[i], w.out.text);
	fu_buf_free(&flat);
	/* Where it is processed is told once. */
	w.config.law.processor = processor;
	w.config.law.nprocessor = 2;
	assert_reason(&w, NULL);
	assert_non_null(strstr(w.out.text, "in the EU."));
	w.config.law.notice.recipients = "our relay, in the EU";
	assert_reason(&w, NULL);
	assert_null(strstr(w.out.text, "They process"));
	/* Without the source, or any other part of it, nothing leaves. */
	w.in.source = NULL;
	assert_reason(&w, "notice_missing");
	w.in.source = "Fair";
	w.config.law.notice.authority = "";
	assert_reason(&w, "notice_missing");
	w.config.law.notice.authority = "the DPC";
	w.config.company.privacy_notice = NULL;
	assert_reason(&w, "notice_missing");
	/* And none where none is asked for. */
	w.in.notice = false;
	assert_reason(&w, NULL);
	assert_false(w.out.has_notice);
	assert_null(strstr(w.out.text, "Why you hear from us"));
	fu_arena_free(&w.arena);
}

static void
assert_both(struct world *w, const char *what)
{
	struct fu_buf flat;
	const char *s;

	/* Lines are wrapped: one line of it. */
	fu_buf_init(&flat);
	for (s = w->out.text; *s != '\0'; s++)
		fu_buf_putc(&flat, *s == '\n' ? ' ' : *s);
	if (strstr(flat.ptr, what) == NULL)
		fail_msg("expected \"%s\" in the text, got %s", what,
		    w->out.text);
	if (strstr(w->out.html, what) == NULL)
		fail_msg("expected \"%s\" in the HTML, got %s", what,
		    w->out.html);
	fu_buf_free(&flat);
}

static void
CS_01_the_way_out_is_in_every_part(void **state)
{
	static const char *const bodies[] = { "Hi\n", "{{> footer}}\n\nPS\n",
		"Hi\n\n---\n\nunsubscribe\n", "> {{> footer}}\n",
		"- Hi\n- {{> footer}}\n" };
	static const char *const hidden[] = { "<!-- {{> footer}} -->\n",
		"Hi\n\n<!-- {{> footer}}\n", "<!--\n", "Hi\n<script>\n" };
	struct world w;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bodies) / sizeof(*bodies); i++) {
		make(&w);
		w.message.body = bodies[i];
		assert_reason(&w, NULL);
		assert_both(&w, "https://fu.example.com/u/abc");
		assert_both(&w, "reply STOP");
		/* Without a web address of ours an answer does. */
		w.links.unsubscribe = NULL;
		assert_reason(&w, NULL);
		assert_both(&w, "Reply STOP");
		fu_arena_free(&w.arena);
	}
	/* A template that swallows it is one that nothing leaves by. */
	for (i = 0; i < sizeof(hidden) / sizeof(*hidden); i++) {
		make(&w);
		w.message.body = hidden[i];
		render(&w);
		if (w.out.reason == NULL)
			fail_msg("%s: expected a reason, got %s", hidden[i],
			    w.out.text);
		fu_arena_free(&w.arena);
	}
}

static void
CS_06_the_postal_address_is_in_every_part(void **state)
{
	static const char *const none[] = { NULL, "", "  " };
	struct world w;
	size_t i;

	(void)state;
	make(&w);
	assert_reason(&w, NULL);
	assert_both(&w, "12 Mill Lane, Dublin 2");
	w.message.transactional = true;
	assert_reason(&w, NULL);
	assert_both(&w, "12 Mill Lane, Dublin 2");
	for (i = 0; i < sizeof(none) / sizeof(*none); i++) {
		w.config.company.postal_address = none[i];
		assert_reason(&w, "no_postal_address");
	}
	fu_arena_free(&w.arena);
}

static void
CS_07_no_answer_to_nothing(void **state)
{
	static const char *const bad[] = { "Re: our call", "RE: call",
		"Fwd: numbers", "fw: numbers", " re: call", "AW: Angebot",
		"Re:call", "RE[2]: our call", "Re : our call",
		"[EXT] Re: our call", "Ｒｅ： our call", "[a] (b) FW: x",
		"Re(3): x", "[Re] our call", "Re - our call" };
	static const char *const good[] = { "Regarding our call", "Fwdays",
		"Your question", "Reply to your form", "Re-use: how",
		"Trailers: a look", "[Webinar] Tuesday: two seats", "Re", "" };
	struct world w;
	size_t i;

	(void)state;
	make(&w);
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		w.message.subject = bad[i];
		assert_reason(&w, "subject_deceptive");
	}
	for (i = 0; i < sizeof(good) / sizeof(*good); i++) {
		w.message.subject = good[i];
		assert_reason(&w, NULL);
	}
	/* It is one when there is what it answers, and it says so. */
	w.message.subject = "Re: our call";
	w.in.parent_subject = "Our call";
	assert_reason(&w, "subject_deceptive");
	w.message.thread_continue = true;
	assert_reason(&w, NULL);
	assert_string_equal(w.out.subject, "Re: Our call");
	fu_arena_free(&w.arena);
}

static void
CS_07_a_date_that_presses_is_a_real_one(void **state)
{
	static const char *const item[] = { "expires today" };
	struct fu_list urgency = { (const char **)item, 1 };
	struct fu_ctx *insight;
	struct world w;

	(void)state;
	make(&w);
	w.in.urgency = &urgency;
	w.message.subject = "Your price Expires Today";
	assert_reason(&w, "subject_deceptive");
	insight = fu_ctx_object(&w.arena);
	fu_ctx_set_text(insight, "deadline", "2026-11-23");
	fu_ctx_set(w.ctx, "insight", insight);
	assert_reason(&w, NULL);
	fu_arena_free(&w.arena);
}

static void
CS_08_said_to_be_commercial(void **state)
{
	struct world w;

	(void)state;
	make(&w);
	w.in.basis = "li";
	assert_reason(&w, NULL);
	assert_both(&w, "This is a commercial message from Example");
	w.in.basis = NULL;
	assert_reason(&w, NULL);
	assert_both(&w, "This is a commercial message from Example");
	w.in.basis = "consent";
	assert_reason(&w, NULL);
	assert_null(strstr(w.out.text, "commercial"));
	w.in.basis = "li";
	w.message.transactional = true;
	assert_reason(&w, NULL);
	assert_null(strstr(w.out.text, "commercial"));
	fu_arena_free(&w.arena);
}

static void
CA_02_who_where_and_the_way_out(void **state)
{
	struct world w;

	(void)state;
	make(&w);
	w.config.company.name = "Example Ltd";
	assert_reason(&w, NULL);
	assert_both(&w, "Example Ltd");
	assert_both(&w, "12 Mill Lane, Dublin 2");
	assert_both(&w, "https://fu.example.com/u/abc");
	w.message.subject = NULL;
	w.message.body = "Ann, it halves it\n";
	w.in.channel = FU_CH_SMS;
	w.in.identify = true;
	render(&w);
	assert_non_null(strstr(w.out.text, "STOP"));
	assert_non_null(strstr(w.out.text, "Example Ltd: "));
	assert_false(w.out.identified);	/* no address, and no site */
	w.config.company.site = "https://www.example.com";
	render(&w);
	assert_non_null(strstr(w.out.text, "https://www.example.com"));
	assert_true(w.out.identified);
	fu_arena_free(&w.arena);
}

static void
TC_07_a_text_says_how_to_end_it(void **state)
{
	static const struct {
		const char *body, *text;
	} t[] = {
		{ "Ann, it halves it.\n", "Example & Sons: Ann, it halves "
		    "it.\nReply STOP to end.\n" },
		{ "Ann. Text STOP to end.\n",
		    "Example & Sons: Ann. Text STOP to end.\n" },
		{ "example & sons here. NONSTOP news, Ann.\n",
		    "example & sons here. NONSTOP news, Ann.\n"
		    "Reply STOP to end.\n" } };
	struct world w;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(*t); i++) {
		make(&w);
		w.message.subject = NULL;
		w.message.body = t[i].body;
		w.in.channel = FU_CH_SMS;
		render(&w);
		assert_string_equal(w.out.text, t[i].text);
		fu_arena_free(&w.arena);
	}
}

/* How often one text stands in another. */
static int
count(const char *text, const char *what)
{
	int n = 0;

	for (; (text = strstr(text, what)) != NULL; text++)
		n++;
	return (n);
}

static void
TC_07_who_cannot_be_answered_says_so(void **state)
{
	struct fu_transport *sms;
	struct world w;

	(void)state;
	make(&w);
	sms = &w.config.channel[FU_CH_SMS];
	sms->given = true;
	sms->via = "twilio";
	w.message.subject = NULL;
	w.message.body = "Ann, it halves it.\n";
	w.in.channel = FU_CH_SMS;
	render(&w);
	assert_string_equal(w.out.text, "Example & Sons: Ann, it halves it.\n"
	    "Replies are not read. To end: https://fu.example.com/u/abc\n");
	assert_true(w.out.way_out);
	w.in.links = NULL;
	render(&w);
	assert_null(strstr(w.out.text, "STOP"));
	assert_false(w.out.way_out);
	w.message.body = "Ann, it halves it. To end call +1 212 555 0100.\n";
	render(&w);
	assert_true(w.out.way_out);
	sms->inbound = true;
	render(&w);
	assert_non_null(strstr(w.out.text, "Reply STOP to end."));
	fu_arena_free(&w.arena);
}

static void
GD_14_nothing_in_it_tells_who_opened_it(void **state)
{
	static const char *const remote[] = { "<img", "<iframe", "<link",
		"<script", "background", "url(" };
	struct world w;
	size_t i;

	(void)state;
	make(&w);
	w.message.body = "Hi ![dot](https://t.example/p.png?id=17)\n\n"
	    "<img src=\"https://t.example/q.png\">\n\n"
	    "Read [this](https://www.example.com/article).\n";
	assert_reason(&w, NULL);
	for (i = 0; i < sizeof(remote) / sizeof(*remote); i++)
		if (strstr(w.out.html, remote[i]) != NULL)
			fail_msg("expected no \"%s\", got %s", remote[i],
			    w.out.html);
	/* Of the person nothing but the way out. */
	assert_non_null(strstr(w.out.html,
	    "<a href=\"https://www.example.com/article\">"));
	assert_int_equal(count(w.out.html, "href=\"https://fu.example.com/"),
	    1);
	fu_arena_free(&w.arena);
}

static void
test_others(void **state)
{
	struct world w;

	(void)state;
	make(&w);
	w.message.subject = NULL;
	w.message.body = "Ann, it *halves* it:\nhttps://e.example/a\n";
	w.in.channel = FU_CH_SMS;
	render(&w);
	assert_string_equal(w.out.text, "Example & Sons: Ann, it halves it: "
	    "https://e.example/a\nReply STOP to end.\n");
	assert_null(w.out.html);
	w.in.channel = FU_CH_CHAT;
	render(&w);
	assert_string_equal(w.out.text,
	    "Ann, it halves it: https://e.example/a\n");
	assert_null(w.out.subject);
	fu_arena_free(&w.arena);
}

static void
test_variants(void **state)
{
	struct fu_variant b = { .key = "b", .subject = "Other" };
	struct world w;
	int64_t i, n = 0;

	(void)state;
	make(&w);
	w.message.variant = &b;
	w.message.nvariant = 1;
	for (i = 1; i <= 1000; i++)
		n += strcmp(fu_message_variant(&w.message, i), "b") == 0;
	assert_in_range(n, 420, 580);
	w.in.variant = "b";
	render(&w);
	assert_string_equal(w.out.subject, "Other");
	fu_arena_free(&w.arena);
}

static void
test_file(void **state)
{
	struct world w;

	(void)state;
	make(&w);
	fu_ctx_set_text(w.ctx, "q", "a \"b\"\n");
	assert_string_equal(fu_file_render("{\"t\":\"{{q}}{{none}}\"}", "s",
	    w.ctx, FU_ESCAPE_JSON, &w.arena, &w.err),
	    "{\"t\":\"a \\\"b\\\"\\n\"}");
	assert_null(fu_file_render("{\"t\":{{q}}}", "s.json", w.ctx,
	    FU_ESCAPE_JSON, &w.arena, &w.err));
	assert_int_equal(w.err.class, FU_ECONFIG);
	fu_arena_free(&w.arena);
}

static void
test_context(void **state)
{
	static struct fu_person person;
	static struct fu_attr attr = { "Seats", { "40", 2 } };
	static struct fu_subject subject = { .person = &person };
	static struct fu_facts facts;
	struct fu_sender sender = { .name = "Ada", .title = "AE" };
	struct fu_ctx *ctx;
	struct world w;
	struct fu_document insight = { .path = "a.md", .kind = "offer",
		.summary = "S.", .title = "T", .deadline = 20780,
		.expires = FU_NO_DAY };
	struct fu_render how = { .strict = true };
	struct fu_template *t;
	struct fu_buf out;

	(void)state;
	make(&w);
	person.attr = &attr;
	person.nattr = 1;
	facts.subject = &subject;
	facts.v[FU_FACT_COMPANY] = (struct fu_value){ .type = FU_V_TEXT,
		.s = "Acme" };
	facts.v[FU_FACT_REPLIES] = (struct fu_value){ .type = FU_V_INT };
	ctx = fu_context_make(&w.arena, &w.config, &facts, &sender, &insight,
	    &w.links);
	t = fu_template_parse(&w.arena, "{{company}} {{company_name}} "
	    "{{replies}}{{#replies}}x{{/replies}} {{Seats}} {{sender.title}} "
	    "{{insight.text}} {{insight.deadline}} {{links.unsubscribe}}",
	    "t", 1, &w.err);
	fu_buf_init(&out);
	if (fu_template_render(t, ctx, &how, &out, &w.err) == -1)
		fail_msg("%s", w.err.msg);
	assert_string_equal(out.ptr, "Acme Example & Sons 0 40 AE S. "
	    "23 November 2026 https://fu.example.com/u/abc");
	fu_buf_free(&out);
	fu_arena_free(&w.arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mail),
		cmocka_unit_test(test_holds),
		cmocka_unit_test(GD_05_the_notice_block),
		cmocka_unit_test(CS_01_the_way_out_is_in_every_part),
		cmocka_unit_test(CS_06_the_postal_address_is_in_every_part),
		cmocka_unit_test(CS_07_no_answer_to_nothing),
		cmocka_unit_test(CS_07_a_date_that_presses_is_a_real_one),
		cmocka_unit_test(CS_08_said_to_be_commercial),
		cmocka_unit_test(CA_02_who_where_and_the_way_out),
		cmocka_unit_test(TC_07_a_text_says_how_to_end_it),
		cmocka_unit_test(TC_07_who_cannot_be_answered_says_so),
		cmocka_unit_test(GD_14_nothing_in_it_tells_who_opened_it),
		cmocka_unit_test(test_others),
		cmocka_unit_test(test_variants),
		cmocka_unit_test(test_file),
		cmocka_unit_test(test_context)
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
