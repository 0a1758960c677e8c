/*
 * fu-ingest: people and events out of CSV, TSV and NDJSON into the store;
 * each comes out again as a record that says what was done with it.
 */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/sig.h"
#include "config/nearest.h"
#include "config/yaml.h"
#include "flow/ingest_read.h"

static const char help[] =
    "usage: fu-ingest [-nqv] [-c file] [-d db] [-F delimiter] [-f format]\n"
    "                 [-m map] [-r rejects] [--set key=value] [file ...]\n"
    "  -f, --format csv|tsv|ndjson  of the input; else found out\n"
    "  -F, --delimiter CHAR         between cells; else found out\n"
    "  -m, --map FILE|'HEADER=FIELD'  what a header means\n"
    "      --set KEY=VALUE          for every person who has none\n"
    "      --country XX             the same as --set country=XX\n"
    "      --on-conflict update|fill|skip  people whom we know already\n"
    "      --date-order dmy|mdy|ymd how 3/4/2026 is to be read\n"
    "      --progress auto|always|never\n"
    "      --at TIME                the clock of this run (rehearsals)\n"
    "  -c FILE  fu.yaml        -d DB  database         -r FILE  rejects\n"
    "  -n  change nothing      -q  quiet               -v  tell more\n"
    "  -h, --help              -V, --version\n";

enum { OPT_SET = 1, OPT_CONFLICT, OPT_ORDER, OPT_COUNTRY };

static const struct option options[] = {
	FU_OPT_LONG,
	{ "format", required_argument, NULL, 'f' },
	{ "delimiter", required_argument, NULL, 'F' },
	{ "map", required_argument, NULL, 'm' },
	{ "set", required_argument, NULL, OPT_SET },
	{ "country", required_argument, NULL, OPT_COUNTRY },
	{ "on-conflict", required_argument, NULL, OPT_CONFLICT },
	{ "date-order", required_argument, NULL, OPT_ORDER },
	{ NULL, 0, NULL, 0 }
};

struct args {
	struct fu_opt			 opt;
	struct fu_arena			 arena;
	struct fu_pair			*set, *map;
	size_t				 nset, nmap, set_cap, map_cap;
	enum fu_on_conflict		 on_conflict;
	enum fu_date_order		 order;
	struct fu_ingest_reading	 how;
	bool				 done;	/* --help has said it all */
	bool				 summary;	/* is there one? */
	int				 missing;	/* files */
};

static int
add_pair(struct args *a, struct fu_pair **list, size_t *n, size_t *cap,
    const char *text, bool first, struct fu_err *err)
{
	*list = fu_grow(&a->arena, *list, *n, cap, sizeof(**list));
	return (fu_pair_parse(&a->arena, text, first, &(*list)[(*n)++], err));
}

/* A file of "Header: field" lines. */
static int
map_file(struct args *a, const char *path, struct fu_err *err)
{
	struct fu_faults	 faults;
	struct fu_node		*root, *m;
	struct fu_str		 text;
	int			 rc = 0;

	if (fu_file_read(path, &a->arena, &text, err) == -1)
		return (-1);
	fu_faults_init(&faults);
	root = fu_yaml_parse(&a->arena, path, text, 1, &faults);
	if (fu_faults_errors(&faults) > 0)
		rc = fu_err_set(err, FU_ECONFIG, "%s:%d:%d: %s",
		    faults.fault[0].where.file, faults.fault[0].where.line,
		    faults.fault[0].where.col, faults.fault[0].text);
	else if (root == NULL || root->kind != FU_NODE_MAP)
		rc = fu_err_set(err, FU_ECONFIG,
		    "%s: is no map of \"Header: field\"", path);
	for (m = rc == 0 ? root->first : NULL; m != NULL; m = m->next) {
		if (m->kind != FU_NODE_TEXT) {
			rc = fu_err_set(err, FU_ECONFIG,
			    "%s:%d:%d: \"%s\" is to be a field's name", path,
			    m->where.line, m->where.col, m->key);
			break;
		}
		a->map = fu_grow(&a->arena, a->map, a->nmap, &a->map_cap,
		    sizeof(*a->map));
		a->map[a->nmap++] = (struct fu_pair){ fu_dup(&a->arena,
		    m->key), fu_dup(&a->arena, m->text) };
	}
	fu_faults_free(&faults);
	return (rc);
}

static int
take_format(struct args *a, const char *text, struct fu_err *err)
{
	if (strcmp(text, "ndjson") == 0)
		a->how.format = FU_FMT_NDJSON;
	else if (strcmp(text, "csv") == 0 || strcmp(text, "tsv") == 0)
		a->how.format = FU_FMT_TABLE;
	else
		return (fu_err_set(err, FU_EUSAGE,
		    "-f: \"%s\" is not csv, tsv or ndjson", text));
	if (strcmp(text, "tsv") == 0)
		a->how.delimiter = '\t';
	return (0);
}

