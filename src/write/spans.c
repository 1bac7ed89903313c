#include "write/spans.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define BLOCK 64u

static bool begins_character(char byte)
{
    return ((unsigned char)byte & 0xC0) != 0x80;
}

static bool index_text(kiji_spans *out)
{
    out->blocks = kiji_alloc_zero(out->text.len / BLOCK + 2, sizeof *out->blocks);
    if (out->blocks == NULL) {
        return false;
    }
    for (size_t at = 0; at < out->text.len; at++) {
        if (begins_character(out->text.ptr[at])) {
            if (out->n_code_points % BLOCK == 0) {
                out->blocks[out->n_code_points / BLOCK] = at;
            }
            out->n_code_points++;
        }
    }
    return true;
}

size_t kiji_spans_byte(const kiji_spans *spans, uint32_t code_point)
{
    if (code_point >= spans->n_code_points) {
        return spans->text.len;
    }
    size_t at = spans->blocks[code_point / BLOCK];
    for (uint32_t left = code_point % BLOCK; left > 0; left--) {
        do {
            at++;
        } while (!begins_character(spans->text.ptr[at]));
    }
    return at;
}

static int by_text(const void *left, const void *right)
{
    const kiji_mark *a = left;
    const kiji_mark *b = right;
    if (a->begin != b->begin) {
        return a->begin < b->begin ? -1 : 1;
    }
    if (a->end != b->end) {
        return a->end > b->end ? -1 : 1;
    }
    return a->entity < b->entity ? -1 : 1;
}

static void drop_overlaps(kiji_spans *out)
{
    size_t kept = 0;
    for (size_t i = 0; i < out->n_marks; i++) {
        if (kept == 0 || out->marks[i].begin >= out->marks[kept - 1].end) {
            out->marks[kept++] = out->marks[i];
        }
    }
    out->n_marks = kept;
}

bool kiji_spans_open(kiji_spans *out, const kiji_view *view, const kiji_doc *doc)
{
    *out = (kiji_spans){.text = doc->text};
    size_t most = 1;
    for (size_t i = 0; i < doc->n_entities; i++) {
        most += doc->entities[i].n_mentions;
    }
    out->marks = kiji_alloc_zero(most, sizeof *out->marks);
    if (out->marks == NULL || !index_text(out)) {
        return false;
    }
    for (size_t i = 0; i < doc->n_entities; i++) {
        const kiji_entity *e = &doc->entities[i];
        for (size_t k = 0; kiji_view_shows(view, e->type) && k < e->n_mentions; k++) {
            const kiji_mention *m = &e->mentions[k];
            if (m->start < m->end && m->end <= out->n_code_points) {
                out->marks[out->n_marks++] =
                    (kiji_mark){kiji_spans_byte(out, m->start), kiji_spans_byte(out, m->end), (uint32_t)i, m};
            }
        }
    }
    qsort(out->marks, out->n_marks, sizeof *out->marks, by_text);
    drop_overlaps(out);
    return true;
}

/* Bytes of a blank at a place, or 0. */
static size_t blank_at(kiji_str text, size_t at)
{
    static const char wide[] = "\xE3\x80\x80";
    if (strchr(" \t\r\n", text.ptr[at]) != NULL && text.ptr[at] != '\0') {
        return 1;
    }
    return text.len - at >= 3 && memcmp(text.ptr + at, wide, 3) == 0 ? 3 : 0;
}

kiji_headline kiji_spans_headline(const kiji_doc *doc)
{
    size_t at = 0;
    while (at < doc->text.len && blank_at(doc->text, at) != 0) {
        at += blank_at(doc->text, at);
    }
    const bool inside = doc->title.len != 0 && doc->title.len <= doc->text.len - at &&
                        memcmp(doc->text.ptr + at, doc->title.ptr, doc->title.len) == 0;
    return (kiji_headline){at, inside ? at + doc->title.len : at};
}

void kiji_spans_close(kiji_spans *spans)
{
    kiji_free(spans->blocks);
    kiji_free(spans->marks);
    *spans = (kiji_spans){.blocks = NULL};
}
