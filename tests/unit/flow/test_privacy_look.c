/* What in a text is somebody's address or number, and whose. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "flow/privacy_mask.h"

static struct fu_arena	 arena;
static struct fu_own	 own;

static int
setup(void **state)
{
	(void)state;
	fu_arena_init(&arena);
	fu_own_init(&own, &arena);
	fu_own_email(&own, "jane.doe@example.com");
	fu_own_email(&own, "jd+x@xn--mller-kva.de");
	fu_own_number(&own, "+12125550142");
	fu_own_number(&own, "+442079460000");
	fu_own_name(&own, "Jane", "Doeringham");
	fu_own_word(&own, "jane.doe");
	return (0);
}

static int
teardown(void **state)
{
	(void)state;
	fu_arena_free(&arena);
	return (0);
}

static void
masked(const char *text, const char *expected)
{
	const char	*got = fu_mask(&own, text, &arena);

	if (strcmp(got, expected) != 0)
		fail_msg("%s\nexpected: %s\n     got: %s", text, expected,
		    got);
}

#define A "[somebody else's address]"
#define N "[somebody else's number]"

static void
test_addresses(void **state)
{
	static const char *const	 row[][2] = {
		{ "ask bob@b.example.", "ask " A "." },
		{ "<mailto:bob@b.example?subject=x>",
		    "<mailto:" A "?subject=x>" },
		{ "(bob.o'brien+x@mail.b.example)", "(" A ")" },
		{ "bob@b.example,ann@a.example", A "," A },
		{ "/u?mail=bob%40b.example&x=1", "/u?mail=" A "&x=1" },
		{ "\342\200\234bob@b.example\342\200\235",
		    "\342\200\234" A "\342\200\235" },
		{ "\320\270\320\262\320\260\320\275@b.example", A },
		/* theirs, however it is spelled */
		{ "jane.doe@example.com", "jane.doe@example.com" },
		{ "Jane.Doe+news@EXAMPLE.com!", "Jane.Doe+news@EXAMPLE.com!" },
		{ "_jane.doe@example.com_", "_jane.doe@example.com_" },
		{ "\342\200\234jane.doe@example.com\342\200\235",
		    "\342\200\234jane.doe@example.com\342\200\235" },
		{ "?m=jane.doe%2Bnews%40example.com",
		    "?m=jane.doe%2Bnews%40example.com" },
		{ "jd@m\303\274ller.de", "jd@m\303\274ller.de" },
		{ "JD@xn--mller-kva.de", "JD@xn--mller-kva.de" },
		/* and of whom it is a part */
		{ "xjane.doe@example.com", A },
		{ "jane.doe@example.com.au", A },
		/* none */
		{ "@bob, 3 @ 5, react@18.2.0, bob@localhost, a@",
		    "@bob, 3 @ 5, react@18.2.0, bob@localhost, a@" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++)
		masked(row[i][0], row[i][1]);
}

