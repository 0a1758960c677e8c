/*
 * Countries, their regions, and languages: names and codes to codes.
 *
 * Names are those of iso-codes and of an alias file, compared without case,
 * accents or punctuation.  What is in neither is nowhere: nothing is guessed
 * by likeness.
 */
#ifndef FU_RECORD_PLACE_H
#define FU_RECORD_PLACE_H

#include "base/arena.h"
#include "base/err.h"

/* Where Debian's iso-codes package puts its tables. */
#define FU_ISO_DIR	"/usr/share/iso-codes/json"

struct fu_places;

/*
 * fu_places_open(isodir, aliases, err):
 * Load iso_3166-1.json, iso_3166-2.json and iso_639-2.json from ${isodir} and
 * the file of ${aliases} ("UK = GB"; NULL for none).  Return what was loaded,
 * to be freed with fu_places_close(), or NULL with ${err} filled in
 * (FU_ENOINPUT naming the package, or FU_ECONFIG).
 */
struct fu_places *fu_places_open(const char *, const char *, struct fu_err *);
void fu_places_close(struct fu_places *);

/*
 * fu_country_find(places, text): alpha-2 by alpha-2, alpha-3, numeric code,
 *	name, official or common name, or alias; by a subdivision's code
 *	("GB-ENG"), or as the last of several between commas; NULL if it is
 *	none.
 * fu_region_find(places, country, text): the code of a subdivision behind the
 *	hyphen ("CA", "BY"), by code with or without the country, or by name,
 *	in ${country}; NULL if it is none or ${country} is NULL.
 * fu_region_country(places, text): the country of the region of that name, not
 *	code; NULL if it is none, or more than one country has one, or a country
 *	is called so.
 * fu_language_find(places, text): a BCP 47 tag, "de", "pt-BR" or "zh-Hans-CN",
 *	by tag or by English name; NULL if it is none.
 * fu_language_called(places, text): of a name or a code alone, the code.
 * fu_country_name(places, alpha2): the common English name, or NULL.
 * Results are owned by ${places}, languages by the arena.
 */
const char *fu_country_find(const struct fu_places *, struct fu_str);
const char *fu_region_find(const struct fu_places *, const char *,
    struct fu_str);
const char *fu_region_country(const struct fu_places *, struct fu_str);
const char *fu_language_find(const struct fu_places *, struct fu_arena *,
    struct fu_str);
const char *fu_language_called(const struct fu_places *, struct fu_str);
const char *fu_country_name(const struct fu_places *, const char *);

/*
 * fu_zone_find(text, arena): an IANA zone's own name, also where it is written
 * as some exports do ("america_slash_new_york", "America/New York"); NULL if
 * the system knows no such zone.
 */
const char *fu_zone_find(struct fu_str, struct fu_arena *);

#endif
