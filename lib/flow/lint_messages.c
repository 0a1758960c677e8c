/*
 * messages/: subjects that pretend, phrases that say nothing or press without
 * a date, promotion where none may be, HTML, and what nobody says.
 *
 * Must never hold a list of words: those are dated files in rules/.
 */
#include <ctype.h>
#include <string.h>

#include "content/markdown.h"
#include "content/noise.h"
#include "content/render.h"
#include "content/subject.h"
#include "flow/lint_room.h"

#define TAG_BYTES_MAX 60 /* of a tag, in a finding */

static bool
stands_in(struct fu_arena *arena, const char *phrase, const char *from,
    const char *to)
{
	struct fu_list	 one = { &phrase, 1 };

	return (fu_noise_find(&one, fu_dup_str(arena, (struct fu_str){ from,
	    (size_t)(to - from) })) != NULL);
}

/* Does a word end here, or begin behind?  Bytes above ASCII are letters, and
 * an apostrophe is nothing, as content/noise has it. */
static bool
is_gap(char c)
{
	return ((unsigned char)c < 0x80 && !isalnum((unsigned char)c) &&
	    c != '\'');
}

/*
 * Where a phrase that stands in ${text} begins, whose first character is at
 * ${where}: the shortest text from its beginning that has it says where it
 * ends, the shortest that ends there where it begins.  Both are halved for,
 * gap by gap: a word that is cut in two would be another word.
 */
static struct fu_where
place_of(struct fu_arena *arena, const char *text, const char *phrase,
    struct fu_where where)
{
	const char	**gap;
	size_t		 n = 0, cap = strlen(text), low, high, middle, end;

	gap = fu_alloc_array(arena, cap + 2, sizeof(*gap));
	for (size_t i = 0; i < cap; i++)
		if (i == 0 || is_gap(text[i]))
			gap[n++] = text + i;
	gap[n] = text + cap;
	for (low = 0, high = n; low < high;) {
		middle = low + (high - low) / 2;
		if (stands_in(arena, phrase, text, gap[middle]))
			high = middle;
		else
			low = middle + 1;
	}
	end = low;
	for (low = 0, high = end; high - low > 1;) {
		middle = low + (high - low) / 2;
		if (stands_in(arena, phrase, gap[middle], gap[end]))
			low = middle;
		else
			high = middle;
	}
	while (gap[low] < gap[end] && is_gap(*gap[low]))
		gap[low]++;
	where.col = 1;
	for (const char *p = text; p < gap[low]; p++)
		if (*p == '\n') {
			where.line++;
			where.col = 1;
		} else
			where.col += ((unsigned char)*p & 0xc0) != 0x80;
	return (where);
}

/* Each phrase of a list that stands in a text, with what is wrong with it. */
static void
find_phrases(struct fu_linting *l, const char *text,
    const struct fu_where *where, bool body, const struct fu_list *phrases,
    bool warning, const char *rule, const char *what)
{
	for (size_t i = 0; i < phrases->n; i++) {
		struct fu_list	 one = { &phrases->item[i], 1 };
		struct fu_where	 at = *where;

		if (fu_noise_find(&one, text) == NULL)
			continue;
		if (body)
			at = place_of(l->arena, text, one.item[0], *where);
		fu_lint_say(l, &at, warning, rule, "\"%s\" %s", one.item[0],
		    what);
	}
}

static void
find_subjects(struct fu_linting *l, const struct fu_message *m,
    const struct fu_list *phrases, bool warning, const char *rule,
    const char *what)
{
	if (m->subject != NULL)
		find_phrases(l, m->subject, &m->subject_where, false, phrases,
		    warning, rule, what);
	for (size_t i = 0; i < m->nvariant; i++)
		if (m->variant[i].subject != NULL)
			find_phrases(l, m->variant[i].subject,
			    &m->variant[i].where, false, phrases, warning,
			    rule, what);
}

static void
find_body(struct fu_linting *l, const struct fu_message *m,
    const struct fu_list *phrases, bool warning, const char *rule,
    const char *what)
{
	struct fu_where	 body = { m->file, m->body_line, 0 };

	find_phrases(l, m->body, &body, true, phrases, warning, rule, what);
}

/* In every subject, and the body. */
static void
find_all(struct fu_linting *l, const struct fu_message *m,
    const struct fu_list *phrases, bool warning, const char *rule,
    const char *what)
{
	find_subjects(l, m, phrases, warning, rule, what);
	find_body(l, m, phrases, warning, rule, what);
}

static void
check_subject(struct fu_linting *l, const char *subject,
    const struct fu_where *where)
{
	if (subject != NULL && fu_subject_answers(subject))
		fu_lint_say(l, where, false, "CS-07", "this subject says that "
		    "it answers or forwards something: thread: continue adds "
		    "\"Re:\" where that is true");
}

/* How much of what a message can bring has a last day. */
enum dated { D_NONE, D_SOME, D_ALL };

