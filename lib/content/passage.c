/*
 * Cutting a page.
 *
 * Must never cut within a sentence, unless that is longer than a passage.
 */
#include <string.h>

#include "content/passage.h"
#include "content/terms.h"

#define LEVELS	7

struct cutter {
	struct fu_arena		*arena;
	struct fu_passage	*passage;
	size_t			 n, cap;
	const char		*open[LEVELS];	/* headings that we are below */
	const char		*heading;	/* of what is being gathered */
	int			 level;
	struct fu_buf		 text;
	size_t			 words;
	size_t			 repeated;	/* bytes of text said before */
};

size_t
fu_words_count(struct fu_str text)
{
	size_t		 at = 0, n = 0;
	struct fu_str	 word;

	while (fu_word_next(text, &at, &word))
		n++;
	return (n);
}

/* A full stop of other scripts: length of the sequence, or 0. */
static size_t
wide_stop(const char *s, size_t left)
{
	static const char *const stops[] = { "\xe3\x80\x82", "\xef\xbc\x81",
		"\xef\xbc\x9f", "\xe0\xa5\xa4" };

	for (size_t i = 0; i < sizeof(stops) / sizeof(*stops); i++)
		if (left >= 3 && memcmp(s, stops[i], 3) == 0)
			return (3);
	return (0);
}

size_t
fu_sentence_end(struct fu_str text)
{
	size_t	 i, n;

	for (i = 0; i < text.len; i++) {
		if ((n = wide_stop(text.ptr + i, text.len - i)) > 0)
			return (i + n);
		if (text.ptr[i] != '.' && text.ptr[i] != '!' &&
		    text.ptr[i] != '?')
			continue;
		for (n = i + 1; n < text.len && strchr(".!?\"')]",
		    text.ptr[n]) != NULL && text.ptr[n] != '\0'; n++)
			continue;
		if (n >= text.len)
			return (text.len);
		if (text.ptr[n] != ' ')
			continue;
		/* "e.g. this", "No. 5": an end is followed by a beginning. */
		if (n + 1 < text.len && text.ptr[n + 1] >= 'a' &&
		    text.ptr[n + 1] <= 'z' && text.ptr[i] == '.' &&
		    i >= 2 && (text.ptr[i - 2] == '.' ||
		    text.ptr[i - 2] == ' '))
			continue;
		return (n + 1);
	}
	return (text.len);
}

static const char *
path_of(struct cutter *c)
{
	struct fu_buf	 path;
	const char	*result;

	fu_buf_init(&path);
	for (int i = 1; i < LEVELS; i++)
		if (c->open[i] != NULL)
			fu_buf_printf(&path, "%s%s", path.len == 0 ? "" :
			    FU_HEADING_SEP, c->open[i]);
	result = path.len == 0 ? "" : fu_dup_buf(c->arena, &path);
	fu_buf_free(&path);
	return (result);
}

/* What is gathered becomes a passage, unless all of it was said before. */
static void
flush(struct cutter *c)
{
	if (c->text.len > c->repeated) {
		c->passage = fu_grow(c->arena, c->passage, c->n, &c->cap,
		    sizeof(*c->passage));
		c->passage[c->n++] = (struct fu_passage){ c->heading,
			fu_dup_buf(c->arena, &c->text) };
	}
	fu_buf_reset(&c->text);
	c->words = c->repeated = 0;
}

/* The last sentences of what is gathered, as many as may be repeated. */
static const char *
tail(struct cutter *c)
{
	struct fu_str	 rest = fu_buf_view(&c->text);
	const char	*nl = memrchr(rest.ptr, '\n', rest.len);

	if (nl != NULL) {
		rest.len -= (size_t)(nl + 1 - rest.ptr);
		rest.ptr = nl + 1;
	}
	while (rest.len > 0 && fu_words_count(rest) > FU_PASSAGE_OVERLAP) {
		size_t	 end = fu_sentence_end(rest);

		rest.ptr += end;
		rest.len -= end;
	}
	return (fu_dup_str(c->arena, fu_str_trim(rest)));
}

