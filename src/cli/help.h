/*
 * help.h - what the option table says to people and to shells.
 */
#ifndef KIJI_CLI_HELP_H
#define KIJI_CLI_HELP_H

#include "base/buf.h"

/* One line: how to call kiji. */
void kiji_help_line(kiji_buf *out);

/* One screen: the common options. */
void kiji_help_short(kiji_buf *out);

/* All options in their groups, exit status, examples; `jobs`: how many articles at a time by default. */
void kiji_help_long(kiji_buf *out, size_t jobs);

/* The completion script for a shell: "bash", "zsh", "fish". */
void kiji_help_completion(kiji_buf *out, const char *shell);

#endif
