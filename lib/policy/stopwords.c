/*
 * The ladder of TC-03, rung by rung.
 *
 * Must never suppress by mere containment, and never let one of the seven
 * words pass for a normal answer.
 */
#include <string.h>

#include "policy/stopwords.h"

#define SWAPS_MAX 2 /* "one or two adjacent transpositions" */

int
fu_stop_lists(const struct fu_lexicon *lexicon, struct fu_stop_lists *lists,
    struct fu_err *err)
{
	const struct {
		const char *name;
		const struct fu_section **section;
	} all[] = { { "stop_words", &lists->word },
		{ "stop_whole", &lists->whole },
		{ "stop_polite", &lists->polite },
		{ "stop_behind", &lists->behind },
		{ "stop_swapped", &lists->swapped },
		{ "stop_not_swapped", &lists->not_swapped },
		{ "stop_says", &lists->says },
		{ "stop_says_sms", &lists->says_sms },
		{ "stop_says_whatsapp", &lists->says_whatsapp },
		{ "stop_says_email", &lists->says_email },
		{ "stop_not_before", &lists->not_before },
		{ "help_whole", &lists->help },
		{ "start_whole", &lists->start } };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if ((*all[i].section = fu_lexicon_find(lexicon,
		    all[i].name)) == NULL)
			return (fu_err_set(err, FU_ECONFIG, "no section [%s], "
			    "by which people opt out: fu-init puts the file "
			    "back where it is missing", all[i].name));
	lists->not = fu_lexicon_find(lexicon, "stop_not");
	lists->doubt = fu_lexicon_find(lexicon, "stop_doubt");
	return (0);
}

/* Is word ${i} one of the section?  The words that it takes, or 0. */
static size_t
at(const struct fu_section *section, const struct fu_words *ws, size_t i)
{
	size_t last;

	return (fu_section_at(section, ws, i, &last) ? last - i + 1 : 0);
}

/* The same of a text that is one word. */
static bool
among(const struct fu_section *section, const char *text,
    struct fu_arena *arena)
{
	struct fu_words one;

	fu_words_read(arena, text, &one);
	return (one.n == 1 && at(section, &one, 0) == 1);
}

/* (a): the first ${n} words run together. */
static bool
is_whole(const struct fu_words *ws, size_t n,
    const struct fu_section *section, struct fu_arena *arena)
{
	char text[64];
	size_t i, len, to = 0;

	for (i = 0; i < n; i++) {
		len = strlen(ws->w[i].text);
		if (to + len >= sizeof(text))
			return (false);
		memcpy(text + to, ws->w[i].text, len);
		to += len;
	}
	text[to] = '\0';
	return (to > 0 && among(section, fu_dup(arena, text), arena));
}

/* Is it in the section after so many swaps of neighbouring letters? */
static bool
swapped(const struct fu_section *section, char *text, int left,
    struct fu_arena *arena)
{
	size_t i, len = strlen(text);
	bool found;
	char c;

	if (among(section, text, arena))
		return (true);
	for (i = 0; left > 0 && i + 1 < len; i++) {
		c = text[i];
		text[i] = text[i + 1];
		text[i + 1] = c;
		found = swapped(section, text, left - 1, arena);
		text[i + 1] = text[i];
		text[i] = c;
		if (found)
			return (true);
	}
	return (false);
}

static bool
senders_name(const struct fu_config *config, const char *text)
{
	size_t i, len = strlen(text);
	const char *name, *at;

	for (i = 0; config != NULL && i < config->nsender; i++) {
		name = config->sender[i].name;
		if (name == NULL || len == 0 ||
		    (at = strcasestr(name, text)) == NULL)
			continue;
		if ((at == name || at[-1] == ' ') &&
		    (at[len] == '\0' || at[len] == ' '))
			return (true);
	}
	return (false);
}

static bool
is_typo(const struct fu_stop_lists *lists, const struct fu_words *ws,
    const struct fu_config *config, struct fu_arena *arena)
{
	char text[16];
	size_t len = strlen(ws->w[0].text);

	if (ws->n != 1 || len < 3 || len >= sizeof(text) ||
	    senders_name(config, ws->w[0].text) ||
	    at(lists->not_swapped, ws, 0) > 0)
		return (false);
	for (size_t i = 0; i < len; i++)
		if ((ws->w[0].text[i] & 0x80) != 0)
			return (false); /* a letter is no byte there */
	memcpy(text, ws->w[0].text, len + 1);
	return (swapped(lists->swapped, text, SWAPS_MAX, arena));
}

