/*
 * Cells: where what is seen of people adds up, one a figure.
 *
 * Must never count a person twice in a cell, nor keep anything of a person
 * once the next is seen.
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "policy/measure_cells.h"

/* More figures than anybody reads: a column with a value a person. */
#define CELLS_MAX	50000
#define TEXTS_MAX	100000

struct fu_measures {
	struct fu_cells	 c;
};

struct fu_measures *
fu_measures_new(const struct fu_measure_asked *asked)
{
	struct fu_measures	*m = calloc(1, sizeof(*m));

	if (m == NULL)
		fu_oom();
	fu_arena_init(&m->c.arena);
	m->c.asked = *asked;
	m->c.nslot = m->c.ntext_slot = 1024;
	m->c.slot = calloc(m->c.nslot, sizeof(*m->c.slot));
	m->c.text_slot = calloc(m->c.ntext_slot, sizeof(*m->c.text_slot));
	if (m->c.slot == NULL || m->c.text_slot == NULL)
		fu_oom();
	fu_views_make(&m->c);
	return (m);
}

void
fu_measures_free(struct fu_measures *m)
{
	if (m == NULL)
		return;
	for (size_t i = 0; i < m->c.ncell; i++)
		free(m->c.cell[i].value);
	free(m->c.cell);
	free(m->c.slot);
	free(m->c.text);
	free(m->c.text_slot);
	free(m->c.touched);
	fu_arena_free(&m->c.arena);
	free(m);
}

struct fu_cells *
fu_measures_cells(struct fu_measures *m)
{
	return (&m->c);
}

const struct fu_measure_asked *
fu_measures_asked(const struct fu_measures *m)
{
	return (&m->c.asked);
}

bool
fu_measures_full(const struct fu_measures *m)
{
	return (m->c.full);
}

/* Room for one more in an array of the heap. */
static void *
grown(void *array, size_t n, size_t *cap, size_t size)
{
	void	*bigger = array;

	if (n == *cap) {
		*cap = *cap == 0 ? 16 : *cap * 2;
		if ((bigger = reallocarray(array, *cap, size)) == NULL)
			fu_oom();
	}
	return (bigger);
}

static void
texts_spread(struct fu_cells *c)
{
	size_t	 k;

	free(c->text_slot);
	c->ntext_slot *= 4;
	if ((c->text_slot = calloc(c->ntext_slot, sizeof(*c->text_slot))) ==
	    NULL)
		fu_oom();
	for (size_t i = 0; i < c->ntext; i++) {
		k = fu_hash_cstr(c->text[i], 0) & (c->ntext_slot - 1);
		while (c->text_slot[k] != 0)
			k = (k + 1) & (c->ntext_slot - 1);
		c->text_slot[k] = (uint32_t)i + 1;
	}
}

uint32_t
fu_measure_text(struct fu_measures *m, const char *text)
{
	struct fu_cells	*c = &m->c;
	size_t		 k;

	if (text == NULL || text[0] == '\0')
		return (0);
	k = fu_hash_cstr(text, 0) & (c->ntext_slot - 1);
	for (; c->text_slot[k] != 0; k = (k + 1) & (c->ntext_slot - 1))
		if (strcmp(c->text[c->text_slot[k] - 1], text) == 0)
			return (c->text_slot[k]);
	if (c->ntext == TEXTS_MAX) {
		c->full = true;
		return (0);
	}
	c->text = grown(c->text, c->ntext, &c->text_cap, sizeof(*c->text));
	c->text[c->ntext++] = fu_dup(&c->arena, text);
	c->text_slot[k] = (uint32_t)c->ntext;
	k = c->ntext;
	if (c->ntext * 2 > c->ntext_slot)
		texts_spread(c);
	return ((uint32_t)k);
}

static size_t
slot_of(const struct fu_cells *c, uint16_t view, const uint32_t *key)
{
	uint64_t	 h = view;
	size_t		 k;

	/* Asked twenty times a touch: numbers of texts are spread enough. */
	for (size_t i = 0; i < c->view[view].n; i++)
		h = (h ^ key[i]) * UINT64_C(0x9e3779b97f4a7c15) >> 7;
	k = (size_t)h & (c->nslot - 1);
	while (c->slot[k] != 0 && (c->cell[c->slot[k] - 1].view != view ||
	    memcmp(c->cell[c->slot[k] - 1].key, key,
	    FU_KEY * sizeof(*key)) != 0))
		k = (k + 1) & (c->nslot - 1);
	return (k);
}

const struct fu_cell *
fu_cell_find(const struct fu_cells *c, uint16_t view, const uint32_t *key)
{
	size_t	 k = slot_of(c, view, key);

	return (c->slot[k] == 0 ? NULL : &c->cell[c->slot[k] - 1]);
}

