#include "read/http.h"

#include <limits.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/status.h"
#include "read/zlib_memory.h"

#define BLOCK 65536u

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_token(char c)
{
    return c > ' ' && c < 0x7F && strchr("()<>@,;:\\\"[]?={}", c) == NULL;
}

/* The token at `at` in small letters; what does not fit is cut off. */
static size_t copy_token(char *out, size_t room, kiji_str s, size_t at)
{
    size_t n = 0;
    while (at < s.len && is_token(s.ptr[at])) {
        if (n < room - 1) {
            out[n++] = lower(s.ptr[at]);
        }
        at++;
    }
    out[n] = '\0';
    return at;
}

kiji_str kiji_http_field(kiji_str line, const char *name)
{
    const size_t n = strlen(name);
    if (line.len <= n || line.ptr[n] != ':' || strncasecmp(line.ptr, name, n) != 0) {
        return (kiji_str){NULL, 0};
    }
    kiji_str value = {line.ptr + n + 1, line.len - n - 1};
    while (value.len != 0 && is_blank(*value.ptr)) {
        value.ptr++;
        value.len--;
    }
    while (value.len != 0 && is_blank(value.ptr[value.len - 1])) {
        value.len--;
    }
    return value;
}

void kiji_http_type(kiji_http_head *head, kiji_str value)
{
    static const char key[] = "charset=";
    (void)copy_token(head->type, sizeof head->type, value, 0); /* the slash is part of a token here */
    for (size_t at = 0; at + sizeof key <= value.len; at++) {
        if (strncasecmp(value.ptr + at, key, sizeof key - 1) == 0) {
            at += sizeof key - 1;
            at += value.ptr[at] == '"';
            (void)copy_token(head->charset, sizeof head->charset, value, at);
            return;
        }
    }
}

static void read_coding(kiji_http_head *head, kiji_str value)
{
    static const char *const zlib[] = {"gzip", "x-gzip", "deflate"};
    (void)copy_token(head->coding, sizeof head->coding, value, 0);
    head->how = head->coding[0] == '\0' || strcmp(head->coding, "identity") == 0 ? KIJI_HTTP_PLAIN : KIJI_HTTP_OTHER;
    for (size_t i = 0; i < sizeof zlib / sizeof zlib[0]; i++) {
        head->how = strcmp(head->coding, zlib[i]) == 0 ? KIJI_HTTP_ZLIB : head->how;
    }
    head->how = memchr(value.ptr, ',', value.len) != NULL ? KIJI_HTTP_OTHER : head->how;
}

void kiji_http_line(kiji_http_head *head, kiji_str line)
{
    if (head->status == 0 && line.len >= 10 && memcmp(line.ptr, "HTTP/", 5) == 0) {
        const char *digits = memchr(line.ptr, ' ', line.len);
        const char *end = line.ptr + line.len;
        for (digits = digits != NULL ? digits + 1 : end; digits < end && *digits >= '0' && *digits <= '9'; digits++) {
            head->status = head->status < 1000 ? head->status * 10 + (unsigned)(*digits - '0') : head->status;
        }
        return;
    }
    kiji_str value = kiji_http_field(line, "Content-Type");
    if (value.ptr != NULL) {
        kiji_http_type(head, value);
    }
    value = kiji_http_field(line, "Content-Encoding");
    if (value.ptr != NULL) {
        read_coding(head, value);
    }
    value = kiji_http_field(line, "Transfer-Encoding");
    head->chunked |= value.len >= 7 && strncasecmp(value.ptr + value.len - 7, "chunked", 7) == 0;
}

/* --- body -------------------------------------------------------------------------------------------------------- */

/* "1a2;name=value\r\n" at *at: the size goes to *out; false: there is none. */
static bool chunk_size(kiji_str raw, size_t *at, size_t *out)
{
    size_t size = 0;
    size_t n = 0;
    for (; *at < raw.len; (*at)++, n++) {
        const char c = lower(raw.ptr[*at]);
        const bool digit = c >= '0' && c <= '9';
        if ((!digit && (c < 'a' || c > 'f')) || n == 15) {
            break;
        }
        size = size * 16 + (size_t)(digit ? c - '0' : c - 'a' + 10);
    }
    const char *newline = n != 0 ? memchr(raw.ptr + *at, '\n', raw.len - *at) : NULL;
    if (newline == NULL ||
        (raw.ptr[*at] != '\r' && raw.ptr[*at] != '\n' && raw.ptr[*at] != ';' && raw.ptr[*at] != ' ')) {
        return false;
    }
    *at = (size_t)(newline + 1 - raw.ptr);
    *out = size;
    return true;
}

