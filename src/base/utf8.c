#include "base/utf8.h"

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

bool kiji_utf8_valid(kiji_str s)
{
    uint32_t ignored = 0;
    for (size_t at = 0; at < s.len;) {
        const size_t length = kiji_utf8_get(s, at, &ignored);
        if (length == 0) {
            return false;
        }
        at += length;
    }
    return true;
}

void kiji_utf8_put_clean(kiji_buf *out, kiji_str s)
{
    uint32_t ignored = 0;
    for (size_t at = 0; at < s.len;) {
        const size_t length = kiji_utf8_get(s, at, &ignored);
        if (length == 0) {
            kiji_buf_puts(out, "\xEF\xBF\xBD");
            at++;
        } else {
            kiji_buf_put(out, s.ptr + at, length);
            at += length;
        }
    }
}

void kiji_utf8_put(kiji_buf *out, uint32_t character)
{
    uint32_t c = character;
    char bytes[4];
    if (c < 0x80) {
        kiji_buf_putc(out, (char)c);
        return;
    }
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
        c = 0xFFFD;
    }
    const size_t length = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--) {
        bytes[i] = (char)(0x80 | (c & 0x3F));
        c >>= 6;
    }
    bytes[0] = (char)(0xF00 >> length | c);
    kiji_buf_put(out, bytes, length);
}
