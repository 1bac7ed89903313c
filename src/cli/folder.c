#include "cli/folder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/status.h"
#include "cli/mirror.h"
#include "cli/spool.h"
#include "cli/walk.h"
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
    kiji_buf name, temporary; /* paths; followed by NUL */
    appended growing[KIJI_FILES_APPENDED];
    size_t n_growing;
};

bool kiji_out_folder_named(const char *path)
{
    struct stat about;
    const size_t length = strlen(path);
    return (length != 0 && path[length - 1] == '/') || (stat(path, &about) == 0 && S_ISDIR(about.st_mode));
}

/* "FOLDER/" + before + name + after; false: out of memory. */
static bool set_path(const kiji_out_folder *folder, kiji_buf *path, const char *before, const char *name,
                     const char *after)
{
    kiji_buf_reset(path);
    kiji_buf_printf(path, "%s/%s%s%s", folder->options->output, before, name, after);
    kiji_buf_putc(path, '\0');
    return !path->failed;
}

/* The folders that `path` (changed for the time of the call) lies in. */
static bool make_parents(char *path, size_t from)
{
    bool good = true;
    for (char *slash = strchr(path + from, '/'); good && slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        good = mkdir(path, 0777) == 0 || errno == EEXIST;
        *slash = '/';
    }
    return good;
}

static kiji_status put(void *to, const char *name, kiji_str bytes, kiji_error *err)
{
    kiji_out_folder *folder = to;
    kiji_sink *sink = NULL;
    if (!set_path(folder, &folder->name, "", name, "") ||
        !set_path(folder, &folder->temporary, ".kiji-file", "", ".tmp")) {
        return kiji_fail_memory(err);
    }
    if (!make_parents(folder->name.ptr, strlen(folder->options->output) + 1)) {
        return kiji_fail_errno(err, folder->name.ptr, errno, "its folder cannot be made");
    }
    const kiji_status status = kiji_sink_open_by(&sink, folder->name.ptr, folder->temporary.ptr, err);
    if (status != KIJI_OK) {
        return status;
    }
    kiji_sink_put(sink, bytes.ptr, bytes.len);
    return kiji_sink_close(sink, err);
}

static kiji_status append(void *to, const char *name, kiji_str bytes, kiji_error *err)
{
    kiji_out_folder *folder = to;
    size_t i = 0;
    while (i < folder->n_growing && strcmp(folder->growing[i].name, name) != 0) {
        i++;
    }
    if (i == folder->n_growing) {
        appended *fresh = &folder->growing[i];
        (void)snprintf(fresh->name, sizeof fresh->name, "%s", name);
        if (!set_path(folder, &folder->name, "", name, "") ||
            !set_path(folder, &folder->temporary, ".kiji-", name, ".tmp")) {
            return kiji_fail_memory(err);
        }
        const kiji_status status = kiji_sink_open_by(&fresh->sink, folder->name.ptr, folder->temporary.ptr, err);
        if (status != KIJI_OK) {
            return status;
        }
        folder->n_growing++;
    }
    kiji_sink_put(folder->growing[i].sink, bytes.ptr, bytes.len);
    return kiji_sink_record(folder->growing[i].sink, err);
}

/* Outputs with the extension of inputs do not go below a folder that is walked. */
static kiji_status refuse_inside(const kiji_options *options, kiji_error *err)
{
    char name[64];
    (void)snprintf(name, sizeof name, "x.%s", options->format->name);
    char *output = kiji_walk_has_extension(name, options->extensions) ? realpath(options->output, NULL) : NULL;
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
    folder->state = folder->how != NULL ? folder->how->open() : NULL;
    if ((folder->how != NULL && folder->state == NULL) || !set_path(folder, &folder->name, ".kiji-resume", "", "")) {
        return kiji_fail_memory(err);
    }
    return kiji_spool_open(&folder->spool, folder->name.ptr, options->resume, digest, err);
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
    kiji_buf path = KIJI_BUF_INIT;
    kiji_mirror_name(&name, origin, folder->options->format->name);
    const bool there = !name.failed && set_path(folder, &path, "", name.ptr, "") && stat(path.ptr, &about) == 0 &&
                       (size_t)about.st_size == kiji_parcel_take_number(&parcel);
    kiji_buf_clear(&name);
    kiji_buf_clear(&path);
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
    kiji_buf_clear(&folder->name);
    kiji_buf_clear(&folder->temporary);
    kiji_free(folder);
    return status != KIJI_OK ? status : closed;
}
