/*
 * rules/: is every file dated, sourced, and younger than a year?  And what
 * else is a directory of files.
 *
 * Must never read a rule: fu_init_check does, as the gate will.
 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "flow/lint_room.h"
#include "flow/session.h"
#include "policy/dated.h"

static int
visible(const struct dirent *entry)
{
	return (entry->d_name[0] != '.');
}

static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return (strcmp((*a)->d_name, (*b)->d_name));
}

static void
check_file(struct fu_linting *l, const char *path)
{
	struct fu_where	 where = { path, 0, 0 };
	struct fu_dated	 dated;
	struct fu_str	 text;
	char		 date[FU_TIME_LEN];
	struct fu_err	 err;

	/* An operator's own names of templates are nobody's rule. */
	if (fu_streq(path, l->config.channel[FU_CH_WHATSAPP].templates))
		return;
	/* Told by the check already. */
	if (fu_file_read(path, l->arena, &text, &err) == -1)
		return;
	fu_lint_file(l, path);
	fu_dated_read(text, &dated);
	where.line = dated.line;
	if (!dated.given)
		fu_lint_say(l, &where, true, "dated", "it does not say of when "
		    "it is: write a line \"date: YYYY-MM-DD\"");
	else if (!dated.valid)
		fu_lint_say(l, &where, true, "dated", "this is no date: write "
		    "\"date: YYYY-MM-DD\"");
	else if (l->today - dated.day > FU_DATED_DAYS_MAX)
		fu_lint_say(l, &where, true, "dated", "of %s, over a year "
		    "ago: compare it with its source, then change the date",
		    fu_date_print(fu_date_of_days(dated.day), date));
	where.line = 0;
	if (!dated.source)
		fu_lint_say(l, &where, true, "dated", "it does not say where "
		    "it is from: write a line \"source: …\"");
}

/* Each file of a directory; one that is not there is the check's to tell. */
static void
each_file(struct fu_linting *l, const char *dir,
    void (*call)(struct fu_linting *, const char *))
{
	struct dirent	**entry;
	int		  n;

	if ((n = scandir(dir, &entry, visible, by_name)) == -1)
		return;
	for (int i = 0; i < n; i++) {
		call(l, fu_printf(l->arena, "%s/%s", dir, entry[i]->d_name));
		free(entry[i]);
	}
	free(entry);
}

void
fu_lint_rules(struct fu_linting *l)
{
	each_file(l, l->config.rules_dir, check_file);
	each_file(l, l->config.handoffs_dir, fu_lint_file);
}
