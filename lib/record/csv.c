/*
 * Rows of comma-separated files.
 *
 * libcsv alone decides where a quoted cell ends: a line is handed to it at a
 * time, and the row is over when it says so.  Never keeps more than one row,
 * and never lets a quote that nobody closed take the rest of the file.
 */
#include "record/csv_room.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record/latin.h"

/* After a quote that was not closed, rows that span lines are bounded so, up
 * to where the reading had got to: a file of nothing but open quotes would
 * otherwise be read once a line. */
#define WARY_LINES_MAX	64

static void
on_cell(void *text, size_t len, void *ctx)
{
	struct fu_csv *c = ctx;

	if (c->nspan == c->spancap) {
		c->spancap = c->spancap > 0 ? 2 * c->spancap : 64;
		c->span = reallocarray(c->span, c->spancap, sizeof(*c->span));
		if (c->span == NULL)
			fu_oom();
	}
	c->span[c->nspan++] = (struct fu_csv_span){ c->cells.len, len };
	if (len > 0)
		fu_buf_put(&c->cells, text, len);
	fu_buf_putc(&c->cells, '\0');
}

static void
on_row(int end, void *ctx)
{
	struct fu_csv *c = ctx;

	(void)end;
	c->row_done = true;
}

static void
row_reset(struct fu_csv *c)
{
	/* The one way to tell libcsv to forget the cell it is in. */
	(void)csv_fini(&c->parser, NULL, NULL, NULL);
	c->nspan = 0;
	c->row_done = false;
	fu_buf_reset(&c->cells);
}

static void
feed(struct fu_csv *c, const char *ptr, size_t len)
{
	if (csv_parse(&c->parser, ptr, len, on_cell, on_row, c) != len ||
	    csv_parse(&c->parser, "\n", 1, on_cell, on_row, c) != 1)
		fu_oom();	/* without strictness, nothing else fails */
}

static bool
is_blank_line(const struct fu_csv *c, const char *ptr, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (ptr[i] != ' ' &&
		    (ptr[i] != '\t' || csv_get_delim(
		    (struct csv_parser *)&c->parser) == '\t'))
			return (false);
	return (true);
}

/* Take the lines of one row. */
enum fu_row_end
fu_csv_take_row(struct fu_csv *c, uint64_t lines_max, struct fu_csv_place *at,
    struct fu_err *err)
{
	struct fu_str held;
	struct fu_csv_span line;
	int r;

	row_reset(c);
	*at = (struct fu_csv_place){ .off = fu_text_held(c->text).len,
	    .line = fu_text_next_number(c->text) };
	for (;;) {
		r = fu_text_more(c->text, &line.off, &line.len, err);
		if (r < 0)
			return (FU_ROW_ERROR);
		if (r == 0)
			return (at->lines == 0 ? FU_ROW_NONE : FU_ROW_OPEN);
		if (r == 2)
			return (at->lines == 0 ? FU_ROW_FULL : FU_ROW_OPEN);
		held = fu_text_held(c->text);
		if (at->lines == 0) {
			at->first = line;
			if (is_blank_line(c, held.ptr + line.off, line.len))
				return (FU_ROW_BLANK);
		} else if (at->lines == 1)
			at->second = line;
		at->lines++;
		feed(c, held.ptr + line.off, line.len);
		if (c->row_done)
			return (FU_ROW_OK);
		if (lines_max > 0 && at->lines >= lines_max)
			return (FU_ROW_OPEN);
	}
}

/* The spans as views, now that the buffer has stopped moving. */
void
fu_csv_make_cells(struct fu_csv *c)
{
	if (c->cellcap < c->nspan) {
		c->cellcap = c->spancap;
		c->cell = reallocarray(c->cell, c->cellcap, sizeof(*c->cell));
		if (c->cell == NULL)
			fu_oom();
	}
	for (size_t i = 0; i < c->nspan; i++)
		c->cell[i] = (struct fu_str){ c->cells.ptr + c->span[i].off,
		    c->span[i].len };
}

