/*
 * What people write: the signals in a text, and whether it asks us to stop.
 *
 * Pure: the phrase lists are arguments.  The same detector reads chat, mail,
 * SMS and WhatsApp.
 */
#ifndef FU_POLICY_SIGNAL_H
#define FU_POLICY_SIGNAL_H

#include "config/config.h"
#include "record/json.h"

/* What a text asks of our sending [TC-03]. */
enum fu_stop {
	FU_STOP_NO,		/* a normal answer */
	FU_STOP_YES,		/* suppress */
	FU_STOP_MAYBE,		/* a person decides; held until then */
	FU_STOP_HELP,		/* HELP, INFO, by text message */
	FU_STOP_START		/* START, UNSTOP, by text message */
};

#define FU_SIGNALS_MAX 24

struct fu_signals {
	const char	*name[FU_SIGNALS_MAX];	/* "pricing", "competitor:hubspot" */
	size_t		 n;
	enum fu_stop	 stop;
	bool		 yes;		/* the whole message is YES: after a
					 * STOP it re-opens [TC-13], else it is
					 * an answer */
	bool		 agrees, declines;	/* an answer: yes, no */
	bool		 vague;		/* "whatever": no clear yes or no */
	bool		 greets, thanks, leaves;	/* and says little else */
	bool		 bargains;	/* wants a promise about a price */
	bool		 asks;		/* asks, with or without a mark */
	bool		 asks_name;	/* "who are you?" */
	bool		 asks_back;	/* what they said, or was said, before */
	bool		 asks_news;	/* what is new */
	bool		 asks_rival;	/* what somebody else charges */
	bool		 asks_when;	/* by when they are answered */
	bool		 asks_where;	/* where the company is */
	bool		 names_sms, names_whatsapp;	/* "text me" */
	bool		 follows;	/* "and for 200?": goes on with the last */
	bool		 voice_optout;	/* "don't call me, text is fine" */
	bool		 objection;	/* objects to marketing: the person, all channels */
	bool		 erasure;
	bool		 access;	/* asks what we hold of them */
	/* extracted; NULL or 0 where the text says none */
	const char	*title, *email, *phone, *timeline;
	const char	*timeline_by;	/* "2026-09-30": the caller's, who knows
					 * when it was written; NULL here */
	int64_t		 budget;	/* upper end, whole units */
	const char	*currency;	/* ISO 4217 or NULL */
	const char	*per;		/* "year", "month", "once", "seat_month" */
	int64_t		 seats;		/* that they ask for */
	int64_t		 company_size;	/* people of the writer's company */
	const char	*question;	/* the first question of theirs, as written */
	const char	*topic;		/* what it is about: "the team plan" */
};

/* Phrase lists, compiled once. */
struct fu_detector;

/* A file of phrases: what it is called in errors, and what it says. */
struct fu_phrase_file {
	const char	*name, *text;
};

/* As many as fu_signal_file() knows, and some. */
#define FU_SIGNAL_FILES 16

/*
 * fu_signal_file(i):
 * The name in rules/ of phrase file number ${i}, NULL behind the last.  The
 * first explains itself and is needed; each other adds the phrases of a
 * language to its sections.
 *
 * fu_detector_new(config, files, n, err):
 * Compile the lists of ${config}'s triggers and the ${n} ${files}, in the order
 * of fu_signal_file(); each section that is a signal's name finds that signal.
 * ${config} is borrowed and may be NULL: then no competitors are known.  The
 * files may be freed.  Return it, to be freed with fu_detector_free(), or NULL
 * with ${err}: FU_ECONFIG, "signals.txt:LINE: …".
 */
const char *fu_signal_file(size_t);
struct fu_detector *fu_detector_new(const struct fu_config *,
    const struct fu_phrase_file *, size_t, struct fu_err *);
void fu_detector_free(struct fu_detector *);

/*
 * fu_detect(detector, text, channel, asked, arena, signals):
 * Read ${text} (new words only: quotes and signatures cut away before).
 * ${asked} is what we asked just before, or NULL.  Negation and other
 * people's words are minded: "we stopped by the booth" is nothing.  Texts
 * live in ${arena} or in ${detector}.
 *
 * Beside the signals of fu-records(5), "buying_intent" stands where a phrase
 * of the operator's own list says what none of pricing, contract,
 * implementation and ready does.
 */
void fu_detect(const struct fu_detector *, const char *, const char *,
    const char *, struct fu_arena *, struct fu_signals *);
/* Does the wording of a consent name automated messages [TC-01]? */
bool fu_detect_automated(const struct fu_detector *, const char *,
    struct fu_arena *);
/* Is a signal there?  Whole name, or a prefix that ends in ':'. */
bool fu_signals_has(const struct fu_signals *, const char *);
/* As members of a record: ["pricing",…] and {"budget":{…},…}. */
void fu_signals_json(const struct fu_signals *, struct fu_buf *);
void fu_extracted_json(const struct fu_signals *, struct fu_buf *);

#endif
