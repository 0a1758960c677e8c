/*
 * Which tags of a text stand in the address of a link: [x](here), <here>, and
 * a bare https://here, which mail readers make a link of.
 *
 * Must never judge a tag: lint_tags.c does.
 */
#include <ctype.h>
#include <string.h>

#include "flow/lint_room.h"

enum place {
	PROSE,
	TARGET,		/* behind "](": up to its ')', or the title's blank */
	ANGLE,		/* the same, between '<' and '>' */
	BARE		/* behind "https": up to what no address holds */
};

struct walk {
	enum place	 place;
	bool		 begun;		/* TARGET: its first byte was read */
	int		 depth;		/* of parentheses within */
};

/* Behind a scheme, and so far only that? */
static bool
begins_url(const char *text, const char *p)
{
	static const char *const scheme[] = { "mailto:", "www." };

	if (p > text && isalpha((unsigned char)p[-1]))
		return (strncmp(p, "://", 3) == 0);
	for (size_t i = 0; i < sizeof(scheme) / sizeof(*scheme); i++)
		if (strncasecmp(p, scheme[i], strlen(scheme[i])) == 0)
			return (true);
	return (false);
}

static void
step_prose(struct walk *w, const char *text, const char *p)
{
	w->depth = 0;
	if (strncmp(p, "](", 2) == 0) {
		w->place = TARGET;
		w->begun = false;
		w->depth = -1;	/* the '(' itself is still to come */
	} else if (begins_url(text, p))
		w->place = BARE;
}

static void
step(struct walk *w, const char *text, const char *p)
{
	bool	 blank = isspace((unsigned char)*p);

	switch (w->place) {
	case PROSE:
		step_prose(w, text, p);
		return;
	case ANGLE:
		if (*p == '>' || *p == '\n')
			w->place = PROSE;
		return;
	case BARE:
		if (strncmp(p, "](", 2) == 0) {
			step_prose(w, text, p);
			return;
		}
		if (blank || strchr("<>\"", *p) != NULL)
			w->place = PROSE;
		break;
	case TARGET:
		if (*p == '<' && !w->begun && w->depth == 0) {
			w->place = ANGLE;
			return;
		}
		if (blank && w->begun)
			w->place = PROSE;
		w->begun = w->begun || (!blank && w->depth == 0);
		break;
	}
	if (*p == '(')
		w->depth++;
	else if (*p == ')' && --w->depth < 0)
		w->place = PROSE;
}

/* A value that is an address itself, so that what follows is more of it. */
static bool
is_address(const struct fu_template_name *n)
{
	return (!n->section && !n->partial &&
	    (strcmp(n->name, "insight.url") == 0 ||
	    strncmp(n->name, "links.", 6) == 0 ||
	    (n->within != NULL && strcmp(n->within, "insight") == 0 &&
	    strcmp(n->name, "url") == 0)));
}

/* The end of the tag at ${p}, which has one. */
static const char *
tag_end(const char *p)
{
	const char	*end = strstr(p, "}}");

	if (end == NULL)
		return (p + strlen(p));
	end += 2;
	return (*end == '}' ? end + 1 : end);
}

void
fu_lint_links(const char *text, int line, const struct fu_template_name *name,
    size_t n, bool *link)
{
	struct walk	 w = { .place = PROSE };
	const char	*p = text, *end;
	size_t		 i = 0;
	int		 col = 1;

	while (*p != '\0') {
		if (i < n && name[i].line == line && name[i].col == col) {
			link[i] = w.place != PROSE && (w.place != TARGET ||
			    w.depth >= 0);
			w.begun = true;
			if (w.place == PROSE && is_address(&name[i])) {
				w.place = BARE;
				w.depth = 0;
			}
			i++;
			end = tag_end(p);
		} else if (strncmp(p, "{{", 2) == 0)
			end = tag_end(p);
		else {
			step(&w, text, p);
			end = p + 1;
		}
		for (; p < end; p++)
			if (*p == '\n') {
				line++;
				col = 1;
			} else
				col += ((unsigned char)p[0] & 0xc0) != 0x80;
	}
}
