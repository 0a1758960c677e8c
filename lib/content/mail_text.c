/*
 * The texts of a letter, put together as a person would read them.
 *
 * Must never join two lines that somebody meant to be two, as far as that can
 * be told.
 */
#include <string.h>

#include "content/mail_html.h"
#include "content/mail_text.h"

#define DEPTH_SHOWN	20	/* marks of a quotation */
#define WIDTH_LEAST	60	/* narrower lines are lines of their own */
#define WIDTH_MOST	80	/* wider ones are not folded at all */

const char *
fu_mail_unflow(const char *text, bool delsp, struct fu_arena *arena)
{
	const char	*end, *s, *out;
	int		 depth, open = -1;	/* of a line that flows on */
	struct fu_buf	 buf;

	fu_buf_init(&buf);
	for (; *text != '\0'; text = *end == '\0' ? end : end + 1) {
		end = strchrnul(text, '\n');
		for (s = text, depth = 0; *s == '>'; s++)
			depth++;
		if (*s == ' ')	/* stuffed */
			s++;
		if (open != depth) {
			if (open != -1)
				fu_buf_putc(&buf, '\n');
			for (int i = 0; i < depth && i < DEPTH_SHOWN; i++)
				fu_buf_putc(&buf, '>');
			if (depth > 0)
				fu_buf_putc(&buf, ' ');
		}
		fu_buf_put(&buf, s, (size_t)(end - s));
		open = -1;
		if (end > s && end[-1] == ' ' && *end == '\n' &&
		    !fu_str_is((struct fu_str){ s, (size_t)(end - s) },
		    "-- ")) {
			buf.len -= delsp;
			open = depth;
		} else if (*end == '\n')
			fu_buf_putc(&buf, '\n');
	}
	fu_buf_putc(&buf, '\0');
	out = fu_dup(arena, buf.ptr);
	fu_buf_free(&buf);
	return (out);
}

/* In characters: what a program that folds counts. */
static size_t
width(const char *s, const char *end)
{
	return (fu_utf8_count((struct fu_str){ s, (size_t)(end - s) }));
}

static bool
ends_sentence(const char *line, const char *end)
{
	while (end > line && strchr(" )\"'", end[-1]) != NULL)
		end--;
	return (end > line && strchr(".!?:", end[-1]) != NULL);
}

/* Does a line begin with what makes it one of its own? */
static bool
own_line(const char *s)
{
	return (*s == '\0' || strchr(" \t>-*#\n\001\002\003\004", *s) != NULL);
}

/* Would the next line's first word have fitted behind this one? */
static bool
would_fit(const char *line, const char *end, const char *next, size_t most)
{
	return (width(line, end) + 1 + width(next, next +
	    strcspn(next, " \n")) <= most);
}

static size_t
widest(const char *text)
{
	const char	*end;
	size_t		 most = 0, n;

	for (; *text != '\0'; text = *end == '\0' ? end : end + 1) {
		end = strchrnul(text, '\n');
		if ((n = width(text, end)) > most && *text != '>')
			most = n;
	}
	return (most);
}

const char *
fu_mail_unfold(const char *text, struct fu_arena *arena)
{
	size_t		 most = widest(text);
	const char	*end, *out;
	bool		 sure;
	struct fu_buf	 buf;

	if (most < WIDTH_LEAST || most > WIDTH_MOST)
		return (text);
	fu_buf_init(&buf);
	sure = false;
	for (; *text != '\0'; text = *end == '\0' ? end : end + 1) {
		end = strchrnul(text, '\n');
		fu_buf_put(&buf, text, (size_t)(end - text));
		if (*end == '\0')
			break;
		if (end == text)
			sure = false;
		if (own_line(end + 1) || own_line(text) ||
		    width(text, end) < WIDTH_LEAST ||
		    would_fit(text, end, end + 1, most) ||
		    (ends_sentence(text, end) && !sure)) {
			fu_buf_putc(&buf, '\n');
			continue;
		}
		sure = true;
		if (end[-1] != ' ')
			fu_buf_putc(&buf, ' ');
	}
	out = fu_dup_buf(arena, &buf);
	fu_buf_free(&buf);
	return (out);
}

static bool
is_space(char c)
{
	return (c == ' ' || c == '\n' || c == '\t');
}

/*
 * ${plain} with those of its line ends made blanks that ${html}, which says
 * the same words, has as blanks, where the line was wide.  NULL: other words.
 */
