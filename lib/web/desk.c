/*
 * The desk: the one thread that has the store, and the order of its work.
 *
 * A group of requests is taken together: their events share commits, then a
 * few turns of the chat, then what goes alone; then the people of whom
 * something is new are looked at.  Must never wait for the network.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "flow/hook.h"
#include "store/events.h"
#include "web/serve.h"

/* Turns of a round: visits wait no longer than for these. */
#define TURNS		8
#define IDLE_US		(200 * 1000)
#define SAY_US		FU_SECOND	/* a failure is told so often */

int
fu_desk_open(struct fu_web *web, struct fu_err *err)
{
	struct fu_desk	*d = fu_zeroed(1, sizeof(*d));

	web->desk = d;
	d->web = web;
	d->session = web->session;
	fu_arena_init(&d->arena);
	d->seen = fu_rate_new(1, 1);
	/* What is recorded is told to nobody: the answer alone is. */
	if ((d->null_fd = open("/dev/null", O_WRONLY | O_CLOEXEC)) == -1)
		return (fu_err_sys(err, FU_EIO, "/dev/null"));
	d->session->sink.out_fd = d->null_fd;
	if (fu_ingest_open(&d->in, d->session, err) == -1)
		return (-1);
	fu_ingest_source(&d->in, "fu-web");
	if ((d->chat = fu_chat_open(d->session, web->clock, err)) == NULL ||
	    (d->react = fu_react_open(d->session, err)) == NULL)
		return (-1);
	return (0);
}

void
fu_desk_close(struct fu_desk *d)
{
	if (d == NULL)
		return;
	fu_react_close(d->react);
	fu_chat_close(d->chat);
	if (d->in.session != NULL)
		fu_ingest_close(&d->in);
	fu_rate_free(d->seen);
	if (d->null_fd > 0)
		close(d->null_fd);
	fu_arena_free(&d->arena);
	free(d);
}

/* ---- events ---- */

int
fu_desk_event(struct fu_desk *d, struct fu_web_req *r, const char *line,
    struct fu_err *err)
{
	struct fu_object	 o;
	const char		*reason;

	if (fu_json_object(&d->arena, fu_str_of(line), &o, err) == -1)
		return (-1);
	if (fu_ingest_event(&d->in, &o, fu_str_of(line), &d->arena, "fu-web",
	    0, &reason, err) == -1) {
		fu_answer_error(r, 400, reason);
		return (0);
	}
	if (r->nrow++ == 0)
		r->row = d->in.n;
	return (1);
}

/* The people of records that were printed. */
static void
react_to(struct fu_desk *d, struct fu_str lines)
{
	int64_t		 id, now = fu_clock_monotonic_us();
	struct fu_arena	 arena;
	struct fu_rec	 rec;
	struct fu_err	 err;
	const char	*end;

	fu_arena_init(&arena);
	while (lines.len > 0 && (end = memchr(lines.ptr, '\n', lines.len)) !=
	    NULL) {
		struct fu_str	 line = { lines.ptr, (size_t)(end -
		    lines.ptr) };

		if (fu_rec_parse(&rec, &arena, line, &err) == 0 &&
		    fu_rec_int(&rec, "prospect", &id))
			fu_react_add(d->react, id, now);
		fu_arena_reset(&arena);
		lines.ptr = end + 1;
		lines.len -= line.len + 1;
	}
	fu_arena_free(&arena);
}

int
fu_desk_record(struct fu_desk *d, const char *name, struct fu_str lines,
    struct fu_err *err)
{
	struct fu_sink	*sink = &d->session->sink;
	struct fu_arena	 arena;
	struct fu_str	 told;
	int		 fd, rc;

	if ((fd = memfd_create("fu-web", MFD_CLOEXEC)) == -1)
		return (fu_err_sys(err, FU_EIO, "a file in memory"));
	sink->out_fd = fd;
	rc = fu_hook_record(d->session, name, lines, err);
	sink->out_fd = d->null_fd;
	fu_arena_init(&arena);
	if (rc == 0 && lseek(fd, 0, SEEK_SET) == 0 && fu_hook_read(fd,
	    SIZE_MAX, &arena, &told, err) == 0)
		react_to(d, told);
	fu_arena_free(&arena);
	close(fd);
	d->web->count.events++;
	return (rc);
}

/* ---- answering ---- */

static void
give_back(struct fu_web_req *r)
{
	r->next = NULL;
	fu_web_resume(r);
}

void
fu_desk_say(struct fu_desk *d, const struct fu_err *err)
{
	int64_t	 now = fu_clock_monotonic_us();

	if (now - d->said_us < SAY_US)
		return;
	d->said_us = now;
	fu_say(d->session->opt, "%s", err->msg);
}

static void
fail(struct fu_desk *d, struct fu_web_req *r, const struct fu_err *err)
{
	fu_desk_say(d, err);
	r->location = NULL;
	r->csp = NULL;
	fu_answer_error(r, 503, "try_again");
}

/* ---- the group's events ---- */

static void
finish_event(struct fu_desk *d, struct fu_web_req *r, int64_t now)
{
	struct fu_err	 err;

	for (size_t i = 0; i < r->nrow; i++) {
		const struct fu_ingest_row	*row = &d->in.row[r->row - 1 +
		    i];

		if (row->reject != NULL) {
			fu_answer_error(r, 400, row->reject);
			return;
		}
		d->web->count.events += row->action == FU_ACT_RECORDED;
		fu_react_add(d->react, row->prospect, now);
	}
	if (!r->answered && r->route->done(d, r, &err) == -1)
		fail(d, r, &err);
}

