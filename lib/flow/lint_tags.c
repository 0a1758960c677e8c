/*
 * The tags of messages: are they ours, and what when they have no value?
 *
 * Must never call a tag unknown that a message could fill in.
 */
#include <string.h>

#include "config/nearest.h"
#include "content/foreign.h"
#include "content/render.h"
#include "flow/lint_room.h"

/* One text of a message. */
struct text {
	struct fu_linting		*l;
	const struct fu_message		*m;
	const struct fu_lint_use	*use;
	const char			*text;
	struct fu_where			 where;	/* of its beginning */
	bool				 body;	/* else a subject, on one line */
};

/* A place in the text as one in the file; of a subject its beginning. */
static struct fu_where
in_file(const struct text *t, int line, int col)
{
	struct fu_where	 where = t->where;

	if (t->body) {
		where.line = line;
		where.col = col;
	}
	return (where);
}

/* Line and column of a byte. */
static struct fu_where
place_of(const struct text *t, size_t at)
{
	struct fu_where	 where = { t->m->file, t->where.line, 1 };

	for (size_t i = 0; i < at; i++)
		if (t->text[i] == '\n') {
			where.line++;
			where.col = 1;
		} else
			where.col += ((unsigned char)t->text[i] & 0xc0) != 0x80;
	return (where);
}

/*
 * Say it, in place of what the parser said about the same line: it stops at
 * what is not its own, and does not know whose that is.
 */
static void
say_tag(struct text *t, const struct fu_where *where, const char *text)
{
	struct fu_faults	*faults = &t->l->lint->faults;

	for (size_t i = 0; i < t->l->checked && i < faults->n; i++) {
		struct fu_fault	*f = &faults->fault[i];

		if (fu_streq(f->rule, "tag") && !t->l->retold[i] &&
		    f->where.line == where->line &&
		    fu_streq(f->where.file, where->file)) {
			f->text = fu_dup(&faults->arena, text);
			f->where.col = where->col;
			t->l->retold[i] = true;
			return;
		}
	}
	fu_lint_say(t->l, where, false, "tag", "%s", text);
}

static void
say_foreign(struct text *t, const struct fu_foreign *f)
{
	struct fu_arena	*arena = t->l->arena;
	struct fu_where	 at = place_of(t, f->at), where;
	const char	*tag = fu_dup_str(arena, (struct fu_str){
	    t->text + f->at, f->len }), *ours = NULL, *text;

	if (f->sort == FU_FOREIGN_FIELD &&
	    (ours = fu_foreign_ours(&t->l->merge_tags, f->field, arena)) ==
	    NULL && !f->certain)
		return;
	if (f->sort == FU_FOREIGN_LOGIC)
		text = fu_printf(arena, "%s is no tag of ours: what stands "
		    "only where there is a value goes between {{#name}} and "
		    "{{/name}}", tag);
	else if (f->sort == FU_FOREIGN_CHOICE)
		text = fu_printf(arena, "%s would leave as it stands: nobody "
		    "chooses here, write one of them, or variants: of the "
		    "subject", tag);
	else if (ours != NULL)
		text = fu_printf(arena, "%s is no tag of ours: write {{%s%s}}",
		    tag, ours, strchr(ours, '.') != NULL || ours[0] == '>' ?
		    "" : " | default: \"…\"");
	else
		text = fu_printf(arena, "%s is no tag of ours: fu-message(5) "
		    "has their names", tag);
	where = in_file(t, at.line, at.col);
	say_tag(t, &where, text);
}

static const char *
our_name(const char *name)
{
	for (int i = 0; i < FU_FACT_N; i++)
		if (strcmp(fu_fact_defs[i].name, name) == 0)
			return (fu_fact_defs[i].name);
	for (size_t i = 0; fu_context_names[i] != NULL; i++)
		if (strcmp(fu_context_names[i], name) == 0)
			return (fu_context_names[i]);
	return (NULL);
}

