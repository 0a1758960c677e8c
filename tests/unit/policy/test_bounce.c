/* What bounces come to, as GATES.md has it. */
#include "unit/policy/gate_world.h"
#include "base/clock.h"
#include "policy/bounce.h"

static void
EM_16_status(void **state)
{
	static const struct {
		const char	*status;
		enum fu_bounce	 class;
	} cases[] = {
		{ "5.1.1", FU_B_HARD }, { "5.1.3", FU_B_HARD },
		{ "5.1.6", FU_B_HARD }, { "5.1.10", FU_B_HARD },
		{ "5.1.2", FU_B_DOMAIN }, { "5.4.4", FU_B_DOMAIN },
		{ "5.2.1", FU_B_SOFT }, { "5.2.2", FU_B_SOFT },
		{ "4.2.2", FU_B_SOFT }, { "4.2.1", FU_B_SOFT },
		{ "4.3.1", FU_B_SOFT }, { "4.4.7", FU_B_SOFT },
		{ "4.5.0", FU_B_SOFT }, { "5.4.7", FU_B_SOFT },
		{ "5.2.3", FU_B_CONTENT }, { "5.3.4", FU_B_CONTENT },
		{ "5.6.0", FU_B_CONTENT },
		{ "5.5.2", FU_B_OURS }, { "5.1.7", FU_B_OURS },
		{ "5.1.8", FU_B_OURS },
		{ "5.7.1", FU_B_POLICY }, { "5.7.26", FU_B_POLICY },
		{ "5.7.515", FU_B_POLICY }, { "4.7.0", FU_B_SLOW },
		{ "5.1.0", FU_B_NONE }, { "5.0.0", FU_B_NONE },
		{ "5.1.11", FU_B_NONE }, { "", FU_B_NONE },
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++)
		if (fu_bounce_class(cases[i].status, false, false) !=
		    cases[i].class)
			fail_msg("%s", cases[i].status);
	/* Where the status is silent, who reported it decides. */
	assert_int_equal(fu_bounce_class("5.1.0", true, true), FU_B_HARD);
	assert_int_equal(fu_bounce_class(NULL, true, false), FU_B_SOFT);
	assert_int_equal(fu_bounce_class("5.7.1", true, true), FU_B_POLICY);
}

static void
EM_16_answers(void **state)
{
	static const struct {
		int		 code;
		const char	*enhanced, *text;
		enum fu_bounce	 class;
	} cases[] = {
		{ 550, "5.7.1", "5.7.1 blocked by Spamhaus", FU_B_POLICY },
		{ 550, "5.1.1", "5.1.1 user unknown", FU_B_HARD },
		{ 550, "", "mailbox full", FU_B_SOFT },
		{ 550, "", "No such user here", FU_B_HARD },
		{ 551, "", "unknown user", FU_B_HARD },
		{ 550, "5.0.0", "5.0.0 user unknown", FU_B_HARD },
		{ 550, "5.1.0", "5.1.0 address does not exist", FU_B_HARD },
		{ 550, "5.1.0", "5.1.0 sender denied", FU_B_NONE },
		{ 552, "", "too much", FU_B_SOFT },
		{ 554, "", "message refused: blacklisted", FU_B_POLICY },
		{ 550, "", "user unknown, or blocked by policy", FU_B_POLICY },
		{ 550, "5.4.1", "5.4.1 Recipient address rejected: Access denied",
		    FU_B_HARD },
		{ 550, "5.4.1", "5.4.1 no answer from host", FU_B_NONE },
		{ 451, "4.7.1", "4.7.1 greylisted", FU_B_SLOW },
		{ 451, "", "try later", FU_B_SOFT },
		{ 503, "5.5.1", "5.5.1 bad sequence", FU_B_OURS },
		{ 554, "", "transaction failed", FU_B_NONE },
		{ 250, "", "spam", FU_B_NONE },
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++)
		if (fu_bounce_answer(cases[i].code, cases[i].enhanced,
		    cases[i].text) != cases[i].class)
			fail_msg("%d %s", cases[i].code, cases[i].text);
}

static void
EM_16_counting(void **state)
{
	const char	*soft[] = { "4.2.2", "5.7.1", "4.2.2", "5.2.2" };
	const char	*domain[] = { "5.1.2", "4.2.2", "5.4.4" };
	int64_t		 at[] = { 0, FU_HOUR, 24 * FU_HOUR, 72 * FU_HOUR };
	int64_t		 until;

	(void)state;
	assert_true(fu_bounce_blocks(soft, at, 4, FU_B_SOFT, &until));
	assert_int_equal(until, 72 * FU_HOUR + FU_BOUNCE_SPAN_US);
	/* Three, but not over so long a time; then only two. */
	at[3]--;
	assert_false(fu_bounce_blocks(soft, at, 4, FU_B_SOFT, &until));
	at[3]++;
	assert_false(fu_bounce_blocks(soft + 1, at + 1, 3, FU_B_SOFT, &until));
	assert_true(fu_bounce_blocks(domain, at, 3, FU_B_DOMAIN, &until));
	assert_int_equal(until, FU_NEVER);
	assert_false(fu_bounce_blocks(domain, at, 2, FU_B_DOMAIN, &until));
	at[2] = 73 * FU_HOUR;
	assert_false(fu_bounce_blocks(domain, at, 3, FU_B_DOMAIN, &until));
	assert_false(fu_bounce_blocks(NULL, NULL, 0, FU_B_SOFT, &until));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(EM_16_status),
		cmocka_unit_test(EM_16_answers),
		cmocka_unit_test(EM_16_counting),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