static void
take_events(struct fu_desk *d, struct fu_web_req *first)
{
	struct fu_web_req	*r, *next;
	struct fu_err		 err;
	int64_t			 now;
	int			 rc = 0;

	for (r = first; r != NULL; r = r->next) {
		r->arena = &d->arena;
		if (r->route->serve(d, r, &err) == -1)
			fail(d, r, &err);
	}
	if (d->in.n > 0) {
		rc = fu_ingest_run(&d->in, &err);
		d->web->count.commits++;
	}
	now = fu_clock_monotonic_us();
	for (r = first; r != NULL; r = r->next) {
		if (r->answered)
			continue;
		if (rc == -1)
			fail(d, r, &err);
		else
			finish_event(d, r, now);
	}
	fu_ingest_empty(&d->in);
	if (rc == -1)
		fu_session_rollback(d->session);
	for (r = first; r != NULL; r = next) {
		next = r->next;
		give_back(r);
	}
}

/* ---- turns ---- */

/* Up to so many whose people differ, in order; the rest stays. */
static size_t
next_turns(struct fu_desk *d, struct fu_web_req *set[TURNS])
{
	struct fu_web_req	**at = &d->turn, *r;
	struct fu_err		  err;
	size_t			  n = 0;

	while ((r = *at) != NULL && n < TURNS) {
		bool	 again = false;

		for (size_t i = 0; i < n; i++)
			again = again || (*r->visitor != '\0' &&
			    strcmp(set[i]->visitor, r->visitor) == 0);
		if (again) {
			at = &r->next;
			continue;
		}
		*at = r->next;
		r->next = NULL;
		r->arena = &d->arena;
		if (r->route->serve(d, r, &err) == -1)
			fail(d, r, &err);
		if (r->answered)
			give_back(r);
		else
			set[n++] = r;
	}
	return (n);
}

static void
take_turns(struct fu_desk *d)
{
	struct fu_chat_turn	 turn[TURNS];
	struct fu_web_req	*set[TURNS];
	struct fu_err		 err;
	size_t			 n = next_turns(d, set);
	int64_t			 now;
	int			 rc;

	if (n == 0)
		return;
	for (size_t i = 0; i < n; i++)
		turn[i] = set[i]->turn;
	rc = fu_chat_take(d->chat, turn, n, &d->arena, &err);
	if (rc == -1)
		fu_session_rollback(d->session);
	now = fu_clock_monotonic_us();
	for (size_t i = 0; i < n; i++) {
		set[i]->turn = turn[i];
		d->web->count.turns++;
		if (rc == 0 && turn[i].who != 0)
			fu_react_add(d->react, turn[i].who, now);
		if (rc == -1 || set[i]->route->done(d, set[i], &err) == -1)
			fail(d, set[i], &err);
		give_back(set[i]);
	}
}

/* ---- the loop ---- */

static void
take_alone(struct fu_desk *d, struct fu_web_req *r)
{
	struct fu_err	 err;

	r->arena = &d->arena;
	if (r->route->serve(d, r, &err) == -1) {
		fu_session_rollback(d->session);
		fail(d, r, &err);
	}
	give_back(r);
}

/* One that waits is not answered until it has something. */
static void
take_wait(struct fu_desk *d, struct fu_web_req *r)
{
	struct fu_err	 err;

	r->arena = &d->arena;
	if (r->route->serve(d, r, &err) == -1)
		fail(d, r, &err);
	if (r->answered) {
		give_back(r);
		return;
	}
	r->arena = NULL;
	fu_buf_free(&r->body);
	r->next = d->waiting;
	d->waiting = r;
	d->web->count.waiting++;
}

static void
put_turn(struct fu_desk *d, struct fu_web_req *r)
{
	struct fu_web_req	**at = &d->turn;

	while (*at != NULL)
		at = &(*at)->next;
	r->next = NULL;
	*at = r;
}

static void
take_group(struct fu_desk *d, struct fu_web_req *first)
{
	struct fu_web_req	*events = NULL, **last = &events, *next,
				*alone = NULL, **alast = &alone;

	for (struct fu_web_req *r = first; r != NULL; r = next) {
		next = r->next;
		r->next = NULL;
		switch (r->route->work) {
		case FU_WORK_EVENT:
			*last = r;
			last = &r->next;
			break;
		case FU_WORK_CHAT:
			put_turn(d, r);
			break;
		case FU_WORK_WAIT:
			take_wait(d, r);
			break;
		default:
			*alast = r;
			alast = &r->next;
		}
	}
	if (events != NULL)
		take_events(d, events);
	for (; alone != NULL; alone = next) {
		next = alone->next;
		take_alone(d, alone);
	}
}

static int64_t
patience(struct fu_desk *d)
{
	int64_t	 due = fu_react_due(d->react), now;

	if (d->turn != NULL)
		return (0);
	if (due == FU_NEVER)
		return (IDLE_US);
	now = fu_clock_monotonic_us();
	return (due <= now ? 0 : due - now < IDLE_US ? due - now : IDLE_US);
}

void *
fu_desk_run(void *arg)
{
	struct fu_desk		*d = arg;
	struct fu_web_req	*r;
	struct fu_err		 err;
	bool			 over = false;

	while (!over) {
		r = fu_queue_take(&d->web->queue, patience(d),
		    d->turn != NULL ? 0 : FU_WEB_GATHER_US, FU_WEB_GROUP,
		    &over);
		take_group(d, r);
		take_turns(d);
		if (fu_desk_words(d, false, &err) == -1)
			fu_desk_say(d, &err);
		if (fu_react_run(d, fu_clock_monotonic_us(), &err) == -1)
			fu_desk_say(d, &err);
		fu_arena_reset(&d->arena);
		over = over && d->turn == NULL;
	}
	if (fu_desk_words(d, true, &err) == -1)
		fu_desk_say(d, &err);
	return (NULL);
}
