/* expected.h - how much the run has before it, as far as that can be told beforehand: for the time that is left. */
#ifndef KIJI_CLI_EXPECTED_H
#define KIJI_CLI_EXPECTED_H

#include "cli/options.h"

/* One of the two where all inputs tell it; both 0: not known. */
typedef struct kiji_expected {
    size_t articles; /* files that are one article each, those of folders among them */
    size_t bytes;    /* of files of records in JSON Lines, not compressed */
} kiji_expected;

/*
 * Look at the operands. Folders are walked and nothing is opened; what takes longer than `seconds` is given up. What
 * cannot be read is not counted: the run will say so.
 */
kiji_expected kiji_expected_of(const kiji_options *options, double seconds);

#endif
