/*
 * What an event must say, and the closed sets of what it may.
 *
 * A word that is none of its set is never recorded: a consent or a status
 * that nobody can read would count as nothing, in silence.  An opt-out is
 * never refused: one of a channel that nobody knows is one of all.
 */
#include <ctype.h>
#include <string.h>

#include "config/nearest.h"
#include "flow/ingest_check.h"
#include "record/email.h"

#define ALL_LEN	200	/* the words of a set, with commas */

static const char *const consent_channels[] = { "email", "sms", "whatsapp",
	"voice", "cookie", "tracking", "enrichment", NULL };
static const char *const consent_status[] = { "granted", "pending", "revoked",
	NULL };
static const char *const methods[] = { "web_form", "chat", "reply", "paper",
	"double_opt_in", NULL };
static const char *const implied[] = { "purchase", "inquiry", "published",
	NULL };
static const char *const meeting_status[] = { "booked", "moved", "cancelled",
	"held", "no_show", NULL };
static const char *const senders[] = { "prospect", "bot", "rep", NULL };
static const char *const away[] = { "ooo", "left_company", "ack", NULL };
static const char *const channels[] = { "email", "sms", "whatsapp", "voice",
	"chat", "all", NULL };

static const struct {
	enum fu_kind		 kind;
	const char		*member;
	const char *const	*words;
	const char		*reason;
} sets[] = {
	{ FU_K_CONSENT, "channel", consent_channels, "bad_channel" },
	{ FU_K_CONSENT, "status", consent_status, "bad_status" },
	{ FU_K_CONSENT, "method", methods, "bad_value" },
	{ FU_K_CONSENT, "implied", implied, "bad_value" },
	{ FU_K_MEETING, "status", meeting_status, "bad_status" },
	{ FU_K_DEMO, "status", meeting_status, "bad_status" },
	{ FU_K_CHAT, "from", senders, "bad_value" },
	{ FU_K_MESSAGE, "from", senders, "bad_value" },
	{ FU_K_AUTO_REPLY, "reason", away, "bad_value" },
	{ FU_K_START, "channel", channels, "bad_channel" },
};

/* Other people's words for a channel. */
static const char *const aliases[][2] = { { "e-mail", "email" },
	{ "mail", "email" }, { "text", "sms" }, { "phone", "voice" },
	{ "call", "voice" } };

/* Members of a sort: another value would count as none, in silence. */
enum sort { TRUTH, TEXT, NUMBER, ID, TIME };
static const char *const sort_words[] = { "neither true nor false", "no text",
	"no number", "no id", "no time such as 2026-12-01T10:00Z" };
static const struct {
	enum fu_kind	 kind;		/* FU_K_N: any */
	const char	*member;
	enum sort	 sort;
} sorts[] = {
	{ FU_K_N, "prospect", ID }, { FU_K_N, "touch", ID },
	{ FU_K_HANDOFF_ACCEPTED, "handoff", ID },
	{ FU_K_RELEASED, "handoff", ID }, { FU_K_TASK_DONE, "handoff", ID },
	{ FU_K_BOUNCE, "hard", TRUTH }, { FU_K_CONSENT, "written", TRUTH },
	{ FU_K_CONSENT, "automated", TRUTH },
	{ FU_K_CONSENT, "not_condition", TRUTH },
	{ FU_K_CONSENT, "preticked", TRUTH }, { FU_K_CHAT, "text", TEXT },
	{ FU_K_MESSAGE, "text", TEXT }, { FU_K_REPLY, "text", TEXT },
	{ FU_K_WON, "value", NUMBER }, { FU_K_MEETING, "starts_at", TIME },
	{ FU_K_DEMO, "starts_at", TIME },
};

static const char *
join(const char *const *words, char *all)
{
	*all = '\0';
	for (size_t i = 0; words[i] != NULL; i++) {
		if (i > 0)
			strcat(all, ", ");
		strcat(all, words[i]);
	}
	return (all);
}

static int
one_of(const char *member, const char *text, const char *const *words,
    struct fu_err *err)
{
	struct fu_nearest	 near;
	char			 all[ALL_LEN];

