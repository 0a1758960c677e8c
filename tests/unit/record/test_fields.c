/*
 * Headers and values of other people's exports.
 *
 * Each fixture has a .map beside it: whose export it is, and what becomes of
 * every header.  A header that a source has and the fixture lacks shows there.
 */
#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "record/csv.h"
#include "record/fields.h"

#define FIXTURES "tests/cli/fixtures/ingest"

/* Names the line: cmocka cuts a message off after a screen. */
static void
fail_at_first_difference(const char *path, const char *want, const char *got)
{
	size_t i = 0, start = 0;
	int line = 1;

	for (; want[i] == got[i]; i++) {
		if (want[i] == '\0')
			return;
		if (want[i] == '\n') {
			start = i + 1;
			line++;
		}
	}
	fail_msg("%s:%d: expected \"%.*s\", got \"%.*s\"", path, line,
	    (int)strcspn(want + start, "\n"), want + start,
	    (int)strcspn(got + start, "\n"), got + start);
}

static void
check_map(const char *stem)
{
	struct fu_csv_opt opt = { .known = fu_headers_known };
	struct fu_err err = { 0 };
	struct fu_mapping m;
	struct fu_text *text;
	struct fu_csv *csv;
	const char *const *header;
	char path[600], want[16384];
	struct fu_buf got;
	size_t n, len;
	FILE *fp;
	int fd;

	(void)snprintf(path, sizeof(path), FIXTURES "/%s.csv", stem);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	text = fu_text_open(fd, path, &err);
	assert_non_null(text);
	csv = fu_csv_open(text, &opt, &err);
	assert_non_null(csv);
	header = fu_csv_header(csv, &n);
	assert_int_equal(fu_mapping_make(&m, header, n, NULL, 0, &err), 0);
	assert_true(m.identifies);
	fu_buf_init(&got);
	fu_buf_printf(&got, "system\t%s\n", m.system ? m.system : "-");
	for (size_t i = 0; i < n; i++)
		fu_buf_printf(&got, "%s\t%s\n", header[i],
		    fu_target_name(m.col[i].target));
	(void)snprintf(path, sizeof(path), FIXTURES "/%s.map", stem);
	fp = fopen(path, "re");
	if (fp == NULL)
		fail_msg("%s: missing", path);
	len = fread(want, 1, sizeof(want) - 1, fp);
	want[len] = '\0';
	fclose(fp);
	fail_at_first_difference(path, want, got.ptr);
	fu_buf_free(&got);
	fu_mapping_free(&m);
	fu_csv_close(csv);
	fu_text_close(text);
	close(fd);
}

static void
test_fixtures(void **state)
{
	DIR *dir = opendir(FIXTURES);
	struct dirent *d;
	int n = 0;

	(void)state;
	assert_non_null(dir);
	while ((d = readdir(dir)) != NULL) {
		char stem[256];
		size_t len = strlen(d->d_name);

		if (len < 5 || strcmp(d->d_name + len - 4, ".csv") != 0)
			continue;
		(void)snprintf(stem, sizeof(stem), "%.*s", (int)(len - 4),
		    d->d_name);
		check_map(stem);
		n++;
	}
	closedir(dir);
	assert_true(n >= 12);
}

static struct fu_norm norm;
static struct fu_arena arena;

/* The table is searched by halves: one that stands wrong is found by nobody. */
static void
test_headers(void **state)
{
	static const struct {
		const char	*header;
		int		 target;
	} cases[] = {
		{ "subscribed", FU_T_OPTIN_EMAIL },
		{ "email opt in", FU_T_OPTIN_EMAIL },
		{ "optin email", FU_T_OPTIN_EMAIL },
		{ "more email", FU_T_MORE_EMAIL },
		{ "account", FU_F_COMPANY }, { "work phone", FU_F_PHONE },
	};
	struct fu_header h;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (!fu_header_find(cases[i].header, &h) ||
		    h.target != cases[i].target)
			fail_msg("%s", cases[i].header);
}

/* By their words, whatever the spelling; and what is none, with what is said
 * of it where it looks like one. */
