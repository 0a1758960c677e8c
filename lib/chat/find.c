/*
 * Looking for what answers a turn: in what they ask, in what they asked before
 * it, and in what was cited to them last; the best of these is taken by how
 * much of the question its sentences say.
 *
 * Must never take a passage for an answer that only happens to be the nearest.
 */
#include <string.h>

#include "chat/answer.h"
#include "chat/room.h"
#include "content/answerable.h"
#include "content/passage.h"

#define UNSURE		0.58	/* below it, it is said that this is the nearest */
#define SURE		0.7	/* answerable, of what nobody asked for */
#define FEW_STRONG	2	/* words of weight; with fewer a text leans on
				 * what was said before */
#define FEW_WORDS	4	/* of a statement about one thing */
#define HITS		4	/* documents that are looked at */
#define PASSAGES_MAX	40	/* of a longer document, those about the hit */
#define ABOUT		3	/* on each side of it */
#define SOUGHT_MAX	200	/* bytes of what was asked before */
#define NEWS		20	/* documents of which the newest is told */
#define PIECES		3	/* of a text, each looked at alone */
#define PIECE_WORDS	3	/* a shorter one is no question */
#define BEFORE		0.4f	/* of the weight of what was asked before */
#define LESS		0.6f	/* and of that of what is asked now, in all */
#define NEAR		0.8	/* of the choice: how well the search finds it */
#define TITLED		0.1	/* its title says what is asked */
#define BEST_PRICE	0.8	/* how near the best page of prices is taken
				 * to be to a question of few words */
#define PRICES		0.15	/* of prices, where these are asked for */
#define PLAIN		0.3	/* of a statement, said by its answer */
#define CITED		0.25	/* and what was cited last goes on */
#define HALF		0.5	/* of what is asked, said by what was cited */

/* What may answer. */
struct candidate {
	struct fu_found			 found;
	const struct fu_weighed		*weighed;
	const char			*query;
	bool				 cited;		/* as was the last answer */
	bool				 meant;		/* the detector knows it */
	double				 worth, share;
};

struct looking {
	struct fu_chat		*chat;
	struct fu_chat_way	*w;
	const char		*text;		/* what they ask */
	struct fu_weighed	 own;		/* its parts, */
	struct fu_weighed	 both;		/* and with the question before */
	const char		*joined;	/* NULL: it stands alone */
	struct candidate	 best;
	bool			 any;
};

/* ---- one document ---- */

/* Its passages; of a long one those about the one that was found. */
static int
load_passages(struct looking *l, const struct fu_found *f,
    struct fu_chat_source *source, struct fu_err *err)
{
	struct fu_passage_row	*p = NULL;
	size_t			 n = 0, first;

	memset(source, 0, sizeof(*source));
	source->title = f->document->d.title;
	source->summary = f->document->d.summary;
	if (f->document->passages > 100 * PASSAGES_MAX) {
		source->passage = f->passage;
		source->n = 1;
		return (0);
	}
	if (fu_document_passages(&l->chat->session->store, f->document->id,
	    l->w->arena, &p, &n, err) == -1)
		return (-1);
	first = n <= PASSAGES_MAX || f->passage->chunk < ABOUT ? 0 :
	    (size_t)f->passage->chunk - ABOUT;
	if (n > PASSAGES_MAX)
		n = first + 2 * ABOUT + 1 < n ? first + 2 * ABOUT + 1 : n;
	source->passage = p + first;
	source->n = n > first ? n - first : 0;
	return (0);
}

/* Prices are where prices are asked for. */
static double
of_kind(const struct looking *l, const char *kind)
{
	return (fu_streq(kind, "pricing") && fu_signals_has(&l->w->said,
	    "pricing") ? PRICES : 0);
}

/* The share of the parts that count which a text of it says. */
static int
rate(struct looking *l, struct candidate *c, struct fu_chat_answer *answer,
    struct fu_err *err)
{
	struct fu_chat_asked	 asked = { fu_search_terms(l->chat->search),
		c->weighed, c->query, l->w->state.ours, FU_CHAT_SENTENCES,
		FU_CHAT_CHARACTERS };
	struct fu_chat_source	 source;

