/*
 * What other people's mail programs say, as lists that an operator may
 * extend: rules/bounces.txt, rules/absences.txt and rules/quotes.txt.
 *
 * Pure: the lists are texts handed in.  A file has sections, a pattern a line:
 *
 *	[unknown_user]
 *	no such user		as whole words, case and width aside
 *	mailbox * not found	'*' is anything on the way, 60 bytes at most
 *	abwesen*		a word that begins so
 *	^auto:			at the beginning of what is looked at
 *	schrieb:$		at its end
 */
#ifndef FU_CONTENT_MAIL_LISTS_H
#define FU_CONTENT_MAIL_LISTS_H

#include "base/arena.h"
#include "base/err.h"

/* How far '*' reaches, in bytes. */
#define FU_PATTERN_GAP	60

enum fu_mail_list {
	/* bounces.txt */
	FU_ML_DAEMON, FU_ML_REPORT_SUBJECT, FU_ML_REPORT_TEXT,
	FU_ML_ORIGINAL_BELOW, FU_ML_AFTER_DATA,
	FU_ML_FILTERED, FU_ML_FULL, FU_ML_UNKNOWN_USER, FU_ML_UNKNOWN_HOST, FU_ML_NO_MAIL,
	FU_ML_MOVED, FU_ML_UNAVAILABLE, FU_ML_POLICY, FU_ML_SPAM, FU_ML_SENDER,
	FU_ML_DISABLED,
	FU_ML_SIZE, FU_ML_CONTENT, FU_ML_RATE, FU_ML_EXPIRED, FU_ML_NETWORK,
	FU_ML_SYSTEM, FU_ML_DELAYED,
	/* absences.txt */
	FU_ML_AUTO_SUBJECT, FU_ML_AWAY_SUBJECT, FU_ML_AWAY, FU_ML_LEFT,
	FU_ML_RECEIPT, FU_ML_RETURNED,
	FU_ML_BACK, FU_ML_BACK_AFTER, FU_ML_UNTIL, FU_ML_UNTIL_AFTER,
	FU_ML_SINCE, FU_ML_SINCE_AFTER, FU_ML_TO, FU_ML_TOMORROW,
	FU_ML_MONTH_FIRST, FU_ML_WEEK, FU_ML_DAYS, FU_ML_WEEKS, FU_ML_MONTHS,
	FU_ML_NUMBER_1, FU_ML_NUMBER_4 = FU_ML_NUMBER_1 + 3,
	FU_ML_LASTING, FU_ML_NOT_LASTING,
	FU_ML_WEEK_OF, FU_ML_START_OF, FU_ML_MIDDLE_OF, FU_ML_END_OF,
	FU_ML_DAY_ALONE, FU_ML_WENT, FU_ML_WENT_NOT,
	FU_ML_NEW_YEAR, FU_ML_CHRISTMAS, FU_ML_EASTER, FU_ML_THANKSGIVING,
	FU_ML_MONTH_1, FU_ML_MONTH_12 = FU_ML_MONTH_1 + 11,
	FU_ML_WEEKDAY_1, FU_ML_WEEKDAY_7 = FU_ML_WEEKDAY_1 + 6,
	/* quotes.txt */
	FU_ML_WROTE, FU_ML_WROTE_FIRST, FU_ML_LEAD_OPENS, FU_ML_SEPARATOR,
	FU_ML_KEY_FROM,
	FU_ML_KEY_OTHER, FU_ML_SENT_FROM, FU_ML_FOOTER, FU_ML_BANNER, FU_ML_HTML_QUOTED,
	FU_ML_HTML_AFTER, FU_ML_HTML_LEAD, FU_ML_HTML_SIGNATURE,
	FU_ML_N
};

struct fu_mail_lists;

/*
 * fu_mail_lists_new(bounces, absences, quotes, err):
 * Compile the three files.  Return the lists, to be freed with
 * fu_mail_lists_free(), or NULL with ${err}: FU_ECONFIG, the file, the line,
 * and what is wrong; a section that is not there is an error.
 *
 * fu_mail_list_name(list, file): the section's name, and the file it is in.
 */
struct fu_mail_lists *fu_mail_lists_new(const char *, const char *,
    const char *, struct fu_err *);
void fu_mail_lists_free(struct fu_mail_lists *);
const char *fu_mail_list_name(enum fu_mail_list, const char **);

/*
 * fu_mail_fold(text, arena):
 * ${text} as patterns see it: folded, runs of blanks and line ends one blank,
 * none at either end.
 *
 * fu_said(lists, list, folded):
 * Does a pattern of ${list} stand in the text of fu_mail_fold()?
 * fu_said_at(lists, list, folded, from, start, end):
 * The first place at or behind byte ${from}, the longest there; its span.
 * fu_said_here(lists, list, folded, at):
 * Does one begin right at byte ${at}?  Its length, 0 if none.
 * fu_said_last(lists, list, folded, from, to, start, end):
 * The last place wholly between two bytes.
 */
char *fu_mail_fold(const char *, struct fu_arena *);
bool fu_said(const struct fu_mail_lists *, enum fu_mail_list, const char *);
bool fu_said_at(const struct fu_mail_lists *, enum fu_mail_list, const char *,
    size_t, size_t *, size_t *);
size_t fu_said_here(const struct fu_mail_lists *, enum fu_mail_list,
    const char *, size_t);
bool fu_said_last(const struct fu_mail_lists *, enum fu_mail_list,
    const char *, size_t, size_t, size_t *, size_t *);

#endif
