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

/* An object, without a member twice: nobody could know which is meant. */
static int
take(const struct fu_hook_in *in, struct fu_str raw, const char *what,
    size_t number, struct fu_err *err)
{
	struct fu_object o;

	if (fu_json_object(in->arena, raw, &o, err) == -1)
		return (fu_err_prefix(err, "the body: %s %zu: ", what,
		    number));
	put(in, raw);
	return (0);
}

static int
lines(const struct fu_hook_in *in, struct fu_str body, struct fu_err *err)
{
	struct fu_str line;
	size_t i, to, number = 0;

	for (i = 0; i < body.len; i = to + 1) {
		for (to = i; to < body.len && body.ptr[to] != '\n'; to++)
			;
		line = fu_str_trim((struct fu_str){ body.ptr + i, to - i });
		number++;
		if (line.len > 0 && take(in, line, "line", number, err) == -1)
			return (-1);
	}
	return (0);
}

int
fu_hook_json(const struct fu_hook_in *in, struct fu_str body,
    struct fu_err *err)
{
	size_t start = in->out->len, n, i;
	struct fu_json whole, *item;
	int rc = 0;

	if (fu_json_parse(fu_str_trim(body), &whole, NULL) == -1)
		rc = lines(in, body, err);
	else if (whole.type == FU_JSON_ARRAY) {
		item = fu_json_items(in->arena, &whole, &n);
		for (i = 0; rc == 0 && i < n; i++)
			rc = take(in, item[i].raw, "item", i + 1, err);
	} else
		rc = take(in, whole.raw, "record", 1, err);
	if (rc == -1)
		fu_buf_cut(in->out, start);
	return (rc);
}
