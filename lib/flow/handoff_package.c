/*
 * The package of a hand-off: everything that a rep needs to pick it up, as the
 * record of fu-records(5).
 *
 * Must never name a destination's secret, nor say to whom it goes: that is
 * handoff_tell.c's.
 */
#include <string.h>

#include "flow/handoff_room.h"
#include "flow/send_text.h"

#define EVIDENCE_MAX	50	/* items kept, the newest */
#define EVIDENCE_TEXT	500	/* bytes of one */
#define ZONES_TOLD_MAX	3	/* more say nothing */

/* The owner whom a colleague stands in for: "Ada Lovelace, away until 2
 * January 2027"; NULL when they have it themselves, or are there. */
static const char *
stands_in_for(const struct fu_package_in *in, struct fu_arena *arena)
{
	const struct fu_sender	*owner = in->c->sender;
	struct fu_date		 back;
	int32_t			 last;

	if (owner == NULL || in->rep == owner)
		return (NULL);
	last = fu_sender_away(owner, fu_zone_day(in->config->company.zone,
	    in->h->respond_by_us));
	if (last == INT32_MIN)
		return (NULL);
	back = fu_date_of_days(last);
	return (fu_printf(arena, "%s, away until %d %s %d", owner->name,
	    back.day, fu_month_name(back.month), back.year));
}

/* The few that it may be, where one is not known: a state with two. */
static void
put_zones(struct fu_jw *jw, const struct fu_their_clock *clock)
{
	int	 n = 0;

	while (n < FU_CLOCK_ZONES_MAX && clock->may_be[n] != NULL)
		n++;
	if (n == 0 || n >= ZONES_TOLD_MAX)
		return;
	fu_jw_array(jw, "tz_may_be");
	fu_jw_str(jw, NULL, fu_zone_name(clock->zone));
	for (int i = 0; i < n; i++)
		fu_jw_str(jw, NULL, fu_zone_name(clock->may_be[i]));
	fu_jw_array_end(jw);
}

static void
put_person(struct fu_jw *jw, const struct fu_package_in *in,
    struct fu_arena *arena)
{
	static const enum fu_field field[] = { FU_F_EMAIL, FU_F_PHONE,
		FU_F_FIRST_NAME, FU_F_LAST_NAME, FU_F_TITLE, FU_F_COMPANY,
		FU_F_COUNTRY };
	const struct fu_case	*c = in->c;
	const struct fu_person	*p = &c->p.person;

	for (size_t i = 0; i < sizeof(field) / sizeof(field[0]); i++)
		if (p->f[field[i]] != NULL)
			fu_jw_str(jw, fu_fields[field[i]].name,
			    p->f[field[i]]);
	if (p->f[FU_F_EXTERNAL_ID] != NULL &&
	    p->f[FU_F_EXTERNAL_SYSTEM] != NULL) {
		fu_jw_object(jw, "external");
		fu_jw_str(jw, p->f[FU_F_EXTERNAL_SYSTEM],
		    p->f[FU_F_EXTERNAL_ID]);
		fu_jw_object_end(jw);
	}
	if (c->zone_known)
		fu_jw_str(jw, "tz", fu_zone_name(c->zone));
	else
		put_zones(jw, &c->clock);
	fu_jw_str(jw, "name", fu_handoff_name(p, c->p.id, arena));
	if (in->rep == NULL)
		return;
	fu_jw_str(jw, "owner", in->rep->key);
	fu_jw_str(jw, "stands_in_for", stands_in_for(in, arena));
	fu_jw_object(jw, "sender");
	fu_jw_str(jw, "name", in->rep->name);
	fu_jw_str(jw, "email", in->rep->email);
	fu_jw_object_end(jw);
}

/* Evidence of an earlier look, as the package before has it. */
static struct fu_json *
evidence_before(const struct fu_handoff *h, struct fu_arena *arena, size_t *n)
{
	struct fu_object	 package;
	const struct fu_json	*list;

	*n = 0;
	if (h->package == NULL || fu_json_object(arena, fu_str_of(h->package),
	    &package, NULL) == -1)
		return (NULL);
	list = fu_json_get(&package, "evidence");
	if (list == NULL || list->type != FU_JSON_ARRAY)
		return (NULL);
	return (fu_json_items(arena, list, n));
}

