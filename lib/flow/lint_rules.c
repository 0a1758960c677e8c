/*
 * rules/: is every file dated, sourced, and younger than a year, and does it
 * still have what the law lists?  And what else is a directory of files.
 *
 * Must never read a rule: fu_init_check does, as the gate will.
 */
#include <string.h>
#include <unistd.h>

#include "content/chat_words.h"
#include "content/synonyms.h"
#include "flow/init.h"
#include "flow/lint_room.h"
#include "flow/rulesdir.h"
#include "flow/session.h"
#include "policy/dated.h"

#define ADDRESSES "addresses.txt"

/* Of when the file of that name is that fu-init makes; INT32_MIN: unknown. */
static int32_t
shipped_day(struct fu_linting *l, const char *path)
{
	const char	*slash = strrchr(path, '/'), *dir;
	struct fu_dated	 dated;
	struct fu_str	 text;
	struct fu_err	 err;

	dir = fu_templates_find(l->arena, &err);
	if (dir == NULL || fu_file_read(fu_printf(l->arena, "%s/rules/%s", dir,
	    slash != NULL ? slash + 1 : path), l->arena, &text, &err) == -1)
		return (INT32_MIN);
	fu_dated_read(text, &dated);
	return (dated.valid ? dated.day : INT32_MIN);
}

/* A date that is to come would keep the file young for ever; the clock of the
 * run may be set to a day before the file was made. */
static void
check_age(struct fu_linting *l, const struct fu_where *where, int32_t day)
{
	char	 date[FU_TIME_LEN];

	fu_date_print(fu_date_of_days(day), date);
	/* Somewhere it is tomorrow already. */
	if (day > l->today + 1 && day > shipped_day(l, where->file))
		fu_lint_say(l, where, true, "dated", "of %s, a day that is to "
		    "come: write the day on which somebody compared it with "
		    "its source", date);
	else if (l->today - day > FU_DATED_DAYS_MAX)
		fu_lint_say(l, where, true, "dated", "of %s, over a year "
		    "ago: compare it with its source, then change the date",
		    date);
}

static void
check_file(struct fu_linting *l, const char *path)
{
	const struct fu_rules_file	*file = fu_rules_file_find(path);
	bool				 told = file != NULL && file->rule;
	struct fu_where			 where = { path, 1, 1 };
	struct fu_dated			 dated;
	struct fu_str			 text;
	struct fu_err			 err;

	/* An operator's own names of templates are nobody's rule. */
	if (fu_streq(path, l->config.channel[FU_CH_WHATSAPP].templates))
		return;
	/* Told by the check already, as is the head of a file of the gate's. */
	if (fu_file_read(path, l->arena, &text, &err) == -1)
		return;
	fu_lint_file(l, path);
	fu_dated_read(text, &dated);
	if (!dated.given && !told)
		fu_lint_say(l, &where, true, "dated", "%s", FU_DATED_MISSING);
	if (!dated.source && !told)
		fu_lint_say(l, &where, true, "dated", "%s",
		    FU_DATED_NO_SOURCE);
	where.line = dated.line;
	where.col = dated.col;
	if (dated.given && !dated.valid && !told)
		fu_lint_say(l, &where, true, "dated", "%s", FU_DATED_BAD);
	if (dated.valid)
		check_age(l, &where, dated.day);
}

/* What runs go on without is not told by the check. */
static void
check_missing(struct fu_linting *l)
{
	const struct fu_rules_file	*file;

	/* Without the directory that is all there is to say. */
	if (access(l->config.rules_dir, F_OK) == -1)
		return;
	for (size_t i = 0; (file = fu_rules_file(i)) != NULL; i++) {
		struct fu_where	 where = { fu_rulesdir_path(&l->config,
		    l->arena, file->name), 1, 1 };

		if (!file->needed && access(where.file, F_OK) == -1)
			fu_lint_say(l, &where, true, "missing", "it is not "
			    "there, and %s: %s", file->use,
			    fu_rulesdir_way(&l->config));
	}
}