static void
cells_spread(struct fu_cells *c)
{
	free(c->slot);
	c->nslot *= 4;
	if ((c->slot = calloc(c->nslot, sizeof(*c->slot))) == NULL)
		fu_oom();
	for (size_t i = 0; i < c->ncell; i++)
		c->slot[slot_of(c, c->cell[i].view, c->cell[i].key)] =
		    (uint32_t)i + 1;
}

/* The cell of a view; NULL where a dimension is none that must be one. */
static struct fu_cell *
cell_of(struct fu_cells *c, size_t view, const struct fu_measure_dims *dims)
{
	const struct fu_view	*v = &c->view[view];
	struct fu_cell		*cell;
	uint32_t		 key[FU_KEY] = { 0 };
	size_t			 k;

	for (size_t i = 0; i < v->n; i++) {
		key[i] = dims->v[v->dim[i]];
		if (key[i] == 0 && !v->gaps)
			return (NULL);
	}
	k = slot_of(c, (uint16_t)view, key);
	if (c->slot[k] != 0)
		return (&c->cell[c->slot[k] - 1]);
	if (c->ncell == CELLS_MAX) {
		c->full = true;
		return (NULL);
	}
	c->cell = grown(c->cell, c->ncell, &c->cell_cap, sizeof(*c->cell));
	cell = &c->cell[c->ncell++];
	*cell = (struct fu_cell){ .view = (uint16_t)view };
	memcpy(cell->key, key, sizeof(key));
	c->slot[k] = (uint32_t)c->ncell;
	if (c->ncell * 2 > c->nslot)
		cells_spread(c);
	return (cell);
}

/* The cell is of the person who is being seen. */
static void
touch_cell(struct fu_cells *c, struct fu_cell *cell)
{
	if (cell->person == c->person + 1)
		return;
	cell->person = c->person + 1;
	cell->saw = 0;
	c->touched = grown(c->touched, c->ntouched, &c->touched_cap,
	    sizeof(*c->touched));
	c->touched[c->ntouched++] = (uint32_t)(cell - c->cell);
}

static bool
is_grouped(const struct fu_view *v)
{
	for (size_t i = 0; i < v->n; i++)
		if (v->dim[i] == FU_DIM_GROUP)
			return (true);
	return (false);
}

static void
saw_in(struct fu_measures *m, enum fu_measure measure,
    const struct fu_measure_dims *dims, unsigned saw, bool grouped)
{
	struct fu_cell	*cell;

	for (size_t v = m->c.first[measure]; v < m->c.first[measure + 1]; v++) {
		if (grouped && !is_grouped(&m->c.view[v]))
			continue;
		if ((cell = cell_of(&m->c, v, dims)) == NULL)
			continue;
		touch_cell(&m->c, cell);
		cell->saw |= saw;
	}
}

void
fu_measure_saw(struct fu_measures *m, enum fu_measure measure,
    const struct fu_measure_dims *dims, unsigned saw)
{
	saw_in(m, measure, dims, saw, false);
}

void
fu_measure_saw_held_out(struct fu_measures *m, enum fu_measure measure,
    const struct fu_measure_dims *dims, unsigned saw)
{
	saw_in(m, measure, dims, saw, true);
}

void
fu_measure_value(struct fu_measures *m, enum fu_measure measure,
    const struct fu_measure_dims *dims, int64_t value, bool within)
{
	struct fu_cell	*cell;
	bool		 kept = fu_measure_defs[measure].kind == FU_MK_VALUES;

	for (size_t v = m->c.first[measure]; v < m->c.first[measure + 1]; v++) {
		if ((cell = cell_of(&m->c, v, dims)) == NULL)
			continue;
		touch_cell(&m->c, cell);
		cell->saw |= FU_SAW_OF;
		cell->things += within;
		if (!kept)
			continue;
		cell->value = grown(cell->value, cell->nvalue,
		    &cell->value_cap, sizeof(*cell->value));
		cell->value[cell->nvalue++] = value;
	}
}

void
fu_measure_sum(struct fu_measures *m, enum fu_measure measure,
    const struct fu_measure_dims *dims, int i, double amount)
{
	struct fu_cell	*cell;

	for (size_t v = m->c.first[measure]; v < m->c.first[measure + 1]; v++)
		if ((cell = cell_of(&m->c, v, dims)) != NULL)
			cell->sum[i] += amount;
}

void
fu_measure_person_end(struct fu_measures *m)
{
	struct fu_cells	*c = &m->c;

	for (size_t i = 0; i < c->ntouched; i++) {
		struct fu_cell	*cell = &c->cell[c->touched[i]];

		if ((cell->saw & FU_SAW_OF) == 0) {
			cell->pending += (cell->saw & FU_SAW_PENDING) != 0;
			continue;
		}
		cell->of++;
		if (cell->saw & FU_SAW_N)
			cell->n++;
		else if (cell->saw & FU_SAW_NOT)
			cell->not_++;
		else if (cell->saw & FU_SAW_UNKNOWN)
			cell->unknown++;
	}
	c->ntouched = 0;
	c->person++;
}
