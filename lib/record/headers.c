/*
 * What the headers of other people's exports mean.
 *
 * A header that is not here becomes a custom attribute, so only those stand
 * here that mean something; opt-outs are known by their words, in optout.c.
 * Never take a consent column for consent: that is not read from a plain
 * column, but its "no" is an opt-out.
 */
#include "record/headers.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Sorted by name; a test checks the order.  Rank: of several columns that say
 * the same, the lower is taken first.  A person's own number comes before the
 * switchboard's. */
static const struct fu_header table[] = {
	{ "account", FU_F_COMPANY, 2, false },
	{ "account name", FU_F_COMPANY, 1, false },
	{ "account owner", FU_F_OWNER, 3, false },
	{ "address 1 city", FU_F_CITY, 1, false },
	{ "address 1 country", FU_F_COUNTRY, 2, false },
	{ "address 1 region", FU_F_REGION, 1, false },
	{ "adresse e mail", FU_F_EMAIL, 1, false },
	{ "apellido", FU_F_LAST_NAME, 1, false },
	{ "apellidos", FU_F_LAST_NAME, 1, false },
	{ "apollo contact id", FU_F_EXTERNAL_ID, 0, false },
	{ "assigned", FU_F_OWNER, 2, false },
	{ "assigned to", FU_F_OWNER, 2, false },
	{ "associated company", FU_F_COMPANY, 4, false },
	{ "attributes", FU_T_SPREAD, 0, false },
	{ "branche", FU_F_INDUSTRY, 1, false },
	{ "bundesland", FU_F_REGION, 1, false },
	{ "business city", FU_F_CITY, 1, false },
	{ "business country", FU_F_COUNTRY, 1, false },
	{ "business country region", FU_F_COUNTRY, 1, false },
	{ "business email", FU_F_EMAIL, 1, false },
	{ "business phone", FU_F_PHONE, 3, false },
	{ "business state", FU_F_REGION, 1, false },
	{ "cargo", FU_F_TITLE, 1, false },
	{ "cc", FU_F_COUNTRY, 2, false },
	{ "cell", FU_F_PHONE, 0, false },
	{ "cell phone", FU_F_PHONE, 0, false },
	{ "city", FU_F_CITY, 0, false },
	{ "ciudad", FU_F_CITY, 1, false },
	{ "company", FU_F_COMPANY, 0, false },
	{ "company account", FU_F_COMPANY, 0, false },
	{ "company domain name", FU_F_WEBSITE, 2, false },
	{ "company name", FU_F_COMPANY, 0, false },
	{ "company size", FU_F_COMPANY_SIZE, 0, false },
	{ "companyname", FU_F_COMPANY, 0, false },
	{ "companyurl", FU_F_WEBSITE, 3, false },
	{ "contact email", FU_F_EMAIL, 1, false },
	{ "contact id", FU_F_EXTERNAL_ID, 1, false },
	{ "contact name", FU_T_NAME, 0, false },
	{ "contact owner", FU_F_OWNER, 0, false },
	{ "corporate phone", FU_F_PHONE, 6, false },
	{ "correo", FU_F_EMAIL, 1, false },
	{ "correo electronico", FU_F_EMAIL, 1, false },
	{ "correo electrónico", FU_F_EMAIL, 1, false },
	{ "country", FU_F_COUNTRY, 0, false },
	{ "country code", FU_F_COUNTRY, 1, false },
	{ "country region", FU_F_COUNTRY, 0, false },
	{ "courriel", FU_F_EMAIL, 1, false },
	{ "customer id", FU_F_EXTERNAL_ID, 1, false },
	{ "data", FU_T_SPREAD, 0, false },
	{ "deal owner", FU_F_OWNER, 4, false },
	{ "deal stage", FU_F_STAGE, 3, false },
	{ "designation", FU_F_TITLE, 1, false },
	{ "direct phone", FU_F_PHONE, 1, false },
	{ "e mail", FU_F_EMAIL, 0, false },
	{ "e mail 1 value", FU_F_EMAIL, 1, false },
	{ "e mail 2 value", FU_T_MORE_EMAIL, 0, false },
	{ "e mail 3 value", FU_T_MORE_EMAIL, 1, false },
	{ "e mail address", FU_F_EMAIL, 0, false },
	{ "e mail adresse", FU_F_EMAIL, 1, false },
	{ "email", FU_F_EMAIL, 0, false },
	{ "email address", FU_F_EMAIL, 0, false },
	{ "email bounced", FU_T_BOUNCED, 0, false },
	{ "email bounced date", FU_T_BOUNCED, 0, false },
	{ "email bounced reason", FU_T_BOUNCED, 0, false },
	{ "email hard bounce reason", FU_T_BOUNCED, 0, false },
	{ "email marketing", FU_T_OPTIN_EMAIL, 0, false },
	{ "email marketing status", FU_T_MAIL_STATUS, 0, true },
	{ "email newsletter", FU_T_OPTIN_EMAIL, 0, false },
	{ "email opt in", FU_T_OPTIN_EMAIL, 0, false },
	{ "email opted in", FU_T_OPTIN_EMAIL, 0, false },
	{ "email optin", FU_T_OPTIN_EMAIL, 0, false },
	{ "email permission", FU_T_OPTIN_EMAIL, 0, false },
	{ "email permission status", FU_T_MAIL_STATUS, 0, true },
	{ "email status", FU_T_MAIL_STATUS, 0, true },
	{ "email subscribed", FU_T_OPTIN_EMAIL, 0, false },
	{ "emailaddress", FU_F_EMAIL, 0, false },
	{ "emailbounceddate", FU_T_BOUNCED, 0, false },
	{ "emailbouncedreason", FU_T_BOUNCED, 0, false },
	{ "employees", FU_F_COMPANY_SIZE, 1, false },
	{ "employer", FU_F_COMPANY, 3, false },
	{ "empresa", FU_F_COMPANY, 1, false },
	{ "entreprise", FU_F_COMPANY, 2, false },
	{ "euid", FU_F_EXTERNAL_ID, 3, false },
	{ "familienname", FU_F_LAST_NAME, 2, false },
	{ "family name", FU_F_LAST_NAME, 1, false },
	{ "firma", FU_F_COMPANY, 1, false },
	{ "first", FU_F_FIRST_NAME, 1, false },
	{ "first name", FU_F_FIRST_NAME, 0, false },
	{ "firstname", FU_F_FIRST_NAME, 0, false },
	{ "fname", FU_F_FIRST_NAME, 1, false },
	{ "full name", FU_T_NAME, 0, false },
	{ "fullname", FU_T_NAME, 0, false },
	{ "given name", FU_F_FIRST_NAME, 1, false },
	{ "handy", FU_F_PHONE, 0, false },
	{ "home phone", FU_F_PHONE, 4, false },
	{ "hubspot score", FU_F_SCORE, 1, true },
	{ "id", FU_F_EXTERNAL_ID, 2, false },
	{ "idioma", FU_F_LANGUAGE, 1, false },
	{ "industry", FU_F_INDUSTRY, 0, false },
	{ "is subscribed", FU_T_OPTIN_EMAIL, 0, false },
	{ "job title", FU_F_TITLE, 0, false },
	{ "jobtitle", FU_F_TITLE, 0, false },
	{ "land", FU_F_COUNTRY, 1, false },
	{ "language", FU_F_LANGUAGE, 0, false },
	{ "langue", FU_F_LANGUAGE, 1, false },
	{ "last", FU_F_LAST_NAME, 1, false },
	{ "last name", FU_F_LAST_NAME, 0, false },
	{ "lastname", FU_F_LAST_NAME, 0, false },
	{ "lead id", FU_F_EXTERNAL_ID, 0, false },
	{ "lead number", FU_F_EXTERNAL_ID, 2, false },
	{ "lead owner", FU_F_OWNER, 0, false },
	{ "lead score", FU_F_SCORE, 1, true },
	{ "lead source", FU_F_SOURCE, 0, false },
	{ "lead status", FU_F_STAGE, 1, false },
	{ "leadid", FU_F_EXTERNAL_ID, 0, false },
	{ "leadsource", FU_F_SOURCE, 0, false },
	{ "leid", FU_F_EXTERNAL_ID, 2, false },
	{ "lifecycle stage", FU_F_STAGE, 0, false },
	{ "linkedin", FU_F_LINKEDIN, 0, false },
	{ "linkedin profile", FU_F_LINKEDIN, 0, false },
	{ "linkedin profile url", FU_F_LINKEDIN, 0, false },
	{ "linkedin url", FU_F_LINKEDIN, 0, false },
	{ "linkedinprofileurl", FU_F_LINKEDIN, 0, false },
	{ "linkedinurl", FU_F_LINKEDIN, 1, false },
	{ "lname", FU_F_LAST_NAME, 1, false },
	{ "locale", FU_F_LANGUAGE, 1, false },
	{ "mail", FU_F_EMAIL, 1, false },
	{ "mailing city", FU_F_CITY, 0, false },
	{ "mailing country", FU_F_COUNTRY, 0, false },
	{ "mailing list status", FU_T_MAIL_STATUS, 0, true },
	{ "mailing state", FU_F_REGION, 0, false },
	{ "mailing state province", FU_F_REGION, 0, false },
	{ "mailingcity", FU_F_CITY, 0, false },
	{ "mailingcountry", FU_F_COUNTRY, 0, false },
	{ "mailingstate", FU_F_REGION, 0, false },
	{ "marketing email", FU_T_OPTIN_EMAIL, 0, false },
	{ "marketing emails", FU_T_OPTIN_EMAIL, 0, false },
	{ "marketing status", FU_T_MAIL_STATUS, 0, true },
	{ "member status", FU_T_MAIL_STATUS, 0, true },
	{ "mobil", FU_F_PHONE, 0, false },
	{ "mobile", FU_F_PHONE, 0, false },
	{ "mobile phone", FU_F_PHONE, 0, false },
	{ "mobile phone number", FU_F_PHONE, 0, false },
	{ "mobilephone", FU_F_PHONE, 0, false },
	{ "mobiltelefon", FU_F_PHONE, 0, false },
	{ "more email", FU_T_MORE_EMAIL, 0, false },
	{ "movil", FU_F_PHONE, 0, false },
	{ "móvil", FU_F_PHONE, 0, false },
	{ "nachname", FU_F_LAST_NAME, 1, false },
	{ "name", FU_T_NAME, 0, false },
	{ "newsletter", FU_T_OPTIN_EMAIL, 0, false },
	{ "newsletter subscriber", FU_T_OPTIN_EMAIL, 0, false },
	{ "newsletter subscription", FU_T_OPTIN_EMAIL, 0, false },
	{ "no of employees", FU_F_COMPANY_SIZE, 1, false },
	{ "nom", FU_F_LAST_NAME, 1, false },
	{ "nom de famille", FU_F_LAST_NAME, 1, false },
	{ "nombre", FU_F_FIRST_NAME, 1, false },
	{ "number of employees", FU_F_COMPANY_SIZE, 0, false },
	{ "numberofemployees", FU_F_COMPANY_SIZE, 0, false },
	{ "opt in", FU_T_OPTIN_EMAIL, 0, false },
	{ "optin email", FU_T_OPTIN_EMAIL, 0, false },
	{ "org", FU_F_COMPANY, 3, false },
	{ "organisation", FU_F_COMPANY, 2, false },
	{ "organization", FU_F_COMPANY, 2, false },
	{ "organization 1 name", FU_F_COMPANY, 2, false },
	{ "organization 1 title", FU_F_TITLE, 1, false },
	{ "organization name", FU_F_COMPANY, 1, false },
	{ "organization title", FU_F_TITLE, 1, false },
	{ "original source", FU_F_SOURCE, 1, false },
	{ "ort", FU_F_CITY, 2, false },
	{ "other email", FU_T_MORE_EMAIL, 0, false },
	{ "other phone", FU_F_PHONE, 5, false },
	{ "owner", FU_F_OWNER, 1, false },
	{ "pais", FU_F_COUNTRY, 1, false },
	{ "pays", FU_F_COUNTRY, 1, false },
	{ "país", FU_F_COUNTRY, 1, false },
	{ "permission status", FU_T_MAIL_STATUS, 0, true },
	{ "person city", FU_F_CITY, 0, false },
	{ "person country", FU_F_COUNTRY, 0, false },
	{ "person email", FU_F_EMAIL, 0, false },
	{ "person email home", FU_F_EMAIL, 4, false },
	{ "person email other", FU_F_EMAIL, 5, false },
	{ "person email work", FU_F_EMAIL, 0, false },
	{ "person first name", FU_F_FIRST_NAME, 0, false },
	{ "person id", FU_F_EXTERNAL_ID, 0, false },
	{ "person last name", FU_F_LAST_NAME, 0, false },
	{ "person linkedin", FU_F_LINKEDIN, 0, false },
	{ "person linkedin page", FU_F_LINKEDIN, 0, false },
	{ "person linkedin url", FU_F_LINKEDIN, 0, false },
	{ "person marketing status", FU_T_MAIL_STATUS, 0, true },
	{ "person name", FU_T_NAME, 0, false },
	{ "person organization", FU_F_COMPANY, 0, false },
	{ "person owner", FU_F_OWNER, 0, false },
	{ "person phone", FU_F_PHONE, 2, false },
	{ "person phone home", FU_F_PHONE, 4, false },
	{ "person phone mobile", FU_F_PHONE, 0, false },
	{ "person phone other", FU_F_PHONE, 5, false },
	{ "person phone work", FU_F_PHONE, 1, false },
	{ "person state", FU_F_REGION, 0, false },
	{ "person title", FU_F_TITLE, 0, false },
	{ "person website", FU_F_WEBSITE, 0, false },
	{ "phone", FU_F_PHONE, 2, false },
	{ "phone 1 value", FU_F_PHONE, 2, false },
	{ "phone 2 value", FU_F_PHONE, 3, false },
	{ "phone 3 value", FU_F_PHONE, 4, false },
	{ "phone number", FU_F_PHONE, 2, false },
	{ "portable", FU_F_PHONE, 0, false },
	{ "position", FU_F_TITLE, 0, false },
	{ "poste", FU_F_TITLE, 1, false },
	{ "prenom", FU_F_FIRST_NAME, 1, false },
	{ "primary email", FU_F_EMAIL, 0, false },
	{ "profileurl", FU_F_LINKEDIN, 2, false },
	{ "prospect id", FU_F_EXTERNAL_ID, 0, false },
	{ "prénom", FU_F_FIRST_NAME, 1, false },
	{ "rating", FU_F_SCORE, 2, true },
	{ "receive marketing emails", FU_T_OPTIN_EMAIL, 0, false },
	{ "receive newsletter", FU_T_OPTIN_EMAIL, 0, false },
	{ "record id", FU_F_EXTERNAL_ID, 0, false },
	{ "record id contact", FU_F_EXTERNAL_ID, 0, false },
	{ "region", FU_F_REGION, 1, false },
	{ "role", FU_F_TITLE, 2, false },
	{ "secondary email", FU_T_MORE_EMAIL, 0, false },
	{ "secteur", FU_F_INDUSTRY, 1, false },
	{ "societe", FU_F_COMPANY, 1, false },
	{ "société", FU_F_COMPANY, 1, false },
	{ "source", FU_F_SOURCE, 0, false },
	{ "sprache", FU_F_LANGUAGE, 1, false },
	{ "stadt", FU_F_CITY, 1, false },
	{ "stage", FU_F_STAGE, 0, false },
	{ "state", FU_F_REGION, 0, false },
	{ "state province", FU_F_REGION, 0, false },
	{ "state region", FU_F_REGION, 0, false },
	{ "status", FU_F_STAGE, 2, false },
	{ "subscribed", FU_T_OPTIN_EMAIL, 0, false },
	{ "subscribed to email", FU_T_OPTIN_EMAIL, 0, false },
	{ "subscription status", FU_T_MAIL_STATUS, 0, true },
	{ "surname", FU_F_LAST_NAME, 1, false },
	{ "tel", FU_F_PHONE, 2, false },
	{ "telefon", FU_F_PHONE, 2, false },
	{ "telefonnummer", FU_F_PHONE, 2, false },
	{ "telefono", FU_F_PHONE, 2, false },
	{ "telephone", FU_F_PHONE, 2, false },
	{ "teléfono", FU_F_PHONE, 2, false },
	{ "tertiary email", FU_T_MORE_EMAIL, 1, false },
	{ "time zone", FU_F_TZ, 0, false },
	{ "timezone", FU_F_TZ, 0, false },
	{ "title", FU_F_TITLE, 1, false },
	{ "téléphone", FU_F_PHONE, 2, false },
	{ "unternehmen", FU_F_COMPANY, 2, false },
	{ "url", FU_T_URL, 0, false },
	{ "ville", FU_F_CITY, 1, false },
	{ "vorname", FU_F_FIRST_NAME, 1, false },
	{ "webseite", FU_F_WEBSITE, 1, false },
	{ "website", FU_F_WEBSITE, 0, false },
	{ "website url", FU_F_WEBSITE, 0, false },
	{ "work direct phone", FU_F_PHONE, 1, false },
	{ "work email", FU_F_EMAIL, 0, false },
	{ "work phone", FU_F_PHONE, 2, false },
};

