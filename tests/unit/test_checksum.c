/* The checksum of compiled dictionaries: each change is seen, at every place of every length. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/checksum.h"

static void a_turned_bit_is_seen(void **state)
{
    char bytes[200];
    (void)state;
    memset(bytes, 'x', sizeof bytes);
    for (size_t len = 1; len <= sizeof bytes; len += 7) {
        const uint64_t sum = kiji_checksum((kiji_str){bytes, len});
        for (size_t bit = 0; bit < len * 8; bit++) {
            bytes[bit / 8] ^= (char)(1 << bit % 8);
            assert_int_not_equal(kiji_checksum((kiji_str){bytes, len}), sum);
            bytes[bit / 8] ^= (char)(1 << bit % 8);
        }
    }
}

/* Two turned bits in one lane must not undo each other, the highest ones above all. */
static void two_turned_bits_are_seen(void **state)
{
    char bytes[256] = "";
    (void)state;
    const uint64_t sum = kiji_checksum((kiji_str){bytes, sizeof bytes});
    for (size_t bit = 0; bit < 64; bit++) {
        for (size_t other = 64; other < sizeof bytes; other += 8) {
            bytes[bit / 8] ^= (char)(1 << bit % 8);
            bytes[other + bit / 8] ^= (char)(1 << bit % 8);
            assert_int_not_equal(kiji_checksum((kiji_str){bytes, sizeof bytes}), sum);
            memset(bytes, 0, sizeof bytes);
        }
    }
}

static void zeros_count(void **state)
{
    static const char zeros[300];
    (void)state;
    for (size_t len = 1; len < sizeof zeros; len++) {
        assert_int_not_equal(kiji_checksum((kiji_str){zeros, len}), kiji_checksum((kiji_str){zeros, len - 1}));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_turned_bit_is_seen),
        cmocka_unit_test(two_turned_bits_are_seen),
        cmocka_unit_test(zeros_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
