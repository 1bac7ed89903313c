#include "read/archive.h"

#include <errno.h>
#include <locale.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/status.h"
#include "read/gunzip.h"
#include "read/libarchive.h"

#define BLOCK    ((size_t)64 * 1024)
#define NO_RATIO ((uint64_t)16 * 1024 * 1024) /* so many bytes are given out whatever they came from */

struct kiji_archive {
    struct archive *handle;
    kiji_reader reader;
    kiji_gunzip *gunzip;   /* owned; between the reader and libarchive, or NULL */
    bool begun;            /* the first block was read */
    kiji_error reader_err; /* why the reader failed, where it did */
    uint64_t given;        /* bytes that came out of all entries */
    locale_t utf8;         /* or 0; libarchive reads names as the thread's locale says */
    bool entered;          /* an entry is current */
    bool failed;
    char block[BLOCK];
    char head[BLOCK]; /* the first block of gzip */
};

/* The next block, unpacked if the stream is gzip. */
static kiji_status next_block(kiji_archive *archive, size_t *got)
{
    kiji_error *err = &archive->reader_err;
    if (archive->gunzip != NULL) {
        return kiji_gunzip_read(archive->gunzip, archive->block, BLOCK, got, err);
    }
    kiji_status status = archive->reader.read(archive->reader.from, archive->block, BLOCK, got, err);
    if (status == KIJI_OK && !archive->begun && *got == 1) { /* too few to know gzip by */
        size_t more = 0;
        status = archive->reader.read(archive->reader.from, archive->block + 1, BLOCK - 1, &more, err);
        *got += more;
    }
    if (status != KIJI_OK || archive->begun) {
        return status;
    }
    archive->begun = true;
    if (!kiji_gunzip_begins((kiji_str){archive->block, *got})) {
        return KIJI_OK;
    }
    memcpy(archive->head, archive->block, *got);
    archive->gunzip = kiji_gunzip_new(&archive->reader, (kiji_str){archive->head, *got});
    return archive->gunzip == NULL ? kiji_fail_memory(err)
                                   : kiji_gunzip_read(archive->gunzip, archive->block, BLOCK, got, err);
}

static la_ssize_t give(struct archive *handle, void *client, const void **block)
{
    kiji_archive *archive = client;
    size_t got = 0;
    *block = archive->block;
    if (next_block(archive, &got) != KIJI_OK) {
        archive_set_error(handle, EIO, "cannot be read");
        return -1;
    }
    return (la_ssize_t)got;
}

/* What libarchive or the reader has against the stream. */
static kiji_status broken(kiji_archive *archive, kiji_error *err)
{
    archive->failed = true;
    if (archive->reader_err.status != KIJI_OK) {
        if (err != NULL) {
            *err = archive->reader_err;
        }
        return archive->reader_err.status;
    }
    if (archive_errno(archive->handle) == ENOMEM) {
        return kiji_fail_memory(err);
    }
    const char *reason = archive_error_string(archive->handle);
    return kiji_fail(err, KIJI_EINPUT, NULL, KIJI_NO_OFFSET, "the archive is damaged: %s",
                     reason != NULL ? reason : "unknown format");
}

static kiji_status check_ratio(kiji_archive *archive, kiji_error *err)
{
    const la_int64_t taken = archive->gunzip != NULL ? (la_int64_t)kiji_gunzip_taken(archive->gunzip)
                                                     : archive_filter_bytes(archive->handle, -1);
    const uint64_t from = taken > 0 ? (uint64_t)taken : 1;
    if (archive->given <= NO_RATIO || archive->given / KIJI_ARCHIVE_RATIO <= from) {
        return KIJI_OK;
    }
    archive->failed = true;
    return kiji_fail(err, KIJI_ELIMIT, NULL, KIJI_NO_OFFSET, "unpacks to more than %d times its size",
                     (int)KIJI_ARCHIVE_RATIO);
}

