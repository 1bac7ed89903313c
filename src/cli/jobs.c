/*
 * jobs.c - the ring: the reading thread fills jobs in order, workers take them in order, and whoever finishes the
 * oldest one prints it and all finished ones behind it. So a record leaves as soon as all before it are done, also
 * while the reader waits for more input.
 */
#include "cli/jobs.h"

#include <pthread.h>

#include "base/mem.h"
#include "base/status.h"
#include "cli/interrupt.h"
#include "cli/job.h"

#define JOBS_A_WORKER 4

typedef enum stage { FREE, READY, WORKING, DONE } stage;

typedef struct slot {
    kiji_job job;
    stage stage;
} slot;

typedef struct ring {
    const kiji_run *run;
    slot *slots;
    size_t n_slots;
    size_t to_fill, to_take, to_print; /* counted up; the slot is the rest of a division by n_slots */
    bool no_more;                      /* the reader is through */
    bool printing;                     /* one thread at a time */
    bool found;
    kiji_error fatal; /* fatal.status is KIJI_OK while the run may go on */
    pthread_mutex_t lock;
    pthread_cond_t work; /* for workers: a job is ready, or none will come */
    pthread_cond_t room; /* for the reader: half of the slots are free, or the run is over */
} ring;

/* A worker's place at the ring. */
typedef struct worker {
    ring *ring;
    kiji_analyzer *analyzer;
    pthread_t thread;
    kiji_stages stages;
    kiji_stages *clock; /* &stages, or NULL: no clock */
} worker;

static slot *slot_at(const ring *r, size_t number)
{
    return &r->slots[number % r->n_slots];
}

/* Print what is finished at the head; the lock is held on entry and exit, but not while printing. */
static void print_finished(ring *r, kiji_stages *clock)
{
    while (!r->printing && r->fatal.status == KIJI_OK && r->to_print < r->to_take &&
           slot_at(r, r->to_print)->stage == DONE) {
        slot *head = slot_at(r, r->to_print);
        kiji_error err = {.status = KIJI_OK};
        r->printing = true;
        (void)pthread_mutex_unlock(&r->lock);
        kiji_stages_enter(clock, KIJI_STAGE_WRITE);
        const kiji_status status = kiji_job_print(&head->job, r->run, &err);
        kiji_stages_enter(clock, KIJI_STAGE_REST);
        (void)pthread_mutex_lock(&r->lock);
        r->printing = false;
        r->found |= head->job.found;
        head->stage = FREE;
        r->to_print++;
        if (status != KIJI_OK) {
            r->fatal = err;
            r->fatal.status = status;
        }
        /* Woken for each slot that becomes free, the reader would sleep again at once: it costs more than it reads. */
        if (r->to_fill - r->to_print <= r->n_slots / 2) {
            (void)pthread_cond_signal(&r->room);
        }
    }
    if (r->fatal.status != KIJI_OK) {
        (void)pthread_cond_signal(&r->room);
        (void)pthread_cond_broadcast(&r->work);
    }
}

static void *work(void *argument)
{
    worker *self = argument;
    ring *r = self->ring;
    self->clock = r->run->stages != NULL ? &self->stages : NULL;
    kiji_stages_begin(&self->stages, KIJI_STAGE_REST);
    kiji_analyzer_watch(self->analyzer, self->clock);
    (void)pthread_mutex_lock(&r->lock);
    while (r->fatal.status == KIJI_OK) {
        if (r->to_take < r->to_fill) {
            slot *mine = slot_at(r, r->to_take++);
            mine->stage = WORKING;
            (void)pthread_mutex_unlock(&r->lock);
            kiji_job_work(&mine->job, r->run, self->analyzer, self->clock);
            kiji_stages_enter(self->clock, KIJI_STAGE_REST);
            (void)pthread_mutex_lock(&r->lock);
            mine->stage = DONE;
            print_finished(r, self->clock);
        } else if (r->no_more) {
            break;
        } else {
            (void)pthread_cond_wait(&r->work, &r->lock);
        }
    }
    (void)pthread_mutex_unlock(&r->lock);
    kiji_stages_stop(self->clock);
    return NULL;
}

/* The reading thread: one article after the other into free slots. */
static void fill(ring *r)
{
    bool more = true;
    (void)pthread_mutex_lock(&r->lock);
    while (more && r->fatal.status == KIJI_OK) {
        slot *next = slot_at(r, r->to_fill);
        if (next->stage != FREE) {
            (void)pthread_cond_wait(&r->room, &r->lock);
            continue;
        }
        (void)pthread_mutex_unlock(&r->lock);
        kiji_stages_enter(r->run->stages, KIJI_STAGE_READ);
        more = kiji_inputs_next(r->run->inputs, &next->job.item);
        kiji_stages_enter(r->run->stages, KIJI_STAGE_REST);
        (void)pthread_mutex_lock(&r->lock);
        if (more) {
            next->stage = READY;
            r->to_fill++;
            (void)pthread_cond_signal(&r->work);
        }
    }
    /* What is read but not begun is dropped when the run is interrupted. */
    if (kiji_interrupt_seen()) {
        r->to_fill = r->to_take;
    }
    r->no_more = true;
    (void)pthread_cond_broadcast(&r->work);
    (void)pthread_mutex_unlock(&r->lock);
}

