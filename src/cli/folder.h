/*
 * folder.h - output into a folder: files that appear when they are whole.
 */
#ifndef KIJI_CLI_FOLDER_H
#define KIJI_CLI_FOLDER_H

#include "write/folder.h"

typedef struct kiji_out_folder kiji_out_folder;

/* Whether `path` names a folder: it is one, or ends in "/". */
bool kiji_out_folder_named(const char *path);

/* Make the folder where there is none. `how` and `path` are borrowed. Errors: KIJI_EIO, KIJI_ENOMEM. */
kiji_status kiji_out_folder_open(kiji_out_folder **out, const kiji_folder *how, const char *path, kiji_error *err);

/* A parcel in the order of the inputs becomes files. Errors: KIJI_EIO, KIJI_ENOMEM. */
kiji_status kiji_out_folder_take(kiji_out_folder *folder, kiji_str parcel, kiji_error *err);

/* What stands at the end: the index. Errors: KIJI_EIO, KIJI_ENOMEM. */
kiji_status kiji_out_folder_finish(kiji_out_folder *folder, kiji_error *err);

/* NULL is allowed. */
void kiji_out_folder_free(kiji_out_folder *folder);

#endif
