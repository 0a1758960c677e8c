/*
 * Cadence files: a map of terms and a list of steps.  Never works out a day:
 * policy/ plans.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "config/document.h"
#include "config/load.h"

#define N(keys) (sizeof(keys) / sizeof((keys)[0]))

static const char *const every_words[] = { "never", "month", "quarter", NULL };
static const char *const on_words[] = { "site_return", NULL };
static const char *const task_words[] = { "call", "linkedin", "email",
	"letter", NULL };
static const char *const remind_words[] = { "next_quarter", NULL };
static const char *const anchor_words[] = { "demo", NULL };
static const char *const reply_words[] = { "handoff", "stop", NULL };
static const char *const prefer_words[] = { "email", "sms", "whatsapp",
	"chat", NULL };
static const char *const channel_words[] = { "email", "sms", "whatsapp",
	"chat", "task", NULL };

/* What people write who mean a task. */
static const char *const by_hand[] = { "linkedin", "phone", "call", "voice",
	"dial", NULL };

static void
read_channel(struct fu_read *rd, const struct fu_node *node, void *base)
{
	static const struct fu_keydef key = { .name = "channel",
		.type = FU_KT_LIST };
	struct fu_step *step = base;
	struct fu_list list = { 0 };
	struct fu_node one = *node;
	const struct fu_node *item;
	size_t i, before;
	int channel;

	fu_key_read(rd, &key, node, &list);
	item = node->kind == FU_NODE_LIST ? node->first : &one;
	for (; item != NULL; item = item == &one ? NULL : item->next) {
		if (item->kind != FU_NODE_TEXT || item->text == NULL ||
		    item->text[0] == '\0')
			continue;
		if (fu_word_find(by_hand, item->text) >= 0) {
			before = rd->faults->n;
			fu_fault_add(rd->faults, &item->where, false, "\"%s\" "
			    "is done by a person, never automatically: write "
			    "channel: task, task: [%s]", item->text,
			    strcmp(item->text, "linkedin") == 0 ? "linkedin" :
			    "call");
			fu_faults_rule(rd->faults, before, "P1.4");
			continue;
		}
		if ((channel = fu_channel_find(item->text)) < 0) {
			fu_word_fault(rd, item, channel_words, "channel");
			continue;
		}
		for (i = 0; i < step->nchannel; i++)
			if (step->channel[i] == (enum fu_channel)channel)
				break;
		if (i < step->nchannel || i == N(step->channel)) {
			fu_fault_add(rd->faults, &item->where, false, "\"%s\" "
			    "stands here already: name each channel once",
			    item->text);
			continue;
		}
		step->channel[step->nchannel++] = (enum fu_channel)channel;
	}
	for (i = 0; i < step->nchannel; i++) {
		if (step->channel[i] == FU_CH_TASK && step->nchannel > 1)
			fu_fault_add(rd->faults, &node->where, false, "a task "
			    "has no second channel: make it a step of its own");
		if (step->channel[i] == FU_CH_CHAT && i > 0)
			fu_fault_add(rd->faults, &node->where, false, "chat "
			    "waits for a visit, so it comes first: write "
			    "[chat, email]");
	}
}

/* Exactly one of day:, on: and every: says when. */
static void
check_when(struct fu_read *rd, const struct fu_node *node,
    const struct fu_step *step)
{
	const struct fu_node *day = fu_node_get(node, "day");
	const struct fu_node *on = fu_node_get(node, "on");
	const struct fu_node *every = fu_node_get(node, "every");
	const struct fu_node *m;

	if ((day != NULL) + (on != NULL) + (every != NULL) != 1)
		fu_fault_add(rd->faults, &node->where, false, "a step has one "
		    "of \"day:\", \"on:\" and \"every:\"");
	if ((m = fu_node_get(node, "from_day")) != NULL && on == NULL)
		fu_fault_add(rd->faults, &m->key_where, false, "\"from_day:\" "
		    "belongs to a step with \"on:\"");
	if ((m = fu_node_get(node, "rotate")) != NULL && every == NULL)
		fu_fault_add(rd->faults, &m->key_where, false, "\"rotate:\" "
		    "belongs to a step with \"every:\"");
	if (every != NULL && every->kind == FU_NODE_TEXT &&
	    fu_streq(every->text, "never"))
		fu_fault_add(rd->faults, &every->where, false, "every: is "
		    "month or quarter");
	if ((m = fu_node_get(node, "max_late")) != NULL && day == NULL)
		fu_fault_add(rd->faults, &m->key_where, false, "\"max_late:\" "
		    "belongs to a step with \"day:\"");
	if (step->rotate.n > 0 && step->insight.n > 0)
		fu_fault_add(rd->faults, &node->where, false, "a step has "
		    "\"rotate:\" or \"insight:\", not both");
}

