/*
 * The least that a C program could do for the same: libcsv or a scan, prepared
 * statements, one transaction.  A peer knows nobody, checks nothing and
 * explains nothing.
 *
 *	bare prospects DB < TABLE	one row a line, its columns as text
 *	bare events DB < TABLE
 *	bare score DB			every person with their events, once
 *	bare due DB			claim what is due, print it
 */
#include <csv.h>
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "people.h"

#define CHUNK	  500	/* people read at once, as fu-score does */

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

struct load {
	sqlite3_stmt	*insert;
	int		 cell;
	int		 skip;		/* the header is still to come */
};

static void
on_cell(void *text, size_t len, void *arg)
{
	struct load *l = arg;

	if (!l->skip)
		sqlite3_bind_text(l->insert, ++l->cell, text, (int)len,
		    SQLITE_TRANSIENT);
}

static void
on_row(int end, void *arg)
{
	struct load *l = arg;

	(void)end;
	if (!l->skip)
		step(l->insert);
	l->skip = 0;
	l->cell = 0;
}

static void
load(const char *sql, int header)
{
	struct load l = { .insert = prepare(sql), .skip = header };
	struct csv_parser csv;
	char part[65536];
	size_t n;

	if (csv_init(&csv, 0) != 0)
		bench_die("libcsv");
	while ((n = fread(part, 1, sizeof(part), stdin)) > 0)
		if (csv_parse(&csv, part, n, on_cell, on_row, &l) != n)
			bench_die("%s", csv_strerror(csv_error(&csv)));
	csv_fini(&csv, on_cell, on_row, &l);
	csv_free(&csv);
	sqlite3_finalize(l.insert);
}

/* One rule a kind: so many points each, faded by halves, up to a cap. */
static const struct rule {
	const char	*kind, *within, *name;
	double		 points, cap, half_life_days;
} rules[] = {
	{ "visit", "pricing", "pricing_visits", 5, 20, 14 },
	{ "visit", "demo", "demo_visits", 4, 12, 14 },
	{ "visit", "customers", "customer_visits", 2, 6, 14 },
	{ "click", NULL, "clicks", 3, 9, 14 },
	{ "download", NULL, "downloads", 6, 12, 30 },
	{ "reply", NULL, "replies", 15, 30, 30 },
};
#define RULES ((int)(sizeof(rules) / sizeof(rules[0])))

struct tally {
	double	points[RULES];
	int	count[RULES];
};

static void
add_event(struct tally *t, const char *kind, const char *arg, int64_t at_us)
{
	double days = (double)(BENCH_NOW_US - at_us) / (double)BENCH_DAY_US;

	for (int i = 0; i < RULES; i++) {
		const struct rule *r = &rules[i];

		if (strcmp(kind, r->kind) != 0 || (r->within != NULL &&
		    (arg == NULL || strstr(arg, r->within) == NULL)))
			continue;
		t->count[i]++;
		t->points[i] += r->points * exp2(-days / r->half_life_days);
	}
}

/* The factors as JSON; returns their sum. */
static int
add_up(const struct tally *t, int budget, const char *title, char *json,
    size_t size)
{
	size_t n = 0;
	int sum = 0;

	n += (size_t)snprintf(json + n, size - n, "[");
	if (budget >= 20000) {
		sum += 15;
		n += (size_t)snprintf(json + n, size - n, "{\"factor\":"
		    "\"budget\",\"points\":15,\"why\":\"budget of 20,000 or "
		    "more\"},");
	}
	if (title[0] == 'V' || title[0] == 'D' || title[0] == 'C') {
		sum += 15;
		n += (size_t)snprintf(json + n, size - n, "{\"factor\":"
		    "\"decision_maker\",\"points\":15,\"why\":\"decides\"},");
	}
	for (int i = 0; i < RULES; i++) {
		int points = (int)lround(fmin(t->points[i], rules[i].cap));

		if (points == 0)
			continue;
		sum += points;
		n += (size_t)snprintf(json + n, size - n, "{\"factor\":\"%s\","
		    "\"points\":%d,\"count\":%d,\"why\":\"%d %s in 60 days\"},",
		    rules[i].name, points, t->count[i], t->count[i],
		    rules[i].name);
	}
	/* The last comma, if there is one, becomes the bracket. */
	json[n > 1 ? n - 1 : n++] = ']';
	json[n] = '\0';
	return (sum > 100 ? 100 : sum);
}