/* Windows-1252 to UTF-8, cell by cell; the new text goes behind the old. */
static size_t
convert_cells(struct fu_csv *c)
{
	struct fu_buf out;
	size_t bad = 0;

	fu_buf_init(&out);
	for (size_t i = 0; i < c->nspan; i++) {
		struct fu_str s = { c->cells.ptr + c->span[i].off,
		    c->span[i].len };

		c->span[i].off = out.len;
		bad += fu_latin_decode(s, &out);
		c->span[i].len = out.len - c->span[i].off;
		fu_buf_putc(&out, '\0');
	}
	fu_buf_free(&c->cells);
	c->cells = out;
	return (bad);
}

/* Make the row and its text valid UTF-8; false when it is no text. */
static bool
check_encoding(struct fu_csv *c, struct fu_csv_row *row)
{
	enum fu_encoding e = fu_text_encoding(c->text);
	size_t bad;

	if (fu_ascii(row->input.ptr, row->input.len))
		return (true);
	if (fu_utf8_valid(row->input.ptr, row->input.len)) {
		c->is_utf8 = true;
		return (true);
	}
	fu_buf_reset(&c->input);
	bad = fu_latin_decode(row->input, &c->input);
	row->input = fu_buf_view(&c->input);
	/* A file that has shown itself to be UTF-8 has a broken row. */
	if (bad > 0 || e != FU_ENC_UTF8 || (c->is_utf8 && c->seen.cp1252 == 0))
		return (false);
	(void)convert_cells(c);
	if (c->seen.cp1252++ == 0)
		c->seen.first_cp1252 = row->line;
	return (true);
}

static struct fu_str
without_end(struct fu_str s)
{
	if (s.len > 0 && s.ptr[s.len - 1] == '\n')
		s.len--;
	if (s.len > 0 && s.ptr[s.len - 1] == '\r')
		s.len--;
	return (s);
}

/* How many cells has this line by itself?  0 when a quote stays open. */
static size_t
count_cells(struct fu_csv *c, const char *ptr, size_t len)
{
	row_reset(c);
	feed(c, ptr, len);
	return (c->row_done ? c->nspan : 0);
}

/*
 * Does a row of several lines look like one that a stray quote has made of
 * several people?  Its second line would be a row by itself, and the row has
 * the wrong number of cells or a quote in the midst of a quoted cell.
 */
static bool
swallowed(struct fu_csv *c, const struct fu_csv_place *at, bool ragged)
{
	struct fu_str held = fu_text_held(c->text);
	struct csv_parser strict;
	size_t len;

	if (at->lines < 2 || c->nheader < 2 || count_cells(c,
	    held.ptr + at->second.off, at->second.len) != c->nheader)
		return (false);
	if (ragged)
		return (true);
	if (csv_init(&strict, CSV_STRICT) != 0)
		fu_oom();
	csv_set_delim(&strict, csv_get_delim(&c->parser));
	len = csv_parse(&strict, held.ptr, held.len, NULL, NULL, NULL);
	csv_free(&strict);
	return (len != held.len);
}

/* A quote open, or no end of line, as far as may be held: step over it. */
static int
step_over(struct fu_csv *c, const struct fu_csv_place *at, enum fu_row_end end,
    struct fu_err *err)
{
	if (end == FU_ROW_FULL)
		return (fu_text_skip(c->text, err));
	fu_text_back(c->text, at->second.off > 0 ? at->second.off :
	    fu_text_held(c->text).len, at->line + 1);
	return (1);
}

struct fu_csv *
fu_csv_open(struct fu_text *text, const struct fu_csv_opt *opt,
    struct fu_err *err)
{
	struct fu_csv_row row = { 0 };
	struct fu_csv *c;

