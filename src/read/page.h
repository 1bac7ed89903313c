/*
 * page.h - the article in an HTML page: headline, date and main text, without menus, forms, scripts and lists of links.
 */
#ifndef KIJI_READ_PAGE_H
#define KIJI_READ_PAGE_H

#include "base/mem.h"

typedef struct kiji_page {
    kiji_str text;  /* headline and paragraphs, each ended by a newline; in the arena */
    kiji_str title; /* the headline, or ""; followed by NUL */
    char date[11];  /* the day in Japan on which the page says it was published, or "" */
} kiji_page;

/*
 * Take the article out of `html` (valid UTF-8). `whole`: all of the body is the article (an item of a feed); else the
 * main text is looked for (page_body.h). Memory from `arena`, whose bail is taken when there is none. Errors:
 * KIJI_EINPUT (no article in the page), KIJI_ELIMIT (page_guard.h, page_tree.h), KIJI_EDICT (page_tree.h).
 */
kiji_status kiji_page_extract(kiji_page *out, kiji_arena *arena, kiji_str html, bool whole, kiji_error *err);

#endif
