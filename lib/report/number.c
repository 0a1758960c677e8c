/*
 * Numbers as people read them.
 *
 * Must never ask the locale: its comma would end a path of SVG.
 */
#include <glib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/number.h"

const char *
fu_fixed(double value, int decimals, char text[FU_NUMBER_LEN])
{
	char	 form[8];

	snprintf(form, sizeof(form), "%%.%df", decimals);
	if (!isfinite(value) || fabs(value) > 1e15)
		value = 0;
	/* No "-0.0". */
	if (fabs(value) < 0.5 * pow(10, -decimals))
		value = 0;
	return (g_ascii_formatd(text, FU_NUMBER_LEN, form, value));
}

const char *
fu_percent(double rate, char text[FU_NUMBER_LEN])
{
	char	 digits[FU_NUMBER_LEN];
	double	 percent = rate * 100;

	snprintf(text, FU_NUMBER_LEN, "%.32s %%", fu_fixed(percent,
	    percent != 0 && fabs(percent) < 1 ? 2 : 1, digits));
	return (text);
}

const char *
fu_span_text(double seconds, char text[FU_NUMBER_LEN])
{
	char	 digits[FU_NUMBER_LEN];

	if (seconds < 3600)
		snprintf(text, FU_NUMBER_LEN, "%.30s min", fu_fixed(seconds /
		    60, 0, digits));
	else if (seconds < 48 * 3600)
		snprintf(text, FU_NUMBER_LEN, "%.30s h", fu_fixed(seconds /
		    3600, 1, digits));
	else
		snprintf(text, FU_NUMBER_LEN, "%.30s days", fu_fixed(seconds /
		    86400, 1, digits));
	return (text);
}

const char *
fu_thousands(int64_t n, char text[FU_NUMBER_LEN])
{
	char	 digits[24];
	size_t	 len, to = 0;

	snprintf(digits, sizeof(digits), "%lld", (long long)n);
	len = strlen(digits);
	for (size_t i = 0; i < len; i++) {
		text[to++] = digits[i];
		if (digits[i] != '-' && i + 1 < len && (len - i - 1) % 3 == 0)
			text[to++] = ',';
	}
	text[to] = '\0';
	return (text);
}
