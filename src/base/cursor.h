/* cursor.h - a place in text that is read from the front. */
#ifndef KIJI_BASE_CURSOR_H
#define KIJI_BASE_CURSOR_H

#include <stdbool.h>
#include <string.h>

typedef struct kiji_cursor {
    const char *at, *end;
} kiji_cursor;

/* If exactly `text` stands here, go behind it. */
static inline bool kiji_take(kiji_cursor *c, const char *text)
{
    const size_t n = strlen(text);
    if ((size_t)(c->end - c->at) < n || memcmp(c->at, text, n) != 0) {
        return false;
    }
    c->at += n;
    return true;
}

#endif
