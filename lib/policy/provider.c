/*
 * The codes of services, and what follows.
 *
 * Must never try again what may have arrived, nor call a number dead for what
 * is our own fault.
 */
#include <stddef.h>

#include "base/zone.h"
#include "policy/provider.h"

#define SM(c, a, r) .code = (c), .act = (a), .reason = (r), .rule = "SM-04"
#define WA(c, a, r) .code = (c), .act = (a), .reason = (r), .rule = "WA-05"

/* No code of a service: its day's limit is over at midnight there. */
#define DAILY_LIMIT	30023
#define BACKOFF_MAX_US	(48 * FU_HOUR)

static const struct fu_provider_code twilio[] = {
	{ SM(20003, FU_PA_STREAM, "configuration"), .alarm = "Twilio refuses "
	    "the account's token" },
	{ SM(20005, FU_PA_STREAM, "configuration"), .alarm = "the account at "
	    "Twilio is not active" },
	{ SM(20404, FU_PA_STREAM, "configuration"), .alarm = "Twilio knows no "
	    "such account: look at channels.sms.account and url" },
	{ SM(20429, FU_PA_RETRY, "rate_limited") },
	{ SM(429, FU_PA_RETRY, "rate_limited") },
	{ SM(21211, FU_PA_DEAD, "hard_bounce") },
	{ SM(21606, FU_PA_STREAM, "configuration"), .alarm = "the number of "
	    "channels.sms.from is not one that can send texts" },
	{ SM(21212, FU_PA_STREAM, "configuration"), .alarm = "the number of "
	    "channels.sms.from is none" },
	{ SM(21408, FU_PA_RETRY, "configuration"), .wait_us = FU_DAY,
	    .alarm = "texts to that country are not switched on at Twilio" },
	{ SM(21610, FU_PA_OPTOUT, "suppressed"), .alarm = "somebody has opted "
	    "out at Twilio, and no STOP has come here: is the webhook set?" },
	{ SM(21612, FU_PA_RETRY, "configuration"), .wait_us = FU_DAY,
	    .alarm = "Twilio has no way from channels.sms.from to that "
	    "country" },
	{ SM(21614, FU_PA_DEAD, "hard_bounce") },
	{ SM(21617, FU_PA_FAIL, "too_long") },
	{ SM(21635, FU_PA_DEAD, "hard_bounce") },
	{ SM(30001, FU_PA_RETRY, "undelivered"), .tries = 3,
	    .wait_us = 2 * FU_HOUR },
	{ SM(30002, FU_PA_STREAM, "configuration"), .alarm = "the account at "
	    "Twilio is suspended" },
	{ SM(30003, FU_PA_RETRY, "undelivered"), .tries = 3,
	    .wait_us = 2 * FU_HOUR },
	{ SM(30004, FU_PA_FAIL, "undelivered") },
	{ SM(30005, FU_PA_SOFT, "undelivered"), .count = 3,
	    .span_us = 72 * FU_HOUR },
	{ SM(30006, FU_PA_DEAD, "hard_bounce") },
	{ SM(30007, FU_PA_FAIL, "filtered"), .alarm = "a carrier has filtered "
	    "a text: what is sent, and to whom?" },
	{ SM(30008, FU_PA_RETRY, "undelivered"), .tries = 3,
	    .wait_us = 2 * FU_HOUR },
	{ SM(30017, FU_PA_RETRY, "undelivered"), .tries = 3,
	    .wait_us = 2 * FU_HOUR },
	{ SM(DAILY_LIMIT, FU_PA_RETRY, "rate_limited") },
	{ SM(30032, FU_PA_STREAM, "sender_unregistered"), .alarm = "the "
	    "toll-free number is not verified [TC-14]" },
	{ SM(30034, FU_PA_STREAM, "sender_unregistered"), .alarm = "the number "
	    "is not registered for 10DLC [TC-14]" },
	{ SM(30410, FU_PA_UNKNOWN, "timeout") },
	{ SM(30610, FU_PA_RETRY, "quiet_hours"), .wait_us = FU_HOUR,
	    .alarm = "Twilio says that it is night there: is their zone "
	    "right?" },
};
/* Stopped by the carrier, which keeps a list of its own for such numbers. */
static const struct fu_provider_code toll_free_blocked = {
	SM(30004, FU_PA_OPTOUT, "suppressed") };
static const struct fu_provider_code twilio_unknown = {
	SM(0, FU_PA_FAIL, "refused"), .alarm = "Twilio gives a code that is "
	    "not known here" };

