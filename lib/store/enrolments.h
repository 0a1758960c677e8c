/*
 * Enrolments: which cadence a person is in, was in, and why it ended.
 */
#ifndef FU_STORE_ENROLMENTS_H
#define FU_STORE_ENROLMENTS_H

#include "record/touch.h"
#include "store/store.h"

/* The active one of a person: 1, 0 if there is none, -1. */
int fu_enrolment_active(struct fu_store *, int64_t, struct fu_arena *,
    struct fu_enrolment *, struct fu_err *);

/*
 * fu_enrolment_last(store, prospect, cadence, arena, enrolment, err):
 * The newest enrolment of the person in that cadence, active or not: 1, 0, -1.
 *
 * fu_enrolment_at(store, prospect, at_us, arena, enrolment, err):
 * The newest that the person had entered by then, active or not: 1, 0, -1.
 *
 * fu_enrolment_untold(store, prospect, arena, enrolment, err):
 * The newest that has ended and whose end fu-cadence has not said: 1, 0, -1.
 * fu_enrolment_told(store, prospect, err): now it has.
 */
int fu_enrolment_last(struct fu_store *, int64_t, const char *,
    struct fu_arena *, struct fu_enrolment *, struct fu_err *);

int fu_enrolment_at(struct fu_store *, int64_t, int64_t, struct fu_arena *,
    struct fu_enrolment *, struct fu_err *);
int fu_enrolment_untold(struct fu_store *, int64_t, struct fu_arena *,
    struct fu_enrolment *, struct fu_err *);
int fu_enrolment_told(struct fu_store *, int64_t, struct fu_err *);

/*
 * fu_enrolment_add(store, enrolment, score, err):
 * Enrol; the id is filled in.  Fails (FU_ESOFTWARE) where one is active: the
 * caller ends it in the same transaction.
 * fu_enrolment_end(store, prospect, id, reason, err): end it and cancel what
 * has not left; a decision is the caller's.
 * fu_enrolment_end_active(store, prospect, reason, err): the same for the
 * active one, with a decision; does nothing where there is none.
 */
int fu_enrolment_add(struct fu_store *, struct fu_enrolment *, int,
    struct fu_err *);
int fu_enrolment_end(struct fu_store *, int64_t, int64_t, const char *,
    struct fu_err *);
int fu_enrolment_end_active(struct fu_store *, int64_t, const char *,
    struct fu_err *);

/* How far pauses have moved the days, and since when it stands still. */
int fu_enrolment_pause(struct fu_store *, int64_t, int64_t, int32_t, int64_t,
    struct fu_err *);

/* The active ones of everybody, by prospect, above ${after}: a chunk. */
int fu_enrolments_next(struct fu_store *, int64_t, size_t, struct fu_arena *,
    struct fu_enrolment **, size_t *, struct fu_err *);

#endif
