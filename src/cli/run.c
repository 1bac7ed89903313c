#include "cli/run.h"

#include <unistd.h>

#include "cli/confine.h"
#include "cli/errors.h"
#include "cli/interrupt.h"
#include "cli/jobs.h"
#include "cli/setup.h"
#include "read/needs.h"

/* Inputs through the model into the output; *found: whether any record held something. */
static kiji_status run(bool *found, const kiji_options *options, kiji_report *report, kiji_stages *stages,
                       kiji_error *err)
{
    kiji_run run = {.options = options, .report = report, .progress = report->progress, .errors = -1, .stages = stages};
    kiji_model *model = NULL;
    const size_t workers = kiji_setup_workers(options); /* the system is asked before it is shut out */
    kiji_status status = kiji_inputs_open(&run.inputs, options, err);
    if (status == KIJI_OK) {
        status = kiji_errors_open(&run.errors, options->errors, err);
    }
    kiji_stages_enter(stages, KIJI_STAGE_LOAD);
    if (status == KIJI_OK) {
        status = kiji_setup_model(&model, options, err);
    }
    kiji_stages_enter(stages, KIJI_STAGE_START);
    if (status == KIJI_OK && options->corpus) {
        status = kiji_corpus_new(&run.corpus, options->corpus_by, err);
    }
    if (status == KIJI_OK && (options->folder || options->format->database)) {
        status = kiji_keep_open(&run.keep, options, model, err);
    } else if (status == KIJI_OK) {
        status = kiji_sink_open(&run.sink, options->output, err);
    }
    if (status == KIJI_OK) {
        kiji_needs_load(kiji_inputs_look(run.inputs));
        const char *target = run.sink != NULL ? kiji_sink_target(run.sink) : kiji_keep_target(run.keep);
        status = kiji_confine(options, target, err);
    }
    if (status == KIJI_OK) {
        run.model = model;
        status = kiji_jobs_run(found, &run, workers, err);
    }
    kiji_stages_enter(stages, KIJI_STAGE_WRITE);
    /* Interrupted: what is out stays out, a file that would not be whole does not appear. */
    if (status == KIJI_OK && run.sink != NULL && !(kiji_interrupt_seen() && options->output != NULL)) {
        status = kiji_sink_close(run.sink, err);
    } else {
        kiji_sink_discard(run.sink);
    }
    const bool whole = status == KIJI_OK && !kiji_interrupt_seen();
    const kiji_status kept = kiji_keep_close(run.keep, whole, status == KIJI_OK ? err : NULL);
    status = status != KIJI_OK ? status : kept;
    kiji_stages_enter(stages, KIJI_STAGE_REST);
    kiji_corpus_free(run.corpus);
    kiji_model_free(model);
    kiji_inputs_close(run.inputs);
    if (run.errors >= 0) {
        (void)close(run.errors);
    }
    return status;
}

/* The words about the run as a whole. */
static void sum_up(const kiji_options *options, kiji_report *report, kiji_stages *stages)
{
    kiji_buf text = KIJI_BUF_INIT;
    if (kiji_interrupt_seen()) {
        kiji_progress_interrupted(report->progress, options, &text);
        kiji_report_note(report, (kiji_str){text.ptr, text.len});
        kiji_buf_reset(&text);
    }
    if (options->verbose || kiji_progress_was_shown(report->progress)) {
        kiji_progress_summary(report->progress, &text);
        kiji_report_note(report, (kiji_str){text.ptr, text.len});
    }
    if (stages != NULL) {
        kiji_buf_reset(&text);
        kiji_stages_stop(stages);
        kiji_progress_stats(report->progress, stages, &text);
        kiji_report_table(report, (kiji_str){text.ptr, text.len});
    }
    kiji_buf_clear(&text);
}

int kiji_run_options(const kiji_options *options)
{
    kiji_error err = {.byte_at = KIJI_NO_OFFSET};
    kiji_report report;
    bool found = false;
    kiji_stages clock;
    kiji_progress progress;
    kiji_stages_begin(&clock, KIJI_STAGE_START);
    kiji_stages *stages = options->stats ? &clock : NULL;
    kiji_progress_begin(&progress, options);
    kiji_report_init(&report, options->quiet, &progress);
    report.verbose = options->verbose;
    kiji_interrupt_listen();
    const kiji_status status = run(&found, options, &report, stages, &err);
    kiji_progress_hide(&progress);
    if (status == KIJI_OK) {
        sum_up(options, &report, stages);
    }
    kiji_report_end(&report);
    const bool goes_on = progress.done != 0 && (options->folder || options->format->database);
    kiji_progress_clear(&progress);
    if (status != KIJI_OK) {
        kiji_report_fatal(&err, goes_on ? "; the same command with --resume goes on from here" : NULL);
        return KIJI_NOTHING_SURE;
    }
    kiji_interrupt_raise();
    if (report.failed) {
        return KIJI_SOME_FAILED;
    }
    return options->fail_empty && !found ? KIJI_NOTHING_FOUND : KIJI_ALL_DONE;
}
