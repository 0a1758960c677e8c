/*
 * Dates as customer databases export them, to an instant.
 *
 * Pure.  A date that two people could read as two days is refused, unless the
 * operator has said in which order its parts come.
 */
#ifndef FU_RECORD_DATE_H
#define FU_RECORD_DATE_H

#include "base/clock.h"

enum fu_date_order {
	FU_ORDER_UNKNOWN, FU_ORDER_DMY, FU_ORDER_MDY, FU_ORDER_YMD
};

enum fu_date_fault {
	FU_DATE_OK = 0,
	FU_DATE_BAD = -1,
	FU_DATE_AMBIGUOUS = -2	/* 3/4/2024 without an order */
};

/*
 * fu_date_read(text, order, us, err):
 * RFC 3339 and its relaxations (see fu_time_parse), "2024/03/12",
 * "12 Mar 2024", "Mar 12, 2024", "12-Mar-24", "3/14/2024 5:03 PM",
 * "14.03.2024 17:03", and the epoch in milliseconds (13 digits) or seconds
 * (10 digits).  English month names.  Years of two digits are 1970 to 2069.
 * Without an offset it is UTC.  Dotted dates are day first, but under
 * FU_ORDER_YMD: no country writes them otherwise.  That order says nothing of
 * a date whose year stands last.  Return FU_DATE_OK, or a fault with ${err} filled in.
 */
enum fu_date_fault fu_date_read(struct fu_str, enum fu_date_order, int64_t *,
    struct fu_err *);

/* "dmy", "mdy" or "ymd"; -1 for another word. */
int fu_date_order_parse(const char *, enum fu_date_order *, struct fu_err *);

#endif
