#include "base/mem.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#define FIRST_BLOCK   ((size_t)256 * 1024)
#define LOOK_EVERY    ((size_t)64 * 1024) /* bytes between two looks at the clock */
#define KEEP_AT_RESET ((size_t)8 * 1024 * 1024)
#define ALIGNMENT     (sizeof(max_align_t) > 16 ? 16 : sizeof(max_align_t))

/* Test seam: both are 0 in normal runs; a relaxed counter costs nothing that could be measured. */
static _Atomic uint64_t allocations;
static _Atomic uint64_t fail_from;

void kiji_alloc_fail_at(uint64_t n)
{
    fail_from = n == 0 ? 0 : allocations + n;
}

uint64_t kiji_alloc_count(void)
{
    return allocations;
}

static bool refused(void)
{
    const uint64_t n = atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed) + 1;
    const uint64_t from = atomic_load_explicit(&fail_from, memory_order_relaxed);
    return from != 0 && n >= from;
}

#if defined(__GNUC__) && !defined(__clang__)
/* gcc's analyzer takes blocks whose address was rounded (prefer_huge) for lost, though the arena holds them. */
#pragma GCC diagnostic ignored "-Wanalyzer-malloc-leak"
#endif

/* Huge pages for what is large and read here and there, as far as they fit inside: see kiji_image_settle. */
static void prefer_huge(void *ptr, size_t nbytes)
{
#ifdef MADV_HUGEPAGE
    const uintptr_t page = (uintptr_t)2 * 1024 * 1024;
    if (ptr != NULL && nbytes >= page) {
        const uintptr_t begin = ((uintptr_t)ptr + page - 1) / page * page;
        const uintptr_t end = ((uintptr_t)ptr + nbytes) / page * page;
        if (begin < end) {
            (void)madvise((void *)begin, end - begin, MADV_HUGEPAGE);
        }
    }
#else
    (void)ptr;
    (void)nbytes;
#endif
}

void *kiji_alloc(size_t nbytes)
{
    void *ptr = refused() ? NULL : malloc(nbytes != 0 ? nbytes : 1);
    prefer_huge(ptr, nbytes);
    return ptr;
}

void *kiji_alloc_zero(size_t count, size_t nbytes_each)
{
    void *ptr = refused() ? NULL : calloc(count != 0 ? count : 1, nbytes_each != 0 ? nbytes_each : 1);
    prefer_huge(ptr, count * nbytes_each);
    return ptr;
}

void *kiji_realloc(void *ptr, size_t nbytes)
{
    return refused() ? NULL : realloc(ptr, nbytes != 0 ? nbytes : 1);
}

void kiji_free(void *ptr)
{
    free(ptr);
}

struct kiji_arena_block {
    kiji_arena_block *next;
    size_t size; /* bytes that follow the header */
};

#define HEADER ((sizeof(kiji_arena_block) + 15) / 16 * 16)

void kiji_arena_init(kiji_arena *arena)
{
    memset(arena, 0, sizeof *arena);
    arena->look_at = SIZE_MAX;
}

/* That this thread has worked: what others do on the machine must not fail an article. */
static uint64_t nanoseconds(void)
{
    struct timespec now = {0, 0};
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec;
}

void kiji_arena_time(kiji_arena *arena, uint64_t milliseconds)
{
    const bool any = milliseconds == 0 || milliseconds > UINT64_MAX / 2000000U;
    arena->deadline = any ? 0 : nanoseconds() + milliseconds * 1000000U;
    arena->look_at = any ? SIZE_MAX : 0;
}

void kiji_arena_look(kiji_arena *arena)
{
    if (arena->deadline != 0) {
        arena->look_at = arena->used + LOOK_EVERY;
        if (nanoseconds() > arena->deadline) {
            arena->why = KIJI_BAIL_TIME;
            if (arena->bail != NULL) {
                longjmp(*arena->bail, 1);
            }
        }
    }
}

static void enter(kiji_arena *arena, kiji_arena_block *block)
{
    arena->current = block;
    arena->next = (char *)block + HEADER;
    arena->end = arena->next + block->size;
}

void kiji_arena_reset(kiji_arena *arena)
{
    arena->used = 0;
    arena->deadline = 0;
    arena->look_at = SIZE_MAX;
    if (arena->first == NULL) {
        return;
    }
    /* One huge article must not hold its memory for the rest of a long run. */
    size_t kept = arena->first->size;
    kiji_arena_block *block = arena->first;
    while (block->next != NULL) {
        kiji_arena_block *next = block->next;
        if (kept + next->size > KEEP_AT_RESET) {
            block->next = next->next;
            kiji_free(next);
        } else {
            kept += next->size;
            block = next;
        }
    }
    enter(arena, arena->first);
}

