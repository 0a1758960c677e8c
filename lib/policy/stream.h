/*
 * Streams: the mail of one sender's domain, as receiving hosts judge it.
 *
 * Pure: what was counted and what DNS said are arguments.
 */
#ifndef FU_POLICY_STREAM_H
#define FU_POLICY_STREAM_H

#include <stdbool.h>
#include <stdint.h>

/* The window that a stream is judged by, today in it. */
#define FU_STREAM_DAYS	7
/* Of fewer mails one answer is no rate. */
#define FU_STREAM_MAILS_MIN	50

enum fu_stream_level { FU_STREAM_FINE, FU_STREAM_WARN, FU_STREAM_HIGH };

/*
 * fu_stream_level(mails, bounces, complaints):
 * Of ${mails} that left in the window, ${bounces} came back for good; the
 * others count as delivered.  How it is called, not what pauses it: complaints
 * per delivered: warn from 0.10 %, high from 0.30 %, from 50 delivered on [EM-03: the rules of Gmail and Yahoo
 * for bulk senders].  Bounces per mail: warn from 2.5 %, high from 5 %, from
 * 50 mails on [Amazon SES reviews an account at 5 %].
 */
enum fu_stream_level fu_stream_level(int64_t, int64_t, int64_t);

/*
 * fu_stream_pauses_complained(mails, bounces, complaints):
 * fu_stream_pauses_bounced(mails, bounces):
 * Does a complaint, or a hard bounce, that has just come pause the stream?
 * Complaints from 0.10 % of what was delivered on, once 50 mails have left:
 * up to a thousand mails a single one does, for the rate that hosts ask a
 * sender to stay under has been passed, and 0.30 % is where they stop taking
 * the mail.  Bounces from 5 % on.  Each is asked with its own news alone, so
 * that what an operator has looked at pauses nothing twice.  [EM-03]
 */
bool fu_stream_pauses_complained(int64_t, int64_t, int64_t);
bool fu_stream_pauses_bounced(int64_t, int64_t);

enum fu_auth { FU_AUTH_UNKNOWN, FU_AUTH_ALIGNED, FU_AUTH_MISALIGNED };

/*
 * fu_stream_auth(checked, spf, dkim, dmarc):
 * Whether a domain can be told from a forger's: all three records are there,
 * a policy of p=none will do.  NULL and "" are missing.  A domain that nobody
 * ever ${checked} is unknown, which holds nothing.  [EM-03]
 */
enum fu_auth fu_stream_auth(bool, const char *, const char *, const char *);

#endif
