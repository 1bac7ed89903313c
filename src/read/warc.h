/*
 * warc.h - WARC (ISO 28500), the archive format of web crawls: a stream of records, of which responses with a page or
 * a text are articles.
 */
#ifndef KIJI_READ_WARC_H
#define KIJI_READ_WARC_H

#include "base/buf.h"
#include "read/http.h"
#include "read/reader.h"

typedef struct kiji_warc kiji_warc;

/* What a record held. */
typedef struct kiji_warc_page {
    kiji_buf *bytes;    /* the caller's; the page or text is appended */
    kiji_buf *id;       /* the caller's; the address that it came from is appended, with a NUL that is not counted */
    kiji_markup markup; /* KIJI_MARKUP_PAGE, or KIJI_MARKUP_NONE: text */
    char charset[32];   /* that the server said, or "" */
} kiji_warc_page;

/* Read pages of at most `most` bytes from what `reader` (copied) gives. *out: kiji_warc_close. Errors: KIJI_ENOMEM. */
kiji_status kiji_warc_open(kiji_warc **out, const kiji_reader *reader, size_t most, kiji_error *err);

/*
 * The next page or text: of a record of type response (HTTP, status 200), resource or conversion that is text/html,
 * application/xhtml+xml or text/plain, or begins as pages do where no type is said. All others are passed over. *more
 * is false at the end. Errors: KIJI_ELIMIT, KIJI_EINPUT (this one is larger, damaged, or in a coding such as br: with
 * *more, go on); nothing comes after the others: KIJI_EINPUT without *more (no WARC), the reader's, KIJI_ENOMEM.
 */
kiji_status kiji_warc_next(bool *more, kiji_warc_page *out, kiji_warc *warc, kiji_error *err);

/* NULL is allowed. */
void kiji_warc_close(kiji_warc *warc);

#endif
