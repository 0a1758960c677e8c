/*
 * What comes next: the playbook's own dates, and the days that calendars,
 * clocks and pauses move.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "policy/plan.h"

#define NELEM(a) (sizeof(a) / sizeof((a)[0]))
#define ALL ((1u << FU_CHANNEL_N) - 1)

/* US holidays of 2026 and the first of 2027, as day numbers, in order. */
static int32_t holidays[12];

static struct fu_window window = { .days = 0x1f, .open_min = 510,
	.close_min = 1050 };
static struct fu_arena arena;

static int32_t
day(const char *s)
{
	struct fu_date d;

	assert_int_equal(0, fu_date_parse(fu_str_of(s), &d, NULL));
	return (fu_date_days(d));
}

static int64_t
at(const char *s)
{
	int64_t us;

	assert_int_equal(0, fu_time_parse(fu_str_of(s), &us, NULL));
	return (us);
}

static int
setup(void **state)
{
	static const char *const days[] = { "2026-01-01", "2026-01-19",
		"2026-02-16", "2026-05-25", "2026-06-19", "2026-07-03",
		"2026-09-07", "2026-10-12", "2026-11-11", "2026-11-26",
		"2026-12-25", "2027-01-01" };

	(void)state;
	for (size_t i = 0; i < NELEM(days); i++)
		holidays[i] = day(days[i]);
	window.holiday = holidays;
	window.nholiday = NELEM(days);
	fu_arena_init(&arena);
	return (0);
}

static int
teardown(void **state)
{
	(void)state;
	fu_arena_free(&arena);
	return (0);
}

#define STEP(i, d, ch) { .id = i, .message = i, .day = d, .channel = { ch }, \
	.nchannel = 1 }
#define RETURN(i, d) { .id = i, .message = i, .day = -1, .on = "site_return", \
	.from_day = d, .channel = { FU_CH_CHAT }, .nchannel = 1 }

static struct fu_step hot_steps[] = {
	STEP("hot-open", 0, FU_CH_CHAT), STEP("hot-recap", 2, FU_CH_EMAIL),
	RETURN("hot-return", 5), STEP("hot-story", 8, FU_CH_EMAIL),
	STEP("hot-call", 14, FU_CH_TASK), STEP("hot-nudge", 21, FU_CH_EMAIL)
};
static struct fu_step warm_steps[] = {
	STEP("warm-open", 0, FU_CH_CHAT), STEP("warm-article", 3, FU_CH_EMAIL),
	STEP("warm-story", 10, FU_CH_EMAIL), STEP("warm-roi", 20, FU_CH_EMAIL),
	STEP("warm-invite", 30, FU_CH_EMAIL), RETURN("warm-return", 30)
};
static struct fu_step cold_steps[] = {
	STEP("cold-open", 0, FU_CH_CHAT), STEP("cold-news", 3, FU_CH_EMAIL),
	STEP("cold-ask", 10, FU_CH_EMAIL), { .id = "cold-bye",
	.message = "cold-bye", .day = 20, .channel = { FU_CH_EMAIL },
	.nchannel = 1, .remind = "next_quarter" }
};
static struct fu_step demo_steps[] = {
	STEP("demo-thanks", 1, FU_CH_EMAIL), { .id = "demo-answer",
	.message = "demo-answer", .day = 4,
	.channel = { FU_CH_CHAT, FU_CH_EMAIL }, .nchannel = 2 },
	STEP("demo-story", 7, FU_CH_EMAIL), STEP("demo-call", 12, FU_CH_TASK),
	STEP("demo-compare", 18, FU_CH_EMAIL)
};
static const char *turns[] = { "industry_insight", "product_update", "event" };
static struct fu_step ent_steps[] = {
	{ .id = "ent-month", .message = "ent-month", .day = -1,
	.every = FU_EVERY_MONTH, .rotate = { turns, 3 },
	.channel = { FU_CH_EMAIL }, .nchannel = 1 }, RETURN("ent-return", 0),
	{ .id = "ent-check", .message = "ent-check", .day = -1,
	.every = FU_EVERY_QUARTER, .channel = { FU_CH_TASK }, .nchannel = 1 }
};

