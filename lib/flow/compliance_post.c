/*
 * Hand-offs and service messages that did not arrive, and those that are to be
 * tried again.
 *
 * Must never write, nor name a person or an address of ours.
 */
#include "flow/compliance_room.h"
#include "store/compliance.h"

#define FAILED_US	(7 * FU_DAY)
#define GROUPS_MAX	100	/* of one transport's answers; the rest is alike */

static struct fu_finding
finding(const struct fu_audit_delivery *d)
{
	struct fu_finding	 f = fu_finding(FU_D_DELIVERY,
	    fu_streq(d->via, "slack") ? "SL-01" : "P4.2");

	f.via = *d->via != '\0' ? d->via : "none";
	f.detail = *d->detail != '\0' ? d->detail : "no reason given";
	f.count = d->count;
	return (f);
}

static int
one_failed(struct fu_audit *a, const struct fu_audit_delivery *d,
    struct fu_err *err)
{
	struct fu_finding	 f = finding(d);

	f.ok = false;
	f.reason = "delivery_failed";
	f.since_us = d->at_us;
	f.text = fu_printf(&a->arena, "%lld by %s did not arrive in 7 days, the "
	    "last on %s: %s", (long long)d->count, f.via,
	    fu_audit_date(a, d->at_us), f.detail);
	return (fu_audit_give(a, &f, err));
}

static int
one_waiting(struct fu_audit *a, const struct fu_audit_delivery *d,
    struct fu_err *err)
{
	struct fu_finding	 f = finding(d);
	char			 text[FU_TIME_LEN];

	f.reason = "delivery_retry";
	f.due = fu_audit_date(a, d->at_us);
	f.text = fu_printf(&a->arena, "%lld by %s %s for another try, the next "
	    "at %s: %s", (long long)d->count, f.via,
	    d->count == 1 ? "waits" : "wait", fu_time_print(d->at_us, text),
	    f.detail);
	return (fu_audit_give(a, &f, err));
}

int
fu_duty_deliveries(struct fu_audit *a, struct fu_err *err)
{
	struct fu_store			*store = &a->session->store;
	struct fu_audit_delivery	*list;
	size_t				 n;

	if (fu_audit_failed(store, a->now_us - FAILED_US, GROUPS_MAX, &a->arena,
	    &list, &n, err) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++)
		if (one_failed(a, &list[i], err) == -1)
			return (-1);
	if (fu_audit_waiting(store, GROUPS_MAX, &a->arena, &list, &n,
	    err) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++)
		if (one_waiting(a, &list[i], err) == -1)
			return (-1);
	fu_arena_reset(&a->arena);
	return (0);
}