static void
test_optout_headers(void **state)
{
	enum { DATED = 1000 };
	static const struct {
		const char	*header;
		int		 target;
		int		 hint;
	} cases[] = {
		{ "Email Opt Out", FU_T_OPTOUT_EMAIL, 0 },
		{ "Opted Out of Email", FU_T_OPTOUT_EMAIL, 0 },
		{ "HasOptedOutOfEmail", FU_T_OPTOUT_EMAIL, 0 },
		{ "hs_email_optout_12345", FU_T_OPTOUT_EMAIL, 0 },
		{ "Opted Out (Y/N)", FU_T_OPTOUT_EMAIL, 0 },
		{ "Opted out of email: Marketing Information",
		    FU_T_OPTOUT_EMAIL, 0 },
		{ "Opted out of email: One to One", FU_T_OPTOUT_EMAIL, 0 },
		{ "Contact opted out", FU_T_OPTOUT_EMAIL, 0 },
		{ "Unsubscribed?", FU_T_OPTOUT_EMAIL, 0 },
		{ "Unsubscribed from all email", FU_T_OPTOUT_EMAIL, 0 },
		{ "Global unsubscribe", FU_T_OPTOUT_EMAIL, 0 },
		{ "Do Not Bulk E-mail", FU_T_OPTOUT_EMAIL, 0 },
		{ "donotmail", FU_T_OPTOUT_EMAIL, 0 },
		{ "Don't email", FU_T_OPTOUT_EMAIL, 0 },
		{ "EMAIL_BLOCKLISTED", FU_T_OPTOUT_EMAIL, 0 },
		{ "Do Not Email / Fax", FU_T_OPTOUT_EMAIL, 0 },
		{ "UNSUB_TIME", FU_T_OPTOUT_EMAIL + DATED, 0 },
		{ "Unsubscribe Date", FU_T_OPTOUT_EMAIL + DATED, 0 },
		{ "Opt-out date", FU_T_OPTOUT_EMAIL + DATED, 0 },
		{ "SMS opt-out", FU_T_OPTOUT_SMS, 0 },
		{ "Do Not Text", FU_T_OPTOUT_SMS, 0 },
		{ "Opted out of SMS", FU_T_OPTOUT_SMS, 0 },
		{ "DoNotCall", FU_T_OPTOUT_PHONE, 0 },
		{ "Do Not Call/Text", FU_T_OPTOUT_PHONE, 0 },
		{ "WhatsApp Opt Out", FU_T_OPTOUT_PHONE, 0 },
		{ "Do Not Contact", FU_T_OPTOUT_ALL, 0 },
		{ "Do Not Email or Call", FU_T_OPTOUT_ALL, 0 },
		{ "Unsubscribed from all", FU_T_OPTOUT_ALL, 0 },
		{ "GDPR Opt-Out", FU_T_OPTOUT_ALL, 0 },
		{ "Marketing opt-out", FU_T_OPTOUT_ALL, 0 },
		{ "Suppressed", FU_T_OPTOUT_ALL, 0 },
		{ "DNC flag", FU_T_OPTOUT_PHONE, 0 },
		{ "GDPR objection", FU_T_OPTOUT_ALL, 0 },
		{ "Stop", FU_T_OPTOUT_ALL, 0 },
		{ "No Contact", FU_T_OPTOUT_ALL, 0 },
		{ "Exclude from mailings", FU_T_OPTOUT_EMAIL, 0 },
		{ "Keine Werbung", FU_T_OPTOUT_ALL, 0 },
		{ "E-Mail Sperre", FU_T_OPTOUT_EMAIL, 0 },
		{ "Abgemeldet", FU_T_OPTOUT_EMAIL, 0 },
		{ "Newsletter abbestellt", FU_T_OPTOUT_EMAIL, 0 },
		{ "D\303\251sinscrit", FU_T_OPTOUT_EMAIL, 0 },
		{ "D\303\211SINSCRIT", FU_T_OPTOUT_EMAIL, 0 },
		{ "Accepts Marketing", FU_T_OPTIN_EMAIL, 0 },
		{ "Marketing consent", FU_T_OPTIN_EMAIL, 0 },
		{ "Opted in to newsletter", FU_T_OPTIN_EMAIL, 0 },
		{ "Accepts SMS Marketing", FU_T_ATTR, FU_T_ATTR },
		{ "Marketing consent date", FU_T_ATTR, FU_T_ATTR },
		{ "Consent", FU_T_ATTR, FU_T_ATTR },
		{ "Stop date", FU_T_ATTR, FU_T_ATTR },
		{ "Bus stop", FU_T_ATTR, FU_T_ATTR },
		{ "Objection", FU_T_ATTR, FU_T_ATTR },
		{ "Customer objection", FU_T_ATTR, FU_T_ATTR },
		{ "Contact No", FU_T_ATTR, FU_T_ATTR },
		{ "Exclude", FU_T_ATTR, FU_T_ATTR },
		{ "Sperre", FU_T_ATTR, FU_T_ATTR },
		{ "Unsubscribe link", FU_T_ATTR, FU_T_ATTR },
		{ "UnsubscribeURL", FU_T_ATTR, FU_T_ATTR },
		{ "Unsubscribes", FU_T_ATTR, FU_T_ATTR },
		{ "Unsubscribe count", FU_T_ATTR, FU_T_ATTR },
		{ "HasOptedOutOfFax", FU_T_ATTR, FU_T_ATTR },
		{ "Do Not Fax", FU_T_ATTR, FU_T_ATTR },
		{ "Direct mail opt-out", FU_T_ATTR, FU_T_ATTR },
		{ "Do Not Track", FU_T_ATTR, FU_T_ATTR },
		{ "Not opted out", FU_T_ATTR, FU_T_ATTR },
		{ "Opted out of email: reason", FU_T_ATTR, FU_T_OPTOUT_EMAIL },
		{ "List unsub reason", FU_T_ATTR, FU_T_OPTOUT_EMAIL },
		{ "SMS opt-out reason", FU_T_ATTR, FU_T_OPTOUT_SMS },
		{ "No calls", FU_T_ATTR, FU_T_OPTOUT_PHONE },
		{ "Notes", FU_T_ATTR, FU_T_ATTR },
		{ "Options", FU_T_ATTR, FU_T_ATTR },
		{ "Adoption date", FU_T_ATTR, FU_T_ATTR },
	};
	char name[FU_HEADER_MAX], longest[FU_HEADER_MAX];
	struct fu_header h;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		(void)fu_header_normalise(fu_str_of(cases[i].header), name);
		if (!fu_header_find(name, &h))
			h = (struct fu_header){ .target = FU_T_ATTR };
		if (h.target + (h.soft ? DATED : 0) != cases[i].target)
			fail_msg("%s: is %s", cases[i].header,
			    fu_target_name(h.target));
		if (cases[i].hint != 0 &&
		    fu_header_smells(name) != cases[i].hint)
			fail_msg("%s: looks like %s", cases[i].header,
			    fu_target_name(fu_header_smells(name)));
	}
	/* However often it could be read in two ways, it is read once. */
	memset(longest, '1', sizeof(longest) - 1);
	memcpy(longest, "optout", 6);
	memcpy(longest + sizeof(longest) - 2, "?", 2);
	longest[60] = 'q';
	assert_false(fu_header_find(longest, &h));
}

