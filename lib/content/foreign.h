/*
 * Merge tags of other programs, found in a text that was brought along.
 *
 * Pure.  Knows how such tags look; what their names mean is a list's to say.
 */
#ifndef FU_CONTENT_FOREIGN_H
#define FU_CONTENT_FOREIGN_H

#include "config/config.h"

enum fu_foreign_sort {
	FU_FOREIGN_FIELD,	/* stands for a value: *|FNAME|* */
	FU_FOREIGN_LOGIC,	/* {% if x %}, {{else}} */
	FU_FOREIGN_CHOICE	/* spintax: {Hi|Hello} */
};

struct fu_foreign {
	enum fu_foreign_sort	 sort;
	size_t			 at, len;	/* bytes of the text */
	struct fu_str		 field;		/* FIELD: its name there */
	bool			 certain;	/* FIELD: looks like nothing else */
};

/*
 * fu_foreign_next(text, from, foreign):
 * The first tag from byte ${from} on that our templates do not understand:
 * false when there is none.  One that may as well be meant as it stands
 * ({first_name}, [COMPANY]) is not certain: it is a tag only if its field is
 * known.  A template that changes its delimiters has none.
 */
bool fu_foreign_next(const char *, size_t, struct fu_foreign *);

/*
 * fu_foreign_ours(lines, field, arena):
 * Our name for a field of theirs, by lines as "first_name = firstname fname",
 * or NULL.  Case, blanks and marks do not count, nor do words before a dot:
 * "contact.FirstName" is firstname.
 */
const char *fu_foreign_ours(const struct fu_list *, struct fu_str,
    struct fu_arena *);

#endif
