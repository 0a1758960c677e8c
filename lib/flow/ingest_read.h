/*
 * Files of people and events into the window, and records out of it.
 *
 * A window is run when it is full or when the input pauses; what came of it
 * is written after its commits, in the order of the input.
 */
#ifndef FU_FLOW_INGEST_READ_H
#define FU_FLOW_INGEST_READ_H

#include "flow/ingest.h"
#include "record/progress.h"
#include "record/text.h"

enum fu_format { FU_FMT_AUTO, FU_FMT_TABLE, FU_FMT_NDJSON };

struct fu_ingest_reading {
	enum fu_format		 format;
	char			 delimiter;	/* 0: found out */
	const struct fu_pair	*map;		/* -m */
	size_t			 nmap;
	struct fu_defaults	 defaults;	/* --set */
	struct fu_progress	*progress;
};

/*
 * fu_ingest_read(ingest, reading, fd, name, err):
 * All of ${fd}, which stays the caller's.  0, or -1: what was committed
 * before stays.
 */
int fu_ingest_read(struct fu_ingest *, const struct fu_ingest_reading *, int,
    const char *, struct fu_err *);

#endif
