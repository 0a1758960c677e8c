/*
 * Reads maps by tables.  Knows types, ranges and words; never a key's name
 * or what it is for.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "config/country.h"
#include "config/nearest.h"
#include "config/scalar.h"
#include "config/table.h"

static void *
at(void *base, size_t offset)
{
	return ((char *)base + offset);
}

int
fu_word_find(const char *const *words, const char *text)
{
	int i;

	for (i = 0; words[i] != NULL; i++)
		if (strcmp(words[i], text) == 0)
			return (i);
	return (-1);
}

void
fu_word_fault(struct fu_read *rd, const struct fu_node *node,
    const char *const *words, const char *what)
{
	struct fu_nearest near;
	struct fu_buf all;
	size_t i;

	fu_nearest_start(&near, node->text);
	fu_buf_init(&all);
	for (i = 0; words[i] != NULL; i++) {
		fu_nearest_try(&near, words[i]);
		fu_buf_printf(&all, "%s%s", i == 0 ? "" :
		    words[i + 1] == NULL ? " or " : ", ", words[i]);
	}
	if (near.word != NULL)
		fu_fault_add(rd->faults, &node->where, false, "%s cannot be "
		    "\"%s\": did you mean \"%s\"?", what, node->text,
		    near.word);
	else
		fu_fault_add(rd->faults, &node->where, false, "%s cannot be "
		    "\"%s\": write %s", what, node->text, all.ptr);
	fu_buf_free(&all);
}

const char *
fu_node_text(struct fu_read *rd, const struct fu_node *node)
{
	if (node->cut)
		return (NULL);
	if (node->kind != FU_NODE_TEXT) {
		fu_fault_add(rd->faults, &node->where, false, "%s%s%s is %s, "
		    "where one value belongs%s", node->key ? "\"" : "",
		    node->key ? node->key : "this item", node->key ? "\"" : "",
		    fu_node_kind_name(node), node->kind == FU_NODE_MAP ?
		    ": put a text with {{…}} or \": \" in quotes" : "");
		return (NULL);
	}
	if (node->quote == 0 && (node->text[0] == '\0' ||
	    strcmp(node->text, "~") == 0 || strcmp(node->text, "null") == 0)) {
		fu_fault_add(rd->faults, node->key != NULL ? &node->key_where :
		    &node->where, false, "%s%s%s has no value: write one, or "
		    "remove the line", node->key ? "\"" : "",
		    node->key ? node->key : "this item", node->key ? "\"" : "");
		return (NULL);
	}
	return (node->text);
}

const char *
fu_path_join(struct fu_arena *arena, const char *dir, const char *path)
{
	if (path[0] == '/' || dir == NULL || strcmp(dir, ".") == 0)
		return (fu_dup(arena, path));
	return (fu_printf(arena, "%s%s%s", dir,
	    strcmp(dir, "/") == 0 ? "" : "/", path));
}

void
fu_list_add(struct fu_arena *arena, struct fu_list *list, size_t *cap,
    const char *item)
{
	list->item = fu_grow(arena, list->item, list->n, cap,
	    sizeof(*list->item));
	list->item[list->n++] = item;
}

/* A list, or one text in its place: the first item to look at. */
static const struct fu_node *
items_of(struct fu_read *rd, const struct fu_node *node)
{
	if (node->kind == FU_NODE_LIST)
		return (node->first);
	if (node->kind == FU_NODE_MAP && node->cut)
		return (NULL);
	if (node->kind == FU_NODE_MAP) {
		fu_fault_add(rd->faults, &node->where, false, "\"%s\" is a map "
		    "of keys, where a list belongs: write [a, b]",
		    node->key ? node->key : "this");
		return (NULL);
	}
	return (node);
}

/* The next item, when ${node} itself may be the only one. */
static const struct fu_node *
item_next(const struct fu_node *node, const struct fu_node *item)
{
	return (item == node ? NULL : item->next);
}

static void
read_list(struct fu_read *rd, const struct fu_keydef *key,
    const struct fu_node *node, struct fu_list *list)
{
	const struct fu_node *item;
	const char *text;
	size_t cap = 0;

	*list = (struct fu_list){ 0 };
	for (item = items_of(rd, node); item != NULL;
	    item = item_next(node, item)) {
		if ((text = fu_node_text(rd, item)) == NULL)
			continue;
		if (key->words != NULL && fu_word_find(key->words, text) < 0) {
			fu_word_fault(rd, item, key->words, key->name);
			continue;
		}
		fu_list_add(rd->arena, list, &cap, text);
	}
}

