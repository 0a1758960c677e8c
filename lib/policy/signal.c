/*
 * One detector for everything that people write: the ladder of stop words,
 * the signals of the lists, the competitors, and what can be extracted.
 *
 * Only assembles: phrases are in templates/rules/signals.txt, rungs in
 * stopwords.c.  Must never keep anything of a text beyond its arena.
 */
#include <stdlib.h>
#include <string.h>

#include "policy/frame.h"
#include "policy/rival.h"
#include "policy/stopwords.h"

struct fu_detector {
	struct fu_arena		 arena;
	const struct fu_config	*config;
	struct fu_lexicon	 lexicon;
	struct fu_stop_lists	 stop;
	struct fu_section	 phrases;	/* buying_intent's own */
	struct fu_section	 human;		/* asked_for_human's own */
	struct fu_section	 titles;	/* decision_maker's own */
	struct fu_rival		*rival;
	size_t			 nrival;
};

/* Sections that are signals; others of the file serve the rooms by name. */
static const char *const signals[] = { "pricing", "contract", "implementation",
	"ready", "meeting", "decision_maker", "objection:price",
	"objection:timing", "objection:trust", "objection:feature",
	"objection:authority", "objection:status_quo", "objection_resolved",
	"interested", "not_interested", "not_now", "referral", "asks_human",
	"asks_if_bot", "erasure", "access", "consent:email:granted",
	"consent:email:refused", "consent:sms:granted", "consent:sms:refused",
	"consent:whatsapp:granted", "consent:whatsapp:refused" };

static const char *const buying[] = { "pricing", "contract", "implementation",
	"ready" };

static int
list_add(struct fu_detector *d, const struct fu_config *config,
    enum fu_trigger t, struct fu_section *section, struct fu_err *err)
{
	const struct fu_list *list = &config->trigger[t].lines;
	size_t i;

	section->name = fu_trigger_name(t);
	for (i = 0; i < list->n; i++)
		if (fu_section_add(&d->arena, &d->lexicon, section,
		    list->item[i], err) == -1)
			return (fu_err_prefix(err, "triggers.%s: ",
			    section->name));
	return (0);
}

static int
rivals_add(struct fu_detector *d, const struct fu_config *config,
    struct fu_err *err)
{
	const struct fu_list *list;
	const struct fu_section *common;
	struct fu_rival *r;
	struct fu_words words;
	size_t i, first, last;
	char *name, *c;

	list = &config->trigger[FU_TR_COMPETITOR_MENTION].lines;
	common = fu_lexicon_find(&d->lexicon, "common_words");
	d->rival = fu_alloc_array(&d->arena, list->n + 1, sizeof(*d->rival));
	for (i = 0; i < list->n; i++) {
		r = &d->rival[d->nrival];
		if (fu_section_add(&d->arena, NULL, &r->name, list->item[i],
		    err) == -1)
			return (fu_err_prefix(err,
			    "triggers.competitor_mention: "));
		if (r->name.n == 0)
			continue;
		name = fu_printf(&d->arena, "competitor:%s", list->item[i]);
		for (c = name; *c != '\0'; c++)
			if (*c >= 'A' && *c <= 'Z')
				*c += 'a' - 'A';
		r->signal = name;
		fu_words_read(&d->arena, list->item[i], &words);
		r->common = fu_section_find(common, &words, 0, &first, &last);
		d->nrival++;
	}
	return (0);
}

const char *
fu_signal_file(size_t i)
{
	static const char *const names[] = { "signals.txt", "signals-de.txt",
		"signals-es.txt", "signals-fr.txt", "signals-it.txt",
		"signals-more.txt", "signals-nl.txt", "signals-pt.txt" };

	return (i < sizeof(names) / sizeof(names[0]) ? names[i] : NULL);
}

