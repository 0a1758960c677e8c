/*
 * What an event may say, before anything is asked of the store: one table for
 * fu-ingest, which rejects, and fu-log, which refuses.
 */
#ifndef FU_FLOW_INGEST_CHECK_H
#define FU_FLOW_INGEST_CHECK_H

#include "record/event.h"
#include "record/json.h"

/*
 * fu_ingest_check(kind, object, arena, reason, err):
 * Does it lack a member that its kind needs, or is one of the wrong sort?  -1
 * with a ${reason} for the reject.
 *
 * fu_ingest_channel(kind, object, arena, unknown):
 * Its channel in our words ("e-mail" is email), or NULL.  ${unknown}: of an
 * opt-out, the word that nobody knows, for which "all" is given; else NULL.
 *
 * fu_ingest_scope(kind, object, arena, unknown):
 * How far an opt-out goes: "channel", "all", or NULL where it does not say or
 * is none.  ${unknown}: as above, "all" for a word that nobody knows.
 *
 * fu_ingest_opts_out(kind): does it, whatever it says?
 */
int fu_ingest_check(enum fu_kind, const struct fu_object *, struct fu_arena *,
    const char **, struct fu_err *);
const char *fu_ingest_channel(enum fu_kind, const struct fu_object *,
    struct fu_arena *, const char **);
const char *fu_ingest_scope(enum fu_kind, const struct fu_object *,
    struct fu_arena *, const char **);
bool fu_ingest_opts_out(enum fu_kind);

#endif