#define CADENCE(n, s, e) { .name = n, .step = s, .nstep = NELEM(s), \
	.ends_days = e }
static struct fu_cadence hot = CADENCE("hot", hot_steps, 60);
static struct fu_cadence warm = CADENCE("warm", warm_steps, 60);
static struct fu_cadence cold = CADENCE("cold", cold_steps, 60);
static struct fu_cadence demo = CADENCE("post-demo", demo_steps, 60);
static struct fu_cadence ent = CADENCE("enterprise", ent_steps, 365);

/* One person in one cadence. */
struct life {
	struct fu_enrolment		 e;
	struct fu_plan_in		 in;
	struct fu_progress_of_line	 line;
	struct fu_planned		 p;
	const struct fu_step		**skipped;
	size_t				 nskipped;
};

static void
enter(struct life *l, struct fu_cadence *c, const char *zone, const char *when)
{
	memset(l, 0, sizeof(*l));
	l->e.prospect = 17;
	l->e.cadence = c->name;
	l->e.entered_us = l->e.anchor_us = at(when);
	l->e.paused_us = l->e.ended_us = l->e.return_us = FU_NEVER;
	l->in.cadence = c;
	l->in.enrolment = &l->e;
	l->in.zone = fu_zone_open(zone);
	assert_non_null(l->in.zone);
	l->in.window = &window;
	l->in.owner_zone = fu_zone_open("America/New_York");
	l->in.channels = ALL;
	l->in.now_us = l->e.entered_us;
	l->line.line = "days";
	l->line.handled_us = FU_NEVER;
}

static int
next(struct life *l)
{
	return (fu_plan_next(&l->in, &l->line, &arena, &l->p, &l->skipped,
	    &l->nskipped));
}

/* It was sent when due, or a chat was not visited and came to its end. */
static void
handle(struct life *l)
{
	l->line.step = l->p.step->id;
	l->line.occurrence = l->p.occurrence;
	if (l->p.channel == FU_CH_CHAT)
		l->line.handled_us = l->p.expires_us;
	else
		l->line.handled_us = l->p.due_us;
	if (l->p.channel == FU_CH_EMAIL)
		l->line.first_mail_sent = true;
	if (l->in.now_us < l->line.handled_us)
		l->in.now_us = l->line.handled_us;
}

static int
local_min(const struct fu_zone *z, int64_t us)
{
	int32_t d;

	return ((int)(fu_zone_local_us(z, us, &d) / FU_MINUTE));
}

struct golden {
	const char	*step, *date;
	enum fu_channel	 channel;
};

/* Drive one line by what is planned; each touch on its golden day. */
static void
run_line(struct life *l, const char *line, const struct golden *g, size_t n)
{
	l->line.line = line;
	for (size_t i = 0; i < n; i++) {
		int min;

		assert_int_equal(1, next(l));
		assert_int_equal(0, l->nskipped);
		assert_string_equal(g[i].step, l->p.step->id);
		assert_int_equal(day(g[i].date), l->p.day);
		assert_int_equal(g[i].channel, l->p.channel);
		assert_int_equal(g[i].channel == FU_CH_CHAT, l->p.armed);
		assert_int_equal(day(g[i].date),
		    fu_zone_day(l->in.zone, l->p.due_us));
		min = local_min(l->in.zone, l->p.due_us);
		if (g[i].channel == FU_CH_EMAIL)
			assert_in_range(min, 510, 1049);
		if (g[i].channel == FU_CH_EMAIL && l->line.first_mail_sent)
			assert_in_range(min, 510, 719);
		if (g[i].channel == FU_CH_TASK)
			assert_int_equal(510, min);
		assert_true(l->p.expires_us > l->p.due_us);
		handle(l);
	}
}

#define MONDAY "2026-03-02T15:00:00Z" /* 10:00 in New York */

