/* The one click and the page's button, as a server will ask for them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "content/token.h"
#include "flow/init.h"
#include "flow/unsubscribe.h"
#include "store/ledger.h"

struct house {
	char			 dir[64], db[128], config[128];
	struct fu_opt		 opt;
	struct fu_session	 s;
	struct fu_ingest	 in;
	struct fu_arena		 arena;
	int64_t			 ann;
};

static void
said(void *ctx, const char *path, bool made)
{
	(void)ctx;
	(void)path;
	(void)made;
}

static void
add_person(struct house *h)
{
	struct fu_person	*p = fu_alloc(&h->arena, sizeof(*p));
	struct fu_err		 err;

	memset(p, 0, sizeof(*p));
	p->f[FU_F_EMAIL] = "ann@x.example";
	p->f[FU_F_PHONE] = "+12125550100";
	p->f[FU_F_SOURCE] = "web";
	(void)fu_ingest_person(&h->in, p, 0, &h->arena, "test", 1);
	assert_int_equal(fu_ingest_run(&h->in, &err), 0);
	h->ann = h->in.row[0].prospect;
	fu_ingest_empty(&h->in);
}

static int
setup(void **state)
{
	static struct house	 h;
	struct fu_place		 place;
	struct fu_err		 err;

	memset(&h, 0, sizeof(h));
	strcpy(h.dir, "/tmp/fu-unsub.XXXXXX");
	assert_non_null(mkdtemp(h.dir));
	snprintf(h.db, sizeof(h.db), "%s/fu.db", h.dir);
	snprintf(h.config, sizeof(h.config), "%s/fu.yaml", h.dir);
	setenv("FU_TEMPLATES", "templates", 1);
	unsetenv("FU_DB");
	unsetenv("FU_CONFIG");
	fu_arena_init(&h.arena);
	assert_int_equal(fu_opt_init(&h.opt, "test", &err), 0);
	h.opt.db = h.db;
	h.opt.config = h.config;
	h.opt.quiet = true;
	h.opt.clock = (struct fu_clock){ INT64_C(1772463600) * FU_SECOND };
	if (fu_place_find(&h.opt, h.dir, &h.arena, &place, &err) == -1 ||
	    fu_init_make(&place, &h.opt.clock, said, NULL, &err) == -1 ||
	    fu_session_open(&h.s, &h.opt, FU_S_CONFIG | FU_S_KEYS |
	    FU_S_RULES | FU_S_WRITE, &err) == -1 ||
	    fu_ingest_open(&h.in, &h.s, &err) == -1)
		fail_msg("%s", err.msg);
	add_person(&h);
	*state = &h;
	return (0);
}

static int
teardown(void **state)
{
	struct house	*h = *state;
	struct fu_err	 err;
	char		 command[96];

	fu_ingest_close(&h->in);
	fu_session_close(&h->s, 0, &err);
	fu_arena_free(&h->arena);
	snprintf(command, sizeof(command), "rm -rf %s", h->dir);
	return (system(command));
}

static int64_t
entries(struct house *h)
{
	char		 head[FU_SUBJECT_LEN];
	struct fu_err	 err;
	int64_t		 bad, n;

	assert_int_equal(fu_ledger_verify(&h->s.store, &bad, &n, head, &err),
	    1);
	return (n);
}

static int
ask(struct house *h, const char *path, enum fu_unsubscribe what)
{
	struct fu_err	 err;
	int		 rc = fu_unsubscribe(&h->in, path, what, &err);

	if (rc == -1)
		fail_msg("%s", err.msg);
	return (rc);
}

static void
EM_02_posted_twice_is_one_entry(void **state)
{
	struct house	*h = *state;
	struct fu_token	 token = { FU_TOKEN_UNSUBSCRIBE, 0, h->ann };
	char		 text[FU_TOKEN_LEN], path[FU_TOKEN_LEN + 8];

	fu_token_make(&h->s.keys, &token, text);
	/* GET and HEAD, as scanners do, change nothing. */
	assert_int_equal(ask(h, text, FU_UNSUB_LOOK), 1);
	assert_int_equal(entries(h), 0);
	assert_int_equal(ask(h, text, FU_UNSUB_ONE_CLICK), 1);
	assert_int_equal(entries(h), 1);
	snprintf(path, sizeof(path), "%s/", text);
	h->opt.clock.at_us += FU_MINUTE;
	assert_int_equal(ask(h, path, FU_UNSUB_ONE_CLICK), 1);
	snprintf(path, sizeof(path), "%s?x=1", text);
	assert_int_equal(ask(h, path, FU_UNSUB_MAIL), 1);
	assert_int_equal(entries(h), 1);
	/* A bad MAC is nothing, and says nothing. */
	text[3] = text[3] == 'a' ? 'b' : 'a';
	assert_int_equal(ask(h, text, FU_UNSUB_LOOK), 0);
	assert_int_equal(ask(h, text, FU_UNSUB_ALL), 0);
	assert_int_equal(ask(h, "", FU_UNSUB_ALL), 0);
	assert_int_equal(entries(h), 1);
}

static void
CS_05_all_is_one_of_the_choices(void **state)
{
	struct house	*h = *state;
	struct fu_token	 token = { FU_TOKEN_UNSUBSCRIBE, 0, h->ann };
	char		 text[FU_TOKEN_LEN];
	enum fu_unsubscribe what;

	fu_token_make(&h->s.keys, &token, text);
	assert_true(fu_unsubscribe_of("unsubscribe", "all", &what));
	assert_int_equal(what, FU_UNSUB_ALL);
	assert_int_equal(ask(h, text, what), 1);
	/* The address and the number. */
	assert_int_equal(entries(h), 2);
	assert_int_equal(ask(h, text, what), 1);
	assert_int_equal(entries(h), 2);
}

static void
EM_02_fields_of_a_form(void **state)
{
	enum fu_unsubscribe what;

	(void)state;
	assert_true(fu_unsubscribe_of("List-Unsubscribe", "One-Click", &what));
	assert_int_equal(what, FU_UNSUB_ONE_CLICK);
	assert_true(fu_unsubscribe_of("unsubscribe", "mail", &what));
	assert_int_equal(what, FU_UNSUB_MAIL);
	assert_false(fu_unsubscribe_of("List-Unsubscribe", "", &what));
	assert_false(fu_unsubscribe_of("unsubscribe", "One-Click", &what));
	assert_false(fu_unsubscribe_of("", "", &what));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    EM_02_posted_twice_is_one_entry, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    CS_05_all_is_one_of_the_choices, setup, teardown),
		cmocka_unit_test(EM_02_fields_of_a_form),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
