#include "write/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/status.h"

#define BLOCK     ((size_t)64 * 1024)
#define MAX_TEMP  100 /* names tried for the temporary file */
#define MAX_LINKS 40

struct kiji_sink {
    int fd;
    bool by_record; /* a reader waits: write at each record */
    int failure;    /* errno of the first failed write, or 0 */
    size_t n_records;
    kiji_buf pending;
    char *target;    /* where the temporary file goes in the end, or NULL: written in place */
    char *temporary; /* its name */
    int folder;      /* open folder that both names are in; AT_FDCWD: paths */
    char name[512];  /* for messages */
};

static void free_sink(kiji_sink *sink)
{
    kiji_buf_clear(&sink->pending);
    kiji_free(sink->target);
    kiji_free(sink->temporary);
    kiji_free(sink);
}

static char *copy_text(const char *text)
{
    const size_t nbytes = strlen(text) + 1;
    char *copy = kiji_alloc(nbytes);
    return copy != NULL ? memcpy(copy, text, nbytes) : NULL;
}

/*
 * The name behind a chain of links, so that a link stays a link; the last file need not exist. NULL with errno set:
 * out of memory, a loop.
 */
static char *follow_links(const char *path)
{
    char link[PATH_MAX + 1];
    char *name = copy_text(path);
    for (int hops = 0; name != NULL; hops++) {
        const ssize_t length = readlink(name, link, PATH_MAX);
        if (length < 0) {
            return name;
        }
        if (hops == MAX_LINKS) {
            kiji_free(name);
            errno = ELOOP;
            return NULL;
        }
        const char *slash = link[0] != '/' ? strrchr(name, '/') : NULL;
        const size_t folder = slash != NULL ? (size_t)(slash - name) + 1 : 0;
        char *next = kiji_alloc(folder + (size_t)length + 1);
        if (next != NULL) {
            memcpy(next, name, folder);
            memcpy(next + folder, link, (size_t)length);
            next[folder + (size_t)length] = '\0';
        }
        kiji_free(name);
        name = next;
    }
    errno = ENOMEM;
    return NULL;
}

