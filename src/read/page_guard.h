/*
 * page_guard.h - looks over markup before a tree is built of it: the work of the parser grows with the square of the
 * depth of elements and of the number of attributes of a tag, and pages are written by anybody.
 */
#ifndef KIJI_READ_PAGE_GUARD_H
#define KIJI_READ_PAGE_GUARD_H

#include "kiji.h"

/*
 * Errors: KIJI_ELIMIT, with the byte: more than 1000 elements inside each other (as far as can be told without the
 * parser: what end tags close is guessed, comments and scripts are passed over), more than 500,000 tags, more than 500
 * attributes in a tag. Linear time.
 */
kiji_status kiji_page_guard(kiji_str html, kiji_error *err);

#endif
