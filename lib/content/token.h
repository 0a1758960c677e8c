/*
 * What we put into a message to know it again: link tokens, Message-IDs and
 * return paths, each with a MAC of fu.key.
 *
 * Pure: a filter without a database can check them.  A token says who and
 * what for, and is good for ever (a retired key still verifies).
 */
#ifndef FU_CONTENT_TOKEN_H
#define FU_CONTENT_TOKEN_H

#include "base/arena.h"
#include "base/hash.h"

enum fu_purpose {
	FU_TOKEN_UNSUBSCRIBE = 1, FU_TOKEN_CLICK, FU_TOKEN_OPEN,
	FU_TOKEN_CONFIRM, FU_TOKEN_CHAT,
	FU_TOKEN_REP		/* touch: a hand-off; prospect: the sender */
};

struct fu_token {
	enum fu_purpose	 purpose;
	int64_t		 touch;		/* 0: none */
	int64_t		 prospect;
};

#define FU_TOKEN_LEN	64	/* with NUL: 1 + 2 × 10 + 12 bytes in base32 */

/*
 * fu_token_make(keys, token, text):
 * Lower-case base32 without padding, which survives wrapping and folded case.
 *
 * fu_token_check(keys, text, purpose, token):
 * Is ${text} a token of ours for ${purpose}?  Upper case is taken too.  All
 * keys are tried, in the same time whatever the text.
 */
void fu_token_make(const struct fu_keys *, const struct fu_token *,
    char[FU_TOKEN_LEN]);
bool fu_token_check(const struct fu_keys *, struct fu_str, enum fu_purpose,
    struct fu_token *);

#define FU_REF_MAX	40	/* bytes of a reference */

/*
 * fu_message_id(keys, ref, domain, arena):
 * "<REF.MAC@DOMAIN>".  ${ref} is what the message is: the touch's number
 * ("55"), or any [a-z0-9-]+ ("h3-email-1" for a hand-off); the same ref gives
 * the same id.
 * fu_message_id_check(keys, id, ref):
 * Is it one of ours, with or without brackets?  Then its ref, NUL-terminated.
 * fu_ref_touch(ref): the touch that a ref names, or 0.
 */
const char *fu_message_id(const struct fu_keys *, const char *, const char *,
    struct fu_arena *);
bool fu_message_id_check(const struct fu_keys *, struct fu_str,
    char[FU_REF_MAX + 1]);
int64_t fu_ref_touch(const char *);

/*
 * fu_verp(keys, letter, touch, domain, arena):
 * "b-55-k3vq7mzt@DOMAIN": a return path ('b') or reply address ('r') that
 * names its touch.  [EM-17]
 * fu_verp_check(keys, letter, address): the touch, or 0 if it is not ours; an
 * upper-cased copy is.
 */
const char *fu_verp(const struct fu_keys *, char, int64_t, const char *,
    struct fu_arena *);
int64_t fu_verp_check(const struct fu_keys *, char, struct fu_str);

#endif
