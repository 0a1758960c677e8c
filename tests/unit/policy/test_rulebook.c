/*
 * What is wrong with the text of a rules file: each fault with its place.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "policy/rulebook_files.h"

#define NELEM(a) (sizeof(a) / sizeof((a)[0]))

/* All that is said of a text, a line each. */
static const char *
said(struct fu_arena *arena, const char *name, struct fu_str text)
{
	struct fu_rulebook *book = fu_rulebook_new();
	struct fu_faults faults;
	struct fu_buf out;
	const char *all;
	int rc;

	fu_faults_init(&faults);
	fu_buf_init(&out);
	fu_buf_puts(&out, "");
	rc = fu_rulebook_read(book, name, text, &faults);
	fu_faults_sort(&faults);
	assert_int_equal(rc == 0, faults.n == 0);
	for (size_t i = 0; i < faults.n; i++)
		fu_buf_printf(&out, "%s\n", fu_fault_print(arena,
		    &faults.fault[i]));
	all = fu_dup_buf(arena, &out);
	fu_buf_free(&out);
	fu_faults_free(&faults);
	fu_rulebook_free(book);
	return (all);
}

/* A shipped file, with lines behind it. */
static struct fu_str
shipped(struct fu_arena *arena, const char *name, const char *more, int *lines)
{
	static char text[1 << 20];
	struct fu_str s = { text, 0 };
	FILE *f;

	f = fopen(fu_printf(arena, "templates/rules/%s", name), "r");
	assert_non_null(f);
	s.len = fread(text, 1, sizeof(text) / 2, f);
	fclose(f);
	*lines = 0;
	for (size_t i = 0; i < s.len; i++)
		*lines += text[i] == '\n';
	memcpy(text + s.len, more, strlen(more));
	s.len += strlen(more);
	return (s);
}

/* Which line of the shipped file begins so. */
static int
line_of(struct fu_str text, const char *begin)
{
	int line = 1;

	for (size_t i = 0; i < text.len; i++) {
		if ((i == 0 || text.ptr[i - 1] == '\n') &&
		    strncmp(text.ptr + i, begin, strlen(begin)) == 0)
			return (line);
		line += text.ptr[i] == '\n';
	}
	return (0);
}

static void
what_is_shipped_is_right(void **state)
{
	const struct fu_rules_file *file;
	struct fu_arena arena;
	int lines;
	size_t n = 0;

	(void)state;
	fu_arena_init(&arena);
	for (; (file = fu_rules_file(n)) != NULL; n++) {
		assert_string_equal("", said(&arena, file->name,
		    shipped(&arena, file->name, "", &lines)));
		assert_ptr_equal(file, fu_rules_file_find(file->name));
	}
	assert_int_equal(28, n);
	assert_null(fu_rules_file_find("mine.txt"));
	fu_arena_free(&arena);
}

/* A second line would loosen what the first forbids. */
static void
a_key_stands_once(void **state)
{
	static const struct {
		const char *name, *line, *key, *first;
		int col;
	} twice[] = {
		{ "states.txt", "US-FL | 08:00-21:00 | 08:00-21:00 | "
		    "08:00-21:00 | - | - | America/New_York | x", "US-FL",
		    "US-FL |", 1 },
		{ "states.txt", "holiday mlk | 01-02", "mlk", "holiday mlk ",
		    9 },
		{ "states.txt", "holidays mlk | new_year", "mlk",
		    "holiday mlk ", 10 },
		{ "states.txt", "holidays PA | new_year", "PA",
		    "holidays PA ", 10 },
		{ "countries.txt", "DE | eu | free | free | x", "DE", "DE |",
		    1 },
		{ "country-zones.txt", "DE | 4999 | Europe/Berlin", "DE",
		    "DE |", 1 },
		{ "country-zones.txt", "BV | 49 | Europe/Berlin", "+49",
		    "DE |", 6 },
		{ "phone-zones.txt", "1201 | Asia/Tokyo", "1201", "1201 |",
		    1 },
		{ "nanp-regions.txt", "201 | CA | ON", "201", "201 |", 1 },
		{ "phones.txt", "DE 49 0 00 2-9:6-11", "DE", "DE ", 1 },
		{ "places.txt", "UK  = US", "UK = ", "UK =", 1 },
		{ "places.txt", "Wales = GB-ENG", "Wales = GB",
		    "Wales = GB-WLS", 1 },
		{ "penalties.txt", "PECR | unsolicited marketing | "
		    "organisation | GBP 1 | [K]", "PECR | unsolicited "
		    "marketing | organisation", "PECR |", 1 },
		{ "signals.txt", "[opt_out]", "[opt_out]", "[opt_out literal",
		    1 },
		{ "signals.txt", "@ok = no", "@ok", "@ok =", 1 },
	};
	struct fu_arena arena;
	struct fu_str text;
	int lines, first;

	(void)state;
	fu_arena_init(&arena);
	for (size_t i = 0; i < NELEM(twice); i++) {
		text = shipped(&arena, twice[i].name, twice[i].line, &lines);
		first = line_of(text, twice[i].first);
		assert_true(first > 0);
		assert_string_equal(fu_printf(&arena, "%s:%d:%d: \"%s\" is "
		    "there already, on line %d: take one away\n",
		    twice[i].name, lines + 1, twice[i].col, twice[i].key,
		    first), said(&arena, twice[i].name, text));
	}
	fu_arena_free(&arena);
}

