/*
 * The check of what a language model wrote.
 *
 * Must never mend: a text is taken as it is, but for its marks and blanks, or
 * refused whole.
 */
#include <ctype.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "content/noise.h"
#include "content/passage.h"
#include "content/phrased.h"

#define MARKS_MAX     32 /* of a text */
#define SENTENCES_MAX 32

/* A sentence shares so much of its terms with what it cites: two fifths, and
 * two of them. */
#define SHARED_OF(n) (((n)*2 + 4) / 5)
#define SHARED_LEAST 2

struct mark {
	size_t at;     /* bytes of the text that stand before it */
	size_t source; /* from 0 */
};

struct check {
	const struct fu_phrased_in *in;
	struct fu_terms *terms;
	struct fu_arena *arena;
	enum fu_tongue tongue; /* words are read as */
	enum fu_tongue asked;  /* NONE: any */
	const char *text;      /* without marks */
	struct mark mark[MARKS_MAX];
	size_t nmark;
	struct fu_term_run *source; /* terms of each, once */
	struct fu_term_run known;   /* of all there is */
	struct fu_list all;	    /* folded */
	struct fu_phrased *out;
};

static bool
refuse(struct check *ck, const char *reason, const char *detail)
{
	ck->out->reason = reason;
	ck->out->detail = detail;
	return (false);
}

/* "[1]", "[1, 3]" at ${s}: its sources; how many bytes, 0 when it is none. */
static size_t
take_mark(struct check *ck, const char *s, size_t at)
{
	size_t n = 1, value;

	for (;;) {
		while (s[n] == ' ')
			n++;
		if (!isdigit((unsigned char)s[n]))
			return (0);
		for (value = 0; isdigit((unsigned char)s[n]); n++)
			value = value > 1000
				    ? value
				    : value * 10 + (size_t)(s[n] - '0');
		if (value < 1 || value > ck->in->source.n ||
		    ck->nmark == MARKS_MAX)
			return (0);
		ck->mark[ck->nmark++] = (struct mark){at, value - 1};
		while (s[n] == ' ')
			n++;
		if (s[n] == ']')
			return (n + 1);
		if (s[n++] != ',')
			return (0);
	}
}

/*
 * The text on one line, without its marks; a mark belongs to the sentence that
 * it stands in, or right behind.
 */
static bool
strip_marks(struct check *ck, const char *text)
{
	struct fu_buf buf;
	size_t len;
	bool ok = true;

	fu_buf_init(&buf);
	for (const char *s = text; ok && *s != '\0'; s += len) {
		len = 1;
		if (*s == '[') {
			while (buf.len > 0 && buf.ptr[buf.len - 1] == ' ')
				fu_buf_cut(&buf, buf.len - 1);
			len = take_mark(ck, s, buf.len);
			ok = len > 0;
			if (ok && s[len] != '\0' &&
			    strchr(" .,;:!?\n)[", s[len]) == NULL)
				fu_buf_putc(&buf, ' ');
			if (!ok)
				refuse(ck, "no_source",
				    fu_dup_str(ck->arena,
					(struct fu_str){s,
					    strcspn(s, "]\n") < 8
						? strcspn(s, "]\n") +
						      (s[strcspn(s, "]\n")] ==
							  ']')
						: 1}));
		} else if (*s == ']')
			ok = refuse(ck, "markup", "]");
		else if (strchr(" \t\n", *s) == NULL)
			fu_buf_putc(&buf, *s);
		else if (buf.len > 0 && buf.ptr[buf.len - 1] != ' ')
			fu_buf_putc(&buf, ' ');
	}
	while (buf.len > 0 && buf.ptr[buf.len - 1] == ' ')
		fu_buf_cut(&buf, buf.len - 1);
	ck->text = fu_dup_str(ck->arena, fu_buf_view(&buf));
	fu_buf_free(&buf);
	return (ok);
}

/* Quotation marks around all of it, as some write what they were asked for. */
static const char *
unwrap(const char *text, struct fu_arena *arena)
{
	struct fu_str s = fu_str_trim(fu_str_of(text));

	if (s.len > 2 && s.ptr[0] == '"' && s.ptr[s.len - 1] == '"' &&
	    memchr(s.ptr + 1, '"', s.len - 2) == NULL) {
		s.ptr++;
		s.len -= 2;
	}
	return (fu_dup_str(arena, fu_str_trim(s)));
}

