#include "read/warc.h"

#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/status.h"
#include "read/kind.h"

#define BLOCK        ((size_t)64 * 1024)
#define LONGEST_HEAD ((size_t)256 * 1024) /* bytes of the head of a record or of a response */

struct kiji_warc {
    kiji_reader reader;
    size_t most;
    uint64_t left;  /* bytes of the record that were not read yet */
    size_t in_head; /* bytes of the head that is being read */
    bool ended;     /* the reader has no more */
    size_t at, len; /* of block */
    char block[BLOCK];
    kiji_buf line;
    kiji_buf raw; /* a response as it was sent */
};

/* The head of a record. */
typedef struct record {
    bool is_response, is_content; /* else it is of another type */
    kiji_http_head content;       /* of the content itself, where it is no response */
    uint64_t length;
    bool has_length;
} record;

static kiji_status broken(kiji_warc *warc, const char *reason, kiji_error *err)
{
    warc->ended = true;
    warc->at = warc->len;
    return kiji_fail(err, KIJI_EINPUT, NULL, KIJI_NO_OFFSET, "%s", reason);
}

/* More into an empty block. */
static kiji_status fill(kiji_warc *warc, kiji_error *err)
{
    if (warc->at < warc->len || warc->ended) {
        return KIJI_OK;
    }
    warc->at = 0;
    warc->len = 0;
    const kiji_status status = warc->reader.read(warc->reader.from, warc->block, BLOCK, &warc->len, err);
    warc->ended = status != KIJI_OK || warc->len == 0;
    return status;
}

/*
 * One line of at most `left` bytes of a head into warc->line, without its end. *more is false where there is none.
 */
static kiji_status read_line(bool *more, kiji_warc *warc, uint64_t *left, kiji_error *err)
{
    kiji_buf_reset(&warc->line);
    *more = false;
    while (*left != 0) {
        const kiji_status status = fill(warc, err);
        if (status != KIJI_OK || warc->at == warc->len) {
            return status;
        }
        size_t n = warc->len - warc->at < *left ? warc->len - warc->at : (size_t)*left;
        const char *newline = memchr(warc->block + warc->at, '\n', n);
        n = newline != NULL ? (size_t)(newline + 1 - (warc->block + warc->at)) : n;
        *more = true;
        kiji_buf_put(&warc->line, warc->block + warc->at, n);
        warc->at += n;
        warc->in_head += n;
        *left -= n;
        if (warc->line.failed) {
            return kiji_fail_memory(err);
        }
        if (warc->in_head > LONGEST_HEAD) {
            return broken(warc, "the head of a record is longer than 256 KiB", err);
        }
        if (newline != NULL) {
            break;
        }
    }
    while (warc->line.len != 0 && strchr("\r\n", warc->line.ptr[warc->line.len - 1]) != NULL) {
        warc->line.len--;
    }
    return KIJI_OK;
}

static kiji_str line_of(const kiji_warc *warc)
{
    return (kiji_str){warc->line.len != 0 ? warc->line.ptr : "", warc->line.len};
}

/* The rest of the record: into warc->raw, or nowhere. */
static kiji_status read_rest(kiji_warc *warc, bool keep, kiji_error *err)
{
    while (warc->left != 0) {
        const kiji_status status = fill(warc, err);
        if (status != KIJI_OK) {
            return status;
        }
        if (warc->at == warc->len) {
            return broken(warc, "ends within a record", err);
        }
        const size_t n = warc->len - warc->at < warc->left ? warc->len - warc->at : (size_t)warc->left;
        if (keep) {
            kiji_buf_put(&warc->raw, warc->block + warc->at, n);
        }
        warc->at += n;
        warc->left -= n;
    }
    return warc->raw.failed ? kiji_fail_memory(err) : KIJI_OK;
}

static bool read_number(uint64_t *out, kiji_str s)
{
    *out = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9' || *out > UINT64_MAX / 20) {
            return false;
        }
        *out = *out * 10 + (uint64_t)(s.ptr[i] - '0');
    }
    return s.len != 0;
}

static bool is_word(kiji_str s, const char *word)
{
    return s.len == strlen(word) && strncasecmp(s.ptr, word, s.len) == 0;
}

static void take_field(record *r, kiji_warc_page *out, kiji_str line)
{
    kiji_str value = kiji_http_field(line, "WARC-Type");
    if (value.ptr != NULL) {
        r->is_response = is_word(value, "response");
        r->is_content = is_word(value, "resource") || is_word(value, "conversion");
    }
    value = kiji_http_field(line, "Content-Length");
    if (value.ptr != NULL) {
        r->has_length = read_number(&r->length, value);
    }
    value = kiji_http_field(line, "Content-Type");
    if (value.ptr != NULL) {
        kiji_http_type(&r->content, value);
    }
    value = kiji_http_field(line, "WARC-Target-URI");
    if (value.ptr != NULL) {
        if (value.len > 1 && value.ptr[0] == '<' && value.ptr[value.len - 1] == '>') {
            value = (kiji_str){value.ptr + 1, value.len - 2};
        }
        kiji_buf_reset(out->id);
        kiji_buf_put(out->id, value.ptr, value.len);
    }
}

