/*
 * tsv.c - one section as a table: a header line, then one row a record in the order of the text.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/status.h"
#include "base/utf8.h"
#include "write/corpus.h"
#include "write/folder.h"
#include "write/schema.h"

typedef struct table {
    unsigned section;
    const char *header;
    const char *header_bytes; /* with offsets in bytes */
    const char *header_explain;
    kiji_status (*rows)(kiji_buf *out, const kiji_view *view, const kiji_doc *doc);
} table;

static void escaped(kiji_buf *out, kiji_str value)
{
    size_t copied = 0;
    for (size_t i = 0; i < value.len; i++) {
        static const char special[] = "\t\n\r\\";
        static const char *const escapes[] = {"\\t", "\\n", "\\r", "\\\\"};
        const char *found = value.ptr[i] != '\0' ? strchr(special, value.ptr[i]) : NULL;
        if (found != NULL) {
            kiji_buf_put(out, value.ptr + copied, i - copied);
            kiji_buf_puts(out, escapes[found - special]);
            copied = i + 1;
        }
    }
    if (copied < value.len) {
        kiji_buf_put(out, value.ptr + copied, value.len - copied);
    }
}

/* A cell and the tab or line end behind it. */
static void cell(kiji_buf *out, kiji_str value, char after)
{
    if (kiji_utf8_valid(value)) {
        escaped(out, value);
    } else {
        kiji_buf clean = KIJI_BUF_INIT;
        kiji_utf8_put_clean(&clean, value);
        escaped(out, (kiji_str){clean.ptr, clean.len});
        out->failed |= clean.failed;
        kiji_buf_clear(&clean);
    }
    kiji_buf_putc(out, after);
}

static void cell_word(kiji_buf *out, const char *value, char after)
{
    cell(out, (kiji_str){value, strlen(value)}, after);
}

static void cell_number(kiji_buf *out, size_t value, char after)
{
    kiji_buf_printf(out, "%zu%c", value, after);
}

/* "国務長官:US:current", several with "|" between them. */
static void cell_offices(kiji_buf *out, const kiji_entity *e, char after)
{
    for (size_t i = 0; i < e->n_offices; i++) {
        const kiji_office *office = &e->offices[i];
        kiji_buf_puts(out, i != 0 ? "|" : "");
        cell(out, office->title, ':');
        cell_word(out, office->country, ':');
        kiji_buf_puts(out, kiji_office_status_name(office->status));
    }
    kiji_buf_putc(out, after);
}

/* The last column of the rows that can say why; what stands before it ends with `before_why`. */
static char before_why(const kiji_view *view)
{
    return view->explain ? '\t' : '\n';
}

static void cell_why(kiji_buf *out, const kiji_view *view, kiji_str why)
{
    if (view->explain) {
        cell(out, why, '\n');
    }
}

static kiji_status entity_rows(kiji_buf *out, const kiji_view *view, const kiji_doc *doc)
{
    for (size_t i = 0; i < doc->n_entities; i++) {
        const kiji_entity *e = &doc->entities[i];
        char id[16];
        if (!kiji_view_shows(view, e->type)) {
            continue;
        }
        kiji_schema_id(id, (uint32_t)i);
        cell(out, doc->source, '\t');
        cell_word(out, id, '\t');
        cell_word(out, kiji_type_name(e->type), '\t');
        cell(out, e->name, '\t');
        cell(out, e->key, '\t');
        cell_word(out, e->country, '\t');
        cell(out, e->kind, '\t');
        cell_offices(out, e, '\t');
        cell_number(out, e->n_mentions, '\n');
    }
    return KIJI_OK;
}

typedef struct place {
    const kiji_mention *mention;
    uint32_t entity;
} place;

static int by_text(const void *left, const void *right)
{
    const kiji_mention *a = ((const place *)left)->mention;
    const kiji_mention *b = ((const place *)right)->mention;
    if (a->start != b->start) {
        return a->start < b->start ? -1 : 1;
    }
    return a->end != b->end ? (a->end < b->end ? -1 : 1) : 0;
}

static void mention_row(kiji_buf *out, const kiji_view *view, const kiji_doc *doc, place at)
{
    const kiji_entity *e = &doc->entities[at.entity];
    char id[16];
    kiji_schema_id(id, at.entity);
    cell(out, doc->source, '\t');
    cell_word(out, id, '\t');
    cell_word(out, kiji_type_name(e->type), '\t');
    cell(out, e->name, '\t');
    cell_number(out, kiji_view_at(view, doc, at.mention->text, at.mention->start), '\t');
    cell_number(out, kiji_view_end(view, doc, at.mention->text, at.mention->end), '\t');
    cell(out, at.mention->text, before_why(view));
    cell_why(out, view, at.mention->why);
}

static kiji_status mention_rows(kiji_buf *out, const kiji_view *view, const kiji_doc *doc)
{
    size_t count = 0;
    for (size_t i = 0; i < doc->n_entities; i++) {
        count += kiji_view_shows(view, doc->entities[i].type) ? doc->entities[i].n_mentions : 0;
    }
    place *places = kiji_alloc_zero(count, sizeof *places);
    if (places == NULL) {
        return KIJI_ENOMEM;
    }
    size_t filled = 0;
    for (size_t i = 0; i < doc->n_entities; i++) {
        const kiji_entity *e = &doc->entities[i];
        for (size_t k = 0; kiji_view_shows(view, e->type) && k < e->n_mentions; k++) {
            places[filled++] = (place){&e->mentions[k], (uint32_t)i};
        }
    }
    qsort(places, count, sizeof *places, by_text);
    for (size_t i = 0; i < count; i++) {
        mention_row(out, view, doc, places[i]);
    }
    kiji_free(places);
    return KIJI_OK;
}

