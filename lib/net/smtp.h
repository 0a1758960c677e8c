/*
 * SMTP, by libcurl: many messages over a few kept connections.
 *
 * Knows bytes and addresses, not what they mean.  Says of each message what
 * became of it, and never sends one twice.  Not thread-safe.
 */
#ifndef FU_NET_SMTP_H
#define FU_NET_SMTP_H

#include "base/err.h"
#include "base/str.h"

enum fu_smtp_status {
	FU_SMTP_NOT_STARTED,	/* nothing of it was said to the server */
	FU_SMTP_ACCEPTED,	/* 2xx after the final dot */
	FU_SMTP_TEMPORARY,	/* 4xx: try again later */
	FU_SMTP_PERMANENT,	/* 5xx: never again like this */
	FU_SMTP_RETRY,		/* a fault before the first byte of DATA */
	FU_SMTP_UNCERTAIN	/* a fault from there to the reply */
};

/* What the server was asked when it answered, or last. */
enum fu_smtp_phase {
	FU_SMTP_CONNECT, FU_SMTP_AUTH, FU_SMTP_MAIL, FU_SMTP_RCPT,
	FU_SMTP_DATA, FU_SMTP_DOT
};
const char *fu_smtp_phase_name(enum fu_smtp_phase);

struct fu_smtp_job {
	const char	*from;		/* no brackets; "" is the null path */
	const char	*to;
	bool		 smtputf8;	/* an address needs it */
	struct fu_str	 bytes;		/* CRLF, not dot-stuffed */
	/* Asked right before it starts; false: it is not.  May be NULL. */
	bool		(*may_start)(void *, struct fu_smtp_job *);
	void		*ctx;
	/* out */
	enum fu_smtp_status status;
	enum fu_smtp_phase phase;
	int		 code;		/* of the reply that decided, or 0 */
	char		 enhanced[16];	/* "5.1.1", or "" */
	char		 text[512];	/* that reply, or the fault */
	char		 relay_id[128];	/* "queued as ID", or "" */
};

/* Seconds; 0 takes the default.  [RFC 5321 4.5.3.2] */
struct fu_smtp_times {
	int	 connect_s;		/* greeting, TLS, AUTH: 300 */
	int	 command_s;		/* MAIL, RCPT: 300 */
	int	 data_s;		/* DATA: 120 */
	int	 block_s;		/* between blocks of the message: 180 */
	int	 dot_s;			/* the reply to the final dot: 600 */
};

struct fu_smtp_conf {
	const char		*url;		/* smtp:// or smtps://, host and port */
	bool			 tls_none;	/* else TLS is required */
	const char		*user;		/* or NULL: no AUTH */
	const char		*password;	/* or, with xoauth2, the token */
	bool			 xoauth2;
	const char		*ca_file;	/* or NULL: the system's */
	const char		*helo;		/* name for EHLO, or NULL */
	int			 connections;	/* 1..32 */
	struct fu_smtp_times	 times;
};

struct fu_smtp;

/*
 * fu_smtp_open(conf, err): makes a session, connects to nothing.  ${conf} is
 * copied.  FU_ECONFIG for a bad url.
 *
 * fu_smtp_deliver(session, jobs, n, err):
 * Run up to ${connections} of the jobs at once; connections are kept for the
 * next job and the next call.  Return 0 when each job has its outcome.  When
 * the service refuses as a whole (AUTH refused, bad certificate, TLS required
 * and not offered), start nothing more, end what is on the wire, and return -1
 * with FU_EUNAVAILABLE: jobs not started stay FU_SMTP_NOT_STARTED.  When it
 * cannot be reached, or says 421, those not started are FU_SMTP_RETRY with
 * that text; one that was silent for all of connect_s is tried no more in this
 * session.  After SIGINT or SIGTERM nothing more is started; what is on the
 * wire ends.
 *
 * fu_smtp_close(session): QUIT; NULL is nothing.
 */
struct fu_smtp *fu_smtp_open(const struct fu_smtp_conf *, struct fu_err *);
int fu_smtp_deliver(struct fu_smtp *, struct fu_smtp_job *, size_t,
    struct fu_err *);
void fu_smtp_close(struct fu_smtp *);

#endif
