/*
 * weights.h - the weights file (kiji.weights): named tables of small integers, checked and mapped.
 *
 * Layout, little-endian: kiji_weights_header; a directory of kiji_weights_table; the tables, each aligned to 64 bytes.
 * A table is `rows` x `columns` int8 values (or bytes of text); row numbers are hashes of features (features.h), so no
 * keys are stored. `scale`: a value v stands for v * scale.
 */
#ifndef KIJI_WORDS_WEIGHTS_H
#define KIJI_WORDS_WEIGHTS_H

#include "kiji.h"

#define KIJI_WEIGHTS_MAGIC   "KIJIWTS"
#define KIJI_WEIGHTS_VERSION 1u
#define KIJI_WEIGHTS_TABLES  12

typedef struct kiji_weights_table {
    char name[16]; /* "entities", "entity-moves", … NUL-padded */
    uint64_t offset;
    uint64_t nbytes;
    uint32_t rows;
    uint32_t columns;
    float scale;
    uint32_t reserved;
} kiji_weights_table;

typedef struct kiji_weights_header {
    char magic[8];
    uint32_t version;
    uint32_t byte_order; /* 0x01020304 */
    uint64_t nbytes;
    uint64_t checksum; /* kiji_hash64 of all that follows the header */
    uint32_t n_tables;
    uint32_t reserved;
} kiji_weights_header;

typedef struct kiji_weights kiji_weights;

/* Map and check a file. Errors: KIJI_EDICT (damaged, other version), KIJI_EIO, KIJI_ENOMEM. */
kiji_status kiji_weights_open(kiji_weights **out, const char *path, kiji_error *err);
/* In two steps: all is read in the second. Until then tables can be found, what they say is uncertain. */
kiji_status kiji_weights_map(kiji_weights **out, const char *path, kiji_error *err);
kiji_status kiji_weights_check(const kiji_weights *weights, kiji_error *err);
/* The same over an image in memory, which is taken (kiji_free) also on failure. */
kiji_status kiji_weights_adopt(kiji_weights **out, void *image, size_t nbytes, const char *name, kiji_error *err);
/* Put them into huge pages: kiji_image_settle. */
void kiji_weights_settle(const kiji_weights *weights);
void kiji_weights_close(kiji_weights *weights);

/* A table by name, with at least `columns` columns a row; NULL when the file has none such. Borrowed. */
const int8_t *kiji_weights_find(const kiji_weights *weights, const char *name, uint32_t columns,
                                const kiji_weights_table **table);
uint64_t kiji_weights_checksum(const kiji_weights *weights);

/* One table to write. */
typedef struct kiji_weights_part {
    const char *name;
    const int8_t *values;
    uint32_t rows, columns;
    float scale;
} kiji_weights_part;

/* The image of a weights file: *image is the caller's (kiji_free). Errors: KIJI_ENOMEM, KIJI_ELIMIT. */
kiji_status kiji_weights_build(void **image, size_t *nbytes, const kiji_weights_part *parts, size_t count);

#endif
