/*
 * tokenize.h - sentences of the matching form -> morphemes. MeCab checks its dictionary (mecab_look.h), lattice.c
 * finds the words. Its edges are hidden: pieces of at most 4 KiB cut at safe points, no blanks at their ends, a
 * coverage check.
 */
#ifndef KIJI_WORDS_TOKENIZE_H
#define KIJI_WORDS_TOKENIZE_H

#include "base/mem.h"
#include "kiji.h"
#include "read/article.h"

/* Parts of speech of IPADIC: the numbers are those of its pos-id.def. */
typedef enum kiji_pos {
    KIJI_POS_OTHER = 0,
    KIJI_POS_FILLER = 1,
    KIJI_POS_INTERJECTION = 2,
    KIJI_POS_SYMBOL_LETTER = 3,
    KIJI_POS_SYMBOL = 4,
    KIJI_POS_OPEN = 5,
    KIJI_POS_CLOSE = 6,
    KIJI_POS_PERIOD = 7,
    KIJI_POS_BLANK = 8,
    KIJI_POS_COMMA = 9,
    KIJI_POS_ADJECTIVE = 10, /* 10-12 */
    KIJI_POS_CASE = 13,      /* 助詞,格助詞,一般 */
    KIJI_POS_QUOTE_TO = 14,  /* 助詞,格助詞,引用 */
    KIJI_POS_CASE_PHRASE = 15,
    KIJI_POS_TOPIC = 16, /* 助詞,係助詞 */
    KIJI_POS_CONNECTIVE = 18,
    KIJI_POS_ADVERBIAL = 21,
    KIJI_POS_PARALLEL = 23,
    KIJI_POS_ADNOMINAL_NO = 24, /* 助詞,連体化 */
    KIJI_POS_AUXILIARY = 25,
    KIJI_POS_CONJUNCTION = 26,
    KIJI_POS_PREFIX_ADJECTIVE = 27,
    KIJI_POS_PREFIX_NUMBER = 28,
    KIJI_POS_PREFIX_VERB = 29,
    KIJI_POS_PREFIX_NOUN = 30,
    KIJI_POS_VERB = 31,
    KIJI_POS_VERB_SUFFIX = 32,
    KIJI_POS_VERB_BOUND = 33,
    KIJI_POS_ADVERB = 34,
    KIJI_POS_ADVERB_PARTICLE = 35,
    KIJI_POS_NOUN_VERBAL = 36, /* サ変接続 */
    KIJI_POS_NOUN_NAI = 37,
    KIJI_POS_NOUN = 38,
    KIJI_POS_NOUN_QUOTE = 39,
    KIJI_POS_NOUN_ADJECTIVAL = 40,
    KIJI_POS_PROPER = 41,
    KIJI_POS_PERSON = 42,
    KIJI_POS_SURNAME = 43,
    KIJI_POS_GIVEN_NAME = 44,
    KIJI_POS_ORGANIZATION = 45,
    KIJI_POS_PLACE = 46,
    KIJI_POS_COUNTRY = 47,
    KIJI_POS_NUMBER = 48,
    KIJI_POS_NOUN_CONJUNCTION = 49,
    KIJI_POS_SUFFIX_VERBAL = 50,
    KIJI_POS_SUFFIX = 51,
    KIJI_POS_SUFFIX_ADJECTIVAL = 52,
    KIJI_POS_SUFFIX_COUNTER = 53,
    KIJI_POS_SUFFIX_AUXILIARY = 54,
    KIJI_POS_SUFFIX_PERSON = 55,
    KIJI_POS_SUFFIX_PLACE = 56,
    KIJI_POS_SUFFIX_SPECIAL = 57,
    KIJI_POS_SUFFIX_ADVERBIAL = 58,
    KIJI_POS_PRONOUN = 59,
    KIJI_POS_PRONOUN_SHORT = 60,
    KIJI_POS_NOUN_BOUND_VERBAL = 61,
    KIJI_POS_NOUN_SPECIAL = 62,
    KIJI_POS_NOUN_BOUND = 63, /* 63-66 */
    KIJI_POS_NOUN_ADVERBIAL = 67,
    KIJI_POS_ADNOMINAL = 68,
    KIJI_POS_COUNT = 69
} kiji_pos;

static inline bool kiji_pos_is_noun(kiji_pos pos)
{
    return pos >= KIJI_POS_NOUN_VERBAL && pos <= KIJI_POS_NOUN_ADVERBIAL;
}

static inline bool kiji_pos_is_verb(kiji_pos pos)
{
    return pos >= KIJI_POS_VERB && pos <= KIJI_POS_VERB_BOUND;
}

/* As IPADIC writes it: "名詞,固有名詞,人名,姓". */
kiji_str kiji_pos_name(kiji_pos pos);

