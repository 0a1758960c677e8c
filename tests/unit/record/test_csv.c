/*
 * Rows of files as people really have them.  A case is a file and what is
 * read of it: cells with '|' between, rows with a line feed behind, and for a
 * rejected one "!reason@line".
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "record/csv.h"
#include "record/headers.h"

#define FILE_OF(lit) lit, sizeof(lit) - 1

static const struct {
	const char	*name;
	const char	*text;
	size_t		 len;
	const char	*rows;	/* NULL: refused whole */
} cases[] = {
	{ "plain", FILE_OF("email,name\na@x.com,Ann\n"), "a@x.com|Ann\n" },
	{ "no end", FILE_OF("email,name\na@x.com,Ann"), "a@x.com|Ann\n" },
	{ "crlf", FILE_OF("email,name\r\na@x.com,Ann\r\n"), "a@x.com|Ann\n" },
	{ "cr", FILE_OF("email,name\ra@x.com,Ann\r"), "a@x.com|Ann\n" },
	{ "bom", FILE_OF("\357\273\277email,name\na@x.com,Ann\n"),
	    "a@x.com|Ann\n" },
	{ "utf-16le bom", FILE_OF("\377\376e\0m\0a\0i\0l\0\n\0a\0@\0x\0\n\0"),
	    "a@x\n" },
	{ "utf-16be", FILE_OF("\0e\0m\0a\0i\0l\0\n\0a\0@\0x\0\n"), "a@x\n" },
	{ "windows-1252", FILE_OF("email,name\na@x.com,J\374rgen \200\n"),
	    "a@x.com|J\303\274rgen \342\202\254\n" },
	{ "semicolon", FILE_OF("email;name\na@x.com;Lee, Ann\n"),
	    "a@x.com|Lee, Ann\n" },
	{ "tab", FILE_OF("email\tname\na@x.com\tAnn\n"), "a@x.com|Ann\n" },
	{ "bar", FILE_OF("email|name\na@x.com|Ann\n"), "a@x.com|Ann\n" },
	{ "quotes", FILE_OF("email,name\na@x.com,\"A \"\"B\"\"\nC\"\n"),
	    "a@x.com|A \"B\"\nC\n" },
	{ "preamble", FILE_OF("Notes:\n\"a, paragraph\nof two lines\"\n\n"
	    "First Name,Email Address\nAnn,a@x.com\n"), "Ann|a@x.com\n" },
	{ "sep line", FILE_OF("sep=;\nemail;name\na@x.com;Ann\n"),
	    "a@x.com|Ann\n" },
	{ "unknown headers", FILE_OF("foo;bar\n1;2\n"), "1|2\n" },
	{ "footer", FILE_OF("email,name\na@x.com,Ann\n\nConfidential\n"),
	    "a@x.com|Ann\n" },
	{ "no footer", FILE_OF("email,name\n\na@x.com\n"), "!ragged_row@3\n" },
	{ "ragged", FILE_OF("email,name\na@x.com\nb@x.com,B,C\nc@x.com,C\n"),
	    "!ragged_row@2\n!ragged_row@3\nc@x.com|C\n" },
	{ "empty cells too many", FILE_OF("email,name\na@x.com,Ann,,\n"),
	    "a@x.com|Ann\n" },
	{ "open quote at the end", FILE_OF("email,name\na@x.com,\"Ann\n"
	    "b@x.com,Bob\n"), "!unclosed_quote@2\nb@x.com|Bob\n" },
	{ "open quote that a later one closes", FILE_OF("email,name\n"
	    "\"a@x.com,Ann\nb@x.com,Bob\n\"c@x.com\",Cai\n"),
	    "!unclosed_quote@2\nb@x.com|Bob\nc@x.com|Cai\n" },
	{ "a NUL", FILE_OF("email,name\na@x.com,Ann\nb\0@x.com,Bob\n"), NULL },
	{ "text behind a closing quote", FILE_OF("email,name\na@x.com,Ann\n"
	    "\"q\"x@y.com,Bad\nb@x.com,\"a \"\"b\"\", c\"\n"),
	    "a@x.com|Ann\n!stray_quote@3\nb@x.com|a \"b\", c\n" },
	{ "the same, and a later quote closes", FILE_OF("email,name\n"
	    "Ann,\"q\" x\nb@x.com,Bob\n\"c@x.com\",Cai\n"),
	    "!stray_quote@2\nb@x.com|Bob\nc@x.com|Cai\n" },
	{ "blanks around a quoted cell, and none closed", FILE_OF(
	    "email,name\n \"a@x.com\" , \"Ann\n"),
	    "!unclosed_quote@2\n" },
	{ "broken UTF-8", FILE_OF("email,name\na@x.com,\303\274\n"
	    "b@x.com,\303\n"), "a@x.com|\303\274\n!bad_encoding@3\n" },
	{ "zip", FILE_OF("PK\003\004\024\0\0\0\b\0"), NULL },
	{ "nothing", FILE_OF(""), NULL },
	{ "blank", FILE_OF("\n \n\n"), NULL },
};

static struct fu_text *
open_text(const char *text, size_t len, int *fd, struct fu_err *err)
{
	*fd = memfd_create("rows", MFD_CLOEXEC);
	assert_true(*fd >= 0);
	assert_int_equal(write(*fd, text, len), (ssize_t)len);
	assert_int_equal(lseek(*fd, 0, SEEK_SET), 0);
	return (fu_text_open(*fd, "rows.csv", err));
}

