/*
 * What people said and did, in words: for templates and tasks.
 *
 * Pure.  Must never invent: what nobody said has no value.
 */
#include <string.h>

#include "flow/handoff_room.h"
#include "flow/send_room.h"
#include "flow/send_text.h"

#define QUESTION_MAX	200	/* bytes: longer is no question to be quoted */
#define TOPIC_MAX	80	/* bytes: longer is a story, not a topic */
#define SAID_MAX	12	/* turns of conversation in a task */
#define TEXT_MAX	600	/* bytes of one of them */

/* The members of a list, or a text alone, of an event's record. */
static const char *
list_item(const struct fu_event *e, const char *key, int index,
    struct fu_arena *arena)
{
	const struct fu_json	*value;
	struct fu_object	 o;
	struct fu_json		*item;
	size_t			 n;

	if (e->body == NULL || fu_json_object(arena, fu_str_of(e->body), &o,
	    NULL) == -1 || (value = fu_json_get(&o, key)) == NULL)
		return (NULL);
	if (value->type != FU_JSON_ARRAY)
		return (index <= 0 ? fu_json_text(arena, value) : NULL);
	item = fu_json_items(arena, value, &n);
	if (index < 0)
		index = (int)n - 1;
	if (index < 0 || (size_t)index >= n)
		return (NULL);
	return (fu_json_text(arena, &item[index]));
}

static bool
by_prospect(const struct fu_event *e)
{
	return (e->kind == FU_K_REPLY || e->kind == FU_K_FORM ||
	    (e->kind == FU_K_CHAT && e->from == FU_FROM_PROSPECT));
}

static bool
is_talk(const struct fu_event *e)
{
	return (e->kind == FU_K_DEMO || e->kind == FU_K_MEETING ||
	    e->kind == FU_K_CALL);
}

/* A demo or meeting that took place, in a calendar or by telephone. */
static bool
was_held(const struct fu_event *e)
{
	if (e->kind == FU_K_CALL)
		return (fu_streq(e->arg, "demo") || fu_streq(e->arg, "meeting"));
	return (is_talk(e) && (fu_blank(e->arg) ||
	    strcmp(e->arg, "held") == 0));
}

/* What they ask for there is no question about what we sell. */
static bool
about_us(const struct fu_event *e)
{
	static const char *const other[] = { "\"asks_human\"",
		"\"asks_if_bot\"", "\"meeting\"", "\"opt_out\"",
		"\"erasure\"", "\"access\"", "\"not_now\"",
		"\"not_interested\"", "\"referral\"" };

	for (size_t i = 0; e->signals != NULL &&
	    i < sizeof(other) / sizeof(other[0]); i++)
		if (strstr(e->signals, other[i]) != NULL)
			return (false);
	return (true);
}

/* A question of when to talk, or of why we write at all. */
static bool
aside(const char *question)
{
	static const char *const said[] = { "meeting", "our call", "a call",
		"call me", "call you", "postpone", "reschedule", "appointment",
		"my address", "my email", "my number", "unsubscribe",
		"gave you", "write to me", "writing to me" };

	for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++)
		if (strcasestr(question, said[i]) != NULL)
			return (true);
	return (false);
}

/* The question mark that ends the last question, not one of a link. */
static const char *
last_mark(const char *text)
{
	const char	*end = text + strlen(text);

	while (end-- > text)
		if (*end == '?' && (end[1] == '\0' ||
		    strchr(" \t\r\n?!\"')*", end[1]) != NULL ||
		    (unsigned char)end[1] >= 0x80))
			return (end);
	return (NULL);
}

/* The last sentence of a text that ends in a question mark; a word alone
 * ("Really?") is none to come back to. */
static const char *
question_in(const char *text, struct fu_arena *arena)
{
	const char	*end, *from, *question;
	struct fu_str	 s;

	if (text == NULL || (end = last_mark(text)) == NULL)
		return (NULL);
	for (from = end; from > text; from--)
		if (strchr(".!?\n", from[-1]) != NULL && (from[-1] == '\n' ||
		    from[0] == ' '))
			break;
	s = fu_str_trim((struct fu_str){ from, (size_t)(end - from) + 1 });
	if (s.len > QUESTION_MAX || memchr(s.ptr, ' ', s.len) == NULL)
		return (NULL);
	question = fu_dup_str(arena, s);
	return (aside(question) ? NULL : question);
}