struct fu_detector *
fu_detector_new(const struct fu_config *config,
    const struct fu_phrase_file *file, size_t n, struct fu_err *err)
{
	struct fu_detector *d;
	size_t i;

	if ((d = calloc(1, sizeof(*d))) == NULL)
		fu_oom();
	fu_arena_init(&d->arena);
	d->config = config;
	for (i = 0; i < n; i++)
		if (fu_lexicon_read(&d->arena, file[i].text, &d->lexicon,
		    err) == -1) {
			fu_err_prefix(err, "%s:", file[i].name);
			goto bad;
		}
	if (fu_stop_lists(&d->lexicon, &d->stop, err) == -1) {
		fu_err_prefix(err, "signals.txt: ");
		goto bad;
	}
	fu_lexicon_index(&d->arena, &d->lexicon);
	if (config != NULL &&
	    (list_add(d, config, FU_TR_BUYING_INTENT, &d->phrases, err) == -1 ||
	    list_add(d, config, FU_TR_ASKED_FOR_HUMAN, &d->human, err) == -1 ||
	    list_add(d, config, FU_TR_DECISION_MAKER, &d->titles, err) == -1 ||
	    rivals_add(d, config, err) == -1))
		goto bad;
	return (d);
bad:
	fu_detector_free(d);
	return (NULL);
}

void
fu_detector_free(struct fu_detector *d)
{
	if (d == NULL)
		return;
	fu_arena_free(&d->arena);
	free(d);
}

static void
add(struct fu_signals *out, const char *name)
{
	if (out->n < FU_SIGNALS_MAX && !fu_signals_has(out, name))
		out->name[out->n++] = name;
}

static bool
said(const struct fu_reading *r, const struct fu_section *section)
{
	size_t first, last;

	return (fu_section_said(section, r->words, r->masked, r->arena,
	    &first, &last));
}

static bool
says(const struct fu_detector *d, const struct fu_reading *r, const char *name)
{
	return (said(r, fu_lexicon_find(&d->lexicon, name)));
}

/* The operator's own phrases, minus what the shipped lists know is nothing. */
static void
detect_buying(const struct fu_detector *d, const struct fu_reading *r,
    struct fu_signals *out)
{
	const struct fu_section *s;
	struct fu_section own;
	size_t i;

	if (d->phrases.n == 0)
		return;
	for (i = 0; i < sizeof(buying) / sizeof(buying[0]); i++)
		if (fu_signals_has(out, buying[i]))
			return;
	own = d->phrases;
	for (i = 0; i < sizeof(buying) / sizeof(buying[0]); i++) {
		s = fu_lexicon_find(&d->lexicon, buying[i]);
		if (s == NULL)
			continue;
		own.except = s->except;
		own.nexcept = s->nexcept;
		if (!said(r, &own))
			return;
	}
	if (said(r, &own))
		add(out, "buying_intent");
}

static void
detect_title(const struct fu_detector *d, const struct fu_reading *r,
    struct fu_signals *out)
{
	const struct fu_section *titles = &d->titles, *minor;
	size_t i, first, last, at, end;

	if (!fu_extract_title(r, out, &first, &last))
		return;
	if (titles->n == 0)
		titles = fu_lexicon_find(&d->lexicon, "decision_titles");
	minor = fu_lexicon_find(&d->lexicon, "minor_titles");
	for (i = first; titles != NULL && i <= last; i++)
		if (fu_section_find(titles, r->words, i, &at, &end) &&
		    at == i && end <= last &&
		    !(fu_section_find(minor, r->words, first, &at, &end) &&
		    at <= last))
			add(out, "decision_maker");
}

/* "Can we email you?" "Sure": an answer without a channel of its own. */
static void
detect_consent(const struct fu_detector *d, const struct fu_reading *r,
    struct fu_signals *out)
{
	static const char *const asks[] = { "asks_email", "asks_sms",
		"asks_whatsapp" };
	static const char *const granted[] = { "consent:email:granted",
		"consent:sms:granted", "consent:whatsapp:granted" };
	static const char *const refused[] = { "consent:email:refused",
		"consent:sms:refused", "consent:whatsapp:refused" };
	struct fu_words asked;
	size_t i, first, last;

