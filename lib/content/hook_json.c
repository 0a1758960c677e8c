/*
 * Our own records over HTTP: one, a list, or NDJSON.
 *
 * Must never change what they say: a line break between members becomes a
 * blank, and nothing else.
 */
#include <string.h>

#include "content/hook_event.h"

/* One object on one line: a line break cannot stand inside a string. */
static void
put(const struct fu_hook_in *in, struct fu_str raw)
{
	size_t from = in->out->len, i;

	fu_buf_str(in->out, raw);
	for (i = from; i < in->out->len; i++)
		if (in->out->ptr[i] == '\n' || in->out->ptr[i] == '\r')
			in->out->ptr[i] = ' ';
	fu_buf_putc(in->out, '\n');
}

/* What became of the records of a body. */
struct taking {
	const struct fu_hook_in	*in;
	const char		*what;		/* "item" */
	size_t			 good, nbad, cap;
	struct bad		*bad;
};
struct bad {
	size_t		 number;
	struct fu_str	 raw;
	const char	*why;
};

/* An object, without a member twice: nobody could know which is meant. */
static void
take(struct taking *t, struct fu_str raw, size_t number)
{
	struct fu_arena *arena = t->in->arena;
	struct fu_object o;
	struct fu_err why;

	if (fu_json_object(arena, raw, &o, &why) == 0) {
		put(t->in, raw);
		t->good++;
		return;
	}
	t->bad = fu_grow(arena, t->bad, t->nbad, &t->cap, sizeof(*t->bad));
	t->bad[t->nbad++] = (struct bad){ number, raw, fu_dup(arena,
	    why.msg) };
}

static void
lines(struct taking *t, struct fu_str body)
{
	struct fu_str line;
	size_t i, to, number = 0;

	t->what = "line";
	for (i = 0; i < body.len; i = to + 1) {
		for (to = i; to < body.len && body.ptr[to] != '\n'; to++)
			;
		line = fu_str_trim((struct fu_str){ body.ptr + i, to - i });
		number++;
		if (line.len > 0)
			take(t, line, number);
	}
}

/* Where nothing is good it is no body of records; else each bad one is told. */
static int
tell(const struct taking *t, struct fu_err *err)
{
	const struct bad *b = t->bad;

	if (t->nbad > 0 && t->good == 0)
		return (fu_err_set(err, FU_EDATA, "the body: %s %zu: %s",
		    t->what, b->number, b->why));
	for (size_t i = 0; i < t->nbad && t->in->refuse != NULL; i++)
		t->in->refuse(t->in->ctx, b[i].number, "bad_json", b[i].raw,
		    fu_printf(t->in->arena, "%s %zu: %s", t->what,
		    b[i].number, b[i].why));
	return (0);
}

int
fu_hook_json(const struct fu_hook_in *in, struct fu_str body,
    struct fu_err *err)
{
	struct taking t = { .in = in, .what = "record" };
	struct fu_json whole, *item;
	size_t n, i;

	if (fu_json_parse(fu_str_trim(body), &whole, NULL) == -1)
		lines(&t, body);
	else if (whole.type == FU_JSON_ARRAY) {
		t.what = "item";
		item = fu_json_items(in->arena, &whole, &n);
		for (i = 0; i < n; i++)
			take(&t, item[i].raw, i + 1);
	} else
		take(&t, whole.raw, 1);
	return (tell(&t, err));
}
