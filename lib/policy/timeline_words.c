/*
 * Cutting a stated timeline into words that are known, in the languages that
 * forms are filled in.  Never decides what they mean together.
 */
#include <stdlib.h>
#include <string.h>

#include "policy/timeline_words.h"

struct known {
	const char	*text;
	enum fu_tw	 what;
	int		 value;
};

static const struct known words[] = {
	{ "one", W_NUMBER, 1 }, { "two", W_NUMBER, 2 },
	{ "three", W_NUMBER, 3 }, { "four", W_NUMBER, 4 },
	{ "five", W_NUMBER, 5 }, { "six", W_NUMBER, 6 },
	{ "seven", W_NUMBER, 7 }, { "eight", W_NUMBER, 8 },
	{ "nine", W_NUMBER, 9 }, { "ten", W_NUMBER, 10 },
	{ "eleven", W_NUMBER, 11 }, { "twelve", W_NUMBER, 12 },
	{ "eighteen", W_NUMBER, 18 }, { "couple", W_NUMBER, 2 },
	{ "few", W_NUMBER, 4 }, { "several", W_NUMBER, 6 },
	{ "h", W_UNIT, U_HOUR }, { "hour", W_UNIT, U_HOUR },
	{ "hours", W_UNIT, U_HOUR }, { "hrs", W_UNIT, U_HOUR },
	{ "d", W_UNIT, U_DAY }, { "day", W_UNIT, U_DAY },
	{ "days", W_UNIT, U_DAY }, { "tag", W_UNIT, U_DAY },
	{ "tage", W_UNIT, U_DAY }, { "tagen", W_UNIT, U_DAY },
	{ "jours", W_UNIT, U_DAY }, { "días", W_UNIT, U_DAY },
	{ "dias", W_UNIT, U_DAY }, { "giorni", W_UNIT, U_DAY },
	{ "w", W_UNIT, U_WEEK }, { "wk", W_UNIT, U_WEEK },
	{ "wks", W_UNIT, U_WEEK }, { "week", W_UNIT, U_WEEK },
	{ "weeks", W_UNIT, U_WEEK }, { "woche", W_UNIT, U_WEEK },
	{ "wochen", W_UNIT, U_WEEK }, { "semaine", W_UNIT, U_WEEK },
	{ "semaines", W_UNIT, U_WEEK }, { "semana", W_UNIT, U_WEEK },
	{ "semanas", W_UNIT, U_WEEK }, { "settimane", W_UNIT, U_WEEK },
	{ "m", W_UNIT, U_MONTH }, { "mo", W_UNIT, U_MONTH },
	{ "mos", W_UNIT, U_MONTH }, { "mth", W_UNIT, U_MONTH },
	{ "mths", W_UNIT, U_MONTH }, { "month", W_UNIT, U_MONTH },
	{ "months", W_UNIT, U_MONTH }, { "monat", W_UNIT, U_MONTH },
	{ "monate", W_UNIT, U_MONTH }, { "monaten", W_UNIT, U_MONTH },
	{ "mois", W_UNIT, U_MONTH }, { "mes", W_UNIT, U_MONTH },
	{ "meses", W_UNIT, U_MONTH }, { "mesi", W_UNIT, U_MONTH },
	{ "maanden", W_UNIT, U_MONTH },
	{ "quarter", W_UNIT, U_QUARTER }, { "quarters", W_UNIT, U_QUARTER },
	{ "qtr", W_UNIT, U_QUARTER }, { "quartal", W_UNIT, U_QUARTER },
	{ "trimestre", W_UNIT, U_QUARTER },
	{ "y", W_UNIT, U_YEAR }, { "yr", W_UNIT, U_YEAR },
	{ "yrs", W_UNIT, U_YEAR }, { "year", W_UNIT, U_YEAR },
	{ "years", W_UNIT, U_YEAR }, { "jahr", W_UNIT, U_YEAR },
	{ "jahre", W_UNIT, U_YEAR }, { "ans", W_UNIT, U_YEAR },
	{ "año", W_UNIT, U_YEAR }, { "años", W_UNIT, U_YEAR },
	{ "january", W_MONTH, 1 }, { "jan", W_MONTH, 1 },
	{ "januar", W_MONTH, 1 }, { "janvier", W_MONTH, 1 },
	{ "enero", W_MONTH, 1 },
	{ "february", W_MONTH, 2 }, { "feb", W_MONTH, 2 },
	{ "februar", W_MONTH, 2 }, { "février", W_MONTH, 2 },
	{ "febrero", W_MONTH, 2 },
	{ "march", W_MONTH, 3 }, { "mar", W_MONTH, 3 },
	{ "märz", W_MONTH, 3 }, { "mars", W_MONTH, 3 },
	{ "marzo", W_MONTH, 3 },
	{ "april", W_MONTH, 4 }, { "apr", W_MONTH, 4 },
	{ "avril", W_MONTH, 4 }, { "abril", W_MONTH, 4 },
	{ "may", W_MONTH, 5 }, { "mai", W_MONTH, 5 }, { "mayo", W_MONTH, 5 },
	{ "june", W_MONTH, 6 }, { "jun", W_MONTH, 6 }, { "juni", W_MONTH, 6 },
	{ "juin", W_MONTH, 6 }, { "junio", W_MONTH, 6 },
	{ "july", W_MONTH, 7 }, { "jul", W_MONTH, 7 }, { "juli", W_MONTH, 7 },
	{ "juillet", W_MONTH, 7 }, { "julio", W_MONTH, 7 },
	{ "august", W_MONTH, 8 }, { "aug", W_MONTH, 8 },
	{ "août", W_MONTH, 8 }, { "agosto", W_MONTH, 8 },
	{ "september", W_MONTH, 9 }, { "sep", W_MONTH, 9 },
	{ "sept", W_MONTH, 9 }, { "septembre", W_MONTH, 9 },
	{ "septiembre", W_MONTH, 9 },
	{ "october", W_MONTH, 10 }, { "oct", W_MONTH, 10 },
	{ "oktober", W_MONTH, 10 }, { "octobre", W_MONTH, 10 },
	{ "octubre", W_MONTH, 10 },
	{ "november", W_MONTH, 11 }, { "nov", W_MONTH, 11 },
	{ "novembre", W_MONTH, 11 }, { "noviembre", W_MONTH, 11 },
	{ "december", W_MONTH, 12 }, { "dec", W_MONTH, 12 },
	{ "dezember", W_MONTH, 12 }, { "décembre", W_MONTH, 12 },
	{ "diciembre", W_MONTH, 12 },
	{ "monday", W_WEEKDAY, 0 }, { "tuesday", W_WEEKDAY, 1 },
	{ "wednesday", W_WEEKDAY, 2 }, { "thursday", W_WEEKDAY, 3 },
	{ "friday", W_WEEKDAY, 4 }, { "saturday", W_WEEKDAY, 5 },
	{ "sunday", W_WEEKDAY, 6 },
	/* the season's last day of the northern calendar: month, day */
	{ "spring", W_SEASON, 620 }, { "summer", W_SEASON, 922 },
	{ "autumn", W_SEASON, 1220 }, { "fall", W_SEASON, 1220 },
	{ "winter", W_SEASON, 319 },
	{ "asap", W_ASAP, 0 }, { "immediately", W_ASAP, 0 },
	{ "immediate", W_ASAP, 0 }, { "urgent", W_ASAP, 0 },
	{ "urgently", W_ASAP, 0 }, { "now", W_ASAP, 0 },
	{ "straightaway", W_ASAP, 0 }, { "sofort", W_ASAP, 0 },
	{ "today", W_TODAY, 0 }, { "heute", W_TODAY, 0 },
	{ "tomorrow", W_TOMORROW, 0 },
	{ "this", W_THIS, 0 }, { "current", W_THIS, 0 },
	{ "diesem", W_THIS, 0 }, { "dieses", W_THIS, 0 },
	{ "next", W_NEXT, 0 }, { "coming", W_NEXT, 0 },
	{ "following", W_NEXT, 0 }, { "nächsten", W_NEXT, 0 },
	{ "nächstes", W_NEXT, 0 },
	{ "end", W_END, 0 }, { "ende", W_END, 0 }, { "fin", W_END, 0 },
	{ "early", W_EARLY, 0 }, { "beginning", W_EARLY, 0 },
	{ "start", W_EARLY, 0 }, { "anfang", W_EARLY, 0 },
	{ "mid", W_MID, 0 }, { "middle", W_MID, 0 }, { "mitte", W_MID, 0 },
	{ "late", W_LATE, 0 },
	{ "not", W_NOT, 0 }, { "no", W_NOT, 0 }, { "never", W_NOT, 0 },
	{ "isn", W_NOT, 0 }, { "nicht", W_NOT, 0 },
	{ "over", W_OVER, 0 }, { "after", W_OVER, 0 }, { "beyond", W_OVER, 0 },
	{ "than", W_OVER, 0 }, { "least", W_OVER, 0 },
	{ "a", W_A, 1 }, { "an", W_A, 1 }, { "one's", W_A, 1 },
	{ "the", W_THE, 0 }, { "of", W_OF, 0 },
	{ "to", W_RANGE, 0 }, { "or", W_RANGE, 0 }, { "bis", W_RANGE, 0 },
	{ "and", W_RANGE, 0 },
	{ "business", W_WORKING, 0 }, { "working", W_WORKING, 0 },
	{ "eom", W_EOM, 0 }, { "eoq", W_EOQ, 0 }, { "eoy", W_EOY, 0 },
	{ "yearend", W_EOY, 0 }, { "jahresende", W_EOY, 0 },
	{ "first", W_ORDINAL, 1 }, { "second", W_ORDINAL, 2 },
	{ "third", W_ORDINAL, 3 }, { "fourth", W_ORDINAL, 4 },
	{ "last", W_ORDINAL, 9 },
	{ "half", W_HWORD, 0 },
};