	fu_nearest_start(&near, text);
	for (size_t i = 0; words[i] != NULL; i++) {
		if (strcmp(words[i], text) == 0)
			return (0);
		fu_nearest_try(&near, words[i]);
	}
	if (near.word != NULL)
		return (fu_err_set(err, FU_EDATA, "%s \"%.60s\": did you mean "
		    "\"%s\"?", member, text, near.word));
	return (fu_err_set(err, FU_EDATA, "%s \"%.60s\": is none of %s",
	    member, text, join(words, all)));
}

/* A consent says to what, and whether it is one: that the law infers it says
 * only on what ground. */
static int
consent_says(const struct fu_object *o, struct fu_arena *arena,
    struct fu_err *err)
{
	char	 all[ALL_LEN];

	if (fu_blank(fu_json_scalar_text(arena, fu_json_get(o, "channel"))))
		return (fu_err_set(err, FU_EDATA, "consent without a channel: "
		    "write one of %s", join(consent_channels, all)));
	if (!fu_blank(fu_json_scalar_text(arena, fu_json_get(o, "status"))))
		return (0);
	return (fu_err_set(err, FU_EDATA, "consent without a status: write "
	    "one of %s%s", join(consent_status, all),
	    fu_json_get(o, "implied") == NULL ? "" :
	    "; implied says only on what ground"));
}

bool
fu_ingest_opts_out(enum fu_kind kind)
{
	return (kind == FU_K_UNSUBSCRIBE || kind == FU_K_STOP ||
	    kind == FU_K_OBJECTION || kind == FU_K_COMPLAINT ||
	    kind == FU_K_ERASURE_REQUEST);
}

static const char *
our_channel(const char *text)
{
	for (size_t i = 0; i < sizeof(aliases) / sizeof(aliases[0]); i++)
		if (fu_streq_nocase(text, aliases[i][0]))
			return (aliases[i][1]);
	for (size_t i = 0; channels[i] != NULL; i++)
		if (fu_streq_nocase(text, channels[i]))
			return (channels[i]);
	return (text);
}

const char *
fu_ingest_channel(enum fu_kind kind, const struct fu_object *o,
    struct fu_arena *arena, const char **unknown)
{
	const struct fu_json	*value = fu_json_get(o, "channel");
	const char		*text;

	*unknown = NULL;
	if (value == NULL || value->type == FU_JSON_NULL)
		return (NULL);
	text = fu_json_scalar_text(arena, value);
	if (text != NULL)
		text = our_channel(text);
	if (!fu_ingest_opts_out(kind))
		return (fu_blank(text) ? NULL : text);
	for (size_t i = 0; channels[i] != NULL; i++)
		if (fu_streq(text, channels[i]))
			return (text);
	*unknown = text == NULL ? fu_dup_str(arena, value->raw) : text;
	return ("all");
}

const char *
fu_ingest_scope(enum fu_kind kind, const struct fu_object *o,
    struct fu_arena *arena, const char **unknown)
{
	const struct fu_json	*value = fu_json_get(o, "scope");
	const char		*text;

	*unknown = NULL;
	if (!fu_ingest_opts_out(kind) || value == NULL ||
	    value->type == FU_JSON_NULL)
		return (NULL);
	text = fu_json_scalar_text(arena, value);
	if (text != NULL && fu_blank(text))
		return (NULL);
	if (fu_streq_nocase(text, "channel"))
		return ("channel");
	if (!fu_streq_nocase(text, "all"))
		*unknown = text == NULL ? fu_dup_str(arena, value->raw) : text;
	return ("all");
}

/* Written as text a number still is one. */
static bool
is_number(const struct fu_json *value, const char *text)
{
	struct fu_json	 inner;

	return (value->type == FU_JSON_NUMBER || (text != NULL &&
	    fu_json_parse(fu_str_of(text), &inner, NULL) == 0 &&
	    inner.type == FU_JSON_NUMBER));
}

static bool
is_sort(const struct fu_json *value, enum sort sort, struct fu_arena *arena)
{
	const char	*text = fu_json_scalar_text(arena, value);
	int64_t		 n;
	bool		 truth;

	switch (sort) {
	case TRUTH:
		return (fu_json_bool(value, &truth));
	case TEXT:
		return (value->type == FU_JSON_STRING);
	case NUMBER:
		return (is_number(value, text));
	case ID:
		return (fu_json_int(value, &n) && n > 0);
	default:
		return (fu_blank(text) || fu_time_parse(fu_str_of(text), &n,
		    NULL) == 0);
	}
}

