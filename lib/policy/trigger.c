/*
 * Which hand-off triggers are met, from facts and events that are handed in.
 *
 * Must never fire on evidence that is old, consumed, or somebody else's
 * import: each trigger below names the event that it needs.
 */
#include <stdlib.h>
#include <string.h>

#include "policy/phrase.h"
#include "policy/trigger.h"
#include "record/json.h"

struct fu_trigger_set {
	struct fu_arena		 arena;
	struct fu_rules		*rules;
	int			 when;		/* index into rules, or -1 */
	bool			*result;
	struct fu_section	 titles;
};

/* One evaluation: what is given, what is known, what comes out. */
struct look {
	const struct fu_triggers_in	*in;
	struct fu_arena			*arena;
	struct fu_triggers		*out;
	size_t				 cap;
};

/* Those who hold no office of their own, whatever the title names. */
static const char *const minor[] = { "assistant", "secretary", "intern",
	"trainee", "student", "former", "ex", "retired", NULL };

struct fu_trigger_set *
fu_trigger_set_new(const struct fu_config *config, struct fu_faults *faults,
    struct fu_err *err)
{
	const struct fu_trigger_conf *t;
	struct fu_trigger_set *set;
	size_t i;

	if ((set = calloc(1, sizeof(*set))) == NULL)
		fu_oom();
	fu_arena_init(&set->arena);
	set->when = -1;
	if ((set->rules = fu_rules_new()) == NULL) {
		fu_err_set(err, FU_ESOFTWARE, "cannot compile conditions");
		goto bad;
	}
	t = &config->trigger[FU_TR_TRIGGER_EVENT];
	if (t->on && t->when.sql != NULL) {
		set->when = fu_rules_add(set->rules, &t->when, faults);
		if (set->when == -1) {
			fu_err_set(err, FU_ECONFIG,
			    "triggers.trigger_event: bad condition");
			goto bad;
		}
		set->result = fu_alloc_array(&set->arena,
		    (size_t)set->when + 1, sizeof(bool));
		if (fu_rules_ready(set->rules, err) == -1)
			goto bad;
	}
	t = &config->trigger[FU_TR_DECISION_MAKER];
	for (i = 0; i < t->lines.n; i++)
		if (fu_section_add(&set->arena, NULL, &set->titles,
		    t->lines.item[i], err) == -1)
			goto bad;
	return (set);
bad:
	fu_trigger_set_free(set);
	return (NULL);
}

void
fu_trigger_set_free(struct fu_trigger_set *set)
{
	if (set == NULL)
		return;
	fu_rules_free(set->rules);
	fu_arena_free(&set->arena);
	free(set);
}

static bool
fresh(const struct fu_triggers_in *in, int64_t at_us)
{
	int64_t now = in->facts->now_us;

	return (at_us <= now && at_us >= now - FU_EVIDENCE_MAX_US &&
	    (in->consumed_us == FU_NEVER || at_us > in->consumed_us));
}

static void
met(struct look *l, enum fu_trigger trigger, const struct fu_event *e,
    const char *text)
{
	struct fu_triggers *out = l->out;
	struct fu_evidence *v;

	out->met[trigger] = true;
	out->evidence = fu_grow(l->arena, out->evidence, out->nevidence,
	    &l->cap, sizeof(*out->evidence));
	v = &out->evidence[out->nevidence++];
	v->trigger = trigger;
	v->event = e != NULL ? e->id : 0;
	v->at_us = e != NULL ? e->at_us : l->in->facts->now_us;
	v->kind = e != NULL ? e->name : "score";
	v->text = text;
}

/* The signals of an event as texts; their number in ${n}. */
static const char **
signals_of(struct fu_arena *arena, const struct fu_event *e, size_t *n)
{
	struct fu_json array, *item;
	const char **list;
	size_t i, k, nitem;

	*n = 0;
	if (e->signals == NULL ||
	    fu_json_parse(fu_str_of(e->signals), &array, NULL) == -1 ||
	    array.type != FU_JSON_ARRAY)
		return (NULL);
	item = fu_json_items(arena, &array, &nitem);
	list = fu_alloc_array(arena, nitem + 1, sizeof(*list));
	for (i = k = 0; i < nitem; i++)
		if ((list[k] = fu_json_text(arena, &item[i])) != NULL)
			k++;
	*n = k;
	return (list);
}

