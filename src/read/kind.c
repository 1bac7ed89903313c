#include "read/kind.h"

#include <string.h>
#include <strings.h>

typedef struct magic {
    size_t at;
    const char *bytes;
    size_t length;
    kiji_kind kind;
} magic;

static const magic magics[] = {
    {0, "\x1F\x8B", 2, KIJI_KIND_ARCHIVE},         /* gzip */
    {0, "\x28\xB5\x2F\xFD", 4, KIJI_KIND_ARCHIVE}, /* Zstandard */
    {0, "\xFD\x37zXZ\0", 6, KIJI_KIND_ARCHIVE},    /* xz */
    {0, "BZh", 3, KIJI_KIND_ARCHIVE},              /* bzip2 */
    {0, "PK\x03\x04", 4, KIJI_KIND_ARCHIVE},       /* zip */
    {0, "PK\x05\x06", 4, KIJI_KIND_ARCHIVE},       /* a zip with nothing in it */
    {257, "ustar", 5, KIJI_KIND_ARCHIVE},          /* tar */
};

kiji_kind kiji_kind_of(kiji_str head)
{
    for (size_t i = 0; i < sizeof magics / sizeof magics[0]; i++) {
        const magic *m = &magics[i];
        if (head.len >= m->at + m->length && memcmp(head.ptr + m->at, m->bytes, m->length) == 0) {
            return m->kind;
        }
    }
    return KIJI_KIND_PLAIN;
}

size_t kiji_kind_bare_name(const char *name)
{
    static const char *const endings[] = {".gz", ".zst", ".xz", ".bz2"};
    const size_t length = strlen(name);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        const size_t tail = strlen(endings[i]);
        if (length > tail && strcmp(name + length - tail, endings[i]) == 0) {
            return length - tail;
        }
    }
    return length;
}
