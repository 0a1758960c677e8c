/*
 * Precision and recall of the detector, a line a signal, on labelled texts,
 * and the figures that it extracts.
 *
 *	signals [-h 0|1] [-l LANGUAGE] [-m] RULES_DIR LABELLED.NDJSON …
 *
 * -h takes one half of the texts, by a hash of their words: rules are written
 * with the errors of half 0 in view, so that half 1 tells how well they do on
 * texts that nobody looked at.  -m prints each text that was read otherwise
 * than labelled.  Measures and judges nothing: figures are for people.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "policy/facts.h"
#include "phrases.h"

#define KINDS_MAX 80

struct tally {
	const char	*name;
	int		 hit, missed, wrong;
};

struct bench {
	struct fu_detector	*detector;
	struct fu_arena		 arena;
	struct tally		 tally[KINDS_MAX];
	size_t			 n;
	const char		*lang;		/* or NULL */
	int			 half;		/* or -1 */
	bool			 miss;
	size_t			 texts, words;
	double			 seconds;
};

static struct tally *
tally_of(struct bench *b, const char *name)
{
	size_t i;

	if (strncmp(name, "competitor:", 11) == 0)
		name = "competitor:";
	for (i = 0; i < b->n; i++)
		if (strcmp(b->tally[i].name, name) == 0)
			return (&b->tally[i]);
	if (b->n == KINDS_MAX) {
		fprintf(stderr, "signals: more than %d kinds\n", KINDS_MAX);
		exit(65);
	}
	b->tally[b->n].name = strdup(name);
	return (&b->tally[b->n++]);
}

static char *
whole_file(const char *path)
{
	struct fu_buf b;
	char part[65536];
	size_t n;
	FILE *f = fopen(path, "r");

	if (f == NULL) {
		perror(path);
		exit(66);
	}
	fu_buf_init(&b);
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		fu_buf_put(&b, part, n);
	fclose(f);
	fu_buf_putc(&b, '\n');
	return (b.ptr);
}

static void
miss(const struct bench *b, const char *sign, const char *name,
    const char *text)
{
	if (b->miss)
		printf("%s %-24s %s\n", sign, name, text);
}

static void
compare(struct bench *b, const char *key, const char *want, const char *got,
    const char *text)
{
	char name[40];
	struct tally *t;

	snprintf(name, sizeof(name), "=%s", key);
	t = tally_of(b, name);
	if (want == NULL && got == NULL)
		return;
	if (want != NULL && got != NULL && strcasecmp(want, got) == 0) {
		t->hit++;
		return;
	}
	t->missed += want != NULL;
	t->wrong += got != NULL;
	miss(b, want == NULL ? "+" : got == NULL ? "-" : "~", name,
	    fu_printf(&b->arena, "[%s] [%s] %s", want ? want : "",
		got ? got : "", text));
}

static const char *
number(struct fu_arena *a, const struct fu_object *x, const char *key)
{
	int64_t n;

	if (fu_json_get(x, key) == NULL ||
	    !fu_json_int(fu_json_get(x, key), &n))
		return (NULL);
	return (fu_printf(a, "%lld", (long long)n));
}

static const char *
money(struct fu_arena *a, const struct fu_object *x)
{
	struct fu_object y = { .n = 0 };
	const char *currency, *per;

	if (fu_json_get(x, "budget") == NULL)
		return (NULL);
	fu_json_members(a, fu_json_get(x, "budget"), &y);
	currency = fu_json_text(a, fu_json_get(&y, "currency"));
	per = fu_json_text(a, fu_json_get(&y, "per"));
	return (fu_printf(a, "%s %s %s", number(a, &y, "amount"),
	    currency != NULL ? currency : "-", per != NULL ? per : "-"));
}

static const char *
day_of(struct fu_arena *a, const struct fu_object *x)
{
	struct fu_object y = { .n = 0 };

	if (fu_json_get(x, "timeline") == NULL)
		return (NULL);
	fu_json_members(a, fu_json_get(x, "timeline"), &y);
	return (fu_json_text(a, fu_json_get(&y, "by")));
}

