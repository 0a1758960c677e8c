/*
 * The ladder of stop words, rung by rung, and its near misses.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "policy/stopwords.h"

struct line {
	const char	*text, *channel;
	enum fu_stop	 want;
};

static const struct line ladder[] = {
	/* (a) */
	{ " Stop. ", "sms", FU_STOP_YES },
	{ "STOP!!!", "sms", FU_STOP_YES },
	{ "Opt-out", "sms", FU_STOP_YES },
	{ "opt out", "email", FU_STOP_YES },
	{ "\xef\xbc\xb3\xef\xbc\xb4\xef\xbc\xaf\xef\xbc\xb0", "sms",
	    FU_STOP_YES },		/* full width */
	{ "\xf0\x9f\x9b\x91 stop \xf0\x9f\x9b\x91", "sms", FU_STOP_YES },
	{ "st\xe2\x80\x8bop", "sms", FU_STOP_YES },	/* zero width */
	{ "S.T.O.P.", "sms", FU_STOP_YES },
	{ "\"stop\"", "sms", FU_STOP_YES },
	{ "STOP ALL", "sms", FU_STOP_YES },
	{ "stopall", "sms", FU_STOP_YES },
	{ "remove", "sms", FU_STOP_YES },
	{ "UNSUB", "sms", FU_STOP_YES },
	{ "Arr\xc3\xaat", "sms", FU_STOP_YES },
	{ "no m\xc3\xa1s", "sms", FU_STOP_YES },
	{ "Basta!", "sms", FU_STOP_YES },
	{ "STOPP", "sms", FU_STOP_YES },
	{ "revoke", "sms", FU_STOP_YES },
	{ "End", "sms", FU_STOP_YES },
	{ "cancel", "whatsapp", FU_STOP_YES },
	{ "Quit", "sms", FU_STOP_YES },
	{ "unsubscribe", "sms", FU_STOP_YES },
	{ "OPTOUT", "sms", FU_STOP_YES },
	{ "ARRET", "sms", FU_STOP_YES },
	{ "Arr\xc3\xaater", "sms", FU_STOP_YES },
	{ "ARRETEZ", "sms", FU_STOP_YES },
	{ "ALTO", "sms", FU_STOP_YES },
	{ "parar", "whatsapp", FU_STOP_YES },
	{ "NO MAS", "sms", FU_STOP_YES },
	{ "Abmelden", "email", FU_STOP_YES },
	/* (b) */
	{ "pls stop texting me", "sms", FU_STOP_YES },
	{ "Will you quit emailing", "email", FU_STOP_YES },
	{ "no more texts", "sms", FU_STOP_YES },
	{ "Please remove me from this list.", "email", FU_STOP_YES },
	{ "Don\xe2\x80\x99t text me", "sms", FU_STOP_YES },
	{ "do not ever contact me", "sms", FU_STOP_YES },
	{ "don't write to me", "email", FU_STOP_YES },
	{ "just leave me alone", "sms", FU_STOP_YES },
	{ "opt me out of this", "sms", FU_STOP_YES },
	{ "wrong number mate", "sms", FU_STOP_YES },
	{ "take me off", "sms", FU_STOP_YES },
	/* (c) */
	{ "Unsubscribe please", "sms", FU_STOP_YES },
	{ "hi, please stop now", "sms", FU_STOP_YES },
	{ "stop it", "sms", FU_STOP_YES },
	{ "please end this", "sms", FU_STOP_YES },
	{ "quit texting", "sms", FU_STOP_YES },
	{ "stop all messages please", "sms", FU_STOP_YES },
	{ "stop emails thanks", "email", FU_STOP_YES },
	{ "STOP\n\nAnn Example\nExample Ltd", "email", FU_STOP_YES },
	{ "I want to opt out", "sms", FU_STOP_YES },
	{ "STOP STOP STOP", "sms", FU_STOP_YES },
	{ "Hey stop", "sms", FU_STOP_YES },
	{ "no thanks, stop", "sms", FU_STOP_YES },
	{ "Remove my number", "sms", FU_STOP_YES },
	{ "I no longer want messages", "sms", FU_STOP_YES },
	{ "I would like to unsubscribe", "email", FU_STOP_YES },
	{ "I revoke my consent", "sms", FU_STOP_YES },
	{ "Hiermit: bitte abmelden", "email", FU_STOP_YES },
	/* (d) */
	{ "unsubscribe my colleague Bob", "email", FU_STOP_MAYBE },
	{ "Please unsubscribe my colleague Bob", "sms", FU_STOP_MAYBE },
	{ "please stop texting him", "sms", FU_STOP_MAYBE },
	{ "End of month works for me", "sms", FU_STOP_MAYBE },
	{ "cancel my 3pm meeting", "sms", FU_STOP_MAYBE },
	{ "please cancel today's demo", "sms", FU_STOP_MAYBE },
	{ "cancel tomorrow please", "sms", FU_STOP_MAYBE },
	{ "Stop by Tuesday", "sms", FU_STOP_MAYBE },
	{ "I can't stop thinking about your demo", "sms", FU_STOP_MAYBE },
	{ "don't stop texting me", "sms", FU_STOP_MAYBE },
	/* (e) */
	{ "Why don't you send me pricing?", "sms", FU_STOP_NO },
	{ "don't forget to send the deck", "sms", FU_STOP_NO },
	{ "Don't call me, text is fine", "sms", FU_STOP_NO },
	{ "we stopped by the booth", "sms", FU_STOP_NO },
	{ "Don't text me, mail is fine", "email", FU_STOP_NO },
	{ "thanks, got it", "sms", FU_STOP_NO },
	{ "Please remove the second line of the quote", "email", FU_STOP_NO },
	{ "the weekend works", "sms", FU_STOP_NO },
	{ "", "sms", FU_STOP_NO },
	{ "!!!", "sms", FU_STOP_NO },
	{ "yes", "sms", FU_STOP_NO },
	/* typos */
	{ "STPO", "sms", FU_STOP_YES },
	{ "sotp", "sms", FU_STOP_YES },
	{ "unsubscrieb", "email", FU_STOP_YES },
	{ "cancle", "sms", FU_STOP_YES },
	{ "spot", "sms", FU_STOP_NO },
	{ "post", "sms", FU_STOP_NO },
	{ "sotp please", "sms", FU_STOP_NO },
	{ "Tosp", "sms", FU_STOP_NO },		/* a sender's name, below */
};

