#include "base/image.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/status.h"

kiji_status kiji_image_open(kiji_image *out, const char *path, const char *what, kiji_error *err)
{
    *out = (kiji_image){NULL, 0, false};
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return kiji_fail_errno(err, path, errno, what);
    }
    struct stat info;
    kiji_status status = KIJI_OK;
    if (fstat(fd, &info) != 0) {
        status = kiji_fail_errno(err, path, errno, what);
    } else if (!S_ISREG(info.st_mode) || info.st_size <= 0) {
        status = kiji_fail(err, KIJI_EDICT, path, KIJI_NO_OFFSET, "not a file of the kind: %s", what);
    } else {
        void *ptr = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (ptr == MAP_FAILED) {
            status = kiji_fail_errno(err, path, errno, what);
        } else {
            *out = (kiji_image){ptr, (size_t)info.st_size, true};
        }
    }
    (void)close(fd);
    return status;
}

void kiji_image_close(kiji_image *image)
{
    if (image->mapped) {
        (void)munmap((void *)(uintptr_t)image->ptr, image->len);
    } else {
        kiji_free((void *)(uintptr_t)image->ptr);
    }
    *image = (kiji_image){NULL, 0, false};
}
