/*
 * Events that hooks tell of, written a line each.
 *
 * Must never name a touch that no key of ours signed.
 */
#include <stdlib.h>
#include <string.h>

#include "content/hook_event.h"
#include "content/token.h"

#define DIGITS_MIN	5
#define DIGITS_MAX	15	/* ITU-T E.164 */

void
fu_hook_event(struct fu_jw *jw, const struct fu_hook_in *in, const char *name,
    const char *id, const char *part, int64_t at_us)
{
	fu_jw_init(jw, in->out);
	fu_jw_object(jw, NULL);
	fu_jw_str(jw, "event", name);
	fu_jw_str(jw, "id", part == NULL ? id : fu_printf(in->arena, "%s:%s",
	    id, part));
	/* A clock that is ahead of ours loses nothing. */
	fu_jw_time(jw, "at", at_us > in->now_us ? in->now_us : at_us);
}

void
fu_hook_event_end(struct fu_jw *jw, const struct fu_hook_in *in)
{
	fu_jw_object_end(jw);
	fu_buf_putc(in->out, '\n');
}

void
fu_hook_put(struct fu_jw *jw, const char *key, const char *text)
{
	if (!fu_blank(text))
		fu_jw_str(jw, key, text);
}

bool
fu_hook_phone(struct fu_jw *jw, const char *text)
{
	char number[DIGITS_MAX + 2] = "+";
	size_t n;

	if (text == NULL)
		return (false);
	if (*text == '+')
		text++;
	n = strspn(text, "0123456789");
	if (n < DIGITS_MIN || n > DIGITS_MAX || text[n] != '\0')
		return (false);
	memcpy(number + 1, text, n + 1);
	fu_jw_str(jw, "phone", number);
	return (true);
}

void
fu_hook_ours(struct fu_jw *jw, const struct fu_hook_in *in, struct fu_str text)
{
	char ref[FU_REF_MAX + 1];
	size_t n;

	if (in->keys == NULL || !fu_message_id_check(in->keys, text, ref))
		return;
	if (fu_ref_touch(ref) != 0) {
		fu_jw_int(jw, "touch", fu_ref_touch(ref));
		return;
	}
	n = strspn(ref + 1, "0123456789");
	if (ref[0] == 'd' && n > 0 && n <= 18 && ref[1 + n] == '\0')
		fu_jw_int(jw, "dispatch", strtoll(ref + 1, NULL, 10));
}

const char *
fu_hook_member(const struct fu_hook_in *in, const struct fu_object *o,
    const char *name)
{
	return (fu_json_scalar_text(in->arena, fu_json_get(o, name)));
}

void
fu_hook_item(const struct fu_hook_in *in, const struct fu_json *value,
    struct fu_object *o)
{
	memset(o, 0, sizeof(*o));
	if (value != NULL && value->type == FU_JSON_OBJECT)
		fu_json_members(in->arena, value, o);
}

void
fu_hook_object(const struct fu_hook_in *in, const struct fu_object *o,
    const char *name, struct fu_object *inner)
{
	fu_hook_item(in, fu_json_get(o, name), inner);
}

struct fu_json *
fu_hook_list(const struct fu_hook_in *in, const struct fu_object *o,
    const char *name, size_t *n)
{
	const struct fu_json *value = fu_json_get(o, name);

	*n = 0;
	if (value == NULL || value->type != FU_JSON_ARRAY)
		return (NULL);
	return (fu_json_items(in->arena, value, n));
}
