/*
 * The rules data as it lies in memory, for the rooms of the gate.  Nobody but
 * gate*.c, jurisdiction.c, optout_due.c and rulebook*.c includes this.
 *
 * Made once from texts, then only read.  Zones are opened when they are first
 * asked for: a run that sends mail in one country needs one of four hundred.
 */
#ifndef FU_POLICY_RULEBOOK_H
#define FU_POLICY_RULEBOOK_H

#include "policy/gate.h"

#define FU_ALIKE_MAX	16	/* candidate zones; the widest country has 11 */
#define FU_HOLIDAYS_MAX 64	/* bits of a set */
#define FU_CODE_MAX	8	/* "US-FL" */

/* A run of zone numbers in the book's flat array. */
struct fu_zone_run {
	uint32_t	 first, n;
};

/* A number's beginning: digits as an integer with a 1 before them. */
struct fu_prefix {
	uint64_t		 key;
	struct fu_zone_run	 zones;
	char			 country[3];
	char			 state[3][3];	/* "" where there is none */
};

struct fu_prefixes {
	struct fu_prefix	*row;
	size_t			 n, cap;
	bool			 sorted;
};

struct fu_hours {
	int16_t	 open_min, close_min;	/* equal: closed */
};

struct fu_state {
	char			 code[FU_CODE_MAX];
	struct fu_hours		 hours[7];	/* 0 is Monday */
	uint64_t		 holidays;	/* bit i: book->holiday[i] */
	int			 cap;		/* in 24 hours; 0 none */
	bool			 own;		/* adds to the federal rule */
	struct fu_zone_run	 zones;
};

struct fu_holiday {
	const char	*name;
	enum { FU_HOL_FIXED, FU_HOL_NTH, FU_HOL_EASTER } kind;
	int		 month, day;	/* day: of the month, or nth; -1 last */
	int		 weekday;
	int		 plus;		/* days after */
	bool		 observed, even;
};

struct fu_holiday_set {
	const char	*name;
	uint64_t	 mask;
};

enum fu_place {
	FU_P_US = 1, FU_P_CA = 2, FU_P_UK = 4, FU_P_EU = 8
};

enum fu_mail_rule {
	FU_MAIL_FREE, FU_MAIL_OPT_OUT_LEGAL, FU_MAIL_OPT_OUT_JOB,
	FU_MAIL_OPT_IN, FU_MAIL_BLOCKED
};

struct fu_country {
	char			 code[3];
	enum fu_place		 place;
	enum fu_mail_rule	 named, generic;
};

/* Every country that there is, with its zones. */
struct fu_country_zones {
	char			 code[3];
	struct fu_zone_run	 zones;
	struct fu_zone_run	 main;	/* where nearly all live; or zones */
};

struct fu_words {
	const char	**word;
	size_t		  n, cap;
};

struct fu_rulebook {
	struct fu_arena		  arena;
	const char		**zone_name;
	const struct fu_zone	**zone;		/* NULL until asked for */
	size_t			  nzone, zone_cap;
	uint16_t		 *zone_slot;	/* hash of names: number + 1 */
	uint16_t		 *run;
	size_t			  nrun, run_cap;
	struct fu_prefixes	  phone_zones, areas, calling;
	struct fu_state		 *state;
	size_t			  nstate, state_cap;
	struct fu_holiday	  holiday[FU_HOLIDAYS_MAX];
	size_t			  nholiday;
	struct fu_holiday_set	 *set;
	size_t			  nset, set_cap;
	struct fu_country	 *country;
	size_t			  ncountry, country_cap;
	struct fu_country_zones	 *all;
	size_t			  nall, all_cap;
	struct fu_words		  generic, role, wireless, unlawful;
	struct fu_words		  freemail, page;
	struct fu_words		  won, lost;	/* stages, squeezed */
	uint64_t		  hash;
	char			  newest[16];
	char			  version[40];
};

