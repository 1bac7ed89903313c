/*
 * mem.h - the only callers of malloc: an allocation seam that tests can make fail, and an arena.
 *
 * Two lifetimes: what is loaded once (kiji_alloc … kiji_free) and what belongs to one article (an arena, reset a
 * article). Running out of memory inside an article leaves by one door: the arena's `bail`, a jmp_buf that
 * kiji_analyze sets, so that no extractor has to check an allocation and nothing half made can leave (the pattern of
 * libpng and Lua). Code under a bail owns nothing but arena memory.
 */
#ifndef KIJI_BASE_MEM_H
#define KIJI_BASE_MEM_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiji.h"

/* malloc, realloc, calloc and free behind the seam. Sizes in bytes; products are checked. NULL on failure. */
void *kiji_alloc(size_t nbytes);
void *kiji_alloc_zero(size_t count, size_t nbytes_each);
void *kiji_realloc(void *ptr, size_t nbytes);
void kiji_free(void *ptr);

/* Tests only: let the n-th allocation from now fail (1 = the next one), and all after it; 0 = none. */
void kiji_alloc_fail_at(uint64_t n);
/* Tests only: allocations made so far. */
uint64_t kiji_alloc_count(void);

typedef struct kiji_arena_block kiji_arena_block;

/* Why an arena took its bail. */
typedef enum kiji_bail { KIJI_BAIL_MEMORY, KIJI_BAIL_TIME } kiji_bail;

typedef struct kiji_arena {
    kiji_arena_block *first;   /* the block kept over resets */
    kiji_arena_block *current; /* where the next piece comes from */
    char *next;
    char *end;
    size_t used;       /* bytes handed out since the last reset */
    size_t limit;      /* refuse beyond this many bytes; 0 = none */
    uint64_t deadline; /* nanoseconds of work of this thread, 0 = none: kiji_arena_time */
    size_t look_at;    /* look at the clock when so many bytes are used */
    uint32_t passes;   /* of kiji_arena_check */
    kiji_bail why;     /* of the last bail */
    jmp_buf *bail;     /* where a failed allocation goes; NULL: kiji_arena_alloc returns NULL */
} kiji_arena;

/* Make an empty arena in the caller's storage. Allocates nothing. */
void kiji_arena_init(kiji_arena *arena);
/* Give everything back to the arena; memory is kept for the next article (up to a bound). */
void kiji_arena_reset(kiji_arena *arena);
/* Free all memory. */
void kiji_arena_clear(kiji_arena *arena);
/* `nbytes` aligned for any type, not zeroed; valid until reset or clear. On failure: jumps to `bail`, or NULL. */
void *kiji_arena_alloc(kiji_arena *arena, size_t nbytes);
/* The same, zeroed, with the product checked. */
void *kiji_arena_zero(kiji_arena *arena, size_t count, size_t nbytes_each);
/* A copy of `s` with a final NUL (not counted in len), valid as long as the arena's pieces. */
kiji_str kiji_arena_copy(kiji_arena *arena, kiji_str s);
/*
 * From now on this thread may work so many milliseconds over this arena; 0: any time. When they are over, the next look
 * at the clock (in allocations and kiji_arena_check) takes the bail, with KIJI_BAIL_TIME. Ends with reset.
 */
void kiji_arena_time(kiji_arena *arena, uint64_t milliseconds);
/* Look at the clock, without regard to how long ago that was; for kiji_arena_check. */
void kiji_arena_look(kiji_arena *arena);
/* A safe point of a loop: code that may take long without allocating passes here; a look at the clock now and then. */
static inline void kiji_arena_check(kiji_arena *arena)
{
    if (arena->deadline != 0 && ++arena->passes % 64 == 0) {
        kiji_arena_look(arena);
    }
}

/* Leave by the arena's door: for failures of other allocations under it. Does not return when `bail` is set. */
void kiji_arena_bail(kiji_arena *arena);

/* Room for one more element in an array in an arena: doubles, copies. Returns the array (moved or not). */
void *kiji_arena_grow(kiji_arena *arena, void *array, size_t count, size_t *capacity, size_t nbytes_each);

/*
 * Append `value` to a growing array in an arena. `list` has members .items, .count, .capacity (size_t).
 * Evaluates `list` more than once.
 */
#define KIJI_PUSH(arena, list, value)                                                                                  \
    do {                                                                                                               \
        if ((list)->count == (list)->capacity) {                                                                       \
            (list)->items =                                                                                            \
                kiji_arena_grow((arena), (list)->items, (list)->count, &(list)->capacity, sizeof *(list)->items);      \
        }                                                                                                              \
        (list)->items[(list)->count++] = (value);                                                                      \
    } while (0)

#endif