static void
check_step(struct fu_read *rd, const struct fu_node *node, void *base)
{
	struct fu_step *step = base;
	const struct fu_node *m;
	bool task = step->nchannel == 1 && step->channel[0] == FU_CH_TASK;

	check_when(rd, node, step);
	if (step->id == NULL)
		step->id = step->message;
	if (fu_node_get(node, "message") == NULL &&
	    (!task || step->id == NULL))
		fu_fault_add(rd->faults, &node->where, false, "a step needs "
		    "\"message:\" (the message file's name without .md)");
	if (!task && (m = fu_node_get(node, "task")) != NULL)
		fu_fault_add(rd->faults, &m->key_where, false, "\"task:\" is "
		    "for a person: it belongs to a step with channel: task");
	if (step->remind != NULL && fu_node_get(node, "day") == NULL)
		fu_fault_add(rd->faults, &node->where, false, "\"remind:\" "
		    "belongs to the last dated step");
}

#define AT(member) offsetof(struct fu_step, member)
static void
step_init(void *base)
{
	((struct fu_step *)base)->day = -1;
}

static const struct fu_keydef step_keys[] = {
	{ .name = "day", .type = FU_KT_INT, .offset = AT(day), .min = 0,
	    .max = 3650, .doc = "Days after the anchor" },
	{ .name = "on", .type = FU_KT_NAME, .offset = AT(on),
	    .words = on_words, .doc = "Each time that this happens" },
	{ .name = "from_day", .type = FU_KT_INT, .offset = AT(from_day),
	    .min = 0, .max = 3650, .doc = "on: from this day only" },
	{ .name = "every", .type = FU_KT_WORD, .offset = AT(every),
	    .words = every_words, .doc = "Again and again, a line of its own" },
	{ .name = "rotate", .type = FU_KT_LIST, .offset = AT(rotate),
	    .words = fu_document_kinds, .doc = "every: kinds of insight in "
	    "turn" },
	{ .name = "channel", .type = FU_KT_READ, .read = read_channel,
	    .required = true, .doc = "email, sms, whatsapp, chat or task; or "
	    "[chat, email]" },
	{ .name = "message", .type = FU_KT_TEXT, .offset = AT(message),
	    .doc = "The message file's name without .md" },
	{ .name = "id", .type = FU_KT_TEXT, .offset = AT(id),
	    .doc = "The step's own name, its message's unless said" },
	{ .name = "insight", .type = FU_KT_LIST, .offset = AT(insight),
	    .words = fu_document_kinds,
	    .doc = "The kinds of new thing that it brings" },
	{ .name = "task", .type = FU_KT_LIST, .offset = AT(task),
	    .words = task_words, .doc = "What the person may do" },
	{ .name = "if", .type = FU_KT_CONDITION, .offset = AT(if_),
	    .doc = "Asked when its day has come" },
	{ .name = "prefer", .type = FU_KT_LIST, .offset = AT(prefer),
	    .words = prefer_words, .doc = "The first that the person takes" },
	{ .name = "max_late", .type = FU_KT_DURATION,
	    .offset = AT(max_late_us),
	    .doc = "How late it may leave, else until the next dated step" },
	{ .name = "remind", .type = FU_KT_NAME, .offset = AT(remind),
	    .words = remind_words,
	    .doc = "On the last step: a task on that day" },
	{ .name = "spacing", .type = FU_KT_TEXT, .offset = AT(spacing),
	    .doc = "Why it is nearer or further than three to seven days" },
};
static const struct fu_table step_table = { .what = "a step",
	.key = step_keys, .n = N(step_keys), .size = sizeof(struct fu_step),
	.has_where = true, .where = AT(where), .init = step_init,
	.check = check_step };
