/*
 * A record made of the input's bytes, whatever they are, written and read back by parsers that are not ours: JSON Lines
 * by jansson and YAML by libyaml give the same tree, the tree holds the record's strings, and a table's cells, with the
 * escapes taken back, are those strings too.
 */
#include "fuzz.h"

#include <jansson.h>
#include <yaml.h>

#include "base/utf8.h"
#include "write/write.h"

#define MOST 3 /* of each part */

/* The bytes of an input, taken from its front. */
typedef struct source {
    const uint8_t *at;
    size_t left;
} source;

/* A record and what it points at. */
typedef struct record {
    kiji_doc doc;
    kiji_entity entities[MOST];
    kiji_office offices[MOST];
    kiji_mention mentions[MOST];
    kiji_quote quotes[MOST];
    kiji_keyword keywords[MOST];
    kiji_str warnings[MOST];
} record;

static uint8_t take(source *from)
{
    if (from->left == 0) {
        return 0;
    }
    from->left--;
    return *from->at++;
}

/* A length byte and so many bytes. */
static kiji_str take_text(source *from)
{
    const size_t length = take(from) % 64u;
    const kiji_str text = {(const char *)from->at, length < from->left ? length : from->left};
    from->at += text.len;
    from->left -= text.len;
    return text.len != 0 ? text : (kiji_str){"", 0};
}

static void take_entity(source *from, record *r, size_t i)
{
    kiji_entity *e = &r->entities[i];
    *e = (kiji_entity){.type = (kiji_type)(take(from) % KIJI_TYPES), .country = "US"};
    e->name = take_text(from);
    e->key = take_text(from);
    e->kind = take_text(from);
    e->reading = take_text(from);
    r->offices[i] = (kiji_office){take_text(from), "", (kiji_office_status)(take(from) % 4u)};
    e->offices = &r->offices[i];
    e->n_offices = take(from) % 2u;
    const uint32_t start = take(from);
    r->mentions[i] = (kiji_mention){start, start + 1, take_text(from), take_text(from)};
    e->mentions = &r->mentions[i];
    e->n_mentions = take(from) % 2u;
}

static void take_record(source *from, record *r)
{
    memset(r, 0, sizeof *r);
    r->doc = (kiji_doc){.source = take_text(from), .title = take_text(from), .date = {"2024-07-28", 10}};
    r->doc.characters = take(from);
    r->doc.text = take_text(from);
    r->doc.n_entities = take(from) % (MOST + 1u);
    for (size_t i = 0; i < r->doc.n_entities; i++) {
        take_entity(from, r, i);
    }
    r->doc.n_quotes = take(from) % (MOST + 1u);
    for (size_t i = 0; i < r->doc.n_quotes; i++) {
        kiji_quote *q = &r->quotes[i];
        *q = (kiji_quote){.kind = (kiji_quote_kind)(take(from) % 4u), .speaker = take(from), .end = 7};
        q->speaker = q->speaker < r->doc.n_entities ? q->speaker : KIJI_NO_ENTITY;
        q->speaker_text = take_text(from);
        q->verb = take_text(from);
        q->addressee = take_text(from);
        q->occasion = take_text(from);
        q->text = take_text(from);
        q->why = take_text(from);
    }
    r->doc.n_keywords = take(from) % (MOST + 1u);
    for (size_t i = 0; i < r->doc.n_keywords; i++) {
        r->keywords[i] = (kiji_keyword){take_text(from), take(from) / 255.0, take(from)};
    }
    r->doc.n_warnings = take(from) % (MOST + 1u);
    for (size_t i = 0; i < r->doc.n_warnings; i++) {
        r->warnings[i] = take_text(from);
    }
    r->doc.entities = r->entities;
    r->doc.quotes = r->quotes;
    r->doc.keywords = r->keywords;
    r->doc.warnings = r->warnings;
}

static kiji_buf write_by(const kiji_format *format, const kiji_view *view, const kiji_doc *doc)
{
    kiji_buf out = KIJI_BUF_INIT;
    kiji_error err;
    FUZZ_MUST(format->begin == NULL || format->begin(&out, view, &err) == KIJI_OK);
    FUZZ_MUST(format->doc(&out, view, doc, &err) == KIJI_OK);
    FUZZ_MUST(format->end == NULL || format->end(&out, view, &err) == KIJI_OK);
    FUZZ_MUST(!out.failed && kiji_utf8_valid((kiji_str){out.ptr, out.len}));
    return out;
}

