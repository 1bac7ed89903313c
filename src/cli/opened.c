#include "cli/opened.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/status.h"
#include "cli/interrupt.h"

#define BLOCK ((size_t)64 * 1024)

#define COMPRESSED_HEAD ((size_t)6) /* the longest mark of a compressed file: xz */

/* A kiji_reader's `read`. */
static kiji_status read_file(void *from, char *at, size_t room, size_t *got, kiji_error *err)
{
    const kiji_opened *opened = from;
    ssize_t length = -1;
    do {
        length = read(opened->fd, at, room);
    } while (length < 0 && errno == EINTR && !kiji_interrupt_seen());
    *got = length > 0 ? (size_t)length : 0;
    return length >= 0 || errno == EINTR ? KIJI_OK : kiji_fail_errno(err, NULL, errno, "cannot be read");
}

/* All that the reader gives into item->bytes; `expected` bytes are a hint, since files grow and shrink. */
static kiji_step read_whole(kiji_item *item, const kiji_reader *reader, size_t expected, size_t most)
{
    while (true) {
        const size_t room = expected > item->bytes.len ? expected - item->bytes.len + 1 : BLOCK;
        char *at = kiji_buf_reserve(&item->bytes, room);
        if (at == NULL) {
            return kiji_item_failed(item, ENOMEM, NULL);
        }
        size_t got = 0;
        if (reader->read(reader->from, at, room, &got, &item->err) != KIJI_OK) {
            return KIJI_STEP_ITEM;
        }
        if (got == 0) {
            return kiji_interrupt_seen() ? KIJI_STEP_END : KIJI_STEP_ITEM;
        }
        item->bytes.len += got;
        if (item->bytes.len > most) {
            (void)kiji_fail(&item->err, KIJI_ELIMIT, NULL, KIJI_NO_OFFSET, "larger than %zu bytes (see --max-size)",
                            most);
            return KIJI_STEP_ITEM;
        }
    }
}

/* The bytes of opened->name behind their first ones: one article, or several. */
static kiji_step begin_bytes(kiji_opened *opened, kiji_item *item, kiji_peek *peek, size_t expected)
{
    const kiji_options *options = opened->options;
    const kiji_reader reader = {kiji_peek_read, peek};
    kiji_pieces_kind kind = kiji_pieces_expected(options, opened->name.ptr);
    kiji_name_set(&item->file, opened->name.ptr, opened->name.len);
    if (kind == KIJI_PIECES_NONE && (options->input == KIJI_INPUT_BY_NAME || options->input == KIJI_INPUT_ARCHIVE)) {
        const kiji_kind seen = kiji_kind_of(kiji_peek_head(peek));
        kind = seen == KIJI_KIND_FEED ? KIJI_PIECES_FEED : seen == KIJI_KIND_WARC ? KIJI_PIECES_WARC : kind;
    }
    if (kind == KIJI_PIECES_NONE) {
        return read_whole(item, &reader, expected, options->max_size);
    }
    const kiji_status status = kiji_pieces_open(&opened->pieces, kind, options, &reader, &item->err);
    return status == KIJI_OK ? KIJI_STEP_ON : KIJI_STEP_ITEM;
}

/* Lines may come one by one through a pipe and are not waited for: what is compressed shows itself at once. */
static size_t least_head(const kiji_options *options, const char *name)
{
    return kiji_pieces_expected(options, name) != KIJI_PIECES_NONE ? COMPRESSED_HEAD : KIJI_KIND_HEAD;
}

kiji_step kiji_opened_begin(kiji_opened *opened, kiji_item *item, const kiji_options *options, int fd,
                            const struct stat *about)
{
    opened->options = options;
    opened->fd = fd;
    kiji_step result = KIJI_STEP_ITEM;
    const bool looked = opened->looked;
    const kiji_reader file = {read_file, opened};
    kiji_name_set(&opened->file, item->file.ptr, item->file.len);
    kiji_name_set(&opened->name, item->file.ptr, item->file.len);
    if (opened->file.failed || opened->name.failed) {
        result = kiji_item_failed(item, ENOMEM, NULL);
    } else if (looked ||
               kiji_peek_begin(&opened->whole, &file, least_head(options, item->file.ptr), &item->err) == KIJI_OK) {
        const kiji_reader reader = {kiji_peek_read, &opened->whole};
        const kiji_kind kind = kiji_kind_of(kiji_peek_head(&opened->whole));
        if (kind == KIJI_KIND_ARCHIVE || options->input == KIJI_INPUT_ARCHIVE) {
            result =
                kiji_archive_open(&opened->archive, &reader, &item->err) == KIJI_OK ? KIJI_STEP_ON : KIJI_STEP_ITEM;
        } else {
            const size_t size = S_ISREG(about->st_mode) && about->st_size > 0 ? (size_t)about->st_size : 0;
            result = begin_bytes(opened, item, &opened->whole, size <= options->max_size ? size : options->max_size);
        }
    }
    if (result != KIJI_STEP_ON) {
        kiji_opened_close(opened);
    }
    return result;
}

/* Whether a part of the name begins with a dot, as hidden files do ("." and ".." are no such). */
static bool is_hidden(const char *name)
{
    for (const char *part = name; part != NULL; part = strchr(part, '/')) {
        part += *part == '/';
        const size_t length = strcspn(part, "/");
        if (part[0] == '.' && length > 1 && !(length == 2 && part[1] == '.')) {
            return true;
        }
    }
    return false;
}