	c = calloc(1, sizeof(*c));
	if (c == NULL || csv_init(&c->parser, 0) != 0)
		fu_oom();
	csv_set_blk_size(&c->parser, 4096);
	c->text = text;
	fu_arena_init(&c->arena);
	fu_buf_init(&c->cells);
	fu_buf_init(&c->input);
	if (fu_csv_find_header(c, opt, err) != 0)
		goto err;
	if (c->nspan > FU_CSV_CELLS_MAX) {
		fu_err_set(err, FU_EDATA, "%s:%ju: %zu columns; %d at most",
		    fu_text_name(text), (uintmax_t)c->seen.header_line,
		    c->nspan, FU_CSV_CELLS_MAX);
		goto err;
	}
	row.line = c->seen.header_line;
	row.input = fu_text_held(text);
	row.input.ptr += c->header_off;
	row.input.len -= c->header_off;
	row.input = without_end(row.input);
	if (!check_encoding(c, &row)) {
		fu_err_set(err, FU_EDATA, "%s:%ju: the header row is neither "
		    "UTF-8 nor Windows-1252: save the file as UTF-8",
		    fu_text_name(text), (uintmax_t)row.line);
		goto err;
	}
	fu_csv_make_cells(c);
	fu_csv_name_columns(c);
	c->header_input = fu_dup_str(&c->arena, row.input);
	return (c);
err:
	fu_csv_close(c);
	return (NULL);
}

void
fu_csv_close(struct fu_csv *c)
{
	if (c == NULL)
		return;
	csv_free(&c->parser);
	free(c->span);
	free(c->cell);
	fu_buf_free(&c->cells);
	fu_buf_free(&c->input);
	fu_arena_free(&c->arena);
	free(c);
}

const char *const *
fu_csv_header(const struct fu_csv *c, size_t *n)
{
	*n = c->nheader;
	return (c->header);
}

const char *
fu_csv_header_input(const struct fu_csv *c)
{
	return (c->header_input);
}

const struct fu_csv_seen *
fu_csv_seen(const struct fu_csv *c)
{
	return (&c->seen);
}

bool
fu_csv_pending(struct fu_csv *c)
{
	return (fu_text_pending(c->text));
}

/* The last lines of a report: words in one cell, below a blank row.  One that
 * holds an address could be somebody. */
static bool
is_footer(const struct fu_csv *c)
{
	size_t filled = 0;

	if (!c->after_blank || c->nheader < 2)
		return (false);
	for (size_t i = 0; i < c->nspan; i++)
		if (c->cell[i].len > 0) {
			filled++;
			if (memchr(c->cell[i].ptr, '@', c->cell[i].len) != NULL)
				return (false);
		}
	return (filled == 1 && c->cell[0].len > 0);
}

static int __attribute__((format(printf, 4, 5)))
refuse(struct fu_csv *c, struct fu_csv_row *row, const char *reason,
    const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(row->detail, sizeof(row->detail), fmt, ap);
	va_end(ap);
	row->reason = reason;
	row->cell = NULL;
	row->n = 0;
	c->seen.rejected++;
	/* What is shown of a row must be text, whatever came. */
	if (!fu_ascii(row->input.ptr, row->input.len) &&
	    !fu_utf8_valid(row->input.ptr, row->input.len)) {
		fu_buf_reset(&c->input);
		(void)fu_latin_decode(row->input, &c->input);
		row->input = fu_buf_view(&c->input);
	}
	return (1);
}

/* Does text follow the quote that should close a cell of that line?  Then the
 * quote is taken for one inside the cell, and nothing closes it. */
static bool
text_behind_quote(const struct fu_csv *c, struct fu_str s)
{
	char delim = (char)csv_get_delim((struct csv_parser *)&c->parser);
	size_t i = 0, next;

	while (i < s.len) {
		while (i < s.len && s.ptr[i] == ' ')
			i++;
		if (i < s.len && s.ptr[i] == '"') {
			for (i++; i < s.len; i++) {
				if (s.ptr[i] != '"')
					continue;
				if (i + 1 == s.len || s.ptr[i + 1] != '"')
					break;
				i++;
			}
			if (i >= s.len)
				return (false);
			for (next = i + 1; next < s.len && s.ptr[next] == ' ';)
				next++;
			if (next < s.len && s.ptr[next] != delim)
				return (true);
			i = next;
		}
		while (i < s.len && s.ptr[i] != delim)
			i++;
		i++;
	}
	return (false);
}

