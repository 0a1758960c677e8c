/*
 * What privacy*.c share; for nobody else.
 */
#ifndef FU_FLOW_PRIVACY_ROOM_H
#define FU_FLOW_PRIVACY_ROOM_H

#include "flow/case.h"
#include "flow/privacy.h"

/* Everything that a person is known by, as identities have it. */
struct fu_known_by {
	struct fu_known_as {
		int		 kind;		/* enum fu_id_kind */
		const char	*value;
		bool		 own;		/* in the person's own columns */
	}		*as;
	size_t		 n, cap;
};

/* Of a person as fu_prospect_load() gave it; in the arena. */
int fu_known_by(struct fu_session *, const struct fu_prospect *,
    struct fu_arena *, struct fu_known_by *, struct fu_err *);

#endif