static void
read_spans(struct fu_read *rd, const struct fu_keydef *key,
    const struct fu_node *node, void *base)
{
	const struct fu_node *item;
	struct fu_span *span = NULL, one;
	struct fu_err err;
	const char *text;
	size_t n = 0, cap = 0;

	for (item = items_of(rd, node); item != NULL;
	    item = item_next(node, item)) {
		if ((text = fu_node_text(rd, item)) == NULL)
			continue;
		if (fu_span_parse(text, &one, &err) == -1) {
			fu_fault_add(rd->faults, &item->where, false, "%s",
			    err.msg);
			continue;
		}
		span = fu_grow(rd->arena, span, n, &cap, sizeof(*span));
		span[n++] = one;
	}
	*(struct fu_span **)at(base, key->offset) = span;
	*(size_t *)at(base, key->count) = n;
}

/* Lists of maps and maps of named maps become arrays. */
static void
read_maps(struct fu_read *rd, const struct fu_keydef *key,
    const struct fu_node *node, void *base)
{
	const struct fu_table *t = key->table;
	enum fu_node_kind kind = key->type == FU_KT_NAMED ? FU_NODE_MAP :
	    FU_NODE_LIST;
	const struct fu_node *item;
	char *array;
	size_t n = 0;

	if (node->kind != kind) {
		if (!node->cut)
			fu_fault_add(rd->faults, &node->where, false, "\"%s\" "
			    "is %s, where %s of %s belongs", key->name,
			    fu_node_kind_name(node), kind == FU_NODE_MAP ?
			    "a map" : "a list", t->what);
		return;
	}
	for (item = node->first; item != NULL; item = item->next)
		n++;
	array = fu_alloc_array(rd->arena, n == 0 ? 1 : n, t->size);
	n = 0;
	for (item = node->first; item != NULL; item = item->next) {
		if (item->kind != FU_NODE_MAP && item->cut)
			continue;
		if (item->kind != FU_NODE_MAP) {
			fu_fault_add(rd->faults, &item->where, false, "%s is a "
			    "map, like { %s: … }", t->what, t->key[0].name);
			continue;
		}
		fu_table_read(rd, t, item, array + n * t->size);
		if (key->type == FU_KT_NAMED)
			*(const char **)at(array + n * t->size, t->name) =
			    item->key;
		n++;
	}
	*(void **)at(base, key->offset) = array;
	*(size_t *)at(base, key->count) = n;
}

/* "true" and "yes", "false" and "no": only where the table says so. */
static int
parse_bool(const char *text, bool *out)
{
	static const char *const words[] = { "false", "true", "no", "yes",
		NULL };
	int i;

	for (i = 0; words[i] != NULL; i++)
		if (fu_streq_nocase(words[i], text)) {
			*out = (i & 1) != 0;
			return (0);
		}
	return (-1);
}

static int
parse_int(const struct fu_keydef *key, const char *text, int *out,
    struct fu_err *err)
{
	int64_t v, min = key->min, max = key->max;
	char digits[24];
	size_t len = strlen(text);

	if (key->type == FU_KT_PERCENT) {
		if (len < 2 || len > sizeof(digits) || text[len - 1] != '%')
			return (fu_err_set(err, FU_ECONFIG, "\"%s\" is no "
			    "share: write 10%%", text));
		memcpy(digits, text, len - 1);
		digits[len - 1] = '\0';
		text = digits;
		min = 0;
		max = 100;
	} else if (min == 0 && max == 0)
		max = INT_MAX;
	if (fu_int_parse(text, &v, err) == -1)
		return (-1);
	if (v < min || v > max)
		return (fu_err_set(err, FU_ECONFIG, "%lld is out of range: %s "
		    "goes from %lld to %lld", (long long)v, key->name,
		    (long long)min, (long long)max));
	*out = (int)v;
	return (0);
}

