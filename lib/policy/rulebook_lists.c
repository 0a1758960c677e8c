/*
 * Rules data that others read: penalties, numbering plans, names of places,
 * phrases of signals.  Here only their keys are looked at, so that no line
 * undoes another, and none is of a thing that there is not.
 *
 * Must never keep anything of them.
 */
#include "policy/rulebook.h"

#include <string.h>

#include "config/country.h"
#include "config/nearest.h"

/* Every section that some room of policy/ asks signals.txt for. */
static const char *const sections[] = {"access", "asks", "asks_back", "asks_consent",
    "asks_email", "asks_human", "asks_if_bot", "asks_name", "asks_news", "asks_person",
    "asks_rival", "asks_sms", "asks_whatsapp", "asks_when", "asks_where",
    "bargains", "budget_asked",
    "budget_and", "budget_between", "budget_ceiling", "budget_cue",
    "budget_limit", "budget_name", "budget_not", "budget_past", "budget_to",
    "budget_turns",
    "common_words", "company_size_said", "condition",
    "consent:email:granted", "consent:email:refused", "consent:sms:granted",
    "consent:sms:refused", "consent:whatsapp:granted",
    "consent:whatsapp:refused", "consent_automated", "contract", "decision_maker",
    "decision_titles", "erasure", "follows", "greets", "help_whole", "implementation", "interested",
    "irony", "leaves", "meeting", "minor_titles", "negation", "negation_behind", "no", "not_interested", "not_now",
    "nothing", "objection:authority", "objection:feature", "objection:price",
    "objection:status_quo", "objection:timing", "objection:trust",
    "objection_resolved", "objects", "opt_out", "per_month", "per_once",
    "per_seat", "per_year", "pricing", "question_open", "ready", "referral", "reported",
    "rival_after", "rival_before", "rival_not_before", "rival_other",
    "rival_past", "rival_people", "seats_said", "sign_off", "start_whole", "stop_behind", "stop_doubt", "stop_from", "stop_not", "stop_not_before",
    "stop_not_swapped", "stop_polite", "stop_says", "stop_says_email",
    "stop_says_sms", "stop_says_whatsapp", "stop_swapped", "stop_whole",
    "stop_words", "thanks", "timeline", "timeline_asked", "timeline_cue", "timeline_firm",
    "timeline_not", "timeline_until",
    "title_after", "title_cue", "title_named", "title_stop", "title_word",
    "topic_between", "topic_closes", "topic_dull", "topic_ends",
    "topic_joins", "topic_nouns", "topic_opens", "vague", "voice_optout", "yes"};

/* Every section that content/mail_lists asks bounces.txt, absences.txt and
 * quotes.txt for. */
static const char *const mail_sections[] = {
    "after_data", "april", "august", "auto_subject", "away", "away_subject",
    "back", "back_after", "banner", "christmas", "content", "daemon",
    "day_alone", "days", "december", "delayed", "disabled", "easter", "end_of",
    "expired", "february", "filtered", "footer", "four", "friday",
    "html_after", "html_lead", "html_quoted", "html_signature", "january",
    "july", "june", "key_from", "key_other", "lasting", "lead_opens", "left",
    "mailbox_full", "march", "may", "middle_of", "monday", "month_first",
    "months", "moved", "network", "new_year", "not_lasting", "november",
    "october", "one", "original_below", "policy", "rate", "receipt",
    "report_subject", "report_text", "returned", "saturday", "sender",
    "sent_from", "separator", "september", "since", "since_after", "spam",
    "start_of", "sunday", "system", "takes_no_mail", "thanksgiving", "three",
    "thursday", "to", "tomorrow", "too_large", "tuesday", "two", "unavailable",
    "unknown_host", "unknown_user", "until", "until_after", "wednesday",
    "week", "week_of", "weeks", "went", "went_not", "wrote", "wrote_first"};

int
fu_rulebook_penalty_line(struct fu_rulebook *b, struct fu_line *l)
{
	(void)b;
	for (size_t i = 0; i < l->n; i++)
		if (*l->column[i] == '\0')
			return (fu_line_bad(l, l->column[i],
			    "there is nothing in this column"));
	if (l->n != 5)
		return (fu_line_bad(l, l->column[0],
		    "expected law | what for | to whom | at most | source"));
	if (strncmp(l->column[4], "[V]", 3) != 0 &&
	    strncmp(l->column[4], "[K]", 3) != 0 &&
	    strncmp(l->column[4], "[P]", 3) != 0)
		return (fu_line_bad(l, l->column[4],
		    "a source begins with [V], [K] or [P]"));
	fu_line_once(l, l->column[0], "%s | %s | %s", l->column[0],
	    l->column[1], l->column[2]);
	return (0);
}

