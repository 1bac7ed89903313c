/* arena.h - what unit tests over an arena share: one arena a file, made and cleared around each test. */
#ifndef KIJI_TESTS_ARENA_H
#define KIJI_TESTS_ARENA_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static kiji_arena arena;

static int set_up(void **state)
{
    (void)state;
    kiji_arena_init(&arena);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    kiji_arena_clear(&arena);
    return 0;
}

#endif