/* What a plain scalar is to a reader of YAML 1.1, as far as kiji writes any; all else is a string. */
static json_t *resolve(const yaml_event_t *event)
{
    const char *value = (const char *)event->data.scalar.value;
    const size_t length = event->data.scalar.length;
    if (event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && length != 0) {
        if (strcmp(value, "null") == 0) {
            return json_null();
        }
        if (strspn(value, "0123456789") == length) {
            return json_integer(strtoll(value, NULL, 10));
        }
        if (strspn(value, "0123456789.") == length) {
            return json_real(strtod(value, NULL));
        }
    }
    return json_stringn(value, length);
}

/* The next value of the stream, as a tree of jansson's; NULL at the end of a map or list. */
static json_t *read_value(yaml_parser_t *parser)
{
    yaml_event_t event;
    FUZZ_MUST(yaml_parser_parse(parser, &event) == 1);
    json_t *tree = NULL;
    json_t *value;
    if (event.type == YAML_SCALAR_EVENT) {
        tree = resolve(&event);
    } else if (event.type == YAML_SEQUENCE_START_EVENT) {
        tree = json_array();
        while ((value = read_value(parser)) != NULL) {
            FUZZ_MUST(json_array_append_new(tree, value) == 0);
        }
    } else if (event.type == YAML_MAPPING_START_EVENT) {
        tree = json_object();
        json_t *key;
        while ((key = read_value(parser)) != NULL) {
            value = read_value(parser);
            FUZZ_MUST(json_is_string(key) && value != NULL && json_object_get(tree, json_string_value(key)) == NULL);
            FUZZ_MUST(json_object_set_new(tree, json_string_value(key), value) == 0);
            json_decref(key);
        }
    } else {
        FUZZ_MUST(event.type == YAML_SEQUENCE_END_EVENT || event.type == YAML_MAPPING_END_EVENT);
    }
    yaml_event_delete(&event);
    return tree;
}

static void skip_event(yaml_parser_t *parser, yaml_event_type_t type)
{
    yaml_event_t event;
    FUZZ_MUST(yaml_parser_parse(parser, &event) == 1 && event.type == type);
    yaml_event_delete(&event);
}

static json_t *read_yaml(const kiji_buf *text)
{
    yaml_parser_t parser;
    FUZZ_MUST(yaml_parser_initialize(&parser) == 1);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text->ptr, text->len);
    skip_event(&parser, YAML_STREAM_START_EVENT);
    skip_event(&parser, YAML_DOCUMENT_START_EVENT);
    json_t *tree = read_value(&parser);
    skip_event(&parser, YAML_DOCUMENT_END_EVENT);
    skip_event(&parser, YAML_STREAM_END_EVENT);
    yaml_parser_delete(&parser);
    return tree;
}

/* Whether a value is the string that stands in the record; what is absent there has no value. */
static void must_be(const json_t *value, kiji_str want)
{
    if (want.len == 0 && value == NULL) {
        return;
    }
    kiji_buf clean = KIJI_BUF_INIT;
    kiji_utf8_put_clean(&clean, want);
    FUZZ_MUST(json_is_string(value) && json_string_length(value) == clean.len);
    FUZZ_MUST(clean.len == 0 || memcmp(json_string_value(value), clean.ptr, clean.len) == 0);
    kiji_buf_clear(&clean);
}

static void check_tree(const json_t *tree, const kiji_doc *doc)
{
    const json_t *entities = json_object_get(tree, "entities");
    const json_t *quotes = json_object_get(tree, "quotes");
    const json_t *keywords = json_object_get(tree, "keywords");
    must_be(json_object_get(tree, "source"), doc->source);
    must_be(json_object_get(tree, "title"), doc->title);
    must_be(json_object_get(tree, "text"), doc->text);
    FUZZ_MUST(json_array_size(entities) == doc->n_entities && json_array_size(quotes) == doc->n_quotes);
    FUZZ_MUST(json_array_size(keywords) == doc->n_keywords);
    for (size_t i = 0; i < doc->n_entities; i++) {
        const json_t *e = json_array_get(entities, i);
        must_be(json_object_get(e, "name"), doc->entities[i].name);
        must_be(json_object_get(e, "key"), doc->entities[i].key);
        const json_t *mentions = json_object_get(e, "mentions");
        FUZZ_MUST(json_array_size(mentions) == doc->entities[i].n_mentions);
        if (doc->entities[i].n_mentions != 0) {
            must_be(json_object_get(json_array_get(mentions, 0), "text"), doc->entities[i].mentions[0].text);
        }
    }
    for (size_t i = 0; i < doc->n_quotes; i++) {
        must_be(json_object_get(json_array_get(quotes, i), "text"), doc->quotes[i].text);
    }
    for (size_t i = 0; i < doc->n_keywords; i++) {
        const json_t *keyword = json_array_get(keywords, i);
        must_be(json_object_get(keyword, "term"), doc->keywords[i].term);
        const double away = json_real_value(json_object_get(keyword, "score")) - doc->keywords[i].score;
        FUZZ_MUST(away < 0.00006 && away > -0.00006);
    }
}

