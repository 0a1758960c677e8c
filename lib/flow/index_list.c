/*
 * Documents by name: which there are, and forgetting them.
 */
#include <string.h>

#include "flow/index_room.h"

/* Is it that path, below it, or what the glob means? */
static bool
named(const struct fu_document_row *row, const char *operand)
{
	const char	*path = row->d.path;
	size_t		 n = strlen(operand);

	if (fu_glob(operand, path))
		return (true);
	while (n > 0 && operand[n - 1] == '/')
		n--;
	if (strncmp(path, operand, n) == 0 && path[n] == '/')
		return (true);
	return (strcmp(row->root, operand) == 0);
}

static int
remove_named(struct fu_session *s, const struct fu_files *files,
    char **operand, int n, struct fu_index_tally *tally, struct fu_err *err)
{
	for (int k = 0; k < n; k++) {
		uint64_t	 before = tally->gone;

		for (size_t i = 0; i < files->nknown; i++) {
			if (!named(&files->known[i], operand[k]))
				continue;
			if (fu_document_drop(&s->store, files->known[i].id,
			    err) == -1)
				return (-1);
			tally->gone += fu_db_changes(s->store.db) > 0;
		}
		if (tally->gone == before)
			fu_say(s->opt, "no document is known as %s; fu-index "
			    "--list has their names", operand[k]);
	}
	return (0);
}

int
fu_index_remove(struct fu_session *s, char **operand, int n,
    struct fu_index_tally *tally, struct fu_err *err)
{
	struct fu_files	 files = { 0 };
	struct fu_arena	 arena;
	int		 rc;

	memset(tally, 0, sizeof(*tally));
	fu_arena_init(&arena);
	files.arena = &arena;
	rc = fu_files_known(&files, s, err);
	if (rc == 0 && (rc = fu_session_begin(s, err)) == 0) {
		rc = remove_named(s, &files, operand, n, tally, err);
		if (rc == 0)
			rc = fu_session_commit(s, err);
		else
			fu_session_rollback(s);
	}
	if (rc == 0)
		rc = fu_knowledge_size(&s->store, &tally->size, err);
	fu_arena_free(&arena);
	if (rc == 0 && tally->gone == 0)
		return (FU_NOTFOUND);
	return (rc);
}

int
fu_index_list(struct fu_session *s,
    int (*each)(void *, const struct fu_document_row *, struct fu_err *),
    void *ctx, struct fu_err *err)
{
	struct fu_files	 files = { 0 };
	struct fu_arena	 arena;
	int		 rc;

	fu_arena_init(&arena);
	files.arena = &arena;
	rc = fu_files_known(&files, s, err);
	for (size_t i = 0; rc == 0 && i < files.nknown; i++)
		rc = each(ctx, &files.known[i], err);
	fu_arena_free(&arena);
	return (rc);
}
