/*
 * The statements about documents and passages as they are shown.
 */
#include <limits.h>
#include <string.h>

#include "record/json.h"
#include "store/passages.h"

static const char document_add[] =
    "INSERT INTO document (id, root, path, version, reading, kind, title, url,"
    " language, tongue, front, blocks, passages, indexed_us)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
static const char index_drop[] =
    "DELETE FROM passage_index WHERE passage IN"
    " (SELECT id FROM passage WHERE document = $1)";
static const char passages_drop[] =
    "DELETE FROM passage WHERE document = $1";
static const char document_at[] =
    "SELECT id, version = $1 AND reading = $2 FROM document"
    " WHERE root = $3 AND path = $4";
static const char document_drop[] =
    "DELETE FROM document WHERE id = $1";
static const char passage_add[] =
    "INSERT INTO passage (id, document, chunk, heading, hash, text, sketch)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)";
static const char index_add[] =
    "INSERT INTO passage_index (passage, document, words, length, names,"
    " vector) VALUES ($1, $2, $3, $4, $5, $6)";
static const char index_add_bare[] =
    "INSERT INTO passage_index (passage, document, words, length, names)"
    " VALUES ($1, $2, $3, $4, $5)";
#define DOCUMENT "d.id, d.root, d.path, d.version, d.reading, d.kind, d.title," \
    " d.url, d.language, d.tongue, d.front, d.blocks, d.passages, d.indexed_us"
#define PASSAGE "p.id, p.document, p.chunk, p.heading, p.hash, p.text, p.sketch"
static const char documents_all[] =
    "SELECT " DOCUMENT " FROM document AS d ORDER BY d.root, d.path";
static const char document_kinds[] =
    "SELECT id, kind FROM document ORDER BY id";
static const char passages_of[] =
    "SELECT " PASSAGE " FROM passage AS p WHERE p.document = $1"
    " ORDER BY p.chunk";
static const char passage_load[] =
    "SELECT " DOCUMENT ", " PASSAGE " FROM passage AS p"
    " JOIN document AS d ON d.id = p.document WHERE p.id = $1";
static const char documents_count[] =
    "SELECT count(*), sum(passages) FROM document";
static const char passages_newer[] =
    "SELECT count(*) FROM passage_index WHERE passage > $1";
static const char tongues[] =
    "SELECT tongue FROM document GROUP BY tongue"
    " ORDER BY sum(passages) DESC, tongue";
static const char basis_newest[] =
    "SELECT newest FROM basis WHERE id = 1";

static void
put_list(struct fu_jw *jw, const char *key, const struct fu_list *list)
{
	if (list->n == 0)
		return;
	fu_jw_array(jw, key);
	for (size_t i = 0; i < list->n; i++)
		fu_jw_str(jw, NULL, list->item[i]);
	fu_jw_array_end(jw);
}

static void
put_day(struct fu_jw *jw, const char *key, int32_t day)
{
	if (day != FU_NO_DAY)
		fu_jw_int(jw, key, day);
}

/* What of front matter has no column: nothing asks for it by SQL. */
static void
put_front(const struct fu_document *d, struct fu_buf *out)
{
	struct fu_jw	 jw;

	fu_jw_init(&jw, out);
	fu_jw_object(&jw, NULL);
	put_list(&jw, "industry", &d->industry);
	put_list(&jw, "competitor", &d->competitor);
	put_list(&jw, "objection", &d->objection);
	if (d->size_min > 0)
		fu_jw_int(&jw, "size_min", d->size_min);
	if (d->size_max != INT_MAX)
		fu_jw_int(&jw, "size_max", d->size_max);
	if (d->summary != NULL)
		fu_jw_str(&jw, "summary", d->summary);
	put_day(&jw, "published", d->published);
	put_day(&jw, "expires", d->expires);
	put_day(&jw, "deadline", d->deadline);
	fu_jw_object_end(&jw);
}

static void
get_list(struct fu_arena *arena, const struct fu_object *o, const char *key,
    struct fu_list *list)
{
	const struct fu_json	*value = fu_json_get(o, key);
	struct fu_json		*item;
	size_t			 n;

	*list = (struct fu_list){ NULL, 0 };
	if (value == NULL || value->type != FU_JSON_ARRAY)
		return;
	item = fu_json_items(arena, value, &n);
	list->item = fu_alloc_array(arena, n + 1, sizeof(*list->item));
	for (size_t i = 0; i < n; i++)
		if ((list->item[list->n] = fu_json_text(arena, &item[i])) !=
		    NULL)
			list->n++;
}

