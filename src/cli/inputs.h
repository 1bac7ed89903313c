/*
 * inputs.h - operands -> articles, one after the other in the order of the command line: files, standard input,
 * folders, lists of names, lines of JSON.
 */
#ifndef KIJI_CLI_INPUTS_H
#define KIJI_CLI_INPUTS_H

#include "base/buf.h"
#include "cli/options.h"

/* One article as read, or why it could not be. Reused from article to article; starts all zero. */
typedef struct kiji_item {
    kiji_buf file;  /* owned; the file's name as given, "-" for standard input; followed by NUL */
    kiji_buf bytes; /* owned */
    size_t line;    /* number of the line whose JSON `bytes` is, or 0: `bytes` is the article */
    size_t part;    /* number of the article in a text that --split cuts, or 0 */
    kiji_error err; /* err.status is KIJI_OK where reading worked */
} kiji_item;

typedef struct kiji_inputs kiji_inputs;

/*
 * `options` is borrowed. Errors: KIJI_EUSAGE (an operand is also the output, which goes to options->output or else to
 * standard output), KIJI_ENOMEM.
 */
kiji_status kiji_inputs_open(kiji_inputs **out, const kiji_options *options, kiji_error *err);

/* Whether a file of this name is read as several articles. */
bool kiji_inputs_hold_many(const kiji_options *options, const char *name);

/* Whether more than one article is to be expected. */
bool kiji_inputs_are_many(const kiji_options *options);

/* The next article goes to *item; false at the end, or when the run is interrupted. */
bool kiji_inputs_next(kiji_inputs *inputs, kiji_item *item);

/* NULL is allowed. */
void kiji_inputs_close(kiji_inputs *inputs);

void kiji_item_clear(kiji_item *item);

#endif