static bool
check_length(struct check *ck)
{
	const struct fu_phrased_limits *l = &ck->in->limits;
	struct fu_str rest = fu_str_of(ck->text);
	int n = 0;
	const char *last;

	while (rest.len > 0) {
		size_t end = fu_sentence_end(rest);

		rest.ptr += end;
		rest.len -= end;
		n++;
	}
	if (n > SENTENCES_MAX || (l->sentences > 0 && n > l->sentences))
		return (refuse(
		    ck, "length", fu_printf(ck->arena, "%d sentences", n)));
	n = (int)fu_words_count(fu_str_of(ck->text));
	if (l->words > 0 && n > l->words)
		return (
		    refuse(ck, "length", fu_printf(ck->arena, "%d words", n)));
	n = (int)g_utf8_strlen(ck->text, -1);
	if (l->chars > 0 && n > l->chars)
		return (refuse(
		    ck, "length", fu_printf(ck->arena, "%d characters", n)));
	last = g_utf8_prev_char(ck->text + strlen(ck->text));
	if (strchr("\"')", *last) != NULL && last > ck->text)
		last = g_utf8_prev_char(last);
	if (strchr(".!?", *last) == NULL && strncmp(last, "…", 3) != 0 &&
	    strncmp(last, "。", 3) != 0)
		return (refuse(ck, "unfinished", NULL));
	return (true);
}

/* A dot between letters, an at sign, a scheme: something to click on. */
static bool
is_link(struct fu_str word)
{
	if (memchr(word.ptr, '@', word.len) != NULL ||
	    memmem(word.ptr, word.len, "://", 3) != NULL ||
	    memchr(word.ptr, '/', word.len) != NULL ||
	    (word.len > 4 && strncasecmp(word.ptr, "www.", 4) == 0))
		return (true);
	for (size_t i = 1; i + 2 < word.len; i++)
		if (word.ptr[i] == '.' &&
		    (g_ascii_isalnum(word.ptr[i - 1]) ||
			(unsigned char)word.ptr[i - 1] >= 0x80) &&
		    (g_ascii_isalpha(word.ptr[i + 1]) ||
			(unsigned char)word.ptr[i + 1] >= 0x80))
			return (true);
	return (false);
}

/* Does a source have the word, as it stands, between others? */
static bool
is_in_source(const struct check *ck, struct fu_str word)
{
	for (size_t i = 0; i < ck->in->source.n; i++) {
		const char *at = ck->in->source.item[i];

		while ((at = strstr(at, fu_dup_str(ck->arena, word))) != NULL) {
			const char *end = at + word.len;

			if ((at == ck->in->source.item[i] ||
				strchr(" \n(\"", at[-1]) != NULL) &&
			    (*end == '\0' ||
				strchr(" \n)\".,;!?", *end) != NULL))
				return (true);
			at++;
		}
	}
	return (false);
}

static bool
check_links(struct check *ck)
{
	struct fu_str word;

	for (const char *s = ck->text; *s != '\0'; s += word.len) {
		s += strspn(s, " ");
		word = (struct fu_str){s, strcspn(s, " ")};
		struct fu_str bare = word;

		while (bare.len > 0 &&
		       strchr(".,;:!?\"')", bare.ptr[bare.len - 1]) != NULL)
			bare.len--;
		while (bare.len > 0 && strchr("\"'(", bare.ptr[0]) != NULL) {
			bare.ptr++;
			bare.len--;
		}
		if (is_link(bare) && !is_in_source(ck, bare))
			return (
			    refuse(ck, "link", fu_dup_str(ck->arena, bare)));
	}
	return (true);
}

static bool
check_phrases(struct check *ck)
{
	const struct fu_phrased_in *in = ck->in;
	struct fu_list one = {NULL, 1};
	const char *phrase;
	bool ours;

	if ((phrase = fu_noise_find(in->noise, ck->text)) != NULL)
		return (refuse(ck, "noise", phrase));
	for (size_t i = 0; in->promises != NULL && i < in->promises->n; i++) {
		one.item = &in->promises->item[i];
		if (fu_noise_find(&one, ck->text) == NULL)
			continue;
		ours = false;
		for (size_t k = 0; k < in->source.n; k++)
			ours = ours ||
			       fu_noise_find(&one, in->source.item[k]) != NULL;
		if (!ours)
			return (refuse(ck, "promise", one.item[0]));
	}
	return (true);
}

static char *
fold(const struct check *ck, const char *text)
{
	char *folded = fu_fold_plain(text), *copy;

	copy = fu_dup(ck->arena, folded);
	free(folded);
	return (copy);
}

