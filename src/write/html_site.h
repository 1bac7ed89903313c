/*
 * html_site.h - many articles as a folder of pages: what is kept of each for the index, and the pages made of it.
 */
#ifndef KIJI_WRITE_HTML_SITE_H
#define KIJI_WRITE_HTML_SITE_H

#include "base/mem.h"
#include "write/corpus.h"
#include "write/folder.h"
#include "write/html.h"

#define KIJI_SITE_END ((size_t)-1)

typedef struct kiji_site_article {
    kiji_str file, source, title, date, id; /* id: of the article on its page */
    size_t n_people, n_quotes;
} kiji_site_article;

/* Of one person; `next` is the same person's next one, or KIJI_SITE_END. */
typedef struct kiji_site_quote {
    size_t article, number; /* number from 1: ID-q1 … */
    kiji_str kind, text;
    bool literal;
    size_t next;
} kiji_site_quote;

typedef struct kiji_site_seen {
    size_t article;
    size_t next;
} kiji_site_seen;

/* Somebody (or an organization that speaks), the same over all articles by key, else by name. */
typedef struct kiji_site_person {
    kiji_str name, reading, offices; /* offices: HTML */
    kiji_type type;
    size_t n_mentions, n_quotes, n_articles;
    size_t first_quote, last_quote;
    size_t first_seen, last_seen;
} kiji_site_person;

/* Open addressing; a power of two slots. */
typedef struct kiji_site_index {
    struct {
        kiji_str key;
        size_t value;
    } * slots;
    size_t n_slots, count;
} kiji_site_index;

#define KIJI_SITE_LIST(type)                                                                                           \
    struct {                                                                                                           \
        type *items;                                                                                                   \
        size_t count, capacity;                                                                                        \
    }

typedef struct kiji_site {
    kiji_arena arena; /* all below */
    KIJI_SITE_LIST(kiji_site_article) articles;
    KIJI_SITE_LIST(kiji_site_person) people;
    KIJI_SITE_LIST(kiji_site_quote) quotes;
    KIJI_SITE_LIST(kiji_site_seen) seen;
    kiji_site_index by_person;
    kiji_corpus *corpus; /* owned: terms of all articles; none where keywords are not shown */
    kiji_names names;
    kiji_buf page; /* owned: the page being written */
} kiji_site;

/* index.html and who.html. Memory by the arena's bail; site->page.failed as well. */
void kiji_site_index_page(kiji_site *site);
void kiji_site_who_page(kiji_site *site);

extern const kiji_folder kiji_html_folder;

#endif
