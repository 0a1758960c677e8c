/*
 * Drawing charts.
 *
 * Must never say by colour alone, nor begin an axis elsewhere than at 0.
 */
#include <math.h>
#include <stdio.h>

#include "report/html.h"
#include "report/number.h"
#include "report/svg.h"

#define WIDTH		760
#define LEFT		222	/* room of the labels */
#define RIGHT		150	/* of what stands beside a bar */
#define LINE		26
#define BAR		16
#define FOOT		26
#define LABEL_MAX	34	/* characters */

#define TALL		240	/* of columns */
#define SIDE		46
#define UNDER		58

static void
begin(const struct fu_chart *c, int height, struct fu_buf *out)
{
	fu_buf_printf(out, "<svg viewBox=\"0 0 %d %d\" role=\"img\" "
	    "aria-labelledby=\"%s-t %s-d\">\n<title id=\"%s-t\">", WIDTH,
	    height, c->id, c->id, c->id);
	fu_buf_html(out, c->title);
	fu_buf_printf(out, "</title>\n<desc id=\"%s-d\">", c->id);
	fu_buf_html(out, c->desc);
	fu_buf_puts(out, "</desc>\n");
}

/* The greatest of what is drawn, up to a round number: 1, 2 or 5.  An interval
 * of few people is too wide to be measured by. */
static double
round_top(const struct fu_chart *c)
{
	double	 top = 0, ten;

	for (size_t i = 0; i < c->n; i++)
		top = fmax(top, c->bar[i].few ? c->bar[i].value :
		    fmax(c->bar[i].value, c->bar[i].high));
	if (top <= 0)
		return (1);
	ten = pow(10, floor(log10(top)));
	top = top <= ten ? ten : top <= 2 * ten ? 2 * ten : top <= 5 * ten ?
	    5 * ten : 10 * ten;
	return (c->percent && top > 1 ? 1 : top);
}

static void
put(struct fu_buf *out, double x)
{
	char	 text[FU_NUMBER_LEN];

	fu_buf_puts(out, fu_fixed(x, 1, text));
}

static void
rect(struct fu_buf *out, const char *class, double x, double y, double w,
    double h)
{
	fu_buf_printf(out, "<rect class=\"%s\" x=\"", class);
	put(out, x);
	fu_buf_puts(out, "\" y=\"");
	put(out, y);
	fu_buf_puts(out, "\" width=\"");
	put(out, fmax(w, 0));
	fu_buf_puts(out, "\" height=\"");
	put(out, fmax(h, 0));
	fu_buf_puts(out, "\"/>");
}

static void
line(struct fu_buf *out, const char *class, double x, double y, double to_x,
    double to_y)
{
	fu_buf_printf(out, "<path class=\"%s\" d=\"M", class);
	put(out, x);
	fu_buf_putc(out, ' ');
	put(out, y);
	fu_buf_putc(out, 'L');
	put(out, to_x);
	fu_buf_putc(out, ' ');
	put(out, to_y);
	fu_buf_puts(out, "\"/>");
}

static void
text(struct fu_buf *out, const char *class, const char *anchor, double x,
    double y, const char *s)
{
	fu_buf_printf(out, "<text class=\"%s\" text-anchor=\"%s\" x=\"",
	    class, anchor);
	put(out, x);
	fu_buf_puts(out, "\" y=\"");
	put(out, y);
	fu_buf_puts(out, "\">");
	fu_buf_html(out, s);
	fu_buf_puts(out, "</text>");
}

/* The end of a long label tells more than its beginning: the step's name. */
static void
label(struct fu_buf *out, double y, const char *s)
{
	struct fu_buf	 cut;
	size_t		 n = fu_utf8_count(fu_str_of(s)), len;
	uint32_t	 cp;

	fu_buf_init(&cut);
	if (n > LABEL_MAX) {
		fu_buf_puts(&cut, "…");
		for (; n > LABEL_MAX - 1; n--) {
			len = fu_utf8_next(s, &cp);
			s += len;
		}
	}
	fu_buf_puts(&cut, s);
	text(out, "", "end", LEFT - 10, y, cut.ptr);
	fu_buf_free(&cut);
}

static const char *
tick(const struct fu_chart *c, double value, double top,
    char s[FU_NUMBER_LEN])
{
	char	 digits[FU_NUMBER_LEN];

	if (c->percent) {
		snprintf(s, FU_NUMBER_LEN, "%.30s %%", fu_fixed(value * 100,
		    top < 0.04 ? 1 : 0, digits));
		return (s);
	}
	return (fu_fixed(value, top < 4 ? 1 : 0, s));
}

/* In steps that are round themselves: fifths of 1 and 5, quarters of 2. */
static int
ticks(const struct fu_chart *c, double top)
{
	double	 ten = pow(10, floor(log10(top) + 1e-9));

	if (!c->percent && top < 5)
		return ((int)top);
	return (fabs(top / ten - 2) < 0.1 ? 4 : 5);
}

static void
one_bar(const struct fu_bar *b, double y, double top, double scale,
    struct fu_buf *out)
{
	double	 mid = y + BAR / 2.0, high = fmin(b->high, top), end;

