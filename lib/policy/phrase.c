/*
 * Compile phrase lists and find phrases among words, with negation,
 * quotation and exceptions minded.
 *
 * Knows no signal by name, and must never take longer than words times
 * phrases times FU_PHRASE_GAP to a small power.
 */
#include <string.h>

#include "policy/phrase.h"

enum part_kind {
	PART_WORD, PART_GAP, PART_QUESTION,
	PART_START, PART_START_ALL, PART_END, PART_END_ALL
};

struct fu_phrase_part {
	enum part_kind	 kind;
	bool		 optional;
	const char	**alt;
	size_t		 nalt;
};

static const struct {
	const char	*text;
	enum part_kind	 kind;
} marks[] = {
	{ "..", PART_GAP }, { "?", PART_QUESTION },
	{ "^", PART_START }, { "^^", PART_START_ALL }, { "$", PART_END },
	{ "$$", PART_END_ALL }
};

static const char *
expand(const struct fu_lexicon *lexicon, struct fu_str name)
{
	size_t i;

	for (i = 0; lexicon != NULL && i < lexicon->nmacro; i++)
		if (fu_str_is(name, lexicon->macro[i].name))
			return (lexicon->macro[i].words);
	return (NULL);
}

/* One alternative as words are: folded, apostrophes and hyphens dropped. */
static const char *
plain(struct fu_arena *arena, struct fu_str s)
{
	struct fu_buf b;
	struct fu_words ws;
	const char *text;
	size_t i;

	if (s.len > 1 && (s.ptr[0] == '<' || memchr(s.ptr, '*', s.len))) {
		char *out = fu_dup_str(arena, s);

		for (i = 0; out[i] != '\0'; i++)
			if (out[i] >= 'A' && out[i] <= 'Z')
				out[i] += 'a' - 'A';
		return (out);
	}
	fu_words_read(arena, fu_dup_str(arena, s), &ws);
	fu_buf_init(&b);
	for (i = 0; i < ws.n; i++)
		fu_buf_puts(&b, ws.w[i].text);
	text = fu_dup_buf(arena, &b);
	fu_buf_free(&b);
	return (text == NULL ? "" : text);
}

static int
alternatives(struct fu_arena *arena, const struct fu_lexicon *lexicon,
    struct fu_str s, struct fu_phrase_part *part, struct fu_err *err)
{
	const char *bar, *words;
	struct fu_str one;
	size_t cap = 0, i;

	for (i = 0; i <= s.len; i += one.len + 1) {
		one.ptr = s.ptr + i;
		bar = memchr(one.ptr, '|', s.len - i);
		one.len = bar != NULL ? (size_t)(bar - one.ptr) : s.len - i;
		if (one.len == 0)
			continue;
		if (*one.ptr == '@' && lexicon != NULL) {
			if ((words = expand(lexicon, one)) == NULL)
				return (fu_err_set(err, FU_ECONFIG,
				    "no words are named \"%.*s\"",
				    (int)one.len, one.ptr));
			/* names are expanded when they are given: no depth */
			struct fu_phrase_part more = { .nalt = 0 };

			if (alternatives(arena, NULL, fu_str_of(words), &more,
			    err) == -1)
				return (-1);
			for (size_t k = 0; k < more.nalt; k++) {
				part->alt = fu_grow(arena, part->alt,
				    part->nalt, &cap, sizeof(*part->alt));
				part->alt[part->nalt++] = more.alt[k];
			}
			continue;
		}
		words = plain(arena, one);
		if (*words == '\0')
			continue;
		part->alt = fu_grow(arena, part->alt, part->nalt, &cap,
		    sizeof(*part->alt));
		part->alt[part->nalt++] = words;
	}
	return (0);
}

/* Append the parts of one blank-separated piece of a phrase. */
static int
compile_piece(struct fu_arena *arena, const struct fu_lexicon *lexicon,
    struct fu_str s, struct fu_phrase *phrase, size_t *cap, struct fu_err *err)
{
	struct fu_phrase_part part = { .kind = PART_WORD };
	size_t i;

