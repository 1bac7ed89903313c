#include "write/write.h"

#include <jansson.h>
#include <string.h>
#include <yaml.h>

#include "base/status.h"
#include "write/look.h"
#include "write/sqlite.h"

const kiji_section kiji_sections[] = {
    {"entities", KIJI_SECTION_ENTITIES},
    {"mentions", KIJI_SECTION_MENTIONS},
    {"quotes", KIJI_SECTION_QUOTES},
    {"keywords", KIJI_SECTION_KEYWORDS},
    {NULL, 0},
};

const kiji_format *const kiji_formats[] = {
    &kiji_format_yaml,
    &kiji_format_tsv,
    &kiji_format_jsonl,
    &kiji_format_json,
    &kiji_format_text,
    &kiji_format_who,
    &kiji_format_conll,
    &kiji_format_brat,
    &kiji_format_html,
    &kiji_format_sqlite,
    NULL,
};

const kiji_format *kiji_format_find(const char *name)
{
    const kiji_format *const *format = kiji_formats;
    while (*format != NULL && strcmp((*format)->name, name) != 0) {
        format++;
    }
    return *format;
}

bool kiji_view_shows(const kiji_view *view, kiji_type type)
{
    return (view->types & 1u << type) != 0;
}

const kiji_entity *kiji_view_speaker(const kiji_view *view, const kiji_doc *doc, const kiji_quote *quote)
{
    if (quote->speaker >= doc->n_entities) {
        return NULL;
    }
    const kiji_entity *entity = &doc->entities[quote->speaker];
    return kiji_view_shows(view, entity->type) ? entity : NULL;
}

/* A part's text lies in the document's text: its place there is the offset in bytes, and nothing need be counted. */
uint32_t kiji_view_at(const kiji_view *view, const kiji_doc *doc, kiji_str part, uint32_t start)
{
    return view->bytes && part.len != 0 ? (uint32_t)(part.ptr - doc->text.ptr) : start;
}

uint32_t kiji_view_end(const kiji_view *view, const kiji_doc *doc, kiji_str part, uint32_t end)
{
    return view->bytes && part.len != 0 ? (uint32_t)(part.ptr - doc->text.ptr) + (uint32_t)part.len : end;
}

kiji_status kiji_view_end_lines(kiji_buf *out, size_t from, const kiji_view *view, kiji_error *err)
{
    if (!view->null || out->failed || out->len == from) {
        return KIJI_OK;
    }
    if (memchr(out->ptr + from, '\0', out->len - from) != NULL) {
        out->len = from;
        return kiji_fail(err, KIJI_EINPUT, NULL, KIJI_NO_OFFSET, "a value holds a NUL byte, and --null ends records");
    }
    for (size_t i = from; i < out->len; i++) {
        out->ptr[i] = out->ptr[i] != '\n' ? out->ptr[i] : '\0';
    }
    return KIJI_OK;
}

size_t kiji_view_keywords(const kiji_view *view, const kiji_doc *doc)
{
    return view->top != 0 && view->top < doc->n_keywords ? view->top : doc->n_keywords;
}

/* Without memory: true, as the writer will fail anyway. */
static bool has_quotes(const kiji_view *view, const kiji_doc *doc)
{
    kiji_who who;
    bool found = false;
    if (!kiji_who_open(&who, view, doc)) {
        return true;
    }
    for (size_t i = 0; i < doc->n_quotes && !found; i++) {
        found = kiji_who_speaks(&who, &doc->quotes[i]);
    }
    kiji_who_close(&who);
    return found;
}

bool kiji_view_finds(const kiji_view *view, const kiji_doc *doc)
{
    if ((view->sections & KIJI_SECTION_QUOTES) != 0 && has_quotes(view, doc)) {
        return true;
    }
    if (view->who != NULL) {
        return false;
    }
    if ((view->sections & KIJI_SECTION_KEYWORDS) != 0 && doc->n_keywords != 0) {
        return true;
    }
    bool found = false;
    if ((view->sections & (KIJI_SECTION_ENTITIES | KIJI_SECTION_MENTIONS)) != 0) {
        for (size_t i = 0; i < doc->n_entities && !found; i++) {
            found = kiji_view_shows(view, doc->entities[i].type);
        }
    }
    return found;
}

void kiji_format_versions(kiji_buf *out)
{
    kiji_buf_printf(out, "libyaml %s\n", yaml_get_version_string());
    kiji_buf_printf(out, "jansson %s\n", JANSSON_VERSION);
    const bool loaded = kiji_sqlite_load(NULL) == KIJI_OK;
    kiji_buf_printf(out, "sqlite %s\n", loaded ? sqlite3_libversion() : "is not installed");
}
