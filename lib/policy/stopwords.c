/*
 * The ladder of GATES TC-03, rung by rung.
 *
 * Must never suppress by mere containment, and never let one of the seven
 * words pass for a normal answer.
 */
#include <string.h>

#include "policy/stopwords.h"

/* The seven words that the rule names, "opt out" also as two. */
static const char *const seven[] = { "stop", "quit", "end", "revoke", "optout",
	"cancel", "unsubscribe", NULL };

/* (a) A whole message that is one of these, blanks and marks left out. */
static const char *const whole[] = { "stop", "quit", "end", "revoke", "optout",
	"cancel", "unsubscribe", "stopall", "remove", "unsub", "arret",
	"arr\xc3\xaat", "alto", "parar", "stopp", "basta", "nomas",
	"nom\xc3\xa1s",
	/* other languages' words for the same in a mail [EM-20] */
	"abmelden", "austragen", "d\xc3\xa9sinscrire", "d\xc3\xa9sinscription",
	"d\xc3\xa9sabonner", "d\xc3\xa9sabonnement", "baja",
	"cancelarsuscripci\xc3\xb3n", "disiscrivi", "disiscrivimi", "afmelden",
	"avregistrera", "wypisz", "\xd0\xbe\xd1\x82\xd0\xbf\xd0\xb8\xd1\x81\xd0"
	"\xb0\xd1\x82\xd1\x8c\xd1\x81\xd1\x8f",
	"\xd0\xbe\xd1\x82\xd0\xbf\xd0\xb8\xd1\x81\xd0\xba\xd0\xb0",
	"\xe9\x85\x8d\xe4\xbf\xa1\xe5\x81\x9c\xe6\xad\xa2",
	"\xe9\x80\x80\xe8\xae\xa2", NULL };

/* (c) What may stand before one of the seven, and behind it. */
static const char *const polite[] = { "please", "pls", "plz", "hi", NULL };
static const char *const trailing[] = { "please", "pls", "plz", "now", "it",
	"this", "all", "me", "texting", "messaging", "emails", "texts",
	"messages", "sending", "thanks", NULL };

/* (e) "one or two adjacent transpositions", never a word of the language. */
static const char *const typo_of[] = { "stop", "unsubscribe", "cancel", NULL };
static const char *const dictionary[] = { "spot", "post", "pots", "tops",
	"opts", NULL };

static const char *const not_before[] = { "dont", "not", "never", "cant",
	"cannot", "wont", "didnt", "shouldnt", NULL };

static bool
among(const char *const *list, const char *text)
{
	for (; *list != NULL; list++)
		if (strcmp(*list, text) == 0)
			return (true);
	return (false);
}

/* Does one of the seven stand at ${i}?  The words that it takes, or 0. */
static size_t
seven_at(const struct fu_words *ws, size_t i, size_t n)
{
	if (among(seven, ws->w[i].text))
		return (1);
	if (i + 1 < n && strcmp(ws->w[i].text, "opt") == 0 &&
	    strcmp(ws->w[i + 1].text, "out") == 0)
		return (2);
	return (0);
}

/* (a): the first ${n} words run together. */
static bool
is_whole(const struct fu_words *ws, size_t n, const char *const *list)
{
	char text[64];
	size_t i, len, at = 0;

	for (i = 0; i < n; i++) {
		len = strlen(ws->w[i].text);
		if (at + len >= sizeof(text))
			return (false);
		memcpy(text + at, ws->w[i].text, len);
		at += len;
	}
	text[at] = '\0';
	return (at > 0 && among(list, text));
}

static bool
swapped(const char *text, const char *of, int left)
{
	char copy[16];
	size_t i, len = strlen(of);

	if (strcmp(text, of) == 0)
		return (true);
	if (left == 0 || strlen(text) != len || len >= sizeof(copy))
		return (false);
	for (i = 0; i + 1 < len; i++) {
		memcpy(copy, text, len + 1);
		copy[i] = text[i + 1];
		copy[i + 1] = text[i];
		if (swapped(copy, of, left - 1))
			return (true);
	}
	return (false);
}

static bool
senders_name(const struct fu_config *config, const char *text)
{
	size_t i, len = strlen(text);
	const char *name, *at;

	for (i = 0; config != NULL && i < config->nsender; i++) {
		name = config->sender[i].name;
		if (name == NULL || len == 0 ||
		    (at = strcasestr(name, text)) == NULL)
			continue;
		if ((at == name || at[-1] == ' ') &&
		    (at[len] == '\0' || at[len] == ' '))
			return (true);
	}
	return (false);
}

static bool
is_typo(const struct fu_words *ws, const struct fu_config *config)
{
	const char *text = ws->w[0].text;
	size_t i;

	if (ws->n != 1 || among(dictionary, text) ||
	    senders_name(config, text))
		return (false);
	for (i = 0; typo_of[i] != NULL; i++)
		if (swapped(text, typo_of[i], 2))
			return (true);
	return (false);
}

/* A phrase of (b), and on which channels it means this one; NULL: any. */
struct rung {
	const char	*channel;
	const char	*words[6];	/* alternatives by '|'; (x): optional */
};

