/* Spellings of one name meet, names of two people do not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "words/spelling.h"

static void spellings(void **state)
{
    static const struct {
        const char *one, *other;
        int same; /* -1: the first is no full name in katakana */
    } rows[] = {
        {"シャフリー・シャムスディン", "シャフリ・シャムスディン", 1},
        {"ヴォロディミル・ゼレンスキー", "ボロディミル=ゼレンスキー", 1},
        {"ユリヤ・スヴィリデンコ", "ユリア・スビリデンコ", 1},
        {"アンドリュー・ベイリー", "アンドルー・ベイリー", 1},
        {"マフムード・アッバース", "マフムド・アッバス", 1},
        {"ジョージ・ブッシュ", "ジョージ・アッシュ", 0},
        {"ブレア", "ブレアー", -1},
        {"バン・ア", "バン・ア", -1},
        {"ジョージ・W・ブッシュ", "ジョージ・W・ブッシュ", -1},
        {"岸田・文雄・岸田", "岸田", -1},
        {"", "", -1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char one[KIJI_SPELLING_BYTES];
        char other[KIJI_SPELLING_BYTES];
        const size_t n = kiji_spelling(one, (kiji_str){rows[i].one, strlen(rows[i].one)});
        const size_t m = kiji_spelling(other, (kiji_str){rows[i].other, strlen(rows[i].other)});
        if (rows[i].same < 0) {
            assert_int_equal(n, 0);
            continue;
        }
        assert_true(n != 0 && m != 0);
        assert_int_equal(n == m && memcmp(one, other, n) == 0, rows[i].same);
    }
    char longest[2 * KIJI_SPELLING_BYTES];
    for (size_t i = 0; i < sizeof longest; i++) {
        longest[i] = "ア・"[i % 6];
    }
    char out[KIJI_SPELLING_BYTES];
    assert_int_equal(kiji_spelling(out, (kiji_str){longest, 258}), 0);
    assert_true(kiji_spelling(out, (kiji_str){longest, 240}) != 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(spellings)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
