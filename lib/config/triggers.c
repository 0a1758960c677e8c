/*
 * The tables of triggers, hand-off destinations and where alerts go.  Never
 * decides whether a trigger is met.
 */
#include <stddef.h>
#include <string.h>

#include "config/load.h"

#define AT(member) offsetof(struct fu_trigger_conf, member)
#define N(keys) (sizeof(keys) / sizeof((keys)[0]))

static void
trigger_init(void *base)
{
	struct fu_trigger_conf *t = base;

	t->on = true;
	t->at = 75;
	t->visits = 3;
	t->within_us = 7 * FU_DAY;
	t->attempts = 2;
}

/* "visit *pricing*": a kind, and a glob if there is one. */
static void
read_events(struct fu_read *rd, const struct fu_node *node, void *base)
{
	struct fu_trigger_conf *t = base;
	struct fu_list list = { 0 };
	static const struct fu_keydef key = { .name = "events",
		.type = FU_KT_LIST };
	struct fu_str kind, glob;
	size_t i, len;

	fu_key_read(rd, &key, node, &list);
	t->events = fu_alloc_array(rd->arena, list.n == 0 ? 1 : list.n,
	    sizeof(*t->events));
	for (i = 0; i < list.n; i++) {
		kind = fu_str_trim(fu_str_of(list.item[i]));
		for (len = 0; len < kind.len && kind.ptr[len] != ' '; len++)
			;
		glob = fu_str_trim((struct fu_str){ kind.ptr + len,
		    kind.len - len });
		kind.len = len;
		if (kind.len == 0)
			continue;
		t->events[t->nevents].kind = fu_dup_str(rd->arena, kind);
		if (glob.len > 0)
			t->events[t->nevents].glob =
			    fu_dup_str(rd->arena, glob);
		t->nevents++;
	}
}

static const struct fu_keydef threshold_keys[] = {
	{ .name = "at", .type = FU_KT_INT, .offset = AT(at), .min = 1,
	    .max = 100, .doc = "The score to reach, 75 unless said" },
};
static const struct fu_keydef intent_keys[] = {
	{ .name = "phrases", .type = FU_KT_READ, .offset = AT(lines),
	    .read = fu_read_phrases, .required = true,
	    .doc = "A list, or a file with one a line" },
};
static const struct fu_keydef visits_keys[] = {
	{ .name = "pages", .type = FU_KT_LIST, .offset = AT(pages),
	    .required = true, .doc = "Which pages count, with * for any text" },
	{ .name = "visits", .type = FU_KT_INT, .offset = AT(visits),
	    .min = 1, .max = 1000, .doc = "How many, 3 unless said" },
	{ .name = "within", .type = FU_KT_DURATION, .offset = AT(within_us),
	    .doc = "In which time, 7d unless said" },
};
static const struct fu_keydef competitor_keys[] = {
	{ .name = "names", .type = FU_KT_READ, .offset = AT(lines),
	    .read = fu_read_phrases, .required = true,
	    .doc = "A list, or a file with one a line" },
};
static const struct fu_keydef maker_keys[] = {
	{ .name = "titles", .type = FU_KT_READ, .offset = AT(lines),
	    .read = fu_read_phrases, .required = true,
	    .doc = "A list, or a file with one a line" },
};
static const struct fu_keydef objection_keys[] = {
	{ .name = "attempts", .type = FU_KT_INT, .offset = AT(attempts),
	    .min = 1, .max = 20, .doc = "Answers that did not help, 2 unless "
	    "said" },
};
static const struct fu_keydef event_keys[] = {
	{ .name = "when", .type = FU_KT_CONDITION, .offset = AT(when),
	    .doc = "Whose events count" },
	{ .name = "events", .type = FU_KT_READ, .read = read_events,
	    .required = true, .doc = "Kinds, each with a pattern or without: "
	    "[\"visit *pricing*\", download]" },
	{ .name = "alert_within", .type = FU_KT_DURATION,
	    .offset = AT(alert_within_us),
	    .doc = "By when to answer, handoff.respond unless said" },
};
static const struct fu_keydef reply_keys[] = {
	{ .name = "alert_within", .type = FU_KT_DURATION,
	    .offset = AT(alert_within_us),
	    .doc = "By when to answer, handoff.respond unless said" },
};