	label(out, mid + 4.5, b->label);
	if (b->band)
		rect(out, "band", LEFT + b->low * scale, y + 3,
		    (b->high - b->low) * scale, BAR - 6);
	else
		rect(out, b->few ? "few" : "bar", LEFT, y, b->value * scale,
		    BAR);
	if (!b->band && b->high > 0) {
		line(out, "whisker", LEFT + b->low * scale, mid,
		    LEFT + high * scale, mid);
		line(out, "whisker", LEFT + b->low * scale, mid - 4,
		    LEFT + b->low * scale, mid + 4);
		if (b->high <= top)
			line(out, "whisker", LEFT + high * scale, mid - 4,
			    LEFT + high * scale, mid + 4);
	}
	end = fmax(b->value, high) * scale;
	text(out, "", "start", LEFT + end + 8, mid + 4.5, b->text);
	fu_buf_putc(out, '\n');
}

void
fu_svg_bars(const struct fu_chart *c, struct fu_buf *out)
{
	int	 height = (int)c->n * LINE + FOOT, n;
	double	 top = round_top(c), scale = (WIDTH - LEFT - RIGHT) / top, x;
	char	 s[FU_NUMBER_LEN];

	begin(c, height, out);
	n = ticks(c, top);
	for (int i = 0; i <= n; i++) {
		x = LEFT + top * i / n * scale;
		line(out, "line", x, 0, x, height - FOOT + 2);
		text(out, "soft", "middle", x, height - 8, tick(c,
		    top * i / n, top, s));
	}
	fu_buf_putc(out, '\n');
	for (size_t i = 0; i < c->n; i++)
		one_bar(&c->bar[i], (double)i * LINE + (LINE - BAR) / 2.0,
		    top, scale, out);
	fu_buf_puts(out, "</svg>\n");
}

static void
one_column(const struct fu_bar *b, double x, double step, double top,
    double scale, bool named, struct fu_buf *out)
{
	double	 wide = fmin(step * 0.7, 40), mid = x + step / 2;
	double	 high = TALL - fmin(b->high, top) * scale;

	rect(out, b->few ? "few" : "bar", mid - wide / 2,
	    TALL - b->value * scale, wide, b->value * scale);
	if (b->high > 0) {
		line(out, "whisker", mid, TALL - b->low * scale, mid, high);
		line(out, "whisker", mid - 3, TALL - b->low * scale, mid + 3,
		    TALL - b->low * scale);
		if (b->high <= top)
			line(out, "whisker", mid - 3, high, mid + 3, high);
	}
	if (named)
		text(out, "soft", "middle", mid, TALL + 18, b->label);
	fu_buf_putc(out, '\n');
}

void
fu_svg_columns(const struct fu_chart *c, struct fu_buf *out)
{
	double	 top = round_top(c), scale = (TALL - 12) / top, y;
	double	 step = c->n == 0 ? 1 : (double)(WIDTH - SIDE - 8) /
	    (double)c->n;
	size_t	 every = (size_t)ceil(86 / step);
	char	 s[FU_NUMBER_LEN];
	int	 n = ticks(c, top);

	begin(c, TALL + UNDER - 30, out);
	for (int i = 0; i <= n; i++) {
		y = TALL - top * i / n * scale;
		line(out, "line", SIDE, y, WIDTH - 8, y);
		text(out, "soft", "end", SIDE - 8, y + 4.5, tick(c,
		    top * i / n, top, s));
	}
	fu_buf_putc(out, '\n');
	for (size_t i = 0; i < c->n; i++)
		one_column(&c->bar[i], SIDE + (double)i * step, step, top, scale,
		    i % every == 0 && (i == 0 || i + every / 2 < c->n ||
		    every == 1), out);
	fu_buf_puts(out, "</svg>\n");
}

void
fu_svg_heat(const struct fu_chart *c, const int64_t *cells,
    struct fu_buf *out)
{
	static const char *const	 days[] = { "Mon", "Tue", "Wed", "Thu",
		"Fri", "Sat", "Sun" };
	const double			 w = (WIDTH - 48) / 24.0, h = 26;
	int64_t				 most = 1;
	char				 s[FU_NUMBER_LEN];

	for (int i = 0; i < 7 * 24; i++)
		most = cells[i] > most ? cells[i] : most;
	begin(c, 7 * 26 + 24, out);
	for (int d = 0; d < 7; d++) {
		text(out, "", "end", 38, d * h + 17.5, days[d]);
		for (int hour = 0; hour < 24; hour++) {
			int64_t	 n = cells[d * 24 + hour];
			double	 x = 46 + hour * w;

			fu_buf_puts(out, "<g fill-opacity=\"");
			fu_buf_puts(out, fu_fixed(n == 0 ? 0.04 : 0.12 + 0.5 *
			    (double)n / (double)most, 2, s));
			fu_buf_puts(out, "\">");
			rect(out, "bar", x + 1, d * h + 1, w - 2, h - 2);
			fu_buf_puts(out, "</g>");
			if (n > 0)
				text(out, "", "middle", x + w / 2,
				    d * h + 17.5, n > 999 ? "999+" :
				    fu_thousands(n, s));
		}
		fu_buf_putc(out, '\n');
	}
	for (int hour = 0; hour < 24; hour += 3) {
		snprintf(s, sizeof(s), "%d:00", hour);
		text(out, "soft", "middle", 46 + hour * w + w / 2, 7 * h + 17,
		    s);
	}
	fu_buf_puts(out, "</svg>\n");
}