/* What they may have meant, or NULL. */
static const char *
meant(struct text *t, const char *name)
{
	struct fu_nearest	 nearest;
	const char		*ours;

	ours = fu_foreign_ours(&t->l->merge_tags, fu_str_of(name),
	    t->l->arena);
	if (ours != NULL)
		return (ours);
	fu_nearest_start(&nearest, name);
	for (int i = 0; i < FU_FACT_N; i++)
		fu_nearest_try(&nearest, fu_fact_defs[i].name);
	for (size_t i = 0; fu_context_names[i] != NULL; i++)
		fu_nearest_try(&nearest, fu_context_names[i]);
	return (nearest.word);
}

/* A fact that nobody needs to have. */
static bool
fact_lacks(const struct text *t, int fact)
{
	switch (fact) {
	case FU_FACT_EMAIL:
		return (!t->use->channel[FU_CH_EMAIL]);
	case FU_FACT_SOURCE:	/* without one the gate holds */
	case FU_FACT_SENIORITY:
	case FU_FACT_SCORED_BEFORE:
	case FU_FACT_DAYS_SILENT:
		return (false);
	case FU_FACT_COMPETITOR:
		return (true);
	}
	/* What is folded from events is a number, 0 for none. */
	return (fact <= FU_FACT_BAND || fact >= FU_FACT_DAYS_SINCE_SEEN);
}

/* A document that the message may bring, and that lacks the member. */
static const struct fu_document *
document_lacks(const struct text *t, bool deadline)
{
	for (size_t i = 0; i < t->l->ndocument; i++) {
		const struct fu_document *d = &t->l->document[i];

		if (d->kind != NULL && fu_list_has(&t->use->kinds, d->kind) &&
		    fu_lint_current(t->l, d) && (deadline ?
		    d->deadline == FU_NO_DAY : fu_blank(d->url)))
			return (d);
	}
	return (NULL);
}

/* Why a name of ours may have no value; NULL: it always has one. */
static const char *
lacks(const struct text *t, const char *name)
{
	const struct fu_config		*c = &t->l->config;
	const struct fu_document	*d = NULL;
	int				 fact = fu_fact_find(name);

	if (fact != -1)
		return (fact_lacks(t, fact) ? "may have no value" : NULL);
	if (strncmp(name, "insight", 7) == 0) {
		if (t->use->bare)
			return ("has no value at a step without an insight");
		if (strcmp(name, "insight.url") == 0)
			d = document_lacks(t, false);
		else if (strcmp(name, "insight.deadline") == 0)
			d = document_lacks(t, true);
		return (d == NULL ? NULL : fu_printf(t->l->arena, "has no "
		    "value when it is %s", d->file));
	}
	if (strcmp(name, "company_name") == 0)
		return (fu_blank(c->company.name) ? "is not in fu.yaml" : NULL);
	if (strcmp(name, "links.book") == 0)
		return (fu_blank(c->booking_url) ? "has no value without "
		    "booking: in fu.yaml" : NULL);
	if (strcmp(name, "links.chat") == 0)
		return (fu_blank(c->company.site) && fu_blank(c->company.web) ?
		    "has no value without company.site in fu.yaml" : NULL);
	if (strcmp(name, "links.unsubscribe") == 0)
		return (fu_blank(c->company.web) ? "has no value without "
		    "company.web in fu.yaml" : NULL);
	for (size_t i = 0; i < c->nsender; i++)
		if ((strcmp(name, "sender.title") == 0 &&
		    fu_blank(c->sender[i].title)) ||
		    (strcmp(name, "sender.phone") == 0 &&
		    fu_blank(c->sender[i].phone)))
			return (fu_printf(t->l->arena, "has no value for %s",
			    c->sender[i].key));
	if (strncmp(name, "sender", 6) == 0 || strcmp(name, "links") == 0)
		return (NULL);
	return ("may have no value");
}

/* {{title}} between {{#insight}} and {{/insight}} is its title; or NULL. */
static const char *
whole_name(struct text *t, const struct fu_template_name *n)
{
	const char	*ours = n->within == NULL ? NULL : our_name(fu_printf(
	    t->l->arena, "%s.%s", n->within, n->name));

	return (ours != NULL ? ours : our_name(n->name));
}

