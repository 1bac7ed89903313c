/* ipadic.h - is a dictionary in MeCab's format the one that kiji knows the tags of? */
#ifndef KIJI_WORDS_IPADIC_H
#define KIJI_WORDS_IPADIC_H

#include "words/mecab_dict.h"

/*
 * Whether `dict`, opened from the folder `dir` (for messages), is IPADIC in UTF-8. A few words are looked up; the rest
 * is taken on trust and checked at the use (mecab_dict.h). Errors: KIJI_EDICT (what it is instead, or damaged).
 */
kiji_status kiji_ipadic_check(const kiji_mecab_dict *dict, const char *dir, kiji_error *err);

#endif
