/*
 * The listing of all keys: what fu-lint and the manual are made from.  Reads
 * the loader's own tables and nothing else.
 */
#include <string.h>

#include "config/load.h"

static const char *const type_names[] = {
	[FU_KT_TEXT] = "a text",
	[FU_KT_LINE] = "a text on one line",
	[FU_KT_PATH] = "a path",
	[FU_KT_URL] = "an address, https://…",
	[FU_KT_EMAIL] = "an email address",
	[FU_KT_COUNTRY] = "a country, two letters",
	[FU_KT_ZONE] = "a time zone",
	[FU_KT_NAME] = "one of",
	[FU_KT_INT] = "a whole number",
	[FU_KT_PERCENT] = "a share, 10%",
	[FU_KT_BOOL] = "true or false",
	[FU_KT_EITHER] = "one of",
	[FU_KT_WORD] = "one of",
	[FU_KT_DURATION] = "a duration",
	[FU_KT_DAYS_LONG] = "whole days, 3d",
	[FU_KT_NDAYS] = "whole days, 60d",
	[FU_KT_DATE] = "a date",
	[FU_KT_WEEKDAYS] = "days, mon-fri",
	[FU_KT_HOURS] = "hours, \"08:30-17:30\"",
	[FU_KT_LIST] = "a list",
	[FU_KT_SPANS] = "a list of days and spans",
	[FU_KT_CONDITION] = "a condition",
	[FU_KT_SECRET] = "a text, env:NAME, file:PATH or exec:PATH",
	[FU_KT_MAP] = "a map",
	[FU_KT_MAPS] = "a list of maps",
	[FU_KT_NAMED] = "a map of names",
	[FU_KT_READ] = "see there",
};

/* The type in words: with its range, or its words. */
static void
describe(struct fu_buf *out, const struct fu_keydef *key)
{
	size_t i;

	fu_buf_puts(out, type_names[key->type]);
	if (key->type == FU_KT_INT && (key->min != 0 || key->max != 0))
		fu_buf_printf(out, ", %lld to %lld", (long long)key->min,
		    (long long)key->max);
	if (key->words == NULL)
		return;
	if (key->type == FU_KT_LIST)
		fu_buf_puts(out, " of");
	for (i = 0; key->words[i] != NULL; i++)
		fu_buf_printf(out, "%s%s", i == 0 ? " " : ", ", key->words[i]);
}

void
fu_table_list(const struct fu_table *t, const char *file, const char *prefix,
    void (*call)(void *, const struct fu_key_doc *), void *ctx)
{
	struct fu_buf path, type;
	size_t i;

	fu_buf_init(&path);
	fu_buf_init(&type);
	for (i = 0; i < t->n; i++) {
		const struct fu_keydef *key = &t->key[i];
		struct fu_key_doc doc = { file, NULL, NULL, key->doc,
			key->required };

		fu_buf_reset(&path);
		fu_buf_reset(&type);
		fu_buf_printf(&path, "%s%s%s", prefix,
		    *prefix == '\0' ? "" : ".", key->name);
		describe(&type, key);
		doc.path = path.ptr;
		doc.type = type.ptr;
		call(ctx, &doc);
		if (key->table == NULL)
			continue;
		if (key->type == FU_KT_NAMED)
			fu_buf_puts(&path, ".NAME");
		fu_table_list(key->table, file, path.ptr, call, ctx);
	}
	fu_buf_free(&type);
	fu_buf_free(&path);
}

void
fu_config_keys(void (*call)(void *, const struct fu_key_doc *), void *ctx)
{
	fu_table_list(&fu_yaml_table, "fu.yaml", "", call, ctx);
	fu_table_list(&fu_scoring_table, "scoring.yaml", "", call, ctx);
	fu_table_list(&fu_cadence_table, "a cadence", "", call, ctx);
	fu_table_list(&fu_holidays_table, "a holidays file", "", call, ctx);
	fu_table_list(&fu_wa_templates_table, "a WhatsApp templates file", "",
	    call, ctx);
	fu_table_list(&fu_message_table, "a message", "", call, ctx);
	fu_table_list(&fu_document_table, "a document", "", call, ctx);
}
