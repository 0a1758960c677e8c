/*
 * fu-privacy: what a person may ask for (a copy of everything, to be
 * forgotten), what must not be kept for ever, and the proof that the ledger
 * of consents and opt-outs is whole.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "flow/privacy.h"
#include "flow/witness.h"

static const char help[] =
"usage: fu-privacy export [--portable] PERSON ...\n"
"       fu-privacy erase [-n] [--reason WORD] PERSON ...\n"
"       fu-privacy purge [-n] [--older-than SPAN] [CLASS ...]\n"
"       fu-privacy verify\n"
"\n"
"export prints everything that is held about PERSON (an id, an email, a phone\n"
"or a visitor id) as one JSON document; erase takes it all out and leaves a\n"
"keyed hash, so that they are never written to again; purge takes out what\n"
"fu.yaml's retention: says is old; verify reads the ledger's chain through.\n"
"\n"
"      --portable         what they gave by consent or for a contract, no more\n"
"      --reason WORD      of erasing, for the ledger (erasure_request)\n"
"      --older-than SPAN  purge by this instead (1095d, 3660d at most);\n"
"                         prospects unless CLASS says otherwise\n"
"  -n, --dry-run          say what would go, change nothing\n"
"      --at TIME          believe that it is TIME\n"
"  -d, --db FILE          the database (FU_DB, ./fu.db)\n"
"  -c, --config FILE      fu.yaml (FU_CONFIG, ./fu.yaml)\n"
"  -q, -v                 say less, say more\n"
"  -h, --help; -V, --version\n"
"\n"
"Classes: prospects visitors transcripts messages decisions runs wordings.\n"
"Ends with 1 when nobody is known as PERSON, when something that names them is\n"
"left after erasing, or when the ledger does not hold.\n";

enum { OPT_PORTABLE = 256, OPT_REASON, OPT_OLDER };

static const struct option longopts[] = {
	FU_OPT_LONG,
	{ "portable", no_argument, NULL, OPT_PORTABLE },
	{ "reason", required_argument, NULL, OPT_REASON },
	{ "older-than", required_argument, NULL, OPT_OLDER },
	{ NULL, 0, NULL, 0 }
};

struct run {
	struct fu_opt		 opt;
	struct fu_session	 session;
	bool			 portable;
	const char		*reason;
	int64_t			 older_us;	/* -1: as fu.yaml says */
	char			**operand;
	int			 n;
	struct fu_erased	 erased;
	bool			 left;	/* something that still names them */
};

/* Wordings of consents are kept by the law's span, not by fu.yaml's. */
static const char wordings[] = "wordings";

/* Each operand that is somebody, to ${call}; FU_NOTFOUND if one is not. */
static int
each_person(struct run *r,
    int (*call)(struct run *, int64_t, struct fu_err *),
    struct fu_err *err)
{
	bool	 lacking = false;
	int64_t	 id;
	int	 rc;

	for (int i = 0; i < r->n; i++) {
		rc = fu_session_find(&r->session, r->operand[i], &id, err);
		if (rc == -1 && err->class != FU_NOTFOUND)
			return (-1);
		if (rc == -1) {
			fu_say(&r->opt, "%s", err->msg);
			lacking = true;
		} else if (call(r, id, err) == -1)
			return (-1);
	}
	return (lacking ? FU_NOTFOUND : 0);
}

static int
export_one(struct run *r, int64_t id, struct fu_err *err)
{
	struct fu_buf	 out;
	int		 rc;

	fu_buf_init(&out);
	rc = fu_privacy_export(&r->session, id, r->portable, &out, err);
	if (rc == 1)
		rc = fu_sink_write(&r->session.sink, &out, err);
	r->session.sink.written++;
	fu_buf_free(&out);
	return (rc);
}

static void
mention(void *ctx, const char *table, int64_t prospect, int64_t row)
{
	struct run	*r = ctx;

	r->left = true;
	if (strcmp(table, "prospect") == 0)
		fu_say(&r->opt, "prospect %lld has the same address with "
		    "another +tag, or names it: if that is them as well, "
		    "fu-privacy erase %lld", (long long)prospect,
		    (long long)prospect);
	else
		fu_say(&r->opt, "%s %lld of prospect %lld still names them: "
		    "look whether that may stay", table, (long long)row,
		    (long long)prospect);
}

static int
erase_one(struct run *r, int64_t id, struct fu_err *err)
{
	uint64_t	 before = r->erased.addresses, n;
	int		 rc;

	rc = fu_privacy_erase(&r->session, id, r->reason, mention, r,
	    &r->erased, err);
	n = r->erased.addresses - before;
	if (rc == 1)
		fu_note(&r->opt, "prospect %lld %s erased, %llu address%s "
		    "suppressed for good", (long long)id,
		    r->opt.dry ? "would be" : "is", (unsigned long long)n,
		    n == 1 ? "" : "es");
	r->session.sink.written += rc == 1;
	return (rc == -1 ? -1 : 0);
}

