/*
 * What a chat says of itself and asks, and its own words for it:
 * rules/chat.txt, and the same in other languages.
 */
#ifndef FU_CONTENT_CHAT_WORDS_H
#define FU_CONTENT_CHAT_WORDS_H

#include "config/config.h"
#include "content/context.h"
#include "content/mustache.h"

#define FU_CHAT_FILE	"chat.txt"
#define FU_CHAT_TONGUES	16	/* chat.txt, and so many chat-LANG.txt */

/* What we ask, one a reply at most. */
enum fu_chat_ask {
	FU_ASK_NONE, FU_ASK_NEED, FU_ASK_TIMELINE, FU_ASK_BUDGET,
	FU_ASK_AUTHORITY, FU_ASK_EMAIL, FU_ASK_CONSENT, FU_ASK_PERSON,
	FU_ASK_DEMO, FU_ASK_N
};
const char *fu_chat_ask_name(enum fu_chat_ask);
enum fu_chat_ask fu_chat_ask_find(const char *);	/* NONE if it is none */

/* What we say, as a reply is put together and as "said" has it. */
enum fu_chat_part {
	FU_SAY_DISCLOSURE, FU_SAY_HELLO, FU_SAY_RETURN, FU_SAY_STEP,
	FU_SAY_ANSWER, FU_SAY_UNKNOWN, FU_SAY_NOTED, FU_SAY_REFUSED,
	FU_SAY_WELCOME, FU_SAY_BYE, FU_SAY_YES, FU_SAY_NO, FU_SAY_BOT,
	FU_SAY_PROMISE, FU_SAY_RIVAL, FU_SAY_STOPPED, FU_SAY_ERASURE,
	FU_SAY_CALLED, FU_SAY_CALLED_ALREADY, FU_SAY_ADDRESS, FU_SAY_GIVEN,
	FU_SAY_CONSENT_NO, FU_SAY_LISTEN, FU_SAY_BOOK, FU_SAY_HEARD,
	FU_SAY_RECALL, FU_SAY_WHERE, FU_SAY_NEAREST,
	FU_SAY_CONSENT_WHAT, FU_SAY_N
};
const char *fu_chat_part_name(enum fu_chat_part);

struct fu_chat_text {
	const char		*name;		/* "hello", "ask_budget" */
	struct fu_template	*template;	/* a section has one or more, */
	int			 wording;	/* from 0 */
};

/* A word of the language, folded, and what it is in the first file's; "" when
 * that is not said. */
struct fu_chat_gloss {
	const char	*word, *means;
};

/* Lists of words, folded, each a section of its own. */
enum fu_chat_list {
	FU_CHAT_BACK,		/* [back]: point to what was said before: "it" */
	FU_CHAT_LEAD,		/* [lead]: stand before what is asked: "hm" */
	FU_CHAT_LISTS
};

struct fu_chat_words {
	const char		*language;	/* "de"; "" for chat.txt */
	struct fu_chat_text	*text;
	size_t			 n, cap;
	struct fu_chat_gloss	*gloss;
	size_t			 ngloss, gloss_cap;
	struct fu_list		 list[FU_CHAT_LISTS];
	size_t			 list_cap[FU_CHAT_LISTS];
};

/*
 * fu_chat_words_read(words, text, path, arena, faults):
 * The sections of one file; a name that the chat never says, one given twice,
 * and a template that does not parse are faults.  A line "--" in a section
 * begins another wording of it.  In [words] are words that tell the language of
 * a short text, and, behind " = ", what to look for in their place in a
 * knowledge base of another one.  ${text} and ${path} must last like the arena.
 *
 * fu_chat_words_say(words, n, language, name, before, ctx, out, err):
 * Append the section ${name}, in the language, or that of its first subtag, or
 * of the first of the ${n} files; in its first wording that ${before}, which
 * may be NULL, does not have.  One that no file has says nothing.
 *
 * fu_chat_words_language(words, n, text): the language that most of the words
 * of ${text} are known of; NULL when none is, "" for the first file's.
 * fu_chat_words_gloss(words, n, language, text, arena): ${text} with the words
 * that are known in that language told in the first file's; NULL when none is.
 *
 * fu_chat_words_have(words, n, list, word): is ${word} in that list of any
 * file?
 */
void fu_chat_words_read(struct fu_chat_words *, struct fu_str, const char *,
    struct fu_arena *, struct fu_faults *);
int fu_chat_words_say(const struct fu_chat_words *, size_t, const char *,
    const char *, const char *, const struct fu_ctx *, struct fu_buf *,
    struct fu_err *);
const char *fu_chat_words_language(const struct fu_chat_words *, size_t,
    const char *);
const char *fu_chat_words_gloss(const struct fu_chat_words *, size_t,
    const char *, const char *, struct fu_arena *);
bool fu_chat_words_have(const struct fu_chat_words *, size_t,
    enum fu_chat_list, struct fu_str);

#endif
