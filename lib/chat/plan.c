/*
 * The decision of a turn.
 *
 * Must never ask before a question of theirs is answered, nor begin anything
 * of its own while a person has been called.
 */
#include "chat/plan.h"

#include <string.h>

bool
fu_chat_says(const struct fu_chat_plan *p, enum fu_chat_part part)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->part[i] == part)
			return (true);
	return (false);
}

static void
say(struct fu_chat_plan *p, enum fu_chat_part part)
{
	if (p->n < FU_CHAT_PARTS && !fu_chat_says(p, part))
		p->part[p->n++] = part;
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

static bool
said_last(const struct fu_chat_in *in, enum fu_chat_part part)
{
	return ((in->state->last >> part & 1) != 0);
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
	if (has(in, "asks_if_bot") || in->said->asks_name ||
	    (said_last(in, FU_SAY_BOT) && in->question && !in->found &&
	    !has(in, "asks_human"))) {
		say(p, FU_SAY_BOT);
		return (!in->found && !in->called);
	}
	return (false);
}

/* What can be told without the knowledge base; true: it was. */
static bool
of_ourselves(const struct fu_chat_in *in, struct fu_chat_plan *p)
{
	const struct fu_signals	*t = in->said;

	if (t->asks_when && said_last(in, FU_SAY_ERASURE))
		say(p, FU_SAY_ERASURE);
	else if (t->asks_when && (in->waiting || in->called))
		say(p, in->called ? FU_SAY_CALLED : FU_SAY_CALLED_ALREADY);
	else if (t->asks_back)
		say(p, FU_SAY_RECALL);
	else if (t->asks_where)
		say(p, FU_SAY_WHERE);
	else
		return (false);
	return (true);
}

/* A yes or no to the consent that we had asked; anything less clear is neither
 * [WC-05]. */
static bool
answers_consent(const struct fu_chat_in *in, struct fu_chat_plan *p)
{
	const struct fu_chat_state	*s = in->state;
	const struct fu_signals		*t = in->said;
	const char	*channel = s->channel != NULL ? s->channel : "email";
	char		 granted[40] = "consent:", refused[40];

	if (strlen(channel) > 10)
		return (false);
	(void)strcat(granted, channel);
	(void)strcpy(refused, granted);
	(void)strcat(granted, ":granted");
	(void)strcat(refused, ":refused");
	p->granted = !t->vague && (has(in, granted) ||
	    (t->agrees && !t->asks)) && !has(in, refused);
	if (!p->granted && !t->declines && !has(in, refused)) {
		/* "What would you send?" is no yes, nor is "if you like". */
		if (in->found || !(t->vague || t->asks))
			return (false);
		say(p, FU_SAY_CONSENT_WHAT);
		return (true);
	}
	p->consent = channel;
	say(p, p->granted ? FU_SAY_GIVEN : FU_SAY_CONSENT_NO);
	return (!in->found);
}

/* A yes or no to what we had asked; true when that was all they said. */
static bool
answers_ours(const struct fu_chat_in *in, struct fu_chat_plan *p)
{
	const struct fu_chat_state	*s = in->state;
	const struct fu_signals		*t = in->said;

	if (s->asked == FU_ASK_CONSENT && answers_consent(in, p))
		return (true);
	if (p->consent != NULL)
		return (false);
	if (t->declines && s->asked != FU_ASK_NONE) {
		say(p, s->asked == FU_ASK_PERSON || s->asked == FU_ASK_DEMO ?
		    FU_SAY_NO : FU_SAY_REFUSED);
		return (!in->found);
	}
	return (false);
}

/* An address: may messages go there?  One channel a question, its whole text
 * shown [WC-05].  True when that is all. */
static bool
offers_address(const struct fu_chat_in *in, struct fu_chat_plan *p)
{
	const struct fu_signals	*t = in->said;

	if (in->found || (t->email == NULL && t->phone == NULL))
		return (false);
	if (t->email != NULL)
		p->channel = "email";
	else if (t->names_whatsapp || t->names_sms)
		p->channel = t->names_whatsapp ? "whatsapp" : "sms";
	if (p->channel == NULL)
		return (false);
	if (open_to(in, FU_ASK_CONSENT))
		p->ask = FU_ASK_CONSENT;
	else
		say(p, FU_SAY_NOTED);
	return (true);
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
	else if (in->called || in->found)
		return (false);
	else if (t->agrees && !in->question && has(in, "not_now") &&
	    !in->has_contact)
		/* "Yes, write to me then." */
		p->ask = FU_ASK_EMAIL;
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

	/* "10 percent then?", after we said that we do not. */
	if (listed(no, "price_commitments") && (in->said->bargains ||
	    (said_last(in, FU_SAY_PROMISE) && in->figure && !in->found))) {
		say(p, FU_SAY_PROMISE);
		offer(in, p);
		return (true);
	}
	if (listed(no, "competitor_prices") && (in->rival ||
	    (said_last(in, FU_SAY_RIVAL) && in->question && !in->found))) {
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
	if (duties(in, p) || answers_ours(in, p) || offers_address(in, p) ||
	    of_ourselves(in, p) || never(in, p) || small_talk(in, p)) {
		say_called(in, p);
		return;
	}
	wants_person = has(in, "asks_human");
	if (has(in, "meeting") && !in->called && !in->found) {
		say(p, FU_SAY_BOOK);
		if (in->config->booking_url == NULL)
			offer(in, p);
	} else if (in->found) {
		if (in->unsure)
			say(p, FU_SAY_NEAREST);
		say(p, FU_SAY_ANSWER);
		say_called(in, p);
		if (in->unsure)
			offer(in, p);
		else
			ask(in, p);
	} else if (in->question && !wants_person) {
		say(p, has(in, "objection:") ? FU_SAY_HEARD : FU_SAY_UNKNOWN);
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
