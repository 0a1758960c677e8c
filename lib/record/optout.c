/*
 * What the words of a header say of opting out.
 *
 * A header is an opt-out's when every one of its words belongs to saying so;
 * one word more ("link", "reason") and it is about something else.  Blanks do
 * not count, for "HasOptedOutOfEmail" has none.  Must never take an opt-out
 * from fax, post or tracking for one from mail.
 */
#include "record/headers.h"

#include <ctype.h>
#include <string.h>

enum word {
	FILLER = 0,
	OUT = 1,		/* opted out, unsubscribed */
	BARRED = 2,		/* suppressed, blocklisted */
	DO_NOT = 4,
	EMAIL = 8,
	SMS = 16,
	PHONE = 32,
	ANY = 64,		/* of all, of contact; behind the core */
	LAW = 128,		/* of marketing, GDPR: all channels' */
	ELSE = 256,		/* by fax: no channel of ours */
	DATED = 512,		/* since when */
	OBJECT = 1024,		/* objected: to marketing, not in a sale */
	STOP = 2048,		/* of all, but no date or place to stop */
	IN = 4096,		/* opted in, consent: its no is an opt-out */
	CORE = OUT | BARRED | DO_NOT | OBJECT | STOP,
	OURS = EMAIL | SMS | PHONE
};

/* A longer word stands before a shorter one that it begins with. */
static const struct {
	const char	*text;
	unsigned	 word;
} words[] = {
	{ "abbestellt", OUT }, { "abgemeldet", OUT }, { "accepted", IN },
	{ "accepts", IN }, { "accept", IN }, { "all", ANY }, { "am", DATED },
	{ "and", FILLER }, { "any", FILLER }, { "are", FILLER },
	{ "at", DATED }, { "been", FILLER }, { "blacklisted", BARRED },
	{ "blacklist", BARRED }, { "blocklisted", BARRED },
	{ "blocklist", BARRED }, { "bulk", FILLER }, { "by", FILLER },
	{ "calling", PHONE }, { "calls", PHONE }, { "call", PHONE },
	{ "canspam", EMAIL }, { "casl", LAW }, { "ccpa", LAW },
	{ "commercial", LAW }, { "communications", ANY },
	{ "communication", ANY }, { "consented", IN }, { "consents", IN },
	{ "consent", IN }, { "contacted", ANY }, { "contacting", ANY },
	{ "contacts", FILLER }, { "contact", ANY }, { "customer", FILLER },
	{ "datetime", DATED }, { "date", DATED }, { "desabonne", OUT },
	{ "desinscrit", OUT }, { "directmail", ELSE }, { "disturb", ANY },
	{ "dnc", DO_NOT | PHONE }, { "donot", DO_NOT }, { "dont", DO_NOT },
	{ "dsgvo", LAW }, { "désabonnée", OUT }, { "désabonné", OUT },
	{ "désinscrite", OUT }, { "désinscrit", OUT }, { "einwilligung", IN },
	{ "emailing", EMAIL }, { "emails", EMAIL }, { "email", EMAIL },
	{ "everything", ANY }, { "excluded", DO_NOT }, { "exclude", DO_NOT },
	{ "faxes", ELSE }, { "fax", ELSE }, { "flag", FILLER },
	{ "for", FILLER }, { "from", FILLER }, { "future", FILLER },
	{ "gdpr", LAW }, { "globally", FILLER }, { "global", FILLER },
	{ "has", FILLER }, { "have", FILLER }, { "hs", FILLER },
	{ "is", FILLER }, { "keinekontaktaufnahme", DO_NOT | ANY },
	{ "keineanrufe", DO_NOT | PHONE }, { "keineemails", DO_NOT | EMAIL },
	{ "keineemail", DO_NOT | EMAIL }, { "keinemailings", DO_NOT | EMAIL },
	{ "keinemails", DO_NOT | EMAIL },
	{ "keinenewsletter", DO_NOT | EMAIL },
	{ "keinewerbung", DO_NOT | LAW }, { "lead", FILLER },
	{ "letters", ELSE }, { "letter", ELSE }, { "mailings", EMAIL },
	{ "mailing", EMAIL }, { "mails", EMAIL }, { "mail", EMAIL },
	{ "marketing", LAW }, { "market", LAW }, { "mass", FILLER },
	{ "member", FILLER }, { "messages", FILLER }, { "message", FILLER },
	{ "me", FILLER }, { "newsletters", EMAIL }, { "newsletter", EMAIL },
	{ "nocontact", DO_NOT | ANY }, { "nomailings", DO_NOT | EMAIL },
	{ "nomailing", DO_NOT | EMAIL }, { "nomarketing", DO_NOT | LAW },
	{ "nonewsletter", DO_NOT | EMAIL }, { "objected", OBJECT },
	{ "objection", OBJECT }, { "of", FILLER }, { "on", DATED },
	{ "optedin", IN }, { "optedout", OUT }, { "optingout", OUT },
	{ "optin", IN }, { "optout", OUT }, { "optsout", OUT },
	{ "or", FILLER }, { "our", FILLER }, { "permanently", FILLER },
	{ "person", FILLER }, { "phone", PHONE }, { "physicalmail", ELSE },
	{ "postalmail", ELSE }, { "postal", ELSE }, { "post", ELSE },
	{ "print", ELSE }, { "processing", ELSE }, { "profiling", ELSE },
	{ "promotional", LAW }, { "promotions", LAW }, { "prospect", FILLER },
	{ "recipient", FILLER }, { "sale", ELSE }, { "sell", ELSE },
	{ "share", ELSE }, { "sharing", ELSE }, { "sms", SMS },
	{ "solicit", LAW }, { "sperre", DO_NOT }, { "status", FILLER },
	{ "stop", STOP }, { "subscriber", FILLER }, { "suppressed", BARRED },
	{ "suppress", BARRED }, { "tcpa", PHONE }, { "telefon", PHONE },
	{ "telephone", PHONE }, { "texting", SMS }, { "texts", SMS },
	{ "text", SMS }, { "the", FILLER }, { "timestamp", DATED },
	{ "time", DATED }, { "to", FILLER }, { "tracking", ELSE },
	{ "track", ELSE }, { "unsubscribed", OUT }, { "unsubscribe", OUT },
	{ "unsub", OUT }, { "user", FILLER }, { "us", FILLER },
	{ "via", FILLER }, { "voice", PHONE }, { "was", FILLER },
	{ "werbesperre", DO_NOT | LAW }, { "werbewiderspruch", DO_NOT | LAW },
	{ "werbung", LAW }, { "whatsapp", PHONE }, { "when", DATED },
	{ "widerspruch", OBJECT }, { "yesno", FILLER }, { "yn", FILLER },
	{ "you", FILLER },
};
#define NWORDS (sizeof(words) / sizeof(words[0]))

