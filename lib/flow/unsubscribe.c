/*
 * A token that asks to hear no more, as an event like any other.
 *
 * Must never say whether somebody is known: a token is ours or it is not.
 */
#include <string.h>
#include <strings.h>

#include "content/token.h"
#include "flow/unsubscribe.h"

bool
fu_unsubscribe_of(const char *name, const char *value,
    enum fu_unsubscribe *what)
{
	static const struct {
		const char		*name, *value;
		enum fu_unsubscribe	 what;
	} field[] = {
		{ "List-Unsubscribe", "One-Click", FU_UNSUB_ONE_CLICK },
		{ "unsubscribe", "mail", FU_UNSUB_MAIL },
		{ "unsubscribe", "all", FU_UNSUB_ALL }
	};

	for (size_t i = 0; i < sizeof(field) / sizeof(*field); i++)
		if (strcasecmp(name, field[i].name) == 0 &&
		    strcasecmp(value, field[i].value) == 0) {
			*what = field[i].what;
			return (true);
		}
	return (false);
}

/* The event of that token, as fu-ingest reads it. */
static const char *
event(struct fu_ingest *in, const struct fu_token *token,
    enum fu_unsubscribe what, struct fu_arena *arena)
{
	struct fu_buf	 buf;
	struct fu_jw	 jw;
	const char	*line, *scope = what == FU_UNSUB_ALL ? "all" : "mail";

	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "event", "unsubscribe");
	fu_jw_int(&jw, "prospect", token->prospect);
	if (token->touch != 0)
		fu_jw_int(&jw, "touch", token->touch);
	fu_jw_str(&jw, "channel", "email");
	if (what == FU_UNSUB_ALL)
		fu_jw_str(&jw, "scope", "all");
	fu_jw_str(&jw, "method", what == FU_UNSUB_ONE_CLICK ? "one_click" :
	    "page");
	fu_jw_str(&jw, "id", fu_printf(arena, "unsubscribe:%lld:%lld:%s",
	    (long long)token->prospect, (long long)token->touch, scope));
	fu_jw_time(&jw, "at", fu_session_now(in->session));
	fu_jw_object_end(&jw);
	line = fu_dup_buf(arena, &buf);
	fu_buf_free(&buf);
	return (line);
}

int
fu_unsubscribe(struct fu_ingest *in, const char *path,
    enum fu_unsubscribe what, struct fu_err *err)
{
	struct fu_str	 text = { path, strcspn(path, "/?#") };
	struct fu_token	 token;
	struct fu_object object;
	struct fu_arena	 arena;
	const char	*line, *reason;
	int		 rc;

	if (!fu_token_check(&in->session->keys, text, FU_TOKEN_UNSUBSCRIBE,
	    &token))
		return (0);
	if (what == FU_UNSUB_LOOK)
		return (1);
	fu_arena_init(&arena);
	line = event(in, &token, what, &arena);
	rc = fu_json_object(&arena, fu_str_of(line), &object, err);
	if (rc == 0)
		rc = fu_ingest_event(in, &object, fu_str_of(line), &arena,
		    "unsubscribe", 0, &reason, err);
	if (rc == 0)
		rc = fu_ingest_run(in, err);
	fu_ingest_empty(in);
	fu_arena_free(&arena);
	return (rc == -1 ? -1 : 1);
}
