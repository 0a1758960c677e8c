/*
 * What surrounds the process: variables, and where its program lies.
 */
#ifndef FU_BASE_ENV_H
#define FU_BASE_ENV_H

#include "base/arena.h"
#include "base/err.h"

/* The variable's value; NULL when it is unset or empty. */
const char *fu_env(const char *);

/*
 * fu_env_programs(arena, err):
 * The directory that holds the running program, symbolic links followed, made
 * in ${arena}.  NULL when the system does not say.
 */
const char *fu_env_programs(struct fu_arena *, struct fu_err *);

#endif
