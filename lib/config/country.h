/*
 * Codes of places, as ISO 3166 has them: is there such a country, such a state?
 */
#ifndef FU_CONFIG_COUNTRY_H
#define FU_CONFIG_COUNTRY_H

#include <stdbool.h>

/*
 * fu_country_known(code):
 * Is ${code} a country's two capitals ("DE")?  XK is one, as people's lists
 * have it; UK and EU are none.
 *
 * fu_state_known(code): "US-FL", "CA-ON": the states, territories and
 * provinces of these two countries.
 */
bool fu_country_known(const char *);
bool fu_state_known(const char *);

#endif
