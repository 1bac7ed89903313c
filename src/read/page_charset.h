/* page_charset.h - the encoding of an HTML page: what it says of itself, where its bytes do not speak against that. */
#ifndef KIJI_READ_PAGE_CHARSET_H
#define KIJI_READ_PAGE_CHARSET_H

#include "read/charset.h"

/*
 * A byte order mark and valid UTF-8 decide; else `header` (from HTTP, or NULL), else <meta charset> or http-equiv in
 * the first 4096 bytes, where that is an encoding that we know; else kiji_charset_detect. Linear time.
 */
kiji_guess kiji_page_charset(kiji_str bytes, const char *header);

#endif
