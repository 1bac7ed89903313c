#include "cli/pieces.h"

#include <errno.h>
#include <string.h>

#include "cli/interrupt.h"
#include "cli/split.h"
#include "read/kind.h"

#define BOM "\xEF\xBB\xBF"

/* "news.jsonl", and "news.jsonl.gz", too. */
static bool holds_lines(const kiji_options *options, const char *name)
{
    static const char ending[] = ".jsonl";
    const size_t tail = sizeof ending - 1;
    const size_t length = kiji_kind_bare_name(name);
    const bool by_name = length > tail && memcmp(name + length - tail, ending, tail) == 0;
    const bool looked_at = options->input == KIJI_INPUT_BY_NAME || options->input == KIJI_INPUT_ARCHIVE;
    return options->input == KIJI_INPUT_JSONL || (looked_at && by_name);
}

kiji_pieces_kind kiji_pieces_expected(const kiji_options *options, const char *name)
{
    if (holds_lines(options, name)) {
        return KIJI_PIECES_LINES;
    }
    if (options->input == KIJI_INPUT_FEED) {
        return KIJI_PIECES_FEED;
    }
    if (options->input == KIJI_INPUT_WARC) {
        return KIJI_PIECES_WARC;
    }
    return options->split != KIJI_SPLIT_NONE ? KIJI_PIECES_PARTS : KIJI_PIECES_NONE;
}

kiji_status kiji_pieces_open(kiji_pieces *pieces, kiji_pieces_kind kind, const kiji_options *options,
                             const kiji_reader *reader, kiji_error *err)
{
    kiji_status status = KIJI_OK;
    pieces->options = options;
    pieces->number = 0;
    switch (kind) {
    case KIJI_PIECES_NONE:
        break;
    case KIJI_PIECES_LINES:
        kiji_lines_over(&pieces->lines, reader, '\n', options->max_size);
        break;
    case KIJI_PIECES_PARTS:
        kiji_lines_over(&pieces->lines, reader, kiji_split_delimiter(options->split), options->max_size);
        break;
    case KIJI_PIECES_FEED:
        status = kiji_feed_open(&pieces->feed, reader, options->max_size, err);
        break;
    case KIJI_PIECES_WARC:
        status = kiji_warc_open(&pieces->warc, reader, options->max_size, err);
        break;
    }
    pieces->kind = status == KIJI_OK ? kind : KIJI_PIECES_NONE;
    return status;
}

/* There are no more. */
static kiji_step end(kiji_pieces *pieces)
{
    kiji_pieces_close(pieces);
    return KIJI_STEP_ON;
}

static kiji_step next_part(kiji_pieces *pieces, kiji_item *item)
{
    bool more = false;
    const kiji_status status = kiji_split_next(&more, &item->bytes, &pieces->lines, pieces->options->split, &item->err);
    if (!more || (status == KIJI_OK && kiji_interrupt_seen())) {
        return end(pieces);
    }
    item->part = ++pieces->number;
    return KIJI_STEP_ITEM;
}

static kiji_step next_line(kiji_pieces *pieces, kiji_item *item)
{
    kiji_lines *lines = &pieces->lines;
    kiji_str line = {NULL, 0};
    const kiji_status status = kiji_lines_next(&line, lines, &item->err);
    if (status == KIJI_OK && line.ptr == NULL) {
        return end(pieces);
    }
    if (lines->number == 1 && line.len >= strlen(BOM) && memcmp(line.ptr, BOM, strlen(BOM)) == 0) {
        line.ptr += strlen(BOM);
        line.len -= strlen(BOM);
    }
    item->line = line.ptr != NULL ? lines->number : 0;
    if (status != KIJI_OK) {
        return KIJI_STEP_ITEM;
    }
    size_t blanks = 0;
    while (blanks < line.len && strchr(" \t\r", line.ptr[blanks]) != NULL && line.ptr[blanks] != '\0') {
        blanks++;
    }
    if (blanks == line.len) {
        return KIJI_STEP_ON;
    }
    kiji_buf_put(&item->bytes, line.ptr, line.len);
    return item->bytes.failed ? kiji_item_failed(item, ENOMEM, NULL) : KIJI_STEP_ITEM;
}

static kiji_step next_in_feed(kiji_pieces *pieces, kiji_item *item)
{
    bool more = false;
    const kiji_status status = kiji_feed_next(&more, &item->bytes, &item->id, pieces->feed, &item->err);
    if (status == KIJI_OK && (!more || kiji_interrupt_seen())) {
        return end(pieces);
    }
    item->markup = KIJI_MARKUP_ITEM;
    if (more) {
        item->part = ++pieces->number;
    } else {
        (void)end(pieces);
    }
    return KIJI_STEP_ITEM;
}

static kiji_step next_in_warc(kiji_pieces *pieces, kiji_item *item)
{
    bool more = false;
    kiji_warc_page page = {.bytes = &item->bytes, .id = &item->id};
    const kiji_status status = kiji_warc_next(&more, &page, pieces->warc, &item->err);
    if (status == KIJI_OK && (!more || kiji_interrupt_seen())) {
        return end(pieces);
    }
    item->markup = page.markup;
    memcpy(item->charset, page.charset, sizeof item->charset);
    if (more) {
        item->part = ++pieces->number;
    } else {
        (void)end(pieces);
    }
    return KIJI_STEP_ITEM;
}

kiji_step kiji_pieces_next(kiji_pieces *pieces, kiji_item *item)
{
    switch (pieces->kind) {
    case KIJI_PIECES_LINES:
        return next_line(pieces, item);
    case KIJI_PIECES_PARTS:
        return next_part(pieces, item);
    case KIJI_PIECES_FEED:
        return next_in_feed(pieces, item);
    case KIJI_PIECES_WARC:
        return next_in_warc(pieces, item);
    case KIJI_PIECES_NONE:
        break;
    }
    return KIJI_STEP_ON;
}

void kiji_pieces_close(kiji_pieces *pieces)
{
    if (pieces->kind == KIJI_PIECES_LINES || pieces->kind == KIJI_PIECES_PARTS) {
        kiji_lines_close(&pieces->lines);
    }
    kiji_feed_close(pieces->feed);
    pieces->feed = NULL;
    kiji_warc_close(pieces->warc);
    pieces->warc = NULL;
    pieces->kind = KIJI_PIECES_NONE;
}
