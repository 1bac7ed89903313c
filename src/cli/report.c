#include "cli/report.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"

#define MOST_A_FILE 10

void kiji_report_init(kiji_report *report, bool quiet)
{
    *report = (kiji_report){.quiet = quiet, .current = KIJI_BUF_INIT};
}

/* Characters that move the cursor, hide text or turn its direction. */
static bool is_unsafe(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

void kiji_report_put_safe(kiji_buf *line, kiji_str text)
{
    uint32_t c = 0;
    size_t length = 0;
    for (size_t at = 0; at < text.len; at += length) {
        length = kiji_utf8_get(text, at, &c);
        if (length != 0 && !is_unsafe(c)) {
            kiji_buf_put(line, text.ptr + at, length);
        } else if (length != 0 && c == '\n') {
            kiji_buf_puts(line, "\\n");
        } else if (length > 1) {
            kiji_buf_printf(line, "\\u%04lX", (unsigned long)c);
        } else {
            length = 1;
            kiji_buf_printf(line, "\\x%02X", (unsigned char)text.ptr[at]);
        }
    }
}

/* In one write, so that lines of several processes do not mix. */
static void print(kiji_buf *line)
{
    kiji_buf_putc(line, '\n');
    size_t done = 0;
    while (!line->failed && done < line->len) {
        const ssize_t wrote = write(STDERR_FILENO, line->ptr + done, line->len - done);
        if (wrote < 0 && errno != EINTR) {
            break;
        }
        done += wrote > 0 ? (size_t)wrote : 0;
    }
    kiji_buf_clear(line);
}

static void print_rest(kiji_report *report)
{
    if (report->n_current > MOST_A_FILE) {
        kiji_buf line = KIJI_BUF_INIT;
        kiji_buf_puts(&line, "kiji: ");
        kiji_report_put_safe(&line, (kiji_str){report->current.ptr, report->current.len});
        kiji_buf_printf(&line, ": %zu more messages", report->n_current - MOST_A_FILE);
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
    return report->n_current++ < MOST_A_FILE;
}

static void message(kiji_report *report, kiji_place place, size_t byte_at, const char *text)
{
    if (!count(report, place.file)) {
        return;
    }
    kiji_buf line = KIJI_BUF_INIT;
    kiji_buf_puts(&line, "kiji: ");
    kiji_report_put_safe(&line, place.file);
    if (place.line != 0) {
        kiji_buf_printf(&line, ": line %zu", place.line);
    }
    if (byte_at != KIJI_NO_OFFSET) {
        kiji_buf_printf(&line, ": byte %zu", byte_at);
    }
    kiji_buf_puts(&line, ": ");
    kiji_report_put_safe(&line, (kiji_str){text, strlen(text)});
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
    kiji_buf line = KIJI_BUF_INIT;
    kiji_buf_puts(&line, "kiji: ");
    if (err->source[0] != '\0') {
        kiji_report_put_safe(&line, (kiji_str){err->source, strlen(err->source)});
        kiji_buf_puts(&line, ": ");
    }
    if (err->byte_at != KIJI_NO_OFFSET) {
        kiji_buf_printf(&line, "byte %zu: ", err->byte_at);
    }
    kiji_report_put_safe(&line, (kiji_str){err->text, strlen(err->text)});
    kiji_buf_puts(&line, advice != NULL ? advice : "");
    print(&line);
}

void kiji_report_note(const char *text)
{
    kiji_buf line = KIJI_BUF_INIT;
    kiji_buf_printf(&line, "kiji: %s", text);
    print(&line);
}

void kiji_report_end(kiji_report *report)
{
    print_rest(report);
    kiji_buf_clear(&report->current);
}
