/*
 * The files of rules/ as texts: which there are, who goes by them, and what
 * is wrong with one.
 *
 * Opens no file: texts are handed in.  flow/rules reads the directory.
 */
#ifndef FU_POLICY_RULEBOOK_FILES_H
#define FU_POLICY_RULEBOOK_FILES_H

#include "policy/gate.h"

/* A file that fu-init installs. */
struct fu_rules_file {
	const char	*name;		/* "states.txt" */
	const char	*use;		/* "the gate goes by it" */
	bool		 needed;	/* nothing runs without it */
	bool		 rule;		/* of the gate's: date and source are
					 * told by fu_rulebook_read() */
};

/*
 * fu_rules_file(i): number ${i} of them, by name; NULL behind the last.
 * fu_rules_file_find(name): the file of that name, or NULL.
 */
const struct fu_rules_file *fu_rules_file(size_t);
const struct fu_rules_file *fu_rules_file_find(const char *);

/*
 * fu_rulebook_read(rulebook, path, text, faults):
 * Take in the text of one file, whose name says what it is; of any other name
 * it has to be UTF-8, and that is all.  A line that is not understood, that
 * names a place or a zone that there is not, or that says again what a line
 * before it said is a fault with its place.  Return 0, or -1 when there was
 * any: then the book must not be gone by.
 */
int fu_rulebook_read(struct fu_rulebook *, const char *, struct fu_str,
    struct fu_faults *);

/*
 * fu_rulebook_consent(rulebook, country):
 * Does mail to a named person at a company in ${country} ask for consent (1),
 * not (0), or has nobody read the law there (-1)?
 */
int fu_rulebook_consent(const struct fu_rulebook *, const char *);

/*
 * fu_rulebook_assessed(rulebook, text):
 * How many countries there are in which mail asks for no consent but for an
 * assessment of the interest; all in ${text}, with commas.  [GDPR Art. 6(1)(f)]
 */
size_t fu_rulebook_assessed(const struct fu_rulebook *, struct fu_buf *);

/*
 * fu_rulebook_lacks(rulebook, other, kind, text):
 * How many words of ${kind} ("wireless") in addresses.txt ${other} has, and
 * ${rulebook} has not; the first few are named in ${text}, quoted.
 */
size_t fu_rulebook_lacks(struct fu_rulebook *, struct fu_rulebook *,
    const char *, struct fu_buf *);

/*
 * fu_rulebook_stateless(rulebook, text):
 * How many states and provinces that an area code is of have no line in
 * states.txt; the first few are named in ${text}, quoted.
 */
size_t fu_rulebook_stateless(const struct fu_rulebook *, struct fu_buf *);

#endif
