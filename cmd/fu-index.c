/*
 * fu-index: Markdown, text, HTML and PDF into the knowledge base, which is
 * brought up to date with them; prints nothing but what --list asks for.
 */
#include <string.h>

#include "flow/index.h"
#include "record/grid.h"
#include "record/json.h"

static const char help[] =
"usage: fu-index [-nqtv] [--list] [--remove] [--progress WHEN] [-c FILE]\n"
"                [-d DB] [-r FILE] [--at TIME] [PATH ...]\n"
"\n"
"Bring the knowledge base up to date with files and directories; without any,\n"
"with the directory that fu.yaml calls \"knowledge:\".\n"
"\n"
"  --list           the documents that there are, a record each\n"
"  --remove         forget these documents, or those below these directories\n"
"  -t, --table      --list as a table for people\n"
"  --progress auto|always|never\n"
"  -n, --dry-run    read everything, change nothing\n"
"  -r, --rejects FILE  write what could not be read there\n"
"  --at TIME        believe that it is TIME (rehearsals)\n"
"  -d, --db FILE    the database (FU_DB, ./fu.db)\n"
"  -c, --config FILE  fu.yaml (FU_CONFIG, ./fu.yaml): kinds, base_url\n"
"  -q, -v           say less, say more\n"
"  -h, --help       this text; -V, --version: which fu this is\n";

enum { OPT_LIST = 256, OPT_REMOVE };

static const struct option longopts[] = {
	FU_OPT_LONG,
	{ "list", no_argument, NULL, OPT_LIST },
	{ "remove", no_argument, NULL, OPT_REMOVE },
	{ NULL, 0, NULL, 0 }
};

struct lister {
	struct fu_session	*session;
	struct fu_grid		 grid;
	struct fu_buf		 out;
	size_t			 n;
};

static const struct fu_grid_column columns[] = {
	{ "doc", 48 }, { "kind", 0 }, { "language", 0 }, { "passages", 0 },
	{ "title", 48 }
};

static void
write_table(struct lister *l, const struct fu_document_row *row)
{
	fu_grid_text(&l->grid, row->d.path);
	fu_grid_text(&l->grid, row->d.kind);
	fu_grid_text(&l->grid, row->tongue);
	fu_grid_int(&l->grid, row->passages);
	fu_grid_text(&l->grid, row->d.title);
	fu_grid_row(&l->grid, &l->out);
}

static void
write_record(struct lister *l, const struct fu_document_row *row)
{
	struct fu_jw	 jw;

	fu_jw_init(&jw, &l->out);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "type", "document");
	fu_jw_str(&jw, "doc", row->d.path);
	fu_jw_str(&jw, "root", row->root);
	fu_jw_str(&jw, "title", row->d.title);
	fu_jw_str(&jw, "kind", row->d.kind);
	fu_jw_str(&jw, "language", row->tongue);
	fu_jw_str(&jw, "url", row->d.url);
	fu_jw_int(&jw, "passages", row->passages);
	fu_jw_str(&jw, "version", row->d.version);
	fu_jw_time(&jw, "indexed_at", row->indexed_us);
	fu_jw_object_end(&jw);
	fu_buf_putc(&l->out, '\n');
}

static int
emit(void *ctx, const struct fu_document_row *row, struct fu_err *err)
{
	struct lister	*l = ctx;

	l->n++;
	l->session->sink.written++;
	if (l->session->opt->table)
		write_table(l, row);
	else
		write_record(l, row);
	if (l->out.len < 64 * 1024)
		return (0);
	return (fu_sink_write(&l->session->sink, &l->out, err));
}

