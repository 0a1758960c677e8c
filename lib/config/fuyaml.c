/*
 * fu.yaml's own table: which key goes where.  Senders, channels, triggers and
 * destinations have tables in their own rooms.
 */
#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "config/country.h"
#include "config/document.h"
#include "config/load.h"
#include "config/nearest.h"

#define AT(member) offsetof(struct fu_config, member)
#define N(keys) (sizeof(keys) / sizeof((keys)[0]))

static const char *const unknown_words[] = { "hold", "strictest", NULL };
static const char *const states_words[] = { "each", "all", NULL };
static const char *const fallback_words[] = { "hold", "intersect", NULL };
static const char *const scope_words[] = { "all", "channel", NULL };
static const char *const channel_words[] = { "email", "sms", "whatsapp",
	"chat", "task", NULL };
static const char *const pause_words[] = { "reply", "won", NULL };

static const struct fu_keydef company_keys[] = {
	{ .name = "name", .type = FU_KT_LINE, .offset = AT(company.name),
	    .required = true, .doc = "As messages call you" },
	{ .name = "postal_address", .type = FU_KT_TEXT,
	    .offset = AT(company.postal_address),
	    .doc = "Goes into every message" },
	{ .name = "country", .type = FU_KT_COUNTRY,
	    .offset = AT(company.country), .doc = "Where you are" },
	{ .name = "zone", .type = FU_KT_ZONE,
	    .offset = AT(company.zone_name), .required = true,
	    .doc = "The time zone of your reps' hours" },
	{ .name = "site", .type = FU_KT_URL, .offset = AT(company.site),
	    .doc = "Your site" },
	{ .name = "web", .type = FU_KT_URL, .offset = AT(company.web),
	    .doc = "Where fu-web answers: unsubscribe, clicks, chat" },
	{ .name = "privacy_notice", .type = FU_KT_URL,
	    .offset = AT(company.privacy_notice),
	    .doc = "The page that says what you keep" },
};
static const struct fu_table company_table = { .what = "company",
	.key = company_keys, .n = N(company_keys) };

static void
read_holidays(struct fu_read *rd, const struct fu_node *node, void *base)
{
	static const struct fu_keydef key = { .name = "holidays",
		.type = FU_KT_LIST };
	struct fu_load *load = rd->ctx;

	(void)base;
	load->holidays_node = node;
	fu_key_read(rd, &key, node, &load->holidays);
}

_Static_assert(AT(window.close_min) == AT(window.open_min) + sizeof(int),
    "hours are read as two ints");
static const struct fu_keydef window_keys[] = {
	{ .name = "days", .type = FU_KT_WEEKDAYS, .offset = AT(window.days),
	    .doc = "On which messages leave, mon-fri unless said" },
	{ .name = "hours", .type = FU_KT_HOURS,
	    .offset = AT(window.open_min),
	    .doc = "Local to the person, \"08:30-17:30\" unless said" },
	{ .name = "holidays", .type = FU_KT_READ, .read = read_holidays,
	    .doc = "Files of days on which nothing leaves" },
};
static const struct fu_table window_table = { .what = "window",
	.key = window_keys, .n = N(window_keys) };

static const struct fu_keydef limits_keys[] = {
	{ .name = "gap", .type = FU_KT_DAYS_LONG, .offset = AT(limits.gap_us),
	    .doc = "Between two touches of a person, 3d unless said" },
	{ .name = "day", .type = FU_KT_INT, .offset = AT(limits.day),
	    .min = 1, .max = 100,
	    .doc = "Touches of a person in 24 hours, 1 unless said" },
	{ .name = "company_week", .type = FU_KT_INT,
	    .offset = AT(limits.company_week), .min = 1, .max = 10000,
	    .doc = "Touches of a company's people in seven days" },
};
static const struct fu_table limits_table = { .what = "limits",
	.key = limits_keys, .n = N(limits_keys) };

