/*
 * show.h - the actions that analyze nothing: help, version, completion scripts, faults of dictionaries on
 * standard output.
 */
#ifndef KIJI_CLI_SHOW_H
#define KIJI_CLI_SHOW_H

#include "cli/options.h"

/* Errors: KIJI_EIO (standard output), KIJI_ENOMEM; the version also those of kiji_model_open, after its first line,
 * the check of dictionaries those of kiji_dicts_check. */
kiji_status kiji_show(const kiji_options *options, kiji_error *err);

#endif
