/*
 * What the rooms of flow/witness share; for lib/flow/witness*.c alone.
 */
#ifndef FU_FLOW_WITNESS_ROOM_H
#define FU_FLOW_WITNESS_ROOM_H

#include <limits.h>

#include "flow/witness.h"

#define FU_WITNESS_MACHINE_LEN	33	/* 16 bytes in hex, and NUL */

struct fu_witness {
	struct fu_session	*session;
	struct fu_arena		 arena;
	const char		*instance;
	const char		*file, *stops;
	char			 machine[FU_WITNESS_MACHINE_LEN];
	const char		*db;		/* its path, absolute */
	int			 stops_fd;	/* -1: not open */
	bool			 stops_dirty;
};

/* What a witness says. */
struct fu_witness_word {
	const char	*instance, *machine, *db;
	int64_t		 count;
};

/*
 * fu_witness_lock(witness, fd, err): open and lock the file, made if missing;
 * the caller closes it.
 * fu_witness_read(witness, fd, word, err): 1, 0 when it says nothing yet, -1.
 * fu_witness_write(witness, fd, count, err): what is true here, on disk.
 */
int fu_witness_lock(struct fu_witness *, int *, struct fu_err *);
int fu_witness_read(struct fu_witness *, int, struct fu_witness_word *,
    struct fu_err *);
int fu_witness_write(struct fu_witness *, int, int64_t, struct fu_err *);

#endif
