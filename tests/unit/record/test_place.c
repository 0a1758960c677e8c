/*
 * Countries, regions, languages and zones by the names people write.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "record/place.h"

static const char *const countries[][2] = {
	{ "US", "US" }, { "usa", "US" }, { "U.S.A.", "US" }, { "840", "US" },
	{ "United States", "US" }, { "The United States of America", "US" },
	{ "UK", "GB" }, { "England", "GB" }, { "Great Britain", "GB" },
	{ "Holland", "NL" }, { "T\303\274rkiye", "TR" }, { "Turkey", "TR" },
	{ "Korea", "KR" }, { "Korea, Republic of", "KR" }, { "NO", "NO" },
	{ "Norway", "NO" }, { "DEU", "DE" }, { "Deutschland", "DE" },
	{ "Cote d'Ivoire", "CI" }, { "C\303\264te d\342\200\231Ivoire", "CI" },
	{ "GB-ENG", "GB" }, { "us-ca", "US" }, { "Leeds, England", "GB" },
	{ "Leeds, West Yorkshire, UK", "GB" }, { "D", "DE" },
	{ "San Francisco, CA", NULL }, { "Boston, MA", NULL },
	{ "Atlanta, Georgia", NULL }, { "Flat 2, D", NULL },
	{ "US-XX", NULL },
	{ "Slovakia (Slovak Republic)", "SK" }, { "Saint Lucia", "LC" },
	{ "St. Lucia", "LC" }, { "Bosnia & Herzegovina", "BA" },
	{ "Viet Nam", "VN" }, { "Select", NULL }, { "", NULL },
	{ "unknown", NULL }, { "Netherlands Antilles", NULL },
};

static const char *const regions[][3] = {
	{ "US", "California", "CA" }, { "US", "ca", "CA" },
	{ "US", "US-CA", "CA" }, { "CA", "Ontario", "ON" },
	{ "CA", "Qu\303\251bec", "QC" }, { "AU", "New South Wales", "NSW" },
	{ "DE", "Bavaria", "BY" }, { "DE", "Baden-Wurttemberg", "BW" },
	{ "GB", "Scotland", "SCT" }, { "US", "Ontario", NULL },
	{ NULL, "California", NULL },
};

static const char *const whose[][2] = {
	{ "England", "GB" }, { "scotland", "GB" }, { "Bavaria", "DE" },
	{ "California", "US" }, { "Qu\303\251bec", "CA" }, { "CA", NULL },
	{ "NSW", NULL }, { "Georgia", NULL }, { "Luxembourg", NULL },
	{ "Maryland", NULL }, { "Limburg", NULL }, { "Nowhere", NULL },
	{ "", NULL },
};

static const char *const languages[][2] = {
	{ "en", "en" }, { "EN-us", "en-US" }, { "pt_BR", "pt-BR" },
	{ "German", "de" }, { "deu", "de" }, { "Castilian", "es" },
	{ "Klingon?", NULL }, { "en-XX", NULL }, { "Ann Lee", NULL },
	{ "Ann-Lee", NULL }, { "en-Ann", NULL }, { "zh-hans-cn", "zh-Hans-CN" },
	{ "sr_Latn", "sr-Latn" }, { "es-419", "es-419" }, { "en-", "en" },
	{ "en-US-", NULL }, { "zh-Hans-CN-x", NULL }, { "-US", NULL },
};

static const char *const zones[][2] = {
	{ "America/New_York", "America/New_York" },
	{ "america_slash_new_york", "America/New_York" },
	{ "America/New York", "America/New_York" },
	{ "(GMT-08:00) Pacific Standard Time (America/Los_Angeles)",
	    "America/Los_Angeles" },
	{ "(GMT-08:00) Pacific Time (US & Canada)", NULL },
	{ "Mars/Olympus", NULL }, { "../etc/passwd", NULL }, { "", NULL },
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void
same(const char *in, const char *got, const char *want)
{
	if (!fu_streq(got, want))
		fail_msg("\"%s\": got %s, expected %s", in,
		    got ? got : "nothing", want ? want : "nothing");
}

static void
test_all(void **state)
{
	struct fu_err err = { 0 };
	struct fu_places *p;
	struct fu_arena a;

	(void)state;
	fu_arena_init(&a);
	p = fu_places_open(FU_ISO_DIR, "templates/rules/places.txt", &err);
	if (p == NULL)
		fail_msg("%s", err.msg);
	for (size_t i = 0; i < COUNT(countries); i++)
		same(countries[i][0], fu_country_find(p,
		    fu_str_of(countries[i][0])), countries[i][1]);
	for (size_t i = 0; i < COUNT(regions); i++)
		same(regions[i][1], fu_region_find(p, regions[i][0],
		    fu_str_of(regions[i][1])), regions[i][2]);
	for (size_t i = 0; i < COUNT(whose); i++)
		same(whose[i][0], fu_region_country(p,
		    fu_str_of(whose[i][0])), whose[i][1]);
	for (size_t i = 0; i < COUNT(languages); i++)
		same(languages[i][0], fu_language_find(p, &a,
		    fu_str_of(languages[i][0])), languages[i][1]);
	for (size_t i = 0; i < COUNT(zones); i++)
		same(zones[i][0], fu_zone_find(fu_str_of(zones[i][0]), &a),
		    zones[i][1]);
	same("KR", fu_country_name(p, "KR"), "South Korea");
	fu_places_close(p);
	assert_null(fu_places_open("/nonexistent", NULL, &err));
	assert_int_equal(err.class, FU_ENOINPUT);
	fu_arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
