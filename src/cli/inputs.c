#include "cli/inputs.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/status.h"
#include "cli/interrupt.h"
#include "cli/lines.h"
#include "cli/walk.h"

#define BLOCK     ((size_t)64 * 1024)
#define KEEP      ((size_t)1024 * 1024) /* an item gives back more than this between articles */
#define BOM       "\xEF\xBB\xBF"
#define LIST_NAME ((size_t)64 * 1024) /* longest name in a list */

struct kiji_inputs {
    const kiji_options *options;
    size_t next; /* operand */
    /* From the outside in: a list of names, a folder, a file of records; each is open while it has more to give. */
    kiji_lines list;
    kiji_walk walk;
    kiji_lines records;
    kiji_buf list_name, records_name; /* for messages; followed by NUL */
    dev_t output_dev;                 /* the regular file that is written */
    ino_t output_ino;
    bool output_known;
};

/* What an attempt to get on came to. */
typedef enum step {
    STEP_ITEM, /* the item is filled, or says what failed */
    STEP_ON,   /* something was opened: look again */
    STEP_END
} step;

static void set_name(kiji_buf *name, const char *text, size_t length)
{
    kiji_buf_reset(name);
    kiji_buf_put(name, text, length);
    kiji_buf_putc(name, '\0');
    name->len -= name->failed ? 0 : 1;
}

static bool is_output(const kiji_inputs *inputs, const struct stat *about)
{
    return inputs->output_known && S_ISREG(about->st_mode) && about->st_dev == inputs->output_dev &&
           about->st_ino == inputs->output_ino;
}

static step failed(kiji_item *item, int sys_errno, const char *what)
{
    if (sys_errno == ENOMEM) {
        (void)kiji_fail_memory(&item->err);
    } else {
        (void)kiji_fail_errno(&item->err, NULL, sys_errno, what);
    }
    return STEP_ITEM;
}

static step refused(kiji_item *item, const char *reason)
{
    (void)kiji_fail(&item->err, KIJI_EINPUT, NULL, KIJI_NO_OFFSET, "%s", reason);
    return STEP_ITEM;
}

/* All of an open file into item->bytes; `expected` bytes are a hint, since files grow and shrink. */
static step read_whole(kiji_item *item, int fd, size_t expected, size_t most)
{
    while (true) {
        const size_t room = expected > item->bytes.len ? expected - item->bytes.len + 1 : BLOCK;
        char *at = kiji_buf_reserve(&item->bytes, room);
        if (at == NULL) {
            return failed(item, ENOMEM, NULL);
        }
        const ssize_t got = read(fd, at, room);
        if (got == 0) {
            return kiji_interrupt_seen() ? STEP_END : STEP_ITEM; /* cut short: whoever wrote it was interrupted too */
        }
        if (got < 0 && (errno != EINTR || kiji_interrupt_seen())) {
            return errno == EINTR ? STEP_END : failed(item, errno, "cannot be read");
        }
        item->bytes.len += got > 0 ? (size_t)got : 0;
        if (item->bytes.len > most) {
            (void)kiji_fail(&item->err, KIJI_ELIMIT, NULL, KIJI_NO_OFFSET, "larger than %zu bytes (see --max-size)",
                            most);
            return STEP_ITEM;
        }
    }
}

static bool holds_records(const kiji_options *options, const char *name)
{
    return options->input == KIJI_INPUT_JSONL ||
           (options->input == KIJI_INPUT_BY_NAME && kiji_walk_has_extension(name, "jsonl"));
}

/* The file named by item->file, open as `fd` (closed here or taken over). */
static step begin_file(kiji_inputs *inputs, kiji_item *item, int fd, const struct stat *about)
{
    const kiji_options *options = inputs->options;
    step result = STEP_ITEM;
    if (is_output(inputs, about)) {
        result = refused(item, "is input and output");
    } else if (holds_records(options, item->file.ptr)) {
        set_name(&inputs->records_name, item->file.ptr, item->file.len);
        kiji_lines_open(&inputs->records, fd, '\n', options->max_size);
        return STEP_ON;
    } else {
        size_t expected = 0;
        if (S_ISREG(about->st_mode) && about->st_size > 0) {
            expected = (uintmax_t)about->st_size <= options->max_size ? (size_t)about->st_size : options->max_size;
        }
        result = read_whole(item, fd, expected, options->max_size);
    }
    (void)close(fd);
    return result;
}