/* Reject the first line of a row alone and go on with its second. */
static int
refuse_first_line(struct fu_csv *c, struct fu_csv_row *row,
    const struct fu_csv_place *at)
{
	uint64_t reached = fu_text_next_number(c->text);
	struct fu_str held = fu_text_held(c->text);

	row->input = (struct fu_str){ held.ptr + at->first.off, at->first.len };
	if (c->wary_line < reached)
		c->wary_line = reached;
	if (at->lines > 1)
		fu_text_back(c->text, at->second.off, at->line + 1);
	if (text_behind_quote(c, row->input))
		return (refuse(c, row, "stray_quote", "on line %ju text "
		    "follows the quote that closes a cell: one inside a cell "
		    "is doubled", (uintmax_t)at->line));
	return (refuse(c, row, "unclosed_quote",
	    "a quote that opens on line %ju is not closed",
	    (uintmax_t)at->line));
}

int
fu_csv_next(struct fu_csv *c, struct fu_csv_row *row, struct fu_err *err)
{
	struct fu_csv_place at;
	size_t filled, found;
	uint64_t lines_max;
	bool ragged;

	for (;;) {
		fu_text_begin(c->text);
		lines_max = fu_text_next_number(c->text) < c->wary_line ?
		    WARY_LINES_MAX : 0;
		*row = (struct fu_csv_row){ 0 };
		switch (fu_csv_take_row(c, lines_max, &at, err)) {
		case FU_ROW_ERROR:
			return (-1);
		case FU_ROW_NONE:
			return (0);
		case FU_ROW_BLANK:
			c->seen.blank++;
			c->after_blank = true;
			continue;
		case FU_ROW_FULL:
			row->line = at.line;
			/* Latin or UTF-8, cut anywhere: copying makes text. */
			fu_buf_reset(&c->input);
			(void)fu_latin_decode(fu_text_head(c->text), &c->input);
			row->input = fu_buf_view(&c->input);
			(void)refuse(c, row, "row_too_long",
			    "a line of more than %d bytes", FU_CSV_ROW_MAX);
			return (step_over(c, &at, FU_ROW_FULL, err) < 0 ?
			    -1 : 1);
		case FU_ROW_OPEN:
			row->line = at.line;
			return (refuse_first_line(c, row, &at));
		case FU_ROW_OK:
			break;
		}
		row->line = at.line;
		row->input = without_end(fu_text_held(c->text));
		fu_csv_make_cells(c);
		filled = 0;
		for (size_t i = 0; i < c->nspan; i++)
			if (c->cell[i].len > 0)
				filled = i + 1;
		if (filled == 0) {
			c->seen.blank++;
			c->after_blank = true;
			continue;
		}
		if (is_footer(c)) {
			if (c->seen.footers++ == 0)
				c->seen.first_footer = at.line;
			continue;
		}
		c->after_blank = false;
		break;
	}
	found = c->nspan;
	/* Too few, or more than empty ones too many. */
	ragged = found < c->nheader || filled > c->nheader;
	if (at.lines > 1) {
		if (swallowed(c, &at, ragged))
			return (refuse_first_line(c, row, &at));
		if (!ragged) {
			/* That looked at the second line; read the row anew. */
			fu_text_back(c->text, 0, at.line);
			(void)fu_csv_take_row(c, 0, &at, NULL);
		}
	}
	if (ragged)
		return (refuse(c, row, "ragged_row",
		    "found %zu cells, expected %zu", found, c->nheader));
	if (!check_encoding(c, row))
		return (refuse(c, row, "bad_encoding",
		    "neither UTF-8 nor Windows-1252"));
	fu_csv_make_cells(c);
	row->cell = c->cell;
	row->n = c->nheader;
	c->seen.rows++;
	return (1);
}
