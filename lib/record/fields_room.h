/*
 * What the rooms of record/fields share; nobody but fields*.c and values.c
 * includes this, and nothing of it may show in record/fields.h.
 */
#ifndef FU_RECORD_FIELDS_ROOM_H
#define FU_RECORD_FIELDS_ROOM_H

#include "record/fields.h"

struct fu_memo;

/* What is at hand while one person is made. */
struct fu_taker {
	const struct fu_norm	*norm;
	struct fu_arena		*arena;
	struct fu_taken		*out;
	const char		*country;	/* its own, else the default */
	const char		*name;		/* first and last in one */
	const char		*name_header;
	size_t			 cap_attr, cap_aside, cap_emails, cap_phones;
	size_t			 cap_told;
	const char		*fault[FU_FIELD_N];	/* in words */
};

/*
 * fields.c: what a cell and a member have in common.
 *
 * fu_take_begin(taker, norm, defaults, arena, out): start a person in ${out};
 * all are borrowed, ${defaults} may be NULL.
 * fu_take_end(taker, defaults, system): split the name, judge who it is, and
 * fill in what is missing; ${system} may be NULL.
 *
 * fu_take_cell(taker, column, text, memo):
 * Put ${text} where ${column} says.  ${memo} remembers the column's last
 * value, or is NULL.
 *
 * fu_take_raw(taker, name, raw): an attribute, the JSON text ${raw} as it is;
 * of those with one name the first stays.  Name and text are borrowed.
 * fu_take_text(taker, name, text): the same, of a text that is no JSON yet.
 *
 * fu_take_aside(taker, field, header, attr, text, reason, err):
 * Keep as attribute ${attr} what could not be ${field}, and count it.  ${err}
 * says why in words, or is NULL.
 */
void fu_take_begin(struct fu_taker *, const struct fu_norm *,
    const struct fu_defaults *, struct fu_arena *, struct fu_taken *);
void fu_take_end(struct fu_taker *, const struct fu_defaults *, const char *);
void fu_take_cell(struct fu_taker *, const struct fu_column *, struct fu_str,
    struct fu_memo *);
void fu_take_raw(struct fu_taker *, const char *, struct fu_str);
void fu_take_text(struct fu_taker *, const char *, struct fu_str);
void fu_take_aside(struct fu_taker *, int, const char *, const char *,
    struct fu_str, const char *, const struct fu_err *);

/* fields_name.c: the name in one becomes first and last; "Mr", "Frau", "Mme."
 * are what somebody is addressed by, not what they do. */
void fu_take_name(struct fu_taker *);
bool fu_is_salutation(struct fu_str);

/* values.c: a field that mail headers hold, and a trimmed value with what would
 * end one: never stripped in silence, the row is to be rejected [EM-09]. */
#define FU_HEADER_INJECTION "header_injection"
bool fu_breaks_header(int, struct fu_str);

/*
 * number.c:
 *
 * fu_number_read(text, country, number):
 * "48,000.50", "$48k", "EUR 48 000".  0, -1 where it is no number, or -2 where
 * it could be either of two; ${country} may tell, or is NULL.
 * fu_number_money(text): the ISO code of the money it bears, or NULL.
 */
int fu_number_read(struct fu_str, const char *, double *);
const char *fu_number_money(struct fu_str);

/* values.c: without the ' that Excel puts before a number or a formula. */
struct fu_str fu_unquote(struct fu_str);

/*
 * fields_json.c: a cell, not empty, that should hold a JSON object: its
 * members are taken as if they stood alone.  Any other text is an attribute.
 */
void fu_take_spread(struct fu_taker *, const struct fu_column *,
    struct fu_str);

#endif
