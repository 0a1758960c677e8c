/*
 * A name in one cell, in two.
 *
 * Never touches a name that came in two already.
 */
#include "record/fields_room.h"

#include <string.h>

/* How many octets of ${name} are a title and the blanks behind it? */
static size_t
title_len(const char *name)
{
	static const char *const titles[] = { "dr", "prof", "professor",
		"mr", "mrs", "ms", "miss", "mx", "rev", "herr", "frau",
		"dipl-ing", "mme", "mlle", "sra", "srta", "dhr", "mevr" };
	size_t n = strcspn(name, " "), len = n;

	if (name[n] == '\0')
		return (0);
	while (len > 0 && name[len - 1] == '.')
		len--;
	for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++)
		if (fu_str_is_nocase((struct fu_str){ name, len }, titles[i]))
			return (n + strspn(name + n, " "));
	return (0);
}

/* Titles before a name are no part of it; kept, for a letter needs them. */
static const char *
without_title(struct fu_taker *t, const char *name)
{
	size_t n = 0, more;

	while ((more = title_len(name + n)) > 0)
		n += more;
	if (n > 0)
		fu_take_text(t, "Salutation", fu_str_trim((struct fu_str){
		    name, n }));
	return (name + n);
}

/* "Byron, Ada", "Ada King Byron" and "Dr. Ada van der Berg" in two. */
void
fu_take_name(struct fu_taker *t)
{
	struct fu_person *p = &t->out->person;
	const char *cut, *rest, *whole;
	size_t n;

	if (t->name == NULL)
		return;
	if (p->f[FU_F_FIRST_NAME] != NULL || p->f[FU_F_LAST_NAME] != NULL) {
		const char *both = fu_printf(t->arena, "%s%s%s",
		    p->f[FU_F_FIRST_NAME] ? p->f[FU_F_FIRST_NAME] : "",
		    p->f[FU_F_FIRST_NAME] && p->f[FU_F_LAST_NAME] ? " " : "",
		    p->f[FU_F_LAST_NAME] ? p->f[FU_F_LAST_NAME] : "");

		if (strcmp(both, t->name) != 0)
			fu_take_text(t, t->name_header, fu_str_of(t->name));
		return;
	}
	whole = t->name;
	t->name = without_title(t, whole);
	cut = strchr(t->name, ',');
	n = strcspn(t->name, cut != NULL ? "," : " ");
	rest = t->name + n;
	rest += strspn(rest, ", ");
	/* "Mrs. Byron" is not called by her first name. */
	if (n == 0 || *rest == '\0') {
		p->f[t->name != whole ? FU_F_LAST_NAME : FU_F_FIRST_NAME] =
		    t->name;
		return;
	}
	if (cut != NULL)
		rest = without_title(t, rest);
	p->f[cut != NULL ? FU_F_LAST_NAME : FU_F_FIRST_NAME] =
	    fu_dup_str(t->arena, (struct fu_str){ t->name, n });
	p->f[cut != NULL ? FU_F_FIRST_NAME : FU_F_LAST_NAME] =
	    fu_dup(t->arena, rest);
}

bool
fu_is_salutation(struct fu_str s)
{
	static const char *const words[] = { "mr", "mrs", "ms", "miss", "mx",
		"dr", "prof", "sir", "madam", "mr. & mrs", "herr", "frau",
		"herrn", "hr", "fr", "m", "mme", "mlle", "monsieur", "madame",
		"sr", "sra", "srta", "señor", "señora", "don", "doña", "sig",
		"sig.ra", "dott", "dott.ssa", "dhr", "mevr", "mw", "pan",
		"pani", "prof. dr", "dr. med" };

	s = fu_str_trim(s);
	if (s.len > 1 && s.ptr[s.len - 1] == '.')
		s.len--;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (fu_str_is_nocase(s, words[i]))
			return (true);
	return (false);
}