static void
put_evidence(struct fu_jw *jw, const struct fu_package_in *in,
    struct fu_arena *arena)
{
	const struct fu_triggers	*t = in->met;
	struct fu_json			*before;
	size_t				 n, skip;

	before = evidence_before(in->h, arena, &n);
	skip = n + t->nevidence > EVIDENCE_MAX ?
	    n + t->nevidence - EVIDENCE_MAX : 0;
	fu_jw_array(jw, "evidence");
	for (size_t i = skip; i < n; i++)
		fu_jw_raw(jw, NULL, before[i].raw);
	for (size_t i = skip > n ? skip - n : 0; i < t->nevidence; i++) {
		const struct fu_evidence	*v = &t->evidence[i];

		fu_jw_object(jw, NULL);
		fu_jw_str(jw, "trigger", fu_trigger_name(v->trigger));
		fu_jw_str(jw, "about", fu_handoff_about(v->trigger));
		fu_jw_time(jw, "at", v->at_us);
		fu_jw_str(jw, "kind", v->kind);
		fu_jw_str(jw, "text", fu_handoff_quote(v->text, EVIDENCE_TEXT,
		    arena));
		if (v->event != 0)
			fu_jw_int(jw, "event_id", v->event);
		fu_jw_object_end(jw);
	}
	fu_jw_array_end(jw);
}

bool
fu_handoff_is_turn(const struct fu_event *e)
{
	if (e->kind == FU_K_SENT)
		return (e->touch != 0);
	return (e->text != NULL && (e->kind == FU_K_CHAT ||
	    e->kind == FU_K_MESSAGE || e->kind == FU_K_REPLY));
}

/* The words of a turn: of a message of ours without its footer. */
static const char *
words_of(const struct fu_package_in *in, size_t i, struct fu_arena *arena)
{
	const struct fu_event	*e = &in->c->event[i];
	const char		*text = in->said[i], *footer = NULL, *at;

	if (e->kind != FU_K_SENT || text == NULL)
		return (e->text);
	for (at = text; (at = strstr(at, "\n---\n")) != NULL; at++)
		footer = at;
	return (footer == NULL ? text : fu_printf(arena, "%.*s",
	    (int)(footer - text), text));
}

static const char *
turn_channel(const struct fu_event *e)
{
	if (e->channel != NULL)
		return (e->channel);
	return (e->kind == FU_K_CHAT ? "chat" : "email");
}

static const char *
turn_text(const char *text, struct fu_arena *arena)
{
	if (strlen(text) <= FU_TURN_MAX)
		return (text);
	return (fu_printf(arena, "%.*s…", (int)fu_utf8_cut(text,
	    FU_TURN_MAX), text));
}

/* The newest turns, the oldest of them first. */
static void
put_transcript(struct fu_jw *jw, const struct fu_package_in *in,
    struct fu_arena *arena)
{
	const struct fu_case	*c = in->c;
	size_t			 i = c->nevent, turns = 0;
	const char		*text;

	while (i > 0 && turns < FU_TRANSCRIPT_MAX)
		turns += fu_handoff_is_turn(&c->event[--i]);
	fu_jw_array(jw, "transcript");
	for (; i < c->nevent; i++) {
		const struct fu_event	*e = &c->event[i];

		if (!fu_handoff_is_turn(e) ||
		    (text = words_of(in, i, arena)) == NULL)
			continue;
		fu_jw_object(jw, NULL);
		fu_jw_time(jw, "at", e->at_us);
		fu_jw_str(jw, "from", e->from == FU_FROM_BOT ||
		    e->kind == FU_K_SENT ? "bot" :
		    e->from == FU_FROM_REP ? "rep" : "prospect");
		fu_jw_str(jw, "channel", turn_channel(e));
		fu_jw_str(jw, "text", turn_text(text, arena));
		fu_jw_object_end(jw);
	}
	fu_jw_array_end(jw);
}

