/*
 * origin.h - where a record came from, and what was read there: by this an output that can be resumed knows what is
 * done and unchanged.
 */
#ifndef KIJI_WRITE_ORIGIN_H
#define KIJI_WRITE_ORIGIN_H

#include <stdbool.h>

#include "kiji.h"

typedef struct kiji_origin {
    kiji_str file;   /* borrowed; the file's name as given, any bytes */
    size_t line;     /* of the file when the article is one line of it, else 0 */
    size_t nbytes;   /* as read */
    uint64_t digest; /* kiji_hash64 of the bytes as read */
    bool found;      /* the record holds something */
    bool lossy;      /* bytes were lost: it is done again when a run goes on, for its warnings */
} kiji_origin;

#endif
