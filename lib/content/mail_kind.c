/*
 * The order in which a mail is asked what it is; the first that says yes has
 * it.
 *
 * Must never read an opt-out in words that its sender did not write: neither
 * in what they quote nor in what a program put below.
 */
#include <string.h>
#include <strings.h>

#include "content/mail_kind.h"
#include "content/mail_text.h"

#define SUBJECT_ONLY	300	/* bytes of a text beside which a subject speaks */

/* "Re: x", "AW: x": the subject is ours. */
static bool
is_answer(const char *subject)
{
	const char	*colon = strchr(subject, ':');

	return (colon != NULL && colon - subject <= 6);
}

/*
 * "Unsubscribe" as the whole subject of a mail of their own, which is what a
 * mail program's button sends, with little or nothing below it; a token behind
 * it that is not quite one names nobody, but the word is there.
 */
static bool
subject_stops(const struct fu_mail_reader *r, const struct fu_inbound *in,
    struct fu_arena *arena)
{
	const char		*subject = in->letter.subject;
	struct fu_signals	 s;

	if (fu_blank(subject) || is_answer(subject) ||
	    strlen(in->text) > SUBJECT_ONLY ||
	    strchr(in->text, '?') != NULL)
		return (false);
	fu_detect(r->detector, fu_mail_tokenless(subject, arena), "email",
	    NULL, arena, &s);
	return (s.stop == FU_STOP_YES);
}

static enum fu_mail_kind
of_person(const struct fu_mail_reader *r, struct fu_inbound *in,
    struct fu_arena *arena)
{
	struct fu_signals	 s = { .stop = FU_STOP_NO };

	if (!fu_blank(in->text))
		fu_detect(r->detector, in->text, "email", NULL, arena, &s);
	in->erases = s.erasure;
	/* It stops all that an opt-out does, and more [GD-10]. */
	if (s.objection)
		return (FU_M_OBJECTION);
	if (s.stop == FU_STOP_YES || in->tokened ||
	    subject_stops(r, in, arena))
		return (FU_M_UNSUBSCRIBE);
	return (s.erasure ? FU_M_ERASURE : FU_M_REPLY);
}

/* The button of a mail program is a program; but it was pressed. */
static bool
pressed(const struct fu_mail_reader *r, const struct fu_inbound *in,
    struct fu_arena *arena)
{
	return (in->tokened || (in->absence.kind == FU_AUTO_RECEIPT &&
	    subject_stops(r, in, arena)));
}

static enum fu_mail_kind
kind_of(const struct fu_mail_reader *r, struct fu_inbound *in,
    struct fu_arena *arena)
{
	if (fu_mail_report(&in->letter, r->lists, arena, &in->report))
		return (FU_M_REPORT);
	if (fu_mail_complaint(&in->letter, arena, &in->complaint))
		return (FU_M_COMPLAINT);
	in->text = fu_mail_said(&in->letter, r->lists, arena);
	if (fu_mail_calendar(&in->letter, arena, &in->calendar))
		return (FU_M_CALENDAR);
	in->tokened = fu_mail_token(r->keys, in->letter.subject, &in->token);
	if (fu_mail_auto(&in->letter, in->text, r->lists, arena,
	    &in->absence) != FU_AUTO_NO)
		return (pressed(r, in, arena) ? FU_M_UNSUBSCRIBE : FU_M_AUTO);
	return (of_person(r, in, arena));
}

int
fu_inbound_read(const struct fu_mail_reader *r, struct fu_str bytes,
    struct fu_arena *arena, struct fu_inbound *in, struct fu_err *err)
{
	const char	*id, *from = NULL;

	memset(in, 0, sizeof(*in));
	if (fu_letter_read(bytes, arena, &in->letter, err) == -1)
		return (-1);
	in->text = "";
	in->kind = kind_of(r, in, arena);
	if (in->kind == FU_M_REPLY && fu_blank(in->text) &&
	    in->calendar.perhaps != NULL)
		in->text = in->calendar.perhaps;
	id = fu_mail_field_get(&in->letter.original, "Message-ID");
	if (in->kind == FU_M_REPORT) {
		id = in->report.original_id;
		from = in->report.original_from;
	} else if (in->kind != FU_M_COMPLAINT)
		id = NULL;
	fu_mail_match(r->keys, &in->letter, id, from, arena, &in->match);
	if (in->match.touch == 0 && in->kind == FU_M_COMPLAINT &&
	    fu_mail_token(r->keys, fu_mail_field_get(&in->letter.original,
	    "List-Unsubscribe"), &in->token)) {
		in->match.touch = in->token.touch;
		in->match.prospect = in->token.prospect;
		in->match.by = "token";
	}
	return (0);
}
