/*
 * The decision of a turn.
 *
 * Must never ask before a question of theirs is answered, nor begin anything
 * of its own while a person has been called.
 */
#include "chat/plan.h"

#include <string.h>

static void
say(struct fu_chat_plan *p, enum fu_chat_part part)
{
	if (p->n < FU_CHAT_PARTS)
		p->part[p->n++] = part;
}

bool
fu_chat_says(const struct fu_chat_plan *p, enum fu_chat_part part)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->part[i] == part)
			return (true);
	return (false);
}

static bool
listed(const struct fu_list *list, const char *word)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->item[i], word) == 0)
			return (true);
	return (false);
}

static bool
open_to(const struct fu_chat_in *in, enum fu_chat_ask ask)
{
	return ((in->state->ever >> ask & 1) == 0);
}

/* What we would like to know next; NONE when nothing. */
static enum fu_chat_ask
next_ask(const struct fu_chat_in *in)
{
	const struct fu_list	*first = &in->config->chat.first;
	const struct {
		enum fu_chat_ask	 ask;
		bool			 known;
	} qualify[] = { { FU_ASK_NEED, in->has_need },
		{ FU_ASK_TIMELINE, in->has_timeline },
		{ FU_ASK_BUDGET, in->has_budget },
		{ FU_ASK_AUTHORITY, in->has_title },
		{ FU_ASK_EMAIL, in->has_contact } };
	bool	 demo = listed(first, "book_demo");

	/* Who has had two answers may want to be shown it. */
	if (demo && in->state->answered >= 2 && open_to(in, FU_ASK_DEMO))
		return (FU_ASK_DEMO);
	if (first->n > 0 && !listed(first, "qualify"))
		return (FU_ASK_NONE);
	for (size_t i = 0; i < sizeof(qualify) / sizeof(*qualify); i++)
		if (!qualify[i].known && open_to(in, qualify[i].ask))
			return (qualify[i].ask);
	return (FU_ASK_NONE);
}

static void
ask(const struct fu_chat_in *in, struct fu_chat_plan *p)
{
	const struct fu_chat_state	*s = in->state;

	if (in->called || in->waiting || in->text || s->refused ||
	    s->asked_visit >= FU_CHAT_ASKS_VISIT)
		return;
	p->ask = next_ask(in);
}

/* An offer to call somebody is made again each time that we have no answer. */
static void
offer(const struct fu_chat_in *in, struct fu_chat_plan *p)
{
	if (!in->called && !in->waiting)
		p->ask = FU_ASK_PERSON;
}

static bool
has(const struct fu_chat_in *in, const char *name)
{
	return (fu_signals_has(in->said, name));
}

/* They came, and have not said anything yet. */
static void
greet(const struct fu_chat_in *in, struct fu_chat_plan *p)
{
	if (in->waiting) {
		say(p, FU_SAY_RETURN);
		say(p, FU_SAY_CALLED_ALREADY);
	} else if (in->step)
		say(p, FU_SAY_STEP);
	else
		say(p, in->knows_topic ? FU_SAY_RETURN : FU_SAY_HELLO);
}

/* What binds us before anything else; true: that is all there is to say. */
static bool
duties(const struct fu_chat_in *in, struct fu_chat_plan *p)
{
	if (in->said->erasure) {
		say(p, FU_SAY_ERASURE);
		return (true);
	}
	if (in->said->stop == FU_STOP_YES) {
		say(p, FU_SAY_STOPPED);
		return (true);
	}
	if (has(in, "asks_if_bot") || in->said->asks_name) {
		say(p, FU_SAY_BOT);
		return (!in->found && !in->called);
	}
	return (false);
}

