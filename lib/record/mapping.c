/*
 * From a header row to a mapping.
 *
 * Looks at names only, once a file; what the operator says outranks the
 * table.
 */
#include <stdlib.h>
#include <string.h>

#include "record/fields.h"
#include "record/memo.h"

int
fu_pair_parse(struct fu_arena *a, const char *text, bool first,
    struct fu_pair *pair, struct fu_err *err)
{
	const char *eq = first ? strchr(text, '=') : strrchr(text, '=');
	struct fu_str key;

	if (eq == NULL || eq == text)
		return (fu_err_set(err, FU_EUSAGE, "\"%s\" is no %s", text,
		    first ? "name=value" : "header=field"));
	key = fu_str_trim((struct fu_str){ text, (size_t)(eq - text) });
	pair->key = fu_dup_str(a, key);
	pair->value = fu_dup_str(a, fu_str_trim(fu_str_of(eq + 1)));
	return (0);
}

/* Country first, since phones and regions need it, then what may say which it
 * is; then by rank. */
static int
phase(const struct fu_column *c)
{
	return (c->target == FU_F_COUNTRY ? 0 : c->target == FU_F_REGION ? 1 :
	    2);
}

static int
by_rank(const void *a, const void *b, void *ctx)
{
	const struct fu_column *col = ctx;
	size_t i = *(const size_t *)a, k = *(const size_t *)b;

	if (phase(&col[i]) != phase(&col[k]))
		return (phase(&col[i]) - phase(&col[k]));
	if (col[i].rank != col[k].rank)
		return (col[i].rank - col[k].rank);
	return (i < k ? -1 : i > k);
}

static bool
identifies(int target)
{
	switch (target) {
	case FU_F_EMAIL:
	case FU_F_PHONE:
	case FU_F_EXTERNAL_ID:
	case FU_F_VISITOR:
	case FU_T_MORE_EMAIL:
	case FU_T_MORE_PHONE:
		return (true);
	default:
		return (false);
	}
}

/* Headers of an id that is a system's when it has the shape of its ids. */
static bool
is_plain_id(const char *name)
{
	return (strcmp(name, "id") == 0 || strcmp(name, "lead id") == 0 ||
	    strcmp(name, "leadid") == 0 || strcmp(name, "contact id") == 0);
}

static int
apply_override(struct fu_mapping *m, const char *const *name,
    const struct fu_pair *over, struct fu_err *err)
{
	char want[FU_HEADER_MAX];
	int target = fu_target_find(over->value);
	bool found = false;

	if (target < 0)
		return (fu_err_set(err, FU_EUSAGE, "-m \"%s=%s\": no field "
		    "\"%s\" (attr keeps the column as it is)", over->key,
		    over->value, over->value));
	(void)fu_header_normalise(fu_str_of(over->key), want);
	for (size_t i = 0; i < m->n; i++)
		if (strcmp(name[i], want) == 0) {
			m->col[i].target = target;
			m->col[i].rank = -1;
			m->col[i].soft = false;
			found = true;
		}
	if (!found)
		return (fu_err_set(err, FU_EUSAGE, "-m \"%s=%s\": the file "
		    "has no column \"%s\"", over->key, over->value,
		    over->key));
	return (0);
}

int
fu_mapping_make(struct fu_mapping *m, const char *const *header, size_t n,
    const struct fu_pair *over, size_t nover, struct fu_err *err)
{
	char buf[FU_HEADER_MAX];
	const char **name;

	*m = (struct fu_mapping){ .n = n };
	fu_arena_init(&m->arena);
	m->col = fu_alloc_array(&m->arena, n + 1, sizeof(*m->col));
	m->order = fu_alloc_array(&m->arena, n + 1, sizeof(*m->order));
	m->memo = fu_alloc_array(&m->arena, n + 1, sizeof(*m->memo));
	name = fu_alloc_array(&m->arena, n + 1, sizeof(*name));
	for (size_t i = 0; i < n; i++) {
		struct fu_column *c = &m->col[i];
		struct fu_header h;

		name[i] = fu_dup(&m->arena, fu_header_normalise(
		    fu_str_of(header[i]), buf));
		c->header = fu_dup(&m->arena, header[i]);
		c->attr = fu_field_find(header[i]) < 0 ? c->header :
		    fu_printf(&m->arena, "%s (set aside)", header[i]);
		c->target = FU_T_ATTR;
		if (fu_header_find(name[i], &h)) {
			c->target = h.target;
			c->rank = h.rank;
			c->soft = h.soft;
		}
		m->order[i] = i;
	}
	m->system = fu_headers_system(name, header, n);
	for (size_t i = 0; i < nover; i++)
		if (apply_override(m, name, &over[i], err) != 0)
			return (-1);
	for (size_t i = 0; i < n && m->system == NULL; i++)
		if (m->col[i].target == FU_F_EXTERNAL_ID &&
		    is_plain_id(name[i]))
			m->by_shape = true;
	for (size_t i = 0; i < n; i++)
		if (identifies(m->col[i].target) ||
		    (m->col[i].target == FU_T_URL &&
		    fu_streq(m->system, "linkedin")))
			m->identifies = true;
	qsort_r(m->order, n, sizeof(*m->order), by_rank, m->col);
	return (0);
}

void
fu_mapping_free(struct fu_mapping *m)
{
	fu_arena_free(&m->arena);
	*m = (struct fu_mapping){ 0 };
}