static enum dated
how_dated(struct fu_linting *l, const struct fu_message *m,
    const struct fu_lint_use *use)
{
	bool	 with = false, without = use->bare;

	if (use->steps == 0)
		return (strstr(m->body, "insight.deadline") != NULL ? D_ALL :
		    D_SOME);
	for (size_t i = 0; i < l->ndocument; i++) {
		const struct fu_document *d = &l->document[i];

		if (d->kind == NULL || !fu_list_has(&use->kinds, d->kind) ||
		    !fu_lint_current(l, d))
			continue;
		if (d->deadline == FU_NO_DAY)
			without = true;
		else
			with = true;
	}
	return (!with ? D_NONE : without ? D_SOME : D_ALL);
}

/* Dates that press where there is none.  A mail whose subject does never
 * leaves, unless it goes by the subject of the one that it continues. */
static void
check_urgency(struct fu_linting *l, const struct fu_message *m,
    const struct fu_lint_use *use)
{
	static const char what[] = "presses with a date that nothing here "
	    "has: bring an offer or event that has a deadline";
	enum dated	 dated = how_dated(l, m, use);

	if (dated == D_ALL)
		return;
	if (dated == D_NONE && use->channel[FU_CH_EMAIL] &&
	    !m->thread_continue && !l->unsure)
		find_subjects(l, m, &l->urgency, false, "CS-07", "presses "
		    "with a date that nothing here has, so this mail never "
		    "leaves: bring an offer or event that has a deadline");
	else
		find_subjects(l, m, &l->urgency, true, "CS-07", what);
	find_body(l, m, &l->urgency, true, "CS-07", what);
}

static void
check_class(struct fu_linting *l, const struct fu_message *m,
    const struct fu_lint_use *use)
{
	struct fu_where	 where = { m->file, 0, 0 };

	if (!m->transactional)
		return;
	if (use->insight || strstr(m->body, "insight.") != NULL)
		fu_lint_say(l, &where, false, "CS-11", "a message of class: "
		    "transactional brings an insight: that is promotion, take "
		    "the class away or the insight");
	find_all(l, m, &l->promotion, false, "CS-11", "is promotion: a "
	    "message of class: transactional holds none");
}

static void
check_use(struct fu_linting *l, const struct fu_message *m,
    const struct fu_lint_use *use)
{
	struct fu_where	 where = { m->file, 0, 0 };

	if (use->steps == 0 && !l->unsure)
		fu_lint_say(l, &where, true, "unused", "no step of a cadence "
		    "says this message");
}

struct raw {
	struct fu_linting	*l;
	const struct fu_message	*m;
};

static void
tell_raw(void *ctx, int line, int col, struct fu_str tag, bool block)
{
	struct raw		*raw = ctx;
	const struct fu_message	*m = raw->m;
	const char		*p = m->body;
	struct fu_where		 where = { m->file, m->body_line + line - 1,
	    1 };

	/* Its end says nothing that its beginning did not. */
	if (fu_str_starts(tag, "</"))
		return;
	for (int i = 1; i < line && p != NULL; i++)
		p = (p = strchr(p, '\n')) == NULL ? NULL : p + 1;
	for (int i = 0; p != NULL && p[i] != '\0' && i < col - 1; i++)
		where.col += ((unsigned char)p[i] & 0xc0) != 0x80;
	fu_lint_say(raw->l, &where, true, "html", "\"%.*s\" is HTML, which no "
	    "message has: %s; write it as Markdown", (int)(tag.len <=
	    TAG_BYTES_MAX ? tag.len : fu_utf8_cut(tag.ptr, TAG_BYTES_MAX)),
	    tag.ptr, block ? "it is left out with all down to "
	    "the next empty line" : "it is left out, the words around it "
	    "stay");
}

void
fu_lint_messages(struct fu_linting *l)
{
	struct fu_lint_use	 use;

	fu_lint_lines(l, "noise.txt", &l->noise);
	fu_lint_lines(l, "urgency.txt", &l->urgency);
	fu_lint_lines(l, "promotion.txt", &l->promotion);
	fu_lint_lines(l, "merge-tags.txt", &l->merge_tags);
	for (size_t i = 0; i < l->nmessage; i++) {
		const struct fu_message *m = &l->message[i];

		fu_lint_use(l, m, &use);
		check_use(l, m, &use);
		check_subject(l, m->subject, &m->subject_where);
		for (size_t k = 0; k < m->nvariant; k++)
			check_subject(l, m->variant[k].subject,
			    &m->variant[k].where);
		check_class(l, m, &use);
		fu_markdown_raw(fu_str_of(m->body), tell_raw,
		    &(struct raw){ l, m });
		find_all(l, m, &l->noise, false, "P1.5", "says nothing: a "
		    "message with it does not leave");
		check_urgency(l, m, &use);
		fu_lint_tags(l, m, &use);
		fu_lint_trial(l, m, &use);
	}
}
