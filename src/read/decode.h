/*
 * decode.h - bytes as read -> UTF-8 text. The only room that uses ICU converters.
 */
#ifndef KIJI_READ_DECODE_H
#define KIJI_READ_DECODE_H

#include "base/mem.h"
#include "kiji.h"

typedef struct kiji_decoded {
    kiji_str text;        /* valid UTF-8 without BOM; borrowed from the input's bytes or from the arena */
    const char *encoding; /* canonical name: "UTF-8", "Shift_JIS", "EUC-JP", "ISO-2022-JP", "UTF-16LE", "UTF-16BE" */
    kiji_str *warnings;   /* one a place (at most ten), then "N more"; in the arena */
    size_t n_warnings;
    size_t bytes_lost;    /* bytes that could not be decoded and became U+FFFD */
    size_t first_lost_at; /* byte offset of the first one in the input, or KIJI_NO_OFFSET */
} kiji_decoded;

/*
 * Decode input->bytes as input->encoding says ("auto" or NULL: byte order mark; strict UTF-8; ISO-2022-JP escapes;
 * UTF-16 without a mark when every other byte is NUL-like; else ICU's detector among Shift_JIS and EUC-JP on at most
 * 256 bytes around the first non-ASCII ones, checked by decoding). U+2028 and control characters stay as they are.
 * Errors: KIJI_EINPUT unknown encoding name; "binary data" (NUL bytes that are not UTF-16, or mostly control bytes);
 * with input->strict the first undecodable byte, with its offset. KIJI_ELIMIT more than 1 GiB. KIJI_ENOMEM.
 * Memory comes from `arena` (its bail is taken on exhaustion).
 */
kiji_status kiji_decode(kiji_decoded *out, kiji_arena *arena, const kiji_input *input, kiji_error *err);

/* Whether `name` names an encoding that kiji_decode accepts (case, - and _ do not matter). */
bool kiji_encoding_known(const char *name);

#endif
