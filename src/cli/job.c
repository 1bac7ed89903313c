#include "cli/job.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/status.h"
#include "cli/errors.h"
#include "cli/fields.h"
#include "doc/doc.h"
#include "read/kind.h"
#include "write/folder.h"

#define KEEP ((size_t)1024 * 1024) /* a job gives back more than this between articles */

static void reset(kiji_buf *buf)
{
    if (buf->capacity > KEEP) {
        kiji_buf_clear(buf);
    }
    kiji_buf_reset(buf);
}

static void take_warnings(kiji_job *job, const kiji_doc *doc)
{
    job->lossy = kiji_doc_bytes_lost(doc) != 0;
    for (size_t i = 0; i < doc->n_warnings; i++) {
        kiji_buf_put(&job->warnings, doc->warnings[i].ptr, doc->warnings[i].len);
        kiji_buf_putc(&job->warnings, '\0');
    }
}

static kiji_status analyze(kiji_job *job, const kiji_run *run, kiji_analyzer *analyzer, const kiji_input *input,
                           kiji_stages *stages)
{
    const kiji_options *options = run->options;
    const kiji_doc *doc = NULL;
    kiji_status status = kiji_analyze(analyzer, input, &doc, &job->item.err);
    if (status != KIJI_OK) {
        job->stage = status == KIJI_EINPUT ? "decode" : "analyze";
        job->broken = status == KIJI_EDICT;
        return status;
    }
    kiji_stages_enter(stages, KIJI_STAGE_FORMAT);
    job->stage = "write";
    take_warnings(job, doc);
    if (run->corpus != NULL) {
        job->found = doc->n_terms != 0;
        kiji_corpus_pack(&job->out, doc);
        return job->out.failed || job->warnings.failed ? kiji_fail_memory(&job->item.err) : KIJI_OK;
    }
    job->found = kiji_view_finds(&options->view, doc);
    const kiji_format *format = options->format;
    status = run->keep != NULL ? kiji_keep_pack(run->keep, &job->out, doc, &job->item.err)
                               : format->doc(&job->out, &options->view, doc, &job->item.err);
    return status == KIJI_OK && job->warnings.failed ? kiji_fail_memory(&job->item.err) : status;
}

/* Whether there is nothing to do: an earlier run made this record of the same bytes. */
static bool is_done(kiji_job *job, const kiji_run *run)
{
    if (run->keep == NULL) {
        return false;
    }
    const kiji_str bytes = {job->item.bytes.ptr, job->item.bytes.len};
    job->origin = (kiji_origin){.file = {job->item.file.ptr, job->item.file.len},
                                .line = kiji_item_number(&job->item),
                                .nbytes = bytes.len,
                                .digest = kiji_hash64(bytes)};
    job->again = kiji_keep_has(run->keep, &job->origin, &job->out, &job->found);
    return job->again;
}

/* HTML is known by its beginning, or told. */
static kiji_markup markup_of(const kiji_job *job, const kiji_options *options)
{
    const kiji_str bytes = {job->item.bytes.len != 0 ? job->item.bytes.ptr : "", job->item.bytes.len};
    if (job->item.markup != KIJI_MARKUP_NONE) {
        return job->item.markup;
    }
    if (options->input == KIJI_INPUT_HTML) {
        return KIJI_MARKUP_PAGE;
    }
    const bool looked_at = kiji_item_number(&job->item) == 0 && options->input != KIJI_INPUT_TEXT;
    return looked_at && kiji_kind_is_page(bytes, job->item.file.ptr) ? KIJI_MARKUP_PAGE : KIJI_MARKUP_NONE;
}

