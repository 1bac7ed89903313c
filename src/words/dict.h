/*
 * dict.h - what a compiled dictionary holds: classes, entries, terms, and the layout of the file (kiji.dic).
 *
 * File, little-endian: kiji_dict_header, then the sections it names, each aligned to 8 bytes. Strings are a 32-bit
 * length, the bytes, and a NUL; an offset of 0 is the empty string. See dict/README.md for the sources.
 */
#ifndef KIJI_WORDS_DICT_H
#define KIJI_WORDS_DICT_H

#include <stdint.h>

#define KIJI_DICT_MAGIC   "KIJIDIC"
#define KIJI_DICT_VERSION 4u

typedef enum kiji_dict_class {
    KIJI_DICT_COUNTRY,
    KIJI_DICT_PLACE,
    KIJI_DICT_ORGANIZATION,
    KIJI_DICT_SUFFIX,
    KIJI_DICT_OFFICE,
    KIJI_DICT_PERSON,
    KIJI_DICT_WEAPON,
    KIJI_DICT_WEAPON_CLASS,
    KIJI_DICT_SPEECH,
    KIJI_DICT_HONORIFIC,
    KIJI_DICT_SPEAKER,
    KIJI_DICT_CLASSES
} kiji_dict_class;

/* How a form stands to its entry. */
typedef enum kiji_dict_role {
    KIJI_ROLE_NAME,
    KIJI_ROLE_FORM,  /* another written form, alias, transliteration */
    KIJI_ROLE_SHORT, /* a person's surname or short name */
    KIJI_ROLE_KANJI  /* one-character short form of a country, in compounds only */
} kiji_dict_role;

/* Families of values in the TSV sources, numbered in the order of their tables in dict_words.c. */
typedef enum kiji_rank {
    KIJI_RANK_HEAD_OF_STATE,
    KIJI_RANK_HEAD_OF_GOVERNMENT,
    KIJI_RANK_CABINET,
    KIJI_RANK_DEPUTY,
    KIJI_RANK_PARTY,
    KIJI_RANK_PARLIAMENT,
    KIJI_RANK_MILITARY,
    KIJI_RANK_AGENCY,
    KIJI_RANK_INTERNATIONAL,
    KIJI_RANK_DIPLOMAT,
    KIJI_RANK_LOCAL,
    KIJI_RANK_BUSINESS,
    KIJI_RANK_ACADEMIC,
    KIJI_RANK_SPOKESMAN,
    KIJI_RANK_OTHER
} kiji_rank;

typedef enum kiji_weapon_use { KIJI_USE_ALONE, KIJI_USE_HEAD, KIJI_USE_MODIFIER } kiji_weapon_use;
typedef enum kiji_honorific { KIJI_HONORIFIC, KIJI_HONORIFIC_STATUS, KIJI_HONORIFIC_ROLE } kiji_honorific;
typedef enum kiji_suffix_type { KIJI_SUFFIX_OF_PLACE, KIJI_SUFFIX_OF_ORGANIZATION } kiji_suffix_type;
typedef enum kiji_act {
    KIJI_ACT_SAY,
    KIJI_ACT_ASK,
    KIJI_ACT_DENY,
    KIJI_ACT_ANNOUNCE,
    KIJI_ACT_WRITE,
    KIJI_ACT_THINK,
    KIJI_ACT_REPORT,
    KIJI_ACT_REQUEST
} kiji_act;
enum {
    KIJI_MARK_TO = 1,
    KIJI_MARK_KOTO = 2,
    KIJI_MARK_YOU = 4,
    KIJI_MARK_KA = 8,
    KIJI_MARK_WO = 16,
    KIJI_MARK_NI = 32
};

enum {
    KIJI_DICT_NEEDS_CONTEXT = 1, /* a common word too: counts only beside support */
    KIJI_DICT_SINGLE_SEAT = 2    /* offices: one holder at a time in a country */
};

typedef struct kiji_dict_entry {
    uint8_t class_;  /* kiji_dict_class */
    uint8_t flags;   /* KIJI_DICT_NEEDS_CONTEXT … */
    uint8_t value;   /* rank, use, act, honorific kind, suffix type: by class */
    uint8_t marks;   /* speech: KIJI_MARK_… bits */
    char country[2]; /* "\0\0" none, "*\0" any */
    uint16_t n_terms;
    uint32_t name;  /* string: the canonical name or title */
    uint32_t key;   /* string: "person/…" */
    uint32_t kind;  /* string: kind of place, organization, weapon; a person's reading */
    uint32_t terms; /* index of a person's first term */
    uint32_t where; /* string: "places.tsv:12", for --explain */
} kiji_dict_entry;

typedef struct kiji_dict_term {
    uint32_t office; /* index of an entry */
    uint32_t first;  /* yyyymmdd */
    uint32_t last;   /* yyyymmdd, or KIJI_STILL */
    char country[4]; /* NUL-terminated code or "" */
} kiji_dict_term;

#define KIJI_STILL 99999999u

/*
 * A trie unit. A step is a unit of UTF-16: the children of node s are at base(s) ^ unit and have check == s. A form
 * that ends here has its items at base(s) itself where nothing follows (a leaf), else at the base of child 0.
 */
typedef struct kiji_dict_unit {
    uint32_t base; /* and the two bits below */
    uint32_t check;
    uint64_t next; /* kiji_dict_bit of all units that go on from here: most of a text is seen not to by this alone */
} kiji_dict_unit;

static inline uint64_t kiji_dict_bit(uint32_t unit)
{
    return 1ull << ((unit ^ unit >> 6) & 63u);
}

#define KIJI_DICT_HAS_VALUE 0x80000000u
#define KIJI_DICT_LEAF      0x40000000u
#define KIJI_DICT_BASE      0x3FFFFFFFu

/* A form's entries: consecutive items, the last one marked. An item: number of the entry, role, mark. */
typedef uint32_t kiji_dict_item;

#define KIJI_DICT_LAST 0x80000000u

static inline kiji_dict_item kiji_dict_item_of(uint32_t entry, uint32_t role)
{
    return entry | role << 29;
}

static inline uint32_t kiji_dict_item_entry(kiji_dict_item item)
{
    return item & 0x1FFFFFFFu;
}

static inline uint8_t kiji_dict_item_role(kiji_dict_item item)
{
    return (uint8_t)(item >> 29 & 3u);
}

/*
 * A Bloom filter of one hash (B. H. Bloom, Space/time trade-offs in hash coding with allowable errors, CACM 13, 1970):
 * kiji_hash of what a speech form ends with, from each of its characters but the first.
 */
#define KIJI_DICT_ENDING_BITS ((uint32_t)1 << 15)

static inline uint32_t kiji_dict_ending(uint32_t hash)
{
    return hash * 0x9E3779B1u >> 17;
}

enum {
    KIJI_DICT_TRIE,
    KIJI_DICT_ITEMS,
    KIJI_DICT_ENTRIES,
    KIJI_DICT_TERMS,
    KIJI_DICT_ENDINGS,
    KIJI_DICT_STRINGS,
    KIJI_DICT_SECTIONS
};

typedef struct kiji_dict_header {
    char magic[8];
    uint32_t version;
    uint32_t byte_order; /* 0x01020304 */
    uint64_t nbytes;     /* of the whole file */
    uint64_t checksum;   /* kiji_checksum of all that follows the header */
    struct {
        uint64_t offset; /* bytes from the begin of the file */
        uint64_t nbytes;
    } sections[KIJI_DICT_SECTIONS];
} kiji_dict_header;

#endif
