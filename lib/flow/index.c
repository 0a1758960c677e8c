/*
 * Files into the knowledge base.
 *
 * Must never leave half of a document there, nor read a file while it holds
 * the database's lock.
 */
#include <stdlib.h>
#include <string.h>

#include "base/sig.h"
#include "flow/index_room.h"

#define READER		"4"	/* another one reads every file again */
#define BATCH_PASSAGES	400	/* of a transaction: some 25 ms */
#define BATCH_PAUSE_US	2000	/* so that others get a turn */
#define FRAME_PAGES	3	/* what stands on fewer pages is theirs */

/* A document read, not yet written. */
struct ready {
	const struct fu_file	*file;
	struct fu_document_row	 row;
	struct fu_passage	*passage;
	struct fu_lot		*lot;		/* of each passage */
	struct fu_str		*sketch;
	size_t			 n;
};

/* Blocks that stand on too many pages of a root. */
struct frame {
	const char	*root;
	uint64_t	*hash;
	size_t		 n;
};

struct run {
	struct fu_session	*s;
	struct fu_files		 files;
	struct fu_lexis		 lexis;
	struct fu_arena		 arena;		/* for the run */
	struct fu_arena		 batch;		/* for what is ready */
	struct ready		*ready;
	size_t			 n, cap, passages;
	struct frame		*frame;
	size_t			 nframe, frame_cap;
	struct fu_progress	*progress;
	struct fu_index_tally	*tally;
	bool			 counts;	/* what fails is rejected input */
	uint64_t		 done, bytes;
};

static void
failed(struct run *r, const struct fu_file *file, const struct fu_err *err)
{
	const char	*text = err->msg;
	size_t		 n = strlen(file->full);

	r->tally->failed++;
	if (!r->counts)
		return;
	/* A fault of front matter has its line, and the name before it. */
	if (strncmp(text, file->full, n) == 0 && text[n] == ':')
		text += n + 1 + (text[n + 1] == ' ');
	fu_reject(&r->s->sink, file->full, 0, "bad_document", FU_STR(""),
	    "%s", text);
}

static int
by_hash(const void *a, const void *b)
{
	uint64_t	 x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x < y ? -1 : x > y);
}

/* What stands on more than three pages of ten, and on three at least. */
static void
find_frame(struct run *r, const char *root, size_t from, size_t to)
{
	uint64_t	*all, last;
	size_t		 n = 0, pages = 0, i, k, same;
	struct frame	*frame;

	for (i = from; i < to; i++)
		n += r->files.file[i].blocks.len / sizeof(*all);
	if ((all = malloc((n + 1) * sizeof(*all))) == NULL)
		fu_oom();
	for (n = 0, i = from; i < to; i++) {
		struct fu_str	 b = r->files.file[i].blocks;

		if (b.len > 0)
			memcpy(all + n, b.ptr, b.len);
		n += b.len / sizeof(*all);
		pages += b.len > 0;
	}
	qsort(all, n, sizeof(*all), by_hash);
	r->frame = fu_grow(&r->arena, r->frame, r->nframe, &r->frame_cap,
	    sizeof(*r->frame));
	frame = &r->frame[r->nframe++];
	frame->root = root;
	frame->hash = fu_alloc_array(&r->arena, n + 1, sizeof(*all));
	for (i = 0; i < n; i = k) {
		last = all[i];
		for (k = i; k < n && all[k] == last; k++)
			continue;
		same = k - i;
		if (same >= FRAME_PAGES && 10 * same > 3 * pages)
			frame->hash[frame->n++] = last;
	}
	free(all);
	r->tally->dropped += frame->n;
}

static const struct frame *
frame_of(const struct run *r, const struct fu_file *file)
{
	for (size_t i = 0; i < r->nframe; i++)
		if (strcmp(r->frame[i].root, file->root) == 0)
			return (&r->frame[i]);
	return (NULL);
}

