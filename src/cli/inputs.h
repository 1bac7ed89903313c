/*
 * inputs.h - operands -> articles, one after the other in the order of the command line: files, standard input,
 * folders, lists of names; archives, lines of JSON in them.
 */
#ifndef KIJI_CLI_INPUTS_H
#define KIJI_CLI_INPUTS_H

#include "cli/item.h"
#include "cli/options.h"

typedef struct kiji_inputs kiji_inputs;

/*
 * `options` is borrowed. Errors: KIJI_EUSAGE (an operand is also the output, which goes to options->output or else to
 * standard output), KIJI_ENOMEM.
 */
kiji_status kiji_inputs_open(kiji_inputs **out, const kiji_options *options, kiji_error *err);

/*
 * What may come among the articles (KIJI_NEEDS_…), by a look into files. Call it once, before kiji_inputs_next. Where
 * standard input comes first, its first bytes are waited for: they are kept.
 */
unsigned kiji_inputs_look(kiji_inputs *inputs);

/* Whether more than one article is to be expected. */
bool kiji_inputs_are_many(const kiji_options *options);

/* The next article goes to *item; false at the end, or when the run is interrupted. */
bool kiji_inputs_next(kiji_inputs *inputs, kiji_item *item);

/* NULL is allowed. */
void kiji_inputs_close(kiji_inputs *inputs);

#endif
