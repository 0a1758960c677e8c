/*
 * The statements about what a person has had from us.
 */
#include <string.h>

#include "store/shown.h"

static const char shown_load[] =
    "SELECT doc, sketch FROM insight_shown WHERE prospect = $1 ORDER BY id";
static const char shown_add[] =
    "INSERT INTO insight_shown (prospect, id, touch, doc, heading, hash, kind,"
    " sketch, at_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
static const char shown_remove[] =
    "DELETE FROM insight_shown WHERE prospect = $1 AND touch = $2";
static const char shown_of_touch[] =
    "SELECT doc FROM insight_shown WHERE prospect = $1 AND touch = $2"
    " ORDER BY id LIMIT 1";
static const char thread_load[] =
    "SELECT message_id, thread, subject FROM touch"
    " WHERE prospect = $1 AND enrolment = $2 AND channel = 'email'"
    " AND state = 4 AND message_id IS NOT NULL AND sender = $3"
    " ORDER BY sent_us DESC, id DESC LIMIT 1";

int
fu_shown_load(struct fu_store *store, int64_t prospect,
    struct fu_arena *arena, struct fu_shown *shown, struct fu_err *err)
{
	struct fu_stmt		*s = fu_db_stmt(store->db, shown_load, err);
	struct fu_shown_row	*row;
	struct fu_str		 view;
	int			 rc;

	memset(shown, 0, sizeof(*shown));
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "i", prospect);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		shown->row = fu_grow(arena, shown->row, shown->n, &shown->cap,
		    sizeof(*shown->row));
		row = &shown->row[shown->n++];
		memset(row, 0, sizeof(*row));
		row->doc = fu_col_text(s, 0, arena);
		view = fu_col_view(s, 1);
		row->sketch = (struct fu_str){ fu_dup_str(arena, view),
			view.len };
	}
	return (rc);
}

int
fu_shown_add(struct fu_store *store, int64_t prospect, int64_t touch,
    const struct fu_shown_row *row, struct fu_err *err)
{
	int64_t	 id;

	if (fu_store_id(store, FU_N_ROW, &id, err) == -1)
		return (-1);
	return (fu_db_run(store->db, shown_add, err, "iiissssxi", prospect, id,
	    touch, row->doc, row->heading, row->hash, row->kind,
	    row->sketch.len == 0 ? "" : row->sketch.ptr, row->sketch.len,
	    store->now_us));
}

int
fu_shown_remove(struct fu_store *store, int64_t prospect, int64_t touch,
    struct fu_err *err)
{
	return (fu_db_run(store->db, shown_remove, err, "ii", prospect,
	    touch));
}

int
fu_shown_of_touch(struct fu_store *store, int64_t prospect, int64_t touch,
    struct fu_arena *arena, const char **doc, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, shown_of_touch, err, "ii",
	    prospect, touch);

	*doc = NULL;
	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	*doc = fu_col_text(s, 0, arena);
	fu_stmt_reset(s);
	return (0);
}

int
fu_thread_load(struct fu_store *store, int64_t prospect, int64_t enrolment,
    const char *sender, struct fu_arena *arena, struct fu_thread *thread,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, thread_load, err, "iis",
	    prospect, enrolment, sender);

	memset(thread, 0, sizeof(*thread));
	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	thread->message_id = fu_col_text(s, 0, arena);
	thread->references = fu_col_text(s, 1, arena);
	thread->subject = fu_col_text(s, 2, arena);
	fu_stmt_reset(s);
	return (1);
}
