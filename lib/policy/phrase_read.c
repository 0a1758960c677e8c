/*
 * Compile phrase lists: lines of a file into the programs that phrase.c runs.
 *
 * Knows no section by name.  Names stand for what was given before them, so
 * that none can stand for itself.
 */
#include <stdlib.h>
#include <string.h>

#include "policy/phrase_part.h"
#include "policy/spelling.h"

/* Groups within groups: deeper than anybody reads. */
#define DEPTH_MAX 12

static const struct fu_mark {
	const char		*text;
	enum fu_part_kind	 kind;
} marks[] = {
	{ "..", PART_GAP }, { "?", PART_QUESTION }, { "!?", PART_STATEMENT },
	{ "^", PART_START }, { "^^", PART_START_ALL }, { "$", PART_END },
	{ "$$", PART_END_ALL }
};

/* A phrase being made. */
struct maker {
	struct fu_arena		*arena;
	struct fu_arena		*tmp;		/* until the line is read */
	const struct fu_lexicon	*lexicon;	/* or NULL: no names */
	struct fu_phrase	*phrase;
	struct fu_err		*err;
};

/* The alternatives of a group: words of one, and sequences. */
struct branches {
	const char	**word;
	size_t		 nword, wcap;
	struct branch {
		struct fu_str	 text;
		size_t		 names;		/* how many names it may use */
	}		*more;
	size_t		 n, cap;
};

static int sequence(struct maker *, struct fu_str, size_t, int);

static struct fu_phrase_part *
emit(struct maker *m, enum fu_part_kind kind)
{
	struct fu_phrase *p = m->phrase;

	if (p->n == FU_PHRASE_MAX) {
		fu_err_set(m->err, FU_ECONFIG,
		    "a phrase of more than %d parts: make it two lines",
		    FU_PHRASE_MAX);
		return (NULL);
	}
	p->part = fu_grow(m->tmp, p->part, p->n, &p->cap, sizeof(*p->part));
	memset(&p->part[p->n], 0, sizeof(*p->part));
	p->part[p->n].kind = kind;
	return (&p->part[p->n++]);
}

/* The end of the piece at ${i}: a blank or a hyphen outside of brackets. */
static size_t
piece_end(struct fu_str s, size_t i, const char *stops)
{
	int depth = 0;

	for (; i < s.len; i++) {
		if (s.ptr[i] == '{' || s.ptr[i] == '(')
			depth++;
		else if ((s.ptr[i] == '}' || s.ptr[i] == ')') && depth > 0)
			depth--;
		else if (depth == 0 && strchr(stops, s.ptr[i]) != NULL)
			break;
	}
	return (i);
}

/* No group, and no blank within: one word, or one that is cut like a text. */
static bool
single(struct fu_str s)
{
	return (*s.ptr != '(' && *s.ptr != '{' &&
	    piece_end(s, 0, " \t-") == s.len);
}

static const struct fu_mark *
mark_of(struct fu_str s)
{
	size_t i;

	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (fu_str_is(s, marks[i].text))
			return (&marks[i]);
	return (NULL);
}

static const char *
lower(struct fu_arena *arena, struct fu_str s)
{
	char *folded = fu_fold_plain(fu_dup_str(arena, s));
	const char *text = fu_dup(arena, folded);

	free(folded);
	return (text);
}

static void
word_alternative(struct maker *m, struct branches *b, const char *text)
{
	b->word = fu_grow(m->tmp, b->word, b->nword, &b->wcap,
	    sizeof(*b->word));
	b->word[b->nword++] = text;
}

/* What is written in plain small letters, which most are: read at once.  NULL
 * for all else, and what stands for several words. */
static const char *
plain_word(struct maker *m, struct fu_str s)
{
	const char *part[FU_SPELLING_MAX];

	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] < 'a' || s.ptr[i] > 'z')
			return (NULL);
	return (fu_spelling(m->tmp, fu_dup_str(m->tmp, s), part) == 1 ?
	    fu_dup(m->arena, part[0]) : NULL);
}

