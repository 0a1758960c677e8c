/* Mail as bytes: its structure, headers and parts, each rule under its id. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <glib.h>

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

static size_t
count(const char *mail, const char *part)
{
	size_t n = 0;

	for (; (mail = strstr(mail, part)) != NULL; mail++)
		n++;
	return (n);
}

static void
EM_04_structure(void **state)
{
	static const char *const once[] = { "\r\nDate: ", "From: ",
		"\r\nMessage-ID: ", "\r\nMIME-Version: 1.0\r\n",
		"\r\nSubject: ", "\r\nTo: " };
	struct fu_mail mail = plain;
	struct fu_arena arena;
	const char *bytes;
	size_t i;

	(void)state;
	fu_arena_init(&arena);
	bytes = compose(&arena, &mail);
	assert_lines(bytes);
	assert_has(bytes, "From: Ada Lovelace <ada@example.com>\r\n"
	    "To: ann@example.org\r\nSubject: Hello\r\n"
	    "Date: Mon, 23 Nov 2026 12:30:00 +0000\r\n"
	    "Message-ID: <55.abc@example.com>\r\n");
	for (i = 0; i < sizeof(once) / sizeof(*once); i++)
		assert_int_equal(count(bytes, once[i]), 1);
	assert_null(strstr(bytes, "List-Unsubscribe"));
	/* The same input, the same bytes. */
	assert_string_equal(bytes, compose(&arena, &mail));
	mail.message_id = NULL;
	assert_string_equal(compose(&arena, &mail), "!bad_header");
	fu_arena_free(&arena);
}

static void
EM_04_dates_are_no_locales(void **state)
{
	static const char *const locales[] = { "de_DE.UTF-8", "de_DE.utf8",
		"de_DE", "fr_FR.UTF-8", "tr_TR.UTF-8" };
	struct fu_mail mail = plain;
	struct fu_arena arena;
	size_t i, set = 0;

	(void)state;
	fu_arena_init(&arena);
	for (i = 0; i < sizeof(locales) / sizeof(*locales); i++) {
		set += setlocale(LC_ALL, locales[i]) != NULL;
		assert_has(compose(&arena, &mail),
		    "Date: Mon, 23 Nov 2026 12:30:00 +0000\r\n");
	}
	(void)setlocale(LC_ALL, "C");
	print_message("# %zu locales were there\n", set);
	mail.date_offset_s = -19800;
	assert_has(compose(&arena, &mail),
	    "Date: Mon, 23 Nov 2026 07:00:00 -0530\r\n");
	fu_arena_free(&arena);
}

