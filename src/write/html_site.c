#include "write/html_site.h"

#include <string.h>

#include "base/hash.h"
#include "base/status.h"

static bool is_somebody(const kiji_doc *doc, size_t entity, const bool *speaks)
{
    return doc->entities[entity].type == KIJI_PERSON || doc->entities[entity].type == KIJI_MINISTER || speaks[entity];
}

static void pack_text(kiji_buf *out, const char *text)
{
    kiji_parcel_put(out, (kiji_str){text, strlen(text)});
}

static void pack_person(kiji_buf *out, const kiji_entity *e, size_t entity)
{
    kiji_buf offices = KIJI_BUF_INIT;
    kiji_html_offices(&offices, e);
    kiji_parcel_number(out, entity);
    kiji_parcel_put(out, e->key);
    kiji_parcel_put(out, e->name);
    kiji_parcel_put(out, e->reading);
    kiji_parcel_put(out, (kiji_str){offices.ptr, offices.len});
    kiji_parcel_number(out, (size_t)e->type);
    kiji_parcel_number(out, e->n_mentions);
    out->failed |= offices.failed;
    kiji_buf_clear(&offices);
}

static void pack_people(kiji_buf *out, const kiji_view *view, const kiji_doc *doc)
{
    const bool names = (view->sections & (KIJI_SECTION_ENTITIES | KIJI_SECTION_MENTIONS)) != 0;
    const bool quotes = names && (view->sections & KIJI_SECTION_QUOTES) != 0;
    bool *speaks = kiji_alloc_zero(doc->n_entities + 1, sizeof *speaks);
    if (speaks == NULL) {
        out->failed = true;
        return;
    }
    for (size_t i = 0; quotes && i < doc->n_quotes; i++) {
        if (kiji_view_speaker(view, doc, &doc->quotes[i]) != NULL) {
            speaks[doc->quotes[i].speaker] = true;
        }
    }
    for (size_t i = 0; names && i < doc->n_entities; i++) {
        if (kiji_view_shows(view, doc->entities[i].type) && is_somebody(doc, i, speaks)) {
            pack_person(out, &doc->entities[i], i);
        }
    }
    kiji_parcel_number(out, KIJI_SITE_END);
    for (size_t i = 0; quotes && i < doc->n_quotes; i++) {
        const kiji_quote *q = &doc->quotes[i];
        if (kiji_view_speaker(view, doc, q) != NULL) {
            kiji_parcel_number(out, q->speaker);
            kiji_parcel_number(out, i + 1);
            pack_text(out, kiji_html_kind(q->kind));
            kiji_parcel_number(out, q->kind == KIJI_DIRECT || q->kind == KIJI_PARTIAL);
            kiji_parcel_put(out, q->text);
        }
    }
    kiji_parcel_number(out, KIJI_SITE_END);
    kiji_free(speaks);
}

static kiji_status pack(kiji_buf *out, const kiji_view *view, const kiji_doc *doc, kiji_error *err)
{
    char id[KIJI_HTML_ID];
    kiji_buf page = KIJI_BUF_INIT;
    kiji_html_id(id, doc);
    kiji_html_begin(&page, doc->title.len != 0 ? doc->title : doc->source, "");
    kiji_html_article(&page, view, doc);
    kiji_html_end(&page);
    kiji_parcel_put(out, doc->source);
    kiji_parcel_put(out, doc->title);
    kiji_parcel_put(out, doc->date);
    pack_text(out, id);
    kiji_parcel_number(out, (view->sections & KIJI_SECTION_QUOTES) != 0 ? doc->n_quotes : 0);
    kiji_parcel_put(out, (kiji_str){page.ptr, page.len});
    pack_people(out, view, doc);
    if ((view->sections & KIJI_SECTION_KEYWORDS) != 0) {
        kiji_corpus_pack(out, doc);
    }
    out->failed |= page.failed;
    kiji_buf_clear(&page);
    return out->failed ? kiji_fail_memory(err) : KIJI_OK;
}

static size_t slot_of(const kiji_site_index *index, kiji_str key)
{
    size_t at = (size_t)kiji_hash64(key) & (index->n_slots - 1);
    while (index->slots[at].key.ptr != NULL &&
           (index->slots[at].key.len != key.len || memcmp(index->slots[at].key.ptr, key.ptr, key.len) != 0)) {
        at = (at + 1) & (index->n_slots - 1);
    }
    return at;
}

