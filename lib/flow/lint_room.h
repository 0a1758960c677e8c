/*
 * What the rooms of fu-lint share.  For lib/flow/lint*.c alone.
 */
#ifndef FU_FLOW_LINT_ROOM_H
#define FU_FLOW_LINT_ROOM_H

#include "config/document.h"
#include "config/message.h"
#include "config/yaml.h"
#include "content/mustache.h"
#include "flow/lint.h"

/* A column of one's own that a condition or a template names. */
struct fu_lint_column {
	const char	*name;
	struct fu_where	 where;
	bool		 tag;		/* in a template, else attr() */
	bool		 soft;		/* with a default, or in a section */
};

struct fu_linting {
	const struct fu_opt	*opt;
	struct fu_lint		*lint;
	struct fu_arena		*arena;
	struct fu_config	 config;
	const struct fu_node	*root;		/* fu.yaml as a tree, or NULL */
	struct fu_rulebook	*book;		/* NULL: rules/ has faults */
	bool			 unsure;	/* a cadence may be cut short */
	int32_t			 today;		/* in company.zone */
	struct fu_message	*message;
	size_t			 nmessage;
	struct fu_document	*document;
	size_t			 ndocument;
	struct fu_list		 noise, urgency, promotion, merge_tags;
	struct fu_lint_column	*column;
	size_t			 ncolumn, column_cap;
	size_t			 checked;	/* findings of fu_init_check … */
	bool			*retold;	/* … and which lint_tags took */
};

/* Who says a message, and with what. */
struct fu_lint_use {
	size_t		 steps;			/* 0: nobody */
	bool		 channel[FU_CHANNEL_N];
	bool		 insight, bare;		/* some step has one, has none */
	struct fu_list	 kinds;			/* of all steps */
	size_t		 cap;
};

/*
 * fu_lint_say(linting, where, warning, rule, fmt, ...): one finding.
 * fu_lint_file(linting, path): one more file that was looked at.
 * fu_lint_lines(linting, name, list): a list file of rules/, a phrase a line;
 * one that is not there is empty.
 */
void fu_lint_say(struct fu_linting *, const struct fu_where *, bool,
    const char *, const char *, ...) __attribute__((format(printf, 5, 6)));
void fu_lint_file(struct fu_linting *, const char *);
void fu_lint_lines(struct fu_linting *, const char *, struct fu_list *);

/* "article or answer". */
const char *fu_lint_joined(struct fu_arena *, const struct fu_list *);

/* fu.yaml as a tree, for places that the structs do not keep; or NULL. */
const struct fu_node *fu_lint_tree(struct fu_linting *);

/* How a message is used; is a document of one's today's choice? */
void fu_lint_use(struct fu_linting *, const struct fu_message *,
    struct fu_lint_use *);
bool fu_lint_current(const struct fu_linting *, const struct fu_document *);

/* The rooms, each for its own files. */
void fu_lint_law(struct fu_linting *);		/* fu.yaml */
void fu_lint_cadences(struct fu_linting *);
void fu_lint_messages(struct fu_linting *);
void fu_lint_rules(struct fu_linting *);	/* rules/ */
void fu_lint_columns(struct fu_linting *);	/* last: what others named */
void fu_lint_dry(struct fu_linting *);		/* asks the database */

/*
 * Of lint_messages.c: the tags of one text, those of them that are in the
 * address of a link, and a message as it would leave.
 */
void fu_lint_tags(struct fu_linting *, const struct fu_message *,
    const struct fu_lint_use *);
void fu_lint_links(const char *, int, const struct fu_template_name *, size_t,
    bool *);
void fu_lint_trial(struct fu_linting *, const struct fu_message *,
    const struct fu_lint_use *);

#endif