static void
EM_04_no_line_is_too_long_or_ends_otherwise(void **state)
{
	struct fu_mail mail = plain;
	struct fu_arena arena;
	struct fu_buf text;
	const char *bytes;
	int i;

	(void)state;
	fu_arena_init(&arena);
	fu_buf_init(&text);
	for (i = 0; i < 1200; i++)
		fu_buf_putc(&text, 'a');
	mail.text = text.ptr;
	bytes = compose(&arena, &mail);
	assert_lines(bytes);
	assert_has(bytes, "aaa=\r\naaa");
	fu_buf_free(&text);
	mail = plain;
	mail.html = NULL;
	mail.text = "one\ntwo\r\nthree\rfour\n";
	assert_has(compose(&arena, &mail),
	    "\r\n\r\none\r\ntwo\r\nthree\r\nfour\r\n");
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
EM_05_folding(void **state)
{
	struct fu_mail mail = plain;
	struct fu_arena arena;
	struct fu_buf text;
	const char *bytes;
	int i;

	(void)state;
	fu_arena_init(&arena);
	fu_buf_init(&text);
	for (i = 0; text.len < 300; i++)
		fu_buf_printf(&text, "%sword%d", i == 0 ? "" :
		    i % 7 == 0 ? "  " : " ", i);
	mail.subject = text.ptr;
	bytes = compose(&arena, &mail);
	assert_lines(bytes);
	assert_string_equal(unfolded(&arena, bytes, "Subject"), text.ptr);
	/* What has no blank is encoded, so that it can be folded at all. */
	fu_buf_reset(&text);
	for (i = 0; i < 1200; i++)
		fu_buf_putc(&text, 'a');
	mail.subject = text.ptr;
	assert_lines(compose(&arena, &mail));
	/* Nothing is left of a line but blanks, and no id is broken. */
	fu_buf_reset(&text);
	for (i = 0; i < 40; i++)
		fu_buf_printf(&text, "<%d@example.com> ", i);
	mail = plain;
	mail.references = text.ptr;
	mail.in_reply_to = "<39@example.com>";
	bytes = compose(&arena, &mail);
	assert_lines(bytes);
	assert_has(bytes, "In-Reply-To: <39@example.com>\r\n"
	    "References: <0@example.com>\r\n <1@example.com>\r\n"
	    " <2@example.com>\r\n");
	assert_int_equal(count(bytes, "@example.com>\r\n "), 39);
	fu_buf_free(&text);
	fu_arena_free(&arena);
}

/* Each encoded word of a header's value by itself, and all of them. */
static const char *
decoded(struct fu_arena *arena, const char *value)
{
	struct fu_buf all;
	const char *end, *text;
	guchar *word;
	char *b64;
	gsize n;

	fu_buf_init(&all);
	while ((value = strstr(value, "=?UTF-8?B?")) != NULL) {
		value += 10;
		end = strstr(value, "?=");
		assert_non_null(end);
		assert_true(end + 2 - (value - 10) <= 75);
		b64 = g_strndup(value, (gsize)(end - value));
		word = g_base64_decode(b64, &n);
		if (!fu_utf8_valid((const char *)word, n))
			fail_msg("expected UTF-8 in each word, got %s", b64);
		fu_buf_put(&all, (const char *)word, n);
		g_free(word);
		g_free(b64);
		value = end + 2;
	}
	text = fu_dup_str(arena, fu_buf_view(&all));
	fu_buf_free(&all);
	return (text);
}

static void
EM_06_encoded_words(void **state)
{
	struct fu_mail mail = plain;
	struct fu_arena arena;
	struct fu_buf text;
	const char *bytes, *value;
	int i;

	(void)state;
	fu_arena_init(&arena);
	fu_buf_init(&text);
	mail.subject = "Café";
	assert_has(compose(&arena, &mail),
	    "Subject: =?UTF-8?B?Q2Fmw6k=?=\r\n");
	/* What looks like one is encoded itself. */
	mail.subject = "=?UTF-8?Q?not_a_word?=";
	assert_has(compose(&arena, &mail), "Subject: =?UTF-8?B?PT9VVEY");
	for (i = 0; i < 60; i++)
		fu_buf_puts(&text, "é");
	mail.subject = text.ptr;
	bytes = compose(&arena, &mail);
	assert_lines(bytes);
	value = unfolded(&arena, bytes, "Subject");
	assert_true(count(value, "=?UTF-8?B?") >= 2);
	assert_string_equal(decoded(&arena, value), text.ptr);
	/* The blank between two words is one of theirs. */
	fu_buf_reset(&text);
	for (i = 0; i < 30; i++)
		fu_buf_puts(&text, "été ");
	fu_buf_puts(&text, "fin");
	mail.subject = text.ptr;
	bytes = compose(&arena, &mail);
	assert_lines(bytes);
	assert_string_equal(decoded(&arena, unfolded(&arena, bytes,
	    "Subject")), text.ptr);
	fu_buf_free(&text);
	fu_arena_free(&arena);
}

static void
EM_06_display_names(void **state)
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
	fu_arena_free(&arena);
}

static void
EM_07_parts(void **state)
{
	struct fu_mail mail = plain;
	struct fu_arena arena;
	const char *bytes, *at, *boundary;
	size_t len;

	(void)state;
	fu_arena_init(&arena);
	mail.text = "Prix : 10 € \nFrom me\n.\n.x\na=b\ttab\t\n";
	bytes = compose(&arena, &mail);
	assert_has(bytes, "\r\n\r\nPrix : 10 =E2=82=AC=20\r\n=46rom me\r\n"
	    "=2E\r\n.x\r\na=3Db\ttab=09\r\n");
	assert_has(bytes, "Content-Type: multipart/alternative;");
	assert_true(strstr(bytes, "text/plain") < strstr(bytes, "text/html"));
	/* A boundary stands between parts and in none, even when it is
	 * known. */
	at = strstr(bytes, "boundary=\"") + strlen("boundary=\"");
	len = strcspn(at, "\"");
	assert_true(len > 0 && len <= 70);
	boundary = fu_printf(&arena, "--%.*s", (int)len, at);
	mail.text = mail.html = fu_printf(&arena, "a\n%s\n%s--\n", boundary,
	    boundary);
	bytes = compose(&arena, &mail);
	assert_int_equal(count(bytes, boundary), 3);
	/* One part alone needs none. */
	mail = plain;
	mail.html = NULL;
	bytes = compose(&arena, &mail);
	assert_has(bytes, "Content-Type: text/plain; charset=utf-8\r\n");
	assert_null(strstr(bytes, "multipart"));
	fu_arena_free(&arena);
}

/* The stored copy; what goes over the wire is the transport's. */
static void
EM_08_dots_are_not_stuffed_here(void **state)
{
	struct fu_mail mail = plain;
	struct fu_arena arena;

	(void)state;
	fu_arena_init(&arena);
	mail.html = NULL;
	mail.text = ".x\n..y\n";
	assert_has(compose(&arena, &mail), "\r\n\r\n.x\r\n..y\r\n");
	fu_arena_free(&arena);
}

