/*
 * Status, reply and words of a delivery report, weighed.  [EM-16]
 */
#include <string.h>

#include "content/mail_report.h"
#include "mail_lists.h"

static struct fu_arena arena;
static struct fu_mail_lists *lists;

static const struct row {
	const char *status, *said;	/* as reported */
	bool hard;
	const char *reason, *becomes;
} rows[] = {
	{ "5.1.1", "550 5.1.1 user unknown", true, "unknown_user", "5.1.1" },
	{ "5.1.1", "550 5.1.1 mailbox full", false, "mailbox_full", "5.2.2" },
	{ NULL, "550 mailbox full", false, "mailbox_full", "5.2.2" },
	{ NULL, "550 no such user here", true, "unknown_user", "5.1.1" },
	{ "5.0.0", "550 unknown user", true, "unknown_user", "5.1.1" },
	{ "5.1.10", "550 5.1.10 recipientnotfound", true, "unknown_user",
	    "5.1.10" },
	{ "5.4.1", "550 5.4.1 recipient address rejected: access denied", true,
	    "unknown_user", "5.1.1" },
	{ "5.1.2", "550 5.1.2 host unknown", true, "unknown_host", "5.1.2" },
	{ "5.4.4", "name server: host not found", true, "unknown_host",
	    "5.4.4" },
	{ NULL, "host or domain name not found", true, "unknown_host",
	    "5.1.2" },
	{ "5.7.1", "550 5.7.1 blocked by spamhaus", false, "spam", "5.7.1" },
	/* A policy is none of the address's, whatever it says. */
	{ "5.7.1", "550 5.7.1 user unknown", false, "policy", "5.7.1" },
	{ NULL, "554 blocked for spam", false, "spam", "5.7.1" },
	{ "5.1.8", "553 5.1.8 domain of sender address does not exist", false,
	    "sender", "5.1.8" },
	{ "5.2.1", "550 5.2.1 account disabled", false, "disabled", "5.2.1" },
	{ "5.2.1", "550 5.2.1 user unknown", true, "unknown_user", "5.1.1" },
	/* Refused once the mail had been read. */
	{ NULL, "after end of data: 550 user unknown", false, "filtered",
	    "5.7.1" },
	{ "4.4.7", "", false, "expired", "4.4.7" },
	{ "5.4.7", "delivery time expired", false, "expired", "5.4.7" },
	{ "4.2.2", "452 4.2.2 mailbox full", false, "mailbox_full", "4.2.2" },
	{ "4.1.1", "450 4.1.1 user unknown", false, "unknown_user", "4.1.1" },
	{ "5.3.4", "552 5.3.4 message too big", false, "too_large", "5.3.4" },
	{ "5.6.0", "554 5.6.0 mime error", false, "content", "5.6.0" },
};

static void
EM_16_status_and_words(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct row *r = &rows[i];
		struct fu_failed f = { .status = r->status };

		f.code = fu_code_find(fu_printf(&arena, " %s", r->said));
		fu_report_judge(&f, r->said, "", lists, &arena);
		if (f.hard != r->hard || strcmp(f.reason, r->reason) != 0 ||
		    !fu_streq(f.status, r->becomes))
			fail_msg("%s \"%s\": hard %d, %s, %s", r->status,
			    r->said, f.hard, f.reason, f.status);
	}
}

static void
EM_15_what_is_delayed_is_never_hard(void **state)
{
	struct fu_failed f = { .status = "5.1.1", .delayed = true };

	(void)state;
	fu_report_judge(&f, "user unknown", "", lists, &arena);
	assert_false(f.hard);
}

static void
a_status_is_no_part_of_an_address(void **state)
{
	(void)state;
	assert_null(fu_status_find("host 5.1.1.7 said no", &arena));
	assert_null(fu_status_find("version 15.1.1", &arena));
	assert_string_equal(fu_status_find("#5.1.1 no", &arena), "5.1.1");
	assert_string_equal(fu_status_find("5.1.0 error 550-'5.7.1 no'",
	    &arena), "5.7.1");
	assert_string_equal(fu_status_find("5.7.606 banned", &arena),
	    "5.7.606");
	assert_int_equal(fu_code_find(" said: 550-5.1.1 no"), 550);
	assert_int_equal(fu_code_find(" port 550 x"), 550);
	assert_int_equal(fu_code_find(" 192.0.2.550 x"), 0);
	assert_int_equal(fu_code_find(" id 5501"), 0);
}

static int
start(void **state)
{
	(void)state;
	fu_arena_init(&arena);
	lists = shipped_lists(&arena);
	return (0);
}

static int
stop(void **state)
{
	(void)state;
	fu_mail_lists_free(lists);
	fu_arena_free(&arena);
	return (0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(EM_16_status_and_words),
		cmocka_unit_test(EM_15_what_is_delayed_is_never_hard),
		cmocka_unit_test(a_status_is_no_part_of_an_address),
	};

	return (cmocka_run_group_tests(tests, start, stop));
}