/* How a file is read beside its bytes: when that changes, it is read again. */
static const char *
reading_of(struct run *r, const struct fu_file *file, struct fu_arena *arena)
{
	const struct fu_list	*kinds = &r->s->config.kinds;
	const struct frame	*frame = frame_of(r, file);
	uint64_t		 hash = fu_hash_cstr(READER, 0), own;

	for (size_t i = 0; i < kinds->n; i++)
		hash = fu_hash_cstr(kinds->item[i], hash);
	if (r->s->config.base_url != NULL)
		hash = fu_hash_cstr(r->s->config.base_url, hash);
	for (size_t i = 0; frame != NULL &&
	    i + sizeof(own) <= file->blocks.len; i += sizeof(own)) {
		memcpy(&own, file->blocks.ptr + i, sizeof(own));
		if (bsearch(&own, frame->hash, frame->n, sizeof(own),
		    by_hash) != NULL)
			hash = fu_hash64(&own, sizeof(own), hash);
	}
	return (fu_printf(arena, "%016llx", (unsigned long long)hash));
}

/* Look at every file: is it as we know it?  Of web pages, what is on them. */
static void
look(struct run *r)
{
	struct fu_arena		 arena;
	struct fu_document	 d;
	struct fu_page		 page;
	struct fu_str		 text;
	struct fu_err		 err;
	uint64_t		*hash;
	size_t			 n;

	fu_arena_init(&arena);
	for (size_t i = 0; i < r->files.n && !fu_sig_stopping(); i++) {
		struct fu_file	*file = &r->files.file[i];
		const char	*version;

		fu_arena_reset(&arena);
		/* One that is new is read once, when its turn comes. */
		file->version = "";
		if (file->known == NULL && file->type != FU_FILE_HTML)
			continue;
		if (fu_file_version(file, &arena, &text, &version, &err) ==
		    -1) {
			failed(r, file, &err);
			file->version = NULL;
			continue;
		}
		file->version = fu_dup(&r->arena, version);
		if (file->type != FU_FILE_HTML)
			continue;
		if (file->known != NULL &&
		    strcmp(file->known->d.version, version) == 0) {
			file->blocks = file->known->blocks;
			continue;
		}
		if (fu_document_read(r->s, file, &arena, &d, &page, &err) ==
		    -1) {
			failed(r, file, &err);
			file->version = NULL;
			continue;
		}
		hash = fu_page_hashes(&page, &arena, &n);
		file->blocks = (struct fu_str){ fu_dup_str(&r->arena,
		    (struct fu_str){ (const char *)hash, n * sizeof(*hash) }),
		    n * sizeof(*hash) };
	}
	fu_arena_free(&arena);
}

static void
find_frames(struct run *r)
{
	struct fu_file	*file = r->files.file;
	size_t		 from, to;

	for (from = 0; from < r->files.n; from = to) {
		for (to = from; to < r->files.n &&
		    strcmp(file[from].root, file[to].root) == 0; to++)
			continue;
		find_frame(r, file[from].root, from, to);
	}
}

/* The language in which it is read. */
static enum fu_tongue
tongue_of(struct run *r, const struct fu_document *d,
    const struct fu_page *page)
{
	enum fu_tongue	 tongue = fu_tongue_find(d->language);
	struct fu_buf	 text;

	if (tongue != FU_TONGUE_NONE)
		return (tongue);
	fu_buf_init(&text);
	for (size_t i = 0; i < page->n && text.len < 4096; i++)
		fu_buf_printf(&text, "%s\n", page->block[i].text);
	tongue = fu_terms_guess(r->lexis.terms, fu_buf_view(&text));
	fu_buf_free(&text);
	return (tongue == FU_TONGUE_NONE ? FU_TONGUE_EN : tongue);
}

