/*
 * Lists of patterns, compiled and looked for.
 *
 * Must never take a pattern inside a longer word for the word: "absent" is
 * none in "absentee".  A script without blanks between words has no such ends.
 */
#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "content/mail_lists.h"

#define PIECES_MAX	6

struct pattern {
	const char	*piece[PIECES_MAX];
	size_t		 len[PIECES_MAX];
	size_t		 n;
	bool		 first, last;	/* '^', '$' */
	bool		 word_start, word_end;	/* must not go on there */
	const struct pattern *next;	/* that begins with the same byte */
};

struct list {
	struct pattern	*pattern;
	size_t		 n, cap;
	const struct pattern *begins[256];	/* by its first byte */
};

struct fu_mail_lists {
	struct fu_arena	 arena;
	struct list	 list[FU_ML_N];
};

static const char *const files[] = { "bounces.txt", "absences.txt",
	"quotes.txt" };

static const struct {
	const char	*name;
	int		 file;
} names[FU_ML_N] = {
	[FU_ML_DAEMON] = { "daemon", 0 },
	[FU_ML_REPORT_SUBJECT] = { "report_subject", 0 },
	[FU_ML_REPORT_TEXT] = { "report_text", 0 },
	[FU_ML_ORIGINAL_BELOW] = { "original_below", 0 },
	[FU_ML_AFTER_DATA] = { "after_data", 0 },
	[FU_ML_FILTERED] = { "filtered", 0 },
	[FU_ML_FULL] = { "mailbox_full", 0 },
	[FU_ML_UNKNOWN_USER] = { "unknown_user", 0 },
	[FU_ML_UNKNOWN_HOST] = { "unknown_host", 0 },
	[FU_ML_NO_MAIL] = { "takes_no_mail", 0 },
	[FU_ML_MOVED] = { "moved", 0 },
	[FU_ML_UNAVAILABLE] = { "unavailable", 0 },
	[FU_ML_POLICY] = { "policy", 0 },
	[FU_ML_SPAM] = { "spam", 0 },
	[FU_ML_SENDER] = { "sender", 0 },
	[FU_ML_DISABLED] = { "disabled", 0 },
	[FU_ML_SIZE] = { "too_large", 0 },
	[FU_ML_CONTENT] = { "content", 0 },
	[FU_ML_RATE] = { "rate", 0 },
	[FU_ML_EXPIRED] = { "expired", 0 },
	[FU_ML_NETWORK] = { "network", 0 },
	[FU_ML_SYSTEM] = { "system", 0 },
	[FU_ML_DELAYED] = { "delayed", 0 },
	[FU_ML_AUTO_SUBJECT] = { "auto_subject", 1 },
	[FU_ML_AWAY_SUBJECT] = { "away_subject", 1 },
	[FU_ML_AWAY] = { "away", 1 },
	[FU_ML_LEFT] = { "left", 1 },
	[FU_ML_RECEIPT] = { "receipt", 1 },
	[FU_ML_RETURNED] = { "returned", 1 },
	[FU_ML_BACK] = { "back", 1 },
	[FU_ML_BACK_AFTER] = { "back_after", 1 },
	[FU_ML_UNTIL] = { "until", 1 },
	[FU_ML_UNTIL_AFTER] = { "until_after", 1 },
	[FU_ML_SINCE] = { "since", 1 },
	[FU_ML_SINCE_AFTER] = { "since_after", 1 },
	[FU_ML_TO] = { "to", 1 },
	[FU_ML_TOMORROW] = { "tomorrow", 1 },
	[FU_ML_MONTH_FIRST] = { "month_first", 1 },
	[FU_ML_WEEK] = { "week", 1 },
	[FU_ML_DAYS] = { "days", 1 },
	[FU_ML_WEEKS] = { "weeks", 1 },
	[FU_ML_MONTHS] = { "months", 1 },
	[FU_ML_NUMBER_1] = { "one", 1 },
	[FU_ML_NUMBER_1 + 1] = { "two", 1 },
	[FU_ML_NUMBER_1 + 2] = { "three", 1 },
	[FU_ML_NUMBER_4] = { "four", 1 },
	[FU_ML_LASTING] = { "lasting", 1 },
	[FU_ML_NOT_LASTING] = { "not_lasting", 1 },
	[FU_ML_WEEK_OF] = { "week_of", 1 },
	[FU_ML_START_OF] = { "start_of", 1 },
	[FU_ML_MIDDLE_OF] = { "middle_of", 1 },
	[FU_ML_END_OF] = { "end_of", 1 },
	[FU_ML_DAY_ALONE] = { "day_alone", 1 },
	[FU_ML_WENT] = { "went", 1 },
	[FU_ML_WENT_NOT] = { "went_not", 1 },
	[FU_ML_NEW_YEAR] = { "new_year", 1 },
	[FU_ML_CHRISTMAS] = { "christmas", 1 },
	[FU_ML_EASTER] = { "easter", 1 },
	[FU_ML_THANKSGIVING] = { "thanksgiving", 1 },
	[FU_ML_MONTH_1] = { "january", 1 },
	[FU_ML_MONTH_1 + 1] = { "february", 1 },
	[FU_ML_MONTH_1 + 2] = { "march", 1 },
	[FU_ML_MONTH_1 + 3] = { "april", 1 },
	[FU_ML_MONTH_1 + 4] = { "may", 1 },
	[FU_ML_MONTH_1 + 5] = { "june", 1 },
	[FU_ML_MONTH_1 + 6] = { "july", 1 },
	[FU_ML_MONTH_1 + 7] = { "august", 1 },
	[FU_ML_MONTH_1 + 8] = { "september", 1 },
	[FU_ML_MONTH_1 + 9] = { "october", 1 },
	[FU_ML_MONTH_1 + 10] = { "november", 1 },
	[FU_ML_MONTH_12] = { "december", 1 },
	[FU_ML_WEEKDAY_1] = { "monday", 1 },
	[FU_ML_WEEKDAY_1 + 1] = { "tuesday", 1 },
	[FU_ML_WEEKDAY_1 + 2] = { "wednesday", 1 },
	[FU_ML_WEEKDAY_1 + 3] = { "thursday", 1 },
	[FU_ML_WEEKDAY_1 + 4] = { "friday", 1 },
	[FU_ML_WEEKDAY_1 + 5] = { "saturday", 1 },
	[FU_ML_WEEKDAY_7] = { "sunday", 1 },
	[FU_ML_WROTE] = { "wrote", 2 },
	[FU_ML_WROTE_FIRST] = { "wrote_first", 2 },
	[FU_ML_LEAD_OPENS] = { "lead_opens", 2 },
	[FU_ML_SEPARATOR] = { "separator", 2 },
	[FU_ML_KEY_FROM] = { "key_from", 2 },
	[FU_ML_KEY_OTHER] = { "key_other", 2 },
	[FU_ML_SENT_FROM] = { "sent_from", 2 },
	[FU_ML_FOOTER] = { "footer", 2 },
	[FU_ML_BANNER] = { "banner", 2 },
	[FU_ML_HTML_QUOTED] = { "html_quoted", 2 },
	[FU_ML_HTML_AFTER] = { "html_after", 2 },
	[FU_ML_HTML_LEAD] = { "html_lead", 2 },
	[FU_ML_HTML_SIGNATURE] = { "html_signature", 2 },
};

