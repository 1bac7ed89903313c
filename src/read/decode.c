#include "read/decode.h"

#include <stdio.h>
#include <string.h>

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include "base/status.h"
#include "base/utf8.h"

#define MOST_BYTES    ((size_t)1 << 30)
#define MOST_WARNINGS 10u
#define LOOK_AT       256 /* bytes that the detector sees: it is slow, and was right at this length */

typedef struct charset {
    const char *name;  /* as the record and messages say it */
    const char *icu;   /* NULL: no converter needed */
    const char *names; /* what -E accepts, |-separated, small letters, without - and _ */
} charset;

enum { UTF8, SHIFT_JIS, EUC_JP, ISO_2022_JP, UTF_16LE, UTF_16BE, UTF_16, CHARSETS };

/* CP932 and eucJP-win are what Japanese text in these encodings really is. */
static const charset charsets[CHARSETS] = {
    [UTF8] = {"UTF-8", NULL, "utf8"},
    [SHIFT_JIS] = {"Shift_JIS", "windows-31j", "shiftjis|sjis|cp932|windows31j|mskanji|ms932"},
    [EUC_JP] = {"EUC-JP", "euc-jp-2007", "eucjp|ujis|eucjpwin|eucjpms"},
    [ISO_2022_JP] = {"ISO-2022-JP", "ISO-2022-JP", "iso2022jp|jis"},
    [UTF_16LE] = {"UTF-16LE", "UTF-16LE", "utf16le"},
    [UTF_16BE] = {"UTF-16BE", "UTF-16BE", "utf16be"},
    [UTF_16] = {"UTF-16", "UTF-16", "utf16|unicode|ucs2"},
};

static int find_charset(const char *name)
{
    char plain[32];
    size_t n = 0;
    for (const char *p = name; *p != '\0' && n < sizeof plain - 1; p++) {
        if (*p != '-' && *p != '_') {
            plain[n++] = (char)(*p >= 'A' && *p <= 'Z' ? *p + 32 : *p);
        }
    }
    plain[n] = '\0';
    for (int i = 0; i < CHARSETS; i++) {
        const char *at = charsets[i].names;
        while (*at != '\0') {
            const size_t length = strcspn(at, "|");
            if (length == n && memcmp(at, plain, n) == 0) {
                return i;
            }
            at += length + (at[length] == '|');
        }
    }
    return -1;
}

bool kiji_encoding_known(const char *name)
{
    return strcmp(name, "auto") == 0 || find_charset(name) >= 0;
}

/* --- which charset -------------------------------------------------------------------------------------------- */

static int by_mark(kiji_str s, size_t *mark)
{
    if (s.len >= 3 && memcmp(s.ptr, "\xEF\xBB\xBF", 3) == 0) {
        *mark = 3;
        return UTF8;
    }
    *mark = 2;
    if (s.len >= 2 && memcmp(s.ptr, "\xFF\xFE", 2) == 0) {
        return UTF_16LE;
    }
    if (s.len >= 2 && memcmp(s.ptr, "\xFE\xFF", 2) == 0) {
        return UTF_16BE;
    }
    *mark = 0;
    return -1;
}

/* UTF-16 without a mark: ASCII, blanks and kana have a NUL, 0x30 or 0x00 in every other byte. */
static int by_nuls(kiji_str s)
{
    const size_t n = s.len < 1024 ? s.len / 2 * 2 : 1024;
    size_t even = 0;
    size_t odd = 0;
    for (size_t i = 0; i + 1 < n; i += 2) {
        even += s.ptr[i] == 0 || s.ptr[i] == 0x30;
        odd += s.ptr[i + 1] == 0 || s.ptr[i + 1] == 0x30;
    }
    if (s.len % 2 != 0 || n < 4 || memchr(s.ptr, 0, s.len) == NULL) {
        return -1;
    }
    if (even * 10 > n / 2 * 3 && even > odd * 3) {
        return UTF_16BE;
    }
    return odd * 10 > n / 2 * 3 && odd > even * 3 ? UTF_16LE : -1;
}

