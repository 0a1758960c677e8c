/*
 * The choice of an insight.
 *
 * Must never offer what a person has had, what is past its date, or what
 * speaks to another industry.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "content/insight.h"
#include "content/markdown.h"
#include "content/standalone.h"

/* "de-AT" and "de" are one language here. */
static bool
same_language(const char *a, const char *b)
{
	size_t la = strcspn(a, "-_"), lb = strcspn(b, "-_");

	return (la == lb && strncasecmp(a, b, la) == 0);
}

static bool
sized(const struct fu_document *d)
{
	return (d->size_min > 0 || d->size_max != INT_MAX);
}

static bool
eligible(const struct fu_document *d, const struct fu_insight_query *q)
{
	if (q->kinds != NULL && q->kinds->n > 0 &&
	    (d->kind == NULL || !fu_list_has(q->kinds, d->kind)))
		return (false);
	if (q->shown != NULL && fu_list_has(q->shown, d->path))
		return (false);
	if ((d->expires != FU_NO_DAY && d->expires < q->today) ||
	    (d->deadline != FU_NO_DAY && d->deadline < q->today))
		return (false);
	if (d->language != NULL && q->language != NULL &&
	    !same_language(d->language, q->language))
		return (false);
	if (d->industry.n > 0 && (q->industry == NULL ||
	    !fu_list_has(&d->industry, q->industry)))
		return (false);
	if (sized(d) && q->company_size > 0 &&
	    (q->company_size < d->size_min || q->company_size > d->size_max))
		return (false);
	return (true);
}

/* Does it answer one of the objections that they have? */
static bool
answers(const struct fu_document *d, unsigned objections)
{
	for (size_t i = 0; fu_document_objections[i] != NULL; i++)
		if ((objections >> i & 1) != 0 &&
		    fu_list_has(&d->objection, fu_document_objections[i]))
			return (true);
	return (false);
}

static const struct {
	enum fu_insight_for	 bit;
	int			 points;
	const char		*name;
} reasons[] = {
	{ FU_FOR_OBJECTION, 16, "their objection" },
	{ FU_FOR_WORDS, 0, "their words" },
	{ FU_FOR_COMPETITOR, 8, "the competitor that they named" },
	{ FU_FOR_INDUSTRY, 4, "their industry" },
	{ FU_FOR_SIZE, 1, "their size" },
};
#define NREASONS (sizeof(reasons) / sizeof(reasons[0]))
#define WORDS_POINTS	12

static struct fu_insight_fit
fitness(const struct fu_document *document, size_t at,
    const struct fu_insight_query *q)
{
	const struct fu_document *d = &document[at];
	struct fu_insight_fit fit = { .document = at };

	if (answers(d, q->objections))
		fit.why |= FU_FOR_OBJECTION;
	if (q->competitor != NULL && fu_list_has(&d->competitor, q->competitor))
		fit.why |= FU_FOR_COMPETITOR;
	if (d->industry.n > 0)
		fit.why |= FU_FOR_INDUSTRY;
	if (sized(d) && q->company_size > 0)
		fit.why |= FU_FOR_SIZE;
	if (q->nearness != NULL)
		fit.points = (int)(WORDS_POINTS * q->nearness[at] + 0.5F);
	if (fit.points > 0)
		fit.why |= FU_FOR_WORDS;
	for (size_t i = 0; i < NREASONS; i++)
		if ((fit.why & reasons[i].bit) != 0)
			fit.points += reasons[i].points;
	return (fit);
}

/* For qsort_r: the fittest first; of equals the one that ends first, then the
 * newest, then by path. */
static int
by_fitness(const void *va, const void *vb, void *ctx)
{
	const struct fu_insight_fit *fa = va, *fb = vb;
	const struct fu_document *document = ctx;
	const struct fu_document *a = &document[fa->document];
	const struct fu_document *b = &document[fb->document];
	int32_t end_a = a->deadline == FU_NO_DAY ? INT32_MAX : a->deadline;
	int32_t end_b = b->deadline == FU_NO_DAY ? INT32_MAX : b->deadline;

	if (fa->points != fb->points)
		return (fa->points > fb->points ? -1 : 1);
	if (end_a != end_b)
		return (end_a < end_b ? -1 : 1);
	if (a->published != b->published)
		return (a->published > b->published ? -1 : 1);
	return (strcmp(a->path, b->path));
}

struct fu_insight_query
fu_insight_query_of(const struct fu_person *person,
    const struct fu_facts *facts, const struct fu_list *kinds, int32_t today)
{
	const char *const *f = person->f;
	struct fu_insight_query q = {
		.kinds = kinds,
		.competitor = facts->v[FU_FACT_COMPETITOR].type == FU_V_TEXT
				  ? facts->v[FU_FACT_COMPETITOR].s
				  : NULL,
		.industry = f[FU_F_INDUSTRY],
		.today = today,
	};
	struct fu_value size;

	for (size_t i = 0; fu_document_objections[i] != NULL; i++)
		if (fu_facts_objects(facts, fu_document_objections[i]))
			q.objections |= 1u << i;
	if (f[FU_F_COMPANY_SIZE] != NULL &&
	    fu_number_parse(fu_str_of(f[FU_F_COMPANY_SIZE]), &size) &&
	    size.type == FU_V_INT && size.i > 0 && size.i < INT32_MAX)
		q.company_size = (int)size.i;
	return (q);
}

size_t
fu_insight_rank(const struct fu_document *document, size_t n,
    const struct fu_insight_query *query, struct fu_arena *arena,
    struct fu_insight_fit **fit)
{
	size_t found = 0;

	*fit = fu_alloc_array(arena, n + 1, sizeof(**fit));
	for (size_t i = 0; i < n; i++)
		if (eligible(&document[i], query))
			(*fit)[found++] = fitness(document, i, query);
	if (found > 1)
		qsort_r(*fit, found, sizeof(**fit), by_fitness,
		    (void *)document);
	return (found);
}

const char *
fu_insight_why(unsigned why, struct fu_arena *arena)
{
	struct fu_buf buf;
	const char *text;

	fu_buf_init(&buf);
	for (size_t i = 0; i < NREASONS; i++)
		if ((why & reasons[i].bit) != 0)
			fu_buf_printf(&buf, "%s%s", buf.len > 0 ? ", " : "",
			    reasons[i].name);
	text = buf.len > 0 ? fu_dup_buf(arena, &buf) : "";
	fu_buf_free(&buf);
	return (text);
}

const char *
fu_insight_text(const struct fu_document *document, struct fu_arena *arena)
{
	struct fu_buf buf;
	const char *text;

	if (!fu_blank(document->summary))
		return (document->summary);
	fu_buf_init(&buf);
	fu_markdown_text(fu_str_of(document->body), 0, &buf);
	text = fu_standalone(fu_buf_view(&buf), arena);
	fu_buf_free(&buf);
	return (text);
}