static int
by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x < y ? -1 : x > y);
}

static bool
has_term(const struct fu_term_run *run, uint32_t term)
{
	return (run->n > 0 && bsearch(&term, run->term, run->n,
				  sizeof(*run->term), by_number) != NULL);
}

static bool
has_upper(struct fu_str word)
{
	uint32_t cp;

	for (size_t i = 0, len; i < word.len; i += len) {
		if ((len = fu_utf8_next(word.ptr + i, &cp)) == 0)
			break;
		if (g_unichar_isupper(cp) || g_unichar_istitle(cp))
			return (true);
	}
	return (false);
}

/* A word that begins a sentence and is nobody's name. */
static bool
is_opener(const struct check *ck, struct fu_str word)
{
	static const char *const openers[] = {"according", "already", "based",
	    "companies", "customers", "even", "given", "instead", "like",
	    "many", "moving", "now", "often", "one", "people", "several",
	    "starting", "switching", "teams", "thanks", "today", "unlike",
	    "using", "usually"};
	const char *before = word.ptr;

	while (before > ck->text && strchr(" \"'(", before[-1]) != NULL)
		before--;
	if (before > ck->text && strchr(".!?", before[-1]) == NULL)
		return (false);
	for (size_t i = 0; i < sizeof(openers) / sizeof(*openers); i++)
		if (fu_str_is(
			word, fu_printf(ck->arena, "%c%s",
				  openers[i][0] - 'a' + 'A', openers[i] + 1)))
			return (true);
	return (false);
}

/* What has a capital is a stop word, or stands somewhere. */
static bool
check_names(struct check *ck)
{
	struct fu_str text = fu_str_of(ck->text), word;
	size_t at = 0, pos;
	uint32_t term;

	while (fu_word_next(text, &at, &word)) {
		if (!has_upper(word) || is_opener(ck, word))
			continue;
		pos = 0;
		if (!fu_terms_next(ck->terms, word, &pos, ck->tongue, &term) ||
		    term == FU_TERM_STOPPED || has_term(&ck->known, term))
			continue;
		return (refuse(ck, "name", fu_dup_str(ck->arena, word)));
	}
	return (true);
}

/* Does that sentence cite the source? */
static bool
cites(const struct check *ck, struct fu_str sentence, size_t source)
{
	size_t from = (size_t)(sentence.ptr - ck->text);

	for (size_t m = 0; m < ck->nmark; m++)
		if (ck->mark[m].source == source && ck->mark[m].at > from &&
		    ck->mark[m].at <= from + sentence.len)
			return (true);
	return (false);
}

/* What it cites has the figure; or they said it, when it is no price: a price
 * that they named is none of ours. */
static bool
check_figures(struct check *ck, struct fu_str sentence)
{
	struct fu_figure *said, *has;
	const char *folded = fold(ck, fu_dup_str(ck->arena, sentence));
	size_t n = fu_figures_of(folded, ck->arena, &said), m;
	bool found;

	for (size_t i = 0; i < n; i++) {
		found = false;
		for (size_t k = 0; k < ck->all.n && !found; k++) {
			if (k < ck->in->source.n ? !cites(ck, sentence, k)
						 : said[i].unit != 0)
				continue;
			m = fu_figures_of(ck->all.item[k], ck->arena, &has);
			for (size_t j = 0; j < m && !found; j++)
				found = fu_figure_same(&said[i], &has[j]);
		}
		if (!found)
			return (refuse(ck, "figure",
			    fu_dup_str(
				ck->arena, (struct fu_str){folded + said[i].at,
					       said[i].len})));
	}
	return (true);
}

/* Has it enough of what it cites?  Numbers were looked at already, however
 * they are written. */
static bool
is_founded(struct check *ck, struct fu_str sentence)
{
	struct fu_term_run run = {NULL, 0, 0};
	size_t shared = 0, n = 0, k;

	fu_terms_read(ck->terms, sentence, ck->tongue, &run);
	fu_term_run_once(&run);
	for (size_t i = 0; i < run.n; i++) {
		if (isdigit(
			(unsigned char)*fu_terms_text(ck->terms, run.term[i])))
			continue;
		for (k = 0; k < ck->in->source.n; k++)
			if (cites(ck, sentence, k) &&
			    has_term(&ck->source[k], run.term[i]))
				break;
		shared += k < ck->in->source.n;
		n++;
	}
	fu_term_run_free(&run);
	return (shared >= SHARED_LEAST && shared >= SHARED_OF(n));
}

