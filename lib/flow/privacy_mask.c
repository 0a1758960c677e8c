/*
 * Texts without what is somebody else's.
 *
 * Must never change what it does not take out: what is left is evidence.
 */
#include <string.h>

#include "flow/privacy_mask.h"

#define FACT_MAX	200	/* bytes: a company's name, a purpose */
#define PAGE_MAX	300	/* bytes */
#define PART_DIGITS_MAX	8	/* of a part of a path: more may be a number */

const char *
fu_mask(const struct fu_own *own, const char *text, struct fu_arena *arena)
{
	struct fu_sight	 sight;
	struct fu_look	 look;
	struct fu_buf	 buf;
	size_t		 from = 0;

	if (text == NULL)
		return (NULL);
	fu_buf_init(&buf);
	fu_look_start(&look, own, text);
	while (fu_look_next(&look, &sight)) {
		if (sight.own)
			continue;
		fu_buf_put(&buf, text + from, sight.at - from);
		fu_buf_puts(&buf, sight.number ? FU_MASK_NUMBER :
		    FU_MASK_ADDRESS);
		from = sight.at + sight.len;
	}
	if (from > 0) {
		fu_buf_puts(&buf, text + from);
		text = fu_dup_buf(arena, &buf);
	}
	fu_buf_free(&buf);
	return (text);
}

/* Ids of messages look like addresses, and are nobody's. */
static bool
message_id(const char *key, struct fu_str raw)
{
	static const char *const	 keys[] = { "message_id", "in_reply_to",
		"references", "id" };

	for (size_t i = 0; key != NULL && i < sizeof(keys) / sizeof(*keys); i++)
		if (strcmp(key, keys[i]) == 0)
			return (raw.len > 4 && raw.ptr[1] == '<' &&
			    raw.ptr[raw.len - 2] == '>');
	return (false);
}

static void
mask_value(const struct fu_own *own, struct fu_jw *jw, const char *key,
    const struct fu_json *v, bool numbers, struct fu_arena *arena)
{
	struct fu_object	 o;
	struct fu_json		*item;
	const char		*text, *masked;
	size_t			 n;

	switch (v->type) {
	case FU_JSON_OBJECT:
		fu_json_members(arena, v, &o);
		fu_jw_object(jw, key);
		for (size_t i = 0; i < o.n; i++)
			mask_value(own, jw, fu_dup_str(arena, o.member[i].key),
			    &o.member[i].value, numbers, arena);
		fu_jw_object_end(jw);
		return;
	case FU_JSON_ARRAY:
		item = fu_json_items(arena, v, &n);
		fu_jw_array(jw, key);
		for (size_t i = 0; i < n; i++)
			mask_value(own, jw, NULL, &item[i], numbers, arena);
		fu_jw_array_end(jw);
		return;
	case FU_JSON_STRING:
		text = fu_json_text(arena, v);
		if (message_id(key, v->raw))
			break;
		masked = text == NULL ? NULL : fu_mask(own, text, arena);
		/* Half a character: nobody could say what stands in it. */
		if (masked != text || text == NULL) {
			fu_jw_str(jw, key, masked);
			return;
		}
		break;
	case FU_JSON_NUMBER:
		text = fu_json_scalar_text(arena, v);
		n = strspn(text, "0123456789");
		if (numbers && n >= 10 && n <= 15 && text[n] == '\0' &&
		    fu_mask(own, text, arena) != text) {
			fu_jw_str(jw, key, FU_MASK_NUMBER);
			return;
		}
		break;
	default:
		break;
	}
	fu_jw_raw(jw, key, v->raw);
}

void
fu_mask_json(const struct fu_own *own, struct fu_jw *jw, const char *key,
    struct fu_str raw, bool numbers)
{
	struct fu_arena	 arena;
	struct fu_json	 v;

	if (fu_json_parse(raw, &v, NULL) == -1) {
		fu_jw_null(jw, key);
		return;
	}
	fu_arena_init(&arena);
	mask_value(own, jw, key, &v, numbers, &arena);
	fu_arena_free(&arena);
}

const char *
fu_mask_fact(const struct fu_own *own, const char *text,
    struct fu_arena *arena)
{
	static const struct fu_own	 nobody;
	const char			*masked;

	if (fu_blank(text) || fu_own_labelled(own, text))
		return (NULL);
	masked = fu_mask(&nobody, text, arena);
	return (fu_dup_str(arena, (struct fu_str){ masked,
	    fu_utf8_cut(masked, strlen(masked) < FACT_MAX ? strlen(masked) :
	    FACT_MAX) }));
}

/* Could this part of a path be somebody? */
static bool
part_tells(const struct fu_own *own, const char *part)
{
	size_t	 digits = 0;

	for (const char *c = part; *c != '\0'; c++) {
		if (*c == '@' || strncmp(c, "%40", 3) == 0)
			return (true);
		digits += *c >= '0' && *c <= '9';
	}
	return (digits > PART_DIGITS_MAX || fu_own_labelled(own, part) ||
	    fu_own_worded(own, part) || fu_own_reached(own, part));
}

const char *
fu_mask_page(const struct fu_own *own, const char *url, struct fu_arena *arena)
{
	struct fu_buf	 buf;
	const char	*host, *path, *end, *part, *next, *at, *out;

	if (fu_blank(url))
		return (NULL);
	host = strstr(url, "://");
	host = host == NULL ? url : host + 3;
	end = host + strcspn(host, "?#");
	path = host + strcspn(host, "/?#");
	at = memrchr(host, '@', (size_t)(path - host));
	fu_buf_init(&buf);
	if (host > url && path - host < PAGE_MAX / 2) {
		fu_buf_put(&buf, url, (size_t)(host - url));
		if (at != NULL)
			host = at + 1;
		fu_buf_put(&buf, host, (size_t)(path - host));
	} else
		path = url;
	for (part = path; part < end && buf.len < PAGE_MAX; part = next) {
		next = part + 1 + strcspn(part + 1, "/?#");
		if (part_tells(own, fu_dup_str(arena, (struct fu_str){ part,
		    (size_t)(next - part) })) ||
		    buf.len + (size_t)(next - part) > PAGE_MAX) {
			if (buf.len > 0)
				fu_buf_puts(&buf, "/...");
			break;
		}
		fu_buf_put(&buf, part, (size_t)(next - part));
	}
	out = buf.len == 0 || fu_own_labelled(own, buf.ptr) ||
	    fu_own_reached(own, buf.ptr) ? NULL : fu_dup_buf(arena, &buf);
	fu_buf_free(&buf);
	return (out);
}
