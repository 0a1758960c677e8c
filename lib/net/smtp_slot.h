/*
 * One connection and the message on it, between net/smtp.c and
 * net/smtp_transfer.c alone.
 */
#ifndef FU_NET_SMTP_SLOT_H
#define FU_NET_SMTP_SLOT_H

#include <curl/curl.h>
#include <pthread.h>

#include "net/smtp.h"
#include "net/smtp_reply.h"

#define FU_SMTP_CONNECTIONS_MAX 32

/* One connection: its handle, and the message on it. */
struct fu_smtp_slot {
	struct fu_smtp		*smtp;
	CURL			*easy;
	pthread_t		 thread;
	bool			 running;	/* its thread is there */
	struct fu_smtp_job	*job;		/* NULL: idle */
	size_t			 taken;		/* bytes of it handed over */
	bool			 begun;		/* the first byte of DATA was */
	bool			 quit;		/* what is said now is farewell */
	enum fu_smtp_phase	 phase;
	struct fu_smtp_reply	 reply;
	int64_t			 last_us;	/* something moved */
};

struct fu_smtp {
	char			*url, *user, *password, *ca_file;
	bool			 tls_none, xoauth2;
	int			 connections;
	struct fu_smtp_times	 times;
	struct fu_smtp_slot		 slot[FU_SMTP_CONNECTIONS_MAX];
	pthread_mutex_t		 lock;		/* what is below, and slot->job */
	pthread_cond_t		 changed;
	bool			 ending;	/* threads go when idle */
	bool			 refused;	/* the service as a whole */
	bool			 down;		/* it cannot be reached, or 421 */
	bool			 given_up;	/* down, by silence: for good */
	bool			 utf8_known, utf8;	/* EHLO said SMTPUTF8 */
	char			 why[700];	/* of refused and down */
};

/*
 * fu_smtp_set_up(slot): give a new easy handle its options.
 * fu_smtp_start_over(slot): forget what was said.
 * fu_smtp_give_up(slot, result): if the server was silent at the beginning of
 * a connection, remember that for the session: each try would last as long.
 * fu_smtp_transfer(slot): run slot->job and write its outcome; says to the
 * session when the service is down or turns us away.  In the slot's thread.
 */
void fu_smtp_set_up(struct fu_smtp_slot *);
void fu_smtp_start_over(struct fu_smtp_slot *);
void fu_smtp_give_up(struct fu_smtp_slot *, CURLcode);
void fu_smtp_transfer(struct fu_smtp_slot *);

#endif