static const struct {
	const char	*name;
	int		 target;
} words[] = {
	{ "attr", FU_T_ATTR }, { "skip", FU_T_SKIP }, { "name", FU_T_NAME },
	{ "mobile", FU_F_PHONE }, { "more_email", FU_T_MORE_EMAIL },
	{ "more_phone", FU_T_MORE_PHONE }, { "url", FU_T_URL },
	{ "attributes", FU_T_SPREAD }, { "optout_email", FU_T_OPTOUT_EMAIL },
	{ "optout_phone", FU_T_OPTOUT_PHONE },
	{ "optout_sms", FU_T_OPTOUT_SMS }, { "optout_all", FU_T_OPTOUT_ALL },
	{ "optin_email", FU_T_OPTIN_EMAIL },
	{ "mail_status", FU_T_MAIL_STATUS }, { "bounced", FU_T_BOUNCED },
};

const char *
fu_header_normalise(struct fu_str s, char out[FU_HEADER_MAX])
{
	size_t n = 0;

	if (s.len >= 3 && memcmp(s.ptr, "\357\273\277", 3) == 0) {
		s.ptr += 3;
		s.len -= 3;
	}
	for (size_t i = 0; i < s.len && n + 1 < FU_HEADER_MAX; i++) {
		unsigned char c = (unsigned char)s.ptr[i];

		if (c <= ' ' || strchr("_-/.#():\"'", c) != NULL) {
			if (n > 0 && out[n - 1] != ' ')
				out[n++] = ' ';
		} else
			out[n++] = c < 0x80 ? (char)tolower(c) : (char)c;
	}
	while (n > 0 && out[n - 1] == ' ')
		n--;
	out[n] = '\0';
	return (out);
}

