/*
 * What the rooms of the fit share.  For lib/flow alone.
 */
#ifndef FU_FLOW_FIT_ROOM_H
#define FU_FLOW_FIT_ROOM_H

#include "flow/case.h"
#include "flow/fit.h"
#include "policy/rules.h"
#include "policy/score.h"

/* fit_scan.c: everybody of whom there is an outcome, as they stood then. */
struct fu_fit_scan {
	struct fu_session	*session;
	const struct fu_fit_ask	*ask;
	struct fu_rules		*rules;		/* of the outcome, or NULL */
	bool			 held_out;	/* show these alone */
	struct fu_fit_counts	 counts;
};

/* A person as they are shown to see(); nothing of it may be kept. */
struct fu_fit_seen {
	const struct fu_case	*c;		/* facts as of then */
	bool			 won;
	uint64_t		 unknown;	/* fields that were others then */
};

/*
 * fu_fit_scan_open(scan, session, ask, err): 0 or -1, with FU_EUSAGE and the
 * column where the outcome is no condition.
 * fu_fit_scan_run(scan, see, ctx, err): show each; counts anew.
 */
int fu_fit_scan_open(struct fu_fit_scan *, struct fu_session *,
    const struct fu_fit_ask *, struct fu_err *);
int fu_fit_scan_run(struct fu_fit_scan *,
    int (*)(void *, const struct fu_fit_seen *, struct fu_err *), void *,
    struct fu_err *);
void fu_fit_scan_close(struct fu_fit_scan *);

/* fit_names.c: what --facts and --without name. */
struct fu_fit_name {
	const char	*text;		/* as it was written */
	const char	*name;		/* without attr('') around it */
	const char	*field;		/* that such a header means, or NULL */
	bool		 met;		/* something is called so */
};
struct fu_fit_names {
	struct fu_fit_name	*name;
	size_t			 n, cap;
};

/*
 * fu_fit_names_read(names, option, list, arena, err): names with commas
 * between them, * for any text; NULL is none.
 * fu_fit_names_have(names, name): is it one of them?  "visit" is also
 * "visits", and all of "visit *pricing*".
 * fu_fit_names_exact(names, name): in just these letters?
 * fu_fit_names_unmet(names): the first that nothing is called by, or NULL.
 */
int fu_fit_names_read(struct fu_fit_names *, const char *, const char *,
    struct fu_arena *, struct fu_err *);
bool fu_fit_names_have(struct fu_fit_names *, const char *);
bool fu_fit_names_exact(const struct fu_fit_names *, const char *);
const struct fu_fit_name *fu_fit_names_unmet(const struct fu_fit_names *);

/* fit_columns.c: the columns of the table, and a person's row in it. */
struct fu_fit_columns {
	struct fu_fit_table	 table;
	struct fu_arena		 arena;
	struct fu_fit_names	 facts, without;
	bool			 given;		/* --facts: no others */
	struct fu_list		 asked;		/* columns that the outcome reads */
	int			 fact[FU_FACT_N];	/* its column, or -1 */
	int			 first_attr;	/* columns from there are custom */
	int			 next_attr;	/* where the next is looked for */
	struct fu_list		 passed;	/* custom ones not taken */
	size_t			 passed_cap;
	bool			 full;		/* there are more than fit */
	/* events are counted by the scorer itself, in sixteenths */
	struct fu_scorecard	 events;
	struct fu_scorer	*scorer;
	int			 first_event;
};

int fu_fit_columns_init(struct fu_fit_columns *, const struct fu_fit_scan *,
    struct fu_err *);
/* Takes a row of the table for who is not held out. */
int fu_fit_columns_see(void *, const struct fu_fit_seen *, struct fu_err *);
void fu_fit_columns_free(struct fu_fit_columns *);

/*
 * fit_kinds.c: the kinds of events, pages and documents that enough people
 * share, as columns of the table; and those of the present scorecard.
 */
struct fu_fit_kinds {
	struct fu_fit_column	*column;
	size_t			 n, cap;
};
int fu_fit_kinds_find(struct fu_session *, struct fu_arena *,
    struct fu_fit_kinds *, struct fu_err *);

#endif
