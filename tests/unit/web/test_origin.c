/* Who sent a request, from whose page, and how often. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "web/origin.h"
#include "web/rate.h"

static void
an_origin_has_one_spelling(void **state)
{
	static const char *const cases[][2] = {
		{ "https://www.example.com", "https://www.example.com" },
		{ "HTTPS://WWW.Example.com:443/x?y", "https://www.example.com" },
		{ "http://a.example:80", "http://a.example" },
		{ "http://a.example:8080/", "http://a.example:8080" },
		{ "https://", NULL }, { "ftp://a.example", NULL },
		{ "https://u@a.example", NULL }, { "null", NULL }, { "", NULL },
	};
	struct fu_arena	 arena;

	(void)state;
	fu_arena_init(&arena);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char	*got = fu_origin_of(fu_str_of(cases[i][0]),
		    &arena);

		if (cases[i][1] == NULL)
			assert_null(got);
		else
			assert_string_equal(got, cases[i][1]);
	}
	fu_arena_free(&arena);
}

static void
only_a_proxy_of_ours_says_who_sent_it(void **state)
{
	static const struct {
		const char *peer, *forwarded, *client;
	} cases[] = {
		{ "203.0.113.9", "198.51.100.1", "203.0.113.9" },
		{ "10.0.0.1", "198.51.100.1", "198.51.100.1" },
		/* What the client wrote itself stands to the left. */
		{ "10.0.0.1", "1.2.3.4, 198.51.100.1", "198.51.100.1" },
		{ "10.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1" },
		{ "10.0.0.1", "rubbish", "10.0.0.1" },
		{ "10.0.0.1", "1.2.3.4,rubbish", "10.0.0.1" },
		{ "10.0.0.1", "", "10.0.0.1" },
		{ "10.0.0.1", NULL, "10.0.0.1" },
		{ "::ffff:10.0.0.1", "2001:db8::1", "2001:db8::1" },
	};
	const char		*proxy[] = { "10.0.0.1", "10.0.0.2" },
				*bad[] = { "ten" };
	struct fu_config	 config = { 0 };
	struct fu_web_access	 a;
	struct fu_arena		 arena;
	struct fu_err		 err;
	char			 out[64];

	(void)state;
	fu_arena_init(&arena);
	config.web.proxies = (struct fu_list){ proxy, 2 };
	config.company.site = "https://www.example.com/de";
	assert_int_equal(fu_access_make(&config, &arena, &a, &err), 0);
	assert_true(fu_access_allows(&a, "https://www.example.com"));
	assert_false(fu_access_allows(&a, "https://www.example.com.evil"));
	assert_false(fu_access_allows(&a, "null"));
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		fu_access_client(&a, cases[i].peer, cases[i].forwarded, out,
		    sizeof(out));
		assert_string_equal(out, cases[i].client);
	}
	assert_true(fu_address_key("2001:db8::1") ==
	    fu_address_key("2001:db8::ffff"));
	assert_true(fu_address_key("10.0.0.1") != fu_address_key("10.0.0.2"));
	config.web.proxies = (struct fu_list){ bad, 1 };
	assert_int_equal(fu_access_make(&config, &arena, &a, &err), -1);
	assert_int_equal(err.class, FU_ECONFIG);
	fu_arena_free(&arena);
}

static void
a_bucket_fills_with_time(void **state)
{
	struct fu_rate	*r = fu_rate_new(60, 3);
	int64_t		 now = FU_DAY;

	(void)state;
	for (int i = 0; i < 3; i++)
		assert_true(fu_rate_take(r, 7, now));
	assert_false(fu_rate_take(r, 7, now));
	assert_true(fu_rate_take(r, 9, now));
	assert_true(fu_rate_take(r, 7, now + FU_SECOND));
	assert_false(fu_rate_take(r, 7, now + FU_SECOND));
	/* However many others there are, its room stays what it is. */
	for (uint64_t k = 1; k < 500000; k++)
		(void)fu_rate_take(r, k * UINT64_C(0x9e3779b97f4a7c15), now);
	assert_true(fu_rate_take(r, 11, now));
	fu_rate_free(r);
	r = fu_rate_new(1, 1);
	assert_false(fu_rate_again(r, 5, FU_MINUTE, now));
	assert_true(fu_rate_again(r, 5, FU_MINUTE, now + FU_SECOND));
	assert_false(fu_rate_again(r, 5, FU_MINUTE, now + 2 * FU_MINUTE));
	fu_rate_free(r);
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test(an_origin_has_one_spelling),
		cmocka_unit_test(only_a_proxy_of_ours_says_who_sent_it),
		cmocka_unit_test(a_bucket_fills_with_time),
	};

	return (cmocka_run_group_tests_name("web/origin", tests, NULL, NULL));
}
