/*
 * walk.h - the files of a folder and its subfolders in the order of their names' bytes.
 */
#ifndef KIJI_CLI_WALK_H
#define KIJI_CLI_WALK_H

#include "base/buf.h"
#include "kiji.h"

typedef struct kiji_walk_level kiji_walk_level;

typedef struct kiji_walk {
    kiji_walk_level *levels; /* owned; folders from the root to where the walk is */
    size_t depth;            /* 0: ended */
    size_t capacity;
    kiji_buf path;          /* owned; the current folder */
    const char *extensions; /* "txt,jsonl" */
} kiji_walk;

/* Whether `name` ends in "." and a word of the list. */
bool kiji_walk_has_extension(const char *name, const char *extensions);

/* Start at a folder (a link to one is followed). Errors: KIJI_EIO, KIJI_ENOMEM; the walk has then ended. */
kiji_status kiji_walk_open(kiji_walk *walk, const char *folder, const char *extensions, kiji_error *err);

/*
 * The path of the next regular file with one of the extensions, borrowed until the next call; NULL at the end.
 * Hidden files and links are left out. Errors: KIJI_EIO (err->source is a folder that cannot be read; go on),
 * KIJI_ENOMEM.
 */
kiji_status kiji_walk_next(const char **out, kiji_walk *walk, kiji_error *err);

/* Free; may be called twice. */
void kiji_walk_close(kiji_walk *walk);

#endif