static void
test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fu_csv_opt opt = { .known = fu_headers_known };
		struct fu_err err = { 0 };
		struct fu_csv *csv = NULL;
		struct fu_csv_row row;
		struct fu_text *text;
		struct fu_buf got;
		int fd;

		fu_buf_init(&got);
		text = open_text(cases[i].text, cases[i].len, &fd, &err);
		if (text != NULL)
			csv = fu_csv_open(text, &opt, &err);
		while (csv != NULL && fu_csv_next(csv, &row, &err) == 1) {
			if (row.reason != NULL)
				fu_buf_printf(&got, "!%s@%d", row.reason,
				    (int)row.line);
			for (size_t k = 0; k < row.n; k++) {
				if (k > 0)
					fu_buf_putc(&got, '|');
				fu_buf_str(&got, row.cell[k]);
			}
			fu_buf_putc(&got, '\n');
		}
		if ((csv != NULL) != (cases[i].rows != NULL))
			fail_msg("%s: %s", cases[i].name, csv != NULL ?
			    "taken" : err.msg);
		if (csv != NULL && strcmp(got.ptr != NULL ? got.ptr : "",
		    cases[i].rows) != 0)
			fail_msg("%s: got\n%sexpected\n%s", cases[i].name,
			    got.ptr != NULL ? got.ptr : "", cases[i].rows);
		if (csv == NULL)
			assert_true(err.class == FU_EDATA ||
			    err.class == FU_NOTFOUND);
		fu_csv_close(csv);
		fu_text_close(text);
		fu_buf_free(&got);
		close(fd);
	}
}

static void
test_headers(void **state)
{
	static const char file[] = "Email,,Email,name,Email\na,b,c,d,e\n";
	static const char *const want[] = { "Email", "column 2", "Email 2",
		"name", "Email 3" };
	struct fu_csv_opt opt = { .known = fu_headers_known };
	const char *const *got;
	struct fu_text *text;
	struct fu_csv *csv;
	size_t n;
	int fd;

	(void)state;
	text = open_text(file, sizeof(file) - 1, &fd, NULL);
	assert_non_null(text);
	assert_true(fu_text_kind(text) == FU_TEXT_ROWS);
	csv = fu_csv_open(text, &opt, NULL);
	assert_non_null(csv);
	got = fu_csv_header(csv, &n);
	assert_int_equal(n, 5);
	for (size_t i = 0; i < n; i++)
		assert_string_equal(got[i], want[i]);
	assert_string_equal(fu_csv_header_input(csv),
	    "Email,,Email,name,Email");
	fu_csv_close(csv);
	fu_text_close(text);
	close(fd);
}

/* A line of three megabytes and a quote never closed: bounded, reported, and
 * whoever stands behind them is read. */
static void
test_limits(void **state)
{
	struct fu_csv_opt opt = { .known = fu_headers_known };
	struct fu_csv_row row;
	struct fu_text *text;
	struct fu_csv *csv;
	struct fu_buf file;
	int fd, rows = 0;

	(void)state;
	fu_buf_init(&file);
	fu_buf_puts(&file, "email,name\n");
	for (int i = 0; i < 3 * 1024 * 1024; i++)
		fu_buf_putc(&file, 'x');
	fu_buf_puts(&file, "\na@x.com,\"Ann\n");
	for (int i = 0; i < 200000; i++)
		fu_buf_puts(&file, "b@x.com,Bob\n");
	text = open_text(file.ptr, file.len, &fd, NULL);
	csv = fu_csv_open(text, &opt, NULL);
	assert_non_null(csv);
	assert_int_equal(fu_csv_next(csv, &row, NULL), 1);
	assert_string_equal(row.reason, "row_too_long");
	assert_int_equal(row.line, 2);
	assert_int_equal(row.input.ptr[0], 'x');
	assert_int_equal(fu_csv_next(csv, &row, NULL), 1);
	assert_string_equal(row.reason, "unclosed_quote");
	assert_int_equal(row.line, 3);
	while (fu_csv_next(csv, &row, NULL) == 1) {
		assert_null(row.reason);
		rows++;
	}
	assert_int_equal(rows, 200000);
	assert_int_equal(row.line, 0);
	fu_csv_close(csv);
	fu_text_close(text);
	fu_buf_free(&file);
	close(fd);
}

static void
test_pending(void **state)
{
	struct fu_csv_opt opt = { .known = fu_headers_known };
	struct fu_csv_row row;
	struct fu_text *text;
	struct fu_csv *csv;
	int p[2];

	(void)state;
	assert_int_equal(pipe(p), 0);
	assert_int_equal(write(p[1], "email,name\na@x.com,A\nb@x", 24), 24);
	text = fu_text_open(p[0], "stdin", NULL);
	csv = fu_csv_open(text, &opt, NULL);
	assert_non_null(csv);
	assert_true(fu_csv_pending(csv));
	assert_int_equal(fu_csv_next(csv, &row, NULL), 1);
	assert_int_equal(row.line, 2);
	assert_false(fu_csv_pending(csv));
	assert_int_equal(write(p[1], ".com,B\n", 7), 7);
	assert_true(fu_csv_pending(csv));
	assert_int_equal(fu_csv_next(csv, &row, NULL), 1);
	assert_string_equal(row.cell[0].ptr, "b@x.com");
	close(p[1]);
	assert_true(fu_csv_pending(csv));
	assert_int_equal(fu_csv_next(csv, &row, NULL), 0);
	fu_csv_close(csv);
	fu_text_close(text);
	close(p[0]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_headers),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_pending),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