/* What the law lists, and an operator may add to but not take from. */
static void
check_listed(struct fu_linting *l, struct fu_rulebook *shipped)
{
	static const struct {
		const char *kind, *rule, *what;
	} lists[] = {
		{ "unlawful", "CS-10", "people of such a source are written "
		    "to" },
		{ "wireless", "CS-13", "mail there rings as a text, and "
		    "leaves without consent" }
	};
	const struct fu_where	 where = { fu_rulesdir_path(&l->config,
	    l->arena, ADDRESSES), 1, 1 };
	struct fu_buf		 names;

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		fu_buf_init(&names);
		if (fu_rulebook_lacks(l->book, shipped, lists[i].kind,
		    &names) > 0)
			fu_lint_say(l, &where, true, lists[i].rule, "its "
			    "\"%s\" has no %s, as the one that fu-init makes "
			    "does: %s", lists[i].kind, names.ptr,
			    lists[i].what);
		fu_buf_free(&names);
	}
}

/* A state without a line is none: whatever its law says is kept for nobody. */
static void
check_states(struct fu_linting *l)
{
	const struct fu_where	 where = { fu_rulesdir_path(&l->config,
	    l->arena, "states.txt"), 1, 1 };
	struct fu_buf		 names;

	if (l->book == NULL)
		return;
	fu_buf_init(&names);
	if (fu_rulebook_stateless(l->book, &names) > 0)
		fu_lint_say(l, &where, true, "ST-01", "it has no line of %s, "
		    "as the one that fu-init makes does: hours and caps "
		    "there are kept for nobody", names.ptr);
	fu_buf_free(&names);
}

/* The operator's addresses.txt beside the shipped one, where that is found. */
static void
check_shipped(struct fu_linting *l)
{
	struct fu_rulebook	*shipped;
	struct fu_str		 text;
	struct fu_err		 err;
	const char		*dir = fu_templates_find(l->arena, &err);

	if (l->book == NULL || dir == NULL || fu_file_read(fu_printf(l->arena,
	    "%s/rules/" ADDRESSES, dir), l->arena, &text, &err) == -1)
		return;
	shipped = fu_rulebook_new();
	if (fu_rulebook_add(shipped, ADDRESSES, text, &err) == 0)
		check_listed(l, shipped);
	fu_rulebook_free(shipped);
}

/* Nothing is wrong without it; what is wrong in it is passed over in silence
 * by those who go by it. */
static void
check_synonyms(struct fu_linting *l)
{
	const char		*path = fu_rulesdir_path(&l->config, l->arena,
	    FU_SYNONYMS_FILE);
	struct fu_faults	*faults = &l->lint->faults;
	size_t			 before = faults->n;
	struct fu_synonyms	 synonyms;
	struct fu_str		 text;
	struct fu_err		 err;

	/* Bytes that are no text are the check's to tell. */
	if (fu_file_read(path, l->arena, &text, &err) == -1 ||
	    !fu_utf8_valid(text.ptr, text.len))
		return;
	fu_synonyms_read(&synonyms, l->arena, path, text, faults);
	fu_faults_rule(faults, before, "synonyms");
}

/* The chat's own words; nothing else reads them before somebody comes. */
static void
check_chat(struct fu_linting *l, const char *path)
{
	struct fu_faults	*faults = &l->lint->faults;
	const char		*name = strrchr(path, '/');
	size_t			 before = faults->n;
	struct fu_chat_words	 words = { .n = 0 };
	struct fu_str		 text;
	struct fu_err		 err;

	name = name == NULL ? path : name + 1;
	if ((strcmp(name, FU_CHAT_FILE) != 0 &&
	    !fu_glob("chat-*.txt", name)) || fu_file_read(path, l->arena,
	    &text, &err) == -1 || !fu_utf8_valid(text.ptr, text.len))
		return;
	fu_chat_words_read(&words, text, path, l->arena, faults);
	fu_faults_rule(faults, before, "chat");
}

/* Each file of a directory; one that is not there is the check's to tell. */
static void
each_file(struct fu_linting *l, const char *dir,
    void (*call)(struct fu_linting *, const char *))
{
	struct fu_list	 name;
	struct fu_err	 err;

	(void)fu_dir_names(l->arena, dir, "", &name, &err);
	for (size_t i = 0; i < name.n; i++)
		call(l, fu_printf(l->arena, "%s/%s", dir, name.item[i]));
}

void
fu_lint_rules(struct fu_linting *l)
{
	each_file(l, l->config.rules_dir, check_file);
	check_missing(l);
	check_states(l);
	check_shipped(l);
	check_synonyms(l);
	each_file(l, l->config.rules_dir, check_chat);
	each_file(l, l->config.handoffs_dir, fu_lint_file);
}
