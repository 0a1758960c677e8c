/*
 * The file of WhatsApp's templates: what Meta has approved, for which message,
 * and what of ours fills it.
 *
 * Must never take a template for approved that the file does not call so.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "config/load.h"

#define N(keys) (sizeof(keys) / sizeof((keys)[0]))
#define PARAMETERS_MAX	99

static const char *const status_words[] = { "approved", "pending", "rejected",
	"paused", "disabled", NULL };
static const char *const category_words[] = { "marketing", "utility",
	"authentication", NULL };

/* The greatest n of a {{n}}. */
static size_t
places(const char *body)
{
	size_t most = 0, digits, n;

	for (; (body = strstr(body, "{{")) != NULL; body += 2) {
		digits = strspn(body + 2, "0123456789");
		if (digits == 0 || digits > 2 ||
		    strncmp(body + 2 + digits, "}}", 2) != 0)
			continue;
		n = (size_t)atoi(body + 2);
		if (n > most)
			most = n;
	}
	return (most);
}

static void
template_init(void *base)
{
	struct fu_wa_template *t = base;

	t->category = category_words[0];
	t->status = FU_WA_PENDING;
}

static void
template_check(struct fu_read *rd, const struct fu_node *node, void *base)
{
	const struct fu_wa_template *t = base;
	size_t n = t->body != NULL ? places(t->body) : t->parameters.n;

	if (t->body != NULL && n != t->parameters.n && n <= PARAMETERS_MAX)
		fu_fault_add(rd->faults, &node->where, false, "its body has "
		    "%zu parameters, and \"parameters:\" fills %zu: WhatsApp "
		    "would refuse it", n, t->parameters.n);
}

#define AT(member) offsetof(struct fu_wa_template, member)
static const struct fu_keydef template_keys[] = {
	{ .name = "name", .type = FU_KT_LINE, .offset = AT(name),
	    .required = true, .doc = "As Meta knows it" },
	{ .name = "language", .type = FU_KT_LINE, .offset = AT(language),
	    .required = true, .doc = "Its code there, en_US" },
	{ .name = "status", .type = FU_KT_WORD, .offset = AT(status),
	    .words = status_words, .required = true,
	    .doc = "What Meta says of it; only an approved one is used" },
	{ .name = "category", .type = FU_KT_NAME, .offset = AT(category),
	    .words = category_words, .doc = "marketing unless said" },
	{ .name = "for", .type = FU_KT_LIST, .offset = AT(messages),
	    .required = true,
	    .doc = "The messages that it stands for outside the 24 hours" },
	{ .name = "body", .type = FU_KT_TEXT, .offset = AT(body),
	    .required = true, .doc = "Its words, as approved, with {{1}}, {{2}}" },
	{ .name = "parameters", .type = FU_KT_LIST, .offset = AT(parameters),
	    .doc = "What fills them, each like a line of a message" },
};
static const struct fu_table template_table = { .what = "a template",
	.key = template_keys, .n = N(template_keys),
	.size = sizeof(struct fu_wa_template), .has_where = true,
	.where = AT(where), .init = template_init, .check = template_check };
#undef AT

#define AT(member) offsetof(struct fu_config, member)
static const struct fu_keydef file_keys[] = {
	{ .name = "templates", .type = FU_KT_MAPS, .offset = AT(wa_template),
	    .count = AT(nwa_template), .table = &template_table,
	    .required = true, .doc = "Each as Meta has it" },
};
#undef AT
const struct fu_table fu_wa_templates_table = { .what = "templates",
	.key = file_keys, .n = N(file_keys) };

void
fu_read_wa_templates(struct fu_read *rd, const char *path,
    const struct fu_where *where)
{
	struct fu_load *load = rd->ctx;
	struct fu_node *root = fu_read_yaml(rd, path, where, NULL);

	if (root != NULL)
		fu_table_read(rd, &fu_wa_templates_table, root, load->config);
}

static bool
is_for(const struct fu_wa_template *t, const char *message)
{
	for (size_t i = 0; i < t->messages.n; i++)
		if (strcmp(t->messages.item[i], message) == 0)
			return (true);
	return (false);
}

/* "en" and "en_US" are one language. */
static bool
speaks(const struct fu_wa_template *t, const char *language)
{
	size_t len;

	if (fu_blank(language))
		return (false);
	len = strcspn(language, "-_");
	return (strcspn(t->language, "-_") == len &&
	    strncasecmp(t->language, language, len) == 0);
}

const struct fu_wa_template *
fu_wa_template_find(const struct fu_config *config, const char *message,
    const char *language)
{
	const struct fu_wa_template *best = NULL, *t;
	int rank, best_rank = -1;

	for (size_t i = 0; i < config->nwa_template; i++) {
		t = &config->wa_template[i];
		if (!is_for(t, message))
			continue;
		rank = (t->status == FU_WA_APPROVED ? 2 : 0) +
		    (speaks(t, language) ? 1 : 0);
		if (rank > best_rank) {
			best = t;
			best_rank = rank;
		}
	}
	return (best);
}

bool
fu_wa_templates(const struct fu_config *config)
{
	const struct fu_transport *t = &config->channel[FU_CH_WHATSAPP];

	return (t->given && (t->templates != NULL ||
	    fu_streq(t->via, "cloud")));
}
