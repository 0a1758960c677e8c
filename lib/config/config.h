/*
 * What an operator wrote, as typed and validated structs: fu.yaml(5),
 * fu-scoring(5), fu-cadence(5).
 *
 * Everything is owned by struct fu_config and freed with it.  Paths are
 * resolved against the directory of fu.yaml.  A secret is a struct fu_secret:
 * it is looked up by the program that uses it, when it uses it, and is never
 * printed.
 */
#ifndef FU_CONFIG_CONFIG_H
#define FU_CONFIG_CONFIG_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/zone.h"
#include "record/channel.h"

/* Where something stands, for messages: "cadences/hot.yaml:5:9". */
struct fu_where {
	const char	*file;
	int		 line, col;	/* from 1; 0: not known */
};

/* A list of texts. */
struct fu_list {
	const char	**item;
	size_t		  n;
};

/* A literal, or env:NAME, file:PATH, exec:PATH, not yet looked up. */
struct fu_secret {
	const char	*spec;		/* NULL: not given */
	struct fu_where	 where;
};
/*
 * fu_secret_get(secret, arena, err):
 * The value, or NULL: a literal as it is, env: from the environment, file: the
 * first line, exec: the first line of its output (10 s at most).  An unset
 * variable is FU_ECONFIG with file and line.
 */
const char *fu_secret_get(const struct fu_secret *, struct fu_arena *,
    struct fu_err *);

/* A condition over facts, as text; policy/rules compiles it. */
struct fu_condition {
	const char	*sql;		/* NULL: none */
	struct fu_where	 where;		/* of its first character */
	const char	*source;	/* the file's text from there on */
	char		 quote;		/* how it was quoted: ', " or 0 */
};
/*
 * fu_condition_where(condition, offset):
 * Where the byte at ${offset} of the expression stands in the file: quotes
 * that are doubled and lines that were folded are minded.
 */
struct fu_where fu_condition_where(const struct fu_condition *, size_t);

struct fu_span {		/* of days, local, both ends in */
	int32_t	 from, to;
};

struct fu_sender {
	const char	*key, *name, *email, *title, *phone;
	int		 cap_day;	/* touches a day in company.zone; 0: none */
	int64_t		 gap_us;	/* between two sends of this sender */
	struct fu_span	*away;
	size_t		 naway;
	const struct fu_transport *smtp; /* a login of its own, or NULL */
	struct fu_where	 where;
};

enum fu_tls { FU_TLS_REQUIRED, FU_TLS_NONE };

struct fu_transport {
	bool		 given;
	const char	*via;		/* "outbox", "smtp", "sendmail", "exec:/p", "slack", "webhook", "twilio", "cloud" */
	const char	*url;		/* literal, or see secret_url */
	struct fu_secret url_secret;	/* when url came as env: and so on */
	const char	*user, *account, *from, *phone_number_id, *registered;
	const char	*auth;		/* "xoauth2", or NULL: password */
	struct fu_secret password, token, app_secret, verify_token;
	const char	*webhook;	/* where the service calls us, or NULL */
	enum fu_tls	 tls;
	int		 connections;	/* 1..32, default 4 */
	bool		 inbound;
	const char	*bounce_domain, *reply_domain, *unsubscribe_mailbox;
	int		 warm_start, warm_add;	/* 0: no warm-up */
	struct fu_list	 dkim_selectors;	/* empty: the usual ones */
	const char	*templates;
	const char	*stop_reply;	/* "ours" (default) or "provider" */
	int		 max_segments;
	bool		 transliterate;	/* smart quotes become plain ones */
	const char	*path;		/* outbox: where the Maildir lies */
	struct fu_where	 where;
};