static bool has_iso2022_escape(kiji_str s)
{
    for (const char *p = s.ptr; (p = memchr(p, 0x1B, (size_t)(s.ptr + s.len - p))) != NULL; p++) {
        const size_t left = (size_t)(s.ptr + s.len - p);
        if (left >= 3 &&
            ((p[1] == '$' && (p[2] == 'B' || p[2] == '@')) || (p[1] == '(' && (p[2] == 'J' || p[2] == 'B')))) {
            return true;
        }
    }
    return false;
}

/* Bytes that belong to no UTF-8 character, against those that do: a UTF-8 text with few bad bytes stays UTF-8. */
static bool mostly_utf8(kiji_str s)
{
    size_t good = 0;
    size_t bad = 0;
    uint32_t ignored = 0;
    for (size_t i = 0; i < s.len;) {
        const size_t n = kiji_utf8_get(s, i, &ignored);
        good += n > 1;
        bad += n == 0;
        i += n != 0 ? n : 1;
    }
    return good > bad * 4;
}

static int by_detector(kiji_str s)
{
    size_t from = 0;
    while (from < s.len && (unsigned char)s.ptr[from] < 0x80) {
        from++;
    }
    const size_t n = s.len - from < LOOK_AT ? s.len - from : LOOK_AT;
    UErrorCode status = U_ZERO_ERROR;
    UCharsetDetector *detector = ucsdet_open(&status);
    int32_t count = 0;
    int found = -1;
    ucsdet_setText(detector, s.ptr + from, (int32_t)n, &status);
    const UCharsetMatch **matches = ucsdet_detectAll(detector, &count, &status);
    for (int32_t i = 0; U_SUCCESS(status) && i < count && found < 0; i++) {
        const char *name = ucsdet_getName(matches[i], &status);
        if (name != NULL && (strcmp(name, "Shift_JIS") == 0 || strcmp(name, "EUC-JP") == 0)) {
            found = strcmp(name, "EUC-JP") == 0 ? EUC_JP : SHIFT_JIS;
        }
    }
    ucsdet_close(detector);
    return found;
}

static int detect(kiji_str s, size_t *mark)
{
    int found = by_mark(s, mark);
    if (found < 0) {
        found = by_nuls(s);
    }
    if (found < 0 && has_iso2022_escape(s) && kiji_utf8_valid(s)) {
        found = ISO_2022_JP;
    }
    if (found < 0 && (kiji_utf8_valid(s) || mostly_utf8(s))) {
        found = UTF8;
    }
    if (found < 0) {
        found = by_detector(s);
    }
    return found < 0 ? UTF8 : found;
}

/* --- decoding ------------------------------------------------------------------------------------------------- */

typedef struct lost_place {
    size_t at, n; /* bytes of the input */
} lost_place;

/*
 * No character of a Japanese encoding takes more than three bytes of UTF-8 a byte, nor does U+FFFD: the output is
 * allocated before a converter is open, so that running out of memory leaks none.
 */
typedef struct decoding {
    const kiji_input *input;
    kiji_str bytes; /* behind the mark */
    size_t mark;
    char *text;
    size_t len;
    lost_place places[MOST_WARNINGS];
    size_t n_places;
    size_t bytes_lost;
    size_t first_lost_at;
} decoding;

static void put(decoding *d, const char *bytes, size_t n)
{
    memcpy(d->text + d->len, bytes, n);
    d->len += n;
}

/* Bytes [at, at + n) of the input are no character. */
static void lose(decoding *d, size_t at, size_t n)
{
    put(d, "\xEF\xBF\xBD", 3);
    d->bytes_lost += n;
    if (d->first_lost_at == KIJI_NO_OFFSET) {
        d->first_lost_at = at;
    }
    if (d->n_places < MOST_WARNINGS) {
        d->places[d->n_places] = (lost_place){at, n};
    }
    d->n_places++;
}

