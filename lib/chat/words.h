/*
 * The chat's own words: rules/chat.txt, and the same in other languages.
 */
#ifndef FU_CHAT_WORDS_H
#define FU_CHAT_WORDS_H

#include "chat/state.h"
#include "config/config.h"
#include "content/context.h"
#include "content/mustache.h"

#define FU_CHAT_FILE	"chat.txt"
#define FU_CHAT_TONGUES	16	/* chat.txt, and so many chat-LANG.txt */

struct fu_chat_text {
	const char		*name;		/* "hello", "ask_budget" */
	struct fu_template	*template;
};

struct fu_chat_words {
	const char		*language;	/* "de"; "" for chat.txt */
	struct fu_chat_text	*text;
	size_t			 n, cap;
};

/*
 * fu_chat_words_read(words, text, path, arena, faults):
 * The sections of one file; a name that the chat never says, one given twice,
 * and a template that does not parse are faults.  ${text} and ${path} must last
 * like the arena.
 *
 * fu_chat_words_say(words, n, language, name, ctx, out, err):
 * Append the section ${name}, in the language, or that of its first subtag, or
 * of the first of the ${n} files.  One that no file has says nothing.
 */
void fu_chat_words_read(struct fu_chat_words *, struct fu_str, const char *,
    struct fu_arena *, struct fu_faults *);
int fu_chat_words_say(const struct fu_chat_words *, size_t, const char *,
    const char *, const struct fu_ctx *, struct fu_buf *, struct fu_err *);

#endif