/* What ${list} has of ${name}, or of what begins with it when it ends in ':'. */
static const char *
has(const char **list, size_t n, const char *name)
{
	size_t i, len = strlen(name);

	for (i = 0; i < n; i++)
		if (strcmp(list[i], name) == 0 || (name[len - 1] == ':' &&
		    strncmp(list[i], name, len) == 0))
			return (list[i]);
	return (NULL);
}

static bool
on(const struct look *l, enum fu_trigger t)
{
	return (l->in->config->trigger[t].on);
}

static bool
from_prospect(const struct fu_event *e)
{
	return (e->from == FU_FROM_NONE || e->from == FU_FROM_PROSPECT);
}

/* Words of theirs: what the detector found in them. */
static void
look_signals(struct look *l, const struct fu_event *e)
{
	static const char *const buying[] = { "ready", "pricing", "contract",
		"implementation", "buying_intent" };
	const char **list, *name, *text;
	size_t i, n;

	if (!from_prospect(e) || e->signals == NULL)
		return;
	list = signals_of(l->arena, e, &n);
	text = e->text;
	if (on(l, FU_TR_ASKED_FOR_HUMAN) && has(list, n, "asks_human") != NULL)
		met(l, FU_TR_ASKED_FOR_HUMAN, e,
		    text != NULL ? text : "asks for a person");
	if (on(l, FU_TR_BUYING_INTENT))
		for (i = 0; i < sizeof(buying) / sizeof(buying[0]); i++)
			if ((name = has(list, n, buying[i])) != NULL) {
				met(l, FU_TR_BUYING_INTENT, e,
				    text != NULL ? text : name);
				break;
			}
	if (on(l, FU_TR_COMPETITOR_MENTION) &&
	    (name = has(list, n, "competitor:")) != NULL)
		met(l, FU_TR_COMPETITOR_MENTION, e, text != NULL ? text :
		    name + strlen("competitor:"));
}

/* A title that they gave themselves, in a form or a conversation. */
static const char *
title_given(struct look *l, const struct fu_trigger_set *set,
    const struct fu_event *e)
{
	struct fu_object object;
	struct fu_words words;
	const char *title;
	size_t i, first, last;

	if (e->body == NULL || (e->kind != FU_K_FORM && e->kind != FU_K_CHAT &&
	    e->kind != FU_K_REPLY) ||
	    fu_json_object(l->arena, fu_str_of(e->body), &object, NULL) == -1)
		return (NULL);
	title = fu_json_text(l->arena, fu_json_get(&object, "title"));
	if (title == NULL)
		return (NULL);
	fu_words_read(l->arena, title, &words);
	for (i = 0; i < words.n; i++)
		for (first = 0; minor[first] != NULL; first++)
			if (strcmp(words.w[i].text, minor[first]) == 0)
				return (NULL);
	/* no list: the ranks that the playbook names, director and above */
	if (set->titles.n == 0)
		return (fu_title_seniority(title) >= 4 ? title : NULL);
	return (fu_section_find(&set->titles, &words, 0, &first, &last) ?
	    title : NULL);
}

static void
look_title(struct look *l, const struct fu_trigger_set *set,
    const struct fu_event *e)
{
	const char **list, *title;
	size_t n;

	if (!on(l, FU_TR_DECISION_MAKER) || l->in->title_used ||
	    !from_prospect(e))
		return;
	if ((title = title_given(l, set, e)) != NULL) {
		met(l, FU_TR_DECISION_MAKER, e, title);
		return;
	}
	list = signals_of(l->arena, e, &n);
	if (has(list, n, "decision_maker") != NULL)
		met(l, FU_TR_DECISION_MAKER, e,
		    e->text != NULL ? e->text : "decides");
}