static kiji_status join_chunks(kiji_buf *out, kiji_str raw, kiji_error *err)
{
    size_t size = 0;
    for (size_t at = 0; chunk_size(raw, &at, &size);) {
        if (size == 0) {
            return out->failed ? kiji_fail_memory(err) : KIJI_OK;
        }
        if (size > raw.len - at) {
            break;
        }
        kiji_buf_put(out, raw.ptr + at, size);
        at += size;
        at += at < raw.len && raw.ptr[at] == '\r';
        at += at < raw.len && raw.ptr[at] == '\n';
    }
    return kiji_fail(err, KIJI_EINPUT, NULL, KIJI_NO_OFFSET, "the chunks of the response are damaged");
}

static kiji_status inflate_all(kiji_buf *out, z_stream *z, size_t most, kiji_error *err)
{
    const size_t begin = out->len;
    int result = Z_OK;
    while (result == Z_OK) {
        char *at = kiji_buf_reserve(out, BLOCK);
        if (at == NULL) {
            return kiji_fail_memory(err);
        }
        z->next_out = (Bytef *)at;
        z->avail_out = BLOCK;
        result = inflate(z, Z_NO_FLUSH);
        out->len += BLOCK - z->avail_out;
        if (out->len - begin > most) {
            return kiji_fail(err, KIJI_ELIMIT, NULL, KIJI_NO_OFFSET, "larger than %zu bytes (see --max-size)", most);
        }
    }
    if (result == Z_MEM_ERROR) {
        return kiji_fail_memory(err);
    }
    return result == Z_STREAM_END
               ? KIJI_OK
               : kiji_fail(err, KIJI_EINPUT, NULL, KIJI_NO_OFFSET, "the compressed response is damaged: %s",
                           z->msg != NULL ? z->msg : "it ends too early");
}

static kiji_status unpack(kiji_buf *out, kiji_str raw, size_t most, kiji_error *err)
{
    z_stream z;
    memset(&z, 0, sizeof z);
    z.zalloc = kiji_zlib_alloc;
    z.zfree = kiji_zlib_free;
    z.next_in = (Bytef *)(uintptr_t)raw.ptr;
    z.avail_in = raw.len < UINT_MAX ? (uInt)raw.len : UINT_MAX;
    if (inflateInit2(&z, 15 + 32) != Z_OK) { /* the largest window, gzip or zlib */
        return kiji_fail_memory(err);
    }
    const kiji_status status = inflate_all(out, &z, most, err);
    (void)inflateEnd(&z);
    return status;
}

/* gzip, or zlib with the usual window. */
static bool looks_packed(kiji_str raw)
{
    const unsigned char *p = (const unsigned char *)raw.ptr;
    return raw.len >= 2 && ((p[0] == 0x1F && p[1] == 0x8B) || ((p[0] & 15) == 8 && (p[0] * 256 + p[1]) % 31 == 0));
}

kiji_status kiji_http_body(kiji_buf *out, const kiji_http_head *head, kiji_str raw, size_t most, kiji_error *err)
{
    kiji_buf joined = KIJI_BUF_INIT;
    kiji_status status = KIJI_OK;
    size_t at = 0;
    size_t ignored = 0;
    if (head->how == KIJI_HTTP_OTHER) {
        return kiji_fail(err, KIJI_EINPUT, NULL, KIJI_NO_OFFSET, "Content-Encoding %s is not read", head->coding);
    }
    if (head->chunked && chunk_size(raw, &at, &ignored)) {
        status = join_chunks(&joined, raw, err);
        raw = (kiji_str){joined.len != 0 ? joined.ptr : "", joined.len};
    }
    if (status == KIJI_OK && head->how == KIJI_HTTP_ZLIB && looks_packed(raw)) {
        status = unpack(out, raw, most, err);
    } else if (status == KIJI_OK) {
        kiji_buf_put(out, raw.ptr, raw.len);
    }
    kiji_buf_clear(&joined);
    return status == KIJI_OK && out->failed ? kiji_fail_memory(err) : status;
}
