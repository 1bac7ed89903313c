/*
 * yaml.c - one YAML document a record, through libyaml's emitter.
 *
 * The emitter's own choice of style is not to be trusted: it writes NO, 12:30, 1_000 and 2024-07-28 bare, and YAML 1.1
 * readers take them for a bool, a number and a date. So each scalar says its style: plain where it begins with kana or
 * kanji and holds only letters, digits and ・ー々, double-quoted otherwise.
 */
#include <string.h>
#include <yaml.h>

#include "base/status.h"
#include "base/utf8.h"
#include "write/schema.h"

typedef struct stream {
    yaml_emitter_t emitter;
    kiji_buf clean; /* a value that was not valid UTF-8 */
    bool failed;    /* sticky: all later events are dropped */
} stream;

static int append(void *out, unsigned char *bytes, size_t nbytes)
{
    kiji_buf *buf = out;
    kiji_buf_put(buf, bytes, nbytes);
    return !buf->failed;
}

/* Hand an event over; `made` is what its initializer returned. */
static void emit(stream *to, yaml_event_t *event, int made)
{
    if (!made) {
        to->failed = true;
    } else if (to->failed) {
        yaml_event_delete(event);
    } else {
        to->failed = !yaml_emitter_emit(&to->emitter, event);
    }
}

static void scalar(stream *to, kiji_str value, yaml_scalar_style_t style)
{
    yaml_event_t event;
    const int made =
        value.ptr != NULL && value.len <= INT32_MAX &&
        yaml_scalar_event_initialize(&event, NULL, NULL, (const yaml_char_t *)value.ptr, (int)value.len, 1, 1, style);
    emit(to, &event, made);
}

static void word(void *to, const char *key, const char *value)
{
    if (key != NULL) {
        word(to, NULL, key);
    }
    scalar(to, (kiji_str){value, strlen(value)}, YAML_PLAIN_SCALAR_STYLE);
}

static bool is_kana_or_kanji(uint32_t c)
{
    return (c >= 0x3041 && c <= 0x3096) || (c >= 0x30A1 && c <= 0x30FA) || /* hiragana, katakana */
           (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF);   /* kanji */
}

static bool is_letter_or_digit(uint32_t c)
{
    return is_kana_or_kanji(c) || c == 0x30FB || c == 0x30FC || c == 0x3005 || /* ・ー々 */
           (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xFF10 && c <= 0xFF19) ||
           (c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A); /* full-width digits and letters */
}

static bool may_be_plain(kiji_str value)
{
    bool plain = value.len != 0;
    for (size_t at = 0; at < value.len && plain;) {
        uint32_t c = 0;
        const size_t length = kiji_utf8_get(value, at, &c);
        plain = length != 0 && (at == 0 ? is_kana_or_kanji(c) : is_letter_or_digit(c));
        at += length;
    }
    return plain;
}

static void text(void *to, const char *key, kiji_str value)
{
    stream *out = to;
    if (key != NULL) {
        word(to, NULL, key);
    }
    if (may_be_plain(value)) {
        scalar(out, value, YAML_PLAIN_SCALAR_STYLE);
    } else if (kiji_utf8_valid(value)) {
        scalar(out, value, YAML_DOUBLE_QUOTED_SCALAR_STYLE);
    } else {
        kiji_buf_reset(&out->clean);
        kiji_utf8_put_clean(&out->clean, value);
        out->failed |= out->clean.failed;
        scalar(out, (kiji_str){out->clean.ptr, out->clean.len}, YAML_DOUBLE_QUOTED_SCALAR_STYLE);
    }
}

static void number(void *to, const char *key, uint32_t value)
{
    char digits[16];
    (void)snprintf(digits, sizeof digits, "%lu", (unsigned long)value);
    word(to, key, digits);
}

static void null(void *to, const char *key)
{
    word(to, key, "null");
}

static void begin(void *to, const char *key, kiji_shape shape)
{
    yaml_event_t event;
    if (key != NULL) {
        word(to, NULL, key);
    }
    if (shape == KIJI_SHAPE_MAP || shape == KIJI_SHAPE_ROW) {
        emit(to, &event,
             yaml_mapping_start_event_initialize(
                 &event, NULL, NULL, 1, shape == KIJI_SHAPE_MAP ? YAML_BLOCK_MAPPING_STYLE : YAML_FLOW_MAPPING_STYLE));
    } else {
        emit(to, &event,
             yaml_sequence_start_event_initialize(&event, NULL, NULL, 1,
                                                  shape == KIJI_SHAPE_LIST ? YAML_BLOCK_SEQUENCE_STYLE
                                                                           : YAML_FLOW_SEQUENCE_STYLE));
    }
}

static void end(void *to, kiji_shape shape)
{
    yaml_event_t event;
    emit(to, &event,
         shape == KIJI_SHAPE_MAP || shape == KIJI_SHAPE_ROW ? yaml_mapping_end_event_initialize(&event)
                                                            : yaml_sequence_end_event_initialize(&event));
}

static const kiji_schema_calls calls = {begin, end, text, word, number, word, null, NULL};

/* One document: a record, or else a group of terms. */
typedef struct subject {
    const kiji_view *view;
    const kiji_doc *doc;
    const struct kiji_corpus_group *group; /* or NULL */
} subject;

static kiji_status write_subject(kiji_buf *out, const subject *what, kiji_error *err)
{
    stream to = {.clean = KIJI_BUF_INIT};
    if (!yaml_emitter_initialize(&to.emitter)) {
        return kiji_fail_memory(err);
    }
    yaml_emitter_set_output(&to.emitter, append, out);
    yaml_emitter_set_encoding(&to.emitter, YAML_UTF8_ENCODING);
    yaml_emitter_set_unicode(&to.emitter, 1);
    yaml_emitter_set_width(&to.emitter, -1);
    yaml_event_t event;
    emit(&to, &event, yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING));
    /* Each record brings its own "---": files of records can be joined by cat. */
    emit(&to, &event, yaml_document_start_event_initialize(&event, NULL, NULL, NULL, 0));
    if (what->group != NULL) {
        kiji_schema_walk_corpus(&calls, &to, what->group);
    } else {
        kiji_schema_walk(&calls, &to, what->view, what->doc);
    }
    emit(&to, &event, yaml_document_end_event_initialize(&event, 1));
    emit(&to, &event, yaml_stream_end_event_initialize(&event));
    yaml_emitter_delete(&to.emitter);
    kiji_buf_clear(&to.clean);
    return to.failed || out->failed ? kiji_fail_memory(err) : KIJI_OK;
}

static kiji_status write_doc(kiji_buf *out, const kiji_view *view, const kiji_doc *doc, kiji_error *err)
{
    return write_subject(out, &(subject){view, doc, NULL}, err);
}

static kiji_status write_corpus(kiji_buf *out, const struct kiji_corpus_group *group)
{
    return write_subject(out, &(subject){NULL, NULL, group}, NULL);
}

const kiji_format kiji_format_yaml = {
    .name = "yaml",
    .summary = "one document a record",
    .doc = write_doc,
    .corpus = write_corpus,
};
