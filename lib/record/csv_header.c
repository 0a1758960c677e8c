/*
 * Where the table of a comma-separated file begins, and what parts its cells.
 *
 * Rows are read with each delimiter until one holds headers that the caller
 * knows.  Never decides where a row ends: that is for csv.c.
 */
#include "record/csv_room.h"

#include <string.h>

/* How well does this delimiter read the row at the present place? */
static size_t
try_row(struct fu_csv *c, const struct fu_csv_opt *opt, char delimiter,
    struct fu_csv_place *at, enum fu_row_end *end, struct fu_err *err)
{
	csv_set_delim(&c->parser, (unsigned char)delimiter);
	*end = fu_csv_take_row(c, 0, at, err);
	if (*end != FU_ROW_OK)
		return (0);
	fu_csv_make_cells(c);
	return (opt->known != NULL ?
	    opt->known(opt->ctx, c->cell, c->nspan) : 0);
}

static const char delimiters[] = ",;\t|";

/*
 * Of the delimiters, find the one that makes most headers known in the row at
 * ${off}, or most cells among equals; go behind that row.
 */
static size_t
best_delimiter(struct fu_csv *c, const struct fu_csv_opt *opt, size_t off,
    uint64_t line, char *best, enum fu_row_end *end, struct fu_err *err)
{
	const char *d = opt->delimiter != 0 ?
	    (const char[]){ opt->delimiter, '\0' } : delimiters;
	size_t known, best_known = 0, best_cells = 0;
	struct fu_csv_place at;

	*best = d[0];
	for (; *d != '\0'; d++) {
		fu_text_back(c->text, off, line);
		known = try_row(c, opt, *d, &at, end, err);
		if (*end == FU_ROW_ERROR || *end == FU_ROW_NONE)
			return (0);
		if (*end != FU_ROW_OK)
			continue;
		if (known > best_known ||
		    (known == best_known && c->nspan > best_cells)) {
			*best = *d;
			best_known = known;
			best_cells = c->nspan;
		}
	}
	fu_text_back(c->text, off, line);
	(void)try_row(c, opt, *best, &at, end, err);
	return (best_known);
}

/* Excel's first line "sep=;" is no row: it names the delimiter, or 0. */
static char
take_sep(struct fu_csv *c, struct fu_err *err)
{
	size_t off, len;
	const char *p;

	if (fu_text_more(c->text, &off, &len, err) == 1) {
		p = fu_text_held(c->text).ptr + off;
		if (len >= 7 && p[0] == '"' && p[len - 1] == '"') {
			p++;
			len -= 2;
		}
		if (len == 5 && strncasecmp(p, "sep=", 4) == 0)
			return (p[4]);
	}
	fu_text_back(c->text, 0, 1);
	return (0);
}

/* Find the header row and leave the reader behind it, its cells in place. */
int
fu_csv_find_header(struct fu_csv *c, const struct fu_csv_opt *opt,
    struct fu_err *err)
{
	struct fu_csv_opt with = *opt;
	const char *name = fu_text_name(c->text);
	uint64_t first_line = 0;
	size_t first_off = 0, known;
	enum fu_row_end end;
	char best, sep;

	fu_text_begin(c->text);
	sep = take_sep(c, err);
	if (with.delimiter == 0)
		with.delimiter = sep;
	opt = &with;
	for (int i = 0; i < FU_CSV_PREAMBLE_MAX && opt->known != NULL; i++) {
		size_t off = fu_text_held(c->text).len;
		uint64_t line = fu_text_next_number(c->text);

		known = best_delimiter(c, opt, off, line, &best, &end, err);
		if (end == FU_ROW_ERROR)
			return (-1);
		if (end == FU_ROW_NONE || end == FU_ROW_FULL)
			break;
		if (end == FU_ROW_OPEN)	/* a stray quote above the header */
			fu_text_back(c->text, off, line);
		if (end == FU_ROW_OPEN) {
			size_t o, n;

			if (fu_text_more(c->text, &o, &n, err) != 1)
				break;
			continue;
		}
		if (end == FU_ROW_BLANK)
			continue;
		if (first_line == 0) {
			first_line = line;
			first_off = off;
		}
		/* One word may be chance in a paragraph above the header. */
		if (known >= (line == first_line ? 1 : 2)) {
			c->seen.header_line = line;
			c->header_off = off;
			c->seen.preamble = line - 1;
			c->seen.delimiter = best;
			return (0);
		}
	}
	fu_text_back(c->text, first_off, first_line > 0 ? first_line : 1);
	for (;;) {
		size_t off = fu_text_held(c->text).len;
		uint64_t line = fu_text_next_number(c->text);

		(void)best_delimiter(c, opt, off, line, &best, &end, err);
		if (end == FU_ROW_BLANK)
			continue;
		if (end == FU_ROW_ERROR)
			return (-1);
		if (end == FU_ROW_NONE)
			return (fu_err_set(err, FU_NOTFOUND, "%s: is empty",
			    name));
		if (end != FU_ROW_OK)
			return (fu_err_set(err, FU_EDATA, "%s:%ju: no header "
			    "row: a line without end, or a quote that is not "
			    "closed", name, (uintmax_t)line));
		c->seen.header_line = line;
		c->header_off = off;
		c->seen.preamble = line - 1;
		c->seen.delimiter = best;
		return (0);
	}
}

/* Name the columns: empty ones by number, later ones of a name by count. */
void
fu_csv_name_columns(struct fu_csv *c)
{
	c->nheader = c->nspan;
	c->header = fu_alloc_array(&c->arena, c->nheader + 1,
	    sizeof(*c->header));
	for (size_t i = 0; i < c->nheader; i++) {
		struct fu_str s = fu_str_trim(c->cell[i]);
		unsigned count = 1;
		char *name;

		if (s.len == 0)
			name = fu_printf(&c->arena, "column %zu", i + 1);
		else
			name = fu_dup_str(&c->arena, s);
		for (char *p = name; *p != '\0'; p++)
			if ((unsigned char)*p < ' ')
				*p = ' ';
		c->header[i] = name;
		for (size_t k = 0; k < i; k++)
			if (fu_streq_nocase(c->header[k], c->header[i])) {
				c->header[i] = fu_printf(&c->arena, "%s %u",
				    name, ++count);
				k = (size_t)-1;
			}
	}
}