void kiji_job_work(kiji_job *job, const kiji_run *run, kiji_analyzer *analyzer, kiji_stages *stages)
{
    kiji_stages_enter(stages, KIJI_STAGE_READ);
    reset(&job->out);
    reset(&job->warnings);
    job->stage = "read";
    job->lossy = false;
    job->found = false;
    job->again = false;
    job->broken = false;
    if (job->item.err.status != KIJI_OK || is_done(job, run)) {
        return;
    }
    kiji_input input = {
        .source = job->item.file.ptr,
        .bytes = job->item.bytes.len != 0 ? job->item.bytes.ptr : "",
        .nbytes = job->item.bytes.len,
        .encoding = job->item.markup == KIJI_MARKUP_ITEM ? "UTF-8" : run->options->encoding,
        .charset = job->item.charset[0] != '\0' ? job->item.charset : NULL,
        .markup = markup_of(job, run->options),
        .date = run->options->date,
        .timeout = run->options->timeout,
        .strict = run->options->strict,
        .sections = run->options->view.sections | (run->options->view.explain ? KIJI_SECTION_WHY : 0u),
        .top = run->options->view.top,
    };
    char source[600];
    const size_t number = kiji_item_number(&job->item);
    if (job->item.id.len != 0) {
        input.source = job->item.id.ptr;
    } else if (number != 0) {
        (void)snprintf(source, sizeof source, "%.500s:%zu", job->item.file.ptr, number);
        input.source = source;
    }
    if (run->corpus != NULL) {
        input.sections = KIJI_SECTION_TERMS;
    } else if (run->options->folder && run->options->format->folder != NULL) {
        input.sections |= run->options->format->folder->sections;
    }
    if (job->item.line == 0) {
        job->item.err.status = analyze(job, run, analyzer, &input, stages);
        return;
    }
    kiji_fields *fields = NULL;
    job->stage = "decode";
    const kiji_str line = {input.bytes, input.nbytes};
    kiji_status status = kiji_fields_parse(&fields, &input, &run->options->fields, line, &job->item.err);
    if (status == KIJI_OK) {
        status = analyze(job, run, analyzer, &input, stages);
    }
    kiji_fields_free(fields);
    job->item.err.status = status;
}

/* Where an article comes from: the file of JSON Lines, the folder of a file, "-". */
static kiji_str source_of(const kiji_item *item)
{
    kiji_str source = {item->file.ptr, item->file.len};
    if (kiji_item_number(item) == 0 && !(source.len == 1 && source.ptr[0] == '-')) {
        while (source.len > 0 && source.ptr[source.len - 1] != '/') {
            source.len--;
        }
        source.len -= source.len > 1;
    }
    return source.len != 0 ? source : (kiji_str){".", 1};
}

static kiji_status print(const kiji_job *job, const kiji_run *run, kiji_error *err)
{
    const kiji_place place = {{job->item.file.ptr, job->item.file.len}, job->item.line, job->item.part};
    const char *warning = job->warnings.ptr;
    for (size_t at = 0; at < job->warnings.len; at += strlen(warning + at) + 1) {
        kiji_report_warning(run->report, place, warning + at);
    }
    if (job->broken) { /* so will all other articles be */
        *err = job->item.err;
        return job->item.err.status;
    }
    if (job->item.err.status != KIJI_OK) {
        kiji_report_error(run->report, place, &job->item.err);
        return run->errors >= 0 ? kiji_errors_put(run->errors, job, err) : KIJI_OK;
    }
    run->report->failed |= job->lossy;
    if (run->corpus != NULL) {
        return kiji_corpus_take(run->corpus, (kiji_str){job->out.ptr, job->out.len}, source_of(&job->item), err);
    }
    if (run->keep != NULL) {
        kiji_origin origin = job->origin;
        origin.found = job->found;
        origin.lossy = job->lossy;
        return kiji_keep_take(run->keep, &origin, (kiji_str){job->out.ptr, job->out.len}, job->again, err);
    }
    const kiji_format *format = run->options->format;
    if (kiji_sink_records(run->sink) != 0 && format->alone) {
        return kiji_fail(err, KIJI_EUSAGE, NULL, KIJI_NO_OFFSET,
                         "--format=%s writes one article a stream; several go to a folder: -o FOLDER/", format->name);
    }
    if (kiji_sink_records(run->sink) != 0 && format->between != NULL) {
        kiji_sink_put(run->sink, format->between, strlen(format->between));
    }
    kiji_sink_put(run->sink, job->out.ptr, job->out.len);
    return kiji_sink_record(run->sink, err);
}

kiji_status kiji_job_print(const kiji_job *job, const kiji_run *run, kiji_error *err)
{
    const kiji_item *item = &job->item;
    const kiji_status status = print(job, run, err);
    if (status == KIJI_OK) {
        const size_t number = kiji_item_number(item);
        run->progress->bytes += item->bytes.len;
        kiji_progress_step(run->progress, (kiji_str){item->file.ptr, item->file.len}, number,
                           item->err.status != KIJI_OK);
    }
    return status;
}

void kiji_job_clear(kiji_job *job)
{
    kiji_item_clear(&job->item);
    kiji_buf_clear(&job->out);
    kiji_buf_clear(&job->warnings);
}
