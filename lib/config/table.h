/*
 * From a tree of nodes to members of structs, by tables.
 *
 * A table is the one place that knows a key: the loader, fu-lint's list and
 * the manual read the same row.  Every fault is added and reading goes on.
 */
#ifndef FU_CONFIG_TABLE_H
#define FU_CONFIG_TABLE_H

#include "config/config.h"
#include "config/yaml.h"

/* What a key holds, and the type of the member at its offset. */
enum fu_key_type {
	FU_KT_TEXT,		/* const char * */
	FU_KT_LINE,		/* const char *, without line breaks */
	FU_KT_PATH,		/* const char *, against the file's directory */
	FU_KT_URL,		/* const char *, http or https */
	FU_KT_EMAIL,		/* const char *, an address */
	FU_KT_COUNTRY,		/* const char *, two capitals, of ISO 3166 */
	FU_KT_ZONE,		/* const char *, an IANA name */
	FU_KT_NAME,		/* const char *, one of words */
	FU_KT_INT,		/* int, min..max */
	FU_KT_PERCENT,		/* int, "10%" */
	FU_KT_BOOL,		/* bool */
	FU_KT_EITHER,		/* bool, words[0] false, words[1] true */
	FU_KT_WORD,		/* enum, the index in words */
	FU_KT_DURATION,		/* int64_t us */
	FU_KT_DAYS_LONG,	/* int64_t us, whole days only */
	FU_KT_NDAYS,		/* int, whole days, written 60d */
	FU_KT_DATE,		/* struct fu_date */
	FU_KT_WEEKDAYS,		/* uint8_t, bit 0 is Monday */
	FU_KT_HOURS,		/* int[2], minutes, [1] exclusive */
	FU_KT_LIST,		/* struct fu_list; a text is a list of one */
	FU_KT_SPANS,		/* struct fu_span *, and its count */
	FU_KT_CONDITION,	/* struct fu_condition */
	FU_KT_SECRET,		/* struct fu_secret */
	FU_KT_MAP,		/* the struct that the table describes */
	FU_KT_MAPS,		/* array, and its count: a list of maps */
	FU_KT_NAMED,		/* the same: a map, each under its name */
	FU_KT_READ		/* what read() makes of it */
};

struct fu_table;
struct fu_read;

struct fu_keydef {
	const char		 *name;
	enum fu_key_type	  type;
	size_t			  offset;	/* in the table's struct */
	size_t			  count;	/* of a size_t, for arrays */
	bool			  required;
	int64_t			  min, max;	/* INT */
	const char		*const *words;	/* NAME, EITHER, WORD, LIST */
	const struct fu_table	 *table;	/* of the keys below */
	void			(*read)(struct fu_read *,
				    const struct fu_node *, void *);
	const char		 *doc;
};

struct fu_table {
	const char		*what;		/* "a sender", for messages */
	const struct fu_keydef	*key;
	size_t			 n;
	size_t			 size;		/* of a struct, for arrays */
	size_t			 name;		/* NAMED: where its name goes */
	size_t			 where;		/* where its place goes … */
	bool			 has_where;	/* … if it has one */
	bool			 lenient;	/* unknown key: warn */
	void			(*init)(void *);	/* defaults */
	void			(*check)(struct fu_read *,
				    const struct fu_node *, void *);
};

/* What a reading shares. */
struct fu_read {
	struct fu_arena		*arena;	/* of what is read */
	struct fu_faults	*faults;
	const char		*dir;	/* paths are against it */
	void			*ctx;	/* of the file's own readers */
};

/*
 * fu_table_read(read, table, node, base):
 * Read the map ${node} into the struct at ${base}: unknown keys, wrong kinds,
 * values out of range and required keys that are missing are faults.  A key
 * with a fault leaves its member as it was.
 */
void fu_table_read(struct fu_read *, const struct fu_table *,
    const struct fu_node *, void *);

/* Read one key's value, for readers that take several shapes. */
void fu_key_read(struct fu_read *, const struct fu_keydef *,
    const struct fu_node *, void *);

/*
 * fu_word_find(words, text): the index in a list that ends in NULL, or -1.
 * fu_word_fault(read, node, words, what): ${what} cannot be "x"; which there
 * are, or which is nearest.
 */
int fu_word_find(const char *const *, const char *);
void fu_word_fault(struct fu_read *, const struct fu_node *,
    const char *const *, const char *);

/* The text of a node that must be one; else a fault, and NULL. */
const char *fu_node_text(struct fu_read *, const struct fu_node *);

/* Joined with the directory, unless it is absolute. */
const char *fu_path_join(struct fu_arena *, const char *, const char *);

/* Add a text to a list, which has room for ${*cap}. */
void fu_list_add(struct fu_arena *, struct fu_list *, size_t *, const char *);

/* Add one row of a table, and all below it, to a listing of keys. */
void fu_table_list(const struct fu_table *, const char *, const char *,
    void (*)(void *, const struct fu_key_doc *), void *);

#endif
