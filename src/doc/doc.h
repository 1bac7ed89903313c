/*
 * doc.h - the document record (schema kiji/1): all that a writer may know of an article, and nothing of how it was
 * found. It is filled by src/find and read by src/write. Everything lives in the analyzer's arena: borrowed until the
 * analyzer's next article. Offsets are Unicode code points in the decoded text as given, half-open.
 * The text of a mention or quote lies in the text of the document, so that its place gives the offset in bytes.
 * Strings are UTF-8 and may hold any byte but are never NULL ("" = absent) unless said.
 */
#ifndef KIJI_DOC_DOC_H
#define KIJI_DOC_DOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiji.h"

typedef enum kiji_type {
    KIJI_PERSON,
    KIJI_MINISTER,
    KIJI_PLACE,
    KIJI_ORGANIZATION,
    KIJI_WEAPON,
    KIJI_TYPES /* how many */
} kiji_type;

typedef enum kiji_office_status { KIJI_CURRENT, KIJI_FORMER, KIJI_ACTING, KIJI_NEXT } kiji_office_status;

typedef enum kiji_quote_kind { KIJI_DIRECT, KIJI_PARTIAL, KIJI_INDIRECT, KIJI_ACCORDING } kiji_quote_kind;

/* Their words in the output: "person" …, "current" …, "direct" …. Never NULL. */
const char *kiji_type_name(kiji_type type);
const char *kiji_office_status_name(kiji_office_status status);
const char *kiji_quote_kind_name(kiji_quote_kind kind);

typedef struct kiji_mention {
    uint32_t start, end; /* code points */
    kiji_str text;
    kiji_str why; /* evidence for --explain: "model 7.1; dictionary places.tsv:横田" or "" */
} kiji_mention;

typedef struct kiji_office {
    kiji_str title;
    char country[3]; /* ISO code or "" */
    kiji_office_status status;
} kiji_office;

#define KIJI_NO_ENTITY UINT32_MAX

typedef struct kiji_entity {
    kiji_type type;
    kiji_str name;
    kiji_str key;     /* "" when no dictionary knows it */
    kiji_str kind;    /* places, organizations, weapons: class, or "" */
    kiji_str reading; /* people: a reading given in the text or dictionary, or "" */
    char country[3];
    const kiji_office *offices;
    size_t n_offices;
    const kiji_mention *mentions; /* in the order of the text */
    size_t n_mentions;
} kiji_entity;

typedef struct kiji_quote {
    kiji_quote_kind kind;
    uint32_t speaker;      /* index of an entity, or KIJI_NO_ENTITY */
    kiji_str speaker_text; /* words that name the speaker, or "" (null) */
    kiji_str verb;         /* dictionary form, or "" (null) */
    kiji_str addressee;    /* "" where not said */
    kiji_str occasion;     /* 記者会見 …; "" where not said */
    uint32_t start, end;   /* code points; brackets excluded */
    kiji_str text;
    kiji_str why; /* evidence for --explain, or "" */
} kiji_quote;

typedef struct kiji_keyword {
    kiji_str term;
    double score; /* 0 to 1 */
    uint32_t count;
} kiji_keyword;

/* A term of the article; kept only when KIJI_SECTION_TERMS was asked for. */
typedef struct kiji_doc_term {
    kiji_str term;
    uint32_t count; /* occurrences in the article */
    double known;   /* articles of the trainer's news that hold it; those of a single one count as none */
} kiji_doc_term;

/* A morpheme; kept only when KIJI_SECTION_TOKENS was asked for. */
typedef struct kiji_piece {
    uint32_t start, end; /* code points; disjoint, in the order of the text, blanks between them left out */
    uint32_t sentence;   /* number from 0 */
    kiji_str pos;        /* part of speech as IPADIC writes it: "名詞,固有名詞,人名,姓" */
} kiji_piece;

struct kiji_doc {
    kiji_str source;
    kiji_str title; /* "" = no headline */
    kiji_str date;  /* "YYYY-MM-DD", or "" */
    uint32_t characters;
    kiji_str text; /* the decoded text itself */
    kiji_str kept; /* a JSON object that came with the article, "" = none */
    const kiji_entity *entities;
    size_t n_entities; /* entity i has the id "e" i+1 */
    const kiji_quote *quotes;
    size_t n_quotes;
    const kiji_keyword *keywords;
    size_t n_keywords;
    const kiji_doc_term *terms;
    size_t n_terms;
    double news; /* articles that `known` of the terms is out of; 0: not known */
    const kiji_piece *pieces;
    size_t n_pieces;
    const kiji_str *warnings;
    size_t n_warnings;
    size_t bytes_lost; /* bytes that became U+FFFD */
};

#endif