static void decode_utf8(decoding *d)
{
    uint32_t ignored = 0;
    for (size_t i = 0; i < d->bytes.len;) {
        size_t n = kiji_utf8_get(d->bytes, i, &ignored);
        if (n != 0) {
            put(d, d->bytes.ptr + i, n);
            i += n;
            continue;
        }
        /* The maximal subpart: continuation bytes that could belong to the lead byte go with it. */
        n = 1;
        const unsigned char lead = (unsigned char)d->bytes.ptr[i];
        const size_t most = lead >= 0xF0 && lead <= 0xF4 ? 3 : lead >= 0xE0 && lead < 0xF0 ? 2 : 1;
        while (lead >= 0xC2 && n < most && i + n < d->bytes.len &&
               ((unsigned char)d->bytes.ptr[i + n] & 0xC0) == 0x80) {
            n++;
        }
        lose(d, d->mark + i, n);
        i += n;
    }
}

static void put_utf16(decoding *d, const UChar *from, const UChar *end)
{
    while (from < end) {
        uint32_t c = *from++;
        if (U16_IS_LEAD(c) && from < end && U16_IS_TRAIL(*from)) {
            c = (uint32_t)U16_GET_SUPPLEMENTARY(c, *from);
            from++;
        } else if (U16_IS_SURROGATE(c)) {
            c = 0xFFFD;
        }
        uint8_t bytes[4];
        int32_t n = 0;
        U8_APPEND_UNSAFE(bytes, n, c);
        put(d, (const char *)bytes, (size_t)n);
    }
}

static void decode_icu(decoding *d, UConverter *converter)
{
    UErrorCode status = U_ZERO_ERROR;
    ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
    const char *at = d->bytes.ptr;
    const char *end = d->bytes.ptr + d->bytes.len;
    UChar chunk[2048];
    for (bool more = true; more;) {
        UChar *to = chunk;
        status = U_ZERO_ERROR;
        /* A surrogate pair is never cut: the last place of the chunk is left free for the second half. */
        ucnv_toUnicode(converter, &to, chunk + sizeof chunk / sizeof chunk[0] - 1, &at, end, NULL, true, &status);
        more = status == U_BUFFER_OVERFLOW_ERROR;
        if (to > chunk && U16_IS_LEAD(to[-1]) && more) {
            UErrorCode rest = U_ZERO_ERROR;
            UChar *one = to;
            ucnv_toUnicode(converter, &one, chunk + sizeof chunk / sizeof chunk[0], &at, end, NULL, true, &rest);
            to = one;
            status = rest;
            more = status == U_BUFFER_OVERFLOW_ERROR;
        }
        put_utf16(d, chunk, to);
        if (U_FAILURE(status) && !more) {
            char bad[16];
            int8_t n = (int8_t)sizeof bad;
            UErrorCode ignored = U_ZERO_ERROR;
            ucnv_getInvalidChars(converter, bad, &n, &ignored);
            const size_t behind = (size_t)(at - d->bytes.ptr) + d->mark;
            const size_t length = U_SUCCESS(ignored) && n > 0 ? (size_t)n : 1;
            lose(d, behind >= length ? behind - length : 0, length);
            more = at < end;
        }
    }
}

static void write_warnings(kiji_decoded *out, kiji_arena *arena, const decoding *d)
{
    if (d->n_places == 0) {
        return;
    }
    out->warnings = kiji_arena_zero(arena, MOST_WARNINGS + 1, sizeof *out->warnings);
    const size_t n = d->n_places < MOST_WARNINGS ? d->n_places : MOST_WARNINGS;
    char text[160];
    for (size_t i = 0; i < n; i++) {
        const lost_place *p = &d->places[i];
        int used = snprintf(text, sizeof text, "byte %zu: not valid in %s (", p->at, out->encoding);
        for (size_t k = 0; k < p->n && k < 4; k++) {
            used += snprintf(text + used, sizeof text - (size_t)used, "%s0x%02X", k != 0 ? " " : "",
                             (unsigned char)d->input->bytes[p->at + k]);
        }
        (void)snprintf(text + used, sizeof text - (size_t)used, "%s)", p->n > 4 ? " …" : "");
        out->warnings[out->n_warnings++] = kiji_arena_copy(arena, (kiji_str){text, strlen(text)});
    }
    if (d->n_places > MOST_WARNINGS) {
        (void)snprintf(text, sizeof text, "%zu more places not valid in %s", d->n_places - MOST_WARNINGS,
                       out->encoding);
        out->warnings[out->n_warnings++] = kiji_arena_copy(arena, (kiji_str){text, strlen(text)});
    }
}