static int
by_name(const void *a, const void *b)
{
	return (strcmp(a, ((const struct fu_header *)b)->name));
}

static const struct fu_header *
find_exact(const char *name)
{
	return (bsearch(name, table, sizeof(table) / sizeof(table[0]),
	    sizeof(table[0]), by_name));
}

/* A field by its own name, with blanks for the underscores. */
static int
find_field(const char *name)
{
	char member[FU_HEADER_MAX];
	size_t i;

	for (i = 0; name[i] != '\0'; i++)
		member[i] = name[i] == ' ' ? '_' : name[i];
	member[i] = '\0';
	return (fu_field_find(member));
}

bool
fu_header_find(const char *name, struct fu_header *out)
{
	const struct fu_header *found = find_exact(name);
	char head[FU_HEADER_MAX];
	size_t n = strlen(name), digits = 0;
	int field = find_field(name);

	if (found != NULL) {
		*out = *found;
		return (true);
	}
	if (field >= 0) {
		*out = (struct fu_header){ fu_fields[field].name, field, 0,
			false };
		return (true);
	}
	*out = (struct fu_header){ .name = "opt out" };
	out->target = fu_header_optout(name, &out->soft);
	if (out->target != FU_T_ATTR)
		return (true);
	while (digits < n && name[n - digits - 1] >= '0' &&
	    name[n - digits - 1] <= '9')
		digits++;
	if (digits == 0 || digits > 2 || digits + 1 >= n ||
	    name[n - digits - 1] != ' ')
		return (false);
	memcpy(head, name, n - digits - 1);
	head[n - digits - 1] = '\0';
	found = find_exact(head);
	/* "Address 2" of what may occur once is another thing. */
	if (found == NULL || (found->target != FU_F_PHONE &&
	    found->target != FU_F_EMAIL))
		return (false);
	*out = *found;
	out->rank += 10 + atoi(name + n - digits);
	return (true);
}