/* A line behind the shipped ones, and what is said of it. */
static void
what_there_is_not(void **state)
{
	static const struct {
		const char *name, *line, *said;
	} bad[] = {
		{ "states.txt", "US-ZZ | - | - | - | - | - | | x",
		    "1: there is no state or province \"US-ZZ\": write one "
		    "like US-FL or CA-ON" },
		{ "states.txt", "GB | - | - | - | - | - | | x", "1: there is "
		    "no state or province \"GB\": write one like US-FL or "
		    "CA-ON" },
		{ "states.txt", "US-UM | 08:00-20:00 | - | 9-5 | - | - | | x",
		    "27: hours are HH:MM-HH:MM, or -" },
		{ "states.txt", "US-UM | - | - | - | - | 3x | | x",
		    "25: a cap is a number, or -" },
		{ "states.txt", "US-UM | - | - | - | XX | - | | x",
		    "21: no such set of holidays above this line" },
		{ "states.txt", "US-UM | - | - | - | - | - | Asia/Tokyo "
		    "Nowhere/Zone | x", "40: there is no time zone "
		    "\"Nowhere/Zone\": write one like Europe/Dublin, of the "
		    "system's tzdata" },
		{ "states.txt", "holiday x | 01-01 sometimes", "19: no such "
		    "rule of a holiday: \"sometimes\"" },
		{ "states.txt", "holidays x | new_year nevermas", "23: no "
		    "holiday \"nevermas\" stands above this line" },
		{ "countries.txt", "ZZ | eu | free | free | x", "1: there is "
		    "no country \"ZZ\": write its two letters, like DE" },
		{ "countries.txt", "JP | mars | free | free | x", "6: place "
		    "is us, ca, uk or eu" },
		{ "countries.txt", "JP | eu | free | gratis | x", "18: a rule "
		    "is opt_in, opt_out_job, opt_out_legal, free or blocked" },
		{ "country-zones.txt", "ZZ | | Europe/Berlin", "1: there is "
		    "no country \"ZZ\": write its two letters, like DE" },
		{ "country-zones.txt", "BV | | Europe/Berlin | Nowhere/Zone",
		    "24: there is no time zone \"Nowhere/Zone\": write one "
		    "like Europe/Dublin, of the system's tzdata" },
		{ "phone-zones.txt", "99999 | Nowhere/Zone", "9: there is no "
		    "time zone \"Nowhere/Zone\": write one like "
		    "Europe/Dublin, of the system's tzdata" },
		{ "phone-zones.txt", "99999 | ../../etc/passwd", "9: there is "
		    "no time zone \"../../etc/passwd\": write one like "
		    "Europe/Dublin, of the system's tzdata" },
		{ "phone-zones.txt", "junk", "1: expected prefix | zones" },
		{ "nanp-regions.txt", "999 | US | ZZ", "12: there is no state "
		    "or province \"US-ZZ\"" },
		{ "nanp-regions.txt", "999 | ZZ |", "7: there is no country "
		    "\"ZZ\": write its two letters, like DE" },
		{ "addresses.txt", "unlawfull | guess", "1: the kind is "
		    "generic, role, wireless or unlawful" },
		{ "addresses.txt", "unlawful |", "11: no word stands here" },
		{ "free-mail.txt", "mails | mail.example", "1: the kind is "
		    "mail or page" },
		{ "free-mail.txt", "mail | mail.example gmail", "21: bad "
		    "domain \"gmail\": a domain without a dot" },
		{ "penalties.txt", "junk", "1: expected law | what for | to "
		    "whom | at most | source" },
		{ "penalties.txt", "Act | x | | EUR 1 | [K]", "11: there is "
		    "nothing in this column" },
		{ "penalties.txt", "Act | x | all | EUR 1 | hearsay", "25: a "
		    "source begins with [V], [K] or [P]" },
		{ "places.txt", "Atlantis", "1: expected \"name = GB\" or "
		    "\"name = DE-BY\"" },
		{ "places.txt", "Atlantis = ZZ", "12: there is no country "
		    "\"ZZ\": write its two letters, like GB, or DE-BY for a "
		    "region" },
		{ "places.txt", "Jefferson = US-ZZ", "13: there is no state "
		    "or province \"US-ZZ\"" },
		{ "signals.txt", "[opt_uot]", "2: nothing asks for a section "
		    "[opt_uot]: did you mean [opt_out]?" },
		{ "signals.txt", "[entirely_other]", "2: nothing asks for a "
		    "section [entirely_other]: take it away, or name it as "
		    "fu-init's file does" },
		{ "signals.txt", "[yes litteral]", "6: behind a section's "
		    "name only \"literal\", \"own\" and \"mine\" may stand" },
		{ "noise.txt", "caf\xc3\xa9 \xff", "6: this line is not UTF-8 "
		    "text: save the file as UTF-8" },
		{ "states.txt", "# \x80", "3: this line is not UTF-8 text: "
		    "save the file as UTF-8" },
		{ "price-words.txt", "\xc3", "1: this line is not UTF-8 text: "
		    "save the file as UTF-8" },
	};
	struct fu_arena arena;
	struct fu_str text;
	int lines;

	(void)state;
	fu_arena_init(&arena);
	for (size_t i = 0; i < NELEM(bad); i++) {
		text = shipped(&arena, bad[i].name, bad[i].line, &lines);
		assert_string_equal(fu_printf(&arena, "%s:%d:%s\n",
		    bad[i].name, lines + 1, bad[i].said), said(&arena,
		    bad[i].name, text));
	}
	fu_arena_free(&arena);
}

