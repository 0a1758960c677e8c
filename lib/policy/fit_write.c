/*
 * A scorecard as a file to read and edit, with what was measured of it.
 */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "policy/fit_card.h"

#define RANGES	10	/* of scores, in the calibration */

/* A YAML text in double quotes, whatever is in it. */
static void
put_quoted(struct fu_buf *b, const char *text)
{
	fu_buf_putc(b, '"');
	for (; *text != '\0'; text++)
		if (*text == '"' || *text == '\\')
			fu_buf_printf(b, "\\%c", *text);
		else if ((unsigned char)*text < 0x20 || *text == 0x7f)
			fu_buf_printf(b, "\\x%02x", (unsigned)*text);
		else
			fu_buf_putc(b, *text);
	fu_buf_putc(b, '"');
}

static void
put_duration(struct fu_buf *b, int64_t us)
{
	if (us % FU_DAY == 0)
		fu_buf_printf(b, "%" PRId64 "d", us / FU_DAY);
	else if (us % FU_HOUR == 0)
		fu_buf_printf(b, "%" PRId64 "h", us / FU_HOUR);
	else
		fu_buf_printf(b, "%" PRId64 "s", us / FU_SECOND);
}

static double
percent(int64_t n, int64_t of)
{
	return (of == 0 ? 0 : 100.0 * (double)n / (double)of);
}

static const char *
globs_key(const struct fu_rule *r)
{
	return (strcmp(r->globs_of, "url") != 0 ? r->globs_of :
	    strcmp(r->event, "visit") == 0 ? "page" : "url");
}

static void
put_rule(struct fu_buf *b, const struct fu_rule *r)
{
	fu_buf_printf(b, "  - { name: %s, ", r->name);
	if (r->kind == FU_RULE_EVENT) {
		fu_buf_puts(b, "event: ");
		put_quoted(b, r->event);
		if (r->globs.n > 0) {
			fu_buf_printf(b, ", %s: ", globs_key(r));
			put_quoted(b, r->globs.item[0]);
		}
		fu_buf_printf(b, ", points: %d, cap: %d", r->points, r->cap);
		if (r->window_us != 0) {
			fu_buf_puts(b, ", window: ");
			put_duration(b, r->window_us);
		}
		if (r->half_life_us != 0) {
			fu_buf_puts(b, ", half_life: ");
			put_duration(b, r->half_life_us);
		}
	} else {
		fu_buf_puts(b, "when: ");
		put_quoted(b, r->when.sql);
		fu_buf_printf(b, ", points: %d", r->points);
	}
	if (r->why != NULL) {
		fu_buf_puts(b, ", why: ");
		put_quoted(b, r->why);
	}
	fu_buf_puts(b, " }\n");
}

/* "# AUC 0.893 (0.879 to 0.907), Brier 0.128" */
static void
put_measure(struct fu_buf *b, const char *what, const struct fu_fit_measure *m)
{
	if (isnan(m->auc))
		return;
	fu_buf_printf(b, "# %-22s AUC %.3f (%.3f to %.3f), Brier %.3f\n", what,
	    m->auc, m->auc_low, m->auc_high, m->brier);
}

static void
put_calibration(struct fu_buf *b, const struct fu_fit_tally *t,
    const struct fu_fit_measure *m)
{
	fu_buf_puts(b, "#\n#   score     people   won  expected\n");
	for (int i = 0; i < RANGES; i++) {
		int	 from = i * 10, to = i == RANGES - 1 ? 100 : from + 9;
		int64_t	 n = 0, won = 0;
		double	 expected = 0;

		for (int s = from; s <= to; s++) {
			n += t->won[s] + t->not[s];
			won += t->won[s];
			expected += (double)(t->won[s] + t->not[s]) *
			    fu_fit_chance(m->begin + m->slope * s);
		}
		if (n > 0)
			fu_buf_printf(b, "#   %2d to %3d  %6" PRId64 "  %3.0f%%"
			    "      %3.0f%%\n", from, to, n, percent(won, n),
			    100 * expected / (double)n);
	}
}

/* A comment must end where the line does. */
static void
put_line(struct fu_buf *b, const char *text)
{
	size_t	 from = b->len;

	fu_buf_puts(b, text);
	for (size_t i = from; i < b->len; i++)
		if ((unsigned char)b->ptr[i] < 0x20)
			b->ptr[i] = ' ';
	fu_buf_putc(b, '\n');
}

static void
put_head(struct fu_buf *b, const struct fu_scorecard *card,
    const struct fu_fit_report *r, const struct fu_fit_measure *m)
{
	char			 day[FU_TIME_LEN];
	struct fu_fit_measure	 before;

	fu_time_print(r->at_us, day);
	day[10] = '\0';
	fu_buf_printf(b, "# A scorecard, learned by fu-fit on %s.  Read it, "
	    "edit it, check it with\n# fu-lint; fu-scoring(5) has the keys."
	    "\n#\n", day);
	fu_buf_puts(b, "# Outcome: ");
	put_line(b, r->outcome != NULL ? r->outcome :
	    "deals won, of those won or lost");
	fu_buf_printf(b, "# Learned from %zu people, of whom %zu won; measured "
	    "on %" PRId64 " others, of whom\n# %" PRId64 " won, as fu-score "
	    "scores them by this file:\n#\n", r->learned, r->learned_won, m->n,
	    m->won);
	put_measure(b, "this card", m);
	if (r->before_name != NULL) {
		fu_fit_measure(&r->before, &before);
		put_measure(b, r->before_name, &before);
	}
	put_calibration(b, &r->card, m);
	fu_buf_printf(b, "\nbands: { hot: %d, warm: %d }\ncold_after: ",
	    card->hot, card->warm);
	put_duration(b, card->cold_after_us);
	fu_buf_puts(b, "\n\nrules:\n");
}

void
fu_fit_write(const struct fu_scorecard *card, const struct fu_fit_report *r,
    struct fu_buf *b)
{
	struct fu_fit_measure	 m, without;

	fu_fit_measure(&r->card, &m);
	put_head(b, card, r, &m);
	for (size_t i = 0; i < card->nrule; i++) {
		int64_t	 n = r->with[i].n, won = r->with[i].won;

		fu_fit_measure(&r->without[i], &without);
		if (card->rule[i].when.sql != NULL &&
		    strcmp(card->rule[i].when.sql, "1") == 0)
			fu_buf_puts(b, "  # where everybody begins\n");
		else if (isnan(m.auc))
			fu_buf_printf(b, "  # %" PRId64 " of %" PRId64
			    " people\n", n, m.n);
		else
			fu_buf_printf(b, "  # %" PRId64 " of %" PRId64
			    " people, %.0f%% of them won, %.0f%% of the others;"
			    " without it AUC %+.3f\n", n, m.n, percent(won, n),
			    percent(m.won - won, m.n - n),
			    without.auc - m.auc);
		put_rule(b, &card->rule[i]);
	}
	if (card->nrule == 0)
		fu_buf_puts(b, "  []\n");
}
