/*
 * What of the ledger keeps a cadence from somebody: every channel that its
 * messages could go by is shut.
 *
 * Must never open a channel: what leaves is the gate's to say, each time.
 */
#include "flow/cadence.h"

#define BIT(ch)		(1u << (ch))
#define MESSAGES	(BIT(FU_CH_EMAIL) | BIT(FU_CH_SMS) | BIT(FU_CH_WHATSAPP))

static unsigned
named(const struct fu_list *l)
{
	unsigned set = 0;
	int	 ch;

	for (size_t i = 0; i < l->n; i++)
		if ((ch = fu_channel_find(l->item[i])) >= 0)
			set |= BIT(ch);
	return (set);
}

/*
 * The channels that a cadence's messages may go by.  A chat and a task beside
 * them open nothing: a cadence of mails is over with the mails.
 */
static unsigned
goes_by(const struct fu_cadence *cadence)
{
	unsigned set = 0;

	for (size_t i = 0; i < cadence->nstep; i++) {
		const struct fu_step	*s = &cadence->step[i];

		for (size_t k = 0; k < s->nchannel; k++)
			set |= BIT(s->channel[k]);
		set |= named(&s->prefer);
	}
	set |= named(&cadence->prefer);
	return ((set & MESSAGES) != 0 ? set & MESSAGES : set);
}

static const char *
shut_by(const struct fu_ledger_state *state)
{
	return (state->broken ? "ledger_error" :
	    state->suppressed || state->erased ? "suppressed" :
	    state->objected ? "objected" :
	    state->complaint ? "complaint" : NULL);
}

int
fu_reach_load(struct fu_session *s, const struct fu_case *c,
    struct fu_arena *arena, struct fu_reach *shut, struct fu_err *err)
{
	struct fu_ledger_state	 state;
	unsigned		 set = BIT(FU_CH_EMAIL);

	*shut = (struct fu_reach){ .config = &s->config };
	for (size_t i = 0; i < s->config.ncadence; i++)
		set |= goes_by(&s->config.cadence[i]);
	if (fu_case_channels(s, c, arena, &shut->reached, err) == -1)
		return (-1);
	for (int ch = 0; ch < FU_CHANNEL_N; ch++) {
		/* Where they are not reached only mail's word is asked. */
		if ((set & BIT(ch)) == 0 || (ch != FU_CH_EMAIL &&
		    (shut->reached & BIT(ch)) == 0))
			continue;
		if (fu_case_ledger(s, c, (enum fu_channel)ch, arena, &state,
		    err) == -1)
			return (-1);
		shut->by[ch] = shut_by(&state);
		/* A complaint or an erasure is about us, not a channel. */
		if (state.broken || state.erased || state.complaint) {
			shut->all = shut->by[ch];
			return (0);
		}
	}
	return (0);
}

static const char *
bars_one(const struct fu_reach *shut, const struct fu_cadence *cadence)
{
	unsigned	 set = goes_by(cadence);
	const char	*why = NULL;

	for (int ch = 0; ch < FU_CHANNEL_N; ch++) {
		if ((set & BIT(ch)) == 0)
			continue;
		if (shut->by[ch] == NULL && (shut->reached & BIT(ch)) != 0)
			return (NULL);
		if (why == NULL)
			why = shut->by[ch];
	}
	return (why != NULL ? why : shut->by[FU_CH_EMAIL]);
}

const char *
fu_reach_bars(const struct fu_reach *shut, const struct fu_cadence *cadence)
{
	const char	*why = shut->by[FU_CH_EMAIL];

	if (shut->all != NULL)
		return (shut->all);
	if (cadence != NULL)
		return (bars_one(shut, cadence));
	for (size_t i = 0; i < shut->config->ncadence; i++)
		if ((why = bars_one(shut, &shut->config->cadence[i])) == NULL)
			return (NULL);
	return (why);
}
