/* Lines of JSON that are read in one pass, and those that are left to jansson. */
#include <string.h>

#include "arena.h"
#include "cli/flat_json.h"

static bool flat(kiji_members *out, const char *line)
{
    *out = (kiji_members){NULL, 0, 0};
    return kiji_flat_json(out, &arena, (kiji_str){line, strlen(line)});
}

static void reads_what_a_corpus_has(void **state)
{
    (void)state;
    kiji_members m;
    assert_true(flat(&m, "{\"id\": 12, \"text\":\"首相は「やる」と述べた。\" ,\"no\":-7,\"date\":null,\"is\":true}\n"));
    assert_int_equal(m.count, 5);
    assert_int_equal(kiji_member_find(&m, "id")->kind, KIJI_MEMBER_INTEGER);
    assert_int_equal(kiji_member_find(&m, "id")->integer, 12);
    assert_int_equal(kiji_member_find(&m, "no")->integer, -7);
    assert_string_equal(kiji_member_find(&m, "text")->text.ptr, "首相は「やる」と述べた。");
    assert_int_equal(kiji_member_find(&m, "date")->kind, KIJI_MEMBER_NULL);
    assert_int_equal(kiji_member_find(&m, "is")->kind, KIJI_MEMBER_OTHER);
    assert_null(kiji_member_find(&m, "title"));
}

static void resolves_escapes(void **state)
{
    (void)state;
    kiji_members m;
    assert_true(flat(&m, "{\"t\":\"a\\n\\t\\\"\\\\\\/\\b\\f\\r|\\u8a18\\u4E8B|\\ud83d\\ude00|\\u00e9\\u0041\"}"));
    assert_string_equal(m.items[0].text.ptr, "a\n\t\"\\/\b\f\r|記事|😀|éA");
    assert_int_equal(m.items[0].text.len, strlen(m.items[0].text.ptr));
}

static void leaves_the_rest_to_jansson(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "",
        "{",
        "{}",
        "[]",
        "\"a\"",
        "{\"a\":\"b\"",
        "{\"a\":\"b\"} x",
        "{\"a\":\"b\",}",
        "{\"a\" \"b\"}",
        "{\"a\":\"b\",\"a\":\"c\"}",
        "{\"a\":[1]}",
        "{\"a\":{}}",
        "{\"a\":1.5}",
        "{\"a\":1e3}",
        "{\"a\":01}",
        "{\"a\":-0}",
        "{\"a\":-}",
        "{\"a\":1234567890123456789}",
        "{\"a\":tru}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\\u0000\"}",
        "{\"a\":\"\\ud83d\"}",
        "{\"a\":\"\\ud83dx\"}",
        "{\"a\":\"\\ud83d\\u0041\"}",
        "{\"a\":\"\\ude00\"}",
        "{\"a\":\"\\\"}",
        "{\"a\":\"\x01\"}",
        "{\"a\":\"\xE8\xA8\"}",
        "{\"a\":\"\xED\xA0\x80\"}",
        "{a:1}",
        "{\"a\":\"b",
    };
    for (size_t i = 0; i < COUNT(lines); i++) {
        kiji_members m;
        if (flat(&m, lines[i])) {
            fail_msg("read: %s", lines[i]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(reads_what_a_corpus_has, set_up, tear_down),
        cmocka_unit_test_setup_teardown(resolves_escapes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(leaves_the_rest_to_jansson, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