static void
golden_hot(void **state)
{
	static const struct golden days[] = {
		{ "hot-open", "2026-03-02", FU_CH_CHAT },
		{ "hot-recap", "2026-03-04", FU_CH_EMAIL },
		{ "hot-story", "2026-03-10", FU_CH_EMAIL },
		{ "hot-call", "2026-03-16", FU_CH_TASK },
		{ "hot-nudge", "2026-03-23", FU_CH_EMAIL } };
	static const struct golden ret[] = {
		{ "hot-return", "2026-03-07", FU_CH_CHAT } };
	struct life l;
	const char **lines;
	size_t n;

	(void)state;
	enter(&l, &hot, "America/New_York", MONDAY);
	lines = fu_plan_lines(&hot, &arena, &n);
	assert_int_equal(2, n);
	assert_string_equal("days", lines[0]);
	assert_string_equal("on:hot-return", lines[1]);
	run_line(&l, "days", days, NELEM(days));
	assert_int_equal(0, next(&l));
	enter(&l, &hot, "America/New_York", MONDAY);
	run_line(&l, "on:hot-return", ret, NELEM(ret));
}

static void
golden_warm(void **state)
{
	static const struct golden days[] = {
		{ "warm-open", "2026-03-02", FU_CH_CHAT },
		{ "warm-article", "2026-03-05", FU_CH_EMAIL },
		{ "warm-story", "2026-03-12", FU_CH_EMAIL },
		{ "warm-roi", "2026-03-23", FU_CH_EMAIL },
		{ "warm-invite", "2026-04-01", FU_CH_EMAIL } };
	static const struct golden ret[] = {
		{ "warm-return", "2026-04-01", FU_CH_CHAT } };
	struct life l;

	(void)state;
	enter(&l, &warm, "America/New_York", MONDAY);
	run_line(&l, "days", days, NELEM(days));
	assert_int_equal(0, next(&l));
	enter(&l, &warm, "America/New_York", MONDAY);
	run_line(&l, "on:warm-return", ret, NELEM(ret));
}

static void
golden_cold(void **state)
{
	static const struct golden days[] = {
		{ "cold-open", "2026-03-02", FU_CH_CHAT },
		{ "cold-news", "2026-03-05", FU_CH_EMAIL },
		{ "cold-ask", "2026-03-12", FU_CH_EMAIL },
		{ "cold-bye", "2026-03-23", FU_CH_EMAIL } };
	static const struct golden remind[] = {
		{ "cold-bye", "2026-04-01", FU_CH_TASK } };
	struct life l;

	(void)state;
	enter(&l, &cold, "America/New_York", MONDAY);
	run_line(&l, "days", days, NELEM(days));
	assert_int_equal(0, next(&l));
	enter(&l, &cold, "America/New_York", MONDAY);
	run_line(&l, "remind:cold-bye", remind, NELEM(remind));
	assert_true(l.p.reminder);
	assert_int_equal(0, next(&l));
}

static void
golden_post_demo(void **state)
{
	static const struct golden first[] = {
		{ "demo-thanks", "2026-03-03", FU_CH_EMAIL } };
	static const struct golden rest[] = {
		{ "demo-story", "2026-03-09", FU_CH_EMAIL },
		{ "demo-call", "2026-03-16", FU_CH_TASK },
		{ "demo-compare", "2026-03-20", FU_CH_EMAIL } };
	struct life l;
	int64_t opens = at("2026-03-06T13:30:00Z");

	(void)state;
	enter(&l, &demo, "America/New_York", MONDAY);
	run_line(&l, "days", first, 1);
	assert_int_equal(1, next(&l));
	assert_string_equal("demo-answer", l.p.step->id);
	assert_true(l.p.armed);
	assert_int_equal(FU_CH_CHAT, l.p.channel);
	assert_int_equal(l.line.handled_us, l.p.due_us);
	assert_int_equal(FU_CH_EMAIL, l.p.becomes);
	assert_int_equal(opens, l.p.becomes_us);
	assert_int_equal(day("2026-03-06"), l.p.day);
	/* When the day has opened it is a mail, due at the opening. */
	l.in.now_us = opens;
	assert_int_equal(1, next(&l));
	assert_false(l.p.armed);
	assert_int_equal(FU_CH_EMAIL, l.p.channel);
	assert_int_equal(opens, l.p.due_us);
	assert_int_equal(INT64_MAX, l.p.becomes_us);
	handle(&l);
	run_line(&l, "days", rest, NELEM(rest));
}

