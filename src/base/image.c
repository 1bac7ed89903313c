/* NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): glibc's own name for mremap */
#define _GNU_SOURCE
#include "base/image.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/status.h"

/* What a huge page holds on x86-64, and on ARM with pages of 4 KiB; elsewhere nothing is lost but some addresses. */
#define HUGE_PAGE ((size_t)2 * 1024 * 1024)

static size_t round_up(size_t nbytes)
{
    return (nbytes + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
}

/* Addresses for `nbytes` and up to the end of the last huge page, at the begin of one. MAP_FAILED: none. */
static char *reserve(size_t nbytes, int protection)
{
    const size_t size = round_up(nbytes);
    char *all = mmap(NULL, size + HUGE_PAGE, protection, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (all == MAP_FAILED) {
        return all;
    }
    const size_t before = round_up((uintptr_t)all) - (uintptr_t)all;
    if (before != 0) {
        (void)munmap(all, before);
    }
    if (before != HUGE_PAGE) {
        (void)munmap(all + before + size, HUGE_PAGE - before);
    }
    return all + before;
}

static void *map(int fd, size_t nbytes)
{
    char *at = reserve(nbytes, PROT_NONE);
    if (at == MAP_FAILED) {
        return at;
    }
    void *ptr = mmap(at, nbytes, PROT_READ, MAP_PRIVATE | MAP_FIXED, fd, 0);
    if (ptr == MAP_FAILED) {
        (void)munmap(at, round_up(nbytes));
    }
    return ptr;
}

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
        void *ptr = map(fd, (size_t)info.st_size);
        if (ptr == MAP_FAILED) {
            status = kiji_fail_errno(err, path, errno, what);
        } else {
            *out = (kiji_image){ptr, (size_t)info.st_size, true};
        }
    }
    (void)close(fd);
    return status;
}

void kiji_image_settle(const kiji_image *image, size_t nbytes)
{
#if defined(MREMAP_FIXED) && defined(MADV_HUGEPAGE)
    if (!image->mapped) {
        return;
    }
    const size_t wanted = round_up(nbytes < image->len ? nbytes : image->len);
    char *copy = reserve(wanted, PROT_READ | PROT_WRITE);
    if (copy == MAP_FAILED) {
        return;
    }
    (void)madvise(copy, wanted, MADV_HUGEPAGE);
    memcpy(copy, image->ptr, wanted < image->len ? wanted : image->len);
    if (mprotect(copy, wanted, PROT_READ) != 0 ||
        mremap(copy, wanted, wanted, MREMAP_MAYMOVE | MREMAP_FIXED, (void *)(uintptr_t)image->ptr) == MAP_FAILED) {
        (void)munmap(copy, wanted);
    }
#else
    (void)image;
    (void)nbytes;
#endif
}

void kiji_image_close(kiji_image *image)
{
    if (image->mapped) {
        (void)munmap((void *)(uintptr_t)image->ptr, round_up(image->len));
    } else {
        kiji_free((void *)(uintptr_t)image->ptr);
    }
    *image = (kiji_image){NULL, 0, false};
}
