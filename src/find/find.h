/*
 * find.h - the article under analysis and the table of extractors that fill it, in order.
 *
 * Extractors *propose* candidates (span, type, evidence); one place decides (decide.h); what is decided is linked into
 * entities, gets offices, and speaks in quotes. All offsets are bytes of the matching form; record.c turns them into
 * the record's code points. Memory is the case's arena.
 */
#ifndef KIJI_FIND_FIND_H
#define KIJI_FIND_FIND_H

#include "base/stages.h"
#include "base/search.h"
#include "doc/doc.h"
#include "find/rank.h"
#include "find/word_lists.h"
#include "words/words.h"

#define KIJI_NONE UINT32_MAX

/* Where a candidate comes from; strengths are in the table of decide.c. */
typedef enum kiji_evidence {
    KIJI_BY_MODEL,
    KIJI_BY_PERSON_ENTRY, /* full name of a known person */
    KIJI_BY_PERSON_TITLE, /* a name before a title or honorific */
    KIJI_BY_PERSON_NAMES, /* surname and given name */
    KIJI_BY_PLACE_ENTRY,
    KIJI_BY_PLACE_SUFFIX,
    KIJI_BY_COUNTRY_KANJI, /* 日米, 米国務長官 */
    KIJI_BY_ORG_ENTRY,
    KIJI_BY_ORG_SUFFIX,
    KIJI_BY_WEAPON_ENTRY, /* a model */
    KIJI_BY_WEAPON_CLASS, /* classes and modifiers alone */
    KIJI_BY_PARTNER,      /* 日 of 日米, where the model sees 米 as a place */
    KIJI_BY_ALIAS,        /* another name of a person of the article */
    KIJI_BY_WEAPON_USE,   /* deployed, carried, fired, shot down; in brackets behind its class */
    KIJI_EVIDENCES
} kiji_evidence;

typedef struct kiji_candidate {
    kiji_range range;
    uint32_t first, last; /* tokens [first, last) */
    uint8_t type;         /* kiji_name_type */
    uint8_t evidence;     /* kiji_evidence */
    float strength;
    const kiji_hit *hit; /* dictionary line behind it, or NULL */
} kiji_candidate;

/* A decided name. */
typedef struct kiji_name {
    kiji_range range;
    uint32_t first, last; /* tokens */
    uint32_t sentence;
    uint8_t type;       /* kiji_name_type */
    uint32_t entity;    /* index in entities */
    uint16_t evidences; /* bits 1 << kiji_evidence */
    float model_score;
    const kiji_hit *hit; /* the dictionary's best line for exactly this span, or NULL */
} kiji_name;

/* Office or post words that qualify a person or stand for one. */
typedef struct kiji_title {
    kiji_range range;     /* the office words, prefix 前 元 and suffix 代行 included */
    uint32_t first, last; /* tokens that it touches */
    uint32_t sentence;
    const kiji_hit *hit;
    kiji_str title; /* as the record writes it */
    char country[3];
    kiji_office_status status;
    uint8_t rank;    /* kiji_rank */
    uint32_t name;   /* index of the name that it qualifies, or KIJI_NONE */
    uint32_t entity; /* whom it stands for or qualifies, or KIJI_NONE */
} kiji_title;

typedef struct kiji_person_office {
    kiji_str title;
    char country[3];
    kiji_office_status status;
    uint8_t rank;
} kiji_person_office;

typedef struct kiji_found_entity {
    uint8_t type;  /* kiji_name_type */
    kiji_str name; /* the fullest form */
    const kiji_hit *hit;
    kiji_str key, kind, reading;
    char country[3];
    struct {
        kiji_person_office *items;
        size_t count, capacity;
    } offices;
    uint32_t n_names;
    kiji_str surname; /* persons: the part used alone, once known */
    bool honored;     /* persons: stood with honorific or title */
} kiji_found_entity;

/* A noun phrase for a speaker without a name: 国防当局者ら. */
typedef struct kiji_noun_speaker {
    kiji_range range;
    uint32_t first, last;
    uint32_t sentence;
} kiji_noun_speaker;

typedef struct kiji_found_quote {
    kiji_quote_kind kind;
    kiji_range range; /* brackets excluded */
    uint32_t sentence;
    uint32_t first, last; /* tokens inside */
    uint32_t cue;         /* token of the verb of saying, or KIJI_NONE */
    kiji_str verb;        /* dictionary form or phrase */
    uint32_t entity;      /* speaker */
    kiji_range speaker;   /* words that name the speaker; empty: none */
    kiji_range addressee, occasion;
    uint32_t bracket; /* index, or KIJI_NONE */
    float score;      /* of the speaker chosen */
    const char *why;
} kiji_found_quote;

typedef struct kiji_found_keyword {
    kiji_str term;
    double score;
    uint32_t count;
} kiji_found_keyword;

