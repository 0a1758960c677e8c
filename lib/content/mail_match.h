/*
 * Which of our touches a mail answers, by what we put into it.
 *
 * Pure: every id has a MAC of fu.key, so no database is asked.  [EM-11, EM-17]
 */
#ifndef FU_CONTENT_MAIL_MATCH_H
#define FU_CONTENT_MAIL_MATCH_H

#include "content/mail_parse.h"
#include "content/token.h"

struct fu_match {
	int64_t		 touch;		/* 0: none that checks */
	int64_t		 prospect;	/* from an unsubscribe token; 0 none */
	const char	*by;		/* "address", "token", "in_reply_to",
					 * "references", "original"; NULL */
};

/*
 * fu_mail_match(keys, letter, original_id, original_from, match):
 * By the address that it came to (return path or reply address), then the
 * message that a report is about, In-Reply-To, and References from the last
 * one back.  The two may be NULL.
 *
 * fu_mail_token(keys, text, token):
 * Is there an unsubscribe token of ours among the words of ${text}: a subject,
 * or a List-Unsubscribe header?  It may be NULL.
 *
 * fu_mail_tokenless(text, arena):
 * The words of a subject without those that have a token's form, whether or
 * not they are one: what a mail program's button sends with a letter lost.
 *
 * fu_mail_is_ours(keys, letter):
 * Did we send it?  Its Message-ID is ours, or was before a relay put its own
 * there, or its way to unsubscribe is.
 */
void fu_mail_match(const struct fu_keys *, const struct fu_letter *,
    const char *, const char *, struct fu_arena *, struct fu_match *);
bool fu_mail_token(const struct fu_keys *, const char *, struct fu_token *);
const char *fu_mail_tokenless(const char *, struct fu_arena *);
bool fu_mail_is_ours(const struct fu_keys *, const struct fu_letter *);

#endif
