/*
 * Are templates well formed?  For lib/flow/init*.c alone: a room of its own,
 * as the gate and Mustache both have a thing called template.
 */
#ifndef FU_FLOW_INIT_TEXT_H
#define FU_FLOW_INIT_TEXT_H

#include "config/message.h"

/*
 * fu_init_template(text, begin, arena, faults): parse one template, whose first
 * character is at ${begin}; a fault when that fails.  NULL is none.
 * fu_init_message(path, arena, faults): a message file, with its front matter,
 * subjects and body.
 */
void fu_init_template(const char *, const struct fu_where *,
    struct fu_arena *, struct fu_faults *);
void fu_init_message(const char *, struct fu_arena *, struct fu_faults *);

#endif
