/*
 * What a link /u/TOKEN does when it is asked and when it is posted to: the one
 * click of a mail program, and the button of our own page.
 *
 * Knows no HTTP: a server hands over what was asked, and shows what came.
 */
#ifndef FU_FLOW_UNSUBSCRIBE_H
#define FU_FLOW_UNSUBSCRIBE_H

#include "flow/ingest.h"

enum fu_unsubscribe {
	FU_UNSUB_LOOK,		/* GET or HEAD: nothing changes [EM-02] */
	FU_UNSUB_ONE_CLICK,	/* List-Unsubscribe=One-Click [RFC 8058] */
	FU_UNSUB_MAIL,		/* our page: no more mail */
	FU_UNSUB_ALL		/* our page: nothing at all any more */
};

/*
 * fu_unsubscribe_of(name, value, what):
 * Does a field of a form that was posted ask for it?  Both encodings of a form
 * come to names and values; anything else asks for nothing.
 *
 * fu_unsubscribe(ingest, path, what, err):
 * ${path} is what stands behind /u/: a token, perhaps in capitals, with a
 * slash or a query behind it.  Takes in an unsubscribe event, once for a token
 * and what it asks for, however often it is posted.  No cookie, no account, no
 * address typed: the token is all [16 CFR 316.5, CS-05].  Return 1; 0 when it
 * is no token of ours, which is all that is said of it; -1.
 */
bool fu_unsubscribe_of(const char *, const char *, enum fu_unsubscribe *);
int fu_unsubscribe(struct fu_ingest *, const char *, enum fu_unsubscribe,
    struct fu_err *);

#endif
