/* Mail as bytes: EM-01, EM-04 to EM-07, EM-09 to EM-11. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "content/compose.h"

#define AT INT64_C(1795437000000000)	/* 2026-11-23T12:30:00Z */

static const struct fu_mail plain = { .from_name = "Ada Lovelace",
	.from_email = "ada@example.com", .to_email = "ann@example.org",
	.subject = "Hello", .text = "Hi\n", .html = "<p>Hi</p>\n",
	.message_id = "<55.abc@example.com>", .date_us = AT };

static const char *
compose(struct fu_arena *arena, const struct fu_mail *mail)
{
	const char *reason;
	struct fu_err err;
	struct fu_str bytes;

	if (fu_mail_compose(mail, arena, &bytes, &reason, &err) == -1)
		return (fu_printf(arena, "!%s", reason));
	assert_int_equal(strlen(bytes.ptr), bytes.len);
	return (bytes.ptr);
}

static void
assert_has(const char *mail, const char *part)
{
	if (strstr(mail, part) == NULL)
		fail_msg("no \"%s\" in:\n%s", part, mail);
}

static void
assert_lines(const char *mail)
{
	const char *end, *body = strstr(mail, "\r\n\r\n");
	size_t len;

	for (; *mail != '\0'; mail = end + 2) {
		end = strstr(mail, "\r\n");
		assert_non_null(end);
		len = (size_t)(end - mail);
		assert_null(memchr(mail, '\n', len));
		if (len > (size_t)(mail > body ? 76 : 78))
			fail_msg("%zu columns: %.*s", len, (int)len, mail);
		if (mail < body && (*mail == ' ' || *mail == '\t'))
			assert_true(strspn(mail, " \t") < len);
	}
}

static void
test_structure(void **state)
{
	struct fu_mail mail = plain;
	struct fu_arena arena;
	const char *bytes;

	(void)state;
	fu_arena_init(&arena);
	setenv("LC_ALL", "de_DE.UTF-8", 1);
	bytes = compose(&arena, &mail);
	assert_lines(bytes);
	assert_has(bytes, "From: Ada Lovelace <ada@example.com>\r\n"
	    "To: ann@example.org\r\nSubject: Hello\r\n"
	    "Date: Mon, 23 Nov 2026 12:30:00 +0000\r\n"
	    "Message-ID: <55.abc@example.com>\r\n");
	assert_has(bytes, "\r\nMIME-Version: 1.0\r\n");
	assert_null(strstr(bytes, "List-Unsubscribe"));
	assert_true(strstr(bytes, "text/plain") < strstr(bytes, "text/html"));
	/* The same input, the same bytes. */
	assert_string_equal(bytes, compose(&arena, &mail));
	mail.date_offset_s = -19800;
	assert_has(compose(&arena, &mail),
	    "Date: Mon, 23 Nov 2026 07:00:00 -0530\r\n");
	fu_arena_free(&arena);
}

/* Take the folds out of a header's value again. */
static const char *
unfolded(struct fu_arena *arena, const char *mail, const char *name)
{
	const char *at = strstr(mail, fu_printf(arena, "\r\n%s: ", name));
	struct fu_buf buf;
	const char *text;

	assert_non_null(at);
	at += strlen(name) + 4;
	fu_buf_init(&buf);
	while (!(at[0] == '\r' && at[2] != ' ' && at[2] != '\t')) {
		if (*at != '\r' && *at != '\n')
			fu_buf_putc(&buf, *at);
		at++;
	}
	text = fu_dup_str(arena, fu_buf_view(&buf));
	fu_buf_free(&buf);
	return (text);
}

