/*
 * late.h - shared libraries of rare features, loaded where the feature is used: libarchive and SQLite with what they
 * bring along took a third of kiji's start, MeCab's library half of what was left.
 *
 * A library's calls stand in a structure of pointers, which the header of a room that uses it declares (by the types
 * of the library's own header, so that the compiler checks the calls as ever); macros of the same names lead there.
 */
#ifndef KIJI_BASE_LATE_H
#define KIJI_BASE_LATE_H

#include <stddef.h>

#include "kiji.h"

/* A library that is loaded once. */
typedef struct kiji_late {
    const char *what;         /* for the message: "libarchive", and its Debian package */
    const char *const *files; /* names of the shared library to try in order, ended by NULL */
    const char *const *names; /* of its calls, … */
    size_t count;             /* … so many … */
    void *calls;              /* … and as many pointers to functions, filled in the same order */
} kiji_late;

/*
 * Load the library and fill its pointers, the first time; it stays until the program ends. Call before the sandbox,
 * which lets no code in; from any thread. Errors: KIJI_EDICT (what is not installed).
 */
kiji_status kiji_late_load(const kiji_late *library, kiji_error *err);

#endif
