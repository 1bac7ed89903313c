/*
 * jsonl.c - JSON Lines: one record a line, keys in the order of the schema, non-ASCII as it is; and the same records
 * as one JSON array.
 */
#include <jansson.h>
#include <stdlib.h>

#include "base/status.h"
#include "base/utf8.h"
#include "write/schema.h"

#define DEEPEST 8 /* record > entities > entity > mentions > mention, and some air */

typedef struct tree {
    json_t *open[DEEPEST]; /* borrowed from their parents, but the first */
    size_t depth;
    json_t *record; /* the finished first one */
    bool failed;    /* sticky */
} tree;

/* Put a value (owned, NULL = out of memory) where it belongs. */
static void add(tree *to, const char *key, json_t *value)
{
    int refused = value == NULL ? -1 : 0;
    if (refused == 0 && to->depth == 0) {
        to->record = value;
    } else if (refused == 0) {
        json_t *parent = to->open[to->depth - 1];
        refused = key != NULL ? json_object_set_new_nocheck(parent, key, value) : json_array_append_new(parent, value);
    }
    to->failed |= refused != 0;
}

static void begin(void *to, const char *key, kiji_shape shape)
{
    tree *out = to;
    if (out->failed || out->depth == DEEPEST) {
        out->failed = true;
        return;
    }
    json_t *value = shape == KIJI_SHAPE_MAP || shape == KIJI_SHAPE_ROW ? json_object() : json_array();
    add(out, key, value);
    if (!out->failed) {
        out->open[out->depth++] = value;
    }
}

static void end(void *to, kiji_shape shape)
{
    tree *out = to;
    (void)shape;
    if (!out->failed) {
        out->depth--;
    }
}

static void text(void *to, const char *key, kiji_str value)
{
    tree *out = to;
    if (out->failed) {
        return;
    }
    if (kiji_utf8_valid(value)) {
        add(out, key, json_stringn_nocheck(value.ptr, value.len));
        return;
    }
    kiji_buf clean = KIJI_BUF_INIT;
    kiji_utf8_put_clean(&clean, value);
    add(out, key, clean.failed ? NULL : json_stringn_nocheck(clean.ptr, clean.len));
    kiji_buf_clear(&clean);
}

static void word(void *to, const char *key, const char *value)
{
    if (!((tree *)to)->failed) {
        add(to, key, json_string_nocheck(value));
    }
}

static void number(void *to, const char *key, uint32_t value)
{
    if (!((tree *)to)->failed) {
        add(to, key, json_integer(value));
    }
}

/* "0.91" as a number, without the locale that strtod would follow: one division rounds as strtod does. */
static void decimal(void *to, const char *key, const char *digits)
{
    double number = 0;
    double scale = 1;
    bool behind = false;
    for (const char *digit = digits; *digit != '\0'; digit++) {
        if (*digit == '.') {
            behind = true;
        } else {
            number = number * 10 + (*digit - '0');
            scale *= behind ? 10 : 1;
        }
    }
    if (!((tree *)to)->failed) {
        add(to, key, json_real(number / scale));
    }
}

static void null(void *to, const char *key)
{
    if (!((tree *)to)->failed) {
        add(to, key, json_null());
    }
}

static int append(const char *bytes, size_t nbytes, void *out)
{
    kiji_buf_put(out, bytes, nbytes);
    return ((kiji_buf *)out)->failed ? -1 : 0;
}

static const kiji_schema_calls calls = {begin, end, text, word, number, decimal, null};

static kiji_status write_record(kiji_buf *out, const kiji_view *view, const kiji_doc *doc, kiji_error *err)
{
    tree to = {.depth = 0};
    kiji_schema_walk(&calls, &to, view, doc);
    /* Scores have at most four decimals, so six digits write them as they are. */
    if (!to.failed && json_dump_callback(to.record, append, out, JSON_COMPACT | JSON_REAL_PRECISION(6)) != 0) {
        to.failed = true;
    }
    json_decref(to.record);
    return to.failed || out->failed ? kiji_fail_memory(err) : KIJI_OK;
}

static kiji_status write_line(kiji_buf *out, const kiji_view *view, const kiji_doc *doc, kiji_error *err)
{
    const kiji_status status = write_record(out, view, doc, err);
    kiji_buf_putc(out, '\n');
    return status == KIJI_OK && out->failed ? kiji_fail_memory(err) : status;
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
    .doc = write_line,
};

const kiji_format kiji_format_json = {
    .name = "json",
    .summary = "one JSON array of the records",
    .between = ",\n",
    .begin = begin_array,
    .doc = write_record,
    .end = end_array,
};
