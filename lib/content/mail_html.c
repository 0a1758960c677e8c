/*
 * From tags to lines.
 *
 * Must never show what a reader of the mail does not see: styles, scripts,
 * comments, hidden preheaders.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "content/mail_entity.h"
#include "content/mail_html.h"
#include "content/mail_parse.h"

#define DEPTH_MAX	256
#define TAG_MAX		2000	/* bytes of a tag's attributes that are read */
#define LIST_MAX	20	/* "> > > …" */

enum effect {
	E_NONE, E_HIDDEN, E_QUOTE, E_QUOTED, E_LEAD, E_SIGN
};

struct open_tag {
	char		 name[12];
	enum effect	 effect;
	bool		 block;
};

struct writer {
	const struct fu_mail_lists *lists;
	struct fu_arena	*arena;
	struct fu_buf	 out;
	struct open_tag	 open[DEPTH_MAX];
	size_t		 depth;
	int		 count[E_SIGN + 1];	/* how many open of each */
	bool		 line;		/* something stands on this line */
	bool		 blank;		/* a blank is owed */
	int		 breaks;	/* line ends since the last text */
	int		 owed;		/* line ends before the next text */
	bool		 pre;
};

static const char *const blocks[] = { "div", "p", "br", "tr", "li", "ul", "ol",
	"table", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre",
	"section", "article", "header", "footer", "body", "html", "dl", "dt",
	"dd", "center", "address", "form", NULL };
static const char *const voids[] = { "br", "hr", "img", "meta", "link",
	"input", "area", "base", "col", "wbr", "o:p", NULL };
static const char *const hidden[] = { "style", "script", "head", "title",
	"noscript", "template", "xml", NULL };

static bool
in(const char *const *list, const char *name)
{
	for (; *list != NULL; list++)
		if (strcmp(*list, name) == 0)
			return (true);
	return (false);
}

static void
start_line(struct writer *w)
{
	if (w->count[E_SIGN] > 0)
		fu_buf_putc(&w->out, FU_MARK_SIGN);
	else if (w->count[E_LEAD] > 0)
		fu_buf_putc(&w->out, FU_MARK_LEAD);
	else if (w->count[E_QUOTED] > 0)
		fu_buf_putc(&w->out, FU_MARK_QUOTED);
	for (int i = 0; i < w->count[E_QUOTE] && i < LIST_MAX; i++)
		fu_buf_puts(&w->out, "> ");
}

static void
end_line(struct writer *w)
{
	if (!w->line && w->out.len > 0)
		start_line(w);
	fu_buf_putc(&w->out, '\n');
	w->line = w->blank = false;
	w->breaks++;
}

/* At least so many line ends between what was and what comes. */
static void
want_breaks(struct writer *w, int n)
{
	w->blank = false;
	if (w->owed < n)
		w->owed = n;
}

static void
put(struct writer *w, const char *s, size_t n)
{
	if (w->count[E_HIDDEN] > 0)
		return;
	if (w->out.len > 0)
		while (w->breaks < w->owed)
			end_line(w);
	w->owed = 0;
	if (!w->line)
		start_line(w);
	else if (w->blank)
		fu_buf_putc(&w->out, ' ');
	w->blank = false;
	w->line = true;
	w->breaks = 0;
	fu_buf_put(&w->out, s, n);
}

static void
text(struct writer *w, const char *s, const char *end)
{
	const char	*from;
	char		 room[8];
	size_t		 n;

	while (s < end) {
		if (strchr(" \t\n", *s) != NULL) {
			if (w->pre && *s == '\n')
				end_line(w);
			else if (w->pre)
				put(w, " ", 1);
			else if (w->line && w->owed == 0)
				w->blank = true;
			s++;
			continue;
		}
		if (*s == '&') {
			from = s;
			n = fu_mail_entity(&s, end, room);
			if (n == 1 && *room == ' ') {
				/* nbsp: a blank that stays within a line */
				if (w->line && w->owed == 0)
					put(w, " ", 1);
			} else if (n > 0)
				put(w, room, n);
			if (s == from)
				s++;
			continue;
		}
		for (from = s; s < end && strchr(" \t\n&", *s) == NULL; s++)
			if ((unsigned char)*s == 0xc2 &&
			    (unsigned char)s[1] == 0xa0)
				break;
		if (s > from)
			put(w, from, (size_t)(s - from));
		if (s < end && (unsigned char)*s == 0xc2) {
			if (w->line && w->owed == 0)
				put(w, " ", 1);
			s += 2;
		}
	}
}

