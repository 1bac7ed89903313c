/* kind.h - what a file is, by its first bytes: the one place where that is decided. */
#ifndef KIJI_READ_KIND_H
#define KIJI_READ_KIND_H

#include <stdbool.h>

#include "kiji.h"

typedef enum kiji_kind {
    KIJI_KIND_PLAIN,  /* nothing special: text or JSON Lines, as the name says */
    KIJI_KIND_HTML,   /* a page, when it begins as pages do */
    KIJI_KIND_FEED,   /* RSS or Atom: for kiji_feed_open */
    KIJI_KIND_WARC,   /* for kiji_warc_open */
    KIJI_KIND_ARCHIVE /* compressed, tar or zip: for kiji_archive_open */
} kiji_kind;

#define KIJI_KIND_HEAD ((size_t)512) /* so many first bytes are enough */

kiji_kind kiji_kind_of(kiji_str head);

/* Whether it is HTML: by its first bytes, else by a name ending in .html, .htm, .xhtml when markup begins it. */
bool kiji_kind_is_page(kiji_str head, const char *name);

/* `name` without a ".gz", ".zst", ".xz", ".bz2" behind it: the length that is left. */
size_t kiji_kind_bare_name(const char *name);

#endif
