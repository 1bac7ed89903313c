/*
 * feed.h - RSS (0.9x, 1.0, 2.0) and Atom through expat: a stream of items in constant memory.
 */
#ifndef KIJI_READ_FEED_H
#define KIJI_READ_FEED_H

#include "base/buf.h"
#include "read/reader.h"

typedef struct kiji_feed kiji_feed;

/*
 * Read items of at most `most` bytes from what `reader` (copied) gives. The caller owns *out (kiji_feed_close). Errors:
 * KIJI_ENOMEM, KIJI_EDICT (expat cannot be loaded).
 */
kiji_status kiji_feed_open(kiji_feed **out, const kiji_reader *reader, size_t most, kiji_error *err);

/*
 * The next item: a page for KIJI_MARKUP_ITEM, in UTF-8, is appended to `html`, its guid, id or link with a NUL that is
 * not counted to `id`. *more is false at the end. Errors: KIJI_ELIMIT (the item is larger: it is passed over, go on);
 * nothing comes after the others: KIJI_EINPUT (no XML, no feed, declares entities, a tag over 1 MiB, elements deeper
 * than 1000), the reader's, KIJI_ENOMEM.
 */
kiji_status kiji_feed_next(bool *more, kiji_buf *html, kiji_buf *id, kiji_feed *feed, kiji_error *err);

/* NULL is allowed. */
void kiji_feed_close(kiji_feed *feed);

#endif