/* The value of a key; a new one gets `fresh`. */
static size_t find(kiji_arena *arena, kiji_site_index *index, kiji_str key, size_t fresh)
{
    if (index->count * 2 >= index->n_slots) {
        kiji_site_index wider = {.n_slots = index->n_slots != 0 ? index->n_slots * 2 : 256, .count = index->count};
        wider.slots = kiji_arena_zero(arena, wider.n_slots, sizeof *wider.slots);
        for (size_t i = 0; i < index->n_slots; i++) {
            if (index->slots[i].key.ptr != NULL) {
                wider.slots[slot_of(&wider, index->slots[i].key)] = index->slots[i];
            }
        }
        *index = wider;
    }
    const size_t at = slot_of(index, key);
    if (index->slots[at].key.ptr == NULL) {
        index->slots[at].key = kiji_arena_copy(arena, key);
        index->slots[at].value = fresh;
        index->count++;
    }
    return index->slots[at].value;
}

/* The person that an entity of the article is; new or known. */
static size_t person_of(kiji_site *site, kiji_str *parcel)
{
    const kiji_str key = kiji_parcel_take(parcel);
    const kiji_str name = kiji_parcel_take(parcel);
    const kiji_str reading = kiji_parcel_take(parcel);
    const kiji_str offices = kiji_parcel_take(parcel);
    const kiji_type type = (kiji_type)kiji_parcel_take_number(parcel);
    const size_t n_mentions = kiji_parcel_take_number(parcel);
    const size_t number = find(&site->arena, &site->by_person, key.len != 0 ? key : name, site->people.count);
    if (number == site->people.count) {
        const kiji_site_person fresh = {
            .name = kiji_arena_copy(&site->arena, name),
            .reading = kiji_arena_copy(&site->arena, reading),
            .type = type,
            .first_quote = KIJI_SITE_END,
            .last_quote = KIJI_SITE_END,
            .first_seen = KIJI_SITE_END,
            .last_seen = KIJI_SITE_END,
        };
        KIJI_PUSH(&site->arena, &site->people, fresh);
    }
    kiji_site_person *person = &site->people.items[number];
    if (person->offices.len == 0 && offices.len != 0) {
        person->offices = kiji_arena_copy(&site->arena, offices);
    }
    person->n_mentions += n_mentions;
    return number;
}

static void seen(kiji_site *site, size_t number)
{
    const size_t article = site->articles.count - 1;
    kiji_site_person *person = &site->people.items[number];
    if (person->last_seen != KIJI_SITE_END && site->seen.items[person->last_seen].article == article) {
        return; /* two entities of the article are one person to the folder */
    }
    const kiji_site_seen link = {article, KIJI_SITE_END};
    KIJI_PUSH(&site->arena, &site->seen, link);
    const size_t at = site->seen.count - 1;
    if (person->last_seen != KIJI_SITE_END) {
        site->seen.items[person->last_seen].next = at;
    } else {
        person->first_seen = at;
    }
    person->last_seen = at;
    person->n_articles++;
    site->articles.items[article].n_people += person->type == KIJI_PERSON || person->type == KIJI_MINISTER;
}

static void said(kiji_site *site, size_t number, kiji_site_quote quote)
{
    kiji_site_person *person = &site->people.items[number];
    KIJI_PUSH(&site->arena, &site->quotes, quote);
    const size_t at = site->quotes.count - 1;
    if (person->last_quote != KIJI_SITE_END) {
        site->quotes.items[person->last_quote].next = at;
    } else {
        person->first_quote = at;
    }
    person->last_quote = at;
    person->n_quotes++;
}

/* People and quotes of one article; entities of the record meet their persons in a list in the order of the record. */
static void gather_people(kiji_site *site, kiji_str *parcel)
{
    KIJI_SITE_LIST(size_t) entities = {NULL, 0, 0};
    KIJI_SITE_LIST(size_t) persons = {NULL, 0, 0};
    size_t entity = 0;
    while (parcel->len != 0 && (entity = kiji_parcel_take_number(parcel)) != KIJI_SITE_END) {
        const size_t number = person_of(site, parcel);
        KIJI_PUSH(&site->arena, &entities, entity);
        KIJI_PUSH(&site->arena, &persons, number);
        seen(site, number);
    }
    while (parcel->len != 0 && (entity = kiji_parcel_take_number(parcel)) != KIJI_SITE_END) {
        kiji_site_quote quote = {.article = site->articles.count - 1, .next = KIJI_SITE_END};
        quote.number = kiji_parcel_take_number(parcel);
        quote.kind = kiji_arena_copy(&site->arena, kiji_parcel_take(parcel));
        quote.literal = kiji_parcel_take_number(parcel) != 0;
        quote.text = kiji_arena_copy(&site->arena, kiji_parcel_take(parcel));
        size_t low = 0;
        size_t high = entities.count;
        while (low < high) {
            const size_t middle = low + (high - low) / 2;
            if (entities.items[middle] < entity) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low < entities.count) {
            said(site, persons.items[low], quote);
        }
    }
}

