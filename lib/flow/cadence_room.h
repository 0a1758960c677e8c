/*
 * What cadence.c and cadencer.c share; for nobody else.
 */
#ifndef FU_FLOW_CADENCE_ROOM_H
#define FU_FLOW_CADENCE_ROOM_H

#include "flow/cadence.h"

/* The compiled conditions of one cadence, as indices into the rules. */
struct fu_conditions {
	int	 enter, exit;
	int	 term, nterm;		/* the AND-ed terms of enter */
	int	*step_if;		/* one a step */
	/* why it did not take the person looked at */
	enum fu_missed {
		FU_MISSED_TERM, FU_MISSED_START, FU_MISSED_AGAIN,
		FU_MISSED_SHUT
	}	 missed;
	/* of those whom no cadence took: by term; enter held, but `again` did
	 * not let them in; no return or demo; its channels are shut */
	uint64_t *term_failed, had, no_start, shut;
};

struct fu_cadencer {
	struct fu_session	*session;
	struct fu_arena		 arena;
	struct fu_rules		*rules;
	struct fu_conditions	*cond;		/* one a cadence */
	int			 nrule;
	bool			*result;	/* of the person looked at */
	uint64_t		 untaken;
	int64_t			 first_due_us;
};

struct fu_conditions *fu_conditions_of(struct fu_cadencer *,
    const struct fu_cadence *);

/* Nobody took the person that fu_conditions were last asked about. */
void fu_cadencer_miss(struct fu_cadencer *);

/* Does the cadence's `again` let the person in, who may have been in it? */
int fu_cadence_may_enter(struct fu_cadencer *, const struct fu_case *,
    const struct fu_cadence *, struct fu_arena *, bool *, struct fu_err *);

#endif
