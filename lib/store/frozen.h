/*
 * A database on a disk that has become read-only.
 */
#ifndef FU_STORE_FROZEN_H
#define FU_STORE_FROZEN_H

#include <stdbool.h>

/*
 * fu_db_uri(path, reads):
 * The URI by which SQLite opens ${path}, to be freed.  One who only ${reads}
 * needs no log, index or lock beside it if the disk takes no writes and no log
 * lies there that holds something: then the URI says so.
 */
char *fu_db_uri(const char *, bool);

#endif
