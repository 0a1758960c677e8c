/*
 * Who is who: an address that somebody typed is theirs once a link in a mail
 * to it was opened by the visitor who typed it [WC-06].
 *
 * One mail an address a day, three in thirty days, whoever types it.  Until
 * then it stands on that visitor's own record and joins nobody.
 */
#ifndef FU_FLOW_CONFIRM_H
#define FU_FLOW_CONFIRM_H

#include "flow/ingest.h"

#define FU_SERVICE_CONFIRM	"double_opt_in"

/* A link is good for so long. */
#define FU_CONFIRM_LASTS_US	(7 * FU_DAY)

enum fu_confirm {
	FU_CONFIRM_UNKNOWN,	/* no token of ours, or of nobody any more */
	FU_CONFIRM_JOINED,
	FU_CONFIRM_NOT_JOINED,	/* another visitor, or another's address */
	FU_CONFIRM_EXPIRED,
	FU_CONFIRM_USED,
	FU_CONFIRM_N
};
const char *fu_confirm_name(enum fu_confirm);

/* What a mail asks to be confirmed. */
struct fu_confirm_of {
	int64_t		 dispatch;	/* the mail's; 0: not put down yet */
	int64_t		 prospect;	/* the visitor's own record */
	const char	*visitor, *address;
	const char	*language;	/* to ask in, or NULL */
	bool		 consent;	/* they have agreed to mail there */
	int64_t		 asked_us;
};

/*
 * fu_confirm_ask(session, of, arena, asked, err):
 * Put the mail down, due at once.  One to that address by that visitor that
 * has not left yet asks for the consent, too, if there is one since.  ${asked} is false when there
 * is none: as often as it may be it was asked already, no mail leaves here,
 * company.web does not say where the link leads, or it is no address.
 *
 * fu_confirm_drop(session, prospect, visitor, arena, err):
 * They want no mail: what has not left yet never will.
 * Both in a transaction.
 */
int fu_confirm_ask(struct fu_session *, const struct fu_confirm_of *,
    struct fu_arena *, bool *, struct fu_err *);
int fu_confirm_drop(struct fu_session *, int64_t, const char *,
    struct fu_arena *, struct fu_err *);

/*
 * fu_confirm_link(session, dispatch, prospect, arena):
 * company.web/confirm/TOKEN; NULL without a web.
 *
 * fu_confirm_judge(session, token, visitor, arena, what, of, err):
 * What comes of opening it, before anything is written: JOINED, if nothing
 * else is in the way.  ${of} is filled in unless it is UNKNOWN.
 *
 * fu_confirm(ingest, path, visitor, what, who, err):
 * The link was opened.  ${path} is what stands behind /confirm/: a token,
 * perhaps in capitals, with a slash or a query behind it; ${visitor} the id
 * that the browser holds, NULL: none.  Takes in a "confirm" event, which joins
 * the visitor to whose address it is and makes pending consents to mail
 * granted; ${who} is the person then, else 0.  Anything but JOINED writes
 * nothing.  What is shown for UNKNOWN, NOT_JOINED and, to another visitor, all
 * else may be the same: nothing is told of whose the address is.
 */
const char *fu_confirm_link(const struct fu_session *, int64_t, int64_t,
    struct fu_arena *);
int fu_confirm_judge(struct fu_session *, struct fu_str, const char *,
    struct fu_arena *, enum fu_confirm *, struct fu_confirm_of *,
    struct fu_err *);
int fu_confirm(struct fu_ingest *, const char *, const char *,
    enum fu_confirm *, int64_t *, struct fu_err *);

#endif
