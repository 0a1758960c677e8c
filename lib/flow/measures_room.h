/*
 * What the files of measuring share: the questions that the chat could not
 * answer, grouped as they come.
 */
#ifndef FU_FLOW_MEASURES_ROOM_H
#define FU_FLOW_MEASURES_ROOM_H

#include "flow/measures.h"

struct fu_questions;

/*
 * fu_questions_see(questions, session, prospect, arena, err): those of one
 * person, in whose turns the chat said that it does not know.
 * fu_questions_figures(questions, arena, figures, n): the groups, the largest
 * first; made in the arena.
 */
struct fu_questions *fu_questions_new(int64_t, int64_t);
void fu_questions_free(struct fu_questions *);
int fu_questions_see(struct fu_questions *, struct fu_session *, int64_t,
    struct fu_arena *, struct fu_err *);
void fu_questions_figures(struct fu_questions *, struct fu_arena *,
    struct fu_figure **, size_t *);

#endif
