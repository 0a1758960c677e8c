/*
 * A web page as headings and paragraphs.
 *
 * Must never show what a reader does not see, and never read past its end,
 * whatever is unclosed in it.
 */
#include <string.h>
#include <strings.h>

#include "content/mail_entity.h"
#include "content/page.h"

#define NAME_MAX_	12	/* of a tag; what is longer is no tag of ours */
#define VALUE_MAX	512	/* bytes of an attribute's value that are read */

enum tag {
	T_INLINE,	/* goes on with the line */
	T_BLOCK,	/* ends the one before, begins another */
	T_CELL,		/* of a table: beside the one before */
	T_HEADING,
	T_HIDDEN,	/* until it is closed, nothing is shown */
	T_ASIDE,	/* the same, for what frames the page */
	T_RAW,		/* until it is closed, nothing is a tag */
	T_TITLE,
	T_MAIN
};

static const struct {
	const char	*name;
	enum tag	 tag;
} tags[] = {
	{ "address", T_BLOCK }, { "article", T_BLOCK }, { "aside", T_ASIDE },
	{ "blockquote", T_BLOCK }, { "body", T_BLOCK }, { "br", T_BLOCK },
	{ "button", T_HIDDEN }, { "canvas", T_HIDDEN }, { "dd", T_BLOCK },
	{ "details", T_BLOCK }, { "dialog", T_HIDDEN }, { "div", T_BLOCK },
	{ "dl", T_BLOCK }, { "dt", T_BLOCK }, { "fieldset", T_BLOCK },
	{ "figcaption", T_BLOCK }, { "figure", T_BLOCK },
	{ "footer", T_ASIDE }, { "form", T_BLOCK }, { "h1", T_HEADING },
	{ "h2", T_HEADING }, { "h3", T_HEADING }, { "h4", T_HEADING },
	{ "h5", T_HEADING }, { "h6", T_HEADING }, { "header", T_ASIDE },
	{ "hr", T_BLOCK }, { "iframe", T_HIDDEN }, { "li", T_BLOCK },
	{ "main", T_MAIN }, { "math", T_HIDDEN }, { "nav", T_ASIDE },
	{ "noscript", T_HIDDEN }, { "object", T_HIDDEN }, { "ol", T_BLOCK },
	{ "p", T_BLOCK }, { "pre", T_BLOCK }, { "script", T_RAW },
	{ "section", T_BLOCK }, { "select", T_HIDDEN }, { "style", T_RAW },
	{ "summary", T_BLOCK }, { "svg", T_HIDDEN }, { "table", T_BLOCK },
	{ "tbody", T_BLOCK }, { "td", T_CELL }, { "template", T_HIDDEN },
	{ "textarea", T_RAW }, { "th", T_CELL }, { "thead", T_BLOCK },
	{ "title", T_TITLE }, { "tr", T_BLOCK }, { "ul", T_BLOCK },
	{ "video", T_HIDDEN },
};

struct reader {
	struct fu_page	*page;
	struct fu_arena	*arena;
	struct fu_buf	 line;
	const char	*end;
	int		 level;		/* of the heading that is open */
	int		 hidden;	/* elements open that hide */
	char		 hider[NAME_MAX_]; /* the outermost of them */
	bool		 title;
	bool		 inside;	/* <main> or <article>: what is called a
					 * header there is the text's own */
	bool		 all;		/* what frames the page, too */
};

static enum tag
tag_of(const char *name)
{
	for (size_t i = 0; i < sizeof(tags) / sizeof(*tags); i++)
		if (strcmp(tags[i].name, name) == 0)
			return (tags[i].tag);
	return (T_INLINE);
}

static void
end_line(struct reader *r)
{
	if (r->title && r->page->title == NULL && r->line.len > 0)
		r->page->title = fu_dup_str(r->arena,
		    fu_str_trim(fu_buf_view(&r->line)));
	else if (!r->title)
		fu_page_add(r->page, r->arena, r->level,
		    fu_buf_view(&r->line));
	fu_buf_reset(&r->line);
}

static void
text(struct reader *r, const char *s, const char *end)
{
	const char	*from;
	char		 room[8];
	size_t		 n;

	if (r->hidden > 0)
		return;
	while (s < end) {
		if (*s != '&') {
			fu_buf_putc(&r->line, *s++ == '\0' ? ' ' : s[-1]);
			continue;
		}
		from = s;
		n = fu_mail_entity(&s, end, room);
		fu_buf_put(&r->line, room, n);
		s += s == from;
	}
}