/* One alternative: a name, a word, or several. */
static int
alternative(struct maker *m, struct branches *b, struct fu_str s, size_t names,
    int depth)
{
	struct fu_words ws;
	struct fu_str part;
	const char *word;
	size_t i, end, k;

	s = fu_str_trim(s);
	if (s.len == 0)
		return (0);
	if (depth > DEPTH_MAX)
		return (fu_err_set(m->err, FU_ECONFIG, "too many brackets"));
	if (*s.ptr == '@' && m->lexicon != NULL && single(s)) {
		/* the latest of that name */
		for (k = names; k > 0; k--)
			if (fu_str_is(s, m->lexicon->macro[k - 1].name))
				break;
		if (k == 0)
			return (fu_err_set(m->err, FU_ECONFIG,
			    "no words are named \"%.*s\"", (int)s.len, s.ptr));
		part = fu_str_of(m->lexicon->macro[k - 1].words);
		for (i = 0; i <= part.len; i = end + 1) {
			end = piece_end(part, i, "|");
			if (alternative(m, b, (struct fu_str){ part.ptr + i,
			    end - i }, k - 1, depth + 1) == -1)
				return (-1);
		}
		return (0);
	}
	if (single(s) && ((s.len > 1 && *s.ptr == '<') ||
	    memchr(s.ptr, '*', s.len) != NULL)) {
		word_alternative(m, b, lower(m->arena, s));
		return (0);
	}
	if (single(s) && (word = plain_word(m, s)) != NULL) {
		word_alternative(m, b, word);
		return (0);
	}
	if (single(s) && mark_of(s) == NULL) {
		fu_words_read(m->tmp, fu_dup_str(m->tmp, s), &ws);
		if (ws.n == 1) {
			word_alternative(m, b, fu_dup(m->arena,
			    ws.w[0].text));
			return (0);
		}
		if (ws.n == 0)
			return (0);	/* punctuation alone */
	}
	b->more = fu_grow(m->tmp, b->more, b->n, &b->cap, sizeof(*b->more));
	b->more[b->n].text = s;
	b->more[b->n++].names = names;
	return (0);
}

static bool
glob(const char *alt)
{
	return (strchr(alt, '*') != NULL ||
	    strcmp(alt, FU_PHRASE_NUMBER) == 0 ||
	    strcmp(alt, FU_PHRASE_NAME) == 0);
}

/* Are all words of ${alt}, which is a pattern, of one class? */
static bool
classed(const char *alt, uint32_t *hash)
{
	if (strcmp(alt, FU_PHRASE_NUMBER) == 0)
		*hash = FU_WORD_NUMBER;	/* or of the east: "3명" */
	else if (*hash % FU_WORD_CLASSES == FU_WORD_EAST)
		*hash = FU_WORD_EAST;
	else
		return (false);
	return (true);
}

/* Patterns first, then words. */
static int
word_part(struct maker *m, const char **word, size_t n)
{
	struct fu_phrase_part *part = emit(m, PART_WORD);
	size_t i, to = 0;

	if (part == NULL)
		return (-1);
	part->alt = fu_alloc_array(m->arena, n, sizeof(*part->alt));
	part->hash = fu_alloc_array(m->arena, n, sizeof(*part->hash));
	part->nalt = n;
	for (i = 0; i < n; i++)
		if (glob(word[i]))
			part->alt[to++] = word[i];
	part->nglob = to;
	for (i = 0; i < n; i++)
		if (!glob(word[i]))
			part->alt[to++] = word[i];
	for (i = 0; i < n; i++) {
		part->hash[i] = fu_word_hash(part->alt[i]);
		if (i < part->nglob && !classed(part->alt[i],
		    &part->hash[i]))
			part->any = true;
		part->begins |= FU_WORD_BIT(part->hash[i]);
		if (part->hash[i] == FU_WORD_NUMBER)	/* "3명" */
			part->begins |= FU_WORD_BIT(FU_WORD_EAST);
	}
	if (part->any)
		part->begins = UINT64_MAX;
	return (0);
}

/* A word that is several: "don't" within a phrase. */
static int
words_of(struct maker *m, struct fu_str s)
{
	struct fu_words ws;
	const char *one;
	size_t i;

	fu_words_read(m->tmp, fu_dup_str(m->tmp, s), &ws);
	for (i = 0; i < ws.n; i++) {
		one = fu_dup(m->arena, ws.w[i].text);
		if (word_part(m, &one, 1) == -1)
			return (-1);
	}
	return (0);
}

/* One branch, whose words are no alternatives any more. */
static int
branch(struct maker *m, const struct branch *b, int depth)
{
	if (single(b->text) && mark_of(b->text) == NULL)
		return (words_of(m, b->text));
	return (sequence(m, b->text, b->names, depth + 1));
}

/* All branches, each a split before it and a jump behind it. */
static int
group(struct maker *m, const struct branches *b, bool optional, int depth)
{
	struct fu_phrase *p = m->phrase;
	size_t i, n = b->n + (b->nword > 0), *jump, split;

	if (n == 0)
		return (0);
	jump = fu_alloc_array(m->tmp, n, sizeof(*jump));
	for (i = 0; i < n; i++) {
		bool last = i + 1 == n && !optional;

		split = p->n;
		if (!last && emit(m, PART_SPLIT) == NULL)
			return (-1);
		if ((i < b->n ? branch(m, &b->more[i], depth) :
		    word_part(m, b->word, b->nword)) == -1)
			return (-1);
		jump[i] = p->n;
		if (!last && emit(m, PART_JUMP) == NULL)
			return (-1);
		if (!last)
			p->part[split].to = (uint32_t)p->n;
	}
	for (i = 0; i < n; i++)
		if (i + 1 < n || optional)
			p->part[jump[i]].to = (uint32_t)p->n;
	return (0);
}

