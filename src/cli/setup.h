/*
 * setup.h - where kiji finds its data, how many articles run at a time, standard streams that somebody closed.
 */
#ifndef KIJI_CLI_SETUP_H
#define KIJI_CLI_SETUP_H

#include "base/buf.h"
#include "cli/options.h"

/* Put something in the place of closed standard streams, so that no file gets their numbers. */
void kiji_setup_streams(void);

/*
 * Load the model that the options ask for. Data is looked for in KIJI_DATA, beside the program (a build folder), in
 * the installed place. Errors: as kiji_model_open.
 */
kiji_status kiji_setup_model(kiji_model **out, const kiji_options *options, kiji_error *err);

/* The faults of the options' dictionaries, a line each; their folder as above. Errors: as kiji_dicts_check. */
kiji_status kiji_setup_check(kiji_buf *out, const kiji_options *options, kiji_error *err);

/* Articles at a time: what the options say, else one for one input, the processors for several. At least 1. */
size_t kiji_setup_workers(const kiji_options *options);

/*
 * Colour and width of views for a terminal: colours where standard output is one (and NO_COLOR is empty) unless the
 * options decide; lines as wide as the terminal, not wrapped elsewhere.
 */
void kiji_setup_screen(kiji_options *options);

/* How many processors we may use. */
size_t kiji_setup_processors(void);

#endif
