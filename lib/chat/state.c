/*
 * Folding a conversation from its turns.
 */
#include "chat/state.h"

#include <string.h>

#include "record/json.h"

/* Is it a turn of that visitor's conversation, theirs or ours to them? */
static bool
is_turn(const struct fu_event *e, const struct fu_object *body,
    const char *visitor, struct fu_arena *arena)
{
	/* By text or mail it is the person's, of no visitor. */
	if (e->kind == FU_K_REPLY && visitor != NULL)
		return (false);
	return (visitor == NULL || fu_streq(visitor, fu_json_text(arena,
	    fu_json_get(body, "visitor"))));
}

_Static_assert(FU_SAY_N <= 32, "fu_chat_state.last has a bit each");

/* What a turn of ours said: bits. */
static unsigned
parts_of(const struct fu_object *body, struct fu_arena *arena)
{
	const struct fu_json	*list = fu_json_get(body, "said");
	struct fu_json		*item;
	unsigned		 parts = 0;
	size_t			 n;

	if (list == NULL || list->type != FU_JSON_ARRAY)
		return (0);
	item = fu_json_items(arena, list, &n);
	for (size_t i = 0; i < n; i++)
		for (int p = 0; p < FU_SAY_N; p++)
			if (fu_streq(fu_json_text(arena, &item[i]),
			    fu_chat_part_name((enum fu_chat_part)p)))
				parts |= 1U << p;
	return (parts);
}

static bool
said(const struct fu_chat_state *s, enum fu_chat_part part)
{
	return ((s->last >> part & 1) != 0);
}

/* A visit is over: what was asked in it does not count for the next. */
static void
end_visit(struct fu_chat_state *s)
{
	if (s->question != NULL)
		s->before = s->question;
	s->question = s->sought = NULL;
	s->ours = NULL;
	s->last = 0;
	s->asked = FU_ASK_NONE;
	s->channel = NULL;
	s->asked_visit = s->answered = s->unknown = 0;
	s->refused = false;
}

static void
keep(const char **to, const struct fu_object *o, const char *member,
    struct fu_arena *arena)
{
	const char	*text = fu_json_text(arena, fu_json_get(o, member));

	if (!fu_blank(text))
		*to = text;
}

/* "EUR 30,000", as it was read. */
static const char *
amount(const struct fu_object *budget, struct fu_arena *arena)
{
	const char	*currency = NULL;
	int64_t		 n;

	keep(&currency, budget, "currency", arena);
	if (!fu_json_int(fu_json_get(budget, "amount"), &n))
		return (NULL);
	return (fu_printf(arena, "%s%s%lld", currency == NULL ? "" : currency,
	    currency == NULL ? "" : " ", (long long)n));
}

/* What was read out of a text of theirs, as their turn carries it. */
static void
take_extracted(struct fu_chat_state *s, const struct fu_object *body,
    struct fu_arena *arena)
{
	const struct fu_json	*member = fu_json_get(body, "extracted");
	struct fu_object	 o, part;
	struct fu_err		 err;

	if (member == NULL || fu_json_object(arena, member->raw, &o, &err) ==
	    -1)
		return;
	keep(&s->topic, &o, "topic", arena);
	keep(&s->title, &o, "title", arena);
	keep(&s->email, &o, "email", arena);
	keep(&s->phone, &o, "phone", arena);
	member = fu_json_get(&o, "timeline");
	if (member != NULL && fu_json_object(arena, member->raw, &part,
	    &err) == 0)
		keep(&s->timeline, &part, "text", arena);
	member = fu_json_get(&o, "budget");
	if (member != NULL && fu_json_object(arena, member->raw, &part,
	    &err) == 0 && amount(&part, arena) != NULL) {
		s->budget = amount(&part, arena);
		s->budget_per = NULL;
		keep(&s->budget_per, &part, "per", arena);
	}
}

/* The mail by whose link they came: for this visit. */
static void
take_link(struct fu_chat_state *s, const struct fu_event *e,
    const char *visitor, int64_t now_us, struct fu_arena *arena)
{
	struct fu_object	 body;
	struct fu_err		 err;

	if (now_us - e->at_us >= FU_CHAT_VISIT_US || visitor == NULL ||
	    e->body == NULL || strstr(e->body, "\"about\"") == NULL ||
	    fu_json_object(arena, fu_str_of(e->body), &body, &err) == -1 ||
	    !fu_streq(visitor, fu_json_text(arena, fu_json_get(&body,
	    "visitor"))))
		return;
	keep(&s->about, &body, "about", arena);
}