	if (load_passages(l, &c->found, &source, err) == -1)
		return (-1);
	fu_chat_answer(&asked, &source, l->w->arena, answer);
	c->share = answer->share;
	c->worth = NEAR * c->found.score + (1 - NEAR) * answer->share +
	    TITLED * answer->title + (c->cited ? CITED : 0) +
	    of_kind(l, c->found.document->d.kind);
	return (0);
}

static int
offer(struct looking *l, const struct fu_found *f,
    const struct fu_weighed *weighed, const char *query, bool cited,
    bool meant, struct fu_err *err)
{
	struct candidate	 c = { *f, weighed, query, cited, meant, 0, 0 };
	struct fu_chat_answer	 answer;

	if (rate(l, &c, &answer, err) == -1)
		return (-1);
	if (answer.text != NULL && (!l->any || c.worth > l->best.worth)) {
		l->best = c;
		l->any = true;
	}
	return (0);
}

/* ---- what they ask ---- */

static size_t
strong(const struct fu_weighed *w)
{
	size_t	 n = 0;

	for (size_t i = 0; i < w->n; i++)
		n += !w->part[i].weak;
	return (n);
}

/* Was that document cited to them before? */
static bool
cited(const struct fu_chat_way *w, const char *path)
{
	for (size_t i = 0; i < w->state.ncited; i++)
		if (fu_streq(w->state.cited[i], path))
			return (true);
	return (false);
}

/* "That is too expensive": a document that answers it, and was not cited to
 * them before. */
static bool
fits_objection(const struct fu_chat_way *w, const struct fu_found *f)
{
	const struct fu_list	*kind = &f->document->d.objection;

	for (size_t k = 0; k < kind->n; k++)
		if (fu_signals_has(&w->said, fu_printf(w->arena,
		    "objection:%s", kind->item[k])))
			return (!cited(w, f->document->d.path));
	return (false);
}

static int
search(struct looking *l, const char *query, size_t k, const char *of_kind,
    struct fu_found **found, size_t *n, struct fu_err *err)
{
	const char			*kind[] = { of_kind };
	const struct fu_list		 kinds = { kind, 1 };
	const struct fu_search_how	 how = { .k = k, .kinds =
		of_kind == NULL ? NULL : &kinds };

	return (fu_search_ask(l->chat->search, fu_str_of(query), &how,
	    l->w->arena, found, n, err));
}

/* What answers a question on its own. */
static int
look_alone(struct looking *l, struct fu_err *err)
{
	bool		 wanted = l->w->in.question || l->w->in.topical;
	double		 least = wanted ? FU_ANSWERABLE : SURE;
	struct fu_found	*found;
	size_t		 n;

	if (search(l, l->text, HITS, NULL, &found, &n, err) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++)
		if (found[i].answerable >= least && offer(l, &found[i],
		    &l->own, l->text, false, false, err) == -1)
			return (-1);
	/* A statement is answered by what says most of it, or not at all. */
	if (!wanted && (l->best.share < PLAIN ||
	    (strong(&l->own) < FEW_STRONG && fu_words_count(fu_str_of(
	    l->text)) > FEW_WORDS)))
		l->any = false;
	return (0);
}

static int
look_objection(struct looking *l, struct fu_err *err)
{
	struct fu_found	*found;
	size_t		 n;

	if (search(l, l->text, 40, NULL, &found, &n, err) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++)
		if (fits_objection(l->w, &found[i]))
			return (offer(l, &found[i], &l->own, l->text, false,
			    true, err));
	return (0);
}

/* "How much is it?": words that every question has, of which the detector
 * knows what they mean. */
static int
look_price(struct looking *l, struct fu_err *err)
{
	struct fu_found	*found;
	size_t		 n;

	if (search(l, fu_printf(l->w->arena, "%s price cost", l->text), 1,
	    "pricing", &found, &n, err) == -1)
		return (-1);
	if (n == 0)
		return (0);
	/* Its place among all others is not known. */
	found[0].score = BEST_PRICE;
	return (offer(l, &found[0], &l->own, l->text, false, true, err));
}

/* "What is new?": the newest of the news. */
static int
look_news(struct looking *l, struct fu_err *err)
{
	struct fu_found	*found, *newest = NULL;
	size_t		 n;

	if (search(l, fu_printf(l->w->arena, "%s new update now", l->text),
	    NEWS, "product_update", &found, &n, err) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++)
		if (!cited(l->w, found[i].document->d.path) &&
		    (newest == NULL || found[i].document->d.published >
		    newest->document->d.published))
			newest = &found[i];
	return (newest == NULL ? 0 : offer(l, newest, &l->own, l->text, false,
	    true, err));
}