static const struct line helps[] = {
	{ "help", "sms", FU_STOP_HELP },
	{ "INFO!", "whatsapp", FU_STOP_HELP },
	{ "help", "chat", FU_STOP_NO },
	{ "help me choose a plan", "sms", FU_STOP_NO }
};

static const struct line starts[] = {
	{ "Start", "sms", FU_STOP_START },
	{ "UNSTOP", NULL, FU_STOP_START },
	{ "we start in May", "sms", FU_STOP_NO }
};

/* The lists as they are installed. */
static char *
shipped(void)
{
	FILE *f = fopen("templates/rules/signals.txt", "r");
	char *text = calloc(1, 1 << 20);

	assert_non_null(f);
	assert_non_null(text);
	assert_true(fread(text, 1, (1 << 20) - 1, f) > 0);
	fclose(f);
	return (text);
}

static void
read_all(const struct line *line, size_t n)
{
	struct fu_sender sender = { .name = "Ada Tosp" };
	struct fu_config config;
	struct fu_arena arena, kept;
	struct fu_lexicon lexicon;
	struct fu_stop_lists lists;
	struct fu_words words;
	struct fu_err err;
	enum fu_stop got;
	char *text;
	size_t i;

	memset(&lexicon, 0, sizeof(lexicon));
	fu_arena_init(&kept);
	text = shipped();
	if (fu_lexicon_read(&kept, text, &lexicon, &err) == -1 ||
	    fu_stop_lists(&lexicon, &lists, &err) == -1)
		fail_msg("%s", err.msg);

	memset(&config, 0, sizeof(config));
	config.sender = &sender;
	config.nsender = 1;
	fu_arena_init(&arena);
	for (i = 0; i < n; i++) {
		fu_words_read(&arena, line[i].text, &words);
		got = fu_stopwords(&lists, &words, NULL, NULL,
		    line[i].channel, &config, &arena);
		if (got != line[i].want)
			fail_msg("\"%s\" by %s: expected %s, got %s",
			    line[i].text,
			    line[i].channel ? line[i].channel : "any",
			    fu_stop_name(line[i].want), fu_stop_name(got));
		fu_arena_reset(&arena);
	}
	fu_arena_free(&arena);
	fu_arena_free(&kept);
	free(text);
}

static void
TC_03_the_ladder(void **state)
{
	(void)state;
	read_all(ladder, sizeof(ladder) / sizeof(ladder[0]));
}

static void
TC_12_help(void **state)
{
	(void)state;
	read_all(helps, sizeof(helps) / sizeof(helps[0]));
}

static void
TC_13_start(void **state)
{
	(void)state;
	read_all(starts, sizeof(starts) / sizeof(starts[0]));
}

/* What Twilio takes for a keyword is one here, even where it does not say. */
static void
SM_03_the_providers_keywords(void **state)
{
	static const struct line keywords[] = {
		{ "STOP", "sms", FU_STOP_YES },
		{ "UNSUBSCRIBE", "sms", FU_STOP_YES },
		{ "END", "sms", FU_STOP_YES }, { "QUIT", "sms", FU_STOP_YES },
		{ "STOPALL", "sms", FU_STOP_YES },
		{ "REVOKE", "sms", FU_STOP_YES },
		{ "OPTOUT", "sms", FU_STOP_YES },
		{ "CANCEL", "sms", FU_STOP_YES },
		{ "START", "sms", FU_STOP_START },
		{ "UNSTOP", "sms", FU_STOP_START },
		{ "HELP", "sms", FU_STOP_HELP },
		{ "INFO", "sms", FU_STOP_HELP },
	};

	(void)state;
	read_all(keywords, sizeof(keywords) / sizeof(keywords[0]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(TC_03_the_ladder),
		cmocka_unit_test(SM_03_the_providers_keywords),
		cmocka_unit_test(TC_12_help),
		cmocka_unit_test(TC_13_start),
	};

	return (cmocka_run_group_tests_name("policy/stopwords", tests, NULL,
	    NULL));
}
