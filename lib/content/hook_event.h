/*
 * What the readers of hooks share: an event that is begun and ended; for
 * lib/content/hook_*.c alone.
 */
#ifndef FU_CONTENT_HOOK_EVENT_H
#define FU_CONTENT_HOOK_EVENT_H

#include "content/hook.h"
#include "record/json.h"

/*
 * hook_event.c
 * fu_hook_event(jw, in, name, id, part, at_us): begin one, with its own key:
 * ${id}, or "${id}:${part}" where one thing has several events.
 * fu_hook_event_end(jw, in): and its line.
 *
 * fu_hook_put(jw, key, text): unless there is none.
 * fu_hook_phone(jw, digits): "phone", of digits with or without '+'; false and
 * nothing when that is no number.
 * fu_hook_ours(jw, in, text): which message of ours it is about, if ${text} is
 * the id that we gave it: "touch", or "dispatch" of a message beside them.
 */
void fu_hook_event(struct fu_jw *, const struct fu_hook_in *, const char *,
    const char *, const char *, int64_t);
void fu_hook_event_end(struct fu_jw *, const struct fu_hook_in *);
void fu_hook_put(struct fu_jw *, const char *, const char *);
bool fu_hook_phone(struct fu_jw *, const char *);
void fu_hook_ours(struct fu_jw *, const struct fu_hook_in *, struct fu_str);

/* The member of an object inside JSON that was validated; NULL: none. */
const char *fu_hook_member(const struct fu_hook_in *, const struct fu_object *,
    const char *);
/* The object, or the items of the list, under that name; empty: none. */
void fu_hook_object(const struct fu_hook_in *, const struct fu_object *,
    const char *, struct fu_object *);
struct fu_json *fu_hook_list(const struct fu_hook_in *,
    const struct fu_object *, const char *, size_t *);
/* The members of one item; empty when it is no object. */
void fu_hook_item(const struct fu_hook_in *, const struct fu_json *,
    struct fu_object *);

#endif
