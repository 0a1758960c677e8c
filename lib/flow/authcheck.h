/*
 * What DNS says of the domains that our senders write from: `fu-lint --dns`.
 *
 * Holds nothing itself: the gate reads what is put down here.
 */
#ifndef FU_FLOW_AUTHCHECK_H
#define FU_FLOW_AUTHCHECK_H

#include "flow/session.h"

struct fu_authcheck {
	const char	*domain;
	const char	*failed;	/* it could not be asked; else NULL, and: */
	const char	*spf, *dkim, *dmarc;	/* the record, "" for none */
	const char	*selector;	/* that the DKIM key is under, or NULL */
	const char	*hint;		/* one line for the operator, or NULL */
	bool		 aligned;	/* all three are there */
};

/*
 * fu_authcheck_run(session, tell, ctx, err):
 * Ask for SPF, DMARC and DKIM of each From domain of fu.yaml's senders, and
 * call ${tell} once for each, in the order of the senders; what it is given
 * lasts for the call.  With a store open for writing (FU_S_WRITE; -n rolls
 * back) what was found is put down in it, and what was held is looked at
 * again; what could not be asked stays as it was.  Return 0, whatever DNS
 * says, or -1.
 */
int fu_authcheck_run(struct fu_session *,
    void (*)(void *, const struct fu_authcheck *), void *, struct fu_err *);

#endif
