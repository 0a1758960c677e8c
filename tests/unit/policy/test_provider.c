/* The codes of SMS and WhatsApp services, and what follows from each. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/str.h"
#include "policy/provider.h"

struct row {
	int			 code;
	bool			 flag;		/* toll-free, or of the US */
	enum fu_provider_act	 act;
	const char		*reason;
};

static void
check(const struct row *rows, size_t n,
    const struct fu_provider_code *(*find)(int, bool), const char *rule)
{
	const struct fu_provider_code *c;
	size_t i;

	for (i = 0; i < n; i++) {
		c = find(rows[i].code, rows[i].flag);
		if (c->act != rows[i].act ||
		    !fu_streq(c->reason, rows[i].reason))
			fail_msg("%d: act %d, %s", rows[i].code, (int)c->act,
			    c->reason);
		assert_string_equal(c->rule, rule);
		/* What stops everything is told. */
		assert_true(c->act != FU_PA_STREAM || c->alarm != NULL);
	}
}

static void
SM_04_codes_of_twilio(void **state)
{
	static const struct row rows[] = {
		{ 21610, false, FU_PA_OPTOUT, "suppressed" },
		{ 30610, false, FU_PA_RETRY, "quiet_hours" },
		{ 21614, false, FU_PA_DEAD, "hard_bounce" },
		{ 30006, false, FU_PA_DEAD, "hard_bounce" },
		{ 21635, false, FU_PA_DEAD, "hard_bounce" },
		{ 21211, false, FU_PA_DEAD, "hard_bounce" },
		{ 30005, false, FU_PA_SOFT, "undelivered" },
		{ 21408, false, FU_PA_RETRY, "configuration" },
		{ 21612, false, FU_PA_RETRY, "configuration" },
		{ 30003, false, FU_PA_RETRY, "undelivered" },
		{ 30008, false, FU_PA_RETRY, "undelivered" },
		{ 30001, false, FU_PA_RETRY, "undelivered" },
		{ 30017, false, FU_PA_RETRY, "undelivered" },
		{ 30004, false, FU_PA_FAIL, "undelivered" },
		{ 30004, true, FU_PA_OPTOUT, "suppressed" },
		{ 30007, false, FU_PA_FAIL, "filtered" },
		{ 30023, false, FU_PA_RETRY, "rate_limited" },
		{ 30002, false, FU_PA_STREAM, "configuration" },
		{ 30410, false, FU_PA_UNKNOWN, "timeout" },
		{ 30032, true, FU_PA_STREAM, "sender_unregistered" },
		{ 30034, false, FU_PA_STREAM, "sender_unregistered" },
		{ 20429, false, FU_PA_RETRY, "rate_limited" },
		{ 20003, false, FU_PA_STREAM, "configuration" },
		{ 99999, false, FU_PA_FAIL, "refused" },
	};

	(void)state;
	check(rows, sizeof(rows) / sizeof(*rows), fu_provider_twilio,
	    "SM-04");
	assert_int_equal(fu_provider_twilio(30003, false)->tries, 3);
	assert_non_null(fu_provider_twilio(21610, false)->alarm);
	assert_non_null(fu_provider_twilio(99999, false)->alarm);
}

/* 2026-03-02T15:00Z is 07:00 in California: seventeen hours to midnight. */
static void
SM_04_a_daily_limit_ends_at_midnight_pacific(void **state)
{
	int64_t now = INT64_C(1772463600) * FU_SECOND;

	(void)state;
	assert_true(fu_provider_wait(fu_provider_twilio(30023, false), now) ==
	    17 * FU_HOUR);
	assert_true(fu_provider_wait(fu_provider_twilio(21408, false), now) ==
	    FU_DAY);
	assert_true(fu_provider_wait(fu_provider_twilio(20429, false), now) ==
	    0);
}

static void
WA_05_codes_of_whatsapp(void **state)
{
	static const struct row rows[] = {
		{ 131047, false, FU_PA_CLOSED, "outside_window" },
		{ 131026, false, FU_PA_SOFT, "undelivered" },
		{ 130472, false, FU_PA_FAIL, "experiment" },
		{ 131049, false, FU_PA_ENGAGED, "engagement_limited" },
		{ 131049, true, FU_PA_FAIL, "wa_us_marketing" },
		{ 131050, false, FU_PA_OPTOUT, "suppressed" },
		{ 131048, false, FU_PA_STREAM, "spam_rate_high" },
		{ 368, false, FU_PA_STREAM, "spam_rate_high" },
		{ 131031, false, FU_PA_STREAM, "spam_rate_high" },
		{ 130497, false, FU_PA_FAIL, "configuration" },
		{ 131056, false, FU_PA_RETRY, "rate_limited" },
		{ 130429, false, FU_PA_RETRY, "rate_limited" },
		{ 80007, false, FU_PA_RETRY, "rate_limited" },
		{ 4, false, FU_PA_RETRY, "rate_limited" },
		{ 131042, false, FU_PA_STREAM, "configuration" },
		{ 131051, false, FU_PA_FAIL, "our_fault" },
		{ 132000, false, FU_PA_FAIL, "template_not_approved" },
		{ 132001, false, FU_PA_FAIL, "template_not_approved" },
		{ 132012, false, FU_PA_FAIL, "template_not_approved" },
		{ 100, false, FU_PA_FAIL, "our_fault" },
		{ 131008, false, FU_PA_FAIL, "our_fault" },
		{ 131009, false, FU_PA_FAIL, "our_fault" },
		{ 132015, false, FU_PA_RETRY, "template_not_approved" },
		{ 132016, false, FU_PA_FAIL, "template_not_approved" },
		{ 131000, false, FU_PA_RETRY, "unavailable" },
		{ 2, false, FU_PA_RETRY, "unavailable" },
		{ 131016, false, FU_PA_RETRY, "unavailable" },
		{ 1, false, FU_PA_RETRY, "unavailable" },
		{ 190, false, FU_PA_STREAM, "configuration" },
		{ 0, false, FU_PA_STREAM, "configuration" },
		{ 3, false, FU_PA_STREAM, "configuration" },
		{ 10, false, FU_PA_STREAM, "configuration" },
		{ 200, false, FU_PA_STREAM, "configuration" },
		{ 299, false, FU_PA_STREAM, "configuration" },
		{ 131005, false, FU_PA_STREAM, "configuration" },
		{ 131057, false, FU_PA_RETRY, "unavailable" },
		{ 2494100, false, FU_PA_RETRY, "unavailable" },
		{ 424242, false, FU_PA_FAIL, "refused" },
	};
	int64_t at = 1000 * FU_SECOND;

	(void)state;
	check(rows, sizeof(rows) / sizeof(*rows), fu_provider_whatsapp,
	    "WA-05");
	assert_int_equal(fu_provider_whatsapp(1, false)->tries, 1);
	assert_int_equal(fu_provider_whatsapp(131026, false)->count, 2);
	assert_true(fu_provider_engaged(1, at) == at + 24 * FU_HOUR);
	assert_true(fu_provider_engaged(2, at) == at + 48 * FU_HOUR);
	assert_true(fu_provider_engaged(3, at) == FU_NEVER);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(SM_04_codes_of_twilio),
		cmocka_unit_test(SM_04_a_daily_limit_ends_at_midnight_pacific),
		cmocka_unit_test(WA_05_codes_of_whatsapp),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
