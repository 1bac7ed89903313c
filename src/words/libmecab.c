#include "words/libmecab.h"

#include <mecab.h>

#include "base/late.h"

const char *kiji_mecab_version(void)
{
    static const char *const files[] = {"libmecab.so.2", "libmecab.so", "libmecab.dylib", NULL};
    static const char *const names[] = {"mecab_version"};
    static struct {
        __typeof__(&mecab_version) version;
    } calls;
    static const kiji_late library = {"MeCab (Debian: libmecab2)", files, names, sizeof names / sizeof names[0],
                                      &calls};
    return kiji_late_load(&library, NULL) == KIJI_OK ? calls.version() : "not installed";
}
