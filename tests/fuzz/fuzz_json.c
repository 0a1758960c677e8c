/*
 * Fuzzes the JSON reader, a record's overlay and its writing.
 *
 * Must never accept a line whose rewriting is refused: what one program of a
 * pipeline writes, the next one reads.
 */
#include <stdlib.h>
#include <string.h>

#include "record/rec.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* Ask every question there is about a value. */
static void
look_at(struct fu_arena *arena, const struct fu_json *value)
{
	struct fu_object	 object;
	const char		*text;
	double			 real;
	int64_t			 integer;
	size_t			 n;
	bool			 flag;

	text = fu_json_scalar_text(arena, value);
	if (text != NULL && !fu_utf8_valid(text, strlen(text)))
		abort();
	if (fu_json_int(value, &integer) && !fu_json_real(value, &real))
		abort();
	fu_json_bool(value, &flag);
	if (value->type == FU_JSON_ARRAY)
		fu_json_items(arena, value, &n);
	if (value->type == FU_JSON_OBJECT)
		fu_json_members(arena, value, &object);
}

static void
check_written(struct fu_arena *arena, const struct fu_rec *rec)
{
	struct fu_buf	out;
	struct fu_rec	again;
	int64_t		score;

	fu_buf_init(&out);
	fu_rec_write(rec, &out);
	if (memchr(out.ptr, '\n', out.len) != out.ptr + out.len - 1)
		abort();
	out.len--;
	if (fu_rec_parse(&again, arena, fu_buf_view(&out), NULL) == -1 ||
	    !fu_rec_int(&again, "score", &score) || score != 82 ||
	    fu_rec_get(&again, "band") == NULL)
		abort();
	fu_buf_free(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fu_arena	 arena;
	struct fu_json	 value;
	struct fu_rec	 rec;
	struct fu_str	 line;
	char		*copy;
	size_t		 i;

	/* Exactly as long as the text, so that one byte more is noticed. */
	if ((copy = malloc(size)) == NULL && size > 0)
		return (0);
	if (size > 0)
		memcpy(copy, data, size);
	line = (struct fu_str){ copy, size };
	fu_arena_init(&arena);
	if (fu_rec_parse(&rec, &arena, line, NULL) == 0) {
		if (fu_json_parse(line, &value, NULL) == -1)
			abort();
		for (i = 0; i < rec.object.n; i++)
			look_at(&arena, &rec.object.member[i].value);
		fu_rec_set_int(&rec, "score", 82);
		fu_rec_set_str(&rec, "band", "hot");
		check_written(&arena, &rec);
	} else if (fu_json_parse(line, &value, NULL) == 0)
		look_at(&arena, &value);
	fu_arena_free(&arena);
	free(copy);
	return (0);
}