static kiji_step next_entry(kiji_opened *opened, kiji_item *item)
{
    const char *name = NULL;
    const kiji_reader reader = {kiji_archive_read, opened->archive};
    kiji_name_set(&item->file, opened->file.ptr, opened->file.len);
    if (kiji_archive_next(&name, opened->archive, &item->err) != KIJI_OK) {
        kiji_opened_close(opened);
        return KIJI_STEP_ITEM;
    }
    if (name == NULL) {
        kiji_opened_close(opened);
        return KIJI_STEP_ON;
    }
    kiji_name_set(&opened->name, opened->file.ptr, opened->file.len);
    if (name[0] != '\0') {
        if (is_hidden(name) || !kiji_choice_takes(&opened->options->choice, "", name)) {
            return KIJI_STEP_ON;
        }
        kiji_buf_putc(&opened->name, '!');
        kiji_buf_put(&opened->name, name, strlen(name) + 1);
        opened->name.len -= opened->name.failed ? 0 : 1;
    }
    if (opened->name.failed) {
        return kiji_item_failed(item, ENOMEM, NULL);
    }
    const size_t least =
        kiji_pieces_expected(opened->options, opened->name.ptr) != KIJI_PIECES_NONE ? 0 : KIJI_KIND_HEAD;
    if (kiji_peek_begin(&opened->entry, &reader, least, &item->err) != KIJI_OK) {
        kiji_name_set(&item->file, opened->name.ptr, opened->name.len);
        return KIJI_STEP_ITEM;
    }
    const bool alone = name[0] == '\0';
    const kiji_step result = begin_bytes(opened, item, &opened->entry, 0);
    if (alone && result == KIJI_STEP_ITEM && item->err.status != KIJI_OK) {
        kiji_opened_close(opened); /* nothing else comes, and what is left may be a bomb */
    }
    return result;
}

bool kiji_opened_has_more(const kiji_opened *opened)
{
    return opened->fd >= 0;
}

kiji_step kiji_opened_next(kiji_opened *opened, kiji_item *item)
{
    if (opened->pieces.kind != KIJI_PIECES_NONE) {
        kiji_name_set(&item->file, opened->name.ptr, opened->name.len);
        const kiji_step result = kiji_pieces_next(&opened->pieces, item);
        if (opened->pieces.kind == KIJI_PIECES_NONE && opened->archive == NULL) {
            kiji_opened_close(opened);
        }
        return result;
    }
    return next_entry(opened, item);
}

bool kiji_opened_are_many(const kiji_options *options, const char *name)
{
    static const char *const endings[] = {".tar", ".tgz", ".zip", ".warc"};
    const size_t length = kiji_kind_bare_name(name);
    bool many = kiji_pieces_expected(options, name) != KIJI_PIECES_NONE || options->input == KIJI_INPUT_ARCHIVE;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        const size_t tail = strlen(endings[i]);
        many |= length > tail && memcmp(name + length - tail, endings[i], tail) == 0;
    }
    return many;
}

/* By the options, else by the first bytes. */
static unsigned needs_of(const kiji_options *options, kiji_str head)
{
    const unsigned needs = kiji_needs_of(head);
    switch (options->input) {
    case KIJI_INPUT_ARCHIVE:
        return KIJI_NEEDS_ALL;
    case KIJI_INPUT_FEED:
        return needs | KIJI_NEEDS_FEEDS | KIJI_NEEDS_PAGES;
    case KIJI_INPUT_HTML:
    case KIJI_INPUT_WARC:
        return needs | KIJI_NEEDS_PAGES;
    case KIJI_INPUT_BY_NAME:
    case KIJI_INPUT_TEXT:
    case KIJI_INPUT_JSONL:
        break;
    }
    return needs;
}

unsigned kiji_opened_needs(const kiji_options *options, const char *name)
{
    char head[KIJI_KIND_HEAD];
    struct stat about;
    /* A FIFO must not be opened twice: its writer would take the first reader for the only one. */
    const bool plain = stat(name, &about) == 0 && S_ISREG(about.st_mode);
    const int fd = plain ? open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY) : -1;
    ssize_t got = -1;
    if (fd >= 0) {
        got = read(fd, head, sizeof head);
        (void)close(fd);
    }
    return got >= 0 ? needs_of(options, (kiji_str){head, (size_t)got}) : KIJI_NEEDS_ALL;
}

unsigned kiji_opened_look(kiji_opened *opened, const kiji_options *options, int fd)
{
    const kiji_reader file = {read_file, opened};
    kiji_error err; /* what cannot be read now cannot be read later */
    opened->fd = fd;
    (void)kiji_peek_begin(&opened->whole, &file, least_head(options, "-"), &err);
    opened->fd = -1;
    opened->looked = true;
    return needs_of(options, kiji_peek_head(&opened->whole));
}

void kiji_opened_close(kiji_opened *opened)
{
    kiji_pieces_close(&opened->pieces);
    kiji_archive_close(opened->archive);
    opened->archive = NULL;
    if (opened->fd >= 0) {
        (void)close(opened->fd);
    }
    opened->fd = -1;
    kiji_buf_clear(&opened->file);
    kiji_buf_clear(&opened->name);
}
