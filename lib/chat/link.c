/*
 * Who comes by a link of a mail of ours: what that mail was about.
 *
 * Must never tell a figure, nor what was said: a forwarded link is in other
 * hands, and joins nobody.
 */
#include <string.h>

#include "chat/room.h"
#include "content/link.h"
#include "store/touches.h"

#define TOPIC_MAX	120	/* bytes: more is no topic */

/* What it showed, by the title that anybody may read. */
static const char *
title_of(const struct fu_chat *chat, const char *doc)
{
	for (size_t i = 0; doc != NULL && i < chat->knowledge.n; i++)
		if (fu_streq(chat->knowledge.document[i].path, doc))
			return (chat->knowledge.document[i].title);
	return (NULL);
}

/* A subject is a topic unless a figure is in it. */
static const char *
topic_of(const char *subject)
{
	static const char	 again[] = "Re: ";

	if (fu_blank(subject))
		return (NULL);
	while (strncmp(subject, again, sizeof(again) - 1) == 0)
		subject += sizeof(again) - 1;
	return (strpbrk(subject, "0123456789") != NULL ? NULL : subject);
}

int
fu_chat_link(struct fu_chat *chat, struct fu_chat_way *w, struct fu_err *err)
{
	struct fu_session	*s = chat->session;
	struct fu_str		 text;
	struct fu_token		 token;
	struct fu_touch_row	 row;
	const char		*doc, *topic;
	int			 rc;

	if (w->turn->link != NULL)
		text = fu_str_of(w->turn->link);
	else if (w->turn->url == NULL || !fu_link_token(fu_str_of(
	    w->turn->url), &text))
		return (0);
	if (!fu_token_check(&s->keys, text, FU_TOKEN_CHAT, &token))
		return (0);
	if ((rc = fu_touch_load(&s->store, token.touch, w->arena, &row,
	    err)) != 1)
		return (rc);
	if (fu_shown_of_touch(&s->store, row.t.prospect, row.t.id, w->arena,
	    &doc, err) == -1)
		return (-1);
	topic = title_of(chat, doc);
	if (topic == NULL)
		topic = topic_of(row.subject);
	if (topic != NULL && strlen(topic) <= TOPIC_MAX)
		w->about = topic;
	return (0);
}
