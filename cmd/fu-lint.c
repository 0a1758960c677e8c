/*
 * fu-lint: says everything that is wrong with a configuration, or unwise in
 * it, a line each, with file, line, column and rule.  Changes nothing.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "flow/authcheck.h"
#include "flow/lint.h"
#include "record/json.h"

static const char help[] =
"usage: fu-lint [-qv] [--json] [-d DB] [-c FILE] [--at TIME] [FILE ...]\n"
"       fu-lint --dns [-nqv] [--json] [-d DB] [-c FILE]\n"
"\n"
"Read fu.yaml and all that it names, and print a line a finding:\n"
"  messages/hot.md:7:5: warning: {{company}} may have no value ... [fallback]\n"
"\n"
"With FILE, or a directory, only what is found there.\n"
"\n"
"  --json            a record a finding\n"
"  --dns             ask DNS for SPF, DKIM and DMARC of the senders' domains,\n"
"                    and put down what it says: mail of a domain that lacks\n"
"                    one is held; -n, --dry-run puts nothing down\n"
"  --at TIME         believe that it is TIME\n"
"  -d, --db FILE     the database (FU_DB, ./fu.db): which columns people have,\n"
"                    and of what there will be nothing left to say to them\n"
"  -c, --config FILE fu.yaml (FU_CONFIG, ./fu.yaml)\n"
"  -q, -v            say less, say more\n"
"  -h, --help; -V, --version\n"
"\n"
"Ends with 1 when there is an error, with 0 when there are warnings alone.\n"
"fu-lint(1) lists the rules.\n";

enum { OPT_JSON = 256, OPT_DNS };

static const struct option longopts[] = {
	FU_OPT_LONG,
	{ "json", no_argument, NULL, OPT_JSON },
	{ "dns", no_argument, NULL, OPT_DNS },
	{ NULL, 0, NULL, 0 }
};

static void
put_record(struct fu_buf *out, const struct fu_fault *f, const char *level)
{
	struct fu_jw	 jw;

	fu_jw_init(&jw, out);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "type", "lint");
	fu_jw_str(&jw, "file", f->where.file);
	fu_jw_int(&jw, "line", f->where.line);
	fu_jw_int(&jw, "col", f->where.col);
	fu_jw_str(&jw, "level", level);
	fu_jw_str(&jw, "rule", f->rule);
	fu_jw_str(&jw, "text", f->text);
	fu_jw_object_end(&jw);
	fu_buf_putc(out, '\n');
}

static void
put_line(struct fu_buf *out, const struct fu_fault *f, const char *level)
{
	size_t	 from = out->len;

	fu_buf_printf(out, "%s:%d:%d: %s: %s [%s]", f->where.file,
	    f->where.line, f->where.col, level, f->text, f->rule);
	/* A file's own text may hold anything. */
	fu_printable(out->ptr + from);
	fu_buf_putc(out, '\n');
}

/* All findings, in one go. */
static int
print(const struct fu_lint *lint, bool json, struct fu_err *err)
{
	struct fu_buf	 out;
	int		 rc = 0;

	fu_buf_init(&out);
	for (size_t i = 0; i < lint->faults.n; i++) {
		const struct fu_fault	*f = &lint->faults.fault[i];
		const char		*level = f->warning ? "warning" :
		    "error";

		if (json)
			put_record(&out, f, level);
		else
			put_line(&out, f, level);
	}
	if ((out.len > 0 &&
	    fwrite(out.ptr, 1, out.len, stdout) != out.len) ||
	    fflush(stdout) == EOF)
		rc = fu_err_sys(err, FU_EIO, "standard output");
	fu_buf_free(&out);
	return (rc);
}

static void
sum_up(const struct fu_opt *opt, const struct fu_lint *lint)
{
	size_t	 errors = fu_faults_errors(&lint->faults);
	size_t	 warnings = lint->faults.n - errors, files = lint->file.n;

	fu_note(opt, "%zu error%s, %zu warning%s in %zu file%s%s", errors,
	    errors == 1 ? "" : "s", warnings, warnings == 1 ? "" : "s", files,
	    files == 1 ? "" : "s", lint->faults.n == FU_FAULTS_MAX ?
	    ", and perhaps more: correct these first" : "");
}

