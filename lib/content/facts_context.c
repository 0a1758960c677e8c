/*
 * What every template can name, made of what is known of a person.
 *
 * Must never name more than the manual lists: a fact that a template uses is a
 * promise.
 */
#include <string.h>

#include "content/insight.h"
#include "content/render.h"

const char *const fu_context_names[] = { "topic", "question", "objection",
	"feature_1", "feature_2", "feature_3", "timeline", "insight",
	"insight.text", "insight.url", "insight.title", "insight.kind",
	"insight.deadline", "sender", "sender.name", "sender.title",
	"sender.phone", "sender.email", "company_name", "links", "links.book",
	"links.unsubscribe", "links.chat", NULL };

static void
put_fact(struct fu_ctx *ctx, const char *name, const struct fu_value *value)
{
	struct fu_ctx *node;

	switch (value->type) {
	case FU_V_NULL:
		break;
	case FU_V_INT:
		fu_ctx_set_int(ctx, name, value->i);
		break;
	case FU_V_REAL:
		node = fu_ctx_text(ctx->arena,
		    fu_printf(ctx->arena, "%.15g", value->r));
		node->zero = value->r == 0;
		fu_ctx_set(ctx, name, node);
		break;
	case FU_V_TEXT:
		fu_ctx_set_text(ctx, name, value->s);
		break;
	}
}

/* Custom columns under their own names; those of facts are not theirs. */
static void
put_attrs(struct fu_ctx *ctx, const struct fu_person *person)
{
	struct fu_json value;
	size_t i;

	for (i = 0; i < person->nattr; i++)
		if (fu_fact_find(person->attr[i].name) == -1 &&
		    fu_json_parse(person->attr[i].raw, &value, NULL) == 0)
			fu_ctx_set_text(ctx, person->attr[i].name,
			    fu_json_scalar_text(ctx->arena, &value));
}

static struct fu_ctx *
sender_object(struct fu_arena *arena, const struct fu_sender *sender)
{
	struct fu_ctx *object = fu_ctx_object(arena);

	fu_ctx_set_text(object, "name", sender->name);
	fu_ctx_set_text(object, "email", sender->email);
	fu_ctx_set_text(object, "title", sender->title);
	fu_ctx_set_text(object, "phone", sender->phone);
	return (object);
}

/* "18 June 2026": a person reads it, not a program. */
static const char *
date_words(struct fu_date date, struct fu_arena *arena)
{
	return (fu_printf(arena, "%d %s %d", date.day,
	    fu_month_name(date.month), date.year));
}

static struct fu_ctx *
insight_object(struct fu_arena *arena, const struct fu_document *insight)
{
	struct fu_ctx *object = fu_ctx_object(arena);

	fu_ctx_set_text(object, "text", fu_insight_text(insight, arena));
	fu_ctx_set_text(object, "url", insight->url);
	fu_ctx_set_text(object, "title", insight->title);
	fu_ctx_set_text(object, "kind", insight->kind);
	if (insight->deadline != FU_NO_DAY)
		fu_ctx_set_text(object, "deadline",
		    date_words(fu_date_of_days(insight->deadline), arena));
	return (object);
}

struct fu_ctx *
fu_context_make(struct fu_arena *arena, const struct fu_config *config,
    const struct fu_facts *facts, const struct fu_sender *sender,
    const struct fu_document *insight, const struct fu_links *links)
{
	struct fu_ctx *ctx = fu_ctx_object(arena), *object;
	int i;

	if (facts != NULL && facts->subject != NULL &&
	    facts->subject->person != NULL)
		put_attrs(ctx, facts->subject->person);
	for (i = 0; facts != NULL && i < FU_FACT_N; i++)
		put_fact(ctx, fu_fact_defs[i].name, &facts->v[i]);
	fu_ctx_set_text(ctx, "company_name", config->company.name);
	if (sender != NULL)
		fu_ctx_set(ctx, "sender", sender_object(arena, sender));
	if (insight != NULL)
		fu_ctx_set(ctx, "insight", insight_object(arena, insight));
	if (links != NULL) {
		object = fu_ctx_object(arena);
		fu_ctx_set_text(object, "book", links->book);
		fu_ctx_set_text(object, "unsubscribe", links->unsubscribe);
		fu_ctx_set_text(object, "chat", links->chat);
		fu_ctx_set(ctx, "links", object);
	}
	return (ctx);
}
