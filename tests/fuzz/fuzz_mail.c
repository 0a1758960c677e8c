/*
 * Any bytes as a mail that came in: no mail, or one whose texts are clean.
 *
 * The lists are the shipped ones, so run it from the top of the tree.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "content/mail_kind.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static const char *
file(const char *path)
{
	static char room[4][1 << 18];
	static int n;
	char *text = room[n++ & 3];
	FILE *f = fopen(path, "r");

	if (f == NULL)
		abort();
	text[fread(text, 1, sizeof(room[0]) - 1, f)] = '\0';
	fclose(f);
	return (text);
}

static const struct fu_mail_reader *
reader(void)
{
	static struct fu_mail_reader r;
	static struct fu_keys keys;
	struct fu_err err;

	if (r.lists != NULL)
		return (&r);
	keys.n = 1;
	keys.key[0].len = 32;
	r.keys = &keys;
	r.lists = fu_mail_lists_new(file("templates/rules/bounces.txt"),
	    file("templates/rules/absences.txt"),
	    file("templates/rules/quotes.txt"), &err);
	r.detector = fu_detector_new(NULL, file("templates/rules/signals.txt"),
	    &err);
	if (r.lists == NULL || r.detector == NULL)
		abort();
	return (&r);
}

static void
clean(const char *text)
{
	if (text != NULL && !fu_utf8_valid(text, strlen(text)))
		abort();
	for (; text != NULL && *text != '\0'; text++)
		if ((unsigned char)*text < ' ' && *text != '\n' &&
		    *text != '\t')
			abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct fu_inbound in;
	struct fu_arena arena;
	struct fu_err err;

	fu_arena_init(&arena);
	if (fu_inbound_read(reader(), (struct fu_str){ (const char *)data,
	    size }, &arena, &in, &err) == 0) {
		clean(in.text);
		clean(in.letter.subject);
		clean(in.letter.from);
		for (size_t i = 0; i < in.report.n; i++) {
			clean(in.report.failed[i].email);
			clean(in.report.failed[i].said);
		}
	}
	fu_arena_free(&arena);
	return (0);
}
