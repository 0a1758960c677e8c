/*
 * What a bounce says: of the address, of the message, of us.
 *
 * Pure.
 */
#ifndef FU_POLICY_BOUNCE_H
#define FU_POLICY_BOUNCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum fu_bounce {
	FU_B_NONE,	/* nothing that we could act on */
	FU_B_HARD,	/* there is no such address */
	FU_B_DOMAIN,	/* no such domain, as far as one answer can tell */
	FU_B_SOFT,	/* not now: full, disabled for a while, expired */
	FU_B_CONTENT,	/* this message: too large, a form it will not take */
	FU_B_OURS,	/* our own fault: the stream must stop */
	FU_B_POLICY,	/* we are blocked: mail to that domain must pause */
	FU_B_SLOW	/* greylisting or a rate: later */
};

/*
 * fu_bounce_class(status, said, hard):
 * The class by the enhanced ${status} ("5.1.1", or NULL) [RFC 3463, EM-16];
 * where it decides nothing, by whether who reported it ${said} that it is
 * ${hard}.
 *
 * fu_bounce_answer(code, enhanced, text):
 * The class of an SMTP answer with that ${code} (421..559), enhanced status
 * ("" for none) and text: where the status decides nothing the words do, and a
 * policy's outrank those of an unknown user.  [EM-16]
 */
enum fu_bounce fu_bounce_class(const char *, bool, bool);
enum fu_bounce fu_bounce_answer(int, const char *, const char *);

/*
 * fu_bounce_blocks(statuses, at, n, class, until_us):
 * Do a person's bounces, in order of time, block the address for ${class}: two
 * of a domain within 72 hours, for good (${until_us} is INT64_MIN, FU_NEVER);
 * three soft ones over 72 hours at least, for thirty days from the last.
 * [EM-16]
 */
bool fu_bounce_blocks(const char *const *, const int64_t *, size_t,
    enum fu_bounce, int64_t *);

/* Bounces older than that count no more. */
#define FU_BOUNCE_SPAN_US	(30 * INT64_C(86400) * 1000000)
/* So many people of a domain put off within an hour pause it. */
#define FU_SLOW_PEOPLE		3
#define FU_SLOW_SPAN_US		(INT64_C(3600) * 1000000)

#endif