/* How much of what this turn asks, and not the one before it, one says. */
static int
own_share(struct looking *l, const struct fu_found *f, double *share,
    struct fu_err *err)
{
	struct candidate	 c = { *f, &l->own, l->text, false, false, 0, 0 };
	struct fu_chat_answer	 answer;

	if (rate(l, &c, &answer, err) == -1)
		return (-1);
	*share = answer.share;
	return (0);
}

/* What they ask in the light of the question before: more of the document that
 * was cited, or that a mail of ours showed them, or what answers both. */
static int
look_on(struct looking *l, struct fu_err *err)
{
	const char	*last = l->w->state.ncited == 0 ? NULL :
	    l->w->state.cited[l->w->state.ncited - 1];
	bool		 bare = strong(&l->own) == 0;
	struct fu_found	*found;
	double		 share;
	size_t		 n;

	if (search(l, l->joined, 2 * HITS, NULL, &found, &n, err) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++) {
		bool	 goes_on = last != NULL ?
			    fu_streq(found[i].document->d.path, last) :
			    l->w->state.about != NULL &&
			    fu_streq(found[i].document->d.title,
			    l->w->state.about);

		if (!goes_on && (i >= HITS || found[i].answerable <
		    FU_ANSWERABLE))
			continue;
		if (own_share(l, &found[i], &share, err) == -1)
			return (-1);
		if ((goes_on ? bare || share >= HALF : share > 0) &&
		    offer(l, &found[i], &l->both, l->joined, goes_on, false,
		    err) == -1)
			return (-1);
	}
	return (0);
}

/* Does it point to what was said before: "does it?", "and for 200?", "which
 * format"? */
static bool
leans(const struct looking *l)
{
	struct fu_str	 word;
	size_t		 at = 0;

	if (l->w->said.follows || strong(&l->own) < FEW_STRONG)
		return (true);
	while (fu_word_next(fu_str_of(l->text), &at, &word))
		if (fu_chat_words_have(l->chat->words, l->chat->nwords,
		    FU_CHAT_BACK, word))
			return (true);
	return (false);
}

/* "Hm, and SMS?": what asks begins behind "hm". */
static const char *
behind_lead(const struct fu_chat *chat, const char *text)
{
	struct fu_str	 word;
	size_t		 at = 0;

	while (fu_word_next(fu_str_of(text), &at, &word))
		if (!fu_chat_words_have(chat->words, chat->nwords,
		    FU_CHAT_LEAD, word))
			return (word.ptr);
	return (text);
}

/* The parts of this question, then those of the one before with less weight. */
static int
weigh(struct looking *l, struct fu_err *err)
{
	struct fu_chat_way	*w = l->w;
	const char		*before;
	float			 now = 0, then = 0;

	if (fu_search_weigh(l->chat->search, fu_str_of(l->text), w->arena,
	    &l->own, err) == -1)
		return (-1);
	before = w->state.sought != NULL ? w->state.sought : w->state.before;
	if (before == NULL || !leans(l))
		return (0);
	l->joined = fu_printf(w->arena, "%s %.*s", l->text,
	    (int)fu_utf8_cut(before, strlen(before) < SOUGHT_MAX ?
	    strlen(before) : SOUGHT_MAX), before);
	if (fu_search_weigh(l->chat->search, fu_str_of(l->joined), w->arena,
	    &l->both, err) == -1)
		return (-1);
	for (size_t i = 0; i < l->both.n; i++)
		*(i < l->own.n ? &now : &then) += l->both.part[i].weight;
	/* What was asked before never outweighs what is asked now. */
	for (size_t i = l->own.n; i < l->both.n; i++)
		l->both.part[i].weight *= BEFORE * then <= LESS * now ?
		    BEFORE : LESS * now / then;
	return (0);
}

static void
take(struct looking *l)
{
	struct fu_chat_way	*w = l->w;

	if (!l->any)
		return;
	w->found = fu_alloc(w->arena, sizeof(*w->found));
	*w->found = l->best.found;
	w->weighed = fu_alloc(w->arena, sizeof(*w->weighed));
	*w->weighed = *l->best.weighed;
	w->query = l->best.query;
	w->in.unsure = !l->best.cited && !l->best.meant &&
	    w->found->answerable < UNSURE;
}

