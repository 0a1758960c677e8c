/*
 * Addresses in texts, charsets, and what is no mail.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "content/mail_charset.h"
#include "content/mail_parse.h"

static struct fu_arena arena;

static const char *
address(const char *text)
{
	return (fu_address_next(text, &arena, NULL));
}

static void
an_address_in_a_text(void **state)
{
	(void)state;
	assert_string_equal(address("to <ann@x.example>, bob@y.example"),
	    "ann@x.example");
	assert_string_equal(address("mail ann@x.example."), "ann@x.example");
	assert_string_equal(address("mailto:ann@x.example"), "ann@x.example");
	assert_string_equal(address("宛先ann@x.exampleは不明"), "ann@x.example");
	assert_string_equal(address("jos\xc3\xa9@m\xc3\xbcller.example"),
	    "jos\xc3\xa9@m\xc3\xbcller.example");
	assert_string_equal(address("@ @@ a@ ann@x.example"), "ann@x.example");
	assert_string_equal(address("\xe2\x80\x94 \xc2\xb7"
	    "ann@x.example"), "ann@x.example");
	assert_null(address("no address @ all"));
	assert_null(address(""));
}

static void
any_bytes_become_clean_text(void **state)
{
	(void)state;
	assert_string_equal(fu_mail_utf8(FU_STR("caf\xe9\r\nx\ry\x01"), NULL,
	    &arena), "caf\xc3\xa9\nx\ny ");
	assert_string_equal(fu_mail_utf8(FU_STR("\xef\xbb\xbfok"), "utf-8",
	    &arena), "ok");
	assert_string_equal(fu_mail_utf8(FU_STR("\x93x\x94"), "windows-1252",
	    &arena), "\xe2\x80\x9cx\xe2\x80\x9d");
	assert_string_equal(fu_mail_utf8(FU_STR("\033$B$\"\033(B"), NULL,
	    &arena), "あ");
	assert_string_equal(fu_mail_utf8(FU_STR("\xcf\xf0\xe8"),
	    "windows-1251", &arena), "При");
	assert_string_equal(fu_mail_utf8(FU_STR("x"), "x-nobody", &arena), "x");
}

static void
header_lines_of_a_text(void **state)
{
	struct fu_mail_fields f = { .n = 0 };

	(void)state;
	assert_int_equal(fu_mail_fields_read("A: 1\nB: 2\n  3\n\nC: 4\n",
	    &arena, &f), 14);
	assert_int_equal(f.n, 2);
	assert_string_equal(fu_mail_field_get(&f, "b"), "2 3");
	assert_null(fu_mail_field_get(&f, "C"));
}

static void
a_letter_and_what_is_none(void **state)
{
	struct fu_letter *l = malloc(sizeof(*l));
	struct fu_err err;

	(void)state;
	assert_int_equal(fu_letter_read(FU_STR("PK\003\004"), &arena, l, &err),
	    -1);
	assert_int_equal(fu_letter_read(FU_STR(""), &arena, l, &err), -1);
	assert_int_equal(fu_letter_read(FU_STR("From: \"a@b.example\" "
	    "<ann@x.example>\nSubject: =?utf-8?Q?caf=C3=A9?=\nMessage-ID: "
	    "<1@x>\nDate: Wed, 4 Mar 2026 09:12:00 +0100\n\nYes\n"), &arena, l,
	    &err), 0);
	assert_string_equal(l->from, "ann@x.example");
	assert_string_equal(l->subject, "caf\xc3\xa9");
	assert_string_equal(l->message_id, "<1@x>");
	assert_int_equal(l->offset_s, 3600);
	assert_int_equal(l->npart, 1);
	free(l);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_in_a_text),
		cmocka_unit_test(any_bytes_become_clean_text),
		cmocka_unit_test(header_lines_of_a_text),
		cmocka_unit_test(a_letter_and_what_is_none),
	};
	int failed;

	fu_arena_init(&arena);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	fu_arena_free(&arena);
	return (failed);
}
