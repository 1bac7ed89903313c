#include "cli/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/status.h"

#define MAGIC 0x314A494Bu /* "KIJ1" */

/* Before each parcel; in the machine's own byte order, as the spool goes nowhere else. */
typedef struct head {
    uint32_t magic;
    uint32_t found, lossy, zero;
    uint64_t settings, key, nbytes, digest, length;
    uint64_t check; /* of all before it and of the parcel */
} head;

/* Where the last parcel of a key begins; offset 0: a free slot (a spool begins with a mark). */
typedef struct entry {
    uint64_t key;
    off_t offset;
} entry;

struct kiji_spool {
    int fd;
    uint64_t settings;
    char name[512];    /* for messages */
    off_t loaded, end; /* where the file ended when opened, and ends now */
    entry *slots;      /* owned; as the file was when opened */
    size_t n_slots, count;
    kiji_buf pending;
};

static const char mark[8] = "kijispl1";

static uint64_t key_of(const kiji_origin *origin)
{
    return kiji_mix(kiji_hash64(origin->file) ^ kiji_mix(origin->line + 1));
}

static uint64_t check_of(const head *h, kiji_str parcel)
{
    return kiji_mix(kiji_hash64((kiji_str){(const char *)h, offsetof(head, check)}) ^ kiji_hash64(parcel));
}

static entry *slot_of(entry *slots, size_t n_slots, uint64_t key)
{
    size_t at = (size_t)kiji_mix(key) & (n_slots - 1);
    while (slots[at].offset != 0 && slots[at].key != key) {
        at = (at + 1) & (n_slots - 1);
    }
    return &slots[at];
}

static bool remember(kiji_spool *s, uint64_t key, off_t offset)
{
    if (s->count * 2 >= s->n_slots) {
        const size_t wider = s->n_slots != 0 ? s->n_slots * 2 : 256;
        entry *slots = kiji_alloc_zero(wider, sizeof *slots);
        if (slots == NULL) {
            return false;
        }
        for (size_t i = 0; i < s->n_slots; i++) {
            if (s->slots[i].offset != 0) {
                *slot_of(slots, wider, s->slots[i].key) = s->slots[i];
            }
        }
        kiji_free(s->slots);
        s->slots = slots;
        s->n_slots = wider;
    }
    entry *slot = slot_of(s->slots, s->n_slots, key);
    s->count += slot->offset == 0;
    *slot = (entry){key, offset};
    return true;
}

static bool read_at(int fd, void *to, size_t nbytes, off_t offset)
{
    for (size_t done = 0; done < nbytes;) {
        const ssize_t got = pread(fd, (char *)to + done, nbytes - done, offset + (off_t)done);
        if (got == 0 || (got < 0 && errno != EINTR)) {
            return false;
        }
        done += got > 0 ? (size_t)got : 0;
    }
    return true;
}

/* The head and parcel at `offset`; false where none stands whole. `size` of the file bounds what it may claim. */
static bool read_parcel(const kiji_spool *s, off_t offset, off_t size, head *h, kiji_buf *parcel)
{
    const size_t before = parcel->len;
    if (offset + (off_t)sizeof *h > size || !read_at(s->fd, h, sizeof *h, offset) || h->magic != MAGIC ||
        h->length > (uint64_t)(size - offset) - sizeof *h) {
        return false;
    }
    char *at = kiji_buf_reserve(parcel, (size_t)h->length + 1);
    if (at == NULL || !read_at(s->fd, at, (size_t)h->length, offset + (off_t)sizeof *h) ||
        check_of(h, (kiji_str){at, (size_t)h->length}) != h->check) {
        return false;
    }
    parcel->len = before + (size_t)h->length;
    return true;
}

/* Learn what the file holds; cut off what is not whole. */
static kiji_status load(kiji_spool *s, off_t size, kiji_error *err)
{
    kiji_buf parcel = KIJI_BUF_INIT;
    head h;
    bool good = true;
    s->end = sizeof mark;
    while (good && read_parcel(s, s->end, size, &h, &parcel)) {
        kiji_buf_reset(&parcel);
        good = remember(s, h.key, s->end);
        s->end += (off_t)(sizeof h + h.length);
    }
    s->loaded = s->end;
    good = good && !parcel.failed;
    kiji_buf_clear(&parcel);
    if (!good) {
        return kiji_fail_memory(err);
    }
    return s->end == size || ftruncate(s->fd, s->end) == 0 ? KIJI_OK
                                                           : kiji_fail_errno(err, s->name, errno, "cannot be written");
}

static kiji_status put(kiji_spool *s, kiji_str bytes, kiji_error *err)
{
    for (size_t done = 0; done < bytes.len;) {
        const ssize_t wrote = pwrite(s->fd, bytes.ptr + done, bytes.len - done, s->end + (off_t)done);
        if (wrote < 0 && errno != EINTR) {
            return kiji_fail_errno(err, s->name, errno, "cannot be written");
        }
        done += wrote > 0 ? (size_t)wrote : 0;
    }
    s->end += (off_t)bytes.len;
    return KIJI_OK;
}