/* One cell from *at on, its escapes taken back; *at is then behind the tab or line end, `*end` says which it was. */
static json_t *read_cell(const char **at, const char *end, char *ended)
{
    kiji_buf cell = KIJI_BUF_INIT;
    for (; *at < end && **at != '\t' && **at != '\n'; ++*at) {
        char c = **at;
        FUZZ_MUST(c != '\r');
        if (c == '\\') {
            FUZZ_MUST(++*at < end);
            c = **at == 't' ? '\t' : **at == 'n' ? '\n' : **at == 'r' ? '\r' : '\\';
            FUZZ_MUST(c != '\\' || **at == '\\');
        }
        kiji_buf_putc(&cell, c);
    }
    FUZZ_MUST(*at < end);
    *ended = *(*at)++;
    json_t *value = json_stringn(cell.len != 0 ? cell.ptr : "", cell.len);
    kiji_buf_clear(&cell);
    return value;
}

/* A section's table: as many rows as wanted, of as many cells as the header; cell `column` of row i is want[i]. */
static void check_table(const kiji_doc *doc, unsigned section, size_t column, const kiji_str *want, size_t n_rows)
{
    const kiji_view view = {.sections = section, .types = (1u << KIJI_TYPES) - 1u, .header = true};
    kiji_buf text = write_by(&kiji_format_tsv, &view, doc);
    const char *at = text.ptr;
    const char *end = text.ptr + text.len;
    size_t n_columns = 0;
    for (char ended = '\t'; ended != '\n'; n_columns++) {
        json_decref(read_cell(&at, end, &ended));
    }
    for (size_t row = 0; row < n_rows; row++) {
        for (size_t i = 0; i < n_columns; i++) {
            char ended;
            json_t *value = read_cell(&at, end, &ended);
            FUZZ_MUST(ended == (i + 1 == n_columns ? '\n' : '\t'));
            if (i == 0 || i == column) {
                must_be(value, i == 0 ? doc->source : want[row]);
            }
            json_decref(value);
        }
    }
    FUZZ_MUST(at == end);
    kiji_buf_clear(&text);
}

static void check_tables(const record *r)
{
    kiji_str want[MOST];
    for (size_t i = 0; i < r->doc.n_entities; i++) {
        want[i] = r->entities[i].name;
    }
    check_table(&r->doc, KIJI_SECTION_ENTITIES, 3, want, r->doc.n_entities);
    for (size_t i = 0; i < r->doc.n_quotes; i++) {
        want[i] = r->quotes[i].text;
    }
    check_table(&r->doc, KIJI_SECTION_QUOTES, 7, want, r->doc.n_quotes);
    for (size_t i = 0; i < r->doc.n_keywords; i++) {
        want[i] = r->keywords[i].term;
    }
    check_table(&r->doc, KIJI_SECTION_KEYWORDS, 1, want, r->doc.n_keywords);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *bytes = fuzz_copy(data, size);
    source from = {(const uint8_t *)bytes, size};
    record r;
    take_record(&from, &r);
    const kiji_view view = {
        .sections = KIJI_SECTION_ALL, .types = (1u << KIJI_TYPES) - 1u, .explain = true, .with_text = true};
    kiji_buf jsonl = write_by(&kiji_format_jsonl, &view, &r.doc);
    kiji_buf yaml = write_by(&kiji_format_yaml, &view, &r.doc);
    json_error_t reason;
    FUZZ_MUST(jsonl.ptr[jsonl.len - 1] == '\n' && memchr(jsonl.ptr, '\n', jsonl.len - 1) == NULL);
    json_t *by_json = json_loadb(jsonl.ptr, jsonl.len, JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, &reason);
    json_t *by_yaml = read_yaml(&yaml);
    FUZZ_MUST(by_json != NULL && json_equal(by_json, by_yaml));
    check_tree(by_json, &r.doc);
    check_tables(&r);
    json_decref(by_json);
    json_decref(by_yaml);
    kiji_buf_clear(&jsonl);
    kiji_buf_clear(&yaml);
    free(bytes);
    return 0;
}