/* A template that Meta keeps, and which messages it stands for. */
enum fu_wa_status {
	FU_WA_APPROVED, FU_WA_PENDING, FU_WA_REJECTED, FU_WA_PAUSED,
	FU_WA_DISABLED
};
struct fu_wa_template {
	const char		*name, *language;	/* "follow_up", "en_US" */
	const char		*category;	/* "marketing" unless said */
	enum fu_wa_status	 status;
	struct fu_list		 messages;	/* for: */
	const char		*body;		/* with its {{1}}, {{2}} */
	struct fu_list		 parameters;	/* what fills them, of ours */
	struct fu_where		 where;
};

/* The operator's own sending window, in the person's local time. */
struct fu_window {
	uint8_t		 days;		/* bit 0 is Monday */
	int		 open_min, close_min;	/* 0..1440, open < close */
	int32_t		*holiday;	/* sorted day numbers */
	size_t		 nholiday;
	/* Days on which who writes is away: of a person's sender, never of the
	 * file. */
	const struct fu_span *away;
	size_t		 naway;
	/* Of a person whose zone is not known: the hours hold in each of those
	 * zones as well.  Never of the file. */
	const struct fu_zone *const *zone;
	size_t		 nzone;
};

/* One place that a hand-off goes to. */
struct fu_destination {
	const char	*via;		/* "email", "slack", "webhook", "outbox", "exec:…" */
	const char	*url;
	struct fu_secret url_secret, secret;
	const char	*address;	/* email: else the owner */
	struct fu_list	 headers;	/* "Name: value" */
	const char	*template;	/* of handoffs/, without .json; or NULL */
	struct fu_where	 template_where;
	struct fu_where	 where;
};

enum fu_trigger {		/* in order of rank, the first met is reported */
	FU_TR_ASKED_FOR_HUMAN, FU_TR_BUYING_INTENT, FU_TR_SCORE_THRESHOLD,
	FU_TR_RETURN_VISITS, FU_TR_COMPETITOR_MENTION, FU_TR_DECISION_MAKER,
	FU_TR_STALLED_OBJECTION, FU_TR_TRIGGER_EVENT, FU_TR_REPLY,
	FU_TRIGGER_N
};
const char *fu_trigger_name(enum fu_trigger);
int fu_trigger_find(const char *);

/* An event pattern: a kind, and a glob over its url or document or text. */
struct fu_pattern {
	const char	*kind;		/* "visit" */
	const char	*glob;		/* "*pricing*", or NULL */
};

struct fu_trigger_conf {
	bool			 on;
	int			 at;		/* score_threshold */
	int			 visits;	/* return_visits */
	int64_t			 within_us;
	int			 attempts;	/* stalled_objection */
	struct fu_list		 pages;		/* globs */
	struct fu_list		 lines;		/* of phrases, names or titles, file or inline */
	struct fu_condition	 when;
	struct fu_pattern	*events;
	size_t			 nevents;
	int64_t			 alert_within_us;	/* 0: handoff.respond */
	struct fu_where		 where;
};

enum fu_rule_kind { FU_RULE_FIELD, FU_RULE_EVENT };

struct fu_rule {
	const char		*name;
	enum fu_rule_kind	 kind;
	struct fu_condition	 when;		/* FIELD; EVENT: NULL or also asked */
	const char		*event;		/* EVENT: kind */
	struct fu_list		 globs;		/* any of them must match */
	const char		*globs_of;	/* the event's member that they match: "url" (page:, url:), "document", "channel", or NULL */
	int64_t			 window_us;	/* count only events this young; 0 all */
	int			 points;	/* FIELD: once; EVENT: each; −100..100 */
	int			 cap;		/* EVENT: absolute; 0 none */
	int64_t			 half_life_us;	/* 0: does not fade */
	const char		*why;		/* operator's own words, or NULL */
	struct fu_where		 where;
};

struct fu_scorecard {
	const char	*version;	/* hash of the file, hex */
	int		 hot, warm;	/* hot is above, warm is from */
	int64_t		 cold_after_us;
	struct fu_rule	*rule;
	size_t		 nrule;
};

enum fu_every { FU_EVERY_NONE, FU_EVERY_MONTH, FU_EVERY_QUARTER };