static kiji_status quote_rows(kiji_buf *out, const kiji_view *view, const kiji_doc *doc)
{
    for (size_t i = 0; i < doc->n_quotes; i++) {
        const kiji_quote *q = &doc->quotes[i];
        const kiji_entity *speaker = kiji_view_speaker(view, doc, q);
        const bool office = speaker != NULL && speaker->n_offices != 0;
        cell(out, doc->source, '\t');
        cell(out, speaker != NULL ? speaker->name : q->speaker_text, '\t');
        cell(out, office ? speaker->offices[0].title : (kiji_str){"", 0}, '\t');
        cell_word(out, speaker != NULL ? speaker->country : "", '\t');
        cell_word(out, kiji_quote_kind_name(q->kind), '\t');
        cell(out, q->verb, '\t');
        cell(out, q->addressee, '\t');
        cell(out, q->text, '\t');
        cell_number(out, kiji_view_at(view, doc, q->text, q->start), '\t');
        cell_number(out, kiji_view_end(view, doc, q->text, q->end), before_why(view));
        cell_why(out, view, q->why);
    }
    return KIJI_OK;
}

static kiji_status keyword_rows(kiji_buf *out, const kiji_view *view, const kiji_doc *doc)
{
    for (size_t i = 0; i < kiji_view_keywords(view, doc); i++) {
        char score[16];
        kiji_schema_score(score, doc->keywords[i].score);
        cell(out, doc->source, '\t');
        cell(out, doc->keywords[i].term, '\t');
        cell_word(out, score, '\t');
        cell_number(out, doc->keywords[i].count, '\n');
    }
    return KIJI_OK;
}

static const table tables[] = {
    {KIJI_SECTION_ENTITIES, "source\tid\ttype\tname\tkey\tcountry\tkind\toffices\tcount", NULL, "", entity_rows},
    {KIJI_SECTION_MENTIONS, "source\tid\ttype\tname\tstart\tend\ttext",
     "source\tid\ttype\tname\tstart_byte\tend_byte\ttext", "\twhy", mention_rows},
    {KIJI_SECTION_QUOTES, "source\tspeaker\toffice\tcountry\tkind\tverb\taddressee\ttext\tstart\tend",
     "source\tspeaker\toffice\tcountry\tkind\tverb\taddressee\ttext\tstart_byte\tend_byte", "\twhy", quote_rows},
    {KIJI_SECTION_KEYWORDS, "source\tterm\tscore\tcount", NULL, "", keyword_rows},
};

static kiji_status write_corpus(kiji_buf *out, const kiji_corpus_group *group)
{
    for (size_t i = 0; i < group->n_terms; i++) {
        const kiji_corpus_term *t = &group->terms[i];
        char number[32];
        if (group->by != NULL) {
            cell(out, group->name, '\t');
        }
        cell(out, t->term, '\t');
        cell_number(out, t->count, '\t');
        cell_number(out, t->documents, '\t');
        cell_number(out, group->articles, '\t');
        cell_number(out, (size_t)(t->known + 0.5), '\t');
        kiji_corpus_decimal(number, t->expected);
        cell_word(out, number, '\t');
        kiji_corpus_decimal(number, t->keyness);
        cell_word(out, number, '\n');
    }
    return out->failed ? KIJI_ENOMEM : KIJI_OK;
}

static const table *table_of(const kiji_view *view)
{
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        if (tables[i].section == view->sections) {
            return &tables[i];
        }
    }
    return NULL;
}

static kiji_status begin(kiji_buf *out, const kiji_view *view, kiji_error *err)
{
    const size_t from = out->len;
    const table *shown = table_of(view);
    if (shown == NULL) {
        return kiji_fail(err, KIJI_EUSAGE, NULL, KIJI_NO_OFFSET, "a table shows one section");
    }
    if (view->header) {
        const bool bytes = view->bytes && shown->header_bytes != NULL;
        kiji_buf_printf(out, "%s%s\n", bytes ? shown->header_bytes : shown->header,
                        view->explain ? shown->header_explain : "");
    }
    return out->failed ? kiji_fail_memory(err) : kiji_view_end_lines(out, from, view, err);
}

static kiji_status write_doc(kiji_buf *out, const kiji_view *view, const kiji_doc *doc, kiji_error *err)
{
    const table *shown = table_of(view);
    if (shown == NULL) {
        return kiji_fail(err, KIJI_EUSAGE, NULL, KIJI_NO_OFFSET, "a table shows one section");
    }
    const size_t from = out->len;
    const kiji_status status = shown->rows(out, view, doc);
    return status != KIJI_OK || out->failed ? kiji_fail_memory(err) : kiji_view_end_lines(out, from, view, err);
}

const kiji_format kiji_format_tsv = {
    .name = "tsv",
    .summary = "one section as a table with a header line",
    .table = true,
    .lines = true,
    .begin = begin,
    .doc = write_doc,
    .folder = &kiji_tsv_folder,
    .corpus = write_corpus,
};
