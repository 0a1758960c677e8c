/*
 * What a language model is asked: a file of templates/prompts and what was
 * retrieved, as the messages of a chat.
 *
 * Pure.  The file's own words are the operator's.  What passages, prospects
 * and imports say stands nowhere but in a block of data, in lines that begin
 * with "| " and hold none of the signs that the block, its numbers or a
 * model's own format are made of: from within it cannot be closed.
 */
#ifndef FU_CONTENT_PROMPT_H
#define FU_CONTENT_PROMPT_H

#include "config/config.h"
#include "content/context.h"

#define FU_PROMPT_SOURCES 24	      /* more are left out */
#define FU_PROMPT_TEXT	  4000	      /* bytes of one; the rest is left out */
#define FU_PROMPT_DATA	  (24 * 1024) /* of all */

/* One thing that is given: a passage, a turn of a conversation, a fact. */
struct fu_prompt_source {
	const char *label; /* "passage, case_study", "prospect" */
	const char *text;
};

struct fu_prompt_in {
	const char *file;	  /* for messages */
	struct fu_str text;	  /* of the file */
	const struct fu_ctx *ctx; /* the operator's own: no data */
	/* What may be cited, numbered from 1 in this order; and what is to be
	 * known besides. */
	const struct fu_prompt_source *source, *history;
	size_t nsource, nhistory;
};

struct fu_prompt {
	const char *system, *user;
};

/*
 * fu_prompt_make(in, arena, prompt, err):
 * Render the file: what stands before its line "---" is the system's message,
 * what stands behind the user's, in which {{> data}} is the block.  Values are
 * not escaped.  -1 with FU_ECONFIG when the file is wrong.
 *
 * fu_prompt_check(text, file, arena, faults): is it one?  Both messages,
 * {{> data}} once in the second, and no name that fu_prompt_names has not.
 */
int fu_prompt_make(const struct fu_prompt_in *, struct fu_arena *,
    struct fu_prompt *, struct fu_err *);
void fu_prompt_check(
    struct fu_str, const char *, struct fu_arena *, struct fu_faults *);

/* What the words of a prompt can name, NULL last. */
extern const char *const fu_prompt_names[];

/* A text as the block has it; for tests. */
const char *fu_prompt_inert(const char *, struct fu_arena *);

#endif
