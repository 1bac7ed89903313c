/*
 * settings.h - all that a record depends on besides its article, as one text: two runs with equal texts make equal
 * records of equal input.
 */
#ifndef KIJI_CLI_SETTINGS_H
#define KIJI_CLI_SETTINGS_H

#include "base/buf.h"
#include "cli/options.h"

/*
 * Append "kiji 0.1.0\nformat yaml\n…", with the versions of dictionaries and weights and a digest of each dictionary of
 * the user's, and a final NUL. Errors: KIJI_EIO (such a dictionary cannot be read), KIJI_ENOMEM.
 */
kiji_status kiji_settings(kiji_buf *out, const kiji_options *options, const kiji_model *model, kiji_error *err);

#endif
