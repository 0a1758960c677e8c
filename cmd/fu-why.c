/*
 * fu-why: prints the whole story of one person, in order, as records or for
 * people: what came in, what was decided and by which rule, how it stands.
 * Reads the database, changes nothing.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "flow/why.h"

static const char help[] =
"usage: fu-why [-qt] [--json] [--only KINDS] [--since TIME] [-d DB] [-c FILE]\n"
"              [--at TIME] PERSON ...\n"
"\n"
"Tell everything that was decided about PERSON (an id, an email, a phone or a\n"
"visitor id), in order, each with its reason, rule and inputs; and last what\n"
"waits now, and for what.  Of an address that is nobody's: what the ledger has.\n"
"\n"
"  -t, --table       text for people; so it is on a terminal, too\n"
"      --json        records, on a terminal too\n"
"      --only KINDS  import, event, consent, suppression, score, enrolment,\n"
"                    gate, send, handoff, merge, conflict, now: a list with\n"
"                    commas\n"
"      --since TIME  nothing older\n"
"      --at TIME     believe that it is TIME\n"
"  -d, --db FILE     the database (FU_DB, ./fu.db)\n"
"  -c, --config FILE fu.yaml (FU_CONFIG, ./fu.yaml)\n"
"  -q                say less\n"
"  -h, --help; -V, --version\n"
"\n"
"Ends with 1 when there is no such person.\n";

enum { OPT_JSON = 256, OPT_ONLY, OPT_SINCE };

static const struct option longopts[] = {
	FU_OPT_LONG,
	{ "json", no_argument, NULL, OPT_JSON },
	{ "only", required_argument, NULL, OPT_ONLY },
	{ "since", required_argument, NULL, OPT_SINCE },
	{ NULL, 0, NULL, 0 }
};

struct printer {
	struct fu_session	*session;
	const char		*only;		/* or NULL */
	int64_t			 since_us;
	bool			 table;
	size_t			 people;
	struct fu_buf		 out;
};

static const char *const kinds[] = { "import", "event", "consent",
	"suppression", "score", "enrolment", "gate", "send", "handoff",
	"merge", "conflict", "now" };

/* The first word of --only that is no kind; NULL when all are. */
static const char *
unknown(const char *list, int *len)
{
	size_t	 i, word;

	for (; *list != '\0'; list += word + (list[word] == ',')) {
		word = strcspn(list, ",");
		*len = (int)word;
		for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
			if (strlen(kinds[i]) == word &&
			    strncmp(list, kinds[i], word) == 0)
				break;
		if (i == sizeof(kinds) / sizeof(*kinds))
			return (list);
	}
	return (NULL);
}

/* Is the kind in the list of --only? */
static bool
wanted(const char *list, const char *kind)
{
	size_t	 len = strlen(kind), word;

	for (; list != NULL; list += word + (list[word] == ',')) {
		word = strcspn(list, ",");
		if (word == len && strncmp(list, kind, len) == 0)
			return (true);
		if (list[word] == '\0')
			return (false);
	}
	return (true);
}

static void
write_record(struct printer *p, const struct fu_told *told,
    const struct fu_story *s)
{
	struct fu_jw	 jw;

	fu_jw_init(&jw, &p->out);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "type", "why");
	if (told->person.p.id != 0)
		fu_jw_int(&jw, "prospect", told->person.p.id);
	if (told->person.p.person.f[FU_F_EMAIL] != NULL)
		fu_jw_str(&jw, "email", told->person.p.person.f[FU_F_EMAIL]);
	else if (told->person.p.id == 0)
		fu_jw_str(&jw, "phone", told->person.p.person.f[FU_F_PHONE]);
	fu_jw_time(&jw, "at", s->at_us);
	fu_jw_str(&jw, "kind", s->kind);
	if (s->verdict != NULL)
		fu_jw_str(&jw, "verdict", s->verdict);
	if (s->reason != NULL)
		fu_jw_str(&jw, "reason", s->reason);
	if (s->rule != NULL)
		fu_jw_str(&jw, "rule", s->rule);
	if (s->program != NULL)
		fu_jw_str(&jw, "program", s->program);
	if (s->touch != 0)
		fu_jw_int(&jw, "touch", s->touch);
	if (s->handoff != 0)
		fu_jw_int(&jw, "handoff", s->handoff);
	if (s->event != 0)
		fu_jw_int(&jw, "event_id", s->event);
	if (s->ledger != 0)
		fu_jw_int(&jw, "ledger", s->ledger);
	if (s->cadence != NULL)
		fu_jw_str(&jw, "cadence", s->cadence);
	if (s->step != NULL)
		fu_jw_str(&jw, "step", s->step);
	if (s->channel != NULL)
		fu_jw_str(&jw, "channel", s->channel);
	if (s->until_us != FU_NEVER)
		fu_jw_time(&jw, "due", s->until_us);
	fu_jw_str(&jw, "text", s->text);
	if (s->inputs != NULL)
		fu_jw_raw(&jw, "inputs", fu_str_of(s->inputs));
	fu_jw_object_end(&jw);
	fu_buf_putc(&p->out, '\n');
}