static bool
pattern_matches(const struct fu_pattern *p, const struct fu_event *e)
{
	const char *arg = e->arg != NULL ? e->arg : e->text;

	if (!fu_streq_nocase(p->kind, e->name))
		return (false);
	return (p->glob == NULL || (arg != NULL && fu_glob(p->glob, arg)));
}

static void
look_event(struct look *l, const struct fu_event *e)
{
	const struct fu_trigger_conf *t;
	size_t i;

	t = &l->in->config->trigger[FU_TR_TRIGGER_EVENT];
	for (i = 0; i < t->nevents; i++)
		if (pattern_matches(&t->events[i], e)) {
			met(l, FU_TR_TRIGGER_EVENT, e,
			    e->arg != NULL ? e->arg : e->name);
			return;
		}
}

static void
look_reply(struct look *l, const struct fu_event *e)
{
	const char **list;
	size_t n;

	if (!on(l, FU_TR_REPLY) || l->in->on_reply_stop ||
	    e->kind != FU_K_REPLY || !from_prospect(e))
		return;
	list = signals_of(l->arena, e, &n);
	if (has(list, n, "opt_out") == NULL)
		met(l, FU_TR_REPLY, e, e->text != NULL ? e->text : "replied");
}

static bool
page_counts(const struct fu_trigger_conf *t, const struct fu_event *e)
{
	size_t i;

	if (e->kind != FU_K_VISIT || e->arg == NULL)
		return (false);
	for (i = 0; i < t->pages.n; i++)
		if (fu_glob(t->pages.item[i], e->arg))
			return (true);
	return (t->pages.n == 0);
}

/* So many visits within the span that ends with the newest, which is fresh. */
static void
look_visits(struct look *l)
{
	const struct fu_facts *f = l->in->facts;
	const struct fu_trigger_conf *t;
	const struct fu_event *newest = NULL, *e;
	size_t i;
	int count = 0;

	t = &l->in->config->trigger[FU_TR_RETURN_VISITS];
	if (!t->on)
		return;
	for (i = f->nevent; i > 0; i--) {
		e = &f->event[i - 1];
		if (e->at_us > f->now_us || !page_counts(t, e))
			continue;
		if (newest == NULL)
			newest = e;
		if (newest->at_us - e->at_us > t->within_us)
			break;
		count++;
	}
	if (newest == NULL || count < t->visits || !fresh(l->in, newest->at_us))
		return;
	met(l, FU_TR_RETURN_VISITS, newest,
	    fu_printf(l->arena, "%d visits in %d days, the last to %s", count,
		(int)((t->within_us + FU_DAY - 1) / FU_DAY), newest->arg));
}

/* Did we say something at this event that could answer an objection? */
static bool
answers(const struct fu_event *e)
{
	if (e->kind == FU_K_SENT)
		return (true);
	return ((e->kind == FU_K_CHAT || e->kind == FU_K_MESSAGE) &&
	    (e->from == FU_FROM_BOT || e->from == FU_FROM_REP));
}

/*
 * An objection is stalled when it is raised again after ${attempts} answers of
 * ours since it was first raised.  What we say in one breath, with nothing of
 * theirs between, is one answer in a chat; each touch is one of its own.
 */
static void
look_objection(struct look *l, const char *kind)
{
	const struct fu_facts *f = l->in->facts;
	const struct fu_event *e;
	const char **list;
	size_t i, n;
	int attempts = 0;
	bool open = false, talking = false;

	for (i = 0; i < f->nevent && f->event[i].at_us <= f->now_us; i++) {
		e = &f->event[i];
		if (answers(e)) {
			if (open && !(talking && e->kind == FU_K_CHAT))
				attempts++;
			talking = e->kind == FU_K_CHAT;
			continue;
		}
		if (!from_prospect(e) || e->signals == NULL) {
			if (e->kind == FU_K_CHAT || e->kind == FU_K_REPLY)
				talking = false;
			continue;
		}
		talking = false;
		list = signals_of(l->arena, e, &n);
		if (has(list, n, "objection_resolved") != NULL) {
			open = false;
			attempts = 0;
		}
		if (has(list, n, kind) == NULL)
			continue;
		if (!open) {
			open = true;
			attempts = 0;
			continue;
		}
		if (fresh(l->in, e->at_us) && attempts >=
		    l->in->config->trigger[FU_TR_STALLED_OBJECTION].attempts)
			met(l, FU_TR_STALLED_OBJECTION, e,
			    e->text != NULL ? e->text : kind);
	}
}

