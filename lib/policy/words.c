/*
 * Cut a text into folded words, clauses and sentences.
 *
 * Knows no phrase and no language beyond what is a letter; must never read
 * behind the end of malformed text.
 */
#include <stdlib.h>
#include <string.h>

#include "policy/spelling.h"
#include "policy/words.h"

/* How far a negation reaches, in words of its clause. */
#define NEGATION_BEFORE	3
#define NEGATION_BEHIND	2

/* A quotation longer than this is a stray mark. */
#define QUOTE_MAX	400

enum mark { BLANK, LETTER, APOSTROPHE, IGNORED, QUOTE, STOP, CLAUSE, OTHER };

/* What is no letter above ASCII: blanks, punctuation, symbols, emoji. */
static const struct {
	uint32_t	 from, to;
	enum mark	 mark;
} marks[] = {
	{ 0x0080, 0x009f, OTHER }, { 0x00a0, 0x00a0, BLANK },
	{ 0x00a1, 0x00a9, OTHER }, { 0x00ab, 0x00ab, QUOTE },
	{ 0x00ac, 0x00ac, OTHER }, { 0x00ad, 0x00ad, IGNORED },
	{ 0x00ae, 0x00b1, OTHER }, { 0x00b4, 0x00b4, APOSTROPHE },
	{ 0x00b6, 0x00b8, OTHER }, { 0x00bb, 0x00bb, QUOTE },
	{ 0x00bf, 0x00bf, OTHER }, { 0x00d7, 0x00d7, OTHER },
	{ 0x00f7, 0x00f7, OTHER }, { 0x034f, 0x034f, IGNORED },
	{ 0x1680, 0x1680, BLANK }, { 0x2000, 0x200a, BLANK },
	{ 0x200b, 0x200f, IGNORED }, { 0x2010, 0x2015, CLAUSE },
	{ 0x2018, 0x201b, APOSTROPHE }, { 0x201c, 0x201f, QUOTE },
	{ 0x2026, 0x2026, STOP }, { 0x2028, 0x2029, STOP },
	{ 0x202a, 0x202e, IGNORED }, { 0x202f, 0x202f, BLANK },
	{ 0x2020, 0x205e, OTHER }, { 0x205f, 0x205f, BLANK },
	{ 0x2060, 0x206f, IGNORED }, { 0x20a0, 0x20cf, OTHER },
	{ 0x2190, 0x245f, OTHER }, { 0x2500, 0x2bff, OTHER },
	{ 0x3000, 0x3000, BLANK }, { 0x3001, 0x3001, CLAUSE },
	{ 0x3002, 0x3002, STOP }, { 0x3003, 0x3004, OTHER },
	{ 0x3008, 0x3011, QUOTE }, { 0x3012, 0x3030, OTHER },
	{ 0xe000, 0xf8ff, OTHER }, { 0xfe00, 0xfe0f, IGNORED },
	{ 0xfe10, 0xfe6f, OTHER }, { 0xfeff, 0xfeff, IGNORED },
	{ 0xff01, 0xff01, STOP }, { 0xff0c, 0xff0c, CLAUSE },
	{ 0xff0e, 0xff0e, STOP }, { 0xff1f, 0xff1f, STOP },
	{ 0xff02, 0xff0f, OTHER }, { 0xff1a, 0xff20, OTHER },
	{ 0xff3b, 0xff40, OTHER }, { 0xff5b, 0xff65, OTHER },
	{ 0xffe0, 0xffff, OTHER }, { 0x1f000, 0x1faff, OTHER },
	{ 0xe0000, 0x10ffff, IGNORED }
};

uint32_t
fu_word_hash(const char *text)
{
	uint32_t hash = 2166136261u, class;
	const char *s;
	bool east = false;

	for (s = text; *s != '\0'; s++) {
		hash = (hash ^ (unsigned char)*s) * 16777619u;
		east = east || (unsigned char)*s >= 0xe3;
	}
	class = (hash ^ hash >> 15) % FU_WORD_NUMBER;
	if (east)
		class = FU_WORD_EAST;
	else if (*text >= '0' && *text <= '9')
		class = FU_WORD_NUMBER;
	return ((hash & ~(uint32_t)(FU_WORD_CLASSES - 1)) | class);
}

static bool
digit(char c)
{
	return (c >= '0' && c <= '9');
}

