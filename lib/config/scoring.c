/*
 * scoring.yaml: bands and rules.  Never scores, and compiles no condition.
 */
#include <stddef.h>
#include <string.h>

#include "config/load.h"

#define N(keys) (sizeof(keys) / sizeof((keys)[0]))

/* page: and url: look at the visit's address, the others at their own. */
static void
read_globs(struct fu_read *rd, const struct fu_node *node, void *base)
{
	static const struct fu_keydef key = { .name = "patterns",
		.type = FU_KT_LIST };
	struct fu_rule *rule = base;
	const char *of = node->key;

	if (strcmp(of, "page") == 0)
		of = "url";
	if (rule->globs_of != NULL) {
		fu_fault_add(rd->faults, &node->key_where, false, "a rule "
		    "looks at one of page:, url:, document: and channel:");
		return;
	}
	fu_key_read(rd, &key, node, &rule->globs);
	rule->globs_of = fu_dup(rd->arena, of);
}

static void
check_rule(struct fu_read *rd, const struct fu_node *node, void *base)
{
	static const char *const of_events[] = { "page", "url", "document",
		"channel", "window", "cap", "half_life" };
	struct fu_rule *rule = base;
	const struct fu_node *m;
	size_t i;

	rule->kind = rule->event != NULL ? FU_RULE_EVENT : FU_RULE_FIELD;
	if (fu_node_get(node, "event") != NULL)
		return;
	if (fu_node_get(node, "when") == NULL)
		fu_fault_add(rd->faults, &node->where, false, "a rule needs "
		    "\"when:\" (a condition) or \"event:\" (a kind)");
	for (i = 0; i < N(of_events); i++)
		if ((m = fu_node_get(node, of_events[i])) != NULL)
			fu_fault_add(rd->faults, &m->key_where, false,
			    "\"%s:\" belongs to a rule with \"event:\"",
			    of_events[i]);
}

#define AT(member) offsetof(struct fu_rule, member)
static const struct fu_keydef rule_keys[] = {
	{ .name = "name", .type = FU_KT_TEXT, .offset = AT(name),
	    .required = true, .doc = "As factors call it" },
	{ .name = "when", .type = FU_KT_CONDITION, .offset = AT(when),
	    .doc = "A condition over facts" },
	{ .name = "event", .type = FU_KT_TEXT, .offset = AT(event),
	    .doc = "A kind of event, each counts" },
	{ .name = "page", .type = FU_KT_READ, .read = read_globs,
	    .doc = "Only visits of such pages, with * for any text" },
	{ .name = "url", .type = FU_KT_READ, .read = read_globs,
	    .doc = "The same for clicks" },
	{ .name = "document", .type = FU_KT_READ, .read = read_globs,
	    .doc = "Only downloads of such documents" },
	{ .name = "channel", .type = FU_KT_READ, .read = read_globs,
	    .doc = "Only events of such channels" },
	{ .name = "window", .type = FU_KT_DURATION, .offset = AT(window_us),
	    .doc = "Only events this young" },
	{ .name = "points", .type = FU_KT_INT, .offset = AT(points),
	    .min = -100, .max = 100, .required = true,
	    .doc = "Once for a condition, each for an event" },
	{ .name = "cap", .type = FU_KT_INT, .offset = AT(cap), .min = 1,
	    .max = 100, .doc = "No more points than this together" },
	{ .name = "half_life", .type = FU_KT_DURATION,
	    .offset = AT(half_life_us),
	    .doc = "After this an event counts half" },
	{ .name = "why", .type = FU_KT_TEXT, .offset = AT(why),
	    .doc = "Your own words for the factor" },
};
static const struct fu_table rule_table = { .what = "a rule",
	.key = rule_keys, .n = N(rule_keys), .size = sizeof(struct fu_rule),
	.has_where = true, .where = AT(where), .check = check_rule };
#undef AT

#define AT(member) offsetof(struct fu_scorecard, member)
static const struct fu_keydef bands_keys[] = {
	{ .name = "hot", .type = FU_KT_INT, .offset = AT(hot), .min = 1,
	    .max = 100, .doc = "Hot is above this, 70 unless said" },
	{ .name = "warm", .type = FU_KT_INT, .offset = AT(warm), .min = 1,
	    .max = 100, .doc = "Warm is from this, 40 unless said" },
};
static const struct fu_table bands_table = { .what = "bands",
	.key = bands_keys, .n = N(bands_keys) };

static const struct fu_keydef keys[] = {
	{ .name = "bands", .type = FU_KT_MAP, .table = &bands_table,
	    .doc = "Where the bands lie" },
	{ .name = "cold_after", .type = FU_KT_DAYS_LONG,
	    .offset = AT(cold_after_us),
	    .doc = "Silence that makes cold, 60d unless said" },
	{ .name = "rules", .type = FU_KT_MAPS, .offset = AT(rule),
	    .count = AT(nrule), .table = &rule_table, .required = true,
	    .doc = "What gives and takes points" },
};

static void
init(void *base)
{
	struct fu_scorecard *card = base;

	card->hot = 70;
	card->warm = 40;
	card->cold_after_us = 60 * FU_DAY;
}

static void
check(struct fu_read *rd, const struct fu_node *node, void *base)
{
	const struct fu_scorecard *card = base;
	const struct fu_node *bands = fu_node_get(node, "bands");
	size_t i, j;

	if (card->warm > card->hot && bands != NULL)
		fu_fault_add(rd->faults, &bands->where, false, "warm begins at "
		    "%d, above hot at %d", card->warm, card->hot);
	for (i = 0; i < card->nrule; i++)
		for (j = 0; j < i; j++)
			if (card->rule[i].name != NULL && fu_streq(
			    card->rule[i].name, card->rule[j].name))
				fu_fault_add(rd->faults, &card->rule[i].where,
				    false, "there is a rule \"%s\" on line %d "
				    "already", card->rule[i].name,
				    card->rule[j].where.line);
}

const struct fu_table fu_scoring_table = { .what = "scoring.yaml",
	.key = keys, .n = N(keys), .size = sizeof(struct fu_scorecard),
	.init = init, .check = check };

void
fu_read_scoring(struct fu_read *rd, const char *path,
    const struct fu_where *named, struct fu_scorecard *card)
{
	const struct fu_node *root;
	struct fu_where where = { path, 0, 0 };
	size_t errors = fu_faults_errors(rd->faults);
	const char *version = "";

	init(card);
	root = fu_read_yaml(rd, path, named, &version);
	card->version = version;
	if (root != NULL)
		fu_table_read(rd, &fu_scoring_table, root, card);
	else if (fu_faults_errors(rd->faults) == errors)
		fu_fault_add(rd->faults, &where, false, "the file is empty: "
		    "it needs \"rules:\"");
}
