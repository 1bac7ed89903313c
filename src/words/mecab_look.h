/*
 * mecab_look.h - MeCab's own look at a dictionary: can it be loaded, in which charset is it, with which tags. This file
 * alone sees mecab.h.
 *
 * MeCab takes the numbers in these files as they are: damaged ones make it read where nothing is. So it looks in a
 * process of its own, which may read the dictionary and nothing else, and which may die.
 */
#ifndef KIJI_WORDS_MECAB_LOOK_H
#define KIJI_WORDS_MECAB_LOOK_H

#include "kiji.h"

/*
 * Whether MeCab takes the folder `dir` for IPADIC in UTF-8. Errors: KIJI_EDICT (what it is instead, or damaged),
 * KIJI_EIO (no process can be started), KIJI_ENOMEM.
 */
kiji_status kiji_mecab_look(const char *dir, kiji_error *err);

#endif
