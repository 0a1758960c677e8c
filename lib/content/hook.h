/*
 * Requests that other services make of us: their parts, whether they are
 * theirs, and the events that they tell of.
 *
 * Pure: a request, secrets and the clock in, lines of events out, for a filter
 * and a web server alike.  Everything that comes in is of somebody else's
 * making; a signature is asked before a body is read.
 */
#ifndef FU_CONTENT_HOOK_H
#define FU_CONTENT_HOOK_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/hash.h"
#include "config/config.h"

#define FU_HOOK_BODY_MAX	(1024 * 1024)	/* more is refused */
#define FU_HOOK_HEAD_MAX	(64 * 1024)	/* request line and headers */
#define FU_HOOK_PAIRS_MAX	1000		/* headers, or fields of a form */

/* A header, or a field of a form; bytes, as they were decoded. */
struct fu_hook_pair {
	struct fu_str	 name, value;
};
struct fu_hook_pairs {
	struct fu_hook_pair	*pair;
	size_t			 n;
};

/* Borrowed from what it was read from. */
struct fu_hook_request {
	struct fu_str		 method;	/* "POST" */
	struct fu_str		 path;		/* "/hooks/sms" */
	struct fu_str		 query;		/* behind '?'; ptr NULL: none */
	struct fu_hook_pairs	 header;
	struct fu_str		 body;
};

/*
 * fu_hook_request_parse(text, arena, request, err):
 * An HTTP/1 request as it stands on the wire [RFC 9112]; lines may end in LF
 * alone.  A body longer than its Content-Length is cut, a shorter one, one in
 * chunks or of more than FU_HOOK_BODY_MAX bytes is FU_EDATA.
 *
 * fu_hook_header(request, name): its value without blanks around it, whatever
 * the case of the name; ptr NULL when it is not there.
 *
 * fu_hook_form(text, arena, pairs, err):
 * The fields of application/x-www-form-urlencoded, in order.
 * fu_hook_field(pairs, name): the first of that name; ptr NULL: none.
 * fu_hook_text(value, arena): such bytes as a text of ours: control characters
 * are blanks, what is not UTF-8 is U+FFFD; NULL for no value or an empty one.
 */
int fu_hook_request_parse(struct fu_str, struct fu_arena *,
    struct fu_hook_request *, struct fu_err *);
struct fu_str fu_hook_header(const struct fu_hook_request *, const char *);
int fu_hook_form(struct fu_str, struct fu_arena *, struct fu_hook_pairs *,
    struct fu_err *);
struct fu_str fu_hook_field(const struct fu_hook_pairs *, const char *);
const char *fu_hook_text(struct fu_str, struct fu_arena *);

/*
 * hook_sign.c: is the signature theirs?  Never true without one; secrets are
 * compared in the same time whatever they are.
 *
 * fu_sign_twilio(token, url, fields, body, signature):
 * X-Twilio-Signature of a request to ${url}, query and all; with and without
 * the port that its scheme has anyway.  A url with bodySHA256 signs ${body} by
 * its hash, and no fields.  [SM-02]
 * fu_sign_sha256(secret, body, signature): "sha256=HEX", or the hex alone, of
 * the body's bytes.  [WA-07]
 * fu_sign_stamped(secret, body, signature, now_us): "t=SECONDS,v1=HEX" of
 * "SECONDS.BODY", at most five minutes from now.
 * fu_sign_bearer(secret, authorization): "Bearer SECRET".
 */
bool fu_sign_twilio(const char *, struct fu_str, const struct fu_hook_pairs *,
    struct fu_str, struct fu_str);
bool fu_sign_sha256(const char *, struct fu_str, struct fu_str);
bool fu_sign_stamped(const char *, struct fu_str, struct fu_str, int64_t);
bool fu_sign_bearer(const char *, struct fu_str);

/* What the readers of bodies need beside them. */
struct fu_hook_in {
	const char		*number_id;	/* of our WhatsApp number, or NULL */
	/* Told of each record that is bad beside good ones: its number, a
	 * short code, it itself, and what is wrong; and of what is left alone
	 * for a reason.  May be NULL. */
	void			(*refuse)(void *, size_t, const char *,
				    struct fu_str, const char *);
	void			(*note)(void *, const char *);
	void			*ctx;
	const struct fu_keys	*keys;	/* of tokens that came back */
	const struct fu_list	*demo;	/* names of bookings that are demos */
	int64_t			 now_us;
	struct fu_arena		*arena;
	struct fu_buf		*out;	/* events, a line each */
};

/*
 * fu_hook_twilio(in, query, fields, err): a message that came in, or what
 * became of one of ours; ${query} carries that one's id.  [SM-01]
 * fu_hook_whatsapp(in, body, err): messages, states, and who wants no more
 * marketing.  [WA-07, WA-08, WA-09]
 * fu_hook_booking(in, body, err): a meeting made, moved, cancelled or missed,
 * in the shape of Cal.com or Calendly.
 * What was written to another number of ours is left alone; a message that
 * says of nobody is refused, and the others are taken.
 * fu_hook_json(in, body, err): events and people of ours: one, a list, or
 * NDJSON.  One that is bad is refused, and the others are taken.
 *
 * Add lines to in->out.  Return 0, also for what tells of nothing; or -1 with
 * FU_EDATA for a body that is not what it should be; then none is added.
 */
int fu_hook_twilio(const struct fu_hook_in *, const struct fu_hook_pairs *,
    const struct fu_hook_pairs *, struct fu_err *);
int fu_hook_whatsapp(const struct fu_hook_in *, struct fu_str,
    struct fu_err *);
int fu_hook_booking(const struct fu_hook_in *, struct fu_str, struct fu_err *);
int fu_hook_json(const struct fu_hook_in *, struct fu_str, struct fu_err *);

#endif
