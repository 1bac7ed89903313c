/*
 * flat_json.h - the lines that a corpus consists of, read in one pass: an object of strings, whole numbers, true, false
 * and null. Reading them by jansson took a twelfth of the whole analysis. What is anything else, or wrong in any way,
 * is left to jansson, which then says what and where.
 */
#ifndef KIJI_CLI_FLAT_JSON_H
#define KIJI_CLI_FLAT_JSON_H

#include "base/mem.h"

typedef enum kiji_member_kind {
    KIJI_MEMBER_STRING,
    KIJI_MEMBER_INTEGER,
    KIJI_MEMBER_NULL,
    KIJI_MEMBER_OTHER /* true, false, a real number, a list, an object */
} kiji_member_kind;

/* A member of an object. Name and text end in a NUL that is not counted. */
typedef struct kiji_member {
    kiji_str name;
    kiji_member_kind kind;
    kiji_str text;     /* of a string, valid UTF-8 */
    long long integer; /* of an integer */
} kiji_member;

typedef struct kiji_members {
    kiji_member *items;
    size_t count, capacity;
} kiji_members;

/*
 * Append the members of `line` to *out, in the order of the line, all of it from `arena` (running out takes its bail).
 * False: not such a line as above; *out then says nothing.
 */
bool kiji_flat_json(kiji_members *out, kiji_arena *arena, kiji_str line);

/* The member called `name`, or NULL. */
const kiji_member *kiji_member_find(const kiji_members *members, const char *name);

#endif