/* Asked in a text or in a form's own field, or noted of a talk. */
static const char *
question_of(const struct fu_event *e, struct fu_arena *arena)
{
	const char	*question = NULL;

	if (is_talk(e))
		return (list_item(e, "questions", -1, arena));
	if (!by_prospect(e) || !about_us(e))
		return (NULL);
	if (e->kind == FU_K_FORM)
		question = list_item(e, "question", 0, arena);
	return (fu_blank(question) || strlen(question) > QUESTION_MAX ?
	    question_in(e->text, arena) : question);
}

/*
 * The question on their record was read from a text as it came: it goes when
 * that text asks for something else than an answer.
 */
static void
drop_other(const struct fu_facts *facts, struct fu_ctx *ctx)
{
	const struct fu_ctx	*node = fu_ctx_get(ctx, FU_STR("question"));

	for (size_t i = 0; node != NULL && node->type == FU_CTX_TEXT &&
	    i < facts->nevent; i++)
		if (facts->event[i].text != NULL &&
		    (aside(node->text) || !about_us(&facts->event[i])) &&
		    strstr(facts->event[i].text, node->text) != NULL) {
			fu_ctx_set(ctx, "question", fu_ctx_text(ctx->arena,
			    NULL));
			return;
		}
}

static const char *
objection_words(const char *kind)
{
	static const char *const words[][2] = {
		{ "price", "the price" }, { "timing", "the timing" },
		{ "trust", "trust" }, { "feature", "what it can do" },
		{ "authority", "who decides" },
		{ "status_quo", "what is in place today" }
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strcmp(words[i][0], kind) == 0)
			return (words[i][1]);
	return (NULL);
}

/* An objection among the signals; ${resolved}: the event settles them. */
static const char *
objection_in(const struct fu_event *e, struct fu_arena *arena, bool *resolved)
{
	struct fu_json	 value, *item;
	const char	*text, *found = NULL;
	size_t		 n;

	if (e->signals == NULL || fu_json_parse(fu_str_of(e->signals), &value,
	    NULL) == -1 || value.type != FU_JSON_ARRAY)
		return (NULL);
	item = fu_json_items(arena, &value, &n);
	for (size_t i = 0; i < n; i++) {
		if ((text = fu_json_text(arena, &item[i])) == NULL)
			continue;
		if (strcmp(text, "objection_resolved") == 0)
			*resolved = true;
		if (strncmp(text, "objection:", 10) == 0)
			found = objection_words(text + 10);
	}
	return (found);
}

/* Noted of a talk: in the words of who noted it, or by its kind. */
static const char *
objection_noted(const struct fu_event *e, struct fu_arena *arena)
{
	const char	*text = NULL, *words;

	if (is_talk(e))
		text = list_item(e, "objections", -1, arena);
	if (fu_blank(text))
		return (NULL);
	words = objection_words(text);
	return (words != NULL ? words : text);
}

static const char *
topic_of(const struct fu_event *e, struct fu_arena *arena)
{
	const char	*topic = list_item(e, "topic", 0, arena);

	return (fu_blank(topic) || strlen(topic) > TOPIC_MAX ? NULL : topic);
}

void
fu_words_of(const struct fu_facts *facts, struct fu_ctx *ctx,
    struct fu_arena *arena)
{
	static const char *const feature[] = {
		"feature_1", "feature_2", "feature_3"
	};
	const char	*topic = NULL, *question = NULL, *objection = NULL;
	const char	*interest = facts->subject->person->f[FU_F_INTEREST];
	bool		 resolved = false, features = false;

	/* From the newest back. */
	for (size_t i = facts->nevent; i-- > 0;) {
		const struct fu_event	*e = &facts->event[i];

		if (e->at_us > facts->now_us)
			continue;
		if (topic == NULL)
			topic = topic_of(e, arena);
		if (fu_blank(question))
			question = question_of(e, arena);
		if (objection == NULL && !resolved)
			objection = objection_noted(e, arena);
		if (objection == NULL && !resolved)
			objection = objection_in(e, arena, &resolved);
		if (features || !was_held(e))
			continue;
		features = list_item(e, "features", 0, arena) != NULL;
		for (int k = 0; features && k < 3; k++)
			fu_ctx_set_text(ctx, feature[k],
			    list_item(e, "features", k, arena));
	}
	if (topic == NULL && interest != NULL && strlen(interest) <= TOPIC_MAX)
		topic = interest;
	fu_ctx_set_text(ctx, "topic", topic);
	fu_ctx_set_text(ctx, "objection", objection);
	drop_other(facts, ctx);
	fu_ctx_set_text(ctx, "question", question);
}

