/*
 * http.h - an HTTP response as archives of the web keep it: its head, and the body without chunks and compression.
 */
#ifndef KIJI_READ_HTTP_H
#define KIJI_READ_HTTP_H

#include <stdbool.h>

#include "base/buf.h"

typedef enum kiji_http_coding { KIJI_HTTP_PLAIN, KIJI_HTTP_ZLIB, KIJI_HTTP_OTHER } kiji_http_coding;

typedef struct kiji_http_head {
    unsigned status;  /* 200 …; 0: no status line */
    char type[64];    /* "text/html", small letters; "" where it is not said */
    char charset[32]; /* of the type; "" where it is not said */
    char coding[32];  /* name of the content coding, small letters, or "" */
    kiji_http_coding how;
    bool chunked;
} kiji_http_head;

/* Read the status line or one line of the head (without its line end) into *head, which starts all zero. */
void kiji_http_line(kiji_http_head *head, kiji_str line);

/* The value of "Content-Type: text/html; charset=utf-8" into head->type and head->charset. */
void kiji_http_type(kiji_http_head *head, kiji_str value);

/*
 * The value of the line where it is the header field `name` (case does not matter), without blanks around it;
 * ptr is NULL: it is another one. Borrowed from the line.
 */
kiji_str kiji_http_field(kiji_str line, const char *name);

/*
 * Append the body to *out. What is said to be in chunks or compressed but does not look so is taken as it is: some
 * archives keep the head of a body that they have decoded. Errors: KIJI_EINPUT (a damaged body, a coding such as br),
 * KIJI_ELIMIT (more than `most` bytes), KIJI_ENOMEM.
 */
kiji_status kiji_http_body(kiji_buf *out, const kiji_http_head *head, kiji_str raw, size_t most, kiji_error *err);

#endif
