/*
 * The people of the benchmarks: person i is the same in every run and in every
 * program here, so that a table, a stream of events and a database filled
 * directly speak of the same ones.
 *
 * Pure, but for bench_die().  Bodies stand here because each program of this
 * folder is one file.
 */
#ifndef FU_BENCH_PEOPLE_H
#define FU_BENCH_PEOPLE_H

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* The instant at which the benchmarks run, a Tuesday at 10:00 in New York. */
#define BENCH_NOW_US	INT64_C(1772550000000000)
#define BENCH_DAY_US	INT64_C(86400000000)
#define BENCH_MINUTE_US	INT64_C(60000000)

struct bench_person {
	const char	*first, *last, *title, *industry;
	char		 email[64], phone[16], external[16];
	char		 company[48], domain[32];
	int		 size;		/* employees */
	int		 budget;
};

struct bench_event {
	uint64_t	 person;	/* from 1 */
	const char	*kind;		/* visit, click, download, reply, chat */
	const char	*what;		/* url, document or text */
	const char	*member;	/* under which name: url, document, text */
	int64_t		 at_us;
};

#define BENCH_N(a) (sizeof(a) / sizeof((a)[0]))
#define BENCH_SEED UINT64_C(0x66755f62656e6368)

static const char *const bench_firsts[] = { "Ann", "Ben", "Clara", "Dan", "Elena",
	"Farid", "Grace", "Hugo", "Iris", "Jonas", "Kate", "Liam", "Mara",
	"Nils", "Olga", "Priya" };
static const char *const bench_lasts[] = { "Adler", "Brandt", "Castro", "Doyle",
	"Evans", "Fischer", "Gupta", "Haas", "Ivanova", "Jansen", "Keller",
	"Lopez", "Meyer", "Novak", "Okafor", "Park" };
static const char *const bench_titles[] = { "VP Sales", "Director of Operations",
	"Account Manager", "Head of Marketing", "Engineer", "CFO", "Analyst",
	"Owner" };
static const char *const bench_industries[] = { "Software", "Manufacturing",
	"Logistics", "Healthcare", "Financial Services", "Retail" };
/* Every eighth needs its quotes. */
static const char *const bench_companies[] = { "North", "Pine", "Cobalt", "Harrow",
	"Quill", "Wren", "Lark", "Mills, Sons & " };
static const int bench_areas[] = { 212, 312, 415, 617, 713, 303, 206, 404, 215,
	602 };

static const char *const bench_urls[] = { "https://www.example.com/",
	"https://www.example.com/pricing",
	"https://www.example.com/product/routing",
	"https://www.example.com/customers/halden",
	"https://www.example.com/demo", "https://www.example.com/blog/monday",
	"https://www.example.com/docs/import",
	"https://www.example.com/about" };
static const char *const bench_documents[] = { "benchmark-2026.pdf", "security.pdf",
	"case-logistics.pdf" };
static const char *const bench_texts[] = {
	"Thanks, this is useful. Could we speak some time next week?",
	"How long does the import of our old system's data usually take?",
	"We are looking at this for the third quarter, not before.",
	"I passed your note on to my colleague who runs operations." };

/* The n-th number of a splitmix64 generator with that seed. */
static inline uint64_t
bench_random(uint64_t seed, uint64_t n)
{
	uint64_t z = seed + (n + 1) * UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (z ^ (z >> 31));
}

/*
 * bench_person(i, person):
 * Person ${i}, from 1.  Addresses, numbers and external ids are unique, and in
 * no order; five people share a company.
 */
static inline void
bench_person(uint64_t i, struct bench_person *p)
{
	uint64_t r = bench_random(BENCH_SEED, i), house = i / 5;
	uint64_t k = i * 48271 % 64000000; /* a permutation of 64 million */
	unsigned hash = (unsigned)i * 2654435761u; /* one of 32 bits */

	p->first = bench_firsts[r % 16];
	p->last = bench_lasts[(r >> 4) % 16];
	p->title = bench_titles[(r >> 8) % 8];
	p->industry = bench_industries[(r >> 12) % BENCH_N(bench_industries)];
	p->size = 10 + (int)((r >> 16) % 2000);
	p->budget = 1000 * (int)((r >> 32) % 60);
	snprintf(p->domain, sizeof(p->domain), "c%llu.example",
	    (unsigned long long)(house * 7919 % 1000003));
	snprintf(p->email, sizeof(p->email), "%08x.%c%s@%s", hash,
	    p->last[0] + 'a' - 'A', p->last + 1, p->domain);
	/* Exchanges of 200 to 999 without the N11 codes. */
	snprintf(p->phone, sizeof(p->phone), "+1%d%d%d%d%04d",
	    bench_areas[k / 6400000], 2 + (int)(k / 800000 % 8),
	    2 + (int)(k / 100000 % 8), (int)(k / 10000 % 10),
	    (int)(k % 10000));
	snprintf(p->external, sizeof(p->external), "%u", hash ^ 0x5bd1e995u);
	snprintf(p->company, sizeof(p->company), "%s%llu",
	    bench_companies[house % 8], (unsigned long long)house);
}

/*
 * bench_event(i, people, event):
 * Event ${i}, from 0, of anybody of that many people, within 60 days before
 * BENCH_NOW_US.
 */
static inline void
bench_event(uint64_t i, uint64_t people, struct bench_event *e)
{
	uint64_t r = bench_random(BENCH_SEED + 1, i), kind = (r >> 40) % 100;

	e->person = 1 + r % people;
	e->at_us = BENCH_NOW_US - BENCH_DAY_US +
	    -(int64_t)(bench_random(BENCH_SEED + 2, i) % (59 * 86400)) * 1000000;
	if (kind < 88) {
		e->kind = kind < 72 ? "visit" : "click";
		e->member = "url";
		e->what = bench_urls[(r >> 48) % BENCH_N(bench_urls)];
	} else if (kind < 94) {
		e->kind = "download";
		e->member = "document";
		e->what = bench_documents[(r >> 48) % BENCH_N(bench_documents)];
	} else {
		e->kind = kind < 97 ? "reply" : "chat";
		e->member = "text";
		e->what = bench_texts[(r >> 48) % BENCH_N(bench_texts)];
	}
}

/* A count from an argument, or exit 64. */
static inline uint64_t
bench_count(const char *text)
{
	char *end;
	unsigned long long n = strtoull(text, &end, 10);

	if (*text < '0' || *text > '9' || *end != '\0' || n == 0) {
		fprintf(stderr, "\"%s\" is no count\n", text);
		exit(64);
	}
	return (n);
}

/* Say so on standard error and exit 1. */
__attribute__((format(printf, 1, 2), noreturn))
static inline void
bench_die(const char *fmt, ...)
{
	va_list ap;

	fputs("bench: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

#endif
