/* NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): glibc's own name for sched_getaffinity */
#define _GNU_SOURCE
#include "cli/setup.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/inputs.h"
#include "cli/report.h"

#ifndef KIJI_DATA_DIR
#define KIJI_DATA_DIR "/usr/local/share/kiji"
#endif

#define MOST_WORKERS ((size_t)256)

void kiji_setup_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF) {
            /* Open the wrong way round: reading or writing fails as it does on a closed stream. */
            (void)open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
        }
    }
}

/* The program's folder if kiji.dic lies there, so that a fresh build runs from where it is. */
static bool beside_program(char out[PATH_MAX])
{
    char probe[PATH_MAX + 16];
    const ssize_t length = readlink("/proc/self/exe", out, PATH_MAX - 1);
    if (length <= 0) {
        return false;
    }
    out[length] = '\0';
    char *slash = strrchr(out, '/');
    if (slash == NULL) {
        return false;
    }
    *slash = '\0';
    (void)snprintf(probe, sizeof probe, "%s/kiji.dic", out);
    return access(probe, R_OK) == 0;
}

static const char *data_dir(char folder[PATH_MAX])
{
    const char *data = getenv("KIJI_DATA");
    if (data != NULL && data[0] != '\0') {
        return data;
    }
    return beside_program(folder) ? folder : KIJI_DATA_DIR;
}

kiji_status kiji_setup_model(kiji_model **out, const kiji_options *options, kiji_error *err)
{
    char folder[PATH_MAX];
    kiji_model_options model = options->model;
    model.data_dir = data_dir(folder);
    return kiji_model_open(out, &model, err);
}

static void add_fault(void *context, kiji_str line)
{
    kiji_buf *out = context;
    kiji_report_put_safe(out, line);
    kiji_buf_putc(out, '\n');
}

kiji_status kiji_setup_check(kiji_buf *out, const kiji_options *options, kiji_error *err)
{
    char folder[PATH_MAX];
    kiji_model_options model = options->model;
    model.data_dir = data_dir(folder);
    return kiji_dicts_check(&model, add_fault, out, err);
}

size_t kiji_setup_processors(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
#ifdef __linux__
    /* Those that taskset, a batch system or a container's set leave to this process. */
    cpu_set_t ours;
    if (sched_getaffinity(0, sizeof ours, &ours) == 0) {
        count = CPU_COUNT(&ours);
    }
#endif
    return count > 1 ? (size_t)count : 1;
}

size_t kiji_setup_workers(const kiji_options *options)
{
    size_t workers = options->jobs;
    if (workers == KIJI_JOBS_UNSET) {
        workers = kiji_inputs_are_many(options) ? 0 : 1;
    }
    if (workers == 0) {
        workers = kiji_setup_processors();
    }
    return workers < MOST_WORKERS ? workers : MOST_WORKERS;
}

static size_t terminal_width(void)
{
    struct winsize size = {.ws_col = 0};
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

void kiji_setup_screen(kiji_options *options)
{
    kiji_view *view = &options->view;
    const bool terminal = options->output == NULL && isatty(STDOUT_FILENO);
    const char *no_colour = getenv("NO_COLOR");
    const bool wanted = terminal && (no_colour == NULL || no_colour[0] == '\0');
    view->colour = options->colour == KIJI_ALWAYS || (options->colour == KIJI_AUTO && wanted);
    if (view->width == KIJI_WIDTH_UNSET) {
        view->width = terminal ? terminal_width() : 0;
    }
}
