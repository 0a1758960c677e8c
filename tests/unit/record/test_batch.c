/*
 * The batch loop: its order, its batches, its rejects, its ends.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/sig.h"
#include "record/batch.h"

/* Everything that a run of the loop touches. */
struct bench {
	struct fu_opt	opt;
	struct fu_sink	sink;
	struct fu_err	err;
	struct fu_buf	log;		/* the callbacks, a letter each */
	char		dir[32], rejects[64], said[64];
	int		in[2], out[2];	/* pipes */
	int		stderr_fd;	/* the one of before */
	bool		bad_work, bad_commit;
	uint64_t	reply_after;	/* feed "late" once this was emitted */
};

static int
setup(void **state)
{
	struct bench	*b;
	int		 fd;

	b = calloc(1, sizeof(*b));
	strcpy(b->dir, "/tmp/fu-test-XXXXXX");
	assert_non_null(mkdtemp(b->dir));
	snprintf(b->rejects, sizeof(b->rejects), "%s/rejects", b->dir);
	snprintf(b->said, sizeof(b->said), "%s/stderr", b->dir);
	b->opt.program = "fu-x";
	b->opt.rejects = b->rejects;
	assert_int_equal(pipe(b->in), 0);
	assert_int_equal(pipe(b->out), 0);
	fcntl(b->in[1], F_SETPIPE_SZ, 1024 * 1024);
	fcntl(b->out[1], F_SETPIPE_SZ, 1024 * 1024);
	fflush(stderr);
	b->stderr_fd = dup(STDERR_FILENO);
	fd = open(b->said, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	dup2(fd, STDERR_FILENO);
	close(fd);
	fu_sig_install();
	fu_buf_init(&b->log);
	assert_int_equal(fu_sink_open(&b->sink, &b->opt, &b->err), 0);
	b->sink.out_fd = b->out[1];
	*state = b;
	return (0);
}

static int
teardown(void **state)
{
	struct bench	*b = *state;

	dup2(b->stderr_fd, STDERR_FILENO);
	close(b->stderr_fd);
	fu_sink_close(&b->sink, NULL);
	close(b->in[0]);
	close(b->in[1]);
	close(b->out[0]);
	close(b->out[1]);
	unlink(b->rejects);
	unlink(b->said);
	rmdir(b->dir);
	fu_buf_free(&b->log);
	free(b);
	return (0);
}

static bool
out_is_empty(const struct bench *b)
{
	struct pollfd	pfd = { .fd = b->out[0], .events = POLLIN };

	return (poll(&pfd, 1, 0) == 0);
}

static int
begin(void *ctx, struct fu_err *err)
{
	struct bench	*b = ctx;

	(void)err;
	fu_buf_putc(&b->log, 'b');
	return (0);
}

static int
work(void *ctx, struct fu_batch *batch, struct fu_err *err)
{
	struct bench	*b = ctx;
	struct fu_item	*item;
	size_t		 i;

	fu_buf_printf(&b->log, "%zu", batch->n);
	for (i = 0; i < batch->n; i++) {
		item = &batch->item[i];
		fu_rec_set_int(&item->rec, "line", (int64_t)item->line);
		if (fu_rec_get(&item->rec, "drop") != NULL)
			item->keep = false;
		if (fu_rec_get(&item->rec, "bad") != NULL)
			fu_item_reject(batch, item, "bad_email", "bad \"%s\"",
			    fu_rec_text(&item->rec, "bad"));
		if (fu_rec_get(&item->rec, "before") != NULL)
			fu_buf_puts(&item->before, "{\"before\":1}\n");
		if (fu_rec_get(&item->rec, "tail") != NULL)
			fu_buf_puts(&batch->tail, "{\"tail\":1}\n");
		if (fu_rec_get(&item->rec, "kill") != NULL)
			kill(getpid(), SIGTERM);
	}
	if (b->bad_work)
		return (fu_err_set(err, FU_ETEMP, "no work"));
	return (0);
}

static int
commit(void *ctx, struct fu_err *err)
{
	struct bench	*b = ctx;

	fu_buf_putc(&b->log, 'c');
	/* Nothing may be out before this. */
	if (b->reply_after == 0 && !out_is_empty(b))
		fu_buf_putc(&b->log, '!');
	if (b->bad_commit)
		return (fu_err_set(err, FU_ETEMP, "no commit"));
	return (0);
}

static void
rollback(void *ctx)
{
	struct bench	*b = ctx;

	fu_buf_putc(&b->log, 'r');
}

static void
feed(const struct bench *b, const char *text, size_t len)
{
	assert_int_equal(write(b->in[1], text, len), (ssize_t)len);
}

static void
end_input(struct bench *b)
{
	close(b->in[1]);
	b->in[1] = -1;
}

static int
run(struct bench *b, size_t batch_max)
{
	struct fu_filter	filter = { b, batch_max, begin, work, commit,
				    rollback, NULL };

	return (fu_filter_run(&filter, b->in[0], "stdin", &b->sink, &b->err));
}

/* What is in a pipe or file, to be freed. */
static char *
slurp(int fd)
{
	char	*text;
	ssize_t	 n;
	size_t	 len;

	text = malloc(4 * 1024 * 1024);
	for (len = 0; (n = read(fd, text + len, 4 * 1024 * 1024 - 1 - len)) >
	    0;)
		len += (size_t)n;
	text[len] = '\0';
	return (text);
}

static void
assert_fd(int fd, const char *want)
{
	char	*text;

	text = slurp(fd);
	if (strcmp(text, want) != 0)
		fail_msg("expected:\n%sgot:\n%s", want, text);
	free(text);
}

static void
assert_output(struct bench *b, const char *want)
{
	close(b->out[1]);
	b->out[1] = -1;
	assert_fd(b->out[0], want);
}

static void
assert_file(const char *path, const char *want)
{
	int	fd;

	fd = open(path, O_RDONLY);
	assert_true(fd != -1);
	assert_fd(fd, want);
	close(fd);
}

static void
lines_go_through_in_order(void **state)
{
	struct bench	*b = *state;
	static const char in[] = "\xef\xbb\xbf{\"a\":1}\r\n\n  \n"
	    "{\"before\":1,\"tail\":1}\n{\"drop\":1,\"before\":1}\n{\"z\":1}";

	feed(b, in, sizeof(in) - 1);
	end_input(b);
	assert_int_equal(run(b, 0), 0);
	assert_string_equal(b->log.ptr, "b4c");
	assert_output(b, "{\"a\":1,\"line\":1}\n{\"before\":1}\n"
	    "{\"before\":1,\"tail\":1,\"line\":4}\n{\"before\":1}\n"
	    "{\"z\":1,\"line\":6}\n{\"tail\":1}\n");
	assert_int_equal(b->sink.read, 4);
	assert_int_equal(b->sink.written, 6);
	assert_int_equal(b->sink.rejected, 0);
}

static void
bad_lines_are_set_aside(void **state)
{
	struct bench	*b = *state;
	static const char in[] = "nonsense\n"
	    "{\"a\":1}\n{\"bad\":\"x@\\u001b\"}\n"
	    "{\"b\":\"\xff\"}\n[]\n";

	feed(b, in, sizeof(in) - 1);
	end_input(b);
	assert_int_equal(run(b, 0), 0);
	assert_int_equal(fu_sink_close(&b->sink, NULL), 0);
	assert_string_equal(b->log.ptr, "b2c");
	assert_output(b, "{\"a\":1,\"line\":2}\n");
	assert_int_equal(b->sink.read, 5);
	assert_int_equal(b->sink.rejected, 4);
	assert_file(b->said, "fu-x: stdin:1: column 1: no JSON object\n"
	    "fu-x: stdin:4: column 7: bytes that are not UTF-8\n"
	    "fu-x: stdin:5: column 1: no JSON object\n"
	    "fu-x: stdin:3: bad \"x@ \"\n");
	assert_file(b->rejects, "{\"type\":\"reject\",\"source\":\"stdin\","
	    "\"line\":1,\"reason\":\"bad_json\","
	    "\"detail\":\"column 1: no JSON object\",\"input\":\"nonsense\"}\n"
	    "{\"type\":\"reject\",\"source\":\"stdin\",\"line\":4,"
	    "\"reason\":\"bad_json\","
	    "\"detail\":\"column 7: bytes that are not UTF-8\","
	    "\"input\":\"{\\\"b\\\":\\\"\xef\xbf\xbd\\\"}\"}\n"
	    "{\"type\":\"reject\",\"source\":\"stdin\",\"line\":5,"
	    "\"reason\":\"bad_json\",\"detail\":\"column 1: no JSON object\","
	    "\"input\":\"[]\"}\n"
	    "{\"type\":\"reject\",\"source\":\"stdin\",\"line\":3,"
	    "\"reason\":\"bad_email\",\"detail\":\"bad \\\"x@ \\\"\","
	    "\"input\":\"{\\\"bad\\\":\\\"x@\\\\u001b\\\"}\"}\n");
}

static void
batches_are_bounded(void **state)
{
	struct bench	*b = *state;
	int		 i;

	b->reply_after = 1;
	for (i = 0; i < 7; i++)
		feed(b, "{}\n", 3);
	end_input(b);
	assert_int_equal(run(b, 3), 0);
	assert_string_equal(b->log.ptr, "b3cb3cb1c");
	assert_output(b, "{\"line\":1}\n{\"line\":2}\n{\"line\":3}\n"
	    "{\"line\":4}\n{\"line\":5}\n{\"line\":6}\n{\"line\":7}\n");
}

/* A writer that waits for the answer to each line gets it. */
static void
a_pause_ends_the_batch(void **state)
{
	struct bench	*b = *state;
	char		 answer[100];
	ssize_t		 n;
	pid_t		 child;
	int		 i, status;

	b->reply_after = 1;
	child = fork();
	assert_true(child != -1);
	if (child == 0) {
		for (i = 0; i < 3; i++) {
			/* The next line has begun, and must not hold it up. */
			if (write(b->in[1], i == 0 ? "{}\n{" : "}\n{", i == 0 ?
			    4 : 3) == -1)
				_exit(1);
			n = read(b->out[0], answer, sizeof(answer));
			if (n != 11 || answer[8] != '1' + i)
				_exit(2);
		}
		_exit(0);
	}
	end_input(b);
	assert_int_equal(run(b, 0), 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_string_equal(b->log.ptr, "b1cb1cb1c");
	/* The line without end is the last one's, and is no record. */
	assert_int_equal(b->sink.rejected, 1);
}

static void
a_line_too_long_is_skipped(void **state)
{
	struct bench	*b = *state;
	char		*line;
	size_t		 len;
	pid_t		 child;
	int		 status;

	b->reply_after = 1;
	child = fork();
	assert_true(child != -1);
	if (child == 0) {
		/* Just right, then by one too long, then by far. */
		len = FU_LINE_MAX + 1;
		line = malloc(4 * len);
		memset(line, ' ', 4 * len);
		memcpy(line, "{}", 2);
		line[len - 1] = '\n';
		if (write(b->in[1], line, len) == -1)
			_exit(1);
		line[len - 1] = ' ';
		line[len] = '\n';
		if (write(b->in[1], line, len + 1) == -1)
			_exit(1);
		line[len] = ' ';
		line[4 * len - 1] = '\n';
		if (write(b->in[1], line, 4 * len) == -1 ||
		    write(b->in[1], "{}\n", 3) == -1)
			_exit(1);
		_exit(0);
	}
	end_input(b);
	assert_int_equal(run(b, 0), 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_int_equal(b->sink.read, 4);
	assert_int_equal(b->sink.rejected, 2);
	assert_file(b->said, "fu-x: stdin:2: longer than 1048576 bytes; only "
	    "its beginning is kept\nfu-x: stdin:3: longer than 1048576 bytes; "
	    "only its beginning is kept\n");
	assert_int_equal(b->sink.written, 2);
}

static void
failed_work_is_undone(void **state)
{
	struct bench	*b = *state;

	feed(b, "{\"bad\":1}\n{}\n", 13);
	end_input(b);
	b->bad_work = true;
	assert_int_equal(run(b, 0), -1);
	assert_string_equal(b->err.msg, "no work");
	assert_string_equal(b->log.ptr, "b2r");
	assert_output(b, "");
	assert_file(b->rejects, "");
}

static void
failed_commit_is_undone(void **state)
{
	struct bench	*b = *state;

	feed(b, "{\"before\":1,\"tail\":1}\n{}\n", 25);
	end_input(b);
	b->bad_commit = true;
	assert_int_equal(run(b, 0), -1);
	assert_string_equal(b->log.ptr, "b2cr");
	assert_output(b, "");
}

static void
a_reader_that_left_ends_the_run(void **state)
{
	struct bench	*b = *state;

	close(b->out[0]);
	b->out[0] = -1;
	b->reply_after = 1;
	feed(b, "{}\n{}\n{}\n", 9);
	/* The input stays open: the run must not wait for more of it. */
	assert_int_equal(run(b, 1), 0);
	assert_true(b->sink.lost);
	assert_string_equal(b->log.ptr, "b1c");
	assert_int_equal(b->sink.written, 0);
}

static void
no_input_is_no_batch(void **state)
{
	struct bench	*b = *state;

	end_input(b);
	assert_int_equal(run(b, 0), 0);
	assert_null(b->log.ptr);
	assert_output(b, "");
}

static void
input_that_cannot_be_read_is_an_error(void **state)
{
	struct bench		*b = *state;
	struct fu_filter	 filter = { b, 0, begin, work, commit,
				    rollback, NULL };
	int			 fd;

	fd = open("/", O_RDONLY);
	assert_int_equal(fu_filter_run(&filter, fd, "dir", &b->sink, &b->err),
	    -1);
	assert_int_equal(b->err.class, FU_EIO);
	assert_string_equal(b->err.msg, "dir: Is a directory");
	close(fd);
}

static void
a_reject_file_must_be_made(void **state)
{
	struct bench	*b = *state;
	struct fu_sink	 sink;

	b->opt.rejects = "/nowhere/rejects";
	assert_int_equal(fu_sink_open(&sink, &b->opt, &b->err), -1);
	assert_int_equal(b->err.class, FU_ECANTCREAT);
	fu_sink_close(&sink, NULL);
	b->opt.rejects = b->rejects;
}

/* In a child, for the flag is for ever. */
static void
a_signal_commits_what_was_read(void **state)
{
	struct bench	*b = *state;
	pid_t		 child;
	int		 status;

	b->reply_after = 1;
	feed(b, "{\"kill\":1}\n{}\n{}\n{\"part", 23);
	child = fork();
	assert_true(child != -1);
	if (child == 0)
		/* The input stays open, and nobody waits for it. */
		_exit(run(b, 1) != 0 || b->sink.written != 3);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_output(b, "{\"kill\":1,\"line\":1}\n{\"line\":2}\n"
	    "{\"line\":3}\n");
}

int
main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest	tests[] = {
		CASE(lines_go_through_in_order),
		CASE(bad_lines_are_set_aside),
		CASE(batches_are_bounded),
		CASE(a_pause_ends_the_batch),
		CASE(a_line_too_long_is_skipped),
		CASE(failed_work_is_undone),
		CASE(failed_commit_is_undone),
		CASE(a_reader_that_left_ends_the_run),
		CASE(no_input_is_no_batch),
		CASE(input_that_cannot_be_read_is_an_error),
		CASE(a_reject_file_must_be_made),
		CASE(a_signal_commits_what_was_read),
	};
#undef CASE

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
