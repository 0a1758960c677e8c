/*
 * Any bytes as a webhook's request and as each body: what is written is a
 * record a line, and a signature that nobody made is none.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "content/hook.h"
#include "record/rec.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* Every line is an event that fu-ingest can read. */
static void
check(struct fu_arena *arena, const struct fu_buf *out)
{
	struct fu_object o;
	size_t i, to;

	for (i = 0; i < out->len; i = to + 1) {
		for (to = i; to < out->len && out->ptr[to] != '\n'; to++)
			;
		if (to == out->len || fu_json_object(arena, (struct fu_str){
		    out->ptr + i, to - i }, &o, NULL) == -1)
			abort();
	}
}

static void
bodies(struct fu_str body, struct fu_arena *arena)
{
	static const char *demo[] = { "*demo*" };
	static const struct fu_list demos = { demo, 1 };
	struct fu_keys keys = { .n = 1 };
	struct fu_buf out;
	struct fu_hook_in in = { .keys = &keys, .demo = &demos,
		.now_us = 0, .arena = arena, .out = &out };
	struct fu_hook_pairs fields, none = { 0 };

	keys.key[0].len = 32;
	fu_buf_init(&out);
	if (fu_hook_form(body, arena, &fields, NULL) == 0) {
		(void)fu_hook_twilio(&in, &none, &fields, NULL);
		(void)fu_hook_twilio(&in, &fields, &fields, NULL);
		if (fu_sign_twilio("token", body, &fields, body, body))
			abort();
	}
	(void)fu_hook_whatsapp(&in, body, NULL);
	(void)fu_hook_booking(&in, body, NULL);
	(void)fu_hook_json(&in, body, NULL);
	check(arena, &out);
	fu_buf_free(&out);
	(void)fu_sign_stamped("secret", body, body, 0);
	(void)fu_sign_sha256("secret", body, body);
	(void)fu_sign_bearer("secret", body);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fu_hook_request request;
	struct fu_arena arena;
	char *copy;

	/* Exactly as long as the bytes, so that one more is noticed. */
	if ((copy = malloc(size)) == NULL && size > 0)
		return (0);
	if (size > 0)
		memcpy(copy, data, size);
	fu_arena_init(&arena);
	bodies((struct fu_str){ copy, size }, &arena);
	if (fu_hook_request_parse((struct fu_str){ copy, size }, &arena,
	    &request, NULL) == 0)
		bodies(request.body, &arena);
	fu_arena_free(&arena);
	free(copy);
	return (0);
}