static void
test_subjects(void **state)
{
	struct fu_mail mail = plain;
	struct fu_arena arena;
	struct fu_buf subject;
	const char *bytes;
	int i;

	(void)state;
	fu_arena_init(&arena);
	fu_buf_init(&subject);
	for (i = 0; subject.len < 300; i++)
		fu_buf_printf(&subject, "%sword%d", i == 0 ? "" :
		    i % 7 == 0 ? "  " : " ", i);
	mail.subject = subject.ptr;
	bytes = compose(&arena, &mail);
	assert_lines(bytes);
	assert_string_equal(unfolded(&arena, bytes, "Subject"), subject.ptr);

	mail.subject = "Café";
	assert_has(compose(&arena, &mail),
	    "Subject: =?UTF-8?B?Q2Fmw6k=?=\r\n");
	mail.subject = "=?UTF-8?Q?not_a_word?=";
	assert_has(compose(&arena, &mail), "Subject: =?UTF-8?B?PT9VVEY");
	fu_buf_reset(&subject);
	for (i = 0; i < 60; i++)
		fu_buf_puts(&subject, "é");
	mail.subject = subject.ptr;
	bytes = compose(&arena, &mail);
	assert_lines(bytes);
	/* Each word ends at a whole letter: "w6k=" or "qcOp" before "?=". */
	assert_has(bytes, "?=\r\n =?UTF-8?B?w6nDqcOp");
	fu_buf_reset(&subject);
	for (i = 0; i < 1200; i++)
		fu_buf_putc(&subject, 'a');
	mail.subject = subject.ptr;
	assert_lines(compose(&arena, &mail));
	fu_buf_free(&subject);
	fu_arena_free(&arena);
}

static void
test_names(void **state)
{
	struct fu_mail mail = plain;
	struct fu_arena arena;

	(void)state;
	fu_arena_init(&arena);
	mail.to_name = "Müller, Jörg";
	assert_has(compose(&arena, &mail), "To: =?UTF-8?B?"
	    "TcO8bGxlciwgSsO2cmc=?= <ann@example.org>\r\n");
	mail.to_name = "O'Neil, \"Ann\"";
	assert_has(compose(&arena, &mail),
	    "To: \"O'Neil, \\\"Ann\\\"\" <ann@example.org>\r\n");
	mail.to_name = NULL;
	mail.to_email = "info@müller.de";
	assert_has(compose(&arena, &mail), "To: info@xn--mller-kva.de\r\n");
	mail.to_email = "-x@example.org";
	assert_string_equal(compose(&arena, &mail), "!bad_address");
	mail.to_email = "a b@example.org";
	assert_string_equal(compose(&arena, &mail), "!bad_address");
	fu_arena_free(&arena);
}

static void
test_body(void **state)
{
	struct fu_mail mail = plain;
	struct fu_arena arena;
	struct fu_buf text;
	const char *bytes;
	int i;

	(void)state;
	fu_arena_init(&arena);
	mail.text = "Prix : 10 € \nFrom me\n.\n.x\na=b\ttab\t\n";
	bytes = compose(&arena, &mail);
	assert_has(bytes, "\r\n\r\nPrix : 10 =E2=82=AC=20\r\n=46rom me\r\n"
	    "=2E\r\n.x\r\na=3Db\ttab=09\r\n");
	fu_buf_init(&text);
	for (i = 0; i < 1200; i++)
		fu_buf_putc(&text, 'a');
	mail.text = text.ptr;
	bytes = compose(&arena, &mail);
	assert_lines(bytes);
	assert_has(bytes, "aaa=\r\naaa");
	fu_buf_free(&text);
	fu_arena_free(&arena);
}

static void
test_threads(void **state)
{
	struct fu_mail mail = plain;
	struct fu_arena arena;
	struct fu_buf ids;
	const char *bytes;
	int i;

	(void)state;
	fu_arena_init(&arena);
	assert_string_equal(fu_mail_references("<a> <b>", NULL, "<c>", &arena),
	    "<a> <b> <c>");
	assert_string_equal(fu_mail_references(NULL, "<b>", "<c>", &arena),
	    "<b> <c>");
	assert_string_equal(fu_mail_references(NULL, NULL, "<c>", &arena),
	    "<c>");
	fu_buf_init(&ids);
	for (i = 0; i < 40; i++)
		fu_buf_printf(&ids, "<%d@example.com> ", i);
	mail.references = ids.ptr;
	mail.in_reply_to = "<39@example.com>";
	bytes = compose(&arena, &mail);
	assert_lines(bytes);
	assert_has(bytes, "In-Reply-To: <39@example.com>\r\n"
	    "References: <0@example.com>\r\n <1@example.com>\r\n"
	    " <2@example.com>\r\n");
	mail.references = "no id";
	assert_string_equal(compose(&arena, &mail), "!bad_header");
	fu_buf_free(&ids);
	fu_arena_free(&arena);
}

