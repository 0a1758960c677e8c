/*
 * The classes of status codes.
 *
 * Must never call an address dead for what is the sender's fault: a
 * suppression for good is what cannot be undone.
 */
#include <string.h>

#include "base/str.h"
#include "policy/bounce.h"

enum fu_bounce
fu_bounce_class(const char *status, bool said, bool hard)
{
	static const char *const dead[] = { "5.1.1", "5.1.3", "5.1.6",
		"5.1.10" };
	static const char *const soft[] = { "5.2.1", "5.2.2", "5.4.7" };

	if (fu_blank(status))
		return (said ? hard ? FU_B_HARD : FU_B_SOFT : FU_B_NONE);
	for (size_t i = 0; i < sizeof(dead) / sizeof(dead[0]); i++)
		if (strcmp(status, dead[i]) == 0)
			return (FU_B_HARD);
	if (strcmp(status, "5.1.2") == 0 || strcmp(status, "5.4.4") == 0)
		return (FU_B_DOMAIN);
	for (size_t i = 0; i < sizeof(soft) / sizeof(soft[0]); i++)
		if (strcmp(status, soft[i]) == 0)
			return (FU_B_SOFT);
	if (strncmp(status, "4.7.", 4) == 0)
		return (FU_B_NONE);
	if (status[0] == '4')
		return (FU_B_SOFT);
	/* Policy, content and our own faults are not the address's. */
	if (strncmp(status, "5.7.", 4) == 0 || strncmp(status, "5.5.", 4) == 0 ||
	    strncmp(status, "5.6.", 4) == 0 || strcmp(status, "5.2.3") == 0 ||
	    strcmp(status, "5.3.4") == 0 || strcmp(status, "5.1.7") == 0 ||
	    strcmp(status, "5.1.8") == 0)
		return (FU_B_NONE);
	return (hard ? FU_B_HARD : said ? FU_B_SOFT : FU_B_NONE);
}
