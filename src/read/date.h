/* date.h - the date of an article, read off its text. */
#ifndef KIJI_READ_DATE_H
#define KIJI_READ_DATE_H

#include "read/text.h"

/*
 * Find the date of an article in its matching form: the first full date (2024年7月28日, 令和6年7月28日, 2024/7/28,
 * 2024-07-28, 2024.7.28) of a line that says hardly more than a date, within the first 600 kanji (1800 bytes); else the
 * first one there; else the first date line behind them. A date further down in running text is history or a source,
 * and not taken. out becomes "YYYY-MM-DD" or "". Impossible dates are passed over. Scratch memory from `arena`.
 */
void kiji_date_find(char out[11], kiji_arena *arena, kiji_str norm);

/* Whether `text` is a possible date "YYYY-MM-DD". */
bool kiji_date_valid(const char *text);

#endif
