/*
 * The directory of rules files, as every program that goes by one reads it.
 */
#ifndef FU_FLOW_RULESDIR_H
#define FU_FLOW_RULESDIR_H

#include "base/opt.h"
#include "policy/rulebook_files.h"

/*
 * fu_rulesdir_read(config, rulebook, faults):
 * Hand every file of rules/ to ${rulebook}, in order of name.  What is wrong
 * with one, and one that is missed, is a fault with the way out: nothing that
 * is there to stop a message may be passed over because it cannot be read.
 * Return 0, or -1 when there was any.
 *
 * fu_rulesdir_path(config, arena, name): where the file of that name is.
 * fu_rulesdir_lines(config, name, arena, list, err): the phrases of one that
 * has one a line; none when it is not there.  0, or -1 when it cannot be read.
 * fu_rulesdir_way(config): how one that is not there comes back, in words.
 */
int fu_rulesdir_read(const struct fu_config *, struct fu_rulebook *,
    struct fu_faults *);
const char *fu_rulesdir_path(const struct fu_config *, struct fu_arena *,
    const char *);
int fu_rulesdir_lines(const struct fu_config *, const char *,
    struct fu_arena *, struct fu_list *, struct fu_err *);
const char *fu_rulesdir_way(const struct fu_config *);

#endif
