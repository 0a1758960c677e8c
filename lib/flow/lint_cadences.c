/*
 * Cadences beside what they name: is there something new to say at each step,
 * and does anybody say each message?
 *
 * Must never plan.
 */
#include <string.h>
#include <unistd.h>

#include "flow/lint_room.h"
#include "policy/rules_text.h"

bool
fu_lint_current(const struct fu_linting *l, const struct fu_document *d)
{
	return ((d->expires == FU_NO_DAY || d->expires >= l->today) &&
	    (d->deadline == FU_NO_DAY || d->deadline >= l->today));
}

static bool
has_kind(const struct fu_linting *l, const char *kind)
{
	for (size_t i = 0; i < l->ndocument; i++)
		if (fu_streq(l->document[i].kind, kind) &&
		    fu_lint_current(l, &l->document[i]))
			return (true);
	return (false);
}

const char *
fu_lint_joined(struct fu_arena *arena, const struct fu_list *list)
{
	struct fu_buf	 out;
	const char	*text;

	fu_buf_init(&out);
	for (size_t i = 0; i < list->n; i++)
		fu_buf_printf(&out, "%s%s", i == 0 ? "" : i + 1 == list->n ?
		    " or " : ", ", list->item[i]);
	text = fu_dup_buf(arena, &out);
	fu_buf_free(&out);
	return (text);
}

/* Any kind of insight: will do; each of rotate: has its turn. */
static void
check_insight(struct fu_linting *l, const struct fu_step *s)
{
	bool	 any = s->insight.n == 0;

	for (size_t i = 0; i < s->insight.n; i++)
		any = any || has_kind(l, s->insight.item[i]);
	if (!any)
		fu_lint_say(l, &s->where, true, "P1.5", "the knowledge base "
		    "has no current %s: this step is held as no_new_insight",
		    fu_lint_joined(l->arena, &s->insight));
	for (size_t i = 0; i < s->rotate.n; i++)
		if (!has_kind(l, s->rotate.item[i]))
			fu_lint_say(l, &s->where, true, "P1.5", "the knowledge "
			    "base has no current %s: its turn is held as "
			    "no_new_insight", s->rotate.item[i]);
}

/* The task of remind: has a message of its own. */
static void
check_reminder(struct fu_linting *l, const struct fu_step *s)
{
	const char	*path;

	if (s->remind == NULL || s->message == NULL)
		return;
	path = fu_printf(l->arena, "%s/%s-remind.md", l->config.messages_dir,
	    s->message);
	if (access(path, R_OK) == -1)
		fu_lint_say(l, &s->where, false, "missing", "there is no %s: "
		    "write it, or the task of remind: is held", path);
}

static void
add_kinds(struct fu_linting *l, struct fu_lint_use *use,
    const struct fu_list *kinds)
{
	for (size_t i = 0; i < kinds->n; i++) {
		if (fu_list_has(&use->kinds, kinds->item[i]))
			continue;
		use->kinds.item = fu_grow(l->arena, use->kinds.item,
		    use->kinds.n, &use->cap, sizeof(*use->kinds.item));
		use->kinds.item[use->kinds.n++] = kinds->item[i];
	}
}

/* Is it the step's message, or what the step reminds its owner with? */
static bool
says(const struct fu_step *s, const char *id, bool *reminder)
{
	size_t	 len;

	if (s->message == NULL)
		return (false);
	*reminder = false;
	if (strcmp(s->message, id) == 0)
		return (true);
	len = strlen(s->message);
	*reminder = s->remind != NULL && strncmp(id, s->message, len) == 0 &&
	    strcmp(id + len, "-remind") == 0;
	return (*reminder);
}

void
fu_lint_use(struct fu_linting *l, const struct fu_message *m,
    struct fu_lint_use *use)
{
	bool	 reminder;

	memset(use, 0, sizeof(*use));
	for (size_t i = 0; i < l->config.ncadence; i++)
		for (size_t k = 0; k < l->config.cadence[i].nstep; k++) {
			const struct fu_step *s =
			    &l->config.cadence[i].step[k];

			if (!says(s, m->id, &reminder))
				continue;
			use->steps++;
			if (reminder) {
				use->channel[FU_CH_TASK] = true;
				use->bare = true;
				continue;
			}
			for (size_t c = 0; c < s->nchannel; c++)
				use->channel[s->channel[c]] = true;
			if (s->insight.n + s->rotate.n > 0)
				use->insight = true;
			else
				use->bare = true;
			add_kinds(l, use, &s->insight);
			add_kinds(l, use, &s->rotate);
		}
}

/* attr('Seats') of a condition, to be looked for among people's columns. */
static void
note_attrs(struct fu_linting *l, const struct fu_condition *c)
{
	struct fu_token	 name, open, value;
	size_t		 at = 0;

	if (c->sql == NULL)
		return;
	while ((name = fu_rule_token(c->sql, at)).type != FU_TOK_END &&
	    name.type != FU_TOK_BAD) {
		at = name.at + name.len;
		if (name.type != FU_TOK_WORD || !fu_str_is_nocase(
		    (struct fu_str){ c->sql + name.at, name.len }, "attr"))
			continue;
		open = fu_rule_token(c->sql, at);
		value = fu_rule_token(c->sql, open.at + open.len);
		if (value.type != FU_TOK_STRING || value.len < 3)
			continue;
		l->column = fu_grow(l->arena, l->column, l->ncolumn,
		    &l->column_cap, sizeof(*l->column));
		l->column[l->ncolumn++] = (struct fu_lint_column){
			.name = fu_dup_str(l->arena, (struct fu_str){
			    c->sql + value.at + 1, value.len - 2 }),
			.where = fu_condition_where(c, name.at),
		};
	}
}

void
fu_lint_cadences(struct fu_linting *l)
{
	const struct fu_config	*c = &l->config;

	for (size_t i = 0; i < c->scorecard.nrule; i++)
		note_attrs(l, &c->scorecard.rule[i].when);
	for (int i = 0; i < FU_TRIGGER_N; i++)
		note_attrs(l, &c->trigger[i].when);
	for (size_t i = 0; i < c->ncadence; i++) {
		note_attrs(l, &c->cadence[i].enter);
		note_attrs(l, &c->cadence[i].exit);
		for (size_t k = 0; k < c->cadence[i].nstep; k++) {
			note_attrs(l, &c->cadence[i].step[k].if_);
			check_insight(l, &c->cadence[i].step[k]);
			check_reminder(l, &c->cadence[i].step[k]);
		}
	}
}
