/*
 * A record: a line as it came, and an overlay.
 *
 * Must never re-print what it was given: between two members that are
 * replaced, the line is copied.
 */
#include <string.h>

#include "base/clock.h"
#include "record/rec.h"

int
fu_rec_parse(struct fu_rec *rec, struct fu_arena *arena, struct fu_str line,
    struct fu_err *err)
{
	fu_rec_new(rec, arena);
	rec->line = line;
	return (fu_json_object(arena, line, &rec->object, err));
}

void
fu_rec_new(struct fu_rec *rec, struct fu_arena *arena)
{
	memset(rec, 0, sizeof(*rec));
	rec->arena = arena;
}

static struct fu_member *
overlay(const struct fu_rec *rec, struct fu_str key)
{
	size_t	i;

	for (i = 0; i < rec->nset; i++)
		if (rec->set[i].key.len == key.len &&
		    fu_str_same(rec->set[i].key, key))
			return (&rec->set[i]);
	return (NULL);
}

const struct fu_json *
fu_rec_get(const struct fu_rec *rec, const char *key)
{
	struct fu_member	*m;

	if ((m = overlay(rec, fu_str_of(key))) != NULL)
		return (&m->value);
	return (fu_json_get(&rec->object, key));
}

const char *
fu_rec_text(const struct fu_rec *rec, const char *key)
{
	return (fu_json_scalar_text(rec->arena, fu_rec_get(rec, key)));
}

bool
fu_rec_int(const struct fu_rec *rec, const char *key, int64_t *value)
{
	return (fu_json_int(fu_rec_get(rec, key), value));
}

const char *
fu_rec_type(const struct fu_rec *rec)
{
	return (fu_json_text(rec->arena, fu_rec_get(rec, "type")));
}

static void
put(struct fu_rec *rec, const char *key, enum fu_json_type type,
    struct fu_str raw)
{
	struct fu_member	*m;
	struct fu_str		 name;

	name = fu_str_of(key);
	if ((m = overlay(rec, name)) == NULL) {
		rec->set = fu_grow(rec->arena, rec->set, rec->nset,
		    &rec->set_cap, sizeof(*rec->set));
		m = &rec->set[rec->nset++];
		m->key = name;
	}
	m->value = (struct fu_json){ type, raw };
}

void
fu_rec_set_str(struct fu_rec *rec, const char *key, const char *value)
{
	struct fu_buf	buf;
	struct fu_str	raw;

	if (value == NULL) {
		put(rec, key, FU_JSON_NULL, FU_STR("null"));
		return;
	}
	fu_buf_init(&buf);
	fu_json_quote(&buf, fu_str_of(value));
	raw.ptr = fu_dup_buf(rec->arena, &buf);
	raw.len = buf.len;
	fu_buf_free(&buf);
	put(rec, key, FU_JSON_STRING, raw);
}

void
fu_rec_set_int(struct fu_rec *rec, const char *key, int64_t value)
{
	put(rec, key, FU_JSON_NUMBER,
	    fu_str_of(fu_printf(rec->arena, "%lld", (long long)value)));
}

void
fu_rec_set_bool(struct fu_rec *rec, const char *key, bool value)
{
	if (value)
		put(rec, key, FU_JSON_TRUE, FU_STR("true"));
	else
		put(rec, key, FU_JSON_FALSE, FU_STR("false"));
}

void
fu_rec_set_time(struct fu_rec *rec, const char *key, int64_t us)
{
	char	text[FU_TIME_LEN];

	fu_rec_set_str(rec, key, us == FU_NEVER ? NULL :
	    fu_time_print(us, text));
}

void
fu_rec_set_raw(struct fu_rec *rec, const char *key, struct fu_str raw)
{
	struct fu_json	value;

	/* Not valid is our own fault; null then, for a record must be JSON. */
	if (fu_json_parse(raw, &value, NULL) == -1)
		put(rec, key, FU_JSON_NULL, FU_STR("null"));
	else
		put(rec, key, value.type, value.raw);
}

/* Is that member of the overlay one of the line's? */
static bool
in_line(const struct fu_rec *rec, struct fu_str key)
{
	size_t	i;

	for (i = 0; i < rec->object.n; i++)
		if (rec->object.member[i].key.len == key.len &&
		    fu_str_same(rec->object.member[i].key, key))
			return (true);
	return (false);
}

static void
append(const struct fu_rec *rec, struct fu_buf *out)
{
	size_t	i;
	bool	comma;

	comma = rec->object.n > 0;
	for (i = 0; i < rec->nset; i++) {
		if (in_line(rec, rec->set[i].key))
			continue;
		if (comma)
			fu_buf_putc(out, ',');
		comma = true;
		fu_json_quote(out, rec->set[i].key);
		fu_buf_putc(out, ':');
		fu_buf_str(out, rec->set[i].value.raw);
	}
}

void
fu_rec_write(const struct fu_rec *rec, struct fu_buf *out)
{
	const struct fu_member	*m, *over;
	struct fu_str		 line;
	const char		*at, *end;
	size_t			 i, start;

	line = fu_str_trim(rec->line);
	if (line.len == 0)
		line = FU_STR("{}");
	start = out->len;
	at = line.ptr;
	end = line.ptr + line.len;
	for (i = 0; i < rec->object.n && rec->nset > 0; i++) {
		m = &rec->object.member[i];
		if ((over = overlay(rec, m->key)) != NULL) {
			fu_buf_put(out, at, (size_t)(m->value.raw.ptr - at));
			fu_buf_str(out, over->value.raw);
			at = m->value.raw.ptr + m->value.raw.len;
		}
	}
	/* New members go right behind the last one, or the brace. */
	if (rec->nset > 0) {
		if (rec->object.n == 0)
			fu_buf_putc(out, *at++);
		else {
			m = &rec->object.member[rec->object.n - 1];
			if (at <= m->value.raw.ptr) {
				fu_buf_put(out, at, (size_t)(m->value.raw.ptr +
				    m->value.raw.len - at));
				at = m->value.raw.ptr + m->value.raw.len;
			}
		}
		append(rec, out);
	}
	fu_buf_put(out, at, (size_t)(end - at));
	/* A body of several lines becomes one: its line ends are blanks. */
	for (i = start; i < out->len; i++)
		if (out->ptr[i] == '\n' || out->ptr[i] == '\r')
			out->ptr[i] = ' ';
	fu_buf_putc(out, '\n');
}
