/*
 * Asking an address to confirm itself, and the link that does it.
 *
 * Must never say to anybody whose an address is, nor go by a visitor other
 * than the one who typed it.
 */
#include <string.h>

#include "content/token.h"
#include "flow/confirm.h"
#include "record/email.h"
#include "store/dispatch.h"
#include "store/events.h"
#include "store/ledger.h"
#include "store/limits.h"

#define DAY_MAX		1
#define MONTH_MAX	3
#define MONTH_US	(30 * FU_DAY)

const char *
fu_confirm_name(enum fu_confirm what)
{
	static const char *const	 name[FU_CONFIRM_N] = {
		[FU_CONFIRM_UNKNOWN] = "unknown_token",
		[FU_CONFIRM_JOINED] = "joined",
		[FU_CONFIRM_NOT_JOINED] = "not_joined",
		[FU_CONFIRM_EXPIRED] = "expired",
		[FU_CONFIRM_USED] = "used"
	};

	return (name[what]);
}

/* ---- asking ---- */

static const char *
package_json(const struct fu_confirm_of *of, struct fu_arena *arena)
{
	struct fu_buf	 buf;
	struct fu_jw	 jw;
	const char	*json;

	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "type", "service");
	fu_jw_str(&jw, "service", FU_SERVICE_CONFIRM);
	fu_jw_str(&jw, "visitor", of->visitor);
	if (of->language != NULL)
		fu_jw_str(&jw, "language", of->language);
	/* Not its words: a stranger can have put theirs into them, and this
	 * mail is no way to send those to anybody. */
	if (of->consent)
		fu_jw_bool(&jw, "consent", true);
	fu_jw_object_end(&jw);
	json = fu_dup_buf(arena, &buf);
	fu_buf_free(&buf);
	return (json);
}

static const char *
destination_json(const char *address, struct fu_arena *arena)
{
	struct fu_buf	 buf;
	struct fu_jw	 jw;
	const char	*json;

	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "channel", fu_channel_name(FU_CH_EMAIL));
	fu_jw_str(&jw, "to", address);
	fu_jw_object_end(&jw);
	json = fu_dup_buf(arena, &buf);
	fu_buf_free(&buf);
	return (json);
}

/* Is it a mail of this kind, and what does it ask? */
static bool
read_of(const struct fu_dispatch *d, struct fu_arena *arena,
    struct fu_confirm_of *of)
{
	struct fu_object	 package, to;

	memset(of, 0, sizeof(*of));
	if (strcmp(d->kind, "service") != 0 ||
	    fu_json_object(arena, fu_str_of(d->package), &package, NULL) ==
	    -1 || fu_json_object(arena, fu_str_of(d->destination), &to,
	    NULL) == -1 || !fu_streq(fu_json_text(arena, fu_json_get(&package,
	    "service")), FU_SERVICE_CONFIRM))
		return (false);
	of->dispatch = d->id;
	of->prospect = d->prospect;
	of->asked_us = d->due_us;
	of->visitor = fu_json_text(arena, fu_json_get(&package, "visitor"));
	of->language = fu_json_text(arena, fu_json_get(&package, "language"));
	(void)fu_json_bool(fu_json_get(&package, "consent"), &of->consent);
	of->address = fu_json_text(arena, fu_json_get(&to, "to"));
	return (of->visitor != NULL && of->address != NULL);
}

static bool
waits(const struct fu_dispatch *d)
{
	return (d->state == FU_T_PLANNED || d->state == FU_T_CLAIMED);
}

/* The mails to that visitor that have not left yet; ${then} to each. */
static int
each_waiting(struct fu_session *s, int64_t prospect, const char *visitor,
    struct fu_arena *arena, int (*then)(struct fu_session *,
    const struct fu_dispatch *, const struct fu_confirm_of *, void *,
    struct fu_arena *, struct fu_err *), void *ctx, struct fu_err *err)
{
	struct fu_dispatch	*d;
	struct fu_confirm_of	 of;
	size_t			 n;

	if (fu_dispatches_service(&s->store, prospect, arena, &d, &n, err) ==
	    -1)
		return (-1);
	for (size_t i = 0; i < n; i++)
		if (waits(&d[i]) && read_of(&d[i], arena, &of) &&
		    strcmp(of.visitor, visitor) == 0 &&
		    then(s, &d[i], &of, ctx, arena, err) == -1)
			return (-1);
	return (0);
}