static bool
letter(char c)
{
	return ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || digit(c) ||
	    (unsigned char)c >= 0x80);
}

/* The mark at ${s}, its length in ${len}; malformed bytes are OTHER. */
static enum mark
mark_of(const char *s, size_t avail, size_t *len)
{
	uint32_t cp;
	size_t i;

	*len = 1;
	if ((unsigned char)*s < 0x80) {
		if (letter(*s))
			return (LETTER);
		switch (*s) {
		case ' ': case '\t': case '\n': case '\r':
			return (BLANK);
		case '\'': case '`':
			return (APOSTROPHE);
		case '"':
			return (QUOTE);
		case '.': case '!': case '?':
			return (STOP);
		case ',': case ';': case ':': case '(': case ')':
		case '[': case ']':
			return (CLAUSE);
		default:
			return (OTHER);
		}
	}
	if (fu_utf8_len(s, avail) == 0)
		return (OTHER);
	*len = fu_utf8_next(s, &cp);
	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (cp >= marks[i].from && cp <= marks[i].to)
			return (marks[i].mark);
	return (LETTER);
}

/* Bytes of the address or link that begins at ${s}, or 0. */
static size_t
one_word(const char *s, const char **text)
{
	size_t i, at = 0, dot = 0;

	for (i = 0; s[i] != '\0' && strchr(" \t\r\n,;<>()\"", s[i]) == NULL;
	    i++) {
		if (s[i] == '@' && i > 0)
			at = i;
		else if (s[i] == '.' && at > 0 && letter(s[i + 1]))
			dot = i;
	}
	while (i > 0 && strchr(".!?:'", s[i - 1]) != NULL)
		i--;
	if (at > 0 && dot > at + 1 && dot < i) {
		*text = FU_WORD_EMAIL;
		return (i);
	}
	if (strncasecmp(s, "http://", 7) == 0 ||
	    strncasecmp(s, "https://", 8) == 0 ||
	    strncasecmp(s, "www.", 4) == 0) {
		*text = FU_WORD_URL;
		return (i);
	}
	return (0);
}

/* A word of the source, folded, each of its apostrophes as one of ASCII. */
static const char *
folded(struct fu_arena *arena, const char *s, size_t len)
{
	char *copy = fu_alloc(arena, len + 1), *fold;
	const char *out;
	size_t i, n, step;
	bool ascii = true;

	for (i = n = 0; i < len; i += step) {
		enum mark m = mark_of(s + i, len - i, &step);

		if (m == IGNORED)
			continue;
		if (m == APOSTROPHE) {
			copy[n++] = '\'';
			continue;
		}
		if ((unsigned char)s[i] >= 0x80)
			ascii = false;
		memcpy(copy + n, s + i, step);
		n += step;
	}
	copy[n] = '\0';
	if (!ascii) {
		fold = fu_fold_plain(copy);
		out = fu_dup(arena, fold);
		free(fold);
		return (out);
	}
	for (i = 0; i < n; i++)
		if (copy[i] >= 'A' && copy[i] <= 'Z')
			copy[i] += 'a' - 'A';
	return (copy);
}

/* End of the quotation whose mark at ${s} is ${len} bytes long, or 0. */
static size_t
quotation(const char *s, size_t len, bool apostrophe)
{
	size_t i, step;
	enum mark m;

	for (i = len; s[i] != '\0' && s[i] != '\n' && i < QUOTE_MAX;
	    i += step) {
		/* What is cut off within a letter has no end. */
		step = fu_utf8_len(s + i, strnlen(s + i, 4));
		if (step == 0)
			return (0);
		m = mark_of(s + i, step, &step);
		if (!apostrophe && m == QUOTE)
			return (i);
		if (apostrophe && m == APOSTROPHE && !letter(s[i + step]))
			return (i);
	}
	return (0);
}

struct cutter {
	struct fu_arena	*arena;
	struct fu_words	*words;
	size_t		 cap, scap;
	uint32_t	 clause, line;
	bool		 open;		/* a sentence is under way */
	size_t		 quote_end;
};

static void
end_sentence(struct cutter *c, size_t off, bool question)
{
	struct fu_sentence *s;

	if (!c->open)
		return;
	s = &c->words->sentence[c->words->nsentence - 1];
	s->end = off;
	s->question = question;
	c->open = false;
	c->clause++;
}

