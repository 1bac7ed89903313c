/* needs.h - which libraries are loaded ahead of the sandbox, by what the first bytes of the inputs are. */
#ifndef KIJI_READ_NEEDS_H
#define KIJI_READ_NEEDS_H

#include "read/kind.h"

/* What may come: bits. */
enum {
    KIJI_NEEDS_PAGES = 1u << 0,    /* gumbo */
    KIJI_NEEDS_FEEDS = 1u << 1,    /* expat */
    KIJI_NEEDS_ARCHIVES = 1u << 2, /* libarchive */
    KIJI_NEEDS_ALL = 7u
};

/* What a file may turn out to be that begins with `head`: KIJI_KIND_HEAD bytes, fewer if there are no more. */
unsigned kiji_needs_of(kiji_str head);

/* Load them. One that is not installed is missed when it is used. */
void kiji_needs_load(unsigned needs);

#endif
