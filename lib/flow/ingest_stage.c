/*
 * Stages of a sale: the newest is the record's, and one that is won or lost
 * ends selling.
 *
 * Must never take the first stage of a person for a change of it.
 */
#include "flow/handoff.h"
#include "flow/ingest_room.h"
#include "policy/stage.h"
#include "store/enrolments.h"
#include "store/prospects.h"

int
fu_ingest_deal_over(struct fu_ingest *in, int64_t prospect, const char *why,
    struct fu_err *err)
{
	if (fu_prospect_barred(&in->session->store, prospect, why, err) == -1 ||
	    (prospect != 0 && fu_enrolment_end_active(&in->session->store,
	    prospect, why, err) == -1))
		return (-1);
	return (fu_handoff_end(in->session, prospect, why, err));
}

int
fu_ingest_stage(struct fu_ingest *in, int64_t prospect, const char *stage,
    struct fu_err *err)
{
	const char	*over = fu_stage_over(in->session->rulebook, stage);

	if (over == NULL)
		return (0);
	in->counts.over++;
	return (fu_ingest_deal_over(in, prospect, over, err));
}

int
fu_ingest_stage_told(struct fu_ingest *in, const struct fu_ingest_row *row,
    struct fu_err *err)
{
	struct fu_intake	 p;
	int64_t			 newest, batch;
	int			 rc;

	if (row->event.arg == NULL)
		return (0);
	if (fu_event_newest(&in->session->store, row->event.prospect,
	    row->event.name, &newest, err) == -1 ||
	    fu_ingest_batch(in, false, &batch, err) == -1)
		return (-1);
	if (newest > row->event.at_us)
		return (0);
	rc = fu_intake_load(&in->session->store, row->event.prospect,
	    &in->scratch, &p, err);
	if (rc != 1 || fu_streq(p.f[FU_F_STAGE], row->event.arg))
		return (rc == -1 ? -1 : 0);
	p.f[FU_F_STAGE] = row->event.arg;
	if (fu_intake_update(&in->session->store, &p,
	    UINT64_C(1) << FU_F_STAGE, batch, err) == -1)
		return (-1);
	return (fu_ingest_stage(in, row->event.prospect, row->event.arg, err));
}