#undef AT

static void
check_steps(struct fu_read *rd, const struct fu_cadence *c)
{
	const struct fu_step *s, *last = NULL;
	size_t i, j;

	for (i = 0; i < c->nstep; i++) {
		s = &c->step[i];
		for (j = 0; s->id != NULL && j < i; j++)
			if (fu_streq(c->step[j].id, s->id)) {
				fu_fault_add(rd->faults, &s->where, false,
				    "there is a step \"%s\" on line %d "
				    "already: give this one an \"id:\"", s->id,
				    c->step[j].where.line);
				break;
			}
		if (s->day < 0)
			continue;
		if (last != NULL && s->day < last->day)
			fu_fault_add(rd->faults, &s->where, false, "day %d "
			    "stands behind day %d: put the steps in the order "
			    "of their days", s->day, last->day);
		if (last != NULL && last->remind != NULL)
			fu_fault_add(rd->faults, &last->where, false,
			    "\"remind:\" belongs to the last dated step");
		last = s;
	}
}

static void
check_cadence(struct fu_read *rd, const struct fu_node *node, void *base)
{
	struct fu_cadence *c = base;
	const struct fu_node *m;
	size_t before;

	if (fu_node_get(node, "again") == NULL)
		c->again_us = c->start_return ? 0 : -1;
	if (c->start_return && c->anchor != NULL)
		fu_fault_add(rd->faults,
		    &fu_node_get(node, "anchor")->key_where, false,
		    "a cadence has \"start:\" or \"anchor:\", not both");
	if ((m = fu_node_get(node, "steps")) != NULL && c->nstep == 0 &&
	    m->kind == FU_NODE_LIST)
		fu_fault_add(rd->faults, &m->where, false, "a cadence without "
		    "steps says nothing: add one");
	check_steps(rd, c);
	before = rd->faults->n;
	fu_cadence_spacing(rd, c);
	fu_faults_rule(rd->faults, before, "P1.2");
}

#define AT(member) offsetof(struct fu_cadence, member)
static void
read_start(struct fu_read *rd, const struct fu_node *node, void *base)
{
	if (fu_node_text(rd, node) == NULL)
		return;
	if (fu_word_find(on_words, node->text) < 0)
		fu_word_fault(rd, node, on_words, "start");
	else
		((struct fu_cadence *)base)->start_return = true;
}

/* Written "never", or a duration. */
static void
read_again(struct fu_read *rd, const struct fu_node *node, void *base)
{
	static const struct fu_keydef key = { .name = "again",
		.type = FU_KT_DAYS_LONG };
	struct fu_cadence *c = base;

	if (node->kind == FU_NODE_TEXT && fu_streq(node->text, "never"))
		c->again_us = -1;
	else
		fu_key_read(rd, &key, node, &c->again_us);
}

static void
cadence_init(void *base)
{
	struct fu_cadence *c = base;

	c->again_us = -1;
	c->ends_days = 60;
}

static const struct fu_keydef keys[] = {
	{ .name = "cadence", .type = FU_KT_TEXT, .offset = AT(name),
	    .required = true, .doc = "Its name" },
	{ .name = "about", .type = FU_KT_TEXT, .offset = AT(about),
	    .doc = "Whom it is for, in a line" },
	{ .name = "priority", .type = FU_KT_INT, .offset = AT(priority),
	    .min = 1, .max = 100,
	    .doc = "The highest whose enter: holds takes the person" },
	{ .name = "on_reply", .type = FU_KT_EITHER, .offset = AT(on_reply_stop),
	    .words = reply_words, .doc = "What an answer does: handoff unless "
	    "said" },
	{ .name = "enter", .type = FU_KT_CONDITION, .offset = AT(enter),
	    .required = true, .doc = "Who enters" },
	{ .name = "exit", .type = FU_KT_CONDITION, .offset = AT(exit),
	    .doc = "What ends it besides what always does" },
	{ .name = "start", .type = FU_KT_READ, .read = read_start,
	    .doc = "site_return: day 0 is their return" },
	{ .name = "anchor", .type = FU_KT_NAME, .offset = AT(anchor),
	    .words = anchor_words, .doc = "Days count from the last one held" },
	{ .name = "again", .type = FU_KT_READ, .read = read_again,
	    .doc = "After how long one may enter again, never unless said" },
	{ .name = "prefer", .type = FU_KT_LIST, .offset = AT(prefer),
	    .words = prefer_words, .doc = "The first that the person takes" },
	{ .name = "ends", .type = FU_KT_NDAYS, .offset = AT(ends_days),
	    .doc = "When lines without an end do, 60d unless said" },
	{ .name = "holdout", .type = FU_KT_PERCENT, .offset = AT(holdout_pct),
	    .doc = "A share that is planned and never written to" },
	{ .name = "spacing", .type = FU_KT_TEXT, .offset = AT(spacing),
	    .doc = "Why it leaves the usual length or number of touches" },
	{ .name = "steps", .type = FU_KT_MAPS, .offset = AT(step),
	    .count = AT(nstep), .table = &step_table, .required = true,
	    .doc = "A line a step" },
};
const struct fu_table fu_cadence_table = { .what = "a cadence",
	.key = keys, .n = N(keys), .size = sizeof(struct fu_cadence),
	.has_where = true, .where = AT(where), .init = cadence_init,
	.check = check_cadence };
