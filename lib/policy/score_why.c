/*
 * What a rule saw, in words.  Never decides: the points are score.c's.
 */
#include <string.h>

#include "policy/score_why.h"

#define FACTS_TOLD	3	/* a longer list is no reason */
#define SUBJECT_MAX	48

/* One and many of each kind. */
static const struct {
	enum fu_kind	 kind;
	const char	*one, *many;
} nouns[] = {
	{ FU_K_VISIT, "page visit", "page visits" },
	{ FU_K_FORM, "form", "forms" },
	{ FU_K_CHAT, "chat message", "chat messages" },
	{ FU_K_MESSAGE, "message", "messages" },
	{ FU_K_REPLY, "reply", "replies" },
	{ FU_K_AUTO_REPLY, "automatic reply", "automatic replies" },
	{ FU_K_DELIVERY, "delivery", "deliveries" },
	{ FU_K_STOP, "STOP", "STOPs" },
	{ FU_K_JOB_POSTING, "job posting", "job postings" },
	{ FU_K_WON, "deal won", "deals won" },
	{ FU_K_LOST, "deal lost", "deals lost" },
	{ FU_K_STAGE, "change of stage", "changes of stage" },
	{ FU_K_TASK_DONE, "task done", "tasks done" },
};

static const char *const levels[] = {
	"no title that says a level", "title shows staff",
	"title shows a senior", "title shows a manager or head",
	"title shows a director", "title shows a VP",
	"title shows C-level, an owner or a founder"
};

/* Underscores as blanks. */
static const char *
spaced(struct fu_arena *arena, const char *s)
{
	char *copy = fu_dup(arena, s), *p;

	for (p = copy; *p != '\0'; p++)
		if (*p == '_')
			*p = ' ';
	return (copy);
}

/* What a rule's only glob is about: the word in the star-bound "*pricing*". */
static const char *
subject(struct fu_arena *arena, const struct fu_rule *r)
{
	const char *g, *word;
	size_t len;

	if (r->globs.n != 1)
		return (NULL);
	g = r->globs.item[0];
	word = g + strspn(g, "*/");
	len = strcspn(word, "*?/.");
	if (len == 0 || len > SUBJECT_MAX || word[len + strspn(word + len,
	    "*/")] != '\0')
		return (NULL);
	return (fu_dup_str(arena, (struct fu_str){ word, len }));
}

const char *
fu_why_events(struct fu_arena *arena, const struct fu_rule *r, int64_t count,
    int64_t first_us, int64_t now_us)
{
	const char *one = NULL, *many = NULL, *about, *noun;
	enum fu_kind kind = fu_kind_find(r->event);
	int64_t days;
	size_t i;

	if (r->why != NULL)
		return (r->why);
	for (i = 0; i < sizeof(nouns) / sizeof(nouns[0]); i++)
		if (nouns[i].kind == kind) {
			one = nouns[i].one;
			many = nouns[i].many;
		}
	if (one == NULL) {
		one = spaced(arena, r->event);
		many = fu_printf(arena, "%s%s", one,
		    one[0] != '\0' && one[strlen(one) - 1] == 's' ? "" : "s");
	}
	noun = count == 1 ? one : many;
	if ((about = subject(arena, r)) != NULL)
		noun = fu_printf(arena, "%s %s", about, noun);
	if (r->window_us >= FU_DAY)
		days = r->window_us / FU_DAY;
	else
		days = (now_us - first_us + FU_DAY - 1) / FU_DAY;
	if (r->window_us > 0 && r->window_us < FU_DAY)
		return (fu_printf(arena, "%lld %s in %lld hours",
		    (long long)count, noun,
		    (long long)((r->window_us + FU_HOUR - 1) / FU_HOUR)));
	if (days <= 1)
		return (fu_printf(arena, "%lld %s in a day", (long long)count,
		    noun));
	return (fu_printf(arena, "%lld %s in %lld days", (long long)count, noun,
	    (long long)days));
}

static const char *
fact_words(struct fu_arena *arena, const struct fu_facts *f, int fact)
{
	const struct fu_value *v = &f->v[fact];
	const char *name;

	if (fact == FU_FACT_SENIORITY && v->type == FU_V_INT && v->i >= 0 &&
	    v->i < (int64_t)(sizeof(levels) / sizeof(levels[0])))
		return (levels[v->i]);
	if (fact == FU_FACT_TIMELINE_DAYS && v->type == FU_V_INT)
		return (fu_printf(arena, "timeline %s, %lld days",
		    f->subject->person->f[FU_F_TIMELINE], (long long)v->i));
	if (fact == FU_FACT_CONTACT_SHARED && v->type == FU_V_INT)
		return (v->i ? "shared an address or number of theirs" :
		    "has shared no address or number");
	name = spaced(arena, fu_fact_defs[fact].name);
	switch (v->type) {
	case FU_V_INT:
		return (fu_printf(arena, "%s %lld", name, (long long)v->i));
	case FU_V_REAL:
		return (fu_printf(arena, "%s %.15g", name, v->r));
	case FU_V_TEXT:
		return (fu_printf(arena, "%s %s", name, v->s));
	default:
		return (fu_printf(arena, "no %s", name));
	}
}

const char *
fu_why_field(struct fu_arena *arena, const struct fu_rule *r,
    const struct fu_facts *f, uint64_t mask)
{
	const char *why = NULL, *words;

	if (r->why != NULL)
		return (r->why);
	if (mask == 0 || __builtin_popcountll(mask) > FACTS_TOLD)
		return (r->when.sql != NULL ? r->when.sql : "always");
	for (; mask != 0; mask &= mask - 1) {
		words = fact_words(arena, f, __builtin_ctzll(mask));
		why = why == NULL ? words : fu_printf(arena, "%s, %s", why,
		    words);
	}
	return (why);
}
