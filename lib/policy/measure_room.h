/*
 * What the files of the fold share: one person's touches that left, with what
 * came back of each.
 */
#ifndef FU_POLICY_MEASURE_ROOM_H
#define FU_POLICY_MEASURE_ROOM_H

#include "policy/measure_cells.h"

/* What came back of a touch, in its window. */
enum {
	FU_BACK_REPLIED = 1, FU_BACK_LIKED = 2, FU_BACK_DISLIKED = 4,
	FU_BACK_UNCLEAR = 8, FU_BACK_AUTOMATIC = 16, FU_BACK_OPTED_OUT = 32,
	FU_BACK_HARD = 64, FU_BACK_SOFT = 128, FU_BACK_COMPLAINED = 256
};

struct fu_left {
	const struct fu_measure_touch	*t;
	unsigned			 back;
	int64_t				 replied_us;	/* first, or MAX */
};

struct fu_fold {
	struct fu_measures			*m;
	const struct fu_measure_asked		*asked;
	const struct fu_measure_person		*p;
	struct fu_left				*left;	/* by time */
	size_t					 nleft;
	struct fu_measure_dims			 base;	/* of the record */
};

/*
 * fu_fold_in_range(fold, us): is that asked about, and not to come?
 * fu_fold_is_over(fold, us): is the window that begins at ${us} over?
 * fu_fold_follows(fold, from, us): does ${us} lie behind ${from}, in its
 * window?
 * fu_fold_saw(over, yes): FU_SAW_* of who counts once the window is over.
 */
bool fu_fold_in_range(const struct fu_fold *, int64_t);
bool fu_fold_is_over(const struct fu_fold *, int64_t);
bool fu_fold_follows(const struct fu_fold *, int64_t, int64_t);
unsigned fu_fold_saw(bool, bool);

/*
 * fu_fold_take_left(fold): fill in left, which has room for every touch.
 * fu_fold_attribute(fold): give each what came back of it.
 * fu_fold_answers(fold, event): the touch that an event is attributed to, or
 * NULL.
 * fu_fold_is_answer(event): a person's own words, which a reply rate counts?
 * fu_fold_delivered(left): did it leave, and not come back?
 * fu_fold_touch(fold, i): put the i-th of left into the cells.
 */
void fu_fold_take_left(struct fu_fold *);
void fu_fold_attribute(struct fu_fold *);
struct fu_left *fu_fold_answers(const struct fu_fold *,
    const struct fu_event *);
bool fu_fold_is_answer(const struct fu_event *);
bool fu_fold_delivered(const struct fu_left *);
struct fu_measure_dims fu_fold_touch_dims(const struct fu_fold *,
    const struct fu_measure_touch *);
void fu_fold_touch(struct fu_fold *, size_t);

/* Does the event say that they were won? */
bool fu_fold_is_won(const struct fu_fold *, const struct fu_event *);
void fu_fold_enrolment(struct fu_fold *, const struct fu_measure_enrolment *);
void fu_fold_handoff(struct fu_fold *, const struct fu_measure_handoff *);
void fu_fold_opportunity(struct fu_fold *);

#endif
