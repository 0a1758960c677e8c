/*
 * A mail that came in, as headers and texts.
 *
 * Pure over one message's bytes: GMime takes it apart, this keeps what is of
 * use.  Whatever the bytes are, what stands in a struct fu_letter is valid
 * UTF-8, bounded, and lives in the arena.
 */
#ifndef FU_CONTENT_MAIL_PARSE_H
#define FU_CONTENT_MAIL_PARSE_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"

#define FU_LETTER_PARTS_MAX	64	/* more are attachments of a machine */
#define FU_LETTER_DEPTH_MAX	24	/* parts within parts */
#define FU_LETTER_TEXT_MAX	(512 * 1024)	/* bytes of one part's text */
#define FU_LETTER_HTML_MAX	(4 * 1024 * 1024)	/* of one part's HTML: most of it is tags */
#define FU_LETTER_FIELDS_MAX	500	/* headers */
#define FU_LETTER_VALUE_MAX	8192	/* bytes of a header's value */

struct fu_mail_field {
	const char	*name, *value;	/* decoded, on one line */
};

struct fu_mail_fields {
	struct fu_mail_field	*field;
	size_t		 n, cap;
};

enum fu_part_kind {
	FU_PART_TEXT, FU_PART_HTML,
	FU_PART_STATUS,		/* message/delivery-status [RFC 3464] */
	FU_PART_FEEDBACK,	/* message/feedback-report [RFC 5965] */
	FU_PART_CALENDAR,	/* text/calendar [RFC 5546] */
	FU_PART_OTHER
};

struct fu_part {
	enum fu_part_kind	 kind;
	const char		*text;	/* LF; "" for FU_PART_OTHER */
	bool			 flowed, delsp;	/* [RFC 3676] */
	bool			 attached;	/* a file, not what was said */
	int			 alternative;	/* number of the
						 * multipart/alternative that
						 * it is one of; 0 none */
};

struct fu_letter {
	struct fu_mail_fields	 head;
	const char		*from;		/* address, or NULL */
	const char		*subject;	/* or "" */
	const char		*message_id;	/* with brackets, or NULL */
	int64_t			 date_us;	/* FU_NEVER: none that can be read */
	int			 offset_s;	/* of the Date, seconds east */
	const char		*type;		/* "multipart/report", lower case */
	const char		*report;	/* report-type, lower case, or NULL */
	struct fu_part		 part[FU_LETTER_PARTS_MAX];
	size_t			 npart;
	bool			 encloses;	/* a message lies within it */
	struct fu_mail_fields	 original;	/* headers of the first such */
	const char		*original_type;	/* its content type, or NULL */
};

/*
 * fu_letter_read(bytes, arena, letter, err):
 * Take a message apart.  Return 0, or -1 with FU_EDATA for what is no mail:
 * none of the headers that make one is there.
 */
int fu_letter_read(struct fu_str, struct fu_arena *, struct fu_letter *,
    struct fu_err *);

/*
 * fu_mail_field_get(fields, name): the first of that name, or NULL.
 * fu_mail_fields_read(text, arena, fields):
 * Header lines of a text, continued ones joined, up to the first line that is
 * none; return the bytes taken.
 */
const char *fu_mail_field_get(const struct fu_mail_fields *, const char *);
size_t fu_mail_fields_read(const char *, struct fu_arena *, struct fu_mail_fields *);
void fu_mail_field_add(struct fu_mail_fields *, struct fu_arena *, struct fu_str,
    struct fu_str);

/*
 * fu_address_next(text, arena, end):
 * The first mail address in ${text}, without brackets; ${end} (or NULL)
 * becomes what is behind it.  NULL when there is none.
 * fu_address_at(text, len): does an address begin right here?  Its length.
 */
const char *fu_address_next(const char *, struct fu_arena *, const char **);
size_t fu_address_at(const char *);

#endif
