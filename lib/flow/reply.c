/*
 * The records of one message.
 *
 * Must never take what a message says of itself for more than it proves: a
 * touch stands in a record only when its MAC is right.
 */
#include <stdlib.h>
#include <string.h>

#include "base/sig.h"
#include "base/zone.h"
#include "content/mail_charset.h"
#include "flow/detector.h"
#include "flow/reply_room.h"
#include "flow/rulesdir.h"
#include "policy/hours.h"
#include "record/email.h"

#define AHEAD_MAX	FU_HOUR	/* a sender's clock may be ahead by so much */
#define WORKING_MAX	30	/* steps to a working day */
#define REJECT_SHOWN	500	/* bytes of what is no mail */
#define OLDEST_YEAR_US	(INT64_C(946684800) * FU_SECOND)	/* 2000 */

/* A rules file as text; what is wrong says how to get it back. */
static const char *
rules_text(struct fu_reply *r, const char *name, struct fu_err *err)
{
	const struct fu_config	*config = &r->session->config;
	const char		*path = fu_rulesdir_path(config, &r->arena,
	    name);
	struct fu_str		 text;

	if (fu_file_read(path, &r->arena, &text, err) == -1) {
		if (err->class == FU_ENOINPUT)
			(void)fu_err_set(err, FU_ECONFIG, "%s: it is not "
			    "there, and fu-reply reads mail by it: %s", path,
			    fu_rulesdir_way(config));
		return (NULL);
	}
	return (fu_dup_str(&r->arena, text));
}

/* Classifying needs no key; knowing what a mail answers does. */
static int
load_keys(struct fu_reply *r, struct fu_err *err)
{
	struct fu_session	*s = r->session;
	const char		*path = fu_printf(&r->arena, "%s/fu.key",
	    s->config.dir);

	if (fu_keys_load(path, &s->keys, err) == 0)
		return (0);
	if (err->class != FU_ENOINPUT)
		return (-1);
	s->keys.n = 0;
	fu_note(s->opt, "%s: it is not there: no mail is matched to the touch "
	    "that it answers", path);
	return (0);
}

int
fu_reply_open(struct fu_reply *r, struct fu_session *session,
    struct fu_err *err)
{
	const char	*bounces, *absences, *quotes;

	memset(r, 0, sizeof(*r));
	r->session = session;
	r->since_us = FU_NEVER;
	fu_arena_init(&r->arena);
	fu_arena_init(&r->scratch);
	fu_buf_init(&r->out);
	if ((bounces = rules_text(r, "bounces.txt", err)) == NULL ||
	    (absences = rules_text(r, "absences.txt", err)) == NULL ||
	    (quotes = rules_text(r, "quotes.txt", err)) == NULL ||
	    load_keys(r, err) == -1)
		return (-1);
	r->lists = fu_mail_lists_new(bounces, absences, quotes, err);
	if (r->lists == NULL)
		return (fu_err_prefix(err, "%s/", session->config.rules_dir));
	r->detector = fu_detector_open(&session->config, err);
	if (r->detector == NULL)
		return (-1);
	r->reader = (struct fu_mail_reader){ r->lists, r->detector,
		&session->keys };
	r->in = fu_alloc(&r->arena, sizeof(*r->in));
	return (0);
}

void
fu_reply_close(struct fu_reply *r)
{
	fu_detector_free(r->detector);
	fu_mail_lists_free(r->lists);
	fu_buf_free(&r->out);
	fu_arena_free(&r->scratch);
	fu_arena_free(&r->arena);
}

int
fu_reply_flush(struct fu_reply *r, struct fu_err *err)
{
	if (fu_sink_write(&r->session->sink, &r->out, err) == -1)
		return (-1);
	return (fu_sink_flush_rejects(&r->session->sink, err));
}

/* When it was written; where its clock was wrong, when it came. */
static int64_t
at_of(struct fu_reply *r)
{
	int64_t	 now = fu_session_now(r->session), at = r->in->letter.date_us;

	if (at == FU_NEVER || at > now + AHEAD_MAX || at < OLDEST_YEAR_US)
		return (now);
	return (at);
}

