/*
 * The statements of the store as a test sees them: tables made by
 * tools/sql2plans out of lib/store itself, so that none is forgotten.
 */
#ifndef FU_TESTS_PLANS_H
#define FU_TESTS_PLANS_H

#include <stddef.h>

struct fu_plan {
	const char		*name;		/* "touches:touch_claim" */
	const char		*sql;		/* one text, or NULL: */
	const char *const	*list;		/* many, */
	size_t			 n;		/* so many, NULL among them */
};

extern const struct fu_plan *const fu_plans_all[];	/* NULL last */

#endif
