/*
 * page_facts.h - what a page says of its article: headline and day.
 */
#ifndef KIJI_READ_PAGE_FACTS_H
#define KIJI_READ_PAGE_FACTS_H

#include "read/page_tree.h"

typedef struct kiji_page_facts {
    kiji_str title;    /* one line, or ""; in the arena */
    uint32_t headline; /* the h1 that the title was taken from, or 0 */
    char date[11];     /* "YYYY-MM-DD" in Japan, or "" */
} kiji_page_facts;

/*
 * Headline: the h1 that agrees with og:title or <title> (the one holds the other); else og:title; else the last h1
 * outside links; else <title> without what stands behind "｜", "|" or " - ". Day, the first of these that is one:
 * article:published_time and its like in <meta>, datePublished in JSON-LD or as itemprop, the first <time datetime>.
 * With `whole` the headline is the first h1, whatever else there is. Linear time; memory from `arena`.
 */
void kiji_page_facts_find(kiji_page_facts *out, kiji_arena *arena, const kiji_page_tree *tree, bool whole);

#endif
