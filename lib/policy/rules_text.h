/*
 * A condition as text, before SQLite sees it: its shape, its terms, and the
 * events() that it asks for.
 */
#ifndef FU_POLICY_RULES_TEXT_H
#define FU_POLICY_RULES_TEXT_H

#include "base/arena.h"
#include "base/str.h"

#define FU_RULE_TEXT_MAX 4096

enum fu_token_type {
	FU_TOK_END, FU_TOK_WORD, FU_TOK_QUOTED, FU_TOK_STRING, FU_TOK_NUMBER,
	FU_TOK_MARK, FU_TOK_BAD
};

struct fu_token {
	enum fu_token_type	 type;
	size_t			 at;	/* bytes from the beginning */
	size_t			 len;
};

/* An events() call: kind as text, and its window. */
struct fu_rule_window {
	const char	*name;
	int64_t		 days;		/* 0: ever */
};

/*
 * fu_rule_token(text, at): the token at or behind byte ${at}.
 *
 * fu_rule_check(text, at):
 * Is this one expression that cannot become anything else inside brackets: no
 * semicolon, comment, parameter, dotted name or comma outside a call, brackets
 * balanced, only functions of the list, literals as arguments of events()?
 * Return NULL, or what is wrong, with its place in ${at}; a function that is
 * not on the list is FU_RULE_NO_FUNCTION.
 *
 * fu_rule_terms(text, term, max):
 * The AND-ed terms of the top level as spans, at most ${max}; one when there
 * is an OR, or too many of them.
 *
 * fu_rule_windows(arena, text, window, max): its events() calls, checked.
 */
extern const char FU_RULE_NO_FUNCTION[];
extern const char *const fu_rule_functions[];	/* NULL last */
bool fu_rule_function_known(struct fu_str);

struct fu_token fu_rule_token(const char *, size_t);
const char *fu_rule_check(const char *, size_t *);
size_t fu_rule_terms(const char *, struct fu_str *, size_t);
size_t fu_rule_windows(struct fu_arena *, const char *,
    struct fu_rule_window *, size_t);

#endif
