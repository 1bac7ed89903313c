#include "read/decode.h"

#include <stdio.h>
#include <string.h>

#include <unicode/ucnv.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include "base/status.h"
#include "base/utf8.h"
#include "read/charset.h"
#include "read/page_charset.h"

#define MOST_BYTES    ((size_t)1 << 30) /* of input, and of text */
#define MOST_WARNINGS 10u
#define NUL_EARLY     8000u /* a zero byte before this makes a file binary, as git and grep decide */

bool kiji_encoding_known(const char *name)
{
    return strcmp(name, "auto") == 0 || kiji_charset_named(name) != KIJI_CHARSETS;
}

typedef struct lost_place {
    size_t at, n; /* bytes of the input */
} lost_place;

/*
 * No character of these encodings takes more than three bytes of UTF-8 a byte, nor does U+FFFD: the output is
 * allocated before a converter is open, so that running out of memory leaks none.
 */
typedef struct decoding {
    const kiji_input *input;
    kiji_guess guess;
    kiji_str bytes; /* behind the mark */
    char *text;
    size_t len;
    lost_place places[MOST_WARNINGS];
    size_t n_places;
    size_t bytes_lost;
    size_t first_lost_at;
} decoding;

/* --- binary data ------------------------------------------------------------------------------------------------- */

/* Control characters but tab, line ends, form feed and the escape of ISO-2022-JP. */
static bool is_control(unsigned char c)
{
    return c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1B;
}

/* Bytes below blank: as many as control characters or more. Blocks of a fixed length become vector code. */
static size_t count_low(kiji_str s)
{
    enum { BLOCK = 128 };
    const unsigned char *p = (const unsigned char *)s.ptr;
    size_t count = 0;
    size_t at = 0;
    for (; s.len - at >= BLOCK; at += BLOCK) {
        unsigned char in_block = 0;
        for (size_t i = 0; i < BLOCK; i++) {
            in_block = (unsigned char)(in_block + (p[at + i] < 0x20));
        }
        count += in_block;
    }
    for (; at < s.len; at++) {
        count += p[at] < 0x20;
    }
    return count;
}

/* Code units of one or two bytes: how many, how many controls, how many zero, where the first zero. */
typedef struct census {
    size_t units, controls, zeros, first_zero;
} census;

static census take_census(const decoding *d)
{
    const kiji_str s = d->bytes;
    census c = {s.len, 0, 0, KIJI_NO_OFFSET};
    if (d->guess.charset == KIJI_UTF_16LE || d->guess.charset == KIJI_UTF_16BE) {
        const size_t low = d->guess.charset == KIJI_UTF_16BE;
        c.units = s.len / 2;
        for (size_t i = 0; i < c.units; i++) {
            const bool ascii = s.ptr[2 * i + 1 - low] == 0;
            const unsigned char unit = (unsigned char)s.ptr[2 * i + low];
            c.controls += ascii && is_control(unit);
            c.first_zero = ascii && unit == 0 && c.zeros == 0 ? 2 * i : c.first_zero;
            c.zeros += ascii && unit == 0;
        }
        return c;
    }
    const char *zero = s.len != 0 ? memchr(s.ptr, 0, s.len) : NULL;
    if (zero == NULL && count_low(s) * 10 <= s.len) {
        return c; /* nearly every text: nothing to look at closely */
    }
    c.first_zero = zero != NULL ? (size_t)(zero - s.ptr) : KIJI_NO_OFFSET;
    for (size_t i = 0; i < s.len; i++) {
        c.zeros += s.ptr[i] == 0;
        c.controls += is_control((unsigned char)s.ptr[i]);
    }
    return c;
}

static kiji_status check_binary(const decoding *d, kiji_error *err)
{
    const census c = take_census(d);
    if (c.zeros != 0 && (c.first_zero < NUL_EARLY || c.zeros * 1000 > c.units)) {
        const size_t at = d->guess.mark + c.first_zero;
        return kiji_fail(err, KIJI_EINPUT, d->input->source, at, "binary data (NUL at byte %zu)", at);
    }
    if (c.controls * 10 > c.units) {
        return kiji_fail(err, KIJI_EINPUT, d->input->source, KIJI_NO_OFFSET, "binary data (control characters)");
    }
    return KIJI_OK;
}