	if (phrase->n == FU_PHRASE_MAX)
		return (fu_err_set(err, FU_ECONFIG,
		    "a phrase of more than %d words", FU_PHRASE_MAX));
	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (fu_str_is(s, marks[i].text))
			part.kind = marks[i].kind;
	if (part.kind == PART_WORD) {
		if (s.len > 2 && s.ptr[0] == '(' && s.ptr[s.len - 1] == ')') {
			part.optional = true;
			s.ptr++;
			s.len -= 2;
		}
		if (alternatives(arena, lexicon, s, &part, err) == -1)
			return (-1);
		if (part.nalt == 0)
			return (0);	/* punctuation alone */
	}
	phrase->part = fu_grow(arena, phrase->part, phrase->n, cap,
	    sizeof(*phrase->part));
	phrase->part[phrase->n++] = part;
	return (0);
}

/* A hyphen parts words, as it does in what people write: "opt-out". */
static bool
parts_words(const char *s, size_t i)
{
	return (s[i] == ' ' || s[i] == '\t' || (s[i] == '-' && i > 0));
}

static int
compile(struct fu_arena *arena, const struct fu_lexicon *lexicon,
    const char *line, struct fu_phrase *phrase, struct fu_err *err)
{
	size_t i = 0, from, cap = 0;

	memset(phrase, 0, sizeof(*phrase));
	while (line[i] != '\0') {
		while (line[i] == ' ' || line[i] == '\t' || line[i] == '-')
			i++;
		from = i;
		while (line[i] != '\0' && !parts_words(line, i))
			i++;
		if (i > from &&
		    compile_piece(arena, lexicon,
			(struct fu_str){ line + from, i - from }, phrase, &cap,
			err) == -1)
			return (-1);
	}
	return (0);
}

/* A word's first two bytes, in eight bits. */
static unsigned
beginning(unsigned char first, unsigned char second)
{
	return ((first * 26u + second) & 0xff);
}

static void
note_word(struct fu_phrase *phrase, const char *alt)
{
	unsigned c, bit;

	if (*alt == '*' || strcmp(alt, "<n>") == 0) {
		memset(phrase->begins, 0xff, sizeof(phrase->begins));
		return;
	}
	for (c = 0; c < 256; c++) {
		if (alt[1] != '*' && alt[1] != '?' &&
		    c != (unsigned char)alt[1])
			continue;
		bit = beginning((unsigned char)*alt, (unsigned char)c);
		phrase->begins[bit / 32] |= UINT32_C(1) << bit % 32;
	}
}

/*
 * How a word must begin for the phrase to be tried at it: nearly all words
 * begin nearly no phrase, and a text is asked for thousands.
 */
static void
note_begins(struct fu_phrase *phrase)
{
	const struct fu_phrase_part *part;
	size_t i, k;

	for (k = 0; k < phrase->n; k++) {
		part = &phrase->part[k];
		if (part->kind == PART_GAP) {
			note_word(phrase, "*");
			return;
		}
		if (part->kind != PART_WORD)
			continue;
		for (i = 0; i < part->nalt; i++)
			note_word(phrase, part->alt[i]);
		if (!part->optional)
			return;
	}
}

int
fu_section_add(struct fu_arena *arena, const struct fu_lexicon *lexicon,
    struct fu_section *section, const char *line, struct fu_err *err)
{
	struct fu_phrase phrase;
	bool except = *line == '!';

	if (compile(arena, lexicon, line + (except ? 1 : 0), &phrase, err) ==
	    -1)
		return (-1);
	if (phrase.n == 0)
		return (0);
	note_begins(&phrase);
	if (except) {
		section->except = fu_grow(arena, section->except,
		    section->nexcept, &section->xcap, sizeof(phrase));
		section->except[section->nexcept++] = phrase;
	} else {
		section->phrase = fu_grow(arena, section->phrase, section->n,
		    &section->cap, sizeof(phrase));
		section->phrase[section->n++] = phrase;
	}
	return (0);
}

static struct fu_section *
section_open(struct fu_arena *arena, struct fu_lexicon *lexicon,
    struct fu_str head)
{
	struct fu_section *s;
	const char *blank;
	struct fu_str name = head;
	size_t i;