/* The value of an attribute; "" if there is none. */
static void
attribute(const char *attrs, const char *name, char *value, size_t size)
{
	const char	*s = attrs, *end;
	size_t		 n = strlen(name);
	char		 quote;

	*value = '\0';
	while ((s = strcasestr(s, name)) != NULL) {
		const char	*at = s;

		s += n;
		if ((at > attrs && strchr(" \t\n\"'", at[-1]) == NULL))
			continue;
		s += strspn(s, " \t\n");
		if (*s != '=')
			continue;
		s += 1 + strspn(s + 1, " \t\n");
		quote = *s == '"' || *s == '\'' ? *s++ : ' ';
		end = quote == ' ' ? s + strcspn(s, " \t\n") :
		    strchrnul(s, quote);
		n = (size_t)(end - s) < size - 1 ? (size_t)(end - s) : size - 1;
		memcpy(value, s, n);
		value[n] = '\0';
		return;
	}
}

/* "id:x class:y class:z name:x" as a list sees it. */
static bool
listed(struct writer *w, enum fu_mail_list which, const char *ids)
{
	return (*ids != '\0' && fu_said(w->lists, which, ids));
}

static const char *
names_of(struct writer *w, const char *attrs)
{
	char		 value[200];
	struct fu_buf	 ids;
	char		*folded, *s, *save;

	if (*attrs == '\0')
		return ("");
	fu_buf_init(&ids);
	attribute(attrs, "id", value, sizeof(value));
	if (*value != '\0')
		fu_buf_printf(&ids, "id:%s ", value);
	attribute(attrs, "class", value, sizeof(value));
	for (s = strtok_r(value, " \t\n", &save); s != NULL;
	    s = strtok_r(NULL, " \t\n", &save))
		fu_buf_printf(&ids, "class:%s ", s);
	attribute(attrs, "name", value, sizeof(value));
	if (*value != '\0')
		fu_buf_printf(&ids, "name:%s ", value);
	attribute(attrs, "data-smartmail", value, sizeof(value));
	if (*value != '\0')
		fu_buf_printf(&ids, "name:%s ", value);
	folded = fu_mail_fold(ids.len == 0 ? "" : ids.ptr, w->arena);
	fu_buf_free(&ids);
	return (folded);
}

static bool
is_hidden(const char *attrs)
{
	char	 style[400], *s, *o;

	attribute(attrs, "style", style, sizeof(style));
	for (s = o = style; *s != '\0'; s++)
		if (*s != ' ')
			*o++ = *s;
	*o = '\0';
	return (strcasestr(style, "display:none") != NULL ||
	    strcasestr(style, "mso-hide:all") != NULL);
}

static enum effect
effect_of(struct writer *w, const char *name, const char *attrs,
    const char *ids)
{
	if (in(hidden, name) || (*attrs != '\0' && is_hidden(attrs)))
		return (E_HIDDEN);
	if (listed(w, FU_ML_HTML_AFTER, ids)) {
		want_breaks(w, 1);
		if (w->out.len > 0 && w->line)
			end_line(w);
		fu_buf_putc(&w->out, FU_MARK_AFTER);
		w->line = true;
		end_line(w);
	}
	if (listed(w, FU_ML_HTML_SIGNATURE, ids))
		return (E_SIGN);
	if (listed(w, FU_ML_HTML_LEAD, ids))
		return (E_LEAD);
	if (listed(w, FU_ML_HTML_QUOTED, ids))
		return (E_QUOTED);
	return (strcmp(name, "blockquote") == 0 ? E_QUOTE : E_NONE);
}

/* A paragraph stands apart but where its margins say otherwise. */
static int
space_of(const char *name, const char *attrs, const char *ids)
{
	if (name[0] == 'h' && name[1] >= '1' && name[1] <= '6')
		return (2);
	if (strcmp(name, "p") != 0)
		return (1);
	if (strstr(ids, "class:mso") != NULL || strcasestr(attrs, "margin:0") ||
	    strcasestr(attrs, "margin: 0"))
		return (1);
	return (2);
}

