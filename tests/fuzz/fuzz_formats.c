/*
 * Each formatter over the record of some text. Byte 0 chooses the format, byte 1 the view, the rest is the article.
 * JSON Lines are read back by jansson, YAML by libyaml, and every output is UTF-8.
 */
#include "fuzz.h"

#include <jansson.h>
#include <yaml.h>

#include "base/utf8.h"
#include "write/database.h"
#include "write/folder.h"
#include "write/write.h"

static kiji_status drop(void *to, const char *name, kiji_str bytes, kiji_error *err)
{
    (void)to;
    (void)err;
    FUZZ_MUST(name[0] != '\0' && name[0] != '/' && strstr(name, "..") == NULL && bytes.ptr != NULL);
    return KIJI_OK;
}

static void fill_folder(const kiji_folder *folder, const kiji_view *view, const kiji_doc *doc)
{
    const kiji_files files = {drop, drop, NULL};
    kiji_error err;
    kiji_buf parcel = KIJI_BUF_INIT;
    void *state = folder->open();
    FUZZ_MUST(state != NULL);
    FUZZ_MUST(folder->pack(&parcel, view, doc, &err) == KIJI_OK && !parcel.failed);
    for (int i = 0; i < 2; i++) {
        FUZZ_MUST(folder->take(state, (kiji_str){parcel.ptr, parcel.len}, &files, &err) == KIJI_OK);
    }
    FUZZ_MUST(folder->close(state, &files, &err) == KIJI_OK);
    folder->free(state);
    kiji_buf_clear(&parcel);
}

static void read_yaml(kiji_str text)
{
    yaml_parser_t parser;
    yaml_event_t event;
    FUZZ_MUST(yaml_parser_initialize(&parser) == 1);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text.ptr, text.len);
    yaml_event_type_t type;
    do {
        FUZZ_MUST(yaml_parser_parse(&parser, &event) == 1);
        type = event.type;
        yaml_event_delete(&event);
    } while (type != YAML_STREAM_END_EVENT);
    yaml_parser_delete(&parser);
}

static void read_json(kiji_str text)
{
    json_error_t reason;
    json_t *root = json_loadb(text.ptr, text.len, JSON_ALLOW_NUL, &reason);
    FUZZ_MUST(json_is_object(root));
    json_decref(root);
}

/* Twice into one database in memory: the second takes the place of the first. */
static void fill_database(const kiji_view *view, const kiji_doc *doc)
{
    const kiji_origin origin = {.file = {"a\nb.txt", 7}, .line = 3, .nbytes = 9, .digest = 11};
    kiji_database *database = NULL;
    kiji_error err;
    kiji_buf parcel = KIJI_BUF_INIT;
    FUZZ_MUST(kiji_database_open(&database, ":memory:", "fuzz", &err) == KIJI_OK);
    FUZZ_MUST(kiji_database_pack(&parcel, view, doc, &err) == KIJI_OK && !parcel.failed);
    for (int i = 0; i < 2; i++) {
        FUZZ_MUST(kiji_database_take(database, &origin, (kiji_str){parcel.ptr, parcel.len}, &err) == KIJI_OK);
    }
    FUZZ_MUST(kiji_database_close(database, &err) == KIJI_OK);
    kiji_buf_clear(&parcel);
}

static void write_one(const kiji_format *format, const kiji_view *view, const kiji_doc *doc)
{
    kiji_buf out = KIJI_BUF_INIT;
    kiji_error err;
    if (format->begin != NULL && format->begin(&out, view, &err) != KIJI_OK) {
        kiji_buf_clear(&out); /* a table of several sections: refused */
        return;
    }
    FUZZ_MUST(format->doc(&out, view, doc, &err) == KIJI_OK);
    FUZZ_MUST(format->end == NULL || format->end(&out, view, &err) == KIJI_OK);
    FUZZ_MUST(!out.failed);
    const kiji_str text = {out.ptr != NULL ? out.ptr : "", out.len};
    FUZZ_MUST(kiji_utf8_valid(text));
    if (format == &kiji_format_yaml) {
        read_yaml(text);
    } else if (format == &kiji_format_jsonl) {
        read_json(text);
    }
    kiji_buf_clear(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t count = 0;
    while (kiji_formats[count] != NULL) {
        count++;
    }
    if (size < 2) {
        return 0;
    }
    const kiji_format *format = kiji_formats[data[0] % count];
    const unsigned bits = data[1];
    const unsigned all = format->sections != 0 ? format->sections : (unsigned)KIJI_SECTION_ALL;
    const kiji_view view = {.sections = (bits & 1u) != 0 ? 1u << (bits >> 6) : all,
                            .types = (1u << KIJI_TYPES) - 1u,
                            .header = (bits & 2u) != 0,
                            .explain = (bits & 4u) != 0,
                            .with_text = (bits & 8u) != 0,
                            .top = (bits & 16u) != 0 ? 3 : 0,
                            .colour = (bits & 32u) != 0,
                            .width = bits,
                            .who = NULL};
    char *bytes = fuzz_copy(data + 2, size - 2);
    const kiji_input input = {.source = "folder/\x1b[31m<a & b>.txt",
                              .bytes = bytes,
                              .nbytes = size - 2,
                              .encoding = "UTF-8",
                              .sections = view.sections | format->sections | KIJI_SECTION_WHY};
    const kiji_doc *doc;
    kiji_error err;
    if (kiji_analyze(fuzz_analyzer(), &input, &doc, &err) == KIJI_OK) {
        if (format->database) {
            fill_database(&view, doc);
        } else {
            write_one(format, &view, doc);
        }
        if (format->folder != NULL) {
            fill_folder(format->folder, &view, doc);
        }
    }
    free(bytes);
    return 0;
}
