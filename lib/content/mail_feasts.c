/*
 * When feasts are: those of a fixed day, and those that a rule moves.
 *
 * Must never give one that is over.
 */
#include "content/mail_feasts.h"

#define OVER_DAYS	14	/* nobody speaks of the next one so soon */

/* Of the Gregorian calendar [Meeus, Astronomical Algorithms, chapter 8]. */
static int32_t
easter_monday(int year)
{
	int	 a = year % 19, b = year / 100, c = year % 100;
	int	 h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
	int	 l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
	int	 m = (a + 11 * h + 22 * l) / 451;
	int	 n = h + l - 7 * m + 114;

	return (fu_date_days((struct fu_date){ (int16_t)year, (int8_t)(n / 31),
	    (int8_t)(n % 31 + 1) }) + 1);
}

/* The fourth Thursday of November, and the long weekend behind it. */
static int32_t
thanksgiving(int year)
{
	int32_t	 first = fu_date_days((struct fu_date){ (int16_t)year, 11, 1 });

	return (first + (3 - fu_days_weekday(first) + 7) % 7 + 21 + 3);
}

static int32_t
ends(enum fu_mail_list feast, int year)
{
	switch (feast) {
	case FU_ML_CHRISTMAS:
		return (fu_date_days((struct fu_date){ (int16_t)year, 12,
		    26 }));
	case FU_ML_EASTER:
		return (easter_monday(year));
	case FU_ML_THANKSGIVING:
		return (thanksgiving(year));
	default:
		return (fu_date_days((struct fu_date){ (int16_t)year, 1, 1 }));
	}
}

bool
fu_feast_ends(enum fu_mail_list feast, int32_t sent, int32_t *day)
{
	int	 year = fu_date_of_days(sent).year;

	for (int y = year - 1; y <= year + 1; y++) {
		*day = ends(feast, y);
		if (*day >= sent)
			return (true);
		if (*day >= sent - OVER_DAYS)
			return (false);
	}
	return (false);
}
