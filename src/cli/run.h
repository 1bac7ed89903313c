/* run.h - the articles of a command line through the model into its output, with all that is said about it. */
#ifndef KIJI_CLI_RUN_H
#define KIJI_CLI_RUN_H

#include "cli/options.h"

/* What the program ends with; see EXIT STATUS in kiji.1. */
enum { KIJI_ALL_DONE = 0, KIJI_SOME_FAILED = 1, KIJI_NOTHING_SURE = 2, KIJI_NOTHING_FOUND = 3 };

/* Returns the exit status; does not return when the run was interrupted (the signal is raised again). */
int kiji_run_options(const kiji_options *options);

#endif
