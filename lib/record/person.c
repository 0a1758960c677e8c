/*
 * The table of a person's fields.
 *
 * Never holds a value: what a person is lives with whoever made it.
 */
#include "record/person.h"

#include <string.h>

static const char *const bases[] = { "consent", "li", "soft_optin",
	"contract", "request", NULL };
static const char *const subscribers[] = { "corporate", "individual", NULL };
static const char *const collections[] = { "direct", "indirect", "purchased",
	"chat", NULL };
static const char *const dncs[] = { "listed", "clear", NULL };
static const char *const channels[] = { "email", "sms", "whatsapp", "chat",
	"voice", NULL };

const struct fu_field_def fu_fields[FU_FIELD_N] = {
	[FU_F_EMAIL] = { "email", FU_FT_EMAIL, NULL, "mail address" },
	[FU_F_PHONE] = { "phone", FU_FT_PHONE, NULL, "number, E.164" },
	[FU_F_EXTERNAL_SYSTEM] = { "external_system", FU_FT_TEXT, NULL,
	    "whose id external_id is" },
	[FU_F_EXTERNAL_ID] = { "external_id", FU_FT_TEXT, NULL,
	    "the person's id in that system" },
	[FU_F_VISITOR] = { "visitor", FU_FT_TEXT, NULL, "visitor id" },
	[FU_F_FIRST_NAME] = { "first_name", FU_FT_TEXT, NULL, "given name" },
	[FU_F_LAST_NAME] = { "last_name", FU_FT_TEXT, NULL, "family name" },
	[FU_F_TITLE] = { "title", FU_FT_TEXT, NULL, "job title" },
	[FU_F_COMPANY] = { "company", FU_FT_TEXT, NULL, "company's name" },
	[FU_F_INDUSTRY] = { "industry", FU_FT_TEXT, NULL, "trade" },
	[FU_F_COMPANY_SIZE] = { "company_size", FU_FT_INT, NULL,
	    "employees; the lower end of a range" },
	[FU_F_COUNTRY] = { "country", FU_FT_COUNTRY, NULL,
	    "ISO 3166 alpha-2" },
	[FU_F_REGION] = { "region", FU_FT_REGION, NULL,
	    "ISO 3166-2, behind the hyphen" },
	[FU_F_CITY] = { "city", FU_FT_TEXT, NULL, "city" },
	[FU_F_TZ] = { "tz", FU_FT_ZONE, NULL, "IANA time zone" },
	[FU_F_LANGUAGE] = { "language", FU_FT_LANGUAGE, NULL,
	    "BCP 47 tag" },
	[FU_F_BUDGET] = { "budget", FU_FT_REAL, NULL, "amount, as said" },
	[FU_F_TIMELINE] = { "timeline", FU_FT_TEXT, NULL,
	    "when they want to decide" },
	[FU_F_INTEREST] = { "interest", FU_FT_TEXT, NULL, "what in" },
	[FU_F_SEGMENT] = { "segment", FU_FT_TEXT, NULL,
	    "the operator's own segment" },
	[FU_F_OWNER] = { "owner", FU_FT_TEXT, NULL, "the rep" },
	[FU_F_SOURCE] = { "source", FU_FT_TEXT, NULL,
	    "where the data are from" },
	[FU_F_STAGE] = { "stage", FU_FT_TEXT, NULL, "the CRM's stage" },
	[FU_F_WEBSITE] = { "website", FU_FT_TEXT, NULL,
	    "company's site or domain" },
	[FU_F_LINKEDIN] = { "linkedin", FU_FT_TEXT, NULL, "profile URL" },
	[FU_F_BASIS] = { "basis", FU_FT_ENUM, bases, "lawful basis" },
	[FU_F_SUBSCRIBER] = { "subscriber", FU_FT_ENUM, subscribers,
	    "whose address it is" },
	[FU_F_JOB_FIT] = { "job_fit", FU_FT_BOOL, NULL,
	    "the offer fits the person's job" },
	[FU_F_COLLECTED] = { "collected", FU_FT_ENUM, collections,
	    "how the data were come by" },
	[FU_F_COLLECTED_AT] = { "collected_at", FU_FT_TIME, NULL, "when" },
	[FU_F_NOTICE_AT] = { "notice_at", FU_FT_TIME, NULL,
	    "when the person was told of it" },
	[FU_F_DNC] = { "dnc", FU_FT_ENUM, dncs, "on a do-not-call list?" },
	[FU_F_DNC_CHECKED_AT] = { "dnc_checked_at", FU_FT_TIME, NULL,
	    "when that was looked up" },
	[FU_F_REASSIGNED_CHECKED_AT] = { "reassigned_checked_at", FU_FT_TIME,
	    NULL, "when reassigned numbers were looked up" },
	[FU_F_SALE_AT] = { "sale_at", FU_FT_TIME, NULL, "last purchase" },
	[FU_F_OPTOUT_OFFERED] = { "optout_offered", FU_FT_BOOL, NULL,
	    "offered at the sale" },
	[FU_F_PREFERS] = { "prefers", FU_FT_LIST, channels,
	    "channels in order of liking, with commas" },
	[FU_F_SCORE] = { "score", FU_FT_REAL, NULL,
	    "0 to 100, as imported" },
};

int
fu_field_find(const char *name)
{
	for (int i = 0; i < FU_FIELD_N; i++)
		if (fu_fields[i].name[0] == name[0] &&
		    strcmp(fu_fields[i].name, name) == 0)
			return (i);
	return (-1);
}

uint64_t
fu_person_mask(const struct fu_person *p)
{
	uint64_t mask = 0;

	for (int i = 0; i < FU_FIELD_N; i++)
		if (p->f[i] != NULL)
			mask |= UINT64_C(1) << i;
	return (mask);
}
