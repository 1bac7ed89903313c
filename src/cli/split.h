/*
 * split.h - several articles in one stream of text: cut at blank lines, form feeds or NUL bytes (--split).
 */
#ifndef KIJI_CLI_SPLIT_H
#define KIJI_CLI_SPLIT_H

#include "cli/lines.h"
#include "cli/options.h"

/* What pieces end in, for kiji_lines_open. */
char kiji_split_delimiter(kiji_split split);

/*
 * The next piece that is more than blanks is appended to *out (owned by the caller), without what ended it; *more is
 * false where none is left. `number` of the reader counts lines or parts, not articles. Errors: KIJI_ELIMIT (the piece
 * is over lines->most bytes; it is skipped, go on), KIJI_EIO, KIJI_ENOMEM (nothing comes after).
 */
kiji_status kiji_split_next(bool *more, kiji_buf *out, kiji_lines *lines, kiji_split split, kiji_error *err);

#endif
