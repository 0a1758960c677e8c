/*
 * Cutting away what a mail answers to.
 *
 * Must never lose a word of the writer's own for the sake of cutting one more
 * of somebody else's: what is cut has a mark, a lead-in or a block of headers.
 */
#include <stdlib.h>
#include <string.h>

#include "content/mail_html.h"
#include "content/mail_text.h"

#define LINES_MAX	20000
#define LEAD_LINES	4	/* "On …, Ann Lee <\nann@x.example> wrote:" */
#define LEAD_BYTES	400
#define LIST_RULE	20	/* '_' of the rule above a list's footer */
#define BANNER_LINES	5	/* that a gateway puts on top */
#define HEADER_LINES	8	/* of a block of headers that are looked at */

enum what {
	W_TEXT, W_BLANK, W_QUOTED, W_LEAD, W_AFTER, W_SIGN
};

struct line {
	struct fu_str	 text;
	enum what	 what;
	bool		 gone;
	char		*folded;	/* once it was asked for */
};

struct cutter {
	const struct fu_mail_lists *lists;
	struct fu_arena	*arena;
	struct line	*line;
	size_t		 n;
};

static bool
blank(struct fu_str s)
{
	return (fu_str_trim(s).len == 0);
}

static enum what
mark_of(struct fu_str s)
{
	size_t	 i = 0;

	if (s.len == 0)
		return (W_BLANK);
	switch (s.ptr[0]) {
	case FU_MARK_QUOTED:
		return (W_QUOTED);
	case FU_MARK_AFTER:
		return (W_AFTER);
	case FU_MARK_LEAD:
		return (W_LEAD);
	case FU_MARK_SIGN:
		return (W_SIGN);
	default:
		break;
	}
	while (i < s.len && i < 4 && (s.ptr[i] == ' ' || s.ptr[i] == '\t'))
		i++;
	if (i < s.len && s.ptr[i] == '>')
		return (W_QUOTED);
	return (blank(s) ? W_BLANK : W_TEXT);
}

static void
split(struct cutter *c, const char *text)
{
	const char	*end;
	size_t		 cap = 0;

	for (; *text != '\0' && c->n < LINES_MAX;
	    text = *end == '\0' ? end : end + 1) {
		end = strchrnul(text, '\n');
		c->line = fu_grow(c->arena, c->line, c->n, &cap,
		    sizeof(*c->line));
		c->line[c->n].text = (struct fu_str){ text,
		    (size_t)(end - text) };
		c->line[c->n].what = mark_of(c->line[c->n].text);
		c->n++;
	}
}

/* Lines ${i} to ${i + n - 1} as one folded text without bold's asterisks. */
static char *
folded(struct cutter *c, size_t i, size_t n)
{
	struct line	*only = n == 1 && i < c->n ? &c->line[i] : NULL;
	struct fu_buf	 buf;
	char		*text;

	if (only != NULL && only->folded != NULL)
		return (only->folded);
	fu_buf_init(&buf);
	for (; n > 0 && i < c->n; i++, n--) {
		struct fu_str	 s = fu_str_trim(c->line[i].text);

		for (size_t k = 0; k < s.len && k < 300; k++)
			if (s.ptr[k] != '*' && s.ptr[k] != FU_MARK_SIGN)
				fu_buf_putc(&buf, s.ptr[k]);
		fu_buf_putc(&buf, ' ');
	}
	text = fu_mail_fold(buf.len == 0 ? "" : buf.ptr, c->arena);
	fu_buf_free(&buf);
	if (only != NULL)
		only->folded = text;
	return (text);
}

/* "2026", "14:20", "3.3.": does it name a time? */
static bool
has_when(const char *s)
{
	for (; *s != '\0'; s++) {
		size_t	 n = strspn(s, "0123456789");

		if (n == 0)
			continue;
		if (n == 4 && (*s == '2' || *s == '1') &&
		    (s[1] == '0' || s[1] == '9'))
			return (true);
		if (n <= 2 && s[n] != '\0' && strchr(":./-", s[n]) != NULL &&
		    s[n + 1] >= '0' && s[n + 1] <= '9')
			return (true);
		s += n - 1;
	}
	return (false);
}