static void
know(struct fu_timeline_word *w)
{
	size_t i, len = strlen(w->text), digits;
	char *s = (char *)w->text, *end;

	w->what = W_OTHER;
	digits = strspn(s, "0123456789");
	if (len > 0 && s[len - 1] == '+') {
		w->plus = true;
		s[--len] = '\0';
	}
	/* 2026-09-30, 2026-09, 30/09/2026, 9/2026: kept whole for date() */
	if (digits > 0 && strspn(s, "0123456789-/.") == len &&
	    strpbrk(s, "-/.") != NULL) {
		w->what = W_DATE;
		return;
	}
	if (digits > 0 && digits <= 4) {
		w->value = (int)strtol(s, &end, 10);
		w->digits = (int)digits;
		if (*end == '\0' || strcmp(end, "st") == 0 ||
		    strcmp(end, "nd") == 0 || strcmp(end, "rd") == 0 ||
		    strcmp(end, "th") == 0)
			w->what = W_NUMBER;
		else if (end[0] == 'q' && w->value >= 1 && w->value <= 4)
			w->what = W_QUARTER;	/* 3q, 3q26 */
		else if (end[0] == 'h' && w->value >= 1 && w->value <= 2 &&
		    end[1] != '\0' && end[1] >= '0' && end[1] <= '9')
			w->what = W_HALF;	/* 2h26 */
		return;
	}
	if ((s[0] == 'q' || s[0] == 'h') && len == 2 && s[1] >= '1' &&
	    s[1] <= (s[0] == 'q' ? '4' : '2')) {
		w->what = s[0] == 'q' ? W_QUARTER : W_HALF;
		w->value = s[1] - '0';
		return;
	}
	if (strncmp(s, "fy", 2) == 0 && strspn(s + 2, "0123456789") == len - 2) {
		w->what = W_FISCAL;
		w->value = atoi(s + 2);
		w->digits = (int)len - 2;
		return;
	}
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i].text, s) == 0) {
			w->what = words[i].what;
			w->value = words[i].value;
			return;
		}
}

