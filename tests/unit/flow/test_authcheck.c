/* SPF, DKIM and DMARC of senders' domains, asked of a server on loopback, and
 * what the gate is told afterwards. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "dnsd.h"
#include "flow/authcheck.h"
#include "flow/stream.h"

#define PATH	"test_authcheck.db"

static const struct dnsd_row table[] = {
	{ "good.example", DNSD_TXT, "google-site-verification=x" },
	{ "good.example", DNSD_TXT, "v=spf1 include:x.example -all" },
	{ "_dmarc.good.example", DNSD_TXT, "v=DMARC1; p=none" },
	{ "s1._domainkey.good.example", DNSD_TXT, "v=DKIM1; k=rsa; p=MIGf" },
	/* Below it: DMARC by the domain above, a selector of its own. */
	{ "mail.good.example", DNSD_TXT, "V=SPF1 -all" },
	{ "mine._domainkey.mail.good.example", DNSD_TXT, "k=rsa;p = MIGf" },
	/* A key that was revoked, and no policy. */
	{ "bare.example", DNSD_TXT, "v=spf1" },
	{ "mail._domainkey.bare.example", DNSD_TXT, "v=DKIM1; p=" },
	{ "_dmarc.example", DNSD_TXT, "v=DMARC1; p=reject" },
	/* Two are none; and what only begins like it is another. */
	{ "two.example", DNSD_TXT, "v=spf1 -all" },
	{ "two.example", DNSD_TXT, "v=spf1 ~all" },
	{ "_dmarc.two.example", DNSD_TXT, "v=DMARC10; p=none" },
	{ "k1._domainkey.two.example", DNSD_TXT, "p=MIGf" },
	{ "down.example", DNSD_TXT, "v=spf1 -all" },
	{ "_dmarc.down.example", DNSD_SERVFAIL, NULL },
	{ NULL, DNSD_EMPTY, NULL }
};

static struct dnsd	 server;

struct told {
	struct fu_arena	 arena;
	struct fu_buf	 text;		/* a line a domain */
};

static void
tell(void *ctx, const struct fu_authcheck *a)
{
	struct told	*t = ctx;

	if (a->failed != NULL)
		fu_buf_printf(&t->text, "%s failed\n", a->domain);
	else
		fu_buf_printf(&t->text, "%s %s [%s] [%s] [%s %s]%s\n",
		    a->domain, a->aligned ? "aligned" : "misaligned", a->spf,
		    a->dmarc, a->selector == NULL ? "-" : a->selector,
		    a->dkim, a->hint == NULL ? "" : " hint");
}

struct house {
	struct fu_session	 s;
	struct fu_opt		 opt;
	struct fu_sender	 sender[4];
	struct told		 told;
};

static int
setup(void **state)
{
	static struct house	 h;
	struct fu_err		 err;

	memset(&h, 0, sizeof(h));
	unlink(PATH);
	fu_arena_init(&h.s.arena);
	h.opt.clock = (struct fu_clock){ 1000 * FU_SECOND };
	h.s.opt = &h.opt;
	h.s.config.sender = h.sender;
	h.s.config.company.zone = fu_zone_open("UTC");
	assert_int_equal(fu_store_open(&h.s.store, PATH, FU_DB_CREATE,
	    &h.opt.clock, &err), 0);
	h.s.has_store = true;
	fu_buf_init(&h.told.text);
	*state = &h;
	return (dnsd_start(&server, table));
}

static int
teardown(void **state)
{
	struct house	*h = *state;

	dnsd_stop(&server);
	fu_buf_free(&h->told.text);
	fu_store_close(&h->s.store);
	fu_arena_free(&h->s.arena);
	unlink(PATH);
	return (0);
}

static const char *
run(struct house *h, const char *const *email, size_t n)
{
	struct fu_err	 err;

	for (size_t i = 0; i < n; i++)
		h->sender[i].email = email[i];
	h->s.config.nsender = n;
	fu_buf_reset(&h->told.text);
	assert_int_equal(fu_authcheck_run(&h->s, tell, &h->told, &err), 0);
	return (h->told.text.ptr);
}

