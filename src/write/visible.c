#include "write/visible.h"

#include <stdbool.h>
#include <stdio.h>

#include "base/utf8.h"

static bool is_line_end(uint32_t c)
{
    return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* C1 controls, marks and overrides of direction, invisible tags. */
static bool steers(uint32_t c)
{
    return (c >= 0x80 && c < 0xA0) || c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || (c >= 0xE0000 && c <= 0xE007F);
}

size_t kiji_visible(uint32_t out[KIJI_VISIBLE], kiji_str s, size_t *at)
{
    uint32_t c = 0;
    const size_t length = kiji_utf8_get(s, *at, &c);
    if (length == 0) {
        (*at)++;
        out[0] = 0xFFFD;
        return 1;
    }
    *at += length;
    out[0] = c;
    if (is_line_end(c)) {
        *at += c == '\r' && *at < s.len && s.ptr[*at] == '\n';
        out[0] = '\n';
    } else if (c == '\t') {
        out[0] = ' ';
    } else if (c < 0x20) {
        out[0] = 0x2400 + c;
    } else if (c == 0x7F) {
        out[0] = 0x2421;
    } else if (steers(c)) {
        char spelt[KIJI_VISIBLE + 2];
        const int n = snprintf(spelt, sizeof spelt, "<U+%04lX>", (unsigned long)c);
        for (int i = 0; i < n && i < KIJI_VISIBLE; i++) {
            out[i] = (uint32_t)spelt[i];
        }
        return n < KIJI_VISIBLE ? (size_t)n : KIJI_VISIBLE;
    }
    return 1;
}
