/* spelling.h - what the spellings of one foreign name in katakana have in common. */
#ifndef KIJI_WORDS_SPELLING_H
#define KIJI_WORDS_SPELLING_H

#include <stddef.h>

#include "kiji.h"

#define KIJI_SPELLING_BYTES 256

/*
 * The name without what newspapers differ in: シャフリー・シャムスディン and シャフリ・シャムスディン, ヴォロディミル
 * and ボロディミル, ユリヤ and ユリア, アンドリュー and アンドルー. `name` is in the matching form. Bytes go to `out`,
 * behind a mark that no text has, so that they are a form of the dictionary of their own; returns their number, or 0
 * for what is no full name in katakana (two parts or more).
 */
size_t kiji_spelling(char out[KIJI_SPELLING_BYTES], kiji_str name);

#endif
