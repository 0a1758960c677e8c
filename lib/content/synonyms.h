/*
 * Words that mean the same, as an operator lists them in rules/synonyms.txt:
 * a group a line, " = " between its members, each one to three words.
 *
 * Pure: the text is an argument.  A member is found by its terms, so that it
 * needs no forms; in whatever language it is, as it is written there.
 */
#ifndef FU_CONTENT_SYNONYMS_H
#define FU_CONTENT_SYNONYMS_H

#include "config/config.h"
#include "content/terms.h"

#define FU_SYNONYMS_FILE	"synonyms.txt"
#define FU_SYNONYM_WORDS	3	/* of a member, and of what is found */
#define FU_SYNONYM_GROUPS_MAX	10000
#define FU_SYNONYM_MEMBERS_MAX	32	/* of a group */

struct fu_synonym {
	const char	*text;
	uint32_t	 group;
	int		 line, col;
};

/* A member in one language: the terms that it is known by. */
struct fu_synonym_key {
	uint64_t	 hash;
	uint32_t	 member;
};

struct fu_synonyms {
	struct fu_arena		*arena;
	struct fu_synonym	*member;	/* those of a group together */
	size_t			 n, cap;
	uint32_t		 ngroup;
	struct fu_synonym_key	*key[FU_TONGUE_N];	/* NULL: not made yet */
	size_t			 nkey[FU_TONGUE_N];
};

/*
 * fu_synonyms_read(synonyms, arena, path, text, faults):
 * The groups of ${text}; lines that begin with '#', and heads as rules files
 * have them, are none.  What is wrong with one is a warning at its place, and
 * what can be used of it is; a member that stands in two groups belongs to
 * the first.
 *
 * fu_synonyms_at(synonyms, terms, tongue, text, at, end):
 * The longest member that begins with the word at byte ${at} of ${text}, and in
 * ${end} where it ends; NULL when there is none.
 */
void fu_synonyms_read(struct fu_synonyms *, struct fu_arena *, const char *,
    struct fu_str, struct fu_faults *);
const struct fu_synonym *fu_synonyms_at(struct fu_synonyms *,
    struct fu_terms *, enum fu_tongue, struct fu_str, size_t, size_t *);

#endif
