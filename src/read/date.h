/* date.h - the first full date of a text. */
#ifndef KIJI_READ_DATE_H
#define KIJI_READ_DATE_H

#include "kiji.h"

/*
 * Find the first full date (2024年7月28日, 令和6年7月28日, 2024/7/28, 2024-07-28) in the matching form; out becomes
 * "YYYY-MM-DD" or "". Impossible dates are passed over.
 */
void kiji_date_find(char out[11], kiji_str norm);

/* Whether `text` is a possible date "YYYY-MM-DD". */
bool kiji_date_valid(const char *text);

#endif