static kiji_status check_binary(kiji_str s, const kiji_input *input, kiji_error *err)
{
    size_t nuls = 0;
    size_t controls = 0;
    size_t first = KIJI_NO_OFFSET;
    for (size_t i = 0; i < s.len; i++) {
        const unsigned char c = (unsigned char)s.ptr[i];
        if (c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != 0x0C) {
            controls++;
            nuls += c == 0;
            first = c == 0 && first == KIJI_NO_OFFSET ? i : first;
        }
    }
    if (nuls != 0 && (first < 8000 || nuls * 1000 > s.len)) {
        return kiji_fail(err, KIJI_EINPUT, input->source, first, "binary data (a NUL byte)");
    }
    if (controls * 10 > s.len) {
        return kiji_fail(err, KIJI_EINPUT, input->source, KIJI_NO_OFFSET, "binary data (control characters)");
    }
    return KIJI_OK;
}

static bool is_utf16(int set)
{
    return set == UTF_16 || set == UTF_16LE || set == UTF_16BE;
}

/* Everything but valid UTF-8, which needs no copy. */
static kiji_status convert(kiji_decoded *out, kiji_arena *arena, decoding *d, int set, kiji_error *err)
{
    d->text = kiji_arena_alloc(arena, d->bytes.len * 3 + 64);
    if (charsets[set].icu == NULL) {
        decode_utf8(d);
    } else {
        UErrorCode status = U_ZERO_ERROR;
        UConverter *converter = ucnv_open(charsets[set].icu, &status);
        if (U_FAILURE(status)) {
            return kiji_fail(err, KIJI_EINPUT, d->input->source, KIJI_NO_OFFSET, "ICU has no converter for %s",
                             charsets[set].name);
        }
        decode_icu(d, converter);
        ucnv_close(converter);
    }
    out->text = (kiji_str){d->text, d->len};
    out->bytes_lost = d->bytes_lost;
    out->first_lost_at = d->first_lost_at;
    write_warnings(out, arena, d);
    if (d->n_places != 0 && d->input->strict) {
        return kiji_fail(err, KIJI_EINPUT, d->input->source, d->first_lost_at, "not valid in %s", out->encoding);
    }
    return is_utf16(set) ? check_binary(out->text, d->input, err) : KIJI_OK;
}

kiji_status kiji_decode(kiji_decoded *out, kiji_arena *arena, const kiji_input *input, kiji_error *err)
{
    *out = (kiji_decoded){.first_lost_at = KIJI_NO_OFFSET};
    kiji_str s = {input->bytes != NULL ? input->bytes : "", input->nbytes};
    if (s.len > MOST_BYTES) {
        return kiji_fail(err, KIJI_ELIMIT, input->source, KIJI_NO_OFFSET, "larger than 1 GiB");
    }
    const bool told = input->encoding != NULL && strcmp(input->encoding, "auto") != 0;
    int set = told ? find_charset(input->encoding) : 0;
    if (set < 0) {
        return kiji_fail(err, KIJI_EINPUT, input->source, KIJI_NO_OFFSET, "unknown encoding %s", input->encoding);
    }
    size_t mark = 0;
    const int marked = by_mark(s, &mark);
    if (!told) {
        set = detect(s, &mark);
    } else if (marked != set && !(set == UTF_16 && marked >= 0 && is_utf16(marked))) {
        mark = 0;
    } else if (set == UTF_16) {
        set = marked;
    }
    if (!is_utf16(set)) {
        const kiji_status status = check_binary(s, input, err);
        if (status != KIJI_OK) {
            return status;
        }
    }
    out->encoding = charsets[set].name;
    decoding d = {input, {s.ptr + mark, s.len - mark}, mark, NULL, 0, {{0, 0}}, 0, 0, KIJI_NO_OFFSET};
    if (set == UTF8 && kiji_utf8_valid(d.bytes)) {
        out->text = d.bytes;
        return KIJI_OK;
    }
    return convert(out, arena, &d, set, err);
}
