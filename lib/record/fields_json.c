/*
 * A JSON object becomes a person: one that stands alone, or in a cell.
 *
 * A member is taken as a cell under its name would be.  Never takes what is
 * about the record itself for something about the person.
 */
#include "record/fields_room.h"

#include <string.h>

/* Members of our own records that are about the record, not the person. */
static bool
is_ours(const char *name)
{
	static const char *const ours[] = { "type", "prospect", "action",
		"into", "event", "event_id" };

	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
		if (strcmp(name, ours[i]) == 0)
			return (true);
	return (false);
}

/* A list of words as one text with commas; NULL if it is none. */
static const char *
join_list(struct fu_arena *a, const struct fu_json *value)
{
	const char *out = NULL;
	struct fu_json *item;
	size_t n;

	item = fu_json_items(a, value, &n);
	for (size_t i = 0; i < n; i++) {
		const char *text = fu_json_scalar_text(a, &item[i]);

		if (text == NULL)
			return (NULL);
		out = out == NULL ? text : fu_printf(a, "%s,%s", out, text);
	}
	return (out);
}

bool
fu_nul_in_header(const struct fu_json *value, int target)
{
	static const char nul[] = "\\u0000";

	return (value->type == FU_JSON_STRING && memmem(value->raw.ptr,
	    value->raw.len, nul, strlen(nul)) != NULL &&
	    fu_breaks_header(target == FU_T_NAME ? FU_F_LAST_NAME : target ==
	    FU_T_MORE_EMAIL ? FU_F_EMAIL : target, FU_STR("\n")));
}

static void take_json(struct fu_taker *, const struct fu_member *);

/* A cell that holds a JSON object: its members as if they stood alone. */
void
fu_take_spread(struct fu_taker *t, const struct fu_column *c, struct fu_str s)
{
	struct fu_object object;

	if (s.ptr[0] != '{' || fu_json_object(t->arena,
	    fu_str_of(fu_dup_str(t->arena, s)), &object, NULL) != 0) {
		fu_take_text(t, c->attr, s);
		return;
	}
	for (size_t i = 0; i < object.n; i++)
		take_json(t, &object.member[i]);
}

static void
take_json(struct fu_taker *t, const struct fu_member *member)
{
	const char *name = fu_dup_str(t->arena, member->key);
	const struct fu_json *value = &member->value;
	struct fu_str raw = { fu_dup_str(t->arena, value->raw),
		value->raw.len };
	struct fu_column c = { .header = name, .attr = name,
		.target = fu_field_find(name) };
	char norm[FU_HEADER_MAX];
	struct fu_header h;
	const char *text;

	if (value->type == FU_JSON_NULL || is_ours(name))
		return;
	if (c.target >= 0)
		c.attr = fu_printf(t->arena, "%s (set aside)", name);
	else if (fu_header_find(fu_header_normalise(member->key, norm), &h)) {
		c.target = h.target;
		c.soft = h.soft;
	} else
		c.target = FU_T_ATTR;
	if (c.target == FU_T_ATTR) {
		fu_take_raw(t, name, raw);
		return;
	}
	if (value->type == FU_JSON_OBJECT && c.target == FU_T_SPREAD) {
		fu_take_spread(t, &c, raw);
		return;
	}
	text = value->type == FU_JSON_ARRAY ? join_list(t->arena, value) :
	    fu_json_scalar_text(t->arena, value);
	if (text != NULL) {
		const char *country = t->country;

		/* The point of a JSON number is one, wherever they live. */
		if (c.target == FU_F_BUDGET && value->type == FU_JSON_NUMBER)
			t->country = NULL;
		fu_take_cell(t, &c, fu_str_of(text), NULL);
		if (c.target == FU_F_BUDGET)
			t->country = country;
	} else if (fu_nul_in_header(value, c.target))
		fu_take_aside(t, FU_F_LAST_NAME, name, c.attr, raw,
		    FU_HEADER_INJECTION, NULL);
	else if (c.target < FU_FIELD_N)
		fu_take_aside(t, c.target, name, c.attr, raw, "bad_value",
		    NULL);
	else
		fu_take_raw(t, c.attr, raw);
}

void
fu_person_of_json(const struct fu_norm *norm, const struct fu_defaults *d,
    const struct fu_object *object, struct fu_arena *a, struct fu_taken *out)
{
	const char *system = NULL;
	struct fu_taker t;

	fu_take_begin(&t, norm, d, a, out);
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < object->n; i++) {
			bool country = fu_str_is(object->member[i].key,
			    fu_fields[FU_F_COUNTRY].name);

			if (country == (pass == 0))
				take_json(&t, &object->member[i]);
		}
	fu_take_end(&t, d, system);
}
