/*
 * The inputs of the benchmarks, the same in every run.
 *
 *	gen prospects N			a table with header, N people
 *	gen events N PEOPLE		N events of so many people, as records
 *	gen events-table N PEOPLE	the same as a table without header, with
 *					what a peer cannot find out by itself:
 *					prospect, id and deduplication key
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "people.h"

static void
prospects(uint64_t n)
{
	struct bench_person p;

	puts("Record ID,First Name,Last Name,Email,Phone Number,Job Title,"
	     "Company Name,Industry,Number of Employees,Country/Region,"
	     "State/Region,Budget,Source,Basis,Subscriber,Collected");
	for (uint64_t i = 1; i <= n; i++) {
		const char *quote;

		bench_person(i, &p);
		quote = strchr(p.company, ',') != NULL ? "\"" : "";
		printf("%s,%s,%s,%s,%s,%s,%s%s%s,%s,%d,United States,New York,"
		       "%d,webinar,li,corporate,direct\n",
		    p.external, p.first, p.last, p.email, p.phone, p.title,
		    quote, p.company, quote, p.industry, p.size, p.budget);
	}
}

static void
events(uint64_t n, uint64_t people, int table)
{
	struct bench_person p;
	struct bench_event e;
	char at[32];

	for (uint64_t i = 0; i < n; i++) {
		struct tm tm;
		time_t t;

		bench_event(i, people, &e);
		bench_person(e.person, &p);
		t = (time_t)(e.at_us / 1000000);
		gmtime_r(&t, &tm);
		strftime(at, sizeof(at), "%Y-%m-%dT%H:%M:%SZ", &tm);
		if (table)
			printf("%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%s,%s,%s,"
			       "\"%s\",e%" PRIu64 "\n",
			    e.person, i + 1, bench_random(e.person, i) >> 1,
			    e.kind, at, p.email, e.what, i);
		else
			printf("{\"event\":\"%s\",\"at\":\"%s\","
			       "\"email\":\"%s\",\"%s\":\"%s\","
			       "\"id\":\"e%" PRIu64 "\"}\n",
			    e.kind, at, p.email, e.member, e.what, i);
	}
}

int
main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "prospects") == 0)
		prospects(bench_count(argv[2]));
	else if (argc == 4 && strcmp(argv[1], "events") == 0)
		events(bench_count(argv[2]), bench_count(argv[3]), 0);
	else if (argc == 4 && strcmp(argv[1], "events-table") == 0)
		events(bench_count(argv[2]), bench_count(argv[3]), 1);
	else {
		fputs("usage: gen prospects N | events N PEOPLE | "
		      "events-table N PEOPLE\n", stderr);
		return (64);
	}
	if (fflush(stdout) != 0 || ferror(stdout))
		bench_die("cannot write");
	return (0);
}
