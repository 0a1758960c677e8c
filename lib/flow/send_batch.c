/*
 * A batch of fu-send: claims found in records, groups by transport, results.
 *
 * Must never let a byte leave: send_attempt.c's order of commit, witness,
 * transfer and commit is the only way out.
 */
#include <string.h>

#include "base/sig.h"
#include "flow/send_room.h"
#include "store/touches.h"

/* The parcels of a batch, in the order of its records. */
struct parcels {
	struct fu_send		*send;
	struct fu_batch		*batch;
	struct fu_parcel		**parcel;
	size_t			 n, cap;
	size_t			 written;	/* items, from the first */
	size_t			 told;		/* parcels of those */
};

static struct fu_parcel *
add_parcel(struct parcels *ps, struct fu_item *item, const char *claim)
{
	struct fu_arena	*arena = &ps->batch->arena;
	struct fu_parcel	*pc = fu_alloc(arena, sizeof(*pc));

	ps->parcel = fu_grow(arena, ps->parcel, ps->n, &ps->cap,
	    sizeof(*ps->parcel));
	ps->parcel[ps->n++] = pc;
	pc->item = item;
	pc->claim = claim;
	pc->send = ps->send;
	pc->arena = arena;
	pc->until_us = FU_NEVER;
	return (pc);
}

/* No such touch any more: of somebody who was erased, or another's by now. */
static int
gone(const struct parcels *ps, const struct fu_item *item,
    struct fu_parcel *pc, struct fu_err *err)
{
	struct fu_prospect	 p;
	int64_t			 id;
	int			 rc = 1;

	if (fu_rec_int(&item->rec, "prospect", &id))
		rc = fu_prospect_load(&ps->send->session->store, id,
		    pc->arena, &p, err);
	if (rc == -1)
		return (-1);
	if (rc == 0)
		fu_parcel_settle(pc, FU_SEND_BLOCKED, "erased", "GD-09");
	else
		fu_parcel_settle(pc, FU_SEND_HELD, "claim_lost", NULL);
	return (0);
}

/* A claimed touch of a record, with the transport that it takes. */
static int
take_touch(struct parcels *ps, struct fu_item *item, const char *claim,
    struct fu_err *err)
{
	struct fu_session	*session = ps->send->session;
	struct fu_parcel		*pc = add_parcel(ps, item, claim);
	struct fu_prospect	 p;
	const struct fu_sender	*sender;
	int64_t			 id;
	struct fu_err		 why;
	int			 rc;

	pc->is_touch = true;
	if (!fu_rec_int(&item->rec, "touch", &id)) {
		fu_item_reject(ps->batch, item, "bad_record",
		    "a touch without its number");
		ps->n--;
		return (0);
	}
	rc = fu_touch_load(&session->store, id, pc->arena, &pc->row, err);
	if (rc == 1)
		rc = fu_prospect_load(&session->store, pc->row.t.prospect,
		    pc->arena, &p, err);
	if (rc == -1)
		return (-1);
	if (rc == 0)
		return (gone(ps, item, pc, err));
	pc->prospect = p.id;
	if (pc->row.t.channel == FU_CH_CHAT) {
		fu_parcel_settle(pc, FU_SEND_HELD, "waits_for_visit", NULL);
		return (0);
	}
	sender = fu_send_owner(ps->send, &p);
	pc->via = fu_via_of_touch(ps->send, sender, pc->row.t.channel, &why);
	if (pc->via == NULL) {
		pc->reason = "configuration";
		fu_send_wrong(ps->send, &why);
	}
	return (0);
}

/* The destinations that a record of another type has claimed. */
static int
take_dispatches(struct parcels *ps, struct fu_item *item, const char *claim,
    struct fu_err *err)
{
	struct fu_dispatch	*d;
	struct fu_parcel		*pc;
	size_t			 n;

	if (fu_dispatch_claimed(&ps->send->session->store, claim,
	    &ps->batch->arena, &d, &n, err) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++) {
		pc = add_parcel(ps, item, claim);
		pc->d = d[i];
		pc->prospect = d[i].prospect;
		if (fu_send_dispatch_via(ps->send, pc, err) == -1)
			return (-1);
	}
	if (n == 0) {
		pc = add_parcel(ps, item, claim);
		fu_parcel_settle(pc, FU_SEND_HELD, "claim_lost", NULL);
	}
	return (0);
}

static int
take(struct parcels *ps, struct fu_item *item, struct fu_err *err)
{
	static const char *const told[] = { "handoff", "evidence",
		"escalation", "service", "alert" };
	const char	*type = fu_rec_type(&item->rec);
	const char	*claim = fu_rec_text(&item->rec, "claim");

	if (claim == NULL || type == NULL || item->rejected)
		return (0);
	if (strcmp(type, "touch") == 0)
		return (take_touch(ps, item, claim, err));
	for (size_t i = 0; i < sizeof(told) / sizeof(told[0]); i++)
		if (strcmp(type, told[i]) == 0)
			return (take_dispatches(ps, item, claim, err));
	return (0);
}

/*
 * The next group: parcels of one transport, as many as share a commit, and no
 * two of one person, so that the second is asked about with the first done.
 */
static size_t
next_group(const struct parcels *ps, struct fu_parcel **group, size_t max)
{
	struct fu_via	*via = NULL;
	size_t		 n = 0, k;

	for (size_t i = 0; i < ps->n && n < max; i++) {
		struct fu_parcel	*pc = ps->parcel[i];

		if (pc->settled || (n > 0 && pc->via != via))
			continue;
		if (n == 0) {
			via = pc->via;
			if (via != NULL && fu_via_group(ps->send, via) < max)
				max = fu_via_group(ps->send, via);
		}
		for (k = 0; k < n; k++)
			if (group[k]->prospect == pc->prospect &&
			    (group[k]->is_touch || pc->is_touch))
				break;
		if (k == n)
			group[n++] = pc;
	}
	return (n);
}