/* One line of a rules file, cut at its bars. */
#define FU_COLUMNS_MAX 10
struct fu_rules_reading;
struct fu_line {
	struct fu_rules_reading	*reading;
	int			 line;
	char			*text;	/* what it was cut from: NULs in it */
	char			*column[FU_COLUMNS_MAX];
	size_t			 n;
};

/*
 * fu_line_bad(line, at, fmt, ...): a fault at that byte of the line; -1.
 * fu_line_breaks(line, at, rule, fmt, ...): the same, and which rule of the
 * law the line would break.
 * fu_line_once(line, at, fmt, ...): the key of the line, which begins at that
 * byte: a fault when a line before it has it.
 * fu_line_note(line, fmt, ...): a key that many lines may have.
 */
int fu_line_bad(const struct fu_line *, const char *, const char *, ...)
    __attribute__((format(printf, 3, 4)));
int fu_line_breaks(const struct fu_line *, const char *, const char *,
    const char *, ...) __attribute__((format(printf, 4, 5)));
void fu_line_once(struct fu_line *, const char *, const char *, ...)
    __attribute__((format(printf, 3, 4)));
void fu_line_note(struct fu_line *, const char *, ...)
    __attribute__((format(printf, 2, 3)));

/* Readers of a line, one a kind of file; -1 with a fault.  What the gate goes
 * by is kept; of what other programs read, these look only at the keys. */
int fu_rulebook_state_line(struct fu_rulebook *, struct fu_line *);
int fu_rulebook_country_line(struct fu_rulebook *, struct fu_line *);
int fu_rulebook_country_zones_line(struct fu_rulebook *, struct fu_line *);
int fu_rulebook_phone_line(struct fu_rulebook *, struct fu_line *);
int fu_rulebook_area_line(struct fu_rulebook *, struct fu_line *);
int fu_rulebook_address_line(struct fu_rulebook *, struct fu_line *);
int fu_rulebook_employer_line(struct fu_rulebook *, struct fu_line *);
int fu_rulebook_stage_line(struct fu_rulebook *, struct fu_line *);
int fu_rulebook_penalty_line(struct fu_rulebook *, struct fu_line *);
int fu_rulebook_plan_line(struct fu_rulebook *, struct fu_line *);
int fu_rulebook_place_line(struct fu_rulebook *, struct fu_line *);
int fu_rulebook_signal_line(struct fu_rulebook *, struct fu_line *);
int fu_rulebook_mail_line(struct fu_rulebook *, struct fu_line *);

/* The zones that a column names, parted by blanks, as a run; -1 with a fault
 * for one that the system's tzdata does not have. */
int fu_rulebook_zones(struct fu_rulebook *, struct fu_line *, char *,
    struct fu_zone_run *);
void fu_prefix_add(struct fu_rulebook *, struct fu_prefixes *,
    const struct fu_prefix *);
/* Bring every table into the order that the finders below need. */
void fu_rulebook_sort(struct fu_rulebook *);

/* Finders: NULL if there is none. */
const struct fu_state *fu_rulebook_state(const struct fu_rulebook *,
    const char *);
const struct fu_country *fu_rulebook_country(const struct fu_rulebook *,
    const char *);
const struct fu_country_zones *fu_rulebook_all(const struct fu_rulebook *,
    const char *);
/* The longest prefix of ${digits}, at least ${min} and at most 8 long. */
const struct fu_prefix *fu_prefix_find(const struct fu_prefixes *,
    const char *, size_t);
bool fu_words_has(const struct fu_words *, struct fu_str);
/* NULL where the system's tzdata does not know it. */
const struct fu_zone *fu_rulebook_zone(const struct fu_rulebook *, uint32_t);

/* Is the day one of the holidays of that mask? */
bool fu_holiday_on(const struct fu_rulebook *, uint64_t, int32_t);
/* The mask of the set, or holiday, of that name; 0 where there is none. */
uint64_t fu_holiday_set(const struct fu_rulebook *, const char *);

#endif
