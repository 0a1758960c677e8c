/*
 * Bookings as Cal.com and Calendly tell of them.
 *
 * Must never make two events of one booking that was told twice.
 */
#include <string.h>

#include "content/hook_event.h"

/* A booking, from whichever of them. */
struct booking {
	const char	*id, *email, *name, *starts, *title, *type, *by;
	const char	*status;	/* as events have it */
	int64_t		 at_us;
};

/* A name in fu.yaml is a glob; what it is called anywhere counts. */
static bool
is_demo(const struct fu_hook_in *in, const struct booking *b)
{
	const char *glob;
	size_t i;

	for (i = 0; in->demo != NULL && i < in->demo->n; i++) {
		glob = in->demo->item[i];
		if ((b->type != NULL && fu_glob(glob, b->type)) ||
		    (b->title != NULL && fu_glob(glob, b->title)))
			return (true);
	}
	return (false);
}

static void
tell(const struct fu_hook_in *in, const struct booking *b)
{
	const char *part = b->status;
	struct fu_jw jw;

	if (fu_blank(b->id) || fu_blank(b->email))
		return;
	/* Each who did not come is told of under the booking's one id. */
	if (strcmp(part, "no_show") == 0)
		part = fu_printf(in->arena, "no_show:%s", b->email);
	fu_hook_event(&jw, in, is_demo(in, b) ? "demo" : "meeting", b->id,
	    part, b->at_us);
	fu_jw_str(&jw, "email", b->email);
	fu_jw_str(&jw, "status", b->status);
	fu_hook_put(&jw, "starts_at", b->starts);
	fu_hook_put(&jw, "title", b->title);
	fu_hook_put(&jw, "name", b->name);
	fu_jw_str(&jw, "provider", b->by);
	fu_hook_event_end(&jw, in);
}

/* A time as it was said, or now. */
static int64_t
time_of(const struct fu_hook_in *in, const char *text)
{
	int64_t us;

	return (fu_blank(text) || fu_time_parse(fu_str_of(text), &us,
	    NULL) == -1 ? in->now_us : us);
}

/* Which of Cal.com's are about the meeting itself; NULL: none. */
static const char *
cal_status(const char *trigger)
{
	if (strcmp(trigger, "BOOKING_CREATED") == 0)
		return ("booked");
	if (strcmp(trigger, "BOOKING_RESCHEDULED") == 0)
		return ("moved");
	if (strcmp(trigger, "BOOKING_CANCELLED") == 0 ||
	    strcmp(trigger, "BOOKING_REJECTED") == 0)
		return ("cancelled");
	return (strcmp(trigger, "BOOKING_NO_SHOW_UPDATED") == 0 ? "no_show" :
	    NULL);
}

/* Who did not come: each that is marked so. */
static void
cal_missed(const struct fu_hook_in *in, const struct fu_object *payload,
    struct booking *b)
{
	struct fu_json *item;
	struct fu_object o;
	size_t n, i;
	bool missed;

	b->id = fu_hook_member(in, payload, "bookingUid");
	item = fu_hook_list(in, payload, "attendees", &n);
	for (i = 0; i < n; i++) {
		fu_hook_item(in, &item[i], &o);
		if (!fu_json_bool(fu_json_get(&o, "noShow"), &missed) ||
		    !missed)
			continue;
		b->email = fu_hook_member(in, &o, "email");
		tell(in, b);
	}
}

static int
cal(const struct fu_hook_in *in, const struct fu_object *o, const char *trigger)
{
	struct booking b = { .by = "cal.com", .status = cal_status(trigger) };
	struct fu_object payload, first;
	struct fu_json *item;
	size_t n;

	if (b.status == NULL)
		return (0);
	b.at_us = time_of(in, fu_hook_member(in, o, "createdAt"));
	fu_hook_object(in, o, "payload", &payload);
	if (strcmp(b.status, "no_show") == 0) {
		cal_missed(in, &payload, &b);
		return (0);
	}
	b.id = fu_hook_member(in, &payload, "uid");
	b.starts = fu_hook_member(in, &payload, "startTime");
	b.title = fu_hook_member(in, &payload, "eventTitle");
	if (b.title == NULL)
		b.title = fu_hook_member(in, &payload, "title");
	b.type = fu_hook_member(in, &payload, "type");
	/* The first is who booked; the others are their guests. */
	item = fu_hook_list(in, &payload, "attendees", &n);
	fu_hook_item(in, n > 0 ? &item[0] : NULL, &first);
	b.email = fu_hook_member(in, &first, "email");
	b.name = fu_hook_member(in, &first, "name");
	tell(in, &b);
	return (0);
}

static int
calendly(const struct fu_hook_in *in, const struct fu_object *o,
    const char *event)
{
	struct booking b = { .by = "calendly" };
	struct fu_object invitee, meeting;
	bool moved = false;

	fu_hook_object(in, o, "payload", &invitee);
	(void)fu_json_bool(fu_json_get(&invitee, "rescheduled"), &moved);
	if (strcmp(event, "invitee.created") == 0)
		b.status = fu_hook_member(in, &invitee, "old_invitee") !=
		    NULL ? "moved" : "booked";
	/* What is moved is told of as well as made anew. */
	else if (strcmp(event, "invitee.canceled") == 0 && !moved)
		b.status = "cancelled";
	else if (strcmp(event, "invitee_no_show.created") == 0)
		b.status = "no_show";
	else
		return (0);
	b.id = fu_hook_member(in, &invitee, "uri");
	b.at_us = time_of(in, fu_hook_member(in, o, "created_at"));
	fu_hook_object(in, &invitee, "scheduled_event", &meeting);
	b.starts = fu_hook_member(in, &meeting, "start_time");
	b.title = fu_hook_member(in, &meeting, "name");
	b.email = fu_hook_member(in, &invitee, "email");
	b.name = fu_hook_member(in, &invitee, "name");
	tell(in, &b);
	return (0);
}

int
fu_hook_booking(const struct fu_hook_in *in, struct fu_str body,
    struct fu_err *err)
{
	const char *name;
	struct fu_object o;

	if (fu_json_object(in->arena, body, &o, err) == -1)
		return (fu_err_prefix(err, "the body: "));
	if ((name = fu_hook_member(in, &o, "triggerEvent")) != NULL)
		return (cal(in, &o, name));
	if ((name = fu_hook_member(in, &o, "event")) != NULL)
		return (calendly(in, &o, name));
	return (fu_err_set(err, FU_EDATA, "the body: neither Cal.com's "
	    "triggerEvent nor Calendly's event is in it"));
}