/* An emptied file forbids as little as one that is not there. */
static void
heads_and_what_may_not_be_missing(void **state)
{
	static const struct {
		const char *name, *text, *said;
	} cases[] = {
		{ "countries.txt", "date: 2026-01-01\nsource: x\n",
		    "countries.txt:1:1: no line of it says anything: compare "
		    "it with the one that fu-init makes\n" },
		{ "phones.txt", "# date: 2026-01-01\n", "phones.txt:1:1: no "
		    "line of it says anything: compare it with the one that "
		    "fu-init makes\n" },
		{ "penalties.txt", "# none\n", "" },
		{ "mine.txt", "whatever\n", "" },
		{ "countries.txt", "DE | eu | opt_in | opt_in | x\n",
		    "countries.txt:1:1: it does not say of when it is: write "
		    "a line \"date: YYYY-MM-DD\"\n"
		    "countries.txt:1:1: it does not say where it is from: "
		    "write a line \"source: …\"\n" },
		{ "countries.txt", "source: x\ndate:  yesterday\n"
		    "DE | eu | opt_in | opt_in | x\n", "countries.txt:2:8: "
		    "this is no date: write \"date: YYYY-MM-DD\"\n" },
		{ "countries.txt", "\xef\xbb\xbf"
		    "# date: 2026-01-01\n# source: x\r\n"
		    "DE | eu | opt_in | opt_in | x\r\n", "" },
		{ "states.txt", "date: 2026-01-01\nsource: x\n"
		    "US | - | - | - | - | - | | x\n"
		    "CA | - | - | - | - | - | | x\n", "states.txt:1:1: there "
		    "is no \"US-*\" in it: compare it with the one that "
		    "fu-init makes\n"
		    "states.txt:1:1: there is no \"EU\" in it: compare it "
		    "with the one that fu-init makes\n" },
		{ "addresses.txt", "date: 2026-01-01\nsource: x\n"
		    "generic | io\nrole | info\nrole | sales\n"
		    "wireless | vtext.com\n", "addresses.txt:1:1: there is no "
		    "\"unlawful\" in it: compare it with the one that fu-init "
		    "makes\n" },
	};
	struct fu_arena arena;

	(void)state;
	fu_arena_init(&arena);
	for (size_t i = 0; i < NELEM(cases); i++)
		assert_string_equal(cases[i].said, said(&arena, cases[i].name,
		    fu_str_of(cases[i].text)));
	fu_arena_free(&arena);
}

/* Reading goes on behind a fault; a line too long is one, not the end. */
static void
every_fault_is_told(void **state)
{
	static char text[4096] = "date: 2026-01-01\nsource: x\nZZ | 1\n";
	struct fu_arena arena;
	size_t n = strlen(text);

	(void)state;
	fu_arena_init(&arena);
	memset(text + n, 'x', 2100);
	strcpy(text + n + 2100, "\nZZ | eu | free | free | x\n");
	assert_string_equal("countries.txt:3:1: expected country | place | "
	    "named | generic | source\n"
	    "countries.txt:4:1: this line is longer than 2047 bytes\n"
	    "countries.txt:5:1: there is no country \"ZZ\": write its two "
	    "letters, like DE\n", said(&arena, "countries.txt",
	    fu_str_of(text)));
	fu_arena_free(&arena);
}

static void
whose_law_asks_for_consent(void **state)
{
	struct fu_rulebook *book = fu_rulebook_new();
	struct fu_arena arena;
	struct fu_err err;
	int lines;

	(void)state;
	fu_arena_init(&arena);
	assert_int_equal(0, fu_rulebook_add(book, "rules/countries.txt",
	    shipped(&arena, "countries.txt", "", &lines), &err));
	assert_int_equal(1, fu_rulebook_consent(book, "DE"));
	assert_int_equal(0, fu_rulebook_consent(book, "FR"));
	assert_int_equal(0, fu_rulebook_consent(book, "US"));
	assert_int_equal(-1, fu_rulebook_consent(book, "BR"));
	fu_rulebook_free(book);
	fu_arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_shipped_is_right),
		cmocka_unit_test(a_key_stands_once),
		cmocka_unit_test(what_there_is_not),
		cmocka_unit_test(heads_and_what_may_not_be_missing),
		cmocka_unit_test(every_fault_is_told),
		cmocka_unit_test(whose_law_asks_for_consent)
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
