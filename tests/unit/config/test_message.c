/*
 * Message files and documents: what front matter gives, and its faults.
 */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "config/document.h"
#include "config/message.h"

static struct fu_arena arena;
static struct fu_faults faults;

static int
begin(void **state)
{
	(void)state;
	fu_arena_init(&arena);
	fu_faults_init(&faults);
	return (0);
}

static int
end(void **state)
{
	(void)state;
	fu_faults_free(&faults);
	fu_arena_free(&arena);
	return (0);
}

static void
test_message(void **state)
{
	static const char text[] = "---\nsubject: \"Hello {{company}}\"\n"
	    "thread: continue\nvariants: { b: { subject: Other } }\n"
	    "class: transactional\n---\nHi,\n\nbody\n";
	struct fu_message m;

	(void)state;
	assert_int_equal(fu_message_parse(fu_str_of(text),
	    "messages/hot-recap.de.md", &arena, &m, &faults), 0);
	assert_string_equal(m.id, "hot-recap");
	assert_string_equal(m.language, "de");
	assert_string_equal(m.subject, "Hello {{company}}");
	assert_int_equal(m.subject_where.line, 2);
	assert_int_equal(m.subject_where.col, 11);
	assert_true(m.thread_continue);
	assert_true(m.transactional);
	assert_int_equal(m.nvariant, 1);
	assert_string_equal(m.variant[0].key, "b");
	assert_string_equal(m.variant[0].subject, "Other");
	assert_string_equal(m.body, "Hi,\n\nbody\n");
	assert_int_equal(m.body_line, 7);
}

static void
test_message_faults(void **state)
{
	static const struct {
		const char	*text, *says;
	} cases[] = {
		{ "---\nsubject: x\n", "m.md:1:1: the \"---\" that opens here "
		  "is never closed: end the front matter with \"---\"" },
		{ "---\nsubjet: x\n---\nbody\n", "m.md:2:1: a message has no "
		  "key \"subjet\": did you mean \"subject\"?" },
		{ "---\nthread: reply\n---\nbody\n", "m.md:2:9: thread cannot "
		  "be \"reply\": write new or continue" },
		{ "---\nsubject: {{company}}\n---\nbody\n", "m.md:2:11: { … } "
		  "cannot be a key: where {{ and }} are meant, put the text "
		  "in quotes" },
		{ "---\nsubject: x\n---\n\n", "m.md:4:1: the message has no "
		  "text: write it below the front matter" },
		{ "---\nvariants: { b: Other }\n---\nbody\n", "m.md:2:16: a "
		  "variant is a map, like { subject: … }" },
	};
	struct fu_message m;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t n = faults.n;

		assert_int_equal(fu_message_parse(fu_str_of(cases[i].text),
		    "m.md", &arena, &m, &faults), -1);
		assert_int_equal(faults.n, n + 1);
		assert_string_equal(fu_fault_print(&arena, &faults.fault[n]),
		    cases[i].says);
	}
}

static void
test_messages_shipped(void **state)
{
	struct fu_message *m;
	struct fu_err err;
	size_t n, i;

	(void)state;
	assert_int_equal(fu_messages_load("templates/messages", &arena, &m, &n,
	    &faults, &err), 0);
	assert_int_equal(faults.n, 0);
	assert_true(n >= 24);
	for (i = 0; i < n; i++)
		assert_null(strstr(m[i].body, "---"));
	assert_non_null(fu_message_find(m, n, "hot-recap", "de"));
	assert_null(fu_message_find(m, n, "hot-rekap", NULL));
}

static void
test_document(void **state)
{
	static const char text[] = "---\nkind: case_study\nindustry: software\n"
	    "company_size: 50-200\nlanguage: en\nsummary: Half the time.\n"
	    "url: https://www.example.com/x\npublished: 2026-05-01\n"
	    "expires: 2027-05-01\ncompetitor: [A, B]\nobjection: price\n"
	    "questions: [Does it scale, 'What about us?']\n"
	    "author: somebody\n---\n\n# How Acme did it\n\nText.\n";
	struct fu_document d;

	(void)state;
	assert_int_equal(fu_document_parse(fu_str_of(text), "case.md", &arena,
	    &d, &faults), 0);
	assert_string_equal(d.kind, "case_study");
	assert_true(fu_list_has(&d.industry, "Software"));
	assert_int_equal(d.size_min, 50);
	assert_int_equal(d.size_max, 200);
	assert_string_equal(d.title, "How Acme did it");
	assert_int_equal(d.expires - d.published, 365);
	assert_int_equal(d.deadline, FU_NO_DAY);
	assert_int_equal(d.competitor.n, 2);
	assert_int_equal(d.questions.n, 2);
	assert_string_equal(d.questions.item[1], "What about us?");
	/* A key of somebody else's is a warning. */
	assert_int_equal(faults.n, 1);
	assert_true(faults.fault[0].warning);
}