/* Is it to be looked for?  A number alone is an id, which says nothing. */
static bool
is_trace(const struct run *r, const char *operand)
{
	if (operand[strspn(operand, "0123456789")] == '\0')
		return (false);
	for (size_t i = 0; i < r->erased.ntrace; i++)
		if (fu_streq_nocase(r->erased.trace[i], operand))
			return (false);
	return (true);
}

static int
tell_traces(struct run *r, struct fu_err *err)
{
	struct fu_arena	*arena = &r->session.arena;
	size_t		 n = r->erased.ntrace;
	const char	**text = fu_alloc_array(arena, n + (size_t)r->n,
	    sizeof(*text));
	bool		*found = fu_alloc_array(arena, n + (size_t)r->n,
	    sizeof(*found));

	for (size_t i = 0; i < n; i++)
		text[i] = r->erased.trace[i];
	for (int i = 0; i < r->n; i++)
		if (is_trace(r, r->operand[i]))
			text[n++] = r->operand[i];
	if (fu_privacy_find_traces(&r->session, text, n, found, err) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++)
		if (found[i]) {
			r->left = true;
			fu_say(&r->opt, "\"%s\" still stands in the database: "
			    "in a text of somebody else, or under another "
			    "spelling", text[i]);
		} else
			fu_note(&r->opt, "the database was read through: no "
			    "trace of \"%s\"", text[i]);
	return (0);
}

static int
erase(struct run *r, struct fu_err *err)
{
	int	 rc = each_person(r, erase_one, err);

	if (rc == -1 || r->opt.dry)
		return (rc);
	if (fu_privacy_scrub(&r->session, err) == -1 ||
	    tell_traces(r, err) == -1)
		return (-1);
	fu_note(&r->opt, "not in the database, so not erased: an outbox, "
	    "reject files, your mail relay's log, backups (fu-init --adopt "
	    "erases them from a copy again); tell your processors");
	return (r->left ? FU_NOTFOUND : rc);
}

static int
purge_class(struct run *r, enum fu_keep keep, int64_t keep_us,
    struct fu_err *err)
{
	uint64_t	 n;

	if (fu_privacy_purge(&r->session, keep, keep_us, &n, err) == -1)
		return (-1);
	fu_note(&r->opt, "%s: %llu older than %lld days%s",
	    fu_keep_names[keep], (unsigned long long)n,
	    (long long)(keep_us / FU_DAY),
	    r->opt.dry ? " would go" : " taken out");
	r->session.sink.written += n;
	return (0);
}

static int
purge_wordings(struct run *r, struct fu_err *err)
{
	uint64_t	 n;

	if (fu_privacy_purge_wordings(&r->session, &n, err) == -1)
		return (-1);
	fu_note(&r->opt, "%s: %llu that no consent of the last five years "
	    "rests on%s", wordings, (unsigned long long)n,
	    r->opt.dry ? " would go" : " taken out");
	r->session.sink.written += n;
	return (0);
}

/* Which classes the operands name; the one that is none of fu.yaml's apart. */
static int
classes(const struct run *r, bool asked[FU_KEEP_N], bool *texts,
    struct fu_err *err)
{
	int	 k;

	*texts = false;
	for (int i = 0; i < r->n; i++) {
		if (strcmp(r->operand[i], wordings) == 0) {
			*texts = true;
			continue;
		}
		if ((k = fu_keep_find(r->operand[i])) == -1)
			return (fu_err_set(err, FU_EUSAGE, "no class \"%s\": "
			    "prospects, visitors, transcripts, messages, "
			    "decisions, runs or wordings", r->operand[i]));
		asked[k] = true;
	}
	return (0);
}

static int
purge(struct run *r, struct fu_err *err)
{
	bool	 asked[FU_KEEP_N] = { false }, any = false, texts;
	int64_t	 keep_us;

	if (classes(r, asked, &texts, err) == -1)
		return (-1);
	if (r->n == 0 && r->older_us >= 0)
		asked[FU_KEEP_PROSPECTS] = true;
	for (int k = 0; k < FU_KEEP_N; k++) {
		keep_us = r->older_us >= 0 ? r->older_us :
		    fu_keep_us(&r->session.config, k);
		if ((r->n > 0 || r->older_us >= 0) && !asked[k])
			continue;
		if (keep_us == 0 && r->older_us < 0) {
			if (asked[k])
				fu_note(&r->opt, "%s: fu.yaml's retention: "
				    "keeps them for ever", fu_keep_names[k]);
			continue;
		}
		any = true;
		if (purge_class(r, k, keep_us, err) == -1)
			return (-1);
	}
	texts = texts || (any && r->n == 0 && r->older_us < 0);
	if (texts && purge_wordings(r, err) == -1)
		return (-1);
	any = any || texts;
	if (!any)
		fu_note(&r->opt, "fu.yaml has no retention: and there is no "
		    "--older-than, so nothing is old");
	return (!any || r->opt.dry ? 0 : fu_privacy_scrub(&r->session, err));
}

