/*
 * Which kinds of events, pages and documents enough people share, so that a
 * rule may count them.
 *
 * Looks at people spread evenly over the whole store, not at all of them.
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "flow/fit_room.h"
#include "store/events.h"
#include "store/fit.h"

#define CHUNK		500
#define LOOKS		40	/* chunks at most */
#define SLOTS		4096	/* of what is counted, a power of two */
#define COUNTED		2048
#define PEOPLE_MIN	10
#define SEGMENTS	3	/* of a page's path */
#define DOCUMENT_MAX	60	/* bytes */
#define HALF_LIFE	(30 * FU_DAY)	/* what people do fades */

enum { OF_KIND, OF_PAGE, OF_DOCUMENT, OF_N };
static const size_t most[OF_N] = { 24, 16, 12 };

/* What a fit may count of the kinds that fu knows; custom ones it may all. */
static const bool countable[FU_K_N] = {
	[FU_K_CUSTOM] = true, [FU_K_VISIT] = true, [FU_K_FORM] = true,
	[FU_K_CHAT] = true, [FU_K_REPLY] = true, [FU_K_AUTO_REPLY] = true,
	[FU_K_BOUNCE] = true, [FU_K_CONSENT] = true, [FU_K_CLICK] = true,
	[FU_K_DOWNLOAD] = true, [FU_K_MEETING] = true, [FU_K_DEMO] = true,
	[FU_K_CALL] = true, [FU_K_JOB_POSTING] = true,
};

struct counted {
	int		 of;
	const char	*event, *what;	/* what: segment or document, or NULL */
	int64_t		 last;		/* person counted last */
	size_t		 people;
};

struct counting {
	struct fu_arena	*arena;
	struct counted	 counted[COUNTED];
	size_t		 n;
	uint16_t	 slot[SLOTS];	/* 1 + index; 0: free */
};

static void
count(struct counting *k, int of, const char *event, const char *what,
    int64_t prospect)
{
	uint64_t	 h = fu_hash_cstr(event, (uint64_t)of);
	size_t		 i;
	struct counted	*c;

	if (what != NULL)
		h = fu_hash_cstr(what, h);
	for (i = h % SLOTS; k->slot[i] != 0; i = (i + 1) % SLOTS) {
		c = &k->counted[k->slot[i] - 1];
		if (c->of != of || strcmp(c->event, event) != 0 ||
		    !fu_streq(c->what, what))
			continue;
		c->people += c->last != prospect;
		c->last = prospect;
		return;
	}
	if (k->n == COUNTED)
		return;
	k->counted[k->n] = (struct counted){ of, fu_dup(k->arena, event),
		fu_dup(k->arena, what), prospect, 1 };
	k->slot[i] = (uint16_t)++k->n;
}

/* Could people share it: a word, not the number of a session? */
static bool
is_word(const char *s, size_t len)
{
	size_t	 letters = 0;

	if (len < 3 || len > 24)
		return (false);
	for (size_t i = 0; i < len; i++) {
		bool	 letter = (s[i] >= 'a' && s[i] <= 'z') ||
		    (s[i] >= 'A' && s[i] <= 'Z');

		if (!letter && s[i] != '-' && s[i] != '_' &&
		    !(s[i] >= '0' && s[i] <= '9'))
			return (false);
		letters += letter;
	}
	return (letters * 2 > len);
}

/* "https://x.example/en/pricing?a" has the segments en and pricing. */
static void
count_page(struct counting *k, const struct fu_event *e)
{
	const char	*p = strstr(e->arg, "://");
	char		 word[32];
	size_t		 len;

	p = strchr(p == NULL ? e->arg : p + 3, '/');
	for (int i = 0; p != NULL && *p == '/' && i < SEGMENTS; i++) {
		len = strcspn(++p, "/?#.");
		if (is_word(p, len)) {
			for (size_t c = 0; c < len; c++)
				word[c] = p[c] >= 'A' && p[c] <= 'Z' ?
				    (char)(p[c] - 'A' + 'a') : p[c];
			word[len] = '\0';
			count(k, OF_PAGE, "visit", word, e->prospect);
		}
		p += len;
	}
}

