/*
 * The statements about what a person has had from us.
 */
#include <string.h>

#include "store/shown.h"

static const char shown_load[] =
    "SELECT DISTINCT doc FROM insight_shown WHERE prospect = $1 ORDER BY doc";
static const char shown_add[] =
    "INSERT INTO insight_shown (prospect, id, touch, doc, heading, hash, kind,"
    " at_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
static const char shown_remove[] =
    "DELETE FROM insight_shown WHERE prospect = $1 AND touch = $2";
static const char thread_load[] =
    "SELECT message_id, thread, subject FROM touch"
    " WHERE prospect = $1 AND enrolment = $2 AND channel = 'email'"
    " AND state = 4 AND message_id IS NOT NULL AND sender = $3"
    " ORDER BY sent_us DESC, id DESC LIMIT 1";

int
fu_shown_load(struct fu_store *store, int64_t prospect,
    struct fu_arena *arena, struct fu_list *paths, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, shown_load, err);
	size_t		 cap = 0;
	int		 rc;

	*paths = (struct fu_list){ NULL, 0 };
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "i", prospect);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		paths->item = fu_grow(arena, paths->item, paths->n, &cap,
		    sizeof(*paths->item));
		paths->item[paths->n++] = fu_col_text(s, 0, arena);
	}
	return (rc);
}

int
fu_shown_add(struct fu_store *store, int64_t prospect, int64_t touch,
    const struct fu_document *d, struct fu_err *err)
{
	int64_t	 id;

	if (fu_store_id(store, FU_N_ROW, &id, err) == -1)
		return (-1);
	return (fu_db_run(store->db, shown_add, err, "iiissssi", prospect, id,
	    touch, d->path, d->title, d->version, d->kind, store->now_us));
}

int
fu_shown_remove(struct fu_store *store, int64_t prospect, int64_t touch,
    struct fu_err *err)
{
	return (fu_db_run(store->db, shown_remove, err, "ii", prospect,
	    touch));
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
