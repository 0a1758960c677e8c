/*
 * fu-log: how a person at a terminal tells the system that something
 * happened: one event record for fu-ingest.  Knows no database.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/opt.h"
#include "config/nearest.h"
#include "flow/ingest_check.h"
#include "record/email.h"
#include "record/person.h"

/* Fewer digits are no phone number anywhere. */
#define PHONE_MIN	7

static const char help[] =
    "usage: fu-log [-q] [-c file] [-d db] [--at time] event [person]\n"
    "              [member=value ...]\n"
    "  fu-log call ann@x.example outcome=demo text='wants a quote'\n"
    "  fu-log meeting 17 status=booked starts_at=2026-12-01T10:00Z\n"
    "  fu-log resume domain=x.example, or stream=example.com\n"
    "PERSON is an id (17 or prospect:17), an email, a phone (+…) or a visitor\n"
    "id; to opt out, not one that could be a name.  A value of\n"
    "true, false or a list ([a, b]) is written as such; all others are\n"
    "text.  at=TIME says when, else it is now.\n"
    "      --at TIME  the clock of this run\n"
    "  -c, --config FILE, -d, --db DB  as everywhere; not asked here\n"
    "  -h, --help     -V, --version\n"
    "Events: call message chat reply meeting demo won lost stage consent\n"
    "  unsubscribe stop objection complaint bounce auto_reply visit form\n"
    "  download task_done released handoff_accepted resume, and your own.\n";

/* No database, no configuration: none of the others is taken. */
static const struct option options[] = {
	{ "at", required_argument, NULL, FU_OPT_AT },
	{ "config", required_argument, NULL, 'c' },
	{ "db", required_argument, NULL, 'd' },
	{ "help", no_argument, NULL, 'h' },
	{ "quiet", no_argument, NULL, 'q' },
	{ "version", no_argument, NULL, 'V' },
	{ NULL, 0, NULL, 0 }
};

/* Digits and what people write between them: a number, and of no country. */
static bool
is_number(const char *text)
{
	size_t	 digits = 0;

	for (const char *p = text; *p != '\0'; p++) {
		if (strchr("0123456789 -().+/", *p) == NULL)
			return (false);
		digits += *p >= '0' && *p <= '9';
	}
	return (digits >= PHONE_MIN);
}

/* A word of letters alone: rather somebody's name than a visitor's id. */
static bool
is_word(const char *text)
{
	for (; *text != '\0'; text++)
		if (((unsigned char)*text & 0x80) == 0 &&
		    !isalpha((unsigned char)*text))
			return (false);
	return (true);
}

/* Which member says who that is?  NULL: it is nobody, and says why. */
static const char *
person_member(const char *event, const char *text, struct fu_arena *arena,
    struct fu_err *err)
{
	size_t		 digits = strspn(text, "0123456789");
	const char	*email;

	if (text[digits] == '\0' && digits > 0 && digits < 19)
		return ("prospect");
	if (strchr(text, '@') != NULL)
		return (fu_email_parse(fu_str_of(text), arena, &email,
		    err) == -1 ? NULL : "email");
	if (text[0] == '+' && text[1 + strspn(text + 1, "0123456789 -().")] ==
	    '\0')
		return ("phone");
	if (is_number(text)) {
		(void)fu_err_set(err, FU_EUSAGE, "\"%s\" is no id, and a "
		    "phone number only with its country: write +1..., or what "
		    "it begins with there", text);
		return (NULL);
	}
	if (*text == '\0' || strpbrk(text, " \t\r\n") != NULL) {
		(void)fu_err_set(err, FU_EUSAGE, "\"%s\" is no id, email, "
		    "phone (+...) or visitor id", text);
		return (NULL);
	}
	if (is_word(text) && fu_ingest_opts_out(fu_kind_find(event))) {
		(void)fu_err_set(err, FU_EUSAGE, "%s: \"%s\" is no id, email "
		    "or phone (+...), and would close nothing; where it is a "
		    "visitor's id, write visitor=%s", event, text, text);
		return (NULL);
	}
	return ("visitor");
}

static bool
plain_name(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((text[i] < 'a' || text[i] > 'z') && text[i] != '_' &&
		    (i == 0 || text[i] < '0' || text[i] > '9'))
			return (false);
	return (len > 0 && len <= 60);
}

/* Members that are lists; and those whose brackets are but text. */
static bool
named(const char *key, const char *const *names)
{
	for (; *names != NULL; names++)
		if (strcmp(*names, key) == 0)
			return (true);
	return (false);
}

