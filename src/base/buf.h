/*
 * buf.h - growing bytes with sticky failure: append freely, ask once at the end (as libgit2's git_str).
 */
#ifndef KIJI_BASE_BUF_H
#define KIJI_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

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

/* Append bytes, one byte, a NUL-terminated text, a formatted text. On failure `failed` is set. */
void kiji_buf_put(kiji_buf *buf, const void *bytes, size_t nbytes);
void kiji_buf_putc(kiji_buf *buf, char c);
void kiji_buf_puts(kiji_buf *buf, const char *text);
void kiji_buf_printf(kiji_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Room for `nbytes` more: a pointer to write at (then add to len), or NULL with `failed` set. */
char *kiji_buf_reserve(kiji_buf *buf, size_t nbytes);
/* Empty it, keep the memory, forget a failure. */
void kiji_buf_reset(kiji_buf *buf);
/* Free the memory. */
void kiji_buf_clear(kiji_buf *buf);

#endif
