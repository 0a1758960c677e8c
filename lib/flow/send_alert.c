/*
 * The package of a hand-off as its templates name it: times in the company's
 * zone, evidence and factors as lines to be read.
 *
 * Pure.  Must never invent: what the package lacks has no value.
 */
#include <stdlib.h>
#include <string.h>

#include "flow/send_room.h"
#include "flow/send_text.h"

/* A chat's message has little room, and Slack refuses what is too long. */
#define JSON_EVIDENCE_MAX	5
#define JSON_TEXT_MAX		200	/* bytes */
#define DIGITS_MAX		15	/* exact in any reader of JSON */
#define HEADLINE_MAX		140	/* Slack's header has 150 characters */

/* The day and the time there, as "16 March, 08:30"; its weekday from Monday. */
static const char *
day_and_time(int64_t at_us, const struct fu_zone *zone, int *weekday,
    struct fu_arena *arena)
{
	int32_t		 days;
	int		 minutes;
	struct fu_date	 date;

	minutes = (int)(fu_zone_local_us(zone, at_us, &days) / FU_MINUTE);
	date = fu_date_of_days(days);
	*weekday = fu_days_weekday(days);
	return (fu_printf(arena, "%d %s, %02d:%02d", date.day,
	    fu_month_name(date.month), minutes / 60, minutes % 60));
}

/* "Mon 16 March, 08:30 GMT+1". */
const char *
fu_words_time(int64_t at_us, const struct fu_zone *zone,
    struct fu_arena *arena)
{
	static const char *const day_names[] = { "Mon", "Tue", "Wed", "Thu",
		"Fri", "Sat", "Sun" };
	int		 offset = fu_zone_offset(zone, at_us) / 60, weekday;
	const char	*text;

	text = day_and_time(at_us, zone, &weekday, arena);
	text = fu_printf(arena, "%s %s GMT", day_names[weekday], text);
	if (offset == 0)
		return (text);
	text = fu_printf(arena, "%s%c%d", text, offset < 0 ? '-' : '+',
	    abs(offset) / 60);
	return (offset % 60 == 0 ? text : fu_printf(arena, "%s:%02d", text,
	    abs(offset) % 60));
}

/* "6 March, 15:12", of one of many lines. */
const char *
fu_words_moment(int64_t at_us, const struct fu_zone *zone,
    struct fu_arena *arena)
{
	int		 weekday;

	return (day_and_time(at_us, zone, &weekday, arena));
}

static const char *
text_of(const struct fu_ctx *object, const char *key)
{
	const struct fu_ctx	*value = fu_ctx_get(object, fu_str_of(key));

	return (value != NULL && value->type == FU_CTX_TEXT ? value->text :
	    NULL);
}

static bool
time_of(const struct fu_ctx *object, const char *key, int64_t *at_us)
{
	const char	*text = text_of(object, key);

	return (text != NULL && fu_time_parse(fu_str_of(text), at_us,
	    NULL) == 0);
}

/* On one line, so that it stays the item of a list. */
static const char *
flat(const char *text, size_t max, struct fu_arena *arena)
{
	char	*line;
	size_t	 len;

	if (text == NULL)
		return (NULL);
	len = strlen(text);
	if (len > max)
		line = fu_dup(arena, fu_printf(arena, "%.*s…",
		    (int)fu_utf8_cut(text, max), text));
	else
		line = fu_dup(arena, text);
	for (char *p = line; *p != '\0'; p++)
		if (*p == '\n' || *p == '\r' || *p == '\t')
			*p = ' ';
	return (line);
}

/* Items of ${key}, each with "when" and its text on one line. */
static void
add_lines(struct fu_ctx *ctx, const char *key, const struct fu_zone *zone,
    struct fu_arena *arena)
{
	const struct fu_ctx	*list = fu_ctx_get(ctx, fu_str_of(key));
	int64_t			 at;

	if (list == NULL || list->type != FU_CTX_LIST)
		return;
	for (size_t i = 0; i < list->n; i++) {
		struct fu_ctx	*item = list->member[i].value;

		if (item->type != FU_CTX_OBJECT)
			continue;
		if (time_of(item, "at", &at))
			fu_ctx_set_text(item, "when",
			    fu_words_moment(at, zone, arena));
		fu_ctx_set_text(item, "text", flat(text_of(item, "text"),
		    SIZE_MAX, arena));
	}
}

