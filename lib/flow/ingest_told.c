/*
 * What people say of themselves and their plans, put on their record.
 *
 * Must never hang on the order in which texts arrive.
 */
#include "flow/ingest_room.h"
#include "store/events.h"

/*
 * What a later text of theirs says of the same is left to that one: events come
 * in any order.
 */
static int
unsay(struct fu_ingest *in, const struct fu_event *e, struct fu_signals *s,
    struct fu_err *err)
{
	struct fu_event		*later;
	struct fu_signals	 said;
	size_t			 n;

	if (fu_events_load(&in->session->store, e->prospect, &in->scratch,
	    &later, &n, err) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++) {
		if (later[i].at_us <= e->at_us || !fu_ingest_is_read(&later[i]))
			continue;
		fu_ingest_detect(in, &later[i], NULL, &said);
		if (said.timeline != NULL)
			s->timeline = NULL;
		if (said.budget > 0)
			s->budget = 0;
		if (said.question != NULL)
			s->question = NULL;
	}
	return (0);
}

/*
 * What they say of their plans is newer than any list; a title is taken where
 * none stands, since "I head IT" says less than a list's "Head of IT, EMEA".
 */
int
fu_ingest_told(struct fu_ingest *in, const struct fu_ingest_row *row,
    const struct fu_signals *said, struct fu_err *err)
{
	struct fu_signals	 s = *said;
	struct fu_person	 plans = { 0 }, title = { 0 };
	struct fu_attr		 question = { .name = "question" };
	const struct fu_event	*e = &row->event;
	struct fu_buf		 buf;
	int64_t			 batch;
	bool			 changed;

	if (s.timeline == NULL && s.budget <= 0 && s.question == NULL &&
	    s.title == NULL)
		return (0);
	if (unsay(in, e, &s, err) == -1)
		return (-1);
	title.f[FU_F_TITLE] = s.title;
	plans.f[FU_F_TIMELINE] = s.timeline;
	if (s.budget > 0)
		plans.f[FU_F_BUDGET] = fu_printf(&in->scratch, "%lld",
		    (long long)s.budget);
	if (s.question != NULL) {
		fu_buf_init(&buf);
		fu_json_quote(&buf, fu_str_of(s.question));
		question.raw = fu_str_of(fu_dup_buf(&in->scratch, &buf));
		fu_buf_free(&buf);
		plans.attr = &question;
		plans.nattr = 1;
	}
	if (fu_ingest_batch(in, true, &batch, err) == -1 ||
	    fu_ingest_fields(in, e->prospect, &plans, FU_ON_UPDATE, 0, NULL,
	    e->at_us, batch, &changed, err) == -1)
		return (-1);
	return (fu_ingest_fields(in, e->prospect, &title, FU_ON_FILL, 0, NULL,
	    e->at_us, batch, &changed, err));
}