kiji_status kiji_archive_open(kiji_archive **out, const kiji_reader *reader, kiji_error *err)
{
    *out = NULL;
    kiji_status status = kiji_libarchive_load(err);
    if (status != KIJI_OK) {
        return status;
    }
    kiji_archive *archive = kiji_alloc_zero(1, sizeof *archive);
    struct archive *handle = archive != NULL ? archive_read_new() : NULL;
    if (handle == NULL) {
        kiji_free(archive);
        return kiji_fail_memory(err);
    }
    archive->handle = handle;
    archive->reader = *reader;
    archive->utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    (void)archive_read_support_filter_gzip(handle);
    (void)archive_read_support_filter_bzip2(handle);
    (void)archive_read_support_filter_xz(handle);
    (void)archive_read_support_filter_zstd(handle);
    (void)archive_read_support_format_tar(handle);
    (void)archive_read_support_format_zip_streamable(handle);
    (void)archive_read_support_format_raw(handle);
    (void)archive_read_support_format_empty(handle);
    if (archive_read_open(handle, archive, NULL, give, NULL) != ARCHIVE_OK) {
        status = broken(archive, err);
    } else if (archive_filter_count(handle) > (archive->gunzip != NULL ? 1 : 2)) {
        status = kiji_fail(err, KIJI_EINPUT, NULL, KIJI_NO_OFFSET, "compressed more than once: not opened");
    }
    if (status != KIJI_OK) {
        kiji_archive_close(archive);
        return status;
    }
    *out = archive;
    return KIJI_OK;
}

/*
 * A tar ends before its gzip stream does: what is left (padding, most often nothing) is unpacked as well, since the
 * checksum behind it says whether all that was given out is right.
 */
static kiji_status check_rest(kiji_archive *archive, kiji_error *err)
{
    size_t got = 1;
    while (archive->gunzip != NULL && got != 0) {
        if (next_block(archive, &got) != KIJI_OK) {
            return broken(archive, err);
        }
        archive->given += got;
        const kiji_status status = check_ratio(archive, err);
        if (status != KIJI_OK) {
            return status;
        }
    }
    return KIJI_OK;
}

/* Not libarchive's own skipping: that unpacks whatever comes without our count. */
static kiji_status pass_over(kiji_archive *archive, kiji_error *err)
{
    char bytes[4096];
    size_t got = 1;
    kiji_status status = KIJI_OK;
    while (archive->entered && status == KIJI_OK && got != 0) {
        status = kiji_archive_read(archive, bytes, sizeof bytes, &got, err);
    }
    return status;
}

/* As UTF-8, else the bytes as they are. */
static const char *name_of(struct archive_entry *entry)
{
    const char *name = archive_entry_pathname_utf8(entry);
    return name != NULL ? name : archive_entry_pathname(entry);
}

kiji_status kiji_archive_next(const char **out, kiji_archive *archive, kiji_error *err)
{
    *out = NULL;
    while (!archive->failed) {
        struct archive_entry *entry = NULL;
        const kiji_status status = pass_over(archive, err);
        if (status != KIJI_OK) {
            return status;
        }
        const locale_t before = uselocale(archive->utf8);
        const int found = archive_read_next_header(archive->handle, &entry);
        const char *name = found == ARCHIVE_OK || found == ARCHIVE_WARN ? name_of(entry) : NULL;
        (void)uselocale(before);
        if (found == ARCHIVE_EOF) { /* libarchive takes some failures to read for the end */
            return archive->reader_err.status == KIJI_OK ? check_rest(archive, err) : broken(archive, err);
        }
        if (found != ARCHIVE_OK && found != ARCHIVE_WARN) {
            return broken(archive, err);
        }
        archive->entered = true;
        if (archive_format(archive->handle) == ARCHIVE_FORMAT_RAW) {
            if (archive->gunzip == NULL && archive_filter_count(archive->handle) < 2) {
                archive->failed = true;
                return kiji_fail(err, KIJI_EINPUT, NULL, KIJI_NO_OFFSET, "not an archive");
            }
            *out = "";
            return KIJI_OK;
        }
        if (archive_entry_filetype(entry) == AE_IFREG && archive_entry_hardlink(entry) == NULL) {
            *out = name != NULL ? name : "?";
            return KIJI_OK;
        }
    }
    return KIJI_OK;
}

kiji_status kiji_archive_read(void *from, char *at, size_t room, size_t *got, kiji_error *err)
{
    kiji_archive *archive = from;
    *got = 0;
    if (!archive->entered || archive->failed) {
        return KIJI_OK;
    }
    const la_ssize_t length = archive_read_data(archive->handle, at, room);
    if (length < 0 || (length == 0 && archive->reader_err.status != KIJI_OK)) {
        return broken(archive, err);
    }
    archive->entered = length != 0;
    archive->given += (uint64_t)length;
    *got = (size_t)length;
    return check_ratio(archive, err);
}

bool kiji_archive_failed(const kiji_archive *archive)
{
    return archive->failed;
}

void kiji_archive_close(kiji_archive *archive)
{
    if (archive != NULL) {
        (void)archive_read_free(archive->handle);
        kiji_gunzip_free(archive->gunzip);
        if (archive->utf8 != (locale_t)0) {
            freelocale(archive->utf8);
        }
        kiji_free(archive);
    }
}