/* One text may meet several triggers: a line, with all of them. */
static void
add_proof(struct fu_ctx *ctx, bool json, struct fu_arena *arena)
{
	const struct fu_ctx	*list = fu_ctx_get(ctx, FU_STR("evidence"));
	struct fu_ctx		*proof = fu_ctx_list(arena), *line = NULL;
	const struct fu_ctx	*before = NULL;
	size_t			 skip = 0;

	fu_ctx_set(ctx, "proof", proof);
	if (list == NULL || list->type != FU_CTX_LIST)
		return;
	if (json && list->n > JSON_EVIDENCE_MAX)
		skip = list->n - JSON_EVIDENCE_MAX;
	for (size_t i = skip; i < list->n; i++) {
		const struct fu_ctx	*item = list->member[i].value;
		const char		*about;

		about = text_of(item, "about");
		if (about == NULL)
			about = text_of(item, "trigger");
		if (before != NULL && fu_streq(text_of(item, "at"),
		    text_of(before, "at")) && fu_streq(text_of(item, "text"),
		    text_of(before, "text"))) {
			fu_ctx_set_text(line, "about", fu_printf(arena,
			    "%s, %s", text_of(line, "about"), about));
			continue;
		}
		line = fu_ctx_object(arena);
		fu_ctx_set_text(line, "when", text_of(item, "when"));
		fu_ctx_set_text(line, "about", about);
		fu_ctx_set_text(line, "text", flat(text_of(item, "text"),
		    json ? JSON_TEXT_MAX : SIZE_MAX, arena));
		fu_ctx_add(proof, line);
		before = item;
	}
}

/* "+14", and the reason in words; a factor without one by its name. */
static void
add_factors(struct fu_ctx *ctx, struct fu_arena *arena)
{
	const struct fu_ctx	*list = fu_ctx_get(ctx, FU_STR("factors"));
	const char		*points, *why;
	char			*name;

	if (list == NULL || list->type != FU_CTX_LIST)
		return;
	for (size_t i = 0; i < list->n; i++) {
		struct fu_ctx	*item = list->member[i].value;

		if (item->type != FU_CTX_OBJECT)
			continue;
		points = text_of(item, "points");
		if (points != NULL && *points != '-')
			points = fu_printf(arena, "+%s", points);
		why = text_of(item, "why");
		if (fu_blank(why) && text_of(item, "factor") != NULL) {
			name = fu_dup(arena, text_of(item, "factor"));
			for (char *p = name; *p != '\0'; p++)
				if (*p == '_')
					*p = ' ';
			why = name;
		}
		fu_ctx_set_text(item, "line", fu_printf(arena, "%s %s",
		    points != NULL ? points : "", why != NULL ? why : ""));
	}
}

/* "09:00 GMT-6 or 08:00 GMT-7", where their zone may be one of a few. */
static void
add_local_times(struct fu_ctx *ctx, int64_t now_us, struct fu_arena *arena)
{
	const struct fu_ctx	*list = fu_ctx_get(ctx, FU_STR("tz_may_be"));
	const char		*times = NULL, *names = NULL;
	const struct fu_zone	*zone;

	if (list == NULL || list->type != FU_CTX_LIST)
		return;
	for (size_t i = 0; i < list->n; i++) {
		const struct fu_ctx	*item = list->member[i].value;

		if (item->type != FU_CTX_TEXT ||
		    (zone = fu_zone_open(item->text)) == NULL)
			continue;
		times = fu_printf(arena, "%s%s%s", times == NULL ? "" : times,
		    times == NULL ? "" : " or ", fu_words_time(now_us, zone,
		    arena));
		names = fu_printf(arena, "%s%s%s", names == NULL ? "" : names,
		    names == NULL ? "" : " or ", item->text);
	}
	fu_ctx_set_text(ctx, "local_time", times);
	fu_ctx_set_text(ctx, "tz", names);
}

static void
add_times(struct fu_ctx *ctx, const struct fu_zone *zone, int64_t now_us,
    struct fu_arena *arena)
{
	const char		*tz = text_of(ctx, "tz");
	const struct fu_zone	*theirs = tz == NULL ? NULL : fu_zone_open(tz);
	int64_t			 at;

