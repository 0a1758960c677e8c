/*
 * The choice of an insight.
 *
 * Must never offer what a person has had, what is past its date, or what
 * speaks to another industry.
 */
#include <limits.h>
#include <string.h>
#include <strings.h>

#include "content/insight.h"
#include "content/markdown.h"

#define TEXT_SENTENCES	2
#define TEXT_MAX	400	/* bytes: an insight is a remark, not an essay */

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

/* What they said outweighs who they are: an objection, then a competitor;
 * industry outweighs language, language outweighs size. */
static int
fitness(const struct fu_document *d, const struct fu_insight_query *q)
{
	int fit = 0;

	if (answers(d, q->objections))
		fit += 16;
	if (q->competitor != NULL && fu_list_has(&d->competitor, q->competitor))
		fit += 8;
	if (d->industry.n > 0)
		fit += 4;
	if (d->language != NULL && q->language != NULL)
		fit += 2;
	if (sized(d) && q->company_size > 0)
		fit += 1;
	return (fit);
}

/* Of two that fit alike: the one that ends first, then by path. */
static bool
comes_first(const struct fu_document *a, const struct fu_document *b)
{
	int32_t end_a = a->deadline == FU_NO_DAY ? INT32_MAX : a->deadline;
	int32_t end_b = b->deadline == FU_NO_DAY ? INT32_MAX : b->deadline;

	if (end_a != end_b)
		return (end_a < end_b);
	return (strcmp(a->path, b->path) < 0);
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
		.language = f[FU_F_LANGUAGE],
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

const struct fu_document *
fu_insight_choose(const struct fu_document *document, size_t n,
    const struct fu_insight_query *query)
{
	const struct fu_document *best = NULL;
	int fit, best_fit = -1;
	size_t i;

	for (i = 0; i < n; i++) {
		if (!eligible(&document[i], query))
			continue;
		fit = fitness(&document[i], query);
		if (fit > best_fit || (fit == best_fit &&
		    comes_first(&document[i], best))) {
			best = &document[i];
			best_fit = fit;
		}
	}
	return (best);
}

const char *
fu_insight_text(const struct fu_document *document, struct fu_arena *arena)
{
	struct fu_buf buf;
	const char *text;

	if (!fu_blank(document->summary))
		return (document->summary);
	fu_buf_init(&buf);
	fu_markdown_first(fu_str_of(document->body), TEXT_SENTENCES, TEXT_MAX,
	    &buf);
	text = fu_dup_str(arena, fu_buf_view(&buf));
	fu_buf_free(&buf);
	return (text);
}