static void
put(struct cutter *c, struct fu_str text, size_t words, char before)
{
	text = fu_str_trim(text);
	if (text.len == 0)
		return;
	if (c->text.len > 0)
		fu_buf_putc(&c->text, before);
	fu_buf_str(&c->text, text);
	c->words += words;
}

/* It is full: begin the next one, of the same section. */
static void
turn_over(struct cutter *c)
{
	const char	*last = tail(c);

	flush(c);
	c->heading = path_of(c);
	put(c, fu_str_of(last), fu_words_count(fu_str_of(last)), '\n');
	c->repeated = c->text.len;
}

/* The first words of a sentence that no passage holds. */
static size_t
hard_end(struct fu_str text)
{
	size_t		 at = 0;
	struct fu_str	 word;

	for (int i = 0; i < FU_PASSAGE_WORDS - FU_PASSAGE_OVERLAP; i++)
		if (!fu_word_next(text, &at, &word))
			return (text.len);
	return (at);
}

static void
put_long(struct cutter *c, struct fu_str text)
{
	char	 before = '\n';

	while (text.len > 0) {
		struct fu_str	 one = { text.ptr, fu_sentence_end(text) };
		size_t		 words = fu_words_count(one);

		if (words > FU_PASSAGE_WORDS - FU_PASSAGE_OVERLAP) {
			one.len = hard_end(one);
			words = FU_PASSAGE_WORDS - FU_PASSAGE_OVERLAP;
		}
		if (c->words + words > FU_PASSAGE_WORDS) {
			turn_over(c);
			before = ' ';
		}
		put(c, one, words, before);
		before = ' ';
		text.ptr += one.len;
		text.len -= one.len;
	}
}

static void
paragraph(struct cutter *c, struct fu_str text)
{
	size_t	 words = fu_words_count(text);

	if (c->words + words <= FU_PASSAGE_WORDS) {
		put(c, text, words, '\n');
		return;
	}
	/* Whole paragraphs stay whole, where the passage is not a rump. */
	if (words <= FU_PASSAGE_WORDS - FU_PASSAGE_OVERLAP &&
	    c->words >= FU_PASSAGE_LEAST) {
		turn_over(c);
		put(c, text, words, '\n');
		return;
	}
	put_long(c, text);
}

static void
heading(struct cutter *c, int level, const char *text, const char *title)
{
	bool	 again = fu_streq_nocase(text, title);

	if (c->words >= FU_PASSAGE_LEAST || (c->words > 0 && level < c->level))
		flush(c);
	for (int i = level; i < LEVELS; i++)
		c->open[i] = NULL;
	if (!again)
		c->open[level] = text;
	if (c->text.len > 0) {
		put(c, fu_str_of(text), fu_words_count(fu_str_of(text)), '\n');
		return;
	}
	c->heading = path_of(c);
	c->level = level;
}

/* A page of headings, as an announcement can be: they are its text. */
static void
headings_alone(struct cutter *c, const struct fu_page *page)
{
	c->heading = "";
	for (size_t i = 0; i < page->n && c->words < FU_PASSAGE_WORDS; i++)
		put(c, fu_str_of(page->block[i].text), fu_words_count(
		    fu_str_of(page->block[i].text)), '\n');
	flush(c);
}

size_t
fu_passages_make(const struct fu_page *page, const char *title,
    struct fu_arena *arena, struct fu_passage **passage)
{
	struct cutter	 c = { .arena = arena, .heading = "" };

	fu_buf_init(&c.text);
	for (size_t i = 0; i < page->n; i++)
		if (page->block[i].level > 0)
			heading(&c, page->block[i].level, page->block[i].text,
			    title);
		else
			paragraph(&c, fu_str_of(page->block[i].text));
	flush(&c);
	if (c.n == 0)
		headings_alone(&c, page);
	fu_buf_free(&c.text);
	*passage = c.passage;
	return (c.n);
}
