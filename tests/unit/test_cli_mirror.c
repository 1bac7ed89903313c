/* Names of files in a folder that mirrors the inputs: none leads out of it, no two inputs meet. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cli/mirror.h"

static void name_of(kiji_buf *out, const char *file, size_t line)
{
    const kiji_origin origin = {.file = {file, strlen(file)}, .line = line};
    kiji_buf_reset(out);
    kiji_mirror_name(out, &origin, "yaml");
    assert_false(out->failed);
    assert_int_equal(out->ptr[out->len - 1], '\0');
}

static void test_names(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        size_t line;
        const char *name;
    } rows[] = {
        {"a.txt", 0, "a.txt.yaml"},
        {"./a/./b.txt", 0, "a/b.txt.yaml"},
        {"/etc/passwd", 0, "etc/passwd.yaml"},
        {"../../a", 0, "%2E%2E/%2E%2E/a.yaml"},
        {"%2E%2E/a", 0, "%252E%252E/a.yaml"},
        {"...", 0, "....yaml"},
        {"a//b/", 0, "a/b.yaml"},
        {"-", 0, "stdin.yaml"},
        {"news.jsonl", 7, "news.jsonl/7.yaml"},
    };
    kiji_buf out = KIJI_BUF_INIT;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        name_of(&out, rows[i].file, rows[i].line);
        assert_string_equal(out.ptr, rows[i].name);
    }
    kiji_buf_clear(&out);
}

/* Long ones are cut between characters, and differ where only their ends do. */
static void test_long(void **state)
{
    (void)state;
    char file[3 * 100 + 1] = "";
    for (size_t i = 0; i < 100; i++) {
        memcpy(file + 3 * i, "記", 4);
    }
    kiji_buf one = KIJI_BUF_INIT;
    kiji_buf other = KIJI_BUF_INIT;
    name_of(&one, file, 0);
    memcpy(file + 3 * 99, "者", 4);
    name_of(&other, file, 0);
    assert_true(one.len <= 255 && other.len <= 255);
    assert_string_not_equal(one.ptr, other.ptr);
    assert_memory_equal(one.ptr, file, 207); /* 69 whole characters of 210 bytes */
    assert_int_equal(one.ptr[210], '%');
    kiji_buf_clear(&one);
    kiji_buf_clear(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_names), cmocka_unit_test(test_long)};
    return cmocka_run_group_tests_name("cli_mirror", tests, NULL, NULL);
}
