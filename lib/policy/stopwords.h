/*
 * The ladder that decides whether an answer asks us to stop [TC-03].
 *
 * Pure.  The words are lists of rules/signals.txt, sections stop_*, help_whole
 * and start_whole, with their date and source.
 */
#ifndef FU_POLICY_STOPWORDS_H
#define FU_POLICY_STOPWORDS_H

#include "policy/phrase.h"
#include "policy/signal.h"
#include "policy/words.h"

/*
 * fu_stop_lists(lexicon, lists, err):
 * Find the sections in ${lexicon}, which must outlive ${lists}; -1 with
 * FU_ECONFIG naming the one that is not there; [stop_not] and [stop_doubt] may
 * be NULL.
 *
 * fu_stopwords(lists, words, masked, doubtful, channel, config, arena):
 * What ${words} asks: a message that is a stop word, or a phrase that means
 * one, is FU_STOP_YES; a stop word anywhere else is FU_STOP_MAYBE.  A message
 * whose first line alone is a stop word counts as that line.  A phrase that
 * has a word in ${masked} (a flag a word, or NULL) means nothing; one with a
 * word in ${doubtful} is FU_STOP_MAYBE.  ${channel} (or NULL: any) decides which
 * verbs mean this channel.  The names of ${config}'s senders are no typos of
 * stop words; it may be NULL.
 * [47 CFR 64.1200(a)(10); TC-03, TC-12, TC-13, EM-20]
 *
 * fu_stop_name(stop): for decisions and tests: "no", "yes", "maybe" …
 */
struct fu_stop_lists {
	const struct fu_section *word, *whole, *polite, *behind, *swapped,
	    *not_swapped, *says, *says_sms, *says_whatsapp, *says_email,
	    *not_before, *not, *doubt, *help, *start;
};
int fu_stop_lists(const struct fu_lexicon *, struct fu_stop_lists *,
    struct fu_err *);
enum fu_stop fu_stopwords(const struct fu_stop_lists *,
    const struct fu_words *, const bool *, const bool *, const char *,
    const struct fu_config *, struct fu_arena *);
const char *fu_stop_name(enum fu_stop);

#endif
