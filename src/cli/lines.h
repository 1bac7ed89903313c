/*
 * lines.h - reads a stream piece by piece: lines, or names that end in NUL. Memory follows the longest piece.
 */
#ifndef KIJI_CLI_LINES_H
#define KIJI_CLI_LINES_H

#include "base/buf.h"
#include "kiji.h"
#include "read/reader.h"

typedef struct kiji_lines {
    int fd;             /* owned; -1 while closed, or where `reader` gives the bytes */
    kiji_reader reader; /* copied; read is NULL: fd */
    char delimiter;
    size_t most;   /* longer pieces are skipped, KIJI_ELIMIT; 0 = any length */
    size_t number; /* of the last piece, from 1 */
    bool ended;    /* nothing more to read */
    kiji_buf buf;  /* owned */
    size_t begin;  /* bytes of buf that were given out */
} kiji_lines;

/* `fd` is taken over. */
void kiji_lines_open(kiji_lines *lines, int fd, char delimiter, size_t most);

/* The same over what `reader` gives; that stays the caller's and lives longer. */
void kiji_lines_over(kiji_lines *lines, const kiji_reader *reader, char delimiter, size_t most);

/* Whether it was opened and not closed yet. */
bool kiji_lines_are_open(const kiji_lines *lines);

/*
 * The next piece without its delimiter, borrowed until the next call; out->ptr is NULL at the end (also when
 * interrupted). Errors: KIJI_ELIMIT (the piece is skipped, go on), those of the reader, KIJI_EIO,
 * KIJI_ENOMEM (nothing comes after).
 */
kiji_status kiji_lines_next(kiji_str *out, kiji_lines *lines, kiji_error *err);

/* Close and free; may be called twice. */
void kiji_lines_close(kiji_lines *lines);

#endif
