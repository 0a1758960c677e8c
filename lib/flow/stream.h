/*
 * The streams of an installation: what is counted of each, when one is
 * paused, and what the gate is told of them.
 */
#ifndef FU_FLOW_STREAM_H
#define FU_FLOW_STREAM_H

#include "flow/session.h"
#include "store/streams.h"

/* The domain of a sender's address, in lower case and A-labels. */
const char *fu_stream_domain(const char *, struct fu_arena *);

enum fu_stream_count {
	FU_COUNT_COMPLAINT,
	FU_COUNT_BOUNCE,	/* a hard one, of a mail that had left */
	FU_COUNT_REFUSED	/* the same at once: the mail never left */
};

/*
 * fu_stream_stop_channel(session, channel, phone, reason, why, err):
 * Nothing leaves by that channel ("sms"), or, where ${phone} is not NULL, to
 * nobody of the country of that number, until an operator resumes it.  In a
 * transaction.
 *
 * fu_stream_ask_channel(session, channel, phone, in, err):
 * Fill in channel_paused and what it is by.
 */
int fu_stream_stop_channel(struct fu_session *, const char *, const char *,
    const char *, const char *, struct fu_err *);
int fu_stream_ask_channel(struct fu_session *, const char *, const char *,
    struct fu_gate_in *, struct fu_err *);

/*
 * fu_stream_count(session, sender, what, at_us, err):
 * Count it for ${sender} (a key; NULL: nobody knows whose mail it was) on the
 * day of ${at_us}, and judge the stream by it: see policy/stream.h for what
 * pauses one, until an operator resumes it; that, and the step to a warning,
 * is said on standard error.  In a transaction.
 *
 * fu_stream_stop(session, sender, why, err): pause the sender's stream, and
 * say ${why}.  In a transaction.
 *
 * fu_stream_resume(session, domain, was, err): it may leave again; ${was} it
 * paused?  Left as it is when not.
 *
 * fu_stream_ask(session, sender, in, err):
 * Fill in spam_rate_high, auth_misaligned and sender_days.  The store is asked once a
 * sender, and again after ten seconds.
 */
int fu_stream_count(struct fu_session *, const char *, enum fu_stream_count,
    int64_t, struct fu_err *);
int fu_stream_stop(struct fu_session *, const char *, const char *,
    struct fu_err *);
int fu_stream_resume(struct fu_session *, const char *, bool *,
    struct fu_err *);
int fu_stream_ask(struct fu_session *, const struct fu_sender *,
    struct fu_gate_in *, struct fu_err *);

#endif
