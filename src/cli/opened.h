/*
 * opened.h - an open file -> its articles: itself, its lines of JSON, the entries of an archive. What it is shows in
 * its first bytes, else in its name.
 */
#ifndef KIJI_CLI_OPENED_H
#define KIJI_CLI_OPENED_H

#include <sys/stat.h>

#include "cli/item.h"
#include "cli/lines.h"
#include "cli/options.h"
#include "read/archive.h"
#include "read/kind.h"

typedef struct kiji_opened {
    const kiji_options *options; /* borrowed */
    int fd;                      /* owned; -1 while closed */
    char head[KIJI_KIND_HEAD];   /* first bytes, read to see what the file is */
    size_t n_head, head_given;
    kiji_archive *archive; /* owned, or NULL */
    kiji_lines records;    /* open while lines of JSON, or articles of a text that --split cuts, come */
    bool cutting;          /* they are articles of a text */
    size_t n_parts;        /* so many so far */
    kiji_buf file;         /* owned; name of the file */
    kiji_buf name;         /* owned; name of what is read: the file, or "archive!entry" */
} kiji_opened;

#define KIJI_OPENED_INIT                                                                                               \
    {                                                                                                                  \
        .fd = -1, .records = {.fd = -1 }                                                                               \
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

/* Whether a file of this name may turn out to be an archive, by a look into it; what cannot be looked into may. */
bool kiji_opened_may_be_archive(const kiji_options *options, const char *name);

/* Close and free; may be called twice. */
void kiji_opened_close(kiji_opened *opened);

#endif
