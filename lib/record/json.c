/*
 * The JSON reader: one validating pass that gives spans.
 *
 * Must never accept what RFC 8259 does not, never change a byte of the text,
 * and never recurse: the depth is counted, and nesting is a bit mask.
 */
#include <string.h>

#include "base/hash.h"
#include "record/json.h"

/* More members than this are looked up by hash to find a double. */
#define FEW_MEMBERS	16

struct scan {
	const char	*at;	/* where it is, or where it went wrong */
	const char	*end;
	const char	*why;	/* what is wrong there */
};

/* Bytes that a string may hold without another look: not ", \, C0, or UTF-8. */
static const bool plain[256] = {
	[' '] = true, ['!'] = true,
	['#' ... '['] = true,
	[']' ... 0x7f] = true
};

static bool
wrong(struct scan *s, const char *why)
{
	s->why = why;
	return (false);
}

static void
skip_blanks(struct scan *s)
{
	while (s->at < s->end && (*s->at == ' ' || *s->at == '\t' ||
	    *s->at == '\n' || *s->at == '\r'))
		s->at++;
}

static bool
is_digit(const struct scan *s)
{
	return (s->at < s->end && *s->at >= '0' && *s->at <= '9');
}

static bool
is_hex(char c)
{
	return ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
	    (c >= 'A' && c <= 'F'));
}

static bool
scan_escape(struct scan *s)
{
	int	i;

	if (s->end - s->at < 2)
		return (wrong(s, "string without end"));
	if (s->at[1] == 'u') {
		for (i = 2; i < 6; i++)
			if (s->end - s->at <= i || !is_hex(s->at[i]))
				return (wrong(s, "bad \\u escape"));
		s->at += 6;
		return (true);
	}
	if (s->at[1] == '\0' || strchr("\"\\/bfnrt", s->at[1]) == NULL)
		return (wrong(s, "bad escape"));
	s->at += 2;
	return (true);
}

/*
 * Has one of eight bytes to be looked at: a quote, a backslash, a control or
 * more than ASCII?  A borrow may show a byte too many, never one too few.
 */
static bool
eight_plain(const char *ptr)
{
	const uint64_t	ones = UINT64_C(0x0101010101010101);
	uint64_t	w, quote, slash;

	memcpy(&w, ptr, 8);
	quote = w ^ (ones * '"');
	slash = w ^ (ones * '\\');
	return (((w | (w - ones * ' ') | (quote - ones) | (slash - ones)) &
	    (ones * 0x80)) == 0);
}

/* From the quote to behind the other one; ${escaped} if it holds escapes. */
static bool
scan_string(struct scan *s, bool *escaped)
{
	const char	*at, *end;
	size_t		 n;

	*escaped = false;
	end = s->end;
	for (at = s->at + 1;;) {
		while (end - at >= 8 && eight_plain(at))
			at += 8;
		while (at < end && plain[(unsigned char)*at])
			at++;
		s->at = at;
		if (at == end)
			return (wrong(s, "string without end"));
		if (*at == '"') {
			s->at++;
			return (true);
		}
		if (*at == '\\') {
			*escaped = true;
			if (!scan_escape(s))
				return (false);
			at = s->at;
			continue;
		}
		if ((unsigned char)*at < ' ')
			return (wrong(s, "control character in a string"));
		if ((n = fu_utf8_len(at, (size_t)(end - at))) == 0)
			return (wrong(s, "bytes that are not UTF-8"));
		at += n;
	}
}

static bool
scan_number(struct scan *s)
{
	if (*s->at == '-')
		s->at++;
	if (!is_digit(s))
		return (wrong(s, "bad number"));
	if (*s->at++ == '0') {
		if (is_digit(s))
			return (wrong(s, "number with a leading zero"));
	} else
		while (is_digit(s))
			s->at++;
	if (s->at < s->end && *s->at == '.') {
		s->at++;
		if (!is_digit(s))
			return (wrong(s, "bad number"));
		while (is_digit(s))
			s->at++;
	}
	if (s->at < s->end && (*s->at == 'e' || *s->at == 'E')) {
		s->at++;
		if (s->at < s->end && (*s->at == '+' || *s->at == '-'))
			s->at++;
		if (!is_digit(s))
			return (wrong(s, "bad number"));
		while (is_digit(s))
			s->at++;
	}
	return (true);
}

static bool
scan_word(struct scan *s, const char *word, size_t len)
{
	if ((size_t)(s->end - s->at) < len || memcmp(s->at, word, len) != 0)
		return (wrong(s, "no JSON value"));
	s->at += len;
	return (true);
}

