/*
 * Rows and cells of the table that a fit learns from.
 *
 * Must never look at what a cell means: binning is fit_bin.c.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "policy/fit_cells.h"

#define SPLIT_SEED	UINT64_C(0x66752d666974)	/* "fu-fit" */
#define HELD_OUT	5		/* one in so many */
#define ROWS_FIRST	1024

static uint64_t
hash_of(int64_t prospect)
{
	return (fu_hash64(&prospect, sizeof(prospect), SPLIT_SEED));
}

/* Who is held out, who is of which fold and who is of the sample are three
 * questions to one hash: its last digits for the first two, its height for the
 * third. */
bool
fu_fit_held_out(int64_t prospect)
{
	return (hash_of(prospect) % HELD_OUT == 0);
}

unsigned
fu_fit_fold(const struct fu_fit_table *t, size_t row)
{
	return ((unsigned)(t->hash[row] / HELD_OUT % FU_FIT_FOLDS));
}

void
fu_fit_table_init(struct fu_fit_table *t)
{
	memset(t, 0, sizeof(*t));
	fu_arena_init(&t->arena);
	t->below = UINT64_MAX;
}

void
fu_fit_table_free(struct fu_fit_table *t)
{
	for (size_t i = 0; i < t->ncolumn; i++) {
		struct fu_fit_column	*c = &t->column[i];

		free(c->cells->number);
		free(c->cells->level);
		free(c->cells->slot);
		free(c->cells);
		free(c->code);
		free(c->cut);
	}
	free(t->hash);
	free(t->won);
	fu_arena_free(&t->arena);
}

static void *
resize(void *array, size_t n, size_t size)
{
	void	*p = realloc(array, (n + 1) * size);

	if (p == NULL)
		fu_oom();
	return (p);
}

/* Room for as many cells as the table has rows; new ones have no value. */
static void
widen(struct fu_fit_column *c, size_t from, size_t to)
{
	struct fu_fit_cells	*x = c->cells;

	if (c->event != NULL) {
		c->code = resize(c->code, to, sizeof(*c->code));
		memset(c->code + from, FU_FIT_BIN, to - from);
		return;
	}
	x->number = resize(x->number, to, sizeof(*x->number));
	x->level = resize(x->level, to, sizeof(*x->level));
	for (size_t i = from; i < to; i++) {
		x->number[i] = NAN;
		x->level[i] = FU_FIT_L_NULL;
	}
}

int
fu_fit_column_add(struct fu_fit_table *t, const struct fu_fit_column *def)
{
	struct fu_fit_column	*c = &t->column[t->ncolumn];

	if (t->ncolumn == FU_FIT_COLUMNS)
		return (-1);
	memset(c, 0, sizeof(*c));
	c->name = fu_dup(&t->arena, def->name);
	c->expr = fu_dup(&t->arena, def->expr);
	c->event = fu_dup(&t->arena, def->event);
	c->glob = fu_dup(&t->arena, def->glob);
	c->globs_of = fu_dup(&t->arena, def->globs_of);
	c->half_life_us = def->half_life_us;
	c->window_us = def->window_us;
	c->presence = def->presence;
	c->absence = def->absence;
	c->cells = fu_zeroed(1, sizeof(*c->cells));
	widen(c, 0, t->cap);
	return ((int)t->ncolumn++);
}

static void
grow(struct fu_fit_table *t)
{
	size_t	 cap = t->cap == 0 ? ROWS_FIRST : t->cap * 2;

	if (cap > FU_FIT_PEOPLE)
		cap = FU_FIT_PEOPLE;
	t->hash = resize(t->hash, cap, sizeof(*t->hash));
	t->won = resize(t->won, cap, sizeof(*t->won));
	for (size_t i = 0; i < t->ncolumn; i++)
		widen(&t->column[i], t->cap, cap);
	t->cap = cap;
}

