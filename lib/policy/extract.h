/*
 * What a text says of its writer and their plans: budget, timeline, title,
 * address, number, question.
 *
 * Pure: only what the text itself says, as it says it.
 */
#ifndef FU_POLICY_EXTRACT_H
#define FU_POLICY_EXTRACT_H

#include "policy/phrase.h"
#include "policy/signal.h"

/* A text under the lens, with the lists to read it by. */
struct fu_reading {
	struct fu_arena			*arena;
	const struct fu_words		*words;
	const struct fu_lexicon		*lexicon;
	const bool			*masked;	/* a flag a word */
	const char			*asked;		/* or NULL */
};

/*
 * fu_extract_contact: the first mail address, and the first telephone number
 *	(E.164 where it is written so or is plainly American; else its digits).
 * fu_extract_budget: what they can spend: the upper end of a range, with
 *	currency and period where said.  What somebody quoted, charges or
 *	earns is none.
 * fu_extract_counts: the seats asked for, and the people of their company.
 * fu_extract_timeline: when they would buy, decide or go live, in their
 *	words; never the time of a meeting.
 * fu_extract_title: the writer's own title, true with the words that it takes
 *	in ${first} and ${last}.  "our VP" is somebody else's.
 * fu_extract_question: the first question, and its topic.
 * fu_extract_topic: what a question is about, so that it can stand behind
 *	"your question about"; NULL when that is not plain.
 */
void fu_extract_contact(const struct fu_reading *, struct fu_signals *);
void fu_extract_budget(const struct fu_reading *, struct fu_signals *);
void fu_extract_counts(const struct fu_reading *, struct fu_signals *);
void fu_extract_timeline(const struct fu_reading *, struct fu_signals *);
bool fu_extract_title(const struct fu_reading *, struct fu_signals *, size_t *,
    size_t *);
void fu_extract_question(const struct fu_reading *, struct fu_signals *);
const char *fu_extract_topic(const struct fu_reading *,
    const struct fu_sentence *);

#endif