static int
take_own(struct args *a, int c, const char *text, struct fu_err *err)
{
	switch (c) {
	case 'f':
		return (take_format(a, text, err));
	case 'F':
		if (strcmp(text, "\\t") == 0 || strcmp(text, "tab") == 0)
			text = "\t";
		if (strlen(text) != 1)
			return (fu_err_set(err, FU_EUSAGE,
			    "-F: \"%s\" is not one character", text));
		a->how.delimiter = *text;
		return (0);
	case 'm':
		if (strchr(text, '=') == NULL)
			return (map_file(a, text, err));
		return (add_pair(a, &a->map, &a->nmap, &a->map_cap, text,
		    false, err));
	case OPT_SET:
		return (add_pair(a, &a->set, &a->nset, &a->set_cap, text, true,
		    err));
	case OPT_COUNTRY:
		return (add_pair(a, &a->set, &a->nset, &a->set_cap,
		    fu_printf(&a->arena, "country=%s", text), true, err));
	case OPT_CONFLICT:
		a->on_conflict = strcmp(text, "fill") == 0 ? FU_ON_FILL :
		    strcmp(text, "skip") == 0 ? FU_ON_SKIP : FU_ON_UPDATE;
		if (a->on_conflict == FU_ON_UPDATE &&
		    strcmp(text, "update") != 0)
			return (fu_err_set(err, FU_EUSAGE, "--on-conflict: "
			    "\"%s\" is not update, fill or skip", text));
		return (0);
	case OPT_ORDER:
		return (fu_date_order_parse(text, &a->order, err));
	}
	return (fu_err_set(err, FU_EUSAGE, "unknown option"));
}

/* The field that somebody meant, or NULL; ${targets}: what -m takes too. */
static const char *
meant(const char *word, bool targets)
{
	struct fu_nearest	 near;
	const char		*alias = fu_target_meant(word);

	if (alias != NULL && (targets || fu_field_find(alias) >= 0))
		return (alias);
	fu_nearest_start(&near, word);
	for (int f = 0; f < FU_FIELD_N; f++)
		fu_nearest_try(&near, fu_fields[f].name);
	for (int t = FU_T_ATTR; targets && t <= FU_T_BOUNCED; t++)
		fu_nearest_try(&near, fu_target_name(t));
	return (near.word);
}

/* What is misspelled in -m is an error, in --set it could be meant. */
static int
check_names(const struct args *a)
{
	const char	*near;

	for (size_t i = 0; i < a->nmap; i++) {
		if (fu_target_find(a->map[i].value) >= 0)
			continue;
		near = meant(a->map[i].value, true);
		return (fu_opt_usage(&a->opt, "-m \"%s=%s\": no field "
		    "\"%s\"%s%s%s (fu-records(5) lists them; attr keeps the "
		    "column as it is)",
		    a->map[i].key, a->map[i].value, a->map[i].value,
		    near == NULL ? "" : "; did you mean \"",
		    near == NULL ? "" : near, near == NULL ? "" : "\"?"));
	}
	for (size_t i = 0; i < a->nset; i++)
		if (fu_field_find(a->set[i].key) < 0 &&
		    (near = meant(a->set[i].key, false)) != NULL)
			fu_note(&a->opt, "--set %s=%s: no field \"%s\", so "
			    "a custom attribute; did you mean \"%s\"?",
			    a->set[i].key, a->set[i].value, a->set[i].key,
			    near);
	return (0);
}

/* 0, or the exit status. */
static int
parse(struct args *a, int argc, char **argv)
{
	struct fu_err	 err;
	int		 c, rc;

	fu_arena_init(&a->arena);
	if (fu_opt_init(&a->opt, "fu-ingest", &err) == -1)
		return (fu_opt_usage(&a->opt, "%s", err.msg));
	while ((c = getopt_long(argc, argv, FU_OPT_SHORT "f:F:m:", options,
	    NULL)) != -1) {
		if (c == '?')
			return (fu_opt_usage(&a->opt, NULL));
		rc = fu_opt_take(&a->opt, c, optarg, help, &err);
		if (rc == 0 && take_own(a, c, optarg, &err) == -1)
			rc = -1;
		if (rc == -1 && err.class == FU_EUSAGE)
			return (fu_opt_usage(&a->opt, "%s", err.msg));
		if (rc == -1) {
			fu_say(&a->opt, "%s", err.msg);
			return ((int)err.class);
		}
		if (rc == 2) {
			a->done = true;
			return (0);
		}
	}
	return (check_names(a));
}

/* The sizes of all files, for the progress line; 0 when one is not known. */
static uint64_t
total_bytes(char **file, int n)
{
	struct stat	 st;
	uint64_t	 sum = 0;

	for (int i = 0; i < n; i++) {
		if (file[i] == NULL)
			continue;
		if (stat(file[i], &st) == -1 || !S_ISREG(st.st_mode))
			return (0);
		sum += (uint64_t)st.st_size;
	}
	return (sum);
}

