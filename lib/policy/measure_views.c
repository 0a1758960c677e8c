/*
 * By what each measure is told apart: as it is usual, or as it was asked for.
 *
 * Must never tell a measure by what it does not know: a reply has no stage.
 */
#include "policy/measure_cells.h"

#define BIT(dim)	(UINT32_C(1) << (dim))
#define RECORD		(BIT(FU_DIM_INDUSTRY) | BIT(FU_DIM_SEGMENT) |	\
			 BIT(FU_DIM_SOURCE) | BIT(FU_DIM_COUNTRY) |	\
			 BIT(FU_DIM_OWNER))
#define OF_TOUCH	(BIT(FU_DIM_CADENCE) | BIT(FU_DIM_STEP) |	\
			 BIT(FU_DIM_CHANNEL) | BIT(FU_DIM_SENDER) |	\
			 BIT(FU_DIM_PROVIDER) | BIT(FU_DIM_VARIANT) | RECORD)
#define OF_ENROLMENT	(BIT(FU_DIM_CADENCE) | BIT(FU_DIM_BAND) |	\
			 BIT(FU_DIM_SCORE) | BIT(FU_DIM_MIX) |		\
			 BIT(FU_DIM_WEEK) | RECORD)

/* What a measure knows, and by what it is told whatever was asked. */
static const struct {
	uint32_t	 knows;
	uint32_t	 always;
} known[FU_MEASURE_N] = {
	[FU_M_FUNNEL] = { OF_ENROLMENT, BIT(FU_DIM_LEVEL) },
	[FU_M_REACTIVATION] = { OF_ENROLMENT | BIT(FU_DIM_GROUP), 0 },
	[FU_M_ENROLMENT_REPLY] = { OF_ENROLMENT, 0 },
	[FU_M_REPLY] = { OF_TOUCH, 0 }, [FU_M_POSITIVE] = { OF_TOUCH, 0 },
	[FU_M_AUTO_REPLY] = { OF_TOUCH, 0 }, [FU_M_OPTOUT] = { OF_TOUCH, 0 },
	[FU_M_BOUNCE] = { OF_TOUCH, 0 }, [FU_M_SOFT_BOUNCE] = { OF_TOUCH, 0 },
	[FU_M_COMPLAINT] = { OF_TOUCH, 0 },
	[FU_M_MEETING] = { OF_ENROLMENT, 0 },
	[FU_M_STAGE] = { OF_ENROLMENT, BIT(FU_DIM_STAGE) },
	[FU_M_ENROLLED] = { OF_ENROLMENT, 0 },
	[FU_M_TRIGGER] = { BIT(FU_DIM_TRIGGER) | RECORD, 0 },
	[FU_M_RESPONSE] = { BIT(FU_DIM_TRIGGER) | RECORD, 0 },
	[FU_M_RESPONSE_TIMES] = { BIT(FU_DIM_TRIGGER) | RECORD,
	    BIT(FU_DIM_WITHIN) },
	[FU_M_VELOCITY] = { RECORD, 0 },
	[FU_M_WIN] = { OF_ENROLMENT, 0 },
	[FU_M_TOUCHES_REPLY] = { RECORD, 0 },
	[FU_M_TOUCHES_WIN] = { RECORD, 0 },
	[FU_M_HELD] = { BIT(FU_DIM_CADENCE) | BIT(FU_DIM_STEP) |
	    BIT(FU_DIM_CHANNEL) | BIT(FU_DIM_SENDER) | RECORD,
	    BIT(FU_DIM_STATE) | BIT(FU_DIM_REASON) },
	[FU_M_HOURS] = { BIT(FU_DIM_CADENCE) | BIT(FU_DIM_CHANNEL) | RECORD,
	    BIT(FU_DIM_WEEKDAY) | BIT(FU_DIM_HOUR) },
	[FU_M_COST] = { OF_ENROLMENT, 0 },
};

