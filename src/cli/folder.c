#include "cli/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/status.h"
#include "cli/mirror.h"
#include "cli/spool.h"
#include "cli/choice.h"
#include "write/sink.h"

typedef struct appended {
    char name[KIJI_NAME_SIZE];
    kiji_sink *sink; /* owned */
} appended;

struct kiji_out_folder {
    const kiji_options *options;
    const kiji_folder *how; /* NULL: a file an article */
    void *state;
    kiji_spool *spool;
    int fd;
    appended growing[KIJI_FILES_APPENDED];
    size_t n_growing;
};

static kiji_status fail(const kiji_out_folder *folder, const char *name, const char *what, kiji_error *err)
{
    char path[512];
    const int reason = errno;
    (void)snprintf(path, sizeof path, "%s/%s", folder->options->output, name);
    return kiji_fail_errno(err, path, reason, what);
}

static void close_parent(const kiji_out_folder *folder, int fd)
{
    if (fd >= 0 && fd != folder->fd) {
        (void)close(fd);
    }
}

bool kiji_out_folder_named(const char *path)
{
    struct stat about;
    const size_t length = strlen(path);
    return (length != 0 && path[length - 1] == '/') || (stat(path, &about) == 0 && S_ISDIR(about.st_mode));
}

/* The folder in `folder` that the parts of `name` before the last one lead to; -1 with errno set. The caller closes it
 * unless it is folder->fd. Somebody else may write here: links are not followed. */
