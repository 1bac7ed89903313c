/*
 * stamp.h - a point in time as machines write it -> the day in Japan: an article that came out at 22:00 UTC bears the
 * date of the next morning.
 */
#ifndef KIJI_READ_STAMP_H
#define KIJI_READ_STAMP_H

#include <stdbool.h>

#include "kiji.h"

/*
 * Read ISO 8601 ("2024-07-28", "2024-07-27T22:00:00Z", "2024-07-28 09:00+0900") or RFC 822 ("Sat, 27 Jul 2024 22:00:00
 * GMT"), blanks around it allowed. out becomes "YYYY-MM-DD", moved to Japan's time where hour and zone are given; ""
 * and false where it is neither, or no day that kiji_date_valid takes.
 */
bool kiji_stamp_day(char out[11], kiji_str text);

#endif