	if ((blank = memchr(head.ptr, ' ', head.len)) != NULL)
		name.len = (size_t)(blank - head.ptr);
	for (i = 0; i < lexicon->n; i++)
		if (fu_str_is(name, lexicon->section[i].name))
			return (&lexicon->section[i]);
	lexicon->section = fu_grow(arena, lexicon->section, lexicon->n,
	    &lexicon->cap, sizeof(*s));
	s = &lexicon->section[lexicon->n++];
	s->name = fu_dup_str(arena, name);
	s->literal = blank != NULL &&
	    fu_str_is(fu_str_trim((struct fu_str){ blank,
		head.len - name.len }), "literal");
	return (s);
}

static void
macro_add(struct fu_arena *arena, struct fu_lexicon *lexicon,
    struct fu_str line, const char *equals)
{
	struct fu_macro *m;
	struct fu_str name = { line.ptr, (size_t)(equals - line.ptr) };
	struct fu_str words = { equals + 1, line.len - name.len - 1 };

	lexicon->macro = fu_grow(arena, lexicon->macro, lexicon->nmacro,
	    &lexicon->mcap, sizeof(*m));
	m = &lexicon->macro[lexicon->nmacro++];
	m->name = fu_dup_str(arena, fu_str_trim(name));
	m->words = fu_dup_str(arena, fu_str_trim(words));
}

int
fu_lexicon_read(struct fu_arena *arena, const char *text,
    struct fu_lexicon *lexicon, struct fu_err *err)
{
	struct fu_section *section = NULL;
	struct fu_str line;
	const char *end, *equals;
	int number = 0;

	memset(lexicon, 0, sizeof(*lexicon));
	for (; text != NULL && *text != '\0'; text = end) {
		number++;
		if ((end = strchr(text, '\n')) == NULL)
			end = text + strlen(text);
		line = fu_str_trim((struct fu_str){ text,
		    (size_t)(end - text) });
		if (*end == '\n')
			end++;
		if (line.len == 0 || *line.ptr == '#')
			continue;
		if (*line.ptr == '[' && line.ptr[line.len - 1] == ']') {
			section = section_open(arena, lexicon,
			    (struct fu_str){ line.ptr + 1, line.len - 2 });
			continue;
		}
		if (*line.ptr == '@' &&
		    (equals = memchr(line.ptr, '=', line.len)) != NULL) {
			macro_add(arena, lexicon, line, equals);
			continue;
		}
		if (section == NULL)
			return (fu_err_set(err, FU_ECONFIG,
			    "%d: a phrase before the first [section]",
			    number));
		if (fu_section_add(arena, lexicon, section,
		    fu_dup_str(arena, line), err) == -1)
			return (fu_err_prefix(err, "%d: ", number));
	}
	return (0);
}

const struct fu_section *
fu_lexicon_find(const struct fu_lexicon *lexicon, const char *name)
{
	size_t i;

	for (i = 0; i < lexicon->n; i++)
		if (strcmp(lexicon->section[i].name, name) == 0)
			return (&lexicon->section[i]);
	return (NULL);
}

static bool
word_is(const struct fu_phrase_part *part, const char *text)
{
	const char *alt;
	size_t i;

	for (i = 0; i < part->nalt; i++) {
		alt = part->alt[i];
		if (*text >= '0' && *text <= '9' && strcmp(alt, "<n>") == 0)
			return (true);
		if (*alt != *text && *alt != '*')
			continue;
		if (strchr(alt, '*') != NULL ? fu_glob(alt, text) :
		    strcmp(alt, text) == 0)
			return (true);
	}
	return (false);
}

/*
 * Match parts from ${k} on at word ${i} of the sentence that ends before
 * ${end}.  ${last} is one past the last word taken.
 */