	if (r->asked == NULL || fu_signals_has(out, "consent:"))
		return;
	fu_words_read(r->arena, r->asked, &asked);
	if (!fu_section_find(fu_lexicon_find(&d->lexicon, "asks_consent"),
	    &asked, 0, &first, &last))
		return;
	for (i = 0; i < 3 && (out->agrees || out->declines); i++)
		if (fu_section_find(fu_lexicon_find(&d->lexicon, asks[i]),
		    &asked, 0, &first, &last))
			add(out, out->agrees ? granted[i] : refused[i]);
}

/* "Shall I ask Ada to answer you?" "Yes." */
static void
detect_offer(const struct fu_detector *d, const struct fu_reading *r,
    struct fu_signals *out)
{
	struct fu_words	 asked;
	size_t		 first, last;

	if (r->asked == NULL || !out->agrees || out->thanks || out->asks)
		return;
	fu_words_read(r->arena, r->asked, &asked);
	if (fu_section_find(fu_lexicon_find(&d->lexicon, "asks_person"),
	    &asked, 0, &first, &last))
		add(out, "asks_human");
}

/* What is said to begin, to end and in between. */
static void
detect_talk(const struct fu_detector *d, const struct fu_reading *r,
    struct fu_signals *out)
{
	out->declines = says(d, r, "no");
	out->agrees = !out->declines && says(d, r, "yes");
	out->vague = says(d, r, "vague");
	out->greets = says(d, r, "greets");
	out->thanks = says(d, r, "thanks");
	out->leaves = says(d, r, "leaves");
	out->bargains = says(d, r, "bargains");
	out->asks = says(d, r, "asks");
	out->asks_name = says(d, r, "asks_name");
	out->asks_back = says(d, r, "asks_back");
	out->names_sms = says(d, r, "asks_sms");
	out->names_whatsapp = says(d, r, "asks_whatsapp");
	out->asks_news = says(d, r, "asks_news");
	out->asks_rival = says(d, r, "asks_rival");
	out->asks_when = says(d, r, "asks_when");
	out->asks_where = says(d, r, "asks_where");
	out->follows = says(d, r, "follows");
	for (size_t i = 0; i < r->words->nsentence; i++)
		out->asks = out->asks || r->words->sentence[i].question;
}

/* Do they want something of us as well?  Then a phrase that asks to be let
 * alone may be about something else: a person decides.  [TC-03 (d)] */
static bool
wants_something(const struct fu_signals *out)
{
	static const char *const wants[] = { "interested", "ready", "meeting",
		"pricing", "contract", "implementation", "asks_human" };

	for (size_t i = 0; i < sizeof(wants) / sizeof(wants[0]); i++)
		if (fu_signals_has(out, wants[i]))
			return (true);
	return (false);
}

/* A clause that speaks of what comes from a competitor is not about us. */
static void
mark_rivals(const struct fu_detector *d, const struct fu_words *ws,
    bool *doubtful)
{
	const struct fu_section *from = fu_lexicon_find(&d->lexicon,
	    "stop_from");
	size_t i, k, at, first, last;

	for (i = 0; from != NULL && i < d->nrival; i++)
		for (at = 0; fu_section_find(&d->rival[i].name, ws, at, &first,
		    &last); at = last + 1) {
			if (!fu_section_before(from, ws, first, 1))
				continue;
			for (k = 0; k < ws->n; k++)
				if (ws->w[k].clause == ws->w[first].clause)
					doubtful[k] = true;
		}
}

/* What may be about something else than our sending: "opt out of the demo". */
static void
mark_doubts(const struct fu_detector *d, const struct fu_reading *r,
    bool *doubtful)
{
	bool *plain = fu_alloc_array(r->arena, r->words->n, sizeof(*plain));

	fu_section_mask(d->stop.doubt, r->words, doubtful);
	fu_section_except(d->stop.doubt, r->words, plain);
	for (size_t i = 0; i < r->words->n; i++)
		doubtful[i] = doubtful[i] && !plain[i];
	mark_rivals(d, r->words, doubtful);
}

/* What a text asks of our sending, by the ladder and by [opt_out]: "maybe"
 * where its words may be about something else. */
