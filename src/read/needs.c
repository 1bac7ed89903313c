#include "read/needs.h"

#include <string.h>

#include "read/libarchive.h"
#include "read/libexpat.h"
#include "read/libgumbo.h"

/* A page begins with markup, perhaps behind blanks: if the head is blank throughout, it may come behind it. */
static bool may_be_page(kiji_str head)
{
    size_t blanks = 0;
    while (blanks < head.len && (unsigned char)head.ptr[blanks] <= ' ') {
        blanks++;
    }
    return (blanks == head.len && head.len >= KIJI_KIND_HEAD) || (head.len != 0 && memchr(head.ptr, '<', head.len));
}

unsigned kiji_needs_of(kiji_str head)
{
    switch (kiji_kind_of(head)) {
    case KIJI_KIND_ARCHIVE:
        return KIJI_NEEDS_ALL;
    case KIJI_KIND_FEED:
        return KIJI_NEEDS_FEEDS | KIJI_NEEDS_PAGES;
    case KIJI_KIND_HTML:
    case KIJI_KIND_WARC:
        return KIJI_NEEDS_PAGES;
    case KIJI_KIND_PLAIN:
        break;
    }
    return may_be_page(head) ? KIJI_NEEDS_PAGES : 0;
}

void kiji_needs_load(unsigned needs)
{
    if ((needs & KIJI_NEEDS_PAGES) != 0) {
        (void)kiji_libgumbo_load(NULL);
    }
    if ((needs & KIJI_NEEDS_FEEDS) != 0) {
        (void)kiji_libexpat_load(NULL);
    }
    if ((needs & KIJI_NEEDS_ARCHIVES) != 0) {
        (void)kiji_libarchive_load(NULL);
    }
}
