/*
 * Why a mail did not arrive: status, SMTP reply and words, weighed.
 *
 * Must never call an address dead on words that may also mean a policy, a
 * full mailbox or a fault of ours: that cannot be undone.
 */
#include <stdlib.h>
#include <string.h>

#include "content/mail_report.h"

/* How a cause bears on the address. */
enum weight { DEAD, ALIVE };

/* What the words can mean, the surest first: a full mailbox is somebody's,
 * whatever else is said of it. */
static const struct cause {
	enum fu_mail_list	 list;
	enum weight		 weight;
	const char		*detail;	/* of the status that says it */
} causes[] = {
	{ FU_ML_FILTERED, ALIVE, "7.1" },
	{ FU_ML_FULL, ALIVE, "2.2" },
	{ FU_ML_SENDER, ALIVE, "1.8" },
	{ FU_ML_UNKNOWN_HOST, DEAD, "1.2" },
	{ FU_ML_UNKNOWN_USER, DEAD, "1.1" },
	{ FU_ML_NO_MAIL, DEAD, "1.10" },
	{ FU_ML_MOVED, DEAD, "1.6" },
	{ FU_ML_SPAM, ALIVE, "7.1" },
	{ FU_ML_POLICY, ALIVE, "7.1" },
	{ FU_ML_DISABLED, ALIVE, "2.1" },
	{ FU_ML_UNAVAILABLE, DEAD, "1.1" },
	{ FU_ML_SIZE, ALIVE, "3.4" },
	{ FU_ML_CONTENT, ALIVE, "6.0" },
	{ FU_ML_RATE, ALIVE, "7.0" },
	{ FU_ML_EXPIRED, ALIVE, "4.7" },
	{ FU_ML_NETWORK, ALIVE, "4.1" },
	{ FU_ML_SYSTEM, ALIVE, "3.0" },
	{ FU_ML_DELAYED, ALIVE, "4.7" },
};

/* What a status means by itself [RFC 3463]; FU_ML_N: nothing. */
static const struct {
	const char		*detail;
	enum fu_mail_list	 list;
} details[] = {
	{ "1.1", FU_ML_UNKNOWN_USER }, { "1.3", FU_ML_UNKNOWN_USER },
	{ "1.10", FU_ML_UNKNOWN_USER }, { "1.2", FU_ML_UNKNOWN_HOST },
	{ "4.4", FU_ML_UNKNOWN_HOST }, { "1.6", FU_ML_MOVED },
	{ "1.7", FU_ML_SENDER }, { "1.8", FU_ML_SENDER },
	{ "2.1", FU_ML_DISABLED }, { "2.2", FU_ML_FULL },
	{ "2.3", FU_ML_SIZE }, { "3.4", FU_ML_SIZE },
	{ "4.1", FU_ML_NETWORK }, { "4.2", FU_ML_NETWORK },
	{ "4.3", FU_ML_NETWORK }, { "4.5", FU_ML_NETWORK },
	{ "4.6", FU_ML_NETWORK }, { "4.7", FU_ML_EXPIRED },
	{ "3.1", FU_ML_SYSTEM }, { "3.2", FU_ML_SYSTEM },
};

static bool
digit(char c)
{
	return (c >= '0' && c <= '9');
}

/* "5.1.1", no part of an address of four numbers or of a version. */
static size_t
status_at(const char *text, const char *s)
{
	const char	*p = s + 1;

	if ((s > text && (digit(s[-1]) || s[-1] == '.' || s[-1] == '-')) ||
	    (*s != '2' && *s != '4' && *s != '5'))
		return (0);
	for (int i = 0; i < 2; i++) {
		size_t	 n;

		if (*p++ != '.')
			return (0);
		if ((n = strspn(p, "0123456789")) == 0 || n > 3)
			return (0);
		p += n;
	}
	if ((*p == '.' && digit(p[1])) || *p == '-' ||
	    (*p >= 'a' && *p <= 'z'))
		return (0);
	return ((size_t)(p - s));
}

const char *
fu_status_find(const char *text, struct fu_arena *arena)
{
	struct fu_str	 best = { NULL, 0 };
	size_t		 n;

	for (const char *s = text; *s != '\0'; s++)
		if (digit(*s) && (n = status_at(text, s)) > 0 && *s != '2' &&
		    (best.ptr == NULL || strncmp(s + n - 2, ".0", 2) != 0))
			best = (struct fu_str){ s, n };
	return (best.ptr == NULL ? NULL : fu_dup_str(arena, best));
}

int
fu_code_find(const char *text)
{
	for (const char *s = text; *s != '\0'; s++) {
		if ((*s != '4' && *s != '5') || !digit(s[1]) || s[1] > '5' ||
		    !digit(s[2]) || digit(s[3]))
			continue;
		/* Ahead of words: not within a number or an address. */
		if (s > text && strchr(" :<>(\"'#;|[", s[-1]) == NULL)
			continue;
		if (strchr(" -:\"')#", s[3]) != NULL && s[3] != '\0')
			return (atoi(s));
	}
	return (0);
}