/* Its Message-ID; or, where it has none, what its headers come to. */
static const char *
id_of(struct fu_reply *r)
{
	const struct fu_letter	*l = &r->in->letter;
	uint8_t			 hash[32];
	char			 hex[65];
	struct fu_buf		 all;

	if (l->message_id != NULL)
		return (l->message_id);
	fu_buf_init(&all);
	for (size_t i = 0; i < l->head.n; i++)
		fu_buf_printf(&all, "%s:%s\n", l->head.field[i].name,
		    l->head.field[i].value);
	fu_buf_puts(&all, r->in->text);
	fu_sha256(all.ptr, all.len, hash);
	fu_buf_free(&all);
	fu_hex(hash, 12, hex);
	return (fu_printf(&r->scratch, "sha256:%s", hex));
}

static void
put_header(struct fu_reply *r, struct fu_jw *jw, const char *key,
    const char *name)
{
	const char	*value = fu_mail_field_get(&r->in->letter.head, name);

	if (!fu_blank(value))
		fu_jw_str(jw, key, value);
}

void
fu_reply_head(struct fu_reply *r, struct fu_jw *jw, const char *event,
    const char *who, bool several)
{
	const struct fu_inbound	*in = r->in;
	const char		*id = id_of(r);

	fu_jw_init(jw, &r->out);
	fu_jw_object(jw, NULL);
	fu_jw_str(jw, "event", event);
	fu_jw_str(jw, "via", "mail");
	fu_jw_str(jw, "id", several && who != NULL ? fu_printf(&r->scratch,
	    "%s %s", id, who) : id);
	if (who != NULL)
		fu_jw_str(jw, "email", who);
	fu_jw_time(jw, "at", at_of(r));
	if (!fu_blank(in->letter.subject))
		fu_jw_str(jw, "subject", in->letter.subject);
	if (in->letter.message_id != NULL)
		fu_jw_str(jw, "message_id", in->letter.message_id);
	put_header(r, jw, "in_reply_to", "In-Reply-To");
	put_header(r, jw, "references", "References");
	if (r->truncated)
		fu_jw_bool(jw, "truncated", true);
	if (in->match.touch != 0) {
		fu_jw_int(jw, "touch", in->match.touch);
		fu_jw_str(jw, "matched", in->match.by);
	}
}

void
fu_reply_end(struct fu_reply *r, struct fu_jw *jw)
{
	fu_jw_object_end(jw);
	fu_buf_putc(&r->out, '\n');
}

static void
put_failed(struct fu_reply *r, const struct fu_failed *f)
{
	const struct fu_report	*report = &r->in->report;
	struct fu_jw		 jw;

	fu_reply_head(r, &jw, "bounce", f->email, report->n > 1);
	if (report->original_id != NULL)
		fu_jw_str(&jw, "original_id", report->original_id);
	fu_jw_bool(&jw, "hard", f->hard);
	if (f->status != NULL)
		fu_jw_str(&jw, "status", f->status);
	if (f->reported != NULL && !fu_streq(f->reported, f->status))
		fu_jw_str(&jw, "reported_status", f->reported);
	if (f->code != 0)
		fu_jw_int(&jw, "code", f->code);
	fu_jw_str(&jw, "reason", f->reason);
	if (f->delayed)
		fu_jw_bool(&jw, "delayed", true);
	if (f->said != NULL)
		fu_jw_str(&jw, "diagnostic", f->said);
	fu_reply_end(r, &jw);
}

static void
put_complaint(struct fu_reply *r)
{
	const struct fu_complaint	*c = &r->in->complaint;
	const char			*id = fu_mail_field_get(
	    &r->in->letter.original, "Message-ID");
	struct fu_jw			 jw;

	if (!c->counts) {
		fu_debug(r->session->opt, "a feedback report of type %s: "
		    "nobody complains", c->type);
		return;
	}
	fu_reply_head(r, &jw, "complaint", c->email, false);
	if (r->in->match.prospect != 0 && c->email == NULL)
		fu_jw_int(&jw, "prospect", r->in->match.prospect);
	if (id != NULL)
		fu_jw_str(&jw, "original_id", id);
	fu_jw_str(&jw, "feedback", c->type);
	fu_reply_end(r, &jw);
}

