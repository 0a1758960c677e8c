/*
 * Telephone numbers to E.164, by a dated table of numbering plans.
 *
 * A number is placed by its own country code or by the country at hand, and
 * its length checked; one that cannot be placed is an error, never a guess.
 * Says nothing about whether anybody answers.
 */
#ifndef FU_RECORD_PHONE_H
#define FU_RECORD_PHONE_H

#include "base/err.h"
#include "base/str.h"

#define FU_PHONE_DIGITS_MAX	15	/* ITU-T E.164, 6.1 */

struct fu_phone {
	char	 e164[FU_PHONE_DIGITS_MAX + 2];	/* "+4930901820" */
	char	 country[3];	/* "DE"; "" where several share the range */
	char	 extension[12];	/* "123"; "" when there is none */
};

struct fu_phones;

/*
 * fu_phones_open(path, err):
 * Load the table of numbering plans (rules/phones.txt, which explains
 * itself).  Return it, to be freed with fu_phones_close(), or NULL with
 * ${err} filled in: FU_ENOINPUT, or FU_ECONFIG with file and line.
 */
struct fu_phones *fu_phones_open(const char *, struct fu_err *);
void fu_phones_close(struct fu_phones *);

/*
 * fu_phone_parse(phones, text, country, phone, err):
 * ${country} is ISO alpha-2, or NULL where none is at hand: then only a number
 * that begins with '+' (or "00", "tel:+", "whatsapp:+") can be placed.  The
 * trunk prefix goes, also the "(0)" of "+44 (0)20"; blanks, dots, dashes,
 * slashes and brackets do not count; "x12", "ext. 12", "#12" and ";ext=12" is
 * an extension.  A spreadsheet's leading ' goes; a number that a spreadsheet
 * has rounded (4.91512E+12) is an error.  Return 0, or -1 with ${err} filled
 * in (FU_EDATA).
 */
int fu_phone_parse(const struct fu_phones *, struct fu_str, const char *,
    struct fu_phone *, struct fu_err *);

/* The calling code of a country, "49"; NULL for one without. */
const char *fu_phone_code(const struct fu_phones *, const char *);

#endif