/* "sms", "whatsapp", "whatsapp-de": what a service has stopped. */
static bool
is_service(const char *stream)
{
	size_t	 n = strcspn(stream, "-");
	struct fu_str	 name = { stream, n };

	return ((fu_str_is(name, "sms") || fu_str_is(name, "whatsapp")) &&
	    (stream[n] == '\0' ||
	    (strlen(stream + n) == 3 && isalpha((unsigned char)stream[n + 1]) &&
	    isalpha((unsigned char)stream[n + 2]))));
}

/* Mail to or from somewhere, and a domain is one; or a service's channel. */
static int
resume_says(const struct fu_object *o, struct fu_arena *arena,
    struct fu_err *err)
{
	static const char *const	 member[] = { "domain", "stream" };
	const struct fu_json		*value;
	const char			*text;
	bool				 any = false;

	for (size_t i = 0; i < 2; i++) {
		value = fu_json_get(o, member[i]);
		if (value == NULL || value->type == FU_JSON_NULL)
			continue;
		any = true;
		text = fu_json_text(arena, value);
		if (fu_blank(text))
			return (fu_err_set(err, FU_EDATA, "%s: is empty; write "
			    "one such as x.example", member[i]));
		if (fu_domain_parse(fu_str_of(text), arena, NULL) == NULL &&
		    (i == 0 || !is_service(text)))
			return (fu_err_set(err, FU_EDATA, "%s \"%.60s\": is no "
			    "domain such as x.example%s", member[i], text,
			    i == 0 ? "" : ", and none of sms, whatsapp and "
			    "whatsapp-de"));
	}
	if (any)
		return (0);
	return (fu_err_set(err, FU_EDATA, "resume of what? of domain, to which "
	    "mail is paused, or of stream, from which it is"));
}

int
fu_ingest_check(enum fu_kind kind, const struct fu_object *o,
    struct fu_arena *arena, const char **reason, struct fu_err *err)
{
	const struct fu_json	*value;
	const char		*text;

	*reason = "bad_value";
	if (kind == FU_K_CONSENT && consent_says(o, arena, err) == -1)
		return (-1);
	if (kind == FU_K_RESUME && resume_says(o, arena, err) == -1)
		return (-1);
	for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++) {
		if (sets[i].kind != kind || (value = fu_json_get(o,
		    sets[i].member)) == NULL || value->type == FU_JSON_NULL)
			continue;
		*reason = sets[i].reason;
		text = fu_json_scalar_text(arena, value);
		if (text == NULL)
			return (fu_err_set(err, FU_EDATA, "%s: is no word",
			    sets[i].member));
		if (strcmp(sets[i].member, "channel") == 0)
			text = our_channel(text);
		if (!fu_blank(text) && one_of(sets[i].member, text,
		    sets[i].words, err) == -1)
			return (-1);
	}
	for (size_t i = 0; i < sizeof(sorts) / sizeof(sorts[0]); i++) {
		if ((sorts[i].kind != kind && sorts[i].kind != FU_K_N) ||
		    (value = fu_json_get(o, sorts[i].member)) == NULL ||
		    value->type == FU_JSON_NULL)
			continue;
		*reason = "bad_value";
		if (!is_sort(value, sorts[i].sort, arena))
			return (fu_err_set(err, FU_EDATA, "%s %.*s: is %s",
			    sorts[i].member, (int)(value->raw.len < 60 ?
			    value->raw.len : 60), value->raw.ptr,
			    sort_words[sorts[i].sort]));
	}
	if (kind != FU_K_BOUNCE)
		return (0);
	*reason = "bad_status";
	text = fu_json_scalar_text(arena, fu_json_get(o, "status"));
	if (!fu_blank(text) && strchr("245", *text) == NULL)
		return (fu_err_set(err, FU_EDATA, "status \"%.60s\": is no "
		    "status code such as 5.1.1", text));
	return (0);
}
