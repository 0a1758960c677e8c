/*
 * The parts of an HTTP request and of a form.
 *
 * Must never read behind what it was given, whatever the request says of its
 * own length.
 */
#include <string.h>

#include "content/hook.h"

static struct fu_str
sub(struct fu_str s, size_t from, size_t to)
{
	return ((struct fu_str){ s.ptr + from, to - from });
}

/* The next line without its end; false when there is none. */
static bool
next_line(struct fu_str *rest, struct fu_str *line)
{
	const char *nl;
	size_t len;

	if (rest->len == 0 || (nl = memchr(rest->ptr, '\n', rest->len)) == NULL)
		return (false);
	len = (size_t)(nl - rest->ptr);
	*line = (struct fu_str){ rest->ptr, len };
	if (len > 0 && line->ptr[len - 1] == '\r')
		line->len--;
	*rest = sub(*rest, len + 1, rest->len);
	return (true);
}

/* "POST /hooks/sms?x=1 HTTP/1.1" */
static bool
request_line(struct fu_str line, struct fu_hook_request *r)
{
	const char *end = line.ptr + line.len, *a, *b, *mark;

	a = line.len > 0 ? memchr(line.ptr, ' ', line.len) : NULL;
	b = a != NULL ? memchr(a + 1, ' ', (size_t)(end - a - 1)) : NULL;
	if (b == NULL || end - b < 6 || memcmp(b, " HTTP/", 6) != 0 ||
	    a == line.ptr || b == a + 1)
		return (false);
	r->method = (struct fu_str){ line.ptr, (size_t)(a - line.ptr) };
	r->path = (struct fu_str){ a + 1, (size_t)(b - a - 1) };
	mark = memchr(r->path.ptr, '?', r->path.len);
	if (mark != NULL) {
		r->query = (struct fu_str){ mark + 1,
		    (size_t)(b - mark - 1) };
		r->path.len = (size_t)(mark - r->path.ptr);
	}
	return (true);
}

static int
headers(struct fu_str *rest, struct fu_arena *arena, struct fu_hook_request *r,
    struct fu_err *err)
{
	struct fu_hook_pairs *h = &r->header;
	struct fu_str line;
	const char *colon;
	size_t cap = 0;

	while (next_line(rest, &line)) {
		if (line.len == 0)
			return (0);
		colon = memchr(line.ptr, ':', line.len);
		if (colon == NULL || colon == line.ptr)
			return (fu_err_set(err, FU_EDATA, "no request: \"%.*s\""
			    " is no header", line.len < 60 ? (int)line.len :
			    60, line.ptr));
		if (h->n == FU_HOOK_PAIRS_MAX)
			break;
		h->pair = fu_grow(arena, h->pair, h->n, &cap,
		    sizeof(*h->pair));
		h->pair[h->n++] = (struct fu_hook_pair){
			sub(line, 0, (size_t)(colon - line.ptr)),
			fu_str_trim(sub(line, (size_t)(colon + 1 - line.ptr),
			    line.len)) };
	}
	return (fu_err_set(err, FU_EDATA, "no request: its headers do not "
	    "end"));
}

/* Digits alone; -1 for anything else, or more than the largest body. */
static int64_t
length_of(struct fu_str text)
{
	int64_t n = 0;
	size_t i;

	for (i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return (-1);
		n = n * 10 + (text.ptr[i] - '0');
		if (n > FU_HOOK_BODY_MAX)
			return (-1);
	}
	return (text.len == 0 ? -1 : n);
}

int
fu_hook_request_parse(struct fu_str text, struct fu_arena *arena,
    struct fu_hook_request *r, struct fu_err *err)
{
	struct fu_str line, rest = text, said;
	int64_t length;

	memset(r, 0, sizeof(*r));
	if (rest.len > FU_HOOK_HEAD_MAX)
		rest.len = FU_HOOK_HEAD_MAX;
	if (!next_line(&rest, &line) || !request_line(line, r))
		return (fu_err_set(err, FU_EDATA, "no request: it does not "
		    "begin like \"POST /path HTTP/1.1\""));
	if (headers(&rest, arena, r, err) == -1)
		return (-1);
	r->body = (struct fu_str){ rest.ptr,
	    text.len - (size_t)(rest.ptr - text.ptr) };
	if (fu_hook_header(r, "Transfer-Encoding").len > 0)
		return (fu_err_set(err, FU_EDATA, "no request: its body comes "
		    "in pieces; keep it whole, with a Content-Length"));
	said = fu_hook_header(r, "Content-Length");
	if (said.ptr != NULL) {
		length = length_of(said);
		if (length == -1 || (uint64_t)length > r->body.len)
			return (fu_err_set(err, FU_EDATA, "no request: a body "
			    "of %zu bytes, Content-Length %.*s", r->body.len,
			    said.len < 20 ? (int)said.len : 20, said.ptr));
		r->body.len = (size_t)length;
	}
	if (r->body.len > FU_HOOK_BODY_MAX)
		return (fu_err_set(err, FU_EDATA, "a body of more than %d "
		    "bytes", FU_HOOK_BODY_MAX));
	return (0);
}

