/*
 * The statement about the columns of people's own.
 */
#include "record/json.h"
#include "store/columns.h"

static const char columns_next[] =
    "SELECT id, attrs FROM prospect WHERE id > $1 ORDER BY id LIMIT 1000";

/* Mark those that one person has; how many were new. */
static size_t
mark(struct fu_arena *arena, struct fu_str attrs, const char *const *name,
    size_t n, bool *seen)
{
	struct fu_object o;
	size_t i, k, new = 0;

	if (attrs.len == 0 || fu_json_object(arena, attrs, &o, NULL) == -1)
		return (0);
	for (i = 0; i < o.n; i++)
		for (k = 0; k < n; k++)
			if (!seen[k] &&
			    fu_str_is_nocase(o.member[i].key, name[k])) {
				seen[k] = true;
				new++;
			}
	return (new);
}

int
fu_columns_seen(struct fu_store *store, const char *const *name, size_t n,
    bool *seen, bool *people, struct fu_err *err)
{
	struct fu_stmt *s = fu_db_stmt(store->db, columns_next, err);
	struct fu_arena arena;
	size_t left = n, rows = 1;
	int64_t after = 0;
	int rc = 0;

	*people = false;
	if (s == NULL)
		return (-1);
	fu_arena_init(&arena);
	while (rc == 0 && rows > 0 && (left > 0 || !*people)) {
		rows = 0;
		fu_stmt_bind(s, "i", after);
		while ((rc = fu_stmt_step(s, err)) == 1) {
			rows++;
			*people = true;
			after = fu_col_int(s, 0);
			left -= mark(&arena, fu_col_view(s, 1), name, n, seen);
		}
		fu_arena_reset(&arena);
	}
	fu_arena_free(&arena);
	return (rc);
}
