/*
 * What a run of fu-send came to, for the person at the terminal and for
 * cron's mail: a line a reason of what went wrong, and one of sums.
 *
 * Must never decide: it counts results that others have settled.
 */
#include <stdlib.h>
#include <string.h>

#include "flow/send_room.h"

#define LINES_MAX	64	/* kinds of result kept apart */
#define LINES_TOLD	5	/* of one status; a relay words each anew */
#define WORDS_MAX	200	/* bytes of a relay's own words */

static const char *const said_of[FU_SEND_STATUS_N] = {
	"sent", "held", "blocked", "to be tried again", "failed", "uncertain"
};

/* Did the wire fail, and not the message? */
static bool
is_fault(const struct fu_parcel *pc)
{
	return (pc->started && pc->delivery.status == FU_D_RETRY &&
	    fu_streq(pc->delivery.reason, "connection"));
}

/* Why, in words; texts live as long as the parcel. */
static const char *
words_of(const struct fu_parcel *pc)
{
	const char	*detail = pc->detail;

	if (pc->status == FU_SEND_SENT || pc->status == FU_SEND_HELD ||
	    pc->status == FU_SEND_BLOCKED)
		return (pc->reason != NULL ? pc->reason : "");
	if (fu_blank(detail))
		return (pc->reason != NULL ? pc->reason : "no reason given");
	detail = fu_printf(pc->arena, "%.*s", (int)(strlen(detail) > WORDS_MAX ?
	    fu_utf8_cut(detail, WORDS_MAX) : strcspn(detail, "\r\n")),
	    detail);
	/* What a service says may begin with its code. */
	if (pc->started && pc->delivery.code != 0 &&
	    strtol(detail, NULL, 10) != pc->delivery.code)
		detail = fu_printf(pc->arena, "%d %s", pc->delivery.code,
		    detail);
	return (detail);
}

void
fu_tally_add(struct fu_send *s, const struct fu_parcel *pc)
{
	const char	*words = words_of(pc);
	struct fu_tally	*t;
	size_t		 i;

	s->count[pc->status]++;
	if (pc->via != NULL && pc->started) {
		pc->via->tried++;
		pc->via->faults += is_fault(pc);
	}
	for (i = 0; i < s->ntally; i++)
		if (s->tally[i].status == pc->status &&
		    s->tally[i].via == pc->via &&
		    fu_streq(s->tally[i].words, words))
			break;
	if (i == LINES_MAX)
		return;
	if (i == s->ntally) {
		s->tally = fu_grow(&s->arena, s->tally, s->ntally,
		    &s->tally_cap, sizeof(*s->tally));
		t = &s->tally[s->ntally++];
		*t = (struct fu_tally){ .status = pc->status, .via = pc->via,
			.fault = is_fault(pc),
			.words = fu_dup(&s->arena, words) };
	}
	s->tally[i].n++;
}

/* A line a reason of one status, but for ${but}, which is told already. */
static void
say_reasons(const struct fu_send *s, enum fu_send_status status,
    const struct fu_tally *but)
{
	const struct fu_opt	*opt = s->session->opt;
	uint64_t		 left = s->count[status];
	int			 told = 0;

	if (but != NULL && but->status == status) {
		left -= but->n;
		told++;
	}
	for (size_t i = 0; i < s->ntally && told < LINES_TOLD; i++) {
		const struct fu_tally	*t = &s->tally[i];

		if (t->status != status || t == but)
			continue;
		fu_say(opt, "%llu %s: %s", (unsigned long long)t->n,
		    said_of[status], t->words);
		left -= t->n;
		told++;
	}
	if (left > 0)
		fu_say(opt, "%llu more %s", (unsigned long long)left,
		    said_of[status]);
}

/* ": no_new_insight", or " (2 no_new_insight, 1 missing_value)". */
static void
put_reasons(struct fu_buf *out, const struct fu_send *s,
    enum fu_send_status status)
{
	const char	*words = NULL, *open = " (";
	bool		 several = false;
	uint64_t	 n;

	for (size_t i = 0; i < s->ntally; i++) {
		if (s->tally[i].status != status)
			continue;
		several = several || (words != NULL &&
		    !fu_streq(words, s->tally[i].words));
		words = s->tally[i].words;
	}
	if (!several && !fu_blank(words))
		fu_buf_printf(out, ": %s", words);
	if (!several)
		return;
	/* The same reason of several transports is one. */
	for (size_t i = 0; i < s->ntally; i++) {
		size_t	 k = 0;

		if (s->tally[i].status != status)
			continue;
		while (s->tally[k].status != status ||
		    !fu_streq(s->tally[k].words, s->tally[i].words))
			k++;
		if (k < i)
			continue;
		for (n = 0; k < s->ntally; k++)
			if (s->tally[k].status == status &&
			    fu_streq(s->tally[k].words, s->tally[i].words))
				n += s->tally[k].n;
		fu_buf_printf(out, "%s%llu %s", open, (unsigned long long)n,
		    s->tally[i].words);
		open = ", ";
	}
	fu_buf_putc(out, ')');
}

static void
note_sums(const struct fu_send *s)
{
	static const enum fu_send_status order[] = { FU_SEND_SENT,
		FU_SEND_RETRY, FU_SEND_FAILED, FU_SEND_UNCERTAIN, FU_SEND_HELD,
		FU_SEND_BLOCKED };
	const struct fu_opt	*opt = s->session->opt;
	struct fu_buf		 out;

	fu_buf_init(&out);
	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++) {
		enum fu_send_status	 status = order[i];

		if (s->count[status] == 0)
			continue;
		fu_buf_printf(&out, "%s%llu %s", out.len > 0 ? ", " : "",
		    (unsigned long long)s->count[status],
		    status == FU_SEND_SENT && opt->dry ? "would be sent" :
		    said_of[status]);
		if (status == FU_SEND_HELD || status == FU_SEND_BLOCKED)
			put_reasons(&out, s, status);
	}
	if (out.len > 0)
		fu_note(opt, "%s", out.ptr);
	fu_buf_free(&out);
	if (s->count[FU_SEND_UNCERTAIN] > 0)
		fu_note(opt, "what is uncertain: fu-send --uncertain");
}

int
fu_tally_tell(const struct fu_send *s, int rc, struct fu_err *err)
{
	const struct fu_tally	*dead = NULL;

	for (size_t i = 0; rc != -1 && i < s->ntally && dead == NULL; i++)
		if (s->tally[i].fault && s->tally[i].via != NULL &&
		    s->tally[i].via->faults == s->tally[i].via->tried)
			dead = &s->tally[i];
	note_sums(s);
	say_reasons(s, FU_SEND_FAILED, NULL);
	say_reasons(s, FU_SEND_UNCERTAIN, NULL);
	say_reasons(s, FU_SEND_RETRY, dead);
	if (dead == NULL)
		return (rc);
	return (fu_err_set(err, FU_ETEMP, "%llu %s: %s",
	    (unsigned long long)dead->n, said_of[dead->status], dead->words));
}
