/* The matching form and its maps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "read/text.h"

static kiji_str str(const char *s)
{
    return (kiji_str){s, strlen(s)};
}

static void matching_form(void **state)
{
    static const struct {
        const char *raw, *norm;
    } rows[] = {
        {"Ｆ３５Ａ", "F35A"},
        {"ﾄﾏﾎｰｸ", "トマホーク"},
        {"ﾊﾟﾄﾘｵｯﾄ", "パトリオット"},
        {"か\xE3\x82\x99いむ", "がいむ"},
        {"(IAEA)", "（IAEA）"},
        {"ＳＭ−３", "SM-3"},
        {"一\r\n二\r三\xE2\x80\xA8四", "一\n二\n三\n四"},
        {"日　本", "日 本"},
        {"佐々木…「二〇」", "佐々木…「二〇」"},
        {"㌔と①", "キロと①"},
        {"", ""},
    };
    (void)state;
    kiji_arena arena;
    kiji_arena_init(&arena);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const kiji_str norm = kiji_text_normalize(&arena, str(rows[i].raw));
        assert_string_equal(norm.ptr, rows[i].norm);
        assert_int_equal(norm.len, strlen(rows[i].norm));
    }
    kiji_arena_clear(&arena);
}

/* Every offset of the matching form maps into the text, in order, and whole words map to whole words. */
static void maps(void **state)
{
    (void)state;
    kiji_arena arena;
    kiji_arena_init(&arena);
    kiji_text text;
    kiji_text_build(&text, &arena, str("米軍のＦ３５Ａと\r\nﾄﾏﾎｰｸ。か\xE3\x82\x99"));
    uint32_t before = 0;
    for (uint32_t at = 0; at <= text.norm.len; at++) {
        const uint32_t raw = kiji_text_raw_begin(&text, at);
        assert_true(raw >= before && raw <= text.raw.len);
        before = raw;
    }
    const char *found = strstr(text.norm.ptr, "F35A");
    const uint32_t begin = (uint32_t)(found - text.norm.ptr);
    const kiji_str slice = kiji_text_slice(&text, (kiji_range){begin, begin + 4});
    assert_int_equal(slice.len, strlen("Ｆ３５Ａ"));
    assert_memory_equal(slice.ptr, "Ｆ３５Ａ", slice.len);
    assert_int_equal(kiji_text_cp_at(&text, kiji_text_raw_begin(&text, begin)), 3);
    assert_int_equal(kiji_text_cp_at(&text, (uint32_t)text.raw.len), text.code_points);
    kiji_arena_clear(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(matching_form), cmocka_unit_test(maps)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