/*
 * An old spool that is ours alone, locked; *ours false: none, or something else of that name. Nothing else is opened:
 * others may write into the folder.
 */
static kiji_status open_old(kiji_spool *s, const kiji_spool_place *place, bool *ours, kiji_error *err)
{
    struct stat about;
    char first[sizeof mark];
    *ours = false;
    if (fstatat(place->folder, place->name, &about, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(about.st_mode)) {
        return KIJI_OK;
    }
    s->fd = openat(place->folder, place->name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (s->fd < 0 || fstat(s->fd, &about) != 0) {
        return kiji_fail_errno(err, s->name, errno, "cannot be written");
    }
    if (flock(s->fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        return kiji_fail(err, KIJI_EIO, s->name, KIJI_NO_OFFSET, "another kiji writes into this folder");
    }
    *ours = S_ISREG(about.st_mode) && about.st_nlink == 1 && read_at(s->fd, first, sizeof first, 0) &&
            memcmp(first, mark, sizeof mark) == 0;
    return KIJI_OK;
}

/* Gone on with, or begun: then what stands there, a link too, is replaced. */
static kiji_status begin(kiji_spool *s, const kiji_spool_place *place, bool resume, kiji_error *err)
{
    struct stat about;
    bool ours = false;
    const kiji_status status = open_old(s, place, &ours, err);
    if (status != KIJI_OK) {
        return status;
    }
    if (resume && ours) {
        return fstat(s->fd, &about) == 0 ? load(s, about.st_size, err) : kiji_fail_errno(err, s->name, errno, NULL);
    }
    if (s->fd >= 0) {
        (void)close(s->fd);
        s->fd = -1;
    }
    if (unlinkat(place->folder, place->name, 0) == 0 || errno == ENOENT) {
        s->fd = openat(place->folder, place->name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    }
    if (s->fd < 0 || (flock(s->fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)) {
        return kiji_fail_errno(err, s->name, errno, "cannot be written");
    }
    return put(s, (kiji_str){mark, sizeof mark}, err);
}

kiji_status kiji_spool_open(kiji_spool **out, const kiji_spool_place *place, bool resume, uint64_t settings,
                            kiji_error *err)
{
    *out = NULL;
    kiji_spool *s = kiji_alloc_zero(1, sizeof *s);
    if (s == NULL) {
        return kiji_fail_memory(err);
    }
    s->settings = settings;
    (void)snprintf(s->name, sizeof s->name, "%s/%s", place->path, place->name);
    s->fd = -1;
    const kiji_status status = begin(s, place, resume, err);
    if (status == KIJI_OK) {
        *out = s;
    } else {
        (void)kiji_spool_close(s, NULL);
    }
    return status;
}

bool kiji_spool_find(const kiji_spool *s, const kiji_origin *origin, kiji_buf *parcel, bool *found)
{
    head h;
    const size_t before = parcel->len;
    const uint64_t key = key_of(origin);
    const entry *slot = s->n_slots != 0 ? slot_of(s->slots, s->n_slots, key) : NULL;
    if (slot == NULL || slot->offset == 0 || !read_parcel(s, slot->offset, s->loaded, &h, parcel) ||
        h.settings != s->settings || h.nbytes != origin->nbytes || h.digest != origin->digest || h.lossy != 0) {
        parcel->len = before;
        return false;
    }
    *found = h.found != 0;
    return true;
}

kiji_status kiji_spool_add(kiji_spool *s, const kiji_origin *origin, kiji_str parcel, kiji_error *err)
{
    head h = {.magic = MAGIC,
              .found = origin->found,
              .lossy = origin->lossy,
              .settings = s->settings,
              .key = key_of(origin),
              .nbytes = origin->nbytes,
              .digest = origin->digest,
              .length = parcel.len};
    h.check = check_of(&h, parcel);
    kiji_buf_reset(&s->pending);
    kiji_buf_put(&s->pending, &h, sizeof h);
    kiji_buf_put(&s->pending, parcel.ptr, parcel.len);
    return s->pending.failed ? kiji_fail_memory(err) : put(s, (kiji_str){s->pending.ptr, s->pending.len}, err);
}

kiji_status kiji_spool_close(kiji_spool *s, kiji_error *err)
{
    kiji_status status = KIJI_OK;
    if (s == NULL) {
        return status;
    }
    if (s->fd >= 0 && (fsync(s->fd) != 0 || close(s->fd) != 0)) {
        status = kiji_fail_errno(err, s->name, errno, "cannot be written");
    }
    kiji_buf_clear(&s->pending);
    kiji_free(s->slots);
    kiji_free(s);
    return status;
}