static int
verify(struct run *r, struct fu_err *err)
{
	int64_t	 bad, n;
	char	 head[FU_SUBJECT_LEN] = "";
	int	 rc;

	rc = fu_ledger_verify(&r->session.store, &bad, &n, head, err);
	if (rc == 1) {
		printf("{\"type\":\"ledger\",\"entries\":%lld,\"holds\":true,"
		    "\"head\":\"%s\"}\n", (long long)n, head);
		fu_note(&r->opt, "%lld entries, and each goes on from the one "
		    "before; keep the head somewhere else to prove it later",
		    (long long)n);
	}
	if (rc == 0) {
		printf("{\"type\":\"ledger\",\"holds\":false,\"entry\":%lld,"
		    "\"why\":\"%s\"}\n", (long long)bad, err->msg);
		fu_say(&r->opt, "the ledger does not hold at entry %lld (%s): "
		    "somebody changed it, or what it came to; go back to a "
		    "backup from before, and fu-init --adopt",
		    (long long)bad, err->msg);
		return (FU_NOTFOUND);
	}
	return (rc == -1 ? -1 : 0);
}

static int
open_for(struct run *r, unsigned what, struct fu_err *err)
{
	return (fu_session_open(&r->session, &r->opt, what, err));
}

/* The verb, with its operands behind it. */
static int
act(struct run *r, const char *verb, struct fu_err *err)
{
	const unsigned	 all = FU_S_CONFIG | FU_S_RULES | FU_S_KEYS;

	if (strcmp(verb, "export") == 0)
		return (open_for(r, all | FU_S_READ, err) == -1 ? -1 :
		    each_person(r, export_one, err));
	if (strcmp(verb, "erase") == 0)
		return (open_for(r, all | FU_S_WRITE, err) == -1 ? -1 :
		    erase(r, err));
	if (strcmp(verb, "purge") == 0)
		return (open_for(r, all | FU_S_WRITE, err) == -1 ? -1 :
		    purge(r, err));
	return (open_for(r, FU_S_READ, err) == -1 ? -1 :
	    verify(r, err));
}

int
main(int argc, char **argv)
{
	struct run	 r = { .reason = "erasure_request", .older_us = -1 };
	struct fu_err	 err;
	const char	*verb;
	bool		 takes, needs;
	int		 c, rc;

	if (fu_opt_init(&r.opt, "fu-privacy", &err) == -1)
		return (fu_opt_usage(&r.opt, "%s", err.msg));
	while ((c = getopt_long(argc, argv, FU_OPT_SHORT, longopts, NULL)) !=
	    -1) {
		if (c == '?')
			return (fu_opt_usage(&r.opt, NULL));
		if ((rc = fu_opt_take(&r.opt, c, optarg, help, &err)) == 2)
			return (0);
		if (rc == -1)
			return (fu_opt_usage(&r.opt, "%s", err.msg));
		r.portable = r.portable || c == OPT_PORTABLE;
		r.reason = c == OPT_REASON ? optarg : r.reason;
		if (c == OPT_REASON && !fu_privacy_is_word(optarg))
			return (fu_opt_usage(&r.opt, "--reason takes a word: "
			    "a-z, 0-9, _ and -, at most 40 of them; the "
			    "ledger keeps it for ever"));
		if (c == OPT_OLDER && fu_duration_parse(fu_str_of(optarg),
		    &r.older_us, &err) == -1)
			return (fu_opt_usage(&r.opt, "--older-than %s",
			    err.msg));
	}
	if (optind == argc)
		return (fu_opt_usage(&r.opt, "export, erase, purge or verify"));
	verb = argv[optind];
	takes = strcmp(verb, "verify") != 0;
	needs = strcmp(verb, "export") == 0 || strcmp(verb, "erase") == 0;
	if (takes && !needs && strcmp(verb, "purge") != 0)
		return (fu_opt_usage(&r.opt, "no verb \"%s\": export, erase, "
		    "purge or verify", verb));
	r.operand = argv + optind + 1;
	r.n = argc - optind - 1;
	if (needs && r.n == 0)
		return (fu_opt_usage(&r.opt, "%s whom? an id, an email, a "
		    "phone or a visitor id", verb));
	if (!takes && r.n > 0)
		return (fu_opt_usage(&r.opt, "verify takes no operand"));
	rc = act(&r, verb, &err);
	return (fu_session_close(&r.session, rc, &err));
}
