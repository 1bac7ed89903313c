/* train_terms.h - how many news articles each term and word stands in: the table `frequencies`. */
#ifndef KIJI_TOOLS_TRAIN_TERMS_H
#define KIJI_TOOLS_TRAIN_TERMS_H

#include "find/terms.h"

/*
 * Fill `table` (1 << KIJI_FREQUENCY_BITS values, zeroed) from news (JSON Lines: title, text), as the tagger of
 * `knowledge` sees names. Every sixth article (number % 6 == 5) is left out: tests/compare/keywords.py measures on
 * those. Returns 0, or an exit status after a message.
 */
int terms_from_news(int8_t *table, const kiji_knowledge *knowledge, kiji_tokenizer *tokenizer, const char *path);

#endif
