#include "read/libarchive.h"

kiji_libarchive kiji_libarchive_calls;

#define NAME(name) #name,

static const char *const files[] = {"libarchive.so.13", "libarchive.so", "libarchive.dylib", NULL};
static const char *const names[] = {KIJI_LIBARCHIVE_CALLS(NAME)};

kiji_status kiji_libarchive_load(kiji_error *err)
{
    static const kiji_late library = {
        "libarchive (Debian: libarchive13)", files, names, sizeof names / sizeof names[0], &kiji_libarchive_calls,
    };
    return kiji_late_load(&library, err);
}
