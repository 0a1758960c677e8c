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
 * others count as delivered.  Complaints per delivered: warn from 0.10 %,
 * high from 0.30 %, from 50 delivered on [EM-03: the rules of Gmail and Yahoo
 * for bulk senders].  Bounces per mail: warn from 2.5 %, high from 5 %, from
 * 50 mails on [Amazon SES reviews an account at 5 %].
 */
enum fu_stream_level fu_stream_level(int64_t, int64_t, int64_t);

enum fu_auth { FU_AUTH_UNKNOWN, FU_AUTH_ALIGNED, FU_AUTH_MISALIGNED };

/*
 * fu_stream_auth(checked, spf, dkim, dmarc):
 * Whether a domain can be told from a forger's: all three records are there,
 * a policy of p=none will do.  NULL and "" are missing.  A domain that nobody
 * ever ${checked} is unknown, which holds nothing.  [EM-03]
 */
enum fu_auth fu_stream_auth(bool, const char *, const char *, const char *);

#endif