static int open_parent(const kiji_out_folder *folder, const char *name, bool make)
{
    int fd = folder->fd;
    for (const char *slash = strchr(name, '/'); fd >= 0 && slash != NULL; slash = strchr(name, '/')) {
        char part[NAME_MAX + 1];
        const size_t length = (size_t)(slash - name);
        if (length >= sizeof part) {
            errno = ENAMETOOLONG;
        } else {
            memcpy(part, name, length);
            part[length] = '\0';
        }
        int next = -1;
        if (length < sizeof part && (!make || mkdirat(fd, part, 0777) == 0 || errno == EEXIST)) {
            next = openat(fd, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        }
        const int reason = errno;
        close_parent(folder, fd);
        errno = reason;
        fd = next;
        name = slash + 1;
    }
    return fd;
}

static const char *last_part(const char *name)
{
    const char *slash = strrchr(name, '/');
    return slash != NULL ? slash + 1 : name;
}

static kiji_status put(void *to, const char *name, kiji_str bytes, kiji_error *err)
{
    const kiji_out_folder *folder = to;
    kiji_sink *sink = NULL;
    const int parent = open_parent(folder, name, true);
    if (parent < 0) {
        return fail(folder, name, "its folder cannot be made", err);
    }
    const kiji_sink_place place = {parent, folder->options->output, last_part(name), ".kiji-file.tmp"};
    kiji_status status = kiji_sink_open_in(&sink, &place, err);
    if (status == KIJI_OK) {
        kiji_sink_put(sink, bytes.ptr, bytes.len);
        status = kiji_sink_close(sink, err);
    }
    close_parent(folder, parent);
    return status;
}

static kiji_status append(void *to, const char *name, kiji_str bytes, kiji_error *err)
{
    kiji_out_folder *folder = to;
    size_t i = 0;
    while (i < folder->n_growing && strcmp(folder->growing[i].name, name) != 0) {
        i++;
    }
    appended *file = &folder->growing[i];
    if (i == folder->n_growing) {
        char temporary[KIJI_NAME_SIZE + 16];
        (void)snprintf(file->name, sizeof file->name, "%s", name);
        (void)snprintf(temporary, sizeof temporary, ".kiji-%s.tmp", file->name);
        const kiji_sink_place place = {folder->fd, folder->options->output, file->name, temporary};
        const kiji_status status = kiji_sink_open_in(&file->sink, &place, err);
        if (status != KIJI_OK) {
            return status;
        }
        folder->n_growing++;
    }
    kiji_sink_put(file->sink, bytes.ptr, bytes.len);
    return kiji_sink_record(file->sink, err);
}

/* Outputs with the extension of inputs do not go below a folder that is walked. */
static kiji_status refuse_inside(const kiji_options *options, kiji_error *err)
{
    char name[64];
    (void)snprintf(name, sizeof name, "x.%s", options->format->name);
    char *output = kiji_choice_takes(&options->choice, "", name) ? realpath(options->output, NULL) : NULL;
    bool inside = false;
    for (size_t i = 0; i < options->n_operands && output != NULL && !inside; i++) {
        char *input = realpath(options->operands[i].name, NULL);
        const size_t length = input != NULL ? strlen(input) : 0;
        inside =
            length != 0 && strncmp(output, input, length) == 0 && (output[length] == '/' || output[length] == '\0');
        free(input);
    }
    free(output);
    return !inside ? KIJI_OK
                   : kiji_fail(err, KIJI_EUSAGE, options->output, KIJI_NO_OFFSET,
                               "lies in a folder that is read, and its .%s files would be read again",
                               options->format->name);
}

static kiji_status begin(kiji_out_folder *folder, const char *settings, kiji_error *err)
{
    const kiji_options *options = folder->options;
    const uint64_t digest = kiji_hash64((kiji_str){settings, strlen(settings)});
    kiji_status status = folder->how == NULL ? refuse_inside(options, err) : KIJI_OK;
    if (status != KIJI_OK) {
        return status;
    }
    folder->fd = open(options->output, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder->fd < 0) {
        return kiji_fail_errno(err, options->output, errno, "the folder cannot be opened");
    }
    folder->state = folder->how != NULL ? folder->how->open() : NULL;
    if (folder->how != NULL && folder->state == NULL) {
        return kiji_fail_memory(err);
    }
    const kiji_spool_place place = {folder->fd, options->output, ".kiji-resume"};
    return kiji_spool_open(&folder->spool, &place, options->resume, digest, err);
}

kiji_status kiji_out_folder_open(kiji_out_folder **out, const kiji_options *options, const char *settings,
                                 kiji_error *err)
{
    *out = NULL;
    if (mkdir(options->output, 0777) != 0 && errno != EEXIST) {
        return kiji_fail_errno(err, options->output, errno, "the folder cannot be made");
    }
    kiji_out_folder *folder = kiji_alloc_zero(1, sizeof *folder);
    if (folder == NULL) {
        return kiji_fail_memory(err);
    }
    folder->options = options;
    folder->how = options->format->folder;
    folder->fd = -1;
    const kiji_status status = begin(folder, settings, err);
    if (status == KIJI_OK) {
        *out = folder;
    } else {
        (void)kiji_out_folder_close(folder, false, NULL);
    }
    return status;
}

/* A file an article: the parcel in the spool is its size. */
static bool still_there(const kiji_out_folder *folder, const kiji_origin *origin, kiji_str parcel)
{
    struct stat about;
    kiji_buf name = KIJI_BUF_INIT;
    kiji_mirror_name(&name, origin, folder->options->format->name);
    const int parent = name.failed ? -1 : open_parent(folder, name.ptr, false);
    const bool there = parent >= 0 && fstatat(parent, last_part(name.ptr), &about, AT_SYMLINK_NOFOLLOW) == 0 &&
                       S_ISREG(about.st_mode) && (size_t)about.st_size == kiji_parcel_take_number(&parcel);
    close_parent(folder, parent);
    kiji_buf_clear(&name);
    return there;
}

bool kiji_out_folder_has(const kiji_out_folder *folder, const kiji_origin *origin, kiji_buf *parcel, bool *found)
{
    if (!kiji_spool_find(folder->spool, origin, parcel, found)) {
        return false;
    }
    if (folder->how == NULL && !still_there(folder, origin, (kiji_str){parcel->ptr, parcel->len})) {
        kiji_buf_reset(parcel);
        return false;
    }
    return true;
}

kiji_status kiji_out_folder_pack(const kiji_out_folder *folder, kiji_buf *parcel, const kiji_doc *doc, kiji_error *err)
{
    const kiji_format *format = folder->options->format;
    const kiji_view *view = &folder->options->view;
    if (folder->how != NULL) {
        return folder->how->pack(parcel, view, doc, err);
    }
    kiji_status status = format->begin != NULL ? format->begin(parcel, view, err) : KIJI_OK;
    if (status == KIJI_OK) {
        status = format->doc(parcel, view, doc, err);
    }
    return status == KIJI_OK && format->end != NULL ? format->end(parcel, view, err) : status;
}

/* The file first: what the spool says is done is there. */
static kiji_status take_apart(kiji_out_folder *folder, const kiji_origin *origin, kiji_str parcel, kiji_error *err)
{
    kiji_buf name = KIJI_BUF_INIT;
    kiji_mirror_name(&name, origin, folder->options->format->name);
    const kiji_status status = name.failed ? kiji_fail_memory(err) : put(folder, name.ptr, parcel, err);
    kiji_buf_clear(&name);
    const kiji_str size = {(const char *)&parcel.len, sizeof parcel.len};
    return status == KIJI_OK ? kiji_spool_add(folder->spool, origin, size, err) : status;
}

kiji_status kiji_out_folder_take(kiji_out_folder *folder, const kiji_origin *origin, kiji_str parcel, bool again,
                                 kiji_error *err)
{
    if (folder->how == NULL) {
        return again ? KIJI_OK : take_apart(folder, origin, parcel, err);
    }
    const kiji_files files = {put, append, folder};
    const kiji_status status = again ? KIJI_OK : kiji_spool_add(folder->spool, origin, parcel, err);
    return status == KIJI_OK ? folder->how->take(folder->state, parcel, &files, err) : status;
}

static kiji_status finish(kiji_out_folder *folder, kiji_error *err)
{
    const kiji_files files = {put, append, folder};
    kiji_status status = folder->how != NULL ? folder->how->close(folder->state, &files, err) : KIJI_OK;
    for (size_t i = 0; i < folder->n_growing && status == KIJI_OK; i++) {
        status = kiji_sink_close(folder->growing[i].sink, err);
        folder->growing[i].sink = NULL;
    }
    return status;
}

kiji_status kiji_out_folder_close(kiji_out_folder *folder, bool whole, kiji_error *err)
{
    kiji_status status = whole ? finish(folder, err) : KIJI_OK;
    for (size_t i = 0; i < folder->n_growing; i++) {
        kiji_sink_discard(folder->growing[i].sink);
    }
    const kiji_status closed = kiji_spool_close(folder->spool, status == KIJI_OK ? err : NULL);
    if (folder->how != NULL) {
        folder->how->free(folder->state);
    }
    if (folder->fd >= 0) {
        (void)close(folder->fd);
    }
    kiji_free(folder);
    return status != KIJI_OK ? status : closed;
}