static void
open_tag(struct writer *w, const char *name, const char *attrs, bool empty)
{
	const char	*ids = names_of(w, attrs);
	bool		 block = in(blocks, name);
	struct open_tag	*tag;

	if (strcmp(name, "br") == 0) {
		if (w->count[E_HIDDEN] > 0)
			return;
		if (w->owed > w->breaks && w->out.len > 0)
			put(w, "", 0);
		end_line(w);
		return;
	}
	if (block)
		want_breaks(w, space_of(name, attrs, ids));
	if (in(voids, name) || empty) {
		(void)effect_of(w, name, attrs, ids);
		return;
	}
	if (w->depth == DEPTH_MAX)
		return;
	tag = &w->open[w->depth++];
	snprintf(tag->name, sizeof(tag->name), "%s", name);
	tag->block = block;
	tag->effect = effect_of(w, name, attrs, ids);
	w->count[tag->effect]++;
	if (strcmp(name, "pre") == 0)
		w->pre = true;
	if (strcmp(name, "li") == 0)
		put(w, "- ", 2);
}

static void
close_tag(struct writer *w, const char *name)
{
	size_t	 i = w->depth;
	int	 space;

	while (i > 0 && strcmp(w->open[i - 1].name, name) != 0)
		i--;
	if (i == 0)
		return;
	while (w->depth >= i)
		w->count[w->open[--w->depth].effect]--;
	space = in(blocks, name) ? 1 : 0;
	if (space > 0)
		want_breaks(w, space);
	if (strcmp(name, "pre") == 0)
		w->pre = false;
}

/* "<name attrs>" whose '<' is at ${s}; where it ends. */
static const char *
tag(struct writer *w, const char *s)
{
	const char	*from = ++s, *end;
	char		 name[12], *attrs;
	char		 quote = 0;
	size_t		 n = 0;
	bool		 closing = *s == '/';

	if (strncmp(s, "!--", 3) == 0) {
		end = strstr(s, "-->");
		return (end == NULL ? s + strlen(s) : end + 3);
	}
	s += closing;
	while (n < sizeof(name) - 1 && ((*s >= '0' && *s <= '9') ||
	    (*s | 0x20) == ':' || ((*s | 0x20) >= 'a' && (*s | 0x20) <= 'z')))
		name[n++] = (char)(*s >= 'A' && *s <= 'Z' ? *s | 0x20 : *s), s++;
	name[n] = '\0';
	for (end = s; *end != '\0' && (quote != 0 || *end != '>'); end++)
		if (quote != 0)
			quote = *end == quote ? 0 : quote;
		else if (*end == '"' || *end == '\'')
			quote = *end;
	if (*end == '\0')	/* a quote that nobody closed */
		end = s + strcspn(s, ">");
	if (n == 0 && *from != '!' && *from != '/' && *from != '?') {
		put(w, "<", 1);	/* "a < b" */
		return (from);
	}
	n = (size_t)(end - s) < TAG_MAX ? (size_t)(end - s) : TAG_MAX;
	attrs = fu_dup_str(w->arena, (struct fu_str){ s, n });
	if (closing)
		close_tag(w, name);
	else if (*name != '\0')
		open_tag(w, name, attrs, n > 0 && attrs[n - 1] == '/');
	return (*end == '\0' ? end : end + 1);
}

const char *
fu_mail_html_text(const char *html, const struct fu_mail_lists *lists,
    struct fu_arena *arena)
{
	struct writer	*w = fu_alloc(arena, sizeof(*w));
	const char	*end, *result;

	w->lists = lists;
	w->arena = arena;
	fu_buf_init(&w->out);
	while (*html != '\0' && w->out.len < FU_LETTER_TEXT_MAX) {
		if (*html == '<') {
			html = tag(w, html);
			continue;
		}
		end = strchrnul(html, '<');
		text(w, html, end);
		html = end;
	}
	if (w->out.len > FU_LETTER_TEXT_MAX)
		fu_buf_cut(&w->out, fu_utf8_cut(w->out.ptr,
		    FU_LETTER_TEXT_MAX));
	result = w->out.len == 0 ? "" : fu_dup_buf(arena, &w->out);
	fu_buf_free(&w->out);
	return (result);
}