#define TRIGGER(title, keys) { .what = title, .key = keys, .n = N(keys), \
	.has_where = true, .where = AT(where), .init = trigger_init }
static const struct fu_table tables[FU_TRIGGER_N] = {
	[FU_TR_ASKED_FOR_HUMAN] = TRIGGER("asked_for_human", intent_keys),
	[FU_TR_BUYING_INTENT] = TRIGGER("buying_intent", intent_keys),
	[FU_TR_SCORE_THRESHOLD] = TRIGGER("score_threshold", threshold_keys),
	[FU_TR_RETURN_VISITS] = TRIGGER("return_visits", visits_keys),
	[FU_TR_COMPETITOR_MENTION] =
	    TRIGGER("competitor_mention", competitor_keys),
	[FU_TR_DECISION_MAKER] = TRIGGER("decision_maker", maker_keys),
	[FU_TR_STALLED_OBJECTION] =
	    TRIGGER("stalled_objection", objection_keys),
	[FU_TR_TRIGGER_EVENT] = TRIGGER("trigger_event", event_keys),
	[FU_TR_REPLY] = TRIGGER("reply", reply_keys),
};
#undef AT

#define TR(title, tr, text) { .name = title, .type = FU_KT_MAP, \
	.offset = offsetof(struct fu_config, trigger[tr]), \
	.table = &tables[tr], .doc = text }
static const struct fu_keydef triggers_keys[] = {
	TR("score_threshold", FU_TR_SCORE_THRESHOLD,
	    "The score crosses a line"),
	TR("buying_intent", FU_TR_BUYING_INTENT, "They say that they will buy"),
	TR("return_visits", FU_TR_RETURN_VISITS,
	    "They look at such pages again and again"),
	TR("competitor_mention", FU_TR_COMPETITOR_MENTION,
	    "They name a competitor"),
	TR("decision_maker", FU_TR_DECISION_MAKER,
	    "They turn out to be one who decides"),
	TR("stalled_objection", FU_TR_STALLED_OBJECTION,
	    "An objection stands after that many answers"),
	TR("trigger_event", FU_TR_TRIGGER_EVENT, "One of these events"),
	TR("asked_for_human", FU_TR_ASKED_FOR_HUMAN, "They ask for a person"),
	TR("reply", FU_TR_REPLY, "A person answers by mail or text"),
};
const struct fu_table fu_triggers_table = { .what = "triggers",
	.key = triggers_keys, .n = N(triggers_keys) };

#define AT(member) offsetof(struct fu_destination, member)
static const char *const via_words[] = { "email", "slack", "webhook",
	"outbox", NULL };

static void
read_via(struct fu_read *rd, const struct fu_node *node, void *base)
{
	struct fu_destination *d = base;
	const char *text = fu_node_text(rd, node);

	if (text == NULL)
		return;
	if (strncmp(text, "exec:", 5) == 0) {
		if (text[5] == '/')
			d->via = text;
		else
			fu_fault_add(rd->faults, &node->where, false, "a "
			    "program is named by its whole path: exec:/path");
	} else if (fu_word_find(via_words, text) < 0)
		fu_word_fault(rd, node, via_words, "via");
	else
		d->via = text;
}

static void
read_url(struct fu_read *rd, const struct fu_node *node, void *base)
{
	struct fu_destination *d = base;
	const char *text = fu_node_text(rd, node);

	if (text == NULL)
		return;
	if (strncmp(text, "https://", 8) == 0 ||
	    strncmp(text, "http://", 7) == 0)
		d->url = text;
	else if (strncmp(text, "env:", 4) == 0 ||
	    strncmp(text, "file:", 5) == 0 || strncmp(text, "exec:", 5) == 0)
		d->url_secret = (struct fu_secret){ text, node->where };
	else
		fu_fault_add(rd->faults, &node->where, false, "\"%s\" is no "
		    "address: write https://… or env:NAME", text);
}

