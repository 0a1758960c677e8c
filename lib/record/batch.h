/*
 * The loop that every filter shares: lines in, a batch, a commit, lines out.
 *
 * A batch ends when it is full or when the input pauses, so a bulk load runs
 * at bulk speed and a typed line comes out at once.  No callback runs while
 * the loop waits for input or for output; what a callback emits is held until
 * its batch is durable.
 */
#ifndef FU_RECORD_BATCH_H
#define FU_RECORD_BATCH_H

#include "base/opt.h"
#include "record/rec.h"

#define FU_LINE_MAX	(1024 * 1024)	/* a longer line is rejected */
#define FU_BATCH_MAX	1000		/* records; a program may choose */
#define FU_BATCH_BYTES	(8 * 1024 * 1024)

struct fu_item {
	struct fu_rec	 rec;
	const char	*source;	/* file name, "stdin" */
	uint64_t	 line;		/* from 1 */
	struct fu_str	 input;		/* the text as it came, for rejects */
	bool		 keep;		/* write rec? starts true */
	struct fu_buf	 before;	/* lines to write before rec */
	bool		 rejected;
};

struct fu_batch {
	struct fu_arena		 arena;	/* reset after each batch */
	struct fu_item		*item;
	size_t			 n;
	struct fu_buf		 tail;	/* lines to write after all items */
	struct fu_sink		*sink;
};

/*
 * Where records and rejects go.  Owned by the program; shared by sources and
 * filters.  Counts are for the run's row and the exit status.
 */
struct fu_sink {
	const struct fu_opt	*opt;
	int			 out_fd;	/* usually 1 */
	int			 reject_fd;	/* -1 without -r */
	struct fu_buf		 reject;	/* held until the commit */
	uint64_t		 read, written, rejected, set_aside;
	bool			 lost;		/* the reader is gone (EPIPE) */
	/* of a table that is being read: what its rows are to be read with
	 * when a reject is fed back; NULL else, and borrowed */
	const char		*reject_header;
	char			 reject_delimiter;
};

/* FU_EUSAGE when the reject file is what standard input reads. */
int fu_sink_open(struct fu_sink *, const struct fu_opt *, struct fu_err *);
/* Write ${buf} to standard output whole, and empty it.  EPIPE sets lost. */
int fu_sink_write(struct fu_sink *, struct fu_buf *, struct fu_err *);
int fu_sink_flush_rejects(struct fu_sink *, struct fu_err *);
int fu_sink_close(struct fu_sink *, struct fu_err *);

/*
 * fu_reject(sink, source, line, reason, input, fmt, ...):
 * Say one line on standard error ("fu-score: stdin:17: detail"), and hold one
 * record for the reject file.  ${reason} is a short code ("bad_email"),
 * ${input} the text as it came.  Line 0 is the whole of the source.
 */
void fu_reject(struct fu_sink *, const char *, uint64_t, const char *,
    struct fu_str, const char *, ...) __attribute__((format(printf, 6, 7)));
/* The same for an item of a batch, which is then not kept. */
void fu_item_reject(struct fu_batch *, struct fu_item *, const char *,
    const char *, ...) __attribute__((format(printf, 4, 5)));

/* What the loop is handed.  begin, commit and rollback may be NULL when work
 * makes transactions of its own; then work returns only what is durable. */
struct fu_filter {
	void	*ctx;
	size_t	 batch_max;	/* 0 is FU_BATCH_MAX */
	int	(*begin)(void *, struct fu_err *);
	int	(*work)(void *, struct fu_batch *, struct fu_err *);
	int	(*commit)(void *, struct fu_err *);
	void	(*rollback)(void *);
	/* What may wait for others, before the transaction; or NULL. */
	void	(*ready)(void *, struct fu_batch *);
};

/*
 * fu_filter_run(filter, fd, name, sink, err):
 * Run the loop over ${fd} (called ${name} in messages) until its end, SIGINT
 * or SIGTERM, or until the reader has gone.  Lines that are no JSON object or
 * too long are rejected and the loop goes on.  Return 0, or -1: when a
 * callback failed the batch was rolled back and nothing of it was written;
 * when reading or an output failed, what was committed before stays so.
 */
int fu_filter_run(const struct fu_filter *, int, const char *, struct fu_sink *,
    struct fu_err *);

#endif