static const char *
full_name(const struct fu_person *p, struct fu_arena *arena)
{
	const char	*first = p->f[FU_F_FIRST_NAME];
	const char	*last = p->f[FU_F_LAST_NAME];

	if (first != NULL && last != NULL)
		return (fu_printf(arena, "%s %s", first, last));
	if (first != NULL || last != NULL)
		return (first != NULL ? first : last);
	if (p->f[FU_F_COMPANY] != NULL)
		return (p->f[FU_F_COMPANY]);
	return (p->f[FU_F_EMAIL] != NULL ? p->f[FU_F_EMAIL] :
	    p->f[FU_F_PHONE]);
}

static void
put_line(struct fu_buf *out, const char *name, const char *value)
{
	if (!fu_blank(value))
		fu_buf_printf(out, "%-10s %s\n", name, value);
}

/* The factors of the score, a line each. */
static void
put_factors(struct fu_buf *out, const char *json, struct fu_arena *arena)
{
	struct fu_json		 value, *item;
	struct fu_object	 o;
	int64_t			 points = 0;
	const char		*why;
	size_t			 n;

	if (json == NULL ||
	    fu_json_parse(fu_str_of(json), &value, NULL) == -1 ||
	    value.type != FU_JSON_ARRAY)
		return;
	item = fu_json_items(arena, &value, &n);
	for (size_t i = 0; i < n; i++) {
		if (item[i].type != FU_JSON_OBJECT)
			continue;
		fu_json_members(arena, &item[i], &o);
		why = fu_json_text(arena, fu_json_get(&o, "why"));
		if (why != NULL &&
		    fu_json_int(fu_json_get(&o, "points"), &points))
			fu_buf_printf(out, "%10s %+lld %s\n", "",
			    (long long)points, why);
	}
}

/* The last turns of what was said, oldest first. */
static void
put_said(struct fu_buf *out, const struct fu_case *c,
    const struct fu_zone *zone, struct fu_arena *arena)
{
	static const char *const who[] = { "-", "prospect", "bot", "rep" };
	size_t		 from = c->nevent, n = 0;

	while (from > 0 && n < SAID_MAX)
		n += c->event[--from].text != NULL;
	if (n == 0)
		return;
	fu_buf_puts(out, "\nWhat was said last\n");
	for (size_t i = from; i < c->nevent; i++) {
		const struct fu_event	*e = &c->event[i];
		size_t			 len;

		if (e->text == NULL)
			continue;
		len = strlen(e->text);
		if (len > TEXT_MAX)
			len = fu_utf8_cut(e->text, TEXT_MAX);
		fu_buf_printf(out, "%s %s (%s): %.*s\n",
		    fu_words_moment(e->at_us, zone, arena),
		    e->from == FU_FROM_NONE && fu_event_inbound(e) ?
		    "prospect" : who[e->from],
		    e->channel != NULL ? e->channel : e->name, (int)len,
		    e->text);
	}
}

const char *
fu_words_task(const struct fu_case *c, const struct fu_zone *zone,
    struct fu_arena *arena)
{
	const struct fu_prospect	*p = &c->p;
	const char			*const *f = p->person.f;
	struct fu_buf			 out;
	const char			*text;

	fu_buf_init(&out);
	fu_buf_puts(&out, "\nWho it is\n");
	put_line(&out, "Name", full_name(&p->person, arena));
	put_line(&out, "Title", f[FU_F_TITLE]);
	put_line(&out, "Company", f[FU_F_COMPANY]);
	put_line(&out, "Email", f[FU_F_EMAIL]);
	put_line(&out, "Phone", f[FU_F_PHONE]);
	put_line(&out, "LinkedIn", f[FU_F_LINKEDIN]);
	put_line(&out, "Website", f[FU_F_WEBSITE]);
	put_line(&out, "Zone", c->zone_known ? fu_zone_name(c->zone) : NULL);
	put_line(&out, "Budget", fu_handoff_amount(&p->person, c->event,
	    c->nevent, arena));
	put_line(&out, "Timeline", f[FU_F_TIMELINE]);
	put_line(&out, "Interest", f[FU_F_INTEREST]);
	if (p->score >= 0)
		put_line(&out, "Score", fu_printf(arena, "%d%s%s%s", p->score,
		    p->band != NULL ? " (" : "", p->band != NULL ? p->band : "",
		    p->band != NULL ? ")" : ""));
	put_factors(&out, p->factors, arena);
	put_said(&out, c, zone, arena);
	text = fu_dup_str(arena, fu_buf_view(&out));
	fu_buf_free(&out);
	return (text);
}
