/* Documents and passages: what goes in comes out, and goes whole. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "store/passages.h"

static char		 path[64];
static struct fu_store	 store;
static struct fu_err	 err;

static int
open_store(void **state)
{
	struct fu_clock	 clock = { FU_NEVER };

	(void)state;
	snprintf(path, sizeof(path), "/tmp/fu-passages-%ld.db",
	    (long)getpid());
	return (fu_store_open(&store, path, FU_DB_CREATE, &clock, &err));
}

static int
close_store(void **state)
{
	static const char *const behind[] = { "", "-wal", "-shm" };
	char	 name[80];

	(void)state;
	fu_store_close(&store);
	for (size_t i = 0; i < 3; i++) {
		snprintf(name, sizeof(name), "%s%s", path, behind[i]);
		unlink(name);
	}
	return (0);
}

/* A document with ${n} passages. */
static int64_t
put(const char *name, const char *kind, int n)
{
	static const char	*industry[] = { "software", "a \"b\"" },
	    *objection[] = { "price" };
	struct fu_document_row	 row = { .root = "kb", .reading = "1",
		.tongue = "en", .passages = n, .d = { .path = name,
		.version = "v", .kind = kind, .title = "Title \xc3\xa9",
		.language = "en", .summary = "In short.",
		.url = "https://x.example/", .industry = { industry, 2 },
		.objection = { objection, 1 }, .size_min = 50,
		.size_max = INT_MAX, .published = 20000, .expires = FU_NO_DAY,
		.deadline = 20100 }, .blocks = { "12345678", 8 } };
	struct fu_passage_row	 p = { .heading = "A > B", .hash = "h",
		.text = "Some text.", .sketch = { "\0\1\2\3", 4 } };
	uint32_t		 word[] = { 257, 514 };
	float			 vector[] = { 0.5f, -1 };
	struct fu_passage_words	 w = { .words = { (const char *)word,
		sizeof(word) }, .length = 3, .names = { "\1\0\0\0\7\0\0\0",
		8 } };

	assert_int_equal(fu_document_add(&store, &row, &err), 0);
	p.document = row.id;
	for (p.chunk = 0; p.chunk < n; p.chunk++) {
		w.vector = (struct fu_str){ (const char *)vector,
			p.chunk == 0 ? sizeof(vector) : 0 };
		assert_int_equal(fu_passage_add(&store, &p, &w, &err), 0);
		assert_int_equal(w.passage, p.id);
	}
	return (row.id);
}

static void
look(const struct fu_document_row *d)
{
	assert_string_equal(d->root, "kb");
	assert_string_equal(d->d.title, "Title \xc3\xa9");
	assert_string_equal(d->d.summary, "In short.");
	assert_string_equal(d->d.url, "https://x.example/");
	assert_int_equal(d->d.industry.n, 2);
	assert_string_equal(d->d.industry.item[1], "a \"b\"");
	assert_int_equal(d->d.objection.n, 1);
	assert_int_equal(d->d.competitor.n, 0);
	assert_int_equal(d->d.size_min, 50);
	assert_int_equal(d->d.size_max, INT_MAX);
	assert_int_equal(d->d.published, 20000);
	assert_int_equal(d->d.expires, FU_NO_DAY);
	assert_int_equal(d->d.deadline, 20100);
	assert_int_equal(d->blocks.len, 8);
	assert_memory_equal(d->blocks.ptr, "12345678", 8);
}

/* "a.md:faq ...", until it is long enough. */
static int
each_kind(void *ctx, int64_t document, const char *kind, struct fu_err *e)
{
	char	*names = ctx;
	size_t	 len = strlen(names);

	(void)e;
	snprintf(names + len, 40 - len, "%s%d:%s", len == 0 ? "" : " ",
	    (int)document, kind == NULL ? "-" : kind);
	return (strcmp(names, "1:faq 2:-") == 0 ? 7 : 0);
}

static int
each_document(void *ctx, const struct fu_document_row *d, struct fu_err *e)
{
	char	*names = ctx;
	size_t	 len = strlen(names);

	(void)e;
	look(d);
	snprintf(names + len, 40 - len, "%s%s", len == 0 ? "" : " ",
	    d->d.path);
	return (strcmp(d->d.path, "b.md") == 0 ? 7 : 0);
}

static int
each_index(void *ctx, const struct fu_passage_words *w, struct fu_err *e)
{
	int	*n = ctx;

	(void)e;
	assert_int_equal(w->words.len, 8);
	assert_int_equal(w->length, 3);
	assert_memory_equal(w->names.ptr, "\1\0\0\0\7\0\0\0", w->names.len);
	assert_true(w->vector.len == 8 || w->vector.len == 0);
	*n += w->vector.len == 8 ? 100 : 1;
	return (0);
}

