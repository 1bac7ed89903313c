/*
 * decode.h - bytes as read -> UTF-8 text. The only room that uses ICU converters, beside feed_charset.c.
 */
#ifndef KIJI_READ_DECODE_H
#define KIJI_READ_DECODE_H

#include "base/mem.h"
#include "kiji.h"

typedef struct kiji_decoded {
    kiji_str text;        /* valid UTF-8 without BOM; borrowed from the input's bytes or from the arena */
    const char *encoding; /* canonical name: "UTF-8", "Shift_JIS", "EUC-JP", "ISO-2022-JP", "UTF-16LE", "UTF-16BE" */
    kiji_str *warnings;   /* one a place (at most ten), then "N more places"; in the arena */
    size_t n_warnings;
    size_t bytes_lost;    /* bytes that could not be decoded and became U+FFFD */
    size_t first_lost_at; /* byte offset of the first one in the input, or KIJI_NO_OFFSET */
} kiji_decoded;

/*
 * Decode input->bytes as input->encoding says; "auto" or NULL: as kiji_charset_detect (charset.h) finds, of
 * HTML kiji_page_charset. A byte order
 * mark is dropped. A bad sequence becomes one U+FFFD and a warning "byte N: not valid in Shift_JIS (0x81)". Control
 * characters and U+2028 stay as they are.
 * Errors: KIJI_EINPUT unknown encoding name; "binary data": a NUL in the first 8000 bytes, more than one NUL in 1000
 * bytes (a lone NUL later stays), more than one control character in ten; with input->strict the first undecodable
 * byte, with its offset. KIJI_ELIMIT more than 1 GiB of input or text. KIJI_ENOMEM.
 * Memory comes from `arena` (its bail is taken on exhaustion).
 */
kiji_status kiji_decode(kiji_decoded *out, kiji_arena *arena, const kiji_input *input, kiji_error *err);

/* Whether `name` names an encoding that kiji_decode accepts (case, - and _ do not matter). */
bool kiji_encoding_known(const char *name);

#endif
