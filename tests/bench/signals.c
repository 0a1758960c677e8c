/*
 * Precision and recall of the detector, a line a signal, on labelled texts.
 *
 *	signals SIGNALS.TXT LABELLED.NDJSON [LANGUAGE [miss]]
 *
 * "miss" also prints each text that was read otherwise than labelled.
 * Measures and judges nothing: figures are for people.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "policy/signal.h"

#define KINDS_MAX 64

struct tally {
	const char	*name;
	int		 hit, missed, wrong;
};

static struct tally tally[KINDS_MAX];
static size_t ntally;

static struct tally *
tally_of(const char *name)
{
	size_t i;

	if (strncmp(name, "competitor:", 11) == 0)
		name = "competitor:";
	for (i = 0; i < ntally; i++)
		if (strcmp(tally[i].name, name) == 0)
			return (&tally[i]);
	if (ntally == KINDS_MAX)
		return (&tally[0]);
	tally[ntally].name = strdup(name);
	return (&tally[ntally++]);
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
miss(bool show, const char *sign, const char *name, const char *text)
{
	if (show)
		printf("%s %-24s %s\n", sign, name, text);
}

/* Compare one extracted text member. */
static void
member(struct fu_arena *a, const struct fu_object *x, const char *key,
    const char *got, const char *text, bool show)
{
	const char *want = fu_json_text(a, fu_json_get(x, key));
	char name[40];
	struct tally *t;

	snprintf(name, sizeof(name), "=%s", key);
	t = tally_of(name);
	if (want == NULL && got == NULL)
		return;
	if (want != NULL && got != NULL && strcasecmp(want, got) == 0) {
		t->hit++;
		return;
	}
	t->missed += want != NULL;
	t->wrong += got != NULL;
	miss(show, want == NULL ? "+" : got == NULL ? "-" : "~", name,
	    fu_printf(a, "[%s] [%s] %s", want ? want : "", got ? got : "",
		text));
}

static void
extracted(struct fu_arena *a, const struct fu_object *o,
    const struct fu_signals *s, const char *text, bool show)
{
	struct fu_object x = { .n = 0 }, y;
	const struct fu_json *v = fu_json_get(o, "extracted");
	struct tally *t = tally_of("=budget");
	int64_t want = 0;

	if (v != NULL)
		fu_json_members(a, v, &x);
	member(a, &x, "title", s->title, text, show);
	member(a, &x, "email", s->email, text, show);
	member(a, &x, "phone", s->phone, text, show);
	if ((v = fu_json_get(&x, "budget")) != NULL) {
		fu_json_members(a, v, &y);
		fu_json_int(fu_json_get(&y, "amount"), &want);
	}
	if (want == s->budget)
		t->hit += want != 0;
	else {
		t->missed += want != 0;
		t->wrong += s->budget != 0;
		miss(show, "~", "=budget", fu_printf(a, "%lld %lld %s",
		    (long long)want, (long long)s->budget, text));
	}
	memset(&y, 0, sizeof(y));
	if ((v = fu_json_get(&x, "timeline")) != NULL)
		fu_json_members(a, v, &y);
	member(a, &y, "text", s->timeline, text, show);
}

static void
one(const struct fu_detector *d, struct fu_arena *a, struct fu_str line,
    const char *lang, bool show)
{
	struct fu_object o;
	struct fu_signals s;
	struct fu_json *item;
	const char *text, *name;
	size_t i, n;

	if (fu_json_object(a, line, &o, NULL) == -1 ||
	    !fu_streq(fu_json_text(a, fu_json_get(&o, "lang")), lang))
		return;
	text = fu_json_text(a, fu_json_get(&o, "text"));
	fu_detect(d, text, fu_json_text(a, fu_json_get(&o, "channel")),
	    fu_json_text(a, fu_json_get(&o, "from_context")), a, &s);
	item = fu_json_items(a, fu_json_get(&o, "signals"), &n);
	for (i = 0; i < n; i++) {
		name = fu_json_text(a, &item[i]);
		if (fu_signals_has(&s, name))
			tally_of(name)->hit++;
		else {
			tally_of(name)->missed++;
			miss(show, "-", name, text);
		}
	}
	for (i = 0; i < s.n; i++) {
		size_t k;

		for (k = 0; k < n; k++)
			if (strcmp(fu_json_text(a, &item[k]), s.name[i]) == 0)
				break;
		if (k < n)
			continue;
		tally_of(s.name[i])->wrong++;
		miss(show, "+", s.name[i], text);
	}
	extracted(a, &o, &s, text, show);
}

int
main(int argc, char *argv[])
{
	static const char *names[] = { "HubSpot", "Salesforce", "Outreach",
		"Salesloft", "Apollo", "Pipedrive", "Intercom", "Drift" };
	struct fu_config config;
	struct fu_detector *d;
	struct fu_arena arena;
	struct fu_err err;
	char *lists, *data, *end;
	size_t i;
	int hit = 0, missed = 0, wrong = 0;

	if (argc < 3) {
		fprintf(stderr, "usage: signals LISTS DATA [LANG [miss]]\n");
		return (64);
	}
	memset(&config, 0, sizeof(config));
	config.trigger[FU_TR_COMPETITOR_MENTION].lines.item = names;
	config.trigger[FU_TR_COMPETITOR_MENTION].lines.n = 8;
	lists = whole_file(argv[1]);
	data = whole_file(argv[2]);
	if ((d = fu_detector_new(&config, lists, &err)) == NULL) {
		fprintf(stderr, "signals: %s\n", err.msg);
		return (78);
	}
	fu_arena_init(&arena);
	for (char *p = data; (end = strchr(p, '\n')) != NULL; p = end + 1) {
		one(d, &arena, (struct fu_str){ p, (size_t)(end - p) },
		    argc > 3 ? argv[3] : "en", argc > 4);
		fu_arena_reset(&arena);
	}
	printf("%-28s %5s %6s %6s  %9s %6s\n", "signal", "found", "missed",
	    "wrong", "precision", "recall");
	for (i = 0; i < ntally; i++) {
		struct tally *t = &tally[i];

		printf("%-28s %5d %6d %6d  %9.2f %6.2f\n", t->name, t->hit,
		    t->missed, t->wrong, t->hit + t->wrong == 0 ? 1.0 :
		    (double)t->hit / (t->hit + t->wrong),
		    t->hit + t->missed == 0 ? 1.0 :
		    (double)t->hit / (t->hit + t->missed));
		if (t->name[0] == '=')
			continue;
		hit += t->hit;
		missed += t->missed;
		wrong += t->wrong;
	}
	printf("%-28s %5d %6d %6d  %9.2f %6.2f\n", "all signals", hit, missed,
	    wrong, (double)hit / (hit + wrong + !hit),
	    (double)hit / (hit + missed + !hit));
	fu_arena_free(&arena);
	fu_detector_free(d);
	free(lists);
	free(data);
	return (0);
}
