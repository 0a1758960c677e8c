/*
 * What a bounce's status says of the address, and of us.
 *
 * Pure.
 */
#ifndef FU_POLICY_BOUNCE_H
#define FU_POLICY_BOUNCE_H

#include <stdbool.h>

/* none: policy, content or our own fault; domain: none such, as far as one
 * answer can tell. */
enum fu_bounce { FU_B_NONE, FU_B_HARD, FU_B_DOMAIN, FU_B_SOFT };

/*
 * fu_bounce_class(status, said, hard):
 * The class by the enhanced ${status} ("5.1.1", or NULL) [RFC 3463, EM-16];
 * where it decides nothing, by whether who reported it ${said} that it is
 * ${hard}.
 */
enum fu_bounce fu_bounce_class(const char *, bool, bool);

#endif