/* A dimension that a list ends with. */
#define END	FU_DIM_N
static const struct {
	enum fu_measure	 measure;
	enum fu_dim	 dim[4];
} usual[] = {
	{ FU_M_FUNNEL, { FU_DIM_LEVEL, END } },
	{ FU_M_REACTIVATION, { END } },
	{ FU_M_REACTIVATION, { FU_DIM_CADENCE, END } },
	{ FU_M_REACTIVATION, { FU_DIM_CADENCE, FU_DIM_GROUP, END } },
	{ FU_M_ENROLMENT_REPLY, { END } },
	{ FU_M_ENROLMENT_REPLY, { FU_DIM_MIX, END } },
	{ FU_M_ENROLMENT_REPLY, { FU_DIM_WEEK, END } },
	{ FU_M_REPLY, { END } },
	{ FU_M_REPLY, { FU_DIM_CHANNEL, END } },
	{ FU_M_REPLY, { FU_DIM_CHANNEL, FU_DIM_CADENCE, FU_DIM_STEP, END } },
	{ FU_M_REPLY, { FU_DIM_SENDER, END } },
	{ FU_M_REPLY, { FU_DIM_PROVIDER, END } },
	{ FU_M_REPLY, { FU_DIM_SENDER, FU_DIM_PROVIDER, END } },
	{ FU_M_POSITIVE, { END } },
	{ FU_M_POSITIVE, { FU_DIM_CHANNEL, END } },
	{ FU_M_POSITIVE, { FU_DIM_CHANNEL, FU_DIM_CADENCE, FU_DIM_STEP,
	    END } },
	{ FU_M_POSITIVE, { FU_DIM_SENDER, END } },
	{ FU_M_POSITIVE, { FU_DIM_PROVIDER, END } },
	{ FU_M_AB, { FU_DIM_CADENCE, FU_DIM_STEP, FU_DIM_VARIANT, END } },
	{ FU_M_AUTO_REPLY, { END } },
	{ FU_M_AUTO_REPLY, { FU_DIM_CHANNEL, END } },
	{ FU_M_OPTOUT, { END } },
	{ FU_M_OPTOUT, { FU_DIM_CHANNEL, END } },
	{ FU_M_BOUNCE, { END } },
	{ FU_M_BOUNCE, { FU_DIM_CHANNEL, END } },
	{ FU_M_BOUNCE, { FU_DIM_SENDER, END } },
	{ FU_M_BOUNCE, { FU_DIM_PROVIDER, END } },
	{ FU_M_SOFT_BOUNCE, { END } },
	{ FU_M_SOFT_BOUNCE, { FU_DIM_CHANNEL, END } },
	{ FU_M_COMPLAINT, { END } },
	{ FU_M_COMPLAINT, { FU_DIM_CHANNEL, END } },
	{ FU_M_COMPLAINT, { FU_DIM_SENDER, END } },
	{ FU_M_COMPLAINT, { FU_DIM_PROVIDER, END } },
	{ FU_M_MEETING, { END } },
	{ FU_M_MEETING, { FU_DIM_CADENCE, END } },
	{ FU_M_STAGE, { FU_DIM_STAGE, END } },
	{ FU_M_STAGE, { FU_DIM_CADENCE, FU_DIM_STAGE, END } },
	{ FU_M_TRIGGER, { END } },
	{ FU_M_TRIGGER, { FU_DIM_TRIGGER, END } },
	{ FU_M_RESPONSE, { END } },
	{ FU_M_RESPONSE, { FU_DIM_TRIGGER, END } },
	{ FU_M_RESPONSE_TIMES, { FU_DIM_WITHIN, END } },
	{ FU_M_VELOCITY, { END } },
	{ FU_M_WIN, { FU_DIM_BAND, END } },
	{ FU_M_WIN, { FU_DIM_SCORE, END } },
	{ FU_M_TOUCHES_REPLY, { END } },
	{ FU_M_TOUCHES_REPLY, { FU_DIM_TOUCHES, END } },
	{ FU_M_TOUCHES_WIN, { END } },
	{ FU_M_TOUCHES_WIN, { FU_DIM_TOUCHES, END } },
	{ FU_M_HELD, { FU_DIM_STATE, FU_DIM_REASON, END } },
	{ FU_M_HOURS, { FU_DIM_WEEKDAY, FU_DIM_HOUR, END } },
	{ FU_M_COST, { END } },
	{ FU_M_COST, { FU_DIM_CADENCE, END } },
	{ FU_M_ENROLLED, { END } },
	{ FU_M_ENROLLED, { FU_DIM_CADENCE, END } },
};
#define USUAL	(sizeof(usual) / sizeof(*usual))

/* One of what was asked for that the measure does not know: no figure. */
static bool
asked_view(const struct fu_measure_asked *a, enum fu_measure m,
    struct fu_view *view)
{
	*view = (struct fu_view){ .measure = m, .gaps = true };
	if (known[m].knows == 0)
		return (false);
	for (size_t i = 0; i < a->nby; i++) {
		if (known[m].always & BIT(a->by[i]))
			continue;
		if ((known[m].knows & BIT(a->by[i])) == 0)
			return (false);
		view->dim[view->n++] = a->by[i];
	}
	for (int d = 0; d < FU_DIM_N; d++)
		if (known[m].always & BIT(d))
			view->dim[view->n++] = (enum fu_dim)d;
	return (true);
}

void
fu_views_make(struct fu_cells *c)
{
	c->view = fu_alloc_array(&c->arena, USUAL + FU_MEASURE_N,
	    sizeof(*c->view));
	for (int m = 0; m < FU_MEASURE_N; m++) {
		c->first[m] = c->nview;
		if (c->asked.nby > 0) {
			c->nview += asked_view(&c->asked, (enum fu_measure)m,
			    &c->view[c->nview]);
			continue;
		}
		for (size_t i = 0; i < USUAL; i++) {
			struct fu_view	*v = &c->view[c->nview];

			if (usual[i].measure != (enum fu_measure)m)
				continue;
			v->measure = (enum fu_measure)m;
			while (usual[i].dim[v->n] != END) {
				v->dim[v->n] = usual[i].dim[v->n];
				v->n++;
			}
			c->nview++;
		}
	}
	c->first[FU_MEASURE_N] = c->nview;
}
