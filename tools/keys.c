/*
 * Prints what an operator can write, as lists for the manual: the keys of a
 * kind of file, the facts, or a person's fields, from the tables that the
 * programs themselves read.
 *
 *	keys "fu.yaml"    keys facts    keys fields    keys measures
 *	keys (the kinds of files)
 */
#include <stdio.h>
#include <string.h>

#include "config/config.h"
#include "policy/facts.h"
#include "policy/measure.h"
#include "record/person.h"

struct wanted {
	const char	*file;		/* NULL: name the files */
	char		 last[64];
	size_t		 n;
};

/* A word that begins with a dot or a quote would be a request to roff. */
static const char *
guard(const char *text)
{
	return (text[0] == '.' || text[0] == '\'' ? "\\&" : "");
}

/* A sentence of ${text}, in lines that mandoc does not complain of. */
static void
sentence(const char *text)
{
	size_t	 len = strlen(text), col = 0, word;
	bool	 ended = len > 0 && strchr(".?!", text[len - 1]) != NULL;

	for (; *text != '\0'; text += word + (text[word] == ' ')) {
		word = strcspn(text, " ");
		if (col > 0 && col + word > 76) {
			putchar('\n');
			col = 0;
		} else if (col > 0)
			putchar(' ');
		col += (size_t)printf("%s%.*s", col == 0 ? guard(text) : "",
		    (int)word, text) + 1;
	}
	puts(ended ? "" : ".");
}

static void
item(const char *name, const char *type, const char *doc, bool required)
{
	printf(".It Ic %s%s", guard(name), name);
	if (type != NULL)
		printf(" Pq %s%s", type, required ? ", needed" : "");
	putchar('\n');
	sentence(doc);
}

static void
key(void *ctx, const struct fu_key_doc *doc)
{
	struct wanted	*w = ctx;

	if (w->file != NULL && strcmp(doc->file, w->file) == 0) {
		item(doc->path, doc->type, doc->doc, doc->required);
		w->n++;
	}
	if (w->file == NULL && strcmp(w->last, doc->file) != 0) {
		puts(doc->file);
		snprintf(w->last, sizeof(w->last), "%s", doc->file);
		w->n++;
	}
}

/* A measure: what is counted, of whom, how long, and for what it counts. */
static void
measure(const struct fu_measure_def *d)
{
	char	 text[1200];

	printf(".It Cm %s\n", d->name);
	sentence(d->title);
	snprintf(text, sizeof(text), "Counts %s.  Of: %s.  Window: %s.  "
	    "Attribution: %s", d->numerator, d->denominator, d->window,
	    d->rule);
	/* A sentence begins its own line. */
	for (char *at = text, *end; at != NULL; at = end) {
		if ((end = strstr(at, ".  ")) != NULL) {
			end[1] = '\0';
			end += 3;
		}
		sentence(at);
	}
}

int
main(int argc, char **argv)
{
	struct wanted	 w = { .file = argc > 1 ? argv[1] : NULL };

	if (w.file != NULL && strcmp(w.file, "facts") == 0)
		for (; w.n < FU_FACT_N; w.n++)
			item(fu_fact_defs[w.n].name, NULL,
			    fu_fact_defs[w.n].doc, false);
	else if (w.file != NULL && strcmp(w.file, "fields") == 0)
		for (; w.n < FU_FIELD_N; w.n++)
			item(fu_fields[w.n].name, NULL, fu_fields[w.n].doc,
			    false);
	else if (w.file != NULL && strcmp(w.file, "measures") == 0)
		for (; w.n < FU_M_ENROLLED; w.n++)
			measure(&fu_measure_defs[w.n]);
	else
		fu_config_keys(key, &w);
	return (w.n == 0);
}
