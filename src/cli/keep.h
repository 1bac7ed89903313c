/*
 * keep.h - output that can be gone on with: a folder or a database. It remembers of which bytes each record was made.
 */
#ifndef KIJI_CLI_KEEP_H
#define KIJI_CLI_KEEP_H

#include "cli/options.h"
#include "write/origin.h"

typedef struct kiji_keep kiji_keep;

/*
 * Open what options->output names; `options` is borrowed, `model` only during the call. Errors: KIJI_EIO, KIJI_ENOMEM,
 * KIJI_EUSAGE (the folder would be read and written).
 */
kiji_status kiji_keep_open(kiji_keep **out, const kiji_options *options, const kiji_model *model, kiji_error *err);

/* The file that will be renamed into its place, or NULL: none, a folder. `keep` may be NULL. Borrowed. */
const char *kiji_keep_target(const kiji_keep *keep);

/*
 * With --resume: whether the record of this origin is there and still good. Then *found says whether it held something,
 * and its parcel, as far as the output wants it again, is appended to `parcel`. Any number of threads.
 */
bool kiji_keep_has(kiji_keep *keep, const kiji_origin *origin, kiji_buf *parcel, bool *found);

/* Append a record as a parcel. Any number of threads. Errors: KIJI_ENOMEM. */
kiji_status kiji_keep_pack(const kiji_keep *keep, kiji_buf *parcel, const kiji_doc *doc, kiji_error *err);

/*
 * Write a parcel, in the order of the inputs; `again`: kiji_keep_has gave it. Errors: KIJI_EIO, KIJI_ENOMEM,
 * KIJI_ELIMIT.
 */
kiji_status kiji_keep_take(kiji_keep *keep, const kiji_origin *origin, kiji_str parcel, bool again, kiji_error *err);

/*
 * `whole`: all articles came: what stands at the end is written. Else what is there waits for --resume. Frees in any
 * case; NULL is allowed. Errors: KIJI_EIO, KIJI_ENOMEM.
 */
kiji_status kiji_keep_close(kiji_keep *keep, bool whole, kiji_error *err);

#endif
