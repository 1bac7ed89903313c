#include "cli/progress.h"

#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#define FIRST_AFTER    1.0 /* seconds until the line appears */
#define REDRAW_AFTER   0.1 /* and until it changes on a terminal */
#define NEXT_LINE      1.0 /* or is followed by another one elsewhere */
#define USUAL_COLUMNS  80
#define BACK_AND_CLEAR "\r\033[K"

static double now(void)
{
    struct timespec at = {.tv_sec = 0};
    (void)clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

void kiji_progress_begin(kiji_progress *progress, const kiji_options *options)
{
    const bool terminal = isatty(STDERR_FILENO);
    /* Records on the same screen show how far the run is, and a line between them would not help. */
    const bool apart = options->output != NULL || !isatty(STDOUT_FILENO);
    const bool wanted = options->progress == KIJI_ALWAYS || (options->progress == KIJI_AUTO && terminal && apart);
    const bool shown = wanted && !options->quiet;
    *progress = (kiji_progress){
        .shown = shown,
        .terminal = terminal,
        .expected = shown ? kiji_expected_of(options, FIRST_AFTER) : (kiji_expected){.articles = 0},
        .start = now(),
        .last = KIJI_BUF_INIT,
    };
}

/* Straight to standard error, which has no buffer; a line that cannot be shown is no error. */
static void show(const char *text, size_t length)
{
    (void)!write(STDERR_FILENO, text, length);
}

void kiji_progress_hide(kiji_progress *progress)
{
    if (progress->drawn && progress->terminal) {
        show(BACK_AND_CLEAR, strlen(BACK_AND_CLEAR));
    }
    progress->drawn = false;
}

static size_t columns(void)
{
    struct winsize size = {.ws_col = 0};
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col : USUAL_COLUMNS;
}

/* Nothing, as long as nothing is known. */
static void put_time_left(kiji_buf *line, const kiji_progress *progress, double passed)
{
    const kiji_expected *all = &progress->expected;
    double share = 0; /* of the run that is done */
    if (all->articles >= progress->done && all->articles != 0) {
        share = (double)progress->done / (double)all->articles;
    } else if (all->bytes >= progress->bytes && all->bytes != 0) {
        share = (double)progress->bytes / (double)all->bytes;
    }
    if (share <= 0) {
        return;
    }
    const double seconds = passed * (1 - share) / share;
    const unsigned long whole = (unsigned long)(seconds + 0.5);
    kiji_buf_printf(line, "%lu:%02lu:%02lu left, ", whole / 3600, whole / 60 % 60, whole % 60);
}

static void draw(kiji_progress *progress, double at)
{
    kiji_buf line = KIJI_BUF_INIT;
    const double passed = at - progress->start;
    kiji_buf_printf(&line, "kiji: %zu", progress->done);
    if (progress->expected.articles >= progress->done) {
        kiji_buf_printf(&line, " of %zu", progress->expected.articles);
    }
    kiji_buf_printf(&line, " articles, %.1f a second, ", (double)progress->done / passed);
    put_time_left(&line, progress, passed);
    kiji_buf_printf(&line, "%zu failed", progress->failed);
    if (progress->terminal) {
        const size_t most = columns() - 1;
        line.len = line.len < most ? line.len : most; /* a line that wraps could not be taken back */
        show(BACK_AND_CLEAR, strlen(BACK_AND_CLEAR));
    } else {
        kiji_buf_putc(&line, '\n');
    }
    if (!line.failed) {
        show(line.ptr, line.len);
    }
    kiji_buf_clear(&line);
    progress->drawn = true;
    progress->drawn_at = at;
}

void kiji_progress_step(kiji_progress *progress, kiji_str file, size_t line, bool failed)
{
    progress->done++;
    progress->failed += failed;
    progress->last_line = line;
    kiji_buf_reset(&progress->last);
    kiji_buf_put(&progress->last, file.ptr, file.len);
    if (!progress->shown) {
        return;
    }
    const double at = now();
    const double pause = progress->terminal ? REDRAW_AFTER : NEXT_LINE;
    if (at - progress->start >= FIRST_AFTER && at - progress->drawn_at >= pause) {
        draw(progress, at);
    }
}

bool kiji_progress_was_shown(const kiji_progress *progress)
{
    return progress->drawn_at > 0;
}

static void put_count(kiji_buf *out, size_t count, const char *what)
{
    kiji_buf_printf(out, "%zu %s%s", count, what, count == 1 ? "" : "s");
}

void kiji_progress_summary(const kiji_progress *progress, kiji_buf *out)
{
    const double passed = now() - progress->start;
    put_count(out, progress->done, "article");
    kiji_buf_puts(out, ", ");
    put_count(out, progress->failed, "failure");
    kiji_buf_printf(out, ", %.2f s, %.1f a second", passed, passed > 0 ? (double)progress->done / passed : 0.0);
}

static void put_rates(kiji_buf *out, const kiji_progress *progress, double seconds)
{
    const double rate = seconds > 0 ? 1.0 / seconds : 0.0;
    kiji_buf_printf(out, "%.1f articles/s, %.2f MB/s\n", (double)progress->done * rate,
                    (double)progress->bytes / 1e6 * rate);
}

void kiji_progress_stats(const kiji_progress *progress, const kiji_stages *stages, kiji_buf *out)
{
    const double passed = now() - progress->start;
    const double cpu = kiji_stages_table(stages, out);
    put_count(out, progress->done, "article");
    kiji_buf_printf(out, ", %.2f MB in %.2f s: ", (double)progress->bytes / 1e6, passed);
    put_rates(out, progress, passed);
    kiji_buf_puts(out, "by CPU: ");
    put_rates(out, progress, cpu);
}

void kiji_progress_interrupted(const kiji_progress *progress, const kiji_options *options, kiji_buf *out)
{
    kiji_buf_puts(out, "interrupted behind ");
    put_count(out, progress->done, "article");
    if (options->corpus) {
        kiji_buf_puts(out, ", nothing is counted; to go on, begin again");
    } else if (options->folder || options->format->database) {
        kiji_buf_puts(out, ", whole and kept; to go on, give the same command with --resume");
    } else if (options->output != NULL) {
        kiji_buf_printf(out, "; %s is as it was: to go on, begin again", options->output);
    } else if (progress->done == 0) {
        kiji_buf_puts(out, "; to go on, begin again");
    } else {
        kiji_buf_puts(out, ", whole and written; to go on, give what comes behind ");
        kiji_buf_put(out, progress->last.ptr, progress->last.len);
        if (progress->last_line != 0) {
            kiji_buf_printf(out, ":%zu", progress->last_line);
        }
    }
}

void kiji_progress_clear(kiji_progress *progress)
{
    kiji_progress_hide(progress);
    kiji_buf_clear(&progress->last);
}
