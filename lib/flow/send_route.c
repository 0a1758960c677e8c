/*
 * A destination of a hand-off has refused for good: who hears of it instead.
 *
 * Must never let a hand-off end with nobody told and nobody saying so.
 */
#include <string.h>

#include "flow/send_room.h"

#define ROUND	100	/* numbers of one telling, as flow/handoff_tell has it */
#define INSTEAD	99	/* of the mail that stands in for all of them */

/* Of the same telling, and not over without having been told? */
static bool
stands(const struct fu_dispatch *d, const struct fu_dispatch *but)
{
	return (d->id != but->id && fu_streq(d->kind, but->kind) &&
	    d->number / ROUND == but->number / ROUND &&
	    d->state != FU_T_FAILED && d->state != FU_T_CANCELLED &&
	    d->state != FU_T_SKIPPED);
}

static const char *
member(const char *json, const char *key, struct fu_arena *arena)
{
	struct fu_object	 o;

	if (fu_json_object(arena, fu_str_of(json), &o, NULL) == -1)
		return (NULL);
	return (fu_json_text(arena, fu_json_get(&o, key)));
}

/* "email, webhook": the destinations that are told besides; or NULL. */
static const char *
others(const struct fu_dispatch *rows, size_t n, const struct fu_dispatch *but,
    struct fu_arena *arena)
{
	const char	*via, *list = NULL;

	for (size_t i = 0; i < n; i++) {
		if (!stands(&rows[i], but))
			continue;
		via = member(rows[i].destination, "via", arena);
		if (via == NULL)
			continue;
		list = list == NULL ? via : fu_printf(arena, "%s, %s", list,
		    via);
	}
	return (list);
}

/* The address of the rep whom the package names. */
static const char *
rep_address(const struct fu_parcel *pc)
{
	struct fu_object	 package, sender;
	const struct fu_json	*value;

	if (fu_json_object(pc->arena, fu_str_of(pc->d.package), &package,
	    NULL) == -1 ||
	    (value = fu_json_get(&package, "sender")) == NULL ||
	    fu_json_object(pc->arena, value->raw, &sender, NULL) == -1)
		return (NULL);
	return (fu_json_text(pc->arena, fu_json_get(&sender, "email")));
}

static const char *
destination_json(const struct fu_parcel *pc, const char *address)
{
	const char	*list = member(pc->d.destination, "list", pc->arena);
	const char	*json;
	struct fu_buf	 buf;
	struct fu_jw	 jw;

	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "via", "email");
	fu_jw_str(&jw, "address", address);
	fu_jw_str(&jw, "list", list != NULL ? list : "handoff");
	fu_jw_str(&jw, "instead_of", member(pc->d.destination, "via",
	    pc->arena));
	fu_jw_object_end(&jw);
	json = fu_dup_buf(pc->arena, &buf);
	fu_buf_free(&buf);
	return (json);
}

/* The same package by mail, once a telling; fu-due claims it. */
static int
mail_instead(struct fu_send *s, struct fu_parcel *pc, const char *address,
    struct fu_err *err)
{
	struct fu_store		*store = &s->session->store;
	struct fu_dispatch	 d = { .prospect = pc->d.prospect,
		.handoff = pc->d.handoff, .kind = pc->d.kind,
		.number = pc->d.number / ROUND * ROUND + INSTEAD,
		.package = pc->d.package, .state = FU_T_PLANNED,
		.due_us = store->now_us, .next_us = store->now_us,
		.expires_us = FU_NEVER, .lease_us = FU_NEVER };

	d.destination = destination_json(pc, address);
	return (fu_dispatch_add(store, &d, err));
}

static void
tell(struct fu_send *s, const struct fu_parcel *pc, const char *how)
{
	const struct fu_delivery	*d = &pc->delivery;
	const char			*via = member(pc->d.destination, "via",
	    pc->arena);

	if (via == NULL)
		via = "its destination";
	if (pc->started && d->code != 0)
		fu_say(s->session->opt, "%s refused hand-off %lld (%d %s): %s",
		    via, (long long)pc->d.handoff, d->code, d->detail != NULL ?
		    d->detail : "no reason given", how);
	else
		fu_say(s->session->opt, "%s did not take hand-off %lld (%s): "
		    "%s", via, (long long)pc->d.handoff, pc->reason != NULL ?
		    pc->reason : "no reason given", how);
}

int
fu_send_other_route(struct fu_send *s, struct fu_parcel *pc,
    struct fu_err *err)
{
	const struct fu_config	*config = &s->session->config;
	struct fu_dispatch	*rows;
	const char		*list, *address;
	size_t			 n;

	if (pc->d.handoff == 0)
		return (0);
	if (fu_dispatches_of(&s->session->store, pc->d.prospect, pc->d.handoff,
	    pc->arena, &rows, &n, err) == -1)
		return (-1);
	if ((list = others(rows, n, &pc->d, pc->arena)) != NULL) {
		pc->other_route = list;
		tell(s, pc, fu_printf(pc->arena, "it goes to %s all the same",
		    list));
		return (0);
	}
	address = rep_address(pc);
	if (fu_streq(member(pc->d.destination, "via", pc->arena), "email") ||
	    address == NULL || !config->channel[FU_CH_EMAIL].given) {
		pc->other_route = "none";
		tell(s, pc, "nobody else is told: fu-handoff --open lists it");
		return (0);
	}
	pc->other_route = "email";
	tell(s, pc, fu_printf(pc->arena, "it goes to %s by mail", address));
	return (mail_instead(s, pc, address, err));
}