/* What those columns say: a no, a link and no date are no opt-out. */
static void
test_optout_values(void **state)
{
	static const struct {
		const char	*header, *value;
		unsigned	 optout;
	} cases[] = {
		{ "Opted Out", "Yes", FU_OUT_EMAIL },
		{ "Opted Out", "x", FU_OUT_EMAIL },
		{ "Opted Out", "2024-03-04", FU_OUT_EMAIL },
		{ "Opted Out", "No", 0 }, { "Opted Out", "never", 0 },
		{ "Opted Out", "", 0 },
		{ "Unsubscribe", "https://x.example/u?id=1", 0 },
		{ "Opt-out date", "2024-03-04", FU_OUT_EMAIL },
		{ "Opt-out date", "yes", FU_OUT_EMAIL },
		{ "Opt-out date", "0000-00-00 00:00:00", 0 },
		{ "Opt-out date", "not yet", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *const headers[] = { "Email", cases[i].header };
		struct fu_str cells[] = { FU_STR("a@x.com"),
			fu_str_of(cases[i].value) };
		struct fu_mapping m;
		struct fu_taken t;

		assert_int_equal(fu_mapping_make(&m, headers, 2, NULL, 0,
		    NULL), 0);
		fu_person_of_row(&m, &norm, NULL, cells, 2, &arena, &t);
		if (t.person.optout != cases[i].optout)
			fail_msg("%s=%s", cases[i].header, cases[i].value);
		fu_mapping_free(&m);
	}
}

static int
setup(void **state)
{
	struct fu_err err;

	(void)state;
	fu_arena_init(&arena);
	return (fu_norm_open(&norm, "templates/rules", &err));
}

static int
teardown(void **state)
{
	(void)state;
	fu_norm_close(&norm);
	fu_arena_free(&arena);
	return (0);
}

static void
test_values(void **state)
{
	static const struct {
		enum fu_field	 field;
		const char	*in;
		const char	*out;	/* or the reason, behind a '!' */
	} cases[] = {
		{ FU_F_COUNTRY, "NO", "NO" },
		{ FU_F_COUNTRY, "Select", "!bad_country" },
		{ FU_F_REGION, "California", "CA" },
		{ FU_F_REGION, "Ontario", "!bad_region" },
		{ FU_F_TZ, "Europe/Oslo", "Europe/Oslo" },
		{ FU_F_TZ, "CEST?", "!bad_zone" },
		{ FU_F_LANGUAGE, "German", "de" },
		{ FU_F_BUDGET, "$48,000", "48000" },
		{ FU_F_BUDGET, "48k", "48000" },
		{ FU_F_BUDGET, "EUR 48,000.50", "48000.5" },
		{ FU_F_BUDGET, "48.000", "!ambiguous_number" },
		{ FU_F_BUDGET, "48,00", "!ambiguous_number" },
		{ FU_F_BUDGET, "\342\202\254 1.200,50", "1200.5" },
		{ FU_F_BUDGET, "1.200,50 \342\202\254", "1200.5" },
		{ FU_F_BUDGET, "1.200,500", "1200.5" },
		{ FU_F_BUDGET, "1.234.567,8", "1234567.8" },
		{ FU_F_BUDGET, "1,234,567.8", "1234567.8" },
		{ FU_F_BUDGET, "1.234.567", "1234567" },
		{ FU_F_BUDGET, "CHF 1'200.50", "1200.5" },
		{ FU_F_BUDGET, "EUR 48 000", "48000" },
		{ FU_F_BUDGET, "48\302\240000,50 EUR", "48000.5" },
		{ FU_F_BUDGET, "1\342\200\257200,50", "1200.5" },
		{ FU_F_BUDGET, "0.500", "0.5" },
		{ FU_F_BUDGET, "1234.567", "1234.567" },
		{ FU_F_BUDGET, "1.5m", "1500000" },
		{ FU_F_BUDGET, "1,200.", "1200" },
		{ FU_F_BUDGET, "1.20,50", "!bad_number" },
		{ FU_F_BUDGET, "1.200,50.3", "!bad_number" },
		{ FU_F_BUDGET, "1,2,3", "!bad_number" },
		{ FU_F_BUDGET, "5 or 10", "!bad_number" },
		{ FU_F_BUDGET, "1 2", "!bad_number" },
		{ FU_F_BUDGET, "-", "!placeholder" },
		{ FU_F_BUDGET, "--5", "!bad_number" },
		{ FU_F_BUDGET, "12345678901234567890123456789012345",
		    "!bad_number" },
		{ FU_F_BUDGET, "lots", "!bad_number" },
		{ FU_F_BUDGET, "45 000 kr", "45000" },
		{ FU_F_BUDGET, "45000 kr", "45000" },
		{ FU_F_BUDGET, "500 kn", "500" },
		{ FU_F_BUDGET, "45000 K\304\215", "45000" },
		{ FU_F_BUDGET, "500 MXN", "500" },
		{ FU_F_BUDGET, "45 k", "45000" },
		{ FU_F_BUDGET, "45k\342\202\254", "45000" },
		{ FU_F_BUDGET, "45kEUR", "45000" },
		{ FU_F_BUDGET, "1.5 million", "1500000" },
		{ FU_F_BUDGET, "3 Mio", "3000000" },
		{ FU_F_BUDGET, "30 mil", "!bad_number" },
		{ FU_F_BUDGET, "30 lakh", "!bad_number" },
		{ FU_F_COMPANY_SIZE, "1,200", "1200" },
		{ FU_F_COMPANY_SIZE, "11-50", "11" },
		{ FU_F_COMPANY_SIZE, "51-200 employees", "51" },
		{ FU_F_COMPANY_SIZE, "10,001+", "10001" },
		{ FU_F_SCORE, "82", "82" },
		{ FU_F_SCORE, "Hot", "!bad_number" },
		{ FU_F_SCORE, "140", "!bad_score" },
		{ FU_F_JOB_FIT, "Yes", "1" },
		{ FU_F_JOB_FIT, "maybe", "!bad_boolean" },
		{ FU_F_COLLECTED, "Purchased", "purchased" },
		{ FU_F_BASIS, "hope", "!bad_word" },
		{ FU_F_COLLECTED_AT, "12 Mar 2024", "2024-03-12T00:00:00Z" },
		{ FU_F_COLLECTED_AT, "3/4/2024", "!ambiguous_date" },
		{ FU_F_COLLECTED_AT, "last week", "!bad_date" },
		{ FU_F_PREFERS, "WhatsApp, email", "whatsapp,email" },
		{ FU_F_PREFERS, "pigeon", "!bad_word" },
		{ FU_F_LAST_NAME, "Null", "Null" },
		{ FU_F_TITLE, "N/A", "!placeholder" },
		{ FU_F_TITLE, " VP Sales\r\n ", "VP Sales" },
		{ FU_F_TITLE, " VP\n Sales ", "!line_break" },
		{ FU_F_COMPANY, "Acme\rInc", "!line_break" },
		{ FU_F_COMPANY, "Acme\n\nHello", "!header_injection" },
		{ FU_F_COMPANY, "Acme\r\nX-A : b", "!header_injection" },
		{ FU_F_FIRST_NAME, "Ann%0aLee", "!header_injection" },
		{ FU_F_LAST_NAME, "Lee\r\nBcc: x@y.example",
		    "!header_injection" },
		{ FU_F_EMAIL, "a@x.example\nb@x.example",
		    "!header_injection" },
		{ FU_F_CITY, "New\nYork", "New York" },
		{ FU_F_EMAIL, "x@", "!bad_email" },
		{ FU_F_PHONE, "555", "!bad_phone" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *value = NULL, *reason = NULL, *want = cases[i].out;
		int r = fu_value_canon(&norm, cases[i].field,
		    fu_str_of(cases[i].in), "US", &arena, &value, &reason,
		    NULL);

		if ((r != 0) != (*want == '!') ||
		    strcmp(r == 0 ? value : reason, want + (r != 0)) != 0)
			fail_msg("%s \"%s\": got %s, expected %s",
			    fu_fields[cases[i].field].name, cases[i].in,
			    r == 0 ? value : reason, want);
	}
}

static void
take_json(const char *json, const struct fu_defaults *d,
    struct fu_taken *taken)
{
	struct fu_object object;

	assert_int_equal(fu_json_object(&arena, fu_str_of(json), &object,
	    NULL), 0);
	fu_person_of_json(&norm, d, &object, &arena, taken);
}

static void
test_json(void **state)
{
	struct fu_taken t;

	(void)state;
	take_json("{\"type\":\"prospect\",\"email\":\"A@X.com\",\"phone\":"
	    "\"030 901820\",\"country\":\"Germany\",\"budget\":48000,"
	    "\"prefers\":[\"sms\",\"email\"],\"Seats\":12.50,\"tz\":null,"
	    "\"nested\":{\"a\":[1]}}", NULL, &t);
	assert_null(t.reject);
	assert_int_equal(t.naside, 0);
	assert_string_equal(t.person.f[FU_F_EMAIL], "A@x.com");
	assert_string_equal(t.person.f[FU_F_PHONE], "+4930901820");
	assert_string_equal(t.person.f[FU_F_BUDGET], "48000");
	assert_string_equal(t.person.f[FU_F_PREFERS], "sms,email");
	assert_null(t.person.f[FU_F_TZ]);
	assert_int_equal(t.person.nattr, 2);
	assert_true(fu_str_is(t.person.attr[0].raw, "12.50"));
	assert_string_equal(t.person.attr[1].name, "nested");

	take_json("{\"email\":\"x@\"}", NULL, &t);
	assert_string_equal(t.reject, "bad_email");
	assert_non_null(strstr(t.detail, "x@"));
	take_json("{\"phone\":\"12\"}", NULL, &t);
	assert_string_equal(t.reject, "bad_phone");
	take_json("{\"first_name\":\"Ann\"}", NULL, &t);
	assert_string_equal(t.reject, "no_identity");
	take_json("{\"email\":\"x@\",\"external_id\":\"7\"}", NULL, &t);
	assert_null(t.reject);
	assert_int_equal(t.naside, 1);
	assert_string_equal(t.aside[0].reason, "bad_email");
	assert_string_equal(t.person.attr[0].name, "email (set aside)");
}

/* Whatever else is said of them, and however it is written. */
static void
test_header_injection(void **state)
{
	static const char *const rejected[] = {
		"{\"email\":\"a@x.com\",\"first_name\":\"Ann\\r\\nBcc: x@y\"}",
		"{\"email\":\"a@x.com\",\"title\":\"VP\\u000aBcc: x@y\"}",
		"{\"email\":\"a@x.com\",\"company\":\"Acme\\u0000\"}",
		"{\"email\":\"a@x.com\",\"full name\":\"Ann\\u0000Lee\"}",
		"{\"email\":\"a@x.com\",\"name\":\"Ann\\nTo:Lee\"}",
		"{\"email\":\"a@x.com\\nb@x.com\"}",
		"{\"email\":\"a@x.com\",\"secondary email\":\"b@x.com\\rX\"}",
		"{\"external_id\":\"7\",\"attributes\":"
		    "{\"last_name\":\"Lee\\nBcc: x@y\"}}",
	}, *const taken[] = {
		"{\"email\":\"a@x.com\\r\\n\",\"first_name\":\"\\n Ann \\n\"}",
		"{\"email\":\"a@x.com\",\"city\":\"New\\nYork\",\"note\":"
		    "\"a\\nb\"}",
		"{\"email\":\"a@x.com\",\"note\":\"a\\u0000\"}",
		"{\"email\":\"a@x.com\",\"title\":\"VP\\u000aSales\"}",
	};
	struct fu_taken t;

	(void)state;
	for (size_t i = 0; i < sizeof(rejected) / sizeof(rejected[0]); i++) {
		take_json(rejected[i], NULL, &t);
		if (!fu_streq(t.reject, "header_injection"))
			fail_msg("%s: %s", rejected[i], t.reject);
	}
	for (size_t i = 0; i < sizeof(taken) / sizeof(taken[0]); i++) {
		take_json(taken[i], NULL, &t);
		if (t.reject != NULL)
			fail_msg("%s: %s", taken[i], t.reject);
	}
}

static void
test_defaults(void **state)
{
	const struct fu_pair pairs[] = { { "region", "Texas" },
		{ "country", "US" }, { "source", "webinar" },
		{ "Campaign", "spring" } };
	const struct fu_pair wrong = { "country", "Select" };
	struct fu_err err = { 0 };
	struct fu_defaults d;
	struct fu_taken t;

	(void)state;
	assert_int_equal(fu_defaults_make(&d, &norm, pairs, 4, &arena, &err),
	    0);
	take_json("{\"email\":\"a@x.com\",\"source\":\"fair\",\"phone\":"
	    "\"212 555 0142\"}", &d, &t);
	assert_string_equal(t.person.f[FU_F_SOURCE], "fair");
	assert_string_equal(t.person.f[FU_F_REGION], "TX");
	assert_string_equal(t.person.f[FU_F_PHONE], "+12125550142");
	assert_string_equal(t.person.attr[0].name, "Campaign");
	assert_int_equal(fu_defaults_make(&d, &norm, &wrong, 1, &arena, &err),
	    -1);
	assert_int_equal(err.class, FU_EUSAGE);
}

static void
test_names(void **state)
{
	static const char *const cases[][4] = {
		{ "Ada King Byron", "Ada", "King Byron", NULL },
		{ "Dr. Ada van der Berg", "Ada", "van der Berg", "\"Dr.\"" },
		{ "Prof. Dr. Ada Byron", "Ada", "Byron", "\"Prof. Dr.\"" },
		{ "van der Berg, Dr. Ada", "Ada", "van der Berg",
		    "\"Dr.\"" },
		{ "Frau Byron", NULL, "Byron", "\"Frau\"" },
		{ "Drew Byron", "Drew", "Byron", NULL },
		{ "Dr", "Dr", NULL, NULL },
	};
	const char *const headers[] = { "Email", "Name" };
	struct fu_str cells[] = { FU_STR("a@x.com"), { NULL, 0 } };
	struct fu_err err = { 0 };
	struct fu_mapping m;
	struct fu_taken t;

	(void)state;
	assert_int_equal(fu_mapping_make(&m, headers, 2, NULL, 0, &err), 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		cells[1] = fu_str_of(cases[i][0]);
		fu_person_of_row(&m, &norm, NULL, cells, 2, &arena, &t);
		if (!fu_streq(t.person.f[FU_F_FIRST_NAME], cases[i][1]) ||
		    !fu_streq(t.person.f[FU_F_LAST_NAME], cases[i][2]))
			fail_msg("%s", cases[i][0]);
		assert_int_equal(t.person.nattr, cases[i][3] != NULL);
		if (cases[i][3] != NULL)
			assert_true(fu_str_is(t.person.attr[0].raw,
			    cases[i][3]));
	}
	fu_mapping_free(&m);
}

static void
test_overrides(void **state)
{
	const char *const headers[] = { "Adresse", "Do Not Email", "Nom" };
	const struct fu_pair over[] = { { "adresse", "email" },
		{ "Nom", "name" } };
	const struct fu_pair typo = { "Adresse", "emial" };
	const struct fu_pair gone = { "Mail", "email" };
	struct fu_str cells[] = { FU_STR("a@x.com"), FU_STR("Yes"),
		FU_STR("Byron, Ada") };
	struct fu_err err = { 0 };
	struct fu_mapping m;
	struct fu_taken t;

	(void)state;
	assert_int_equal(fu_mapping_make(&m, headers, 3, over, 2, &err), 0);
	fu_person_of_row(&m, &norm, NULL, cells, 3, &arena, &t);
	assert_null(t.reject);
	assert_string_equal(t.person.f[FU_F_FIRST_NAME], "Ada");
	assert_string_equal(t.person.f[FU_F_LAST_NAME], "Byron");
	assert_int_equal(t.person.optout, FU_OUT_EMAIL);
	cells[1] = FU_STR("No");
	fu_person_of_row(&m, &norm, NULL, cells, 3, &arena, &t);
	assert_int_equal(t.person.optout, 0);
	fu_mapping_free(&m);
	assert_int_equal(fu_mapping_make(&m, headers, 3, &typo, 1, &err), -1);
	assert_int_equal(err.class, FU_EUSAGE);
	fu_mapping_free(&m);
	assert_int_equal(fu_mapping_make(&m, headers, 3, &gone, 1, &err), -1);
	fu_mapping_free(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fixtures),
		cmocka_unit_test(test_headers),
		cmocka_unit_test(test_optout_headers),
		cmocka_unit_test(test_optout_values),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_header_injection),
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_overrides),
	};

	return (cmocka_run_group_tests(tests, setup, teardown));
}