/* Slots of the per-word memory that later stages keep here (scores precomputed by the tagger). */
#define KIJI_LABEL_LANES    16
#define KIJI_WINDOW         5
#define KIJI_WORD_ALIGNMENT 64

/*
 * Where a word leads in the dictionary's trie, and the forms on the way: looked up once, by the lexicon that sees the
 * word first.
 */
#define KIJI_WAY_FORMS   2
#define KIJI_WAY_UNKNOWN 255
typedef struct kiji_word_way {
    uint64_t next;    /* kiji_dict_bit of what goes on behind the word */
    uint32_t lexicon; /* its tag; 0: not looked up yet */
    uint32_t node;    /* behind the word; 0: no form goes on */
    uint32_t base;    /* of the node */
    uint32_t items[KIJI_WAY_FORMS];
    uint8_t ends[KIJI_WAY_FORMS]; /* bytes from the begin of the word */
    uint8_t n_forms;              /* KIJI_WAY_UNKNOWN: nothing is kept of this word */
} kiji_word_way;

/*
 * One dictionary entry or unknown word, parsed once and kept by the analyzer over articles, so that all that depends
 * on the word alone is computed once. Borrowed from the tokenizer until kiji_tokenizer_forget or its end.
 */
typedef struct kiji_word {
    kiji_str surface; /* own copy */
    uint32_t hash;    /* of the surface */
    uint8_t pos;      /* kiji_pos */
    uint8_t known;    /* in MeCab's dictionary */
    uint8_t n_parts;  /* 0, or how many smaller words it is split into */
    uint8_t scored;   /* the tagger filled `scores` */
    uint8_t nameable; /* may stand inside a name: nouns, prefixes, letters, ・ = - */
    uint8_t plain;    /* the tagger is sure that no name touches it */
    uint8_t offered;  /* `offers` is filled */
    uint8_t ends;     /* with `way`, of verbs: longer speech forms may end with it */
    kiji_word_way way;
    /* To here all lies in one line of the cache (KIJI_WORD_ALIGNMENT): the matcher needs no more. */
    uint32_t says;    /* with `way`, of verbs: number + 1 of the speech entry, 0: none */
    kiji_str base;    /* dictionary form; the surface for unknown words */
    kiji_str reading; /* katakana, or empty */
    struct kiji_word **parts;
    void *scores;    /* KIJI_WINDOW x KIJI_LABEL_LANES values, owned by the tokenizer */
    uint32_t offers; /* bits: proper-noun readings (kiji_pos 41 to 48) that the dictionary offers for the surface */
    uint32_t lists;  /* for the extractors: find/word_lists.h */
} kiji_word;

typedef struct kiji_morpheme {
    uint32_t begin, end; /* bytes of the matching form */
    kiji_word *word;
} kiji_morpheme;

typedef struct kiji_tokens {
    kiji_morpheme *items;
    size_t count, capacity;
    uint32_t *first; /* of sentence i; first[n_sentences] == count */
} kiji_tokens;

typedef struct kiji_mecab kiji_mecab;         /* MeCab's model, shared */
typedef struct kiji_tokenizer kiji_tokenizer; /* lattice and words of one worker */

/*
 * Load MeCab's dictionary: `dir`, or NULL for the first installed IPADIC in UTF-8. Checks charset and tag set.
 * Errors: KIJI_EDICT (what was looked for, where, what was found instead).
 */
kiji_status kiji_mecab_open(kiji_mecab **out, const char *dir, kiji_error *err);
void kiji_mecab_close(kiji_mecab *mecab);
/* Count `nbytes` of text for all workers. True for the one whose bytes are the first beyond `limit`. */
bool kiji_mecab_passes(kiji_mecab *mecab, size_t nbytes, size_t limit);
/* Put the dictionary into huge pages: kiji_image_settle. */
void kiji_mecab_settle(const kiji_mecab *mecab);

/* The same for any dictionary in MeCab's format, for tests: sizes are checked, charset and tags not. */
kiji_status kiji_mecab_open_unseen(kiji_mecab **out, const char *dir, kiji_error *err);

/* Folder of the dictionary, borrowed. */
const char *kiji_mecab_dir(const kiji_mecab *mecab);

/* A worker's tokenizer. Errors: KIJI_ENOMEM. */
kiji_status kiji_tokenizer_new(kiji_tokenizer **out, const kiji_mecab *mecab, kiji_error *err);
void kiji_tokenizer_free(kiji_tokenizer *tokenizer);

/* Forget the words of earlier articles when they have become too many. Call between articles only. */
void kiji_tokenizer_trim(kiji_tokenizer *tokenizer);

/*
 * Tokenize every sentence of `article`. Memory from `arena`; a failure of the tokenizer's own memory leaves by the
 * arena's bail.
 */
void kiji_tokenize(kiji_tokens *out, kiji_tokenizer *tokenizer, kiji_arena *arena, const kiji_article *article);

#endif