static void
put_meeting(struct fu_reply *r)
{
	const struct fu_calendar	*c = &r->in->calendar;
	struct fu_jw			 jw;

	fu_reply_head(r, &jw, "meeting", r->in->letter.from, false);
	fu_jw_str(&jw, "status", c->status);
	if (c->starts_us != FU_NEVER)
		fu_jw_time(&jw, "starts_at", c->starts_us);
	if (!fu_blank(r->in->text))
		fu_jw_str(&jw, "text", r->in->text);
	fu_reply_end(r, &jw);
}

/* The first working day that somebody is back: "until Friday" is Monday, and so
 * is "back on Saturday", whatever days we send on.  Our holidays need not be
 * theirs: on a day that they name they are there. */
static const char *
returns(struct fu_reply *r, const struct fu_absence *a, char text[FU_TIME_LEN])
{
	const struct fu_config	*config = &r->session->config;
	const struct fu_zone	*zone = config->company.zone;
	int32_t			 day = a->day + a->until, opens;

	for (int i = 0; i < WORKING_MAX; i++) {
		if (fu_days_weekday(day) > 4)
			day += 7 - fu_days_weekday(day);
		opens = !a->until ? day : fu_zone_day(zone,
		    fu_next_business_opening(&config->window, zone,
		    fu_zone_instant(zone, day, 0)));
		if (opens == day)
			break;
		day = opens;
	}
	return (fu_date_print(fu_date_of_days(day), text));
}

static void
put_auto(struct fu_reply *r)
{
	static const char *const reasons[] = { [FU_AUTO_AWAY] = "ooo",
		[FU_AUTO_LEFT] = "left_company", [FU_AUTO_RECEIPT] = "ack" };
	const struct fu_absence	*a = &r->in->absence;
	char			 day[FU_TIME_LEN];
	struct fu_jw		 jw;

	fu_reply_head(r, &jw, "auto_reply", r->in->letter.from, false);
	fu_jw_str(&jw, "reason", reasons[a->kind]);
	if (a->dated)
		fu_jw_str(&jw, "returns", returns(r, a, day));
	if (!fu_blank(r->in->text))
		fu_jw_str(&jw, "text", r->in->text);
	fu_reply_end(r, &jw);
}

static void
put_words(struct fu_reply *r, const char *event, const char *channel,
    bool several)
{
	struct fu_jw	 jw;

	fu_reply_head(r, &jw, event, r->in->letter.from, several);
	if (channel != NULL)
		fu_jw_str(&jw, "channel", channel);
	fu_jw_str(&jw, "text", r->in->text);
	fu_reply_end(r, &jw);
}

/* Whoever the token was made for, and the address that it came from: they
 * need not be the same. */
static void
put_unsubscribe(struct fu_reply *r)
{
	const struct fu_inbound	*in = r->in;
	struct fu_jw		 jw;

	if (in->tokened) {
		fu_reply_head(r, &jw, "unsubscribe", NULL, false);
		fu_jw_str(&jw, "channel", "email");
		if (in->token.prospect != 0)
			fu_jw_int(&jw, "prospect", in->token.prospect);
		if (in->match.touch == 0 && in->token.touch != 0) {
			fu_jw_int(&jw, "touch", in->token.touch);
			fu_jw_str(&jw, "matched", "token");
		}
		fu_reply_end(r, &jw);
		r->in->match.touch = 0;	/* the alias is not the touch's */
	}
	if (in->letter.from != NULL)
		put_words(r, "unsubscribe", "email", in->tokened);
	if (in->erases)
		put_words(r, "erasure_request", NULL, false);
}

