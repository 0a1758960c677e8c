/*
 * JSON [RFC 8259]: one validating pass that gives spans of the text, and a
 * writer.  The only JSON code of the project.
 *
 * A value is never converted before it is asked for, so what passes through
 * keeps its spelling to the byte.
 */
#ifndef FU_RECORD_JSON_H
#define FU_RECORD_JSON_H

#include "base/arena.h"
#include "base/err.h"

/* Deeper is refused: no record of ours needs it, and recursion is bounded. */
#define FU_JSON_DEPTH_MAX 64

enum fu_json_type {
	FU_JSON_NULL, FU_JSON_FALSE, FU_JSON_TRUE, FU_JSON_NUMBER,
	FU_JSON_STRING, FU_JSON_ARRAY, FU_JSON_OBJECT
};

struct fu_json {
	enum fu_json_type	type;
	struct fu_str		raw;	/* the text, quotes and brackets in */
};

struct fu_member {
	struct fu_str	key;		/* decoded */
	struct fu_str	key_raw;	/* with its quotes */
	struct fu_json	value;
};

struct fu_object {
	struct fu_member	*member;
	size_t			 n;
};

/*
 * fu_json_parse(text, value, err):
 * Validate ${text} whole (UTF-8, no NUL, nothing behind the value but blanks)
 * and give its type and span.  An error names the column.
 */
int fu_json_parse(struct fu_str, struct fu_json *, struct fu_err *);

/*
 * fu_json_object(arena, text, object, err):
 * The same for an object, with its members in order.  A key that occurs twice
 * is an error: filters that replace a member could not know which.
 * fu_json_members(arena, value, object): the members of a value validated
 * already; type must be FU_JSON_OBJECT.
 */
int fu_json_object(struct fu_arena *, struct fu_str, struct fu_object *,
    struct fu_err *);
void fu_json_members(struct fu_arena *, const struct fu_json *,
    struct fu_object *);
/* The items of a validated array, made in the arena; the count in ${n}. */
struct fu_json *fu_json_items(struct fu_arena *, const struct fu_json *,
    size_t *);

const struct fu_json *fu_json_get(const struct fu_object *, const char *);

/*
 * Values as C sees them.  ${value} may be NULL.
 * fu_json_text: a string decoded, NUL-terminated in the arena; NULL when it is
 *	no string, or holds U+0000 or a lone surrogate.  As in every C string
 *	of ours, CR LF and CR become LF, other control characters a blank.
 * fu_json_scalar_text: also numbers and booleans as written; NULL for null,
 *	arrays and objects.
 * fu_json_int, fu_json_real: true when it is a number that fits (an integer
 *	written 3.0 or 3e0 counts as 3).
 * fu_json_bool: true when it is a boolean.
 */
const char *fu_json_text(struct fu_arena *, const struct fu_json *);
const char *fu_json_scalar_text(struct fu_arena *, const struct fu_json *);
bool fu_json_int(const struct fu_json *, int64_t *);
bool fu_json_real(const struct fu_json *, double *);
bool fu_json_bool(const struct fu_json *, bool *);

/* Does valid JSON text hold half a surrogate pair?  No program of others that
 * reads it agrees with the next on what that is. */
bool fu_json_half(struct fu_str);

/*
 * The writer.  Commas take care of themselves; the caller balances begin and
 * end.  Members with a NULL text are written as null.  Strings are written
 * with the shortest escapes, UTF-8 as it is.
 */
struct fu_jw {
	struct fu_buf	*out;
	bool		 comma;
};

void fu_jw_init(struct fu_jw *, struct fu_buf *);
void fu_jw_object(struct fu_jw *, const char *);	/* key, or NULL */
void fu_jw_object_end(struct fu_jw *);
void fu_jw_array(struct fu_jw *, const char *);
void fu_jw_array_end(struct fu_jw *);
void fu_jw_str(struct fu_jw *, const char *, const char *);
void fu_jw_span(struct fu_jw *, const char *, struct fu_str);
void fu_jw_int(struct fu_jw *, const char *, int64_t);
void fu_jw_real(struct fu_jw *, const char *, double);	/* %.15g, shortest */
void fu_jw_bool(struct fu_jw *, const char *, bool);
void fu_jw_null(struct fu_jw *, const char *);
void fu_jw_time(struct fu_jw *, const char *, int64_t);	/* FU_NEVER: null */
void fu_jw_raw(struct fu_jw *, const char *, struct fu_str); /* valid JSON */
/* One JSON string with its quotes. */
void fu_json_quote(struct fu_buf *, struct fu_str);

#endif