/* Both sides as the record has them, so that one reader reads both. */
static void
extracted(struct bench *b, const struct fu_object *o, struct fu_signals *s,
    const char *text)
{
	static const char *const loose[] = { "title", "email", "phone", "name",
		"company", "topic" };
	struct fu_arena *a = &b->arena;
	struct fu_object want = { .n = 0 }, got = { .n = 0 };
	struct fu_buf buf;
	struct fu_err err;
	int64_t at = 0;
	int32_t day;
	size_t i;

	if (fu_json_get(o, "extracted") != NULL)
		fu_json_members(a, fu_json_get(o, "extracted"), &want);
	if (s->timeline != NULL && fu_time_parse(fu_str_of(
	    fu_json_text(a, fu_json_get(o, "at"))), &at, &err) == 0 &&
	    fu_timeline_dated(s->timeline, at, &day)) {
		char *out = fu_alloc(a, FU_TIME_LEN);

		fu_date_print(fu_date_of_days(day), out);
		s->timeline_by = out;
	}
	fu_buf_init(&buf);
	fu_extracted_json(s, &buf);
	fu_json_object(a, fu_str_of(fu_dup_buf(a, &buf)), &got, NULL);
	fu_buf_free(&buf);
	compare(b, "budget", money(a, &want), money(a, &got), text);
	compare(b, "timeline", day_of(a, &want), day_of(a, &got), text);
	compare(b, "company_size", number(a, &want, "company_size"),
	    number(a, &got, "company_size"), text);
	compare(b, "seats", number(a, &want, "seats"),
	    number(a, &got, "seats"), text);
	for (i = 0; i < sizeof(loose) / sizeof(loose[0]); i++)
		compare(b, loose[i],
		    fu_json_text(a, fu_json_get(&want, loose[i])),
		    fu_json_text(a, fu_json_get(&got, loose[i])), text);
}

static int
half_of(const char *text)
{
	uint32_t h = 2166136261u;

	for (; *text != '\0'; text++)
		h = (h ^ (unsigned char)*text) * 16777619u;
	return ((int)(h >> 16 & 1));
}

/* Texts labelled before a request for a copy had a signal of its own call it
 * an erasure. */
static bool
means(const char *label, const char *signal)
{
	return (strcmp(label, signal) == 0 || (strcmp(label, "erasure") == 0 &&
	    strcmp(signal, "access") == 0));
}

static void
one(struct bench *b, struct fu_str line)
{
	struct fu_arena *a = &b->arena;
	struct fu_object o;
	struct fu_signals s;
	struct fu_json *item;
	struct timespec t0, t1;
	const char *text, *name;
	size_t i, k, n;

	if (fu_json_object(a, line, &o, NULL) == -1 || (b->lang != NULL &&
	    !fu_streq(fu_json_text(a, fu_json_get(&o, "lang")), b->lang)))
		return;
	text = fu_json_text(a, fu_json_get(&o, "text"));
	if (text == NULL || (b->half != -1 && half_of(text) != b->half))
		return;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t0);
	fu_detect(b->detector, text, fu_json_text(a,
	    fu_json_get(&o, "channel")), fu_json_text(a,
	    fu_json_get(&o, "from_context")), a, &s);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t1);
	b->seconds += (double)(t1.tv_sec - t0.tv_sec) +
	    (double)(t1.tv_nsec - t0.tv_nsec) / 1e9;
	b->texts++;
	item = fu_json_items(a, fu_json_get(&o, "signals"), &n);
	for (i = 0; i < n; i++) {
		name = fu_json_text(a, &item[i]);
		for (k = 0; k < s.n && !means(name, s.name[k]); k++)
			continue;
		if (k < s.n)
			tally_of(b, name)->hit++;
		else {
			tally_of(b, name)->missed++;
			miss(b, "-", name, text);
		}
	}
	for (i = 0; i < s.n; i++) {
		for (k = 0; k < n; k++)
			if (means(fu_json_text(a, &item[k]), s.name[i]))
				break;
		if (k < n)
			continue;
		tally_of(b, s.name[i])->wrong++;
		miss(b, "+", s.name[i], text);
	}
	extracted(b, &o, &s, text);
}

