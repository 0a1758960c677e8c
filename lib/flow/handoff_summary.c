/*
 * What they need and what stands in the way, as they said it, short enough to
 * be read before the telephone is picked up.
 *
 * Must never conclude: it repeats fields, questions and objections.
 */
#include <string.h>
#include <strings.h>

#include "flow/handoff_room.h"

#define ITEM_MAX	80	/* bytes of one of their sentences */

static const char *const objection_kind[] = {
	"price", "timing", "trust", "feature", "authority", "status_quo"
};
static const char *const objection_name[] = {
	"price", "timing", "trust", "a feature", "authority",
	"what they have now"
};
#define NKIND (sizeof(objection_kind) / sizeof(objection_kind[0]))

static void
add(const char **list, size_t *n, const char *text)
{
	if (fu_blank(text) || *n == FU_SAID_MAX)
		return;
	for (size_t i = 0; i < *n; i++)
		if (fu_streq_nocase(list[i], text))
			return;
	list[(*n)++] = text;
}

/* A list in the record of an event: a demo's features and objections. */
static void
add_listed(const struct fu_object *body, const char *key, const char **list,
    size_t *n, struct fu_arena *arena)
{
	const struct fu_json	*value = fu_json_get(body, key);
	struct fu_json		*item;
	size_t			 nitem;

	if (value == NULL || value->type != FU_JSON_ARRAY)
		return;
	item = fu_json_items(arena, value, &nitem);
	for (size_t i = 0; i < nitem; i++)
		add(list, n, fu_handoff_quote(fu_json_scalar_text(arena,
		    &item[i]), ITEM_MAX, arena));
}

static const char *
attr(const struct fu_person *p, const char *name, struct fu_arena *arena)
{
	struct fu_json	 value;

	for (size_t i = 0; i < p->nattr; i++)
		if (fu_streq(p->attr[i].name, name) &&
		    fu_json_parse(p->attr[i].raw, &value, NULL) == 0)
			return (fu_json_scalar_text(arena, &value));
	return (NULL);
}

/* The first sentence of theirs that asks something; NULL if none does. */
static const char *
question_in(const char *text, struct fu_arena *arena)
{
	const char	*end = strchr(text, '?'), *from = end;

	if (end == NULL)
		return (NULL);
	while (from > text && strchr(".!\n", from[-1]) == NULL)
		from--;
	return (fu_handoff_quote(fu_dup_str(arena, (struct fu_str){ from,
	    (size_t)(end - from) + 1 }), ITEM_MAX, arena));
}

/* What they asked last; what the record says they asked, if nothing else. */
static const char *
question(const struct fu_person *p, const struct fu_event *event, size_t n,
    struct fu_arena *arena)
{
	const char	*asked;

	for (size_t i = n; i > 0; i--) {
		const struct fu_event	*e = &event[i - 1];

		if (e->text != NULL && e->from != FU_FROM_BOT &&
		    e->from != FU_FROM_REP &&
		    (asked = question_in(e->text, arena)) != NULL)
			return (asked);
	}
	return (fu_handoff_quote(attr(p, "question", arena), ITEM_MAX, arena));
}

/* Which objections stand: raised, and not resolved since. */
static void
objections_standing(const struct fu_event *e, struct fu_arena *arena,
    const char **standing)
{
	struct fu_json	 array, *item;
	const char	*signal;
	size_t		 n;

	if (e->signals == NULL || e->from == FU_FROM_BOT ||
	    e->from == FU_FROM_REP ||
	    fu_json_parse(fu_str_of(e->signals), &array, NULL) == -1 ||
	    array.type != FU_JSON_ARRAY)
		return;
	item = fu_json_items(arena, &array, &n);
	for (size_t i = 0; i < n; i++) {
		if ((signal = fu_json_text(arena, &item[i])) == NULL)
			continue;
		if (strcmp(signal, "objection_resolved") == 0)
			memset(standing, 0, NKIND * sizeof(*standing));
		if (strncmp(signal, "objection:", 10) != 0)
			continue;
		for (size_t k = 0; k < NKIND; k++)
			if (strcmp(signal + 10, objection_kind[k]) == 0)
				standing[k] = e->text != NULL ? e->text : "";
	}
}

