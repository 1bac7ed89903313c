/* What stands between operands and articles: lines, folders, JSON members, values of options. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "cli/fields.h"
#include "cli/choice.h"
#include "cli/lines.h"
#include "cli/option_values.h"
#include "cli/walk.h"

static int pipe_with(const char *bytes, size_t nbytes)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], bytes, nbytes), (ssize_t)nbytes);
    assert_int_equal(close(ends[1]), 0);
    return ends[0];
}

static void test_lines(void **state)
{
    (void)state;
    static const char bytes[] = "one\n\nthree";
    kiji_lines lines;
    kiji_str piece;
    kiji_error err;
    kiji_lines_open(&lines, pipe_with(bytes, sizeof bytes - 1), '\n', 0);
    static const char *const want[] = {"one", "", "three"};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(kiji_lines_next(&piece, &lines, &err), KIJI_OK);
        assert_int_equal(piece.len, strlen(want[i]));
        assert_memory_equal(piece.ptr, want[i], piece.len);
        assert_int_equal(lines.number, i + 1);
    }
    assert_int_equal(kiji_lines_next(&piece, &lines, &err), KIJI_OK);
    assert_null(piece.ptr);
    kiji_lines_close(&lines);
    kiji_lines_close(&lines);
}

static void test_lines_too_long(void **state)
{
    (void)state;
    static const char bytes[] = "12345\n123456\n1\n1234567";
    static const kiji_status want[] = {KIJI_OK, KIJI_ELIMIT, KIJI_OK, KIJI_ELIMIT};
    kiji_lines lines;
    kiji_str piece;
    kiji_error err;
    kiji_lines_open(&lines, pipe_with(bytes, sizeof bytes - 1), '\n', 5);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(kiji_lines_next(&piece, &lines, &err), want[i]);
        assert_non_null(piece.ptr);
    }
    assert_int_equal(kiji_lines_next(&piece, &lines, &err), KIJI_OK);
    assert_null(piece.ptr);
    kiji_lines_close(&lines);
}

static void test_fields(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        kiji_status status;
        const char *source, *date; /* NULL: as before */
    } rows[] = {
        {"{\"text\":\"a\"}", KIJI_OK, NULL, NULL},
        {"{\"id\":\"x\",\"source\":\"y\",\"text\":\"a\"}", KIJI_OK, "x", NULL},
        {"{\"source\":\"y\",\"text\":\"a\"}", KIJI_OK, "y", NULL},
        {"{\"id\":-12,\"text\":\"a\"}", KIJI_OK, "-12", NULL},
        {"{\"text\":\"a\",\"date\":\"2024-02-29 10:00\"}", KIJI_OK, NULL, "2024-02-29"},
        {"{\"text\":\"a\",\"date\":\"2024-02-30\"}", KIJI_EINPUT, NULL, NULL},
        {"{\"text\":\"a\",\"date\":\"2024-02-299\"}", KIJI_EINPUT, NULL, NULL},
        {"{\"text\":\"a\",\"id\":[]}", KIJI_EINPUT, NULL, NULL},
        {"{\"text\":\"a\",\"title\":1}", KIJI_EINPUT, NULL, NULL},
        {"{\"text\":\"a\",\"title\":\"\\u0000\"}", KIJI_EINPUT, NULL, NULL},
        {"{\"text\":null}", KIJI_EINPUT, NULL, NULL},
        {"{}", KIJI_EINPUT, NULL, NULL},
        {"[]", KIJI_EINPUT, NULL, NULL},
        {"{\"text\":\"a\"} x", KIJI_EINPUT, NULL, NULL},
        {"{\"text\":\"\xFF\"}", KIJI_EINPUT, NULL, NULL},
        {"", KIJI_EINPUT, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        kiji_input input = {.source = "before"};
        kiji_fields *fields = NULL;
        kiji_error err = {.status = KIJI_OK};
        const kiji_str line = {rows[i].line, strlen(rows[i].line)};
        assert_int_equal(kiji_fields_parse(&fields, &input, NULL, line, &err), rows[i].status);
        if (rows[i].status == KIJI_OK) {
            assert_string_equal(input.source, rows[i].source != NULL ? rows[i].source : "before");
            assert_int_equal(input.nbytes, 1);
            if (rows[i].date != NULL) {
                assert_string_equal(input.date, rows[i].date);
            }
        } else {
            assert_null(fields);
            assert_int_equal(err.status, rows[i].status);
        }
        kiji_fields_free(fields);
    }
}

static void test_values(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        kiji_status status;
        size_t bytes;
    } sizes[] = {{"1", KIJI_OK, 1},
                 {"64M", KIJI_OK, 67108864},
                 {"2K", KIJI_OK, 2048},
                 {"1G", KIJI_OK, 1073741824},
                 {"0", KIJI_EUSAGE, 0},
                 {"", KIJI_EUSAGE, 0},
                 {"M", KIJI_EUSAGE, 0},
                 {"1T", KIJI_EUSAGE, 0},
                 {"1MM", KIJI_EUSAGE, 0},
                 {"-1", KIJI_EUSAGE, 0},
                 {" 1", KIJI_EUSAGE, 0},
                 {"0x10", KIJI_EUSAGE, 0},
                 {"99999999999999999999", KIJI_EUSAGE, 0}};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        size_t bytes = 0;
        kiji_error err;
        assert_int_equal(kiji_value_size(&bytes, sizes[i].text, &err), sizes[i].status);
        if (sizes[i].status == KIJI_OK) {
            assert_int_equal(bytes, sizes[i].bytes);
        }
    }
    static const struct {
        const char *text;
        bool good;
    } dates[] = {{"2024-07-28", true}, {"2024-02-29", true},  {"2023-02-29", false}, {"1900-02-29", false},
                 {"2000-02-29", true}, {"2024-13-01", false}, {"2024-00-01", false}, {"2024-04-31", false},
                 {"2024-7-28", false}, {"", false},           {"2024-07-28x", false}};
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++) {
        assert_int_equal(kiji_value_is_date(dates[i].text), dates[i].good);
    }
}

static void test_extensions(void **state)
{
    (void)state;
    static const struct {
        const char *name, *list;
        bool has;
    } rows[] = {{"a.txt", "txt,jsonl", true}, {"a.jsonl", "txt,jsonl", true}, {"a.json", "txt,jsonl", false},
                {"txt", "txt", false},        {"a.b.txt", "txt", true},       {"a.", "txt,", false},
                {"a.txt", "", false},         {"a.TXT", "txt", false}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(kiji_choice_has_extension(rows[i].name, rows[i].list), rows[i].has);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),  cmocka_unit_test(test_lines_too_long), cmocka_unit_test(test_fields),
        cmocka_unit_test(test_values), cmocka_unit_test(test_extensions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
