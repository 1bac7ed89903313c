/*
 * libmecab.h - MeCab's library, loaded late: kiji reads MeCab's dictionaries itself (mecab_dict.h, lattice.h), word for
 * word as MeCab does, and asks the library only which one it is. It and the C++ library cost half of a start. This file
 * alone sees mecab.h.
 */
#ifndef KIJI_WORDS_LIBMECAB_H
#define KIJI_WORDS_LIBMECAB_H

/*
 * Version of the installed library, "0.996"; "not installed" where there is none. Static memory. Call before the
 * sandbox, which lets no code in, and in one thread.
 */
const char *kiji_mecab_version(void);

#endif
