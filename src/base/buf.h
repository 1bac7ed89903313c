/*
 * buf.h - growing bytes with sticky failure: append freely, ask once at the end (as libgit2's git_str).
 */
#ifndef KIJI_BASE_BUF_H
#define KIJI_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "kiji.h"

typedef struct kiji_buf {
    char *ptr;  /* owned; NULL while empty */
    size_t len; /* bytes */
    size_t capacity;
    bool failed; /* an append failed; all later ones do nothing */
} kiji_buf;

#define KIJI_BUF_INIT                                                                                                  \
    {                                                                                                                  \
        NULL, 0, 0, false                                                                                              \
    }

/* Room for `nbytes` more: a pointer to write at (then add to len), or NULL with `failed` set. */
char *kiji_buf_reserve(kiji_buf *buf, size_t nbytes);

/* Append bytes, one byte, a NUL-terminated text, a formatted text. On failure `failed` is set. */
static inline void kiji_buf_put(kiji_buf *buf, const void *bytes, size_t nbytes)
{
    const bool room =
        nbytes <= buf->capacity - buf->len && !buf->failed; /* most often: a record is many short pieces */
    char *at = room && buf->ptr != NULL ? buf->ptr + buf->len : kiji_buf_reserve(buf, nbytes);
    if (at != NULL && nbytes != 0) {
        memcpy(at, bytes, nbytes);
        buf->len += nbytes;
    }
}
static inline void kiji_buf_putc(kiji_buf *buf, char c)
{
    if (buf->len < buf->capacity && !buf->failed) {
        buf->ptr[buf->len++] = c;
    } else {
        kiji_buf_put(buf, &c, 1);
    }
}
static inline void kiji_buf_puts(kiji_buf *buf, const char *text)
{
    kiji_buf_put(buf, text, strlen(text));
}
void kiji_buf_printf(kiji_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Empty it, keep the memory, forget a failure. */
void kiji_buf_reset(kiji_buf *buf);
/* Free the memory. */
void kiji_buf_clear(kiji_buf *buf);

#endif
