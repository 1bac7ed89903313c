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
#include "cli/opened.h"
#include "cli/walk.h"

#define KEEP        ((size_t)1024 * 1024) /* an item gives back more than this between articles */
#define LIST_NAME   ((size_t)64 * 1024)   /* longest name in a list */
#define LOOKED_INTO 16                    /* operands, before the run */

struct kiji_inputs {
    const kiji_options *options;
    size_t next; /* operand */
    /* From the outside in: a list of names, a folder, an open file; each is open while it has more to give. */
    kiji_lines list;
    kiji_walk walk;
    kiji_opened opened;
    kiji_buf list_name; /* for messages; followed by NUL */
    dev_t output_dev;   /* the regular file that is written */
    ino_t output_ino;
    bool output_known;
};

static bool is_output(const kiji_inputs *inputs, const struct stat *about)
{
    return inputs->output_known && S_ISREG(about->st_mode) && about->st_dev == inputs->output_dev &&
           about->st_ino == inputs->output_ino;
}

/* The file named by item->file, open as `fd` (taken over). */
static kiji_step begin_file(kiji_inputs *inputs, kiji_item *item, int fd, const struct stat *about)
{
    if (is_output(inputs, about)) {
        (void)close(fd);
        return kiji_item_refused(item, "is input and output");
    }
    return kiji_opened_begin(&inputs->opened, item, inputs->options, fd, about);
}

static kiji_step begin_folder(kiji_inputs *inputs, kiji_item *item)
{
    const kiji_status status = kiji_walk_open(&inputs->walk, item->file.ptr, &inputs->options->choice, &item->err);
    if (status != KIJI_OK) {
        kiji_walk_close(&inputs->walk);
        return KIJI_STEP_ITEM;
    }
    return KIJI_STEP_ON;
}

/* A name from the command line, a list or a folder. */
static kiji_step begin_name(kiji_inputs *inputs, kiji_item *item, const char *name, bool may_be_standard)
{
    struct stat about;
    kiji_name_set(&item->file, name, strlen(name));
    if (item->file.failed) {
        return kiji_item_failed(item, ENOMEM, NULL);
    }
    if (may_be_standard && strcmp(name, "-") == 0) {
        const int fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
        return fd >= 0 && fstat(fd, &about) == 0 ? begin_file(inputs, item, fd, &about)
                                                 : kiji_item_failed(item, errno, "cannot be read");
    }
    if (stat(name, &about) != 0) {
        return kiji_item_failed(item, errno, NULL);
    }
    if (S_ISDIR(about.st_mode)) {
        return begin_folder(inputs, item);
    }
    if (S_ISSOCK(about.st_mode)) {
        return kiji_item_refused(item, "is a socket");
    }
    const int fd = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0 || fstat(fd, &about) != 0) {
        const int reason = errno;
        if (fd >= 0) {
            (void)close(fd);
        }
        return reason == EINTR ? KIJI_STEP_END : kiji_item_failed(item, reason, NULL);
    }
    return begin_file(inputs, item, fd, &about);
}

static kiji_step next_in_folder(kiji_inputs *inputs, kiji_item *item)
{
    const char *path = NULL;
    const kiji_status status = kiji_walk_next(&path, &inputs->walk, &item->err);
    if (status != KIJI_OK) {
        kiji_name_set(&item->file, inputs->walk.path.ptr, inputs->walk.path.len);
        return KIJI_STEP_ITEM;
    }
    if (path == NULL) {
        kiji_walk_close(&inputs->walk);
        return KIJI_STEP_ON;
    }
    return begin_name(inputs, item, path, false);
}

static kiji_step next_in_list(kiji_inputs *inputs, kiji_item *item)
{
    kiji_str name = {NULL, 0};
    kiji_name_set(&item->file, inputs->list_name.ptr, inputs->list_name.len);
    const kiji_status status = kiji_lines_next(&name, &inputs->list, &item->err);
    if (status != KIJI_OK) {
        return KIJI_STEP_ITEM;
    }
    if (name.ptr == NULL) {
        kiji_lines_close(&inputs->list);
        return KIJI_STEP_ON;
    }
    if (name.len == 0) {
        return KIJI_STEP_ON;
    }
    if (memchr(name.ptr, '\0', name.len) != NULL) {
        return kiji_item_refused(item, "a name holds a NUL byte (see --files0-from)");
    }
    kiji_buf text = KIJI_BUF_INIT;
    kiji_name_set(&text, name.ptr, name.len);
    const kiji_step result =
        text.failed ? kiji_item_failed(item, ENOMEM, NULL) : begin_name(inputs, item, text.ptr, false);
    kiji_buf_clear(&text);
    return result;
}

