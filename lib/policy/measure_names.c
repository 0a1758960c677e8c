/*
 * The measures and what each is: one table for records, report and manual.
 *
 * Must never say of a measure what the fold does not do.
 */
#include <string.h>

#include "policy/measure.h"

#define IN_WINDOW	"the window, from entry"
#define FROM_TOUCH	"the window, from when the touch left"
#define THREAD							\
	"the touch that it threads to, else the latest that left before it; a chat's turn goes to the latest chat step"
#define DELIVERED						\
	"people to whom such a touch left and did not bounce"
#define ENROLLED						\
	"people enrolled, without those held out"

const char *const fu_dim_names[FU_DIM_N] = {
	[FU_DIM_CADENCE] = "cadence", [FU_DIM_STEP] = "step",
	[FU_DIM_CHANNEL] = "channel", [FU_DIM_SENDER] = "sender",
	[FU_DIM_PROVIDER] = "provider", [FU_DIM_VARIANT] = "variant",
	[FU_DIM_GROUP] = "group", [FU_DIM_TRIGGER] = "trigger",
	[FU_DIM_STAGE] = "stage", [FU_DIM_BAND] = "band",
	[FU_DIM_SCORE] = "score", [FU_DIM_MIX] = "mix",
	[FU_DIM_WEEK] = "week", [FU_DIM_REASON] = "reason",
	[FU_DIM_STATE] = "state", [FU_DIM_LEVEL] = "level",
	[FU_DIM_TOUCHES] = "touches", [FU_DIM_WITHIN] = "within",
	[FU_DIM_WEEKDAY] = "weekday", [FU_DIM_HOUR] = "hour",
	[FU_DIM_INDUSTRY] = "industry", [FU_DIM_SEGMENT] = "segment",
	[FU_DIM_SOURCE] = "source", [FU_DIM_COUNTRY] = "country",
	[FU_DIM_OWNER] = "owner",
};

const struct fu_measure_def fu_measure_defs[FU_MEASURE_N] = {
	[FU_M_FUNNEL] = { "funnel", "Funnel", FU_MK_RATE,
	    "those of them who came that far: a touch was delivered, they engaged (answered, chatted or visited), answered, were handed off, have a meeting, won",
	    ENROLLED, IN_WINDOW, "none is needed" },
	[FU_M_REACTIVATION] = { "reactivation_rate", "Reactivation",
	    FU_MK_RATE, "those of them who answer, chat or visit after it",
	    "people enrolled whose score was not hot then; those held out only beside them, as group holdout",
	    IN_WINDOW, "none is needed" },
	[FU_M_ENROLMENT_REPLY] = { "enrolment_reply_rate",
	    "Answers per enrolment", FU_MK_RATE,
	    "those of them who answer a touch of that enrolment",
	    ENROLLED "; by the channels that it has taken, or the week of entry",
	    IN_WINDOW, THREAD },
	[FU_M_REPLY] = { "reply_rate", "Replies", FU_MK_RATE,
	    "those of them who answer it themselves; absence notes and other automatic answers are none",
	    DELIVERED, FROM_TOUCH, THREAD },
	[FU_M_POSITIVE] = { "positive_reply_rate", "Positive replies",
	    FU_MK_RATE,
	    "those of them one of whose answers shows interest, by the signals in it; negative and unknown stand apart",
	    "people who answer such a touch", FROM_TOUCH, THREAD },
	[FU_M_AB] = { "ab_test", "A/B tests", FU_MK_RATE,
	    "those of them who answer it; the interval is of the difference to variant a, and holds however often one looks",
	    "people to whom the step's message left in that variant and did not bounce, by its first touch",
	    FROM_TOUCH, THREAD },
	[FU_M_AUTO_REPLY] = { "auto_reply_rate", "Automatic answers",
	    FU_MK_RATE, "those of them from whom an automatic answer came",
	    DELIVERED, FROM_TOUCH, THREAD },
	[FU_M_OPTOUT] = { "opt_out_rate", "Opt-outs", FU_MK_RATE,
	    "those of them who unsubscribe, write STOP, object, or ask for it in an answer",
	    DELIVERED, FROM_TOUCH, THREAD },
	[FU_M_BOUNCE] = { "bounce_rate", "Hard bounces", FU_MK_RATE,
	    "those of them whose touch came back for good",
	    "people to whom such a touch left, refused at once or not",
	    FROM_TOUCH, THREAD },
	[FU_M_SOFT_BOUNCE] = { "soft_bounce_rate", "Soft bounces", FU_MK_RATE,
	    "those of them whose touch came back for another reason, and for no harder one",
	    "people to whom such a touch left, refused at once or not",
	    FROM_TOUCH, THREAD },
	[FU_M_COMPLAINT] = { "complaint_rate", "Complaints", FU_MK_RATE,
	    "those of them who call it spam", DELIVERED, FROM_TOUCH, THREAD },
	[FU_M_MEETING] = { "meeting_rate", "Meetings booked", FU_MK_RATE,
	    "those of them who book or hold a meeting or a demo after it",
	    ENROLLED, IN_WINDOW, "none is needed" },
	[FU_M_STAGE] = { "stage_rate", "Pipeline conversion", FU_MK_RATE,
	    "those of them whose deal comes to that stage after it, won and lost among them",
	    ENROLLED, IN_WINDOW, "none is needed" },
	[FU_M_TRIGGER] = { "trigger_conversion", "Conversion by trigger",
	    FU_MK_RATE,
	    "those of them who book or hold a meeting, or win, after it",
	    "people handed off", "the window, from the hand-off",
	    "the trigger that opened it" },
	[FU_M_RESPONSE] = { "first_response", "First response to a hand-off",
	    FU_MK_VALUES,
	    "hand-offs that a rep responded to; value is the median, in seconds",
	    "hand-offs that were responded to or whose respond_by is over",
	    "respond_by of each", "the trigger that opened it" },
	[FU_M_RESPONSE_TIMES] = { "first_response_times",
	    "Hand-offs by first response",
	    FU_MK_COUNT, "hand-offs responded to so soon, or not at all",
	    "none; people is whose they were", "respond_by of each",
	    "none is needed" },
	[FU_M_VELOCITY] = { "pipeline_velocity", "Pipeline velocity",
	    FU_MK_FLOW,
	    "opportunities times the share of them that is won times what a won one is worth",
	    "days from opening to winning, on average; an opportunity opens with a person's first hand-off, meeting or stage",
	    "none: what is open counts as not yet won", "none is needed" },
	[FU_M_WIN] = { "win_rate", "Calibration of the score", FU_MK_RATE,
	    "those of them who are won after it",
	    ENROLLED ", by their score at that time", IN_WINDOW,
	    "none is needed" },
	[FU_M_TOUCHES_REPLY] = { "touches_before_reply",
	    "Touches before the first answer", FU_MK_VALUES,
	    "how many touches had left to a person before the first answer, tasks not counted; value is the median",
	    "people who answered after a touch", "none", "none is needed" },
	[FU_M_TOUCHES_WIN] = { "touches_before_win", "Touches before a win",
	    FU_MK_VALUES,
	    "how many touches had left to a person before it was won, tasks not counted; value is the median",
	    "people who were won after a touch", "none", "none is needed" },
	[FU_M_HELD] = { "held_touches", "Held and given up", FU_MK_COUNT,
	    "touches that wait although their time has come, or were given up, by the reason",
	    "none; people is whose they are", "none", "none is needed" },
	[FU_M_HOURS] = { "replies_by_hour", "When answers come", FU_MK_COUNT,
	    "answers by weekday and hour in the zone of who wrote them",
	    "none; people is whose they are", "none", "none is needed" },
	[FU_M_COST] = { "cost_per_meeting", "Cost of a meeting", FU_MK_COST,
	    "what the touches of their enrolments cost that left in the window, as costs in fu.yaml say",
	    "people enrolled who book or hold a meeting after it", IN_WINDOW,
	    "none is needed" },
	[FU_M_UNANSWERED] = { "unanswered_questions",
	    "Questions that the chat could not answer", FU_MK_COUNT,
	    "questions that the chat had no answer to, those in the same words, more or less, together",
	    "none; people is whose they are", "none", "none is needed" },
	[FU_M_ENROLLED] = { "enrolled", "Enrolled", FU_MK_RATE, "none",
	    ENROLLED, IN_WINDOW, "none is needed" },
};

