/*
 * walk.h - the files of a folder and its subfolders in the order of their names' bytes.
 */
#ifndef KIJI_CLI_WALK_H
#define KIJI_CLI_WALK_H

#include "base/buf.h"
#include "cli/choice.h"
#include "kiji.h"

typedef struct kiji_walk_level kiji_walk_level;

typedef struct kiji_walk {
    kiji_walk_level *levels; /* owned; folders from the root to where the walk is */
    size_t depth;            /* 0: ended */
    size_t capacity;
    kiji_buf path;             /* owned; the current folder */
    const kiji_choice *choice; /* borrowed */
} kiji_walk;

/* Start at a folder (a link to one is followed). Errors: KIJI_EIO, KIJI_ENOMEM; the walk has then ended. */
kiji_status kiji_walk_open(kiji_walk *walk, const char *folder, const kiji_choice *choice, kiji_error *err);

/*
 * The path of the next regular file that the choice takes, borrowed until the next call; NULL at the end.
 * Hidden files and links are left out. Errors: KIJI_EIO (err->source is a folder that cannot be read; go on),
 * KIJI_ENOMEM.
 */
kiji_status kiji_walk_next(const char **out, kiji_walk *walk, kiji_error *err);

/* Free; may be called twice. */
void kiji_walk_close(kiji_walk *walk);

#endif
