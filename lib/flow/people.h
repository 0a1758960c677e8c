/*
 * The loop of every filter that looks at people: records in, each distinct
 * person once a batch, in one transaction; or PERSON operands in their place.
 */
#ifndef FU_FLOW_PEOPLE_H
#define FU_FLOW_PEOPLE_H

#include "flow/session.h"

struct fu_people {
	struct fu_session	*session;
	void			*ctx;
	bool			 drop;		/* the input is not passed on */
	/*
	 * look(ctx, id, item, arena, result, err): look at one person; what is
	 * to be said of them in ${result}, made in the arena.  ${item} is the
	 * first record that names them.  1, 0 when there is no such person, -1.
	 */
	int	(*look)(void *, int64_t, struct fu_item *, struct fu_arena *,
		    void **, struct fu_err *);
	/* ready(ctx, id, arena): what has to be fetched for one person before
	 * the transaction; may be NULL. */
	void	(*ready)(void *, int64_t, struct fu_arena *);
	/* put(ctx, item, result, arena): into each record that names them; may
	 * be NULL. */
	void	(*put)(void *, struct fu_item *, void *, struct fu_arena *);
};

/*
 * fu_people_run(people, operands, n, err):
 * Over standard input, or with ${n} > 0 over the operands (an id, an email, a
 * phone, a visitor id), each a new record.  A record of no type, or of a
 * prospect, that has an email and no id is given the id of whom we know by it.
 * Records that name nobody pass untouched; a person that is not there, and an
 * id that is none, is rejected.  0, FU_NOTFOUND after a line on standard error
 * for each operand that is nobody, or -1.
 */
int fu_people_run(struct fu_people *, char **, int, struct fu_err *);

#endif
