/*
 * The statements about when a service may be written to next.
 */
#include "store/pace.h"

static const char pace_next[] =
    "SELECT next_us FROM pace WHERE service = $1";
static const char pace_set[] =
    "INSERT INTO pace (service, next_us) VALUES ($1, $2)"
    " ON CONFLICT (service) DO UPDATE SET next_us = excluded.next_us";

/* What the row says, if a clock that was right said it. */
static int
next_of(struct fu_store *store, const char *service, int64_t from_us,
    int64_t *at_us, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, pace_next, err, "s",
	    service);
	int64_t		 next;

	*at_us = from_us;
	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	next = fu_col_int(s, 0);
	fu_stmt_reset(s);
	if (next > from_us && next - from_us <= FU_PACE_TRUST_US)
		*at_us = next;
	return (0);
}

int
fu_pace_take(struct fu_store *store, const char *service, int64_t from_us,
    int64_t gap_us, int64_t max_us, int64_t *at_us, struct fu_err *err)
{
	if (next_of(store, service, from_us, at_us, err) == -1)
		return (-1);
	if (*at_us > max_us)
		return (0);
	return (fu_db_run(store->db, pace_set, err, "si", service,
	    *at_us + gap_us));
}

int
fu_pace_push(struct fu_store *store, const char *service, int64_t until_us,
    struct fu_err *err)
{
	int64_t	 next;

	if (next_of(store, service, until_us, &next, err) == -1)
		return (-1);
	return (fu_db_run(store->db, pace_set, err, "si", service, next));
}