#define IN(member) offsetof(struct fu_assessment, member)
static const struct fu_keydef assessment_keys[] = {
	{ .name = "id", .type = FU_KT_TEXT, .offset = IN(id),
	    .required = true, .doc = "What it is filed under" },
	{ .name = "scope", .type = FU_KT_LIST, .offset = IN(scope),
	    .required = true, .doc = "The countries that it covers" },
	{ .name = "date", .type = FU_KT_DATE, .offset = IN(date),
	    .required = true, .doc = "When it was made" },
	{ .name = "next_review", .type = FU_KT_DATE,
	    .offset = IN(next_review), .required = true,
	    .doc = "Until when it holds" },
	{ .name = "file", .type = FU_KT_PATH, .offset = IN(file),
	    .doc = "Where it lies" },
};

/* Two letters are a country, or "EU" and "UK", which the gate knows too. */
static void
check_scope(struct fu_read *rd, const struct fu_node *item)
{
	char code[3] = { 0 };

	if (item->kind != FU_NODE_TEXT || strlen(item->text) != 2)
		return;
	for (int i = 0; i < 2; i++)
		code[i] = (char)toupper((unsigned char)item->text[i]);
	if (!fu_country_known(code) && strcmp(code, "EU") != 0 &&
	    strcmp(code, "UK") != 0)
		fu_fault_add(rd->faults, &item->where, false, "there is no "
		    "country \"%s\": write its two letters, like FR, or EU",
		    item->text);
}

static void
assessment_check(struct fu_read *rd, const struct fu_node *node, void *base)
{
	const struct fu_assessment *a = base;
	const struct fu_node *scope = fu_node_get(node, "scope"), *review;

	if (scope != NULL && scope->kind == FU_NODE_LIST)
		for (const struct fu_node *n = scope->first; n != NULL;
		    n = n->next)
			check_scope(rd, n);
	else if (scope != NULL)
		check_scope(rd, scope);
	review = fu_node_get(node, "next_review");
	if (a->date.year != 0 && a->next_review.year != 0 &&
	    fu_date_days(a->next_review) < fu_date_days(a->date))
		fu_fault_add(rd->faults, &review->where, false, "the next "
		    "review is before \"date:\", when the assessment was "
		    "made: write a later day");
}

static const struct fu_table assessment_table = { .what = "an assessment",
	.key = assessment_keys, .n = N(assessment_keys),
	.size = sizeof(struct fu_assessment), .check = assessment_check };
#undef IN

#define IN(member) offsetof(struct fu_processor, member)
static const struct fu_keydef processor_keys[] = {
	{ .name = "name", .type = FU_KT_TEXT, .offset = IN(name),
	    .required = true, .doc = "Who works for you on personal data" },
	{ .name = "channels", .type = FU_KT_LIST, .offset = IN(channels),
	    .words = channel_words, .doc = "For which channels" },
	{ .name = "dpa", .type = FU_KT_TEXT, .offset = IN(dpa),
	    .doc = "The agreement with them" },
	{ .name = "places", .type = FU_KT_LIST, .offset = IN(places),
	    .doc = "Where they keep it" },
};
static const struct fu_table processor_table = { .what = "a processor",
	.key = processor_keys, .n = N(processor_keys),
	.size = sizeof(struct fu_processor) };
#undef IN

static const struct fu_keydef notice_keys[] = {
	{ .name = "purpose", .type = FU_KT_TEXT,
	    .offset = AT(law.notice.purpose), .doc = "What the data is for" },
	{ .name = "interest", .type = FU_KT_TEXT,
	    .offset = AT(law.notice.interest),
	    .doc = "The legitimate interest" },
	{ .name = "categories", .type = FU_KT_TEXT,
	    .offset = AT(law.notice.categories), .doc = "Which data" },
	{ .name = "recipients", .type = FU_KT_TEXT,
	    .offset = AT(law.notice.recipients), .doc = "Who gets it" },
	{ .name = "authority", .type = FU_KT_TEXT,
	    .offset = AT(law.notice.authority),
	    .doc = "Where to complain" },
};
static const struct fu_table notice_table = { .what = "law.notice",
	.key = notice_keys, .n = N(notice_keys) };

