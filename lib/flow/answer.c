/*
 * Answers put down, and mail of ours that is answered.
 *
 * Must never put down the same words twice, nor believe an id that we did not
 * sign.
 */
#include <stdlib.h>
#include <string.h>

#include "content/token.h"
#include "flow/answer.h"
#include "flow/service.h"
#include "store/dispatch.h"
#include "store/turns.h"

#define TEXT_US		FU_DAY
#define MAIL_US		(7 * FU_DAY)
#define IDS_MAX		20	/* of a thread, the newest */

int
fu_answer_ask(struct fu_session *s, const struct fu_case *known,
    enum fu_touch_class class, enum fu_channel channel, const char *to,
    struct fu_arena *arena, struct fu_verdict *v, struct fu_err *err)
{
	struct fu_case		*c = fu_alloc(arena, sizeof(*c));
	struct fu_ledger_state	 state;
	struct fu_touch		 t = { .channel = channel };
	struct fu_gate_in	 in = { .now_us = fu_session_now(s),
		.config = &s->config, .rulebook = s->rulebook, .touch = &t,
		.class = class, .person = &c->p.person, .ledger = &state,
		.content = FU_R_NONE, .channel_paused = FU_R_NONE,
		.doubt_us = FU_NEVER, .last_inbound_wa_us = FU_NEVER,
		.template = FU_TPL_NONE };

	c->p = known->p;
	if (c->p.id != 0)
		in.last_inbound_wa_us = c->p.last_inbound_wa_us;
	c->p.person.f[channel == FU_CH_EMAIL ? FU_F_EMAIL : FU_F_PHONE] = to;
	if (fu_service_ledger(s, c, channel, arena, &state, err) == -1)
		return (-1);
	*v = fu_gate_decide(&in);
	return (0);
}

static const char *
package_json(const struct fu_answer *a, struct fu_arena *arena)
{
	struct fu_buf	 buf, text;
	struct fu_jw	 jw;
	const char	*json;

	fu_buf_init(&text);
	for (size_t i = 0; i < a->n; i++)
		fu_buf_printf(&text, "%s%s", i > 0 ? "\n\n" : "",
		    a->words[i].text);
	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "type", "service");
	fu_jw_str(&jw, "service", FU_SERVICE_ANSWER);
	fu_jw_str(&jw, "text", fu_dup_buf(arena, &text));
	if (a->n > 0 && a->words[a->n - 1].rep != NULL)
		fu_jw_str(&jw, "rep", a->words[a->n - 1].rep);
	if (a->in_reply_to != NULL)
		fu_jw_str(&jw, "in_reply_to", a->in_reply_to);
	if (a->waited)
		fu_jw_bool(&jw, "waited", true);
	fu_jw_array(&jw, "words");
	for (size_t i = 0; i < a->n; i++) {
		fu_jw_object(&jw, NULL);
		fu_jw_str(&jw, "from", a->words[i].from == FU_FROM_REP ?
		    "rep" : "bot");
		if (a->words[i].rep != NULL)
			fu_jw_str(&jw, "rep", a->words[i].rep);
		fu_jw_str(&jw, "text", a->words[i].text);
		fu_jw_object_end(&jw);
	}
	fu_jw_array_end(&jw);
	fu_jw_object_end(&jw);
	json = fu_dup_buf(arena, &buf);
	fu_buf_free(&buf);
	fu_buf_free(&text);
	return (json);
}

int
fu_answer_put(struct fu_session *s, const struct fu_answer *a,
    struct fu_arena *arena, int64_t *dispatch, struct fu_err *err)
{
	struct fu_store		*store = &s->store;
	struct fu_dispatch	 d = { .prospect = a->prospect,
		.kind = "service", .state = FU_T_PLANNED,
		.due_us = store->now_us, .next_us = store->now_us,
		.expires_us = store->now_us + (a->channel == FU_CH_EMAIL ?
		    MAIL_US : TEXT_US), .lease_us = FU_NEVER };
	struct fu_buf		 buf;
	struct fu_jw		 jw;

	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "channel", fu_channel_name(a->channel));
	fu_jw_str(&jw, "to", a->to);
	fu_jw_object_end(&jw);
	d.destination = fu_dup_buf(arena, &buf);
	fu_buf_free(&buf);
	d.package = package_json(a, arena);
	if (fu_dispatch_add(store, &d, err) == -1)
		return (-1);
	*dispatch = d.id;
	return (0);
}

int
fu_answer_due(struct fu_session *s, int64_t prospect, struct fu_arena *arena,
    struct fu_err *err)
{
	struct fu_prospect	 p;
	struct fu_answer	 a = { .prospect = prospect,
		.channel = FU_CH_EMAIL, .waited = true };
	struct fu_words		*words;
	struct fu_turn		*t;
	size_t			 n;
	int64_t			 dispatch = 0;
	int			 rc;

	if ((rc = fu_prospect_load(&s->store, prospect, arena, &p, err)) ==
	    -1 || fu_turns_waiting(&s->store, prospect, NULL, 0, arena, &t,
	    &n, err) == -1)
		return (-1);
	words = fu_alloc_array(arena, n + 1, sizeof(*words));
	for (size_t i = 0; i < n; i++)
		if (t[i].next_us != FU_NEVER && t[i].next_us <=
		    s->store.now_us)
			words[a.n++] = (struct fu_words){ t[i].from, t[i].rep,
			    t[i].text };
	a.words = words;
	a.to = rc == 1 ? p.person.f[FU_F_EMAIL] : NULL;
	if (a.to != NULL && a.n > 0 &&
	    s->config.channel[FU_CH_EMAIL].given &&
	    fu_answer_put(s, &a, arena, &dispatch, err) == -1)
		return (-1);
	return (fu_turns_leave(&s->store, prospect, dispatch, err));
}

/* The mail with that id, if it is one of these.  1, 0, -1. */
static int
by_id(struct fu_session *s, struct fu_str id, struct fu_arena *arena,
    int64_t *prospect, struct fu_err *err)
{
	struct fu_dispatch	 d;
	struct fu_object	 o;
	char			 ref[FU_REF_MAX + 1];
	int64_t			 n;
	int			 rc;

	if (!fu_message_id_check(&s->keys, id, ref) || ref[0] != 'd' ||
	    (n = fu_ref_touch(ref + 1)) == 0)
		return (0);
	rc = fu_dispatch_load(&s->store, n, arena, &d, err);
	if (rc != 1 || strcmp(d.kind, "service") != 0 ||
	    fu_json_object(arena, fu_str_of(d.package), &o, NULL) == -1 ||
	    !fu_streq(fu_json_text(arena, fu_json_get(&o, "service")),
	    FU_SERVICE_ANSWER))
		return (rc == -1 ? -1 : 0);
	*prospect = d.prospect;
	return (1);
}

int
fu_answer_to(struct fu_session *s, const char *ids, struct fu_arena *arena,
    int64_t *prospect, struct fu_err *err)
{
	static const char	 between[] = " \t\r\n,";
	const char		*end = ids == NULL ? NULL : ids + strlen(ids);
	const char		*from;
	int			 rc = 0;

	for (int i = 0; i < IDS_MAX && end != NULL && end > ids && rc == 0;
	    i++) {
		while (end > ids && strchr(between, end[-1]) != NULL)
			end--;
		for (from = end; from > ids && strchr(between, from[-1]) ==
		    NULL; from--)
			continue;
		if (from < end)
			rc = by_id(s, (struct fu_str){ from, (size_t)(end -
			    from) }, arena, prospect, err);
		end = from;
	}
	return (rc);
}
