/*
 * Words of ours that are to reach somebody, put down with the event that
 * records them; and a mail that answers such words.
 *
 * Must never put them down for an event that was there already.
 */
#include <string.h>

#include "flow/answer.h"
#include "flow/ingest_room.h"
#include "store/turns.h"

static const char *
text_of(struct fu_ingest *in, const struct fu_ingest_row *row,
    const char *member)
{
	return (fu_json_text(&in->scratch, fu_json_get(row->object, member)));
}

/* For who is on the site, or comes back to it. */
static int
on_the_site(struct fu_ingest *in, const struct fu_ingest_row *row,
    struct fu_err *err)
{
	const struct fu_event	*e = &row->event;
	struct fu_turn		 t = { .prospect = e->prospect,
		.at_us = e->at_us, .from = e->from, .text = e->text,
		.rep = text_of(in, row, "by"),
		.visitor = text_of(in, row, "visitor"),
		.next_us = e->at_us + FU_UNFETCHED_US };

	return (fu_turn_add(&in->session->store, &t, err));
}

int
fu_ingest_say(struct fu_ingest *in, const struct fu_ingest_row *row,
    struct fu_err *err)
{
	const struct fu_event	*e = &row->event;
	struct fu_words		 words = { e->from, text_of(in, row, "by"),
		e->text };
	struct fu_answer	 a = { .prospect = e->prospect,
		.in_reply_to = text_of(in, row, "in_reply_to"),
		.words = &words, .n = 1 };
	struct fu_intake	 p;
	int64_t			 dispatch;
	int			 channel, rc;
	bool			 deliver;

	if ((e->from != FU_FROM_REP && e->from != FU_FROM_BOT) ||
	    fu_blank(e->text) || !fu_json_bool(fu_json_get(row->object,
	    FU_DELIVER), &deliver) || !deliver)
		return (0);
	channel = e->channel == NULL ? FU_CH_CHAT : fu_channel_find(
	    e->channel);
	if (channel != FU_CH_SMS && channel != FU_CH_WHATSAPP &&
	    channel != FU_CH_EMAIL)
		return (on_the_site(in, row, err));
	if ((rc = fu_intake_load(&in->session->store, e->prospect,
	    &in->scratch, &p, err)) != 1)
		return (rc);
	a.channel = (enum fu_channel)channel;
	a.to = p.f[channel == FU_CH_EMAIL ? FU_F_EMAIL : FU_F_PHONE];
	if (a.to == NULL)
		return (0);
	return (fu_answer_put(in->session, &a, &in->scratch, &dispatch, err));
}

int
fu_ingest_asks(struct fu_ingest *in, const struct fu_event *e,
    struct fu_err *err)
{
	int64_t	 prospect;
	int	 rc = 1;

	if (e->kind != FU_K_REPLY || e->id == 0)
		return (0);
	if (!fu_streq(e->channel, "sms") && !fu_streq(e->channel, "whatsapp"))
		rc = fu_ingest_conversation(in, e, &prospect, err);
	if (rc != 1)
		return (rc);
	return (fu_turn_asks_add(&in->session->store, e->prospect, e->id,
	    e->at_us, err));
}

int
fu_ingest_conversation(struct fu_ingest *in, const struct fu_event *e,
    int64_t *prospect, struct fu_err *err)
{
	static const char *const	 member[] = { "in_reply_to",
		"references" };
	struct fu_object		 o;
	int				 rc = 0;

	if (e->kind != FU_K_REPLY || e->body == NULL ||
	    strstr(e->body, "<d") == NULL)
		return (0);
	if (fu_json_object(&in->scratch, fu_str_of(e->body), &o, NULL) == -1)
		return (0);
	for (size_t i = 0; i < sizeof(member) / sizeof(*member) && rc == 0; i++)
		rc = fu_answer_to(in->session, fu_json_text(&in->scratch,
		    fu_json_get(&o, member[i])), &in->scratch, prospect, err);
	return (rc);
}