const char *
fu_mail_list_name(enum fu_mail_list list, const char **file)
{
	*file = files[names[list].file];
	return (names[list].name);
}

char *
fu_mail_fold(const char *text, struct fu_arena *arena)
{
	char	*folded = fu_fold(text), *out, *o;

	out = o = fu_dup(arena, folded);
	for (const char *s = folded; *s != '\0'; s++)
		if (memcmp(s, "\xe2\x80\x99", strnlen(s, 3)) == 0) {
			*o++ = '\'';
			s += 2;
		} else if (*s != ' ' && *s != '\t' && *s != '\n')
			*o++ = *s;
		else if (o > out && o[-1] != ' ')
			*o++ = ' ';
	if (o > out && o[-1] == ' ')
		o--;
	*o = '\0';
	free(folded);
	return (out);
}

/* A letter or digit of a script that parts its words. */
static bool
is_word(const char *s)
{
	uint32_t	 cp;

	if ((unsigned char)*s < 0x80)
		return ((*s >= '0' && *s <= '9') || (*s >= 'a' && *s <= 'z'));
	return (fu_utf8_next(s, &cp) > 0 && cp < 0x2e80 &&
	    g_unichar_isalnum(cp));
}

static const char *
before(const char *text, const char *s)
{
	if (s == text)
		return (NULL);
	for (s--; s > text && ((unsigned char)*s & 0xc0) == 0x80; s--)
		continue;
	return (s);
}

