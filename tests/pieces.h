/* pieces.h - what unit tests and fuzz targets of readers share: bytes in memory that come in pieces. */
#ifndef KIJI_TESTS_PIECES_H
#define KIJI_TESTS_PIECES_H

#include <string.h>

#include "base/status.h"

typedef struct piece_source {
    const char *at;
    size_t rest, piece; /* bytes that are left; bytes a read gives at most */
} piece_source;

/* A kiji_reader's function over a piece_source. */
static kiji_status give_piece(void *from, char *at, size_t room, size_t *got, kiji_error *err)
{
    piece_source *s = from;
    (void)err;
    *got = s->rest < s->piece ? s->rest : s->piece;
    *got = *got < room ? *got : room;
    memcpy(at, s->at, *got);
    s->at += *got;
    s->rest -= *got;
    return KIJI_OK;
}

#endif
