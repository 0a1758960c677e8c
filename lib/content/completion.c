/*
 * Asking for a completion, and reading it.
 *
 * Must never pass on a part of an answer as the whole.
 */
#include <string.h>

#include "content/completion.h"
#include "record/json.h"

static void
put_message(struct fu_jw *jw, const char *role, const char *text)
{
	fu_jw_object(jw, NULL);
	fu_jw_str(jw, "role", role);
	fu_jw_str(jw, "content", text);
	fu_jw_object_end(jw);
}

const char *
fu_completion_request(
    const char *model, const struct fu_prompt *prompt, struct fu_arena *arena)
{
	struct fu_buf buf;
	struct fu_jw jw;
	const char *body;

	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	if (model != NULL)
		fu_jw_str(&jw, "model", model);
	fu_jw_array(&jw, "messages");
	put_message(&jw, "system", prompt->system);
	put_message(&jw, "user", prompt->user);
	fu_jw_array_end(&jw);
	/* The same question is to have the same answer. */
	fu_jw_int(&jw, "temperature", 0);
	fu_jw_int(&jw, "max_tokens", FU_COMPLETION_TOKENS);
	fu_jw_bool(&jw, "stream", false);
	fu_jw_object_end(&jw);
	body = fu_dup_buf(arena, &buf);
	fu_buf_free(&buf);
	return (body);
}

static bool
members_of(struct fu_arena *arena, const struct fu_json *value,
    struct fu_object *object)
{
	if (value == NULL || value->type != FU_JSON_OBJECT)
		return (false);
	fu_json_members(arena, value, object);
	return (true);
}

/* What comes behind its thoughts; NULL when they do not end. */
static const char *
spoken(const char *text)
{
	const char *end;

	text += strspn(text, " \n");
	if (strncmp(text, "<think>", 7) != 0)
		return (text);
	end = strstr(text, "</think>");
	return (end == NULL ? NULL : end + strlen("</think>"));
}

const char *
fu_completion_text(
    struct fu_str answer, struct fu_arena *arena, const char **why)
{
	const struct fu_json *choices;
	struct fu_object object, choice, message;
	struct fu_json *item;
	const char *text, *finish;
	size_t n = 0;

	*why = "answer";
	if (fu_json_object(arena, answer, &object, NULL) == -1 ||
	    (choices = fu_json_get(&object, "choices")) == NULL ||
	    choices->type != FU_JSON_ARRAY)
		return (NULL);
	item = fu_json_items(arena, choices, &n);
	if (n == 0 || !members_of(arena, &item[0], &choice) ||
	    !members_of(arena, fu_json_get(&choice, "message"), &message))
		return (NULL);
	finish = fu_json_text(arena, fu_json_get(&choice, "finish_reason"));
	if (fu_streq(finish, "content_filter") ||
	    !fu_blank(fu_json_text(arena, fu_json_get(&message, "refusal")))) {
		*why = "refused";
		return (NULL);
	}
	*why = "cut";
	if (finish != NULL && strcmp(finish, "stop") != 0)
		return (NULL);
	text = fu_json_text(arena, fu_json_get(&message, "content"));
	if (text != NULL && (text = spoken(text)) == NULL)
		return (NULL);
	*why = "empty";
	return (fu_blank(text) ? NULL : text);
}
