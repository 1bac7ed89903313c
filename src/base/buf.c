#include "base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include "base/mem.h"

char *kiji_buf_reserve(kiji_buf *buf, size_t nbytes)
{
    if (buf->failed) {
        return NULL;
    }
    if (nbytes > buf->capacity - buf->len) {
        size_t wider = buf->capacity != 0 ? buf->capacity : 256;
        while (wider - buf->len < nbytes) {
            if (wider > SIZE_MAX / 4) {
                buf->failed = true;
                return NULL;
            }
            wider *= 2;
        }
        char *moved = kiji_realloc(buf->ptr, wider);
        if (moved == NULL) {
            buf->failed = true;
            return NULL;
        }
        buf->ptr = moved;
        buf->capacity = wider;
    }
    return buf->ptr != NULL ? buf->ptr + buf->len : NULL;
}

void kiji_buf_printf(kiji_buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    const int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0) {
        buf->failed = true;
    } else {
        char *at = kiji_buf_reserve(buf, (size_t)length + 1);
        if (at != NULL) {
            (void)vsnprintf(at, (size_t)length + 1, format, again);
            buf->len += (size_t)length;
        }
    }
    va_end(again);
}

void kiji_buf_reset(kiji_buf *buf)
{
    buf->len = 0;
    buf->failed = false;
}

void kiji_buf_clear(kiji_buf *buf)
{
    kiji_free(buf->ptr);
    *buf = (kiji_buf)KIJI_BUF_INIT;
}
