/*
 * What is measured, and the arithmetic of it: one person's history in, figures
 * out.
 *
 * Pure: the history, the clock and the range are arguments.  Everything is
 * counted in people, each once in each figure; a rate's people are those whose
 * window is over, the others are pending.  Must never learn a name or an
 * address of a person: what it keeps are names of cadences, steps, senders and
 * the like.
 */
#ifndef FU_POLICY_MEASURE_H
#define FU_POLICY_MEASURE_H

#include "policy/rulebook.h"
#include "record/event.h"
#include "record/measured.h"

/* Of fewer people a rate says little: it is marked. */
#define FU_MEASURE_FEW		30
#define FU_MEASURE_WINDOW_US	(30 * FU_DAY)
#define FU_MEASURE_BY_MAX	4

/* By what figures are told apart. */
enum fu_dim {
	FU_DIM_CADENCE, FU_DIM_STEP, FU_DIM_CHANNEL, FU_DIM_SENDER,
	FU_DIM_PROVIDER,	/* who receives the mail */
	FU_DIM_VARIANT,
	FU_DIM_GROUP,		/* written, holdout */
	FU_DIM_TRIGGER, FU_DIM_STAGE,
	FU_DIM_BAND, FU_DIM_SCORE,	/* at enrolment; the latter in tens */
	FU_DIM_MIX,		/* the channels that an enrolment took */
	FU_DIM_WEEK,		/* of enrolment: its Monday */
	FU_DIM_REASON, FU_DIM_STATE, FU_DIM_LEVEL, FU_DIM_TOUCHES,
	FU_DIM_WITHIN, FU_DIM_WEEKDAY, FU_DIM_HOUR,
	/* of the record */
	FU_DIM_INDUSTRY, FU_DIM_SEGMENT, FU_DIM_SOURCE, FU_DIM_COUNTRY,
	FU_DIM_OWNER,
	FU_DIM_N
};
#define FU_DIM_RECORD	FU_DIM_INDUSTRY	/* the first of the record's */
extern const char *const fu_dim_names[FU_DIM_N];
int fu_dim_find(const char *);			/* -1 if none */
bool fu_dim_asked(enum fu_dim);			/* may --by name it? */

enum fu_measure {
	FU_M_FUNNEL, FU_M_REACTIVATION, FU_M_ENROLMENT_REPLY, FU_M_REPLY,
	FU_M_POSITIVE, FU_M_AB, FU_M_AUTO_REPLY, FU_M_OPTOUT, FU_M_BOUNCE,
	FU_M_SOFT_BOUNCE, FU_M_COMPLAINT, FU_M_MEETING, FU_M_STAGE,
	FU_M_TRIGGER, FU_M_RESPONSE, FU_M_RESPONSE_TIMES, FU_M_VELOCITY,
	FU_M_WIN, FU_M_TOUCHES_REPLY, FU_M_TOUCHES_WIN, FU_M_HELD,
	FU_M_HOURS, FU_M_COST, FU_M_UNANSWERED,
	FU_M_ENROLLED,		/* no figure of its own */
	FU_MEASURE_N
};

/* How a measure is made up of what was seen. */
enum fu_measure_kind {
	FU_MK_RATE,		/* people of people */
	FU_MK_COUNT,		/* things, and how many people's */
	FU_MK_VALUES,		/* numbers: median, p90, mean */
	FU_MK_FLOW,		/* velocity */
	FU_MK_COST
};
struct fu_measure_def {
	const char		*name;		/* "reply_rate" */
	const char		*title;		/* for people */
	enum fu_measure_kind	 kind;
	const char		*numerator, *denominator, *window, *rule;
};
extern const struct fu_measure_def fu_measure_defs[FU_MEASURE_N];
int fu_measure_find(const char *);		/* -1 if none */

/* One person's history.  Texts are borrowed for the call. */
struct fu_measure_person {
	const struct fu_event			*event;	/* by fu_event_order */
	size_t					 nevent;
	const struct fu_measure_enrolment	*enrolment;
	size_t					 nenrolment;
	const struct fu_measure_touch		*touch;	/* by id */
	size_t					 ntouch;
	const struct fu_measure_handoff		*handoff;
	size_t					 nhandoff;
	/* what --by asks of the record, from FU_DIM_RECORD on; or NULL */
	const char				*record[FU_DIM_N -
						    FU_DIM_RECORD];
	const struct fu_zone			*zone;	/* NULL: not asked */
};

struct fu_measure_asked {
	int64_t		 now_us;
	int64_t		 since_us, until_us;	/* FU_NEVER, INT64_MAX: open */
	int64_t		 window_us;
	int		 hot, warm;		/* bands: above, from */
	enum fu_dim	 by[FU_MEASURE_BY_MAX];	/* none: what is usual */
	size_t		 nby;
	double		 cost[FU_CHANNEL_N];	/* a touch; -1: not given */
	const struct fu_rulebook *rulebook;	/* stages, free mail; or NULL */
	const struct fu_zone	*zone;		/* the company's: weeks */
};

/* A figure. */
struct fu_figure_by {
	enum fu_dim	 dim;
	const char	*value;			/* or NULL */
};
struct fu_figure_more {
	const char	*name;
	double		 value;
};
#define FU_FIGURE_MORE	8
struct fu_figure {
	enum fu_measure		 measure;
	enum fu_measure_kind	 kind;		/* of a distribution: COUNT */
	struct fu_figure_by	 by[FU_MEASURE_BY_MAX + 2];
	size_t			 nby;
	int64_t			 n;
	int64_t			 of;		/* of COUNT: people */
	int64_t			 pending;
	bool			 has_value, has_interval;
	double			 value, low, high;
	struct fu_figure_more	 more[FU_FIGURE_MORE];	/* kind by kind */
	size_t			 nmore;
	const char		*verdict;	/* of a comparison, or NULL */
	const char		*text;		/* of a group of questions */
	bool			 few;		/* a rate of too few people */
};

struct fu_measures;

/*
 * fu_measures_new(asked): nothing seen yet; ${asked} is copied.
 * fu_measures_see(measures, person): fold one person in.
 * fu_measures_figures(measures, arena, figures, n): what came of it, in the
 * order of the measures, then of what they are by; texts in the arena.
 * fu_measures_full(measures): were there more figures than it keeps?
 */
struct fu_measures *fu_measures_new(const struct fu_measure_asked *);
void fu_measures_free(struct fu_measures *);
void fu_measures_see(struct fu_measures *, const struct fu_measure_person *);
void fu_measures_figures(struct fu_measures *, struct fu_arena *,
    struct fu_figure **, size_t *);
bool fu_measures_full(const struct fu_measures *);

/*
 * fu_measure_mood(event): what an answer of theirs says, by its signals:
 * 1 interest, -1 none, 0 unknown.
 *
 * fu_measure_provider(rulebook, domain): who keeps mailboxes of ${domain}, as
 * far as its name tells: "google", "microsoft", "yahoo", "apple", "gmx",
 * another provider of "free mail", else "own domain".
 */
int fu_measure_mood(const struct fu_event *);
const char *fu_measure_provider(const struct fu_rulebook *, const char *);

#endif
