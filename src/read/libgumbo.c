#include "read/libgumbo.h"

kiji_libgumbo kiji_libgumbo_calls;

#define NAME(name) #name,

static const char *const files[] = {"libgumbo.so.1", "libgumbo.so", "libgumbo.dylib", NULL};
static const char *const names[] = {KIJI_LIBGUMBO_CALLS(NAME)};

kiji_status kiji_libgumbo_load(kiji_error *err)
{
    static const kiji_late library = {
        "gumbo (Debian: libgumbo1)", files, names, sizeof names / sizeof names[0], &kiji_libgumbo_calls,
    };
    return kiji_late_load(&library, err);
}
