/*
 * report.h - the only writer of messages, and the memory of what went wrong.
 */
#ifndef KIJI_CLI_REPORT_H
#define KIJI_CLI_REPORT_H

#include "base/buf.h"
#include "cli/progress.h"
#include "kiji.h"

typedef struct kiji_report {
    bool verbose;            /* each message, not only ten a file */
    bool quiet;              /* no warnings */
    bool failed;             /* some input failed or lost bytes: exit status 1 */
    kiji_buf current;        /* the file that the last message was about */
    size_t n_current;        /* messages about it so far */
    kiji_progress *progress; /* borrowed; its line gives way to messages */
} kiji_report;

/* Where a message belongs: a file, and a line of it when the article is one (else 0). */
typedef struct kiji_place {
    kiji_str file;
    size_t line;
    size_t part; /* or the article with this number in it (else 0) */
} kiji_place;

void kiji_report_init(kiji_report *report, bool quiet, kiji_progress *progress);

/* An article failed. Ten messages a file are printed, then they are counted, unless `verbose`. Names are made safe for
 * terminals. */
void kiji_report_error(kiji_report *report, kiji_place place, const kiji_error *err);

/* Something about an article that is done nevertheless. */
void kiji_report_warning(kiji_report *report, kiji_place place, const char *text);

/* The run cannot go on: "kiji: FILE: reason", and `advice` behind it (may be NULL). */
void kiji_report_fatal(const kiji_error *err, const char *advice);

/* About the run, not an article: "kiji: " and the text, also when quiet. */
void kiji_report_note(kiji_report *report, kiji_str text);

/* About the run: lines of our own, the last one ended too; as they are, also when quiet. */
void kiji_report_table(kiji_report *report, kiji_str lines);

/* Append text with what would steer a terminal made visible, on one line. */
void kiji_report_put_safe(kiji_buf *line, kiji_str text);

/* Print the last count, free. */
void kiji_report_end(kiji_report *report);

#endif