struct fu_step {
	const char	*id;		/* unique in its cadence */
	const char	*message;
	enum fu_channel	 channel[4];	/* alternatives, in order */
	size_t		 nchannel;
	int		 day;		/* dated: >= 0; else -1 */
	const char	*on;		/* "site_return", or NULL */
	int		 from_day;	/* on: */
	enum fu_every	 every;
	struct fu_list	 rotate;	/* insight kinds in turn */
	struct fu_list	 insight;	/* kinds, any of */
	struct fu_list	 task;		/* "call", "linkedin" */
	struct fu_list	 prefer;	/* channels, before the cadence's */
	struct fu_condition if_;	/* asked when its day has come */
	int64_t		 max_late_us;	/* 0: until the next dated step */
	const char	*remind;	/* "next_quarter", or NULL */
	const char	*spacing;	/* why the warning is answered */
	struct fu_where	 where;
};

struct fu_cadence {
	const char	*name, *about, *file;
	const char	*version;	/* hash of the file, hex */
	int		 priority;
	bool		 on_reply_stop;	/* else hand off */
	struct fu_condition enter, exit;
	bool		 start_return;	/* start: site_return */
	const char	*anchor;	/* "demo", or NULL: entry */
	int64_t		 again_us;	/* -1 never, 0 each new return (start_return) */
	struct fu_list	 prefer;
	int		 ends_days;	/* of on: lines after entry; default 60 */
	const char	*spacing;
	int		 holdout_pct;
	struct fu_step	*step;		/* in the file's order */
	size_t		 nstep;
	struct fu_where	 where;
};

struct fu_assessment {
	const char	*id, *file;
	struct fu_list	 scope;
	struct fu_date	 date, next_review;
};
struct fu_processor {
	const char	*name, *dpa;
	struct fu_list	 channels, places;
};

/* A server of the OpenAI-compatible kind. */
struct fu_endpoint {
	const char	*url, *model;	/* url NULL: not given */
	struct fu_secret key;
	int64_t		 timeout_us;
};
/* What is kept for so long and no longer, in the order of purging. */
enum fu_keep {
	FU_KEEP_PROSPECTS, FU_KEEP_VISITORS, FU_KEEP_TRANSCRIPTS,
	FU_KEEP_MESSAGES, FU_KEEP_DECISIONS, FU_KEEP_RUNS, FU_KEEP_N
};
extern const char *const fu_keep_names[FU_KEEP_N];
int fu_keep_find(const char *);		/* or -1 */

struct fu_retention {
	const char	*class;		/* one of fu_keep_names */
	int64_t		 keep_us;
};

