/*
 * Reps' links.
 *
 * Must never let one rep's link stand for another's: the sender's key is in it.
 */
#include <string.h>

#include "flow/rep_link.h"

/* A sender in a token: its key's hash, which no token says backwards. */
static int64_t
mark(const struct fu_sender *s)
{
	return ((int64_t)(fu_hash_cstr(s->key, 0x72657073) >> 2));
}

const char *
fu_rep_link(const struct fu_config *config, const struct fu_keys *keys,
    int64_t handoff, const struct fu_sender *sender, struct fu_arena *arena)
{
	struct fu_token	 token = { .purpose = FU_TOKEN_REP, .touch = handoff,
		.prospect = mark(sender) };
	char		 text[FU_TOKEN_LEN];

	fu_token_make(keys, &token, text);
	return (fu_web_address(config, "/rep/", text, arena));
}

const struct fu_sender *
fu_rep_of(const struct fu_config *config, const struct fu_keys *keys,
    struct fu_str text, int64_t *handoff)
{
	struct fu_token	 token;

	if (!fu_token_check(keys, text, FU_TOKEN_REP, &token))
		return (NULL);
	*handoff = token.touch;
	for (size_t i = 0; i < config->nsender; i++)
		if (mark(&config->sender[i]) == token.prospect)
			return (&config->sender[i]);
	return (NULL);
}
