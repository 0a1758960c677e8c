/*
 * The table that a fit learns from: people by columns, each a fact, a custom
 * column or a kind of event, and the outcome.
 *
 * Pure, and of one size however many people there are: beyond FU_FIT_PEOPLE a
 * sample by stable hash stands for them.
 */
#ifndef FU_POLICY_FIT_TABLE_H
#define FU_POLICY_FIT_TABLE_H

#include "policy/facts.h"

#define FU_FIT_PEOPLE	65536	/* rows at most */
#define FU_FIT_COLUMNS	256
#define FU_FIT_FOLDS	5	/* of the cross-validation */

/* What a cell has become, after fu_fit_table_bin(). */
enum {
	FU_FIT_NULL,		/* none */
	FU_FIT_UNKNOWN,		/* there is one, but not as it stood then */
	FU_FIT_OTHER,		/* a text too rare to be a level */
	FU_FIT_BIN		/* the first interval, level or sixteenth */
};
#define FU_FIT_CODES	256	/* a code is a byte */
#define FU_FIT_SIXTEENTHS (FU_FIT_CODES - 1 - FU_FIT_BIN)

enum fu_fit_type { FU_FIT_NUMBER, FU_FIT_TEXT, FU_FIT_EVENT };

struct fu_fit_column {
	const char	*name;		/* "budget", "Lead Source", "visit" */
	const char	*expr;		/* "budget", "attr('Lead Source')" */
	const char	*event;		/* of an event column, else NULL */
	const char	*glob, *globs_of;	/* "*"-pattern and its member, or NULL */
	int64_t		 half_life_us, window_us;
	bool		 presence;	/* a text whose levels say nothing */
	bool		 absence;	/* whether there is one says nothing */
	/* made by fu_fit_table_bin() */
	enum fu_fit_type type;
	bool		 usable;	/* something can be learned from it */
	bool		 serial;	/* left out: a number for each person */
	uint8_t		*code;		/* one a row */
	double		*cut;		/* NUMBER: bin i is from cut[i - 1] */
	const char	**level;	/* TEXT: of code FU_FIT_BIN + i */
	size_t		 nbin;
	size_t		 count[FU_FIT_CODES], won[FU_FIT_CODES];
	struct fu_fit_cells *cells;	/* the table's own */
};

struct fu_fit_table {
	struct fu_arena		 arena;
	struct fu_fit_column	 column[FU_FIT_COLUMNS];
	size_t			 ncolumn;
	size_t			 n, cap;	/* rows */
	uint64_t		*hash;		/* of the person: sample, fold */
	uint8_t			*won;
	uint64_t		 below;		/* hashes of the sample */
};

void fu_fit_table_init(struct fu_fit_table *);
void fu_fit_table_free(struct fu_fit_table *);

/*
 * fu_fit_held_out(prospect): is this one of the fifth of the people whom
 * nothing is learned from?  The same for ever.
 *
 * fu_fit_column_add(table, column): a column with that name, expr, event,
 * glob, half-life, window, presence and absence, copied; its index, or -1 when there
 * are too many.  Rows there already have no value in it.
 *
 * fu_fit_row_add(table, prospect, won): a person; the row, or -1 when they are
 * not of the sample.
 *
 * fu_fit_set(table, column, row, value): a value of the person.
 * fu_fit_set_unknown: there is one, but nobody knows what it was then.
 * fu_fit_set_events: what their events come to, in sixteenths of one.
 *
 * fu_fit_table_bin(table, rare):
 * All rows are there: each column becomes codes.  A level of fewer than
 * ${rare} people is no level.
 *
 * fu_fit_alone(column): the area under the curve of a column by itself,
 * its codes ordered by how many of each won: 0.5 tells nothing, 1 everything.
 */
bool fu_fit_held_out(int64_t);
int fu_fit_column_add(struct fu_fit_table *, const struct fu_fit_column *);
int fu_fit_row_add(struct fu_fit_table *, int64_t, bool);
void fu_fit_set(struct fu_fit_table *, int, int, const struct fu_value *);
void fu_fit_set_unknown(struct fu_fit_table *, int, int);
void fu_fit_set_events(struct fu_fit_table *, int, int, int);
void fu_fit_table_bin(struct fu_fit_table *, size_t);
double fu_fit_alone(const struct fu_fit_column *);

/* A number as short as it reads back the same; ${out} holds it. */
#define FU_FIT_NUMBER_LEN 40
const char *fu_fit_number(double, char[FU_FIT_NUMBER_LEN]);

/* The fold of the cross-validation that a row is of. */
unsigned fu_fit_fold(const struct fu_fit_table *, size_t);

#endif