static void
put_list(struct fu_jw *jw, const char *key, const char *const *list, size_t n)
{
	fu_jw_array(jw, key);
	for (size_t i = 0; i < n; i++)
		fu_jw_str(jw, NULL, list[i]);
	fu_jw_array_end(jw);
}

/* Is it a sentence that the evidence quotes?  The alert has it already. */
static bool
is_quoted(const char *need, const struct fu_triggers *met)
{
	size_t	 len = strlen(need);

	/* A sentence that was cut ends in "…". */
	if (len > strlen("…") && strcmp(need + len - strlen("…"), "…") == 0)
		len -= strlen("…");
	for (size_t i = 0; i < met->nevidence; i++)
		if (met->evidence[i].text != NULL &&
		    memmem(met->evidence[i].text, strlen(
		    met->evidence[i].text), need, len) != NULL)
			return (true);
	return (false);
}

/* What they need, on a line beside the quotation; NULL: nothing was said. */
static const char *
needs_of(const struct fu_handoff_said *s, const struct fu_triggers *met,
    struct fu_arena *arena)
{
	const char	*needs = NULL;

	for (size_t i = 0; i < s->nneed; i++)
		if (!is_quoted(s->need[i], met))
			needs = needs == NULL ? s->need[i] : fu_printf(arena,
			    "%s; %s", needs, s->need[i]);
	return (needs == NULL && s->nneed > 0 ? "as quoted" : needs);
}

/* The summary, and the same as plain texts for templates. */
static void
put_summary(struct fu_jw *jw, const struct fu_handoff_said *s, bool model,
    const struct fu_triggers *met, struct fu_arena *arena)
{
	const char	*needs = needs_of(s, met, arena), *objections = NULL;

	for (size_t i = 0; i < s->nobjection; i++)
		objections = i == 0 ? s->objection[0] :
		    fu_printf(arena, "%s; %s", objections, s->objection[i]);
	fu_jw_object(jw, "summary");
	fu_jw_str(jw, "text", s->text);
	if (model)
		fu_jw_str(jw, "by", "model");
	put_list(jw, "needs", s->need, s->nneed);
	put_list(jw, "objections", s->objection, s->nobjection);
	fu_jw_str(jw, "budget", s->amount);
	fu_jw_str(jw, "timeline", s->timeline);
	fu_jw_object_end(jw);
	fu_jw_str(jw, "needs", needs);
	fu_jw_str(jw, "objections", objections);
	fu_jw_str(jw, "budget", s->amount);
	fu_jw_str(jw, "timeline", s->timeline);
}

/* All that were met in this episode, in words. */
static void
put_reasons(struct fu_jw *jw, const char *triggers, struct fu_arena *arena)
{
	struct fu_json	 list, *item;
	const char	*name;
	size_t		 n;

	fu_jw_array(jw, "reasons");
	if (triggers != NULL && fu_json_parse(fu_str_of(triggers), &list,
	    NULL) == 0 && list.type == FU_JSON_ARRAY) {
		item = fu_json_items(arena, &list, &n);
		for (size_t i = 0; i < n; i++) {
			if ((name = fu_json_text(arena, &item[i])) == NULL)
				continue;
			for (int t = 0; t < FU_TRIGGER_N; t++)
				if (strcmp(name, fu_trigger_name(
				    (enum fu_trigger)t)) == 0)
					fu_jw_str(jw, NULL, fu_handoff_about(
					    (enum fu_trigger)t));
		}
	}
	fu_jw_array_end(jw);
}

/* "within 24 hours", or where that is no hour of business the time that it is
 * moved to. */
static const char *
deadline(const struct fu_package_in *in, struct fu_arena *arena)
{
	int64_t	 by = in->h->respond_by_us;

	if (by == in->c->facts.now_us + in->respond_us)
		return (fu_handoff_within(in->respond_us, arena));
	return (fu_printf(arena, "by %s", fu_words_time(by,
	    in->config->company.zone, arena)));
}

/* A text that may be a stop, and until when somebody may say that it is none;
 * NULL: nothing to mind. */
