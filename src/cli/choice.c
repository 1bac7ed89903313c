#include "cli/choice.h"

#include <fnmatch.h>
#include <string.h>

#include "base/buf.h"
#include "read/kind.h"

bool kiji_choice_has_extension(const char *name, const char *extensions)
{
    const char *dot = strrchr(name, '.');
    while (dot != NULL && *extensions != '\0') {
        const size_t length = strcspn(extensions, ",");
        if (length != 0 && strlen(dot + 1) == length && memcmp(dot + 1, extensions, length) == 0) {
            return true;
        }
        extensions += length + (extensions[length] == ',');
    }
    return false;
}

static bool any_matches(const char *const *patterns, size_t count, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *base = slash != NULL ? slash + 1 : path;
    for (size_t i = 0; i < count; i++) {
        if (fnmatch(patterns[i], strchr(patterns[i], '/') != NULL ? path : base, 0) == 0) {
            return true;
        }
    }
    return false;
}

bool kiji_choice_takes(const kiji_choice *choice, const char *folder, const char *name)
{
    kiji_buf path = KIJI_BUF_INIT;
    kiji_buf_puts(&path, folder);
    kiji_buf_put(&path, name, strlen(name) + 1);
    bool takes = !path.failed;
    if (takes && choice->n_includes != 0) {
        takes = any_matches(choice->includes, choice->n_includes, path.ptr);
    }
    if (takes && choice->n_excludes != 0) {
        takes = !any_matches(choice->excludes, choice->n_excludes, path.ptr);
    }
    if (takes && choice->n_includes == 0) {
        path.ptr[strlen(folder) + kiji_kind_bare_name(name)] = '\0';
        takes = kiji_choice_has_extension(path.ptr, choice->extensions);
    }
    kiji_buf_clear(&path);
    return takes;
}
