#include "cli/opened.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/status.h"
#include "cli/interrupt.h"
#include "cli/split.h"

#define BLOCK ((size_t)64 * 1024)
#define BOM   "\xEF\xBB\xBF"

#define COMPRESSED_HEAD ((size_t)6) /* the longest mark of a compressed file: xz */

static kiji_status read_fd(int fd, char *at, size_t room, size_t *got, kiji_error *err)
{
    ssize_t length = -1;
    do {
        length = read(fd, at, room);
    } while (length < 0 && errno == EINTR && !kiji_interrupt_seen());
    *got = length > 0 ? (size_t)length : 0;
    return length >= 0 || errno == EINTR ? KIJI_OK : kiji_fail_errno(err, NULL, errno, "cannot be read");
}

/* A kiji_reader's `read`: the head first, then the file. */
static kiji_status read_file(void *from, char *at, size_t room, size_t *got, kiji_error *err)
{
    kiji_opened *opened = from;
    const size_t rest = opened->n_head - opened->head_given;
    if (rest == 0) {
        return read_fd(opened->fd, at, room, got, err);
    }
    *got = rest < room ? rest : room;
    memcpy(at, opened->head + opened->head_given, *got);
    opened->head_given += *got;
    return KIJI_OK;
}

/*
 * The first bytes of the file, at least `least` of them (a tar shows itself late). Lines may come one by one through a
 * pipe and are not waited for: a compressed file shows itself in its first bytes.
 */