static int
piece(struct maker *m, struct fu_str s, size_t names, int depth)
{
	struct branches b = { .n = 0 };
	bool optional = *s.ptr == '(';
	size_t i, end;

	if (mark_of(s) != NULL)
		return (emit(m, mark_of(s)->kind) == NULL ? -1 : 0);
	if (optional || *s.ptr == '{') {
		if (s.len < 2 || s.ptr[s.len - 1] != (optional ? ')' : '}'))
			return (fu_err_set(m->err, FU_ECONFIG,
			    "\"%.*s\": a bracket that is not closed",
			    (int)s.len, s.ptr));
		s.ptr++;
		s.len -= 2;
	}
	for (i = 0; i <= s.len; i = end + 1) {
		end = piece_end(s, i, "|");
		if (alternative(m, &b, (struct fu_str){ s.ptr + i, end - i },
		    names, depth) == -1)
			return (-1);
	}
	return (group(m, &b, optional, depth));
}

/* Pieces one after the other.  A hyphen parts words, as in what people write:
 * "opt-out". */
static int
sequence(struct maker *m, struct fu_str s, size_t names, int depth)
{
	size_t i = 0, end;

	if (depth > DEPTH_MAX)
		return (fu_err_set(m->err, FU_ECONFIG, "too many brackets"));
	while (i < s.len) {
		if (strchr(" \t-", s.ptr[i]) != NULL) {
			i++;
			continue;
		}
		end = piece_end(s, i, " \t-");
		if (piece(m, (struct fu_str){ s.ptr + i, end - i }, names,
		    depth) == -1)
			return (-1);
		i = end;
	}
	return (0);
}

int
fu_section_add(struct fu_arena *arena, const struct fu_lexicon *lexicon,
    struct fu_section *section, const char *line, struct fu_err *err)
{
	bool except = *line == '!' && line[1] != '?';
	struct fu_phrase phrase = { .n = 0 };
	struct fu_phrase_part *part;
	struct fu_arena tmp;
	struct maker m = { arena, &tmp, lexicon, &phrase, err };
	int rc;

	fu_arena_init(&tmp);
	rc = sequence(&m, fu_str_of(line + (except ? 1 : 0)),
	    lexicon != NULL ? lexicon->nmacro : 0, 0);
	if (rc == 0 && phrase.n > 0) {
		part = fu_alloc_array(arena, phrase.n, sizeof(*part));
		memcpy(part, phrase.part, phrase.n * sizeof(*part));
		phrase.part = part;
	}
	if (rc == 0 && phrase.n > 0)
		fu_phrase_note(&phrase, &tmp);
	fu_arena_free(&tmp);
	if (rc == -1 || phrase.n == 0)
		return (rc);
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

/* "[opt_out literal own]": the section, with what is said behind its name. */
static struct fu_section *
section_open(struct fu_arena *arena, struct fu_lexicon *lexicon,
    struct fu_str head)
{
	struct fu_section *s = NULL;
	struct fu_str word;
	size_t i, end;

	for (i = 0; i < head.len; i = end + 1) {
		for (end = i; end < head.len && head.ptr[end] != ' '; end++)
			;
		word = (struct fu_str){ head.ptr + i, end - i };
		if (i == 0) {
			s = (struct fu_section *)fu_lexicon_find(lexicon,
			    fu_dup_str(arena, word));
			if (s == NULL) {
				lexicon->section = fu_grow(arena,
				    lexicon->section, lexicon->n,
				    &lexicon->cap, sizeof(*s));
				lexicon->named = fu_grow(arena,
				    lexicon->named, lexicon->n,
				    &lexicon->ncap, sizeof(*lexicon->named));
				s = &lexicon->section[lexicon->n];
				memset(s, 0, sizeof(*s));
				s->name = fu_dup_str(arena, word);
				lexicon->named[lexicon->n++] =
				    fu_word_hash(s->name);
			}
		} else if (fu_str_is(word, "literal"))
			s->literal = true;
		else if (fu_str_is(word, "own"))
			s->own = true;
		else if (fu_str_is(word, "mine"))
			s->mine = true;
	}
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
			section = line.len < 3 ? NULL : section_open(arena,
			    lexicon, (struct fu_str){ line.ptr + 1,
				line.len - 2 });
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
	uint32_t hash = fu_word_hash(name);
	size_t i;

	for (i = 0; i < lexicon->n; i++)
		if (lexicon->named[i] == hash &&
		    strcmp(lexicon->section[i].name, name) == 0)
			return (&lexicon->section[i]);
	return (NULL);
}