/* A value that holds no other. */
static bool
scan_leaf(struct scan *s)
{
	bool	escaped;

	if (s->at == s->end)
		return (wrong(s, "value missing"));
	switch (*s->at) {
	case '"':
		return (scan_string(s, &escaped));
	case 't':
		return (scan_word(s, "true", 4));
	case 'f':
		return (scan_word(s, "false", 5));
	case 'n':
		return (scan_word(s, "null", 4));
	case '-': case '0': case '1': case '2': case '3': case '4':
	case '5': case '6': case '7': case '8': case '9':
		return (scan_number(s));
	}
	return (wrong(s, "no JSON value"));
}

/* A key and its colon, with the blanks around. */
static bool
scan_key(struct scan *s, bool *escaped)
{
	skip_blanks(s);
	if (s->at == s->end || *s->at != '"')
		return (wrong(s, "key expected"));
	if (!scan_string(s, escaped))
		return (false);
	skip_blanks(s);
	if (s->at == s->end || *s->at != ':')
		return (wrong(s, "colon expected"));
	s->at++;
	skip_blanks(s);
	return (true);
}

/* A value, ${depth} containers deep; bit d of ${objects} is the kind of one. */
static bool
scan_value(struct scan *s, int depth)
{
	uint64_t	objects;
	int		base;
	bool		escaped;

	objects = 0;
	base = depth;
	for (;;) {
		/* Here a value begins. */
		if (s->at < s->end && (*s->at == '{' || *s->at == '[')) {
			if (depth == FU_JSON_DEPTH_MAX)
				return (wrong(s, "nested too deeply"));
			if (*s->at == '{')
				objects |= UINT64_C(1) << depth;
			else
				objects &= ~(UINT64_C(1) << depth);
			depth++;
			s->at++;
			skip_blanks(s);
			if (s->at == s->end || *s->at !=
			    (objects >> (depth - 1) & 1 ? '}' : ']')) {
				if ((objects >> (depth - 1) & 1) &&
				    !scan_key(s, &escaped))
					return (false);
				continue;
			}
			s->at++;
			depth--;
		} else if (!scan_leaf(s))
			return (false);
		/* Here one has ended, and so may what holds it. */
		for (;;) {
			if (depth == base)
				return (true);
			skip_blanks(s);
			if (s->at == s->end)
				return (wrong(s, "bracket not closed"));
			if (*s->at != (objects >> (depth - 1) & 1 ? '}' : ']'))
				break;
			s->at++;
			depth--;
		}
		if (*s->at != ',')
			return (wrong(s, "comma expected"));
		s->at++;
		skip_blanks(s);
		if ((objects >> (depth - 1) & 1) && !scan_key(s, &escaped))
			return (false);
	}
}

static enum fu_json_type
type_of(char first)
{
	switch (first) {
	case 'n':
		return (FU_JSON_NULL);
	case 'f':
		return (FU_JSON_FALSE);
	case 't':
		return (FU_JSON_TRUE);
	case '"':
		return (FU_JSON_STRING);
	case '[':
		return (FU_JSON_ARRAY);
	case '{':
		return (FU_JSON_OBJECT);
	}
	return (FU_JSON_NUMBER);
}

static struct fu_json
value_of(const char *from, const char *to)
{
	return ((struct fu_json){ type_of(*from),
	    { from, (size_t)(to - from) } });
}

/* Columns are characters, as an editor counts them. */
static int
complain(const struct scan *s, struct fu_str text, struct fu_err *err)
{
	const char	*at;
	size_t		 column;

	for (column = 1, at = text.ptr; at < s->at; at++)
		column += ((unsigned char)*at & 0xc0) != 0x80;
	return (fu_err_set(err, FU_EDATA, "column %zu: %s", column, s->why));
}

int
fu_json_parse(struct fu_str text, struct fu_json *value, struct fu_err *err)
{
	struct scan	 s = { text.ptr, text.ptr + text.len, NULL };
	const char	*from;

	skip_blanks(&s);
	from = s.at;
	if (!scan_value(&s, 0))
		return (complain(&s, text, err));
	*value = value_of(from, s.at);
	skip_blanks(&s);
	if (s.at != s.end) {
		s.why = "text behind the value";
		return (complain(&s, text, err));
	}
	return (0);
}

/* One that cannot be decoded is known by its spelling. */
static struct fu_str
decode_key(struct fu_arena *arena, struct fu_str raw)
{
	struct fu_json	 value = { FU_JSON_STRING, raw };
	const char	*text;

	if ((text = fu_json_text(arena, &value)) != NULL)
		return (fu_str_of(text));
	return ((struct fu_str){ raw.ptr + 1, raw.len - 2 });
}

