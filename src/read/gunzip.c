#include "read/gunzip.h"

#include <limits.h>
#include <string.h>

#include "base/mem.h"
#include "base/status.h"
#include "read/zlib_memory.h"

#define BLOCK ((size_t)64 * 1024)

struct kiji_gunzip {
    kiji_reader reader;
    z_stream z;
    kiji_str input; /* not unpacked yet: of the head, or of block */
    uint64_t taken;
    bool ended;       /* the last member is whole */
    bool in_member;   /* bytes of a member were read, its end was not */
    bool input_ended; /* the reader has no more */
    char block[BLOCK];
};

bool kiji_gunzip_begins(kiji_str head)
{
    return head.len >= 2 && (unsigned char)head.ptr[0] == 0x1F && (unsigned char)head.ptr[1] == 0x8B;
}

kiji_gunzip *kiji_gunzip_new(const kiji_reader *reader, kiji_str head)
{
    kiji_gunzip *gunzip = kiji_alloc_zero(1, sizeof *gunzip);
    if (gunzip == NULL) {
        return NULL;
    }
    gunzip->reader = *reader;
    gunzip->input = head;
    gunzip->z.zalloc = kiji_zlib_alloc;
    gunzip->z.zfree = kiji_zlib_free;
    gunzip->in_member = true;
    if (inflateInit2(&gunzip->z, 15 + 16) != Z_OK) { /* the largest window, gzip's header and trailer */
        kiji_free(gunzip);
        return NULL;
    }
    return gunzip;
}

void kiji_gunzip_free(kiji_gunzip *gunzip)
{
    if (gunzip != NULL) {
        (void)inflateEnd(&gunzip->z);
        kiji_free(gunzip);
    }
}

uint64_t kiji_gunzip_taken(const kiji_gunzip *gunzip)
{
    return gunzip->taken;
}

static kiji_status damaged(kiji_error *err, const char *reason)
{
    return kiji_fail(err, KIJI_EINPUT, NULL, KIJI_NO_OFFSET, "the archive is damaged: %s", reason);
}

/* More input, if there is any. */
static kiji_status fill(kiji_gunzip *gunzip, kiji_error *err)
{
    if (gunzip->input.len != 0 || gunzip->input_ended) {
        return KIJI_OK;
    }
    size_t got = 0;
    const kiji_status status = gunzip->reader.read(gunzip->reader.from, gunzip->block, BLOCK, &got, err);
    gunzip->input = (kiji_str){gunzip->block, got};
    gunzip->input_ended = status == KIJI_OK && got == 0;
    return status;
}

/* One call of zlib. */
static kiji_status unpack(kiji_gunzip *gunzip, char *at, size_t room, size_t *got, kiji_error *err)
{
    z_stream *z = &gunzip->z;
    const uInt give = room < UINT_MAX ? (uInt)room : UINT_MAX;
    const uInt take = gunzip->input.len < UINT_MAX ? (uInt)gunzip->input.len : UINT_MAX;
    z->next_in = (Bytef *)(uintptr_t)gunzip->input.ptr;
    z->avail_in = take;
    z->next_out = (Bytef *)at;
    z->avail_out = give;
    const int result = inflate(z, Z_NO_FLUSH);
    gunzip->taken += take - z->avail_in;
    gunzip->input = (kiji_str){(const char *)z->next_in, gunzip->input.len - (take - z->avail_in)};
    *got = give - z->avail_out;
    if (result == Z_STREAM_END) {
        gunzip->in_member = false;
        return KIJI_OK;
    }
    if (result == Z_MEM_ERROR) {
        return kiji_fail_memory(err);
    }
    return result == Z_OK || result == Z_BUF_ERROR ? KIJI_OK : damaged(err, z->msg != NULL ? z->msg : "no gzip");
}

kiji_status kiji_gunzip_read(void *from, char *at, size_t room, size_t *got, kiji_error *err)
{
    kiji_gunzip *gunzip = from;
    *got = 0;
    while (*got == 0 && room != 0 && !gunzip->ended) {
        kiji_status status = fill(gunzip, err);
        if (status != KIJI_OK) {
            return status;
        }
        if (!gunzip->in_member) { /* another member, or what gzip calls trailing garbage */
            gunzip->ended = gunzip->input.len == 0 || (unsigned char)gunzip->input.ptr[0] != 0x1F;
            gunzip->in_member = !gunzip->ended && inflateReset(&gunzip->z) == Z_OK;
            continue;
        }
        if (gunzip->input.len == 0) {
            return damaged(err, "it ends too early");
        }
        status = unpack(gunzip, at, room, got, err);
        if (status != KIJI_OK) {
            return status;
        }
    }
    return KIJI_OK;
}