static void
look_objections(struct look *l)
{
	static const char *const kinds[] = { "objection:price",
		"objection:timing", "objection:trust", "objection:feature",
		"objection:authority", "objection:status_quo" };
	size_t i;

	if (!on(l, FU_TR_STALLED_OBJECTION))
		return;
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		look_objection(l, kinds[i]);
}

/* A score that the record came with, above the line: once, before anything
 * else was told of them. */
static bool
look_imported(struct look *l, const struct fu_trigger_conf *t)
{
	const char *text = l->in->facts->subject->person->f[FU_F_SCORE];
	struct fu_value v;
	double score;

	if (!t->on || l->in->score_fired || l->in->consumed_us != FU_NEVER ||
	    text == NULL || !fu_number_parse(fu_str_of(text), &v))
		return (false);
	score = v.type == FU_V_INT ? (double)v.i : v.r;
	if (score < t->at)
		return (false);
	l->out->score_fired = true;
	met(l, FU_TR_SCORE_THRESHOLD, NULL, fu_printf(l->arena,
	    "imported with a score of %s, line %d", text, t->at));
	return (true);
}

static void
look_score(struct look *l)
{
	const struct fu_trigger_conf *t;
	const struct fu_value *v = &l->in->facts->v[FU_FACT_SCORE];

	t = &l->in->config->trigger[FU_TR_SCORE_THRESHOLD];
	l->out->score_fired = l->in->score_fired;
	if (look_imported(l, t))
		return;
	if (v->type != FU_V_INT)
		return;
	if (v->i <= t->at - FU_REARM_POINTS)
		l->out->score_fired = false;
	if (!t->on || v->i < t->at || l->out->score_fired)
		return;
	l->out->score_fired = true;
	met(l, FU_TR_SCORE_THRESHOLD, NULL,
	    fu_printf(l->arena, "score %lld, line %d", (long long)v->i, t->at));
}

static int
by_time(const void *a, const void *b)
{
	const struct fu_evidence *x = a, *y = b;

	if (x->at_us != y->at_us)
		return (x->at_us < y->at_us ? -1 : 1);
	if (x->event != y->event)
		return (x->event < y->event ? -1 : 1);
	return ((int)x->trigger - (int)y->trigger);
}

int
fu_triggers_met(struct fu_trigger_set *set, const struct fu_triggers_in *in,
    struct fu_arena *arena, struct fu_triggers *out, struct fu_err *err)
{
	struct look l = { .in = in, .arena = arena, .out = out };
	const struct fu_facts *f = in->facts;
	bool when = in->config->trigger[FU_TR_TRIGGER_EVENT].on;
	size_t i;
	int t;

	memset(out, 0, sizeof(*out));
	if (set->when >= 0) {
		if (fu_rules_eval(set->rules, f, set->result, err) == -1)
			return (-1);
		when = set->result[set->when];
	}
	look_score(&l);
	look_visits(&l);
	look_objections(&l);
	for (i = 0; i < f->nevent; i++) {
		if (!fresh(in, f->event[i].at_us))
			continue;
		look_signals(&l, &f->event[i]);
		look_title(&l, set, &f->event[i]);
		look_reply(&l, &f->event[i]);
		if (when)
			look_event(&l, &f->event[i]);
	}
	if (out->nevidence > 1)
		qsort(out->evidence, out->nevidence, sizeof(*out->evidence),
		    by_time);
	for (t = FU_TRIGGER_N - 1; t >= 0; t--)
		if (out->met[t]) {
			out->any = true;
			out->first = (enum fu_trigger)t;
		}
	return (0);
}
