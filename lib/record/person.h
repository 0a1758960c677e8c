/*
 * A person's fields: one table that ingest, store, provenance, facts, list and
 * man page share.
 *
 * Values are canonical text (UTF-8, NUL-terminated, in an arena): numbers in
 * plain digits, booleans "1" or "0", times as RFC 3339 UTC, countries as ISO
 * 3166 alpha-2, phones as E.164.  What cannot be made canonical is no value.
 */
#ifndef FU_RECORD_PERSON_H
#define FU_RECORD_PERSON_H

#include "base/arena.h"
#include "base/err.h"
#include "record/json.h"

/*
 * The order is stored: a field's number is its bit in the provenance mask.
 * Append only; 63 at most.
 */
enum fu_field {
	FU_F_EMAIL, FU_F_PHONE, FU_F_EXTERNAL_SYSTEM, FU_F_EXTERNAL_ID,
	FU_F_VISITOR, FU_F_FIRST_NAME, FU_F_LAST_NAME, FU_F_TITLE, FU_F_COMPANY,
	FU_F_INDUSTRY, FU_F_COMPANY_SIZE, FU_F_COUNTRY, FU_F_REGION, FU_F_CITY,
	FU_F_TZ, FU_F_LANGUAGE, FU_F_BUDGET, FU_F_TIMELINE, FU_F_INTEREST,
	FU_F_SEGMENT, FU_F_OWNER, FU_F_SOURCE, FU_F_STAGE, FU_F_WEBSITE,
	FU_F_LINKEDIN, FU_F_BASIS, FU_F_SUBSCRIBER, FU_F_JOB_FIT,
	FU_F_COLLECTED, FU_F_COLLECTED_AT, FU_F_NOTICE_AT, FU_F_DNC,
	FU_F_DNC_CHECKED_AT, FU_F_REASSIGNED_CHECKED_AT, FU_F_SALE_AT,
	FU_F_OPTOUT_OFFERED, FU_F_PREFERS, FU_F_SCORE,
	FU_FIELD_N
};

enum fu_field_type {
	FU_FT_TEXT, FU_FT_INT, FU_FT_REAL, FU_FT_BOOL, FU_FT_TIME,
	FU_FT_EMAIL, FU_FT_PHONE, FU_FT_COUNTRY, FU_FT_REGION, FU_FT_ZONE,
	FU_FT_LANGUAGE, FU_FT_ENUM, FU_FT_LIST
};

struct fu_field_def {
	const char		*name;		/* the record's member, the column */
	enum fu_field_type	 type;
	const char		*const *words;	/* FU_FT_ENUM: NULL-terminated */
	const char		*doc;		/* one line, for the man page */
};

extern const struct fu_field_def fu_fields[FU_FIELD_N];

/* The field of that member name, or -1. */
int fu_field_find(const char *);

struct fu_attr {
	const char	*name;	/* as the operator wrote it, "Lead Source" */
	struct fu_str	 raw;	/* a JSON value, spelling kept */
};

/* What an opt-out is of: bits.  The numbers are stored. */
enum {
	FU_OUT_EMAIL = 1,
	FU_OUT_PHONE = 2,	/* of a number: all channels */
	FU_OUT_SMS = 4,
	FU_OUT_ALL = 8,
	FU_OUT_OBJECTED = 16,	/* to marketing, and so to profiling */
	FU_OUT_CALLS = 32	/* "Do Not Call": sms, whatsapp, voice; not mail */
};

/* More addresses than the one in the field: those of a cell, or of a merge. */
struct fu_person {
	const char	*f[FU_FIELD_N];		/* NULL: not given */
	struct fu_attr	*attr;			/* custom members */
	size_t		 nattr;
	const char	**more_emails;
	size_t		 nmore_emails;
	const char	**more_phones;
	size_t		 nmore_phones;
	struct fu_attr	*told;			/* for the output alone: the */
	size_t		 ntold;			/* columns that opt out */
	unsigned	 optout;		/* what such columns said */
	bool		 bounced;		/* of the address in the field */
};

/* The provenance mask of what is given: bit i is field i. */
uint64_t fu_person_mask(const struct fu_person *);

#endif
