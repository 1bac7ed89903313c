/* choice.h - which files of folders and entries of archives are read: --ext, --include, --exclude. */
#ifndef KIJI_CLI_CHOICE_H
#define KIJI_CLI_CHOICE_H

#include <stdbool.h>
#include <stddef.h>

typedef struct kiji_choice {
    const char *extensions; /* "txt,jsonl" */
    const char **includes;  /* owned by the options; patterns borrowed from the command line */
    const char **excludes;
    size_t n_includes, n_excludes;
} kiji_choice;

/* Whether `name` ends in "." and a word of the list. */
bool kiji_choice_has_extension(const char *name, const char *extensions);

/*
 * Whether to read `name` in `folder` ("" or ends in "/"). A pattern with a slash is matched against both, another one
 * against the last part of the name. With --include, one of its patterns must match, and --ext has no say. "a.txt.gz"
 * counts as txt.
 */
bool kiji_choice_takes(const kiji_choice *choice, const char *folder, const char *name);

#endif
