/*
 * The ladder that decides whether an answer asks us to stop [GATES TC-03].
 *
 * Pure.  The words are the law's, so they are code, not an operator's list.
 */
#ifndef FU_POLICY_STOPWORDS_H
#define FU_POLICY_STOPWORDS_H

#include "policy/signal.h"
#include "policy/words.h"

/*
 * fu_stopwords(words, channel, config):
 * What ${words} asks: a message that is a stop word, or a phrase that means
 * one, is FU_STOP_YES; a stop word anywhere else is FU_STOP_MAYBE.  A message
 * whose first line alone is a stop word counts as that line.  ${channel} (or
 * NULL: any) decides which verbs mean this channel.  The names of
 * ${config}'s senders are no typos of stop words; it may be NULL.
 * [47 CFR 64.1200(a)(10); GATES TC-03, TC-12, TC-13, EM-20]
 *
 * fu_stop_name(stop): for decisions and tests: "no", "yes", "maybe" …
 */
enum fu_stop fu_stopwords(const struct fu_words *, const char *,
    const struct fu_config *);
const char *fu_stop_name(enum fu_stop);

#endif
