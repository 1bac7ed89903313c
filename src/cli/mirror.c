#include "cli/mirror.h"

#include <string.h>

#include "base/hash.h"

#define MOST_IN_PART ((size_t)230) /* bytes; 255 is the usual limit, and there is something to come behind */

static void part(kiji_buf *out, kiji_str s)
{
    if (s.len == 2 && memcmp(s.ptr, "..", 2) == 0) {
        kiji_buf_puts(out, "%2E%2E");
        return;
    }
    const size_t begin = out->len;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '%') {
            kiji_buf_puts(out, "%25");
        } else {
            kiji_buf_putc(out, s.ptr[i]);
        }
    }
    if (!out->failed && out->len - begin > MOST_IN_PART) {
        size_t end = begin + MOST_IN_PART - 20;
        while (end > begin && ((unsigned char)out->ptr[end] & 0xC0) == 0x80) {
            end--;
        }
        out->len = end;
        kiji_buf_printf(out, "%%%016llx", (unsigned long long)kiji_hash64(s));
    }
}

void kiji_mirror_name(kiji_buf *out, const kiji_origin *origin, const char *extension)
{
    kiji_str left = origin->file;
    bool any = false;
    if (left.len == 1 && left.ptr[0] == '-') {
        kiji_buf_puts(out, "stdin");
        left.len = 0;
    }
    while (left.len != 0) {
        const char *slash = memchr(left.ptr, '/', left.len);
        const size_t length = slash != NULL ? (size_t)(slash - left.ptr) : left.len;
        if (length != 0 && !(length == 1 && left.ptr[0] == '.')) {
            kiji_buf_puts(out, any ? "/" : "");
            part(out, (kiji_str){left.ptr, length});
            any = true;
        }
        const size_t step = slash != NULL ? length + 1 : length;
        left.ptr += step;
        left.len -= step;
    }
    if (origin->line != 0) {
        kiji_buf_printf(out, "/%zu", origin->line);
    }
    kiji_buf_printf(out, ".%s", extension);
    kiji_buf_putc(out, '\0');
}
