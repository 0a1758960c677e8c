/*
 * Fill a database that fu-init has made, past all programs, with the rows that
 * they would have written.
 *
 *	fill score DB PEOPLE EVENTS	people with so many events each
 *	fill due DB PEOPLE DUE SENDERS	people in cadence "warm", every one with
 *					a mail planned: DUE may leave now, of
 *					the others half is held, half later
 */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "people.h"

static const char prospect_add[] =
    "INSERT INTO prospect (id, email, phone, external_system, external_id,"
    " first_name, last_name, title, company, industry, company_size, country,"
    " region, budget, source, basis, subscriber, collected, owner,"
    " company_domain, batch, fields, known_us, tz)"
    " VALUES (?, ?, ?, 'hubspot', ?, ?, ?, ?, ?, ?, ?, 'US', 'NY', ?,"
    " 'webinar', 'li', 'corporate', 'direct', ?, ?, 1, 0, ?,"
    " 'America/New_York')";
static const char event_add[] =
    "INSERT INTO event (prospect, id, kind, at_us, received_us, batch, dedup,"
    " who, arg, text, body) VALUES (?, ?, ?, ?, ?, 1, ?, 0, ?, ?, ?)";
static const char enrolment_add[] =
    "INSERT INTO enrolment (prospect, id, cadence, version, active, entered_us,"
    " anchor_us, reason, score) VALUES (?, ?, 'warm', '0', 1, ?, ?, 'enter',"
    " 50)";
static const char touch_add[] =
    "INSERT INTO touch (prospect, id, enrolment, cadence, line, step,"
    " occurrence, day, channel, message, state, due_us, expires_us, next_us,"
    " held_class, held_reason, held_rule) VALUES (?, ?, ?, 'warm', 'days',"
    " 'warm-article', 0, 3, 'email', 'warm-article', 0, ?, ?, ?, ?, ?, ?)";

/* Identities are sorted in at the end, and the planner is left as it was. */
static const char identities[] =
    "INSERT INTO identity (kind, value, prospect, more)"
    " SELECT 1, email, id, 0 FROM prospect"
    " UNION ALL SELECT 2, phone, id, 0 FROM prospect"
    " UNION ALL SELECT 3, 'hubspot:' || external_id, id, 0 FROM prospect"
    " UNION ALL SELECT 5, company_domain, id, 0 FROM prospect"
    " ORDER BY 1, 2, 3";

/* Everybody has a row of it, whose defaults are those of somebody new. */
static const char standings[] =
    "INSERT INTO standing (prospect) SELECT id FROM prospect ORDER BY id";

static sqlite3 *db;

static void
run(const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		bench_die("%s: %s", sql, sqlite3_errmsg(db));
}

static sqlite3_stmt *
prepare(const char *sql)
{
	sqlite3_stmt *s;

	if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
		bench_die("%s: %s", sql, sqlite3_errmsg(db));
	return (s);
}

static void
step(sqlite3_stmt *s)
{
	if (sqlite3_step(s) != SQLITE_DONE)
		bench_die("%s: %s", sqlite3_sql(s), sqlite3_errmsg(db));
	sqlite3_reset(s);
}

static void
text(sqlite3_stmt *s, int i, const char *value)
{
	sqlite3_bind_text(s, i, value, -1, SQLITE_STATIC);
}

static void
add_prospect(sqlite3_stmt *s, uint64_t i, const char *owner)
{
	struct bench_person p;

	bench_person(i, &p);
	sqlite3_bind_int64(s, 1, (int64_t)i);
	text(s, 2, p.email);
	text(s, 3, p.phone);
	text(s, 4, p.external);
	text(s, 5, p.first);
	text(s, 6, p.last);
	text(s, 7, p.title);
	text(s, 8, p.company);
	text(s, 9, p.industry);
	sqlite3_bind_int(s, 10, p.size);
	sqlite3_bind_int(s, 11, p.budget);
	text(s, 12, owner);
	text(s, 13, p.domain);
	sqlite3_bind_int64(s, 14, BENCH_NOW_US - 90 * BENCH_DAY_US);
	step(s);
}

