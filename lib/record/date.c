/*
 * Dates of other people's exports.
 *
 * Never chooses between two readings of a date; the operator does.
 */
#include "record/date.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define TOKENS_MAX 12

enum kind { NUMBER, WORD, MARK };

struct token {
	enum kind	 kind;
	struct fu_str	 text;
	int64_t		 value;
};

static enum fu_date_fault __attribute__((format(printf, 4, 5)))
fault(struct fu_err *err, enum fu_date_fault f, struct fu_str text,
    const char *fmt, ...)
{
	char why[128];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(why, sizeof(why), fmt, ap);
	va_end(ap);
	(void)fu_err_set(err, FU_EDATA, "bad date \"%.*s\": %s",
	    (int)(text.len < 60 ? text.len : 60), text.ptr, why);
	return (f);
}

/* Runs of digits, runs of letters, and single marks; blanks go. */
static int
split(struct fu_str s, struct token *tok)
{
	int n = 0;

	for (size_t i = 0; i < s.len;) {
		size_t start = i;
		unsigned char c = (unsigned char)s.ptr[i];
		struct token t = { .kind = MARK };

		if (c == ' ' || c == '\t') {
			i++;
			continue;
		}
		if (n == TOKENS_MAX)
			return (-1);
		if (c >= '0' && c <= '9') {
			t.kind = NUMBER;
			for (; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9';
			    i++)
				if (i - start < 15)
					t.value = t.value * 10 + s.ptr[i] - '0';
		} else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') {
			t.kind = WORD;
			while (i < s.len && (s.ptr[i] | 0x20) >= 'a' &&
			    (s.ptr[i] | 0x20) <= 'z')
				i++;
		} else
			i++;
		t.text = (struct fu_str){ s.ptr + start, i - start };
		tok[n++] = t;
	}
	return (n);
}

static int
month_of(struct fu_str s)
{
	static const char *const names[] = { "january", "february", "march",
		"april", "may", "june", "july", "august", "september",
		"october", "november", "december" };

	if (fu_str_is_nocase(s, "sept"))
		return (9);
	for (int i = 0; i < 12; i++)
		if (s.len >= 3 && s.len <= strlen(names[i]) &&
		    (s.len == 3 || s.len == strlen(names[i])) &&
		    strncasecmp(s.ptr, names[i], s.len) == 0)
			return (i + 1);
	return (0);
}

static bool
is_mark(const struct token *t, char c)
{
	return (t->kind == MARK && t->text.len == 1 && t->text.ptr[0] == c);
}

static int64_t
full_year(const struct token *t)
{
	if (t->text.len == 4)
		return (t->value);
	if (t->text.len == 2)
		return (t->value < 70 ? 2000 + t->value : 1900 + t->value);
	return (-1);
}

/* "17:03", "5:03:09 PM", "5 pm"; what is left over is an error. */
static bool
read_clock(const struct token *tok, int n, int64_t *us)
{
	int64_t h, m = 0, s = 0;
	int i = 0;

	*us = 0;
	if (n > 0 && (is_mark(tok, ',') || (tok->kind == WORD &&
	    (fu_str_is_nocase(tok->text, "at") ||
	    fu_str_is_nocase(tok->text, "t")))))
		i++;
	if (i == n)
		return (true);
	if (tok[i].kind != NUMBER)
		return (false);
	h = tok[i++].value;
	if (i + 1 < n && is_mark(&tok[i], ':') && tok[i + 1].kind == NUMBER) {
		m = tok[i + 1].value;
		i += 2;
		if (i + 1 < n && is_mark(&tok[i], ':') &&
		    tok[i + 1].kind == NUMBER) {
			s = tok[i + 1].value;
			i += 2;
		}
		if (i + 1 < n && is_mark(&tok[i], '.') &&
		    tok[i + 1].kind == NUMBER)
			i += 2;
	} else if (i == n || tok[i].kind != WORD)
		return (false);
	if (i < n && tok[i].kind == WORD &&
	    (fu_str_is_nocase(tok[i].text, "am") ||
	    fu_str_is_nocase(tok[i].text, "pm"))) {
		if (h < 1 || h > 12)
			return (false);
		h = h % 12 + (fu_str_is_nocase(tok[i].text, "pm") ? 12 : 0);
		i++;
	}
	if (i < n && tok[i].kind == WORD &&
	    (fu_str_is_nocase(tok[i].text, "utc") ||
	    fu_str_is_nocase(tok[i].text, "gmt") ||
	    fu_str_is_nocase(tok[i].text, "z")))
		i++;
	if (i != n || h > 23 || m > 59 || s > 59)
		return (false);
	*us = h * FU_HOUR + m * FU_MINUTE + s * FU_SECOND;
	return (true);
}

static bool
is_weekday(struct fu_str s)
{
	static const char *const days[] = { "mon", "tue", "wed", "thu", "fri",
		"sat", "sun" };

	for (int i = 0; i < 7; i++)
		if (s.len >= 3 && strncasecmp(s.ptr, days[i], 3) == 0)
			return (true);
	return (false);
}

static enum fu_date_fault
finish(struct fu_str text, int64_t y, int64_t m, int64_t d,
    const struct token *rest, int nrest, int64_t *us, struct fu_err *err)
{
	struct fu_date date = { 0 };
	int64_t of_day;

	if (y < 1900 || y > 9999)
		return (fault(err, FU_DATE_BAD, text, "no year from 1900"));
	if (m < 1 || m > 12)
		return (fault(err, FU_DATE_BAD, text, "no month %d", (int)m));
	date.year = (int16_t)y;
	date.month = (int8_t)m;
	date.day = (int8_t)(d > 31 ? 0 : d);
	if (!fu_date_valid(date))
		return (fault(err, FU_DATE_BAD, text, "no such day"));
	if (!read_clock(rest, nrest, &of_day))
		return (fault(err, FU_DATE_BAD, text, "no time of day"));
	*us = fu_date_days(date) * FU_DAY + of_day;
	return (FU_DATE_OK);
}