/* ${more}: not the first word of those that one of the source stands for. */
static void
add(struct cutter *c, size_t off, size_t len, const char *text, bool more)
{
	struct fu_words *ws = c->words;
	struct fu_sentence *s;
	struct fu_word *w;

	if (*text == '\0')
		return;
	if (!c->open) {
		ws->sentence = fu_grow(c->arena, ws->sentence, ws->nsentence,
		    &c->scap, sizeof(*ws->sentence));
		s = &ws->sentence[ws->nsentence++];
		s->first = ws->n;
		s->n = 0;
		memset(&s->classes, 0, sizeof(s->classes));
		s->off = off;
		c->open = true;
	}
	s = &ws->sentence[ws->nsentence - 1];
	s->n++;
	s->end = off + len;
	ws->w = fu_grow(c->arena, ws->w, ws->n, &c->cap, sizeof(*ws->w));
	w = &ws->w[ws->n++];
	w->text = text;
	w->hash = fu_word_hash(text);
	s->classes.bit[w->hash % FU_WORD_CLASSES / 64] |=
	    FU_WORD_BIT(w->hash);
	w->off = off;
	w->len = len;
	w->sentence = (uint32_t)(ws->nsentence - 1);
	w->clause = c->clause;
	w->line = c->line;
	w->capital = !more && ws->source[off] >= 'A' && ws->source[off] <= 'Z';
	w->quoted = off < c->quote_end;
}

static void
add_spelled(struct cutter *c, size_t off, size_t len)
{
	const char *part[FU_SPELLING_MAX];
	size_t i, n;

	n = fu_spelling(c->arena, folded(c->arena, c->words->source + off, len),
	    part);
	for (i = 0; i < n; i++)
		add(c, off, len, part[i], i > 0);
}

/* Length of the word of letters at ${s}. */
static size_t
word_len(const char *s, size_t avail)
{
	size_t i = 0, step, ahead;
	enum mark m;

	while (i < avail) {
		m = mark_of(s + i, avail - i, &step);
		if (m == LETTER || (m == IGNORED && i > 0)) {
			i += step;
			continue;
		}
		/* "don't", "1,100", "2.5", "25'000" */
		if (i == 0 || i + step >= avail)
			break;
		if (m == APOSTROPHE &&
		    mark_of(s + i + step, avail - i - step, &ahead) == LETTER) {
			i += step + ahead;
			continue;
		}
		if ((s[i] == '.' || s[i] == ',') && digit(s[i - 1]) &&
		    digit(s[i + 1])) {
			i += 2;
			continue;
		}
		break;
	}
	return (i);
}

static bool
begins_line(const char *text, size_t i)
{
	while (i > 0 && (text[i - 1] == ' ' || text[i - 1] == '\t' ||
	    text[i - 1] == '>'))
		i--;
	return (i == 0 || text[i - 1] == '\n');
}

/* "$30k/year", "12/mo", but no date ("11/Nov") and no quarter ("2026/Q1"). */
static bool
stroke_is_per(const struct fu_words *ws, const char *behind)
{
	const struct fu_word *w = ws->n == 0 ? NULL : &ws->w[ws->n - 1];
	const char *sign;
	size_t i;

	for (i = 0; (behind[i] | 0x20) >= 'a' && (behind[i] | 0x20) <= 'z'; i++)
		continue;
	if (w == NULL || !digit(w->text[0]) || i < 2 || digit(behind[i]))
		return (false);
	sign = ws->source + w->off;
	return (w->len > 2 || !digit(sign[w->len - 1]) ||
	    (w->off > 0 && strchr(" \t\n", sign[-1]) == NULL));
}

static bool
among(const char *const *list, size_t n, const char *text, bool prefix)
{
	for (size_t i = 0; i < n; i++)
		if (prefix ? strncasecmp(text, list[i], strlen(list[i])) == 0 :
		    strcasecmp(text, list[i]) == 0)
			return (true);
	return (false);
}

/*
 * A full stop behind ${w} that ends no sentence, before what ${next} begins
 * with: "30 Tsd. Euro", "ca. 20.000", "1. April", "am 15.3. sein".
 */
