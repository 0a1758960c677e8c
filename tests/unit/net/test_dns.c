/* DNS against a server on loopback: what is there, what is not, and who does
 * not say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "dnsd.h"
#include "net/dns.h"

#define A50	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define A300	A50 A50 A50 A50 A50 A50

static const struct dnsd_row table[] = {
	{ "one.example", DNSD_TXT, "v=spf1 -all" },
	{ "two.example", DNSD_TXT, "first" },
	{ "two.example", DNSD_TXT, "second" },
	{ "long.example", DNSD_TXT, A300 },
	{ "odd.example", DNSD_TXT, "a\033[31m\nb\xff" },
	{ "blank.example", DNSD_TXT, "" },
	{ "mx.example", DNSD_MX, "20 b.mx.example" },
	{ "mx.example", DNSD_MX, "5 a.mx.example" },
	{ "mx.example", DNSD_MX, "20 c.mx.example" },
	{ "empty.example", DNSD_EMPTY, NULL },
	{ "broken.example", DNSD_SERVFAIL, NULL },
	{ "garbage.example", DNSD_GARBAGE, "x" },
	{ NULL, DNSD_EMPTY, NULL }
};

static struct dnsd	 server;
static struct fu_arena	 arena;

static int
setup(void **state)
{
	(void)state;
	fu_arena_init(&arena);
	return (dnsd_start(&server, table));
}

static int
teardown(void **state)
{
	(void)state;
	dnsd_stop(&server);
	fu_arena_free(&arena);
	return (0);
}

/* "1 first|second", as fu_dns_ask has it. */
static const char *
ask(const char *name, enum fu_dns_type type)
{
	struct fu_err	 err;
	struct fu_dns	*dns = fu_dns_open(&err);
	const char	**list, *text;
	size_t		 n;
	int		 rc;

	assert_non_null(dns);
	rc = fu_dns_ask(dns, name, type, &arena, &list, &n, &err);
	text = fu_printf(&arena, "%d ", rc);
	for (size_t i = 0; i < n; i++)
		text = fu_printf(&arena, "%s%s%s", text, i > 0 ? "|" : "",
		    list[i]);
	if (rc == -1)
		assert_int_equal(err.class, FU_ETEMP);
	fu_dns_close(dns);
	return (text);
}

static void
test_found(void **state)
{
	(void)state;
	assert_string_equal(ask("one.example", FU_DNS_TXT), "1 v=spf1 -all");
	assert_string_equal(ask("two.example", FU_DNS_TXT), "1 first|second");
	assert_string_equal(ask("long.example", FU_DNS_TXT), "1 " A300);
	assert_string_equal(ask("blank.example", FU_DNS_TXT), "1 ");
	assert_string_equal(ask("odd.example", FU_DNS_TXT), "1 a?[31m?b?");
	assert_string_equal(ask("mx.example", FU_DNS_MX),
	    "1 a.mx.example|b.mx.example|c.mx.example");
	/* Records of another kind than was asked for are not looked at. */
	assert_string_equal(ask("one.example", FU_DNS_MX), "0 ");
}

static void
test_missing(void **state)
{
	(void)state;
	assert_string_equal(ask("none.example", FU_DNS_TXT), "0 ");
	assert_string_equal(ask("empty.example", FU_DNS_TXT), "0 ");
}

/* That nobody says so is not that there is none. */
static void
test_not_said(void **state)
{
	(void)state;
	assert_string_equal(ask("broken.example", FU_DNS_TXT), "-1 ");
	assert_string_equal(ask("garbage.example", FU_DNS_TXT), "-1 ");
}

static void
test_nobody_there(void **state)
{
	int64_t	 start = fu_clock_monotonic_us();
	char	 was[32];

	(void)state;
	snprintf(was, sizeof(was), "%s", server.address);
	setenv("FU_DNS", "127.0.0.1:1", 1);
	assert_string_equal(ask("one.example", FU_DNS_TXT), "-1 ");
	setenv("FU_DNS", was, 1);
	assert_true(fu_clock_monotonic_us() - start < 15 * FU_SECOND);
}

static void
test_bad_server(void **state)
{
	static const char *const bad[] = { "here", "127.0.0.1", "127.0.0.1:",
		"127.0.0.1:0", "127.0.0.1:70000", "1.2.3:53", "::1:53",
		"127.0.0.1:53x" };
	struct fu_err	 err;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		setenv("FU_DNS", bad[i], 1);
		assert_null(fu_dns_open(&err));
		assert_int_equal(err.class, FU_ECONFIG);
	}
	setenv("FU_DNS", server.address, 1);
}

/* An answer that is cut anywhere reads as none, or as what is there. */
static void
test_cut(void **state)
{
	static const unsigned char question[] = "\1\2\1\0\0\1\0\0\0\0\0\0"
	    "\3two\7example\0\0\20\0\1";
	unsigned char	 answer[512], *copy;
	size_t		 size, n;
	const char	**list;

	(void)state;
	size = dnsd_answer(table, question, sizeof(question) - 1, answer);
	assert_int_equal(fu_dns_read(answer, size, FU_DNS_TXT, &arena, &list,
	    &n), 1);
	assert_int_equal(n, 2);
	for (size_t len = 0; len < size; len++) {
		/* Just as long, so that a byte too far is noticed. */
		copy = malloc(len + 1);
		memcpy(copy, answer, len);
		assert_int_equal(fu_dns_read(copy, len, FU_DNS_TXT, &arena,
		    &list, &n), -1);
		free(copy);
	}
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test(test_found),
		cmocka_unit_test(test_missing),
		cmocka_unit_test(test_not_said),
		cmocka_unit_test(test_nobody_there),
		cmocka_unit_test(test_bad_server),
		cmocka_unit_test(test_cut),
	};

	return (cmocka_run_group_tests_name("dns", tests, setup, teardown));
}
