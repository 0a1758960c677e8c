/*
 * Adopting a restored copy: what it forgot is replayed, what may have been
 * sent meanwhile counts as sent.
 *
 * Must never clear anything, nor run in a rehearsal.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "flow/privacy.h"
#include "flow/witness_room.h"
#include "store/attempts.h"
#include "store/touches.h"

#define SLICE	200	/* touches of one transaction */
/* Occurrences of one line that can have fallen due in a lost span. */
#define ROUNDS	400

/* A line of the file of stops; a line cut by a kill is passed over. */
static bool
parse_stop(struct fu_arena *arena, struct fu_str line,
    struct fu_ledger_row *row, int64_t *until_us)
{
	struct fu_object	 o;
	const char		*at, *until;

	*row = (struct fu_ledger_row){ .event = "suppress",
		.source = "witness", .actor = "operator" };
	if (fu_json_object(arena, line, &o, NULL) == -1)
		return (false);
	at = fu_json_text(arena, fu_json_get(&o, "at"));
	until = fu_json_text(arena, fu_json_get(&o, "until"));
	row->subject = fu_json_text(arena, fu_json_get(&o, "subject"));
	row->channel = fu_json_text(arena, fu_json_get(&o, "channel"));
	row->reason = fu_json_text(arena, fu_json_get(&o, "reason"));
	row->rule = fu_json_text(arena, fu_json_get(&o, "rule"));
	*until_us = FU_NEVER;
	if (until != NULL &&
	    fu_time_parse(fu_str_of(until), until_us, NULL) == -1)
		return (false);
	return (at != NULL && row->subject != NULL && row->channel != NULL &&
	    row->reason != NULL && row->rule != NULL &&
	    fu_time_parse(fu_str_of(at), &row->at_us, NULL) == 0);
}

/* Subjects of people who were erased, for looking them up. */
struct gone {
	struct fu_arena	  arena;
	const char	**subject;
	size_t		  n, cap;
};

static void
note_gone(struct gone *g, const char *subject)
{
	g->subject = fu_grow(&g->arena, g->subject, g->n, &g->cap,
	    sizeof(*g->subject));
	g->subject[g->n++] = fu_dup(&g->arena, subject);
}

static int
replay(struct fu_witness *w, struct gone *gone, uint64_t *n,
    struct fu_err *err)
{
	struct fu_store		*store = &w->session->store;
	struct fu_ledger_row	 row;
	struct fu_arena		 arena;
	char			*line = NULL;
	size_t			 cap = 0;
	ssize_t			 len = 0;
	int64_t			 until;
	bool			 news;
	FILE			*file;
	int			 rc = 0;

	if ((file = fopen(w->stops, "re")) == NULL)
		return (errno == ENOENT ? 0 :
		    fu_err_sys(err, FU_EIO, "%s", w->stops));
	fu_arena_init(&arena);
	while (rc == 0 && len != -1) {
		if ((rc = fu_store_begin(store, err)) == -1)
			break;
		for (int i = 0; rc == 0 && i < SLICE &&
		    (len = getline(&line, &cap, file)) != -1; i++) {
			if (!parse_stop(&arena, fu_str_trim((struct fu_str){
			    line, (size_t)len }), &row, &until))
				continue;
			rc = fu_suppress(store, &row, until, &news, err);
			*n += rc == 0 && news;
			if (rc == 0 && strcmp(row.reason, "erased") == 0)
				note_gone(gone, row.subject);
		}
		if (rc == 0)
			rc = fu_store_commit(store, err);
		else
			fu_store_rollback(store);
		fu_arena_reset(&arena);
	}
	if (rc == 0 && ferror(file))
		rc = fu_err_sys(err, FU_EIO, "%s", w->stops);
	free(line);
	fclose(file);
	fu_arena_free(&arena);
	return (rc);
}

