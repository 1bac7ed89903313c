/* image.h - the bytes of a file that is used in place: mapped read-only, or in memory that was built for it. */
#ifndef KIJI_BASE_IMAGE_H
#define KIJI_BASE_IMAGE_H

#include "kiji.h"

typedef struct kiji_image {
    const char *ptr; /* owned; NULL: nothing there */
    size_t len;      /* bytes */
    bool mapped;     /* else from kiji_alloc */
} kiji_image;

/*
 * Map the regular file `path`; the caller ends it with kiji_image_close. `what` names the kind of file for messages
 * ("compiled dictionary"). Errors: KIJI_EIO, KIJI_EDICT (empty, or no regular file).
 */
kiji_status kiji_image_open(kiji_image *out, const char *path, const char *what, kiji_error *err);

/*
 * Copy the first `nbytes` of a mapped file into huge pages that take its place under the same addresses: worth its few
 * milliseconds where much will be read here and there, since a look at another page then costs no walk through page
 * tables. Other threads may read meanwhile. Where the system has no such pages or no memory nothing changes.
 */
void kiji_image_settle(const kiji_image *image, size_t nbytes);

/* Unmap or free; may be called twice. */
void kiji_image_close(kiji_image *image);

#endif