/* Letters and digits alone, in lower case. */
static void
squeeze(const char *name, char out[FU_HEADER_MAX])
{
	size_t n = 0;

	for (; *name != '\0' && n + 1 < FU_HEADER_MAX; name++)
		if (isalnum((unsigned char)*name) ||
		    ((unsigned char)*name & 0x80) != 0) {
			out[n] = (char)tolower((unsigned char)*name);
			/* É is é, as all of that row of Latin. */
			if (n > 0 && out[n - 1] == '\303' &&
			    (unsigned char)out[n] < 0x9f)
				out[n] = (char)(out[n] + 0x20);
			n++;
		}
	out[n] = '\0';
}

/*
 * The words of all of ${text}, or'ed into ${*sum}, with what stands before and
 * behind the core told apart.  ${hopeless} remembers, by bit, from where on
 * there are no words, so that it costs no more than its length.
 */
static bool
read_words(const char *text, size_t at, bool behind, unsigned *sum,
    uint8_t hopeless[FU_HEADER_MAX])
{
	unsigned below;

	if (text[at] == '\0')
		return (true);
	if (hopeless[at] != 0)
		return (false);
	/* HubSpot's own numbers of kinds of mail. */
	if (isdigit((unsigned char)text[at]) &&
	    read_words(text, at + 1, behind, sum, hopeless))
		return (true);
	for (size_t i = 0; i < NWORDS; i++) {
		size_t n = strlen(words[i].text);

		if (strncmp(text + at, words[i].text, n) != 0)
			continue;
		below = 0;
		if (!read_words(text, at + n, behind ||
		    (words[i].word & CORE) != 0, &below, hopeless))
			continue;
		*sum |= below | (words[i].word == ANY && !behind ? 0 :
		    words[i].word);
		return (true);
	}
	hopeless[at] = 1;
	return (false);
}

