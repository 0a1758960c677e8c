/*
 * Reading passages as sentences.
 *
 * A passage is paragraphs, with the headings of short sections among them; what
 * a line is can only be seen by what stands around it.
 */
#include <string.h>

#include "chat/sections.h"
#include "content/passage.h"
#include "content/standalone.h"

#define LINES_MAX	200	/* of a passage */
#define CELLS_MAX	400	/* of a table */
#define LIST_BYTES	330	/* a longer list is said item by item */

enum kind { PROSE, INTRO, BARE, QUESTION, ROW };

struct line {
	struct fu_str	 text;
	enum kind	 kind;
};

struct reading {
	struct fu_arena		*arena;
	struct fu_chat_sentence	*s;
	size_t			 n, section;
	const char		*heading;
	bool			 first;
	int			 chunk;
	struct fu_str		 intro;		/* of a list that follows */
};

static struct fu_str
last_heading(const char *path)
{
	const char	*last = path, *p;

	for (p = path; (p = strstr(p, FU_HEADING_SEP)) != NULL;)
		last = p += strlen(FU_HEADING_SEP);
	return (fu_str_trim(fu_str_of(last)));
}

static void
begin_section(struct reading *r, struct fu_str heading)
{
	if (r->n > 0)
		r->section = r->s[r->n - 1].section + 1;
	r->heading = fu_dup_str(r->arena, heading);
	r->first = true;
	r->intro = (struct fu_str){ NULL, 0 };
}

static void
add(struct reading *r, struct fu_str text, bool made)
{
	struct fu_chat_sentence	*s = &r->s[r->n];

	text = fu_str_trim(text);
	if (text.len == 0 || r->n == FU_CHAT_SENTENCES_MAX)
		return;
	/* A passage repeats the end of the one before. */
	for (size_t i = r->n; i-- > 0 && r->n - i < 8;)
		if (fu_str_same(r->s[i].text, text))
			return;
	memset(s, 0, sizeof(*s));
	s->text = text;
	s->heading = r->heading;
	s->section = r->section;
	s->chunk = r->chunk;
	s->first = r->first;
	s->asks = text.ptr[text.len - 1] == '?';
	s->alone = made || fu_begins_alone(text, r->arena);
	s->made = made;
	r->first = false;
	r->n++;
}

/* ---- lists ---- */

static struct fu_str
bare(struct fu_str text)
{
	text = fu_str_trim(text);
	while (text.len > 0 && strchr(":;,", text.ptr[text.len - 1]) != NULL)
		text.len--;
	return (text);
}

static void
put_item(struct reading *r, struct fu_str head, const char *items)
{
	const char	*text = head.len == 0 ? fu_printf(r->arena, "%s.",
	    items) : fu_printf(r->arena, "%.*s: %s.", (int)head.len, head.ptr,
	    items);

	add(r, fu_str_of(text), true);
}

/* The lines of a list, said in one where they are short. */
static void
put_list(struct reading *r, const struct line *line, size_t n)
{
	struct fu_str	 head = bare(r->intro.len > 0 ? r->intro :
	    fu_str_of(r->heading));
	struct fu_buf	 buf;

	if (head.len > 0 && head.ptr[head.len - 1] == '?')
		head.len = 0;
	fu_buf_init(&buf);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			fu_buf_puts(&buf, "; ");
		fu_buf_str(&buf, bare(line[i].text));
	}
	if (buf.len > 0 && buf.len + head.len <= LIST_BYTES)
		put_item(r, head, fu_dup_buf(r->arena, &buf));
	else
		for (size_t i = 0; i < n; i++)
			put_item(r, head, fu_dup_str(r->arena,
			    bare(line[i].text)));
	fu_buf_free(&buf);
	r->intro.len = 0;
}

/* ---- tables ---- */

static size_t
cells_of(struct fu_str row, struct fu_str *cell)
{
	size_t	 n = 0;

	while (row.len > 0 && n < CELLS_MAX) {
		const char	*bar = memchr(row.ptr, '|', row.len);
		size_t		 len = bar == NULL ? row.len :
		    (size_t)(bar - row.ptr);

		cell[n++] = fu_str_trim((struct fu_str){ row.ptr, len });
		row.ptr += len + (bar != NULL);
		row.len -= len + (bar != NULL);
	}
	return (n);
}

/* "|---|": what stands above names the columns. */
static bool
is_rule(struct fu_str cell)
{
	for (size_t i = 0; i < cell.len; i++)
		if (cell.ptr[i] != '-' && cell.ptr[i] != ':')
			return (false);
	return (cell.len >= 2);
}

/* "Team: Price 890; Seats 10." */
static void
put_row(struct reading *r, const struct fu_str *name, const struct fu_str *cell,
    size_t columns)
{
	struct fu_buf	 buf;

	fu_buf_init(&buf);
	for (size_t i = 1; i < columns; i++) {
		if (cell[i].len == 0)
			continue;
		fu_buf_puts(&buf, buf.len > 0 ? "; " : "");
		if (name != NULL && name[i].len > 0)
			fu_buf_printf(&buf, "%.*s: ", (int)name[i].len,
			    name[i].ptr);
		fu_buf_str(&buf, cell[i]);
	}
	if (buf.len > 0 && columns > 0)
		put_item(r, bare(cell[0]), fu_dup_buf(r->arena, &buf));
	fu_buf_free(&buf);
}

