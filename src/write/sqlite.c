#include "write/sqlite.h"

kiji_sqlite kiji_sqlite_calls;

#define NAME(name) #name,

static const char *const files[] = {"libsqlite3.so.0", "libsqlite3.so", "libsqlite3.dylib", NULL};
static const char *const names[] = {KIJI_SQLITE_CALLS(NAME)};

kiji_status kiji_sqlite_load(kiji_error *err)
{
    static const kiji_late library = {
        "SQLite (Debian: libsqlite3-0)", files, names, sizeof names / sizeof names[0], &kiji_sqlite_calls,
    };
    return kiji_late_load(&library, err);
}