static void
golden_enterprise(void **state)
{
	static const struct golden mails[] = {
		{ "ent-month", "2026-03-02", FU_CH_EMAIL },
		{ "ent-month", "2026-04-02", FU_CH_EMAIL },
		{ "ent-month", "2026-05-04", FU_CH_EMAIL },
		{ "ent-month", "2026-06-02", FU_CH_EMAIL } };
	static const struct golden tasks[] = {
		{ "ent-check", "2026-04-01", FU_CH_TASK },
		{ "ent-check", "2026-07-01", FU_CH_TASK } };
	struct life l;
	size_t n = 0;

	(void)state;
	enter(&l, &ent, "America/New_York", MONDAY);
	run_line(&l, "every:ent-month", mails, NELEM(mails));
	assert_int_equal(202606, l.p.occurrence);
	assert_string_equal("industry_insight", l.p.insight_rotated);
	for (n = 4; next(&l); n++) {
		assert_string_equal(turns[n % 3], l.p.insight_rotated);
		handle(&l);
	}
	assert_int_equal(12, n); /* a year of them, and no more */
	enter(&l, &ent, "America/New_York", MONDAY);
	run_line(&l, "every:ent-check", tasks, NELEM(tasks));
	assert_int_equal(20263, l.p.occurrence);
	for (n = 2; next(&l); n++)
		handle(&l);
	assert_int_equal(4, n);
}

static void
a_first_mail_on_the_day_of_entry_leaves_at_once(void **state)
{
	static const struct {
		const char *entry, *from, *until;
	} t[] = {
		{ "2026-03-02T15:00:00Z", "2026-03-02T15:00:00Z", NULL },
		{ "2026-03-02T12:00:00Z", "2026-03-02T13:30:00Z", NULL },
		/* closed: some time of the next sending day's window */
		{ "2026-03-02T22:30:00Z", "2026-03-03T13:30:00Z",
		    "2026-03-03T22:30:00Z" },
		/* a Saturday */
		{ "2026-03-07T17:00:00Z", "2026-03-09T12:30:00Z",
		    "2026-03-09T21:30:00Z" } };
	struct life l;

	(void)state;
	for (size_t i = 0; i < NELEM(t); i++) {
		enter(&l, &ent, "America/New_York", t[i].entry);
		l.line.line = "every:ent-month";
		assert_int_equal(1, next(&l));
		if (t[i].until == NULL) {
			assert_int_equal(at(t[i].from), l.p.due_us);
		} else {
			assert_true(l.p.due_us >= at(t[i].from));
			assert_true(l.p.due_us < at(t[i].until));
		}
	}
}

static void
of_days_past_at_entry_only_the_latest_leaves(void **state)
{
	struct life l;

	(void)state;
	enter(&l, &demo, "America/New_York", "2026-03-10T15:00:00Z");
	l.e.anchor_us = at(MONDAY); /* days 1, 4 and 7 are past */
	assert_int_equal(1, next(&l));
	assert_int_equal(2, l.nskipped);
	assert_string_equal("demo-thanks", l.skipped[0]->id);
	assert_string_equal("demo-answer", l.skipped[1]->id);
	assert_string_equal("demo-story", l.p.step->id);
	assert_int_equal(day("2026-03-11"), l.p.day);
	/* The flow has recorded what was skipped: the same comes out. */
	l.line.step = "demo-answer";
	l.line.handled_us = l.in.now_us;
	assert_int_equal(1, next(&l));
	assert_int_equal(0, l.nskipped);
	assert_int_equal(day("2026-03-11"), l.p.day);
}

