/*
 * A compressed stream, a tar, a zip. Byte 0 says in which pieces the bytes come and are asked for; the rest is the
 * archive. It is read twice, in pieces of two sizes: names, contents and the way it ends must be the same.
 */
#include "fuzz.h"

#include "read/archive.h"
#include "../pieces.h"

/* What came out. */
typedef struct result {
    uint64_t hash; /* of names and contents */
    uint64_t given;
    size_t n_entries;
    kiji_status status;
} result;

static void add(result *r, const char *bytes, size_t nbytes)
{
    for (size_t i = 0; i < nbytes; i++) {
        r->hash = (r->hash ^ (unsigned char)bytes[i]) * 0x100000001B3u;
    }
}

/* The contents of the current entry; room bytes at a time, in memory of that size. */
static void read_entry(result *r, kiji_archive *archive, size_t room, kiji_error *err)
{
    char *bytes = malloc(room);
    size_t got = 1;
    FUZZ_MUST(bytes != NULL);
    while (r->status == KIJI_OK && got != 0) {
        r->status = kiji_archive_read(archive, bytes, room, &got, err);
        FUZZ_MUST(got <= room);
        add(r, bytes, got);
        r->given += got;
    }
    free(bytes);
}

static result read_all(const uint8_t *data, size_t size, size_t piece, size_t room)
{
    char *bytes = fuzz_copy(data, size);
    piece_source s = {bytes, size, piece};
    const kiji_reader reader = {give_piece, &s};
    kiji_archive *archive = NULL;
    kiji_error err = {.status = KIJI_OK};
    result r = {.status = kiji_archive_open(&archive, &reader, &err)};
    FUZZ_MUST((r.status == KIJI_OK) == (archive != NULL));
    while (r.status == KIJI_OK) {
        const char *name = NULL;
        r.status = kiji_archive_next(&name, archive, &err);
        FUZZ_MUST(r.status == KIJI_OK || name == NULL);
        if (name == NULL) {
            break;
        }
        r.n_entries++;
        add(&r, name, strlen(name) + 1);
        if (r.n_entries % 4 != 0) { /* the others are passed over */
            read_entry(&r, archive, room, &err);
        }
    }
    FUZZ_MUST(archive == NULL || kiji_archive_failed(archive) == (r.status != KIJI_OK));
    FUZZ_MUST(r.status == KIJI_OK || (err.status == r.status && err.text[0] != '\0'));
    FUZZ_MUST(r.status == KIJI_OK || r.status == KIJI_EINPUT || r.status == KIJI_ELIMIT || r.status == KIJI_ENOMEM);
    kiji_archive_close(archive);
    free(bytes);
    return r;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const size_t pieces[] = {1, 7, 512, 4096};
    if (size < 1) {
        return 0;
    }
    const size_t piece = pieces[data[0] & 3u];
    const size_t room = pieces[data[0] >> 2 & 3u] + 1;
    const result whole = read_all(data + 1, size - 1, SIZE_MAX, 65536);
    const uint64_t most = KIJI_ARCHIVE_RATIO * size > 16u << 20 ? KIJI_ARCHIVE_RATIO * size : 16u << 20;
    FUZZ_MUST(whole.given <= most + 65536);
    if (whole.given > 1u << 20) {
        return 0; /* a bomb: once is enough */
    }
    const result parts = read_all(data + 1, size - 1, piece, room);
    /* Damage is seen as early as the bytes are there: what came before it may be more or less. */
    const bool same = parts.hash == whole.hash && parts.given == whole.given && parts.n_entries == whole.n_entries;
    FUZZ_MUST(parts.status == whole.status && (parts.status != KIJI_OK || same));
    return 0;
}
