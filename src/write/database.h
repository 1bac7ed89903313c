/*
 * database.h - records in one SQLite file. Workers pack each record into a parcel; parcels are stored in the order of
 * the inputs. docs/formats.md lists tables and columns (src/write/database_schema.c).
 *
 * Row numbers follow from the order of the documents alone, so that a run that was killed and went on ends with the
 * same rows as one that was not.
 */
#ifndef KIJI_WRITE_DATABASE_H
#define KIJI_WRITE_DATABASE_H

#include "base/buf.h"
#include "write/origin.h"
#include "write/write.h"

typedef struct kiji_database kiji_database;

/* Append a record as a parcel, what `view` shows of it. Any number of threads. Errors: KIJI_ENOMEM. */
kiji_status kiji_database_pack(kiji_buf *out, const kiji_view *view, const kiji_doc *doc, kiji_error *err);

/*
 * Whether an existing file may be replaced or gone on with: a kiji database, or empty. Errors: KIJI_EIO (anything
 * else), KIJI_ENOMEM.
 */
kiji_status kiji_database_probe(const char *path, kiji_error *err);

/*
 * Open `path` to write; made with its tables where it is absent or empty. `settings` (copied) is a text that is equal
 * for two runs only if they make equal records of equal input. Errors: KIJI_EIO (also: in use, damaged, not a kiji
 * database), KIJI_ENOMEM.
 */
kiji_status kiji_database_open(kiji_database **out, const char *path, const char *settings, kiji_error *err);

/*
 * Whether an origin is stored, from the same bytes under the same settings, without lost bytes; then *found says
 * whether its record held something. Any number of threads. A database that fails answers no.
 */
bool kiji_database_has(kiji_database *database, const kiji_origin *origin, bool *found);

/*
 * Store a parcel, in the place of an earlier one from the same file and line. One thread at a time. What is stored
 * becomes lasting with every few articles. Errors: KIJI_EIO, KIJI_ENOMEM, KIJI_ELIMIT.
 */
kiji_status kiji_database_take(kiji_database *database, const kiji_origin *origin, kiji_str parcel, kiji_error *err);

/* Make all lasting, close and free, also where that fails. NULL is allowed. Errors: KIJI_EIO. */
kiji_status kiji_database_close(kiji_database *database, kiji_error *err);

#endif
