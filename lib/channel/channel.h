/*
 * Transports behind one table of functions: how a message leaves.
 *
 * A transport is given what is composed and says what became of it.  It
 * decides nothing about whether it may leave, and stores nothing.
 */
#ifndef FU_CHANNEL_CHANNEL_H
#define FU_CHANNEL_CHANNEL_H

#include "config/config.h"
#include "policy/bounce.h"
#include "policy/provider.h"

enum fu_delivery_status {
	FU_D_NOT_STARTED,	/* may_start said no, or the run ends */
	FU_D_SENT,
	FU_D_RETRY,		/* nothing arrived; later */
	FU_D_FAILED,		/* never like this */
	FU_D_UNCERTAIN,		/* it may have arrived: not again by itself */
	FU_D_STATUS_N
};
const char *fu_delivery_status_name(enum fu_delivery_status);

struct fu_delivery {
	/* what leaves */
	const char	*kind;		/* "email", "sms", "whatsapp", "chat", "task", "slack", "webhook" */
	const char	*id;		/* Message-ID, or another key: the same for the same message */
	const char	*envelope_from;	/* mail: return path */
	const char	*from;		/* for people: address or number */
	const char	*to;		/* address, number or name */
	bool		 smtputf8;	/* mail: an address needs it */
	struct fu_str	 mail;		/* mail: RFC 5322 bytes, CRLF */
	const char	*subject;	/* others; or NULL */
	const char	*text;		/* others: plain text, or the JSON of slack and webhook */
	const struct fu_wa_template *template; /* WhatsApp: by this one, or NULL */
	struct fu_list	 parameters;	/* what fills it */
	struct fu_str	 record;	/* the JSON record it comes of, for exec:; or empty */
	int64_t		 at_us;		/* now, by the run's clock */
	int64_t		 valid_us;	/* worth delivering for so long; 0: not said */
	bool		 us;		/* to a number of the United States */
	/*
	 * Asked right before it leaves; false: it does not.  May be NULL.  A
	 * transport that was told to wait (429) asks again, with the answer in
	 * the delivery, before it tries again in this call.
	 */
	bool		(*may_start)(void *, struct fu_delivery *);
	void		*ctx;
	/* what became of it; texts are in the arena of the call */
	enum fu_delivery_status status;
	const char	*reason;	/* a code: "smtp", "no_program" … or NULL */
	int		 code;		/* SMTP or HTTP status, exit status, or 0 */
	const char	*enhanced;	/* "5.1.1", or NULL */
	const char	*phase;		/* SMTP: "rcpt", or NULL */
	const char	*detail;	/* the answer's text, or NULL */
	const char	*relay_id;	/* the other side's id, or NULL */
	enum fu_bounce	 bounce;	/* what the answer says of the address and us */
	const struct fu_provider_code *provider; /* what its code means, or NULL */
	int64_t		 retry_after_us; /* the other side's wish, from now; 0 none */
};

/*
 * What a transport is opened with; made of a fu_transport or fu_destination.
 * The caller may set path (outbox), connections (-j) and clock afterwards.
 */
struct fu_channel_conf {
	const char		*via;
	const char		*url;
	struct fu_secret	 url_secret;
	struct fu_secret	 secret;	/* password, token or signing secret */
	const char		*user;
	bool			 xoauth2;
	enum fu_tls		 tls;
	int			 connections;
	const char		*path;		/* Maildir; sendmail's program */
	const struct fu_list	*headers;	/* webhook: "Name: value" */
	const char		*helo;		/* or NULL */
	const char		*account;	/* twilio; cloud: the number's id */
	const char		*callback;	/* where its reports go, or NULL */
	bool			 toll_free;	/* the number that it comes from is */
	struct fu_where		 where;
};
void fu_channel_conf_transport(struct fu_channel_conf *,
    const struct fu_transport *);
void fu_channel_conf_destination(struct fu_channel_conf *,
    const struct fu_destination *);

struct fu_chan;

/* A transport's own side; one static table each. */
struct fu_channel_ops {
	const char	*name;		/* of via:, up to its colon */
	int		(*open)(struct fu_chan *, struct fu_err *);
	int		(*deliver)(struct fu_chan *, struct fu_delivery *,
			    size_t, struct fu_arena *, struct fu_err *);
	void		(*close)(struct fu_chan *);
};

struct fu_chan {
	const struct fu_channel_ops	*ops;
	struct fu_channel_conf		 conf;
	struct fu_arena			 arena;	/* for as long as it is open */
	bool				 local;	/* set by open */
	int				 width;	/* how many leave at once */
	void				*state;	/* the transport's own */
};

extern const struct fu_channel_ops fu_channel_outbox;
extern const struct fu_channel_ops fu_channel_smtp;
extern const struct fu_channel_ops fu_channel_sendmail;
extern const struct fu_channel_ops fu_channel_exec;
extern const struct fu_channel_ops fu_channel_slack;
extern const struct fu_channel_ops fu_channel_webhook;
extern const struct fu_channel_ops fu_channel_twilio;
extern const struct fu_channel_ops fu_channel_cloud;

/*
 * fu_channel_open(conf, err):
 * Look up secrets, make directories; connect to nothing.  ${conf} is copied,
 * its texts are borrowed.  NULL with FU_ECONFIG, naming the line of the
 * configuration, for a transport that this program does not have.
 *
 * fu_channel_deliver(channel, deliveries, n, arena, err):
 * Deliver them all, as many at once as the channel is wide; results are
 * written into each.  Return 0 when each has its outcome; or -1 with
 * FU_EUNAVAILABLE, FU_ECONFIG or FU_EIO when the transport as a whole cannot
 * work: then what has status FU_D_NOT_STARTED is untouched, and its claim
 * should go back.
 *
 * fu_channel_width(channel): how many it delivers at once.
 * fu_channel_is_local(channel): does nothing leave this machine (outbox, or a
 * loopback url)?  A rehearsal may use no other.
 */
struct fu_chan *fu_channel_open(const struct fu_channel_conf *,
    struct fu_err *);
int fu_channel_deliver(struct fu_chan *, struct fu_delivery *, size_t,
    struct fu_arena *, struct fu_err *);
int fu_channel_width(const struct fu_chan *);
bool fu_channel_is_local(const struct fu_chan *);
void fu_channel_close(struct fu_chan *);	/* NULL is nothing */

/*
 * For transports that send one after the other:
 * fu_channel_each(channel, deliveries, n, arena, one, err): ask each whether it
 * may start and deliver it by ${one}, until a signal or its -1.
 */
int fu_channel_each(struct fu_chan *, struct fu_delivery *, size_t,
    struct fu_arena *, int (*)(struct fu_chan *, struct fu_delivery *,
    struct fu_arena *, struct fu_err *), struct fu_err *);

#endif