static void
put(struct fu_reply *r)
{
	struct fu_inbound	*in = r->in;

	switch (in->kind) {
	case FU_M_REPORT:
		for (size_t i = 0; i < in->report.n; i++)
			put_failed(r, &in->report.failed[i]);
		break;
	case FU_M_COMPLAINT:
		put_complaint(r);
		break;
	case FU_M_CALENDAR:
		put_meeting(r);
		break;
	case FU_M_AUTO:
		put_auto(r);
		break;
	case FU_M_UNSUBSCRIBE:
		put_unsubscribe(r);
		break;
	case FU_M_OBJECTION:
		put_words(r, "objection", NULL, false);
		if (in->erases)
			put_words(r, "erasure_request", NULL, false);
		break;
	case FU_M_ERASURE:
		put_words(r, "erasure_request", NULL, false);
		break;
	default:
		put_words(r, "reply", "email", false);
		break;
	}
}

/* Somebody wrote it, so that it has to say who. */
static bool
needs_sender(const struct fu_inbound *in)
{
	return (in->kind != FU_M_REPORT && in->kind != FU_M_COMPLAINT &&
	    !(in->kind == FU_M_UNSUBSCRIBE && in->tokened));
}

int
fu_reply_message(struct fu_reply *r, const char *source, uint64_t line,
    struct fu_str bytes, struct fu_err *err)
{
	struct fu_sink	*sink = &r->session->sink;
	struct fu_str	 shown = { bytes.ptr, bytes.len < REJECT_SHOWN ?
		bytes.len : REJECT_SHOWN };
	struct fu_err	 why;
	const char	*email;

	fu_arena_reset(&r->scratch);
	r->messages++;
	sink->read++;
	if (fu_inbound_read(&r->reader, bytes, &r->scratch, r->in, &why) ==
	    -1) {
		fu_reject(sink, source, line, "not_mail", fu_str_of(
		    fu_mail_utf8(shown, NULL, &r->scratch)), "%s", why.msg);
		return (0);
	}
	if (fu_reply_own(r))
		return (r->out.len > 65536 ? fu_reply_flush(r, err) : 0);
	if (needs_sender(r->in) && (r->in->letter.from == NULL ||
	    fu_email_parse(fu_str_of(r->in->letter.from), &r->scratch, &email,
	    &why) == -1)) {
		fu_reject(sink, source, line, "no_sender", fu_str_of(
		    fu_mail_utf8(shown, NULL, &r->scratch)),
		    "its From has no address, so nobody wrote it");
		return (0);
	}
	r->kinds[r->in->kind]++;
	put(r);
	return (r->out.len > 65536 ? fu_reply_flush(r, err) : 0);
}

/* "3 bounces", behind what stands there already; nothing of none. */
static void
put_count(struct fu_buf *buf, uint64_t n, const char *one, const char *many)
{
	if (n > 0)
		fu_buf_printf(buf, "%s%llu %s", buf->len == 0 ? "" : ", ",
		    (unsigned long long)n, n == 1 ? one : many);
}

void
fu_reply_summary(const struct fu_reply *r)
{
	const struct fu_opt	*opt = r->session->opt;
	struct fu_buf		 buf;

	if (r->session->sink.lost)
		return;
	fu_buf_init(&buf);
	put_count(&buf, r->kinds[FU_M_REPLY], "reply", "replies");
	put_count(&buf, r->kinds[FU_M_AUTO], "automatic", "automatic");
	put_count(&buf, r->kinds[FU_M_REPORT], "delivery report",
	    "delivery reports");
	put_count(&buf, r->kinds[FU_M_COMPLAINT], "feedback report",
	    "feedback reports");
	put_count(&buf, r->kinds[FU_M_UNSUBSCRIBE] + r->kinds[FU_M_OBJECTION] +
	    r->kinds[FU_M_ERASURE], "opt-out or request",
	    "opt-outs and requests");
	put_count(&buf, r->kinds[FU_M_CALENDAR], "meeting", "meetings");
	put_count(&buf, r->own, "of our own people's", "of our own people's");
	put_count(&buf, r->ours, "touch of ours", "touches of ours");
	fu_note(opt, "%llu %s%s%s", (unsigned long long)r->messages,
	    r->messages == 1 ? "message" : "messages",
	    buf.len == 0 ? "" : ": ", buf.len == 0 ? "" : buf.ptr);
	if (fu_sig_stopping())
		fu_note(opt, "interrupted: what was not read is read by the "
		    "same command again, and nothing counts twice");
	fu_buf_free(&buf);
}