static bool
misaligned(struct house *h)
{
	struct fu_gate_in	 in = { 0 };
	struct fu_err		 err;

	h->s.stream = NULL;
	assert_int_equal(fu_stream_ask(&h->s, &h->sender[0], &in, &err), 0);
	return (in.auth_misaligned);
}

static void
EM_03_aligned(void **state)
{
	static const char *const	 email[] = { "ann@Good.example",
		"bob@good.example", "cy@mail.good.example" };
	static const char		*mine[] = { "other", "mine" };
	struct house			*h = *state;

	assert_string_equal(run(h, email, 1), "good.example aligned "
	    "[v=spf1 include:x.example -all] [v=DMARC1; p=none] "
	    "[s1 v=DKIM1; k=rsa; p=MIGf]\n");
	assert_false(misaligned(h));
	/* A domain once; and one below, whose policy is the same. */
	h->s.config.channel[FU_CH_EMAIL].dkim_selectors =
	    (struct fu_list){ mine, 2 };
	run(h, email, 3);
	assert_string_equal(h->told.text.ptr, "good.example misaligned "
	    "[v=spf1 include:x.example -all] [v=DMARC1; p=none] [- ]\n"
	    "mail.good.example aligned [V=SPF1 -all] [v=DMARC1; p=none] "
	    "[mine k=rsa;p = MIGf]\n");
	assert_true(misaligned(h));
}

static void
EM_03_misaligned(void **state)
{
	static const char *const	 bare[] = { "ann@bare.example" };
	static const char *const	 two[] = { "ann@two.example" };
	static const char *const	 none[] = { "ann@none.example" };
	struct house			*h = *state;

	assert_string_equal(run(h, bare, 1),
	    "bare.example misaligned [v=spf1] [] [- ] hint\n");
	assert_true(misaligned(h));
	assert_string_equal(run(h, two, 1),
	    "two.example misaligned [] [] [k1 p=MIGf] hint\n");
	assert_string_equal(run(h, none, 1),
	    "none.example misaligned [] [] [- ] hint\n");
	assert_true(misaligned(h));
}

/* What could not be asked is not missing, and what was known stays. */
static void
EM_03_not_asked(void **state)
{
	static const char *const	 down[] = { "ann@down.example" };
	struct fu_domain_auth		 had = { "a", "b", "c", 0 };
	struct house			*h = *state;
	struct fu_err			 err;
	struct fu_arena			 arena;

	assert_string_equal(run(h, down, 1), "down.example failed\n");
	assert_false(misaligned(h));
	assert_int_equal(fu_store_begin(&h->s.store, &err), 0);
	assert_int_equal(fu_auth_put(&h->s.store, "down.example", &had, &err),
	    0);
	assert_int_equal(fu_store_commit(&h->s.store, &err), 0);
	run(h, down, 1);
	fu_arena_init(&arena);
	assert_int_equal(fu_auth_get(&h->s.store, "down.example", &arena, &had,
	    &err), 1);
	assert_string_equal(had.dmarc, "c");
	assert_true(had.checked_us == 1000 * FU_SECOND);
	fu_arena_free(&arena);
}

/* Without a database it is told, and nothing is put down. */
static void
EM_03_no_store(void **state)
{
	static const char *const	 email[] = { "ann@bare.example" };
	struct house			*h = *state;
	struct fu_domain_auth		 had;
	struct fu_err			 err;

	h->s.has_store = false;
	run(h, email, 1);
	assert_non_null(strstr(h->told.text.ptr, "bare.example misaligned"));
	assert_int_equal(fu_auth_get(&h->s.store, "bare.example", &h->s.arena,
	    &had, &err), 0);
}

int
main(void)
{
#define IN_HOUSE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest	 tests[] = {
		IN_HOUSE(EM_03_aligned),
		IN_HOUSE(EM_03_misaligned),
		IN_HOUSE(EM_03_not_asked),
		IN_HOUSE(EM_03_no_store),
	};

	return (cmocka_run_group_tests_name("authcheck", tests, NULL, NULL));
}