/* "DE 49 0 00 2-9:6-11" */
int
fu_rulebook_plan_line(struct fu_rulebook *b, struct fu_line *l)
{
	(void)b;
	fu_line_once(l, l->column[0], "%.*s",
	    (int)strcspn(l->column[0], " \t"), l->column[0]);
	return (0);
}

/* "England = GB", "England = GB-ENG": a country and a region, both. */
int
fu_rulebook_place_line(struct fu_rulebook *b, struct fu_line *l)
{
	char *equals = strrchr(l->column[0], '='), *code;
	char country[3] = {0};
	size_t name;

	(void)b;
	if (equals == NULL)
		return (fu_line_bad(l, l->column[0],
		    "expected \"name = GB\" or \"name = DE-BY\""));
	code = equals + 1 + strspn(equals + 1, " \t");
	strncpy(country, code, 2);
	if (!fu_country_known(country) ||
	    (code[2] != '\0' && code[2] != '-'))
		return (fu_line_bad(l, code,
		    "there is no country \"%s\": write its two letters, like "
		    "GB, or DE-BY for a region",
		    code));
	if (code[2] == '-' &&
	    (strcmp(country, "US") == 0 || strcmp(country, "CA") == 0) &&
	    !fu_state_known(code))
		return (fu_line_bad(
		    l, code, "there is no state or province \"%s\"", code));
	for (name = (size_t)(equals - l->column[0]); name > 0; name--)
		if (strchr(" \t", l->column[0][name - 1]) == NULL)
			break;
	if (name == 0)
		return (fu_line_bad(l, l->column[0], "the name is missing"));
	fu_line_once(l, l->column[0], "%.*s = %.*s", (int)name, l->column[0],
	    code[2] == '-' ? 2 : 0, code);
	return (0);
}

/* What may stand behind a section's name. */
static int
section_kinds(struct fu_line *l, char *more)
{
	size_t len;

	for (; more != NULL && *more != '\0'; more += len) {
		more += strspn(more, " \t");
		len = strcspn(more, " \t");
		if (len > 0 && (len != 7 || memcmp(more, "literal", 7) != 0) &&
		    (len != 3 || memcmp(more, "own", 3) != 0) &&
		    (len != 4 || memcmp(more, "mine", 4) != 0))
			return (fu_line_bad(l, more,
			    "behind a section's name only \"literal\", "
			    "\"own\" and \"mine\" may stand"));
	}
	return (0);
}

static int
section_line(struct fu_line *l, const char *const *known, size_t n)
{
	char *name = l->column[0] + 1, *end = strchr(name, ']'), *more;
	struct fu_nearest nearest;

	*end = '\0';
	if ((more = strpbrk(name, " \t")) != NULL)
		*more++ = '\0';
	if (section_kinds(l, more) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++)
		if (strcmp(known[i], name) == 0) {
			fu_line_once(l, l->column[0], "[%s]", name);
			return (0);
		}
	fu_nearest_start(&nearest, name);
	for (size_t i = 0; i < n; i++)
		fu_nearest_try(&nearest, known[i]);
	if (nearest.word != NULL)
		return (fu_line_bad(l, name,
		    "nothing asks for a section [%s]: did you mean [%s]?", name,
		    nearest.word));
	return (fu_line_bad(l, name,
	    "nothing asks for a section [%s]: take it away, or name it as "
	    "fu-init's file does",
	    name));
}

/* Heads and names; whether a phrase can be read, policy/phrase says. */
int
fu_rulebook_signal_line(struct fu_rulebook *b, struct fu_line *l)
{
	char *s = l->column[0];

	(void)b;
	if (*s == '[' && l->n == 1 && s[strlen(s) - 1] == ']')
		return (section_line(l, sections,
		    sizeof(sections) / sizeof(*sections)));
	/* What it stands for is cut at its bars. */
	if (*s == '@' && strchr(s, '=') != NULL)
		fu_line_once(l, s, "%.*s", (int)strcspn(s, " \t="), s);
	return (0);
}

/* Heads; any pattern can be read. */
int
fu_rulebook_mail_line(struct fu_rulebook *b, struct fu_line *l)
{
	char *s = l->column[0];

	(void)b;
	if (*s == '[' && l->n == 1 && s[strlen(s) - 1] == ']')
		return (section_line(l, mail_sections,
		    sizeof(mail_sections) / sizeof(*mail_sections)));
	return (0);
}
