/*
 * lexicon.h - the compiled dictionary (kiji.dic): checked, mapped, shared; and its matches in a text.
 *
 * Matching is by one double-array trie (Aoe 1989) over folded bytes: small letters, without hyphens, blanks, ・ and ＝
 * inside a name, 々 as the character before it; a match is evidence for later stages, never a verdict.
 */
#ifndef KIJI_WORDS_LEXICON_H
#define KIJI_WORDS_LEXICON_H

#include "base/mem.h"
#include "kiji.h"
#include "words/dict.h"
#include "words/tokenize.h"

typedef struct kiji_lexicon kiji_lexicon;

/*
 * Map a compiled dictionary file; checks magic, version, size and checksum and every offset in it.
 * Errors: KIJI_EDICT (damaged, other version), KIJI_EIO (cannot be read), KIJI_ENOMEM.
 */
kiji_status kiji_lexicon_open(kiji_lexicon **out, const char *path, kiji_error *err);
/* In two steps: megabytes are read in the second, without which nothing may be looked up. Errors: the same. */
kiji_status kiji_lexicon_map(kiji_lexicon **out, const char *path, kiji_error *err);
kiji_status kiji_lexicon_check(const kiji_lexicon *lexicon, kiji_error *err);
/* The same over an image in memory, which the lexicon takes (kiji_free) also on failure. */
kiji_status kiji_lexicon_adopt(kiji_lexicon **out, void *image, size_t nbytes, const char *name, kiji_error *err);
/* Put it into huge pages: kiji_image_settle. */
void kiji_lexicon_settle(const kiji_lexicon *lexicon);
void kiji_lexicon_close(kiji_lexicon *lexicon);

/* What stands in the dictionary under a folded form: entry by entry. */
typedef struct kiji_hit {
    uint32_t begin, end;  /* bytes of the matching form */
    uint32_t first, last; /* tokens [first, last) that the match touches */
    const kiji_dict_entry *entry;
    const kiji_lexicon *lexicon; /* whose entry it is: for strings and terms */
    uint8_t role;                /* kiji_dict_role */
    bool aligned;                /* begins and ends with a token */
} kiji_hit;

typedef struct kiji_hits {
    kiji_hit *items;
    size_t count, capacity; /* by begin, then longest first */
} kiji_hits;

/* All matches of `lexicon` that begin with a token (names glued to other nouns are split before: split.h), appended to
 * `out` in the order of the text. Memory from `arena`. */
void kiji_lexicon_match(kiji_hits *out, kiji_arena *arena, const kiji_lexicon *lexicon, const char *norm,
                        const kiji_tokens *tokens);

typedef bool (*kiji_lexicon_each)(void *context, const kiji_dict_entry *entry, kiji_dict_role role);

/* Entries of one form as a whole. `form` is in the matching form; calls `each` for every entry, until it returns false.
 */
void kiji_lexicon_lookup(const kiji_lexicon *lexicon, kiji_str form, kiji_lexicon_each each, void *context);

/* The same for a form that begins with `word` and goes on. */
void kiji_lexicon_lookup_behind(const kiji_lexicon *lexicon, kiji_word *word, kiji_str form, kiji_lexicon_each each,
                                void *context);

/* False where no form of the lexicon begins with `word` and goes on with `text` (in the matching form, not empty): most
 * of a text is seen not to without the trie. Else the next step is on its way into the cache. */
bool kiji_lexicon_goes_on(const kiji_lexicon *lexicon, kiji_word *word, const char *text);

/*
 * What a verb, or a verbal noun with する, says: the speech entry under its base form, or NULL; and false where no
 * longer speech form ends with it. Other words say nothing.
 */
const kiji_dict_entry *kiji_lexicon_speech(const kiji_lexicon *lexicon, kiji_word *verb);
bool kiji_lexicon_speech_ends(const kiji_lexicon *lexicon, kiji_word *verb);

/* The string at an offset of the string section, borrowed. */
kiji_str kiji_lexicon_string(const kiji_lexicon *lexicon, uint32_t offset);
/* A person's terms of office, borrowed; *count says how many. */
const kiji_dict_term *kiji_lexicon_terms(const kiji_lexicon *lexicon, const kiji_dict_entry *person, size_t *count);
/* Entry by number (kiji_dict_term.office). */
const kiji_dict_entry *kiji_lexicon_entry(const kiji_lexicon *lexicon, uint32_t index);
size_t kiji_lexicon_entries(const kiji_lexicon *lexicon);
/* Checksum of the file, for --version and --resume. */
uint64_t kiji_lexicon_checksum(const kiji_lexicon *lexicon);

#endif
