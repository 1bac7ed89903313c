#include "read/peek.h"

#include <string.h>

kiji_status kiji_peek_begin(kiji_peek *peek, const kiji_reader *reader, size_t least, kiji_error *err)
{
    size_t got = 1;
    kiji_status status = KIJI_OK;
    peek->reader = *reader;
    peek->count = 0;
    peek->given = 0;
    while (status == KIJI_OK && got != 0 && peek->count < least) {
        status = reader->read(reader->from, peek->bytes + peek->count, sizeof peek->bytes - peek->count, &got, err);
        peek->count += got;
    }
    return status;
}

kiji_status kiji_peek_read(void *from, char *at, size_t room, size_t *got, kiji_error *err)
{
    kiji_peek *peek = from;
    const size_t rest = peek->count - peek->given;
    if (rest == 0) {
        return peek->reader.read(peek->reader.from, at, room, got, err);
    }
    *got = rest < room ? rest : room;
    memcpy(at, peek->bytes + peek->given, *got);
    peek->given += *got;
    return KIJI_OK;
}
