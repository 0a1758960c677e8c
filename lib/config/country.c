/*
 * The codes of ISO 3166-1, and of ISO 3166-2 for the United States and Canada.
 *
 * Must never read a file: every program asks at its start.  A test compares
 * them with the system's iso-codes.
 */
#include <string.h>

#include "config/country.h"

static const char countries[] =
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE "
    "BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD "
    "CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM "
    "DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF "
    "GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU "
    "ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN "
    "KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME "
    "MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA "
    "NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM "
    "PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI "
    "SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK "
    "TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI "
    "VN VU WF WS XK YE YT ZA ZM ZW";

static const char us[] =
    "AK AL AR AS AZ CA CO CT DC DE FL GA GU HI IA ID IL IN KS KY "
    "LA MA MD ME MI MN MO MP MS MT NC ND NE NH NJ NM NV NY OH OK "
    "OR PA PR RI SC SD TN TX UM UT VA VI VT WA WI WV WY";

static const char ca[] =
    "AB BC MB NB NL NS NT NU ON PE QC SK YT";

/* Is the code of two letters one of those, parted by blanks? */
static bool
has(const char *codes, const char *code)
{
	const char *p;

	if (strlen(code) != 2 || strchr(code, ' ') != NULL)
		return (false);
	for (p = codes; *p != '\0'; p += 2 + (p[2] == ' '))
		if (p[0] == code[0] && p[1] == code[1])
			return (true);
	return (false);
}

bool
fu_country_known(const char *code)
{
	return (has(countries, code));
}

bool
fu_state_known(const char *code)
{
	if (strncmp(code, "US-", 3) == 0)
		return (has(us, code + 3));
	return (strncmp(code, "CA-", 3) == 0 && has(ca, code + 3));
}
