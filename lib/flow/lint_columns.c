/*
 * Columns of people's own that conditions and templates name: does anybody
 * have them?  Asked of the database, when there is one.
 */
#include <string.h>
#include <unistd.h>

#include "flow/lint_room.h"
#include "store/columns.h"

/* The database's answer; false when there is none. */
static bool
ask(struct fu_linting *l, bool *seen)
{
	struct fu_store	 store;
	struct fu_err	 err;
	const char	**name;
	bool		 people = false;

	if (l->ncolumn == 0 || access(l->opt->db, R_OK) == -1)
		return (false);
	if (fu_store_open(&store, l->opt->db, FU_DB_READ, &l->opt->clock,
	    &err) == -1) {
		fu_debug(l->opt, "%s", err.msg);
		return (false);
	}
	name = fu_alloc_array(l->arena, l->ncolumn, sizeof(*name));
	for (size_t i = 0; i < l->ncolumn; i++)
		name[i] = l->column[i].name;
	if (fu_columns_seen(&store, name, l->ncolumn, seen, &people, &err) ==
	    -1)
		fu_debug(l->opt, "%s", err.msg);
	fu_store_close(&store);
	return (people);
}

/* A condition that names it, too, says that there is such a column. */
static bool
declared(const struct fu_linting *l, const char *name)
{
	for (size_t i = 0; i < l->ncolumn; i++)
		if (!l->column[i].tag &&
		    fu_streq_nocase(l->column[i].name, name))
			return (true);
	return (false);
}

void
fu_lint_columns(struct fu_linting *l)
{
	bool	*seen = fu_alloc_array(l->arena, l->ncolumn + 1, sizeof(*seen));
	bool	 known = ask(l, seen);

	for (size_t i = 0; i < l->ncolumn; i++) {
		const struct fu_lint_column *c = &l->column[i];

		if (c->tag && (seen[i] || declared(l, c->name))) {
			if (!c->soft)
				fu_lint_say(l, &c->where, true, "fallback",
				    "{{%s}} may have no value, and the message "
				    "is then held as missing_value: write "
				    "{{%s | default: \"…\"}}", c->name,
				    c->name);
		} else if (c->tag)
			/* Unheard of, it may still be a column to come. */
			fu_lint_say(l, &c->where, c->soft && !known, "tag",
			    "nothing is called {{%s}}%s: fu-message(5) has "
			    "the names", c->name, known ?
			    ", and nobody has such a column" :
			    ", unless it is a column of your own");
		else if (known && !seen[i])
			fu_lint_say(l, &c->where, true, "column", "nobody has "
			    "a column \"%s\": attr('%s') is NULL for everybody",
			    c->name, c->name);
	}
}