static void
fill_score(uint64_t people, uint64_t events)
{
	sqlite3_stmt *prospect = prepare(prospect_add);
	sqlite3_stmt *event = prepare(event_add);
	struct bench_event e;
	char body[256];
	uint64_t id = 0;

	for (uint64_t i = 1; i <= people; i++) {
		add_prospect(prospect, i, NULL);
		for (uint64_t k = 0; k < events; k++, id++) {
			int said;

			bench_event(id, people, &e);
			said = strcmp(e.member, "text") == 0;
			snprintf(body, sizeof(body), "{\"event\":\"%s\","
			    "\"%s\":\"%s\",\"id\":\"e%llu\"}", e.kind,
			    e.member, e.what, (unsigned long long)id);
			sqlite3_bind_int64(event, 1, (int64_t)i);
			sqlite3_bind_int64(event, 2, (int64_t)id + 1);
			text(event, 3, e.kind);
			sqlite3_bind_int64(event, 4, e.at_us);
			sqlite3_bind_int64(event, 5, BENCH_NOW_US);
			sqlite3_bind_int64(event, 6,
			    (int64_t)(bench_random(i, id) >> 1));
			text(event, 7, said ? NULL : e.what);
			text(event, 8, said ? e.what : NULL);
			text(event, 9, body);
			step(event);
		}
	}
	sqlite3_finalize(prospect);
	sqlite3_finalize(event);
}

static void
fill_due(uint64_t people, uint64_t due, uint64_t senders)
{
	sqlite3_stmt *prospect = prepare(prospect_add);
	sqlite3_stmt *enrolment = prepare(enrolment_add);
	sqlite3_stmt *touch = prepare(touch_add);
	uint64_t every = people / due;
	char owner[24];

	for (uint64_t i = 1; i <= people; i++) {
		int64_t at = BENCH_NOW_US - 30 * BENCH_MINUTE_US, next = at;
		int now = i % every == 0 && i / every <= due, held = 0;

		if (!now) {
			held = i % 2 == 0;
			next = BENCH_NOW_US + BENCH_DAY_US / 2 +
			    (int64_t)(i % 1000) * BENCH_MINUTE_US;
			at = held ? at : next;
		}
		snprintf(owner, sizeof(owner), "s%llu",
		    (unsigned long long)(i / every % senders));
		add_prospect(prospect, i, owner);
		sqlite3_bind_int64(enrolment, 1, (int64_t)i);
		sqlite3_bind_int64(enrolment, 2, (int64_t)(2 * i - 1));
		sqlite3_bind_int64(enrolment, 3, BENCH_NOW_US -
		    3 * BENCH_DAY_US);
		sqlite3_bind_int64(enrolment, 4, BENCH_NOW_US -
		    3 * BENCH_DAY_US);
		step(enrolment);
		sqlite3_bind_int64(touch, 1, (int64_t)i);
		sqlite3_bind_int64(touch, 2, (int64_t)(2 * i));
		sqlite3_bind_int64(touch, 3, (int64_t)(2 * i - 1));
		sqlite3_bind_int64(touch, 4, at);
		sqlite3_bind_int64(touch, 5, at + 7 * BENCH_DAY_US);
		sqlite3_bind_int64(touch, 6, next);
		text(touch, 7, held ? "hold" : NULL);
		text(touch, 8, held ? "no_consent" : NULL);
		text(touch, 9, held ? "EP-01" : NULL);
		step(touch);
	}
	sqlite3_finalize(prospect);
	sqlite3_finalize(enrolment);
	sqlite3_finalize(touch);
}

int
main(int argc, char **argv)
{
	int score = argc == 5 && strcmp(argv[1], "score") == 0;
	int due = argc == 6 && strcmp(argv[1], "due") == 0;

	if (!score && !due) {
		fputs("usage: fill score DB PEOPLE EVENTS |\n"
		      "       fill due DB PEOPLE DUE SENDERS\n", stderr);
		return (64);
	}
	if (sqlite3_open_v2(argv[2], &db, SQLITE_OPEN_READWRITE, NULL) !=
	    SQLITE_OK)
		bench_die("%s: %s", argv[2], sqlite3_errmsg(db));
	/* Nobody else reads it yet, and it is thrown away if we are killed. */
	run("PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;"
	    "BEGIN IMMEDIATE");
	if (score)
		fill_score(bench_count(argv[3]), bench_count(argv[4]));
	else
		fill_due(bench_count(argv[3]), bench_count(argv[4]),
		    bench_count(argv[5]));
	run(identities);
	if (sqlite3_table_column_metadata(db, NULL, "standing", NULL, NULL,
	    NULL, NULL, NULL, NULL) == SQLITE_OK)
		run(standings);
	run("INSERT INTO batch (id, run, name, at_us)"
	    " VALUES (1, 1, 'bench', 0);"
	    "UPDATE counter SET next = 1 + (SELECT max(id) FROM prospect)"
	    " WHERE name = 'prospect';"
	    "UPDATE counter SET next = 1 + (SELECT COALESCE(max(id), 0)"
	    " FROM event) WHERE name = 'event';"
	    "UPDATE counter SET next = 1 + (SELECT COALESCE(max(id), 0)"
	    " FROM touch) WHERE name = 'row';"
	    "UPDATE counter SET next = 2 WHERE name = 'batch';"
	    "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
	sqlite3_close(db);
	return (0);
}
