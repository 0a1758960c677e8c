/*
 * The numbered schema files as texts, in order, NULL last.  File N brings a
 * database from version N-1 to N.
 */
#ifndef FU_STORE_SCHEMA_H
#define FU_STORE_SCHEMA_H

extern const char *const fu_schema_sql[];

#endif
