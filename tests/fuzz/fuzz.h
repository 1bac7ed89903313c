/*
 * fuzz.h - what the fuzz targets share. A target is one file with LLVMFuzzerTestOneInput; it aborts (FUZZ_MUST) when a
 * promise of a header is broken. libFuzzer drives it (make fuzz), or replay.c, over files (make check).
 */
#ifndef KIJI_TESTS_FUZZ_H
#define KIJI_TESTS_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "doc/doc.h"
#include "read/article.h"
#include "words/words.h"

/* The two names that libFuzzer calls. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A promise: the process dies where it does not hold. */
#define FUZZ_MUST(condition)                                                                                           \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            (void)fprintf(stderr, "%s:%d: broken promise: %s\n", __FILE__, __LINE__, #condition);                      \
            abort();                                                                                                   \
        }                                                                                                              \
    } while (0)

/* The model that the build made (folder in KIJI_DATA, KIJI_BUILD, else build/release), opened once. */
const kiji_model *fuzz_model(void);

/* An analyzer over it, opened once. */
kiji_analyzer *fuzz_analyzer(void);

/* MeCab's dictionary, kiji's own dictionary and weights one by one, opened once: for targets that replace one. */
const kiji_knowledge *fuzz_knowledge(void);

/* All of the work over a short fixed article with `knowledge`, as kiji_analyze does it; every name is read once. */
void fuzz_work(const kiji_knowledge *knowledge);

/* The promises of doc.h about a record: offsets in order and inside, strings that can be read, indices that exist. */
void fuzz_check_doc(const kiji_doc *doc);

/* A copy of exactly `size` bytes on the heap (free), so that one byte too far is seen. Never NULL. */
char *fuzz_copy(const uint8_t *data, size_t size);

#endif