typedef struct kiji_case {
    kiji_arena *arena;
    const kiji_knowledge *knowledge;
    const kiji_article *article;
    const kiji_words *words;
    unsigned sections;
    size_t top;          /* keywords: at most so many; 0 = the usual number */
    kiji_stages *stages; /* the worker's clock, or NULL */
    struct {
        kiji_candidate *items;
        size_t count, capacity;
    } candidates;
    struct {
        kiji_name *items;
        size_t count, capacity;
    } names; /* by begin, disjoint */
    struct {
        kiji_title *items;
        size_t count, capacity;
    } titles; /* by begin */
    struct {
        kiji_found_entity *items;
        size_t count, capacity;
    } entities;
    struct {
        kiji_noun_speaker *items;
        size_t count, capacity;
    } noun_speakers; /* by begin */
    struct {
        kiji_found_quote *items;
        size_t count, capacity;
    } quotes; /* by begin */
    struct {
        kiji_found_keyword *items;
        size_t count, capacity;
    } keywords;
    struct {
        kiji_doc_term *items;
        size_t count, capacity;
    } doc_terms;             /* KIJI_SECTION_TERMS */
    double news;             /* articles that their frequencies were learnt from; 0: no frequencies */
    uint32_t *name_at;       /* by token: index of the name that covers it, or KIJI_NONE */
    uint32_t *sentence_at;   /* by token */
    uint32_t *topics_before; /* by token: topic particles in front of it */
    uint32_t *verbs_before;  /* by token: main verbs in front of it */
    bool *says_nothing;      /* by token: kiji_speech_at found no phrase of saying that ends with it */
} kiji_case;

typedef struct kiji_extractor {
    const char *name;
    unsigned sections; /* runs only when one of these is wanted */
    kiji_stage stage;  /* whose time it takes */
    void (*run)(kiji_case *c);
} kiji_extractor;

/* All extractors in the order of their dependence; ended by one with name NULL. */
extern const kiji_extractor kiji_extractors[];

/* Run the table over a case whose article, words and knowledge are set. */
void kiji_find(kiji_case *c);

/* --- what several extractors need ----------------------------------------------------------------------------- */

/* The words for a kind of evidence, for --explain. */
const char *kiji_evidence_name(kiji_evidence evidence);

/* Propose a name. */
void kiji_propose(kiji_case *c, kiji_name_type type, uint32_t first, uint32_t last, kiji_evidence evidence,
                  const kiji_hit *hit);
void kiji_propose_range(kiji_case *c, kiji_name_type type, kiji_range range, uint32_t first, uint32_t last,
                        kiji_evidence evidence, const kiji_hit *hit);

static inline const kiji_morpheme *kiji_token(const kiji_case *c, uint32_t t)
{
    return &c->words->tokens.items[t];
}

/* The words of a range, in the matching form; borrowed from the article. */
static inline kiji_str kiji_words_of(const kiji_case *c, kiji_range range)
{
    return (kiji_str){c->article->text.norm.ptr + range.begin, range.end - range.begin};
}

/* With a literal one compare of a known length; with a list's entry byte by byte, since most differ in the first few.
 */
static inline bool kiji_str_is(kiji_str s, const char *text)
{
    if (__builtin_constant_p(strlen(text))) {
        return s.len == strlen(text) && memcmp(s.ptr, text, strlen(text)) == 0;
    }
    size_t i = 0;
    while (i < s.len && text[i] == s.ptr[i] && text[i] != '\0') {
        i++;
    }
    return i == s.len && text[i] == '\0';
}

/* Does token t read exactly `text`? False past the end. Inline: with a literal it is one compare of a known length. */
static inline bool kiji_token_is(const kiji_case *c, uint32_t t, const char *text)
{
    return t < c->words->tokens.count && kiji_str_is(kiji_token(c, t)->word->surface, text);
}

/* Is token t (within the article) on a list? */
static inline bool kiji_token_is_on(const kiji_case *c, uint32_t t, kiji_word_list list)
{
    return kiji_word_is_on(kiji_token(c, t)->word, list);
}

static inline bool kiji_str_equal(kiji_str a, kiji_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* Is `s` one of `n` words? */
static inline bool kiji_str_is_one_of(kiji_str s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (kiji_str_is(s, words[i])) {
            return true;
        }
    }
    return false;
}

bool kiji_str_ends(kiji_str s, const char *end);
bool kiji_str_begins(kiji_str s, const char *begin);
bool kiji_str_contains(kiji_str s, kiji_str part);

/* Sentence bounds of token t: [*begin, *end) tokens. */
static inline void kiji_sentence_tokens(const kiji_case *c, uint32_t sentence, uint32_t *begin, uint32_t *end)
{
    *begin = c->words->tokens.first[sentence];
    *end = c->words->tokens.first[sentence + 1];
}

/* The hits that begin at byte `begin`, as a half-open range of indices of words->hits. */
void kiji_hits_at(const kiji_case *c, uint32_t begin, size_t *from, size_t *to);

/* The string of a hit's entry. */
static inline kiji_str kiji_hit_name(const kiji_hit *hit)
{
    return kiji_lexicon_string(hit->lexicon, hit->entry->name);
}

/* --- the extractors, each in the file of its name -------------------------------------------------------------- */
void kiji_find_by_model(kiji_case *c);
void kiji_find_people(kiji_case *c);
void kiji_find_places(kiji_case *c);
void kiji_find_organizations(kiji_case *c);
void kiji_find_weapons(kiji_case *c);
void kiji_decide(kiji_case *c);
void kiji_find_titles(kiji_case *c);
void kiji_link(kiji_case *c);
void kiji_find_aliases(kiji_case *c);
void kiji_find_spellings(kiji_case *c);
void kiji_find_offices(kiji_case *c);
void kiji_find_quotes(kiji_case *c);
void kiji_find_reports(kiji_case *c);
void kiji_find_speakers(kiji_case *c);
/* Entities without a mention that speak no quote go (holders.c made them). */
void kiji_drop_silent(kiji_case *c);
void kiji_find_keywords(kiji_case *c);

#endif