int
fu_target_find(const char *name)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i].name, name) == 0)
			return (words[i].target);
	return (fu_field_find(name));
}

const char *
fu_target_meant(const char *word)
{
	/* What people call a field who have not read the list. */
	static const struct {
		const char	*name;
		int		 target;
	} names[] = {
		{ "domain", FU_F_WEBSITE }, { "fon", FU_F_PHONE },
		{ "fone", FU_F_PHONE }, { "fono", FU_F_PHONE },
		{ "forename", FU_F_FIRST_NAME }, { "homepage", FU_F_WEBSITE },
		{ "job", FU_F_TITLE }, { "lang", FU_F_LANGUAGE },
		{ "province", FU_F_REGION }, { "site", FU_F_WEBSITE },
		{ "size", FU_F_COMPANY_SIZE },
		{ "system", FU_F_EXTERNAL_SYSTEM }, { "town", FU_F_CITY },
		{ "zone", FU_F_TZ },
	};
	char name[FU_HEADER_MAX];
	struct fu_header h;

	(void)fu_header_normalise(fu_str_of(word), name);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i].name, name) == 0)
			return (fu_target_name(names[i].target));
	return (fu_header_find(name, &h) ? fu_target_name(h.target) : NULL);
}

const char *
fu_target_name(int target)
{
	if (target >= 0 && target < FU_FIELD_N)
		return (fu_fields[target].name);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i].target == target)
			return (words[i].name);
	return ("attr");
}