static bool
check_sentence(struct check *ck, struct fu_str sentence)
{
	bool any = false;

	for (size_t k = 0; k < ck->in->source.n; k++)
		any = any || cites(ck, sentence, k);
	if (!any)
		return (refuse(ck, "no_source",
		    fu_dup_str(ck->arena, fu_str_trim(sentence))));
	if (!check_figures(ck, sentence))
		return (false);
	return (is_founded(ck, sentence) ||
		refuse(ck, "unfounded",
		    fu_dup_str(ck->arena, fu_str_trim(sentence))));
}

static bool
check_sentences(struct check *ck)
{
	struct fu_str rest = fu_str_of(ck->text);

	while (rest.len > 0) {
		size_t end = fu_sentence_end(rest);

		if (!check_sentence(ck, (struct fu_str){rest.ptr, end}))
			return (false);
		rest.ptr += end;
		rest.len -= end;
	}
	return (true);
}

static bool
check_language(struct check *ck)
{
	enum fu_tongue got = fu_terms_guess(ck->terms, fu_str_of(ck->text));

	return (got == FU_TONGUE_NONE || ck->asked == FU_TONGUE_NONE ||
		got == ck->asked ||
		refuse(ck, "language", fu_tongue_name(got)));
}

static void
add_source(struct check *ck, const char *text, struct fu_term_run *run)
{
	fu_terms_read(ck->terms, fu_str_of(text), ck->tongue, run);
	fu_term_run_add(&ck->known, run->term, run->n);
	fu_term_run_once(run);
	ck->all.item[ck->all.n++] = fold(ck, text);
}

/* What is known: the sources first, as they are numbered. */
static void
read_sources(struct check *ck)
{
	const struct fu_phrased_in *in = ck->in;
	struct fu_term_run run = {NULL, 0, 0};

	ck->asked = fu_tongue_find(in->language);
	if (in->language == NULL && in->source.n > 0)
		ck->asked =
		    fu_terms_guess(ck->terms, fu_str_of(in->source.item[0]));
	ck->tongue = ck->asked == FU_TONGUE_NONE ? FU_TONGUE_EN : ck->asked;
	ck->source =
	    fu_alloc_array(ck->arena, in->source.n + 1, sizeof(*ck->source));
	ck->all.item = fu_alloc_array(
	    ck->arena, in->source.n + in->history.n + 1, sizeof(*ck->all.item));
	for (size_t i = 0; i < in->source.n; i++)
		add_source(ck, in->source.item[i], &ck->source[i]);
	for (size_t i = 0; i < in->history.n; i++) {
		run.n = 0;
		add_source(ck, in->history.item[i], &run);
	}
	for (size_t i = 0; i < in->names.n; i++)
		fu_terms_read(ck->terms, fu_str_of(in->names.item[i]),
		    ck->tongue, &ck->known);
	fu_term_run_once(&ck->known);
	fu_term_run_free(&run);
}

static bool
check(struct check *ck)
{
	const char *text = ck->in->text, *detail;

	if (strlen(text) > FU_PHRASED_BYTES)
		return (refuse(ck, "length",
		    fu_printf(ck->arena, "%zu bytes", strlen(text))));
	text = unwrap(text, ck->arena);
	if (fu_blank(text))
		return (refuse(ck, "empty", NULL));
	if ((detail = fu_phrased_odd(text, ck->arena)) != NULL)
		return (refuse(ck, "markup", detail));
	if (!strip_marks(ck, text))
		return (false);
	if (fu_blank(ck->text))
		return (refuse(ck, "empty", NULL));
	if (!check_length(ck))
		return (false);
	if ((detail = fu_phrased_greeting(ck->text)) != NULL)
		return (refuse(ck, "greeting", detail));
	read_sources(ck);
	return (check_links(ck) && check_phrases(ck) && check_names(ck) &&
		check_language(ck) && check_sentences(ck));
}

bool
fu_phrased_check(struct fu_terms *terms, const struct fu_phrased_in *in,
    struct fu_arena *arena, struct fu_phrased *out)
{
	struct check ck = {
	    .in = in, .terms = terms, .arena = arena, .out = out};
	bool ok;

	memset(out, 0, sizeof(*out));
	ok = check(&ck);
	for (size_t i = 0; ck.source != NULL && i < in->source.n; i++)
		fu_term_run_free(&ck.source[i]);
	fu_term_run_free(&ck.known);
	if (ok)
		out->text = ck.text;
	return (ok);
}
