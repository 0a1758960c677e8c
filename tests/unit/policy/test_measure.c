/*
 * Measures of twelve people whose figures are worked out by hand: each line of
 * the history says what it is for, each line of the figures who they are.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <stdio.h>
#include <cmocka.h>

#include "unit/policy/person.h"
#include "policy/measure.h"

#define ROWS	12

static struct fu_measures	*m;
static struct fu_arena		 arena;
static struct fu_figure		*figure;
static size_t			 nfigure;

/* The person who is being told. */
static struct fu_event			 event[ROWS];
static struct fu_measure_enrolment	 enrolment;
static struct fu_measure_touch		 touch[ROWS];
static struct fu_measure_handoff	 handoff;
static size_t				 nevent, nenrolment, ntouch, nhandoff;

static void
enrolled(const char *cadence, double days_ago, int score, bool holdout)
{
	enrolment = (struct fu_measure_enrolment){ 1, cadence, AGO(days_ago),
		holdout, score };
	nenrolment = 1;
}

static void
sent(int64_t id, const char *step, enum fu_channel channel, double days_ago,
    const char *variant)
{
	touch[ntouch++] = (struct fu_measure_touch){ .id = id, .enrolment = 1,
		.cadence = enrolment.cadence, .step = step, .sender = "ada",
		.variant = variant, .domain = channel == FU_CH_EMAIL ?
		"gmail.com" : NULL, .channel = (int)channel,
		.state = FU_T_SENT, .due_us = AGO(days_ago),
		.left_us = AGO(days_ago) };
}

static void
waits(int64_t id, enum fu_touch_state state, const char *reason,
    double days_ago)
{
	touch[ntouch++] = (struct fu_measure_touch){ .id = id, .enrolment = 1,
		.cadence = enrolment.cadence, .step = "later",
		.reason = reason, .channel = FU_CH_EMAIL, .state = state,
		.due_us = AGO(days_ago), .left_us = FU_NEVER };
}

static struct fu_event *
came(const char *kind, double days_ago, const char *arg)
{
	event[nevent] = an_event(kind, AGO(days_ago), arg);
	return (&event[nevent++]);
}

static void
says(struct fu_event *e, int64_t answers, const char *signals)
{
	e->touch = answers;
	e->signals = signals;
}

static void
handed(const char *trigger, double days_ago, double by, double response)
{
	handoff = (struct fu_measure_handoff){ trigger, AGO(days_ago), AGO(by),
		response < 0 ? FU_NEVER : AGO(response) };
	nhandoff = 1;
}

static void
over(void)
{
	struct fu_measure_person	 p = { .event = event,
		.nevent = nevent, .enrolment = &enrolment,
		.nenrolment = nenrolment, .touch = touch, .ntouch = ntouch,
		.handoff = &handoff, .nhandoff = nhandoff,
		.zone = fu_zone_utc() };

	qsort(event, nevent, sizeof(*event), fu_event_order);
	fu_measures_see(m, &p);
	nevent = nenrolment = ntouch = nhandoff = 0;
}