static const char *
joined(const char *const *list, size_t n, struct fu_arena *arena)
{
	const char	*text = n > 0 ? list[0] : "";

	for (size_t i = 1; i < n; i++)
		text = fu_printf(arena, "%s; %s", text, list[i]);
	return (text);
}

/* "in Q3" and "by March" as one tells another: "timeline Q3".  NULL for none. */
static const char *
when(const char *timeline)
{
	static const char *const lead[] = { "in ", "by " };
	const char	*rest;

	if (fu_blank(timeline))
		return (NULL);
	for (size_t i = 0; i < sizeof(lead) / sizeof(lead[0]); i++) {
		if (strncasecmp(timeline, lead[i], 3) != 0)
			continue;
		rest = timeline + 3;
		if (*rest >= 'A' && *rest <= 'Z')
			return (rest);
	}
	return (timeline);
}

/* A sentence behind what is there. */
static const char *
with(const char *text, const char *name, const char *what,
    struct fu_arena *arena)
{
	return (fu_printf(arena, "%s%s %s%s ", text, name, what,
	    fu_handoff_ends(what) ? "" : "."));
}

static const char *
text_of(const struct fu_handoff_said *s, bool talked, struct fu_arena *arena)
{
	const char	*text = "";

	if (s->nneed > 0)
		text = with(text, "Needs:", joined(s->need, s->nneed, arena),
		    arena);
	if (s->nobjection > 0)
		text = with(text, "Objects:", joined(s->objection,
		    s->nobjection, arena), arena);
	if (s->amount != NULL)
		text = with(text, "Budget", s->amount, arena);
	if (s->timeline != NULL)
		text = with(text, "Timeline", s->timeline, arena);
	if (!talked)
		text = fu_printf(arena, "%sNo conversation yet.", text);
	return (fu_handoff_quote(text, FU_SUMMARY_MAX - 3, arena));
}

void
fu_handoff_summarise(const struct fu_person *p, const struct fu_event *event,
    size_t n, struct fu_arena *arena, struct fu_handoff_said *s)
{
	const char		*standing[NKIND] = { NULL }, *quote;
	struct fu_object	 body;
	bool			 talked = false;

	memset(s, 0, sizeof(*s));
	add(s->need, &s->nneed, p->f[FU_F_INTEREST]);
	add(s->need, &s->nneed, question(p, event, n, arena));
	for (size_t i = 0; i < n; i++) {
		const struct fu_event	*e = &event[i];

		talked = talked || (e->text != NULL && (e->kind == FU_K_CHAT ||
		    e->kind == FU_K_REPLY || e->kind == FU_K_MESSAGE));
		objections_standing(e, arena, standing);
		if ((e->kind != FU_K_DEMO && e->kind != FU_K_MEETING) ||
		    e->body == NULL || fu_json_object(arena,
		    fu_str_of(e->body), &body, NULL) == -1)
			continue;
		add_listed(&body, "features", s->need, &s->nneed, arena);
		add_listed(&body, "questions", s->need, &s->nneed, arena);
		add_listed(&body, "objections", s->objection, &s->nobjection,
		    arena);
	}
	for (size_t k = 0; k < NKIND; k++) {
		if (standing[k] == NULL)
			continue;
		quote = fu_handoff_quote(standing[k], ITEM_MAX, arena);
		add(s->objection, &s->nobjection, *quote == '\0' ?
		    objection_name[k] : fu_printf(arena, "%s (“%s”)",
		    objection_name[k], quote));
	}
	s->amount = fu_handoff_amount(p, event, n, arena);
	s->timeline = when(p->f[FU_F_TIMELINE]);
	s->text = text_of(s, talked, arena);
}
