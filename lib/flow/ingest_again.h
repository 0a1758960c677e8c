/*
 * Rejects of ours that come back: what they hold, and how it is read.
 *
 * Must never take a reject for a record that only passes through.
 */
#ifndef FU_FLOW_INGEST_AGAIN_H
#define FU_FLOW_INGEST_AGAIN_H

#include "record/csv.h"
#include "record/fields.h"
#include "record/rec.h"

/* More different headers than this in one file of rejects are none of ours. */
#define FU_AGAIN_HEADERS_MAX	1000

/* Mappings by the text of their header row; rows borrow names from them, so
 * they last as long as the file. */
struct fu_again {
	struct fu_again_map {
		const char		*header;
		struct fu_mapping	 map;
	}			**map;
	size_t			 n, cap;
	struct fu_arena		 arena;
};

/* One reject; texts live in the record's arena. */
struct fu_again_reject {
	const char	*input;
	const char	*header;	/* NULL: the input is a record */
	char		 delimiter;
};

void fu_again_init(struct fu_again *);
void fu_again_free(struct fu_again *);

/*
 * fu_again_unpack(arena, text, reject):
 * Is ${text} a reject?  1 with ${reject} filled in; ${reject}->input is NULL
 * when it holds nothing that could be read.  0 when it is another thing.
 */
int fu_again_unpack(struct fu_arena *, struct fu_str,
    struct fu_again_reject *);

/*
 * fu_again_open(reject, name, text, err):
 * A reader of the rows in a reject with a header.  To be closed with
 * fu_csv_close(), then fu_text_close() of ${text}, then close() of ${fd};
 * NULL with ${err} filled in and nothing to be closed.
 *
 * fu_again_mapping(again, csv, over, nover, err):
 * What its columns mean; owned by ${again}.
 */
struct fu_csv *fu_again_open(const struct fu_again_reject *, const char *,
    int *, struct fu_text **, struct fu_err *);
struct fu_mapping *fu_again_mapping(struct fu_again *, struct fu_csv *,
    const struct fu_pair *, size_t, struct fu_err *);

#endif
