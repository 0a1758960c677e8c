/*
 * Message files, fu-message(5): front matter and a body in Mustache over
 * Markdown.
 *
 * Reads and checks the front matter; the body is neither parsed nor rendered
 * here, content/ does that.
 */
#ifndef FU_CONFIG_MESSAGE_H
#define FU_CONFIG_MESSAGE_H

#include "config/config.h"

#define FU_MESSAGE_BYTES_MAX	(256 * 1024)	/* a file; a mail is a page */

struct fu_variant {
	const char	*key;		/* "b" */
	const char	*subject;	/* in place of the message's own */
	struct fu_where	 where;		/* of the subject */
};

struct fu_message {
	const char		*id;		/* file name to its first dot */
	const char		*language;	/* "de" of x.de.md, or NULL */
	const char		*file;
	const char		*version;	/* hash of the file, hex */
	const char		*subject;	/* Mustache; NULL: chat, task */
	struct fu_where		 subject_where;
	struct fu_variant	*variant;	/* besides its own subject */
	size_t			 nvariant;
	bool			 thread_continue; /* reply in the thread */
	bool			 transactional;	/* class: transactional */
	const char		*body;		/* Mustache over Markdown */
	int			 body_line;	/* where it begins */
};

/*
 * fu_message_load(path, arena, message, faults, err):
 * Read one file into ${message}, owned by ${arena}.  Return 0; or -1 with
 * ${err} saying how many faults were added to ${faults}, or why the file
 * cannot be read (FU_ENOINPUT when there is none).
 *
 * fu_messages_load(dir, arena, message, n, faults, err):
 * All *.md files of a directory, sorted by name.  Those with faults are left
 * out and make it return -1.
 * fu_messages_read: the same, but for fu-lint, which has more to say of them:
 * those that have faults of form are there as far as they were read.
 */
int fu_message_load(const char *, struct fu_arena *, struct fu_message *,
    struct fu_faults *, struct fu_err *);
int fu_messages_read(const char *, struct fu_arena *, struct fu_message **,
    size_t *, struct fu_faults *, struct fu_err *);
int fu_messages_load(const char *, struct fu_arena *, struct fu_message **,
    size_t *, struct fu_faults *, struct fu_err *);

/*
 * fu_message_parse(text, path, arena, message, faults):
 * The same for text in memory; -1 when it added errors.
 */
int fu_message_parse(struct fu_str, const char *, struct fu_arena *,
    struct fu_message *, struct fu_faults *);

/*
 * fu_message_find(message, n, id, language):
 * The message of that id in that language (which may be NULL), else in the
 * language without its country ("de" for "de-AT"), else the one without a
 * language, else NULL.
 */
const struct fu_message *fu_message_find(const struct fu_message *, size_t,
    const char *, const char *);

#endif
