#include "cli/expected.h"

#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "cli/opened.h"
#include "cli/walk.h"

/* A count on its way. */
typedef struct tally {
    const kiji_options *options;
    double until; /* seconds of a clock that only goes forward */
    kiji_expected sum;
    bool known;
} tally;

static double now(void)
{
    struct timespec at = {.tv_sec = 0};
    (void)clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static void add_file(tally *count, const char *path, const struct stat *about)
{
    if (!kiji_opened_are_many(count->options, path)) {
        count->sum.articles++;
    } else if (kiji_pieces_expected(count->options, path) == KIJI_PIECES_LINES &&
               kiji_kind_bare_name(path) == strlen(path)) {
        count->sum.bytes += (size_t)about->st_size;
    } else {
        count->known = false;
    }
    /* Articles and bytes do not add up. */
    count->known = count->known && (count->sum.articles == 0 || count->sum.bytes == 0) && now() < count->until;
}

static void add_folder(tally *count, const char *folder)
{
    kiji_error ignored = {.byte_at = KIJI_NO_OFFSET};
    kiji_walk walk;
    const char *path = NULL;
    kiji_status status = kiji_walk_open(&walk, folder, &count->options->choice, &ignored);
    bool more = status == KIJI_OK;
    while (more && count->known) {
        struct stat about;
        status = kiji_walk_next(&path, &walk, &ignored);
        if (status == KIJI_OK && path != NULL && stat(path, &about) == 0) {
            add_file(count, path, &about);
        }
        count->known = count->known && status != KIJI_ENOMEM;
        more = path != NULL || status != KIJI_OK;
    }
    kiji_walk_close(&walk);
}

kiji_expected kiji_expected_of(const kiji_options *options, double seconds)
{
    tally count = {.options = options, .until = now() + seconds, .known = options->n_operands != 0};
    for (size_t i = 0; i < options->n_operands && count.known; i++) {
        struct stat about;
        const kiji_operand *operand = &options->operands[i];
        if (operand->from != KIJI_FROM_FILE || stat(operand->name, &about) != 0) {
            count.known = false;
        } else if (S_ISDIR(about.st_mode)) {
            add_folder(&count, operand->name);
        } else if (S_ISREG(about.st_mode)) {
            add_file(&count, operand->name, &about);
        } else {
            count.known = false;
        }
    }
    return count.known ? count.sum : (kiji_expected){.articles = 0};
}