/* No operand: standard input. */
static size_t operands(const kiji_options *options)
{
    return options->n_operands != 0 ? options->n_operands : 1;
}

static const kiji_operand *operand_at(const kiji_options *options, size_t i)
{
    static const kiji_operand standard = {KIJI_FROM_FILE, "-"};
    return options->n_operands != 0 ? &options->operands[i] : &standard;
}

static kiji_step next_operand(kiji_inputs *inputs, kiji_item *item)
{
    if (inputs->next == operands(inputs->options)) {
        return KIJI_STEP_END;
    }
    const kiji_operand *operand = operand_at(inputs->options, inputs->next++);
    if (operand->from == KIJI_FROM_FILE) {
        const kiji_step step = begin_name(inputs, item, operand->name, true);
        inputs->opened.looked = false;
        return step;
    }
    kiji_name_set(&item->file, operand->name, strlen(operand->name));
    kiji_name_set(&inputs->list_name, operand->name, strlen(operand->name));
    const bool standard_list = strcmp(operand->name, "-") == 0;
    const int fd =
        standard_list ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3) : open(operand->name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        return kiji_item_failed(item, errno, NULL);
    }
    kiji_lines_open(&inputs->list, fd, operand->from == KIJI_FROM_NUL ? '\0' : '\n', LIST_NAME);
    return KIJI_STEP_ON;
}

bool kiji_inputs_next(kiji_inputs *inputs, kiji_item *item)
{
    kiji_step now = KIJI_STEP_ON;
    while (now == KIJI_STEP_ON && !kiji_interrupt_seen()) {
        if (item->bytes.capacity > KEEP) {
            kiji_buf_clear(&item->bytes);
        }
        kiji_buf_reset(&item->bytes);
        item->line = 0;
        item->part = 0;
        item->markup = KIJI_MARKUP_NONE;
        item->charset[0] = '\0';
        kiji_buf_reset(&item->id);
        item->err.status = KIJI_OK;
        if (kiji_opened_has_more(&inputs->opened)) {
            now = kiji_opened_next(&inputs->opened, item);
        } else if (inputs->walk.depth != 0) {
            now = next_in_folder(inputs, item);
        } else if (inputs->list.fd >= 0) {
            now = next_in_list(inputs, item);
        } else {
            now = next_operand(inputs, item);
        }
    }
    return now == KIJI_STEP_ITEM;
}

unsigned kiji_inputs_look(kiji_inputs *inputs)
{
    const kiji_options *options = inputs->options;
    unsigned needs = options->n_operands > LOOKED_INTO ? KIJI_NEEDS_ALL : 0;
    for (size_t i = 0; i < operands(options) && needs != KIJI_NEEDS_ALL; i++) {
        const kiji_operand *operand = operand_at(options, i);
        if (operand->from != KIJI_FROM_FILE) {
            needs = KIJI_NEEDS_ALL;
        } else if (strcmp(operand->name, "-") != 0) {
            needs |= kiji_opened_needs(options, operand->name);
        } else {
            needs |= i == 0 ? kiji_opened_look(&inputs->opened, options, STDIN_FILENO) : KIJI_NEEDS_ALL;
        }
    }
    return needs;
}

bool kiji_inputs_are_many(const kiji_options *options)
{
    struct stat about;
    if (options->n_operands == 0) {
        return kiji_pieces_expected(options, "-") != KIJI_PIECES_NONE;
    }
    const kiji_operand *first = &options->operands[0];
    return options->n_operands > 1 || first->from != KIJI_FROM_FILE || kiji_opened_are_many(options, first->name) ||
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
    inputs->opened = (kiji_opened)KIJI_OPENED_INIT;
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
    kiji_opened_close(&inputs->opened);
    kiji_walk_close(&inputs->walk);
    kiji_lines_close(&inputs->list);
    kiji_buf_clear(&inputs->list_name);
    kiji_free(inputs);
}