static void
a_step_lives_until_the_next_steps_day(void **state)
{
	struct life l;

	(void)state;
	enter(&l, &hot, "America/New_York", MONDAY);
	assert_int_equal(1, next(&l));
	assert_int_equal(at("2026-03-04T05:00:00Z"), l.p.expires_us);
	assert_int_equal(l.e.entered_us, l.p.due_us);
	/* Nobody looked until the 8th: the mail of the 4th still lives. */
	l.in.now_us = at("2026-03-08T15:00:00Z");
	assert_int_equal(1, next(&l));
	assert_int_equal(1, l.nskipped);
	assert_string_equal("hot-recap", l.p.step->id);
	assert_int_equal(at("2026-03-10T04:00:00Z"), l.p.expires_us);
	/* Until the 30th: everything but the last is over. */
	l.in.now_us = at("2026-03-30T03:59:00Z");
	assert_int_equal(1, next(&l));
	assert_int_equal(4, l.nskipped);
	assert_string_equal("hot-nudge", l.p.step->id);
	assert_int_equal(at("2026-03-30T04:00:00Z"), l.p.expires_us);
	l.in.now_us = l.p.expires_us;
	assert_int_equal(0, next(&l));
	assert_int_equal(5, l.nskipped);
	/* A paused enrolment stands still. */
	l.e.paused_us = at("2026-03-04T15:00:00Z");
	assert_int_equal(1, next(&l));
	assert_string_equal("hot-recap", l.p.step->id);
}

static void
a_moved_step_has_its_day_in_full(void **state)
{
	static struct fu_step s[] = { STEP("a", 5, FU_CH_EMAIL),
		STEP("b", 6, FU_CH_EMAIL) };
	static struct fu_cadence c = CADENCE("c", s, 60);
	struct life l;

	(void)state;
	enter(&l, &c, "America/New_York", MONDAY);
	assert_int_equal(1, next(&l));
	assert_int_equal(day("2026-03-09"), l.p.day);
	assert_int_equal(at("2026-03-10T04:00:00Z"), l.p.expires_us);
	s[0].max_late_us = FU_HOUR;
	assert_int_equal(1, next(&l));
	assert_int_equal(l.p.due_us + FU_HOUR, l.p.expires_us);
	s[0].max_late_us = 0;
}

static void
pauses_move_the_days_that_remain(void **state)
{
	struct life l;
	const struct fu_zone *ny = fu_zone_open("America/New_York");

	(void)state;
	assert_int_equal(3, fu_plan_pause_days(ny,
	    at("2026-03-03T04:59:00Z"), at("2026-03-05T05:00:00Z")));
	assert_int_equal(0, fu_plan_pause_days(ny,
	    at("2026-03-03T05:00:00Z"), at("2026-03-04T04:59:00Z")));
	enter(&l, &hot, "America/New_York", MONDAY);
	l.e.shift_days = 3;
	l.line.step = "hot-recap";
	l.line.handled_us = at("2026-03-04T15:00:00Z");
	l.line.first_mail_sent = true;
	assert_int_equal(1, next(&l));
	assert_int_equal(day("2026-03-13"), l.p.day);
	enter(&l, &ent, "America/New_York", MONDAY);
	l.e.shift_days = 3;
	l.line.line = "every:ent-month";
	l.line.step = "ent-month";
	l.line.occurrence = 202603;
	assert_int_equal(1, next(&l));
	assert_int_equal(202604, l.p.occurrence);
	assert_int_equal(day("2026-04-06"), l.p.day); /* 5 April: Sunday */
	assert_string_equal("product_update", l.p.insight_rotated);
}

static void
months_are_clipped_and_do_not_drift(void **state)
{
	static const char *const days[] = { "2026-12-31", "2027-02-01",
		"2027-03-01", "2027-03-31", "2027-04-30", "2027-05-31" };
	static const int64_t occ[] = { 202612, 202701, 202702, 202703, 202704,
		202705 };
	struct life l;

	(void)state;
	enter(&l, &ent, "America/New_York", "2026-12-31T15:00:00Z");
	l.line.line = "every:ent-month";
	for (size_t i = 0; i < NELEM(days); i++) {
		assert_int_equal(1, next(&l));
		assert_int_equal(day(days[i]), l.p.day);
		assert_int_equal(occ[i], l.p.occurrence);
		handle(&l);
	}
	/* An entry on a quarter's first business day waits for the next. */
	enter(&l, &ent, "America/New_York", "2026-04-01T15:00:00Z");
	l.line.line = "every:ent-check";
	assert_int_equal(1, next(&l));
	assert_int_equal(20263, l.p.occurrence);
	/* One on the holiday before it does not. */
	enter(&l, &ent, "America/New_York", "2027-01-01T15:00:00Z");
	l.line.line = "every:ent-check";
	assert_int_equal(1, next(&l));
	assert_int_equal(20271, l.p.occurrence);
	assert_int_equal(day("2027-01-04"), l.p.day);
}