static bool
match(const struct fu_phrase *p, size_t k, const struct fu_words *ws, size_t i,
    size_t end, const struct fu_sentence *s, size_t *last)
{
	const struct fu_phrase_part *part;
	size_t gap;

	for (; k < p->n; k++) {
		part = &p->part[k];
		switch (part->kind) {
		case PART_START:
			if (i != s->first)
				return (false);
			continue;
		case PART_START_ALL:
			if (i != 0)
				return (false);
			continue;
		case PART_END:
			if (i != end)
				return (false);
			continue;
		case PART_END_ALL:
			if (i != ws->n)
				return (false);
			continue;
		case PART_QUESTION:
			if (!s->question)
				return (false);
			continue;
		case PART_GAP:
			for (gap = 0; gap <= FU_PHRASE_GAP && i + gap <= end;
			    gap++)
				if (match(p, k + 1, ws, i + gap, end, s, last))
					return (true);
			return (false);
		case PART_WORD:
			if (i < end && word_is(part, ws->w[i].text)) {
				if (part->optional &&
				    match(p, k + 1, ws, i + 1, end, s, last))
					return (true);
				if (part->optional)
					continue;
				i++;
				continue;
			}
			if (!part->optional)
				return (false);
			continue;
		}
	}
	*last = i;
	return (true);
}

bool
fu_phrase_at(const struct fu_phrase *phrase, const struct fu_words *words,
    size_t first, size_t *last)
{
	const struct fu_sentence *s;
	const char *text;
	size_t past;
	unsigned bit;

	if (first >= words->n)
		return (false);
	text = words->w[first].text;	/* never empty */
	bit = beginning((unsigned char)text[0], (unsigned char)text[1]);
	if ((phrase->begins[bit / 32] >> bit % 32 & 1) == 0)
		return (false);
	s = &words->sentence[words->w[first].sentence];
	if (!match(phrase, 0, words, first, s->first + s->n, s, &past) ||
	    past == first)
		return (false);
	*last = past - 1;
	return (true);
}

bool
fu_section_find(const struct fu_section *section, const struct fu_words *words,
    size_t from, size_t *first, size_t *last)
{
	size_t i, k;

	for (i = from; section != NULL && i < words->n; i++)
		for (k = 0; k < section->n; k++)
			if (fu_phrase_at(&section->phrase[k], words, i, last)) {
				*first = i;
				return (true);
			}
	return (false);
}

static void
mask(const struct fu_phrase *phrase, size_t n, const struct fu_words *words,
    bool *masked)
{
	size_t i, k, last;

	for (i = 0; i < words->n; i++)
		for (k = 0; k < n; k++)
			if (fu_phrase_at(&phrase[k], words, i, &last))
				memset(masked + i, true, last - i + 1);
}

void
fu_section_mask(const struct fu_section *section, const struct fu_words *words,
    bool *masked)
{
	if (section != NULL)
		mask(section->phrase, section->n, words, masked);
}

bool
fu_section_before(const struct fu_section *section,
    const struct fu_words *words, size_t at, size_t back)
{
	size_t i, k, last;

	for (i = at; section != NULL && i > 0 && at - (i - 1) <= back; i--) {
		if (words->w[i - 1].clause != words->w[at].clause)
			break;
		for (k = 0; k < section->n; k++)
			if (fu_phrase_at(&section->phrase[k], words, i - 1,
			    &last) && last < at)
				return (true);
	}
	return (false);
}

bool
fu_section_in(const struct fu_section *section, const struct fu_words *words,
    size_t sentence)
{
	const struct fu_sentence *s = &words->sentence[sentence];
	size_t first, last;

	return (fu_section_find(section, words, s->first, &first, &last) &&
	    first < s->first + s->n);
}

static bool
untouched(const struct fu_words *words, const bool *masked, size_t first,
    size_t last)
{
	size_t i;

	for (i = first; i <= last; i++)
		if (masked[i] || words->w[i].quoted)
			return (false);
	return (true);
}

bool
fu_section_said(const struct fu_section *section,
    const struct fu_section *negation, const struct fu_words *words,
    const bool *masked, struct fu_arena *arena, size_t *first, size_t *last)
{
	bool *out;
	size_t i, k;

	if (section == NULL || words->n == 0)
		return (false);
	out = fu_alloc_array(arena, words->n, sizeof(*out));
	if (masked != NULL)
		memcpy(out, masked, words->n * sizeof(*out));
	mask(section->except, section->nexcept, words, out);
	for (i = 0; i < words->n; i++)
		for (k = 0; k < section->n; k++) {
			if (!fu_phrase_at(&section->phrase[k], words, i, last))
				continue;
			if (!untouched(words, out, i, *last))
				continue;
			if (!section->literal &&
			    fu_section_before(negation, words, i, 3))
				continue;
			*first = i;
			return (true);
		}
	return (false);
}