static const struct rung rungs[] = {
	{ NULL, { "stop|quit", "(*)", "texting|messaging|sending|contacting|"
	    "emailing" } },
	{ NULL, { "no", "more", "text*|messag*|email*|mails|mail" } },
	{ NULL, { "do", "not", "(ever)", "message|contact", "me|us" } },
	{ NULL, { "dont", "(ever)", "message|contact", "me|us" } },
	{ NULL, { "don", "t", "(ever)", "message|contact", "me|us" } },
	{ "sms", { "do", "not", "(ever)", "text", "me|us" } },
	{ "sms", { "dont", "(ever)", "text", "me|us" } },
	{ "sms", { "don", "t", "(ever)", "text", "me|us" } },
	{ "whatsapp", { "do", "not", "(ever)", "text|whatsapp", "me|us" } },
	{ "whatsapp", { "dont", "(ever)", "text|whatsapp", "me|us" } },
	{ "whatsapp", { "don", "t", "(ever)", "text|whatsapp", "me|us" } },
	{ "email", { "do", "not", "(ever)", "email|mail|write", "(to)",
	    "me|us" } },
	{ "email", { "dont", "(ever)", "email|mail|write", "(to)", "me|us" } },
	{ "email", { "do", "not", "contact" } },
	{ NULL, { "remove", "me" } },
	{ NULL, { "leave", "me", "alone" } },
	{ NULL, { "opt", "me", "out" } },
	{ NULL, { "wrong", "number" } },
	{ NULL, { "take", "me", "off" } }
};

static bool
word_among(const char *list, const char *text)
{
	const char *end;
	size_t len, tlen = strlen(text);
	bool prefix;

	for (; *list != '\0'; list = *end == '|' ? end + 1 : end) {
		end = list + strcspn(list, "|");
		len = (size_t)(end - list);
		prefix = len > 0 && end[-1] == '*';
		if (prefix)
			len--;
		if ((prefix ? tlen >= len : tlen == len) &&
		    strncmp(list, text, len) == 0)
			return (true);
	}
	return (false);
}

static bool
rung_at(const struct rung *r, size_t k, const struct fu_words *ws, size_t i)
{
	char inner[32];
	const char *word;
	size_t len;

	if (k == 6 || (word = r->words[k]) == NULL)
		return (true);
	if (*word == '(') {
		len = strlen(word) - 2;
		memcpy(inner, word + 1, len);
		inner[len] = '\0';
		if (rung_at(r, k + 1, ws, i))
			return (true);
		word = inner;
	}
	return (i < ws->n && word_among(word, ws->w[i].text) &&
	    rung_at(r, k + 1, ws, i + 1));
}

/* (b): a phrase that a reasonable person would read as one. */
static bool
says_so(const struct fu_words *ws, const char *channel)
{
	const struct rung *r;
	size_t i, k;

	for (i = 0; i < ws->n; i++) {
		/* "don't stop sending it" asks for the opposite */
		if (i > 0 && among(not_before, ws->w[i - 1].text))
			continue;
		for (k = 0; k < sizeof(rungs) / sizeof(rungs[0]); k++) {
			r = &rungs[k];
			if (r->channel != NULL && channel != NULL &&
			    strcmp(r->channel, channel) != 0)
				continue;
			if (rung_at(r, 0, ws, i))
				return (true);
		}
	}
	return (false);
}

/* (c): one of the seven, with nothing about it but courtesy. */
static bool
bare(const struct fu_words *ws, size_t n)
{
	size_t i = 0, took;

	while (i < n && among(polite, ws->w[i].text))
		i++;
	if (i == n || (took = seven_at(ws, i, n)) == 0)
		return (false);
	for (i += took; i < n; i++)
		if (!among(trailing, ws->w[i].text))
			return (false);
	return (true);
}

/* The words of the first line that has any. */
static size_t
first_line(const struct fu_words *ws)
{
	size_t n = 0;

	while (n < ws->n && ws->w[n].line == ws->w[0].line)
		n++;
	return (n);
}

enum fu_stop
fu_stopwords(const struct fu_words *ws, const char *channel,
    const struct fu_config *config)
{
	static const char *const help[] = { "help", "info", NULL };
	static const char *const start[] = { "start", "unstop", NULL };
	size_t i, line;

	if (ws->n == 0)
		return (FU_STOP_NO);
	line = first_line(ws);
	if (is_whole(ws, ws->n, whole) || is_whole(ws, line, whole) ||
	    says_so(ws, channel) || bare(ws, ws->n) || bare(ws, line) ||
	    is_typo(ws, config))
		return (FU_STOP_YES);
	/* keywords of text messages; elsewhere "help" is a question */
	if (channel == NULL || strcmp(channel, "sms") == 0 ||
	    strcmp(channel, "whatsapp") == 0) {
		if (is_whole(ws, ws->n, help))
			return (FU_STOP_HELP);
		if (is_whole(ws, ws->n, start))
			return (FU_STOP_START);
	}
	for (i = 0; i < ws->n; i++)
		if (seven_at(ws, i, ws->n) > 0)
			return (FU_STOP_MAYBE);
	return (FU_STOP_NO);
}

const char *
fu_stop_name(enum fu_stop stop)
{
	static const char *const names[] = { "no", "yes", "maybe", "help",
		"start" };

	return (names[stop]);
}
