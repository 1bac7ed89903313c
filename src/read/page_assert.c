#include "read/page_assert.h"

#include <stdio.h>
#include <stdlib.h>

static _Thread_local jmp_buf *leave;

void kiji_page_assert_stop(jmp_buf *stop)
{
    leave = stop;
}

/*
 * The C library's end of assert(), which a program may have its own of: the linker lets shared libraries find it here.
 * The name is theirs.
 */
/* NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
_Noreturn void __assert_fail(const char *assertion, const char *file, unsigned line, const char *function);
/* NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
_Noreturn void __assert_fail(const char *assertion, const char *file, unsigned line, const char *function)
{
    jmp_buf *stop = leave;
    if (stop != NULL) {
        leave = NULL;
        longjmp(*stop, 2);
    }
    (void)fprintf(stderr, "%s:%u: %s: Assertion `%s' failed.\n", file, line, function != NULL ? function : "?",
                  assertion);
    abort();
}