/* With at least one thread; returns false when none can be started. */
static bool run_ring(ring *r, worker *workers, size_t n_workers)
{
    size_t started = 0;
    kiji_interrupt_block(true);
    while (started < n_workers && pthread_create(&workers[started].thread, NULL, work, &workers[started]) == 0) {
        started++;
    }
    kiji_interrupt_block(false);
    if (started == 0) {
        return false;
    }
    fill(r);
    for (size_t i = 0; i < started; i++) {
        (void)pthread_join(workers[i].thread, NULL);
        if (workers[i].clock != NULL) {
            kiji_stages_add(r->run->stages, workers[i].clock);
        }
    }
    return true;
}

static kiji_status run_alone(bool *found, const kiji_run *run, kiji_analyzer *analyzer, kiji_error *err)
{
    kiji_job job = {.lossy = false};
    kiji_status status = KIJI_OK;
    kiji_analyzer_watch(analyzer, run->stages);
    kiji_stages_enter(run->stages, KIJI_STAGE_READ);
    while (status == KIJI_OK && kiji_inputs_next(run->inputs, &job.item)) {
        kiji_job_work(&job, run, analyzer, run->stages);
        *found |= job.found;
        kiji_stages_enter(run->stages, KIJI_STAGE_WRITE);
        status = kiji_job_print(&job, run, err);
        kiji_stages_enter(run->stages, KIJI_STAGE_READ);
    }
    kiji_job_clear(&job);
    return status;
}

static kiji_status run_many(bool *found, const kiji_run *run, worker *workers, size_t n_workers, kiji_error *err)
{
    ring r = {.run = run, .n_slots = n_workers * JOBS_A_WORKER};
    r.slots = kiji_alloc_zero(r.n_slots, sizeof *r.slots);
    if (r.slots == NULL) {
        return kiji_fail_memory(err);
    }
    (void)pthread_mutex_init(&r.lock, NULL);
    (void)pthread_cond_init(&r.work, NULL);
    (void)pthread_cond_init(&r.room, NULL);
    for (size_t i = 0; i < n_workers; i++) {
        workers[i].ring = &r;
    }
    kiji_status status = KIJI_OK;
    if (run_ring(&r, workers, n_workers)) {
        *found = r.found;
        status = r.fatal.status;
        *err = r.fatal;
    } else {
        status = run_alone(found, run, workers[0].analyzer, err);
    }
    for (size_t i = 0; i < r.n_slots; i++) {
        kiji_job_clear(&r.slots[i].job);
    }
    (void)pthread_cond_destroy(&r.work);
    (void)pthread_cond_destroy(&r.room);
    (void)pthread_mutex_destroy(&r.lock);
    kiji_free(r.slots);
    return status;
}

/* What stands before the first record, all records, what stands behind the last one. */
static kiji_status run_all(bool *found, const kiji_run *run, worker *workers, size_t n_workers, kiji_error *err)
{
    const kiji_options *options = run->options;
    kiji_buf text = KIJI_BUF_INIT;
    kiji_status status = KIJI_OK;
    const bool records = run->keep == NULL && run->corpus == NULL;
    if (records && options->format->begin != NULL) {
        status = options->format->begin(&text, &options->view, err);
        kiji_sink_put(run->sink, text.ptr, text.len);
    }
    if (status == KIJI_OK) {
        status = n_workers > 1 ? run_many(found, run, workers, n_workers, err)
                               : run_alone(found, run, workers[0].analyzer, err);
    }
    kiji_stages_enter(run->stages, KIJI_STAGE_WRITE);
    if (status == KIJI_OK && run->corpus != NULL) {
        status = kiji_corpus_write(&text, run->corpus, options->format, &options->view, err);
        kiji_sink_put(run->sink, text.ptr, text.len);
    } else if (status == KIJI_OK && records && options->format->end != NULL) {
        kiji_buf_reset(&text);
        status = options->format->end(&text, &options->view, err);
        kiji_sink_put(run->sink, text.ptr, text.len);
    }
    kiji_buf_clear(&text);
    return status;
}

kiji_status kiji_jobs_run(bool *found, const kiji_run *run, size_t n_workers, kiji_error *err)
{
    *found = false;
    worker *workers = kiji_alloc_zero(n_workers, sizeof *workers);
    if (workers == NULL) {
        return kiji_fail_memory(err);
    }
    kiji_status status = KIJI_OK;
    for (size_t i = 0; i < n_workers && status == KIJI_OK; i++) {
        status = kiji_analyzer_new(&workers[i].analyzer, run->model, err);
    }
    if (status == KIJI_OK) {
        status = run_all(found, run, workers, n_workers, err);
    }
    for (size_t i = 0; i < n_workers; i++) {
        kiji_analyzer_free(workers[i].analyzer);
    }
    kiji_free(workers);
    return status;
}
