/*
 * What was bought and what people told us themselves are kept apart.
 *
 * Must never keep an opt-out out: whoever brought it, it counts.  [GD-07]
 */
#include <string.h>

#include "flow/ingest_room.h"
#include "store/ledger.h"

#define BIT(f) (UINT64_C(1) << (f))
/* What says who it is, and what we did with them, was not bought. */
#define OURS (BIT(FU_F_EMAIL) | BIT(FU_F_EXTERNAL_ID) | \
    BIT(FU_F_EXTERNAL_SYSTEM) | BIT(FU_F_VISITOR) | BIT(FU_F_OWNER) | \
    BIT(FU_F_STAGE))

/* They agreed that we add to what they told us. */
static int
may_enrich(struct fu_ingest *in, int64_t id, bool *may, struct fu_err *err)
{
	struct fu_consent	*c;
	size_t			 n;

	*may = false;
	if (fu_consents(&in->session->store, id, &in->scratch, &c, &n,
	    err) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++)
		if (strcmp(c[i].channel, "enrichment") == 0 &&
		    strcmp(c[i].status, "granted") == 0)
			*may = true;
	return (0);
}

/* May what was bought be laid beside what they told us [GD-07]? */
int
fu_ingest_may_mix(struct fu_ingest *in, int64_t id, const char *collected, bool *may,
    struct fu_err *err)
{
	struct fu_intake	 p;
	int			 rc;

	*may = true;
	if (collected == NULL || (strcmp(collected, "purchased") != 0 &&
	    strcmp(collected, "chat") != 0))
		return (0);
	rc = fu_intake_load(&in->session->store, id, &in->scratch, &p, err);
	if (rc != 1)
		return (rc);
	if (p.f[FU_F_COLLECTED] == NULL ||
	    strcmp(p.f[FU_F_COLLECTED], collected) == 0 ||
	    (strcmp(p.f[FU_F_COLLECTED], "chat") != 0 &&
	    strcmp(p.f[FU_F_COLLECTED], "purchased") != 0))
		return (0);
	return (may_enrich(in, id, may, err));
}

/* What they said in a chat or on a form counts as much as a record of it. */
static int
beside_their_words(struct fu_ingest *in, int64_t id, bool *may,
    struct fu_err *err)
{
	bool	 told;

	if (fu_event_told(&in->session->store, id, &told, err) == -1)
		return (-1);
	return (told ? may_enrich(in, id, may, err) : 0);
}

/* Somebody bought who now speaks for themselves: all that was bought goes. */
static int
drop_bought(struct fu_ingest *in, int64_t id, struct fu_err *err)
{
	struct fu_store	*store = &in->session->store;
	struct fu_intake p;
	int64_t		 batch;
	uint64_t	 mask = 0;
	int		 rc;

	rc = fu_intake_load(store, id, &in->scratch, &p, err);
	if (rc != 1)
		return (rc);
	if (p.f[FU_F_PHONE] != NULL && fu_identity_drop(store, FU_ID_PHONE,
	    p.f[FU_F_PHONE], id, err) == -1)
		return (-1);
	for (int f = 0; f < FU_FIELD_N; f++)
		if ((BIT(f) & OURS) == 0 && p.f[f] != NULL) {
			p.f[f] = NULL;
			mask |= BIT(f);
		}
	p.attrs = NULL;
	p.timeline_us = FU_NEVER;
	if (fu_ingest_batch(in, false, &batch, err) == -1)
		return (-1);
	return (fu_intake_update(store, &p, mask, batch, err));
}

int
fu_ingest_apart(struct fu_ingest *in, struct fu_ingest_row *row, int64_t id,
    bool *may, struct fu_err *err)
{
	const char		*collected = row->person->f[FU_F_COLLECTED];
	struct fu_decision	 d = { .prospect = id, .kind = "conflict",
	    .reason = "chat_and_purchased", .rule = "GD-07" };
	bool			 told = fu_streq(collected, "chat");

	if (fu_ingest_may_mix(in, id, collected, may, err) == -1)
		return (-1);
	if (*may && fu_streq(collected, "purchased") &&
	    beside_their_words(in, id, may, err) == -1)
		return (-1);
	if (*may)
		return (0);
	*may = told;
	d.verdict = told ? "bought_dropped" : "kept_apart";
	if (!told) {
		row->reject = d.reason;
		row->detail = "they told us who they are themselves, and what "
		    "was bought is not laid beside it without their consent "
		    "(channel enrichment)";
	}
	if (in->session->opt->dry)
		return (0);
	if (told && drop_bought(in, id, err) == -1)
		return (-1);
	return (fu_decision_once(&in->session->store, &d, err));
}