/* { Name: value }, or a list of "Name: value". */
static void
read_headers(struct fu_read *rd, const struct fu_node *node, void *base)
{
	struct fu_destination *d = base;
	const struct fu_node *m;
	const char *text;
	size_t cap = 0;

	if (node->kind == FU_NODE_TEXT) {
		fu_fault_add(rd->faults, &node->where, false, "headers is a "
		    "map: { Authorization: env:NAME }");
		return;
	}
	for (m = node->first; m != NULL; m = m->next) {
		if ((text = fu_node_text(rd, m)) == NULL)
			continue;
		if (strpbrk(text, "\n") != NULL || (m->key != NULL &&
		    (m->key[0] == '\0' || strpbrk(m->key, " :\n") != NULL)) ||
		    (m->key == NULL && strstr(text, ": ") == NULL)) {
			fu_fault_add(rd->faults, &m->where, false, "this is no "
			    "header: write { Name: value }");
			continue;
		}
		fu_list_add(rd->arena, &d->headers, &cap, m->key == NULL ?
		    text : fu_printf(rd->arena, "%s: %s", m->key, text));
	}
}

/* The name of a file, not a way to one. */
static void
read_template(struct fu_read *rd, const struct fu_node *node, void *base)
{
	struct fu_destination *d = base;
	const char *text = fu_node_text(rd, node);
	size_t len;

	if (text == NULL)
		return;
	len = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "0123456789_-");
	if (len == 0 || text[len] != '\0') {
		fu_fault_add(rd->faults, &node->where, false, "\"%s\" is no "
		    "name of a body: letters, digits, - and _, and the file is "
		    "NAME.json in handoffs/", text);
		return;
	}
	d->template = text;
	d->template_where = node->where;
}

static const struct fu_keydef destination_keys[] = {
	{ .name = "via", .type = FU_KT_READ, .read = read_via,
	    .required = true,
	    .doc = "email, slack, webhook, outbox or exec:/path" },
	{ .name = "url", .type = FU_KT_READ, .read = read_url,
	    .doc = "slack, webhook: where to" },
	{ .name = "secret", .type = FU_KT_SECRET, .offset = AT(secret),
	    .doc = "webhook: what the request is signed with" },
	{ .name = "address", .type = FU_KT_EMAIL, .offset = AT(address),
	    .doc = "email: to whom, the owner unless said" },
	{ .name = "headers", .type = FU_KT_READ, .read = read_headers,
	    .doc = "webhook: more headers; a value, or its last word, may be "
	    "env:NAME" },
	{ .name = "template", .type = FU_KT_READ, .read = read_template,
	    .doc = "slack, webhook: the body, handoffs/NAME.json" },
};

static void
check_destination(struct fu_read *rd, const struct fu_node *node, void *base)
{
	const struct fu_destination *d = base;

	if (d->via != NULL && (strcmp(d->via, "slack") == 0 ||
	    strcmp(d->via, "webhook") == 0) &&
	    fu_node_get(node, "url") == NULL)
		fu_fault_add(rd->faults, &node->where, false,
		    "via: %s needs \"url:\"", d->via);
	if (d->via != NULL && d->template != NULL &&
	    strcmp(d->via, "slack") != 0 && strcmp(d->via, "webhook") != 0)
		fu_fault_add(rd->faults, &d->template_where, false,
		    "template is for via: slack and via: webhook; %s has "
		    "email.md", d->via);
}

const struct fu_table fu_destination_table = { .what = "a destination",
	.key = destination_keys, .n = N(destination_keys),
	.size = sizeof(struct fu_destination), .has_where = true,
	.where = AT(where), .check = check_destination };