static void
test_round(void **state)
{
	char			 names[40] = "", kinds[40] = "";
	struct fu_knowledge_size size;
	struct fu_document_row	 d;
	struct fu_passage_row	 p, *rows;
	struct fu_arena		 arena;
	size_t			 nrow;
	int64_t			 b;
	int			 n = 0;

	(void)state;
	fu_arena_init(&arena);
	assert_int_equal(fu_store_begin(&store, &err), 0);
	b = put("b.md", "faq", 2);
	put("a.md", NULL, 1);
	put("c.md", "article", 1);
	assert_int_equal(fu_store_commit(&store, &err), 0);

	/* By path; what stops it is given back. */
	assert_int_equal(fu_documents_each(&store, &arena, each_document,
	    names, &err), 7);
	assert_string_equal(names, "a.md b.md");
	assert_int_equal(fu_document_kinds_each(&store, each_kind, kinds,
	    &err), 7);
	assert_string_equal(kinds, "1:faq 2:-");
	assert_int_equal(fu_document_passages(&store, b, &arena, &rows, &nrow,
	    &err), 0);
	assert_int_equal(nrow, 2);
	assert_int_equal(rows[1].chunk, 1);
	assert_int_equal(rows[1].document, b);
	assert_int_equal(rows[1].sketch.len, 4);
	assert_memory_equal(rows[1].sketch.ptr, "\0\1\2\3", 4);
	assert_int_equal(fu_passage_index_each(&store, 0, each_index, &n,
	    &err), 0);
	assert_int_equal(n, 301);
	assert_int_equal(fu_knowledge_size(&store, &size, &err), 0);
	assert_int_equal(size.documents, 3);
	assert_int_equal(size.passages, 4);
	assert_int_equal(fu_passage_load(&store, 1, &arena, &p, &d, &err), 1);
	assert_string_equal(p.heading, "A > B");
	look(&d);

	assert_int_equal(fu_store_begin(&store, &err), 0);
	assert_int_equal(fu_document_drop(&store, b, &err), 0);
	assert_int_equal(fu_store_commit(&store, &err), 0);
	assert_int_equal(fu_passage_load(&store, 1, &arena, &p, &d, &err), 0);
	n = 0;
	assert_int_equal(fu_passage_index_each(&store, 0, each_index, &n,
	    &err), 0);
	assert_int_equal(n, 200);
	fu_arena_free(&arena);
}

static void
test_basis(void **state)
{
	struct fu_basis	 basis = { .rank = 2, .shrink = 0.25f, .passages = 9,
		.newest = 8 }, got;
	float		 value[3] = { 1, 2, 3 }, back[3];
	struct fu_arena	 arena;
	uint32_t	 a, b;
	int		 n = 0;

	(void)state;
	fu_arena_init(&arena);
	assert_int_equal(fu_basis_load(&store, &arena, &got, &err), 0);
	assert_int_equal(got.rank, 0);
	assert_int_equal(fu_store_begin(&store, &err), 0);
	assert_int_equal(fu_term_find(&store, "price", &a, &err), 0);
	assert_int_equal(fu_term_make(&store, "price", &a, &err), 0);
	assert_int_equal(fu_term_make(&store, "price", &b, &err), 0);
	assert_int_equal(a, b);
	assert_int_equal(fu_basis_replace(&store, &basis, &err), 0);
	assert_int_equal(fu_basis_term(&store, a, value, 3, &err), 0);
	assert_int_equal(fu_store_commit(&store, &err), 0);
	assert_int_equal(fu_basis_load(&store, &arena, &got, &err), 0);
	assert_true(got.rank == 2 && got.shrink == 0.25f && got.newest == 8 &&
	    got.embedder == NULL);
	assert_int_equal(fu_term_basis(&store, a, back, 3, &err), 1);
	assert_memory_equal(back, value, sizeof(value));
	/* Of another length it says nothing. */
	assert_int_equal(fu_term_basis(&store, a, back, 2, &err), 0);
	/* The old basis' vectors went with it. */
	assert_int_equal(fu_passage_index_each(&store, 0, each_index, &n,
	    &err), 0);
	assert_int_equal(n, 2);
	fu_arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test(test_round),
		cmocka_unit_test(test_basis),
	};

	return (cmocka_run_group_tests_name("passages", tests, open_store,
	    close_store));
}