static const struct cause *
cause_of(enum fu_mail_list list)
{
	for (size_t i = 0; i < sizeof(causes) / sizeof(causes[0]); i++)
		if (causes[i].list == list)
			return (&causes[i]);
	return (NULL);
}

static const struct cause *
said(const char *text, const struct fu_mail_lists *lists)
{
	if (*text == '\0')
		return (NULL);
	for (size_t i = 0; i < sizeof(causes) / sizeof(causes[0]); i++)
		if (fu_said(lists, causes[i].list, text))
			return (&causes[i]);
	return (NULL);
}

static const struct cause *
by_status(const char *status)
{
	if (status == NULL)
		return (NULL);
	for (size_t i = 0; i < sizeof(details) / sizeof(details[0]); i++)
		if (strcmp(status + 2, details[i].detail) == 0)
			return (cause_of(details[i].list));
	switch (status[2]) {
	case '2':
		return (strcmp(status + 2, "2.0") == 0 ?
		    cause_of(FU_ML_FILTERED) : NULL);
	case '3':
		return (cause_of(FU_ML_SYSTEM));
	case '6':
		return (cause_of(FU_ML_CONTENT));
	case '7':
		return (cause_of(FU_ML_POLICY));
	default:
		return (NULL);
	}
}

/* Words that may outdo a status which says that nobody is there. */
static bool
outdoes(const struct cause *c)
{
	return (c->list == FU_ML_FILTERED || c->list == FU_ML_FULL ||
	    c->list == FU_ML_SPAM || c->list == FU_ML_POLICY ||
	    c->list == FU_ML_SENDER || c->list == FU_ML_SIZE ||
	    c->list == FU_ML_RATE);
}

/*
 * What is it, by a status and by words?  Words outdo a status that says that
 * nobody is there when they say why somebody is.  That nobody is there they
 * may say against a status that says nothing, or 5.2.1, which some write for
 * it; never against a policy, a fault of ours or of theirs.
 */
static const struct cause *
weigh(const struct cause *status, const struct cause *words)
{
	if (status == NULL || words == NULL)
		return (words == NULL ? status : words);
	if (status->weight == DEAD)
		return (words->weight == DEAD || outdoes(words) ? words :
		    status);
	if (words->weight == ALIVE || words->list == FU_ML_NO_MAIL ||
	    (status->list == FU_ML_DISABLED &&
	    words->list != FU_ML_UNAVAILABLE))
		return (words);
	return (status);
}

/* A status that says what was found out, in the class that was reported. */
static const char *
status_of(const struct fu_failed *f, const struct cause *c, char class,
    struct fu_arena *arena)
{
	const struct cause	*own = by_status(f->reported);

	if (f->reported != NULL && (c == NULL || c == own ||
	    (own != NULL && own->weight == c->weight &&
	    c->weight == ALIVE)))
		return (f->reported);
	if (c == NULL)
		return (NULL);
	if (own != NULL && own->weight == DEAD && c->weight == DEAD)
		return (f->reported);
	return (fu_printf(arena, "%c.%s", class, c->detail));
}

void
fu_report_judge(struct fu_failed *f, const char *diagnostic, const char *text,
    const struct fu_mail_lists *lists, struct fu_arena *arena)
{
	const struct cause	*words = said(diagnostic, lists), *c;
	const struct cause	*status;
	char			 class;

	f->reported = f->status;
	status = by_status(f->reported);
	/* A server that has read the mail refuses the mail, whatever it says
	 * of its recipient. */
	if (words != NULL && words->weight == DEAD && (status == NULL ||
	    status->weight == ALIVE) && (fu_said(lists, FU_ML_AFTER_DATA,
	    diagnostic) || fu_said(lists, FU_ML_AFTER_DATA, text)))
		words = cause_of(FU_ML_FILTERED);
	/* O365 says so of whom it does not have [EM-16]. */
	if (f->reported != NULL && strcmp(f->reported, "5.4.1") == 0 &&
	    fu_said(lists, FU_ML_UNAVAILABLE, diagnostic))
		status = words = cause_of(FU_ML_UNKNOWN_USER);
	if (words == NULL && (status == NULL || status->weight == ALIVE) &&
	    (words = said(text, lists)) != NULL && status != NULL)
		words = words->weight == DEAD ? words : NULL;
	c = weigh(status, words);
	class = f->reported != NULL ? f->reported[0] : f->code >= 500 ? '5' :
	    f->code >= 400 ? '4' : f->delayed ? '4' : '5';
	/* A report of a failure whose last answer was "later": too long ago. */
	f->hard = c != NULL && c->weight == DEAD && class == '5' &&
	    !f->delayed && (f->code == 0 || f->code >= 500);
	if (c == NULL && f->delayed)
		c = cause_of(FU_ML_DELAYED);
	f->status = status_of(f, c, f->hard ? '5' : class == '5' && c != NULL &&
	    c->weight == DEAD ? '4' : class, arena);
	if (c != NULL) {
		const char	*file;

		f->reason = fu_mail_list_name(c->list == FU_ML_UNAVAILABLE &&
		    f->hard ? FU_ML_UNKNOWN_USER : c->list, &file);
	} else
		f->reason = "undefined";
}
