/*
 * kiji - people, ministers, places, organizations, weapons and quotes in Japanese news.
 */
#include <string.h>
#include <unistd.h>

#include "cli/ended.h"
#include "cli/query.h"
#include "cli/report.h"
#include "cli/run.h"
#include "cli/setup.h"
#include "cli/show.h"

static int query(int argc, char **argv)
{
    kiji_error err = {.byte_at = KIJI_NO_OFFSET};
    const kiji_status status = kiji_query(argc, argv, &err);
    if (status != KIJI_OK) {
        kiji_report_fatal(&err, status == KIJI_EUSAGE ? "; see kiji query --help" : NULL);
    }
    return status == KIJI_OK ? KIJI_ALL_DONE : KIJI_NOTHING_SURE;
}

static int act(int argc, char **argv)
{
    kiji_error err = {.byte_at = KIJI_NO_OFFSET};
    kiji_options options;
    int status = KIJI_NOTHING_SURE;
    kiji_setup_streams();
    /* A file of this name is read as ./query. */
    if (argc > 1 && strcmp(argv[1], "query") == 0) {
        return query(argc - 1, argv + 1);
    }
    const kiji_status parsed = kiji_options_parse(&options, argc, argv, &err);
    if (parsed != KIJI_OK) {
        kiji_report_fatal(&err, parsed == KIJI_EUSAGE ? "; see kiji --help" : NULL);
    } else if (options.action == KIJI_RUN && options.n_operands == 0 && isatty(STDIN_FILENO)) {
        kiji_report_fatal(&err, "no input; usage: kiji [OPTION]... [FILE|FOLDER|-]...; see kiji --help");
    } else if (options.action == KIJI_RUN) {
        kiji_setup_screen(&options);
        status = kiji_run_options(&options);
    } else if (kiji_show(&options, &err) == KIJI_OK) {
        status = KIJI_ALL_DONE;
    } else {
        kiji_report_fatal(&err, NULL);
    }
    kiji_options_clear(&options);
    return status;
}

int main(int argc, char **argv)
{
    kiji_ended_watch();
    const int status = act(argc, argv);
    kiji_ended_rightly();
    return status;
}
