/* user_dict.h - the built-in dictionary, and the users' own files: compiled in memory over it, or only checked. */
#ifndef KIJI_FIND_USER_DICT_H
#define KIJI_FIND_USER_DICT_H

#include "kiji.h"
#include "words/lexicon.h"

/* kiji_lexicon_map for kiji.dic of the folder `dir` (NULL: the installed one). Errors: KIJI_EDICT, KIJI_ENOMEM. */
kiji_status kiji_dictionary_open(kiji_lexicon **out, const char *dir, kiji_error *err);

/*
 * Compile the file at `path`; offices and countries of `base` are known to it. *out is the caller's
 * (kiji_lexicon_close). Errors: KIJI_EDICT (its faults are in err->text, as many as fit), KIJI_EIO, KIJI_ENOMEM.
 */
kiji_status kiji_user_dict_load(kiji_lexicon **out, const char *path, const kiji_lexicon *base, kiji_error *err);

#endif