/* The members behind an opening brace, up to behind the closing one. */
static bool
scan_members(struct scan *s, struct fu_arena *arena, struct fu_object *object)
{
	struct fu_member	*m;
	const char		*from;
	size_t			 cap;
	bool			 escaped;

	object->member = NULL;
	object->n = cap = 0;
	skip_blanks(s);
	if (s->at < s->end && *s->at == '}') {
		s->at++;
		return (true);
	}
	for (;;) {
		skip_blanks(s);
		from = s->at;
		if (object->n == cap)
			object->member = fu_grow(arena, object->member,
			    object->n, &cap, sizeof(*m));
		m = &object->member[object->n];
		if (!scan_key(s, &escaped))
			return (false);
		/* scan_key() has gone behind the colon; go by the quotes. */
		m->key_raw.ptr = from;
		m->value.raw.ptr = s->at;
		m->key_raw.len = (size_t)(s->at - from);
		while (from[m->key_raw.len - 1] != '"')
			m->key_raw.len--;
		m->key = escaped ? decode_key(arena, m->key_raw) :
		    (struct fu_str){ from + 1, m->key_raw.len - 2 };
		if (!scan_value(s, 1))
			return (false);
		m->value = value_of(m->value.raw.ptr, s->at);
		object->n++;
		skip_blanks(s);
		if (s->at == s->end)
			return (wrong(s, "bracket not closed"));
		if (*s->at == '}') {
			s->at++;
			return (true);
		}
		if (*s->at != ',')
			return (wrong(s, "comma expected"));
		s->at++;
	}
}

/* The second member of a key that occurs twice, or NULL. */
static const struct fu_member *
find_double(struct fu_arena *arena, const struct fu_object *object)
{
	const struct fu_member	*m = object->member;
	uint32_t		*table;
	uint64_t		 seed;
	size_t			 at, i, j, size;

	if (object->n <= FEW_MEMBERS) {
		for (i = 1; i < object->n; i++)
			for (j = 0; j < i; j++)
				if (m[i].key.len == m[j].key.len &&
				    fu_str_same(m[i].key, m[j].key))
					return (&m[i]);
		return (NULL);
	}
	for (size = 4 * FEW_MEMBERS; size < 2 * object->n; size *= 2)
		;
	table = fu_alloc_array(arena, size, sizeof(*table));
	/* Seeded by the address, so that nobody can make keys collide. */
	seed = (uint64_t)(uintptr_t)table;
	for (i = 0; i < object->n; i++) {
		at = fu_hash64(m[i].key.ptr, m[i].key.len, seed) & (size - 1);
		for (; table[at] != 0; at = (at + 1) & (size - 1))
			if (fu_str_same(m[table[at] - 1].key, m[i].key))
				return (&m[i]);
		table[at] = (uint32_t)i + 1;
	}
	return (NULL);
}

int
fu_json_object(struct fu_arena *arena, struct fu_str text,
    struct fu_object *object, struct fu_err *err)
{
	struct scan		 s = { text.ptr, text.ptr + text.len, NULL };
	const struct fu_member	*twice;

	skip_blanks(&s);
	if (s.at == s.end || *s.at != '{')
		wrong(&s, "no JSON object");
	else {
		s.at++;
		if (scan_members(&s, arena, object))
			skip_blanks(&s);
		if (s.why == NULL && s.at != s.end)
			wrong(&s, "text behind the object");
	}
	if (s.why != NULL)
		return (complain(&s, text, err));
	if ((twice = find_double(arena, object)) != NULL) {
		s.at = twice->key_raw.ptr;
		s.why = "key occurs twice";
		return (complain(&s, text, err));
	}
	return (0);
}

void
fu_json_members(struct fu_arena *arena, const struct fu_json *value,
    struct fu_object *object)
{
	struct scan	s = { value->raw.ptr + 1,
			    value->raw.ptr + value->raw.len, NULL };

	/* Valid already, so that this cannot fail. */
	scan_members(&s, arena, object);
}

struct fu_json *
fu_json_items(struct fu_arena *arena, const struct fu_json *value, size_t *n)
{
	struct scan	 s = { value->raw.ptr + 1,
			     value->raw.ptr + value->raw.len, NULL };
	struct fu_json	*item;
	const char	*from;
	size_t		 cap;

	item = NULL;
	*n = cap = 0;
	for (skip_blanks(&s); s.at < s.end && *s.at != ']'; skip_blanks(&s)) {
		from = s.at;
		if (!scan_value(&s, 1))
			break;
		item = fu_grow(arena, item, *n, &cap, sizeof(*item));
		item[(*n)++] = value_of(from, s.at);
		skip_blanks(&s);
		if (s.at < s.end && *s.at == ',')
			s.at++;
	}
	return (item);
}

const struct fu_json *
fu_json_get(const struct fu_object *object, const char *key)
{
	size_t	i, len;

	len = strlen(key);
	for (i = 0; i < object->n; i++)
		if (object->member[i].key.len == len &&
		    memcmp(object->member[i].key.ptr, key, len) == 0)
			return (&object->member[i].value);
	return (NULL);
}
