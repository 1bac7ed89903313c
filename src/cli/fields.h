/*
 * fields.h - one line of JSON -> what is to be analyzed.
 */
#ifndef KIJI_CLI_FIELDS_H
#define KIJI_CLI_FIELDS_H

#include "kiji.h"

typedef struct kiji_fields kiji_fields;

/*
 * Read an object with `text`, and `id` (or `source`), `title`, `date` where they are there; other members are passed
 * over. Sets source, bytes, nbytes, encoding, title, date of *input as far as the record says something; they are
 * borrowed from *out (owned by the caller, kiji_fields_free). Errors: KIJI_EINPUT, KIJI_ENOMEM.
 */
kiji_status kiji_fields_parse(kiji_fields **out, kiji_input *input, kiji_str line, kiji_error *err);

/* NULL is allowed. */
void kiji_fields_free(kiji_fields *fields);

#endif
