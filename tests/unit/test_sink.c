#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "write/sink.h"

static void test_file_appears_whole(void **state)
{
    (void)state;
    kiji_sink *sink = NULL;
    kiji_error err;
    assert_int_equal(kiji_sink_open(&sink, "out.txt", &err), KIJI_OK);
    for (int i = 0; i < 100000; i++) {
        kiji_sink_put(sink, "0123456789", 10);
        assert_int_equal(kiji_sink_record(sink, &err), KIJI_OK);
    }
    assert_int_not_equal(access("out.txt", F_OK), 0);
    assert_int_equal(kiji_sink_close(sink, &err), KIJI_OK);
    FILE *file = fopen("out.txt", "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    assert_int_equal(ftell(file), 1000000);
    (void)fclose(file);
    assert_int_equal(remove("out.txt"), 0);
}

static void test_discard_leaves_nothing(void **state)
{
    (void)state;
    kiji_sink *sink = NULL;
    kiji_error err;
    assert_int_equal(kiji_sink_open(&sink, "gone.txt", &err), KIJI_OK);
    kiji_sink_put(sink, "x", 1);
    kiji_sink_discard(sink);
    kiji_sink_discard(NULL);
    assert_int_not_equal(access("gone.txt", F_OK), 0);
}

static void test_refused_places(void **state)
{
    (void)state;
    static const char *const paths[] = {".", "nowhere/out.txt", ""};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        kiji_sink *sink = NULL;
        kiji_error err = {.status = KIJI_OK};
        assert_int_equal(kiji_sink_open(&sink, paths[i], &err), KIJI_EIO);
        assert_null(sink);
        assert_int_not_equal(err.sys_errno, 0);
        assert_string_equal(err.source, paths[i]);
    }
}

static void test_full_device(void **state)
{
    (void)state;
    kiji_sink *sink = NULL;
    kiji_error err;
    if (access("/dev/full", W_OK) != 0) {
        skip();
    }
    assert_int_equal(kiji_sink_open(&sink, "/dev/full", &err), KIJI_OK);
    kiji_sink_put(sink, "x", 1);
    assert_int_equal(kiji_sink_record(sink, &err), KIJI_EIO);
    kiji_sink_put(sink, "x", 1); /* the failure stays */
    assert_int_equal(kiji_sink_close(sink, &err), KIJI_EIO);
}

static void test_out_of_memory(void **state)
{
    (void)state;
    for (uint64_t n = 1;; n++) {
        kiji_sink *sink = NULL;
        kiji_error err = {.status = KIJI_OK};
        kiji_alloc_fail_at(n);
        kiji_status status = kiji_sink_open(&sink, "memory.txt", &err);
        if (status == KIJI_OK) {
            kiji_sink_put(sink, "x", 1);
            status = kiji_sink_close(sink, &err);
        }
        kiji_alloc_fail_at(0);
        assert_int_equal(access("memory.txt", F_OK) == 0, status == KIJI_OK);
        if (status == KIJI_OK) {
            break;
        }
        assert_true(n < 20);
    }
    assert_int_equal(remove("memory.txt"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_file_appears_whole), cmocka_unit_test(test_discard_leaves_nothing),
        cmocka_unit_test(test_refused_places),     cmocka_unit_test(test_full_device),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