static void
clocks_change_and_worlds_end(void **state)
{
	static struct fu_step s[] = { STEP("chat", 6, FU_CH_CHAT),
		STEP("mail", 7, FU_CH_EMAIL), STEP("task", 8, FU_CH_TASK) };
	static struct fu_cadence c = CADENCE("c", s, 60);
	static const char *const zones[] = { "Pacific/Kiritimati",
		"Pacific/Pago_Pago", "Asia/Kathmandu", "Australia/Lord_Howe" };
	struct life l;

	(void)state;
	/* 8 March 2026: New York's clocks go on at 2:00. */
	enter(&l, &c, "America/New_York", MONDAY);
	assert_int_equal(1, next(&l));
	assert_int_equal(at("2026-03-08T05:00:00Z"), l.p.due_us);
	assert_int_equal(at("2026-03-09T04:00:00Z"), l.p.expires_us);
	/* 1 November 2026: they go back; the day has 25 hours. */
	enter(&l, &c, "America/New_York", "2026-10-26T15:00:00Z");
	assert_int_equal(1, next(&l));
	assert_int_equal(at("2026-11-01T04:00:00Z"), l.p.due_us);
	assert_int_equal(at("2026-11-02T05:00:00Z"), l.p.expires_us);
	for (size_t i = 0; i < NELEM(zones); i++) {
		int32_t entry;

		enter(&l, &c, zones[i], "2026-06-01T10:30:00Z");
		entry = fu_zone_day(l.in.zone, l.e.entered_us);
		l.line.step = "chat";
		assert_int_equal(1, next(&l));
		assert_int_equal(fu_window_next_day(&window, entry + 7),
		    l.p.day);
		assert_int_equal(l.p.day,
		    fu_zone_day(l.in.zone, l.p.due_us));
		assert_in_range(local_min(l.in.zone, l.p.due_us), 510, 1049);
		/* The owner's task keeps the owner's hours, a whole day. */
		l.line.step = "mail";
		assert_int_equal(1, next(&l));
		assert_int_equal(510, local_min(l.in.owner_zone, l.p.due_us));
		assert_int_equal(l.p.day,
		    fu_zone_day(l.in.owner_zone, l.p.due_us));
		assert_true(l.p.expires_us - l.p.due_us > 6 * FU_DAY);
	}
}

static void
returns_are_counted_until_the_end(void **state)
{
	struct life l;

	(void)state;
	enter(&l, &ent, "America/New_York", MONDAY);
	l.line.line = "on:ent-return";
	assert_int_equal(1, next(&l));
	assert_int_equal(1, l.p.occurrence);
	assert_int_equal(l.e.entered_us, l.p.due_us);
	assert_int_equal(at("2027-03-02T05:00:00Z"), l.p.expires_us);
	assert_int_equal(fu_plan_ends(&l.in), l.p.expires_us);
	l.line.step = "ent-return";
	l.line.occurrence = 1;
	l.line.handled_us = at("2026-05-01T15:00:00Z");
	assert_int_equal(1, next(&l));
	assert_int_equal(2, l.p.occurrence);
	assert_int_equal(l.line.handled_us, l.p.due_us);
	l.in.now_us = fu_plan_ends(&l.in);
	assert_int_equal(0, next(&l));
}

