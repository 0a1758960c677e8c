/*
 * Lists of patterns: words, gaps, ends, and what is wrong with a file.
 */
#include <string.h>

#include "mail_lists.h"

static struct fu_arena arena;

/* A file with every section of one kind of list, each with ${pattern}. */
static const char *
whole(int file, const char *pattern)
{
	static const char *const files[] = { "bounces.txt", "absences.txt",
		"quotes.txt" };
	struct fu_buf b;
	const char *name, *of;

	fu_buf_init(&b);
	for (int i = 0; i < FU_ML_N; i++) {
		name = fu_mail_list_name((enum fu_mail_list)i, &of);
		if (strcmp(of, files[file]) == 0)
			fu_buf_printf(&b, "[%s]\n%s\n", name, pattern);
	}
	name = fu_dup_buf(&arena, &b);
	fu_buf_free(&b);
	return (name);
}

static bool
stands(const char *pattern, const char *text)
{
	struct fu_mail_lists *lists;
	struct fu_err err;
	bool found;

	lists = fu_mail_lists_new(whole(0, pattern), whole(1, "x"),
	    whole(2, "x"), &err);
	if (lists == NULL)
		fail_msg("%s", err.msg);
	found = fu_said(lists, FU_ML_FULL, fu_mail_fold(text, &arena));
	fu_mail_lists_free(lists);
	return (found);
}

static void
a_pattern_is_whole_words(void **state)
{
	(void)state;
	assert_true(stands("absent", "I am Absent today"));
	assert_false(stands("absent", "an absentee"));
	assert_true(stands("absen*", "an absentee"));
	assert_false(stands("sent", "absent"));
	assert_true(stands("mailbox full", "the mailbox\n   full"));
	assert_true(stands("n'est pas", "ce n\xe2\x80\x99" "est pas"));
	assert_true(stands("不在", "只今不在です"));
	assert_true(stands("<>", "from <>"));
}

static void
a_gap_is_bounded(void **state)
{
	(void)state;
	assert_true(stands("user * unknown", "user <a@b.example> unknown"));
	assert_false(stands("user * unknown",
	    "user one two three four five six seven eight nine ten eleven "
	    "twelve thirteen unknown"));
	assert_true(stands("^-*original*-$", "-----Original Message-----"));
	assert_false(stands("^-*original*-$", "-----Original Message----- x"));
	assert_true(stands("^on*wrote:$", "On Tue, Ann wrote:"));
	assert_false(stands("^wrote", "she wrote"));
}

static void
a_wrong_file_says_where(void **state)
{
	struct fu_err err;

	(void)state;
	assert_null(fu_mail_lists_new("[nonsense]\nx\n", "", "", &err));
	assert_string_equal(err.msg,
	    "bounces.txt:1: nothing asks for a section [nonsense]");
	assert_null(fu_mail_lists_new("# of\nx\n", "", "", &err));
	assert_string_equal(err.msg,
	    "bounces.txt:2: a pattern before the first [section]");
	assert_null(fu_mail_lists_new("[daemon]\nx\n", "", "", &err));
	assert_non_null(strstr(err.msg, "there is nothing in a section"));
}

static void
the_shipped_lists_are_whole(void **state)
{
	struct fu_mail_lists *lists = shipped_lists(&arena);

	(void)state;
	assert_true(fu_said(lists, FU_ML_FULL, "552 5.2.2 mailbox full"));
	fu_mail_lists_free(lists);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pattern_is_whole_words),
		cmocka_unit_test(a_gap_is_bounded),
		cmocka_unit_test(a_wrong_file_says_where),
		cmocka_unit_test(the_shipped_lists_are_whole),
	};
	int failed;

	fu_arena_init(&arena);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	fu_arena_free(&arena);
	return (failed);
}