/* Passages, terms and sketches of what was read. */
static void
prepare(struct run *r, struct ready *ready, struct fu_page *page)
{
	const struct fu_document	*d = &ready->row.d;
	const struct frame		*frame = frame_of(r, ready->file);
	enum fu_tongue			 tongue;

	if (ready->file->type == FU_FILE_HTML && frame != NULL)
		fu_page_without(page, frame->hash, frame->n);
	tongue = tongue_of(r, d, page);
	ready->row.tongue = fu_tongue_name(tongue);
	ready->n = fu_passages_make(page, d->title, &r->batch,
	    &ready->passage);
	ready->lot = fu_alloc_array(&r->batch, ready->n + 1,
	    sizeof(*ready->lot));
	ready->sketch = fu_alloc_array(&r->batch, ready->n + 1,
	    sizeof(*ready->sketch));
	fu_lots_read(r->lexis.terms, d, ready->passage, ready->n, tongue,
	    ready->lot);
	for (size_t i = 0; i < ready->n; i++)
		ready->sketch[i] = fu_sketch_make(
		    fu_str_of(ready->passage[i].text), &r->batch);
}

static int
write_one(struct run *r, struct ready *ready, struct fu_err *err)
{
	struct fu_store		*store = &r->s->store;
	struct fu_passage_words	 words;
	struct fu_passage_row	 row;
	int64_t			 old;
	bool			 same = false;
	int			 n;

	/* As it is now: another run may have been here since we looked. */
	if ((n = fu_document_at(store, &ready->row, &old, &same, err)) == -1 ||
	    (n == 1 && !same && fu_document_drop(store, old, err) == -1))
		return (-1);
	if (same)
		return (0);
	ready->row.passages = (int64_t)ready->n;
	if (fu_document_add(store, &ready->row, err) == -1)
		return (-1);
	for (size_t i = 0; i < ready->n; i++) {
		const struct fu_passage	*p = &ready->passage[i];

		if (fu_lot_pack(&r->lexis, store, &ready->lot[i], &r->batch,
		    &words, err) == -1)
			return (-1);
		row = (struct fu_passage_row){ .document = ready->row.id,
			.chunk = (int)i, .heading = p->heading,
			.text = p->text, .sketch = ready->sketch[i],
			.hash = fu_printf(&r->batch, "%016llx",
			    (unsigned long long)fu_hash_cstr(p->text, 0)) };
		if (fu_passage_add(store, &row, &words, err) == -1)
			return (-1);
	}
	return (0);
}

/* What is ready is written in one transaction. */
static int
flush(struct run *r, struct fu_err *err)
{
	size_t	 i;
	int	 rc;

	if (r->n == 0)
		return (0);
	if (fu_session_begin(r->s, err) == -1)
		return (-1);
	rc = fu_lexis_begin(&r->lexis, &r->s->store, err);
	for (i = 0; rc == 0 && i < r->n; i++)
		rc = write_one(r, &r->ready[i], err);
	if (rc == 0)
		rc = fu_session_commit(r->s, err);
	else
		fu_session_rollback(r->s);
	for (i = 0; i < r->n; i++) {
		if (rc == 0 && r->ready[i].file->known != NULL)
			r->tally->changed++;
		else if (rc == 0)
			r->tally->new++;
		r->tally->passages += rc == 0 ? r->ready[i].n : 0;
		for (size_t k = 0; k < r->ready[i].n; k++)
			fu_lot_free(&r->ready[i].lot[k]);
	}
	r->ready = NULL;
	r->n = r->cap = r->passages = 0;
	fu_arena_reset(&r->batch);
	if (r->progress != NULL)
		fu_progress_tick(r->progress, r->done, r->bytes,
		    r->tally->failed);
	fu_sleep_us(BATCH_PAUSE_US);
	return (rc);
}

