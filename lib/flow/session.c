/*
 * Opening and closing what a program works with.
 *
 * Must never decide anything about a person.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/sig.h"
#include "flow/conditions.h"
#include "flow/rulesdir.h"
#include "flow/session.h"
#include "store/aside.h"
#include "store/prospects.h"

#define FILE_MAX	(16 * 1024 * 1024)

int64_t
fu_session_now(const struct fu_session *s)
{
	return (fu_clock_now(&s->opt->clock));
}

int
fu_file_read(const char *path, struct fu_arena *arena, struct fu_str *text,
    struct fu_err *err)
{
	struct stat	 st;
	FILE		*file;
	char		*data;
	size_t		 n;

	if ((file = fopen(path, "re")) == NULL)
		return (fu_err_sys(err, FU_ENOINPUT, "%s", path));
	if (fstat(fileno(file), &st) == -1 || !S_ISREG(st.st_mode) ||
	    st.st_size > FILE_MAX) {
		fclose(file);
		return (fu_err_set(err, FU_EDATA,
		    "%s: no regular file of at most 16 MiB", path));
	}
	data = fu_alloc(arena, (size_t)st.st_size + 1);
	n = fread(data, 1, (size_t)st.st_size, file);
	if (ferror(file)) {
		fclose(file);
		return (fu_err_sys(err, FU_EIO, "%s", path));
	}
	fclose(file);
	*text = (struct fu_str){ data, n };
	return (0);
}

void
fu_session_faults(const struct fu_opt *opt, const struct fu_faults *faults)
{
	struct fu_arena	 arena;

	fu_arena_init(&arena);
	for (size_t i = 0; i < faults->n; i++)
		if (!faults->fault[i].warning || !opt->quiet)
			fu_say(opt, "%s", fu_fault_print(&arena,
			    &faults->fault[i]));
	fu_arena_free(&arena);
}

int
fu_session_config(struct fu_session *s, struct fu_err *err)
{
	struct fu_faults	 faults;
	const char		*file;
	int			 rc;

	if (s->has_config)
		return (0);
	if ((file = fu_config_find(s->opt->config, &s->arena, err)) == NULL)
		return (err->class == FU_ENOINPUT ? -1 : 1);
	fu_faults_init(&faults);
	(void)fu_config_load(&s->config, file, &faults, err);
	s->has_config = true;
	rc = fu_faults_first(&faults, &s->arena, err);
	fu_faults_free(&faults);
	return (rc);
}

static bool
input_is_pipe(void)
{
	struct stat	 st;

	return (fstat(STDIN_FILENO, &st) == 0 && S_ISFIFO(st.st_mode));
}

static int
open_config(struct fu_session *s, struct fu_err *err)
{
	struct fu_faults	 faults;
	const char		*file;
	int			 rc;

	file = fu_config_find(s->opt->config, &s->arena, err);
	if (file == NULL)
		return (-1);
	fu_faults_init(&faults);
	rc = fu_config_load(&s->config, file, &faults, err);
	s->has_config = true;
	/* In a pipeline the program at its head tells the whole story. */
	if (!input_is_pipe()) {
		fu_conditions_check(&s->config, &faults);
		fu_faults_sort(&faults);
		if ((rc = fu_faults_err(&faults, err)) == -1)
			fu_session_faults(s->opt, &faults);
	} else if (fu_faults_first(&faults, &s->arena, err) == -1)
		rc = -1;
	fu_faults_free(&faults);
	return (rc);
}

/* One fault is the error itself; more are shown, and counted. */
static int
open_rules(struct fu_session *s, struct fu_err *err)
{
	struct fu_faults	 faults;
	int			 rc;

	s->rulebook = fu_rulebook_new();
	fu_faults_init(&faults);
	rc = fu_rulesdir_read(&s->config, s->rulebook, &faults);
	if (rc == -1 && faults.n == 1)
		fu_err_set(err, FU_ECONFIG, "%s", fu_fault_print(&s->arena,
		    &faults.fault[0]));
	else if (rc == -1) {
		fu_session_faults(s->opt, &faults);
		fu_faults_err(&faults, err);
	}
	fu_faults_free(&faults);
	return (rc);
}

int
fu_session_open(struct fu_session *s, const struct fu_opt *opt, unsigned what,
    struct fu_err *err)
{
	bool	 reads = (what & (FU_S_READ | FU_S_WRITE)) != 0;
	bool	 writes = (what & FU_S_WRITE) != 0, unwritten;

