/*
 * opened.h - an open file -> its articles: itself, its lines of JSON, the items of a feed, the entries of an archive.
 * What it is shows in its first bytes, else in its name.
 */
#ifndef KIJI_CLI_OPENED_H
#define KIJI_CLI_OPENED_H

#include <sys/stat.h>

#include "cli/item.h"
#include "cli/options.h"
#include "cli/pieces.h"
#include "read/archive.h"
#include "read/needs.h"
#include "read/peek.h"

typedef struct kiji_opened {
    const kiji_options *options; /* borrowed */
    int fd;                      /* owned; -1 while closed */
    kiji_peek whole;             /* the file, looked at first */
    bool looked;                 /* `whole` holds first bytes of a file that begins later */
    kiji_archive *archive;       /* owned, or NULL */
    kiji_peek entry;             /* an entry of the archive, looked at first */
    kiji_pieces pieces;          /* open while articles of one stream come */
    kiji_buf file;               /* owned; name of the file */
    kiji_buf name;               /* owned; name of what is read: the file, or "archive!entry" */
} kiji_opened;

#define KIJI_OPENED_INIT                                                                                               \
    {                                                                                                                  \
        .fd = -1                                                                                                       \
    }

/*
 * Take over `fd`, a file with the name item->file. KIJI_STEP_ITEM: the item is the article, or says why not;
 * KIJI_STEP_ON: ask for more.
 */
kiji_step kiji_opened_begin(kiji_opened *opened, kiji_item *item, const kiji_options *options, int fd,
                            const struct stat *about);

bool kiji_opened_has_more(const kiji_opened *opened);

/* The next article of an archive or a file of records; KIJI_STEP_ON: none this time (perhaps it has ended). */
kiji_step kiji_opened_next(kiji_opened *opened, kiji_item *item);

/* Whether a file of this name is expected to hold several articles. */
bool kiji_opened_are_many(const kiji_options *options, const char *name);

/* What a file of this name may hold, by a look into it: KIJI_NEEDS_…; all of them where it cannot be looked into. */
unsigned kiji_opened_needs(const kiji_options *options, const char *name);

/* The same for the open file `fd`, which stays the caller's; the bytes read are kept for the next kiji_opened_begin. */
unsigned kiji_opened_look(kiji_opened *opened, const kiji_options *options, int fd);

/* Close and free; may be called twice. */
void kiji_opened_close(kiji_opened *opened);

#endif