/* The channels of an opt-out in those words, or 0. */
static unsigned
channels(unsigned w)
{
	if ((w & OBJECT) != 0 && (w & LAW) == 0)
		w &= ~(unsigned)OBJECT;
	if ((w & STOP) != 0 && (w & DATED) != 0)
		w &= ~(unsigned)STOP;
	if ((w & CORE) == 0)
		return (0);
	if ((w & OURS) != 0)
		return (w & OURS);
	if ((w & ELSE) != 0)
		return (0);
	if ((w & (ANY | LAW | BARRED | STOP)) != 0)
		return (OURS);
	return ((w & OUT) != 0 ? EMAIL : 0);
}

/* "Accepts marketing", "Opted in to newsletter": of mail alone. */
static bool
is_optin(unsigned w)
{
	return ((w & IN) != 0 && (w & (EMAIL | LAW)) != 0 &&
	    (w & (CORE | SMS | PHONE | ELSE | DATED)) == 0);
}

/* Is there anything in it that makes reading it worth the time? */
static bool
worth_it(const char *name)
{
	static const char *const hints[] = { "opt", "unsub", "not", "don", "dnc",
		"suppress", "blacklist", "blocklist", "stop", "objecti",
		"objected", "no contact", "nocontact", "no m", "nom", "no n",
		"nonews", "exclude", "keine", "sperre", "abgemeldet",
		"abbestellt", "inscrit", "sabonn", "widerspruch", "accept",
		"consent", "einwilligung" };

	for (size_t i = 0; i < sizeof(hints) / sizeof(hints[0]); i++)
		if (strstr(name, hints[i]) != NULL)
			return (true);
	return (false);
}

/* What HubSpot writes before the name of a kind of mail; but behind it may
 * stand what is no kind of mail. */
static bool
of_a_kind(const char *name)
{
	static const char before[] = "opted out of email ";
	static const char *const about[] = { "reason", "source", "method",
		"link", "url", "count", "id", "ip", "by", "type", "campaign",
		"comment", "note", "notes" };
	const char *last = strrchr(name, ' ');

	if (strncmp(name, before, strlen(before)) != 0)
		return (false);
	for (size_t i = 0; i < sizeof(about) / sizeof(about[0]); i++)
		if (strcmp(last + 1, about[i]) == 0)
			return (false);
	return (true);
}

int
fu_header_optout(const char *name, bool *dated)
{
	char text[FU_HEADER_MAX];
	uint8_t hopeless[FU_HEADER_MAX] = { 0 };
	unsigned sum = 0;

	*dated = false;
	if (!worth_it(name))
		return (FU_T_ATTR);
	squeeze(name, text);
	if (!read_words(text, 0, false, &sum, hopeless))
		return (of_a_kind(name) ? FU_T_OPTOUT_EMAIL : FU_T_ATTR);
	if (is_optin(sum))
		return (FU_T_OPTIN_EMAIL);
	*dated = (sum & DATED) != 0;
	switch (channels(sum)) {
	case 0:
		return (FU_T_ATTR);
	case EMAIL:
		return (FU_T_OPTOUT_EMAIL);
	case SMS:
		return (FU_T_OPTOUT_SMS);
	case PHONE:
	case PHONE | SMS:
		return (FU_T_OPTOUT_PHONE);
	default:
		return (FU_T_OPTOUT_ALL);
	}
}

static bool
has_one_of(const char *text, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strstr(text, list[i]) != NULL)
			return (true);
	return (false);
}

#define HAS(text, list) has_one_of(text, list, sizeof(list) / sizeof(list[0]))

int
fu_header_smells(const char *name)
{
	static const char *const smells[] = { "optout", "optedout", "unsub",
		"donot", "blacklist", "blocklist", "suppress", "nomail",
		"noemail", "nocall" };
	/* Every row has a link to unsubscribe: as an opt-out it would be
	 * everybody's. */
	static const char *const others[] = { "link", "url", "token", "hash",
		"rate", "count", "number", "page", "fax", "post", "directmail",
		"print", "letter", "track", "sell", "sale", "share", "sharing",
		"profiling", "unsubscribes", "notopted", "notunsub",
		"notsuppressed" };
	static const char *const sms[] = { "sms", "text" };
	static const char *const phone[] = { "call", "phone", "voice",
		"whatsapp" };
	char text[FU_HEADER_MAX];

	squeeze(name, text);
	if (!HAS(text, smells) || HAS(text, others))
		return (FU_T_ATTR);
	if (HAS(text, sms))
		return (FU_T_OPTOUT_SMS);
	return (HAS(text, phone) ? FU_T_OPTOUT_PHONE : FU_T_OPTOUT_EMAIL);
}