static void
count_event(struct counting *k, const struct fu_event *e)
{
	enum fu_kind	 means = fu_event_meaning(e);

	if (!countable[e->kind] || strlen(e->name) > DOCUMENT_MAX)
		return;
	count(k, OF_KIND, e->name, NULL, e->prospect);
	if (means != e->kind)
		count(k, OF_KIND, fu_kinds[means].name, NULL, e->prospect);
	if (fu_blank(e->arg))
		return;
	if (e->kind == FU_K_VISIT)
		count_page(k, e);
	else if (e->kind == FU_K_DOWNLOAD &&
	    strpbrk(e->arg, "*?") == NULL && strlen(e->arg) <= DOCUMENT_MAX)
		count(k, OF_DOCUMENT, "download", e->arg, e->prospect);
}

static int
by_people(const void *va, const void *vb)
{
	const struct counted	*a = va, *b = vb;
	int			 d;

	if (a->of != b->of)
		return (a->of - b->of);
	if (a->people != b->people)
		return (a->people > b->people ? -1 : 1);
	if ((d = strcmp(a->event, b->event)) != 0 || a->what == NULL)
		return (d);
	return (strcmp(a->what, b->what));
}

static void
add(struct fu_fit_kinds *kinds, struct fu_arena *arena, const char *event,
    const char *glob, const char *globs_of, int64_t half_life_us,
    int64_t window_us)
{
	struct fu_fit_column	*c;

	kinds->column = fu_grow(arena, kinds->column, kinds->n, &kinds->cap,
	    sizeof(*kinds->column));
	c = &kinds->column[kinds->n++];
	c->event = fu_dup(arena, event);
	c->glob = fu_dup(arena, glob);
	c->globs_of = fu_dup(arena, globs_of);
	c->half_life_us = half_life_us;
	c->window_us = window_us;
	c->name = glob == NULL ? c->event : fu_printf(arena, "%s %s", event,
	    glob);
}

/* What the operator's own rules count, as they count it. */
static void
add_own(struct fu_fit_kinds *kinds, struct fu_arena *arena,
    const struct fu_scorecard *card)
{
	for (size_t i = 0; i < card->nrule; i++) {
		const struct fu_rule	*r = &card->rule[i];

		if (r->kind != FU_RULE_EVENT || r->when.sql != NULL ||
		    r->globs.n > 1 || !countable[fu_kind_find(r->event)])
			continue;
		if (r->globs.n == 0)
			add(kinds, arena, r->event, NULL, NULL,
			    r->half_life_us, r->window_us);
		else
			add(kinds, arena, r->event, r->globs.item[0],
			    r->globs_of, r->half_life_us, r->window_us);
	}
}

static void
add_counted(struct fu_fit_kinds *kinds, struct fu_arena *arena,
    struct counting *k)
{
	size_t	 taken[OF_N] = { 0 };

	qsort(k->counted, k->n, sizeof(*k->counted), by_people);
	for (size_t i = 0; i < k->n; i++) {
		const struct counted	*c = &k->counted[i];

		if (c->people < PEOPLE_MIN || taken[c->of]++ >= most[c->of])
			continue;
		if (c->of == OF_KIND)
			add(kinds, arena, c->event, NULL, NULL, HALF_LIFE, 0);
		else if (c->of == OF_PAGE)
			add(kinds, arena, c->event, fu_printf(arena, "*/%s*",
			    c->what), "url", HALF_LIFE, 0);
		else
			add(kinds, arena, c->event, c->what, "document",
			    HALF_LIFE, 0);
	}
}

int
fu_fit_kinds_find(struct fu_session *s, struct fu_arena *arena,
    struct fu_fit_kinds *kinds, struct fu_err *err)
{
	struct counting	*k = fu_zeroed(1, sizeof(*k));
	struct fu_event	*event;
	struct fu_arena	 chunk;
	int64_t		 last, stride, from = 1;
	size_t		 n;
	int		 rc;

	k->arena = arena;
	fu_arena_init(&chunk);
	if ((rc = fu_db_begin_read(s->store.db, err)) == 0) {
		rc = fu_prospect_last(&s->store, &last, err);
		stride = rc == 0 && last / LOOKS > CHUNK ? last / LOOKS : CHUNK;
		for (; rc == 0 && from <= last; from += stride) {
			rc = fu_events_range(&s->store, from,
			    from + CHUNK - 1, &chunk, &event, &n, err);
			for (size_t i = 0; i < n && rc == 0; i++)
				count_event(k, &event[i]);
			fu_arena_reset(&chunk);
		}
		fu_db_rollback(s->store.db);
	}
	if (rc == 0) {
		add_own(kinds, arena, &s->config.scorecard);
		add_counted(kinds, arena, k);
	}
	fu_arena_free(&chunk);
	free(k);
	return (rc);
}