	if (time_of(ctx, "respond_by", &at))
		fu_ctx_set_text(ctx, "answer_by", fu_printf(arena, "%s%s",
		    fu_words_time(at, zone, arena),
		    at < now_us ? ", which has passed" : ""));
	if (time_of(ctx, "fired_at", &at))
		fu_ctx_set_text(ctx, "fired",
		    fu_words_time(at, zone, arena));
	if (theirs != NULL)
		fu_ctx_set_text(ctx, "local_time",
		    fu_words_time(now_us, theirs, arena));
	else
		add_local_times(ctx, now_us, arena);
}

/* All that was met, in words: "buying intent; names a competitor". */
static void
add_reasons(struct fu_ctx *ctx, struct fu_arena *arena)
{
	const struct fu_ctx	*list = fu_ctx_get(ctx, FU_STR("reasons"));
	const char		*text = NULL;

	for (size_t i = 0; list != NULL && list->type == FU_CTX_LIST &&
	    i < list->n; i++) {
		const struct fu_ctx	*item = list->member[i].value;

		if (item->type == FU_CTX_TEXT)
			text = text == NULL ? item->text : fu_printf(arena,
			    "%s; %s", text, item->text);
	}
	fu_ctx_set_text(ctx, "why_now", text);
}

/* "Not answered in time: …", so that a rep sees what kind it is. */
const char *
fu_words_kind(const struct fu_dispatch *d, const char *text,
    struct fu_arena *arena)
{
	if (strcmp(d->kind, "escalation") == 0)
		return (fu_printf(arena, "Not answered in time: %s", text));
	if (strcmp(d->kind, "evidence") == 0)
		return (fu_printf(arena, "More on %s", text));
	return (text);
}

/* One line that says who and why: of a message, a task or a digest. */
static void
add_headline(struct fu_ctx *ctx, const struct fu_dispatch *d,
    struct fu_arena *arena)
{
	const char	*name = text_of(ctx, "name");
	const char	*company = text_of(ctx, "company");
	const char	*trigger = text_of(ctx, "trigger_words");
	const char	*text;

	text = fu_printf(arena, "%s%s%s: %s", name != NULL ? name : "",
	    company != NULL ? ", " : "", company != NULL ? company : "",
	    trigger != NULL ? trigger : d->kind);
	fu_ctx_set_text(ctx, "headline", flat(fu_words_kind(d, text, arena),
	    HEADLINE_MAX, arena));
}

/* The days and hours that a task is due: the company's day, and UTC's. */
static void
add_due(struct fu_ctx *ctx, const struct fu_zone *zone, struct fu_arena *arena)
{
	char		 text[FU_TIME_LEN];
	int64_t		 at;

	if (!time_of(ctx, "respond_by", &at))
		return;
	fu_ctx_set_text(ctx, "due_day", fu_dup(arena, fu_date_print(
	    fu_date_of_days(fu_zone_day(zone, at)), text)));
	fu_ctx_set_text(ctx, "due_utc_day", fu_dup(arena, fu_date_print(
	    fu_date_of_days(fu_zone_day(fu_zone_utc(), at)), text)));
	fu_ctx_set_text(ctx, "due_utc_time", fu_printf(arena, "%.5s",
	    fu_time_print(at, text) + strlen("2026-11-25T")));
}

static void
note_line(struct fu_buf *out, const char *label, const char *text, bool html)
{
	if (fu_blank(text))
		return;
	fu_buf_puts(out, out->len == 0 ? "" : html ? "<br>" : "\n");
	if (label != NULL)
		fu_buf_printf(out, "%s: ", label);
	for (; *text != '\0'; text++)
		if (html && strchr("&<>\"\n", *text) != NULL)
			fu_buf_puts(out, *text == '&' ? "&amp;" :
			    *text == '<' ? "&lt;" : *text == '>' ? "&gt;" :
			    *text == '"' ? "&quot;" : "<br>");
		else
			fu_buf_putc(out, *text);
}

/* All that a rep needs as one text, for the notes of a CRM. */
static const char *
note(const struct fu_ctx *ctx, const struct fu_dispatch *d, bool html,
    struct fu_arena *arena)
{
	const struct fu_ctx	*proof = fu_ctx_get(ctx, FU_STR("proof"));
	struct fu_buf		 out;
	const char		*text;