static const struct fu_keydef law_keys[] = {
	{ .name = "jurisdiction_unknown", .type = FU_KT_EITHER,
	    .offset = AT(law.unknown_strictest), .words = unknown_words,
	    .doc = "Whose law is not known: hold, or the strictest" },
	{ .name = "states", .type = FU_KT_EITHER,
	    .offset = AT(law.states_all), .words = states_words,
	    .doc = "Each state's own hours, or those legal in all" },
	{ .name = "tz_fallback", .type = FU_KT_EITHER,
	    .offset = AT(law.tz_intersect), .words = fallback_words,
	    .doc = "Zone not known: hold, or the hours that fit every zone" },
	{ .name = "stop_scope", .type = FU_KT_EITHER,
	    .offset = AT(law.stop_channel), .words = scope_words,
	    .doc = "STOP ends everything, or its own channel" },
	{ .name = "assessments", .type = FU_KT_MAPS,
	    .offset = AT(law.assessment), .count = AT(law.nassessment),
	    .table = &assessment_table,
	    .doc = "Of legitimate interest, each documented" },
	{ .name = "processors", .type = FU_KT_MAPS,
	    .offset = AT(law.processor), .count = AT(law.nprocessor),
	    .table = &processor_table, .doc = "Who handles data for you" },
	{ .name = "notice", .type = FU_KT_MAP, .table = &notice_table,
	    .doc = "What the first message tells people about their data" },
};
static const struct fu_table law_table = { .what = "law", .key = law_keys,
	.n = N(law_keys) };

static const struct fu_keydef escalate_keys[] = {
	{ .name = "after", .type = FU_KT_DURATION,
	    .offset = AT(handoff.escalate_us), .required = true,
	    .doc = "From the time by which somebody should have answered" },
	{ .name = "to", .type = FU_KT_MAPS,
	    .offset = AT(handoff.escalate_to),
	    .count = AT(handoff.nescalate_to), .required = true,
	    .table = &fu_destination_table, .doc = "Who is told then" },
};
static const struct fu_table escalate_table = { .what = "handoff.escalate",
	.key = escalate_keys, .n = N(escalate_keys) };

static const struct fu_keydef handoff_keys[] = {
	{ .name = "to", .type = FU_KT_MAPS, .offset = AT(handoff.to),
	    .count = AT(handoff.nto), .table = &fu_destination_table,
	    .required = true, .doc = "Where hand-offs go, all of them" },
	{ .name = "respond", .type = FU_KT_DURATION,
	    .offset = AT(handoff.respond_us),
	    .doc = "By when a rep answers, 24h unless said" },
	{ .name = "escalate", .type = FU_KT_MAP, .table = &escalate_table,
	    .doc = "What happens when nobody does" },
};
static const struct fu_table handoff_table = { .what = "handoff",
	.key = handoff_keys, .n = N(handoff_keys) };

static const struct fu_keydef alerts_keys[] = {
	{ .name = "to", .type = FU_KT_MAPS, .offset = AT(alerts),
	    .count = AT(nalerts), .table = &fu_destination_table,
	    .required = true, .doc = "Who hears of paused mail and the like" },
};
static const struct fu_table alerts_table = { .what = "alerts",
	.key = alerts_keys, .n = N(alerts_keys) };

static const struct fu_keydef chat_keys[] = {
	{ .name = "name", .type = FU_KT_TEXT, .offset = AT(chat.name),
	    .doc = "Of the assistant" },
	{ .name = "disclosure", .type = FU_KT_TEXT,
	    .offset = AT(chat.disclosure),
	    .doc = "How it says that it is automated" },
	{ .name = "first", .type = FU_KT_LIST, .offset = AT(chat.first),
	    .doc = "What it puts first, in order" },
	{ .name = "never", .type = FU_KT_LIST, .offset = AT(chat.never),
	    .doc = "What it must not talk about" },
	{ .name = "origins", .type = FU_KT_LIST, .offset = AT(chat.origins),
	    .doc = "Sites that may embed it" },
};
static const struct fu_table chat_table = { .what = "chat",
	.key = chat_keys, .n = N(chat_keys) };