/* --- converting -------------------------------------------------------------------------------------------------- */

static void put(decoding *d, const char *bytes, size_t n)
{
    memcpy(d->text + d->len, bytes, n);
    d->len += n;
}

/* Bytes [at, at + n) behind the mark are no character. */
static void lose(decoding *d, size_t at, size_t n)
{
    put(d, "\xEF\xBF\xBD", 3);
    d->bytes_lost += n;
    if (d->n_places == 0) {
        d->first_lost_at = d->guess.mark + at;
    }
    if (d->n_places < MOST_WARNINGS) {
        d->places[d->n_places] = (lost_place){d->guess.mark + at, n};
    }
    d->n_places++;
}

static void decode_utf8(decoding *d)
{
    size_t good = d->guess.good - d->guess.mark;
    for (size_t at = 0;;) {
        put(d, d->bytes.ptr + at, good);
        at += good;
        if (at == d->bytes.len) {
            return;
        }
        const size_t bad = kiji_utf8_bad(d->bytes, at);
        lose(d, at, bad);
        at += bad;
        good = kiji_utf8_good((kiji_str){d->bytes.ptr + at, d->bytes.len - at});
    }
}

static void put_utf16(decoding *d, const UChar *from, const UChar *end)
{
    while (from < end) {
        uint32_t c = *from++;
        if (U16_IS_LEAD(c) && from < end) {
            c = (uint32_t)U16_GET_SUPPLEMENTARY(c, *from);
            from++;
        }
        if (c >= 0x800 && c < 0x10000) {
            char *at = d->text + d->len;
            at[0] = (char)(0xE0 | c >> 12);
            at[1] = (char)(0x80 | (c >> 6 & 0x3F));
            at[2] = (char)(0x80 | (c & 0x3F));
            d->len += 3;
        } else {
            uint8_t bytes[4];
            int32_t n = 0;
            U8_APPEND_UNSAFE(bytes, n, c);
            put(d, (const char *)bytes, (size_t)n);
        }
    }
}

/* What the converter stumbled over ends at `behind`; returns where it goes on. */
static size_t lose_invalid(decoding *d, UConverter *converter, size_t before, size_t behind)
{
    char bad[32];
    int8_t n = (int8_t)sizeof bad;
    UErrorCode status = U_ZERO_ERROR;
    ucnv_getInvalidChars(converter, bad, &n, &status);
    if (U_FAILURE(status) || n <= 0 || (size_t)n > behind) {
        n = 1;
    }
    if (behind == before) { /* it took nothing: no endless loop whatever ICU does */
        behind++;
    }
    lose(d, behind - (size_t)n, (size_t)n);
    return behind;
}

static void decode_icu(decoding *d, UConverter *converter)
{
    enum { CHUNK = 2048 };
    UErrorCode status = U_ZERO_ERROR;
    ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
    UChar chunk[CHUNK] = {0};
    size_t kept = 0; /* 1: the first half of a pair waits for its second */
    for (size_t at = 0;;) {
        const char *from = d->bytes.ptr + at;
        UChar *to = chunk + kept;
        status = U_ZERO_ERROR;
        ucnv_toUnicode(converter, &to, chunk + CHUNK, &from, d->bytes.ptr + d->bytes.len, NULL, true, &status);
        const size_t behind = (size_t)(from - d->bytes.ptr);
        const bool more = status == U_BUFFER_OVERFLOW_ERROR;
        kept = more && to > chunk && U16_IS_LEAD(to[-1]) ? 1 : 0;
        put_utf16(d, chunk, to - kept);
        chunk[0] = kept != 0 ? to[-1] : 0;
        if (U_SUCCESS(status)) {
            return;
        }
        at = more ? behind : lose_invalid(d, converter, at, behind);
        if (!more && at >= d->bytes.len) {
            return;
        }
    }
}

