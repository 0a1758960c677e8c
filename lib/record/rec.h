/*
 * A record: one line of NDJSON as it came, and the members put over it.
 *
 * Writing copies the spans of the line and never re-prints them: members that
 * a filter does not set keep spelling, order and blanks inside the value.
 */
#ifndef FU_RECORD_REC_H
#define FU_RECORD_REC_H

#include "record/json.h"

struct fu_rec {
	struct fu_arena		*arena;	/* where its members live */
	struct fu_str		 line;	/* borrowed; empty for a new record */
	struct fu_object	 object;
	struct fu_member	*set;	/* overlay, in order of setting */
	size_t			 nset, set_cap;
};

/* Parse a line; the record borrows it.  -1 when it is no JSON object. */
int fu_rec_parse(struct fu_rec *, struct fu_arena *, struct fu_str,
    struct fu_err *);
void fu_rec_new(struct fu_rec *, struct fu_arena *);	/* empty */

/* The member as the overlay or else the line has it; NULL if neither. */
const struct fu_json *fu_rec_get(const struct fu_rec *, const char *);
const char *fu_rec_text(const struct fu_rec *, const char *); /* scalar text */
bool fu_rec_int(const struct fu_rec *, const char *, int64_t *);
const char *fu_rec_type(const struct fu_rec *);	/* "type", or NULL */

/*
 * Set a member: replaces in place where the line has it, else is appended.
 * Keys and raw values must outlive the record (literals, or its arena).
 */
void fu_rec_set_str(struct fu_rec *, const char *, const char *);
void fu_rec_set_int(struct fu_rec *, const char *, int64_t);
void fu_rec_set_bool(struct fu_rec *, const char *, bool);
void fu_rec_set_time(struct fu_rec *, const char *, int64_t);
void fu_rec_set_raw(struct fu_rec *, const char *, struct fu_str);

/* One line with its LF. */
void fu_rec_write(const struct fu_rec *, struct fu_buf *);

#endif
