/*
 * Numbers as people read them, whatever the locale.
 */
#ifndef FU_REPORT_NUMBER_H
#define FU_REPORT_NUMBER_H

#include <stdint.h>

#define FU_NUMBER_LEN	40

/*
 * fu_fixed(value, decimals, text): "12.5".
 * fu_percent(rate, text): "8.0 %", with a second decimal below a percent.
 * fu_span_text(seconds, text): "40 min", "3.2 h", "2.5 days".
 * fu_thousands(n, text): "1,234,567".
 * Each returns ${text}.
 */
const char *fu_fixed(double, int, char[FU_NUMBER_LEN]);
const char *fu_percent(double, char[FU_NUMBER_LEN]);
const char *fu_span_text(double, char[FU_NUMBER_LEN]);
const char *fu_thousands(int64_t, char[FU_NUMBER_LEN]);

#endif