static bool
abbreviates(const struct fu_word *w, const char *next)
{
	static const char *const thousands[] = { "tsd", "mio", "mrd" };
	static const char *const money[] = { "eur", "chf", "usd", "gbp",
		"franken", "dollar", "pfund", "$", "\xe2\x82\xac",
		"\xc2\xa3" };
	static const char *const about[] = { "ca", "approx", "max", "min" };
	static const char *const counted[] = { "jan", "feb", "m\xc3\xa4r",
		"mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov",
		"dez", "quartal", "halbjahr", "kalenderwoche" };
	const char *dot = strchr(w->text, '.');

	if (*next != ' ')
		return (false);
	next++;
	if (!digit(w->text[0]))
		return ((among(thousands, 3, w->text, false) &&
		    among(money, sizeof(money) / sizeof(money[0]), next,
		    true)) || (among(about, 4, w->text, false) &&
		    digit(*next)));
	if (dot != NULL)	/* a day and a month */
		return (strlen(w->text) <= 5 && *next >= 'a' && *next <= 'z');
	return (strlen(w->text) <= 2 && among(counted, sizeof(counted) /
	    sizeof(counted[0]), next, true));
}

void
fu_words_read(struct fu_arena *arena, const char *text, struct fu_words *words)
{
	struct cutter c = { .arena = arena, .words = words };
	size_t i = 0, step, len, end, total = strlen(text);
	const char *whole;
	bool fresh = true;	/* a blank or a mark stands before */

	memset(words, 0, sizeof(*words));
	words->source = text;
	while (i < total && words->n < FU_WORDS_MAX) {
		if (fresh && (len = one_word(text + i, &whole)) > 0) {
			add(&c, i, len, whole, false);
			i += len;
			continue;
		}
		switch (mark_of(text + i, total - i, &step)) {
		case LETTER:
			len = word_len(text + i, total - i);
			add_spelled(&c, i, len);
			i += len;
			fresh = false;
			continue;
		case STOP:
			/* "S.T.O.P", "3.5": no end within a word */
			if (text[i] == '.' && !fresh && words->n > 0 &&
			    abbreviates(&words->w[words->n - 1], text + i + 1))
				break;
			if (text[i] != '.' || !letter(text[i + 1]))
				end_sentence(&c, i + step,
				    strncmp(text + i, "?", 1) == 0 ||
				    strncmp(text + i, "\xef\xbc\x9f", 3) == 0);
			break;
		case CLAUSE:
			c.clause++;
			break;
		case QUOTE:
			if (i >= c.quote_end &&
			    (end = quotation(text + i, step, false)) > 0)
				c.quote_end = i + end;
			break;
		case APOSTROPHE:
			if (fresh && i >= c.quote_end &&
			    (end = quotation(text + i, step, true)) > 0)
				c.quote_end = i + end;
			break;
		case BLANK:
			if (text[i] == '\n') {
				end_sentence(&c, i, false);
				c.line++;
			}
			break;
		case OTHER:
			/* "> What does it cost?": a line of somebody else's */
			if (text[i] == '>' && begins_line(text, i))
				c.quote_end = i + strcspn(text + i, "\n");
			if (text[i] == '-' && fresh && text[i + 1] == ' ')
				c.clause++;
			if (text[i] == '/' && !fresh && stroke_is_per(words,
			    text + i + 1))
				add(&c, i, 1, "per", true);
			/* an emoji ends what is said, as a stop would */
			if ((unsigned char)text[i] >= 0xf0)
				end_sentence(&c, i, false);
			break;
		case IGNORED:
			break;
		}
		fresh = true;
		i += step;
	}
	end_sentence(&c, i, false);
}

const char *
fu_words_span(struct fu_arena *arena, const struct fu_words *words,
    size_t first, size_t last)
{
	size_t off = words->w[first].off;
	struct fu_str s = { words->source + off,
		words->w[last].off + words->w[last].len - off };

	return (fu_dup_str(arena, s));
}

bool
fu_negated(const struct fu_words *ws, size_t first, size_t last)
{
	const struct fu_word *w = ws->w;
	size_t i;

	for (i = 1; i <= NEGATION_BEFORE && i <= first &&
	    w[first - i].clause == w[first].clause; i++)
		if (w[first - i].negates)
			return (true);
	for (i = 1; i <= NEGATION_BEHIND && last + i < ws->n &&
	    w[last + i].clause == w[last].clause; i++)
		if (w[last + i].negates_back)
			return (true);
	return (false);
}