static const char *
name_of(const struct fu_told *told, struct fu_arena *arena)
{
	const char *const	*f = told->person.p.person.f;
	const char		*address = f[FU_F_EMAIL] != NULL ?
	    f[FU_F_EMAIL] : f[FU_F_PHONE];
	char			*name;

	if (told->person.p.id == 0)
		return (fu_printf(arena, "%s is no one person's; what the "
		    "ledger has of it",
		    address));
	name = fu_printf(arena, "Prospect %lld%s%s%s%s%s%s%s%s",
	    (long long)told->person.p.id,
	    f[FU_F_FIRST_NAME] != NULL ? ", " : "",
	    f[FU_F_FIRST_NAME] != NULL ? f[FU_F_FIRST_NAME] : "",
	    f[FU_F_LAST_NAME] != NULL ? " " : "",
	    f[FU_F_LAST_NAME] != NULL ? f[FU_F_LAST_NAME] : "",
	    address != NULL ? ", " : "", address != NULL ? address : "",
	    f[FU_F_COMPANY] != NULL ? ", " : "",
	    f[FU_F_COMPANY] != NULL ? f[FU_F_COMPANY] : "");
	fu_printable(name);
	return (name);
}

/* "2026-03-04 09:12  gate         hot-recap by email: ...  [TC-08]", with a
 * heading where the day changes. */
static void
write_line(struct printer *p, const struct fu_told *told,
    const struct fu_story *s, struct fu_arena *arena)
{
	const struct fu_zone	*zone = fu_case_shown_zone(p->session,
	    &told->person, FU_CH_EMAIL);
	char			 when[FU_TIME_LEN], *text;

	fu_time_print_offset(s->at_us, fu_zone_offset(zone, s->at_us), when);
	when[10] = ' ';
	text = fu_dup(arena, s->text);
	fu_printable(text);
	if (strcmp(s->kind, "now") == 0)
		fu_buf_printf(&p->out, "%-16s  %-11s  %s", "now",
		    s->cadence != NULL ? s->cadence : "", text);
	else
		fu_buf_printf(&p->out, "%.16s  %-11s  %s", when, s->kind,
		    text);
	if (s->rule != NULL && strcmp(s->rule, "-") != 0)
		fu_buf_printf(&p->out, "  [%s]", s->rule);
	fu_buf_putc(&p->out, '\n');
}

static int
tell(struct printer *p, struct fu_cadencer *cadencer, const char *person,
    struct fu_err *err)
{
	struct fu_arena	 arena;
	struct fu_told	 told;
	int64_t		 id;
	int		 rc;

	rc = fu_session_find(p->session, person, &id, err);
	if (rc == -1 && err->class != FU_NOTFOUND)
		return (-1);
	fu_arena_init(&arena);
	if (rc == 0)
		rc = fu_why_tell(p->session, cadencer, id, &arena, &told, err);
	else if ((rc = fu_why_nobody(p->session, person, &arena, &told,
	    err)) == 0)
		fu_say(p->session->opt, "nobody is known as %s", person);
	if (rc == 1 && p->table) {
		fu_buf_printf(&p->out, "%s%s\nTimes are of %s%s.\n\n",
		    p->people > 0 ? "\n" : "", name_of(&told, &arena),
		    fu_zone_name(fu_case_shown_zone(p->session, &told.person,
		    FU_CH_EMAIL)), told.person.zone_known ?
		    "" : told.person.zone == p->session->config.company.zone ?
		    ", ours: theirs is not known" :
		    ", one of those that theirs may be");
	}
	p->people += rc == 1;
	for (size_t i = 0; rc == 1 && i < told.n; i++) {
		const struct fu_story	*s = &told.story[i];

		if (!wanted(p->only, s->kind) || s->at_us < p->since_us)
			continue;
		p->session->sink.written++;
		if (p->table)
			write_line(p, &told, s, &arena);
		else
			write_record(p, &told, s);
	}
	if (rc != -1)
		rc = fu_sink_write(&p->session->sink, &p->out, err);
	fu_arena_free(&arena);
	return (rc);
}

int
main(int argc, char **argv)
{
	struct fu_opt		 opt;
	struct fu_err		 err;
	struct fu_session	 session;
	struct fu_cadencer	*cadencer = NULL;
	struct printer		 p = { .session = &session,
		.since_us = INT64_MIN };
	const char		*word;
	bool			 json = false;
	int			 c, rc, len;

	if (fu_opt_init(&opt, "fu-why", &err) == -1)
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
		p.only = c == OPT_ONLY ? optarg : p.only;
		if (c == OPT_SINCE && fu_time_parse(fu_str_of(optarg),
		    &p.since_us, &err) == -1)
			return (fu_opt_usage(&opt, "--since %s", err.msg));
	}
	if (p.only != NULL && (word = unknown(p.only, &len)) != NULL)
		return (fu_opt_usage(&opt, "--only: there is no kind \"%.*s\"",
		    len, word));
	if (optind == argc)
		return (fu_opt_usage(&opt, "of whom? an id, an email, a phone "
		    "or a visitor id"));
	if (json && opt.table)
		return (fu_opt_usage(&opt, "one of --json and -t"));
	p.table = opt.table || (!json && isatty(STDOUT_FILENO) == 1);

	rc = fu_session_open(&session, &opt, FU_S_CONFIG | FU_S_RULES |
	    FU_S_KEYS | FU_S_READ, &err);
	if (rc == 0 && (cadencer = fu_cadencer_open(&session, &err)) == NULL)
		rc = -1;
	for (int i = optind; rc == 0 && i < argc; i++)
		rc = tell(&p, cadencer, argv[i], &err);
	if (rc == 0 && p.people == 0)
		rc = FU_NOTFOUND;
	fu_cadencer_close(cadencer);
	fu_buf_free(&p.out);
	return (fu_session_close(&session, rc, &err));
}