static void
twelve(void)
{
	/* 1: answers variant a with interest, meets, is won. */
	enrolled("warm", 60, 55, false);
	sent(11, "s1", FU_CH_EMAIL, 59, "a");
	says(came("reply", 58, "email"), 11, "[\"interested\"]");
	came("meeting", 50, "booked");
	came("won", 40, "1000");
	over();
	/* 2: is away, and comes to the site. */
	enrolled("warm", 60, 50, false);
	sent(21, "s1", FU_CH_EMAIL, 59, "b");
	says(came("auto_reply", 58, "ooo"), 21, NULL);
	came("visit", 55, "https://x.example/");
	over();
	/* 3 and 4: held out; one comes all the same. */
	enrolled("warm", 60, 45, true);
	waits(31, FU_T_SKIPPED, "holdout", 59);
	came("visit", 50, "https://x.example/");
	over();
	enrolled("warm", 60, 45, true);
	over();
	/* 5: too young to count. */
	enrolled("warm", 10, 50, false);
	sent(51, "s1", FU_CH_EMAIL, 9, "b");
	says(came("reply", 8, "email"), 51, "[\"not_now\"]");
	over();
	/* 6: comes back. */
	enrolled("cold", 40, 20, false);
	sent(61, "c1", FU_CH_EMAIL, 39, NULL);
	says(came("bounce", 39, "5.1.1"), 61, NULL);
	over();
	/* 7: an answer that names no touch belongs to the latest. */
	enrolled("cold", 40, 20, false);
	sent(71, "c1", FU_CH_EMAIL, 39, NULL);
	sent(72, "c2", FU_CH_SMS, 35, NULL);
	came("reply", 34, "sms");
	over();
	/* 8: chats, is handed over, is answered in 12 hours, meets. */
	enrolled("hot", 45, 80, false);
	sent(81, "h0", FU_CH_CHAT, 44.9, NULL);
	says(came("chat", 44.8, NULL), 0, "[\"pricing\"]");
	handed("buying_intent", 44, 43, 43.5);
	came("demo", 20, NULL);
	over();
	/* 9: answers too late; nobody responded to the hand-off. */
	enrolled("hot", 45, 75, false);
	sent(91, "h1", FU_CH_EMAIL, 43, NULL);
	says(came("reply", 5, "email"), 91, "[\"interested\"]");
	handed("reply", 44, 43, -1);
	over();
	/* 10: unsubscribes and complains. */
	enrolled("hot", 45, 90, false);
	sent(101, "h1", FU_CH_EMAIL, 43, NULL);
	says(came("unsubscribe", 42, "email"), 101, NULL);
	says(came("complaint", 42, "email"), 101, NULL);
	over();
	/* 11: in no cadence, handed over this morning. */
	enrolment.cadence = NULL;
	handed("reply", 0.5, -0.5, -1);
	over();
	/* 12: never answers, is lost; two touches did not leave. */
	enrolled("warm", 60, 60, false);
	sent(121, "s1", FU_CH_EMAIL, 59, "a");
	waits(122, FU_T_PLANNED, "no_consent", 30);
	waits(123, FU_T_SKIPPED, "stale", 20);
	came("stage", 50, "qualified");
	came("lost", 45, "price");
	over();
}