static void
threads(void **state)
{
	struct fu_mail mail = plain;
	struct fu_arena arena;

	(void)state;
	fu_arena_init(&arena);
	assert_string_equal(fu_mail_references("<a> <b>", NULL, "<c>", &arena),
	    "<a> <b> <c>");
	assert_string_equal(fu_mail_references(NULL, "<b>", "<c>", &arena),
	    "<b> <c>");
	assert_string_equal(fu_mail_references(NULL, NULL, "<c>", &arena),
	    "<c>");
	mail.references = "no id";
	assert_string_equal(compose(&arena, &mail), "!bad_header");
	fu_arena_free(&arena);
}

static void
EM_01_one_click(void **state)
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
	assert_int_equal(count(bytes, "List-Unsubscribe: "), 1);
	assert_int_equal(count(bytes, "List-Unsubscribe-Post: "), 1);
	/* A mailto alone, or plain http, is no one-click. */
	mail.unsubscribe_url = NULL;
	bytes = compose(&arena, &mail);
	assert_has(bytes,
	    "List-Unsubscribe: <mailto:unsub@example.com?subject=abc>\r\n");
	assert_null(strstr(bytes, "List-Unsubscribe-Post"));
	mail.unsubscribe_url = "http://u.example.com/u/abc";
	assert_null(strstr(compose(&arena, &mail), "List-Unsubscribe-Post"));
	fu_arena_free(&arena);
}

static void
EM_09_header_injection(void **state)
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
	mail.unsubscribe_mailto = "unsub@example.com?subject=a%0D%0Ab";
	assert_string_equal(compose(&arena, &mail), "!header_injection");
	mail = plain;
	mail.unsubscribe_url = "https://u.example.com/u/a%0ab";
	assert_string_equal(compose(&arena, &mail), "!header_injection");
	mail = plain;
	mail.reply_to = "a@example.com\rX: y";
	assert_string_equal(compose(&arena, &mail), "!header_injection");
	mail = plain;
	mail.feedback_id = evil;
	assert_string_equal(compose(&arena, &mail), "!header_injection");
	mail = plain;
	mail.in_reply_to = "<a@b>\n <c@d>";
	assert_string_equal(compose(&arena, &mail), "!header_injection");
	mail = plain;
	mail.nextra = 1;
	mail.extra = &extra[0];
	assert_string_equal(compose(&arena, &mail), "!header_injection");
	mail.extra = &extra[1];
	assert_string_equal(compose(&arena, &mail), "!bad_header");
	mail.extra = &extra[2];
	assert_string_equal(compose(&arena, &mail), "!bad_header");
	/* A NUL ends no value early. */
	assert_false(fu_header_safe((struct fu_str){ "a\0b", 3 }));
	/* Nor may an address be an option of a program, or two of them. */
	mail = plain;
	mail.to_email = "-x@example.org";
	assert_string_equal(compose(&arena, &mail), "!bad_address");
	mail.to_email = "a b@example.org";
	assert_string_equal(compose(&arena, &mail), "!bad_address");
	fu_arena_free(&arena);
}

static void
EM_10_addresses_on_the_wire(void **state)
{
	struct fu_mail mail = plain;
	struct fu_arena arena;
	struct fu_err err;
	char local[66];
	bool utf8;
	int i;

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
	assert_string_equal(fu_mail_address("info@müller.de", &arena, &utf8,
	    &err), "info@xn--mller-kva.de");
	assert_false(utf8);
	mail.to_email = "info@müller.de";
	assert_has(compose(&arena, &mail), "To: info@xn--mller-kva.de\r\n");
	memset(local, 'a', sizeof(local));
	assert_non_null(fu_mail_address(fu_printf(&arena, "%.64s@b.example",
	    local), &arena, &utf8, &err));
	assert_null(fu_mail_address(fu_printf(&arena, "%.65s@b.example",
	    local), &arena, &utf8, &err));
	/* 64 octets of local part, '@', and a domain that makes 254, 255 */
	for (i = 0; i < 2; i++) {
		const char *wire = fu_mail_address(fu_printf(&arena,
		    "%.64s@%.60s.%.60s.%.*s.example", local, local, local,
		    59 + i, local), &arena, &utf8, &err);

		assert_int_equal(wire != NULL, i == 0);
		assert_true(wire == NULL || strlen(wire) == 254);
	}
	fu_arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(EM_01_one_click),
		cmocka_unit_test(EM_04_structure),
		cmocka_unit_test(EM_04_dates_are_no_locales),
		cmocka_unit_test(EM_04_no_line_is_too_long_or_ends_otherwise),
		cmocka_unit_test(EM_05_folding),
		cmocka_unit_test(EM_06_encoded_words),
		cmocka_unit_test(EM_06_display_names),
		cmocka_unit_test(EM_07_parts),
		cmocka_unit_test(EM_08_dots_are_not_stuffed_here),
		cmocka_unit_test(EM_09_header_injection),
		cmocka_unit_test(EM_10_addresses_on_the_wire),
		cmocka_unit_test(threads)
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