static enum fu_stop
stop_of(const struct fu_detector *d, const struct fu_reading *r,
    const char *channel, bool wants)
{
	const struct fu_section *asks = fu_lexicon_find(&d->lexicon, "opt_out");
	struct fu_reading clear = *r;
	bool *masked, *doubtful;
	enum fu_stop out;
	size_t i;

	masked = fu_alloc_array(r->arena, r->words->n, sizeof(*masked));
	doubtful = fu_alloc_array(r->arena, r->words->n, sizeof(*doubtful));
	fu_section_mask(d->stop.not, r->words, masked);
	mark_doubts(d, r, doubtful);
	out = fu_stopwords(&d->stop, r->words, masked, doubtful, channel,
	    d->config, r->arena);
	if (out != FU_STOP_NO && out != FU_STOP_MAYBE)
		return (out);
	for (i = 0; i < r->words->n; i++)
		masked[i] |= r->masked[i];
	clear.masked = masked;
	if (!said(&clear, asks))
		return (out);
	for (i = 0; i < r->words->n; i++)
		masked[i] |= doubtful[i];
	return (said(&clear, asks) && !wants ? FU_STOP_YES : FU_STOP_MAYBE);
}

static void
detect_stop(const struct fu_detector *d, const struct fu_reading *r,
    const char *channel, struct fu_signals *out)
{
	out->stop = stop_of(d, r, channel, wants_something(out));
	out->yes = r->words->n == 1 && strcmp(r->words->w[0].text, "yes") == 0;
	out->objection = says(d, r, "objects");
	out->voice_optout = says(d, r, "voice_optout");
	out->erasure = fu_signals_has(out, "erasure");
	out->access = fu_signals_has(out, "access");
	if (out->objection)
		out->stop = FU_STOP_YES;
	if (out->stop == FU_STOP_YES)
		add(out, "opt_out");
}

static void
settle(struct fu_signals *out, const char *winner, const char *loser)
{
	size_t i;

	if (!fu_signals_has(out, winner))
		return;
	for (i = 0; i < out->n; i++)
		if (strcmp(out->name[i], loser) == 0) {
			memmove(&out->name[i], &out->name[i + 1],
			    (out->n - i - 1) * sizeof(out->name[0]));
			out->n--;
			return;
		}
}

bool
fu_detect_automated(const struct fu_detector *d, const char *wording,
    struct fu_arena *arena)
{
	struct fu_words words;
	size_t first, last;

	fu_words_read(arena, wording == NULL ? "" : wording, &words);
	return (fu_section_find(fu_lexicon_find(&d->lexicon,
	    "consent_automated"), &words, 0, &first, &last));
}

/* Where a line with a link ends, if it is one: "Unsubscribe: https://…" is
 * what programs put below.  The first line is the writer's own. */
static bool
has_link(const char *line, size_t len)
{
	return (memmem(line, len, "://", 3) != NULL ||
	    memmem(line, len, "www.", 4) != NULL);
}

/* What they wrote, without lines of links and what leads over to them. */
static const char *
without_links(const char *text, struct fu_arena *arena)
{
	char *out, *to, *before;
	const char *line = text;
	size_t len;

	if (strchr(text, '\n') == NULL || !has_link(text, strlen(text)))
		return (text);
	out = to = before = fu_alloc(arena, strlen(text) + 1);
	for (; *line != '\0'; line += len) {
		len = strcspn(line, "\n");
		len += line[len] == '\n';
		if (line != text && has_link(line, len)) {
			if (to - before > 1 && to[-2] == ':')
				to = before;
			continue;
		}
		before = to;
		memcpy(to, line, len);
		to += len;
	}
	*to = '\0';
	return (out);
}

