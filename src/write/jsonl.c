/*
 * jsonl.c - JSON Lines: one record a line, keys in the order of the schema, non-ASCII as it is; and the same records
 * as one JSON array.
 */
#include "base/status.h"
#include "base/utf8.h"
#include "write/schema.h"

/*
 * Written straight into the buffer: a tree of a JSON library's objects for every record cost as much as all of MeCab
 * (measured on the news corpus), and a record's shape is fixed. What reads it back in the tests is not ours.
 */
typedef struct json {
    kiji_buf *out;
    bool first; /* nothing stands in the innermost map or list yet */
} json;

/* Bytes that may stand as they are in a string. */
static size_t plain_run(kiji_str s, size_t at)
{
    size_t i = at;
    while (i < s.len && (unsigned char)s.ptr[i] >= 0x20 && s.ptr[i] != '"' && s.ptr[i] != '\\' && s.ptr[i] != 0x7F) {
        i++;
    }
    return i - at;
}

static void put_escape(kiji_buf *out, unsigned char c)
{
    static const char names[] = "\"\"\\\\\bb\ff\nn\rr\tt";
    for (size_t i = 0; i + 1 < sizeof names; i += 2) {
        if ((unsigned char)names[i] == c) {
            const char pair[2] = {'\\', names[i + 1]};
            kiji_buf_put(out, pair, 2);
            return;
        }
    }
    kiji_buf_printf(out, "\\u%04x", c);
}

static void put_string(kiji_buf *out, kiji_str s)
{
    kiji_buf_putc(out, '"');
    for (size_t at = 0; at < s.len;) {
        const size_t n = plain_run(s, at);
        kiji_buf_put(out, s.ptr + at, n);
        at += n;
        if (at < s.len) {
            put_escape(out, (unsigned char)s.ptr[at++]);
        }
    }
    kiji_buf_putc(out, '"');
}

/* The comma before a value that is not the first, and its key. */
static void lead(json *to, const char *key)
{
    if (!to->first) {
        kiji_buf_putc(to->out, ',');
    }
    to->first = false;
    if (key != NULL) {
        kiji_buf_putc(to->out, '"');
        kiji_buf_puts(to->out, key);
        kiji_buf_put(to->out, "\":", 2);
    }
}

static bool is_map(kiji_shape shape)
{
    return shape == KIJI_SHAPE_MAP || shape == KIJI_SHAPE_ROW;
}

static void begin(void *to, const char *key, kiji_shape shape)
{
    lead(to, key);
    kiji_buf_putc(((json *)to)->out, is_map(shape) ? '{' : '[');
    ((json *)to)->first = true;
}

static void end(void *to, kiji_shape shape)
{
    kiji_buf_putc(((json *)to)->out, is_map(shape) ? '}' : ']');
    ((json *)to)->first = false;
}

static void text(void *to, const char *key, kiji_str value)
{
    lead(to, key);
    if (kiji_utf8_valid(value)) {
        put_string(((json *)to)->out, value);
        return;
    }
    kiji_buf clean = KIJI_BUF_INIT;
    kiji_utf8_put_clean(&clean, value);
    put_string(((json *)to)->out, (kiji_str){clean.ptr, clean.len});
    ((json *)to)->out->failed |= clean.failed;
    kiji_buf_clear(&clean);
}

static void word(void *to, const char *key, const char *value)
{
    lead(to, key);
    kiji_buf_putc(((json *)to)->out, '"');
    kiji_buf_puts(((json *)to)->out, value);
    kiji_buf_putc(((json *)to)->out, '"');
}

static void number(void *to, const char *key, uint32_t value)
{
    char digits[10];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    lead(to, key);
    kiji_buf_put(((json *)to)->out, digits + at, sizeof digits - at);
}

static void decimal(void *to, const char *key, const char *digits)
{
    lead(to, key);
    kiji_buf_puts(((json *)to)->out, digits);
}

static void null(void *to, const char *key)
{
    lead(to, key);
    kiji_buf_puts(((json *)to)->out, "null");
}

static void json_value(void *to, const char *key, kiji_str value)
{
    lead(to, key);
    kiji_buf_put(((json *)to)->out, value.ptr, value.len);
}

static const kiji_schema_calls calls = {begin, end, text, word, number, decimal, null, json_value};

static kiji_status write_record(kiji_buf *out, const kiji_view *view, const kiji_doc *doc, kiji_error *err)
{
    json to = {out, true};
    kiji_schema_walk(&calls, &to, view, doc);
    return out->failed ? kiji_fail_memory(err) : KIJI_OK;
}

static kiji_status write_line(kiji_buf *out, const kiji_view *view, const kiji_doc *doc, kiji_error *err)
{
    const size_t from = out->len;
    kiji_status status = write_record(out, view, doc, err);
    kiji_buf_putc(out, '\n');
    if (status == KIJI_OK) {
        status = kiji_view_end_lines(out, from, view, err);
    }
    return status == KIJI_OK && out->failed ? kiji_fail_memory(err) : status;
}

static kiji_status corpus_record(kiji_buf *out, const struct kiji_corpus_group *group)
{
    json to = {out, true};
    kiji_schema_walk_corpus(&calls, &to, group);
    return out->failed ? KIJI_ENOMEM : KIJI_OK;
}

static kiji_status corpus_line(kiji_buf *out, const struct kiji_corpus_group *group)
{
    (void)corpus_record(out, group);
    kiji_buf_putc(out, '\n');
    return out->failed ? KIJI_ENOMEM : KIJI_OK;
}

static kiji_status begin_array(kiji_buf *out, const kiji_view *view, kiji_error *err)
{
    (void)view;
    kiji_buf_puts(out, "[\n");
    return out->failed ? kiji_fail_memory(err) : KIJI_OK;
}

static kiji_status end_array(kiji_buf *out, const kiji_view *view, kiji_error *err)
{
    (void)view;
    kiji_buf_puts(out, "\n]\n");
    return out->failed ? kiji_fail_memory(err) : KIJI_OK;
}

const kiji_format kiji_format_jsonl = {
    .name = "jsonl",
    .summary = "JSON Lines: one record a line",
    .lines = true,
    .doc = write_line,
    .corpus = corpus_line,
};

const kiji_format kiji_format_json = {
    .name = "json",
    .summary = "one JSON array of the records",
    .between = ",\n",
    .begin = begin_array,
    .doc = write_record,
    .corpus = corpus_record,
    .end = end_array,
};
