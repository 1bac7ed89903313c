/*
 * kiji - people, ministers, places, organizations, weapons and quotes in Japanese news.
 */
#include <string.h>
#include <unistd.h>

#include "cli/interrupt.h"
#include "cli/jobs.h"
#include "cli/query.h"
#include "cli/setup.h"
#include "cli/show.h"

enum { ALL_DONE = 0, SOME_FAILED = 1, NOTHING_SURE = 2, NOTHING_FOUND = 3 };

/* Inputs through the model into the output; *found: whether any record held something. */
static kiji_status run(bool *found, const kiji_options *options, kiji_report *report, kiji_error *err)
{
    kiji_run run = {.options = options, .report = report};
    kiji_model *model = NULL;
    kiji_status status = kiji_inputs_open(&run.inputs, options, err);
    if (status == KIJI_OK) {
        status = kiji_setup_model(&model, options, err);
    }
    if (status == KIJI_OK && (options->folder || options->format->database)) {
        status = kiji_keep_open(&run.keep, options, model, err);
    } else if (status == KIJI_OK) {
        status = kiji_sink_open(&run.sink, options->output, err);
    }
    if (status == KIJI_OK) {
        run.model = model;
        status = kiji_jobs_run(found, &run, kiji_setup_workers(options), err);
    }
    /* Interrupted: what is out stays out, a file that would not be whole does not appear. */
    if (status == KIJI_OK && run.sink != NULL && !(kiji_interrupt_seen() && options->output != NULL)) {
        status = kiji_sink_close(run.sink, err);
    } else {
        kiji_sink_discard(run.sink);
    }
    const bool kept = run.keep != NULL;
    const bool whole = status == KIJI_OK && !kiji_interrupt_seen();
    const kiji_status closed = kiji_keep_close(run.keep, whole, status == KIJI_OK ? err : NULL);
    if (kept && (!whole || closed != KIJI_OK)) {
        kiji_report_note("not all articles are done; the same command with --resume goes on from here");
    }
    status = status != KIJI_OK ? status : closed;
    kiji_model_free(model);
    kiji_inputs_close(run.inputs);
    return status;
}

static int run_and_report(const kiji_options *options)
{
    kiji_error err = {.byte_at = KIJI_NO_OFFSET};
    kiji_report report;
    bool found = false;
    kiji_report_init(&report, options->quiet);
    kiji_interrupt_listen();
    const kiji_status status = run(&found, options, &report, &err);
    kiji_report_end(&report);
    if (status != KIJI_OK) {
        kiji_report_fatal(&err, NULL);
        return NOTHING_SURE;
    }
    kiji_interrupt_raise();
    if (report.failed) {
        return SOME_FAILED;
    }
    return options->fail_empty && !found ? NOTHING_FOUND : ALL_DONE;
}

static int query(int argc, char **argv)
{
    kiji_error err = {.byte_at = KIJI_NO_OFFSET};
    const kiji_status status = kiji_query(argc, argv, &err);
    if (status != KIJI_OK) {
        kiji_report_fatal(&err, status == KIJI_EUSAGE ? "; see kiji query --help" : NULL);
    }
    return status == KIJI_OK ? ALL_DONE : NOTHING_SURE;
}

int main(int argc, char **argv)
{
    kiji_error err = {.byte_at = KIJI_NO_OFFSET};
    kiji_options options;
    int status = NOTHING_SURE;
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
        status = run_and_report(&options);
    } else if (kiji_show(&options, &err) == KIJI_OK) {
        status = ALL_DONE;
    } else {
        kiji_report_fatal(&err, NULL);
    }
    kiji_options_clear(&options);
    return status;
}