static void
take_theirs(struct fu_chat_state *s, const struct fu_event *e,
    const struct fu_object *body, struct fu_arena *arena)
{
	const char	*question = fu_json_text(arena, fu_json_get(body,
	    "question"));

	s->theirs[s->ntheirs++] = e;
	if (!fu_blank(question))
		s->question = s->sought = question;
	keep(&s->sought, body, "sought", arena);
	take_extracted(s, body, arena);
}

static void
take_sources(struct fu_chat_state *s, const struct fu_object *body,
    struct fu_arena *arena)
{
	const struct fu_json	*list = fu_json_get(body, "sources");
	struct fu_json		*item;
	struct fu_object	 o;
	struct fu_err		 err;
	size_t			 n;

	if (list == NULL || list->type != FU_JSON_ARRAY)
		return;
	item = fu_json_items(arena, list, &n);
	for (size_t i = 0; i < n; i++) {
		if (fu_json_object(arena, item[i].raw, &o, &err) == -1)
			continue;
		s->cited = fu_grow(arena, s->cited, s->ncited, &s->cited_cap,
		    sizeof(*s->cited));
		s->cited[s->ncited++] = fu_json_text(arena, fu_json_get(&o,
		    "doc"));
	}
}

static void
take_ours(struct fu_chat_state *s, const struct fu_event *e,
    const struct fu_object *body, struct fu_arena *arena)
{
	s->ours = e->text;
	s->asked = fu_chat_ask_find(fu_json_text(arena, fu_json_get(body,
	    "asked")));
	s->channel = NULL;
	keep(&s->channel, body, "asked_channel", arena);
	if (s->asked != FU_ASK_NONE) {
		s->ever |= 1U << s->asked;
		s->asked_visit++;
	}
	s->last = parts_of(body, arena);
	take_sources(s, body, arena);
	s->refused = s->refused || said(s, FU_SAY_REFUSED) ||
	    said(s, FU_SAY_CONSENT_NO) ||
	    said(s, FU_SAY_STOPPED);
	if (said(s, FU_SAY_ANSWER)) {
		s->answered++;
		s->unknown = 0;
	}
	if (said(s, FU_SAY_UNKNOWN))
		s->unknown++;
	if (said(s, FU_SAY_CALLED) ||
	    said(s, FU_SAY_CALLED_ALREADY))
		s->called_us = e->at_us;
}

void
fu_chat_state_fold(const struct fu_event *e, size_t n, const char *visitor,
    int64_t now_us, struct fu_arena *arena, struct fu_chat_state *s)
{
	memset(s, 0, sizeof(*s));
	s->called_us = s->last_us = FU_NEVER;
	s->theirs = fu_alloc_array(arena, n + 1, sizeof(*s->theirs));
	for (size_t i = 0; i < n; i++) {
		struct fu_object	 body;
		struct fu_err		 err;

		if (e[i].kind == FU_K_CHAT || e[i].kind == FU_K_VISIT)
			take_link(s, &e[i], visitor, now_us, arena);
		if ((e[i].kind != FU_K_CHAT && e[i].kind != FU_K_REPLY) ||
		    e[i].body == NULL || fu_json_object(arena,
		    fu_str_of(e[i].body), &body, &err) == -1 ||
		    !is_turn(&e[i], &body, visitor, arena))
			continue;
		if (s->last_us != FU_NEVER &&
		    e[i].at_us - s->last_us >= FU_CHAT_VISIT_US)
			end_visit(s);
		s->last_us = e[i].at_us;
		s->begun = true;
		if (e[i].from == FU_FROM_BOT)
			take_ours(s, &e[i], &body, arena);
		else if (e[i].from != FU_FROM_REP)
			take_theirs(s, &e[i], &body, arena);
	}
	s->fresh = s->last_us == FU_NEVER ||
	    now_us - s->last_us >= FU_CHAT_VISIT_US;
	if (s->fresh)
		end_visit(s);
}
