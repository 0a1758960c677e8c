/*
 * A month, as the calendar has it.
 */
#include "policy/notice_due.h"

int32_t
fu_notice_due(int32_t day)
{
	struct fu_date d = fu_date_of_days(day);
	int len;

	d.year = (int16_t)(d.year + d.month / 12);
	d.month = (int8_t)(d.month % 12 + 1);
	len = fu_month_length(d.year, d.month);
	if (d.day > len)
		d.day = (int8_t)len;
	return (fu_date_days(d));
}
