/*
 * The gate, with persons, ledgers and clocks thrown at it at random: what must
 * hold whatever they are.
 *
 *	FU_TEST_SEED=N    the same ones again
 */
#include "unit/policy/gate_world.h"

#define PERSONS 20000

static uint64_t first_seed;

/* What is told of a person that something did not hold for. */
static const char *
who(const struct world *w, int i)
{
	static char text[512];
	char now[FU_TIME_LEN];
	const char *const *f = w->person.f;

	fu_time_print(w->in.now_us, now);
	snprintf(text, sizeof(text), "FU_TEST_SEED=%llu, person %d: %s, %s, "
	    "country %s-%s, phone %s, email %s, zone %s, basis %s",
	    (unsigned long long)first_seed, i,
	    fu_channel_name(w->touch.channel), now,
	    f[FU_F_COUNTRY] != NULL ? f[FU_F_COUNTRY] : "-",
	    f[FU_F_REGION] != NULL ? f[FU_F_REGION] : "-",
	    f[FU_F_PHONE] != NULL ? f[FU_F_PHONE] : "-",
	    f[FU_F_EMAIL] != NULL ? f[FU_F_EMAIL] : "-",
	    f[FU_F_TZ] != NULL ? f[FU_F_TZ] : "-",
	    f[FU_F_BASIS] != NULL ? f[FU_F_BASIS] : "-");
	return (text);
}

static const char *
told(const struct fu_verdict *v)
{
	static char text[2][128];
	static int which;
	char t[FU_TIME_LEN] = "-";
	char *s = text[which = 1 - which];

	if (v->until_us != FU_NEVER)
		fu_time_print(v->until_us, t);
	snprintf(s, sizeof(text[0]), "%s %s %s %s",
	    fu_verdict_class_name(v->class), fu_reasons[v->reason].name, t,
	    v->rule);
	return (s);
}

static struct fu_verdict
decide_at(struct world *w, int64_t us)
{
	int64_t now = w->in.now_us;
	struct fu_verdict v;

	w->in.now_us = us;
	v = decide(w);
	w->in.now_us = now;
	return (v);
}

static void
start(void)
{
	const char *given = getenv("FU_TEST_SEED");

	first_seed = given != NULL ? strtoull(given, NULL, 10) : 20261123;
	seed = first_seed;
	print_message("# FU_TEST_SEED=%llu\n", (unsigned long long)first_seed);
}

/* Does something in the ledger forbid that channel? */
static bool
barred(const struct world *w)
{
	const struct fu_ledger_state *l = &w->ledger;

	if (l->broken || l->erased || l->objected)
		return (true);
	if (w->touch.channel == FU_CH_TASK)
		return (false);
	if (l->suppressed)
		return (true);
	return (w->touch.channel != FU_CH_CHAT && (l->complaint ||
	    l->hard_bounce ||
	    l->consent[w->touch.channel].status == FU_C_REVOKED));
}

static void
GP_01_never_against_the_ledger(void **state)
{
	int n[4] = { 0 };

	(void)state;
	start();
	for (int i = 0; i < PERSONS; i++) {
		struct world w;
		struct fu_verdict v;

		anybody(&w);
		v = decide(&w);
		n[v.class]++;
		if (barred(&w) && v.class != FU_BLOCK &&
		    !(w.ledger.broken && v.class == FU_HOLD))
			fail_msg("%s: expected a block, got %s", who(&w, i),
			    told(&v));
		if (w.ledger.suppressed && !w.ledger.broken &&
		    !w.ledger.erased && w.touch.channel != FU_CH_TASK &&
		    v.reason != FU_R_SUPPRESSED)
			fail_msg("%s: expected suppressed, got %s",
			    who(&w, i), told(&v));
	}
	print_message("# allow %d, defer %d, hold %d, block %d\n", n[0], n[1],
	    n[2], n[3]);
	/* Or it would be no test of anything. */
	for (int i = 0; i < 4; i++)
		assert_true(n[i] > PERSONS / 100);
}

static void
GP_02_the_end_of_a_deferral_is_one(void **state)
{
	(void)state;
	start();
	for (int i = 0; i < PERSONS; i++) {
		struct world w;
		struct fu_verdict v, later;

		anybody(&w);
		v = decide(&w);
		if ((v.class == FU_DEFER) != (v.until_us != FU_NEVER))
			fail_msg("%s: an end and no deferral, or the other way "
			    "round: %s", who(&w, i), told(&v));
		if (v.class != FU_DEFER)
			continue;
		if (v.until_us <= w.in.now_us)
			fail_msg("%s: expected an end that is to come, got %s",
			    who(&w, i), told(&v));
		later = decide_at(&w, v.until_us);
		if (later.class == FU_DEFER)
			fail_msg("%s: expected an end at which it is allowed "
			    "or stopped, got %s, and then %s", who(&w, i),
			    told(&v), told(&later));
		later = decide_at(&w, v.until_us - 1);
		if (later.class == FU_ALLOW)
			fail_msg("%s: expected the earliest end, got %s, and "
			    "allowed before", who(&w, i), told(&v));
	}
}