static void
test_unsubscribe(void **state)
{
	struct fu_mail mail = plain;
	struct fu_arena arena;
	const char *bytes;

	(void)state;
	fu_arena_init(&arena);
	mail.unsubscribe_url = "https://u.example.com/u/abc";
	mail.unsubscribe_mailto = "unsub@example.com?subject=abc";
	bytes = compose(&arena, &mail);
	assert_has(bytes, "List-Unsubscribe: <https://u.example.com/u/abc>,"
	    "\r\n <mailto:unsub@example.com?subject=abc>\r\n"
	    "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
	mail.unsubscribe_url = NULL;
	bytes = compose(&arena, &mail);
	assert_has(bytes,
	    "List-Unsubscribe: <mailto:unsub@example.com?subject=abc>\r\n");
	assert_null(strstr(bytes, "List-Unsubscribe-Post"));
	mail.unsubscribe_mailto = "unsub@example.com?subject=a%0D%0Ab";
	assert_string_equal(compose(&arena, &mail), "!header_injection");
	fu_arena_free(&arena);
}

static void
test_injection(void **state)
{
	static const char evil[] = "Ann\r\nBcc: x@y";
	static const struct fu_mail_header extra[] = {
		{ "X-Fu", "a\nb" }, { "X Fu", "a" }, { "bcc", "a@b" }
	};
	struct fu_mail mail;
	struct fu_arena arena;

	(void)state;
	fu_arena_init(&arena);
	mail = plain;
	mail.subject = evil;
	assert_string_equal(compose(&arena, &mail), "!header_injection");
	mail = plain;
	mail.to_name = evil;
	assert_string_equal(compose(&arena, &mail), "!header_injection");
	mail = plain;
	mail.from_name = "a\nb";
	assert_string_equal(compose(&arena, &mail), "!header_injection");
	mail = plain;
	mail.to_email = "a@b.example>\r\nRCPT TO:<c@d.example";
	assert_string_equal(compose(&arena, &mail), "!header_injection");
	mail = plain;
	mail.message_id = "<a@b>\r\n";
	assert_string_equal(compose(&arena, &mail), "!header_injection");
	mail = plain;
	mail.nextra = 1;
	mail.extra = &extra[0];
	assert_string_equal(compose(&arena, &mail), "!header_injection");
	mail.extra = &extra[1];
	assert_string_equal(compose(&arena, &mail), "!bad_header");
	mail.extra = &extra[2];
	assert_string_equal(compose(&arena, &mail), "!bad_header");
	fu_arena_free(&arena);
}

static void
test_addresses(void **state)
{
	struct fu_arena arena;
	struct fu_err err;
	bool utf8;

	(void)state;
	fu_arena_init(&arena);
	assert_string_equal(fu_mail_address("Ann.B+c@EXAMPLE.org", &arena,
	    &utf8, &err), "Ann.B+c@example.org");
	assert_false(utf8);
	assert_string_equal(fu_mail_address("josé@example.com", &arena, &utf8,
	    &err), "josé@example.com");
	assert_true(utf8);
	assert_null(fu_mail_address("a@", &arena, &utf8, &err));
	assert_null(fu_mail_address("@b.example", &arena, &utf8, &err));
	assert_null(fu_mail_address("a", &arena, &utf8, &err));
	assert_null(fu_mail_address("a@b..example", &arena, &utf8, &err));
	assert_null(fu_mail_address("<a@b.example>", &arena, &utf8, &err));
	fu_arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_structure),
		cmocka_unit_test(test_subjects),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_body),
		cmocka_unit_test(test_threads),
		cmocka_unit_test(test_unsubscribe),
		cmocka_unit_test(test_injection),
		cmocka_unit_test(test_addresses)
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