/* "[a, b]" as ["a","b"]: words without quotes, which a shell eats. */
static int
put_words(const struct fu_opt *opt, struct fu_jw *jw, const char *key,
    const char *value)
{
	size_t		 len = strlen(value), n;
	const char	*p = value + 1, *end = value + len - 1;
	struct fu_str	 word;

	if (len < 2 || *value != '[' || *end != ']' ||
	    strcspn(p, "[]{}\"") != len - 2)
		return (fu_opt_usage(opt, "%s=%s: is no list; write "
		    "'%s=[one, two]' or '%s=[\"one\",\"two\"]'", key, value,
		    key, key));
	fu_jw_array(jw, key);
	for (; p < end; p += n + 1) {
		n = strcspn(p, ",]");
		word = fu_str_trim((struct fu_str){ p, n });
		if (word.len > 0)
			fu_jw_span(jw, NULL, word);
	}
	fu_jw_array_end(jw);
	return (0);
}

/* 0, or 64 that has been said. */
static int
put_value(const struct fu_opt *opt, struct fu_jw *jw, const char *key,
    const char *value)
{
	static const char *const numbers[] = { "touch", "handoff", "value",
		NULL };
	static const char *const lists[] = { "features", "questions",
		"objections", NULL };
	static const char *const texts[] = { "text", "subject", "wording",
		"note", NULL };
	struct fu_json		 json;
	size_t			 len = strlen(value);

	if (fu_json_parse(fu_str_of(value), &json, NULL) == 0 &&
	    (json.type == FU_JSON_TRUE || json.type == FU_JSON_FALSE ||
	    json.type == FU_JSON_ARRAY || (named(key, numbers) &&
	    json.type == FU_JSON_NUMBER)))
		fu_jw_raw(jw, key, json.raw);
	else if (named(key, lists) && (value[0] == '[' ||
	    (len > 0 && value[len - 1] == ']')))
		return (put_words(opt, jw, key, value));
	else if (value[0] == '[' && value[len - 1] == ']' &&
	    !named(key, texts))
		return (put_words(opt, jw, key, value));
	else
		fu_jw_str(jw, key, value);
	return (0);
}

/* A file's word that nobody knows narrows no opt-out; who sits at a terminal
 * can say it again. */
static int
known(const struct fu_opt *opt, const char *event, const char *member,
    const char *unknown, const char *words)
{
	return (unknown == NULL ? 0 : fu_opt_usage(opt, "%s: %s \"%.60s\" is "
	    "none: write one of %s; without any it is for all", event, member,
	    unknown, words));
}

/* What fu-ingest would reject is not written. */
static int
check(const struct fu_opt *opt, const char *event, const struct fu_buf *out,
    struct fu_arena *arena)
{
	struct fu_object	 o;
	struct fu_err		 err;
	const char		*reason, *unknown;
	enum fu_kind		 kind = fu_kind_find(event);
	int			 rc;

	if (fu_json_object(arena, fu_buf_view(out), &o, &err) == -1 ||
	    fu_ingest_check(kind, &o, arena, &reason, &err) == -1)
		return (fu_opt_usage(opt, "%s: %s", event, err.msg));
	(void)fu_ingest_channel(kind, &o, arena, &unknown);
	if ((rc = known(opt, event, "channel", unknown, "email, sms, whatsapp, "
	    "voice")) != 0)
		return (rc);
	(void)fu_ingest_scope(kind, &o, arena, &unknown);
	return (known(opt, event, "scope", unknown, "channel, all"));
}

/* A slip of the finger in a member leaves unsaid what it should say. */
static void
say_member(const struct fu_opt *opt, const char *event, const char *key)
{
	static const char *const members[] = { "automated", "by", "channel",
		"code", "company_domain", "document", "domain", "features",
		"from", "handoff", "hard", "id", "implied", "in_reply_to",
		"locale", "message_id", "method", "not_condition", "note",
		"objections", "outcome", "page", "preticked", "purpose",
		"questions", "reason", "returns", "scope", "seller",
		"starts_at", "status", "stream", "subject", "text", "to",
		"topic", "touch", "url", "value", "wording", "written", NULL };
	struct fu_nearest	 near;

	if (named(key, members))
		return;
	fu_nearest_start(&near, key);
	for (size_t i = 0; i < FU_FIELD_N; i++) {
		if (strcmp(fu_fields[i].name, key) == 0)
			return;
		fu_nearest_try(&near, fu_fields[i].name);
	}
	for (size_t i = 0; members[i] != NULL; i++)
		fu_nearest_try(&near, members[i]);
	if (near.word != NULL)
		fu_note(opt, "%s: %s is a member of your own; did you mean "
		    "%s?", event, key, near.word);
}