static const char *
align(const char *plain, const char *html, struct fu_arena *arena)
{
	char		*out = fu_dup(arena, plain), *o = out;
	const char	*s = plain, *h = html, *line = plain;

	while (*s != '\0' || *h != '\0') {
		bool	 breaks = false, folds = true;

		if (is_space(*s) || is_space(*h) || *s == '\0' || *h == '\0') {
			const char	*from = s;

			for (; is_space(*s); s++)
				breaks = breaks || *s == '\n';
			for (; is_space(*h); h++)
				folds = folds && *h != '\n';
			if (breaks && folds && memchr(from, '\n',
			    (size_t)(s - from)) == s - 1 &&
			    width(line, from) >= WIDTH_LEAST)
				*o++ = ' ';
			else {
				memcpy(o, from, (size_t)(s - from));
				o += s - from;
			}
			if (breaks)
				line = s;
			if (*s == '\0' && *h == '\0')
				break;
			if (*s == '\0' || *h == '\0')
				return (NULL);
		}
		if (*s != *h)
			return (NULL);
		*o++ = *s++;
		h++;
	}
	*o = '\0';
	return (out);
}

/* Do the words of ${text} begin with all of ${part}'s?  Then part of it is
 * what a program saw less of. */
static bool
begins_with(const char *text, const char *part)
{
	for (;; text++, part++) {
		while (is_space(*text))
			text++;
		while (is_space(*part))
			part++;
		if (*part == '\0')
			return (true);
		if (*text != *part)
			return (false);
	}
}

struct sides {
	struct fu_buf	 plain, html;
	bool		 flowed;
};

/* The text of one sort that stands in one multipart/alternative. */
static bool
has_sibling(const struct fu_letter *l, size_t i, enum fu_part_kind kind)
{
	for (size_t k = 0; k < l->npart; k++)
		if (k != i && l->part[k].alternative > 0 &&
		    l->part[k].alternative == l->part[i].alternative &&
		    l->part[k].kind == kind &&
		    !fu_blank(l->part[k].text))
			return (true);
	return (false);
}

static void
put_apart(struct fu_buf *buf, const char *text)
{
	if (fu_blank(text))
		return;
	if (buf->len > 0)
		fu_buf_puts(buf, "\n");
	fu_buf_puts(buf, text);
	if (buf->ptr[buf->len - 1] != '\n')
		fu_buf_putc(buf, '\n');
}

/* What is said in plain text, and in HTML; each part stands on both sides but
 * where it is there twice. */
static void
gather(const struct fu_letter *l, const struct fu_mail_lists *lists,
    struct fu_arena *arena, struct sides *sides)
{
	fu_buf_init(&sides->plain);
	fu_buf_init(&sides->html);
	for (size_t i = 0; i < l->npart; i++) {
		const struct fu_part	*p = &l->part[i];
		const char		*text = p->text;

		if (p->attached || fu_blank(p->text) ||
		    (p->kind != FU_PART_TEXT && p->kind != FU_PART_HTML))
			continue;
		if (p->kind == FU_PART_HTML)
			text = fu_mail_html_text(p->text, lists, arena);
		else if (p->flowed) {
			text = fu_mail_unflow(p->text, p->delsp, arena);
			sides->flowed = true;
		}
		if (p->kind == FU_PART_HTML) {
			put_apart(&sides->html, text);
			if (!has_sibling(l, i, FU_PART_TEXT))
				put_apart(&sides->plain, text);
		} else {
			put_apart(&sides->plain, text);
			if (!has_sibling(l, i, FU_PART_HTML))
				put_apart(&sides->html, text);
		}
	}
	fu_buf_putc(&sides->plain, '\0');
	fu_buf_putc(&sides->html, '\0');
}

static void
sides_free(struct sides *sides)
{
	fu_buf_free(&sides->plain);
	fu_buf_free(&sides->html);
}

const char *
fu_mail_said(const struct fu_letter *l, const struct fu_mail_lists *lists,
    struct fu_arena *arena)
{
	struct sides	 sides = { .flowed = false };
	const char	*plain, *html, *text;
	bool		 both;

	gather(l, lists, arena, &sides);
	both = strcmp(sides.plain.ptr, sides.html.ptr) != 0;
	plain = fu_mail_unquote(sides.plain.ptr, lists, arena);
	if (!both) {
		text = sides.flowed ? plain : fu_mail_unfold(plain, arena);
		sides_free(&sides);
		return (text);
	}
	html = fu_mail_unquote(sides.html.ptr, lists, arena);
	if ((text = align(plain, html, arena)) == NULL) {
		/* Of two cuts the closer one saw a mark that the other has
		 * not. */
		if (fu_blank(plain) || (!fu_blank(html) &&
		    begins_with(plain, html)))
			text = html;
		else
			text = sides.flowed ? plain : fu_mail_unfold(plain,
			    arena);
	}
	sides_free(&sides);
	return (text);
}
