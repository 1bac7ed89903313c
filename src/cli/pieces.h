/*
 * pieces.h - one stream of bytes that holds several articles -> these, one after the other: lines of JSON, texts that
 * --split cuts, items of a feed, pages of a crawl.
 */
#ifndef KIJI_CLI_PIECES_H
#define KIJI_CLI_PIECES_H

#include "cli/item.h"
#include "cli/lines.h"
#include "cli/options.h"
#include "read/feed.h"
#include "read/warc.h"

typedef enum kiji_pieces_kind {
    KIJI_PIECES_NONE, /* the stream is one article */
    KIJI_PIECES_LINES,
    KIJI_PIECES_PARTS,
    KIJI_PIECES_FEED,
    KIJI_PIECES_WARC
} kiji_pieces_kind;

/* Starts all zero. */
typedef struct kiji_pieces {
    kiji_pieces_kind kind; /* KIJI_PIECES_NONE while closed */
    const kiji_options *options;
    kiji_lines lines; /* LINES, PARTS */
    kiji_feed *feed;  /* FEED; owned */
    kiji_warc *warc;  /* WARC; owned */
    size_t number;    /* of the last piece that is no line, from 1 */
} kiji_pieces;

/* What the options and the name of a file (or entry) say before it is looked at; KIJI_PIECES_NONE: nothing. */
kiji_pieces_kind kiji_pieces_expected(const kiji_options *options, const char *name);

/*
 * Begin over what `reader` gives, which stays the caller's; `options` is borrowed. Errors: KIJI_ENOMEM.
 */
kiji_status kiji_pieces_open(kiji_pieces *pieces, kiji_pieces_kind kind, const kiji_options *options,
                             const kiji_reader *reader, kiji_error *err);

/* The next one goes to *item, or why it could not be read; KIJI_STEP_ON: none this time, perhaps they are closed now.
 */
kiji_step kiji_pieces_next(kiji_pieces *pieces, kiji_item *item);

/* Close and free; may be called twice. */
void kiji_pieces_close(kiji_pieces *pieces);

#endif