/* 1: it is not there, and nothing else is wrong. */
static int
read_file(struct fu_ingest *in, const struct fu_ingest_reading *how,
    const char *path, struct fu_err *err)
{
	struct stat	 st;
	int		 fd, rc;

	if (strcmp(path, "-") == 0)
		return (fu_ingest_read(in, how, STDIN_FILENO, "stdin", err));
	if ((fd = open(path, O_RDONLY | O_CLOEXEC)) == -1) {
		fu_err_sys(err, FU_ENOINPUT, "%s", path);
		return (1);
	}
	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		fu_err_set(err, FU_ENOINPUT, "%s: is a directory", path);
		rc = 1;
	} else
		rc = fu_ingest_read(in, how, fd, path, err);
	close(fd);
	return (rc);
}

/* That file is told, and not read; the others are. */
static void
miss(struct args *a, char **file, const struct fu_err *err)
{
	fu_say(&a->opt, "%s", err->msg);
	*file = NULL;
	a->missing++;
}

/* What is not there is told before the first is read, and none is to be
 * emptied.  0, or the exit status: nothing is there, or all would be lost. */
static int
check_files(struct args *a, char **file, int n)
{
	const char	*rejects = a->opt.rejects;
	struct stat	 st, out = { 0 };
	struct fu_err	 err = { 0 };

	if (rejects != NULL && stat(rejects, &out) == -1)
		rejects = NULL;
	for (int i = 0; i < n; i++) {
		if (strcmp(file[i], "-") == 0)
			continue;
		if (stat(file[i], &st) == -1) {
			fu_err_sys(&err, FU_ENOINPUT, "%s", file[i]);
			miss(a, &file[i], &err);
		} else if (S_ISDIR(st.st_mode)) {
			fu_err_set(&err, FU_ENOINPUT, "%s: is a directory",
			    file[i]);
			miss(a, &file[i], &err);
		} else if (rejects != NULL && S_ISREG(st.st_mode) &&
		    st.st_dev == out.st_dev && st.st_ino == out.st_ino) {
			fu_say(&a->opt, "-r %s: is what is to be read; write "
			    "rejects to another file", rejects);
			return (FU_EUSAGE);
		}
	}
	return (n > 0 && a->missing == n ? FU_ENOINPUT : 0);
}

static int
ingest(struct args *a, struct fu_session *s, struct fu_ingest *in,
    char **file, int n, struct fu_err *err)
{
	struct fu_progress	 progress;
	int			 rc;

	rc = fu_ingest_open(in, s, err);
	if (rc == 0) {
		in->norm.order = a->order;
		in->on_conflict = a->on_conflict;
		a->how.map = a->map;
		a->how.nmap = a->nmap;
		a->how.progress = &progress;
		rc = fu_defaults_make(&a->how.defaults, &in->norm, a->set,
		    a->nset, &a->arena, err);
	}
	if (rc == 0) {
		fu_progress_start(&progress, &a->opt, "rows",
		    total_bytes(file, n));
		if (n == 0)
			rc = read_file(in, &a->how, "-", err);
		for (int i = 0; rc == 0 && i < n && !s->sink.lost &&
		    !fu_sig_stopping(); i++) {
			if (file[i] == NULL)
				continue;
			rc = read_file(in, &a->how, file[i], err);
			if (rc == 1) {
				miss(a, &file[i], err);
				rc = 0;
			}
		}
		if (rc == 0)
			rc = fu_ingest_finish(in, err);
		fu_progress_end(&progress);
		a->summary = rc == 0 || s->sink.read > 0;
	}
	fu_ingest_close(in);
	return (rc);
}

int
main(int argc, char **argv)
{
	struct args		 a = { 0 };
	struct fu_session	 s;
	struct fu_ingest	 in;
	struct fu_err		 err;
	int			 rc;

	if ((rc = parse(&a, argc, argv)) != 0 || a.done) {
		fu_arena_free(&a.arena);
		return (rc);
	}
	argc -= optind;
	argv += optind;
	if ((rc = check_files(&a, argv, argc)) != 0) {
		fu_arena_free(&a.arena);
		return (rc);
	}
	rc = fu_session_open(&s, &a.opt, FU_S_CONFIG | FU_S_KEYS |
	    FU_S_RULES | FU_S_WRITE, &err);
	if (rc == 0)
		rc = ingest(&a, &s, &in, argv, argc, &err);
	if (rc == 0 && a.missing > 0)
		rc = FU_ENOINPUT;
	rc = fu_session_close(&s, rc, &err);
	if (a.summary)
		fu_ingest_summary(&in);
	if (a.summary && a.missing > 0)
		fu_note(&a.opt, "%d of %d files could not be read; the rest is "
		    "done", a.missing, argc);
	fu_arena_free(&a.arena);
	return (rc);
}
