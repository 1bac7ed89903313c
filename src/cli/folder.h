/*
 * folder.h - output into a folder: files that appear when they are whole. A format fills it in its own way
 * (write/folder.h), or each article has a file of its own, where the article stands among the inputs (mirror.h).
 *
 * ".kiji-resume" in it is the spool that --resume needs. Temporary files have names of their own there, so that those
 * of a killed run are used again and none stays.
 */
#ifndef KIJI_CLI_FOLDER_H
#define KIJI_CLI_FOLDER_H

#include "cli/options.h"
#include "write/folder.h"
#include "write/origin.h"

typedef struct kiji_out_folder kiji_out_folder;

/* Whether `path` names a folder: it is one, or ends in "/". */
bool kiji_out_folder_named(const char *path);

/*
 * Make the folder where there is none. `options` is borrowed; `settings` (see settings.h) is used during the call.
 * Errors: KIJI_EIO, KIJI_ENOMEM, KIJI_EUSAGE (the run would read what it writes).
 */
kiji_status kiji_out_folder_open(kiji_out_folder **out, const kiji_options *options, const char *settings,
                                 kiji_error *err);

/* These three as in keep.h. */
bool kiji_out_folder_has(const kiji_out_folder *folder, const kiji_origin *origin, kiji_buf *parcel, bool *found);
kiji_status kiji_out_folder_pack(const kiji_out_folder *folder, kiji_buf *parcel, const kiji_doc *doc, kiji_error *err);
kiji_status kiji_out_folder_take(kiji_out_folder *folder, const kiji_origin *origin, kiji_str parcel, bool again,
                                 kiji_error *err);

/* `whole`: write what stands at the end, the index, the tables. Frees. Errors: KIJI_EIO, KIJI_ENOMEM. */
kiji_status kiji_out_folder_close(kiji_out_folder *folder, bool whole, kiji_error *err);

#endif