/* Where a piece of a text ends: at the end of a sentence, or of a clause. */
static size_t
piece_end(struct fu_str text, bool clauses)
{
	size_t	 end = fu_sentence_end(text), i;

	for (i = 0; clauses && i + 1 < end; i++)
		if (strchr(",;:", text.ptr[i]) != NULL &&
		    text.ptr[i + 1] == ' ')
			return (i + 1);
	return (end);
}

/* "Sorry, that was my cat. Do you have webhooks?": when all of it finds
 * nothing, a part of it may. */
static int
look_pieces(struct looking *l, bool clauses, struct fu_err *err)
{
	const char		*all = l->text;
	struct fu_str		 rest = fu_str_of(all);
	struct fu_weighed	 own = l->own;
	size_t			 end;

	for (int i = 0; i < PIECES && rest.len > 0 && !l->any; i++) {
		struct fu_str	 one;

		end = piece_end(rest, clauses);
		one = fu_str_trim((struct fu_str){ rest.ptr, end });
		rest.ptr += end;
		rest.len -= end;
		if (one.len == strlen(all) || fu_words_count(one) <
		    PIECE_WORDS)
			continue;
		l->text = fu_dup_str(l->w->arena, one);
		if (fu_search_weigh(l->chat->search, one, l->w->arena,
		    &l->own, err) == -1)
			return (-1);
		if (strong(&l->own) > 0 && look_alone(l, err) == -1)
			return (-1);
	}
	if (l->any)
		l->w->focus = l->text;
	else {
		l->text = all;
		l->own = own;
	}
	return (0);
}

/* In the words of the knowledge base, where theirs is another language. */
static int
look_glossed(struct looking *l, struct fu_err *err)
{
	const char	*text = fu_chat_words_gloss(l->chat->words,
	    l->chat->nwords, fu_chat_language(l->chat, l->w), l->text,
	    l->w->arena);

	if (text == NULL)
		return (0);
	l->text = text;
	if (fu_search_weigh(l->chat->search, fu_str_of(text), l->w->arena,
	    &l->own, err) == -1)
		return (-1);
	return (look_alone(l, err));
}

static int
look(struct looking *l, struct fu_err *err)
{
	struct fu_chat_way	*w = l->w;

	if (w->said.asks_news && look_news(l, err) == -1)
		return (-1);
	if (l->any)
		return (0);
	if (look_alone(l, err) == -1 || (!l->any && w->in.question &&
	    (look_pieces(l, false, err) == -1 || (!l->any &&
	    look_pieces(l, true, err) == -1))) ||
	    (!l->any && look_glossed(l, err) == -1))
		return (-1);
	if (fu_signals_has(&w->said, "objection:") && (!l->any ||
	    (!w->said.asks && l->best.found.answerable < SURE))) {
		l->any = false;
		return (look_objection(l, err));
	}
	if (strong(&l->own) <= FEW_STRONG && fu_signals_has(&w->said,
	    "pricing") && (!l->any || !fu_streq(
	    l->best.found.document->d.kind, "pricing")) &&
	    look_price(l, err) == -1)
		return (-1);
	if (l->joined != NULL && (w->in.question || w->said.follows))
		return (look_on(l, err));
	return (0);
}

int
fu_chat_find(struct fu_chat *chat, struct fu_chat_way *w, struct fu_err *err)
{
	struct looking	 l = { .chat = chat, .w = w };

	if (!w->in.asks)
		return (0);
	l.text = behind_lead(chat, w->turn->text);
	if (weigh(&l, err) == -1 || look(&l, err) == -1)
		return (-1);
	take(&l);
	return (0);
}

int
fu_chat_cut(struct fu_chat *chat, struct fu_chat_way *w, size_t sentences,
    size_t characters, struct fu_err *err)
{
	struct looking		 l = { .chat = chat, .w = w };
	struct fu_chat_asked	 asked = { fu_search_terms(chat->search),
		w->weighed, w->query, w->state.ours, sentences, characters };
	struct fu_chat_source	 source;
	struct fu_chat_answer	 answer;

	if (load_passages(&l, w->found, &source, err) == -1)
		return (-1);
	fu_chat_answer(&asked, &source, w->arena, &answer);
	w->answer = answer.text;
	w->chunk = answer.chunk;
	return (0);
}
