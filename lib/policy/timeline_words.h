/*
 * A stated timeline as words: numbers, units, months, "next", "end of".
 *
 * Private to timeline.c; knows words, not what they add up to.
 */
#ifndef FU_POLICY_TIMELINE_WORDS_H
#define FU_POLICY_TIMELINE_WORDS_H

#include "base/clock.h"
#include "base/str.h"

#define FU_TIMELINE_WORDS	48	/* more words than this are no date */
#define FU_TIMELINE_TEXT	400	/* bytes that are read */

enum fu_tw {
	W_OTHER, W_NUMBER, W_UNIT, W_MONTH, W_QUARTER, W_HALF, W_SEASON,
	W_WEEKDAY, W_ASAP, W_TODAY, W_TOMORROW, W_THIS, W_NEXT, W_END, W_EARLY,
	W_MID, W_LATE, W_NOT, W_OVER, W_A, W_THE, W_OF, W_RANGE, W_WORKING,
	W_EOM, W_EOQ, W_EOY, W_HWORD, W_ORDINAL, W_DATE, W_FISCAL, W_TERM,
	W_FEAST, W_BEFORE, W_AFTER, W_NEW
};

enum fu_timeline_unit { U_HOUR, U_DAY, U_WEEK, U_MONTH, U_QUARTER, U_YEAR };

struct fu_timeline_word {
	const char	*text;
	enum fu_tw	 what;
	int		 value;	/* number, unit, month, quarter, days, ... */
	int		 digits; /* of a number written in digits */
	bool		 plus;	/* "6+" */
	bool		 short_year;	/* "'27" */
};

/*
 * fu_timeline_words(text, room, word):
 * Cut ${text}, which is lower case and without accents, into at most
 * FU_TIMELINE_WORDS words whose texts lie in ${room}, of twice
 * FU_TIMELINE_TEXT bytes; return how many.  ${text} is changed.  ${word} must
 * be zeroed.
 */
size_t fu_timeline_words(char *, char *, struct fu_timeline_word *);

#endif