struct fu_config {
	struct fu_arena	 arena;
	const char	*file;		/* fu.yaml as found */
	const char	*dir;		/* its directory */
	const char	*version;	/* hash over all files read, hex */
	bool		 sample;
	struct {
		const char	*name, *postal_address, *country, *zone_name,
				*site, *web, *privacy_notice;
		const struct fu_zone *zone;
	} company;
	struct fu_sender	*sender;	/* in the file's order */
	size_t			 nsender;
	/* what each is called, sorted, for fu_sender_find() */
	struct fu_sender_name {
		const char	*name;
		size_t		 sender;
	}			*sender_name;
	size_t			 nsender_name;
	struct fu_transport	 channel[FU_CHANNEL_N];
	struct fu_window	 window;
	struct {
		int64_t	 gap_us;	/* calendar days, in us */
		int	 day;		/* automatic touches a rolling 24 h */
		int	 company_week;	/* 0: no cap */
	} limits;
	const char		*scoring_file, *cadences_dir, *messages_dir,
				*knowledge_dir, *handoffs_dir, *rules_dir,
				*prompts_dir;
	struct fu_scorecard	 scorecard;
	struct fu_cadence	*cadence;	/* by priority, then name */
	size_t			 ncadence;
	struct {
		bool			 unknown_strictest;	/* else hold */
		bool			 states_all;
		bool			 tz_intersect;	/* tz_fallback */
		bool			 stop_channel;	/* stop_scope: channel */
		struct fu_assessment	*assessment;
		size_t			 nassessment;
		struct fu_processor	*processor;
		size_t			 nprocessor;
		struct {
			const char *purpose, *interest, *categories,
			    *recipients, *authority;
		} notice;
	} law;
	struct fu_trigger_conf	 trigger[FU_TRIGGER_N];
	struct {
		struct fu_destination	*to;
		size_t			 nto;
		int64_t			 respond_us;
		int64_t			 escalate_us;	/* after respond_by; 0 never */
		struct fu_destination	*escalate_to;
		size_t			 nescalate_to;
	} handoff;
	struct fu_destination	*alerts;
	size_t			 nalerts;
	struct {
		const char	*name, *disclosure;
		struct fu_list	 first, never, origins;
	} chat;
	struct {
		const char	*listen;	/* "127.0.0.1:8087" */
		struct fu_list	 origins, proxies;
		int		 body_kib, visitor_minute, address_minute,
				 connections;
		int64_t		 timeout_us;
		struct fu_secret identify;
		const char	*user;		/* NULL: as it was started */
		bool		 wake;
	} web;
	struct fu_wa_template	*wa_template;
	size_t			 nwa_template;
	struct fu_list		 company_pause;	/* "reply", "won" */
	const char		*booking_url;
	struct fu_secret	 booking_secret;
	struct fu_list		 booking_demo;	/* globs of demos' names */
	struct fu_secret	 hook_secret;	/* of fu-hook json */
	struct fu_endpoint	 llm, embed;
	struct fu_list		 costs;		/* "what=amount" */
	struct fu_retention	*retention;
	size_t			 nretention;
	struct fu_list		 kinds;		/* "glob=kind" */
	const char		*base_url;
};

/*
 * fu_wa_template_find(config, message, language):
 * The template that stands for that message where nothing else may be said:
 * an approved one in the person's language, an approved one, any.  NULL: none.
 * Does the whole channel go without?  fu_wa_templates(config) is false where
 * an outbox or a program of the operator's takes messages as they are.
 */
const struct fu_wa_template *fu_wa_template_find(const struct fu_config *,
    const char *, const char *);
bool fu_wa_templates(const struct fu_config *);

/* One fault or warning of the configuration. */
struct fu_fault {
	struct fu_where	 where;
	bool		 warning;
	const char	*text;		/* with the way out */
	const char	*rule;		/* "P1.2"; NULL: of the file's form */
};
#define FU_FAULTS_MAX 500	/* nobody reads more; the rest is not kept */
struct fu_faults {
	struct fu_arena	 arena;
	struct fu_fault	*fault;
	size_t		 n, cap;
};
void fu_faults_init(struct fu_faults *);
void fu_faults_free(struct fu_faults *);
void fu_fault_add(struct fu_faults *, const struct fu_where *, bool,
    const char *, ...) __attribute__((format(printf, 4, 5)));
/*
 * fu_text_valid(faults, path, text): is it UTF-8?  Else the first byte that is
 * not has a fault, unless ${faults} tells of that file already.
 */
bool fu_text_valid(struct fu_faults *, const char *, struct fu_str);
/* Those from number ${from} on that have no rule yet break this one. */
void fu_faults_rule(struct fu_faults *, size_t, const char *);
size_t fu_faults_errors(const struct fu_faults *);	/* warnings not counted */
/*
 * fu_fault_of(faults, path, err): a fault that came as an error, whose text
 * may begin with ${path}, a line and a column.
 * fu_faults_err(faults, err): 0 when there is no error among them, else -1 and
 * "2 faults in scoring.yaml, cadences/hot.yaml".
 * fu_faults_first(faults, arena, err): the same, saying the first of them.
 */
void fu_fault_of(struct fu_faults *, const char *, const struct fu_err *);
int fu_faults_err(const struct fu_faults *, struct fu_err *);
int fu_faults_first(const struct fu_faults *, struct fu_arena *,
    struct fu_err *);