/* The head of the next record; *more is false at the end. */
static kiji_status read_record(bool *more, record *r, kiji_warc_page *out, kiji_warc *warc, kiji_error *err)
{
    uint64_t any = UINT64_MAX;
    kiji_status status = KIJI_OK;
    memset(r, 0, sizeof *r);
    kiji_buf_reset(out->id);
    warc->in_head = 0;
    do {
        status = read_line(more, warc, &any, err);
    } while (status == KIJI_OK && *more && warc->line.len == 0);
    if (status != KIJI_OK || !*more) {
        return status;
    }
    const kiji_str first = line_of(warc);
    if (first.len < 5 || memcmp(first.ptr, "WARC/", 5) != 0) {
        return broken(warc, "not a WARC record", err);
    }
    while (true) {
        status = read_line(more, warc, &any, err);
        if (status != KIJI_OK) {
            return status;
        }
        if (!*more || warc->line.len == 0) {
            break;
        }
        take_field(r, out, line_of(warc));
    }
    *more = true;
    if (!r->has_length) {
        return broken(warc, "a WARC record without Content-Length", err);
    }
    warc->left = r->length;
    return KIJI_OK;
}

/* The head of the response, where the record is one: *head says what comes behind it. */
static kiji_status read_head(kiji_http_head *head, const record *r, kiji_warc *warc, kiji_error *err)
{
    memset(head, 0, sizeof *head);
    if (!r->is_response) {
        *head = r->content;
        head->status = 200;
        return KIJI_OK;
    }
    bool more = true;
    kiji_status status = KIJI_OK;
    warc->in_head = 0;
    while (strcmp(r->content.type, "application/http") == 0) {
        status = read_line(&more, warc, &warc->left, err);
        if (status != KIJI_OK || !more || warc->line.len == 0) {
            break;
        }
        kiji_http_line(head, line_of(warc));
    }
    return status;
}

static bool is_wanted(const kiji_http_head *head)
{
    return head->status == 200 &&
           (head->type[0] == '\0' || strcmp(head->type, "text/html") == 0 || strcmp(head->type, "text/plain") == 0 ||
            strcmp(head->type, "application/xhtml+xml") == 0);
}

/* The page of a record whose head was read; *found is false where it holds none. */
static kiji_status take_page(bool *found, kiji_warc_page *out, const kiji_http_head *head, kiji_warc *warc,
                             kiji_error *err)
{
    kiji_buf_reset(&warc->raw);
    const bool fits = warc->left <= warc->most;
    kiji_status status = read_rest(warc, fits, err);
    if (status != KIJI_OK) {
        return status;
    }
    *found = true;
    if (!fits) {
        return kiji_fail(err, KIJI_ELIMIT, NULL, KIJI_NO_OFFSET, "larger than %zu bytes (see --max-size)", warc->most);
    }
    const size_t before = out->bytes->len;
    const kiji_str raw = {warc->raw.len != 0 ? warc->raw.ptr : "", warc->raw.len};
    status = kiji_http_body(out->bytes, head, raw, warc->most, err);
    if (status != KIJI_OK) {
        return status;
    }
    out->markup = strcmp(head->type, "text/plain") == 0 ? KIJI_MARKUP_NONE : KIJI_MARKUP_PAGE;
    memcpy(out->charset, head->charset, sizeof out->charset);
    if (head->type[0] == '\0') {
        const char *body = out->bytes->len != 0 ? out->bytes->ptr : "";
        *found = kiji_kind_is_page((kiji_str){body + before, out->bytes->len - before}, "");
        out->bytes->len = *found ? out->bytes->len : before;
    }
    return KIJI_OK;
}

kiji_status kiji_warc_next(bool *more, kiji_warc_page *out, kiji_warc *warc, kiji_error *err)
{
    bool found = false;
    kiji_status status = KIJI_OK;
    while (status == KIJI_OK && !found) {
        record r;
        kiji_http_head head;
        bool record_is_there = false;
        status = read_record(&record_is_there, &r, out, warc, err);
        if (status != KIJI_OK || !record_is_there) {
            break;
        }
        status = read_head(&head, &r, warc, err);
        if (status != KIJI_OK) {
            break;
        }
        if ((r.is_response || r.is_content) && is_wanted(&head)) {
            status = take_page(&found, out, &head, warc, err);
        } else {
            kiji_buf_reset(&warc->raw);
            status = read_rest(warc, false, err);
        }
    }
    kiji_buf_putc(out->id, '\0');
    out->id->len -= out->id->failed ? 0 : 1;
    *more = found;
    return status == KIJI_OK && (out->id->failed || out->bytes->failed) ? kiji_fail_memory(err) : status;
}

kiji_status kiji_warc_open(kiji_warc **out, const kiji_reader *reader, size_t most, kiji_error *err)
{
    *out = kiji_alloc_zero(1, sizeof **out);
    if (*out == NULL) {
        return kiji_fail_memory(err);
    }
    (*out)->reader = *reader;
    (*out)->most = most;
    return KIJI_OK;
}

void kiji_warc_close(kiji_warc *warc)
{
    if (warc != NULL) {
        kiji_buf_clear(&warc->line);
        kiji_buf_clear(&warc->raw);
        kiji_free(warc);
    }
}
