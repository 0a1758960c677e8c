/*
 * Lining up columns.  Must never hold more than the first rows.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "record/grid.h"

struct fu_grid_cell {
	char	*text;
	int	 width;		/* in characters */
	bool	 number;
};

void
fu_grid_init(struct fu_grid *g, const struct fu_grid_column *column, size_t n)
{
	*g = (struct fu_grid){ .column = column, .n = n,
	    .cut = isatty(STDOUT_FILENO) == 1 };
	fu_arena_init(&g->arena);
	g->width = calloc(n, sizeof(*g->width));
	g->right = calloc(n, sizeof(*g->right));
	g->cap = n * FU_GRID_ROWS;
	g->cell = calloc(g->cap, sizeof(*g->cell));
	if (g->width == NULL || g->right == NULL || g->cell == NULL)
		fu_oom();
}

void
fu_grid_free(struct fu_grid *g)
{
	fu_arena_free(&g->arena);
	free(g->width);
	free(g->right);
	free(g->cell);
	*g = (struct fu_grid){ 0 };
}

static int
width_of(const char *text)
{
	return ((int)fu_utf8_count(fu_str_of(text)));
}

/* Cut to ${max} characters, the last of them an ellipsis. */
static char *
cut(struct fu_grid *g, char *text, int max)
{
	char	*p = text;

	for (int i = 0; i < max; p++)
		if (((unsigned char)p[1] & 0xc0) != 0x80)
			i++;
	while (p > text && ((unsigned char)*--p & 0xc0) == 0x80)
		continue;
	*p = '\0';
	return (fu_printf(&g->arena, "%s…", text));
}

static void
add(struct fu_grid *g, const char *text, bool number)
{
	struct fu_grid_cell	*c = &g->cell[g->ncell];
	int			 max = g->column[g->ncell++ % g->n].max;

	c->text = fu_dup(&g->arena, text == NULL ? "" : text);
	fu_printable(c->text);
	c->number = number;
	if ((c->width = width_of(c->text)) > max && max > 0 && g->cut) {
		c->text = cut(g, c->text, max);
		c->width = max;
	}
}

void
fu_grid_text(struct fu_grid *g, const char *text)
{
	add(g, text, false);
}

void
fu_grid_number(struct fu_grid *g, const char *text)
{
	add(g, text, true);
}

void
fu_grid_int(struct fu_grid *g, int64_t i)
{
	char	 text[32];

	snprintf(text, sizeof(text), "%" PRId64, i);
	add(g, text, true);
}

/* A column of numbers holds nothing else, empty cells apart. */
static void
decide(struct fu_grid *g)
{
	for (size_t i = 0; i < g->n; i++) {
		bool	 numbers = false, texts = false;

		g->width[i] = width_of(g->column[i].name);
		for (size_t k = i; k < g->ncell; k += g->n) {
			const struct fu_grid_cell	*c = &g->cell[k];

			numbers = numbers || c->number;
			texts = texts || (!c->number && c->width > 0);
			if (c->width > g->width[i])
				g->width[i] = c->width;
		}
		g->right[i] = numbers && !texts;
	}
}

static void
put(struct fu_grid *g, size_t i, const char *text, int width,
    struct fu_buf *out)
{
	int	 room = width < g->width[i] ? g->width[i] - width : 0;

	if (g->right[i])
		fu_buf_printf(out, "%*s%s", room, "", text);
	else
		fu_buf_printf(out, "%s%*s", text, room, "");
	fu_buf_puts(out, i + 1 == g->n ? "" : "  ");
}

/* No line ends in blanks. */
static void
end_line(struct fu_buf *out)
{
	while (out->len > 0 && out->ptr[out->len - 1] == ' ')
		out->len--;
	fu_buf_putc(out, '\n');
}

static void
write_rows(struct fu_grid *g, struct fu_buf *out)
{
	for (size_t k = 0; k < g->ncell; k++) {
		put(g, k % g->n, g->cell[k].text, g->cell[k].width, out);
		if (k % g->n == g->n - 1)
			end_line(out);
	}
	g->ncell = 0;
	fu_arena_reset(&g->arena);
}

static void
begin(struct fu_grid *g, struct fu_buf *out)
{
	char	*name;

	decide(g);
	for (size_t i = 0; i < g->n; i++) {
		name = fu_dup(&g->arena, g->column[i].name);
		for (char *p = name; *p != '\0'; p++)
			if (*p >= 'a' && *p <= 'z')
				*p += 'A' - 'a';
		fu_printable(name);
		put(g, i, name, width_of(name), out);
	}
	end_line(out);
	g->begun = true;
}

void
fu_grid_row(struct fu_grid *g, struct fu_buf *out)
{
	if (!g->begun && g->ncell == g->cap)
		begin(g, out);
	if (g->begun)
		write_rows(g, out);
}

void
fu_grid_end(struct fu_grid *g, struct fu_buf *out)
{
	if (!g->begun && g->ncell > 0)
		begin(g, out);
	write_rows(g, out);
}
