/* search.h - binary search in a sorted list. */
#ifndef KIJI_BASE_SEARCH_H
#define KIJI_BASE_SEARCH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * The first of `count` items of `size` bytes whose 32-bit field, `offset` bytes in, is not below `value`; `count` where
 * there is none. The items are sorted by that field.
 */
static inline size_t kiji_first_from(const void *items, size_t count, size_t size, size_t offset, uint32_t value)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        uint32_t field;
        memcpy(&field, (const char *)items + middle * size + offset, sizeof field);
        if (field < value) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The same in a list of `type` (items, count), by one of its fields. */
#define KIJI_FIRST_FROM(list, type, field, value)                                                                      \
    kiji_first_from((list).items, (list).count, sizeof(type), offsetof(type, field), (value))

#endif