/* What the words from ${first} to ${last} are worth. */
static enum fu_stop
worth(const bool *masked, const bool *doubtful, size_t first, size_t last)
{
	enum fu_stop out = FU_STOP_YES;

	for (size_t i = first; i <= last; i++) {
		if (masked != NULL && masked[i])
			return (FU_STOP_NO);
		if (doubtful != NULL && doubtful[i])
			out = FU_STOP_MAYBE;
	}
	return (out);
}

/* (b): a phrase that a reasonable person would read as one. */
static enum fu_stop
says_so(const struct fu_stop_lists *lists, const struct fu_words *ws,
    const bool *masked, const bool *doubtful, const char *channel,
    struct fu_arena *arena)
{
	const struct {
		const char *channel;
		const struct fu_section *says;
	} all[] = { { NULL, lists->says }, { "sms", lists->says_sms },
		{ "whatsapp", lists->says_whatsapp },
		{ "email", lists->says_email } };
	enum fu_stop one, out = FU_STOP_NO;
	size_t k, first, last, from;
	bool *except, not;

	for (k = 0; k < sizeof(all) / sizeof(all[0]); k++) {
		if (all[k].channel != NULL && channel != NULL &&
		    strcmp(all[k].channel, channel) != 0)
			continue;
		except = fu_alloc_array(arena, ws->n, sizeof(*except));
		fu_section_except(all[k].says, ws, except);
		for (from = 0; fu_section_find(all[k].says, ws, from, &first,
		    &last); from = first + 1) {
			/* "don't stop sending it" asks for the opposite */
			not = except[first] || (first > 0 &&
			    at(lists->not_before, ws, first - 1) > 0);
			one = not ? FU_STOP_NO : worth(masked, doubtful, first,
			    last);
			if (one == FU_STOP_YES)
				return (one);
			if (one == FU_STOP_MAYBE)
				out = one;
		}
	}
	return (out);
}

/* (c): one of the seven, with nothing about it but courtesy. */
static bool
bare(const struct fu_stop_lists *lists, const struct fu_words *ws, size_t n)
{
	size_t i = 0, took;

	while (i < n && (took = at(lists->polite, ws, i)) > 0)
		i += took;
	if (i >= n || (took = at(lists->word, ws, i)) == 0)
		return (false);
	for (i += took; i < n; i++)
		if (at(lists->behind, ws, i) == 0)
			return (false);
	return (true);
}

/* The words of the first line that has any. */
static size_t
first_line(const struct fu_words *ws)
{
	size_t n = 0;

	while (n < ws->n && ws->w[n].line == ws->w[0].line)
		n++;
	return (n);
}

enum fu_stop
fu_stopwords(const struct fu_stop_lists *lists, const struct fu_words *ws,
    const bool *masked, const bool *doubtful, const char *channel,
    const struct fu_config *config, struct fu_arena *arena)
{
	enum fu_stop says;
	size_t i, line;

	if (ws->n == 0)
		return (FU_STOP_NO);
	line = first_line(ws);
	says = says_so(lists, ws, masked, doubtful, channel, arena);
	if (is_whole(ws, ws->n, lists->whole, arena) ||
	    is_whole(ws, line, lists->whole, arena) ||
	    says == FU_STOP_YES || bare(lists, ws, ws->n) ||
	    bare(lists, ws, line) || is_typo(lists, ws, config, arena))
		return (FU_STOP_YES);
	/* keywords of text messages; elsewhere "help" is a question */
	if (channel == NULL || strcmp(channel, "sms") == 0 ||
	    strcmp(channel, "whatsapp") == 0) {
		if (is_whole(ws, ws->n, lists->help, arena))
			return (FU_STOP_HELP);
		if (is_whole(ws, ws->n, lists->start, arena))
			return (FU_STOP_START);
	}
	for (i = 0; i < ws->n; i++)
		if (at(lists->word, ws, i) > 0)
			return (FU_STOP_MAYBE);
	return (says);
}

const char *
fu_stop_name(enum fu_stop stop)
{
	static const char *const names[] = { "no", "yes", "maybe", "help",
		"start" };

	return (names[stop]);
}
