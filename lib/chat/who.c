/*
 * Whose address it is that somebody typed: asked by one mail to it.
 *
 * Must never let what is said here hang on whether the address is known.
 */
#include "chat/room.h"
#include "flow/confirm.h"

int
fu_chat_who(struct fu_chat *chat, const struct fu_chat_way *w,
    struct fu_err *err)
{
	const struct fu_chat_turn	*t = w->turn;
	bool				 mail = fu_streq(w->plan.consent,
	    "email"), asked;
	struct fu_confirm_of		 of = { .prospect = w->prospect,
		.visitor = t->visitor };

	if (t->visitor == NULL || t->text == NULL || w->prospect == 0 ||
	    t->reject != NULL || w->again)
		return (0);
	if (mail && !w->plan.granted)
		return (fu_confirm_drop(chat->session, w->prospect,
		    t->visitor, w->arena, err));
	of.address = w->said.email;
	if (mail && of.address == NULL) {
		of.address = w->state.email;
		of.consent = true;
	}
	if (of.address == NULL || fu_chat_confirmed(w))
		return (0);
	of.language = fu_chat_language(chat, w);
	return (fu_confirm_ask(chat->session, &of, w->arena, &asked, err));
}