static int
mark_one(struct fu_session *s, struct fu_cadencer *cr, int64_t id,
    int64_t prospect, struct fu_arena *arena, struct fu_err *err)
{
	struct fu_decision	 d = { .prospect = prospect, .kind = "send",
		.subject = id, .verdict = "uncertain", .reason = "adopted" };

	if (fu_touch_handled(&s->store, prospect, id, FU_T_UNCERTAIN,
	    "adopted: it may have been sent", err) == -1 ||
	    fu_decision_add(&s->store, &d, err) == -1)
		return (-1);
	return (fu_cadence_handled(cr, prospect, arena, err));
}

/* Those that fell due, and then those that they made due; a slice each. */
static int
mark(struct fu_session *s, struct fu_cadencer *cr, uint64_t *count,
    struct fu_err *err)
{
	struct fu_arena	 arena;
	int64_t		 id[SLICE], person[SLICE];
	size_t		 n = 1;
	int		 rc = 0;

	fu_arena_init(&arena);
	for (int round = 0; rc == 0 && n > 0 && !s->store.dry &&
	    round < ROUNDS * SLICE; round++) {
		if ((rc = fu_store_begin(&s->store, err)) == -1)
			break;
		rc = fu_touches_fallen(&s->store, SLICE, id, person, &n, err);
		for (size_t i = 0; rc == 0 && i < n; i++)
			rc = mark_one(s, cr, id[i], person[i], &arena, err);
		if (rc == 0)
			rc = fu_store_commit(&s->store, err);
		else
			fu_store_rollback(&s->store);
		*count += rc == 0 ? n : 0;
		fu_arena_reset(&arena);
	}
	fu_arena_free(&arena);
	return (rc);
}

/*
 * Is this where the last send was, with nothing sent since it was copied?
 * Then nothing is lost, and nothing is in doubt.
 */
static int
nothing_lost(struct fu_witness *w, int fd, bool *none, struct fu_err *err)
{
	struct fu_witness_word	 word;
	int64_t			 count;
	int			 rc;

	*none = false;
	if ((rc = fu_witness_read(w, fd, &word, err)) == -1 ||
	    fu_attempts_count(&w->session->store, &count, err) == -1)
		return (-1);
	*none = rc == 1 && word.count <= count &&
	    strcmp(word.machine, w->machine) == 0;
	return (0);
}

/* Under the lock: what it says, or, with ${write}, what is true now. */
static int
at_witness(struct fu_witness *w, bool *none, bool write, struct fu_err *err)
{
	int64_t	 count;
	int	 fd, rc;

	if (fu_witness_lock(w, &fd, err) == -1)
		return (-1);
	if (!write)
		rc = nothing_lost(w, fd, none, err);
	else if ((rc = fu_attempts_count(&w->session->store, &count,
	    err)) == 0)
		rc = fu_witness_write(w, fd, count, err);
	close(fd);
	return (rc);
}

int
fu_witness_adopt(struct fu_session *s, struct fu_cadencer *cr,
    struct fu_adopted *adopted, struct fu_err *err)
{
	struct gone		 gone = { .n = 0 };
	struct fu_witness	*w;
	bool			 none;
	int			 rc;

	*adopted = (struct fu_adopted){ .erased = 0 };
	if (s->store.rehearsal)
		return (fu_err_set(err, FU_EUSAGE, "%s: is a rehearsal, which "
		    "needs no witness", fu_db_path(s->store.db)));
	if ((w = fu_witness_open(s, err)) == NULL)
		return (-1);
	rc = at_witness(w, &none, false, err);
	fu_arena_init(&gone.arena);
	if (rc == 0)
		rc = replay(w, &gone, &adopted->suppressions, err);
	if (rc == 0 && gone.n > 0)
		rc = fu_privacy_erase_again(s, gone.subject, gone.n,
		    &adopted->erased, err);
	fu_arena_free(&gone.arena);
	if (rc == 0 && !none)
		rc = mark(s, cr, &adopted->uncertain, err);
	/* Last: a kill before here leaves it to be done again. */
	if (rc == 0 && !s->store.dry)
		rc = at_witness(w, &none, true, err);
	fu_witness_close(w);
	return (rc);
}
