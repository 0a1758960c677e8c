/*
 * Whose law a person is under, and what their clocks may show.
 *
 * Pure.  Of what is known nothing outranks anything: every country, state and
 * zone that some field speaks of is a candidate, and all of them bind.
 */
#ifndef FU_POLICY_JURISDICTION_H
#define FU_POLICY_JURISDICTION_H

#include "policy/rulebook.h"

#define FU_COUNTRIES_MAX 4	/* record, telephone (+1: two), mail domain */
#define FU_STATES_MAX	 4	/* record, and three of an area code */

struct fu_jurisdiction {
	unsigned			 places;	/* enum fu_place bits */
	const struct fu_country		*country[FU_COUNTRIES_MAX];
	size_t				 ncountry;
	bool				 unknown;
	const char			*unknown_what;	/* a country without rules, or NULL */
	const struct fu_state		*state[FU_STATES_MAX];
	size_t				 nstate;
	const struct fu_zone		*zone[FU_ALIKE_MAX];
	size_t				 nzone;		/* 0: not known */
	bool				 us_number;
};

/*
 * fu_number_country(rulebook, phone): the country that a number (E.164) is of,
 * "DE", in the rulebook; NULL where its beginning does not tell.
 */
const char *fu_number_country(const struct fu_rulebook *, const char *);

/*
 * fu_jurisdiction_of(rulebook, person, j): all that the record's country and
 * region, its number, its mail domain and its stated zone say.
 *
 * fu_zones_alike(a, b): do the two always show the same time (as far as the
 * present rules say)?
 */
void fu_jurisdiction_of(const struct fu_rulebook *, const struct fu_person *,
    struct fu_jurisdiction *);
bool fu_zones_alike(const struct fu_zone *, const struct fu_zone *);

#endif
