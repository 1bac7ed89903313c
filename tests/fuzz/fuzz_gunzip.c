/*
 * gzip through kiji_gunzip. Byte 0 says in which pieces the bytes come. What comes out is what zlib's own gzread gives,
 * where both say that the stream is good.
 */
#include "fuzz.h"

#include <zlib.h>

#include "read/gunzip.h"
#include "../pieces.h"

#define MOST ((size_t)1 << 20) /* bytes looked at */

/* The first member by zlib in one call: its length, or SIZE_MAX where zlib does not take it. */
static size_t by_zlib(char *out, const char *bytes, size_t nbytes, size_t *taken)
{
    z_stream z;
    memset(&z, 0, sizeof z);
    FUZZ_MUST(inflateInit2(&z, 15 + 16) == Z_OK);
    z.next_in = (Bytef *)(uintptr_t)bytes;
    z.avail_in = (uInt)nbytes;
    z.next_out = (Bytef *)out;
    z.avail_out = (uInt)MOST;
    const int result = inflate(&z, Z_FINISH);
    const size_t length = MOST - z.avail_out;
    *taken = nbytes - z.avail_in;
    (void)inflateEnd(&z);
    return result == Z_STREAM_END ? length : SIZE_MAX;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 3) {
        return 0;
    }
    char *bytes = fuzz_copy(data + 1, size - 1);
    const size_t head = data[0] % (size - 1) + 1; /* bytes that come before the reader's */
    piece_source s = {bytes + head, size - 1 - head, (data[0] & 15u) + 1u};
    const kiji_reader reader = {give_piece, &s};
    char *out = malloc(MOST);
    char *expected = malloc(MOST);
    kiji_gunzip *gunzip = kiji_gunzip_new(&reader, (kiji_str){bytes, head});
    FUZZ_MUST(out != NULL && expected != NULL && gunzip != NULL);
    size_t length = 0;
    size_t got = 1;
    kiji_error err = {.status = KIJI_OK};
    kiji_status status = KIJI_OK;
    while (status == KIJI_OK && got != 0 && length < MOST) {
        const size_t room = MOST - length < 100 ? MOST - length : 100;
        status = kiji_gunzip_read(gunzip, out + length, room, &got, &err);
        FUZZ_MUST(got <= room);
        length += got;
    }
    FUZZ_MUST(kiji_gunzip_taken(gunzip) <= size - 1);
    FUZZ_MUST(status == KIJI_OK || (status == KIJI_EINPUT && err.status == status && err.text[0] != '\0'));
    size_t taken;
    const size_t first = by_zlib(expected, bytes, size - 1, &taken);
    FUZZ_MUST(first == SIZE_MAX || (first <= length && memcmp(out, expected, first) == 0));
    FUZZ_MUST(first != SIZE_MAX || status != KIJI_OK || length == MOST);
    kiji_gunzip_free(gunzip);
    free(out);
    free(expected);
    free(bytes);
    return 0;
}
