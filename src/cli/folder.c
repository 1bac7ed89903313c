#include "cli/folder.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/status.h"
#include "write/sink.h"

struct kiji_out_folder {
    const kiji_folder *how;
    void *state;
    const char *path;
    char *name; /* owned: room for path, "/" and a file's name */
    size_t room;
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
    const size_t length = strlen(folder->path);
    const char *slash = length != 0 && folder->path[length - 1] == '/' ? "" : "/";
    kiji_sink *sink = NULL;
    (void)snprintf(folder->name, folder->room, "%s%s%s", folder->path, slash, name);
    const kiji_status status = kiji_sink_open(&sink, folder->name, err);
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
    folder->room = strlen(path) + KIJI_NAME_SIZE + 16;
    folder->name = kiji_alloc(folder->room);
    folder->state = how->open();
    if (folder->name == NULL || folder->state == NULL) {
        kiji_out_folder_free(folder);
        return kiji_fail_memory(err);
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
        kiji_free(folder->name);
        kiji_free(folder);
    }
}