static void write_warnings(kiji_decoded *out, kiji_arena *arena, const decoding *d)
{
    out->warnings = kiji_arena_zero(arena, MOST_WARNINGS + 1, sizeof *out->warnings);
    const size_t n = d->n_places < MOST_WARNINGS ? d->n_places : MOST_WARNINGS;
    char text[160];
    for (size_t i = 0; i < n; i++) {
        const lost_place *p = &d->places[i];
        int used = snprintf(text, sizeof text, "byte %zu: not valid in %s (", p->at, out->encoding);
        for (size_t k = 0; k < p->n && k < 4; k++) {
            used += snprintf(text + used, sizeof text - (size_t)used, "%s0x%02X", k != 0 ? " " : "",
                             (unsigned)(unsigned char)d->bytes.ptr[p->at - d->guess.mark + k]);
        }
        (void)snprintf(text + used, sizeof text - (size_t)used, "%s)", p->n > 4 ? " …" : "");
        out->warnings[out->n_warnings++] = kiji_arena_copy(arena, (kiji_str){text, strlen(text)});
    }
    if (d->n_places > MOST_WARNINGS) {
        const size_t rest = d->n_places - MOST_WARNINGS;
        (void)snprintf(text, sizeof text, "%zu more place%s", rest, rest == 1 ? "" : "s");
        out->warnings[out->n_warnings++] = kiji_arena_copy(arena, (kiji_str){text, strlen(text)});
    }
}

/* Everything but valid UTF-8, which needs no copy. */
static kiji_status convert(kiji_decoded *out, kiji_arena *arena, decoding *d, kiji_error *err)
{
    const char *icu = kiji_charset_icu_name(d->guess.charset);
    d->text = kiji_arena_alloc(arena, d->bytes.len * 3 + 8);
    if (icu == NULL) {
        decode_utf8(d);
    } else {
        UErrorCode status = U_ZERO_ERROR;
        UConverter *converter = ucnv_open(icu, &status);
        if (U_FAILURE(status)) {
            return status == U_MEMORY_ALLOCATION_ERROR ? kiji_fail_memory(err)
                                                       : kiji_fail(err, KIJI_EINPUT, d->input->source, KIJI_NO_OFFSET,
                                                                   "ICU has no converter for %s", out->encoding);
        }
        decode_icu(d, converter);
        ucnv_close(converter);
    }
    if (d->len > MOST_BYTES) {
        return kiji_fail(err, KIJI_ELIMIT, d->input->source, KIJI_NO_OFFSET, "text larger than 1 GiB");
    }
    if (d->n_places != 0 && d->input->strict) {
        return kiji_fail(err, KIJI_EINPUT, d->input->source, d->first_lost_at, "not valid in %s", out->encoding);
    }
    out->text = (kiji_str){d->text, d->len};
    out->bytes_lost = d->bytes_lost;
    out->first_lost_at = d->first_lost_at;
    if (d->n_places != 0) {
        write_warnings(out, arena, d);
    }
    return KIJI_OK;
}

kiji_status kiji_decode(kiji_decoded *out, kiji_arena *arena, const kiji_input *input, kiji_error *err)
{
    *out = (kiji_decoded){.text = {"", 0}, .encoding = "UTF-8", .first_lost_at = KIJI_NO_OFFSET};
    const kiji_str s = {input->bytes != NULL ? input->bytes : "", input->nbytes};
    if (s.len > MOST_BYTES) {
        return kiji_fail(err, KIJI_ELIMIT, input->source, KIJI_NO_OFFSET, "larger than 1 GiB");
    }
    decoding d;
    memset(&d, 0, sizeof d);
    d.input = input;
    d.first_lost_at = KIJI_NO_OFFSET;
    if (input->encoding == NULL || strcmp(input->encoding, "auto") == 0) {
        d.guess = input->markup != KIJI_MARKUP_NONE ? kiji_page_charset(s, input->charset) : kiji_charset_detect(s);
    } else {
        const kiji_charset told = kiji_charset_named(input->encoding);
        if (told == KIJI_CHARSETS) {
            return kiji_fail(err, KIJI_EINPUT, input->source, KIJI_NO_OFFSET, "unknown encoding %s", input->encoding);
        }
        d.guess = kiji_charset_told(told, s);
    }
    d.bytes = (kiji_str){s.ptr + d.guess.mark, s.len - d.guess.mark};
    out->encoding = kiji_charset_name(d.guess.charset);
    const kiji_status status = check_binary(&d, err);
    if (status != KIJI_OK) {
        return status;
    }
    if (d.guess.charset == KIJI_UTF_8 && d.guess.good == s.len) {
        out->text = d.bytes;
        return KIJI_OK;
    }
    return convert(out, arena, &d, err);
}
