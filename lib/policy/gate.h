/*
 * The gate: may this touch go to this person now?
 *
 * Pure: touch, person, ledger state, configuration and clock in, one verdict
 * out, the same for the same input.  fu-due asks before it claims, fu-send in
 * the instant before the wire, --plan and fu-why for the future and the past.
 * All checks run; a permanent block outranks a hold, a hold a deferral; of
 * deferrals the latest end counts and is evaluated anew until stable.
 */
#ifndef FU_POLICY_GATE_H
#define FU_POLICY_GATE_H

#include "config/config.h"
#include "policy/hours.h"
#include "record/person.h"
#include "record/touch.h"

enum fu_verdict_class { FU_ALLOW, FU_DEFER, FU_HOLD, FU_BLOCK };
const char *fu_verdict_class_name(enum fu_verdict_class);

/* In the order of evaluation inside a class; names and rules in one table. */
enum fu_reason {
	FU_R_NONE,
	FU_R_LEDGER_ERROR, FU_R_NOT_ADOPTED, FU_R_DOMAIN_PAUSED,
	FU_R_ERASED, FU_R_SUPPRESSED, FU_R_OBJECTED, FU_R_COMPLAINT,
	FU_R_HARD_BOUNCE, FU_R_LEFT_COMPANY, FU_R_DUPLICATE_TOUCH,
	FU_R_BAD_SOURCE, FU_R_NO_SOURCE, FU_R_RETENTION_EXPIRED,
	FU_R_JURISDICTION_UNKNOWN,
	FU_R_REPLY_PENDING, FU_R_HUMAN_OWNED, FU_R_HANDOFF_OPEN,
	FU_R_COMPANY_PAUSE,
	FU_R_OOO_UNTIL, FU_R_HEADER_INJECTION,
	FU_R_MISSING_VALUE, FU_R_NOISE, FU_R_NO_NEW_INSIGHT, FU_R_STALE,
	FU_R_NO_LAWFUL_BASIS, FU_R_LIA_MISSING, FU_R_DNC_LISTED,
	FU_R_NO_CONSENT, FU_R_CONSENT_INCOMPLETE, FU_R_CONSENT_EXPIRED,
	FU_R_NO_DPA, FU_R_NOTICE_MISSING, FU_R_SUBJECT_DECEPTIVE,
	FU_R_NO_POSTAL_ADDRESS, FU_R_NO_UNSUB_MECHANISM,
	FU_R_SMTPUTF8_UNAVAILABLE, FU_R_AUTH_MISALIGNED, FU_R_SPAM_RATE_HIGH,
	FU_R_SOFT_BOUNCE, FU_R_DNC_STALE, FU_R_REASSIGN_CHECK,
	FU_R_SENDER_UNREGISTERED, FU_R_TZ_UNKNOWN, FU_R_WA_US_MARKETING,
	FU_R_TEMPLATE_NOT_APPROVED, FU_R_OUTSIDE_WINDOW,
	FU_R_ENGAGEMENT_LIMITED, FU_R_NO_AI_DISCLOSURE, FU_R_QUIET_HOURS,
	FU_R_SEND_WINDOW, FU_R_COMPANY_CAP, FU_R_MIN_GAP, FU_R_CAP_REACHED,
	FU_R_RATE_LIMITED,
	/* not of the gate itself, but told in the same words */
	FU_R_WAITS_FOR_VISIT, FU_R_NO_VISIT, FU_R_CLAIM_LOST,
	FU_REASON_N
};
struct fu_reason_def {
	const char		*name;	/* "quiet_hours" */
	enum fu_verdict_class	 class;	/* the usual one */
	const char		*rule;	/* "TC-08"; may be overridden */
	const char		*way_out;	/* what clears it, one line */
};
extern const struct fu_reason_def fu_reasons[FU_REASON_N];

struct fu_verdict {
	enum fu_verdict_class	 class;
	enum fu_reason		 reason;
	int64_t			 until_us;	/* DEFER; else FU_NEVER */
	const char		*rule;
	const char		*detail;	/* names what is unknown, or NULL; static or borrowed */
};

/*
 * What the ledger says now of one person, as far as the touch's channel and
 * address are concerned: the fold of its events.
 */
struct fu_ledger_state {
	bool		 broken;		/* cannot be read */
	bool		 suppressed;		/* for the channel of the touch */
	const char	*suppressed_rule;	/* of the event that did it */
	const char	*bounce_rule;		/* so, or NULL: the reason's */
	bool		 objected, complaint, erased, hard_bounce, left_company;
	int64_t		 soft_bounce_until_us;	/* FU_NEVER: none */
	int64_t		 engagement_until_us;	/* WhatsApp's limit; FU_NEVER: none */
	/* consent for each channel */
	struct fu_consent_state {
		enum { FU_C_NONE, FU_C_GRANTED, FU_C_PENDING, FU_C_REVOKED } status;
		bool	 complete;	/* all that the law asks for is there */
		bool	 implied;
		int64_t	 at_us, expires_us;	/* FU_NEVER: does not */
	} consent[FU_CHANNEL_N];
};

/* Automatic touches of the person that count, newest first. */
struct fu_sent_before {
	int64_t		 at_us;
	enum fu_channel	 channel;
	int64_t		 touch;
	bool		 counts;	/* not a chat they opened, task or service */
};

