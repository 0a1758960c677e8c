/*
 * Where the fold of one person puts what it saw: a cell a figure, in which a
 * person counts once.
 */
#ifndef FU_POLICY_MEASURE_CELLS_H
#define FU_POLICY_MEASURE_CELLS_H

#include "policy/measure.h"

/* What was seen of a person for a cell. */
enum {
	FU_SAW_OF = 1,		/* they count, */
	FU_SAW_N = 2,		/* and are of those that are sought */
	FU_SAW_PENDING = 4,	/* their window is open */
	FU_SAW_NOT = 8,		/* an answer without interest, */
	FU_SAW_UNKNOWN = 16	/* or nobody knows */
};

/* Numbers of texts; 0 is none. */
struct fu_measure_dims {
	uint32_t	 v[FU_DIM_N];
};

uint32_t fu_measure_text(struct fu_measures *, const char *);
const struct fu_measure_asked *fu_measures_asked(const struct fu_measures *);

/*
 * fu_measure_saw(measures, measure, dims, saw): bits FU_SAW_* of the person
 * who is being seen, in each figure of the measure.
 * fu_measure_saw_held_out(...): the same, in those figures alone that tell
 * groups apart.
 * fu_measure_value(measures, measure, dims, value, within): a value (in time),
 * or, of FU_MK_COUNT, one more thing.
 * fu_measure_sum(measures, measure, dims, i, amount): add to a cell's i-th sum.
 */
void fu_measure_saw(struct fu_measures *, enum fu_measure,
    const struct fu_measure_dims *, unsigned);
void fu_measure_saw_held_out(struct fu_measures *, enum fu_measure,
    const struct fu_measure_dims *, unsigned);
void fu_measure_value(struct fu_measures *, enum fu_measure,
    const struct fu_measure_dims *, int64_t, bool);
void fu_measure_sum(struct fu_measures *, enum fu_measure,
    const struct fu_measure_dims *, int, double);
/* The person is over. */
void fu_measure_person_end(struct fu_measures *);

/* The table itself, for who makes figures of it. */
#define FU_SUMS	4
#define FU_KEY	(FU_MEASURE_BY_MAX + 2)
struct fu_view {
	enum fu_measure	 measure;
	enum fu_dim	 dim[FU_KEY];
	size_t		 n;
	bool		 gaps;		/* a dimension may be none */
};
struct fu_cell {
	uint16_t	 view;
	uint32_t	 key[FU_KEY];
	int64_t		 n, of, pending;
	int64_t		 not_, unknown;
	int64_t		 things;	/* FU_MK_COUNT, and values in time */
	double		 sum[FU_SUMS];
	int64_t		*value;
	size_t		 nvalue, value_cap;
	uint64_t	 person;	/* the last that was seen here, */
	unsigned	 saw;		/* and what of them */
};
struct fu_cells {
	struct fu_measure_asked	 asked;
	struct fu_view		*view;
	size_t			 nview;
	size_t			 first[FU_MEASURE_N + 1]; /* views of each */
	struct fu_cell		*cell;
	size_t			 ncell, cell_cap;
	uint32_t		*slot;		/* hash of keys: cell + 1 */
	size_t			 nslot;
	const char		**text;		/* number - 1 */
	size_t			 ntext, text_cap;
	uint32_t		*text_slot;
	size_t			 ntext_slot;
	struct fu_arena		 arena;
	uint32_t		*touched;	/* cells of this person */
	size_t			 ntouched, touched_cap;
	uint64_t		 person;
	bool			 full;
};
struct fu_cells *fu_measures_cells(struct fu_measures *);
const struct fu_cell *fu_cell_find(const struct fu_cells *, uint16_t,
    const uint32_t *);

/* The default views, and what --by makes of them. */
void fu_views_make(struct fu_cells *);

#endif
