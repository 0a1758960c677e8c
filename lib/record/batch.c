/*
 * The loop that every filter shares.
 *
 * Must never write a record before the transaction that it reports is
 * durable, and never wait for input or output between begin and commit.
 */
#include <stdlib.h>
#include <string.h>

#include "record/batch.h"
#include "record/lines.h"

/* A buffer that one record made greater than this is not kept. */
#define KEEP_BYTES	((size_t)64 * 1024)

struct loop {
	const struct fu_filter	*filter;
	struct fu_lines		 lines;
	struct fu_batch		 batch;
	size_t			 item_cap;
	struct fu_buf		 out;
};

static void
room_for_items(struct loop *loop, size_t n)
{
	struct fu_item	*item;
	size_t		 cap;

	if (n <= loop->item_cap)
		return;
	cap = n < 64 ? 64 : n;
	item = reallocarray(loop->batch.item, cap, sizeof(*item));
	if (item == NULL)
		fu_oom();
	memset(item + loop->item_cap, 0,
	    (cap - loop->item_cap) * sizeof(*item));
	loop->batch.item = item;
	loop->item_cap = cap;
}

static void
shrink(struct fu_buf *buf)
{
	if (buf->cap > KEEP_BYTES)
		fu_buf_free(buf);
	else
		fu_buf_reset(buf);
}

/* The gathered lines as items; what is no record is rejected. */
static void
make_items(struct loop *loop)
{
	const struct fu_line	*line;
	struct fu_batch		*batch;
	struct fu_item		*item;
	struct fu_err		 err;
	struct fu_str		 text;
	size_t			 i;

	batch = &loop->batch;
	room_for_items(loop, loop->lines.n);
	for (batch->n = i = 0; i < loop->lines.n; i++) {
		line = &loop->lines.line[i];
		text = fu_lines_text(&loop->lines, line);
		item = &batch->item[batch->n];
		batch->sink->read++;
		if (line->too_long)
			fu_reject(batch->sink, loop->lines.name, line->number,
			    "line_too_long", text,
			    "longer than %d bytes; only its beginning is kept",
			    FU_LINE_MAX);
		else if (fu_rec_parse(&item->rec, &batch->arena, text,
		    &err) == -1)
			fu_reject(batch->sink, loop->lines.name, line->number,
			    "bad_json", text, "%s", err.msg);
		else {
			item->source = loop->lines.name;
			item->line = line->number;
			item->input = text;
			item->keep = true;
			item->rejected = false;
			batch->n++;
		}
	}
}

static int
transact(struct loop *loop, struct fu_err *err)
{
	const struct fu_filter	*f = loop->filter;

	if (f->ready != NULL)
		f->ready(f->ctx, &loop->batch);
	if (f->begin != NULL && f->begin(f->ctx, err) == -1)
		return (-1);
	if (f->work(f->ctx, &loop->batch, err) == -1)
		goto undo;
	if (f->commit != NULL && f->commit(f->ctx, err) == -1)
		goto undo;
	return (0);
 undo:
	if (f->rollback != NULL)
		f->rollback(f->ctx);
	return (-1);
}

static int
emit(struct loop *loop, struct fu_err *err)
{
	struct fu_item	*item;
	size_t		 i;

	for (i = 0; i < loop->batch.n; i++) {
		item = &loop->batch.item[i];
		fu_buf_str(&loop->out, fu_buf_view(&item->before));
		if (item->keep)
			fu_rec_write(&item->rec, &loop->out);
	}
	fu_buf_str(&loop->out, fu_buf_view(&loop->batch.tail));
	return (fu_sink_write(loop->batch.sink, &loop->out, err));
}

static int
run_batch(struct loop *loop, struct fu_err *err)
{
	struct fu_sink	*sink;
	size_t		 held, i;
	int		 result;

	sink = loop->batch.sink;
	held = sink->reject.len;
	make_items(loop);
	result = 0;
	if (loop->batch.n > 0)
		result = transact(loop, err);
	/* Rejects of a batch that is undone come again with the next run. */
	if (result == -1)
		sink->reject.len = held;
	else
		result = emit(loop, err);
	/* Committed is committed: rejects are kept though output failed. */
	if (fu_sink_flush_rejects(sink, result == -1 ? NULL : err) == -1)
		result = -1;
	for (i = 0; i < loop->batch.n; i++)
		shrink(&loop->batch.item[i].before);
	fu_buf_reset(&loop->batch.tail);
	fu_arena_reset(&loop->batch.arena);
	return (result);
}

int
fu_filter_run(const struct fu_filter *filter, int fd, const char *name,
    struct fu_sink *sink, struct fu_err *err)
{
	struct loop	loop;
	size_t		i, max;
	int		result;

	memset(&loop, 0, sizeof(loop));
	loop.filter = filter;
	loop.batch.sink = sink;
	fu_lines_init(&loop.lines, fd, name);
	fu_arena_init(&loop.batch.arena);
	result = 0;
	max = filter->batch_max == 0 ? FU_BATCH_MAX : filter->batch_max;
	while (!sink->lost && (result = fu_lines_gather(&loop.lines, max,
	    FU_BATCH_BYTES, err)) == 1) {
		if ((result = run_batch(&loop, err)) == -1)
			break;
	}
	if (sink->lost)
		result = 0;
	for (i = 0; i < loop.item_cap; i++)
		fu_buf_free(&loop.batch.item[i].before);
	free(loop.batch.item);
	fu_buf_free(&loop.batch.tail);
	fu_buf_free(&loop.out);
	fu_arena_free(&loop.batch.arena);
	fu_lines_free(&loop.lines);
	return (result);
}