static void make_temporary(kiji_sink *sink)
{
    sink->fd = openat(sink->folder, sink->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
}

/* A new name beside sink->target. */
static void find_temporary(kiji_sink *sink)
{
    const size_t room = strlen(sink->target) + 48;
    sink->temporary = kiji_alloc(room);
    if (sink->temporary == NULL) {
        errno = ENOMEM;
        return;
    }
    const char *slash = strrchr(sink->target, '/');
    const size_t folder = slash != NULL ? (size_t)(slash - sink->target) + 1 : 0;
    for (int i = 0; i < MAX_TEMP && sink->fd < 0; i++) {
        (void)snprintf(sink->temporary, room, "%.*s.%.200s.%ld-%d.tmp", (int)folder, sink->target,
                       sink->target + folder, (long)getpid(), i);
        make_temporary(sink);
        if (sink->fd < 0 && errno != EEXIST) {
            break;
        }
    }
}

/* Create the temporary file, called sink->temporary where that is set; mode as the file that it will replace. */
static bool open_temporary(kiji_sink *sink, const struct stat *old)
{
    if (sink->temporary == NULL) {
        find_temporary(sink);
    } else if (unlinkat(sink->folder, sink->temporary, 0) == 0 || errno == ENOENT) {
        make_temporary(sink);
    }
    if (sink->fd < 0) {
        kiji_free(sink->temporary);
        sink->temporary = NULL;
        return false;
    }
    /* Best effort: some file systems know no modes. */
    return old == NULL || fchmod(sink->fd, old->st_mode & 0777) == 0 || errno == EPERM;
}

static bool open_path(kiji_sink *sink, const char *path)
{
    struct stat old;
    if (path[0] == '\0') {
        errno = ENOENT;
        return false;
    }
    const bool exists = stat(path, &old) == 0;
    if (exists && !S_ISREG(old.st_mode)) {
        sink->fd = open(path, O_WRONLY | O_CLOEXEC);
        return sink->fd >= 0;
    }
    if (exists && access(path, W_OK) != 0) {
        return false;
    }
    sink->target = follow_links(path);
    return sink->target != NULL && open_temporary(sink, exists ? &old : NULL);
}

/* Nothing is opened under that name: what stands there, a link too, is replaced as a whole. */
static bool open_in(kiji_sink *sink, const char *name)
{
    struct stat old;
    const bool exists = fstatat(sink->folder, name, &old, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(old.st_mode);
    if (exists && faccessat(sink->folder, name, W_OK, 0) != 0) {
        return false;
    }
    sink->target = copy_text(name);
    if (sink->target == NULL) {
        errno = ENOMEM;
        return false;
    }
    return open_temporary(sink, exists ? &old : NULL);
}

kiji_status kiji_sink_open_in(kiji_sink **out, const kiji_sink_place *place, kiji_error *err)
{
    *out = NULL;
    kiji_sink *sink = kiji_alloc_zero(1, sizeof *sink);
    if (sink == NULL) {
        return kiji_fail_memory(err);
    }
    sink->fd = -1;
    sink->folder = place->folder;
    const size_t length = strlen(place->path);
    (void)snprintf(sink->name, sizeof sink->name, "%s%s%s", place->path,
                   length != 0 && place->path[length - 1] == '/' ? "" : "/", place->name);
    sink->temporary = place->temporary != NULL ? copy_text(place->temporary) : NULL;
    if (place->temporary != NULL && sink->temporary == NULL) {
        free_sink(sink);
        return kiji_fail_memory(err);
    }
    if (!open_in(sink, place->name)) {
        const kiji_status status = kiji_fail_errno(err, sink->name, errno, "cannot be written");
        kiji_sink_discard(sink);
        return status;
    }
    *out = sink;
    return KIJI_OK;
}

kiji_status kiji_sink_open(kiji_sink **out, const char *path, kiji_error *err)
{
    const bool standard = path == NULL || strcmp(path, "-") == 0;
    *out = NULL;
    kiji_sink *sink = kiji_alloc_zero(1, sizeof *sink);
    if (sink == NULL) {
        return kiji_fail_memory(err);
    }
    sink->fd = standard ? STDOUT_FILENO : -1;
    sink->folder = AT_FDCWD;
    (void)snprintf(sink->name, sizeof sink->name, "%s", standard ? "standard output" : path);
    if (!standard && !open_path(sink, path)) {
        const kiji_status status = kiji_fail_errno(err, sink->name, errno, "cannot be written");
        kiji_sink_discard(sink);
        return status;
    }
    struct stat about;
    sink->by_record = fstat(sink->fd, &about) == 0 && !S_ISREG(about.st_mode);
    *out = sink;
    return KIJI_OK;
}

const char *kiji_sink_target(const kiji_sink *sink)
{
    return sink->target;
}

size_t kiji_sink_records(const kiji_sink *sink)
{
    return sink->n_records;
}

static void flush(kiji_sink *sink)
{
    size_t done = 0;
    while (done < sink->pending.len && sink->failure == 0) {
        const ssize_t wrote = write(sink->fd, sink->pending.ptr + done, sink->pending.len - done);
        if (wrote >= 0) {
            done += (size_t)wrote;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            struct pollfd wait = {sink->fd, POLLOUT, 0};
            (void)poll(&wait, 1, -1);
        } else if (errno != EINTR) {
            sink->failure = errno;
        }
    }
    kiji_buf_reset(&sink->pending);
}

void kiji_sink_put(kiji_sink *sink, const void *bytes, size_t nbytes)
{
    if (sink->failure == 0) {
        kiji_buf_put(&sink->pending, bytes, nbytes);
        if (sink->pending.failed) {
            sink->failure = ENOMEM;
        }
    }
}

static kiji_status state(const kiji_sink *sink, kiji_error *err)
{
    return sink->failure == 0 ? KIJI_OK : kiji_fail_errno(err, sink->name, sink->failure, "cannot be written");
}

kiji_status kiji_sink_record(kiji_sink *sink, kiji_error *err)
{
    sink->n_records++;
    if (sink->by_record || sink->pending.len >= BLOCK) {
        flush(sink);
    }
    return state(sink, err);
}

kiji_status kiji_sink_close(kiji_sink *sink, kiji_error *err)
{
    flush(sink);
    if (sink->failure == 0 && sink->temporary != NULL && fsync(sink->fd) != 0) {
        sink->failure = errno;
    }
    /* Standard output is closed as well: a full file system may speak up only here. */
    const int fd = sink->fd;
    sink->fd = -1;
    if (close(fd) != 0 && errno != EINTR && sink->failure == 0) {
        sink->failure = errno;
    }
    if (sink->failure == 0 && sink->temporary != NULL) {
        if (renameat(sink->folder, sink->temporary, sink->folder, sink->target) != 0) {
            sink->failure = errno;
        } else {
            kiji_free(sink->temporary);
            sink->temporary = NULL;
        }
    }
    const kiji_status status = state(sink, err);
    kiji_sink_discard(sink);
    return status;
}

void kiji_sink_discard(kiji_sink *sink)
{
    if (sink == NULL) {
        return;
    }
    if (sink->fd > STDERR_FILENO) {
        (void)close(sink->fd);
    }
    if (sink->temporary != NULL) {
        (void)unlinkat(sink->folder, sink->temporary, 0);
    }
    free_sink(sink);
}
