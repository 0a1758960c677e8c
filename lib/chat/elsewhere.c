/*
 * The same conversation elsewhere: who may be answered by text or mail, whose
 * words wait on the site, and which mail goes on with it.
 *
 * Must never send, nor say what the gate would not let leave.
 */
#include <string.h>

#include "chat/room.h"
#include "flow/answer.h"
#include "store/events.h"
#include "store/identity.h"
#include "store/turns.h"

static int
may(struct fu_session *s, const struct fu_case *c, enum fu_channel channel,
    struct fu_arena *arena, const char **why, struct fu_err *err)
{
	const char		*to = c->p.person.f[channel == FU_CH_EMAIL ?
	    FU_F_EMAIL : FU_F_PHONE];
	struct fu_verdict	 v;

	*why = NULL;
	if (to == NULL || !s->config.channel[channel].given) {
		*why = to == NULL ? "no_address" : "no_channel";
		return (0);
	}
	if (fu_answer_ask(s, c, FU_TC_ANSWER, channel, to, arena, &v, err) ==
	    -1)
		return (-1);
	/* What has only to wait for its hour is said then. */
	if (v.class != FU_ALLOW && v.class != FU_DEFER)
		*why = fu_reasons[v.reason].name;
	return (*why == NULL);
}

int
fu_chat_looked(struct fu_chat *chat, const struct fu_chat_way *w,
    struct fu_err *err)
{
	if (w->turn->event == 0 || w->prospect == 0)
		return (0);
	return (fu_turn_asks_over(&chat->session->store, w->prospect,
	    w->turn->event, err));
}

int
fu_chat_may_answer(struct fu_chat *chat, struct fu_chat_way *w,
    struct fu_err *err)
{
	if (w->turn->channel == NULL)
		return (1);
	return (may(chat->session, &w->c, (enum fu_channel)fu_channel_find(
	    w->turn->channel), w->arena, &w->turn->silent, err));
}

/* By which channel they wrote last: NULL is the site. */
static const char *
last_channel(const struct fu_event *e, size_t n)
{
	while (n-- > 0) {
		if (e[n].kind == FU_K_CHAT && e[n].from == FU_FROM_PROSPECT)
			return (NULL);
		if (e[n].kind == FU_K_REPLY && (fu_streq(e[n].channel,
		    "sms") || fu_streq(e[n].channel, "whatsapp")))
			return (e[n].channel);
	}
	return (NULL);
}

int
fu_chat_channel(struct fu_session *s, int64_t prospect,
    struct fu_arena *arena, const char **channel, struct fu_err *err)
{
	struct fu_case	*c = fu_alloc(arena, sizeof(*c));
	const char	*why;
	int		 rc;

	*channel = NULL;
	rc = fu_case_load(s, prospect, 0, arena, c, err);
	if (rc != 1)
		return (rc);
	*channel = last_channel(c->event, c->nevent);
	if (*channel == NULL)
		return (0);
	rc = may(s, c, (enum fu_channel)fu_channel_find(*channel), arena, &why,
	    err);
	if (rc == 0)
		*channel = NULL;
	return (rc == -1 ? -1 : 0);
}

static int
whose(struct fu_session *s, const char *visitor, int64_t *prospect,
    struct fu_err *err)
{
	struct fu_holders	 h;

	if (fu_identity_find(&s->store, FU_ID_VISITOR, visitor, &h, err) == -1)
		return (-1);
	*prospect = h.n > 0 ? h.id[0] : 0;
	return (0);
}

int
fu_chat_asking(struct fu_session *s, int64_t after, size_t max,
    struct fu_arena *arena, struct fu_chat_asks **asks, size_t *n,
    struct fu_err *err)
{
	struct fu_turn_asks	*t;

	if (fu_turns_asking(&s->store, fu_session_now(s) - FU_DAY, after, max,
	    arena, &t, n, err) == -1)
		return (-1);
	*asks = fu_alloc_array(arena, *n + 1, sizeof(**asks));
	for (size_t i = 0; i < *n; i++)
		(*asks)[i] = (struct fu_chat_asks){ t[i].id, t[i].prospect,
			t[i].event, t[i].body };
	return (0);
}

int
fu_chat_waiting(struct fu_session *s, const char *visitor, int64_t after,
    struct fu_arena *arena, struct fu_chat_word **word, size_t *n,
    struct fu_err *err)
{
	struct fu_turn	*t;
	int64_t		 prospect;

	*n = 0;
	if (whose(s, visitor, &prospect, err) == -1)
		return (-1);
	if (prospect == 0)
		return (0);
	if (fu_turns_waiting(&s->store, prospect, visitor, after, arena, &t, n,
	    err) == -1)
		return (-1);
	*word = fu_alloc_array(arena, *n + 1, sizeof(**word));
	for (size_t i = 0; i < *n; i++)
		(*word)[i] = (struct fu_chat_word){ t[i].id, t[i].at_us,
			t[i].from, t[i].rep, t[i].text };
	return (0);
}

int
fu_chat_fetched(struct fu_session *s, const char *visitor, int64_t through,
    struct fu_err *err)
{
	int64_t	 prospect;

	if (whose(s, visitor, &prospect, err) == -1)
		return (-1);
	if (prospect == 0)
		return (0);
	if (fu_session_begin(s, err) == -1)
		return (-1);
	if (fu_turns_fetched(&s->store, prospect, visitor, through, err) == 0)
		return (fu_session_commit(s, err));
	fu_session_rollback(s);
	return (-1);
}

int
fu_chat_continues(struct fu_session *s, const char *in_reply_to,
    const char *references, struct fu_arena *arena, struct fu_err *err)
{
	int64_t	 prospect;
	int	 rc = fu_answer_to(s, in_reply_to, arena, &prospect, err);

	return (rc != 0 ? rc : fu_answer_to(s, references, arena, &prospect,
	    err));
}
