/* database_pack.c - a record as the rows of a parcel. */
#include <string.h>

#include "base/status.h"
#include "base/utf8.h"
#include "write/database.h"
#include "write/database_rows.h"
#include "write/folder.h"

const kiji_database_table kiji_database_tables[KIJI_TABLES] = {
    [KIJI_TABLE_DOCUMENTS] = {"INSERT INTO documents(id, source, title, date, characters, text) VALUES(?,?,?,?,?,?)",
                              "dTttnT"},
    [KIJI_TABLE_ENTITIES] = {"INSERT INTO entities(document, id, type, name, key, country, kind, reading, count)"
                             " VALUES(?,?,?,?,?,?,?,?,?)",
                             "dnTTttttn"},
    [KIJI_TABLE_OFFICES] = {"INSERT INTO offices(document, entity, number, title, country, status) VALUES(?,?,?,?,?,?)",
                            "dnnTtT"},
    [KIJI_TABLE_MENTIONS] = {"INSERT INTO mentions(document, entity, number, start, end, text, why)"
                             " VALUES(?,?,?,?,?,?,?)",
                             "dnnnnTt"},
    [KIJI_TABLE_QUOTES] = {"INSERT INTO quotes(id, document, kind, speaker, speaker_text, verb, addressee, occasion,"
                           " start, end, text, why) VALUES(?,?,?,?,?,?,?,?,?,?,?,?)",
                           "qdTzttttnnTt"},
    [KIJI_TABLE_KEYWORDS] = {"INSERT INTO keywords(document, number, term, score, count) VALUES(?,?,?,?,?)", "dnTsn"},
};

/* Text as SQLite wants it: valid UTF-8. */
static void text(kiji_buf *out, kiji_str value)
{
    if (kiji_utf8_valid(value)) {
        kiji_parcel_put(out, value);
        return;
    }
    kiji_buf clean = KIJI_BUF_INIT;
    kiji_utf8_put_clean(&clean, value);
    kiji_parcel_put(out, (kiji_str){clean.ptr, clean.len});
    out->failed |= clean.failed;
    kiji_buf_clear(&clean);
}

static void word(kiji_buf *out, const char *value)
{
    kiji_parcel_put(out, (kiji_str){value, strlen(value)});
}

static void offices(kiji_buf *out, const kiji_entity *e, size_t id)
{
    for (size_t i = 0; i < e->n_offices; i++) {
        kiji_parcel_number(out, KIJI_TABLE_OFFICES);
        kiji_parcel_number(out, id);
        kiji_parcel_number(out, i + 1);
        text(out, e->offices[i].title);
        word(out, e->offices[i].country);
        word(out, kiji_office_status_name(e->offices[i].status));
    }
}

static void mentions(kiji_buf *out, const kiji_view *view, const kiji_doc *doc, size_t id)
{
    const kiji_entity *e = &doc->entities[id - 1];
    for (size_t i = 0; i < e->n_mentions; i++) {
        const kiji_mention *m = &e->mentions[i];
        kiji_parcel_number(out, KIJI_TABLE_MENTIONS);
        kiji_parcel_number(out, id);
        kiji_parcel_number(out, i + 1);
        kiji_parcel_number(out, kiji_view_at(view, doc, m->text, m->start));
        kiji_parcel_number(out, kiji_view_end(view, doc, m->text, m->end));
        text(out, m->text);
        text(out, view->explain ? m->why : (kiji_str){"", 0});
    }
}

/* Also where only quotes are asked for: somebody said them. */
static void entities(kiji_buf *out, const kiji_view *view, const kiji_doc *doc)
{
    for (size_t i = 0; i < doc->n_entities; i++) {
        const kiji_entity *e = &doc->entities[i];
        if (!kiji_view_shows(view, e->type)) {
            continue;
        }
        kiji_parcel_number(out, KIJI_TABLE_ENTITIES);
        kiji_parcel_number(out, i + 1);
        word(out, kiji_type_name(e->type));
        text(out, e->name);
        text(out, e->key);
        word(out, e->country);
        text(out, e->kind);
        text(out, e->reading);
        kiji_parcel_number(out, e->n_mentions);
        offices(out, e, i + 1);
        if ((view->sections & KIJI_SECTION_MENTIONS) != 0) {
            mentions(out, view, doc, i + 1);
        }
    }
}

static void quotes(kiji_buf *out, const kiji_view *view, const kiji_doc *doc)
{
    for (size_t i = 0; i < doc->n_quotes; i++) {
        const kiji_quote *q = &doc->quotes[i];
        const bool known = kiji_view_speaker(view, doc, q) != NULL;
        kiji_parcel_number(out, KIJI_TABLE_QUOTES);
        word(out, kiji_quote_kind_name(q->kind));
        kiji_parcel_number(out, known ? (size_t)q->speaker + 1 : KIJI_NO_ENTITY);
        text(out, q->speaker_text);
        text(out, q->verb);
        text(out, q->addressee);
        text(out, q->occasion);
        kiji_parcel_number(out, kiji_view_at(view, doc, q->text, q->start));
        kiji_parcel_number(out, kiji_view_end(view, doc, q->text, q->end));
        text(out, q->text);
        text(out, view->explain ? q->why : (kiji_str){"", 0});
    }
}

static void keywords(kiji_buf *out, const kiji_view *view, const kiji_doc *doc)
{
    for (size_t i = 0; i < kiji_view_keywords(view, doc); i++) {
        const kiji_keyword *k = &doc->keywords[i];
        kiji_parcel_number(out, KIJI_TABLE_KEYWORDS);
        kiji_parcel_number(out, i + 1);
        text(out, k->term);
        kiji_parcel_number(out, k->score > 0 ? (size_t)(k->score * KIJI_SCORE_UNITS + 0.5) : 0);
        kiji_parcel_number(out, k->count);
    }
}

kiji_status kiji_database_pack(kiji_buf *out, const kiji_view *view, const kiji_doc *doc, kiji_error *err)
{
    kiji_parcel_number(out, KIJI_TABLE_DOCUMENTS);
    text(out, doc->source);
    text(out, doc->title);
    text(out, doc->date);
    kiji_parcel_number(out, doc->characters);
    text(out, doc->text);
    if ((view->sections & (KIJI_SECTION_ENTITIES | KIJI_SECTION_MENTIONS | KIJI_SECTION_QUOTES)) != 0) {
        entities(out, view, doc);
    }
    if ((view->sections & KIJI_SECTION_QUOTES) != 0) {
        quotes(out, view, doc);
    }
    if ((view->sections & KIJI_SECTION_KEYWORDS) != 0) {
        keywords(out, view, doc);
    }
    kiji_parcel_number(out, KIJI_TABLE_END);
    return out->failed ? kiji_fail_memory(err) : KIJI_OK;
}

static kiji_status no_stream(kiji_buf *out, const kiji_view *view, const kiji_doc *doc, kiji_error *err)
{
    (void)out;
    (void)view;
    (void)doc;
    return kiji_fail(err, KIJI_EUSAGE, NULL, KIJI_NO_OFFSET, "--format=sqlite fills a file: -o FILE.db");
}

const kiji_format kiji_format_sqlite = {
    .name = "sqlite",
    .summary = "a database of all articles: -o FILE.db, kiji query FILE.db",
    .database = true,
    .doc = no_stream,
};