static void
a_channel_is_the_first_that_the_person_takes(void **state)
{
	static const char *wa_first[] = { "whatsapp", "email" };
	struct fu_list prefer = { wa_first, 2 };
	struct fu_step two = { .channel = { FU_CH_EMAIL, FU_CH_SMS },
		.nchannel = 2 };
	struct fu_step mail = { .channel = { FU_CH_EMAIL }, .nchannel = 1 };
	struct fu_step task = { .channel = { FU_CH_TASK }, .nchannel = 1 };
	const unsigned email = 1u << FU_CH_EMAIL, sms = 1u << FU_CH_SMS;

	(void)state;
	assert_int_equal(FU_CH_EMAIL, fu_plan_channel(&two, ALL, NULL, NULL));
	assert_int_equal(FU_CH_SMS, fu_plan_channel(&two, sms, NULL, NULL));
	assert_int_equal(FU_CH_SMS,
	    fu_plan_channel(&two, ALL, "[\"sms\",\"email\"]", NULL));
	assert_int_equal(FU_CH_SMS,
	    fu_plan_channel(&two, ALL, "whatsapp, sms", NULL));
	assert_int_equal(FU_CH_EMAIL,
	    fu_plan_channel(&mail, ALL, "sms", NULL));
	assert_int_equal(FU_CH_WHATSAPP,
	    fu_plan_channel(&mail, ALL, NULL, &prefer));
	assert_int_equal(FU_CH_EMAIL,
	    fu_plan_channel(&mail, email, NULL, &prefer));
	assert_int_equal(FU_CH_EMAIL,
	    fu_plan_channel(&mail, ALL, "email", &prefer));
	assert_int_equal(-1, fu_plan_channel(&mail, sms, NULL, NULL));
	assert_int_equal(FU_CH_TASK,
	    fu_plan_channel(&task, 0, "email", &prefer));
}

static void
an_edited_cadence_goes_on_by_date(void **state)
{
	struct life l;

	(void)state;
	enter(&l, &hot, "America/New_York", MONDAY);
	l.line.step = "taken-out";
	l.line.handled_us = at("2026-03-11T15:00:00Z");
	l.in.now_us = l.line.handled_us;
	assert_int_equal(1, next(&l));
	assert_string_equal("hot-call", l.p.step->id);
	l.line.line = "every:gone";
	assert_int_equal(0, next(&l));
}

static void
spread_is_stable_and_wide(void **state)
{
	struct life l;
	int hour[24] = { 0 };

	(void)state;
	for (int i = 0; i < 3000; i++) {
		int64_t due;

		enter(&l, &hot, "America/New_York", MONDAY);
		l.e.prospect = i;
		l.line.step = "hot-open";
		assert_int_equal(1, next(&l));
		due = l.p.due_us;
		assert_int_equal(0, due % FU_MINUTE);
		assert_int_equal(1, next(&l));
		assert_int_equal(due, l.p.due_us);
		hour[local_min(l.in.zone, due) / 60]++;
		fu_arena_reset(&arena);
	}
	for (int h = 9; h < 17; h++)
		assert_in_range(hour[h], 250, 420); /* a ninth is 333 */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(golden_hot), cmocka_unit_test(golden_warm),
		cmocka_unit_test(golden_cold),
		cmocka_unit_test(golden_post_demo),
		cmocka_unit_test(golden_enterprise),
		cmocka_unit_test(
		    a_first_mail_on_the_day_of_entry_leaves_at_once),
		cmocka_unit_test(of_days_past_at_entry_only_the_latest_leaves),
		cmocka_unit_test(a_step_lives_until_the_next_steps_day),
		cmocka_unit_test(a_moved_step_has_its_day_in_full),
		cmocka_unit_test(pauses_move_the_days_that_remain),
		cmocka_unit_test(months_are_clipped_and_do_not_drift),
		cmocka_unit_test(clocks_change_and_worlds_end),
		cmocka_unit_test(returns_are_counted_until_the_end),
		cmocka_unit_test(a_channel_is_the_first_that_the_person_takes),
		cmocka_unit_test(an_edited_cadence_goes_on_by_date),
		cmocka_unit_test(spread_is_stable_and_wide)
	};

	return (cmocka_run_group_tests(tests, setup, teardown));
}
