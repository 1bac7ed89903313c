/*
 * option_values.h - the arguments of options: words out of a fixed set, sizes, dates.
 */
#ifndef KIJI_CLI_OPTION_VALUES_H
#define KIJI_CLI_OPTION_VALUES_H

#include "kiji.h"

/* A number from 0 on. Errors: KIJI_EUSAGE. */
kiji_status kiji_value_number(size_t *out, const char *value, kiji_error *err);

/* Bytes: a number from 1 on with K, M or G (1024) behind it. Errors: KIJI_EUSAGE. */
kiji_status kiji_value_size(size_t *out, const char *value, kiji_error *err);

/* Seconds, with up to three decimals, more than 0 -> milliseconds. Errors: KIJI_EUSAGE. */
kiji_status kiji_value_seconds(size_t *out, const char *value, kiji_error *err);

/* Whether this is a YYYY-MM-DD of the calendar, from 1868 to 2199 (read/date.h). */
bool kiji_value_is_date(const char *value);

/* Add the bits of each word of a list "a,b" to *bits; `word` gives name and bit of word i, NULL at the end. */
typedef const char *kiji_value_word(size_t i, unsigned *bit);
kiji_status kiji_value_words(unsigned *bits, const char *value, kiji_value_word *word, kiji_error *err);

#endif