/* The record of the operands; NULL has been said. */
static int
write_event(const struct fu_opt *opt, char **arg, int n, struct fu_buf *out)
{
	struct fu_arena	 arena;
	struct fu_err	 err;
	struct fu_jw	 jw;
	int64_t		 at_us = fu_clock_now(&opt->clock);
	const char	*eq, *who = NULL, *member, *key;
	bool		 person = false, timed = false;
	int		 i = 1, rc = 0;

	fu_arena_init(&arena);
	if (n > 1 && strchr(arg[1], '=') == NULL) {
		who = arg[1];
		if (strncmp(who, "prospect:", 9) == 0)
			who += 9;	/* as fu-handoff writes it */
		i = 2;
	}
	fu_jw_init(&jw, out);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "event", arg[0]);
	if (who != NULL) {
		member = person_member(arg[0], who, &arena, &err);
		if (member == NULL) {
			rc = fu_opt_usage(opt, "%s", err.msg);
			fu_arena_free(&arena);
			return (rc);
		}
		if (strcmp(member, "prospect") == 0)
			fu_jw_int(&jw, member, strtoll(who, NULL, 10));
		else
			fu_jw_str(&jw, member, who);
		if (strcmp(member, "visitor") == 0)
			fu_note(opt, "\"%s\": no id, email or phone (+...), "
			    "so taken for the id of a visitor", who);
		person = true;
	}
	for (; i < n && rc == 0; i++) {
		if ((eq = strchr(arg[i], '=')) == NULL ||
		    !plain_name(arg[i], (size_t)(eq - arg[i]))) {
			rc = fu_opt_usage(opt, "\"%s\" is not member=value",
			    arg[i]);
			break;
		}
		key = fu_dup_str(&arena, (struct fu_str){ arg[i],
		    (size_t)(eq - arg[i]) });
		if (strcmp(key, "at") == 0) {
			if (timed)
				rc = fu_opt_usage(opt, "at= occurs twice");
			else if (fu_time_parse(fu_str_of(eq + 1), &at_us, &err) ==
			    -1)
				rc = fu_opt_usage(opt, "at=%s: %s", eq + 1,
				    err.msg);
			timed = true;
			continue;
		}
		if (strcmp(key, "event") == 0 || strcmp(key, "type") == 0) {
			rc = fu_opt_usage(opt, "%s= is the first operand's",
			    key);
			break;
		}
		say_member(opt, arg[0], key);
		rc = put_value(opt, &jw, key, eq + 1);
		person = person || strcmp(key, "touch") == 0 ||
		    strcmp(key, "handoff") == 0 ||
		    strcmp(key, "domain") == 0 ||
		    strcmp(key, "stream") == 0 ||
		    strcmp(key, "external_id") == 0 ||
		    strcmp(key, "visitor") == 0 ||
		    strcmp(key, "company_domain") == 0;
	}
	if (rc == 0 && !person)
		rc = fu_opt_usage(opt, "%s: of whom?  Give a person, or "
		    "touch=, handoff=, external_id=, visitor=, company_domain=, "
		    "domain= or stream=", arg[0]);
	fu_jw_time(&jw, "at", at_us);
	fu_jw_object_end(&jw);
	if (rc == 0)
		rc = check(opt, arg[0], out, &arena);
	fu_buf_putc(out, '\n');
	fu_arena_free(&arena);
	return (rc);
}

/* A slip of the finger would be a kind that nothing ever looks for. */
static void
say_own(const struct fu_opt *opt, const char *name)
{
	struct fu_nearest	 near;

	fu_nearest_start(&near, name);
	for (size_t i = 0; i < FU_K_N; i++)
		if (fu_kinds[i].name != NULL)
			fu_nearest_try(&near, fu_kinds[i].name);
	if (near.word != NULL)
		fu_note(opt, "%s: a kind of your own; did you mean %s?", name,
		    near.word);
	else
		fu_note(opt, "%s: a kind of your own", name);
}

/* Is that a kind that we, or at least the operator, could mean? */
static bool
takes(const struct fu_opt *opt, const char *name)
{
	enum fu_kind	 kind = fu_kind_find(name);

	if (!plain_name(name, strlen(name)) || kind == FU_K_SCORED ||
	    kind == FU_K_SENT)
		return (false);
	if (kind == FU_K_CUSTOM)
		say_own(opt, name);
	return (true);
}

int
main(int argc, char **argv)
{
	struct fu_opt	 opt;
	struct fu_err	 err;
	struct fu_buf	 out;
	int		 c, rc;

	if (fu_opt_init(&opt, "fu-log", &err) == -1)
		return (fu_opt_usage(&opt, "%s", err.msg));
	while ((c = getopt_long(argc, argv, "+c:d:hqV", options,
	    NULL)) != -1) {
		rc = c == '?' ? -1 : fu_opt_take(&opt, c, optarg, help, &err);
		if (c == '?')
			return (fu_opt_usage(&opt, NULL));
		if (rc == -1)
			return (fu_opt_usage(&opt, "%s", err.msg));
		if (rc == 2)
			return (0);
	}
	argc -= optind;
	argv += optind;
	if (argc == 0)
		return (fu_opt_usage(&opt, "which event?"));
	if (!takes(&opt, argv[0]))
		return (fu_opt_usage(&opt, "\"%s\" is no event that one can "
		    "tell", argv[0]));
	fu_buf_init(&out);
	rc = write_event(&opt, argv, argc, &out);
	if (rc == 0 && (fwrite(out.ptr, 1, out.len, stdout) != out.len ||
	    fflush(stdout) == EOF)) {
		fu_say(&opt, "standard output: cannot write");
		rc = FU_EIO;
	}
	fu_buf_free(&out);
	return (rc);
}
