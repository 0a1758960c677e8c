/*
 * The closed sets of what an event may say.
 *
 * A word that is none of its set is never recorded: a consent or a status
 * that nobody can read would count as nothing, in silence.  An opt-out is
 * never refused: one of a channel that nobody knows is one of all.
 */
#include <string.h>

#include "config/nearest.h"
#include "flow/ingest_room.h"

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

/* What must be true or false: another value would count as neither. */
static const struct {
	enum fu_kind	 kind;
	const char	*member;
} truths[] = {
	{ FU_K_BOUNCE, "hard" }, { FU_K_CONSENT, "written" },
	{ FU_K_CONSENT, "automated" }, { FU_K_CONSENT, "not_condition" },
	{ FU_K_CONSENT, "preticked" },
};

static int
one_of(const char *member, const char *text, const char *const *words,
    struct fu_err *err)
{
	struct fu_nearest	 near;
	char			 all[200] = "";

	fu_nearest_start(&near, text);
	for (size_t i = 0; words[i] != NULL; i++) {
		if (strcmp(words[i], text) == 0)
			return (0);
		fu_nearest_try(&near, words[i]);
		if (i > 0)
			strcat(all, ", ");
		strcat(all, words[i]);
	}
	if (near.word != NULL)
		return (fu_err_set(err, FU_EDATA, "%s \"%.60s\": did you mean "
		    "\"%s\"?", member, text, near.word));
	return (fu_err_set(err, FU_EDATA, "%s \"%.60s\": is none of %s",
	    member, text, all));
}

int
fu_ingest_check(enum fu_kind kind, const struct fu_object *o,
    struct fu_arena *arena, const char **reason, struct fu_err *err)
{
	const struct fu_json	*value;
	const char		*text;
	bool			 truth;

	for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++) {
		if (sets[i].kind != kind || (value = fu_json_get(o,
		    sets[i].member)) == NULL || value->type == FU_JSON_NULL)
			continue;
		*reason = sets[i].reason;
		text = fu_json_scalar_text(arena, value);
		if (text == NULL)
			return (fu_err_set(err, FU_EDATA, "%s: is no word",
			    sets[i].member));
		if (!fu_blank(text) && one_of(sets[i].member, text,
		    sets[i].words, err) == -1)
			return (-1);
	}
	for (size_t i = 0; i < sizeof(truths) / sizeof(truths[0]); i++) {
		if (truths[i].kind != kind || (value = fu_json_get(o,
		    truths[i].member)) == NULL || value->type == FU_JSON_NULL)
			continue;
		*reason = "bad_value";
		if (!fu_json_bool(value, &truth))
			return (fu_err_set(err, FU_EDATA, "%s: is neither "
			    "true nor false", truths[i].member));
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
