/*
 * mirror.h - the name of an article's file in an output folder that mirrors the inputs.
 */
#ifndef KIJI_CLI_MIRROR_H
#define KIJI_CLI_MIRROR_H

#include "base/buf.h"
#include "write/origin.h"

/*
 * Append "FILE.EXTENSION", for a line of a file "FILE/LINE.EXTENSION", and a final NUL. FILE is the name as given
 * without what would lead out of the folder: "/" and "./" in front go, ".." becomes "%2E%2E" (and "%" "%25", so that no
 * two inputs meet); standard input is "stdin". Parts that are too long for a file system end in a digest.
 */
void kiji_mirror_name(kiji_buf *out, const kiji_origin *origin, const char *extension);

#endif
