/*
 * spans.h - the text of a record in bytes, and the names in it in the order of the text: for views that show the
 * article itself.
 */
#ifndef KIJI_WRITE_SPANS_H
#define KIJI_WRITE_SPANS_H

#include "write/write.h"

/* A mention, in bytes of doc->text. Marks are disjoint: of two that overlap the first, then the longer one stays. */
typedef struct kiji_mark {
    size_t begin, end;
    uint32_t entity; /* index */
    const kiji_mention *mention;
} kiji_mark;

typedef struct kiji_spans {
    kiji_str text;
    size_t *blocks; /* owned: byte of each 64th code point */
    size_t n_code_points;
    kiji_mark *marks; /* owned */
    size_t n_marks;
} kiji_spans;

/* Prepare `doc` as `view` shows it; spans outside the text are left out. False: out of memory. Close in any case. */
bool kiji_spans_open(kiji_spans *out, const kiji_view *view, const kiji_doc *doc);

/* The byte where a code point begins; the end of the text for all beyond it. */
size_t kiji_spans_byte(const kiji_spans *spans, uint32_t code_point);

/* The headline where it is the first line of the text, in bytes; empty where it was given apart or there is none. */
typedef struct kiji_headline {
    size_t begin, end;
} kiji_headline;
kiji_headline kiji_spans_headline(const kiji_doc *doc);

void kiji_spans_close(kiji_spans *spans);

#endif
