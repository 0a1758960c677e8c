/*
 * What the gate asks of a mail: what it says of itself, and of its stream.
 *
 * Must never ask before it is composed what only the composed message can
 * answer: fu-due would hold everything.
 */
#include "policy/gate_room.h"

void
fu_check_subject(struct fu_gate *g)
{
	if (g->in->composed && g->in->subject_deceptive)
		fu_gate_says(g, FU_R_SUBJECT_DECEPTIVE, NULL);
}

void
fu_check_postal(struct fu_gate *g)
{
	if (fu_blank(g->in->config->company.postal_address) ||
	    (g->in->composed && !g->in->has_postal_address))
		fu_gate_says(g, FU_R_NO_POSTAL_ADDRESS, NULL);
}

void
fu_check_unsub(struct fu_gate *g)
{
	if (g->in->composed && !g->in->has_unsubscribe && fu_gate_commercial(g))
		fu_gate_says(g, FU_R_NO_UNSUB_MECHANISM,
		    g->channel == FU_CH_EMAIL ? NULL : "TC-07");
}

void
fu_check_utf8(struct fu_gate *g)
{
	if (g->in->smtputf8_unavailable)
		fu_gate_says(g, FU_R_SMTPUTF8_UNAVAILABLE, NULL);
}

void
fu_check_auth(struct fu_gate *g)
{
	if (g->in->auth_misaligned)
		fu_gate_says(g, FU_R_AUTH_MISALIGNED, NULL);
}

void
fu_check_spam_rate(struct fu_gate *g)
{
	if (g->in->spam_rate_high)
		fu_gate_says(g, FU_R_SPAM_RATE_HIGH, NULL);
}

void
fu_check_soft_bounce(struct fu_gate *g)
{
	if (g->in->ledger->soft_bounce_until_us != FU_NEVER)
		fu_gate_until(g, FU_R_SOFT_BOUNCE,
		    g->in->ledger->soft_bounce_until_us, NULL);
}