size_t
fu_headers_known(void *ctx, const struct fu_str *cell, size_t n)
{
	char name[FU_HEADER_MAX];
	struct fu_header found;
	size_t known = 0;

	(void)ctx;
	for (size_t i = 0; i < n; i++)
		if (cell[i].len > 0 && cell[i].len < FU_HEADER_MAX)
			known += fu_header_find(
			    fu_header_normalise(cell[i], name), &found);
	return (known);
}

/*
 * Marks of a system: all of the headers of one line must be there.  The first
 * line that fits decides.
 */
#define MARKS_MAX 3

static const struct mark {
	const char	*system;
	const char	*all[MARKS_MAX];
} marks[] = {
	{ "apollo", { "apollo contact id" } },
	{ "apollo", { "person linkedin url", "email status" } },
	{ "pipedrive", { "person id" } },
	{ "pipedrive", { "person name", "person organization" } },
	{ "mailchimp", { "leid" } },
	{ "mailchimp", { "euid" } },
	{ "mailchimp", { "member rating", "optin time" } },
	{ "linkedin", { "connected on", "url" } },
	{ "hubspot", { "record id contact" } },
	{ "hubspot", { "record id", "lifecycle stage" } },
	{ "zoho", { "record id", "lead owner" } },
	{ "zoho", { "record id", "account name" } },
	{ "zoho", { "record id", "no of employees" } },
	{ "hubspot", { "record id", "contact owner" } },
	{ "hubspot", { "record id", "lead status" } },
	{ "salesforce", { "id", "hasoptedoutofemail" } },
	{ "salesforce", { "id", "ownerid" } },
	{ "salesforce", { "id", "leadsource" } },
	{ "salesforce", { "lead id", "lead owner" } },
	{ "salesforce", { "lead id", "email opt out" } },
	{ "salesforce", { "lead id", "company account" } },
	{ "salesforce", { "contact id", "account name" } },
	{ "salesforce", { "contact id", "account owner" } },
	{ "keila", { "external id", "data" } },
};