static bool
quoted_next(struct cutter *c, size_t i)
{
	while (i < c->n && c->line[i].what == W_BLANK)
		i++;
	return (i < c->n && c->line[i].what == W_QUOTED);
}

/*
 * Does ${text}, of so many lines from ${i} on, say that somebody wrote?  In a
 * language that no list has, it names who and when, and a quotation follows.
 */
static bool
says_wrote(struct cutter *c, size_t i, size_t n, const char *text)
{
	size_t	 len = strlen(text);

	/* "---- On Tue, 3 Mar 2026, Ann Lee wrote ----" */
	if (len < 3 || (text[len - 1] != ':' &&
	    strcmp(text + len - 3, "\xef\xbc\x9a") != 0 &&
	    !(strncmp(text, "---", 3) == 0 &&
	    strcmp(text + len - 3, "---") == 0)))
		return (false);
	if (fu_said(c->lists, FU_ML_WROTE, text))
		return (has_when(text) || strchr(text, '@') != NULL);
	return (has_when(text) && strchr(text, '@') != NULL &&
	    quoted_next(c, i + n));
}

/*
 * "On Tue, 3 Mar 2026, Ann Lee wrote:", over at most four lines: says that
 * somebody wrote, and names a time or an address.  What stands above it is
 * none of it: the lead-in begins where its time does.
 */
static size_t
lead_at(struct cutter *c, size_t i)
{
	const char	*first, *text;
	size_t		 n, bytes = 0;

	first = folded(c, i, 1);
	if (fu_said_here(c->lists, FU_ML_WROTE_FIRST, first, 0) > 0)
		return (1);
	if (!has_when(first) && strpbrk(first, "@<") == NULL &&
	    fu_said_here(c->lists, FU_ML_LEAD_OPENS, first, 0) == 0)
		return (0);
	for (n = 1; n <= LEAD_LINES && i + n <= c->n; n++) {
		struct line	*l = &c->line[i + n - 1];

		if (l->what != W_TEXT && !(n > 1 && l->what == W_QUOTED &&
		    fu_str_trim(l->text).len < 4))
			return (0);
		if ((bytes += l->text.len) > LEAD_BYTES)
			return (0);
		text = folded(c, i, n);
		if (!says_wrote(c, i, n, text))
			continue;
		if (n > 1 && has_when(folded(c, i + 1, n - 1)))
			return (0);
		return (n);
	}
	return (0);
}

/* A line of so many '-', '_', '=' or '*', perhaps with words in between. */
static bool
is_rule(struct fu_str s, size_t least)
{
	s = fu_str_trim(s);
	if (s.len < least || strchr("-_=*", s.ptr[0]) == NULL)
		return (false);
	for (size_t i = 1; i < s.len; i++)
		if (s.ptr[i] != s.ptr[0] && s.ptr[i] != ' ')
			return (false);
	return (true);
}

/* "Key: value" in some language; which of the two lists it is of, or -1. */
static int
key_of(struct cutter *c, size_t i)
{
	const char	*text, *colon;
	size_t		 len;

	if (i >= c->n || c->line[i].what != W_TEXT)
		return (-1);
	text = folded(c, i, 1);
	if ((colon = strchr(text, ':')) == NULL || colon - text > 40)
		return (-1);
	for (int list = 0; list < 2; list++) {
		len = fu_said_here(c->lists, list == 0 ? FU_ML_KEY_FROM :
		    FU_ML_KEY_OTHER, text, 0);
		if (len > 0 && text[len + strspn(text + len, " ")] == ':')
			return (list);
	}
	return (-1);
}

/*
 * A block of headers: a sender, and two others within the next lines, in any
 * order.  Two are enough below a rule.
 */
