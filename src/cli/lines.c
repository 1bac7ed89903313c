#include "cli/lines.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/status.h"
#include "cli/interrupt.h"

#define BLOCK ((size_t)64 * 1024)

void kiji_lines_open(kiji_lines *lines, int fd, char delimiter, size_t most)
{
    *lines = (kiji_lines){.fd = fd, .delimiter = delimiter, .most = most, .buf = KIJI_BUF_INIT};
}

void kiji_lines_over(kiji_lines *lines, const kiji_reader *reader, char delimiter, size_t most)
{
    kiji_lines_open(lines, -1, delimiter, most);
    lines->reader = *reader;
}

bool kiji_lines_are_open(const kiji_lines *lines)
{
    return lines->fd >= 0 || lines->reader.read != NULL;
}

void kiji_lines_close(kiji_lines *lines)
{
    if (lines->fd >= 0) {
        (void)close(lines->fd);
    }
    lines->fd = -1;
    lines->reader.read = NULL;
    lines->ended = true;
    kiji_buf_clear(&lines->buf);
    lines->begin = 0;
}

/* Read a block more behind what is there. */
static kiji_status fill(kiji_lines *lines, kiji_error *err)
{
    kiji_buf *buf = &lines->buf;
    if (lines->begin != 0) {
        memmove(buf->ptr, buf->ptr + lines->begin, buf->len - lines->begin);
        buf->len -= lines->begin;
        lines->begin = 0;
    }
    char *at = kiji_buf_reserve(buf, BLOCK);
    if (at == NULL) {
        lines->ended = true;
        return kiji_fail_memory(err);
    }
    if (lines->reader.read != NULL) {
        size_t more = 0;
        const kiji_status status = lines->reader.read(lines->reader.from, at, BLOCK, &more, err);
        lines->ended = status != KIJI_OK || more == 0;
        buf->len = status == KIJI_OK ? buf->len + more : 0; /* half a line in front of the damage is no record */
        return status;
    }
    ssize_t got = -1;
    do {
        got = read(lines->fd, at, BLOCK);
    } while (got < 0 && errno == EINTR && !kiji_interrupt_seen());
    if (got <= 0) {
        lines->ended = true;
        return got == 0 || errno == EINTR ? KIJI_OK : kiji_fail_errno(err, NULL, errno, "cannot be read");
    }
    buf->len += (size_t)got;
    return KIJI_OK;
}

static kiji_status too_long(kiji_str *out, const kiji_lines *lines, kiji_error *err)
{
    out->ptr = "";
    out->len = 0;
    return kiji_fail(err, KIJI_ELIMIT, NULL, KIJI_NO_OFFSET, "longer than %zu bytes (see --max-size)", lines->most);
}

kiji_status kiji_lines_next(kiji_str *out, kiji_lines *lines, kiji_error *err)
{
    kiji_buf *buf = &lines->buf;
    size_t searched = 0; /* bytes behind begin without a delimiter */
    bool skipping = false;
    *out = (kiji_str){NULL, 0};
    while (true) {
        const char *start = buf->len != 0 ? buf->ptr + lines->begin : "";
        const size_t rest = buf->len - lines->begin;
        const char *end = rest > searched ? memchr(start + searched, lines->delimiter, rest - searched) : NULL;
        if (end == NULL && lines->most != 0 && rest > lines->most) {
            skipping = true;
            lines->begin = buf->len;
            searched = 0;
        } else if (end != NULL || (lines->ended && (rest != 0 || skipping))) {
            const size_t length = end != NULL ? (size_t)(end - start) : rest;
            lines->begin += length + (end != NULL);
            lines->number++;
            *out = (kiji_str){start, length};
            return skipping || (lines->most != 0 && length > lines->most) ? too_long(out, lines, err) : KIJI_OK;
        } else {
            searched = rest;
        }
        if (lines->ended) {
            return KIJI_OK;
        }
        const kiji_status status = fill(lines, err);
        if (status != KIJI_OK) {
            return status;
        }
    }
}
