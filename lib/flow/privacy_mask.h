/*
 * Texts without what is somebody else's: for a copy that is handed out, and for
 * the chain, which nobody can be taken out of.
 *
 * Pure.
 */
#ifndef FU_FLOW_PRIVACY_MASK_H
#define FU_FLOW_PRIVACY_MASK_H

#include "flow/privacy_own.h"

#define FU_MASK_ADDRESS	"[somebody else's address]"
#define FU_MASK_NUMBER	"[somebody else's number]"

/*
 * fu_mask(own, text, arena):
 * ${text}, NULL too, with each address and number that is not the person's own
 * under one of the two names above; itself where there is none.
 *
 * fu_mask_json(own, jw, key, raw, numbers):
 * Write the JSON value ${raw} with its strings so.  Members that hold ids of
 * messages stay as they are.  ${numbers}: a bare integer of ten to fifteen
 * digits that is not their own number becomes FU_MASK_NUMBER, too.
 */
const char *fu_mask(const struct fu_own *, const char *, struct fu_arena *);
void fu_mask_json(const struct fu_own *, struct fu_jw *, const char *,
    struct fu_str, bool);

/*
 * fu_mask_fact(own, text, arena):
 * A short text for the ledger: no address and no number at all, of anybody;
 * NULL where it is blank or has the person's full name.
 *
 * fu_mask_page(own, url, arena):
 * A page for the ledger: without query, fragment and who logs in, and cut
 * before the first part of its path that an address, a name or a number of the
 * person could be.  NULL where nothing is left.
 */
const char *fu_mask_fact(const struct fu_own *, const char *,
    struct fu_arena *);
const char *fu_mask_page(const struct fu_own *, const char *,
    struct fu_arena *);

#endif
