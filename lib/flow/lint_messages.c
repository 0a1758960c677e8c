/*
 * messages/: subjects that pretend, phrases that say nothing or press without
 * a date, promotion where none may be, and what nobody says.
 *
 * Must never hold a list of words: those are dated files in rules/.
 */
#include <string.h>

#include "content/noise.h"
#include "content/render.h"
#include "content/subject.h"
#include "flow/lint_room.h"

/*
 * The line of ${text}, whose first is ${line}, on which a phrase that stands
 * in it is complete.
 */
static int
line_of(struct fu_arena *arena, const char *text, const char *phrase, int line)
{
	struct fu_list	 one = { &phrase, 1 };
	const char	*end = text;

	while ((end = strchr(end, '\n')) != NULL) {
		if (fu_noise_find(&one, fu_dup_str(arena, (struct fu_str){
		    text, (size_t)(end - text) })) != NULL)
			break;
		end++;
		line++;
	}
	return (line);
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
		if (body) {
			at.line = line_of(l->arena, text, one.item[0],
			    where->line);
			at.col = 0;
		}
		fu_lint_say(l, &at, warning, rule, "\"%s\" %s", one.item[0],
		    what);
	}
}

/* In every subject, and the body. */
static void
find_all(struct fu_linting *l, const struct fu_message *m,
    const struct fu_list *phrases, bool warning, const char *rule,
    const char *what)
{
	struct fu_where	 body = { m->file, m->body_line, 0 };

	if (m->subject != NULL)
		find_phrases(l, m->subject, &m->subject_where, false, phrases,
		    warning, rule, what);
	for (size_t i = 0; i < m->nvariant; i++)
		if (m->variant[i].subject != NULL)
			find_phrases(l, m->variant[i].subject,
			    &m->variant[i].where, false, phrases, warning,
			    rule, what);
	find_phrases(l, m->body, &body, true, phrases, warning, rule, what);
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

/* Has everything that this message can bring a last day? */
static bool
has_deadline(struct fu_linting *l, const struct fu_message *m,
    const struct fu_lint_use *use)
{
	bool	 any = false;

	if (use->steps == 0)
		return (strstr(m->body, "insight.deadline") != NULL);
	if (use->bare)
		return (false);
	for (size_t i = 0; i < l->ndocument; i++) {
		const struct fu_document *d = &l->document[i];

		if (d->kind == NULL || !fu_list_has(&use->kinds, d->kind) ||
		    !fu_lint_current(l, d))
			continue;
		if (d->deadline == FU_NO_DAY)
			return (false);
		any = true;
	}
	return (any);
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
		find_all(l, m, &l->noise, false, "P1.5", "says nothing: a "
		    "message with it does not leave");
		if (!has_deadline(l, m, &use))
			find_all(l, m, &l->urgency, true, "CS-07", "presses "
			    "with a date that nothing here has: bring an "
			    "offer or event that has a deadline");
		fu_lint_tags(l, m, &use);
		fu_lint_trial(l, m, &use);
	}
}
