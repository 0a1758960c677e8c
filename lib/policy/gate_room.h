/*
 * The rooms of the gate: what a check is given, and how it says no.  Nobody
 * but gate*.c includes this.
 *
 * A check looks at one instant and reports what it finds; it never looks at
 * what another one found.
 */
#ifndef FU_POLICY_GATE_ROOM_H
#define FU_POLICY_GATE_ROOM_H

#include "policy/jurisdiction.h"

struct fu_gate {
	const struct fu_gate_in	*in;
	const struct fu_person	*person;
	enum fu_channel		 channel;
	const struct fu_consent_state *consent;	/* of the channel */
	struct fu_jurisdiction	 where;
	int64_t			 at_us;		/* the instant that is judged */
	struct fu_verdict	 block, hold, defer; /* first, first, latest */
};

typedef void fu_check(struct fu_gate *);

/*
 * fu_gate_says(gate, reason, rule): the reason stands, in its usual class (a
 * deferral without a time is a hold); NULL is the reason's own rule.
 * fu_gate_until(gate, reason, until_us, rule): a deferral.
 */
void fu_gate_says(struct fu_gate *, enum fu_reason, const char *);
void fu_gate_until(struct fu_gate *, enum fu_reason, int64_t, const char *);
void fu_gate_detail(struct fu_gate *, enum fu_reason, const char *);

/* Is it blocked or held already, so that no hour can show in the answer?
 * Hours are dear to compute, and come after all that blocks or holds. */
bool fu_gate_settled(const struct fu_gate *);

/* Are they somewhere unknown, and under every law for it? */
bool fu_gate_strictest(const struct fu_gate *);
/* The person's zone and window, or the company's. */
const struct fu_zone *fu_gate_zone_of(const struct fu_gate *);
const struct fu_window *fu_gate_window(const struct fu_gate *);

/* Is it mail for a purpose of ours, not an answer that was asked for? */
bool fu_gate_commercial(const struct fu_gate *);
/* A time of the record; FU_NEVER where there is none. */
int64_t fu_gate_time(const struct fu_gate *, enum fu_field);
bool fu_gate_flag(const struct fu_gate *, enum fu_field);

/* gate_consent.c */
fu_check fu_check_lawful_basis, fu_check_lia, fu_check_mail_opt_in,
    fu_check_mail_opt_out, fu_check_revoked, fu_check_casl,
    fu_check_eu_text_consent, fu_check_answer_consent, fu_check_dpa,
    fu_check_notice;

/* gate_email.c */
fu_check fu_check_subject, fu_check_postal, fu_check_unsub, fu_check_utf8,
    fu_check_auth, fu_check_spam_rate, fu_check_soft_bounce,
    fu_check_wireless;

/* gate_sms.c */
fu_check fu_check_dnc_listed, fu_check_us_written, fu_check_dnc_stale,
    fu_check_reassigned, fu_check_registered, fu_check_tz,
    fu_check_wa_consent, fu_check_wa_us, fu_check_wa_template,
    fu_check_wa_engagement;

/* gate_hours.c */
fu_check fu_check_quiet_hours, fu_check_send_window, fu_check_owner_hours;

/* gate_limits.c */
fu_check fu_check_company_cap, fu_check_min_gap, fu_check_cap, fu_check_rate;

#endif