static bool
headers_at(struct cutter *c, size_t i, int least)
{
	int	 from = 0, others = 0, key;

	if (key_of(c, i) == -1)
		return (false);
	for (size_t k = i; k < i + HEADER_LINES && k < c->n; k++) {
		if (c->line[k].what == W_BLANK && k > i)
			break;
		key = key_of(c, k);
		from += key == 0;
		others += key == 1;
	}
	return (from > 0 && from + others >= least);
}

static bool
separator_at(struct cutter *c, size_t i)
{
	size_t	 next = i + 1;

	if (c->line[i].what != W_TEXT)
		return (false);
	if (c->line[i].text.len < 200 &&
	    fu_said(c->lists, FU_ML_SEPARATOR, folded(c, i, 1)))
		return (true);
	if (!is_rule(c->line[i].text, 4))
		return (headers_at(c, i, 3));
	while (next < c->n && c->line[next].what == W_BLANK && next < i + 3)
		next++;
	return (headers_at(c, next, 2));
}

static void
drop(struct cutter *c, size_t from, size_t to)
{
	for (; from < to && from < c->n; from++)
		c->line[from].gone = true;
}

/*
 * What a lead-in leads into: the marked lines behind it; or, where the next
 * line that is not blank is not marked, all that follows.
 */
static size_t
after_lead(struct cutter *c, size_t i)
{
	size_t	 k = i;

	while (k < c->n && c->line[k].what == W_BLANK)
		k++;
	return (k < c->n && c->line[k].what == W_TEXT &&
	    lead_at(c, k) == 0 ? c->n : i);
}

/* A line of a quotation that some program folded without its mark. */
static bool
torn(struct cutter *c, size_t i)
{
	return (i > 0 && i + 1 < c->n && c->line[i - 1].what == W_QUOTED &&
	    c->line[i + 1].what == W_QUOTED &&
	    c->line[i - 1].text.len >= 60 && c->line[i].text.len < 25);
}

static void
cut_quotes(struct cutter *c)
{
	size_t	 i = 0, n;

	while (i < c->n) {
		switch (c->line[i].what) {
		case W_AFTER:
			drop(c, i, c->n);
			return;
		case W_QUOTED:
		case W_LEAD:
			c->line[i++].gone = true;
			continue;
		case W_TEXT:
			break;
		case W_SIGN:
		case W_BLANK:
			i++;
			continue;
		}
		if (separator_at(c, i)) {
			drop(c, i, c->n);
			return;
		}
		if ((n = lead_at(c, i)) > 0) {
			drop(c, i, i + n);
			i += n;
			drop(c, i, after_lead(c, i));
			i = after_lead(c, i);
		} else {
			c->line[i].gone = torn(c, i);
			i++;
		}
	}
}

/* "-- " and its like; only where a few lines follow. */
static bool
is_dashes(struct fu_str s)
{
	struct fu_str	 t = fu_str_trim(s);

	return (fu_str_is(t, "--") || fu_str_is(t, "\xe2\x80\x94") ||
	    fu_str_is(t, "__") || fu_str_is(t, "---"));
}

/* From its dashes to the next line that was quoted, or the end. */
static void
cut_signature(struct cutter *c)
{
	bool	 said = false;

	for (size_t i = 0; i < c->n; i++) {
		struct line	*l = &c->line[i];

		if (l->what == W_SIGN)
			l->gone = true;
		if (l->gone || l->what != W_TEXT)
			continue;
		if (!said || !is_dashes(l->text)) {
			said = true;
			continue;
		}
		for (; i < c->n && !c->line[i].gone; i++)
			c->line[i].gone = true;
	}
}

/* The last paragraph: from what line, up to ${end}. */
static size_t
last_paragraph(struct cutter *c, size_t *end)
{
	size_t	 i = *end;

	while (i > 0 && (c->line[i - 1].gone || c->line[i - 1].what == W_BLANK))
		i--;
	*end = i;
	while (i > 0 && !c->line[i - 1].gone && c->line[i - 1].what != W_BLANK)
		i--;
	return (i);
}

