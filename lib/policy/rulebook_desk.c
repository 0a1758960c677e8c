/*
 * Which local parts are desks.
 *
 * Must never guess: what no rule names is a person.
 */
#include <string.h>

#include "policy/desk.h"
#include "policy/rulebook.h"
#include "record/email.h"

bool
fu_is_desk(const struct fu_rulebook *rulebook, const char *local)
{
	char	 small[FU_EMAIL_LOCAL_MAX + 1];
	size_t	 n = strlen(local);

	if (rulebook == NULL || n >= sizeof(small))
		return (false);
	for (size_t i = 0; i < n; i++)
		small[i] = local[i] >= 'A' && local[i] <= 'Z' ?
		    (char)(local[i] - 'A' + 'a') : local[i];
	return (fu_words_has(&rulebook->role, (struct fu_str){ small, n }));
}