/* Of one byte or a whole text: is it where a word may begin, or end? */
static bool
word_begins(const char *text, const char *s)
{
	const char	*prev = before(text, s);

	return (prev == NULL || !is_word(prev));
}

static void
compile(struct fu_mail_lists *ml, struct list *list, const char *line)
{
	char		*s = fu_mail_fold(line, &ml->arena), *star, *end;
	struct pattern	*p;

	list->pattern = fu_grow(&ml->arena, list->pattern, list->n,
	    &list->cap, sizeof(*p));
	p = &list->pattern[list->n];
	*p = (struct pattern){ .first = *s == '^' };
	s += p->first;
	end = s + strlen(s);
	if (end > s && end[-1] == '$' && end - s > 1) {
		p->last = true;
		*--end = '\0';
	}
	p->word_start = *s != '*';
	p->word_end = end > s && end[-1] != '*';
	for (; *s != '\0' && p->n < PIECES_MAX; s = star) {
		star = strchrnul(s, '*');
		if (*star == '*')
			*star++ = '\0';
		if (*s != '\0') {
			p->piece[p->n] = s;
			p->len[p->n++] = strlen(s);
		}
	}
	if (p->n == 0)
		return;
	p->word_start = p->word_start && is_word(p->piece[0]);
	s = (char *)(uintptr_t)before(p->piece[p->n - 1],
	    p->piece[p->n - 1] + p->len[p->n - 1]);
	p->word_end = p->word_end && is_word(s);
	list->n++;
}

/* They stay where they are from now on. */
static void
index_list(struct list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		struct pattern	*p = &list->pattern[i];
		unsigned char	 c = (unsigned char)*p->piece[0];

		p->next = list->begins[c];
		list->begins[c] = p;
	}
}

static int
read_file(struct fu_mail_lists *ml, int file, const char *text,
    struct fu_err *err)
{
	struct list	*list = NULL;
	struct fu_str	 s;
	const char	*end;
	char		*line;

	for (int n = 1; *text != '\0'; text = *end == '\0' ? end : end + 1,
	    n++) {
		end = strchrnul(text, '\n');
		s = fu_str_trim((struct fu_str){ text, (size_t)(end - text) });
		line = fu_dup_str(&ml->arena, s);
		if (s.len == 0 || *line == '#')
			continue;
		if (*line == '[' && line[s.len - 1] == ']') {
			line[s.len - 1] = '\0';
			list = NULL;
			for (int i = 0; i < FU_ML_N; i++)
				if (names[i].file == file &&
				    strcmp(names[i].name, line + 1) == 0)
					list = &ml->list[i];
			if (list == NULL)
				return (fu_err_set(err, FU_ECONFIG,
				    "%s:%d: nothing asks for a section [%s]",
				    files[file], n, line + 1));
		} else if (list == NULL)
			return (fu_err_set(err, FU_ECONFIG, "%s:%d: a pattern "
			    "before the first [section]", files[file], n));
		else
			compile(ml, list, line);
	}
	for (int i = 0; i < FU_ML_N; i++) {
		if (names[i].file == file)
			index_list(&ml->list[i]);
		if (names[i].file == file && ml->list[i].n == 0)
			return (fu_err_set(err, FU_ECONFIG, "%s: there is "
			    "nothing in a section [%s]: compare it with the "
			    "one that fu-init makes", files[file],
			    names[i].name));
	}
	return (0);
}

