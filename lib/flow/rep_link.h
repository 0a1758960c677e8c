/*
 * A rep's own link to a hand-off: who opens it is that rep.
 */
#ifndef FU_FLOW_REP_LINK_H
#define FU_FLOW_REP_LINK_H

#include "config/config.h"
#include "content/token.h"

/*
 * fu_rep_link(config, keys, handoff, sender, arena):
 * "WEB/rep/TOKEN"; NULL without company.web.
 * fu_rep_of(config, keys, text, handoff):
 * The sender whose link that is, and its hand-off; NULL: nobody's.
 */
const char *fu_rep_link(const struct fu_config *, const struct fu_keys *,
    int64_t, const struct fu_sender *, struct fu_arena *);
const struct fu_sender *fu_rep_of(const struct fu_config *,
    const struct fu_keys *, struct fu_str, int64_t *);

#endif