static const struct {
	const char	*stat, *by;
	int64_t		 n, of, pending;
} figures[] = {
	/* all but 3, 4 (held out), 11; 5 is pending */
	{ "funnel", "1 enrolled", 8, 8, 1 },
	{ "funnel", "2 delivered", 7, 8, 1 },		/* not 6 */
	{ "funnel", "3 engaged", 4, 8, 1 },		/* 1 2 7 8 */
	{ "funnel", "4 replied", 3, 8, 1 },		/* 1 7 8 */
	{ "funnel", "5 handed off", 2, 8, 1 },		/* 8 9 */
	{ "funnel", "6 meeting", 2, 8, 1 },		/* 1 8 */
	{ "funnel", "7 won", 1, 8, 1 },			/* 1 */
	{ "reactivation_rate", "", 3, 5, 1 },		/* 1 2 7 of 1 2 6 7 12 */
	{ "reactivation_rate", "cold", 1, 2, 0 },
	{ "reactivation_rate", "warm", 2, 3, 1 },
	{ "reactivation_rate", "warm,holdout", 1, 2, 0 },
	{ "reactivation_rate", "warm,written", 2, 3, 1 },
	{ "enrolment_reply_rate", "", 3, 8, 1 },
	{ "enrolment_reply_rate", "email", 1, 6, 1 },	/* 1 of 1 2 6 9 10 12 */
	{ "enrolment_reply_rate", "email+sms", 1, 1, 0 },
	{ "enrolment_reply_rate", "chat", 1, 1, 0 },
	{ "reply_rate", "", 3, 7, 1 },			/* 1 7 8 */
	{ "reply_rate", "chat", 1, 1, 0 },
	{ "reply_rate", "email", 1, 6, 1 },		/* 1 of 1 2 7 9 10 12 */
	{ "reply_rate", "sms", 1, 1, 0 },
	{ "reply_rate", "email,warm,s1", 1, 3, 1 },
	{ "reply_rate", "email,cold,c1", 0, 1, 0 },
	{ "reply_rate", "ada", 3, 7, 1 },
	{ "reply_rate", "google", 1, 6, 1 },
	{ "positive_reply_rate", "", 2, 3, 1 },		/* 1 8; 7 is unknown */
	{ "ab_test", "warm,s1,a", 1, 2, 0 },		/* 1 of 1 12 */
	{ "ab_test", "warm,s1,b", 0, 1, 1 },		/* 2 */
	{ "auto_reply_rate", "", 1, 7, 1 },		/* 2 */
	{ "opt_out_rate", "", 1, 7, 1 },		/* 10 */
	{ "complaint_rate", "", 1, 7, 1 },		/* 10 */
	{ "bounce_rate", "", 1, 8, 1 },			/* 6 */
	{ "soft_bounce_rate", "", 0, 8, 1 },
	{ "meeting_rate", "", 2, 8, 1 },
	{ "meeting_rate", "warm", 1, 3, 1 },
	{ "stage_rate", "qualified", 1, 8, 1 },		/* 12 */
	{ "stage_rate", "lost", 1, 8, 1 },		/* 12 */
	{ "stage_rate", "won", 1, 8, 1 },		/* 1 */
	{ "trigger_conversion", "", 1, 2, 1 },		/* 8 of 8 9 */
	{ "trigger_conversion", "buying_intent", 1, 1, 0 },
	{ "trigger_conversion", "reply", 0, 1, 1 },
	{ "first_response", "", 1, 2, 1 },
	{ "first_response_times", "4 8 to 24 h", 1, 1, 0 },
	{ "first_response_times", "7 never", 1, 1, 0 },
	{ "pipeline_velocity", "", 1, 5, 0 },		/* 1 of 1 8 9 11 12 */
	{ "win_rate", "hot", 0, 3, 0 },			/* 8 9 10 */
	{ "win_rate", "warm", 1, 3, 1 },		/* 1 of 1 2 12 */
	{ "win_rate", "nurture", 0, 2, 0 },		/* 6 7 */
	{ "touches_before_reply", "", 5, 5, 0 },	/* 1 5 7 8 9 */
	{ "touches_before_reply", "01", 4, 4, 0 },
	{ "touches_before_reply", "02", 1, 1, 0 },	/* 7 */
	{ "touches_before_win", "", 1, 1, 0 },
	{ "held_touches", "waits,no_consent", 1, 1, 0 },
	{ "held_touches", "given up,stale", 1, 1, 0 },
	{ "cost_per_meeting", "", 2, 8, 1 },
};

static const struct fu_figure *
find(const char *stat, const char *by)
{
	char	 text[200];

	for (size_t i = 0; i < nfigure; i++) {
		const struct fu_figure	*f = &figure[i];

		text[0] = '\0';
		for (size_t k = 0; k < f->nby; k++)
			snprintf(text + strlen(text), sizeof(text) -
			    strlen(text), "%s%s", k == 0 ? "" : ",",
			    f->by[k].value);
		if (strcmp(fu_measure_defs[f->measure].name, stat) == 0 &&
		    strcmp(text, by) == 0)
			return (f);
	}
	fail_msg("%s by \"%s\" is not there", stat, by);
	return (NULL);
}

static double
more(const struct fu_figure *f, const char *name)
{
	for (size_t i = 0; i < f->nmore; i++)
		if (strcmp(f->more[i].name, name) == 0)
			return (f->more[i].value);
	fail_msg("no %s", name);
	return (0);
}

static void
near(double got, double want)
{
	if (fabs(got - want) > 1e-9)
		fail_msg("%f is not %f", got, want);
}

static struct fu_measure_asked
usual(void)
{
	struct fu_measure_asked	 a = { .now_us = NOW, .since_us = FU_NEVER,
		.until_us = INT64_MAX, .window_us = FU_MEASURE_WINDOW_US,
		.hot = 70, .warm = 40, .cost = { 0.5, 1, -1, -1, -1 },
		.zone = fu_zone_utc() };

	return (a);
}

