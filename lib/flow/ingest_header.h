/*
 * A first line by which nobody can be told apart: what it may be instead.
 */
#ifndef FU_FLOW_INGEST_HEADER_H
#define FU_FLOW_INGEST_HEADER_H

#include "base/arena.h"

/*
 * fu_ingest_header_data(header, n, arena): does none of the ${n} cells name a
 * column, but one an address?  Then the file has no header line.
 *
 * fu_ingest_header_meant(header, n, arena): for -m, the column that a slip of
 * the finger kept from being known ("emial=email"), else "HEADER=email".
 */
bool fu_ingest_header_data(const char *const *, size_t, struct fu_arena *);
const char *fu_ingest_header_meant(const char *const *, size_t,
    struct fu_arena *);

#endif