static int
parse_duration(const struct fu_keydef *key, const char *text, int64_t *us,
    struct fu_err *err)
{
	if (fu_duration_parse(fu_str_of(text), us, err) == -1)
		return (-1);
	if (key->type != FU_KT_DURATION && *us % FU_DAY != 0)
		return (fu_err_set(err, FU_ECONFIG, "%s counts whole days, "
		    "and %s is none: write 3d", key->name, text));
	return (0);
}

static int
parse_country(struct fu_read *rd, const char *text, const char **out,
    struct fu_err *err)
{
	if (strlen(text) != 2 || text[0] < 'A' || text[0] > 'Z' ||
	    text[1] < 'A' || text[1] > 'Z')
		return (fu_err_set(err, FU_ECONFIG, "\"%s\" is no country: "
		    "write its two letters, like US or DE", text));
	if (strcmp(text, "UK") == 0)
		return (fu_err_set(err, FU_ECONFIG, "\"UK\" is no country "
		    "code: write GB"));
	if (!fu_country_known(text))
		return (fu_err_set(err, FU_ECONFIG, "there is no country "
		    "\"%s\": write its two letters, like US or DE", text));
	*out = fu_dup(rd->arena, text);
	return (0);
}

/* No line break, nor any other control character. */
static bool
is_line(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7f)
			return (false);
	return (true);
}

static int
parse_url(const char *text, struct fu_err *err)
{
	if ((strncmp(text, "https://", 8) == 0 && text[8] != '\0') ||
	    (strncmp(text, "http://", 7) == 0 && text[7] != '\0'))
		if (strpbrk(text, " \t\n\"<>") == NULL)
			return (0);
	return (fu_err_set(err, FU_ECONFIG, "\"%s\" is no address of a page: "
	    "write https://…", text));
}

/* A value that is one text.  -1 with the fault's words in ${err}. */
static int
read_scalar(struct fu_read *rd, const struct fu_keydef *key, const char *text,
    void *member, struct fu_err *err)
{
	int64_t us;
	int hours[2];

	switch (key->type) {
	case FU_KT_TEXT:
		*(const char **)member = text;
		return (0);
	case FU_KT_LINE:
		if (!is_line(text))
			return (fu_err_set(err, FU_ECONFIG, "%s is one line: "
			    "it stands in the head of mails", key->name));
		*(const char **)member = text;
		return (0);
	case FU_KT_PATH:
		*(const char **)member = fu_path_join(rd->arena, rd->dir, text);
		return (0);
	case FU_KT_URL:
		if (parse_url(text, err) == -1)
			return (-1);
		*(const char **)member = text;
		return (0);
	case FU_KT_EMAIL:
		if (!fu_email_plausible(text))
			return (fu_err_set(err, FU_ECONFIG, "\"%s\" is no "
			    "address: write name@example.com", text));
		*(const char **)member = text;
		return (0);
	case FU_KT_COUNTRY:
		return (parse_country(rd, text, member, err));
	case FU_KT_ZONE:
		if (fu_zone_open(text) == NULL)
			return (fu_err_set(err, FU_ECONFIG, "there is no time "
			    "zone \"%s\": write one like Europe/Dublin", text));
		*(const char **)member = text;
		return (0);
	case FU_KT_INT:
	case FU_KT_PERCENT:
		return (parse_int(key, text, member, err));
	case FU_KT_BOOL:
		if (parse_bool(text, member) == -1)
			return (fu_err_set(err, FU_ECONFIG, "%s is true or "
			    "false, not \"%s\"", key->name, text));
		return (0);
	case FU_KT_DURATION:
	case FU_KT_DAYS_LONG:
		if (parse_duration(key, text, &us, err) == -1)
			return (-1);
		*(int64_t *)member = us;
		return (0);
	case FU_KT_NDAYS:
		if (parse_duration(key, text, &us, err) == -1)
			return (-1);
		*(int *)member = (int)(us / FU_DAY);
		return (0);
	case FU_KT_DATE:
		if (fu_date_parse(fu_str_of(text), member, err) == -1)
			return (fu_err_set(err, FU_ECONFIG, "\"%s\" is no "
			    "date: write 2026-03-02", text));
		return (0);
	case FU_KT_WEEKDAYS:
		return (fu_weekdays_parse(text, member, err));
	case FU_KT_HOURS:
		if (fu_hours_parse(text, hours, err) == -1)
			return (-1);
		memcpy(member, hours, sizeof(hours));
		return (0);
	default:
		return (fu_err_set(err, FU_ESOFTWARE, "key %s: no scalar",
		    key->name));
	}
}