void kiji_arena_clear(kiji_arena *arena)
{
    kiji_arena_block *block = arena->first;
    while (block != NULL) {
        kiji_arena_block *next = block->next;
        kiji_free(block);
        block = next;
    }
    jmp_buf *bail = arena->bail;
    const size_t limit = arena->limit;
    kiji_arena_init(arena);
    arena->bail = bail;
    arena->limit = limit;
}

void kiji_arena_bail(kiji_arena *arena)
{
    arena->why = KIJI_BAIL_MEMORY;
    if (arena->bail != NULL) {
        longjmp(*arena->bail, 1);
    }
}

static kiji_arena_block *add_block(kiji_arena *arena, size_t nbytes)
{
    size_t size = FIRST_BLOCK;
    if (arena->current != NULL) {
        size = arena->current->size < (size_t)4 * 1024 * 1024 ? arena->current->size * 2 : arena->current->size;
    }
    if (size < nbytes) {
        size = nbytes;
    }
    if (size > SIZE_MAX - HEADER) {
        return NULL;
    }
    kiji_arena_block *block = kiji_alloc(HEADER + size);
    if (block == NULL) {
        return NULL;
    }
    block->size = size;
    if (arena->current == NULL) {
        block->next = NULL;
        arena->first = block;
    } else {
        block->next = arena->current->next;
        arena->current->next = block;
    }
    return block;
}

void *kiji_arena_alloc(kiji_arena *arena, size_t nbytes)
{
    if (nbytes > SIZE_MAX / 2) {
        kiji_arena_bail(arena);
        return NULL;
    }
    if (arena->used >= arena->look_at) {
        kiji_arena_look(arena);
    }
    const size_t size = (nbytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (arena->limit != 0 && size > arena->limit - (arena->used < arena->limit ? arena->used : arena->limit)) {
        kiji_arena_bail(arena);
        return NULL;
    }
    while (arena->current == NULL || (size_t)(arena->end - arena->next) < size) {
        kiji_arena_block *block = arena->current != NULL ? arena->current->next : NULL;
        if (block == NULL || block->size < size) {
            block = add_block(arena, size);
        }
        if (block == NULL) {
            kiji_arena_bail(arena);
            return NULL;
        }
        enter(arena, block);
    }
    void *piece = arena->next;
    arena->next += size;
    arena->used += size;
    return piece;
}

void *kiji_arena_zero(kiji_arena *arena, size_t count, size_t nbytes_each)
{
    if (nbytes_each != 0 && count > SIZE_MAX / 2 / nbytes_each) {
        kiji_arena_bail(arena);
        return NULL;
    }
    void *piece = kiji_arena_alloc(arena, count * nbytes_each);
    if (piece != NULL) {
        memset(piece, 0, count * nbytes_each);
    }
    return piece;
}

kiji_str kiji_arena_copy(kiji_arena *arena, kiji_str s)
{
    char *copy = kiji_arena_alloc(arena, s.len + 1);
    if (copy == NULL) {
        return (kiji_str){NULL, 0};
    }
    if (s.len != 0) {
        memcpy(copy, s.ptr, s.len);
    }
    copy[s.len] = '\0';
    return (kiji_str){copy, s.len};
}

void *kiji_arena_grow(kiji_arena *arena, void *array, size_t count, size_t *capacity, size_t nbytes_each)
{
    const size_t wider = *capacity != 0 ? *capacity * 2 : 16;
    if (wider > SIZE_MAX / 2 / nbytes_each) {
        kiji_arena_bail(arena);
        return NULL;
    }
    /* The last piece of its block goes on where it is. */
    const size_t now = (*capacity * nbytes_each + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    const size_t then = (wider * nbytes_each + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (*capacity != 0 && (char *)array + now == arena->next && then - now <= (size_t)(arena->end - arena->next) &&
        (arena->limit == 0 || arena->used + (then - now) <= arena->limit)) {
        (void)kiji_arena_alloc(arena, then - now);
        *capacity = wider;
        return array;
    }
    void *moved = kiji_arena_alloc(arena, wider * nbytes_each);
    if (moved != NULL) {
        if (count != 0) {
            memcpy(moved, array, count * nbytes_each);
        }
        *capacity = wider;
    }
    return moved;
}