static void
move_row(struct fu_fit_table *t, size_t to, size_t from)
{
	t->hash[to] = t->hash[from];
	t->won[to] = t->won[from];
	for (size_t i = 0; i < t->ncolumn; i++) {
		struct fu_fit_column	*c = &t->column[i];

		if (c->event != NULL)
			c->code[to] = c->code[from];
		else {
			c->cells->number[to] = c->cells->number[from];
			c->cells->level[to] = c->cells->level[from];
		}
	}
}

/* The table is full: the half with the lower hashes stays. */
static void
thin(struct fu_fit_table *t)
{
	size_t	 kept = 0;

	t->below /= 2;
	for (size_t i = 0; i < t->n; i++)
		if (t->hash[i] < t->below)
			move_row(t, kept++, i);
	t->n = kept;
}

int
fu_fit_row_add(struct fu_fit_table *t, int64_t prospect, bool won)
{
	uint64_t	 hash = hash_of(prospect);

	while (t->n == FU_FIT_PEOPLE)
		thin(t);
	if (hash >= t->below)
		return (-1);
	if (t->n == t->cap)
		grow(t);
	t->hash[t->n] = hash;
	t->won[t->n] = won;
	/* A row that was thinned away may have left its cells here. */
	for (size_t i = 0; i < t->ncolumn; i++) {
		struct fu_fit_column	*c = &t->column[i];

		if (c->event != NULL)
			c->code[t->n] = FU_FIT_BIN;
		else {
			c->cells->number[t->n] = NAN;
			c->cells->level[t->n] = FU_FIT_L_NULL;
		}
	}
	return ((int)t->n++);
}

/* The level of a text, a new one where there is room for it. */
static uint16_t
level_of(struct fu_fit_table *t, struct fu_fit_column *c, const char *text)
{
	struct fu_fit_cells	*x = c->cells;
	size_t			 len = strlen(text), i;

	if (len > FU_FIT_TEXT_MAX || c->presence)
		return (FU_FIT_L_OTHER);
	if (x->slot == NULL)
		x->slot = fu_zeroed(FU_FIT_SLOTS, sizeof(*x->slot));
	for (i = fu_hash64(text, len, 0) % FU_FIT_SLOTS; x->slot[i] != 0;
	    i = (i + 1) % FU_FIT_SLOTS)
		if (strcmp(x->text[x->slot[i] - FU_FIT_L_TEXT], text) == 0)
			return (x->slot[i]);
	if (x->ntext == FU_FIT_TEXTS)
		return (FU_FIT_L_OTHER);
	x->text = fu_grow(&t->arena, x->text, x->ntext, &x->text_cap,
	    sizeof(*x->text));
	x->text[x->ntext] = fu_dup(&t->arena, text);
	return (x->slot[i] = (uint16_t)(FU_FIT_L_TEXT + x->ntext++));
}

void
fu_fit_set(struct fu_fit_table *t, int column, int row,
    const struct fu_value *v)
{
	struct fu_fit_column	*c = &t->column[column];
	struct fu_fit_cells	*x = c->cells;

	switch (v->type) {
	case FU_V_NULL:
		x->level[row] = FU_FIT_L_NULL;
		break;
	case FU_V_INT:
	case FU_V_REAL:
		x->level[row] = c->presence ? FU_FIT_L_OTHER : FU_FIT_L_NUMBER;
		x->number[row] = v->type == FU_V_INT ? (double)v->i : v->r;
		break;
	case FU_V_TEXT:
		x->level[row] = level_of(t, c, v->s);
		break;
	}
}

void
fu_fit_set_unknown(struct fu_fit_table *t, int column, int row)
{
	t->column[column].cells->level[row] = FU_FIT_L_UNKNOWN;
}

void
fu_fit_set_events(struct fu_fit_table *t, int column, int row, int sixteenths)
{
	int	 s = sixteenths < 0 ? 0 : sixteenths > FU_FIT_SIXTEENTHS ?
	    FU_FIT_SIXTEENTHS : sixteenths;

	t->column[column].code[row] = (uint8_t)(FU_FIT_BIN + s);
}
