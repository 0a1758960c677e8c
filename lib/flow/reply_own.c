/*
 * Mail that our own people wrote: a rep's word takes the conversation.
 *
 * Must never take a touch of ours for a rep's word, nor a colleague's mail
 * for a prospect's.
 */
#include <string.h>
#include <strings.h>

#include "flow/reply_room.h"
#include "policy/employer.h"
#include "record/email.h"

#define RECIPIENTS_MAX	200

static const struct fu_sender *
sender_of(struct fu_reply *r, const char *email)
{
	const struct fu_config	*config = &r->session->config;
	const char		*key = fu_email_suppress_key(&r->scratch, email);

	for (size_t i = 0; i < config->nsender; i++)
		if (strcmp(key, fu_email_suppress_key(&r->scratch,
		    config->sender[i].email)) == 0)
			return (&config->sender[i]);
	return (NULL);
}

static bool
same_domain(const char *domain, const char *of)
{
	return (of != NULL && strcasecmp(domain, of) == 0);
}

/* Domains of senders, but where anybody gets a mailbox, and of our returns. */
static bool
our_domain(struct fu_reply *r, const char *email)
{
	const struct fu_config		*config = &r->session->config;
	const struct fu_transport	*t = &config->channel[FU_CH_EMAIL];
	const char			*domain = fu_email_domain(email);

	if (fu_freemail(r->session->rulebook, domain))
		return (false);
	for (size_t i = 0; i < config->nsender; i++)
		if (same_domain(domain, fu_email_domain(
		    config->sender[i].email)))
			return (true);
	return (same_domain(domain, t->bounce_domain) ||
	    same_domain(domain, t->reply_domain));
}

static void
put_message(struct fu_reply *r, const struct fu_sender *sender,
    const char *to, bool several)
{
	struct fu_jw	 jw;

	fu_reply_head(r, &jw, "message", to, several);
	fu_jw_str(&jw, "channel", "email");
	fu_jw_str(&jw, "from", "rep");
	fu_jw_str(&jw, "by", sender->key);
	fu_jw_str(&jw, "text", r->in->text);
	fu_reply_end(r, &jw);
}

/* To whom outside; each once. */
static size_t
recipients(struct fu_reply *r, const char **list)
{
	static const char *const headers[] = { "To", "Cc", "Bcc" };
	const char	*value, *address, *email;
	size_t		 n = 0, k;

	for (size_t i = 0; i < 3; i++) {
		value = fu_mail_field_get(&r->in->letter.head, headers[i]);
		while (value != NULL && n < RECIPIENTS_MAX &&
		    (address = fu_address_next(value, &r->scratch, &value)) !=
		    NULL) {
			if (fu_email_parse(fu_str_of(address), &r->scratch,
			    &email, NULL) == -1 || our_domain(r, email) ||
			    sender_of(r, email) != NULL)
				continue;
			for (k = 0; k < n && strcasecmp(list[k], email) != 0;
			    k++)
				continue;
			if (k == n)
				list[n++] = email;
		}
	}
	return (n);
}

/* From one of our domain who is no sender, and answers no touch?  While
 * fu.yaml is the sample, its domain is anybody's. */
static bool
among_colleagues(struct fu_reply *r, const char *email)
{
	return (!r->session->config.sample && r->in->match.touch == 0 &&
	    our_domain(r, email));
}

bool
fu_reply_own(struct fu_reply *r)
{
	struct fu_inbound	*in = r->in;
	const struct fu_sender	*sender;
	const char		*email, *list[RECIPIENTS_MAX];
	size_t			 n;

	if (fu_mail_is_ours(&r->session->keys, &in->letter)) {
		r->ours++;
		return (true);
	}
	if (in->kind == FU_M_REPORT || in->kind == FU_M_COMPLAINT ||
	    in->letter.from == NULL || fu_email_parse(fu_str_of(
	    in->letter.from), &r->scratch, &email, NULL) == -1)
		return (false);
	sender = sender_of(r, email);
	n = sender != NULL || among_colleagues(r, email) ?
	    recipients(r, list) : 1;
	if (sender == NULL && n > 0)
		return (false);
	r->own++;
	/* A program of theirs, their calendar's answer, and colleagues among
	 * themselves say nothing. */
	if (sender == NULL || fu_mail_by_program(&in->letter) ||
	    in->kind == FU_M_AUTO || in->calendar.answers)
		return (true);
	in->match.touch = 0;
	for (size_t i = 0; i < n; i++)
		put_message(r, sender, list[i], n > 1);
	return (true);
}