/* A yes or no to what we had asked; true when that was all they said. */
static bool
answers_ours(const struct fu_chat_in *in, struct fu_chat_plan *p)
{
	static const char *const channel[] = { "email", "sms", "whatsapp" };
	const struct fu_chat_state	*s = in->state;
	const struct fu_signals		*t = in->said;
	char				 name[40];

	for (size_t i = 0; i < 3 && s->asked == FU_ASK_CONSENT; i++) {
		(void)strcpy(name, "consent:");
		(void)strcat(name, channel[i]);
		(void)strcat(name, ":");
		if (!has(in, name))
			continue;
		p->consent = channel[i];
		(void)strcat(name, "granted");
		p->granted = has(in, name);
		say(p, p->granted ? FU_SAY_GIVEN : FU_SAY_CONSENT_NO);
		return (!in->asks);
	}
	if (t->declines && s->asked != FU_ASK_NONE) {
		say(p, s->asked == FU_ASK_PERSON || s->asked == FU_ASK_DEMO ?
		    FU_SAY_NO : FU_SAY_REFUSED);
		return (!in->asks);
	}
	if (t->email != NULL && !in->asks) {
		/* One channel a question, its whole text shown [WC-05]. */
		if (open_to(in, FU_ASK_CONSENT))
			p->ask = FU_ASK_CONSENT;
		else
			say(p, FU_SAY_NOTED);
		return (true);
	}
	return (false);
}

static bool
small_talk(const struct fu_chat_in *in, struct fu_chat_plan *p)
{
	const struct fu_signals	*t = in->said;

	if (t->leaves)
		say(p, FU_SAY_BYE);
	else if (t->thanks)
		say(p, FU_SAY_WELCOME);
	else if (t->greets && in->state->fresh)
		greet(in, p);
	else if (t->greets)
		say(p, FU_SAY_HELLO);
	else if (in->called)
		return (false);
	else if (t->agrees && !in->question)
		say(p, FU_SAY_YES);
	else if (t->declines && !in->question)
		say(p, FU_SAY_NO);
	else
		return (false);
	return (true);
}

/* A person was called, now or before: said once, and again when asked for. */
static void
say_called(const struct fu_chat_in *in, struct fu_chat_plan *p)
{
	bool	 asked = has(in, "asks_human");

	if (in->called)
		say(p, FU_SAY_CALLED);
	else if (in->waiting && (asked ||
	    in->state->called_us == FU_NEVER))
		say(p, FU_SAY_CALLED_ALREADY);
	else
		return;
	if (!in->has_contact && open_to(in, FU_ASK_EMAIL))
		say(p, FU_SAY_ADDRESS);
}

/* What is never said, whatever is asked; true: it was asked for. */
static bool
never(const struct fu_chat_in *in, struct fu_chat_plan *p)
{
	const struct fu_list	*no = &in->config->chat.never;

	if (listed(no, "price_commitments") && in->said->bargains) {
		say(p, FU_SAY_PROMISE);
		offer(in, p);
		return (true);
	}
	if (listed(no, "competitor_prices") && has(in, "pricing") &&
	    has(in, "competitor:") && !in->found) {
		say(p, FU_SAY_RIVAL);
		offer(in, p);
		return (true);
	}
	return (false);
}

void
fu_chat_plan(const struct fu_chat_in *in, struct fu_chat_plan *p)
{
	const struct fu_chat_state	*s = in->state;
	bool				 wants_person;

	memset(p, 0, sizeof(*p));
	if (in->owned) {
		p->silent = true;
		return;
	}
	/* Another page of the same visit. */
	if (in->said == NULL && s->begun && !s->fresh) {
		p->silent = true;
		return;
	}
	if (s->fresh && !in->text)
		say(p, FU_SAY_DISCLOSURE);
	if (in->said == NULL) {
		greet(in, p);
		return;
	}
	if (duties(in, p) || answers_ours(in, p) || small_talk(in, p) ||
	    never(in, p)) {
		say_called(in, p);
		return;
	}
	wants_person = has(in, "asks_human");
	if (has(in, "meeting") && !in->called) {
		say(p, FU_SAY_BOOK);
		if (in->config->booking_url == NULL)
			offer(in, p);
	} else if (in->found) {
		say(p, FU_SAY_ANSWER);
		say_called(in, p);
		ask(in, p);
	} else if (in->question && !wants_person) {
		say(p, FU_SAY_UNKNOWN);
		if (in->called)
			say_called(in, p);
		offer(in, p);
	} else {
		bool	 noted = in->told || s->asked != FU_ASK_NONE;

		if (!wants_person)
			say(p, noted ? FU_SAY_NOTED : FU_SAY_LISTEN);
		say_called(in, p);
		if (noted)
			ask(in, p);
	}
}
