/*
 * What an auditor, or the operator's own cron, asks: which duties were done in
 * time, which wait, which are overdue.
 *
 * Reads only.  What it says of a rule, it asks of the same tables and the same
 * arithmetic that the gates use.
 */
#ifndef FU_FLOW_COMPLIANCE_H
#define FU_FLOW_COMPLIANCE_H

#include "flow/session.h"

/* In the order in which they are told. */
enum fu_duty {
	FU_D_OPTOUT, FU_D_ERASURE, FU_D_NOTICE, FU_D_CONSENT, FU_D_ASSESSMENT,
	FU_D_PROCESSOR, FU_D_STREAM, FU_D_DELIVERY, FU_D_LEDGER, FU_D_RETENTION,
	FU_DUTY_N
};
extern const char *const fu_duty_names[FU_DUTY_N];

/* One duty towards one person, channel, domain, ... and how it stands. */
struct fu_finding {
	enum fu_duty	 duty;
	bool		 ok;		/* false: overdue, missing or broken */
	bool		 soon;		/* ok still */
	const char	*rule, *reason;	/* reason: NULL when nothing is near */
	const char	*text;		/* in a sentence, with the way out */
	const char	*due;		/* "2026-07-16", or NULL */
	/* whom or what it is about: NULL, or 0, where there is none */
	int64_t		 prospect, ledger;
	const char	*email, *channel, *assessment, *processor, *domain,
			*class, *level, *head, *via, *detail;
	int64_t		 received_us, done_us, since_us; /* or FU_NEVER */
	/* of a stream (level is there), deliveries (via is), the ledger, a
	 * class of retention */
	int64_t		 sent, hard_bounces, complaints, count, entries, people;
};

struct fu_compliance {
	int64_t	 since_us;	/* opt-outs received in so long until now */
	int64_t	 within_us;	/* what is due in so long from now */
	int	(*emit)(void *, const struct fu_finding *, struct fu_err *);
	void	*ctx;
};

/*
 * fu_compliance_run(session, asked, err):
 * Hand every finding to ${asked->emit}, in the order of duties and inside each
 * in an order that does not change; it may keep nothing.  The session must be
 * open with FU_S_CONFIG, FU_S_RULES and FU_S_READ.  Memory does not grow with
 * the people.  Stops early when the reader has gone, and with FU_ETEMP when a
 * signal came: half an audit must not pass for one.
 */
int fu_compliance_run(struct fu_session *, const struct fu_compliance *,
    struct fu_err *);

#endif
