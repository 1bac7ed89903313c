#include "cli/choice.h"

#include <fnmatch.h>
#include <string.h>

#include "base/buf.h"
#include "read/kind.h"

#define LONGEST_PATH ((size_t)8192)

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
    /* No memory to run out of. What is longer cannot be opened as a file; of an entry's name the end counts. */
    char path[LONGEST_PATH];
    const size_t before = strlen(folder);
    const size_t length = strlen(name);
    const size_t kept = length < sizeof path ? length : sizeof path - 1;
    const size_t room = sizeof path - 1 - kept;
    const size_t head = before < room ? before : room;
    memcpy(path, folder + (before - head), head);
    memcpy(path + head, name + (length - kept), kept + 1);
    if (choice->n_includes != 0 && !any_matches(choice->includes, choice->n_includes, path)) {
        return false;
    }
    if (any_matches(choice->excludes, choice->n_excludes, path)) {
        return false;
    }
    if (choice->n_includes != 0) {
        return true;
    }
    path[head + kept - (length - kiji_kind_bare_name(name))] = '\0';
    return kiji_choice_has_extension(path, choice->extensions);
}