#undef AT

static int
by_priority(const void *a, const void *b)
{
	const struct fu_cadence *x = a, *y = b;

	if (x->priority != y->priority)
		return (x->priority > y->priority ? -1 : 1);
	return (strcmp(x->name ? x->name : "", y->name ? y->name : ""));
}

static void
check_names(struct fu_read *rd, const struct fu_config *config)
{
	size_t i, j;

	for (i = 0; i < config->ncadence; i++)
		for (j = 0; j < i; j++) {
			const struct fu_cadence *c = &config->cadence[i];

			if (c->name != NULL &&
			    fu_streq(c->name, config->cadence[j].name))
				fu_fault_add(rd->faults, &c->where, false,
				    "%s is called \"%s\" too: each cadence "
				    "has a name of its own",
				    config->cadence[j].file, c->name);
		}
}

void
fu_read_cadences(struct fu_read *rd, const char *dir,
    const struct fu_where *named)
{
	struct fu_config *config = ((struct fu_load *)rd->ctx)->config;
	struct fu_where where = { dir, 0, 0 };
	struct fu_list names;
	struct fu_err err;
	size_t i;

	if (fu_dir_names(rd->arena, dir, ".yaml", &names, &err) == -1) {
		fu_fault_add(rd->faults, named, false, "%s", err.msg);
		return;
	}
	if (names.n > FU_CADENCES_MAX) {
		fu_fault_add(rd->faults, &where, false, "more than %d "
		    "cadences", FU_CADENCES_MAX);
		names.n = FU_CADENCES_MAX;
	}
	config->cadence = fu_alloc_array(rd->arena, names.n + 1,
	    sizeof(*config->cadence));
	for (i = 0; i < names.n; i++) {
		struct fu_cadence *c = &config->cadence[config->ncadence];
		const char *path = fu_path_join(rd->arena, dir, names.item[i]);
		const char *version = "";
		size_t errors = fu_faults_errors(rd->faults);
		const struct fu_node *root = fu_read_yaml(rd, path, NULL,
		    &version);

		where.file = path;
		if (root == NULL && fu_faults_errors(rd->faults) == errors)
			fu_fault_add(rd->faults, &where, false, "the file is "
			    "empty: it needs \"cadence:\", \"enter:\" and "
			    "\"steps:\"");
		if (root == NULL)
			continue;
		c->file = path;
		c->version = version;
		fu_table_read(rd, &fu_cadence_table, root, c);
		config->ncadence++;
	}
	check_names(rd, config);
	qsort(config->cadence, config->ncadence, sizeof(*config->cadence),
	    by_priority);
}

const struct fu_cadence *
fu_cadence_find(const struct fu_config *config, const char *name)
{
	size_t i;

	for (i = 0; i < config->ncadence; i++)
		if (fu_streq(config->cadence[i].name, name))
			return (&config->cadence[i]);
	return (NULL);
}

const struct fu_step *
fu_step_find(const struct fu_cadence *c, const char *id)
{
	size_t i;

	for (i = 0; i < c->nstep; i++)
		if (fu_streq(c->step[i].id, id))
			return (&c->step[i]);
	return (NULL);
}
