/*
 * confine.h - which files a run needs once model and output are open: the one place where that is decided.
 */
#ifndef KIJI_CLI_CONFINE_H
#define KIJI_CLI_CONFINE_H

#include "base/buf.h"
#include "cli/options.h"

/*
 * Enter the sandbox, unless --no-sandbox: operands can be read, with lists of names everything; below the output
 * folder can be written; beside the output file `target` (NULL: none, or written in place) files can be made and
 * renamed. Call when all else is open, before threads start. Errors: KIJI_ENOMEM.
 */
kiji_status kiji_confine(const kiji_options *options, const char *target, kiji_error *err);

/* Append "sandbox: …", what this machine has of it, as a line of --version. */
void kiji_confine_describe(kiji_buf *out, const kiji_options *options);

#endif