/* A whole table of Markdown in a line: the cells of its rule say how many
 * columns it has. */
static void
put_table(struct reading *r, const struct fu_str *cell, size_t n, size_t rule)
{
	size_t	 columns = 0, at;

	while (rule + columns < n && is_rule(cell[rule + columns]))
		columns++;
	at = rule + columns;
	/* A row has an empty cell before it and one behind. */
	while (at + columns <= n) {
		if (cell[at].len == 0 && ++at + columns > n)
			return;
		put_row(r, rule >= columns + 1 ? &cell[rule - columns - 1] :
		    NULL, &cell[at], columns);
		at += columns;
		if (at < n && cell[at].len == 0)
			at++;
	}
}

/* Rows that stand on lines of their own: the first names the columns. */
static size_t
put_rows(struct reading *r, const struct line *line, size_t n)
{
	struct fu_str	*name = fu_alloc_array(r->arena, CELLS_MAX,
	    sizeof(*name));
	struct fu_str	*cell = fu_alloc_array(r->arena, CELLS_MAX,
	    sizeof(*cell));
	size_t		 columns = cells_of(line[0].text, name), i;

	for (size_t k = 0; k < columns; k++)
		if (is_rule(name[k])) {
			put_table(r, name, columns, k);
			return (1);
		}
	for (i = 1; i < n && line[i].kind == ROW; i++)
		if (cells_of(line[i].text, cell) == columns)
			put_row(r, name, cell, columns);
	if (i == 1)
		put_row(r, NULL, name, columns);
	return (i);
}

/* ---- lines ---- */

static enum kind
kind_of(struct fu_str line)
{
	if (memchr(line.ptr, '|', line.len) != NULL)
		return (ROW);
	if (line.ptr[line.len - 1] == ':')
		return (INTRO);
	if (line.ptr[line.len - 1] == '?' && fu_sentence_end(line) == line.len)
		return (QUESTION);
	return (fu_is_sentence(line) ? PROSE : BARE);
}

static void
put_prose(struct reading *r, struct fu_str line)
{
	while (line.len > 0) {
		size_t		 end = fu_sentence_end(line);
		struct fu_str	 one = fu_str_trim((struct fu_str){ line.ptr,
		    end });

		line.ptr += end;
		line.len -= end;
		if (one.len == 0)
			continue;
		if (fu_is_sentence(one))
			add(r, one, false);
		else if (line.len == 0)
			r->intro = one;
	}
}

/* Lines that end as no sentence does: a heading with what stands below it, or
 * the items of a list. */
static size_t
put_bare(struct reading *r, const struct line *line, size_t n, bool opens)
{
	size_t	 run = 0, from = 0;

	while (run < n && line[run].kind == BARE)
		run++;
	/* A heading stands between two paragraphs, or above a list. */
	if (r->intro.len == 0 && !opens && (run > 1 || n > 1)) {
		begin_section(r, line[0].text);
		from = 1;
	}
	if (run > from && run < n && line[run].kind != ROW && run - from +
	    (size_t)opens > 1) {
		put_list(r, &line[from], run - from - 1);
		begin_section(r, line[run - 1].text);
	} else if (run > from)
		put_list(r, &line[from], run - from);
	return (run);
}

static void
read_passage(struct reading *r, const struct fu_passage_row *p)
{
	struct line	*line = fu_alloc_array(r->arena, LINES_MAX,
	    sizeof(*line));
	const char	*text = p->text;
	size_t		 n = 0, i;

	for (; *text != '\0' && n < LINES_MAX; text += *text == '\n') {
		struct fu_str	 one = fu_str_trim((struct fu_str){ text,
		    strcspn(text, "\n") });

		text += strcspn(text, "\n");
		if (one.len > 0)
			line[n++] = (struct line){ one, kind_of(one) };
	}
	for (i = 0; i < n;) {
		switch (line[i].kind) {
		case PROSE:
			put_prose(r, line[i++].text);
			break;
		case INTRO:
			put_prose(r, line[i++].text);
			break;
		case QUESTION:
			if (i + 1 < n)
				begin_section(r, line[i].text);
			i++;
			break;
		case ROW:
			i += put_rows(r, &line[i], n - i);
			break;
		case BARE:
			i += put_bare(r, &line[i], n - i, i == 0);
			break;
		}
	}
}

size_t
fu_chat_sentences(const struct fu_passage_row *p, size_t n,
    struct fu_arena *arena, struct fu_chat_sentence **s)
{
	struct reading	 r = { .arena = arena, .heading = "", .first = true };
	const char	*path = NULL;

	r.s = *s = fu_alloc_array(arena, FU_CHAT_SENTENCES_MAX + 1,
	    sizeof(**s));
	for (size_t i = 0; i < n; i++) {
		r.chunk = p[i].chunk;
		if (path == NULL || !fu_streq(path, p[i].heading))
			begin_section(&r, last_heading(p[i].heading));
		path = p[i].heading;
		read_passage(&r, &p[i]);
	}
	return (r.n);
}
