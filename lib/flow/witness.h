/*
 * The witness: what stands beside a database so that a restored copy of it
 * does not send twice and forgets no STOP [DESIGN 6].
 *
 * In the state directory (FU_STATE, else $XDG_STATE_HOME/fu, else
 * ~/.local/state/fu) lie, by the database's instance id,
 *
 *	ID.witness	instance, machine, send counter and path of the database
 *	ID.stops	hashes of suppressions and erasures, append only
 *
 * Never says that a database may send because it cannot find out.
 */
#ifndef FU_FLOW_WITNESS_H
#define FU_FLOW_WITNESS_H

#include "flow/cadence.h"
#include "store/ledger.h"

struct fu_witness;

/*
 * fu_witness_open(session, err):
 * Find the files' names; touches neither.  A database without an instance id
 * is given one, inside a transaction of its own.  NULL on error: no state
 * directory can be named or made.
 *
 * fu_witness_check(witness, err):
 * May this database send?  The first time ever, when nothing was sent, the
 * witness is made.  Return 1; 0 with the reason in ${err} (FU_ECONFIG, with
 * the way out) when this is a copy, another machine's, or behind; or -1.
 *
 * fu_witness_raise(witness, err):
 * After attempts have committed, before the first byte: raise the witness to
 * the send counter, under flock, and wait until that is on disk.  Looks again
 * whether this database is behind.  1, 0 and -1 as above.
 */
struct fu_witness *fu_witness_open(struct fu_session *, struct fu_err *);
int fu_witness_check(struct fu_witness *, struct fu_err *);
int fu_witness_raise(struct fu_witness *, struct fu_err *);
void fu_witness_close(struct fu_witness *);	/* NULL is nothing */

/*
 * fu_witness_suppression(witness, row, until_us, err):
 * Note a suppression or erasure that is about to be committed; nothing in a
 * rehearsal or with -n.
 * fu_witness_sync(witness, err): before that commit: what was noted is on
 * disk.
 */
int fu_witness_suppression(struct fu_witness *, const struct fu_ledger_row *,
    int64_t, struct fu_err *);
int fu_witness_sync(struct fu_witness *, struct fu_err *);

/* What adopting did. */
struct fu_adopted {
	uint64_t	 suppressions;	/* that the copy did not know */
	uint64_t	 uncertain;	/* touches that may have been sent */
	uint64_t	 erased;	/* people whom it still had */
};

/*
 * fu_witness_adopt(session, cadencer, adopted, err):
 * This database is the living one: replay the suppressions, erase again who
 * was erased, mark every touch that fell due since its last commit as
 * uncertain, which counts as sent, and
 * make the witness anew for this machine and path.  Makes transactions of its
 * own.
 */
int fu_witness_adopt(struct fu_session *, struct fu_cadencer *,
    struct fu_adopted *, struct fu_err *);

#endif