/* What DNS said of the senders' domains. */
struct asked {
	struct fu_buf	 out;
	bool		 json;
	size_t		 lacking, failed;
};

static void
put_domain(void *ctx, const struct fu_authcheck *c)
{
	struct asked		*a = ctx;
	const char *const	 found[] = { c->spf, c->dkim, c->dmarc };
	static const char *const name[] = { "spf", "dkim", "dmarc" };
	struct fu_jw		 jw;

	a->failed += c->failed != NULL;
	a->lacking += c->failed == NULL && !c->aligned;
	fu_jw_init(&jw, &a->out);
	if (a->json) {
		fu_jw_object(&jw, NULL);
		fu_jw_str(&jw, "type", "dns");
		fu_jw_str(&jw, "domain", c->domain);
		fu_jw_bool(&jw, "aligned", c->aligned);
		for (size_t i = 0; i < 3 && c->failed == NULL; i++)
			fu_jw_str(&jw, name[i], found[i]);
		if (c->failed != NULL)
			fu_jw_str(&jw, "failed", c->failed);
		fu_jw_object_end(&jw);
		fu_buf_putc(&a->out, '\n');
		return;
	}
	fu_buf_printf(&a->out, "%s: ", c->domain);
	if (c->failed != NULL)
		fu_buf_printf(&a->out, "could not be asked: %s", c->failed);
	for (size_t i = 0; i < 3 && c->failed == NULL; i++)
		fu_buf_printf(&a->out, "%s%s %s", i > 0 ? ", " : "", name[i],
		    found[i][0] != '\0' ? "found" : "MISSING");
	if (c->hint != NULL)
		fu_buf_printf(&a->out, "; %s", c->hint);
	fu_buf_puts(&a->out, " [EM-03]\n");
}

static int
ask_dns(const struct fu_opt *opt, bool json)
{
	struct fu_session	 session;
	struct asked		 asked = { .json = json };
	struct fu_err		 err;
	int			 rc;

	fu_buf_init(&asked.out);
	rc = fu_session_open(&session, opt, FU_S_CONFIG | FU_S_WRITE, &err);
	if (rc == 0)
		rc = fu_authcheck_run(&session, put_domain, &asked, &err);
	if (rc == 0)
		rc = fu_sink_write(&session.sink, &asked.out, &err);
	if (rc == 0 && asked.failed > 0)
		rc = FU_EUNAVAILABLE;
	else if (rc == 0)
		rc = asked.lacking > 0;
	fu_buf_free(&asked.out);
	return (fu_session_close(&session, rc, &err));
}

int
main(int argc, char **argv)
{
	struct fu_opt	 opt;
	struct fu_err	 err;
	struct fu_lint	 lint;
	bool		 json = false, dns = false;
	int		 c, rc;

	if (fu_opt_init(&opt, "fu-lint", &err) == -1)
		return (fu_opt_usage(&opt, "%s", err.msg));
	while ((c = getopt_long(argc, argv, FU_OPT_SHORT, longopts, NULL)) !=
	    -1) {
		if (c == '?')
			return (fu_opt_usage(&opt, NULL));
		if ((rc = fu_opt_take(&opt, c, optarg, help, &err)) == 2)
			return (0);
		if (rc == -1)
			return (fu_opt_usage(&opt, "%s", err.msg));
		json = json || c == OPT_JSON;
		dns = dns || c == OPT_DNS;
	}
	if (dns && optind < argc)
		return (fu_opt_usage(&opt, "--dns is of domains, not of "
		    "files"));
	if (dns)
		return (ask_dns(&opt, json));
	rc = fu_lint_run(&lint, &opt, &err);
	if (rc == 0)
		rc = fu_lint_only(&lint, argv + optind, argc - optind, &err);
	if (rc == 0)
		rc = print(&lint, json, &err);
	if (rc == 0) {
		sum_up(&opt, &lint);
		rc = fu_faults_errors(&lint.faults) > 0;
	} else
		fu_say(&opt, "%s", err.msg);
	fu_lint_free(&lint);
	return (rc == -1 ? (int)err.class : rc);
}
