/*
 * What the codes of SMS and WhatsApp services mean: whether to try again, and
 * what follows for the person's number.
 *
 * Pure: two tables.  The same codes come at once, in the answer to a request,
 * and hours later, in a report.
 */
#ifndef FU_POLICY_PROVIDER_H
#define FU_POLICY_PROVIDER_H

#include <stdbool.h>

#include "base/clock.h"

enum fu_provider_act {
	FU_PA_FAIL,		/* never like this; says nothing of the person */
	FU_PA_RETRY,		/* again, not before wait_us */
	FU_PA_UNKNOWN,		/* it may have arrived */
	FU_PA_DEAD,		/* the number takes none */
	FU_PA_SOFT,		/* neither, once it has said so often enough */
	FU_PA_OPTOUT,		/* they opted out over there */
	FU_PA_ENGAGED,		/* not now; the third time not again */
	FU_PA_CLOSED,		/* a template only: the window has closed */
	FU_PA_STREAM		/* nothing leaves until somebody has looked */
};

struct fu_provider_code {
	int			 code;
	enum fu_provider_act	 act;
	const char		*reason;	/* of the result */
	const char		*rule;
	int64_t			 wait_us;	/* RETRY; 0: as usual */
	int			 tries;		/* RETRY: at most; 0: as usual */
	bool			 backoff;	/* RETRY: 4, 16, 64 … seconds, not as usual */
	bool			 country;	/* FAIL: nobody of that country, this way */
	int			 count;		/* SOFT: so often … */
	int64_t			 span_us;	/* … over so long or longer */
	const char		*alarm;		/* what an operator is told, or NULL */
};

/*
 * fu_provider_twilio(code, toll_free): [SM-04]
 * fu_provider_whatsapp(code, us): [WA-05]
 * What that code means; ${toll_free}: of a message from a toll-free number,
 * ${us}: to a number of the United States.  Never NULL: a code that nobody
 * knows is not tried again, and an alarm.
 *
 * fu_provider_wait(entry, now_us): how long to wait before trying again,
 * for codes that name an hour of the day.
 *
 * fu_provider_backoff(tries): after the ${tries}-th try (from 1), 4 to that
 * power in seconds, never more than 2 days.
 *
 * fu_provider_again(entry): does the message go out again, when a report says
 * that it did not arrive?
 */
int64_t fu_provider_backoff(int);
bool fu_provider_again(const struct fu_provider_code *);
const struct fu_provider_code *fu_provider_twilio(int, bool);
const struct fu_provider_code *fu_provider_whatsapp(int, bool);
int64_t fu_provider_wait(const struct fu_provider_code *, int64_t);

/*
 * fu_provider_engaged(times, at_us): until when WhatsApp's limit of what one
 * person gets is minded: a day, two days the second time; FU_NEVER: for good.
 */
int64_t fu_provider_engaged(size_t, int64_t);

#endif
