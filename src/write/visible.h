/*
 * visible.h - what is shown in the place of characters that steer a terminal or a page instead of being seen.
 */
#ifndef KIJI_WRITE_VISIBLE_H
#define KIJI_WRITE_VISIBLE_H

#include <stddef.h>
#include <stdint.h>

#include "kiji.h"

#define KIJI_VISIBLE 9 /* the longest is <U+202E> */

/*
 * The character at s.ptr[*at] as it may be shown; *at moves behind it. Controls get their symbols (ESC ␛, DEL ␡);
 * C1 and bidirectional controls, which have none, are spelt <U+009B>; bytes that are no UTF-8 are U+FFFD; line ends
 * (also U+0085, U+2028, U+2029) are '\n'; a tab is a blank. Returns how many characters went to `out`.
 */
size_t kiji_visible(uint32_t out[KIJI_VISIBLE], kiji_str s, size_t *at);

#endif