static void
write_parcel(struct fu_jw *jw, const struct fu_parcel *pc, int64_t now_us,
    bool dry)
{
	fu_jw_str(jw, "status", fu_send_status_name(pc->status));
	if (dry)
		fu_jw_bool(jw, "dry_run", true);
	if (pc->reason != NULL)
		fu_jw_str(jw, "reason", pc->reason);
	if (pc->rule != NULL)
		fu_jw_str(jw, "rule", pc->rule);
	fu_jw_time(jw, "at", now_us);
	if (pc->until_us != FU_NEVER)
		fu_jw_time(jw, "until", pc->until_us);
	if (pc->message_id != NULL)
		fu_jw_str(jw, "message_id", pc->message_id);
	if (pc->via != NULL)
		fu_jw_str(jw, "via", pc->via->conf.via);
	if (pc->detail != NULL)
		fu_jw_str(jw, "detail", pc->detail);
}

/* The text itself, for -n with -v. */
static void
write_text(struct fu_jw *jw, const struct fu_parcel *pc)
{
	if (pc->delivery.subject != NULL)
		fu_jw_str(jw, "subject", pc->delivery.subject);
	if (pc->delivery.text != NULL)
		fu_jw_str(jw, "text", pc->delivery.text);
}

/* One result a record: of several destinations the worst is told. */
static void
write_result(struct parcels *ps, size_t first, size_t n)
{
	const struct fu_opt	*opt = ps->send->session->opt;
	struct fu_parcel		*worst = ps->parcel[first];
	int64_t			 now = fu_session_now(ps->send->session);
	struct fu_buf		 buf;
	struct fu_jw		 jw;

	for (size_t i = first; i < first + n; i++) {
		fu_tally_add(ps->send, ps->parcel[i]);
		if (ps->parcel[i]->status > worst->status)
			worst = ps->parcel[i];
	}
	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	write_parcel(&jw, worst, now, opt->dry);
	if (opt->dry && opt->verbose)
		write_text(&jw, worst);
	if (n > 1) {
		fu_jw_array(&jw, "deliveries");
		for (size_t i = first; i < first + n; i++) {
			fu_jw_object(&jw, NULL);
			write_parcel(&jw, ps->parcel[i], now, opt->dry);
			fu_jw_object_end(&jw);
		}
		fu_jw_array_end(&jw);
	}
	fu_jw_object_end(&jw);
	fu_rec_set_raw(&worst->item->rec, "result", (struct fu_str){
	    fu_dup_buf(&ps->batch->arena, &buf), buf.len });
	fu_buf_free(&buf);
}

/*
 * Records leave as soon as what they say is durable, in the order in which
 * they came: who waits for a slow relay sees what is done already.
 */
static int
write_settled(struct parcels *ps, struct fu_err *err)
{
	struct fu_batch	*batch = ps->batch;
	struct fu_item	*item;
	struct fu_buf	 out;
	size_t		 k;
	int		 rc;

	fu_buf_init(&out);
	for (; ps->written < batch->n; ps->written++) {
		item = &batch->item[ps->written];
		for (k = ps->told; k < ps->n && ps->parcel[k]->item == item;)
			if (!ps->parcel[k++]->settled)
				goto out;
		if (k > ps->told)
			write_result(ps, ps->told, k - ps->told);
		if (item->keep && ps->send->preview == NULL)
			fu_rec_write(&item->rec, &out);
		for (; ps->send->preview != NULL && ps->told < k; ps->told++)
			fu_preview_put(ps->parcel[ps->told], &out);
		ps->told = k;
		item->keep = false;
	}
 out:
	rc = out.len == 0 ? 0 : fu_sink_write(batch->sink, &out, err);
	fu_buf_free(&out);
	return (rc);
}

static int
run_groups(struct parcels *ps, struct fu_err *err)
{
	struct fu_send	*s = ps->send;
	struct fu_parcel	**group;
	const char	*why;
	size_t		 n;

	group = fu_alloc_array(&ps->batch->arena, ps->n + 1, sizeof(*group));
	while ((n = next_group(ps, group, ps->n)) > 0) {
		why = s->refused;
		if (why == NULL && fu_sig_stopping())
			why = "stopping";
		if (why == NULL && group[0]->via == NULL)
			why = "configuration";
		if (why == NULL && !s->session->opt->dry &&
		    fu_via_open(s, group[0]->via) == 0)
			why = group[0]->via->reason;
		if (why != NULL) {
			if (fu_parcels_release(s, group, n, why, err) == -1)
				return (-1);
		} else {
			fu_send_phrase(s, group, n);
			if (fu_attempts_begin(s, group, n, err) == -1 ||
			    fu_attempts_end(s, group, n, err) == -1)
				return (-1);
		}
		if (write_settled(ps, err) == -1)
			return (-1);
	}
	return (write_settled(ps, err));
}

int
fu_send_batch(void *ctx, struct fu_batch *batch, struct fu_err *err)
{
	struct fu_send	*s = ctx;
	struct parcels	 ps = { .send = s, .batch = batch };

	for (size_t i = 0; i < batch->n; i++)
		if (take(&ps, &batch->item[i], err) == -1)
			return (-1);
	return (run_groups(&ps, err));
}
