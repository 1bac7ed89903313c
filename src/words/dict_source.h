/*
 * dict_source.h - dictionary sources (TSV) -> checked rows; all faults of a file are found, not only the first.
 */
#ifndef KIJI_WORDS_DICT_SOURCE_H
#define KIJI_WORDS_DICT_SOURCE_H

#include "base/buf.h"
#include "base/mem.h"
#include "words/dict.h"

#define KIJI_DICT_COLUMNS 9

typedef enum kiji_dict_table_id {
    KIJI_TABLE_COUNTRIES,
    KIJI_TABLE_PLACES,
    KIJI_TABLE_ORGANIZATIONS,
    KIJI_TABLE_SUFFIXES,
    KIJI_TABLE_OFFICES,
    KIJI_TABLE_MINISTERS,
    KIJI_TABLE_WEAPONS,
    KIJI_TABLE_WEAPON_CLASSES,
    KIJI_TABLE_SPEECH,
    KIJI_TABLE_HONORIFICS,
    KIJI_TABLE_SPEAKERS,
    KIJI_TABLES
} kiji_dict_table_id;

typedef struct kiji_dict_row {
    uint8_t table;                     /* kiji_dict_table_id */
    uint32_t line;                     /* from 1 */
    kiji_str file;                     /* base name */
    kiji_str cells[KIJI_DICT_COLUMNS]; /* "-" is empty */
} kiji_dict_row;

typedef struct kiji_dict_rows {
    kiji_dict_row *items;
    size_t count, capacity;
} kiji_dict_rows;

/*
 * Parse one source; the header line says which table it is. Rows are appended to `rows` (memory from `arena`); every
 * fault is a line "FILE:LINE: COLUMN: reason" in `faults`. Returns how many faults there are.
 */
size_t kiji_dict_parse(kiji_dict_rows *rows, kiji_buf *faults, kiji_arena *arena, const char *name, kiji_str bytes);

/* The header's word for a column of a table (kiji_dict_table_id). */
const char *kiji_dict_column(uint8_t table, size_t column);

/* Value of a cell that names one of a family ("cabinet" -> KIJI_RANK_CABINET), or -1. */
int kiji_dict_rank(kiji_str word);
int kiji_dict_use(kiji_str word);
int kiji_dict_honorific(kiji_str word);
int kiji_dict_act(kiji_str word);
/* "と|こと" -> bits, or -1. */
int kiji_dict_marks(kiji_str list);
/* "2024-07-28" or "2024-07" -> yyyymmdd (`last`: the month's last day); 0 when it is no date. */
uint32_t kiji_dict_date(kiji_str text, bool last);
/* The next part of a |-separated list: false at its end. *rest is advanced. */
bool kiji_dict_next(kiji_str *rest, kiji_str *part);

#endif
