/*
 * database_schema.h - the tables of a kiji database, and how a file is known to be one.
 */
#ifndef KIJI_WRITE_DATABASE_SCHEMA_H
#define KIJI_WRITE_DATABASE_SCHEMA_H

#include "kiji.h"
#include "write/sqlite.h"

#define KIJI_DATABASE_VERSION 1

/* A quote's or document's row is its document times this plus its place there: the same in every run. */
#define KIJI_ROWS_A_DOCUMENT ((int64_t)1 << 24)

/* Make all tables. Returns SQLite's status. */
int kiji_database_make(sqlite3 *db);

/*
 * Whether an open database is one of ours: KIJI_OK with *empty true where it holds nothing at all. Errors: KIJI_EIO
 * ("is not a kiji database", "was made by a newer kiji", SQLite's reason for a damaged one).
 */
kiji_status kiji_database_check(sqlite3 *db, const char *path, bool *empty, kiji_error *err);

/* An error value out of SQLite's last one: KIJI_EIO or KIJI_ENOMEM. */
kiji_status kiji_database_fail(sqlite3 *db, const char *path, kiji_error *err);

#endif