/* Three numbers with the same mark between them. */
static enum fu_date_fault
numeric(struct fu_str text, const struct token *tok, int n,
    enum fu_date_order order, int64_t *us, struct fu_err *err)
{
	int64_t a = tok[0].value, b = tok[2].value, y;

	if (tok[0].text.len == 4)
		return (finish(text, a, b, tok[4].value, tok + 5, n - 5, us,
		    err));
	if (order == FU_ORDER_YMD && tok[4].text.len <= 2)
		return (finish(text, tok[0].text.len == 1 ? 2000 + a :
		    full_year(&tok[0]), b, tok[4].value, tok + 5, n - 5, us,
		    err));
	if (order == FU_ORDER_YMD)
		order = FU_ORDER_UNKNOWN;
	y = full_year(&tok[4]);
	if (is_mark(&tok[1], '.'))
		order = FU_ORDER_DMY;
	else if (a > 12 && b <= 12)
		order = FU_ORDER_DMY;
	else if (b > 12 && a <= 12)
		order = FU_ORDER_MDY;
	else if (a == b)
		order = FU_ORDER_DMY;
	if (order == FU_ORDER_UNKNOWN)
		return (fault(err, FU_DATE_AMBIGUOUS, text, "day or month "
		    "first? --date-order dmy, mdy or ymd says"));
	return (finish(text, y, order == FU_ORDER_DMY ? b : a,
	    order == FU_ORDER_DMY ? a : b, tok + 5, n - 5, us, err));
}

/* With the month as a word: "12 Mar 2024", "Mar 12, 2024", "12-Mar-24". */
static enum fu_date_fault
worded(struct fu_str text, const struct token *tok, int n, int64_t *us,
    struct fu_err *err)
{
	const struct token *num[2];
	int month = 0, nnum = 0, i = 0;

	for (; i < n && (month == 0 || nnum < 2); i++) {
		if (tok[i].kind == NUMBER && nnum < 2)
			num[nnum++] = &tok[i];
		else if (tok[i].kind == WORD && month == 0 &&
		    (month = month_of(tok[i].text)) != 0)
			continue;
		else if (tok[i].kind == WORD && nnum == 1 &&
		    tok[i].text.len == 2)
			continue;	/* 1st, 2nd */
		else if (is_mark(&tok[i], '-') || is_mark(&tok[i], ',') ||
		    is_mark(&tok[i], '.') || is_mark(&tok[i], '/'))
			continue;
		else
			return (fault(err, FU_DATE_BAD, text, "not a date"));
	}
	if (month == 0 || nnum < 2)
		return (fault(err, FU_DATE_BAD, text, "not a date"));
	if (num[0]->text.len == 4)
		return (finish(text, num[0]->value, month, num[1]->value,
		    tok + i, n - i, us, err));
	return (finish(text, full_year(num[1]), month, num[0]->value, tok + i,
	    n - i, us, err));
}

enum fu_date_fault
fu_date_read(struct fu_str text, enum fu_date_order order, int64_t *us,
    struct fu_err *err)
{
	struct fu_str s = fu_str_trim(text);
	struct token buf[TOKENS_MAX], *tok = buf;
	int n;

	if (s.len > 0 && s.ptr[0] == '\'')
		s = fu_str_trim((struct fu_str){ s.ptr + 1, s.len - 1 });
	if (s.len >= 10 && fu_time_parse(s, us, NULL) == 0)
		return (FU_DATE_OK);
	n = split(s, tok);
	if (n <= 0)
		return (fault(err, FU_DATE_BAD, text, "not a date"));
	if (n == 1 && tok[0].kind == NUMBER && s.len == 13) {
		*us = tok[0].value * 1000;
		return (FU_DATE_OK);
	}
	if (n == 1 && tok[0].kind == NUMBER && s.len == 10) {
		*us = tok[0].value * FU_SECOND;
		return (FU_DATE_OK);
	}
	if (tok[0].kind == WORD && n > 1 && is_weekday(tok[0].text) &&
	    month_of(tok[0].text) == 0) {
		int skip = is_mark(&tok[1], ',') || is_mark(&tok[1], '.') ?
		    2 : 1;

		tok += skip;
		n -= skip;
	}
	if (n >= 5 && tok[0].kind == NUMBER && tok[2].kind == NUMBER &&
	    tok[4].kind == NUMBER && tok[1].kind == MARK &&
	    fu_str_same(tok[1].text, tok[3].text) &&
	    strchr("/-.", tok[1].text.ptr[0]) != NULL)
		return (numeric(text, tok, n, order, us, err));
	return (worded(text, tok, n, us, err));
}

int
fu_date_order_parse(const char *word, enum fu_date_order *order,
    struct fu_err *err)
{
	if (fu_streq_nocase(word, "dmy"))
		*order = FU_ORDER_DMY;
	else if (fu_streq_nocase(word, "mdy"))
		*order = FU_ORDER_MDY;
	else if (fu_streq_nocase(word, "ymd"))
		*order = FU_ORDER_YMD;
	else
		return (fu_err_set(err, FU_EUSAGE, "no date order \"%s\": "
		    "dmy, mdy or ymd", word));
	return (0);
}