#define IN(member) offsetof(struct fu_endpoint, member)
static const struct fu_keydef endpoint_keys[] = {
	{ .name = "url", .type = FU_KT_URL, .offset = IN(url),
	    .required = true, .doc = "The server, up to /v1" },
	{ .name = "model", .type = FU_KT_TEXT, .offset = IN(model),
	    .doc = "The model's name" },
	{ .name = "key", .type = FU_KT_SECRET, .offset = IN(key),
	    .doc = "The key to it" },
	{ .name = "timeout", .type = FU_KT_DURATION, .offset = IN(timeout_us),
	    .doc = "How long to wait, 20s unless said" },
};
#undef IN

static void
endpoint_init(void *base)
{
	((struct fu_endpoint *)base)->timeout_us = 20 * FU_SECOND;
}

static const struct fu_table llm_table = { .what = "llm",
	.key = endpoint_keys, .n = N(endpoint_keys), .init = endpoint_init };
static const struct fu_table embed_table = { .what = "embed",
	.key = endpoint_keys, .n = N(endpoint_keys), .init = endpoint_init };

static const struct fu_keydef booking_keys[] = {
	{ .name = "url", .type = FU_KT_URL, .offset = AT(booking_url),
	    .required = true, .doc = "The calendar page" },
	{ .name = "secret", .type = FU_KT_SECRET, .offset = AT(booking_secret),
	    .doc = "What its webhooks are signed with" },
	{ .name = "demo", .type = FU_KT_LIST, .offset = AT(booking_demo),
	    .doc = "Names of bookings that are demos, \"*demo*\" unless said" },
};
static const struct fu_table booking_table = { .what = "booking",
	.key = booking_keys, .n = N(booking_keys) };

/* A calendar page alone, or a map with its secret. */
static void
read_booking(struct fu_read *rd, const struct fu_node *node, void *base)
{
	if (node->kind == FU_NODE_TEXT)
		fu_key_read(rd, &booking_keys[0], node, base);
	else
		fu_table_read(rd, &booking_table, node, base);
}

static const struct fu_keydef hook_keys[] = {
	{ .name = "secret", .type = FU_KT_SECRET, .offset = AT(hook_secret),
	    .required = true,
	    .doc = "What requests of your own programs are signed with" },
};
static const struct fu_table hook_table = { .what = "hook",
	.key = hook_keys, .n = N(hook_keys) };

/* What a touch costs, a channel each, as a list of "email=0.02". */
static void
read_costs(struct fu_read *rd, const struct fu_node *node, void *member)
{
	struct fu_list *list = member;
	const struct fu_node *m;
	const char *text;
	double amount;
	size_t cap = 0;
	char *end;

	*list = (struct fu_list){ 0 };
	if (node->kind != FU_NODE_MAP) {
		fu_fault_add(rd->faults, &node->where, false, "\"costs\" is a "
		    "map of channels and amounts: { email: 0.02, task: 12 }");
		return;
	}
	for (m = node->first; m != NULL; m = m->next) {
		if ((text = fu_node_text(rd, m)) == NULL)
			continue;
		amount = strtod(text, &end);
		if (fu_channel_find(m->key) == -1)
			fu_fault_add(rd->faults, &m->key_where, false,
			    "\"%s\" is no channel: email, sms, whatsapp, chat "
			    "or task", m->key);
		else if (end == text || *end != '\0' || !(amount >= 0 &&
		    amount < 1e9))
			fu_fault_add(rd->faults, &m->where, false, "\"%s\" is "
			    "no amount: write what a touch costs, like 0.02",
			    text);
		else
			fu_list_add(rd->arena, list, &cap, fu_printf(rd->arena,
			    "%s=%s", m->key, text));
	}
}

