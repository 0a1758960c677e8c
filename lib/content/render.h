/*
 * A message file and what is known of a person → subject, text and HTML.
 *
 * Decides nothing about whether it may leave; says what stands in the way of
 * saying it: a missing value, noise, a notice that cannot be given.
 */
#ifndef FU_CONTENT_RENDER_H
#define FU_CONTENT_RENDER_H

#include "config/document.h"
#include "config/message.h"
#include "content/mustache.h"
#include "policy/facts.h"

struct fu_links {
	const char	*unsubscribe;	/* url, or NULL: "reply STOP" alone */
	const char	*book;		/* or NULL */
	const char	*chat;		/* the site, with this touch's token */
};

/*
 * fu_context_make(arena, config, facts, sender, insight, links):
 * The tree that every template sees: the facts under their names (those of the
 * record from the person), the custom columns, insight.{text,url,title,kind,
 * deadline}, sender.{name,title,phone,email}, company_name (ours),
 * links.{book,unsubscribe,chat}.  Any but arena and config may be NULL.  The caller
 * adds topic, question, objection, feature_1..3 with fu_ctx_set_text().
 */
struct fu_ctx *fu_context_make(struct fu_arena *, const struct fu_config *,
    const struct fu_facts *, const struct fu_sender *,
    const struct fu_document *, const struct fu_links *);

/*
 * What a template can name besides the facts and custom columns, NULL last.
 */
extern const char *const fu_context_names[];

struct fu_message_in {
	const struct fu_config	*config;
	const struct fu_message	*message;
	const struct fu_ctx	*ctx;
	enum fu_channel		 channel;
	const char		*variant;	/* key, or NULL: by hash */
	int64_t			 prospect;	/* what the hash is of */
	const struct fu_links	*links;		/* or NULL */
	const char		*basis;		/* of the person, or NULL */
	const char		*source;	/* of the person; for the notice */
	bool			 notice;	/* put the notice block in */
	const char		*parent_subject; /* of the mail that this answers, or NULL */
	const struct fu_list	*noise;		/* phrases, or NULL */
	const struct fu_list	*urgency;	/* that press with a date, or NULL */
	bool			 identify;	/* a text says who and where we are */
	const struct fu_wa_template *template;	/* WhatsApp: it is said by this */
};

struct fu_message_out {
	const char	*subject;	/* NULL where the message has none */
	const char	*text;		/* wrapped for mail; else a line a paragraph */
	const char	*html;		/* mail only: a whole document */
	const char	*said;		/* the text without footer and notice */
	const char	*variant;	/* key; "a" is the message's own subject */
	bool		 has_notice;
	bool		 way_out, identified;	/* texts: are they in it? */
	struct fu_list	 parameters;	/* of the template, filled in */
	/*
	 * Why it cannot leave, or NULL: "missing_value", "noise",
	 * "notice_missing", "no_postal_address", "no_unsub_mechanism",
	 * "subject_deceptive".
	 */
	const char	*reason;
	const char	*detail;	/* a line for people, with file and line */
};

/*
 * fu_message_render(in, arena, out, err):
 * Return 0 with ${out} filled in (look at out->reason), or -1 with FU_ECONFIG
 * when the template itself is wrong.
 *
 * Mail (FU_CH_EMAIL) has the footer in each part, where {{> footer}} stands or
 * at the end: the notice block when asked, the commercial line when basis is
 * not "consent" and the message not transactional, the postal address, and the
 * way out ("Don't want these emails? Unsubscribe: URL, or reply STOP.").  SMS
 * is as content/short.h has it.  Chat, task and WhatsApp have the body alone; by
 * a template it is that one's, and the parameters are the message's part of
 * it.  With thread_continue and a parent_subject the subject is "Re: " and that one.  A subject that begins
 * with Re: or Fwd: without a parent is "subject_deceptive", as is one that
 * presses with a date when the message brings nothing with a deadline.  [CS-01, CS-06,
 * CS-07, CS-08, GD-05, EM-20]
 */
int fu_message_render(const struct fu_message_in *, struct fu_arena *,
    struct fu_message_out *, struct fu_err *);

/* The key of the variant that a person gets; the same for ever. */
const char *fu_message_variant(const struct fu_message *, int64_t);

/*
 * fu_file_render(text, file, ctx, escape, arena, err):
 * A template that is no message: email.md and the JSON of templates/handoffs.
 * Missing values are "".  NULL with ${err} when it is wrong; with
 * FU_ESCAPE_JSON and FU_ESCAPE_SLACK also when the result is no JSON.
 */
const char *fu_file_render(const char *, const char *, const struct fu_ctx *,
    enum fu_escape, struct fu_arena *, struct fu_err *);

/* Markdown as the two parts of a mail; for hand-offs and service messages. */
const char *fu_mail_text(const char *, struct fu_arena *);
const char *fu_mail_html(const char *, const char *, struct fu_arena *);

#endif