static const char *
caution_of(const struct fu_package_in *in, struct fu_arena *arena)
{
	const struct fu_prospect	*p = &in->c->p;

	if (p->doubt_us == FU_NEVER)
		return (NULL);
	return (fu_printf(arena, "This may ask us to stop: fu-handoff "
	    "--release %lld by %s if it does not, or it counts as an "
	    "opt-out.", (long long)p->id, fu_words_time(p->doubt_us +
	    FU_DOUBT_US, in->config->company.zone, arena)));
}

/* P0.3, whole: what a list or a telephone shows. */
static const char *
alert(const struct fu_package_in *in, const struct fu_handoff_said *s,
    const char *sentence, const char *caution, enum fu_trigger first,
    struct fu_arena *arena)
{
	const struct fu_case	*c = in->c;
	const char		*imported = c->p.person.f[FU_F_SCORE], *who;

	who = fu_handoff_name(&c->p.person, c->p.id, arena);
	if (imported != NULL && first == FU_TR_SCORE_THRESHOLD &&
	    c->p.score < in->config->trigger[first].at)
		who = fu_printf(arena, "%s (lead score %s as imported", who,
		    imported);
	else
		who = c->p.score < 0 ? fu_printf(arena, "%s (not scored", who) :
		    fu_printf(arena, "%s (lead score %d", who, c->p.score);
	if (s->amount != NULL)
		who = fu_printf(arena, "%s, budget %s", who, s->amount);
	if (s->timeline != NULL)
		who = fu_printf(arena, "%s, timeline %s", who, s->timeline);
	if (caution != NULL)
		sentence = fu_printf(arena, "%s %s", sentence, caution);
	return (fu_printf(arena, "%s) %s Recommended action: %s %s.", who,
	    sentence, fu_handoff_action(first), deadline(in, arena)));
}

const char *
fu_handoff_package(const struct fu_package_in *in, struct fu_arena *arena)
{
	const struct fu_case	*c = in->c;
	enum fu_trigger		 first;
	struct fu_handoff_said	 s;
	struct fu_buf		 buf;
	struct fu_jw		 jw;
	const char		*sentence, *caution, *package;

	/* What to do, and the subject, are of what the sentence tells. */
	first = fu_handoff_telling(in->met);
	sentence = fu_handoff_sentence(in->config, &c->facts, in->met, arena);
	caution = caution_of(in, arena);
	fu_handoff_summarise(&c->p.person, c->event, c->nevent, arena, &s);
	if (in->summary != NULL)
		s.text = in->summary;
	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "type", "handoff");
	fu_jw_int(&jw, "handoff", in->h->id);
	fu_jw_int(&jw, "prospect", c->p.id);
	put_person(&jw, in, arena);
	fu_jw_str(&jw, "state", in->h->state);
	fu_jw_str(&jw, "trigger", in->h->trigger);
	fu_jw_raw(&jw, "triggers", fu_str_of(in->h->triggers));
	fu_jw_str(&jw, "trigger_words", fu_handoff_about(first));
	put_reasons(&jw, in->h->triggers, arena);
	put_evidence(&jw, in, arena);
	fu_jw_str(&jw, "evidence_sentence", sentence);
	if (c->p.score >= 0)
		fu_jw_int(&jw, "score", c->p.score);
	else
		fu_jw_null(&jw, "score");
	fu_jw_str(&jw, "band", c->p.band);
	fu_jw_raw(&jw, "factors", fu_str_of(c->p.factors != NULL ?
	    c->p.factors : "[]"));
	put_transcript(&jw, in, arena);
	put_summary(&jw, &s, in->summary != NULL, in->met, arena);
	fu_jw_str(&jw, "action", fu_handoff_action(first));
	fu_jw_str(&jw, "alert", alert(in, &s, sentence, caution, first,
	    arena));
	if (caution != NULL)
		fu_jw_str(&jw, "caution", caution);
	fu_jw_time(&jw, "fired_at", in->h->fired_us);
	fu_jw_time(&jw, "respond_by", in->h->respond_by_us);
	fu_jw_str(&jw, "respond_within", deadline(in, arena));
	fu_jw_object_end(&jw);
	package = fu_dup_buf(arena, &buf);
	fu_buf_free(&buf);
	return (package);
}