	fu_buf_init(&out);
	note_line(&out, NULL, text_of(ctx, "alert"), html);
	note_line(&out, "Answer by", text_of(ctx, "answer_by"), html);
	if (!fu_streq(text_of(ctx, "score"), "null"))
		note_line(&out, "Score", text_of(ctx, "score"), html);
	note_line(&out, "Needs", text_of(ctx, "needs"), html);
	note_line(&out, "Objections", text_of(ctx, "objections"), html);
	note_line(&out, "Why now", text_of(ctx, "why_now"), html);
	for (size_t i = 0; proof != NULL && i < proof->n; i++) {
		const struct fu_ctx	*item = proof->member[i].value;

		note_line(&out, NULL, fu_printf(arena, "- %s, %s: %s",
		    text_of(item, "when"), text_of(item, "about"),
		    text_of(item, "text")), html);
	}
	note_line(&out, "Hand-off", fu_printf(arena, "%lld",
	    (long long)d->handoff), html);
	text = fu_dup_buf(arena, &out);
	fu_buf_free(&out);
	return (text);
}

/* Ids of other systems that are numbers, which a body may have bare. */
static void
add_numbers(struct fu_ctx *ctx, struct fu_arena *arena)
{
	const struct fu_ctx	*ids = fu_ctx_get(ctx, FU_STR("external"));
	struct fu_ctx		*numbers = fu_ctx_object(arena);

	fu_ctx_set(ctx, "external_number", numbers);
	for (size_t i = 0; ids != NULL && ids->type == FU_CTX_OBJECT &&
	    i < ids->n; i++) {
		const char	*text = text_of(ids, ids->member[i].key);

		if (text != NULL && *text != '0' && strlen(text) <= DIGITS_MAX &&
		    text[strspn(text, "0123456789")] == '\0')
			fu_ctx_set_text(numbers, ids->member[i].key, text);
	}
}

/* What bodies for a CRM name. */
static void
add_task(struct fu_ctx *ctx, const struct fu_dispatch *d,
    const struct fu_zone *zone, struct fu_arena *arena)
{
	add_due(ctx, zone, arena);
	add_numbers(ctx, arena);
	fu_ctx_set_text(ctx, "note", note(ctx, d, false, arena));
	fu_ctx_set_text(ctx, "note_html", note(ctx, d, true, arena));
}

/*
 * Salesforce takes "@{x.y}" in any value for a reference to another part of the
 * request, and refuses all of it when there is none.  Bounded as JSON is.
 */
void
fu_words_inert(struct fu_ctx *ctx, struct fu_arena *arena)
{
	struct fu_buf	 out;

	for (size_t i = 0; i < ctx->n; i++)
		fu_words_inert(ctx->member[i].value, arena);
	if (ctx->type != FU_CTX_TEXT || strstr(ctx->text, "@{") == NULL)
		return;
	fu_buf_init(&out);
	for (const char *p = ctx->text; *p != '\0'; p++) {
		fu_buf_putc(&out, *p);
		if (p[0] == '@' && p[1] == '{')
			fu_buf_putc(&out, ' ');
	}
	ctx->text = fu_dup_buf(arena, &out);
	fu_buf_free(&out);
}

void
fu_words_handoff(struct fu_ctx *ctx, const struct fu_dispatch *d,
    const struct fu_zone *zone, int64_t now_us, bool json,
    struct fu_arena *arena)
{
	const struct fu_ctx	*summary = fu_ctx_get(ctx, FU_STR("summary"));
	const struct fu_ctx	*text = NULL;

	fu_ctx_set_int(ctx, "handoff", d->handoff);
	fu_ctx_set_int(ctx, "prospect", d->prospect);
	fu_ctx_set_text(ctx, "kind", d->kind);
	/* A template names the summary for its text. */
	if (summary != NULL && summary->type == FU_CTX_OBJECT) {
		text = fu_ctx_get(summary, FU_STR("text"));
		fu_ctx_set(ctx, "summary", fu_ctx_text(arena,
		    text != NULL ? text->text : NULL));
	}
	/* A number to JSON, words to people. */
	if (!fu_ctx_true(fu_ctx_get(ctx, FU_STR("score"))) &&
	    (text = fu_ctx_get(ctx, FU_STR("score"))) != NULL &&
	    text->type == FU_CTX_FALSE)
		fu_ctx_set_text(ctx, "score", json ? "null" : "not known");
	add_lines(ctx, "evidence", zone, arena);
	add_lines(ctx, "transcript", zone, arena);
	add_proof(ctx, json, arena);
	add_factors(ctx, arena);
	add_times(ctx, zone, now_us, arena);
	add_reasons(ctx, arena);
	add_headline(ctx, d, arena);
	if (json)
		add_task(ctx, d, zone, arena);
}