/* A text that may be a stop, and that nobody has decided about by then, is one
 * [TC-03 (d)]. */
#define FU_DOUBT_US	FU_DAY

/* An answer is what somebody is told who has just asked, or asked for it: it
 * sells nothing, but goes nowhere that is shut, nor by text without consent. */
enum fu_touch_class {
	FU_TC_COMMERCIAL, FU_TC_TRANSACTIONAL, FU_TC_SERVICE, FU_TC_ANSWER
};

/* Rules data, loaded once from rules/: zones of numbers, hours of states,
 * mail rules of countries. */
struct fu_rulebook;

struct fu_gate_in {
	int64_t				 now_us;
	const struct fu_config		*config;
	const struct fu_rulebook	*rulebook;
	const struct fu_touch		*touch;
	enum fu_touch_class		 class;
	const struct fu_person		*person;
	const struct fu_zone		*zone;		/* see fu_gate_zone() */
	const struct fu_window		*window;	/* the person's; NULL: the file's */
	const struct fu_sender		*sender;
	const struct fu_ledger_state	*ledger;
	unsigned			 pauses;	/* enum fu_pause bits */
	const char			*colleague;	/* of a pause for a colleague's sake: whose, why */
	int64_t				 ooo_until_us;
	/* since when a text that may be a stop is undecided; FU_NEVER: none */
	int64_t				 doubt_us;
	int64_t				 last_inbound_us;	/* any channel */
	int64_t				 last_inbound_wa_us;
	int64_t				 last_inbound_chat_us;
	const struct fu_sent_before	*sent;
	size_t				 nsent;
	const int64_t			*lost;	/* when texts left that did not arrive, newest first */
	size_t				 nlost;
	int				 sender_sent_today;
	int				 sender_days;	/* before today, on which a mail of theirs left */
	int64_t				 sender_last_us;
	int				 company_sent_week;	/* and when the oldest leaves the span: */
	int64_t				 company_oldest_us;
	bool				 duplicate;	/* that touch was sent or is uncertain */
	bool				 first_touch;	/* nothing was sent to them before */
	bool				 not_adopted, domain_paused;
	enum fu_reason			 channel_paused;	/* of SMS, WhatsApp; FU_R_NONE */
	bool				 spam_rate_high;	/* of the stream */
	bool				 auth_misaligned;	/* of the sender's domain */
	bool				 smtputf8_unavailable;	/* the address needs it, the relay has it not */
	/* WhatsApp: the message's template; without one only inside 24 hours */
	enum fu_wa_template_state {
		FU_TPL_APPROVED, FU_TPL_NONE, FU_TPL_UNAPPROVED
	}				 template;
	int64_t				 engagement_until_us;	/* 131049; FU_NEVER: none */
	/* of the message, known once it is composed; fu-due leaves them unset */
	bool				 composed;
	bool				 header_injection, subject_deceptive,
					 has_unsubscribe, has_postal_address,
					 carries_notice;
	enum fu_reason			 content;	/* MISSING_VALUE, NOISE, NO_NEW_INSIGHT or NONE */
};

/* As the order of its checks has it, in gate.c. */
struct fu_verdict fu_gate_decide(const struct fu_gate_in *);

/*
 * fu_rulebook_new(): an empty one, to be freed with fu_rulebook_free().
 * fu_rulebook_add(rulebook, name, text, err): take one file's text in; -1 with
 * the first fault in ${err}: "states.txt:7:1: …".  policy/rulebook_files.h
 * has one that tells them all.
 * fu_rulebook_version(): what `held.ruleset` shows.
 */
struct fu_rulebook *fu_rulebook_new(void);
void fu_rulebook_free(struct fu_rulebook *);
int fu_rulebook_add(struct fu_rulebook *, const char *, struct fu_str,
    struct fu_err *);
const char *fu_rulebook_version(const struct fu_rulebook *);

/*
 * fu_gate_zone(rulebook, person, company_zone, known):
 * The zone of the person: stated, else of region and country, else of the
 * number.  Where several are possible none is guessed: ${known} is false and
 * the company's zone is given.
 *
 * fu_gate_clock(rulebook, person, config, clock):
 * The clock that plans are made by.  Where the zone is not known, it is the
 * first of those that it may be (of a country without more: those of its main
 * land), and the window is what all of them share; the company's where they
 * share less than an hour, or nothing at all is known.  ${clock} must not
 * move: the window points into it.
 */
#define FU_CLOCK_ZONES_MAX 16
struct fu_their_clock {
	const struct fu_zone	*zone;
	bool			 known;
	struct fu_window	 window;
	const struct fu_zone	*may_be[FU_CLOCK_ZONES_MAX];
};
const struct fu_zone *fu_gate_zone(const struct fu_rulebook *,
    const struct fu_person *, const struct fu_zone *, bool *);
void fu_gate_clock(const struct fu_rulebook *, const struct fu_person *,
    const struct fu_config *, struct fu_their_clock *);

/* May they be answered freely on WhatsApp, who wrote there at ${last_us}
 * (FU_NEVER: never did)?  For 24 hours.  [WA-02] */
bool fu_wa_open(int64_t, int64_t);

/* Must a text to them say who and where we are?  In Canada.  [CA-02] */
bool fu_gate_identifies(const struct fu_rulebook *, const struct fu_person *);

#endif