/* "glob=kind": the first glob that a path fits says what it is. */
static void
read_kinds(struct fu_read *rd, const struct fu_node *node, void *member)
{
	struct fu_list *list = member;
	const struct fu_node *m;
	size_t cap = 0;

	*list = (struct fu_list){ 0 };
	if (node->kind != FU_NODE_MAP) {
		fu_fault_add(rd->faults, &node->where, false, "\"kinds\" is a "
		    "map of paths and kinds: { 'blog/*': article }");
		return;
	}
	for (m = node->first; m != NULL; m = m->next)
		if (fu_node_text(rd, m) == NULL)
			continue;
		else if (fu_word_find(fu_document_kinds, m->text) == -1)
			fu_word_fault(rd, m, fu_document_kinds, "a document");
		else
			fu_list_add(rd->arena, list, &cap,
			    fu_printf(rd->arena, "%s=%s", m->key, m->text));
}

const char *const fu_keep_names[FU_KEEP_N] = {
	"prospects", "visitors", "transcripts", "messages", "decisions", "runs"
};

int
fu_keep_find(const char *name)
{
	for (int i = 0; i < FU_KEEP_N; i++)
		if (fu_streq(fu_keep_names[i], name))
			return (i);
	return (-1);
}

static void
no_class(struct fu_read *rd, const struct fu_node *m)
{
	struct fu_nearest nearest;

	fu_nearest_start(&nearest, m->key);
	for (int i = 0; i < FU_KEEP_N; i++)
		fu_nearest_try(&nearest, fu_keep_names[i]);
	if (nearest.word != NULL)
		fu_fault_add(rd->faults, &m->where, false, "retention knows "
		    "no \"%s\"; did you mean \"%s\"?", m->key, nearest.word);
	else
		fu_fault_add(rd->faults, &m->where, false, "retention knows "
		    "no \"%s\": prospects, visitors, transcripts, messages, "
		    "decisions or runs", m->key);
}

static void
read_retention(struct fu_read *rd, const struct fu_node *node, void *base)
{
	static const struct fu_keydef key = { .name = "retention",
		.type = FU_KT_DAYS_LONG };
	struct fu_config *config = base;
	const struct fu_node *m;
	size_t n = 0;

	if (node->kind != FU_NODE_MAP) {
		fu_fault_add(rd->faults, &node->where, false, "retention is a "
		    "map: { prospects: 1095d }");
		return;
	}
	for (m = node->first; m != NULL; m = m->next)
		n++;
	config->retention = fu_alloc_array(rd->arena, n == 0 ? 1 : n,
	    sizeof(*config->retention));
	for (m = node->first; m != NULL; m = m->next) {
		struct fu_retention *r =
		    &config->retention[config->nretention++];

		if (fu_keep_find(m->key) == -1)
			no_class(rd, m);
		r->class = m->key;
		fu_key_read(rd, &key, m, &r->keep_us);
	}
}