static double
ratio(int part, int rest)
{
	return (part + rest == 0 ? 1.0 : (double)part / (part + rest));
}

static double
f1(const struct tally *t)
{
	int all = 2 * t->hit + t->missed + t->wrong;

	return (all == 0 ? 1.0 : 2.0 * t->hit / all);
}

static void
print(const struct tally *t)
{
	printf("%-28s %5d %6d %6d  %9.2f %6.2f %6.2f\n", t->name, t->hit,
	    t->missed, t->wrong, ratio(t->hit, t->wrong),
	    ratio(t->hit, t->missed), f1(t));
}

static void
report(const struct bench *b)
{
	struct tally all = { .name = "all signals" };
	struct tally figures = { .name = "all figures" };
	double macro = 0;
	size_t i;
	int kinds = 0;

	printf("%-28s %5s %6s %6s  %9s %6s %6s\n", "signal", "found",
	    "missed", "wrong", "precision", "recall", "F1");
	for (i = 0; i < b->n; i++) {
		const struct tally *t = &b->tally[i];
		struct tally *sum = t->name[0] == '=' ? &figures : &all;

		print(t);
		sum->hit += t->hit;
		sum->missed += t->missed;
		sum->wrong += t->wrong;
		if (t->name[0] != '=') {
			macro += f1(t);
			kinds++;
		}
	}
	print(&figures);
	print(&all);
	printf("micro F1 %.3f, macro F1 %.3f, %zu texts, %.1f us each\n",
	    f1(&all), kinds > 0 ? macro / kinds : 1.0, b->texts,
	    b->texts > 0 ? b->seconds * 1e6 / (double)b->texts : 0.0);
}

static struct fu_detector *
detector(const struct fu_config *config, const char *dir)
{
	struct phrase_files files;
	struct fu_detector *d;
	struct fu_err err;

	if (phrase_files(&files, dir) == -1)
		exit(66);
	if ((d = fu_detector_new(config, files.file, files.n, &err)) == NULL) {
		fprintf(stderr, "signals: %s\n", err.msg);
		exit(78);
	}
	return (d);
}

int
main(int argc, char *argv[])
{
	static const char *names[] = { "HubSpot", "Salesforce", "Outreach",
		"Salesloft", "Apollo", "Pipedrive", "Intercom", "Drift" };
	struct fu_config config;
	struct bench b = { .half = -1 };
	char *data, *end;
	int c, i;

	while ((c = getopt(argc, argv, "h:l:m")) != -1)
		switch (c) {
		case 'h':
			b.half = atoi(optarg);
			break;
		case 'l':
			b.lang = optarg;
			break;
		case 'm':
			b.miss = true;
			break;
		default:
			argc = 0;
		}
	if (argc - optind < 2) {
		fprintf(stderr, "usage: signals [-h 0|1] [-l LANG] [-m] "
		    "RULES_DIR FILE ...\n");
		return (64);
	}
	memset(&config, 0, sizeof(config));
	config.trigger[FU_TR_COMPETITOR_MENTION].lines.item = names;
	config.trigger[FU_TR_COMPETITOR_MENTION].lines.n = 8;
	b.detector = detector(&config, argv[optind]);
	fu_arena_init(&b.arena);
	for (i = optind + 1; i < argc; i++) {
		data = whole_file(argv[i]);
		for (char *p = data; (end = strchr(p, '\n')) != NULL;
		    p = end + 1) {
			one(&b, (struct fu_str){ p, (size_t)(end - p) });
			fu_arena_reset(&b.arena);
		}
		free(data);
	}
	report(&b);
	fu_arena_free(&b.arena);
	fu_detector_free(b.detector);
	return (0);
}
