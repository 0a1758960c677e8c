/*
 * A verdict as a test expects it, in words: "block no_consent - EP-01".
 */
#ifndef FU_TESTS_GATE_WORLD_H
#define FU_TESTS_GATE_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "unit/policy/gate_case.h"

static inline int
load(void **state)
{
	(void)state;
	load_book("templates");
	return (0);
}

static inline int
unload(void **state)
{
	(void)state;
	fu_rulebook_free(book);
	return (0);
}

/* "defer quiet_hours 2026-11-24T13:00:00Z ST-01", or a beginning of it; of a
 * table's row also which one it is. */
#define expect(w, what) expect_at(w, what, "", __LINE__)
#define expect_of(w, row, what) expect_at(w, what, row, __LINE__)

static inline void
expect_at(struct world *w, const char *what, const char *row, int line)
{
	struct fu_verdict v = decide(w);
	char got[160], t[FU_TIME_LEN] = "-";

	if (v.until_us != FU_NEVER)
		fu_time_print(v.until_us, t);
	if (v.class == FU_ALLOW)
		snprintf(got, sizeof(got), "allow");
	else
		snprintf(got, sizeof(got), "%s %s %s %s",
		    fu_verdict_class_name(v.class), fu_reasons[v.reason].name,
		    t, v.rule);
	if (strncmp(got, what, strlen(what)) != 0)
		fail_msg("line %d%s%s: expected \"%s\", got \"%s\"%s%s", line,
		    row[0] != '\0' ? ", " : "", row, what, got,
		    v.detail != NULL ? ": " : "",
		    v.detail != NULL ? v.detail : "");
}

#endif
