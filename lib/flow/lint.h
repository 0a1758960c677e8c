/*
 * Everything that can be said of a configuration before it runs: its faults,
 * what would hold or spoil a message, and which rule each breaks.
 *
 * Reads, and writes nothing.
 */
#ifndef FU_FLOW_LINT_H
#define FU_FLOW_LINT_H

#include "base/opt.h"
#include "config/config.h"

struct fu_lint {
	struct fu_faults	 faults;	/* by file, line and column */
	struct fu_arena		 arena;
	struct fu_list		 file;		/* what was looked at */
	size_t			 cap;
};

/*
 * fu_lint_run(lint, opt, err):
 * Read the configuration as the programs do and fill in ${lint}.  Each finding
 * has a rule and a place: file, line and column, 1:1 for a whole file.  The
 * database of ${opt} is asked which columns people have, if it is there.
 * Return 0 whatever was found, or -1 with ${err} when there is no fu.yaml.
 *
 * fu_lint_only(lint, operand, n, err):
 * Keep the findings about those files, or files below those directories.  -1
 * with FU_ENOINPUT when one of them does not exist.
 */
int fu_lint_run(struct fu_lint *, const struct fu_opt *, struct fu_err *);
int fu_lint_only(struct fu_lint *, char **, int, struct fu_err *);
void fu_lint_free(struct fu_lint *);

#endif