/* A link that says who follows it tells more than that it was followed. */
static void
check_link(struct text *t, const struct fu_template_name *n, const char *name)
{
	static const char *const same[] = { "insight.url", "company_name",
		"insight", "links", "sender" };
	struct fu_where	 where = in_file(t, n->line, n->col);

	for (size_t i = 0; i < sizeof(same) / sizeof(*same); i++)
		if (strcmp(name, same[i]) == 0)
			return;
	if (strncmp(name, "links.", 6) == 0 || strncmp(name, "sender.", 7) == 0)
		return;
	fu_lint_say(t->l, &where, false, "GD-14", "{{%s}} stands in the "
	    "address of a link, which then tells who follows it: take it out",
	    n->name);
}

static void
check_name(struct text *t, const struct fu_template_name *n)
{
	struct fu_where	 where = in_file(t, n->line, n->col);
	const char	*name = n->name, *ours, *why;

	if (strcmp(name, ".") == 0)
		return;
	if (n->partial) {
		if (strcmp(name, "footer") != 0)
			fu_lint_say(t->l, &where, false, "tag", "there is no "
			    "{{> %s}}: the footer alone is put in", name);
		return;
	}
	ours = whole_name(t, n);
	if (ours == NULL && (ours = meant(t, name)) != NULL) {
		fu_lint_say(t->l, &where, false, "tag", "{{%s}} is no tag of "
		    "ours: write {{%s}}", name, ours);
		return;
	}
	if (ours == NULL) {
		t->l->column = fu_grow(t->l->arena, t->l->column,
		    t->l->ncolumn, &t->l->column_cap, sizeof(*t->l->column));
		t->l->column[t->l->ncolumn++] = (struct fu_lint_column){
			.name = name, .where = where, .tag = true,
			.soft = n->fallback || n->section || n->guarded };
		return;
	}
	if (n->section || n->fallback ||
	    (n->guarded && strchr(name, '.') == NULL) ||
	    (why = lacks(t, ours)) == NULL)
		return;
	fu_lint_say(t->l, &where, true, "fallback", "{{%s}} %s, and the "
	    "message is then held as missing_value: write "
	    "{{%s | default: \"…\"}}", name, why, name);
}

static void
check_text(struct fu_linting *l, const struct fu_message *m,
    const struct fu_lint_use *use, const char *text, struct fu_where where,
    bool body)
{
	struct text		 t = { .l = l, .m = m, .use = use,
		.text = text, .where = where, .body = body };
	struct fu_template_name	*name;
	struct fu_template	*template;
	struct fu_foreign	 foreign;
	struct fu_err		 err;
	size_t			 n, at = 0;
	char			*rest;
	bool			*link;

	if (text == NULL)
		return;
	t.where.file = m->file;
	/* Without what is not ours the rest may parse, and be looked at. */
	rest = fu_dup(l->arena, text);
	while (fu_foreign_next(text, at, &foreign)) {
		say_foreign(&t, &foreign);
		at = foreign.at + foreign.len;
		for (size_t i = foreign.at; i < at; i++)
			rest[i] = rest[i] == '\n' ? '\n' : ' ';
	}
	template = fu_template_parse(l->arena, rest, m->file, where.line,
	    &err);
	if (template == NULL)
		return;
	name = fu_template_names(template, l->arena, &n);
	link = fu_alloc_array(l->arena, n + 1, sizeof(*link));
	if (body)
		fu_lint_links(rest, where.line, name, n, link);
	for (size_t i = 0; i < n; i++) {
		const char	*ours = whole_name(&t, &name[i]);

		check_name(&t, &name[i]);
		if (link[i])
			check_link(&t, &name[i], ours != NULL ? ours :
			    name[i].name);
	}
}

void
fu_lint_tags(struct fu_linting *l, const struct fu_message *m,
    const struct fu_lint_use *use)
{
	struct fu_where	 body = { m->file, m->body_line, 1 };

	check_text(l, m, use, m->subject, m->subject_where, false);
	for (size_t i = 0; i < m->nvariant; i++)
		check_text(l, m, use, m->variant[i].subject,
		    m->variant[i].where, false);
	check_text(l, m, use, m->body, body, true);
}