static void
test_numbers(void **state)
{
	static const char *const	 row[][2] = {
		{ "call +4930901820 now", "call " N " now" },
		{ "call (212) 555-0199", "call " N },
		{ "2125550199", N },
		{ "0151 2345 6789", N },
		{ "06 12 34 56 78", N },
		{ "+44 (0)20 7946 0999 or 020 7946 0998", N " or " N },
		{ "tel:+12125550199x12", "tel:" N "x12" },
		{ "https://wa.me/4915112345678", "https://wa.me/" N },
		{ "2125550199 2pm", N " 2pm" },
		{ "2125550199 2125550198", N },
		{ "fax\302\240212\342\200\221555\342\200\2210199",
		    "fax\302\240" N },
		{ "2125550199@carrier.example", A },
		{ "2125550199, bob@b.example", N ", " A },
		/* theirs, however it is written */
		{ "+12125550142", "+12125550142" },
		{ "(212) 555-0142, 212.555.0142, 001 212 555 0142",
		    "(212) 555-0142, 212.555.0142, 001 212 555 0142" },
		{ "+44 (0)20 7946 0000, 020 7946 0000",
		    "+44 (0)20 7946 0000, 020 7946 0000" },
		{ "212 555 0142 at 9 am", "212 555 0142 at 9 am" },
		{ "212 555 0142 9 am", "212 555 0142 9 am" },
		{ "2125550199 2125550142", N " 2125550142" },
		/* none */
		{ "on 2026-11-25 14:12, 25.11.2026 or 25/11/2026",
		    "on 2026-11-25 14:12, 25.11.2026 or 25/11/2026" },
		{ "2026-11-25T14:12:00.123456789Z",
		    "2026-11-25T14:12:00.123456789Z" },
		{ "192.168.100.200", "192.168.100.200" },
		{ "36000 EUR, 240 seats, 12345678",
		    "36000 EUR, 240 seats, 12345678" },
		{ "1772809200123456", "1772809200123456" },
		{ "order-1234567890, a1234567890, /o/1234567890",
		    "order-1234567890, a1234567890, /o/1234567890" },
		{ "550e8400-e29b-41d4-a716-446655440000",
		    "550e8400-e29b-41d4-a716-446655440000" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++)
		masked(row[i][0], row[i][1]);
}

static void
test_json(void **state)
{
	static const char	 in[] = "{\"id\":\"<x1@mail.example>\","
	    "\"n\":1.50,\"to\":[\"bob@b.example\",{\"t\":\"jane.doe\\u0040"
	    "example.com, bob\\u0040b.example\"}],\"tel\":2125550199,"
	    "\"mine\":12125550142,\"id2\":\"<x1@mail.example>\"}";
	struct fu_buf		 buf;
	struct fu_jw		 jw;

	(void)state;
	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_mask_json(&own, &jw, NULL, fu_str_of(in), true);
	assert_string_equal(buf.ptr, "{\"id\":\"<x1@mail.example>\","
	    "\"n\":1.50,\"to\":[\"" A "\",{\"t\":\"jane.doe@example.com, " A
	    "\"}],\"tel\":\"" N "\",\"mine\":12125550142,"
	    "\"id2\":\"<" A ">\"}");
	fu_buf_free(&buf);
	assert_true(fu_own_reached_json(&own, in));
	assert_true(fu_own_reached_json(&own, "{\"p\":[12125550142]}"));
	assert_true(fu_own_reached_json(&own, "no JSON: +1 212 555 0142"));
	assert_false(fu_own_reached_json(&own, "{\"p\":\"bob@b.example\"}"));
}

static void
test_names(void **state)
{
	static const char *const	 yes[] = { "I, JANE DOERINGHAM, agree",
		"Doeringham, Jane", "jane_doeringham.csv", "janeDoeringham2.csv",
		"Jane Q. Doeringham", "DoeringhamJane" };
	static const char *const	 file[] = { "doeringham_jane.csv",
		"Jane, Doeringham.csv" };
	static const char *const	 no[] = { "Jane", "Doeringham",
		"Janet Doeringham", "Jane Doeringhamson",
		"Jane asked for Doeringham", "Doeringham and Jane",
		"Doeringham Jane", "" };

	(void)state;
	for (size_t i = 0; i < sizeof(yes) / sizeof(*yes); i++)
		if (!fu_own_named(&own, yes[i]))
			fail_msg("%s: expected their name", yes[i]);
	for (size_t i = 0; i < sizeof(no) / sizeof(*no); i++)
		if (fu_own_named(&own, no[i]))
			fail_msg("%s: expected no name of theirs", no[i]);
	for (size_t i = 0; i < sizeof(file) / sizeof(*file); i++)
		assert_true(fu_own_labelled(&own, file[i]));
	assert_false(fu_own_labelled(&own, "jane-and-the-doeringhams.csv"));
	assert_true(fu_own_worded(&own, "Jane.Doe-request.csv"));
	assert_true(fu_own_worded(&own, "request_jane_doe.csv"));
	assert_false(fu_own_worded(&own, "jane.doerr.csv"));
}

/* Of beyond ASCII, and one that is nothing but signs. */
static void
test_other_names(void **state)
{
	struct fu_own	 o;

	(void)state;
	fu_own_init(&o, &arena);
	fu_own_name(&o, "?", "-");
	fu_own_name(&o, "Ann", NULL);
	assert_false(fu_own_named(&o, "anything - at all? Ann"));
	fu_own_name(&o, "J\303\266rg", "O\342\200\231Neil");
	assert_true(fu_own_named(&o, "J\303\226RG O'NEIL"));
}

static void
LG_01_nothing_in_the_chain_holds_an_address(void **state)
{
	static const char *const	 fact[][2] = {
		{ "Acme Ltd", "Acme Ltd" },
		{ "Acme, bob@b.example, +4930901820",
		    "Acme, " A ", " N },
		{ "jane.doe@example.com asked", A " asked" },
		{ "call 212-555-0142", "call " N },
		{ "Jane Doeringham's shop", NULL },
		{ " ", NULL },
	};
	static const char *const	 page[][2] = {
		{ "https://x.example/a/b-c?mail=jane.doe@example.com#top",
		    "https://x.example/a/b-c" },
		{ "https://jane.doe:pw@x.example/a", "https://x.example/a" },
		{ "https://x.example/u/jane.doe@example.com/a",
		    "https://x.example/u/..." },
		{ "https://x.example/u/jane.doe%40example.com",
		    "https://x.example/u/..." },
		{ "https://x.example/u/Jane-Doe/form",
		    "https://x.example/u/..." },
		{ "https://x.example/t/2125550142", "https://x.example/t/..." },
		{ "https://x.example", "https://x.example" },
		{ "/signup?x=1", "/signup" },
		{ "chat-17", "chat-17" },
		{ "jane.doe@example.com", NULL },
		{ "", NULL },
	};
	const char			*got;

	(void)state;
	for (size_t i = 0; i < sizeof(fact) / sizeof(*fact); i++) {
		got = fu_mask_fact(&own, fact[i][0], &arena);
		if (!fu_streq(got, fact[i][1]))
			fail_msg("%s: got %s", fact[i][0], got);
	}
	for (size_t i = 0; i < sizeof(page) / sizeof(*page); i++) {
		got = fu_mask_page(&own, page[i][0], &arena);
		if (!fu_streq(got, page[i][1]))
			fail_msg("%s: got %s", page[i][0], got);
	}
}

/* A megabyte of anything is looked through at once. */
static void
test_long(void **state)
{
	static const char *const	 part[] = { "a@b.example ", "@", "1",
		"1 ", "(", "+", "a.", "%40", "212-555-0199 ", "'", "\303\274",
		"a@", "2125550199 x" };
	char				*text = malloc(1 << 20);
	int64_t				 start;

	(void)state;
	assert_non_null(text);
	for (size_t i = 0; i < sizeof(part) / sizeof(*part); i++) {
		size_t	 len = strlen(part[i]), n = 0;

		for (; n + len < 1 << 20; n += len)
			memcpy(text + n, part[i], len);
		text[n] = '\0';
		start = fu_clock_monotonic_us();
		(void)fu_mask(&own, text, &arena);
		if (fu_clock_monotonic_us() - start > 10 * FU_SECOND)
			fail_msg("\"%s\" takes too long", part[i]);
	}
	free(text);
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_other_names),
		cmocka_unit_test(LG_01_nothing_in_the_chain_holds_an_address),
		cmocka_unit_test(test_long),
	};

	return (cmocka_run_group_tests(tests, setup, teardown));
}
