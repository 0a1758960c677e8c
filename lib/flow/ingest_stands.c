/*
 * How it stands with who came in: what will keep them from being written to.
 *
 * Must never write.  Of somebody whom we knew the row says whether it is worth
 * asking; of somebody new one address is asked for, if anything is suppressed
 * of anybody: a hash and a look-up for every row of a great list would cost as
 * much as a third of taking it in.
 */
#include "flow/ingest_room.h"

#define BIT(x) (1u << (x))

unsigned
fu_ingest_shuts(const struct fu_person *p)
{
	unsigned	 shut = 0;
	bool		 mail = (p->optout & FU_OUT_EMAIL) != 0;

	if (p->bounced && p->f[FU_F_EMAIL] != NULL)
		shut |= BIT(FU_SHUT_DEAD);
	if ((p->optout & FU_OUT_ALL) != 0 ||
	    (mail && (p->optout & (FU_OUT_PHONE | FU_OUT_CALLS)) != 0))
		return (shut | BIT(FU_SHUT_ALL));
	if (mail)
		shut |= BIT(FU_SHUT_MAIL);
	if ((p->optout & (FU_OUT_PHONE | FU_OUT_CALLS)) != 0)
		shut |= BIT(FU_SHUT_CALLS);
	else if ((p->optout & FU_OUT_SMS) != 0)
		shut |= BIT(FU_SHUT_TEXTS);
	return (shut);
}

static unsigned
lacks(const char *const *f)
{
	unsigned	 out = 0;

	if (f[FU_F_EMAIL] == NULL && f[FU_F_PHONE] == NULL)
		out |= BIT(FU_LACK_ADDRESS);
	if (f[FU_F_SOURCE] == NULL)
		out |= BIT(FU_LACK_SOURCE);
	if (f[FU_F_COUNTRY] == NULL)
		out |= BIT(FU_LACK_COUNTRY);
	if (f[FU_F_BASIS] == NULL)
		out |= BIT(FU_LACK_BASIS);
	if (f[FU_F_COLLECTED] == NULL)
		out |= BIT(FU_LACK_COLLECTED);
	return (out);
}

/* Have they agreed since?  A newer consent opens what they shut themselves. */
static int
opened(struct fu_ingest *in, int64_t id, const char *channel,
    const struct fu_suppression *x, bool *open, struct fu_err *err)
{
	struct fu_consent	*c;
	size_t			 n;

	*open = false;
	if (id == 0 || (!fu_streq(x->reason, "suppressed") &&
	    !fu_streq(x->reason, "objected")))
		return (0);
	if (fu_consents(&in->session->store, id, &in->scratch, &c, &n,
	    err) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++)
		*open = *open || (fu_streq(c[i].channel, channel) &&
		    fu_streq(c[i].status, "granted") && c[i].at_us > x->at_us);
	return (0);
}

/* What is shut of one address, by that channel of it, into ${shut}. */
static int
ask(struct fu_ingest *in, int64_t id, const char *subject,
    const char *channel, enum fu_shut what, unsigned *shut,
    struct fu_err *err)
{
	struct fu_suppression	*list;
	size_t			 n;
	bool			 open;

	if (fu_suppressions(&in->session->store, subject, channel,
	    in->session->store.now_us, &in->scratch, &list, &n, err) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++) {
		if (opened(in, id, channel, &list[i], &open, err) == -1)
			return (-1);
		if (open || list[i].until_us != FU_NEVER)
			continue;
		if (fu_streq(list[i].reason, "erased"))
			*shut |= BIT(FU_SHUT_ERASED);
		else if (fu_streq(list[i].reason, "hard_bounce") ||
		    fu_streq(list[i].reason, "left_company"))
			*shut |= BIT(FU_SHUT_DEAD);
		else if (fu_streq(list[i].channel, "all"))
			*shut |= BIT(FU_SHUT_ALL);
		else
			*shut |= BIT(what);
	}
	return (0);
}

/* A key that was rotated away still knows what it hashed. */
static int
was_shut(struct fu_ingest *in, int64_t id, const char *email,
    const char *phone, unsigned *shut, struct fu_err *err)
{
	const struct fu_keys	*keys = &in->session->keys;
	char			 subject[FU_SUBJECT_LEN];

	for (size_t k = 0; k < keys->n; k++) {
		if (email != NULL) {
			fu_subject_email(&keys->key[k], email, subject);
			if (ask(in, id, subject, "email", FU_SHUT_MAIL, shut,
			    err) == -1)
				return (-1);
		}
		if (phone != NULL) {
			fu_subject_phone(&keys->key[k], phone, subject);
			if (ask(in, id, subject, "sms", FU_SHUT_TEXTS, shut,
			    err) == -1)
				return (-1);
		}
	}
	return (0);
}

/* Of what says the same, what says most; and what a row says itself is not
 * said of the time before. */
static unsigned
widest(unsigned shut, unsigned own)
{
	const unsigned	 both = BIT(FU_SHUT_MAIL) | BIT(FU_SHUT_TEXTS);

	if ((shut & BIT(FU_SHUT_ERASED)) != 0)
		return (BIT(FU_SHUT_ERASED));
	if ((shut & both) == both)
		shut |= BIT(FU_SHUT_ALL);
	if ((own & BIT(FU_SHUT_ALL)) != 0)
		return (shut & BIT(FU_SHUT_DEAD) & ~own);
	if ((shut & BIT(FU_SHUT_ALL)) != 0)
		return (BIT(FU_SHUT_ALL));
	if ((own & BIT(FU_SHUT_CALLS)) != 0)
		shut &= ~BIT(FU_SHUT_TEXTS);
	return (shut & ~own);
}

int
fu_ingest_stands(struct fu_ingest *in, struct fu_ingest_row *row, int64_t id,
    const char *const *f, unsigned optout, struct fu_err *err)
{
	const struct fu_person	*p = row->person;
	const struct fu_person	 kept = { .optout = optout };
	const char		*email = f[FU_F_EMAIL], *phone = f[FU_F_PHONE];
	bool			 made = row->action == FU_ACT_CREATED;
	unsigned		 shut = 0;

	row->lacks = (uint8_t)lacks(f);
	if (p->f[FU_F_EXTERNAL_ID] != NULL &&
	    p->f[FU_F_EXTERNAL_SYSTEM] == NULL)
		row->lacks |= BIT(FU_LACK_SYSTEM);
	if ((row->lacks & BIT(FU_LACK_ADDRESS)) != 0)
		shut = fu_ingest_shuts(&kept);
	else if ((optout != 0 || (made && in->any_shut)) && was_shut(in, id,
	    email, made && email != NULL ? NULL : phone, &shut, err) == -1)
		return (-1);
	shut = widest(shut, fu_ingest_shuts(p));
	row->was_shut = (uint8_t)shut;
	if (shut != 0)
		fu_debug(in->session->opt, "%s:%llu: %s before, and stays so",
		    row->source, (unsigned long long)row->line, (shut & BIT(FU_SHUT_ERASED)) != 0 ?
		    "erased" : (shut & ~BIT(FU_SHUT_DEAD)) == 0 ? "bounced" :
		    "opted out");
	return (0);
}
