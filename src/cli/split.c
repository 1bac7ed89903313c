#include "cli/split.h"

#include <string.h>

#include "base/status.h"

char kiji_split_delimiter(kiji_split split)
{
    static const char delimiters[] = {
        [KIJI_SPLIT_NONE] = '\n', [KIJI_SPLIT_BLANK] = '\n', [KIJI_SPLIT_FF] = '\f', [KIJI_SPLIT_NUL] = '\0'};
    return delimiters[split];
}

static bool is_blank(kiji_str part)
{
    for (size_t i = 0; i < part.len; i++) {
        if (part.ptr[i] == '\0' || strchr(" \t\r\n", part.ptr[i]) == NULL) {
            return false;
        }
    }
    return true;
}

/* Put a part behind what is there; false where the piece becomes too long. */
static bool add(kiji_buf *out, kiji_str part, size_t before, const kiji_lines *lines)
{
    const size_t length = out->len - before;
    if (lines->most != 0 && part.len >= lines->most - (length < lines->most ? length : lines->most)) {
        return false;
    }
    if (length != 0) {
        kiji_buf_putc(out, '\n');
    }
    kiji_buf_put(out, part.ptr, part.len);
    return true;
}

/* Lines up to a blank one are a piece; a piece too long is read to its end and left out. */
kiji_status kiji_split_next(bool *more, kiji_buf *out, kiji_lines *lines, kiji_split split, kiji_error *err)
{
    const size_t before = out->len;
    bool too_long = false;
    bool begun = false;
    bool ended = false;
    while (!ended) {
        kiji_str part;
        const kiji_status status = kiji_lines_next(&part, lines, err);
        if (status != KIJI_OK && status != KIJI_ELIMIT) {
            *more = true;
            return status;
        }
        if (part.ptr == NULL) {
            break;
        }
        const bool blank = status == KIJI_OK && is_blank(part);
        if (!blank) {
            begun = true;
            too_long = too_long || status != KIJI_OK || !add(out, part, before, lines);
        }
        ended = begun && (blank || split != KIJI_SPLIT_BLANK);
    }
    *more = begun;
    if (too_long) {
        out->len = before;
        return kiji_fail(err, KIJI_ELIMIT, NULL, KIJI_NO_OFFSET, "longer than %zu bytes (see --max-size)", lines->most);
    }
    return out->failed ? kiji_fail_memory(err) : KIJI_OK;
}
