/* A stream's rates and its domain's records, as GATES.md has them. */
#include "unit/policy/gate_world.h"
#include "policy/stream.h"

static void
EM_03_complaints(void **state)
{
	static const struct {
		int64_t			 delivered, complaints;
		enum fu_stream_level	 level;
	} cases[] = {
		{ 1000, 0, FU_STREAM_FINE },
		{ 10000, 9, FU_STREAM_FINE },
		{ 10000, 10, FU_STREAM_WARN },
		{ 1000, 1, FU_STREAM_WARN },
		{ 10000, 29, FU_STREAM_WARN },
		{ 10000, 30, FU_STREAM_HIGH },
		{ 1000, 3, FU_STREAM_HIGH },
		{ 1000, 4, FU_STREAM_HIGH },
		{ 49, 49, FU_STREAM_FINE },
		{ 50, 1, FU_STREAM_HIGH },
		{ 0, 3, FU_STREAM_FINE },
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++)
		if (fu_stream_level(cases[i].delivered, 0,
		    cases[i].complaints) != cases[i].level)
			fail_msg("%d complaints of %d delivered",
			    (int)cases[i].complaints,
			    (int)cases[i].delivered);
	/* What came back was not delivered. */
	assert_int_equal(fu_stream_level(1001, 3, 1), FU_STREAM_WARN);
	assert_int_equal(fu_stream_level(50, 1, 1), FU_STREAM_FINE);
}

static void
EM_03_bounces(void **state)
{
	static const struct {
		int64_t			 mails, bounces;
		enum fu_stream_level	 level;
	} cases[] = {
		{ 1000, 24, FU_STREAM_FINE },
		{ 1000, 25, FU_STREAM_WARN },
		{ 1000, 49, FU_STREAM_WARN },
		{ 1000, 50, FU_STREAM_HIGH },
		{ 49, 40, FU_STREAM_FINE },
		{ 50, 40, FU_STREAM_HIGH },
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++)
		if (fu_stream_level(cases[i].mails, cases[i].bounces, 0) !=
		    cases[i].level)
			fail_msg("%d bounces of %d", (int)cases[i].bounces,
			    (int)cases[i].mails);
}

static void
EM_03_what_pauses(void **state)
{
	static const struct {
		int64_t	 mails, bounces, complaints;
		bool	 pauses;
	} cases[] = {
		{ 10000, 0, 9, false }, { 10000, 0, 10, true },
		{ 1000, 0, 1, true }, { 1001, 0, 1, false },
		{ 1001, 1, 1, true }, { 50, 0, 1, true }, { 49, 0, 5, false },
		{ 50, 10, 1, true }, { 50, 50, 0, false }, { 50, 0, 0, false },
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++)
		if (fu_stream_pauses_complained(cases[i].mails,
		    cases[i].bounces, cases[i].complaints) != cases[i].pauses)
			fail_msg("%d complaints of %d",
			    (int)cases[i].complaints, (int)cases[i].mails);
	assert_true(fu_stream_pauses_bounced(1000, 50));
	assert_false(fu_stream_pauses_bounced(1000, 49));
	assert_false(fu_stream_pauses_bounced(49, 40));
}

static void
EM_03_authentication(void **state)
{
	const char	*spf = "v=spf1 -all", *dkim = "v=DKIM1; p=MIGf",
			*dmarc = "v=DMARC1; p=none";

	(void)state;
	assert_int_equal(fu_stream_auth(true, spf, dkim, dmarc),
	    FU_AUTH_ALIGNED);
	assert_int_equal(fu_stream_auth(true, "", dkim, dmarc),
	    FU_AUTH_MISALIGNED);
	assert_int_equal(fu_stream_auth(true, spf, "", dmarc),
	    FU_AUTH_MISALIGNED);
	assert_int_equal(fu_stream_auth(true, spf, dkim, ""),
	    FU_AUTH_MISALIGNED);
	assert_int_equal(fu_stream_auth(true, spf, dkim, NULL),
	    FU_AUTH_MISALIGNED);
	assert_int_equal(fu_stream_auth(false, NULL, NULL, NULL),
	    FU_AUTH_UNKNOWN);
}

static void
EM_03_gate(void **state)
{
	struct world	 w;

	(void)state;
	mail_to(&w, "ann@a.example", "US");
	w.in.auth_misaligned = true;
	w.in.spam_rate_high = true;
	expect(&w, "hold auth_misaligned - EM-03");
	w.in.auth_misaligned = false;
	expect(&w, "hold spam_rate_high - EM-03");
	w.in.spam_rate_high = false;
	expect(&w, "allow");
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test(EM_03_complaints),
		cmocka_unit_test(EM_03_bounces),
		cmocka_unit_test(EM_03_what_pauses),
		cmocka_unit_test(EM_03_authentication),
		cmocka_unit_test(EM_03_gate),
	};

	return (cmocka_run_group_tests_name("stream", tests, load, unload));
}