/* The value of an attribute in a tag's text, entities read; false: not there. */
static bool
attribute(struct fu_str attrs, const char *name, char value[VALUE_MAX])
{
	const char	*s = attrs.ptr, *end = s + attrs.len, *from, *stop;
	size_t		 len, n = 0, k;
	char		 room[8], quote;

	while (s < end) {
		while (s < end && (strchr(" \t\r\n\f/", *s) != NULL))
			s++;
		for (from = s; s < end && strchr(" \t\r\n\f/=", *s) == NULL;
		    s++)
			continue;
		len = (size_t)(s - from);
		while (s < end && strchr(" \t\r\n\f", *s) != NULL)
			s++;
		if (s == end || *s != '=') {
			if (len == 0 && s < end)
				s++;
			continue;
		}
		for (s++; s < end && strchr(" \t\r\n\f", *s) != NULL; s++)
			continue;
		quote = s < end && (*s == '"' || *s == '\'') ? *s++ : '\0';
		for (stop = s; stop < end && (quote != '\0' ? *stop != quote :
		    strchr(" \t\r\n\f", *stop) == NULL); stop++)
			continue;
		if (len != strlen(name) || strncasecmp(from, name, len) != 0) {
			s = stop < end ? stop + 1 : end;
			continue;
		}
		while (s < stop && n < VALUE_MAX - 8) {
			if (*s != '&') {
				value[n++] = *s++;
				continue;
			}
			from = s;
			k = fu_mail_entity(&s, stop, room);
			memcpy(value + n, room, k);
			n += k;
			s += s == from;
		}
		value[n] = '\0';
		return (true);
	}
	return (false);
}

/* What a page's head says of the page. */
static void
head(struct reader *r, const char *name, struct fu_str attrs)
{
	char	 value[VALUE_MAX], href[VALUE_MAX];

	if (strcmp(name, "html") == 0 && r->page->language == NULL &&
	    attribute(attrs, "lang", value) && *value != '\0')
		r->page->language = fu_dup(r->arena, value);
	if (strcmp(name, "link") == 0 && r->page->url == NULL &&
	    attribute(attrs, "rel", value) &&
	    strcasecmp(value, "canonical") == 0 &&
	    attribute(attrs, "href", href) &&
	    (strncmp(href, "https://", 8) == 0 ||
	    strncmp(href, "http://", 7) == 0))
		r->page->url = fu_dup(r->arena, href);
}

static bool
is_hidden(struct fu_str attrs)
{
	char	 value[VALUE_MAX];

	if (attrs.len == 0)
		return (false);
	if (attribute(attrs, "aria-hidden", value) &&
	    strcmp(value, "true") == 0)
		return (true);
	if (attribute(attrs, "role", value) &&
	    (strcmp(value, "navigation") == 0 ||
	    strcmp(value, "banner") == 0 || strcmp(value, "search") == 0 ||
	    strcmp(value, "contentinfo") == 0))
		return (true);
	return (attribute(attrs, "style", value) &&
	    (strcasestr(value, "display:none") != NULL ||
	    strcasestr(value, "display: none") != NULL));
}

static void
hide(struct reader *r, const char *name)
{
	end_line(r);
	strcpy(r->hider, name);
	r->hidden = 1;
}

static void
opened(struct reader *r, const char *name, struct fu_str attrs)
{
	enum tag	 tag = tag_of(name);

	if (r->hidden > 0) {
		r->hidden += strcmp(name, r->hider) == 0;
		return;
	}
	head(r, name, attrs);
	if (tag != T_INLINE && tag != T_CELL)
		end_line(r);
	if (tag == T_HIDDEN || (tag == T_ASIDE && !r->all && !(r->inside &&
	    strcmp(name, "nav") != 0 && strcmp(name, "footer") != 0)) ||
	    ((tag == T_BLOCK || tag == T_HEADING) && is_hidden(attrs))) {
		hide(r, name);
		return;
	}
	if (tag == T_CELL && r->line.len > 0)
		fu_buf_puts(&r->line, " | ");
	if (tag == T_HEADING)
		r->level = name[1] - '0';
	else if (tag == T_BLOCK && r->level > 0 && strcmp(name, "br") != 0)
		r->level = 0;	/* a heading that nobody closed */
	r->title = tag == T_TITLE;
	/* What stood before is not what a reader came for. */
	if (tag == T_MAIN) {
		r->page->n = 0;
		r->inside = true;
	}
	if (strcmp(name, "article") == 0)
		r->inside = true;
}

