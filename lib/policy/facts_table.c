/*
 * The names of facts, for conditions and man page alike, and numbers as they
 * are written.
 *
 * Says what each fact is; facts.c makes it so.
 */
#include <math.h>

#include "policy/facts.h"

const struct fu_fact_def fu_fact_defs[FU_FACT_N] = {
	[FU_FACT_EMAIL] = { "email", "email address" },
	[FU_FACT_PHONE] = { "phone", "phone number, E.164" },
	[FU_FACT_FIRST_NAME] = { "first_name", "first name" },
	[FU_FACT_LAST_NAME] = { "last_name", "last name" },
	[FU_FACT_TITLE] = { "title", "job title" },
	[FU_FACT_COMPANY] = { "company", "company's name" },
	[FU_FACT_COMPANY_SIZE] = { "company_size", "people in the company" },
	[FU_FACT_INDUSTRY] = { "industry", "industry" },
	[FU_FACT_COUNTRY] = { "country", "country, ISO 3166 alpha-2" },
	[FU_FACT_REGION] = { "region", "state or province" },
	[FU_FACT_BUDGET] = { "budget", "budget, a number" },
	[FU_FACT_INTEREST] = { "interest", "what they are interested in" },
	[FU_FACT_SOURCE] = { "source", "where the record came from" },
	[FU_FACT_BASIS] = { "basis",
	    "consent, li, soft_optin, contract or request" },
	[FU_FACT_SEGMENT] = { "segment", "segment, as enterprise" },
	[FU_FACT_OWNER] = { "owner", "the person's sender" },
	[FU_FACT_STAGE] = { "stage", "stage of the deal" },
	[FU_FACT_SENIORITY] = { "seniority",
	    "of the title: 0 unknown, 1 staff, 2 senior, 3 manager or head, "
	    "4 director, 5 VP, 6 C-level, owner or founder" },
	[FU_FACT_TIMELINE_DAYS] = { "timeline_days",
	    "days to the last day that the stated timeline can mean; negative "
	    "once that has passed, NULL for none" },
	[FU_FACT_SCORE] = { "score", "score, 0 to 100" },
	[FU_FACT_PREVIOUS_SCORE] = { "previous_score", "score before that" },
	[FU_FACT_BAND] = { "band", "hot, warm, nurture or cold" },
	[FU_FACT_SCORED_BEFORE] = { "scored_before",
	    "1 if scored before the current return" },
	[FU_FACT_VISITS] = { "visits", "page visits" },
	[FU_FACT_VISITS_7D] = { "visits_7d", "page visits of 7 days" },
	[FU_FACT_PRICING_VISITS_7D] = { "pricing_visits_7d",
	    "visits of *pricing* pages in 7 days" },
	[FU_FACT_DEMO_VISITS_7D] = { "demo_visits_7d",
	    "visits of *demo* pages in 7 days" },
	[FU_FACT_CHATS] = { "chats", "chat messages of theirs" },
	[FU_FACT_CHATS_SINCE_DEMO] = { "chats_since_demo",
	    "chat messages of theirs after the last demo held" },
	[FU_FACT_QUESTIONS] = { "questions", "questions that they asked" },
	[FU_FACT_OBJECTIONS_OPEN] = { "objections_open",
	    "objections not resolved" },
	[FU_FACT_OBJECTIONS_RAISED] = { "objections_raised",
	    "objections ever raised" },
	[FU_FACT_COMPETITOR] = { "competitor",
	    "the competitor named last, or NULL" },
	[FU_FACT_REPLIES] = { "replies", "replies, automatic ones not counted" },
	[FU_FACT_REPLIES_SINCE_MEETING] = { "replies_since_meeting",
	    "replies after the last meeting held" },
	[FU_FACT_REPLIES_SINCE_DEMO] = { "replies_since_demo",
	    "replies after the last demo held" },
	[FU_FACT_REPLIES_SINCE_TOUCH] = { "replies_since_touch",
	    "replies after the last touch" },
	[FU_FACT_DOWNLOADS] = { "downloads", "downloads" },
	[FU_FACT_DEMOS] = { "demos", "demos held" },
	[FU_FACT_MEETINGS] = { "meetings", "meetings held; a demo is one" },
	[FU_FACT_MEETINGS_BOOKED] = { "meetings_booked",
	    "meetings and demos to come, not cancelled" },
	[FU_FACT_CONTACT_SHARED] = { "contact_shared",
	    "1 if they gave us an email or phone themselves" },
	[FU_FACT_TOUCHES_SENT] = { "touches_sent", "touches that left" },
	[FU_FACT_WON] = { "won", "deals won" },
	[FU_FACT_LOST] = { "lost", "deals lost" },
	[FU_FACT_ACCOUNT_PEOPLE] = { "account_people",
	    "people known of the company" },
	[FU_FACT_ACCOUNT_VISITS_7D] = { "account_visits_7d",
	    "page visits of the company's people in 7 days" },
	[FU_FACT_DAYS_SINCE_SEEN] = { "days_since_seen",
	    "since anything inbound, a visit too" },
	[FU_FACT_DAYS_SINCE_VISIT] = { "days_since_visit", "since a visit" },
	[FU_FACT_DAYS_SINCE_REPLY] = { "days_since_reply", "since a reply" },
	[FU_FACT_DAYS_SINCE_MEETING] = { "days_since_meeting",
	    "since a meeting held" },
	[FU_FACT_DAYS_SINCE_DEMO] = { "days_since_demo", "since a demo held" },
	[FU_FACT_DAYS_SINCE_TOUCH] = { "days_since_touch", "since a touch" },
	[FU_FACT_DAYS_SILENT] = { "days_silent",
	    "since a chat, form, reply, click or call of theirs, else since we "
	    "know them" },
	[FU_FACT_DAYS_ABSENT] = { "days_absent",
	    "how long away before the return of the last day that no cadence "
	    "has used, else NULL" },
};