#define SCORE \
	" SET previous_score = score, score = ?, band = ?, factors = ?,"	\
	" scored_us = ?, first_scored_us = ?, rescore_at = ?,"		\
	" news = news + 1, done_score = news + 1"

/*
 * Everybody in order of id, in chunks of people and their events, so that no
 * cursor is open over a table that is written.
 */
static void
score(void)
{
	sqlite3_stmt *people = prepare("SELECT * FROM prospect WHERE id > ?"
	    " ORDER BY id LIMIT ?");
	sqlite3_stmt *events = prepare("SELECT prospect, kind, at_us, arg FROM"
	    " event WHERE prospect BETWEEN ? AND ? ORDER BY prospect, id");
	sqlite3_stmt *update = prepare(sqlite3_table_column_metadata(db, NULL,
	    "standing", NULL, NULL, NULL, NULL, NULL, NULL) == SQLITE_OK ?
	    "UPDATE standing" SCORE " WHERE prospect = ?" :
	    "UPDATE prospect" SCORE " WHERE id = ?");
	static struct { int64_t id; int budget; char title[48], email[96]; }
	    p[CHUNK];
	static struct tally tally[CHUNK];
	int64_t after = 0;
	int email, title, budget, n;
	char json[2048];

	for (email = 0; strcmp(sqlite3_column_name(people, email),
	    "email") != 0; email++)
		continue;
	for (title = 0; strcmp(sqlite3_column_name(people, title),
	    "title") != 0; title++)
		continue;
	for (budget = 0; strcmp(sqlite3_column_name(people, budget),
	    "budget") != 0; budget++)
		continue;
	do {
		sqlite3_bind_int64(people, 1, after);
		sqlite3_bind_int(people, 2, CHUNK);
		for (n = 0; sqlite3_step(people) == SQLITE_ROW; n++) {
			p[n].id = sqlite3_column_int64(people, 0);
			p[n].budget = sqlite3_column_int(people, budget);
			snprintf(p[n].title, sizeof(p[n].title), "%s",
			    (const char *)sqlite3_column_text(people, title));
			snprintf(p[n].email, sizeof(p[n].email), "%s",
			    (const char *)sqlite3_column_text(people, email));
		}
		sqlite3_reset(people);
		if (n == 0)
			break;
		after = p[n - 1].id;
		memset(tally, 0, sizeof(tally));
		sqlite3_bind_int64(events, 1, p[0].id);
		sqlite3_bind_int64(events, 2, after);
		for (int i = 0; sqlite3_step(events) == SQLITE_ROW;) {
			int64_t id = sqlite3_column_int64(events, 0);

			while (i < n - 1 && p[i].id < id)
				i++;
			add_event(&tally[i], (const char *)
			    sqlite3_column_text(events, 1), (const char *)
			    sqlite3_column_text(events, 3),
			    sqlite3_column_int64(events, 2));
		}
		sqlite3_reset(events);
		for (int i = 0; i < n; i++) {
			int sum = add_up(&tally[i], p[i].budget, p[i].title,
			    json, sizeof(json));
			const char *band = sum > 70 ? "hot" :
			    sum >= 40 ? "warm" : "nurture";

			sqlite3_bind_int(update, 1, sum);
			sqlite3_bind_text(update, 2, band, -1, SQLITE_STATIC);
			sqlite3_bind_text(update, 3, json, -1, SQLITE_STATIC);
			sqlite3_bind_int64(update, 4, BENCH_NOW_US);
			sqlite3_bind_int64(update, 5, BENCH_NOW_US);
			sqlite3_bind_int64(update, 6, BENCH_NOW_US +
			    BENCH_DAY_US + p[i].id);
			sqlite3_bind_int64(update, 7, p[i].id);
			step(update);
			printf("{\"type\":\"prospect\",\"prospect\":%lld,"
			       "\"email\":\"%s\",\"score\":%d,\"band\":\"%s\","
			       "\"factors\":%s}\n", (long long)p[i].id,
			    p[i].email, sum, band, json);
		}
	} while (n == CHUNK);
	sqlite3_finalize(people);
	sqlite3_finalize(events);
	sqlite3_finalize(update);
}

