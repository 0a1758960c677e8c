/*
 * Questions that the chat had no answer to, those in much the same words
 * together.
 *
 * Must never keep whose a question was, but for counting people.
 */
#include <stdlib.h>
#include <string.h>

#include "content/chat_words.h"
#include "content/terms.h"
#include "flow/measures_room.h"
#include "record/json.h"
#include "store/events.h"

#define GROUPS_MAX	500	/* more are counted with nobody's words */
#define SHOWN_MAX	50
#define ALIKE		0.5	/* words in common, of all that either has */
#define TEXT_MAX	160

struct group {
	char			*text;
	struct fu_term_run	 words;
	int64_t			 n, people, last;	/* last: whose */
};

struct fu_questions {
	struct fu_terms	*terms;
	struct group	 group[GROUPS_MAX];
	size_t		 ngroup;
	int64_t		 since_us, until_us;
};

struct fu_questions *
fu_questions_new(int64_t since_us, int64_t until_us)
{
	struct fu_questions	*q = calloc(1, sizeof(*q));

	if (q == NULL)
		fu_oom();
	q->terms = fu_terms_new();
	q->since_us = since_us;
	q->until_us = until_us;
	return (q);
}

void
fu_questions_free(struct fu_questions *q)
{
	if (q == NULL)
		return;
	for (size_t i = 0; i < q->ngroup; i++) {
		free(q->group[i].text);
		fu_term_run_free(&q->group[i].words);
	}
	fu_terms_free(q->terms);
	free(q);
}

/* Both in order of number, each once. */
static double
alike(const struct fu_term_run *a, const struct fu_term_run *b)
{
	size_t	 i = 0, k = 0, common = 0;

	while (i < a->n && k < b->n) {
		if (a->term[i] == b->term[k]) {
			common++;
			i++;
			k++;
		} else if (a->term[i] < b->term[k])
			i++;
		else
			k++;
	}
	return (a->n + b->n == common ? 1 : (double)common /
	    (double)(a->n + b->n - common));
}

static struct group *
group_of(struct fu_questions *q, const char *text)
{
	struct fu_term_run	 words = { 0 };
	struct fu_str		 s = fu_str_of(text);
	struct group		*best = NULL;
	double			 most = ALIKE, x;

	fu_terms_read(q->terms, s, fu_terms_guess(q->terms, s), &words);
	fu_term_run_once(&words);
	for (size_t i = 0; i < q->ngroup; i++) {
		x = alike(&q->group[i].words, &words);
		if (x > most || (x == most && best == NULL)) {
			most = x;
			best = &q->group[i];
		}
	}
	if (best != NULL || q->ngroup == GROUPS_MAX) {
		fu_term_run_free(&words);
		return (best);
	}
	best = &q->group[q->ngroup++];
	if ((best->text = strndup(text, fu_utf8_cut(text, s.len < TEXT_MAX ?
	    s.len : TEXT_MAX))) == NULL)
		fu_oom();
	best->words = words;
	return (best);
}

static bool
says_unknown(const struct fu_object *body, struct fu_arena *arena)
{
	const struct fu_json	*said = fu_json_get(body, "said");
	struct fu_json		*item;
	size_t			 n;

	if (said == NULL || said->type != FU_JSON_ARRAY)
		return (false);
	item = fu_json_items(arena, said, &n);
	for (size_t i = 0; i < n; i++)
		if (fu_streq(fu_json_text(arena, &item[i]),
		    fu_chat_part_name(FU_SAY_UNKNOWN)))
			return (true);
	return (false);
}

int
fu_questions_see(struct fu_questions *q, struct fu_session *s,
    int64_t prospect, struct fu_arena *arena, struct fu_err *err)
{
	struct fu_event		*e;
	struct fu_object	 body;
	const char		*text = NULL, *own;
	struct group		*g;
	size_t			 n;

	if (fu_events_load(&s->store, prospect, arena, &e, &n, err) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++) {
		if ((e[i].kind != FU_K_CHAT && e[i].kind != FU_K_REPLY) ||
		    e[i].body == NULL || fu_json_object(arena,
		    fu_str_of(e[i].body), &body, NULL) == -1)
			continue;
		if (e[i].from != FU_FROM_BOT) {
			own = fu_json_text(arena, fu_json_get(&body,
			    "question"));
			text = fu_blank(own) ? e[i].text : own;
			continue;
		}
		if (fu_blank(text) || e[i].at_us < q->since_us ||
		    e[i].at_us >= q->until_us || e[i].at_us >
		    fu_session_now(s) || !says_unknown(&body, arena) ||
		    (g = group_of(q, text)) == NULL)
			continue;
		g->n++;
		g->people += g->last != prospect;
		g->last = prospect;
		text = NULL;
	}
	return (0);
}

static int
by_number(const void *va, const void *vb)
{
	const struct group	*a = va, *b = vb;

	if (a->n != b->n)
		return (a->n > b->n ? -1 : 1);
	return (strcmp(a->text, b->text));
}

void
fu_questions_figures(struct fu_questions *q, struct fu_arena *arena,
    struct fu_figure **figures, size_t *n)
{
	qsort(q->group, q->ngroup, sizeof(*q->group), by_number);
	*n = q->ngroup < SHOWN_MAX ? q->ngroup : SHOWN_MAX;
	*figures = fu_alloc_array(arena, *n + 1, sizeof(**figures));
	for (size_t i = 0; i < *n; i++)
		(*figures)[i] = (struct fu_figure){
			.measure = FU_M_UNANSWERED, .kind = FU_MK_COUNT,
			.n = q->group[i].n,
			.of = q->group[i].people,
			.text = fu_dup(arena, q->group[i].text) };
}
