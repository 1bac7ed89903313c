/* checksum.h - has a file of megabytes been damaged? Read as fast as memory gives it: it is done at every start. */
#ifndef KIJI_BASE_CHECKSUM_H
#define KIJI_BASE_CHECKSUM_H

#include <stdint.h>

#include "kiji.h"

/*
 * A checksum of bytes: each change of one byte changes it, others but for one in 2^64. Part of the format of kiji.dic;
 * the same on every machine with little-endian byte order. No defence against forgery.
 */
uint64_t kiji_checksum(kiji_str bytes);

#endif