/* What one that waits is told besides. */
struct more {
	const struct fu_confirm_of	*of;
	bool				 found;
};

static int
add_consent(struct fu_session *s, const struct fu_dispatch *d,
    const struct fu_confirm_of *of, void *ctx, struct fu_arena *arena,
    struct fu_err *err)
{
	struct more		*more = ctx;
	struct fu_confirm_of	 both = *of;

	if (strcmp(fu_email_key(arena, of->address), fu_email_key(arena,
	    more->of->address)) != 0)
		return (0);
	more->found = true;
	if (!more->of->consent)
		return (0);
	both.consent = true;
	return (fu_dispatch_renew(&s->store, d, package_json(&both, arena),
	    NULL, 0, err));
}

static int
drop(struct fu_session *s, const struct fu_dispatch *d,
    const struct fu_confirm_of *of, void *ctx, struct fu_arena *arena,
    struct fu_err *err)
{
	(void)of;
	(void)ctx;
	(void)arena;
	return (fu_dispatch_drop(&s->store, d, err));
}

/* May it be asked once more?  1, 0, -1. */
static int
may_ask(struct fu_session *s, const char *subject, struct fu_err *err)
{
	int64_t	 now = s->store.now_us;
	int	 day, month;

	if (fu_asked(&s->store, subject, now - FU_DAY, &day, err) == -1 ||
	    fu_asked(&s->store, subject, now - MONTH_US, &month, err) == -1)
		return (-1);
	return (day < DAY_MAX && month < MONTH_MAX);
}

static int
put_down(struct fu_session *s, const struct fu_confirm_of *of,
    struct fu_arena *arena, struct fu_err *err)
{
	struct fu_dispatch	 d = { .prospect = of->prospect,
		.kind = "service", .state = FU_T_PLANNED,
		.due_us = s->store.now_us, .next_us = s->store.now_us,
		.expires_us = s->store.now_us + FU_CONFIRM_LASTS_US,
		.lease_us = FU_NEVER };

	d.destination = destination_json(of->address, arena);
	d.package = package_json(of, arena);
	return (fu_dispatch_add(&s->store, &d, err));
}

int
fu_confirm_ask(struct fu_session *s, const struct fu_confirm_of *of,
    struct fu_arena *arena, bool *asked, struct fu_err *err)
{
	struct fu_confirm_of	 typed = *of;
	struct more		 more = { .of = &typed };
	struct fu_err		 none;
	char			 subject[FU_SUBJECT_LEN];
	int			 rc;

	*asked = false;
	if (fu_email_parse(fu_str_of(of->address), arena, &typed.address,
	    &none) == -1 || fu_blank(s->config.company.web) ||
	    !s->config.channel[FU_CH_EMAIL].given || s->keys.n == 0)
		return (0);
	if (each_waiting(s, of->prospect, of->visitor, arena, add_consent,
	    &more, err) == -1)
		return (-1);
	if ((*asked = more.found))
		return (0);
	fu_subject_email(&s->keys.key[0], typed.address, subject);
	if ((rc = may_ask(s, subject, err)) != 1)
		return (rc);
	*asked = true;
	if (fu_asked_add(&s->store, subject, err) == -1)
		return (-1);
	return (put_down(s, &typed, arena, err));
}

int
fu_confirm_drop(struct fu_session *s, int64_t prospect, const char *visitor,
    struct fu_arena *arena, struct fu_err *err)
{
	return (each_waiting(s, prospect, visitor, arena, drop, NULL, err));
}

/* ---- the link ---- */

const char *
fu_confirm_link(const struct fu_session *s, int64_t dispatch, int64_t prospect,
    struct fu_arena *arena)
{
	struct fu_token	 token = { .purpose = FU_TOKEN_CONFIRM,
		.touch = dispatch, .prospect = prospect };
	char		 text[FU_TOKEN_LEN];

	fu_token_make(&s->keys, &token, text);
	return (fu_web_address(&s->config, "/confirm/", text, arena));
}

