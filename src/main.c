/*
 * kiji - people, ministers, places, organizations, weapons and quotes in Japanese news.
 */
#include <string.h>
#include <unistd.h>

#include "cli/confine.h"
#include "cli/errors.h"
#include "cli/interrupt.h"
#include "cli/jobs.h"
#include "cli/query.h"
#include "cli/setup.h"
#include "cli/show.h"

enum { ALL_DONE = 0, SOME_FAILED = 1, NOTHING_SURE = 2, NOTHING_FOUND = 3 };

/* Inputs through the model into the output; *found: whether any record held something. */
static kiji_status run(bool *found, const kiji_options *options, kiji_report *report, kiji_error *err)
{
    kiji_run run = {.options = options, .report = report, .progress = report->progress, .errors = -1};
    kiji_model *model = NULL;
    const size_t workers = kiji_setup_workers(options); /* the system is asked before it is shut out */
    kiji_status status = kiji_inputs_open(&run.inputs, options, err);
    if (status == KIJI_OK) {
        status = kiji_errors_open(&run.errors, options->errors, err);
    }
    if (status == KIJI_OK) {
        status = kiji_setup_model(&model, options, err);
    }
    if (status == KIJI_OK && options->corpus) {
        status = kiji_corpus_new(&run.corpus, options->corpus_by, err);
    }
    if (status == KIJI_OK && (options->folder || options->format->database)) {
        status = kiji_keep_open(&run.keep, options, model, err);
    } else if (status == KIJI_OK) {
        status = kiji_sink_open(&run.sink, options->output, err);
    }
    if (status == KIJI_OK) {
        const char *target = run.sink != NULL ? kiji_sink_target(run.sink) : kiji_keep_target(run.keep);
        status = kiji_confine(options, target, err);
    }
    if (status == KIJI_OK) {
        run.model = model;
        status = kiji_jobs_run(found, &run, workers, err);
    }
    /* Interrupted: what is out stays out, a file that would not be whole does not appear. */
    if (status == KIJI_OK && run.sink != NULL && !(kiji_interrupt_seen() && options->output != NULL)) {
        status = kiji_sink_close(run.sink, err);
    } else {
        kiji_sink_discard(run.sink);
    }
    const bool whole = status == KIJI_OK && !kiji_interrupt_seen();
    const kiji_status kept = kiji_keep_close(run.keep, whole, status == KIJI_OK ? err : NULL);
    status = status != KIJI_OK ? status : kept;
    kiji_corpus_free(run.corpus);
    kiji_model_free(model);
    kiji_inputs_close(run.inputs);
    if (run.errors >= 0) {
        (void)close(run.errors);
    }
    return status;
}

/* The words about the run as a whole. */
static void sum_up(const kiji_options *options, kiji_report *report)
{
    kiji_buf text = KIJI_BUF_INIT;
    if (kiji_interrupt_seen()) {
        kiji_progress_interrupted(report->progress, options, &text);
        kiji_report_note(report, (kiji_str){text.ptr, text.len});
        kiji_buf_reset(&text);
    }
    if (options->verbose) {
        kiji_progress_summary(report->progress, &text);
        kiji_report_note(report, (kiji_str){text.ptr, text.len});
    }
    kiji_buf_clear(&text);
}

static int run_and_report(const kiji_options *options)
{
    kiji_error err = {.byte_at = KIJI_NO_OFFSET};
    kiji_report report;
    bool found = false;
    kiji_progress progress;
    kiji_progress_begin(&progress, options);
    kiji_report_init(&report, options->quiet, &progress);
    report.verbose = options->verbose;
    kiji_interrupt_listen();
    const kiji_status status = run(&found, options, &report, &err);
    kiji_progress_hide(&progress);
    if (status == KIJI_OK) {
        sum_up(options, &report);
    }
    kiji_report_end(&report);
    const bool goes_on = progress.done != 0 && (options->folder || options->format->database);
    kiji_progress_clear(&progress);
    if (status != KIJI_OK) {
        kiji_report_fatal(&err, goes_on ? "; the same command with --resume goes on from here" : NULL);
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