/*
 * Where no line above fits, the spelling tells: an export of a few columns has
 * the id and little else, and "id" or "record_id" is any database's.
 */
static const struct mark spellings[] = {
	{ "hubspot", { "Record ID" } },
	{ "salesforce", { "Id", "FirstName" } },
	{ "salesforce", { "Id", "LastName" } },
	{ "salesforce", { "Id", "AccountId" } },
	{ "salesforce", { "Id", "MobilePhone" } },
};

/* Are all the headers of that line there? */
static bool
fits(const struct mark *m, const char *const *header, size_t n)
{
	size_t want = 0, have = 0;

	for (; want < MARKS_MAX && m->all[want] != NULL; want++)
		for (size_t i = 0; i < n; i++)
			if (strcmp(header[i], m->all[want]) == 0) {
				have++;
				break;
			}
	return (have == want);
}

const char *
fu_headers_system(const char *const *name, const char *const *spelt, size_t n)
{
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (fits(&marks[i], name, n))
			return (marks[i].system);
	for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++)
		if (fits(&spellings[i], spelt, n))
			return (spellings[i].system);
	return (NULL);
}

const char *
fu_headers_system_of(const char *system, const char *id)
{
	return (id != NULL && strncmp(id, "zcrm_", 5) == 0 ? "zoho" : system);
}

const char *
fu_id_system(const char *id)
{
	size_t n = id == NULL ? 0 : strlen(id);

	return ((n == 15 || n == 18) && (strncmp(id, "00Q", 3) == 0 ||
	    strncmp(id, "003", 3) == 0) ? "salesforce" : NULL);
}
