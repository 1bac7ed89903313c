/*
 * schema.h - the one walk over a document record in the order of the schema. A format that carries whole records
 * (YAML, JSON Lines) lends it a table of calls; what is in a record, under which key, is decided here alone, so that
 * all such formats say the same.
 */
#ifndef KIJI_WRITE_SCHEMA_H
#define KIJI_WRITE_SCHEMA_H

#include "write/write.h"

typedef enum kiji_shape {
    KIJI_SHAPE_MAP,    /* keys and values, spread over lines where a format has lines */
    KIJI_SHAPE_ROW,    /* a small map that is better read on one line */
    KIJI_SHAPE_LIST,   /* values without keys */
    KIJI_SHAPE_NOTHING /* a list without values */
} kiji_shape;

/* `key` is NULL for the record itself and for values in a list. */
typedef struct kiji_schema_calls {
    void (*begin)(void *to, const char *key, kiji_shape shape);
    void (*end)(void *to, kiji_shape shape);
    void (*text)(void *to, const char *key, kiji_str value);    /* any bytes */
    void (*word)(void *to, const char *key, const char *value); /* one of our own words, never in need of quotes */
    void (*number)(void *to, const char *key, uint32_t value);
    void (*decimal)(void *to, const char *key, const char *digits); /* "0.91", "1.0" */
    void (*null)(void *to, const char *key);
    void (*json)(void *to, const char *key, kiji_str value); /* JSON as it is; NULL: the format cannot carry it */
} kiji_schema_calls;

/* Walk `doc` as `view` shows it. */
void kiji_schema_walk(const kiji_schema_calls *calls, void *to, const kiji_view *view, const kiji_doc *doc);

struct kiji_corpus_group;

/* Walk a group of --corpus-keywords (write/corpus.h), a record of its own. */
void kiji_schema_walk_corpus(const kiji_schema_calls *calls, void *to, const struct kiji_corpus_group *group);

/* The id of an entity: "e1" for index 0. */
void kiji_schema_id(char out[16], uint32_t entity);

/* A score with at most four decimals, the same in every format and locale: "0.91", "1.0". */
void kiji_schema_score(char out[16], double score);

#endif