void
fu_detect(const struct fu_detector *d, const char *text, const char *channel,
    const char *asked, struct fu_arena *arena, struct fu_signals *out)
{
	struct fu_words words;
	struct fu_reading r = { .arena = arena, .words = &words,
		.lexicon = &d->lexicon, .asked = asked };
	bool *masked, *named;
	size_t i;

	memset(out, 0, sizeof(*out));
	fu_words_read(arena, text == NULL ? "" : without_links(text, arena),
	    &words);
	if (words.n == 0)
		return;
	fu_words_look(arena, &d->lexicon, &words);
	fu_frame(&d->lexicon, arena, &words);
	masked = fu_alloc_array(arena, words.n, sizeof(*masked));
	fu_section_mask(fu_lexicon_find(&d->lexicon, "nothing"), &words,
	    masked);
	r.masked = masked;

	for (i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		if (says(d, &r, signals[i]))
			add(out, signals[i]);
	if (said(&r, &d->human))
		add(out, "asks_human");
	detect_stop(d, &r, channel, out);
	if (out->stop == FU_STOP_START) {
		out->n = 0;	/* a keyword, and no wish to start anything */
		return;
	}
	detect_buying(d, &r, out);
	detect_title(d, &r, out);
	detect_talk(d, &r, out);
	detect_consent(d, &r, out);
	detect_offer(d, &r, out);
	named = fu_alloc_array(arena, d->nrival + 1, sizeof(*named));
	fu_rival_named(&r, d->rival, d->nrival, named);
	for (i = 0; i < d->nrival; i++)
		if (named[i])
			add(out, d->rival[i].signal);
	settle(out, "not_interested", "interested");
	/* "stop emailing me" is more than a no to mail */
	settle(out, "opt_out", "consent:email:refused");
	settle(out, "opt_out", "consent:sms:refused");
	settle(out, "opt_out", "consent:whatsapp:refused");
	settle(out, "consent:email:refused", "consent:email:granted");
	settle(out, "consent:sms:refused", "consent:sms:granted");
	settle(out, "consent:whatsapp:refused", "consent:whatsapp:granted");

	fu_extract_contact(&r, out);
	fu_extract_budget(&r, out);
	fu_extract_counts(&r, out);
	fu_extract_timeline(&r, out);
	fu_extract_question(&r, out);
}

bool
fu_signals_has(const struct fu_signals *s, const char *name)
{
	size_t i, len = strlen(name);

	for (i = 0; i < s->n; i++) {
		if (strcmp(s->name[i], name) == 0)
			return (true);
		if (len > 0 && name[len - 1] == ':' &&
		    strncmp(s->name[i], name, len) == 0)
			return (true);
	}
	return (false);
}

void
fu_signals_json(const struct fu_signals *s, struct fu_buf *out)
{
	struct fu_jw w;
	size_t i;

	fu_jw_init(&w, out);
	fu_jw_array(&w, NULL);
	for (i = 0; i < s->n; i++)
		fu_jw_str(&w, NULL, s->name[i]);
	fu_jw_array_end(&w);
}

void
fu_extracted_json(const struct fu_signals *s, struct fu_buf *out)
{
	struct fu_jw w;

	fu_jw_init(&w, out);
	fu_jw_object(&w, NULL);
	if (s->budget > 0) {
		fu_jw_object(&w, "budget");
		fu_jw_int(&w, "amount", s->budget);
		if (s->currency != NULL)
			fu_jw_str(&w, "currency", s->currency);
		if (s->per != NULL)
			fu_jw_str(&w, "per", s->per);
		fu_jw_object_end(&w);
	}
	if (s->timeline != NULL) {
		fu_jw_object(&w, "timeline");
		fu_jw_str(&w, "text", s->timeline);
		if (s->timeline_by != NULL)
			fu_jw_str(&w, "by", s->timeline_by);
		fu_jw_object_end(&w);
	}
	if (s->title != NULL)
		fu_jw_str(&w, "title", s->title);
	if (s->company_size > 0)
		fu_jw_int(&w, "company_size", s->company_size);
	if (s->seats > 0)
		fu_jw_int(&w, "seats", s->seats);
	if (s->email != NULL)
		fu_jw_str(&w, "email", s->email);
	if (s->phone != NULL)
		fu_jw_str(&w, "phone", s->phone);
	if (s->topic != NULL)
		fu_jw_str(&w, "topic", s->topic);
	fu_jw_object_end(&w);
}
