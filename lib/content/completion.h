/*
 * OpenAI's /v1/chat/completions, as many servers speak it: the request, and
 * what an answer says.
 *
 * Pure.  Never takes an answer's form on trust.
 */
#ifndef FU_CONTENT_COMPLETION_H
#define FU_CONTENT_COMPLETION_H

#include "content/prompt.h"

#define FU_COMPLETION_TOKENS 600 /* at most, of an answer */

/*
 * fu_completion_request(model, prompt, arena): the body, JSON; ${model} may be
 * NULL.
 *
 * fu_completion_text(answer, arena, why):
 * The text of the first choice; NULL with a word in ${why}: "answer" when it
 * is none, "refused" when the model would not, "cut" when it was stopped at
 * its limit, "empty".  What a model thinks before it speaks, between <think>
 * and </think>, is left out.
 */
const char *fu_completion_request(
    const char *, const struct fu_prompt *, struct fu_arena *);
const char *fu_completion_text(struct fu_str, struct fu_arena *, const char **);

#endif