static void
test_document_bare(void **state)
{
	struct fu_document d;

	(void)state;
	assert_int_equal(fu_document_parse(fu_str_of("Just text.\n"),
	    "a/note.md", &arena, &d, &faults), 0);
	assert_null(d.kind);
	assert_string_equal(d.title, "note.md");
	assert_int_equal(d.size_max, INT_MAX);
	assert_int_equal(fu_document_parse(fu_str_of("---\nkind: case-study\n"
	    "---\n"), "b.md", &arena, &d, &faults), -1);
	assert_string_equal(fu_fault_print(&arena, &faults.fault[0]),
	    "b.md:2:7: kind cannot be \"case-study\": did you mean "
	    "\"case_study\"?");
}

/* Beside a text, questions are few and short. */
static void
test_document_questions(void **state)
{
	struct fu_document d;
	struct fu_buf text;
	int i;

	(void)state;
	fu_buf_init(&text);
	fu_buf_puts(&text, "---\nquestions:\n");
	for (i = 0; i < FU_QUESTIONS_MAX; i++)
		fu_buf_printf(&text, "- %0*d\n", FU_QUESTION_BYTES_MAX, i);
	fu_buf_puts(&text, "---\n");
	assert_int_equal(fu_document_parse(fu_buf_view(&text), "q.md", &arena,
	    &d, &faults), 0);
	assert_int_equal(d.questions.n, FU_QUESTIONS_MAX);
	fu_buf_reset(&text);
	fu_buf_puts(&text, "---\nquestions:\n");
	for (i = 0; i <= FU_QUESTIONS_MAX; i++)
		fu_buf_printf(&text, "- %0*d\n", i == 3 ?
		    FU_QUESTION_BYTES_MAX + 1 : 1, i);
	fu_buf_puts(&text, "---\n");
	assert_int_equal(fu_document_parse(fu_buf_view(&text), "q.md", &arena,
	    &d, &faults), -1);
	assert_int_equal(faults.n, 2);
	assert_string_equal(fu_fault_print(&arena, &faults.fault[0]),
	    "q.md:3:1: 51 questions: a document has 50 at most");
	assert_string_equal(fu_fault_print(&arena, &faults.fault[1]),
	    "q.md:3:1: a question of 301 bytes, "
	    "\"000000000000000000000000000000…\": write it in 300 at most");
	fu_buf_free(&text);
}

static void
test_documents_shipped(void **state)
{
	struct fu_document *d;
	struct fu_err err;
	size_t n, i;

	(void)state;
	assert_int_equal(fu_documents_load("templates/kb", &arena, &d, &n,
	    &faults, &err), 0);
	assert_int_equal(faults.n, 0);
	assert_true(n >= 12);
	for (i = 0; i < n; i++) {
		assert_non_null(d[i].kind);
		assert_non_null(d[i].summary);
		if (i > 0)
			assert_true(strcmp(d[i - 1].path, d[i].path) < 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_message, begin, end),
		cmocka_unit_test_setup_teardown(test_message_faults, begin,
		    end),
		cmocka_unit_test_setup_teardown(test_messages_shipped, begin,
		    end),
		cmocka_unit_test_setup_teardown(test_document, begin, end),
		cmocka_unit_test_setup_teardown(test_document_questions,
		    begin, end),
		cmocka_unit_test_setup_teardown(test_document_bare, begin,
		    end),
		cmocka_unit_test_setup_teardown(test_documents_shipped, begin,
		    end),
	};

	return (cmocka_run_group_tests_name("config/message", tests, NULL,
	    NULL));
}