static const struct fu_provider_code whatsapp[] = {
	{ WA(0, FU_PA_STREAM, "configuration"), .alarm = "WhatsApp refuses the "
	    "token" },
	{ WA(1, FU_PA_RETRY, "unavailable"), .tries = 1 },
	{ WA(2, FU_PA_RETRY, "unavailable") },
	{ WA(3, FU_PA_STREAM, "configuration"), .alarm = "the token may not "
	    "send WhatsApp messages" },
	{ WA(4, FU_PA_RETRY, "rate_limited"), .backoff = true },
	{ WA(10, FU_PA_STREAM, "configuration"), .alarm = "the token may not "
	    "send WhatsApp messages" },
	{ WA(100, FU_PA_FAIL, "our_fault"), .alarm = "WhatsApp does not "
	    "understand a message of ours" },
	{ WA(190, FU_PA_STREAM, "configuration"), .alarm = "the token for "
	    "WhatsApp has expired" },
	{ WA(368, FU_PA_STREAM, "spam_rate_high"), .alarm = "WhatsApp has "
	    "blocked the account for breaking its policies" },
	{ WA(80007, FU_PA_RETRY, "rate_limited"), .backoff = true },
	{ WA(130429, FU_PA_RETRY, "rate_limited"), .backoff = true },
	{ WA(130472, FU_PA_FAIL, "experiment") },
	{ WA(130497, FU_PA_FAIL, "configuration"), .country = true,
	    .alarm = "WhatsApp does not let this account write to that "
	    "country" },
	{ WA(131000, FU_PA_RETRY, "unavailable") },
	{ WA(131005, FU_PA_STREAM, "configuration"), .alarm = "the token may "
	    "not send WhatsApp messages" },
	{ WA(131008, FU_PA_FAIL, "our_fault"), .alarm = "WhatsApp does not "
	    "understand a message of ours" },
	{ WA(131009, FU_PA_FAIL, "our_fault"), .alarm = "WhatsApp does not "
	    "understand a message of ours" },
	{ WA(131016, FU_PA_RETRY, "unavailable") },
	{ WA(131026, FU_PA_SOFT, "undelivered"), .count = 2 },
	{ WA(131031, FU_PA_STREAM, "spam_rate_high"), .alarm = "WhatsApp has "
	    "locked the account" },
	{ WA(131042, FU_PA_STREAM, "configuration"), .alarm = "WhatsApp waits "
	    "for a payment" },
	{ WA(131047, FU_PA_CLOSED, "outside_window") },
	{ WA(131048, FU_PA_STREAM, "spam_rate_high"), .alarm = "people have "
	    "blocked or reported the number on WhatsApp" },
	{ WA(131049, FU_PA_ENGAGED, "engagement_limited") },
	{ WA(131050, FU_PA_OPTOUT, "suppressed") },
	{ WA(131051, FU_PA_FAIL, "our_fault"), .alarm = "WhatsApp does not "
	    "understand a message of ours" },
	{ WA(131056, FU_PA_RETRY, "rate_limited"), .backoff = true },
	{ WA(131057, FU_PA_RETRY, "unavailable") },
	{ WA(132000, FU_PA_FAIL, "template_not_approved"), .alarm = "a "
	    "template has another number of parameters than in "
	    "channels.whatsapp.templates" },
	{ WA(132001, FU_PA_FAIL, "template_not_approved"), .alarm = "WhatsApp "
	    "knows no such template in that language" },
	{ WA(132012, FU_PA_FAIL, "template_not_approved"), .alarm = "a "
	    "template's parameters are of another kind" },
	{ WA(132015, FU_PA_RETRY, "template_not_approved"), .wait_us = FU_DAY,
	    .alarm = "WhatsApp has paused a template" },
	{ WA(132016, FU_PA_FAIL, "template_not_approved"), .alarm = "WhatsApp "
	    "has switched a template off" },
	{ WA(2494100, FU_PA_RETRY, "unavailable") },
};
static const struct fu_provider_code whatsapp_permission = {
	WA(200, FU_PA_STREAM, "configuration"), .alarm = "the token may not "
	    "send WhatsApp messages" };
static const struct fu_provider_code us_marketing = {
	WA(131049, FU_PA_FAIL, "wa_us_marketing") };
static const struct fu_provider_code whatsapp_unknown = {
	WA(-1, FU_PA_FAIL, "refused"), .alarm = "WhatsApp gives a code that is "
	    "not known here" };

static const struct fu_provider_code *
find(const struct fu_provider_code *list, size_t n, int code)
{
	for (size_t i = 0; i < n; i++)
		if (list[i].code == code)
			return (&list[i]);
	return (NULL);
}

const struct fu_provider_code *
fu_provider_twilio(int code, bool toll_free)
{
	const struct fu_provider_code *entry = find(twilio,
	    sizeof(twilio) / sizeof(*twilio), code);

	if (code == toll_free_blocked.code && toll_free)
		return (&toll_free_blocked);
	return (entry != NULL ? entry : &twilio_unknown);
}

const struct fu_provider_code *
fu_provider_whatsapp(int code, bool us)
{
	const struct fu_provider_code *entry = find(whatsapp,
	    sizeof(whatsapp) / sizeof(*whatsapp), code);

	if (code == us_marketing.code && us)
		return (&us_marketing);
	if (code >= 200 && code <= 299)
		return (&whatsapp_permission);
	return (entry != NULL ? entry : &whatsapp_unknown);
}

int64_t
fu_provider_wait(const struct fu_provider_code *entry, int64_t now_us)
{
	const struct fu_zone *zone;

	if (entry->code != DAILY_LIMIT ||
	    (zone = fu_zone_open("America/Los_Angeles")) == NULL)
		return (entry->wait_us);
	return (fu_zone_instant(zone, fu_zone_day(zone, now_us) + 1, 0) -
	    now_us);
}

int64_t
fu_provider_backoff(int tries)
{
	int64_t wait_us = FU_SECOND;

	while (tries-- > 0 && wait_us < BACKOFF_MAX_US)
		wait_us *= 4;
	return (wait_us < BACKOFF_MAX_US ? wait_us : BACKOFF_MAX_US);
}

bool
fu_provider_again(const struct fu_provider_code *entry)
{
	return (entry->act == FU_PA_RETRY || entry->act == FU_PA_ENGAGED ||
	    entry->act == FU_PA_CLOSED);
}

int64_t
fu_provider_engaged(size_t times, int64_t at_us)
{
	return (times <= 1 ? at_us + 24 * FU_HOUR : times == 2 ?
	    at_us + 48 * FU_HOUR : FU_NEVER);
}
