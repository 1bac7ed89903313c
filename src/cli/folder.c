#include "cli/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/status.h"
#include "write/sink.h"

struct kiji_out_folder {
    const kiji_folder *how;
    void *state;
    const char *path;
    int fd;
};

bool kiji_out_folder_named(const char *path)
{
    struct stat about;
    const size_t length = strlen(path);
    return (length != 0 && path[length - 1] == '/') || (stat(path, &about) == 0 && S_ISDIR(about.st_mode));
}

static kiji_status put(void *to, const char *name, kiji_str bytes, kiji_error *err)
{
    kiji_out_folder *folder = to;
    const kiji_sink_place place = {folder->fd, folder->path, name};
    kiji_sink *sink = NULL;
    const kiji_status status = kiji_sink_open_in(&sink, &place, err);
    if (status != KIJI_OK) {
        return status;
    }
    kiji_sink_put(sink, bytes.ptr, bytes.len);
    return kiji_sink_close(sink, err);
}

kiji_status kiji_out_folder_open(kiji_out_folder **out, const kiji_folder *how, const char *path, kiji_error *err)
{
    *out = NULL;
    if (mkdir(path, 0777) != 0 && errno != EEXIST) {
        return kiji_fail_errno(err, path, errno, "the folder cannot be made");
    }
    kiji_out_folder *folder = kiji_alloc_zero(1, sizeof *folder);
    if (folder == NULL) {
        return kiji_fail_memory(err);
    }
    folder->how = how;
    folder->path = path;
    folder->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    kiji_status status = folder->fd < 0 ? kiji_fail_errno(err, path, errno, "the folder cannot be opened") : KIJI_OK;
    if (status == KIJI_OK) {
        folder->state = how->open();
        status = folder->state == NULL ? kiji_fail_memory(err) : KIJI_OK;
    }
    if (status != KIJI_OK) {
        kiji_out_folder_free(folder);
        return status;
    }
    *out = folder;
    return KIJI_OK;
}

kiji_status kiji_out_folder_take(kiji_out_folder *folder, kiji_str parcel, kiji_error *err)
{
    const kiji_files files = {put, folder};
    return folder->how->take(folder->state, parcel, &files, err);
}

kiji_status kiji_out_folder_finish(kiji_out_folder *folder, kiji_error *err)
{
    const kiji_files files = {put, folder};
    return folder->how->close(folder->state, &files, err);
}

void kiji_out_folder_free(kiji_out_folder *folder)
{
    if (folder != NULL) {
        folder->how->free(folder->state);
        if (folder->fd >= 0) {
            (void)close(folder->fd);
        }
        kiji_free(folder);
    }
}