/*
 * Words are runs of letters and digits; a number is parted from the unit that
 * is joined to it ("6m", "3q26"), a dash between two numbers is a range but
 * in a date.  The text is lower case.
 */
static bool
word_byte(char c)
{

	return ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	    (unsigned char)c >= 0x80);
}

static bool
digit(char c)
{

	return (c >= '0' && c <= '9');
}

/* The length of a date written in digits at ${s}, or 0. */
static size_t
date_len(const char *s)
{
	size_t len = strspn(s, "0123456789-/."), i, marks = 0, year = 0, run;

	while (len > 0 && !digit(s[len - 1]))
		len--;
	for (i = 0; i < len; i += run) {
		run = strspn(s + i, "0123456789");
		if (run == 0) {
			marks++;
			run = 1;
		} else if (run == 4)
			year++;
		else if (run > 2)
			return (0);
	}
	if (word_byte(s[len]) && s[len] != 't')
		return (0);	/* "3-6m" */
	if (marks == 2 || (marks == 1 && year == 1) ||
	    (marks == 1 && memchr(s, '/', len) != NULL))
		return (len);
	return (0);
}

size_t
fu_timeline_words(char *text, char *room, struct fu_timeline_word *word)
{
	char *p = text, *out = room;
	size_t len, n = 0;

	while (*p != '\0' && n < FU_TIMELINE_WORDS &&
	    (size_t)(out - room) + strlen(p) + 2 < 2 * FU_TIMELINE_TEXT) {
		struct fu_timeline_word *w = &word[n];

		/* a typographic apostrophe is three bytes, none a word's */
		if (strncmp(p, "\xe2\x80\x99", 3) == 0)
			*(p += 2) = '\'';
		w->short_year = digit(*p) && p > text && p[-1] == '\'';
		if (digit(*p) && (len = date_len(p)) > 0) {
			;
		} else if (digit(*p)) {
			len = strspn(p, "0123456789");
			if (p[len] == '+' || p[len] == 'q')
				len++;
			else if ((p[len] == 's' || p[len] == 'n' ||
			    p[len] == 'r' || p[len] == 't') &&
			    word_byte(p[len + 1]) && !word_byte(p[len + 2]))
				len += 2;	/* 1st 2nd 3rd 4th */
			else if (p[len] == 'h' && digit(p[len + 1]))
				len++;
		} else if (word_byte(*p)) {
			for (len = 1; word_byte(p[len]); len++)
				;
			/* q326, h2/27: the digit belongs to the letter */
			if ((*p == 'q' || *p == 'h') && digit(p[1]))
				len = 2;
			else if (!(p[0] == 'f' && p[1] == 'y'))
				len = strcspn(p, "0123456789") < len ?
				    strcspn(p, "0123456789") : len;
		} else {
			if (*p == '-' || *p == '>') {
				w->text = *p == '-' ? "-" : ">";
				w->what = *p == '-' ? W_RANGE : W_OVER;
				n++;
			}
			p++;
			continue;
		}
		memcpy(out, p, len);
		out[len] = '\0';
		w->text = out;
		know(w);
		if (w->what == W_OTHER && w->digits > 0 && out[len - 1] == 'h')
			w->what = W_HALF;
		out += len + 1;
		p += len;
		n++;
	}
	return (n);
}