/* Was it opened before?  The event that it was carries a token of that mail. */
static int
opened(struct fu_session *s, const struct fu_confirm_of *of,
    struct fu_arena *arena, bool *was, struct fu_err *err)
{
	struct fu_event	*event;
	struct fu_token	 token;
	size_t		 n;

	*was = false;
	if (fu_events_load(&s->store, of->prospect, arena, &event, &n, err) ==
	    -1)
		return (-1);
	for (size_t i = 0; i < n; i++)
		if (event[i].kind == FU_K_CONFIRM && event[i].arg != NULL &&
		    fu_token_check(&s->keys, fu_str_of(event[i].arg),
		    FU_TOKEN_CONFIRM, &token) && token.touch == of->dispatch)
			*was = true;
	return (0);
}

int
fu_confirm_judge(struct fu_session *s, struct fu_str text,
    const char *visitor, struct fu_arena *arena, enum fu_confirm *what,
    struct fu_confirm_of *of, struct fu_err *err)
{
	struct fu_dispatch	 d;
	struct fu_token		 token;
	bool			 was;
	int			 rc;

	*what = FU_CONFIRM_UNKNOWN;
	memset(of, 0, sizeof(*of));
	if (!fu_token_check(&s->keys, text, FU_TOKEN_CONFIRM, &token))
		return (0);
	rc = fu_dispatch_load(&s->store, token.touch, arena, &d, err);
	if (rc != 1 || !read_of(&d, arena, of))
		return (rc == -1 ? -1 : 0);
	*what = FU_CONFIRM_NOT_JOINED;
	if (visitor == NULL || strcmp(visitor, of->visitor) != 0)
		return (0);
	if (opened(s, of, arena, &was, err) == -1)
		return (-1);
	*what = was ? FU_CONFIRM_USED : fu_session_now(s) - of->asked_us >=
	    FU_CONFIRM_LASTS_US ? FU_CONFIRM_EXPIRED : FU_CONFIRM_JOINED;
	return (0);
}

static const char *
event_json(const struct fu_session *s, struct fu_str token,
    const struct fu_confirm_of *of, struct fu_arena *arena)
{
	struct fu_buf	 buf;
	struct fu_jw	 jw;
	const char	*line;

	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "event", "confirm");
	fu_jw_str(&jw, "token", fu_dup_str(arena, token));
	fu_jw_str(&jw, "visitor", of->visitor);
	fu_jw_time(&jw, "at", fu_session_now(s));
	fu_jw_object_end(&jw);
	line = fu_dup_buf(arena, &buf);
	fu_buf_free(&buf);
	return (line);
}

/* As an event like any other; what is in the way of joining is found there,
 * where nobody else writes meanwhile. */
static int
take_in(struct fu_ingest *in, const char *line, struct fu_arena *arena,
    enum fu_confirm *what, int64_t *who, struct fu_err *err)
{
	struct fu_object	 object;
	const char		*reason;
	int			 rc;

	if (fu_json_object(arena, fu_str_of(line), &object, err) == -1)
		return (-1);
	rc = fu_ingest_event(in, &object, fu_str_of(line), arena, "confirm", 0,
	    &reason, err);
	if (rc == 0)
		rc = fu_ingest_run(in, err);
	if (rc == 0) {
		*what = in->row[0].reject != NULL ? FU_CONFIRM_NOT_JOINED :
		    in->row[0].action == FU_ACT_DUPLICATE ? FU_CONFIRM_USED :
		    FU_CONFIRM_JOINED;
		*who = *what == FU_CONFIRM_JOINED ? in->row[0].prospect : 0;
	}
	fu_ingest_empty(in);
	return (rc);
}

int
fu_confirm(struct fu_ingest *in, const char *path, const char *visitor,
    enum fu_confirm *what, int64_t *who, struct fu_err *err)
{
	struct fu_str		 token = { path, strcspn(path, "/?#") };
	struct fu_confirm_of	 of;
	struct fu_arena		 arena;
	int			 rc;

	*who = 0;
	fu_arena_init(&arena);
	rc = fu_confirm_judge(in->session, token, visitor, &arena, what, &of,
	    err);
	if (rc == 0 && *what == FU_CONFIRM_JOINED)
		rc = take_in(in, event_json(in->session, token, &of, &arena),
		    &arena, what, who, err);
	fu_arena_free(&arena);
	return (rc);
}
