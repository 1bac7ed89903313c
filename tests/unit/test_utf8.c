#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"

static void test_valid(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        bool valid;
        const char *clean; /* "?" stands for U+FFFD */
    } rows[] = {
        {"", true, ""},
        {"aあ𠮷", true, "aあ𠮷"},
        {"\xC0\x80", false, "??"},           /* overlong NUL */
        {"\xE0\x80\xAF", false, "???"},      /* overlong */
        {"\xED\xA0\x80", false, "???"},      /* surrogate */
        {"\xF4\x90\x80\x80", false, "????"}, /* over U+10FFFF */
        {"\xF4\x8F\xBF\xBF", true, NULL},    /* U+10FFFF */
        {"a\xE3\x81", false, "a??"},         /* cut short */
        {"\x80z", false, "?z"},              /* continuation alone */
        {"\xE3\x81z\x82", false, "??z?"},    /* interrupted */
        {"\xFF\xFE", false, "??"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const kiji_str s = {rows[i].bytes, strlen(rows[i].bytes)};
        kiji_buf clean = KIJI_BUF_INIT;
        kiji_buf want = KIJI_BUF_INIT;
        assert_int_equal(kiji_utf8_valid(s), rows[i].valid);
        kiji_utf8_put_clean(&clean, s);
        for (const char *c = rows[i].clean != NULL ? rows[i].clean : rows[i].bytes; *c != '\0'; c++) {
            if (*c == '?') {
                kiji_buf_puts(&want, "\xEF\xBF\xBD");
            } else {
                kiji_buf_putc(&want, *c);
            }
        }
        assert_int_equal(clean.len, want.len);
        assert_true(want.len == 0 || memcmp(clean.ptr, want.ptr, want.len) == 0);
        assert_true(kiji_utf8_valid((kiji_str){clean.ptr, clean.len}));
        kiji_buf_clear(&clean);
        kiji_buf_clear(&want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_valid)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
