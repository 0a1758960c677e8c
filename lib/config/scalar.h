/*
 * Single values as operators write them: days, hours, spans, whole numbers.
 *
 * Each returns 0, or -1 with a message in ${err} that says how to write it.
 */
#ifndef FU_CONFIG_SCALAR_H
#define FU_CONFIG_SCALAR_H

#include "config/config.h"

/* "17", "-10"; nothing behind it. */
int fu_int_parse(const char *, int64_t *, struct fu_err *);

/* "mon-fri", "mon,wed", "sat-mon", "daily"; bit 0 is Monday. */
int fu_weekdays_parse(const char *, uint8_t *, struct fu_err *);

/* One of "mon" … "sun", full names too; 0 is Monday, -1 if none. */
int fu_weekday_find(const char *, size_t);

/* "08:30-17:30": minutes after midnight; 24:00 is the end of the day. */
int fu_hours_parse(const char *, int[2], struct fu_err *);

/* "2026-12-24..2027-01-02", or one day. */
int fu_span_parse(const char *, struct fu_span *, struct fu_err *);

/* "50-200", "1000+", "200"; INT_MAX for no end. */
int fu_size_parse(const char *, int *, int *, struct fu_err *);

/* Is it local@domain, as far as one can see without asking? */
bool fu_email_plausible(const char *);

#endif