static void
closed(struct reader *r, const char *name)
{
	enum tag	 tag = tag_of(name);

	if (r->hidden > 0) {
		r->hidden -= strcmp(name, r->hider) == 0;
		return;
	}
	if (tag == T_INLINE || tag == T_CELL)
		return;
	end_line(r);
	if (tag == T_HEADING)
		r->level = 0;
	if (tag == T_TITLE)
		r->title = false;
	/* And so is what comes behind. */
	if (tag == T_MAIN)
		hide(r, "/main");
}

/* Behind "</name" of an element that holds no tags. */
static const char *
raw_end(const char *s, const char *end, const char *name)
{
	size_t	 n = strlen(name);

	for (; (size_t)(end - s) >= n + 2; s++)
		if (s[0] == '<' && s[1] == '/' &&
		    strncasecmp(s + 2, name, n) == 0)
			return (s);
	return (end);
}

/* A tag, comment or declaration, or a '<' that is none; where it ends. */
static const char *
markup(struct reader *r, const char *s)
{
	const char	*p = s + 1, *from, *end = r->end;
	char		 name[NAME_MAX_], quote = '\0';
	size_t		 n = 0;
	bool		 closing = p < end && *p == '/';

	if (end - p >= 3 && strncmp(p, "!--", 3) == 0) {
		from = memmem(p + 3, (size_t)(end - p - 3), "-->", 3);
		return (from == NULL ? end : from + 3);
	}
	p += closing;
	for (from = p; p < end && strchr(" \t\r\n\f/>", *p) == NULL; p++)
		if (n < sizeof(name) - 1)
			name[n++] = (char)(*p >= 'A' && *p <= 'Z' ? *p | 0x20 :
			    *p);
	name[n] = '\0';
	if (n == 0 || !((*from | 0x20) >= 'a' && (*from | 0x20) <= 'z')) {
		if (*s == '<' && from < end && (*from == '!' || *from == '?')) {
			p = memchr(from, '>', (size_t)(end - from));
			return (p == NULL ? end : p + 1);
		}
		text(r, s, s + 1);
		return (s + 1);
	}
	for (from = p; p < end && (quote != '\0' || *p != '>'); p++)
		if (quote != '\0')
			quote = *p == quote ? '\0' : quote;
		else if ((*p == '"' || *p == '\'') && p[-1] == '=')
			quote = *p;
	if (p == end) {			/* a quote that nobody closed */
		p = memchr(from, '>', (size_t)(end - from));
		p = p == NULL ? end : p;
	}
	if (closing) {
		closed(r, name);
		return (p < end ? p + 1 : end);
	}
	if (tag_of(name) == T_RAW) {
		end_line(r);
		p = raw_end(p, end, name);
		from = memchr(p, '>', (size_t)(end - p));
		return (from == NULL ? end : from + 1);
	}
	opened(r, name, (struct fu_str){ from, (size_t)(p - from) });
	return (p < end ? p + 1 : end);
}

static void
read_page(struct fu_page *page, struct fu_arena *arena, struct fu_str html,
    bool all)
{
	struct reader	 r = { .page = page, .arena = arena, .all = all };
	const char	*s = html.ptr, *next;

	r.end = s + html.len;
	fu_buf_init(&r.line);
	while (s < r.end) {
		if (*s == '<') {
			s = markup(&r, s);
			continue;
		}
		next = memchr(s, '<', (size_t)(r.end - s));
		if (next == NULL)
			next = r.end;
		text(&r, s, next);
		s = next;
	}
	end_line(&r);
	fu_buf_free(&r.line);
}

void
fu_page_html(struct fu_page *page, struct fu_arena *arena, struct fu_str html)
{
	read_page(page, arena, html, false);
	/* A <header> that is never closed would hide it all. */
	if (page->n == 0)
		read_page(page, arena, html, true);
}