int
fu_dim_find(const char *name)
{
	for (int i = 0; i < FU_DIM_N; i++)
		if (strcmp(fu_dim_names[i], name) == 0)
			return (i);
	return (-1);
}

bool
fu_dim_asked(enum fu_dim dim)
{
	return (dim < FU_DIM_REASON || dim >= FU_DIM_RECORD);
}

int
fu_measure_find(const char *name)
{
	for (int i = 0; i < FU_M_ENROLLED; i++)
		if (strcmp(fu_measure_defs[i].name, name) == 0)
			return (i);
	return (-1);
}

/* Names that tell whose mailboxes a domain's are; a trailing dot stands for
 * every country. */
static const struct {
	const char	*domain, *provider;
} providers[] = {
	{ "gmail.com", "google" }, { "googlemail.com", "google" },
	{ "outlook.", "microsoft" }, { "hotmail.", "microsoft" },
	{ "live.", "microsoft" }, { "msn.com", "microsoft" },
	{ "yahoo.", "yahoo" }, { "ymail.com", "yahoo" },
	{ "rocketmail.com", "yahoo" }, { "aol.com", "yahoo" },
	{ "icloud.com", "apple" }, { "me.com", "apple" },
	{ "mac.com", "apple" }, { "gmx.", "gmx" }, { "web.de", "gmx" },
};

/* "outlook." is also the whole of a company's "outlook.example.com": such a
 * name is a provider's only where the rulebook has it for free mail. */
const char *
fu_measure_provider(const struct fu_rulebook *book, const char *domain)
{
	bool	 free_mail = book != NULL && fu_words_has(&book->freemail,
	    fu_str_of(domain));

	for (size_t i = 0; i < sizeof(providers) / sizeof(*providers); i++) {
		const char	*name = providers[i].domain;
		size_t		 len = strlen(name);

		if (name[len - 1] != '.' ? strcmp(name, domain) == 0 :
		    free_mail && strncmp(name, domain, len) == 0)
			return (providers[i].provider);
	}
	return (free_mail ? "free mail" : "own domain");
}
