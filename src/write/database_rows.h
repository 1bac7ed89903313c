/*
 * database_rows.h - what a parcel for the database is made of: rows, each a table's number and its fields in the order
 * of the letters in kiji_database_tables.
 */
#ifndef KIJI_WRITE_DATABASE_ROWS_H
#define KIJI_WRITE_DATABASE_ROWS_H

#include <stddef.h>

enum {
    KIJI_TABLE_END, /* behind the last row of a record */
    KIJI_TABLE_DOCUMENTS,
    KIJI_TABLE_ENTITIES,
    KIJI_TABLE_OFFICES,
    KIJI_TABLE_MENTIONS,
    KIJI_TABLE_QUOTES,
    KIJI_TABLE_KEYWORDS,
    KIJI_TABLES /* how many */
};

/* A score is packed as a number, in ten thousandths: the decimals that all formats show. */
#define KIJI_SCORE_UNITS 10000

/*
 * One letter a column: d the document's row, q the next quote's row (these two are in no parcel), n number, s score,
 * T text, t text or NULL for "", z number or NULL for KIJI_NO_ENTITY.
 */
typedef struct kiji_database_table {
    const char *insert;
    const char *columns;
} kiji_database_table;

extern const kiji_database_table kiji_database_tables[KIJI_TABLES];

#endif
