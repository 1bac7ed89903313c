/* train_hints.h - how words are labelled in other text: public named-entity sets, and news that a first model labels.
 */
#ifndef KIJI_TOOLS_TRAIN_HINTS_H
#define KIJI_TOOLS_TRAIN_HINTS_H

#include "words/words.h"

/*
 * Fill `hints` (mask + 1 bytes, zeroed) from public sets (JSON Lines: text, entities with start, end, type). Returns 0,
 * or an exit status after a message.
 */
int hints_from_public(uint8_t *hints, uint32_t mask, const kiji_knowledge *knowledge, kiji_tokenizer *tokenizer,
                      const char *const *paths, size_t n_paths);

/*
 * The same from news (JSON Lines: id, title, text), labelled by the tagger of `knowledge`. Articles for which `skip`
 * is true are left out: their labels are known, and a hint must not carry them.
 */
int hints_from_news(uint8_t *hints, uint32_t mask, const kiji_knowledge *knowledge, kiji_tokenizer *tokenizer,
                    const char *path, bool (*skip)(void *context, const char *id), void *context);

#endif
