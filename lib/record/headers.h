/*
 * The headers of other people's exports, and what they mean: a table.
 *
 * Knows names only; never looks at a value.
 */
#ifndef FU_RECORD_HEADERS_H
#define FU_RECORD_HEADERS_H

#include "record/person.h"

/* What a column can be besides a field of the person. */
enum fu_target {
	FU_T_ATTR = 100,	/* kept as it is */
	FU_T_SKIP,		/* left out, because the operator said so */
	FU_T_NAME,		/* first and last name in one */
	FU_T_MORE_EMAIL,	/* a further address */
	FU_T_MORE_PHONE,	/* a further number */
	FU_T_URL,		/* linkedin or website, by its value */
	FU_T_SPREAD,		/* a JSON object of attributes */
	FU_T_OPTOUT_EMAIL,	/* yes means no mail; no means nothing */
	FU_T_OPTOUT_PHONE,
	FU_T_OPTOUT_SMS,
	FU_T_OPTOUT_ALL,
	FU_T_OPTIN_EMAIL,	/* no means no mail; yes is no consent */
	FU_T_MAIL_STATUS,	/* "Unsubscribed" in words; kept as well */
	FU_T_BOUNCED		/* anything but a no; kept as well */
};

#define FU_HEADER_MAX 128	/* octets of a normalised header, NUL in */

/*
 * fu_header_normalise(text, out):
 * Trim, lower the case, drop a BOM, and turn runs of _ - / . # ( ) : and
 * blanks into one blank, as exports differ in nothing more often.  Longer
 * ones are cut.  Return ${out}.
 */
const char *fu_header_normalise(struct fu_str, char[FU_HEADER_MAX]);

struct fu_header {
	const char	*name;		/* normalised; the table's order */
	int		 target;	/* enum fu_field or enum fu_target */
	int		 rank;		/* of several that say the same */
	bool		 soft;		/* may hold another thing: no note; of
					 * an opt-out: its yes is a date */
};

/*
 * fu_header_find(name, header):
 * What a normalised header means: a field by its own name ("collected at"), or
 * what the table says, also with a number behind ("phone 2", which ranks
 * behind "phone"), or an opt-out by its words.  Return false when nobody knows
 * it.
 */
bool fu_header_find(const char *, struct fu_header *);

/*
 * optout.c: what the words of a normalised header say of opting out.
 *
 * fu_header_optout(name, dated):
 * FU_T_OPTOUT_EMAIL, _PHONE, _SMS or _ALL when every word belongs to saying
 * so; FU_T_OPTIN_EMAIL when they say that mail is welcome; or FU_T_ATTR.  ${dated}: it says when, so a date is the yes.  Blanks do
 * not count.  An opt-out of marketing, or of no channel in so many words but
 * for a law, is one of all; a bare "opted out" is one of mail.  Of fax or post
 * it is none.
 * fu_header_smells(name): what one that nobody knows could be, of the same; or
 * FU_T_ATTR.
 */
int fu_header_optout(const char *, bool *);
int fu_header_smells(const char *);

/* A target by the name that an operator writes: a field, or "name", "mobile",
 * "more_email", "more_phone", "url", "attributes", "optout_email",
 * "optout_phone", "optout_sms", "optout_all", "optin_email", "mail_status",
 * "bounced", "attr", "skip".  -1 if it is none. */
int fu_target_find(const char *);
/* What is meant by a name that is none, but that people use, as a header or
 * for a field ("fone"); NULL if nobody does. */
const char *fu_target_meant(const char *);
const char *fu_target_name(int);

/* How many of these are known?  Fits struct fu_csv_opt; ctx is unused. */
size_t fu_headers_known(void *, const struct fu_str *, size_t);

/*
 * fu_headers_system(names, spelt, n):
 * Whose export has these ${n} headers, normalised and as they are spelt:
 * "hubspot", "salesforce", "apollo", "pipedrive", "mailchimp", "linkedin",
 * "keila"; or NULL.
 */
const char *fu_headers_system(const char *const *, const char *const *,
    size_t);

/* The system whose ids have the shape of that one, or NULL: a lead's or a
 * contact's of Salesforce have 15 characters, or 18. */
const char *fu_id_system(const char *);

/* The system that the headers say, unless that id (or NULL) says itself whose
 * it is, as Zoho's do. */
const char *fu_headers_system_of(const char *, const char *);

#endif
