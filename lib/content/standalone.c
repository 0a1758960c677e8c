/*
 * Which sentences stand alone.
 *
 * Must never cut within a sentence, nor begin with one that leans on another.
 */
#include <stdlib.h>
#include <string.h>

#include "content/passage.h"
#include "content/standalone.h"
#include "content/terms.h"

#define LEAST_WORDS	5	/* a shorter one says nothing by itself */

/* What a sentence that leans on the one before begins with, in the languages
 * of EM-14; folded. */
static const char *const leaning[] = { "this", "that", "these", "those", "it",
	"its", "they", "them", "their", "he", "she", "his", "her", "however",
	"but", "and", "or", "nor", "so", "thus", "hence", "therefore",
	"moreover", "furthermore", "also", "then", "both", "neither", "such",
	"yet", "still", "instead", "otherwise", "besides", "nevertheless",
	"meanwhile", "afterwards", "likewise", "similarly", "consequently",
	"accordingly", "additionally", "finally", "secondly", "thirdly",
	"dies", "diese", "dieser", "dieses", "diesen", "jene", "jedoch",
	"aber", "und", "oder", "daher", "deshalb", "deswegen", "dadurch",
	"damit", "dafur", "dabei", "danach", "dann", "auch", "er", "sie",
	"ihr", "ihre", "doch", "trotzdem", "allerdings", "ausserdem", "zudem",
	"cela", "ceci", "cette", "ces", "cependant", "mais", "et", "donc",
	"ainsi", "il", "elle", "ils", "elles", "toutefois", "pourtant",
	"esto", "esta", "estos", "estas", "eso", "pero", "y", "tambien",
	"ademas", "entonces", "ello", "questo", "questa", "questi", "queste",
	"ma", "anche", "inoltre", "quindi", "pero", "isto", "isso", "mas",
	"tambem", "entao", "deze", "dit", "dat", "maar", "en", "ook",
	"echter", "daarom", "daarnaast", "hij", "zij" };

/* "In addition", "as a result", "on the other hand", "for example". */
static const char *const phrases[] = { "in addition", "as a result",
	"on the other", "for example", "for instance", "in contrast",
	"in other words", "by contrast", "at the same time", "zum beispiel",
	"par exemple", "por ejemplo", "sin embargo", "por eso", "per esempio" };

static bool
leans(struct fu_str sentence, struct fu_arena *arena)
{
	struct fu_str	 word;
	size_t		 at = 0;
	char		*folded = fu_fold_plain(fu_dup_str(arena, sentence));
	bool		 found = false;

	for (size_t i = 0; i < sizeof(phrases) / sizeof(*phrases); i++)
		found = found || strncmp(folded, phrases[i],
		    strlen(phrases[i])) == 0;
	if (fu_word_next(fu_str_of(folded), &at, &word))
		for (size_t i = 0; i < sizeof(leaning) / sizeof(*leaning); i++)
			found = found || fu_str_is(word, leaning[i]);
	free(folded);
	return (found);
}

static bool
ends(struct fu_str s, const char *with)
{
	size_t	 n = strlen(with);

	return (s.len >= n && memcmp(s.ptr + s.len - n, with, n) == 0);
}

/* It ends as a sentence does; a heading or a row of a table does not. */
static bool
is_whole(struct fu_str s)
{
	static const char *const wide[] = { "\xe3\x80\x82", "\xef\xbc\x81",
		"\xef\xbc\x9f", "\xe2\x80\x9d", "\xc2\xbb" };

	if (memchr(s.ptr, '|', s.len) != NULL)
		return (false);
	for (size_t i = 0; i < sizeof(wide) / sizeof(*wide); i++)
		if (ends(s, wide[i]))
			return (true);
	while (s.len > 0 && strchr("\"')", s.ptr[s.len - 1]) != NULL)
		s.len--;
	return (s.len > 0 && strchr(".!?", s.ptr[s.len - 1]) != NULL);
}

/* The sentences of ${line} from its beginning on, as many as there may be. */
static size_t
take(struct fu_str line)
{
	size_t	 n = 0, words = 0;

	for (int i = 0; i < FU_ALONE_SENTENCES && n < line.len; i++) {
		struct fu_str	 rest = { line.ptr + n, line.len - n }, one;

		one = (struct fu_str){ rest.ptr, fu_sentence_end(rest) };
		words += fu_words_count(one);
		if (words > FU_ALONE_WORDS || !is_whole(fu_str_trim(one)))
			break;
		n += one.len;
	}
	return (n);
}

/* A question alone is a heading, or wants the answer that stands behind it. */
static bool
asks(struct fu_str sentence)
{
	sentence = fu_str_trim(sentence);
	return (sentence.len > 0 && sentence.ptr[sentence.len - 1] == '?');
}

bool
fu_begins_alone(struct fu_str sentence, struct fu_arena *arena)
{
	return (!asks(sentence) && !leans(sentence, arena));
}

bool
fu_is_sentence(struct fu_str s)
{
	return (is_whole(fu_str_trim(s)));
}

/* The first place in a paragraph that something can begin at. */
static struct fu_str
of_line(struct fu_str line, struct fu_arena *arena)
{
	struct fu_str	 found;
	size_t		 end;

	for (; line.len > 0; line.ptr += end, line.len -= end) {
		end = fu_sentence_end(line);
		if (!fu_begins_alone((struct fu_str){ line.ptr, end }, arena))
			continue;
		found = fu_str_trim((struct fu_str){ line.ptr, take(line) });
		if (fu_words_count(found) >= LEAST_WORDS)
			return (found);
	}
	return ((struct fu_str){ NULL, 0 });
}

const char *
fu_standalone(struct fu_str text, struct fu_arena *arena)
{
	struct fu_str	 line, found;
	const char	*nl;

	while (text.len > 0) {
		nl = memchr(text.ptr, '\n', text.len);
		line = text;
		if (nl != NULL)
			line.len = (size_t)(nl - text.ptr);
		text.ptr += line.len + (nl != NULL);
		text.len -= line.len + (nl != NULL);
		found = of_line(fu_str_trim(line), arena);
		if (found.len > 0)
			return (fu_dup_str(arena, found));
	}
	return (NULL);
}
