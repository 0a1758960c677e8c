/*
 * Events as they are read: one person's, or everybody's in one ordered scan.
 * Recording them is store/intake.h.
 */
#ifndef FU_STORE_EVENTS_H
#define FU_STORE_EVENTS_H

#include "record/event.h"
#include "store/store.h"

/*
 * fu_events_load(store, prospect, arena, events, n, err):
 * All events of a person, sorted by fu_event_order, with text and body.
 *
 * fu_events_range(store, from, to, arena, events, n, err):
 * Those of the people with ids from ${from} to ${to}, by prospect and then by
 * fu_event_order, with text and body where facts read them: one chunk of a scan
 * of everybody.
 *
 * fu_events_sort(events, n): rows in order of people, each one's by
 * fu_event_order.
 */
void fu_events_sort(struct fu_event *, size_t);
int fu_events_load(struct fu_store *, int64_t, struct fu_arena *,
    struct fu_event **, size_t *, struct fu_err *);
int fu_events_range(struct fu_store *, int64_t, int64_t, struct fu_arena *,
    struct fu_event **, size_t *, struct fu_err *);

/*
 * fu_event_note(store, event, err):
 * Write an event of fu's own (FU_K_SENT and the like): id, received_us and
 * dedup are filled in.  Raises no news: the caller does where it is news.
 */
int fu_event_note(struct fu_store *, struct fu_event *, struct fu_err *);

#endif
