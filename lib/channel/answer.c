/*
 * Refusals inside answers of 2xx.
 *
 * Pure.  Must never take an answer that it does not know for a refusal.
 */
#include <string.h>

#include "channel/answer.h"
#include "record/json.h"

#define WORDS_MAX	200	/* bytes of a reason that are worth keeping */

static const struct fu_json *
member(struct fu_arena *arena, const struct fu_json *value, const char *key)
{
	struct fu_object *o;

	if (value == NULL || value->type != FU_JSON_OBJECT)
		return (NULL);
	o = fu_alloc(arena, sizeof(*o));
	fu_json_members(arena, value, o);
	return (fu_json_get(o, key));
}

static const struct fu_json *
items(struct fu_arena *arena, const struct fu_json *list, size_t *n)
{
	*n = 0;
	if (list == NULL || list->type != FU_JSON_ARRAY)
		return (NULL);
	return (fu_json_items(arena, list, n));
}

static const char *
words(struct fu_arena *arena, const struct fu_json *value)
{
	const char *text = value == NULL ? NULL :
	    value->type == FU_JSON_STRING ? fu_json_text(arena, value) :
	    fu_dup_str(arena, value->raw);

	if (text == NULL)
		return ("");
	return (strlen(text) <= WORDS_MAX ? text : fu_printf(arena, "%.*s",
	    (int)fu_utf8_cut(text, WORDS_MAX), text));
}

/* The parts of a composite; what another one's failure halted says no more
 * than that. */
static const char *
composite(struct fu_arena *arena, const struct fu_json *list)
{
	const struct fu_json *part, *status;
	const char *why = NULL;
	int64_t code;
	size_t n, i;

	part = items(arena, list, &n);
	for (i = 0; i < n; i++) {
		status = member(arena, &part[i], "httpStatusCode");
		if (status == NULL || !fu_json_int(status, &code) || code < 400)
			continue;
		if (why == NULL || strstr(why, "PROCESSING_HALTED") != NULL)
			why = words(arena, member(arena, &part[i], "body"));
	}
	return (why);
}

const char *
fu_answer_refusal(struct fu_str body, struct fu_arena *arena)
{
	const struct fu_json *value;
	struct fu_json root;
	const char *why;
	size_t n;

	if (fu_json_parse(body, &root, NULL) == -1 ||
	    root.type != FU_JSON_OBJECT)
		return (NULL);
	why = composite(arena, member(arena, &root, "compositeResponse"));
	if (why != NULL)
		return (why);
	value = items(arena, member(arena, &root, "errors"), &n);
	if (n > 0 && member(arena, &root, "status") != NULL)
		return (words(arena, member(arena, value, "message")));
	value = member(arena, &root, "success");
	if (value != NULL && value->type == FU_JSON_FALSE)
		return (words(arena, member(arena, &root, "error")));
	return (NULL);
}
