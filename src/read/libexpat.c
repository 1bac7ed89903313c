#include "read/libexpat.h"

kiji_libexpat kiji_libexpat_calls;

#define NAME(name) #name,

static const char *const files[] = {"libexpat.so.1", "libexpat.so", "libexpat.dylib", NULL};
static const char *const names[] = {KIJI_LIBEXPAT_CALLS(NAME)};

kiji_status kiji_libexpat_load(kiji_error *err)
{
    static const kiji_late library = {
        "expat (Debian: libexpat1)", files, names, sizeof names / sizeof names[0], &kiji_libexpat_calls,
    };
    return kiji_late_load(&library, err);
}
