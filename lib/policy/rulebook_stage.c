/*
 * At which stages a deal is over.
 *
 * Must never guess: a stage that no rule names is one of selling.
 */
#include <ctype.h>
#include <string.h>

#include "policy/rulebook.h"
#include "policy/stage.h"

#define STAGE_MAX 64		/* octets of a stage that is looked for */

/* "Closed-Won", "closed_won" and "Closed Won" are one. */
static const char *
squeeze(const char *stage, char out[STAGE_MAX])
{
	size_t	 n = 0;

	for (; *stage != '\0'; stage++) {
		if (strchr(" \t-_/", *stage) != NULL)
			continue;
		if (n + 1 == STAGE_MAX)
			return (NULL);
		out[n++] = (char)tolower((unsigned char)*stage);
	}
	out[n] = '\0';
	return (n > 0 ? out : NULL);
}

int
fu_rulebook_stage_line(struct fu_rulebook *b, struct fu_line *l)
{
	struct fu_words	*to = NULL;
	char		 stage[STAGE_MAX];

	if (l->n != 2)
		return (fu_line_bad(l, l->column[0], "expected won | stage, or "
		    "lost | stage"));
	if (strcmp(l->column[0], "won") == 0)
		to = &b->won;
	else if (strcmp(l->column[0], "lost") == 0)
		to = &b->lost;
	else
		return (fu_line_bad(l, l->column[0], "a deal is won or lost"));
	if (squeeze(l->column[1], stage) == NULL)
		return (fu_line_bad(l, l->column[1], "is no stage"));
	fu_line_once(l, l->column[1], "%s", stage);
	to->word = fu_grow(&b->arena, to->word, to->n, &to->cap,
	    sizeof(*to->word));
	to->word[to->n++] = fu_dup(&b->arena, stage);
	return (0);
}

const char *
fu_stage_over(const struct fu_rulebook *b, const char *stage)
{
	char	 text[STAGE_MAX];

	if (b == NULL || stage == NULL || squeeze(stage, text) == NULL)
		return (NULL);
	return (fu_words_has(&b->won, fu_str_of(text)) ? "won" :
	    fu_words_has(&b->lost, fu_str_of(text)) ? "lost" : NULL);
}
