/*
 * Competitors named in a text, as products that somebody uses or weighs.
 *
 * Pure: the names are the operator's list.
 */
#ifndef FU_POLICY_RIVAL_H
#define FU_POLICY_RIVAL_H

#include "policy/extract.h"

struct fu_rival {
	const char		*signal;	/* "competitor:hubspot" */
	struct fu_section	 name;		/* one phrase */
	bool			 common;	/* also a word: "drift" */
};

/*
 * fu_rival_named(reading, rivals, n, named):
 * Set ${named[i]} for each of the ${n} rivals that the text names as a product
 * of today: not in the past, in a quotation or a negation.  One whose name is
 * also a word of the language needs more: a capital within a sentence, a word
 * of use beside it, or another rival in the same sentence.
 */
void fu_rival_named(const struct fu_reading *, const struct fu_rival *, size_t,
    bool *);

#endif
