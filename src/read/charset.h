/*
 * charset.h - the encodings that kiji reads: their names, and which one some bytes are in.
 */
#ifndef KIJI_READ_CHARSET_H
#define KIJI_READ_CHARSET_H

#include <stdbool.h>

#include "kiji.h"

typedef enum kiji_charset {
    KIJI_UTF_8,
    KIJI_SHIFT_JIS,
    KIJI_EUC_JP,
    KIJI_ISO_2022_JP,
    KIJI_UTF_16LE,
    KIJI_UTF_16BE,
    KIJI_UTF_16, /* as told; kiji_charset_told makes LE or BE of it */
    KIJI_CHARSETS
} kiji_charset;

/* What is known of some bytes. */
typedef struct kiji_guess {
    kiji_charset charset;
    size_t mark; /* bytes of the byte order mark */
    size_t good; /* valid UTF-8 from the beginning, the mark included; counted for KIJI_UTF_8 alone */
} kiji_guess;

/* The encoding called `name` (case, - and _ do not matter); KIJI_CHARSETS: none. */
kiji_charset kiji_charset_named(const char *name);

/* Its name in records and messages, and ICU's name for its converter (NULL: UTF-8 needs none). */
const char *kiji_charset_name(kiji_charset charset);
const char *kiji_charset_icu_name(kiji_charset charset);

/* What the bytes are when `charset` is told: its mark, and the byte order of a bare UTF-16. */
kiji_guess kiji_charset_told(kiji_charset charset, kiji_str s);

/*
 * What the bytes are when nothing is told: byte order mark; UTF-16, where there are zero bytes and nearly all units are
 * likely ones; valid UTF-8; ISO-2022-JP by its escapes; else which of UTF-8 with bad bytes, Shift_JIS and EUC-JP
 * explains them best. Linear time, no ICU.
 */
kiji_guess kiji_charset_detect(kiji_str s);

#endif