/* Is there anything else that was said, before line ${i}? */
static bool
said_before(struct cutter *c, size_t i)
{
	while (i > 0)
		if (!c->line[--i].gone && c->line[i].what == W_TEXT)
			return (true);
	return (false);
}

/* Lines ${from} to ${end} as a footer: it begins as one, below a rule or not;
 * or a list parts it by a long rule and says where the list is. */
static bool
is_footer(struct cutter *c, size_t from, size_t end)
{
	size_t	 at = from;
	char	*text;

	while (at < end - 1 && is_rule(c->line[at].text, 3))
		at++;
	text = folded(c, at, end - at);
	if (fu_said_here(c->lists, FU_ML_FOOTER, text, 0) > 0)
		return (true);
	return (at > from && is_rule(c->line[from].text, LIST_RULE) &&
	    (strstr(text, "http") != NULL || strchr(text, '@') != NULL));
}

/* What a program put below: paragraphs of a list or a gateway, and where it
 * was written on.  Never all of a text. */
static void
cut_footers(struct cutter *c)
{
	size_t	 end = c->n, from;
	char	*text;

	for (;;) {
		from = last_paragraph(c, &end);
		if (end == 0)
			return;
		text = folded(c, end - 1, 1);
		if (fu_said_here(c->lists, FU_ML_SENT_FROM, text, 0) > 0 &&
		    strlen(text) < 100 && said_before(c, end - 1)) {
			c->line[end - 1].gone = true;
			continue;
		}
		if (!said_before(c, from) || !is_footer(c, from, end)) {
			if (end - from == 1 && said_before(c, from) &&
			    is_rule(c->line[from].text, 3)) {
				c->line[from].gone = true;
				continue;
			}
			return;
		}
		drop(c, from, end);
	}
}

/* "CAUTION: this email originated outside …", above what was said. */
static void
cut_banner(struct cutter *c)
{
	size_t	 from = 0, to;

	while (from < c->n && c->line[from].what == W_BLANK)
		from++;
	for (to = from; to < c->n && c->line[to].what == W_TEXT; to++)
		continue;
	if (from == to || to == c->n || to - from > BANNER_LINES ||
	    c->line[from].gone)
		return;
	if (fu_said_here(c->lists, FU_ML_BANNER, folded(c, from, to - from),
	    0) > 0)
		drop(c, from, to);
}

/* What is left, one blank line where something was cut or stood apart. */
static const char *
join(struct cutter *c)
{
	struct fu_buf	 out;
	const char	*text;
	int		 blanks = 0;
	bool		 cut = false;

	fu_buf_init(&out);
	for (size_t i = 0; i < c->n && out.len < FU_SAID_MAX; i++) {
		struct line	*l = &c->line[i];

		if (l->gone || l->what == W_BLANK) {
			blanks++;
			cut = cut || l->gone;
			continue;
		}
		if (out.len > 0)
			for (int k = cut && blanks > 1 ? 1 : blanks; k > 0; k--)
				fu_buf_putc(&out, '\n');
		blanks = 0;
		cut = false;
		fu_buf_str(&out, l->text);
		fu_buf_putc(&out, '\n');
	}
	text = out.len == 0 ? "" : fu_dup_str(c->arena,
	    fu_str_trim((struct fu_str){ out.ptr,
	    fu_utf8_cut(out.ptr, out.len < FU_SAID_MAX ? out.len :
	    FU_SAID_MAX) }));
	fu_buf_free(&out);
	return (text);
}

const char *
fu_mail_unquote(const char *text, const struct fu_mail_lists *lists,
    struct fu_arena *arena)
{
	struct cutter	 c = { .lists = lists, .arena = arena };

	split(&c, text);
	cut_quotes(&c);
	cut_banner(&c);
	cut_signature(&c);
	cut_footers(&c);
	return (join(&c));
}