int
fu_fact_find(const char *name)
{
	int i;

	for (i = 0; i < FU_FACT_N; i++)
		if (fu_streq_nocase(fu_fact_defs[i].name, name))
			return (i);
	return (-1);
}

bool
fu_number_parse(struct fu_str s, struct fu_value *v)
{
	uint64_t whole = 0;
	double real = 0, scale = 1;
	size_t i = 0, digits = 0;
	bool minus = false, exact = true, exp_minus = false;
	int exp = 0;

	s = fu_str_trim(s);
	if (i < s.len && (s.ptr[i] == '-' || s.ptr[i] == '+'))
		minus = s.ptr[i++] == '-';
	for (; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++, digits++) {
		real = real * 10 + (s.ptr[i] - '0');
		if (whole > (INT64_MAX - 9) / 10)
			exact = false;
		else
			whole = whole * 10 + (uint64_t)(s.ptr[i] - '0');
	}
	if (i < s.len && s.ptr[i] == '.') {
		exact = false;
		for (i++; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9';
		    i++, digits++) {
			real = real * 10 + (s.ptr[i] - '0');
			scale *= 10;
		}
	}
	if (digits == 0)
		return (false);
	if (i + 1 < s.len && (s.ptr[i] == 'e' || s.ptr[i] == 'E')) {
		exact = false;
		i++;
		if (s.ptr[i] == '-' || s.ptr[i] == '+')
			exp_minus = s.ptr[i++] == '-';
		if (i == s.len)
			return (false);
		for (; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++)
			exp = exp > 400 ? exp : exp * 10 + (s.ptr[i] - '0');
	}
	if (i != s.len)
		return (false);
	if (exact) {
		v->type = FU_V_INT;
		v->i = minus ? -(int64_t)whole : (int64_t)whole;
		return (true);
	}
	real /= scale;
	if (exp != 0)
		real *= pow(10, exp_minus ? -exp : exp);
	v->type = FU_V_REAL;
	v->r = minus ? -real : real;
	return (isfinite(v->r));
}