struct fu_str
fu_hook_header(const struct fu_hook_request *r, const char *name)
{
	size_t i;

	for (i = 0; i < r->header.n; i++)
		if (fu_str_is_nocase(r->header.pair[i].name, name))
			return (r->header.pair[i].value);
	return ((struct fu_str){ NULL, 0 });
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return (c - '0');
	if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
		return ((c | 0x20) - 'a' + 10);
	return (-1);
}

/* '+' is a blank, %41 an A; a '%' that begins no byte stands for itself. */
static struct fu_str
decode(struct fu_str in, struct fu_arena *arena)
{
	char *out = fu_alloc(arena, in.len + 1);
	size_t i, n = 0;

	for (i = 0; i < in.len; i++) {
		if (in.ptr[i] == '+')
			out[n++] = ' ';
		else if (in.ptr[i] == '%' && i + 2 < in.len &&
		    hex_digit(in.ptr[i + 1]) >= 0 &&
		    hex_digit(in.ptr[i + 2]) >= 0) {
			out[n++] = (char)(hex_digit(in.ptr[i + 1]) << 4 |
			    hex_digit(in.ptr[i + 2]));
			i += 2;
		} else
			out[n++] = in.ptr[i];
	}
	return ((struct fu_str){ out, n });
}

int
fu_hook_form(struct fu_str text, struct fu_arena *arena,
    struct fu_hook_pairs *pairs, struct fu_err *err)
{
	size_t i, to, eq, cap = 0;
	struct fu_str field;

	memset(pairs, 0, sizeof(*pairs));
	for (i = 0; i < text.len; i = to + 1) {
		for (to = i; to < text.len && text.ptr[to] != '&'; to++)
			;
		field = sub(text, i, to);
		if (field.len == 0)
			continue;
		if (pairs->n == FU_HOOK_PAIRS_MAX)
			return (fu_err_set(err, FU_EDATA, "a form of more "
			    "than %d fields", FU_HOOK_PAIRS_MAX));
		for (eq = 0; eq < field.len && field.ptr[eq] != '='; eq++)
			;
		pairs->pair = fu_grow(arena, pairs->pair, pairs->n, &cap,
		    sizeof(*pairs->pair));
		pairs->pair[pairs->n++] = (struct fu_hook_pair){
			decode(sub(field, 0, eq), arena),
			eq == field.len ? FU_STR("") :
			decode(sub(field, eq + 1, field.len), arena) };
	}
	return (0);
}

struct fu_str
fu_hook_field(const struct fu_hook_pairs *pairs, const char *name)
{
	size_t i;

	for (i = 0; i < pairs->n; i++)
		if (fu_str_is(pairs->pair[i].name, name))
			return (pairs->pair[i].value);
	return ((struct fu_str){ NULL, 0 });
}

const char *
fu_hook_text(struct fu_str value, struct fu_arena *arena)
{
	struct fu_buf out;
	const char *text;
	size_t i, n;
	char c;

	if (value.len == 0)
		return (NULL);
	fu_buf_init(&out);
	for (i = 0; i < value.len; i += n) {
		c = value.ptr[i];
		n = 1;
		if (c == '\r' && i + 1 < value.len && value.ptr[i + 1] == '\n')
			continue;
		if ((unsigned char)c < 0x80)
			fu_buf_putc(&out, c == '\n' || c == '\r' ? '\n' :
			    ((unsigned char)c < 0x20 && c != '\t') ||
			    c == 0x7f ? ' ' : c);
		else if ((n = fu_utf8_len(value.ptr + i, value.len - i)) > 0)
			fu_buf_put(&out, value.ptr + i, n);
		else {
			fu_buf_puts(&out, "\xef\xbf\xbd");	/* U+FFFD */
			n = 1;
		}
	}
	text = fu_dup_buf(arena, &out);
	fu_buf_free(&out);
	return (text);
}
