/* dict_check.h - faults between rows of the dictionary sources that no single row shows. */
#ifndef KIJI_WORDS_DICT_CHECK_H
#define KIJI_WORDS_DICT_CHECK_H

#include "words/dict_source.h"
#include "words/lexicon.h"

/*
 * Check rows sorted by table and, for people, by key: one name twice in a table, a country that no row of countries
 * defines, two overlapping terms of one single-seat office (by more than the day of handing over). Appends a line a
 * fault; returns their number. `base` may define countries (and is NULL for the whole dictionary).
 */
size_t kiji_dict_check(const kiji_dict_row *rows, size_t count, kiji_buf *faults, const kiji_lexicon *base);

#endif
