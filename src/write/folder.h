/*
 * folder.h - formats that fill a folder. Workers pack each record into a parcel; parcels are taken in the order of the
 * inputs, become files, and leave behind what an index at the end needs.
 */
#ifndef KIJI_WRITE_FOLDER_H
#define KIJI_WRITE_FOLDER_H

#include "write/write.h"

/*
 * Where files go: `put` writes one as a whole; `append` adds to one that appears when all records came (NULL where a
 * format does not ask for it). Errors: KIJI_EIO, KIJI_ENOMEM.
 */
typedef struct kiji_files {
    kiji_status (*put)(void *to, const char *name, kiji_str bytes, kiji_error *err);
    kiji_status (*append)(void *to, const char *name, kiji_str bytes, kiji_error *err);
    void *to;
} kiji_files;

#define KIJI_FILES_APPENDED 4 /* so many at most */

typedef struct kiji_folder {
    unsigned sections; /* KIJI_SECTION_… that `pack` wants besides those shown */
    /* Any number of threads at a time. */
    kiji_status (*pack)(kiji_buf *out, const kiji_view *view, const kiji_doc *doc, kiji_error *err);
    /* One thread at a time; `open` returns NULL without memory, `free` allows NULL. */
    void *(*open)(void);
    kiji_status (*take)(void *state, kiji_str parcel, const kiji_files *files, kiji_error *err);
    kiji_status (*close)(void *state, const kiji_files *files, kiji_error *err);
    void (*free)(void *state);
} kiji_folder;

/* The tables of all articles: write/tsv_tables.c. */
extern const kiji_folder kiji_tsv_folder;

/* Fields of a parcel, read back in the order in which they were put. */
void kiji_parcel_put(kiji_buf *parcel, kiji_str field);
void kiji_parcel_number(kiji_buf *parcel, size_t number);
kiji_str kiji_parcel_take(kiji_str *parcel); /* borrowed from the parcel; "" behind its end */
size_t kiji_parcel_take_number(kiji_str *parcel);

/* Names of files already given. Starts all zero. */
typedef struct kiji_names {
    char **slots; /* owned, as are the names */
    size_t n_slots, count;
} kiji_names;

#define KIJI_NAME_SIZE 120 /* with the NUL; a suffix of at most 5 bytes fits behind it in any file system */

/*
 * A new name for a record: the last part of its source without ".txt" and the like, without what is odd in names of
 * files, "-2" behind it when it is taken. False: out of memory.
 */
bool kiji_names_give(char out[KIJI_NAME_SIZE], kiji_names *names, kiji_str source);

void kiji_names_clear(kiji_names *names);

#endif