/* NAME, EITHER and WORD: one of the key's words. */
static void
read_word(struct fu_read *rd, const struct fu_keydef *key,
    const struct fu_node *node, void *member)
{
	int i;

	if ((i = fu_word_find(key->words, node->text)) < 0) {
		fu_word_fault(rd, node, key->words, key->name);
		return;
	}
	if (key->type == FU_KT_NAME)
		*(const char **)member = key->words[i];
	else if (key->type == FU_KT_EITHER)
		*(bool *)member = i == 1;
	else
		*(int *)member = i;
}

void
fu_key_read(struct fu_read *rd, const struct fu_keydef *key,
    const struct fu_node *node, void *base)
{
	void *member = at(base, key->offset);
	struct fu_err err;
	const char *text;

	switch (key->type) {
	case FU_KT_LIST:
		read_list(rd, key, node, member);
		return;
	case FU_KT_SPANS:
		read_spans(rd, key, node, base);
		return;
	case FU_KT_MAPS:
	case FU_KT_NAMED:
		read_maps(rd, key, node, base);
		return;
	case FU_KT_MAP:
		fu_table_read(rd, key->table, node, member);
		return;
	case FU_KT_READ:
		key->read(rd, node, member);
		return;
	default:
		break;
	}
	if ((text = fu_node_text(rd, node)) == NULL)
		return;
	switch (key->type) {
	case FU_KT_CONDITION:
		*(struct fu_condition *)member = (struct fu_condition){ text,
			node->where, node->source, node->quote };
		return;
	case FU_KT_SECRET:
		*(struct fu_secret *)member = (struct fu_secret){ text,
			node->where };
		return;
	case FU_KT_NAME:
	case FU_KT_EITHER:
	case FU_KT_WORD:
		read_word(rd, key, node, member);
		return;
	default:
		if (read_scalar(rd, key, text, member, &err) == -1)
			fu_fault_add(rd->faults, &node->where, false, "%s",
			    err.msg);
	}
}

static void
unknown_key(struct fu_read *rd, const struct fu_table *t,
    const struct fu_node *m)
{
	struct fu_nearest near;
	size_t i;

	fu_nearest_start(&near, m->key);
	for (i = 0; i < t->n; i++)
		fu_nearest_try(&near, t->key[i].name);
	if (near.word != NULL)
		fu_fault_add(rd->faults, &m->key_where, t->lenient, "%s has no "
		    "key \"%s\": did you mean \"%s\"?", t->what, m->key,
		    near.word);
	else
		fu_fault_add(rd->faults, &m->key_where, t->lenient, "%s has no "
		    "key \"%s\"", t->what, m->key);
}

void
fu_table_read(struct fu_read *rd, const struct fu_table *t,
    const struct fu_node *node, void *base)
{
	const struct fu_node *m;
	size_t i;

	if (t->init != NULL)
		t->init(base);
	if (t->has_where)
		*(struct fu_where *)at(base, t->where) = node->where;
	if (node->kind != FU_NODE_MAP && node->cut)
		return;
	if (node->kind != FU_NODE_MAP) {
		fu_fault_add(rd->faults, &node->where, false, "%s is a map of "
		    "keys, like { %s: … }", t->what, t->key[0].name);
		return;
	}
	for (m = node->first; m != NULL; m = m->next) {
		for (i = 0; i < t->n; i++)
			if (strcmp(t->key[i].name, m->key) == 0)
				break;
		if (i == t->n)
			unknown_key(rd, t, m);
		else
			fu_key_read(rd, &t->key[i], m, base);
	}
	/* What stands behind a syntax error may be all there. */
	for (i = 0; i < t->n && !node->cut; i++)
		if (t->key[i].required &&
		    fu_node_get(node, t->key[i].name) == NULL)
			fu_fault_add(rd->faults, &node->where, false,
			    "%s needs \"%s:\" (%s)", t->what, t->key[i].name,
			    t->key[i].doc);
	if (t->check != NULL && !node->cut)
		t->check(rd, node, base);
}
