/*
 * The tenth business day after an opt-out came.
 *
 * Must never count from the day on which somebody read it.
 */
#include "policy/optout_due.h"
#include "policy/rulebook.h"

int32_t
fu_optout_due(
    const struct fu_rulebook *b, int32_t received, int business_days)
{
	uint64_t federal = fu_holiday_set(b, "federal");
	int32_t day = received;

	while (business_days > 0) {
		day++;
		if (fu_days_weekday(day) < 5 &&
		    !fu_holiday_on(b, federal, day))
			business_days--;
	}
	return (day);
}
