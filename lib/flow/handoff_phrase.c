/*
 * The summary of a hand-off, by a language model: of what was said alone.
 *
 * Must never be asked while a transaction is open, nor about somebody who said
 * nothing: then there is nothing to sum up.
 */
#include <string.h>

#include "flow/handoff_room.h"

#define SENTENCES 5
#define WORDS	  120
#define TURNS	  16 /* the newest */
#define FACTS	  3

static bool
is_theirs(const struct fu_event *e)
{
	return (e->from != FU_FROM_BOT && e->from != FU_FROM_REP);
}

static bool
is_said(const struct fu_event *e)
{
	return (!fu_blank(e->text) && fu_handoff_is_turn(e) &&
		e->kind != FU_K_SENT);
}

static void
add_fact(struct fu_llm_in *in, struct fu_prompt_source *source,
    const char *name, const char *value, struct fu_arena *arena)
{
	if (!fu_blank(value))
		source[in->nsource++] = (struct fu_prompt_source){
		    "on record", fu_printf(arena, "%s: %s", name, value)};
}

void
fu_brief_ask(struct fu_llm *llm, const struct fu_case *c,
    struct fu_arena *arena, struct fu_brief *brief)
{
	const char *const *f = c->p.person.f;
	struct fu_prompt_source source[TURNS + FACTS];
	const char *name[3];
	struct fu_llm_in in = {.prompt = "summary",
	    .source = source,
	    .names = {name, 0},
	    .limits = {.sentences = SENTENCES, .words = WORDS}};
	size_t from = c->nevent, turns = 0;
	bool theirs = false;

	memset(brief, 0, sizeof(*brief));
	brief->prospect = c->p.id;
	brief->news = c->p.news;
	while (from > 0 && turns < TURNS)
		turns += is_said(&c->event[--from]);
	for (size_t i = from; i < c->nevent; i++) {
		const struct fu_event *e = &c->event[i];

		if (!is_said(e))
			continue;
		theirs = theirs || is_theirs(e);
		source[in.nsource++] = (struct fu_prompt_source){
		    is_theirs(e) ? "they wrote" : "we wrote", e->text};
	}
	if (!theirs)
		return;
	add_fact(&in, source, "Interest", f[FU_F_INTEREST], arena);
	add_fact(&in, source, "Timeline", f[FU_F_TIMELINE], arena);
	add_fact(&in, source, "Budget",
	    fu_handoff_amount(&c->p.person, c->event, c->nevent, arena), arena);
	if (f[FU_F_FIRST_NAME] != NULL)
		name[in.names.n++] = f[FU_F_FIRST_NAME];
	if (f[FU_F_LAST_NAME] != NULL)
		name[in.names.n++] = f[FU_F_LAST_NAME];
	if (f[FU_F_COMPANY] != NULL)
		name[in.names.n++] = f[FU_F_COMPANY];
	(void)fu_llm_phrase(llm, &in, arena, &brief->out);
}