static int
list(struct fu_session *session, struct fu_err *err)
{
	struct lister	 l = { .session = session };
	int		 rc;

	fu_grid_init(&l.grid, columns, sizeof(columns) / sizeof(*columns));
	rc = fu_index_list(session, emit, &l, err);
	fu_grid_end(&l.grid, &l.out);
	if (rc == 0)
		rc = fu_sink_write(&session->sink, &l.out, err);
	if (rc == 0 && l.n == 0)
		rc = FU_NOTFOUND;
	fu_grid_free(&l.grid);
	fu_buf_free(&l.out);
	return (rc);
}

static void
summary(const struct fu_opt *opt, const struct fu_index_tally *t, bool removed)
{
	struct fu_buf	 line;

	fu_buf_init(&line);
	if (removed)
		fu_buf_printf(&line, "%llu forgotten",
		    (unsigned long long)t->gone);
	else
		fu_buf_printf(&line, "%llu new, %llu changed, %llu as they "
		    "were, %llu gone", (unsigned long long)t->new,
		    (unsigned long long)t->changed,
		    (unsigned long long)t->same, (unsigned long long)t->gone);
	if (t->failed > 0)
		fu_buf_printf(&line, ", %llu not read",
		    (unsigned long long)t->failed);
	fu_note(opt, "%s: %lld documents with %lld passages%s", line.ptr,
	    (long long)t->size.documents, (long long)t->size.passages,
	    opt->dry ? "; nothing was changed" : "");
	if (t->dropped > 0)
		fu_debug(opt, "%llu blocks that stand on many pages were left "
		    "out", (unsigned long long)t->dropped);
	if (t->rank > 0)
		fu_note(opt, "what they mean was learned anew, in %zu "
		    "dimensions", t->rank);
	if (t->embedded > 0)
		fu_note(opt, "%llu passages have a vector of the embedder's",
		    (unsigned long long)t->embedded);
	if (t->stopped)
		fu_note(opt, "stopped: run it again for the rest");
	fu_buf_free(&line);
}

static int
work(struct fu_session *session, char **operand, int n, bool remove,
    struct fu_err *err)
{
	struct fu_index_tally	 tally = { 0 };
	struct fu_progress	 progress;
	int			 rc;

	if (remove)
		rc = fu_index_remove(session, operand, n, &tally, err);
	else {
		fu_progress_start(&progress, session->opt, "documents", 0);
		rc = fu_index_run(session, operand, n, &progress, &tally, err);
		fu_progress_end(&progress);
	}
	if (rc != -1)
		summary(session->opt, &tally, remove);
	return (rc);
}

int
main(int argc, char **argv)
{
	struct fu_opt		 opt;
	struct fu_err		 err;
	struct fu_session	 session;
	bool			 lists = false, remove = false;
	int			 c, rc;

	if (fu_opt_init(&opt, "fu-index", &err) == -1)
		return (fu_opt_usage(&opt, "%s", err.msg));
	while ((c = getopt_long(argc, argv, FU_OPT_SHORT, longopts, NULL)) !=
	    -1) {
		if (c == '?')
			return (fu_opt_usage(&opt, NULL));
		if ((rc = fu_opt_take(&opt, c, optarg, help, &err)) == 2)
			return (0);
		if (rc == -1)
			return (fu_opt_usage(&opt, "%s", err.msg));
		lists = lists || c == OPT_LIST;
		remove = remove || c == OPT_REMOVE;
	}
	argc -= optind;
	argv += optind;
	if (lists && remove)
		return (fu_opt_usage(&opt, "one of --list and --remove"));
	if (lists && argc > 0)
		return (fu_opt_usage(&opt, "--list takes no paths"));
	if (remove && argc == 0)
		return (fu_opt_usage(&opt, "--remove what?"));

	rc = fu_session_open(&session, &opt, FU_S_CONFIG |
	    (lists ? FU_S_READ : FU_S_WRITE | FU_S_NOBODY), &err);
	if (rc == 0 && lists)
		rc = list(&session, &err);
	else if (rc == 0)
		rc = work(&session, argv, argc, remove, &err);
	return (fu_session_close(&session, rc, &err));
}