struct fu_mail_lists *
fu_mail_lists_new(const char *bounces, const char *absences,
    const char *quotes, struct fu_err *err)
{
	struct fu_mail_lists	*ml;

	if ((ml = calloc(1, sizeof(*ml))) == NULL)
		fu_oom();
	fu_arena_init(&ml->arena);
	if (read_file(ml, 0, bounces, err) == 0 &&
	    read_file(ml, 1, absences, err) == 0 &&
	    read_file(ml, 2, quotes, err) == 0)
		return (ml);
	fu_mail_lists_free(ml);
	return (NULL);
}

void
fu_mail_lists_free(struct fu_mail_lists *ml)
{
	if (ml == NULL)
		return;
	fu_arena_free(&ml->arena);
	free(ml);
}

/* Does the rest of a pattern follow, each piece within reach of the last? */
static const char *
follow(const struct pattern *p, const char *s)
{
	for (size_t i = 1; i < p->n; i++) {
		size_t		 reach = strnlen(s, FU_PATTERN_GAP + p->len[i]);
		const char	*to = memmem(s, reach, p->piece[i], p->len[i]);

		/* What has to stand at the end is looked for there. */
		if (to != NULL && p->last && i + 1 == p->n) {
			to = s + reach - p->len[i];
			if (s[reach] != '\0' ||
			    memcmp(to, p->piece[i], p->len[i]) != 0)
				return (NULL);
		}
		if (to == NULL)
			return (NULL);
		s = to + p->len[i];
	}
	if ((p->word_end && is_word(s)) || (p->last && *s != '\0'))
		return (NULL);
	return (s);
}

/* Where it ends, when it begins right at ${s}; else NULL. */
static const char *
match(const struct pattern *p, const char *text, const char *s)
{
	if (strncmp(s, p->piece[0], p->len[0]) != 0 ||
	    (p->first && s != text) ||
	    (p->word_start && !word_begins(text, s)))
		return (NULL);
	return (follow(p, s + p->len[0]));
}

/* Where the longest of a list ends that begins right at ${s}; else NULL. */
static const char *
longest(const struct list *list, const char *text, const char *s)
{
	const struct pattern	*p = list->begins[(unsigned char)*s];
	const char		*end, *best = NULL;

	for (; p != NULL; p = p->next)
		if ((end = match(p, text, s)) != NULL && end > best)
			best = end;
	return (best);
}

bool
fu_said_at(const struct fu_mail_lists *ml, enum fu_mail_list which,
    const char *text, size_t from, size_t *start, size_t *end)
{
	const char	*e;

	for (const char *s = text + from; *s != '\0'; s++)
		if ((e = longest(&ml->list[which], text, s)) != NULL) {
			*start = (size_t)(s - text);
			*end = (size_t)(e - text);
			return (true);
		}
	return (false);
}

bool
fu_said(const struct fu_mail_lists *ml, enum fu_mail_list which,
    const char *text)
{
	size_t	 start, end;

	return (fu_said_at(ml, which, text, 0, &start, &end));
}

size_t
fu_said_here(const struct fu_mail_lists *ml, enum fu_mail_list which,
    const char *text, size_t at)
{
	const char	*end = longest(&ml->list[which], text, text + at);

	return (end == NULL ? 0 : (size_t)(end - text) - at);
}

bool
fu_said_last(const struct fu_mail_lists *ml, enum fu_mail_list which,
    const char *text, size_t from, size_t to, size_t *start, size_t *end)
{
	const struct pattern	*p;
	const char		*e;
	bool			 found = false;

	for (const char *s = text + from; s < text + to; s++)
		for (p = ml->list[which].begins[(unsigned char)*s]; p != NULL;
		    p = p->next)
			if ((e = match(p, text, s)) != NULL &&
			    e <= text + to && (!found ||
			    (size_t)(s - text) > *start ||
			    (size_t)(e - text) > *end)) {
				*start = (size_t)(s - text);
				*end = (size_t)(e - text);
				found = true;
			}
	return (found);
}
