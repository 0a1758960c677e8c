/*
 * The words of what fu-send delivers: messages and the templates of hand-offs,
 * rendered for one person.
 *
 * Knows no store and no gate.
 */
#ifndef FU_FLOW_SEND_TEXT_H
#define FU_FLOW_SEND_TEXT_H

#include "base/hash.h"
#include "config/document.h"
#include "config/message.h"
#include "content/context.h"
#include "content/mustache.h"
#include "policy/facts.h"

struct fu_text_in {
	const struct fu_config	*config;
	const struct fu_keys	*keys;
	const struct fu_facts	*facts;	/* with person and events */
	const struct fu_sender	*sender;
	const struct fu_message	*message;
	const struct fu_document *insight;	/* or NULL */
	enum fu_channel		 channel;
	int64_t			 touch;
	bool			 notice;	/* put the notice in */
	const char		*parent_subject; /* or NULL */
	const struct fu_list	*noise, *urgency;
	bool			 identify;	/* see content/render.h */
	bool			 inert;		/* links act for nobody */
	const struct fu_wa_template *template;	/* or NULL */
};

struct fu_text_out {
	const char	*subject, *text, *html, *variant;
	const char	*unsubscribe;	/* url, or NULL */
	bool		 has_notice, way_out, identified;
	struct fu_list	 parameters;	/* of the template */
	const char	*reason, *detail;	/* in the way, or NULL */
};

/*
 * fu_text_touch(in, arena, out, err): a message for a person; -1 with
 * FU_ECONFIG when its template is wrong.
 * fu_text_check(message, arena, faults): are its templates well formed?
 * fu_text_check_templates(config, arena, faults): is what fills WhatsApp's?
 */
int fu_text_touch(const struct fu_text_in *, struct fu_arena *,
    struct fu_text_out *, struct fu_err *);
void fu_text_check(const struct fu_message *, struct fu_arena *,
    struct fu_faults *);
void fu_text_check_templates(const struct fu_config *, struct fu_arena *,
    struct fu_faults *);

/*
 * fu_text_brief(text, file, ctx, arena, out, err):
 * The mail of a hand-off: front matter with a subject, and a body.
 * fu_text_json(text, file, ctx, escape, arena, err): its JSON, for a webhook
 * with FU_ESCAPE_JSON, for slack with FU_ESCAPE_SLACK.
 * fu_text_slack(text, arena, err): a plain text as Slack's JSON.
 */
int fu_text_brief(struct fu_str, const char *, const struct fu_ctx *,
    struct fu_arena *, struct fu_text_out *, struct fu_err *);
const char *fu_text_json(struct fu_str, const char *, const struct fu_ctx *,
    enum fu_escape, struct fu_arena *, struct fu_err *);
const char *fu_text_slack(const char *, struct fu_arena *, struct fu_err *);

/*
 * fu_words_of(facts, ctx, arena):
 * topic, question, objection and feature_1..3 into ${ctx}: the last that the
 * person said, asked, objected to, and asked about in a demo that was held.
 * What nobody said has no value.
 */
void fu_words_of(const struct fu_facts *, struct fu_ctx *, struct fu_arena *);

/*
 * fu_words_time, fu_words_moment: "Mon 16 March, 08:30 GMT+1", "6 March, 15:12".
 */
const char *fu_words_time(int64_t, const struct fu_zone *, struct fu_arena *);
const char *fu_words_moment(int64_t, const struct fu_zone *,
    struct fu_arena *);

#endif