static int
take(struct run *r, struct fu_file *file, struct fu_err *err)
{
	const char	*reading = reading_of(r, file, &r->batch);
	struct fu_page	 page;
	struct ready	*ready;

	if (file->known != NULL &&
	    strcmp(file->known->d.version, file->version) == 0 &&
	    strcmp(file->known->reading, reading) == 0) {
		r->tally->same++;
		return (0);
	}
	r->ready = fu_grow(&r->batch, r->ready, r->n, &r->cap,
	    sizeof(*r->ready));
	ready = &r->ready[r->n];
	*ready = (struct ready){ .file = file };
	if (fu_document_read(r->s, file, &r->batch, &ready->row.d, &page,
	    err) == -1) {
		failed(r, file, err);
		return (0);
	}
	ready->row.root = file->root;
	ready->row.reading = reading;
	ready->row.blocks = file->blocks;
	prepare(r, ready, &page);
	r->n++;
	r->passages += ready->n + 1;
	return (r->passages >= BATCH_PASSAGES ? flush(r, err) : 0);
}

/* Documents whose files are gone. */
static int
sweep(struct run *r, struct fu_err *err)
{
	size_t	 i, n;
	int	 rc = 0;

	for (i = 0; rc == 0 && i < r->files.nknown;) {
		if (fu_session_begin(r->s, err) == -1)
			return (-1);
		for (n = 0; rc == 0 && n < BATCH_PASSAGES &&
		    i < r->files.nknown; i++)
			if (fu_files_gone(&r->files, i)) {
				rc = fu_document_drop(&r->s->store,
				    r->files.known[i].id, err);
				n += (size_t)r->files.known[i].passages + 1;
				r->tally->gone++;
			}
		if (rc == 0)
			rc = fu_session_commit(r->s, err);
	}
	if (rc == -1)
		fu_session_rollback(r->s);
	return (rc);
}

static int
run(struct run *r, struct fu_err *err)
{
	int	 rc = 0;

	look(r);
	find_frames(r);
	for (size_t i = 0; rc == 0 && i < r->files.n && !fu_sig_stopping();
	    i++) {
		if (r->files.file[i].version != NULL)
			rc = take(r, &r->files.file[i], err);
		r->done++;
	}
	if (rc == 0)
		rc = flush(r, err);
	r->tally->stopped = fu_sig_stopping();
	if (rc == 0 && !r->tally->stopped)
		rc = sweep(r, err);
	return (rc);
}

/* All but learning. */
static int
take_in(struct run *r, char **operand, int n, struct fu_err *err)
{
	int	 rc;

	memset(r->tally, 0, sizeof(*r->tally));
	fu_arena_init(&r->arena);
	fu_arena_init(&r->batch);
	fu_lexis_init(&r->lexis);
	r->files.arena = &r->arena;
	rc = fu_files_find(&r->files, r->s, operand, n, err);
	r->tally->files = r->files.n;
	if (rc == 0)
		rc = run(r, err);
	fu_lexis_free(&r->lexis);
	fu_arena_free(&r->batch);
	fu_arena_free(&r->arena);
	return (rc);
}

int
fu_index_take(struct fu_session *s, struct fu_index_tally *tally,
    struct fu_err *err)
{
	struct run	 r = { .s = s, .tally = tally };

	return (take_in(&r, NULL, 0, err));
}

int
fu_index_run(struct fu_session *s, char **operand, int n,
    struct fu_progress *progress, struct fu_index_tally *tally,
    struct fu_err *err)
{
	struct run	 r = { .s = s, .progress = progress, .tally = tally,
		.counts = true };
	const char	*state = n == 0 ? fu_index_state(s) : "";
	int		 rc = take_in(&r, operand, n, err);

	s->sink.read = r.done;
	s->sink.written = tally->new + tally->changed;
	if (rc == 0 && !tally->stopped && !s->opt->dry &&
	    (rc = fu_index_remember(s, state, err)) == 0)
		rc = fu_index_learn(s, tally, err);
	if (rc == 0)
		rc = fu_knowledge_size(&s->store, &tally->size, err);
	return (rc);
}
