/*
 * One written word as the words that it stands for.
 *
 * A closed list of forms, not a spelling checker: must never guess.
 */
#include <stdlib.h>
#include <string.h>

#include "policy/spelling.h"

struct form {
	const char	*written, *words;
};

/* English, behind an apostrophe. */
static const struct form endings[] = {
	{ "m", "am" }, { "re", "are" }, { "ve", "have" }, { "ll", "will" },
	{ "d", "would" }
};

/* What may stand before "'s" that is "is": behind others it is a genitive. */
static const char *const is_behind[] = { "it", "that", "what", "there", "here",
	"who", "how", "where", "he", "she", "when", "why" };

/* Elided before a vowel, in French and Italian. */
static const char *const elided[] = { "c", "d", "j", "l", "m", "n", "s", "t",
	"qu", "un", "all", "dell", "dall", "nell", "sull", "quell", "jusqu",
	"lorsqu", "puisqu", "aujourd" };

/* Without apostrophes, in haste, and misspelt as often as not; in order. */
static const struct form forms[] = {
	{ "abt", "about" }, { "adress", "address" }, { "aint", "is not" },
	{ "allready", "already" }, { "arent", "are not" },
	{ "bcoz", "because" }, { "becuase", "because" },
	{ "cannot", "can not" }, { "cant", "can not" },
	{ "competiter", "competitor" }, { "contarct", "contract" },
	{ "couldnt", "could not" }, { "coz", "because" }, { "cud", "could" },
	{ "cuz", "because" }, { "definately", "definitely" },
	{ "definitly", "definitely" }, { "didnt", "did not" },
	{ "dnt", "do not" }, { "doesnt", "does not" }, { "dont", "do not" },
	{ "dscount", "discount" }, { "dunno", "do not know" },
	{ "expencive", "expensive" }, { "gimme", "give me" },
	{ "gonna", "going to" }, { "gotta", "got to" },
	{ "hadnt", "had not" }, { "hasnt", "has not" },
	{ "havent", "have not" }, { "heres", "here is" }, { "hes", "he is" },
	{ "hows", "how is" }, { "idk", "i do not know" }, { "im", "i am" },
	{ "implementaion", "implementation" },
	{ "interrested", "interested" }, { "intersted", "interested" },
	{ "intrested", "interested" }, { "isnt", "is not" },
	{ "itll", "it will" }, { "ive", "i have" }, { "lemme", "let me" },
	{ "lets", "let us" }, { "mesage", "message" },
	{ "mesages", "messages" }, { "mustnt", "must not" },
	{ "neednt", "need not" }, { "pls", "please" }, { "plse", "please" },
	{ "plz", "please" }, { "pricng", "pricing" }, { "r", "are" },
	{ "recieve", "receive" }, { "recieving", "receiving" },
	{ "sceduled", "scheduled" }, { "shedule", "schedule" },
	{ "shes", "she is" }, { "shouldnt", "should not" },
	{ "shud", "should" }, { "thanx", "thanks" },
	{ "thatd", "that would" }, { "thats", "that is" },
	{ "theres", "there is" }, { "theyll", "they will" },
	{ "theyre", "they are" }, { "thnx", "thanks" }, { "thx", "thanks" },
	{ "tks", "thanks" }, { "tmrw", "tomorrow" }, { "tmw", "tomorrow" },
	{ "tommorow", "tomorrow" }, { "tommorrow", "tomorrow" },
	{ "tomoro", "tomorrow" }, { "tomorow", "tomorrow" },
	{ "truely", "truly" }, { "u", "you" },
	{ "unsubcribe", "unsubscribe" }, { "unsubscibe", "unsubscribe" },
	{ "unsubscirbe", "unsubscribe" }, { "unsuscribe", "unsubscribe" },
	{ "ur", "your" }, { "usefull", "useful" }, { "wanna", "want to" },
	{ "wasnt", "was not" }, { "werent", "were not" },
	{ "weve", "we have" }, { "whats", "what is" }, { "whens", "when is" },
	{ "wheres", "where is" }, { "whos", "who is" }, { "wich", "which" },
	{ "wont", "will not" }, { "wouldnt", "would not" },
	{ "wud", "would" }, { "ya", "you" }, { "youll", "you will" },
	{ "youre", "you are" }, { "youve", "you have" }
};

static int
by_written(const void *word, const void *form)
{
	return (strcmp(word, ((const struct form *)form)->written));
}

static bool
among(const char *const *list, size_t n, const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strlen(list[i]) == len && memcmp(list[i], text, len) == 0)
			return (true);
	return (false);
}

static const char *
without_apostrophes(struct fu_arena *arena, const char *s, size_t len)
{
	char *out = fu_alloc(arena, len + 1);
	size_t i, n = 0;

	for (i = 0; i < len; i++)
		if (s[i] != '\'')
			out[n++] = s[i];
	out[n] = '\0';
	return (out);
}

static size_t
put(const char **part, size_t n, const char *text)
{
	if (n < FU_SPELLING_MAX && *text != '\0')
		part[n++] = text;
	return (n);
}

/* The words of "do not", which a form stands for. */
static size_t
put_words(struct fu_arena *arena, const char **part, const char *words)
{
	size_t n = 0, len;

	for (; *words != '\0'; words += len + (words[len] == ' ')) {
		len = strcspn(words, " ");
		n = put(part, n, fu_dup_str(arena,
		    (struct fu_str){ words, len }));
	}
	return (n);
}

/* "isn't", "can't", "won't": all but the last three letters, and "not". */
static size_t
put_not(struct fu_arena *arena, const char *word, size_t len,
    const char **part)
{
	struct fu_str stem = { word, len - 3 };
	size_t n;

	if (fu_str_is(stem, "ca"))
		n = put(part, 0, "can");
	else if (fu_str_is(stem, "wo"))
		n = put(part, 0, "will");
	else if (fu_str_is(stem, "ai"))
		n = put(part, 0, "is");
	else
		n = put(part, 0, without_apostrophes(arena, word, stem.len));
	return (put(part, n, "not"));
}

size_t
fu_spelling(struct fu_arena *arena, const char *word,
    const char *part[FU_SPELLING_MAX])
{
	const char *mark = strchr(word, '\''), *plain;
	const struct form *form;
	size_t i, n, len = strlen(word), stem;

	plain = without_apostrophes(arena, word, len);
	form = bsearch(plain, forms, sizeof(forms) / sizeof(forms[0]),
	    sizeof(forms[0]), by_written);
	if (form != NULL)
		return (put_words(arena, part, form->words));
	if (mark == NULL || mark == word || mark[1] == '\0')
		return (put(part, 0, plain));
	stem = (size_t)(mark - word);
	if (len > 3 && strcmp(word + len - 3, "n't") == 0)
		return (put_not(arena, word, len, part));
	for (i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (strcmp(mark + 1, endings[i].written) == 0) {
			n = put(part, 0, without_apostrophes(arena, word,
			    stem));
			return (put(part, n, endings[i].words));
		}
	if (strcmp(mark + 1, "s") == 0 && among(is_behind,
	    sizeof(is_behind) / sizeof(is_behind[0]), word, stem)) {
		n = put(part, 0, without_apostrophes(arena, word, stem));
		return (put(part, n, "is"));
	}
	if (among(elided, sizeof(elided) / sizeof(elided[0]), word, stem)) {
		n = put(part, 0, without_apostrophes(arena, word, stem));
		return (put(part, n, without_apostrophes(arena, mark + 1,
		    strlen(mark + 1))));
	}
	return (put(part, 0, plain));
}
