/*
 * The statements of a fit.
 *
 * Must never write.
 */
#include "store/fit.h"

static const char enrolled_range[] =
    "SELECT prospect, MIN(entered_us) FROM enrolment"
    " WHERE prospect BETWEEN $1 AND $2 GROUP BY prospect ORDER BY prospect";
static const char given_range[] =
    "SELECT p.prospect, b.at_us, p.fields FROM provenance p"
    " JOIN batch b ON b.id = p.batch WHERE p.prospect BETWEEN $1 AND $2"
    " ORDER BY p.prospect, p.id";

int
fu_fit_enrolled_range(struct fu_store *store, int64_t from, int64_t to,
    struct fu_arena *arena, struct fu_fit_enrolled **list, size_t *n,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, enrolled_range, err);
	size_t		 cap = 0;
	int		 rc;

	*list = NULL;
	*n = 0;
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "ii", from, to);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		*list = fu_grow(arena, *list, *n, &cap, sizeof(**list));
		(*list)[(*n)++] = (struct fu_fit_enrolled){ fu_col_int(s, 0),
			fu_col_int(s, 1) };
	}
	return (rc);
}

int
fu_fit_given_range(struct fu_store *store, int64_t from, int64_t to,
    struct fu_arena *arena, struct fu_fit_given **list, size_t *n,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, given_range, err);
	size_t		 cap = 0;
	int		 rc;

	*list = NULL;
	*n = 0;
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "ii", from, to);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		*list = fu_grow(arena, *list, *n, &cap, sizeof(**list));
		(*list)[(*n)++] = (struct fu_fit_given){ fu_col_int(s, 0),
			fu_col_int(s, 1), (uint64_t)fu_col_int(s, 2) };
	}
	return (rc);
}
