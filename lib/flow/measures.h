/*
 * Measuring: everybody's history in one ordered scan, and what came of it.
 */
#ifndef FU_FLOW_MEASURES_H
#define FU_FLOW_MEASURES_H

#include "flow/session.h"
#include "policy/measure.h"

struct fu_measuring {
	int64_t		 since_us, until_us;	/* FU_NEVER, INT64_MAX: open */
	int64_t		 window_us;
	enum fu_dim	 by[FU_MEASURE_BY_MAX];
	size_t		 nby;
	const char	*where;		/* a condition over facts as they are
					 * now, or NULL: everybody */
};

/*
 * fu_measures_by(text, measuring, err): "channel,cadence" into by; FU_EUSAGE.
 *
 * fu_measures_time(text, now_us, us, err):
 * An instant as a time, a date, or a span before now: "2026-01-01", "90d".
 *
 * fu_measures_run(session, measuring, arena, figures, n, err):
 * All figures, texts in the arena; the session has FU_S_CONFIG, FU_S_RULES and
 * FU_S_READ.  Reads only, in chunks; memory does not grow with people.
 */
int fu_measures_by(const char *, struct fu_measuring *, struct fu_err *);
int fu_measures_time(const char *, int64_t, int64_t *, struct fu_err *);
int fu_measures_run(struct fu_session *, const struct fu_measuring *,
    struct fu_arena *, struct fu_figure **, size_t *, struct fu_err *);

/*
 * fu_cost_parse(text, channel, amount): "email=0.02" of costs in fu.yaml.
 */
bool fu_cost_parse(const char *, int *, double *);

#endif
