#include "write/schema.h"

#include <stdio.h>
#include <string.h>

#include "write/corpus.h"

typedef struct walk {
    const kiji_schema_calls *calls;
    void *to;
    const kiji_view *view;
} walk;

void kiji_schema_id(char out[16], uint32_t entity)
{
    (void)snprintf(out, 16, "e%lu", (unsigned long)entity + 1);
}

void kiji_schema_score(char out[16], double score)
{
    /* Also turns NaN into 0; printf's %f would follow the locale. */
    const unsigned scaled = score > 0 ? (unsigned)((score < 1000 ? score : 1000) * 10000 + 0.5) : 0;
    int length = snprintf(out, 16, "%u.%04u", scaled / 10000, scaled % 10000);
    while (out[length - 1] == '0' && out[length - 2] != '.') {
        out[--length] = '\0';
    }
}

/* What is absent has no key. */
static void text(const walk *w, const char *key, kiji_str value)
{
    if (value.len != 0) {
        w->calls->text(w->to, key, value);
    }
}

static void text_or_null(const walk *w, const char *key, kiji_str value)
{
    if (value.len != 0) {
        w->calls->text(w->to, key, value);
    } else {
        w->calls->null(w->to, key);
    }
}

static void country(const walk *w, const char code[3])
{
    text(w, "country", (kiji_str){code, strlen(code)});
}

static kiji_shape begin_list(const walk *w, const char *key, bool empty)
{
    const kiji_shape shape = empty ? KIJI_SHAPE_NOTHING : KIJI_SHAPE_LIST;
    w->calls->begin(w->to, key, shape);
    return shape;
}

static void mention(const walk *w, const kiji_doc *doc, const kiji_mention *m)
{
    w->calls->begin(w->to, NULL, KIJI_SHAPE_ROW);
    w->calls->number(w->to, "start", kiji_view_at(w->view, doc, m->text, m->start));
    w->calls->number(w->to, "end", kiji_view_end(w->view, doc, m->text, m->end));
    w->calls->text(w->to, "text", m->text);
    if (w->view->explain) {
        text(w, "why", m->why);
    }
    w->calls->end(w->to, KIJI_SHAPE_ROW);
}

static void offices(const walk *w, const kiji_entity *entity)
{
    if (entity->n_offices == 0) {
        return;
    }
    const kiji_shape list = begin_list(w, "offices", false);
    for (size_t i = 0; i < entity->n_offices; i++) {
        const kiji_office *office = &entity->offices[i];
        w->calls->begin(w->to, NULL, KIJI_SHAPE_ROW);
        w->calls->text(w->to, "title", office->title);
        country(w, office->country);
        w->calls->word(w->to, "status", kiji_office_status_name(office->status));
        w->calls->end(w->to, KIJI_SHAPE_ROW);
    }
    w->calls->end(w->to, list);
}

static void entity(const walk *w, const kiji_doc *doc, uint32_t index)
{
    const kiji_entity *e = &doc->entities[index];
    char id[16];
    kiji_schema_id(id, index);
    w->calls->begin(w->to, NULL, KIJI_SHAPE_MAP);
    w->calls->word(w->to, "id", id);
    w->calls->word(w->to, "type", kiji_type_name(e->type));
    w->calls->text(w->to, "name", e->name);
    text(w, "reading", e->reading);
    text(w, "key", e->key);
    country(w, e->country);
    text(w, "kind", e->kind);
    offices(w, e);
    const kiji_shape list = begin_list(w, "mentions", e->n_mentions == 0);
    for (size_t i = 0; i < e->n_mentions; i++) {
        mention(w, doc, &e->mentions[i]);
    }
    w->calls->end(w->to, list);
    w->calls->end(w->to, KIJI_SHAPE_MAP);
}

static void entities(const walk *w, const kiji_doc *doc)
{
    bool none = true;
    for (size_t i = 0; i < doc->n_entities && none; i++) {
        none = !kiji_view_shows(w->view, doc->entities[i].type);
    }
    const kiji_shape list = begin_list(w, "entities", none);
    for (size_t i = 0; i < doc->n_entities; i++) {
        if (kiji_view_shows(w->view, doc->entities[i].type)) {
            entity(w, doc, (uint32_t)i);
        }
    }
    w->calls->end(w->to, list);
}

