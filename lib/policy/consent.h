/*
 * What the words of a consent say, beside the boxes that a form reports.
 *
 * Pure.
 */
#ifndef FU_POLICY_CONSENT_H
#define FU_POLICY_CONSENT_H

#include <stdbool.h>

#include "base/arena.h"

/*
 * fu_consent_names(seller, company, arena):
 * Is the seller whom a consent names the company?  Case, marks and the legal
 * form (Ltd, GmbH, Inc ...) aside, and a longer name that begins with the
 * shorter one is the same.  A consent given to somebody else is none of ours.
 * [47 CFR 64.1200(f)(9): "the seller"]
 */
bool fu_consent_names(const char *, const char *, struct fu_arena *);

#endif