	memset(s, 0, sizeof(*s));
	s->opt = opt;
	fu_arena_init(&s->arena);
	fu_sig_install();
	if (fu_sink_open(&s->sink, opt, err) == -1)
		return (-1);
	if ((what & FU_S_CONFIG) != 0 && open_config(s, err) == -1)
		return (-1);
	if ((what & FU_S_RULES) != 0 && open_rules(s, err) == -1)
		return (-1);
	if ((what & FU_S_KEYS) != 0 &&
	    fu_keys_load(fu_printf(&s->arena, "%s/fu.key", s->config.dir),
	    &s->keys, err) == -1)
		return (-1);
	if (!reads)
		return (0);
	/* Who only decides does so on a copy where nothing can be written. */
	if (writes && opt->dry && fu_store_closed(opt->db)) {
		if (fu_store_aside(&s->store, opt->db, &opt->clock, err) == -1)
			return (-1);
	} else if (fu_store_open(&s->store, opt->db, writes ? FU_DB_WRITE :
	    FU_DB_READ, &opt->clock, err) == -1)
		return (-1);
	s->has_store = true;
	s->store.dry = opt->dry;
	if (!writes || opt->dry)
		return (0);
	unwritten = !s->store.live && !s->store.rehearsal;
	if (((what & FU_S_NOBODY) == 0 || !unwritten) &&
	    fu_store_writable(&s->store, err) == -1)
		return (-1);
	if (fu_run_start(&s->store, opt->program, s->config.version, err) == -1)
		return (-1);
	s->has_run = true;
	/* The head of a pipeline tells the whole story. */
	if (unwritten && s->store.rehearsal && !input_is_pipe())
		fu_note(opt, "%s is a rehearsal from now on, for its first "
		    "run was told the time (--at or FU_NOW): nothing leaves "
		    "but to an outbox or a loopback", opt->db);
	return (0);
}

/* The next runs believe nothing either, until all of it was looked at. */
static void
doubt_ledger(struct fu_session *s)
{
	struct fu_err	 err;

	if (!s->has_run || s->store.dry ||
	    fu_store_begin(&s->store, &err) == -1)
		return;
	if (fu_meta_set(&s->store, FU_META_DOUBT, "yes", &err) == -1 ||
	    fu_store_commit(&s->store, &err) == -1)
		fu_store_rollback(&s->store);
}

int
fu_session_close(struct fu_session *s, int rc, struct fu_err *err)
{
	struct fu_err	 end;
	int		 status;

	status = rc == -1 ? (int)err->class : rc;
	if (rc == -1)
		fu_say(s->opt, "%s", err->msg);
	if (s->has_store)
		fu_store_rollback(&s->store);
	if (fu_sink_close(&s->sink, &end) == -1 && status == 0) {
		fu_say(s->opt, "%s", end.msg);
		status = (int)end.class;
	}
	if (s->ledger_fault != NULL && status <= FU_NOTFOUND) {
		fu_say(s->opt, "nothing leaves: %s", s->ledger_fault);
		status = FU_EIO;
		doubt_ledger(s);
	}
	if (status == 0 && s->sink.rejected > 0)
		status = FU_EDATA;
	if (s->has_run && fu_run_end(&s->store, s->sink.read, s->sink.written,
	    s->sink.rejected, status, &end) == -1 && status == 0) {
		fu_say(s->opt, "%s", end.msg);
		status = (int)end.class;
	}
	if (s->has_store)
		fu_store_close(&s->store);
	fu_rulebook_free(s->rulebook);
	if (s->has_config)
		fu_config_free(&s->config);
	fu_arena_free(&s->arena);
	return (status);
}

int
fu_session_begin(struct fu_session *s, struct fu_err *err)
{
	return (fu_store_begin(&s->store, err));
}

int
fu_session_commit(struct fu_session *s, struct fu_err *err)
{
	return (fu_store_commit(&s->store, err));
}

void
fu_session_rollback(struct fu_session *s)
{
	fu_store_rollback(&s->store);
}

int
fu_session_find(struct fu_session *s, const char *text, int64_t *id,
    struct fu_err *err)
{
	int	 rc = fu_prospect_find(&s->store, text, id, err);

	if (rc == 0)
		return (fu_err_set(err, FU_NOTFOUND, "nobody is known as %s",
		    text));
	return (rc == -1 ? -1 : 0);
}