static void
GP_03_the_same_answer_twice(void **state)
{
	(void)state;
	start();
	for (int i = 0; i < PERSONS; i++) {
		struct world w, copy;
		struct fu_verdict v, again;

		anybody(&w);
		copy = w;
		copy.in.config = &copy.conf;
		copy.in.touch = &copy.touch;
		copy.in.person = &copy.person;
		copy.in.sender = &copy.sender;
		copy.in.ledger = &copy.ledger;
		copy.in.sent = copy.sent;
		copy.conf.law.assessment = &copy.lia;
		v = decide(&w);
		(void)decide_at(&w, w.in.now_us + 40 * FU_DAY);
		again = decide(&copy);
		if (v.class != again.class || v.reason != again.reason ||
		    v.until_us != again.until_us ||
		    strcmp(v.rule, again.rule) != 0)
			fail_msg("%s: expected the same twice, got %s and %s",
			    who(&w, i), told(&v), told(&again));
	}
}

/*
 * Evidence of a place.  A toll-free number, a country without a state and a
 * mail domain (for a text: it has no clock) are none that stands alone.
 */
enum evidence { E_RECORD, E_PHONE, E_DOMAIN, E_ZONE, E_N };

static bool
stands_alone(const struct world *w, enum evidence e)
{
	const char *const *f = w->person.f;
	const char *dot;

	switch (e) {
	case E_RECORD:
		return (f[FU_F_COUNTRY] != NULL);
	case E_PHONE:
		return (f[FU_F_PHONE] != NULL &&
		    strncmp(f[FU_F_PHONE], "+1800", 5) != 0);
	case E_DOMAIN:
		dot = f[FU_F_EMAIL] == NULL ? NULL :
		    strrchr(f[FU_F_EMAIL], '.');
		return (w->touch.channel == FU_CH_EMAIL && dot != NULL &&
		    strlen(dot) == 3);
	default:
		return (false);
	}
}

/* The same person, of whom nothing but that tells where they are. */
static void
alone(const struct world *w, enum evidence e, struct world *one)
{
	static const struct {
		const char *email, *neutral;
	} mail[] = { { "info@", "info@acme.com" }, { "a@", "a@acme.com" },
		{ "x@", "x@acme.com" } };
	const char *email = w->person.f[FU_F_EMAIL];

	*one = *w;
	one->in.config = &one->conf;
	one->in.touch = &one->touch;
	one->in.person = &one->person;
	one->in.sender = &one->sender;
	one->in.ledger = &one->ledger;
	one->in.sent = one->sent;
	one->conf.law.assessment = &one->lia;
	one->person.f[FU_F_TZ] = NULL;
	if (e != E_RECORD)
		one->person.f[FU_F_COUNTRY] = one->person.f[FU_F_REGION] =
		    NULL;
	if (e != E_PHONE)
		one->person.f[FU_F_PHONE] = NULL;
	for (size_t i = 0; e != E_DOMAIN && email != NULL && i < NELEM(mail);
	    i++)
		if (strncmp(email, mail[i].email, strlen(mail[i].email)) == 0)
			one->person.f[FU_F_EMAIL] = mail[i].neutral;
}

/* A person with a state or province of their own country, if any. */
static void
settle(struct world *w)
{
	static const char *const us[] = { "CA", "FL", "TX", "PA", "RI", "NY",
		"KY", "UT", "AL" };
	static const char *const ca[] = { "ON", "BC", "QC" };
	const char **f = w->person.f;

	if (fu_streq(f[FU_F_COUNTRY], "US"))
		f[FU_F_REGION] = PICK(us);
	else if (fu_streq(f[FU_F_COUNTRY], "CA"))
		f[FU_F_REGION] = PICK(ca);
	else
		f[FU_F_REGION] = NULL;
	/* The operator's own hours and gaps are in one zone, whatever the
	 * law is in: not of this. */
	w->conf.window.days = 0x7f;
	w->conf.window.open_min = 0;
	w->conf.window.close_min = 1440;
	w->conf.limits.gap_us = 0;
}

static void
GP_04_never_looser_than_one_place_alone(void **state)
{
	int n = 0;

	(void)state;
	start();
	for (int i = 0; i < PERSONS; i++) {
		struct world w, one;
		struct fu_verdict v, a, then;

		anybody(&w);
		settle(&w);
		v = decide(&w);
		for (int e = 0; e < E_N; e++) {
			if (!stands_alone(&w, (enum evidence)e))
				continue;
			alone(&w, (enum evidence)e, &one);
			a = decide(&one);
			n++;
			if (v.class > a.class)
				continue;
			if (v.class == a.class && (v.class != FU_DEFER ||
			    v.until_us >= a.until_us))
				continue;
			/* Stopped by then is stricter too. */
			if (v.class == FU_DEFER) {
				then = decide_at(&w, v.until_us);
				if (then.class > FU_DEFER && a.class ==
				    FU_DEFER)
					continue;
			}
			fail_msg("%s: expected nothing looser than %s by its "
			    "%s alone, got %s", who(&w, i), told(&a),
			    e == E_RECORD ? "record" : e == E_PHONE ?
			    "number" : "domain", told(&v));
		}
	}
	print_message("# %d places\n", n);
	assert_true(n > PERSONS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(GP_01_never_against_the_ledger),
		cmocka_unit_test(GP_02_the_end_of_a_deferral_is_one),
		cmocka_unit_test(GP_03_the_same_answer_twice),
		cmocka_unit_test(GP_04_never_looser_than_one_place_alone)
	};

	return (cmocka_run_group_tests(tests, load, unload));
}
