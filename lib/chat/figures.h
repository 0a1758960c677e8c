/*
 * Figures in a question and in what may answer it: "for 500 people" is
 * answered by "up to 800 people".
 *
 * Pure.
 */
#ifndef FU_CHAT_FIGURES_H
#define FU_CHAT_FIGURES_H

#include "base/err.h"
#include "content/terms.h"

/*
 * fu_figure_asked(text): does it ask for one: how much, how long, when?
 * fu_figure_in(text): does it have one, in digits or in words?
 *
 * fu_figure_fits(question, text, terms, tongue): how well a limit in the text
 * holds for a number of the question, of the same things: 1 nearly that
 * number, less the further away, -1 when it does not hold; 0 when the text has
 * no such limit.
 */
bool fu_figure_asked(const char *);
bool fu_figure_in(struct fu_str);
double fu_figure_fits(const char *, struct fu_str, struct fu_terms *,
    enum fu_tongue);

#endif