static int
get_int(const struct fu_object *o, const char *key, int otherwise)
{
	int64_t	 value;

	return (fu_json_int(fu_json_get(o, key), &value) && value >= INT_MIN &&
	    value <= INT_MAX ? (int)value : otherwise);
}

static void
get_front(struct fu_arena *arena, const char *text, struct fu_document *d)
{
	struct fu_object	 o = { NULL, 0 };

	(void)fu_json_object(arena, fu_str_of(text), &o, NULL);
	get_list(arena, &o, "industry", &d->industry);
	get_list(arena, &o, "competitor", &d->competitor);
	get_list(arena, &o, "objection", &d->objection);
	d->size_min = get_int(&o, "size_min", 0);
	d->size_max = get_int(&o, "size_max", INT_MAX);
	d->summary = fu_json_text(arena, fu_json_get(&o, "summary"));
	d->published = get_int(&o, "published", FU_NO_DAY);
	d->expires = get_int(&o, "expires", FU_NO_DAY);
	d->deadline = get_int(&o, "deadline", FU_NO_DAY);
}

static struct fu_str
col_blob(struct fu_stmt *s, int i, struct fu_arena *arena)
{
	struct fu_str	 view = fu_col_view(s, i);

	return ((struct fu_str){ fu_dup_str(arena, view), view.len });
}

static void
get_document(struct fu_stmt *s, struct fu_arena *arena,
    struct fu_document_row *row)
{
	memset(row, 0, sizeof(*row));
	row->id = fu_col_int(s, 0);
	row->root = fu_col_text(s, 1, arena);
	row->d.path = fu_col_text(s, 2, arena);
	row->d.file = row->d.path;
	row->d.version = fu_col_text(s, 3, arena);
	row->reading = fu_col_text(s, 4, arena);
	row->d.kind = fu_col_text(s, 5, arena);
	row->d.title = fu_col_text(s, 6, arena);
	row->d.url = fu_col_text(s, 7, arena);
	row->d.language = fu_col_text(s, 8, arena);
	row->tongue = fu_col_text(s, 9, arena);
	get_front(arena, fu_col_text(s, 10, arena), &row->d);
	row->blocks = col_blob(s, 11, arena);
	row->passages = fu_col_int(s, 12);
	row->indexed_us = fu_col_int(s, 13);
	row->d.body = "";
}

static void
get_passage(struct fu_stmt *s, int from, struct fu_arena *arena,
    struct fu_passage_row *row)
{
	row->id = fu_col_int(s, from);
	row->document = fu_col_int(s, from + 1);
	row->chunk = (int)fu_col_int(s, from + 2);
	row->heading = fu_col_text(s, from + 3, arena);
	row->hash = fu_col_text(s, from + 4, arena);
	row->text = fu_col_text(s, from + 5, arena);
	row->sketch = col_blob(s, from + 6, arena);
}

int
fu_document_add(struct fu_store *store, struct fu_document_row *row,
    struct fu_err *err)
{
	const struct fu_document	*d = &row->d;
	struct fu_buf			 front;
	int				 rc;

	if (fu_store_id(store, FU_N_DOCUMENT, &row->id, err) == -1)
		return (-1);
	fu_buf_init(&front);
	put_front(d, &front);
	rc = fu_db_run(store->db, document_add, err, "isssssssssSxii", row->id,
	    row->root, d->path, d->version, row->reading, d->kind, d->title,
	    d->url, d->language, row->tongue, fu_buf_view(&front),
	    row->blocks.ptr == NULL ? "" : row->blocks.ptr, row->blocks.len,
	    row->passages, store->now_us);
	fu_buf_free(&front);
	return (rc);
}

int
fu_document_at(struct fu_store *store, const struct fu_document_row *row,
    int64_t *id, bool *same, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, document_at, err, "ssss",
	    row->d.version, row->reading, row->root, row->d.path);

	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	*id = fu_col_int(s, 0);
	*same = fu_col_int(s, 1) != 0;
	fu_stmt_reset(s);
	return (1);
}

int
fu_document_drop(struct fu_store *store, int64_t id, struct fu_err *err)
{
	if (fu_db_run(store->db, index_drop, err, "i", id) == -1 ||
	    fu_db_run(store->db, passages_drop, err, "i", id) == -1)
		return (-1);
	return (fu_db_run(store->db, document_drop, err, "i", id));
}

