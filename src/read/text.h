/*
 * text.h - the decoded text, its matching form, and the maps between bytes, code points and the matching form.
 *
 * All later stages work on the matching form (`norm`): half-width letters and digits, full-width kana (half-width
 * kana and decomposed voiced marks composed), full-width brackets and 、。・, one hyphen '-', one blank ' '; line
 * ends are '\n' (CR LF, CR, U+2028, U+2029, U+0085), everything else by NFKC, character (cluster) by character.
 * Only the document record speaks of the text as given, through the maps here.
 */
#ifndef KIJI_READ_TEXT_H
#define KIJI_READ_TEXT_H

#include "base/mem.h"
#include "kiji.h"

/* Half-open, in bytes of the matching form. */
typedef struct kiji_range {
    uint32_t begin, end;
} kiji_range;

/* From norm_at on (to the next anchor) the matching form and the text run in step: raw = raw_at + (norm - norm_at),
 * unless `nraw` is not 0: then `nnorm` bytes of the matching form stand for `nraw` bytes as a whole. */
typedef struct kiji_anchor {
    uint32_t norm_at, raw_at;
    uint32_t nnorm, nraw;
} kiji_anchor;

typedef struct kiji_text {
    kiji_str raw;  /* decoded UTF-8 as given, borrowed */
    kiji_str norm; /* matching form; followed by a NUL byte that is not counted */
    struct {
        kiji_anchor *items;
        size_t count, capacity;
    } anchors;            /* sorted by norm_at; always one at 0 */
    uint32_t *cp_blocks;  /* code points before each block of 64 raw bytes */
    uint32_t code_points; /* in raw */
} kiji_text;

/* Build the maps for `raw` (valid UTF-8, under 1 GiB). Memory from `arena`; linear time. */
void kiji_text_build(kiji_text *text, kiji_arena *arena, kiji_str raw);

/* Raw byte offset for a matching-form offset that begins (ends) a span: inside a replaced cluster the cluster's
 * begin (end). */
uint32_t kiji_text_raw_begin(const kiji_text *text, uint32_t norm_at);
uint32_t kiji_text_raw_end(const kiji_text *text, uint32_t norm_at);

/* Code points in raw before a raw byte offset (on a character boundary). Constant time. */
uint32_t kiji_text_cp_at(const kiji_text *text, uint32_t raw_at);

/* The text as given behind a range of the matching form; borrowed from raw. */
kiji_str kiji_text_slice(const kiji_text *text, kiji_range range);

/* The matching form of a short string (dictionary forms, options); in the arena. */
kiji_str kiji_text_normalize(kiji_arena *arena, kiji_str raw);

#endif
