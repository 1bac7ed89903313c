/* reader.h - bytes that come piece by piece, whoever gives them: a file, a pipe, an entry of an archive. */
#ifndef KIJI_READ_READER_H
#define KIJI_READ_READER_H

#include "kiji.h"

/*
 * `read` puts up to `room` bytes at `at` and says how many in *got; 0 is the end (or an interrupted run). Errors:
 * KIJI_EIO, KIJI_EINPUT (damaged), KIJI_ELIMIT; nothing comes after one. `from` is borrowed.
 */
typedef struct kiji_reader {
    kiji_status (*read)(void *from, char *at, size_t room, size_t *got, kiji_error *err);
    void *from;
} kiji_reader;

#endif
