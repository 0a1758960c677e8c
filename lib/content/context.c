/*
 * The tree of values that templates see.
 *
 * Must never look anything up outside the tree: what a template can say is
 * what was put here.
 */
#include <inttypes.h>
#include <string.h>

#include "content/context.h"

static struct fu_ctx *
ctx_new(struct fu_arena *arena, enum fu_ctx_type type)
{
	struct fu_ctx *node = fu_alloc(arena, sizeof(*node));

	node->type = type;
	node->arena = arena;
	return (node);
}

struct fu_ctx *
fu_ctx_object(struct fu_arena *arena)
{
	return (ctx_new(arena, FU_CTX_OBJECT));
}

struct fu_ctx *
fu_ctx_list(struct fu_arena *arena)
{
	return (ctx_new(arena, FU_CTX_LIST));
}

struct fu_ctx *
fu_ctx_text(struct fu_arena *arena, const char *text)
{
	struct fu_ctx *node;

	node = ctx_new(arena, text != NULL ? FU_CTX_TEXT : FU_CTX_FALSE);
	node->text = text;
	return (node);
}

static void
ctx_append(struct fu_ctx *node, const char *key, struct fu_ctx *value)
{
	node->member = fu_grow(node->arena, node->member, node->n, &node->cap,
	    sizeof(*node->member));
	node->member[node->n].key = key;
	node->member[node->n].value = value;
	node->n++;
}

void
fu_ctx_set(struct fu_ctx *object, const char *key, struct fu_ctx *value)
{
	size_t i;

	for (i = 0; i < object->n; i++)
		if (strcmp(object->member[i].key, key) == 0) {
			object->member[i].value = value;
			return;
		}
	ctx_append(object, key, value);
}

void
fu_ctx_set_text(struct fu_ctx *object, const char *key, const char *text)
{
	if (!fu_blank(text))
		fu_ctx_set(object, key, fu_ctx_text(object->arena, text));
}

void
fu_ctx_set_int(struct fu_ctx *object, const char *key, int64_t number)
{
	struct fu_ctx *node;

	node = fu_ctx_text(object->arena,
	    fu_printf(object->arena, "%" PRId64, number));
	node->zero = number == 0;
	fu_ctx_set(object, key, node);
}

void
fu_ctx_add(struct fu_ctx *list, struct fu_ctx *value)
{
	ctx_append(list, NULL, value);
}

const struct fu_ctx *
fu_ctx_get(const struct fu_ctx *object, struct fu_str key)
{
	size_t i;

	if (object == NULL || object->type != FU_CTX_OBJECT)
		return (NULL);
	for (i = 0; i < object->n; i++)
		if (fu_str_is(key, object->member[i].key))
			return (object->member[i].value);
	return (NULL);
}

bool
fu_ctx_true(const struct fu_ctx *node)
{
	if (node == NULL)
		return (false);
	switch (node->type) {
	case FU_CTX_FALSE:
		return (false);
	case FU_CTX_TEXT:
		return (node->text[0] != '\0' && !node->zero);
	case FU_CTX_LIST:
		return (node->n > 0);
	case FU_CTX_OBJECT:
		return (true);
	}
	return (false);
}

/* Recursion is bounded by FU_JSON_DEPTH_MAX: the value was validated. */
struct fu_ctx *
fu_ctx_of_json(struct fu_arena *arena, const struct fu_json *value)
{
	struct fu_object object;
	struct fu_json *item;
	struct fu_ctx *node;
	double number;
	size_t i, n;

	switch (value->type) {
	case FU_JSON_OBJECT:
		node = fu_ctx_object(arena);
		fu_json_members(arena, value, &object);
		for (i = 0; i < object.n; i++)
			ctx_append(node,
			    fu_dup_str(arena, object.member[i].key),
			    fu_ctx_of_json(arena, &object.member[i].value));
		return (node);
	case FU_JSON_ARRAY:
		node = fu_ctx_list(arena);
		item = fu_json_items(arena, value, &n);
		for (i = 0; i < n; i++)
			ctx_append(node, NULL, fu_ctx_of_json(arena, &item[i]));
		return (node);
	case FU_JSON_NULL:
	case FU_JSON_FALSE:
		return (fu_ctx_text(arena, NULL));
	default:
		node = fu_ctx_text(arena, fu_json_scalar_text(arena, value));
		node->zero = fu_json_real(value, &number) && number == 0;
		return (node);
	}
}