static void
due(void)
{
	sqlite3_stmt *find = prepare("SELECT t.prospect, t.id, p.email,"
	    " p.owner FROM touch t JOIN prospect p ON p.id = t.prospect"
	    " WHERE t.state <= 1 AND t.next_us IS NOT NULL AND t.next_us <= ?"
	    " ORDER BY t.next_us, t.prospect, t.id LIMIT ?");
	sqlite3_stmt *claim = prepare("UPDATE touch SET state = 2, claim = ?,"
	    " lease_us = ?, sender = ?, next_us = NULL WHERE prospect = ?"
	    " AND id = ?");
	struct { int64_t prospect, id; char email[96], owner[32]; } t[256];
	char token[32];
	int n;

	do {
		sqlite3_bind_int64(find, 1, BENCH_NOW_US);
		sqlite3_bind_int(find, 2, 256);
		for (n = 0; sqlite3_step(find) == SQLITE_ROW; n++) {
			t[n].prospect = sqlite3_column_int64(find, 0);
			t[n].id = sqlite3_column_int64(find, 1);
			snprintf(t[n].email, sizeof(t[n].email), "%s",
			    (const char *)sqlite3_column_text(find, 2));
			snprintf(t[n].owner, sizeof(t[n].owner), "%s",
			    (const char *)sqlite3_column_text(find, 3));
		}
		sqlite3_reset(find);
		for (int i = 0; i < n; i++) {
			snprintf(token, sizeof(token), "%016llx",
			    (unsigned long long)bench_random(7,
			    (uint64_t)t[i].id));
			sqlite3_bind_text(claim, 1, token, -1, SQLITE_STATIC);
			sqlite3_bind_int64(claim, 2, BENCH_NOW_US +
			    10 * BENCH_MINUTE_US);
			sqlite3_bind_text(claim, 3, t[i].owner, -1,
			    SQLITE_STATIC);
			sqlite3_bind_int64(claim, 4, t[i].prospect);
			sqlite3_bind_int64(claim, 5, t[i].id);
			step(claim);
			printf("{\"type\":\"touch\",\"touch\":%lld,"
			       "\"prospect\":%lld,\"email\":\"%s\","
			       "\"claim\":\"%s\"}\n", (long long)t[i].id,
			    (long long)t[i].prospect, t[i].email, token);
		}
	} while (n > 0);
	sqlite3_finalize(find);
	sqlite3_finalize(claim);
}

int
main(int argc, char **argv)
{
	if (argc != 3) {
		fputs("usage: bare prospects|events|score|due DB\n", stderr);
		return (64);
	}
	if (sqlite3_open_v2(argv[2], &db, SQLITE_OPEN_READWRITE, NULL) !=
	    SQLITE_OK)
		bench_die("%s: %s", argv[2], sqlite3_errmsg(db));
	/* What fu allows itself in a bulk load. */
	run("PRAGMA synchronous = FULL; PRAGMA cache_size = -49152; BEGIN");
	if (strcmp(argv[1], "prospects") == 0)
		load("INSERT INTO prospect VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?,"
		    " ?, ?, ?, ?, ?, ?, ?)", 1);
	else if (strcmp(argv[1], "events") == 0)
		load("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)", 0);
	else if (strcmp(argv[1], "score") == 0)
		score();
	else if (strcmp(argv[1], "due") == 0)
		due();
	else
		bench_die("no benchmark \"%s\"", argv[1]);
	run("COMMIT");
	if (sqlite3_close(db) != SQLITE_OK)
		bench_die("a statement was left open");
	return (fflush(stdout) == 0 ? 0 : 1);
}