static void quote(const walk *w, const kiji_doc *doc, const kiji_quote *q)
{
    w->calls->begin(w->to, NULL, KIJI_SHAPE_MAP);
    w->calls->word(w->to, "kind", kiji_quote_kind_name(q->kind));
    if (kiji_view_speaker(w->view, doc, q) != NULL) {
        char id[16];
        kiji_schema_id(id, q->speaker);
        w->calls->word(w->to, "speaker", id);
    } else {
        w->calls->null(w->to, "speaker");
    }
    text_or_null(w, "speaker_text", q->speaker_text);
    text_or_null(w, "verb", q->verb);
    text(w, "addressee", q->addressee);
    text(w, "occasion", q->occasion);
    w->calls->number(w->to, "start", kiji_view_at(w->view, doc, q->text, q->start));
    w->calls->number(w->to, "end", kiji_view_end(w->view, doc, q->text, q->end));
    w->calls->text(w->to, "text", q->text);
    if (w->view->explain) {
        text(w, "why", q->why);
    }
    w->calls->end(w->to, KIJI_SHAPE_MAP);
}

static void quotes(const walk *w, const kiji_doc *doc)
{
    const kiji_shape list = begin_list(w, "quotes", doc->n_quotes == 0);
    for (size_t i = 0; i < doc->n_quotes; i++) {
        quote(w, doc, &doc->quotes[i]);
    }
    w->calls->end(w->to, list);
}

static void keywords(const walk *w, const kiji_doc *doc)
{
    const size_t count = kiji_view_keywords(w->view, doc);
    const kiji_shape list = begin_list(w, "keywords", count == 0);
    for (size_t i = 0; i < count; i++) {
        char score[16];
        kiji_schema_score(score, doc->keywords[i].score);
        w->calls->begin(w->to, NULL, KIJI_SHAPE_ROW);
        w->calls->text(w->to, "term", doc->keywords[i].term);
        w->calls->decimal(w->to, "score", score);
        w->calls->number(w->to, "count", doc->keywords[i].count);
        w->calls->end(w->to, KIJI_SHAPE_ROW);
    }
    w->calls->end(w->to, list);
}

static void warnings(const walk *w, const kiji_doc *doc)
{
    const kiji_shape list = begin_list(w, "warnings", doc->n_warnings == 0);
    for (size_t i = 0; i < doc->n_warnings; i++) {
        w->calls->text(w->to, NULL, doc->warnings[i]);
    }
    w->calls->end(w->to, list);
}

void kiji_schema_walk(const kiji_schema_calls *calls, void *to, const kiji_view *view, const kiji_doc *doc)
{
    const walk w = {calls, to, view};
    calls->begin(to, NULL, KIJI_SHAPE_MAP);
    calls->word(to, "schema", KIJI_SCHEMA);
    calls->text(to, "source", doc->source.len != 0 ? doc->source : (kiji_str){"", 0});
    text(&w, "title", doc->title);
    text(&w, "date", doc->date);
    calls->number(to, "characters", doc->characters);
    if (view->bytes) {
        calls->word(to, "offsets", "byte");
    }
    if (view->with_text) {
        calls->text(to, "text", doc->text.len != 0 ? doc->text : (kiji_str){"", 0});
    }
    if ((view->sections & (KIJI_SECTION_ENTITIES | KIJI_SECTION_MENTIONS)) != 0) {
        entities(&w, doc);
    }
    if ((view->sections & KIJI_SECTION_QUOTES) != 0) {
        quotes(&w, doc);
    }
    if ((view->sections & KIJI_SECTION_KEYWORDS) != 0) {
        keywords(&w, doc);
    }
    warnings(&w, doc);
    if (doc->kept.len != 0 && calls->json != NULL) {
        calls->json(to, "kept", doc->kept);
    }
    calls->end(to, KIJI_SHAPE_MAP);
}

void kiji_schema_walk_corpus(const kiji_schema_calls *calls, void *to, const kiji_corpus_group *group)
{
    const walk w = {calls, to, NULL};
    calls->begin(to, NULL, KIJI_SHAPE_MAP);
    calls->word(to, "schema", "kiji-corpus/1");
    if (group->by != NULL) {
        text(&w, group->by, group->name);
    }
    calls->number(to, "articles", group->articles);
    const kiji_shape list = begin_list(&w, "terms", group->n_terms == 0);
    for (size_t i = 0; i < group->n_terms; i++) {
        const kiji_corpus_term *t = &group->terms[i];
        char number[32];
        calls->begin(to, NULL, KIJI_SHAPE_ROW);
        calls->text(to, "term", t->term);
        calls->number(to, "count", t->count);
        calls->number(to, "documents", t->documents);
        calls->number(to, "news", (uint32_t)(t->known + 0.5));
        kiji_corpus_decimal(number, t->expected);
        calls->decimal(to, "expected", number);
        kiji_corpus_decimal(number, t->keyness);
        calls->decimal(to, "keyness", number);
        calls->end(to, KIJI_SHAPE_ROW);
    }
    calls->end(to, list);
    calls->end(to, KIJI_SHAPE_MAP);
}