void fu_faults_sort(struct fu_faults *);	/* by file as first met, line */
/* "cadences/hot.yaml:5:9: warning: text", or "fu.yaml: text", in the arena. */
const char *fu_fault_print(struct fu_arena *, const struct fu_fault *);

/*
 * fu_config_find(path, arena, err):
 * The file to use: ${path} if given (-c, FU_CONFIG), else ./fu.yaml, else the
 * installed default.  NULL with FU_ENOINPUT if ${path} is not there, with
 * FU_ECONFIG if there is none at all.
 *
 * fu_config_load(config, file, faults, err):
 * Read fu.yaml and the files that it names: scorecard, cadences, phrase
 * lists, holidays.  Messages are read by content/, when they are used.  All
 * schema faults are collected; a syntax error ends the file that it is in.
 * Return 0 when there is no error among the faults, else -1 with ${err} saying
 * how many.  Conditions are not compiled here (policy/rules does, and adds
 * faults of its own with fu_condition_where()).
 *
 * fu_config_scorecard(config, file, faults, err):
 * Read another scorecard in the place of the one that fu.yaml names.
 */
const char *fu_config_find(const char *, struct fu_arena *, struct fu_err *);
int fu_config_scorecard(struct fu_config *, const char *, struct fu_faults *,
    struct fu_err *);
int fu_config_load(struct fu_config *, const char *, struct fu_faults *,
    struct fu_err *);
void fu_config_free(struct fu_config *);

/*
 * fu_dir_names(arena, dir, ext, names, err):
 * The names in ${dir} that end in ${ext} ("" for all) and begin with no dot,
 * sorted bytewise, in ${arena}.  Return 0, or -1, with errno, ${err} filled in
 * and no names.
 */
int fu_dir_names(struct fu_arena *, const char *, const char *,
    struct fu_list *, struct fu_err *);

const struct fu_cadence *fu_cadence_find(const struct fu_config *,
    const char *);
const struct fu_step *fu_step_find(const struct fu_cadence *, const char *);
/*
 * fu_sender_find(config, owner):
 * The sender whose key, name or address that is, without regard to case; or
 * NULL.
 *
 * fu_sender_of(config, owner, prospect):
 * The sender of a prospect: the one whose key, name or email is ${owner}
 * (without regard to case), else by stable hash of the id.  NULL only when no
 * sender is configured.
 */
const struct fu_sender *fu_sender_find(const struct fu_config *, const char *);
const struct fu_sender *fu_sender_of(const struct fu_config *, const char *,
    int64_t);
/*
 * fu_sender_away(sender, day): the last day of the leave that ${day} lies in,
 * INT32_MIN when they are there.
 * fu_sender_there(config, owner, prospect, day): the sender of a prospect, or
 * who stands in when that one is away on ${day}: by stable hash of the id
 * among those who are there.  With nobody there it is the sender all the same.
 */
int32_t fu_sender_away(const struct fu_sender *, int32_t);
const struct fu_sender *fu_sender_there(const struct fu_config *,
    const char *, int64_t, int32_t);
bool fu_list_has(const struct fu_list *, const char *);	/* no case */

/* Where fu-web answers: company.web, ${path} ("/u/") and ${tail}; NULL without
 * a company.web. */
const char *fu_web_address(const struct fu_config *, const char *,
    const char *, struct fu_arena *);

/* A key that an operator can write, as fu-lint and the manual list it. */
struct fu_key_doc {
	const char	*file;		/* "fu.yaml", "a cadence" … */
	const char	*path;		/* "channels.email.via" */
	const char	*type;		/* "a duration", "outbox | smtp" … */
	const char	*doc;		/* one line, no full stop */
	bool		 required;
};
/*
 * fu_config_keys(call, ctx):
 * Call ${call} once for every key of every kind of file, in the order of the
 * tables that read them; what it is given lasts for the call.
 */
void fu_config_keys(void (*)(void *, const struct fu_key_doc *), void *);

#endif
