#include "base/utf8.h"

#include <string.h>

/* Least code point of a sequence of 2, 3, 4 bytes: anything below is an overlong form. */
static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};

static size_t length_of(unsigned char lead)
{
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        return 2;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        return 3;
    }
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

size_t kiji_utf8_get(kiji_str s, size_t at, uint32_t *out)
{
    const unsigned char *byte = (const unsigned char *)s.ptr + at;
    const size_t length = length_of(byte[0]);
    if (length == 0 || length > s.len - at) {
        return 0;
    }
    if (length == 1) {
        *out = byte[0];
        return 1;
    }
    uint32_t code_point = byte[0] & (0xFFu >> (length + 1));
    for (size_t i = 1; i < length; i++) {
        if ((byte[i] & 0xC0) != 0x80) {
            return 0;
        }
        code_point = code_point << 6 | (byte[i] & 0x3F);
    }
    if (code_point < least[length] || code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) {
        return 0;
    }
    *out = code_point;
    return length;
}

/* Whether four characters of three bytes stand at p: of any block but those of lead bytes E0 and ED, which have gaps.
 */
static bool four_wide(const unsigned char *p)
{
    static const unsigned char mask[] = {0xF0, 0xC0, 0xC0, 0xF0, 0xC0, 0xC0, 0xF0, 0xC0, 0xC0, 0xF0, 0xC0, 0xC0};
    static const unsigned char want[] = {0xE0, 0x80, 0x80, 0xE0, 0x80, 0x80, 0xE0, 0x80, 0x80, 0xE0, 0x80, 0x80};
    uint64_t front[3];
    uint32_t back[3];
    memcpy(&front[0], p, 8);
    memcpy(&front[1], mask, 8);
    memcpy(&front[2], want, 8);
    memcpy(&back[0], p + 8, 4);
    memcpy(&back[1], mask + 8, 4);
    memcpy(&back[2], want + 8, 4);
    /* Lead bytes E0 and ED: bits 0 and 13 of a set of sixteen. */
    const unsigned leads = 1u << (p[0] & 15) | 1u << (p[3] & 15) | 1u << (p[6] & 15) | 1u << (p[9] & 15);
    return (front[0] & front[1]) == front[2] && (back[0] & back[1]) == back[2] && (leads & 0x2001u) == 0;
}

size_t kiji_utf8_good(kiji_str s)
{
    const unsigned char *p = (const unsigned char *)s.ptr;
    uint32_t ignored = 0;
    size_t at = 0;
    while (at < s.len) {
        while (s.len - at >= 12 && four_wide(p + at)) {
            at += 12;
        }
        while (s.len - at >= 8) {
            uint64_t word;
            memcpy(&word, p + at, 8);
            if ((word & 0x8080808080808080u) != 0) {
                break;
            }
            at += 8;
        }
        /* A few by hand: to the next run of either kind. */
        for (unsigned i = 0; i < 4 && at < s.len; i++) {
            const size_t length = p[at] < 0x80 ? 1 : kiji_utf8_get(s, at, &ignored);
            if (length == 0) {
                return at;
            }
            at += length;
        }
    }
    return at;
}

bool kiji_utf8_valid(kiji_str s)
{
    return kiji_utf8_good(s) == s.len;
}

size_t kiji_utf8_bad(kiji_str s, size_t at)
{
    const unsigned char *p = (const unsigned char *)s.ptr + at;
    const size_t length = length_of(p[0]);
    if (length < 3 || s.len - at < 2) {
        return 1;
    }
    const bool second = (p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F) ||
                        (p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] > 0x8F) || (p[1] & 0xC0) != 0x80;
    if (second) {
        return 1;
    }
    return length == 4 && s.len - at >= 3 && (p[2] & 0xC0) == 0x80 ? 3 : 2;
}

size_t kiji_utf8_clean(char *out, kiji_str s)
{
    uint32_t ignored = 0;
    size_t n = 0;
    for (size_t at = 0; at < s.len;) {
        const size_t length = kiji_utf8_get(s, at, &ignored);
        memcpy(out + n, length != 0 ? s.ptr + at : "\xEF\xBF\xBD", length != 0 ? length : 3);
        n += length != 0 ? length : 3;
        at += length != 0 ? length : 1;
    }
    return n;
}

void kiji_utf8_put_clean(kiji_buf *out, kiji_str s)
{
    char *at = kiji_buf_reserve(out, s.len * KIJI_UTF8_CLEAN);
    if (at != NULL) {
        out->len += kiji_utf8_clean(at, s);
    }
}

size_t kiji_utf8_write(char out[static KIJI_UTF8_LONGEST], uint32_t character)
{
    uint32_t c = character;
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
        c = 0xFFFD;
    }
    const size_t length = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (c & 0x3F));
        c >>= 6;
    }
    out[0] = (char)(0xF00 >> length | c);
    return length;
}

void kiji_utf8_put(kiji_buf *out, uint32_t character)
{
    char bytes[KIJI_UTF8_LONGEST];
    kiji_buf_put(out, bytes, kiji_utf8_write(bytes, character));
}