static step begin_folder(kiji_inputs *inputs, kiji_item *item)
{
    const kiji_status status = kiji_walk_open(&inputs->walk, item->file.ptr, inputs->options->extensions, &item->err);
    if (status != KIJI_OK) {
        kiji_walk_close(&inputs->walk);
        return STEP_ITEM;
    }
    return STEP_ON;
}

/* A name from the command line, a list or a folder. */
static step begin_name(kiji_inputs *inputs, kiji_item *item, const char *name, bool may_be_standard)
{
    struct stat about;
    set_name(&item->file, name, strlen(name));
    if (item->file.failed) {
        return failed(item, ENOMEM, NULL);
    }
    if (may_be_standard && strcmp(name, "-") == 0) {
        const int fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
        return fd >= 0 && fstat(fd, &about) == 0 ? begin_file(inputs, item, fd, &about)
                                                 : failed(item, errno, "cannot be read");
    }
    if (stat(name, &about) != 0) {
        return failed(item, errno, NULL);
    }
    if (S_ISDIR(about.st_mode)) {
        return begin_folder(inputs, item);
    }
    if (S_ISSOCK(about.st_mode)) {
        return refused(item, "is a socket");
    }
    const int fd = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0 || fstat(fd, &about) != 0) {
        const int reason = errno;
        if (fd >= 0) {
            (void)close(fd);
        }
        return reason == EINTR ? STEP_END : failed(item, reason, NULL);
    }
    return begin_file(inputs, item, fd, &about);
}

static step next_record(kiji_inputs *inputs, kiji_item *item)
{
    kiji_lines *records = &inputs->records;
    kiji_str line = {NULL, 0};
    set_name(&item->file, inputs->records_name.ptr, inputs->records_name.len);
    const kiji_status status = kiji_lines_next(&line, records, &item->err);
    if (status == KIJI_OK && line.ptr == NULL) {
        kiji_lines_close(records);
        return STEP_ON;
    }
    if (records->number == 1 && line.len >= strlen(BOM) && memcmp(line.ptr, BOM, strlen(BOM)) == 0) {
        line.ptr += strlen(BOM);
        line.len -= strlen(BOM);
    }
    item->line = line.ptr != NULL ? records->number : 0;
    if (status != KIJI_OK) {
        return STEP_ITEM;
    }
    size_t blanks = 0;
    while (blanks < line.len && strchr(" \t\r", line.ptr[blanks]) != NULL && line.ptr[blanks] != '\0') {
        blanks++;
    }
    if (blanks == line.len) {
        return STEP_ON;
    }
    kiji_buf_put(&item->bytes, line.ptr, line.len);
    return item->bytes.failed ? failed(item, ENOMEM, NULL) : STEP_ITEM;
}

static step next_in_folder(kiji_inputs *inputs, kiji_item *item)
{
    const char *path = NULL;
    const kiji_status status = kiji_walk_next(&path, &inputs->walk, &item->err);
    if (status != KIJI_OK) {
        set_name(&item->file, inputs->walk.path.ptr, inputs->walk.path.len);
        return STEP_ITEM;
    }
    if (path == NULL) {
        kiji_walk_close(&inputs->walk);
        return STEP_ON;
    }
    return begin_name(inputs, item, path, false);
}

static step next_in_list(kiji_inputs *inputs, kiji_item *item)
{
    kiji_str name = {NULL, 0};
    set_name(&item->file, inputs->list_name.ptr, inputs->list_name.len);
    const kiji_status status = kiji_lines_next(&name, &inputs->list, &item->err);
    if (status != KIJI_OK) {
        return STEP_ITEM;
    }
    if (name.ptr == NULL) {
        kiji_lines_close(&inputs->list);
        return STEP_ON;
    }
    if (name.len == 0) {
        return STEP_ON;
    }
    if (memchr(name.ptr, '\0', name.len) != NULL) {
        return refused(item, "a name holds a NUL byte (see --files0-from)");
    }
    kiji_buf text = KIJI_BUF_INIT;
    set_name(&text, name.ptr, name.len);
    const step result = text.failed ? failed(item, ENOMEM, NULL) : begin_name(inputs, item, text.ptr, false);
    kiji_buf_clear(&text);
    return result;
}

