/*
 * corpus.h - the terms of many articles against the news that kiji learnt from: counts over articles, and how far a
 * term stands out. Articles may be counted in groups (by month, by source).
 */
#ifndef KIJI_WRITE_CORPUS_H
#define KIJI_WRITE_CORPUS_H

#include "write/write.h"

typedef struct kiji_corpus kiji_corpus;

/* One term of a group. */
typedef struct kiji_corpus_term {
    kiji_str term;
    uint32_t count;     /* occurrences */
    uint32_t documents; /* articles with it */
    double known;       /* articles of the news with it */
    double expected;    /* articles with it if the group were like the news */
    double keyness;     /* log-likelihood ratio; 0 where the term does not stand out */
} kiji_corpus_term;

/* What is written of a group: its terms, the furthest out first. */
struct kiji_corpus_group {
    const char *by; /* "month", "source"; NULL: all articles are one group */
    kiji_str name;  /* "" where not known */
    uint32_t articles;
    kiji_corpus_term *terms;
    size_t n_terms;
};
typedef struct kiji_corpus_group kiji_corpus_group;

/*
 * How far `with` of `articles` stand out against `known` of `news` (numbers of articles, > 0 in all): the
 * log-likelihood ratio of Dunning (1993), as a comparison of corpora in Rayson and Garside (2000). *expected: articles
 * with the term, were both alike. 0 where there are not more than expected.
 */
double kiji_keyness(double with, double articles, double known, double news, double *expected);

/* What a worker keeps of an article (made with KIJI_SECTION_TERMS). `out` fails without memory. */
void kiji_corpus_pack(kiji_buf *out, const kiji_doc *doc);

/* The caller owns the corpus. `by` is borrowed, as in kiji_corpus_group. Errors: KIJI_ENOMEM. */
kiji_status kiji_corpus_new(kiji_corpus **out, const char *by, kiji_error *err);

/* NULL is allowed. */
void kiji_corpus_free(kiji_corpus *corpus);

/*
 * Count a packed article; by month its date names the group, by source `source`. At most a million terms are held:
 * then those in the fewest articles are forgotten. Errors: KIJI_ENOMEM.
 */
kiji_status kiji_corpus_take(kiji_corpus *corpus, kiji_str packed, kiji_str source, kiji_error *err);

/* The groups by name, each with its terms that stand out most. */
typedef struct kiji_corpus_ranking {
    kiji_corpus_group *groups; /* strings borrowed from the corpus, as it is before the next article */
    size_t n_groups;
    double news;             /* articles of the news; 0: not known, and no keyness */
    kiji_corpus_term *terms; /* of all groups */
} kiji_corpus_ranking;

/* At most `top` terms a group; the caller clears the ranking, on failure too. Errors: KIJI_ENOMEM. */
kiji_status kiji_corpus_rank(kiji_corpus_ranking *out, const kiji_corpus *corpus, size_t top, kiji_error *err);
void kiji_corpus_ranking_clear(kiji_corpus_ranking *ranking);

/* Append all groups in a format with `corpus`; at most view->top terms a group (0: 20). Errors: KIJI_ENOMEM. */
kiji_status kiji_corpus_write(kiji_buf *out, const kiji_corpus *corpus, const kiji_format *format,
                              const kiji_view *view, kiji_error *err);

/* A number with at most two decimals, the same in every locale. */
void kiji_corpus_decimal(char out[32], double number);

#endif