static kiji_status read_head(kiji_opened *opened, size_t least, kiji_error *err)
{
    size_t got = 1;
    kiji_status status = KIJI_OK;
    opened->n_head = 0;
    opened->head_given = 0;
    while (status == KIJI_OK && got != 0 && opened->n_head < least) {
        status = read_fd(opened->fd, opened->head + opened->n_head, sizeof opened->head - opened->n_head, &got, err);
        opened->n_head += got;
    }
    return status;
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

/* "news.jsonl", and "news.jsonl.gz", too. */
static bool holds_records(const kiji_options *options, const char *name)
{
    static const char ending[] = ".jsonl";
    const size_t tail = sizeof ending - 1;
    const size_t length = kiji_kind_bare_name(name);
    const bool by_name = length > tail && memcmp(name + length - tail, ending, tail) == 0;
    return options->input == KIJI_INPUT_JSONL || (options->input != KIJI_INPUT_TEXT && by_name);
}

/* The bytes of opened->name: one article, or lines. */
static kiji_step begin_bytes(kiji_opened *opened, kiji_item *item, const kiji_reader *reader, size_t expected)
{
    kiji_name_set(&item->file, opened->name.ptr, opened->name.len);
    if (holds_records(opened->options, opened->name.ptr)) {
        kiji_lines_over(&opened->records, reader, '\n', opened->options->max_size);
        opened->cutting = false;
        return KIJI_STEP_ON;
    }
    if (opened->options->split != KIJI_SPLIT_NONE) {
        const char delimiter = kiji_split_delimiter(opened->options->split);
        kiji_lines_over(&opened->records, reader, delimiter, opened->options->max_size);
        opened->cutting = true;
        opened->n_parts = 0;
        return KIJI_STEP_ON;
    }
    return read_whole(item, reader, expected, opened->options->max_size);
}

kiji_step kiji_opened_begin(kiji_opened *opened, kiji_item *item, const kiji_options *options, int fd,
                            const struct stat *about)
{
    opened->options = options;
    opened->fd = fd;
    kiji_step result = KIJI_STEP_ITEM;
    const bool pieces = holds_records(options, item->file.ptr) || options->split != KIJI_SPLIT_NONE;
    const size_t least = pieces ? COMPRESSED_HEAD : sizeof opened->head;
    kiji_name_set(&opened->file, item->file.ptr, item->file.len);
    kiji_name_set(&opened->name, item->file.ptr, item->file.len);
    if (opened->file.failed || opened->name.failed) {
        result = kiji_item_failed(item, ENOMEM, NULL);
    } else if (read_head(opened, least, &item->err) == KIJI_OK) {
        const kiji_reader reader = {read_file, opened};
        const kiji_kind kind = kiji_kind_of((kiji_str){opened->head, opened->n_head});
        if (kind == KIJI_KIND_ARCHIVE || options->input == KIJI_INPUT_ARCHIVE) {
            result =
                kiji_archive_open(&opened->archive, &reader, &item->err) == KIJI_OK ? KIJI_STEP_ON : KIJI_STEP_ITEM;
        } else {
            const size_t size = S_ISREG(about->st_mode) && about->st_size > 0 ? (size_t)about->st_size : 0;
            result = begin_bytes(opened, item, &reader, size <= options->max_size ? size : options->max_size);
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
    return begin_bytes(opened, item, &reader, 0);
}

static kiji_step next_part(kiji_opened *opened, kiji_item *item)
{
    bool more = false;
    kiji_name_set(&item->file, opened->name.ptr, opened->name.len);
    const kiji_status status =
        kiji_split_next(&more, &item->bytes, &opened->records, opened->options->split, &item->err);
    if (!more || (status == KIJI_OK && kiji_interrupt_seen())) {
        kiji_lines_close(&opened->records);
        return KIJI_STEP_ON;
    }
    item->part = ++opened->n_parts;
    return KIJI_STEP_ITEM;
}

static kiji_step next_record(kiji_opened *opened, kiji_item *item)
{
    kiji_lines *records = &opened->records;
    kiji_str line = {NULL, 0};
    kiji_name_set(&item->file, opened->name.ptr, opened->name.len);
    const kiji_status status = kiji_lines_next(&line, records, &item->err);
    if (status == KIJI_OK && line.ptr == NULL) {
        kiji_lines_close(records);
        return KIJI_STEP_ON;
    }
    if (records->number == 1 && line.len >= strlen(BOM) && memcmp(line.ptr, BOM, strlen(BOM)) == 0) {
        line.ptr += strlen(BOM);
        line.len -= strlen(BOM);
    }
    item->line = line.ptr != NULL ? records->number : 0;
    if (status != KIJI_OK) {
        return KIJI_STEP_ITEM;
    }
    size_t blanks = 0;
    while (blanks < line.len && strchr(" \t\r", line.ptr[blanks]) != NULL && line.ptr[blanks] != '\0') {
        blanks++;
    }
    if (blanks == line.len) {
        return KIJI_STEP_ON;
    }
    kiji_buf_put(&item->bytes, line.ptr, line.len);
    return item->bytes.failed ? kiji_item_failed(item, ENOMEM, NULL) : KIJI_STEP_ITEM;
}

bool kiji_opened_has_more(const kiji_opened *opened)
{
    return opened->fd >= 0;
}

kiji_step kiji_opened_next(kiji_opened *opened, kiji_item *item)
{
    if (kiji_lines_are_open(&opened->records)) {
        const kiji_step result = opened->cutting ? next_part(opened, item) : next_record(opened, item);
        if (result == KIJI_STEP_ON && !kiji_lines_are_open(&opened->records) && opened->archive == NULL) {
            kiji_opened_close(opened);
        }
        return result;
    }
    return next_entry(opened, item);
}

bool kiji_opened_are_many(const kiji_options *options, const char *name)
{
    static const char *const endings[] = {".tar", ".tgz", ".zip"};
    const size_t length = kiji_kind_bare_name(name);
    bool many =
        options->split != KIJI_SPLIT_NONE || holds_records(options, name) || options->input == KIJI_INPUT_ARCHIVE;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        many |= length > 4 && memcmp(name + length - 4, endings[i], 4) == 0;
    }
    return many;
}

bool kiji_opened_may_be_archive(const kiji_options *options, const char *name)
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
    return options->input == KIJI_INPUT_ARCHIVE || got < 0 ||
           kiji_kind_of((kiji_str){head, (size_t)got}) == KIJI_KIND_ARCHIVE;
}

void kiji_opened_close(kiji_opened *opened)
{
    kiji_lines_close(&opened->records);
    kiji_archive_close(opened->archive);
    opened->archive = NULL;
    if (opened->fd >= 0) {
        (void)close(opened->fd);
    }
    opened->fd = -1;
    kiji_buf_clear(&opened->file);
    kiji_buf_clear(&opened->name);
}
