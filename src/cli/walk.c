#include "cli/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/status.h"

/* One folder: its names, sorted; those of folders end in "/", so that paths come as `LC_ALL=C sort` has them. */
struct kiji_walk_level {
    char **names;
    size_t count, capacity, next;
    size_t path_len; /* of the path up to and with this folder's "/" */
};

static int by_bytes(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static void free_level(kiji_walk_level *level)
{
    for (size_t i = level->next; i < level->count; i++) {
        kiji_free(level->names[i]);
    }
    kiji_free(level->names);
}

static bool add_name(kiji_walk_level *level, const char *name, bool folder)
{
    if (level->count == level->capacity) {
        const size_t wider = level->capacity != 0 ? level->capacity * 2 : 32;
        char **moved = kiji_realloc(level->names, wider * sizeof *moved);
        if (moved == NULL) {
            return false;
        }
        level->names = moved;
        level->capacity = wider;
    }
    const size_t length = strlen(name);
    char *copy = kiji_alloc(length + 2);
    if (copy == NULL) {
        return false;
    }
    memcpy(copy, name, length);
    copy[length] = folder ? '/' : '\0';
    copy[length + 1] = '\0';
    level->names[level->count++] = copy;
    return true;
}

/* S_IFDIR, S_IFREG, or 0 for all that is neither (links, too). */
static mode_t kind_of(DIR *folder, const struct dirent *entry)
{
    struct stat about;
    if (entry->d_type == DT_DIR) {
        return S_IFDIR;
    }
    if (entry->d_type == DT_REG) {
        return S_IFREG;
    }
    if (entry->d_type != DT_UNKNOWN || fstatat(dirfd(folder), entry->d_name, &about, AT_SYMLINK_NOFOLLOW) != 0) {
        return 0;
    }
    return S_ISDIR(about.st_mode) ? S_IFDIR : (S_ISREG(about.st_mode) ? S_IFREG : 0);
}

/* Errors: errno of readdir, or ENOMEM; 0 is good. */
static int read_names(kiji_walk_level *level, DIR *folder, const kiji_walk *walk)
{
    errno = 0;
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        const mode_t kind = entry->d_name[0] != '.' ? kind_of(folder, entry) : 0;
        if (kind == S_IFDIR || (kind == S_IFREG && kiji_choice_takes(walk->choice, walk->path.ptr, entry->d_name))) {
            if (!add_name(level, entry->d_name, kind == S_IFDIR)) {
                return ENOMEM;
            }
        }
        errno = 0;
    }
    return errno;
}

/* Enter the folder whose path stands in walk->path. */
static kiji_status enter(kiji_walk *walk, int follow, kiji_error *err)
{
    if (walk->depth == walk->capacity) {
        const size_t wider = walk->capacity != 0 ? walk->capacity * 2 : 8;
        kiji_walk_level *moved = kiji_realloc(walk->levels, wider * sizeof *moved);
        if (moved == NULL) {
            return kiji_fail_memory(err);
        }
        walk->levels = moved;
        walk->capacity = wider;
    }
    kiji_buf_putc(&walk->path, '\0');
    if (walk->path.failed) {
        return kiji_fail_memory(err);
    }
    walk->path.len--;
    const char *path = walk->path.ptr;
    const int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | follow);
    DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
    if (folder == NULL) {
        const int reason = errno;
        if (fd >= 0) {
            (void)close(fd);
        }
        return kiji_fail_errno(err, path, reason, "folder cannot be read");
    }
    kiji_walk_level level = {.path_len = walk->path.len};
    const int reason = read_names(&level, folder, walk);
    (void)closedir(folder);
    if (reason != 0) {
        free_level(&level);
        return reason == ENOMEM ? kiji_fail_memory(err) : kiji_fail_errno(err, path, reason, "folder cannot be read");
    }
    if (level.count != 0) {
        qsort(level.names, level.count, sizeof *level.names, by_bytes);
    }
    walk->levels[walk->depth++] = level;
    return KIJI_OK;
}

kiji_status kiji_walk_open(kiji_walk *walk, const char *folder, const kiji_choice *choice, kiji_error *err)
{
    *walk = (kiji_walk){.choice = choice, .path = KIJI_BUF_INIT};
    const size_t length = strlen(folder);
    kiji_buf_put(&walk->path, folder, length);
    if (length == 0 || folder[length - 1] != '/') {
        kiji_buf_putc(&walk->path, '/');
    }
    return enter(walk, 0, err);
}

kiji_status kiji_walk_next(const char **out, kiji_walk *walk, kiji_error *err)
{
    *out = NULL;
    while (walk->depth != 0) {
        kiji_walk_level *level = &walk->levels[walk->depth - 1];
        walk->path.len = level->path_len;
        if (level->next == level->count) {
            free_level(level);
            walk->depth--;
            continue;
        }
        char *name = level->names[level->next++];
        const size_t length = strlen(name);
        const bool folder = name[length - 1] == '/';
        kiji_buf_put(&walk->path, name, length + 1);
        kiji_free(name);
        if (walk->path.failed) {
            return kiji_fail_memory(err);
        }
        if (!folder) {
            *out = walk->path.ptr;
            return KIJI_OK;
        }
        walk->path.len--;
        const kiji_status status = enter(walk, O_NOFOLLOW, err);
        if (status != KIJI_OK) {
            return status;
        }
    }
    return KIJI_OK;
}

void kiji_walk_close(kiji_walk *walk)
{
    while (walk->depth != 0) {
        free_level(&walk->levels[--walk->depth]);
    }
    kiji_free(walk->levels);
    walk->levels = NULL;
    walk->capacity = 0;
    kiji_buf_clear(&walk->path);
}
