/*
 * The company that a person is of, by the domain of their address or website.
 */
#ifndef FU_POLICY_EMPLOYER_H
#define FU_POLICY_EMPLOYER_H

#include "policy/gate.h"

/*
 * fu_freemail(rulebook, domain):
 * Does anybody get a mailbox at this (lower-case) domain, so that it says
 * nothing of a company?  The domains are those of rules/free-mail.txt; no
 * rulebook knows none.
 *
 * fu_company_domain(rulebook, person, arena):
 * The domain that the company is known by: of the email, else of the website;
 * NULL for those that are anybody's, and where there is none.
 */
bool fu_freemail(const struct fu_rulebook *, const char *);
const char *fu_company_domain(const struct fu_rulebook *,
    const struct fu_person *, struct fu_arena *);

#endif
