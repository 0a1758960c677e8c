/*
 * What the rooms of the loader share: a load in progress, and the tables.
 * For lib/config alone.
 */
#ifndef FU_CONFIG_LOAD_H
#define FU_CONFIG_LOAD_H

#include "config/table.h"

#define FU_CONFIG_BYTES_MAX	(1024 * 1024)	/* a YAML or list file */
#define FU_CADENCES_MAX		200		/* files of a directory */
#define FU_VERSION_LEN		17		/* 16 hex digits and NUL */

/* The ctx of a struct fu_read while fu.yaml is loaded. */
struct fu_load {
	struct fu_config	*config;
	struct fu_buf		 versions;	/* of files read, a line each */
	struct fu_list		 holidays;	/* files named by window: */
	const struct fu_node	*holidays_node;
};

extern const struct fu_table fu_yaml_table, fu_sender_table,
    fu_channels_table, fu_triggers_table, fu_destination_table,
    fu_smtp_table, fu_scoring_table, fu_cadence_table, fu_holidays_table,
    fu_message_table, fu_document_table, fu_wa_templates_table,
    fu_web_table;

/*
 * fu_source_read(arena, path, max, text, version, err):
 * A whole file, at most ${max} bytes, CRLF made LF, NUL behind it; its hash
 * in hex, of the bytes as they lie there, in ${version}.
 */
int fu_source_read(struct fu_arena *, const char *, size_t, struct fu_str *,
    const char **, struct fu_err *);

/* The first 16 hex digits of SHA-256. */
const char *fu_version_of(struct fu_arena *, struct fu_str);

/*
 * fu_read_yaml(read, path, where, version):
 * Read and parse a file that ${where} names (NULL: nobody), or add a fault.
 * NULL when there is no tree.  Adds to the load's versions.
 */
struct fu_node *fu_read_yaml(struct fu_read *, const char *,
    const struct fu_where *, const char **);

/*
 * fu_front_matter(text, yaml, body, body_line):
 * Split "---" YAML "---" from what stands behind it.  Return false when the
 * front matter is never closed; without any, ${yaml} is empty.
 */
bool fu_front_matter(struct fu_str, struct fu_str *, struct fu_str *, int *);


/* What fu-web does when fu.yaml says nothing of it. */
void fu_web_defaults(struct fu_config *);

/* What senders are called, sorted, once they are read. */
void fu_senders_index(struct fu_config *);

/* The place is where fu.yaml names the file or directory. */
void fu_read_scoring(struct fu_read *, const char *, const struct fu_where *,
    struct fu_scorecard *);
void fu_read_cadences(struct fu_read *, const char *, const struct fu_where *);
void fu_read_wa_templates(struct fu_read *, const char *,
    const struct fu_where *);
void fu_cadence_spacing(struct fu_read *, const struct fu_cadence *);
void fu_read_holidays(struct fu_read *);
/* A list file: one a line, '#' comments. */
void fu_read_lines(struct fu_read *, const char *, const struct fu_where *,
    struct fu_list *);
/* Inline list, or the path of a list file. */
void fu_read_phrases(struct fu_read *, const struct fu_node *, void *);

#endif