int
fu_passage_add(struct fu_store *store, struct fu_passage_row *row,
    struct fu_passage_words *w, struct fu_err *err)
{
	const void	*words = w->words.len == 0 ? "" : w->words.ptr;
	const void	*names = w->names.len == 0 ? "" : w->names.ptr;

	if (fu_store_id(store, FU_N_PASSAGE, &row->id, err) == -1 ||
	    fu_db_run(store->db, passage_add, err, "iidsssx", row->id,
	    row->document, row->chunk, row->heading, row->hash, row->text,
	    row->sketch.len == 0 ? "" : row->sketch.ptr, row->sketch.len) == -1)
		return (-1);
	w->passage = row->id;
	w->document = row->document;
	if (w->vector.len == 0)
		return (fu_db_run(store->db, index_add_bare, err, "iixix",
		    row->id, row->document, words, w->words.len, w->length,
		    names, w->names.len));
	return (fu_db_run(store->db, index_add, err, "iixixx",
	    row->id, row->document, words, w->words.len, w->length, names,
	    w->names.len, (const void *)w->vector.ptr, w->vector.len));
}

int
fu_documents_each(struct fu_store *store, struct fu_arena *arena,
    int (*each)(void *, const struct fu_document_row *, struct fu_err *),
    void *ctx, struct fu_err *err)
{
	struct fu_stmt		*s = fu_db_stmt(store->db, documents_all, err);
	struct fu_document_row	 row;
	int			 rc, told = 0;

	if (s == NULL)
		return (-1);
	while (told == 0 && (rc = fu_stmt_step(s, err)) == 1) {
		get_document(s, arena, &row);
		told = each(ctx, &row, err);
	}
	if (told == 0)
		return (rc);
	fu_stmt_reset(s);
	return (told);
}

int
fu_document_kinds_each(struct fu_store *store,
    int (*each)(void *, int64_t, const char *, struct fu_err *), void *ctx,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, document_kinds, err);
	struct fu_arena	 arena;
	int		 rc, told = 0;

	if (s == NULL)
		return (-1);
	fu_arena_init(&arena);
	while (told == 0 && (rc = fu_stmt_step(s, err)) == 1) {
		fu_arena_reset(&arena);
		told = each(ctx, fu_col_int(s, 0), fu_col_text(s, 1, &arena),
		    err);
	}
	fu_arena_free(&arena);
	if (told == 0)
		return (rc);
	fu_stmt_reset(s);
	return (told);
}

int
fu_passage_load(struct fu_store *store, int64_t id, struct fu_arena *arena,
    struct fu_passage_row *passage, struct fu_document_row *document,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, passage_load, err, "i", id);

	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	get_document(s, arena, document);
	get_passage(s, 14, arena, passage);
	fu_stmt_reset(s);
	return (1);
}

int
fu_knowledge_size(struct fu_store *store, struct fu_knowledge_size *size,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, documents_count, err, "");
	int64_t		 newest = 0;

	if (s == NULL)
		return (-1);
	size->documents = fu_col_int(s, 0);
	size->passages = fu_col_int(s, 1);
	fu_stmt_reset(s);
	if ((s = fu_db_one(store->db, basis_newest, err, "")) != NULL) {
		newest = fu_col_int(s, 0);
		fu_stmt_reset(s);
	} else if (err->class != FU_OK)
		return (-1);
	if ((s = fu_db_one(store->db, passages_newer, err, "i", newest)) ==
	    NULL)
		return (-1);
	size->unlearned = fu_col_int(s, 0);
	fu_stmt_reset(s);
	return (0);
}

int
fu_knowledge_tongues(struct fu_store *store, struct fu_arena *arena,
    struct fu_list *list, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, tongues, err);
	size_t		 cap = 0;
	int		 rc;

	*list = (struct fu_list){ NULL, 0 };
	if (s == NULL)
		return (-1);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		list->item = fu_grow(arena, list->item, list->n, &cap,
		    sizeof(*list->item));
		list->item[list->n++] = fu_col_text(s, 0, arena);
	}
	return (rc);
}

int
fu_document_passages(struct fu_store *store, int64_t document,
    struct fu_arena *arena, struct fu_passage_row **row, size_t *n,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, passages_of, err);
	size_t		 cap = 0;
	int		 rc;

	*row = NULL;
	*n = 0;
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "i", document);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		*row = fu_grow(arena, *row, *n, &cap, sizeof(**row));
		get_passage(s, 0, arena, &(*row)[(*n)++]);
	}
	return (rc);
}
