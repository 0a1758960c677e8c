/*
 * Lists of names, for the completion of a shell.
 *
 * Must never complain of a configuration: whoever presses a key to complete a
 * word has not asked how it is.
 */
#include <string.h>

#include "config/config.h"
#include "flow/names.h"
#include "policy/facts.h"
#include "record/channel.h"
#include "record/event.h"
#include "record/person.h"

static void
put(struct fu_buf *out, const char *name)
{
	if (name != NULL)
		fu_buf_printf(out, "%s\n", name);
}

static void
put_facts(struct fu_buf *out, const struct fu_config *config)
{
	(void)config;
	for (int i = 0; i < FU_FACT_N; i++)
		put(out, fu_fact_defs[i].name);
}

static void
put_fields(struct fu_buf *out, const struct fu_config *config)
{
	(void)config;
	for (int i = 0; i < FU_FIELD_N; i++)
		put(out, fu_fields[i].name);
}

/* Those that fu writes itself are nobody's to tell. */
static void
put_events(struct fu_buf *out, const struct fu_config *config)
{
	(void)config;
	for (int i = FU_K_CUSTOM + 1; i < FU_K_SCORED; i++)
		put(out, fu_kinds[i].name);
}

static void
put_channels(struct fu_buf *out, const struct fu_config *config)
{
	(void)config;
	for (int i = 0; i < FU_CHANNEL_N; i++)
		put(out, fu_channel_name((enum fu_channel)i));
}

static void
put_cadences(struct fu_buf *out, const struct fu_config *config)
{
	for (size_t i = 0; i < config->ncadence; i++)
		put(out, config->cadence[i].name);
}

static void
put_senders(struct fu_buf *out, const struct fu_config *config)
{
	for (size_t i = 0; i < config->nsender; i++)
		put(out, config->sender[i].key);
}

static void
put_messages(struct fu_buf *out, const struct fu_config *config)
{
	struct fu_list	 names = { .n = 0 };
	struct fu_arena	 arena;
	struct fu_err	 err;

	fu_arena_init(&arena);
	if (config->messages_dir != NULL && fu_dir_names(&arena,
	    config->messages_dir, ".md", &names, &err) == 0)
		for (size_t i = 0; i < names.n; i++)
			fu_buf_printf(out, "%.*s\n",
			    (int)strlen(names.item[i]) - 3, names.item[i]);
	fu_arena_free(&arena);
}

static const struct {
	const char	*kind;
	bool		 configured;
	void		(*put)(struct fu_buf *, const struct fu_config *);
} lists[] = {
	{ "cadences", true, put_cadences },
	{ "channels", false, put_channels },
	{ "events", false, put_events },
	{ "facts", false, put_facts },
	{ "fields", false, put_fields },
	{ "messages", true, put_messages },
	{ "senders", true, put_senders },
};
#define LISTS (sizeof(lists) / sizeof(*lists))

/* What of the configuration could be read. */
static void
put_configured(const struct fu_opt *opt, size_t list, struct fu_buf *out)
{
	struct fu_config	 config;
	struct fu_faults	 faults;
	struct fu_arena		 arena;
	struct fu_err		 err;
	const char		*file;

	fu_arena_init(&arena);
	if ((file = fu_config_find(opt->config, &arena, &err)) != NULL) {
		fu_faults_init(&faults);
		(void)fu_config_load(&config, file, &faults, &err);
		fu_faults_free(&faults);
		lists[list].put(out, &config);
		fu_config_free(&config);
	}
	fu_arena_free(&arena);
}

int
fu_names(const struct fu_opt *opt, const char *kind, struct fu_buf *out,
    struct fu_err *err)
{
	struct fu_buf	 kinds;

	for (size_t i = 0; i < LISTS; i++) {
		if (strcmp(kind, lists[i].kind) != 0)
			continue;
		if (lists[i].configured)
			put_configured(opt, i, out);
		else
			lists[i].put(out, NULL);
		return (0);
	}
	fu_buf_init(&kinds);
	for (size_t i = 0; i < LISTS; i++)
		fu_buf_printf(&kinds, "%s%s", i == 0 ? "" :
		    i + 1 == LISTS ? " or " : ", ", lists[i].kind);
	fu_err_set(err, FU_EUSAGE, "no names of \"%s\": %s", kind, kinds.ptr);
	fu_buf_free(&kinds);
	return (-1);
}