static void
count(const struct fu_measure_asked *a)
{
	m = fu_measures_new(a);
	fu_arena_init(&arena);
	twelve();
	fu_measures_figures(m, &arena, &figure, &nfigure);
	fu_measures_free(m);
}

static void
test_by_hand(void **state)
{
	struct fu_measure_asked	 a = usual();
	const struct fu_figure	*f;

	(void)state;
	count(&a);
	for (size_t i = 0; i < NELEM(figures); i++) {
		f = find(figures[i].stat, figures[i].by);
		if (f->n != figures[i].n || f->of != figures[i].of ||
		    f->pending != figures[i].pending)
			fail_msg("%s by \"%s\": %d of %d, %d pending",
			    figures[i].stat, figures[i].by, (int)f->n,
			    (int)f->of, (int)f->pending);
		assert_true(f->few == (f->kind != FU_MK_COUNT));
	}
	f = find("positive_reply_rate", "");
	near(more(f, "unknown"), 1);
	near(more(f, "negative"), 0);
	f = find("first_response", "");
	near(f->value, 12 * 3600);
	near(more(f, "within_respond_by"), 0.5);
	/* 1 x 1000 in 10 days */
	f = find("pipeline_velocity", "");
	near(f->value, 100);
	near(more(f, "win_rate"), 0.2);
	/* 7 mails at 0.5 and an SMS at 1, for two meetings */
	f = find("cost_per_meeting", "");
	near(more(f, "cost"), 4.5);
	near(f->value, 2.25);
	f = find("touches_before_reply", "");
	near(f->value, 1);
	near(more(f, "p90"), 2);
	near(more(f, "mean"), 1.2);
	assert_string_equal(find("ab_test", "warm,s1,b")->verdict,
	    "no difference yet");
	assert_string_equal(find("reactivation_rate", "warm,written")->verdict,
	    "no difference yet");
	fu_arena_free(&arena);
}

/* Only what began in the range; a window of one's own. */
static void
test_range(void **state)
{
	struct fu_measure_asked	 a = usual();

	(void)state;
	a.since_us = AGO(45);
	a.until_us = AGO(12);
	count(&a);
	assert_int_equal(find("funnel", "1 enrolled")->of, 5); /* 6 to 10 */
	assert_int_equal(find("reply_rate", "")->of, 4);	/* not 6 */
	fu_arena_free(&arena);
	a = usual();
	a.window_us = 5 * FU_DAY;
	count(&a);
	assert_int_equal(find("funnel", "1 enrolled")->of, 9);	/* 5, too */
	assert_int_equal(find("reply_rate", "")->n, 4);
	assert_int_equal(find("meeting_rate", "")->n, 0);
	fu_arena_free(&arena);
}

/* By what was asked, and only measures that know it. */
static void
test_by(void **state)
{
	struct fu_measure_asked	 a = usual();

	(void)state;
	a.by[0] = FU_DIM_CHANNEL;
	a.by[1] = FU_DIM_CADENCE;
	a.nby = 2;
	count(&a);
	assert_int_equal(find("reply_rate", "email,warm")->of, 3);
	assert_int_equal(find("reply_rate", "sms,cold")->n, 1);
	for (size_t i = 0; i < nfigure; i++)
		if (figure[i].measure == FU_M_FUNNEL ||
		    figure[i].measure == FU_M_TRIGGER)
			fail_msg("a funnel has no channel");
	fu_arena_free(&arena);
}

static void
test_providers(void **state)
{
	(void)state;
	assert_string_equal(fu_measure_provider(NULL, "gmail.com"), "google");
	assert_string_equal(fu_measure_provider(NULL, "mail.example"),
	    "own domain");
	assert_string_equal(fu_measure_provider(NULL, "outlook.example.com"),
	    "own domain");
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test(test_by_hand),
		cmocka_unit_test(test_range),
		cmocka_unit_test(test_by),
		cmocka_unit_test(test_providers),
	};

	return (cmocka_run_group_tests_name("measure", tests, NULL, NULL));
}
