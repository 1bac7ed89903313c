#include "cli/report.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"

#define MOST_A_FILE 10
#define LONGEST     ((size_t)20 * 1024) /* bytes of a message: a longest name, all of it spelt \\x.. */

void kiji_report_init(kiji_report *report, bool quiet, kiji_progress *progress)
{
    *report = (kiji_report){.quiet = quiet, .progress = progress, .current = KIJI_BUF_INIT};
}

/* Characters that move the cursor, hide text or turn its direction. */
static bool is_unsafe(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF || c == 0x061C || (c >= 0xE0000 && c <= 0xE007F);
}

/* A message needs no memory of its own, since it may say that there is none; what is longer is cut. */
typedef struct message_line {
    size_t length;
    char text[LONGEST + 1]; /* one more for the newline */
} message_line;

static void put(message_line *to, const char *bytes, size_t nbytes)
{
    const size_t room = LONGEST - to->length;
    const size_t n = nbytes < room ? nbytes : room;
    memcpy(to->text + to->length, bytes, n);
    to->length += n;
}

static void put_text(message_line *to, const char *text)
{
    put(to, text, strlen(text));
}

static void put_number(message_line *to, const char *before, size_t number, const char *behind)
{
    char digits[32];
    (void)snprintf(digits, sizeof digits, "%zu", number);
    put_text(to, before);
    put_text(to, digits);
    put_text(to, behind);
}

/* The next character of `text` at `at`, or `code`, which then spells it; returns how many bytes it took. */
static size_t next_safe(kiji_str *out, char code[16], kiji_str text, size_t at)
{
    uint32_t c = 0;
    const size_t length = kiji_utf8_get(text, at, &c);
    if (length != 0 && !is_unsafe(c)) {
        *out = (kiji_str){text.ptr + at, length};
        return length;
    }
    if (length != 0 && c == '\n') {
        (void)snprintf(code, 16, "\\n");
    } else if (length > 1) {
        (void)snprintf(code, 16, "\\u%04lX", (unsigned long)c);
    } else {
        (void)snprintf(code, 16, "\\x%02X", (unsigned char)text.ptr[at]);
    }
    *out = (kiji_str){code, strlen(code)};
    return length > 1 ? length : 1;
}

void kiji_report_put_safe(kiji_buf *line, kiji_str text)
{
    char code[16];
    kiji_str piece = {NULL, 0};
    for (size_t at = 0; at < text.len;) {
        at += next_safe(&piece, code, text, at);
        kiji_buf_put(line, piece.ptr, piece.len);
    }
}

static void put_safe(message_line *to, kiji_str text)
{
    char code[16];
    kiji_str piece = {NULL, 0};
    for (size_t at = 0; at < text.len;) {
        at += next_safe(&piece, code, text, at);
        put(to, piece.ptr, piece.len);
    }
}

/* In one write, so that lines of several processes do not mix. */
static void print(message_line *from)
{
    from->text[from->length] = '\n';
    size_t done = 0;
    while (done < from->length + 1) {
        const ssize_t wrote = write(STDERR_FILENO, from->text + done, from->length + 1 - done);
        if (wrote < 0 && errno != EINTR) {
            break;
        }
        done += wrote > 0 ? (size_t)wrote : 0;
    }
}

static void print_rest(kiji_report *report)
{
    if (report->n_current > MOST_A_FILE && !report->verbose) {
        kiji_progress_hide(report->progress);
        message_line line;
        line.length = 0;
        put_text(&line, "kiji: ");
        put_safe(&line, (kiji_str){report->current.ptr, report->current.len});
        put_number(&line, ": ", report->n_current - MOST_A_FILE, " more messages");
        print(&line);
    }
    report->n_current = 0;
}

/* Whether one more message about this file is printed. */
static bool count(kiji_report *report, kiji_str file)
{
    if (report->current.len != file.len || (file.len != 0 && memcmp(report->current.ptr, file.ptr, file.len) != 0)) {
        print_rest(report);
        kiji_buf_reset(&report->current);
        kiji_buf_put(&report->current, file.ptr, file.len);
    }
    return report->n_current++ < MOST_A_FILE || report->verbose;
}

static void message(kiji_report *report, kiji_place place, size_t byte_at, const char *text)
{
    if (!count(report, place.file)) {
        return;
    }
    kiji_progress_hide(report->progress);
    message_line line;
    line.length = 0;
    put_text(&line, "kiji: ");
    put_safe(&line, place.file);
    if (place.line != 0) {
        put_number(&line, ": line ", place.line, "");
    }
    if (place.part != 0) {
        put_number(&line, ": article ", place.part, "");
    }
    if (byte_at != KIJI_NO_OFFSET) {
        put_number(&line, ": byte ", byte_at, "");
    }
    put_text(&line, ": ");
    put_safe(&line, (kiji_str){text, strlen(text)});
    print(&line);
}

void kiji_report_error(kiji_report *report, kiji_place place, const kiji_error *err)
{
    report->failed = true;
    message(report, place, err->byte_at, err->text);
}

void kiji_report_warning(kiji_report *report, kiji_place place, const char *text)
{
    if (!report->quiet) {
        message(report, place, KIJI_NO_OFFSET, text);
    }
}

void kiji_report_fatal(const kiji_error *err, const char *advice)
{
    message_line line;
    line.length = 0;
    put_text(&line, "kiji: ");
    if (err->source[0] != '\0') {
        put_safe(&line, (kiji_str){err->source, strlen(err->source)});
        put_text(&line, ": ");
    }
    if (err->byte_at != KIJI_NO_OFFSET) {
        put_number(&line, "byte ", err->byte_at, ": ");
    }
    put_safe(&line, (kiji_str){err->text, strlen(err->text)});
    put_text(&line, advice != NULL ? advice : "");
    print(&line);
}

void kiji_report_note(kiji_report *report, kiji_str text)
{
    kiji_progress_hide(report->progress);
    message_line line;
    line.length = 0;
    put_text(&line, "kiji: ");
    put_safe(&line, text);
    print(&line);
}

void kiji_report_table(kiji_report *report, kiji_str lines)
{
    kiji_progress_hide(report->progress);
    message_line line;
    line.length = 0;
    put(&line, lines.ptr, lines.len != 0 ? lines.len - 1 : 0);
    print(&line);
}

void kiji_report_end(kiji_report *report)
{
    print_rest(report);
    kiji_buf_clear(&report->current);
}
