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

/* Unmap or free; may be called twice. */
void kiji_image_close(kiji_image *image);

#endif
