/*
 * page_assert.h - the HTML parser (gumbo) checks itself by assert(), and there are pages that make these checks fail:
 * a page is then refused, and the program goes on with the next one.
 */
#ifndef KIJI_READ_PAGE_ASSERT_H
#define KIJI_READ_PAGE_ASSERT_H

#include <setjmp.h>

/*
 * From now on an assertion that fails in this thread, in whatever library, goes to `stop` (longjmp, with 2); NULL: it
 * is told and ends the program, as ever. Borrowed, until the next call. Where the C library's assert() does not end in
 * __assert_fail (not glibc, musl), nothing changes.
 */
void kiji_page_assert_stop(jmp_buf *stop);

#endif