static step next_operand(kiji_inputs *inputs, kiji_item *item)
{
    static const kiji_operand standard = {KIJI_FROM_FILE, "-"};
    const kiji_options *options = inputs->options;
    const size_t count = options->n_operands != 0 ? options->n_operands : 1;
    if (inputs->next == count) {
        return STEP_END;
    }
    const kiji_operand *operand = options->n_operands != 0 ? &options->operands[inputs->next] : &standard;
    inputs->next++;
    if (operand->from == KIJI_FROM_FILE) {
        return begin_name(inputs, item, operand->name, true);
    }
    set_name(&item->file, operand->name, strlen(operand->name));
    set_name(&inputs->list_name, operand->name, strlen(operand->name));
    const bool standard_list = strcmp(operand->name, "-") == 0;
    const int fd =
        standard_list ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3) : open(operand->name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        return failed(item, errno, NULL);
    }
    kiji_lines_open(&inputs->list, fd, operand->from == KIJI_FROM_NUL ? '\0' : '\n', LIST_NAME);
    return STEP_ON;
}

bool kiji_inputs_next(kiji_inputs *inputs, kiji_item *item)
{
    step now = STEP_ON;
    while (now == STEP_ON && !kiji_interrupt_seen()) {
        if (item->bytes.capacity > KEEP) {
            kiji_buf_clear(&item->bytes);
        }
        kiji_buf_reset(&item->bytes);
        item->line = 0;
        item->err.status = KIJI_OK;
        if (inputs->records.fd >= 0) {
            now = next_record(inputs, item);
        } else if (inputs->walk.depth != 0) {
            now = next_in_folder(inputs, item);
        } else if (inputs->list.fd >= 0) {
            now = next_in_list(inputs, item);
        } else {
            now = next_operand(inputs, item);
        }
    }
    return now == STEP_ITEM;
}

bool kiji_inputs_are_many(const kiji_options *options)
{
    struct stat about;
    if (options->n_operands == 0) {
        return options->input == KIJI_INPUT_JSONL;
    }
    const kiji_operand *first = &options->operands[0];
    return options->n_operands > 1 || first->from != KIJI_FROM_FILE || holds_records(options, first->name) ||
           (stat(first->name, &about) == 0 && S_ISDIR(about.st_mode));
}

static kiji_status refuse_output(const kiji_inputs *inputs, kiji_error *err)
{
    const kiji_options *options = inputs->options;
    for (size_t i = 0; i < options->n_operands; i++) {
        struct stat about;
        if (stat(options->operands[i].name, &about) == 0 && is_output(inputs, &about)) {
            return kiji_fail(err, KIJI_EUSAGE, options->operands[i].name, KIJI_NO_OFFSET, "is input and output");
        }
    }
    return KIJI_OK;
}

kiji_status kiji_inputs_open(kiji_inputs **out, const kiji_options *options, kiji_error *err)
{
    *out = NULL;
    kiji_inputs *inputs = kiji_alloc_zero(1, sizeof *inputs);
    if (inputs == NULL) {
        return kiji_fail_memory(err);
    }
    inputs->options = options;
    inputs->list.fd = -1;
    inputs->records.fd = -1;
    struct stat output;
    const int known = options->output != NULL ? stat(options->output, &output) : fstat(STDOUT_FILENO, &output);
    if (known == 0 && S_ISREG(output.st_mode)) {
        inputs->output_known = true;
        inputs->output_dev = output.st_dev;
        inputs->output_ino = output.st_ino;
    }
    const kiji_status status = refuse_output(inputs, err);
    if (status == KIJI_OK) {
        *out = inputs;
    } else {
        kiji_inputs_close(inputs);
    }
    return status;
}

void kiji_inputs_close(kiji_inputs *inputs)
{
    if (inputs == NULL) {
        return;
    }
    kiji_lines_close(&inputs->records);
    kiji_walk_close(&inputs->walk);
    kiji_lines_close(&inputs->list);
    kiji_buf_clear(&inputs->list_name);
    kiji_buf_clear(&inputs->records_name);
    kiji_free(inputs);
}

void kiji_item_clear(kiji_item *item)
{
    kiji_buf_clear(&item->file);
    kiji_buf_clear(&item->bytes);
}
