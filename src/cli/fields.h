/*
 * fields.h - one line of JSON -> what is to be analyzed.
 */
#ifndef KIJI_CLI_FIELDS_H
#define KIJI_CLI_FIELDS_H

#include <stdbool.h>

#include "kiji.h"

typedef struct kiji_fields kiji_fields;

/* What a member of an object is for us. */
typedef enum kiji_field { KIJI_FIELD_ID, KIJI_FIELD_TITLE, KIJI_FIELD_TEXT, KIJI_FIELD_DATE, KIJI_FIELDS } kiji_field;

#define KIJI_FIELD_LONGEST 64 /* bytes of a name, the NUL at its end included */

/* Which members are read (--fields), and whether the others are carried along (--keep). All zero: the usual ones. */
typedef struct kiji_field_names {
    char names[KIJI_FIELDS][KIJI_FIELD_LONGEST]; /* "": as it is called here: id (else source), title, text, date */
    bool keep;
} kiji_field_names;

/* Read "id=url,title=headline"; what is not named stays. Errors: KIJI_EUSAGE. */
kiji_status kiji_fields_set(kiji_field_names *names, const char *value, kiji_error *err);

/*
 * Read an object with a text, and id, title, date where they are there. Sets source, bytes, nbytes, encoding, title,
 * date of *input as far as the record says something, and, with names->keep, kept: the other members, as an object.
 * They are borrowed from *out (owned by the caller, kiji_fields_free). Errors: KIJI_EINPUT, KIJI_ENOMEM.
 */
kiji_status kiji_fields_parse(kiji_fields **out, kiji_input *input, const kiji_field_names *names, kiji_str line,
                              kiji_error *err);

/* NULL is allowed. */
void kiji_fields_free(kiji_fields *fields);

#endif