static void gather(kiji_site *site, kiji_str file, kiji_str *parcel, kiji_str *page)
{
    kiji_site_article article = {.file = kiji_arena_copy(&site->arena, file)};
    article.source = kiji_arena_copy(&site->arena, kiji_parcel_take(parcel));
    article.title = kiji_arena_copy(&site->arena, kiji_parcel_take(parcel));
    article.date = kiji_arena_copy(&site->arena, kiji_parcel_take(parcel));
    article.id = kiji_arena_copy(&site->arena, kiji_parcel_take(parcel));
    article.n_quotes = kiji_parcel_take_number(parcel);
    *page = kiji_parcel_take(parcel);
    KIJI_PUSH(&site->arena, &site->articles, article);
    gather_people(site, parcel);
}

static void free_site(void *state)
{
    kiji_site *site = state;
    if (site != NULL) {
        kiji_arena_clear(&site->arena);
        kiji_names_clear(&site->names);
        kiji_buf_clear(&site->page);
        kiji_corpus_free(site->corpus);
        kiji_free(site);
    }
}

static void *open_site(void)
{
    char taken[KIJI_NAME_SIZE];
    kiji_error err;
    kiji_site *site = kiji_alloc_zero(1, sizeof *site);
    if (site == NULL) {
        return NULL;
    }
    kiji_arena_init(&site->arena);
    if (kiji_corpus_new(&site->corpus, NULL, &err) != KIJI_OK ||
        !kiji_names_give(taken, &site->names, (kiji_str){"index", 5}) ||
        !kiji_names_give(taken, &site->names, (kiji_str){"who", 3})) {
        free_site(site);
        return NULL;
    }
    return site;
}

static kiji_status take(void *state, kiji_str parcel, const kiji_files *files, kiji_error *err)
{
    kiji_site *site = state;
    char file[KIJI_NAME_SIZE + 8];
    kiji_str source = parcel;
    kiji_str page = {"", 0};
    jmp_buf bail;
    if (!kiji_names_give(file, &site->names, kiji_parcel_take(&source))) {
        return kiji_fail_memory(err);
    }
    memcpy(file + strlen(file), ".html", sizeof ".html");
    site->arena.bail = &bail;
    if (setjmp(bail) != 0) {
        site->arena.bail = NULL;
        return kiji_fail_memory(err);
    }
    gather(site, (kiji_str){file, strlen(file)}, &parcel, &page);
    site->arena.bail = NULL;
    if (parcel.len != 0 && kiji_corpus_take(site->corpus, parcel, (kiji_str){"", 0}, err) != KIJI_OK) {
        return KIJI_ENOMEM;
    }
    return files->put(files->to, file, page, err);
}

static kiji_status put_page(kiji_site *site, const char *name, void (*write)(kiji_site *site), const kiji_files *files,
                            kiji_error *err)
{
    jmp_buf bail;
    site->arena.bail = &bail;
    kiji_buf_reset(&site->page);
    if (setjmp(bail) != 0) {
        site->arena.bail = NULL;
        return kiji_fail_memory(err);
    }
    write(site);
    site->arena.bail = NULL;
    if (site->page.failed) {
        return kiji_fail_memory(err);
    }
    return files->put(files->to, name, (kiji_str){site->page.ptr, site->page.len}, err);
}

static kiji_status close_site(void *state, const kiji_files *files, kiji_error *err)
{
    const kiji_status status = put_page(state, "who.html", kiji_site_who_page, files, err);
    return status == KIJI_OK ? put_page(state, "index.html", kiji_site_index_page, files, err) : status;
}

const kiji_folder kiji_html_folder = {KIJI_SECTION_TERMS, pack, open_site, take, close_site, free_site};