static const struct fu_keydef keys[] = {
	{ .name = "sample", .type = FU_KT_BOOL, .offset = AT(sample),
	    .doc = "As installed: nothing but outboxes is used" },
	{ .name = "company", .type = FU_KT_MAP, .table = &company_table,
	    .required = true, .doc = "Who you are" },
	{ .name = "senders", .type = FU_KT_NAMED, .offset = AT(sender),
	    .count = AT(nsender), .table = &fu_sender_table,
	    .doc = "In whose names messages leave" },
	{ .name = "channels", .type = FU_KT_MAP, .table = &fu_channels_table,
	    .doc = "How messages leave" },
	{ .name = "window", .type = FU_KT_MAP, .table = &window_table,
	    .doc = "When messages leave" },
	{ .name = "limits", .type = FU_KT_MAP, .table = &limits_table,
	    .doc = "How many leave, over all cadences" },
	{ .name = "scoring", .type = FU_KT_PATH, .offset = AT(scoring_file),
	    .doc = "The scorecard, scoring.yaml unless said" },
	{ .name = "cadences", .type = FU_KT_PATH, .offset = AT(cadences_dir),
	    .doc = "The directory of cadences, cadences/ unless said" },
	{ .name = "messages", .type = FU_KT_PATH, .offset = AT(messages_dir),
	    .doc = "That of messages, messages/ unless said" },
	{ .name = "knowledge", .type = FU_KT_PATH,
	    .offset = AT(knowledge_dir),
	    .doc = "That of the knowledge base, kb/ unless said" },
	{ .name = "handoffs", .type = FU_KT_PATH, .offset = AT(handoffs_dir),
	    .doc = "That of hand-off templates, handoffs/ unless said" },
	{ .name = "rules", .type = FU_KT_PATH, .offset = AT(rules_dir),
	    .doc = "That of dated rules and lists, rules/ unless said" },
	{ .name = "prompts", .type = FU_KT_PATH, .offset = AT(prompts_dir),
	    .doc = "That of a language model's prompts, prompts/ unless said" },
	{ .name = "law", .type = FU_KT_MAP, .table = &law_table,
	    .doc = "What the gates go by" },
	{ .name = "triggers", .type = FU_KT_MAP, .table = &fu_triggers_table,
	    .doc = "What makes a hand-off; one not named is off" },
	{ .name = "handoff", .type = FU_KT_MAP, .table = &handoff_table,
	    .doc = "Where hand-offs go" },
	{ .name = "alerts", .type = FU_KT_MAP, .table = &alerts_table,
	    .doc = "Where an operator's alerts go" },
	{ .name = "chat", .type = FU_KT_MAP, .table = &chat_table,
	    .doc = "The assistant on the site" },
	{ .name = "web", .type = FU_KT_MAP, .table = &fu_web_table,
	    .doc = "What fu-web listens on, whom it answers and how much" },
	{ .name = "company_pause", .type = FU_KT_LIST,
	    .offset = AT(company_pause), .words = pause_words,
	    .doc = "What of one makes colleagues wait: an answer until released, or 14 days; a won deal" },
	{ .name = "booking", .type = FU_KT_READ, .read = read_booking,
	    .table = &booking_table, .doc = "The calendar page" },
	{ .name = "hook", .type = FU_KT_MAP, .table = &hook_table,
	    .doc = "Records that a CRM sends to fu-hook json" },
	{ .name = "llm", .type = FU_KT_MAP, .offset = AT(llm),
	    .table = &llm_table, .doc = "A language model, if any" },
	{ .name = "embed", .type = FU_KT_MAP, .offset = AT(embed),
	    .table = &embed_table, .doc = "An embedder, if any" },
	{ .name = "costs", .type = FU_KT_READ, .offset = AT(costs),
	    .read = read_costs, .doc = "What a touch costs, a channel each, in "
	    "one currency: { email: 0.02, task: 12 }" },
	{ .name = "retention", .type = FU_KT_READ, .read = read_retention,
	    .doc = "How long each class of data is kept" },
	{ .name = "kinds", .type = FU_KT_READ, .offset = AT(kinds),
	    .read = read_kinds,
	    .doc = "Which kind documents are, by path: { 'blog/*': article }" },
	{ .name = "base_url", .type = FU_KT_URL, .offset = AT(base_url),
	    .doc = "Where the knowledge base's files are on the web" },
};

static void
init(void *base)
{
	struct fu_config *config = base;

	config->window.days = 0x1f;
	config->window.open_min = 8 * 60 + 30;
	config->window.close_min = 17 * 60 + 30;
	config->limits.gap_us = 3 * FU_DAY;
	config->limits.day = 1;
	config->handoff.respond_us = 24 * FU_HOUR;
	fu_web_defaults(config);
}

const struct fu_table fu_yaml_table = { .what = "fu.yaml", .key = keys,
	.n = N(keys), .size = sizeof(struct fu_config), .init = init };
