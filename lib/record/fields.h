/*
 * From the columns of a file, or the members of an object, to a person.
 *
 * Headers are recognised by record/headers, values made canonical by email,
 * phone, place and date.  A value that cannot be made canonical is set aside
 * as a custom attribute, never dropped and never guessed; a person whom
 * nothing identifies is rejected.  Knows no database.
 */
#ifndef FU_RECORD_FIELDS_H
#define FU_RECORD_FIELDS_H

#include "record/date.h"
#include "record/headers.h"
#include "record/person.h"
#include "record/phone.h"
#include "record/place.h"

/* What conversion needs to know; loaded once, owned by the program. */
struct fu_norm {
	struct fu_places	*places;
	struct fu_phones	*phones;
	enum fu_date_order	 order;		/* --date-order */
};

/*
 * fu_norm_open(norm, rules, err):
 * Load phones.txt and places.txt from the folder ${rules} (the installed
 * templates/rules), and the system's iso-codes.  The order is unknown.
 * fu_norm_close(norm): free them.
 */
int fu_norm_open(struct fu_norm *, const char *, struct fu_err *);
void fu_norm_close(struct fu_norm *);

/* "Work Email=email" of -m, "source=webinar" of --set. */
struct fu_pair {
	const char	*key;
	const char	*value;
};

/*
 * fu_pair_parse(arena, text, pair, err):
 * Split at the last '=' for -m (headers may hold one), or pass ${first} true
 * to split at the first, for --set.  FU_EUSAGE where there is none.
 */
int fu_pair_parse(struct fu_arena *, const char *, bool, struct fu_pair *,
    struct fu_err *);

struct fu_column {
	const char	*header;	/* as written, unique in its file */
	const char	*attr;		/* the attribute's name where it is one */
	int		 target;	/* enum fu_field or enum fu_target */
	int		 rank;		/* the lower is asked first */
	bool		 soft;		/* no note when the value does not fit */
};

/* How one file is read.  Made once a file, used for every row of it. */
struct fu_mapping {
	struct fu_column	*col;		/* in the file's order */
	size_t			 n;
	size_t			*order;		/* columns by rank */
	const char		*system;	/* "hubspot" ..., or NULL */
	bool			 identifies;	/* has a column that could? */
	bool			 by_shape;	/* its ids may show a system */
	struct fu_memo		*memo;		/* last value of a column */
	struct fu_arena		 arena;
};

/*
 * fu_mapping_make(mapping, headers, n, over, nover, err):
 * Recognise ${n} headers; ${over} says what a header means whatever the table
 * says: a field's name, a target's ("name", "mobile", "optout_email" ...),
 * "attr" for a custom attribute or "skip".  Return 0, or -1 with ${err}
 * filled in (FU_EUSAGE) when an override names a header that is not there or
 * a target that nobody knows.  Free with fu_mapping_free() in both cases.
 */
int fu_mapping_make(struct fu_mapping *, const char *const *, size_t,
    const struct fu_pair *, size_t, struct fu_err *);
void fu_mapping_free(struct fu_mapping *);

/* Defaults of --set, made canonical once. */
struct fu_defaults {
	const char	*f[FU_FIELD_N];
	struct fu_attr	*attr;
	size_t		 nattr;
};

/*
 * fu_defaults_make(defaults, norm, pairs, n, arena, err):
 * A key that is no field is a custom attribute.  -1 with FU_EUSAGE when a
 * value is none of its field ("country=Select").  Lives in the arena.
 */
int fu_defaults_make(struct fu_defaults *, const struct fu_norm *,
    const struct fu_pair *, size_t, struct fu_arena *, struct fu_err *);

/* A value that was given and could not be taken; it is kept as an attribute
 * under its header ("country (set aside)" where that is a field's name). */
struct fu_aside {
	int		 field;		/* enum fu_field */
	const char	*header;
	const char	*value;
	const char	*reason;	/* "bad_country", "ambiguous_date" ... */
};

struct fu_taken {
	struct fu_person	 person;
	struct fu_aside		*aside;
	size_t			 naside;
	/* NULL, or why nobody can be made of it: "no_identity", "bad_email",
	 * "bad_phone", "bad_external_id"; or, whoever it is, must not be:
	 * "header_injection". */
	const char		*reject;
	const char		*detail;	/* `bad email "x@": no domain` */
};

/*
 * fu_person_of_row(mapping, norm, defaults, cells, n, arena, taken):
 * Make a person of a row of ${n} cells (n is mapping->n).  ${defaults} may be
 * NULL.  Everything in ${taken} lives in the arena; ask taken->reject.  The
 * mapping remembers its last values, so one mapping serves one thread.
 * An email or phone of a default counts as a value, not as an identity.
 */
void fu_person_of_row(struct fu_mapping *, const struct fu_norm *,
    const struct fu_defaults *, const struct fu_str *, size_t,
    struct fu_arena *, struct fu_taken *);

/*
 * fu_person_of_json(norm, defaults, object, arena, taken):
 * The same for a record.  Members are known by field name, else by the table
 * of headers; those of our own records that say nothing of the person (type,
 * prospect, action, into, event, ...) are left out; every other member is an
 * attribute with its spelling kept.  null is no value.
 */
void fu_person_of_json(const struct fu_norm *, const struct fu_defaults *,
    const struct fu_object *, struct fu_arena *, struct fu_taken *);

/*
 * fu_value_canon(norm, field, text, country, arena, value, reason, err):
 * One value of one field made canonical, as both of the above do it; for what
 * a form, a chat or a reply said.  ${country} helps phones and regions, may
 * be NULL.  Return 0, or -1 with ${reason} a short code and ${err} filled in.
 */
int fu_value_canon(const struct fu_norm *, enum fu_field, struct fu_str,
    const char *, struct fu_arena *, const char **, const char **,
    struct fu_err *);

/*
 * fu_nul_in_header(value, field):
 * A string that is no C string: with a NUL, where a mail's header goes?  It
 * has no text to be asked of the above, and is to be rejected all the same.
 */
bool fu_nul_in_header(const struct fu_json *, int);

#endif
