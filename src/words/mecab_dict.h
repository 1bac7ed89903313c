/*
 * mecab_dict.h - the files of a compiled MeCab dictionary, read in place: the trie of words, their entries, connection
 * costs, character classes.
 *
 * The layout is that of MeCab 0.996 (dictionary version 102; T. Kudo, https://taku910.github.io/mecab/). Every number
 * that is used as an index is checked at the use, since no checksum guards these files.
 */
#ifndef KIJI_WORDS_MECAB_DICT_H
#define KIJI_WORDS_MECAB_DICT_H

#include <string.h>

#include "base/image.h"

/* A node of the double-array trie (Darts): children of the node with base b stand at b + byte + 1, its value at b. */
typedef struct kiji_trie_cell {
    int32_t base;
    uint32_t check;
} kiji_trie_cell;

/* One reading of a word, as stored. */
typedef struct kiji_mecab_entry {
    uint16_t left, right; /* connection classes towards the word before and the word behind */
    uint16_t posid;       /* number of the part of speech: kiji_pos */
    int16_t cost;
    uint32_t feature; /* bytes into the feature strings */
    uint32_t compound;
} kiji_mecab_entry;

typedef struct kiji_mecab_words {
    kiji_image image;
    const kiji_trie_cell *cells;
    uint32_t n_cells;
    const kiji_mecab_entry *entries;
    uint32_t n_entries;
    const char *features; /* ends in NUL */
    uint32_t features_size;
    char charset[33];
} kiji_mecab_words;

/* A run of entries. */
typedef struct kiji_entry_run {
    uint32_t first, count;
} kiji_entry_run;

#define KIJI_CHAR_CLASSES 256 /* the class number of a character has eight bits */
#define KIJI_CHARACTERS   0xFFFFu

typedef struct kiji_mecab_dict {
    kiji_mecab_words known;   /* sys.dic */
    kiji_mecab_words unknown; /* unk.dic: entries by class of character */
    kiji_image matrix, characters;
    const int16_t *costs; /* n_right rows (left class of the word behind) of n_left columns (right class before) */
    uint32_t n_left, n_right;
    const char *classes; /* bit fields by code point, KIJI_CHARACTERS of them, unaligned */
    kiji_entry_run unknown_of[KIJI_CHAR_CLASSES];
} kiji_mecab_dict;

/*
 * Open the four files in `dir`. Owned by the caller, who ends it with kiji_mecab_dict_close, also after an error.
 * Errors: KIJI_EDICT, KIJI_EIO: a file is missing, of another version, or its sizes do not fit together.
 */
kiji_status kiji_mecab_dict_open(kiji_mecab_dict *dict, const char *dir, kiji_error *err);

/* Put what sentences are looked up in into huge pages: kiji_image_settle. */
void kiji_mecab_dict_settle(const kiji_mecab_dict *dict);

/* May be called twice, or on zeroed memory. */
void kiji_mecab_dict_close(kiji_mecab_dict *dict);

/* The entries of exactly this surface; none: count 0. */
kiji_entry_run kiji_mecab_words_find(const kiji_mecab_words *words, kiji_str surface);

/* What the trie's value stands for: a run of entries, checked. */
static inline kiji_entry_run kiji_mecab_words_run(const kiji_mecab_words *words, int32_t base)
{
    const uint32_t value = (uint32_t)(-(base + 1));
    const kiji_entry_run run = {value >> 8, value & 0xFFu};
    return run.first <= words->n_entries && run.count <= words->n_entries - run.first ? run : (kiji_entry_run){0, 0};
}

/* One byte down the trie from a state: the state behind it, negative where no word goes on so. */
static inline int32_t kiji_mecab_words_step(const kiji_mecab_words *words, int32_t state, unsigned char byte)
{
    const uint32_t at = (uint32_t)state + byte + 1;
    return at < words->n_cells && words->cells[at].check == (uint32_t)state ? words->cells[at].base : -1;
}

/* The value of the word that ends in a state, for kiji_mecab_words_run: negative; 0 where none ends. */
static inline int32_t kiji_mecab_words_value(const kiji_mecab_words *words, int32_t state)
{
    const kiji_trie_cell cell = words->cells[(uint32_t)state < words->n_cells ? state : 0];
    return cell.check == (uint32_t)state && cell.base < 0 ? cell.base : 0;
}

/* The state behind `text`, from the root; negative where no word begins so. */
static inline int32_t kiji_mecab_words_walk(const kiji_mecab_words *words, kiji_str text)
{
    int32_t state = words->cells[0].base;
    for (size_t i = 0; i < text.len && state >= 0; i++) {
        state = kiji_mecab_words_step(words, state, (unsigned char)text.ptr[i]);
    }
    return state;
}

/* The class of a character as MeCab stores it. */
typedef struct kiji_char_class {
    uint32_t kinds;  /* bits: the classes that the character may join */
    uint8_t own;     /* number of its own class */
    uint8_t longest; /* unknown words of 1 to so many characters */
    bool group;      /* runs of the kind become one unknown word */
    bool always;     /* unknown words even where the dictionary knows one */
} kiji_char_class;

static inline kiji_char_class kiji_mecab_char_class(const kiji_mecab_dict *dict, uint32_t code)
{
    uint32_t bits;
    /* MeCab's table ends one short of U+FFFF. */
    memcpy(&bits, dict->classes + (size_t)(code < KIJI_CHARACTERS ? code : 0) * sizeof bits, sizeof bits);
    return (kiji_char_class){bits & 0x3FFFFu, (uint8_t)(bits >> 18), (uint8_t)(bits >> 26 & 15u),
                             (bits >> 30 & 1u) != 0, bits >> 31 != 0};
}

#endif
