/* test_warc.c - records of a crawl in pieces of any size, heads of HTTP, memory that runs out. */
#include <stdio.h>
#include <string.h>

#include "read/warc.h"
#include "../pieces.h"
#include "arena.h"

static kiji_error err;

#define RECORD(type, length, body)                                                                                     \
    "WARC/1.1\r\nwarc-type: " type "\r\nWARC-Target-URI: u\r\nContent-Type: application/http; msgtype=response\r\n"    \
    "Content-Length: " length "\r\n\r\n" body "\r\n\r\n"
#define PAGE "HTTP/1.1 200\r\nContent-Type: text/html\r\n\r\n<p>page"

/* "id: bytes;" of all pages. */
static kiji_status read_all(kiji_buf *out, const char *text, size_t piece)
{
    piece_source s = {text, strlen(text), piece};
    const kiji_reader reader = {give_piece, &s};
    kiji_warc *warc = NULL;
    kiji_buf html = KIJI_BUF_INIT;
    kiji_buf id = KIJI_BUF_INIT;
    bool more = true;
    err = (kiji_error){.status = KIJI_OK};
    kiji_status status = kiji_warc_open(&warc, &reader, 100, &err);
    while (status == KIJI_OK && more) {
        kiji_buf_reset(&html);
        kiji_buf_reset(&id);
        kiji_warc_page page = {.bytes = &html, .id = &id};
        status = kiji_warc_next(&more, &page, warc, &err);
        if (status == KIJI_OK && more) {
            kiji_buf_printf(out, "%s: %.*s;", id.ptr, (int)html.len, html.len != 0 ? html.ptr : "");
        }
    }
    kiji_warc_close(warc);
    kiji_buf_clear(&html);
    kiji_buf_clear(&id);
    kiji_buf_putc(out, '\0');
    return status;
}

static void test_records(void **state)
{
    (void)state;
    static const struct {
        const char *warc, *pages;
        kiji_status status;
    } rows[] = {
        {"", "", KIJI_OK},
        {"\r\n\r\n", "", KIJI_OK},
        {RECORD("response", "48", PAGE) RECORD("Response", "48", PAGE), "u: <p>page;u: <p>page;", KIJI_OK},
        {RECORD("revisit", "48", PAGE) RECORD("response", "48", PAGE), "u: <p>page;", KIJI_OK},
        {RECORD("response", "0", ""), "", KIJI_OK},
        {RECORD("response", "5", "HTTP/"), "", KIJI_OK},
        {RECORD("response", "43", "HTTP/1.1 200\nContent-Type: text/plain\n\ntext"), "u: text;", KIJI_OK},
        {RECORD("response", "48", PAGE) "x", "u: <p>page;", KIJI_EINPUT},
        {RECORD("response", "99", PAGE), "", KIJI_EINPUT},
        {RECORD("response", "x", PAGE), "", KIJI_EINPUT},
        {RECORD("response", "-1", PAGE), "", KIJI_EINPUT},
        {RECORD("response", "99999999999999999999999", PAGE), "", KIJI_EINPUT},
        {"WARC/1.0", "", KIJI_EINPUT},
    };
    static const size_t pieces[] = {1, 7, 100000};
    for (size_t i = 0; i < COUNT(rows); i++) {
        for (size_t k = 0; k < COUNT(pieces); k++) {
            kiji_buf out = KIJI_BUF_INIT;
            assert_int_equal(read_all(&out, rows[i].warc, pieces[k]), rows[i].status);
            assert_string_equal(out.ptr, rows[i].pages);
            kiji_buf_clear(&out);
        }
    }
}

static void test_heads(void **state)
{
    (void)state;
    static const struct {
        const char *line, *type, *charset, *coding;
        unsigned status;
        bool chunked;
    } rows[] = {
        {"HTTP/1.0 404 Not Found", "", "", "", 404, false},
        {"HTTP/2 200", "", "", "", 200, false},
        {"HTTP/1.1 99999999999999999999", "", "", "", 9999, false},
        {"HTTP/1.1     x", "", "", "", 0, false},
        {"content-TYPE:Text/HTML;Charset=\"EUC-JP\"\r", "text/html", "euc-jp", "", 0, false},
        {"Content-Type: text/html; charset=", "text/html", "", "", 0, false},
        {"Content-Type:", "", "", "", 0, false},
        {"Content-Encoding:  GZIP ", "", "", "gzip", 0, false},
        {"Transfer-Encoding: gzip, Chunked", "", "", "", 0, true},
        {"Content-Typex: text/html", "", "", "", 0, false},
        {"", "", "", "", 0, false},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        kiji_http_head head;
        memset(&head, 0, sizeof head);
        kiji_http_line(&head, (kiji_str){rows[i].line, strlen(rows[i].line)});
        assert_string_equal(head.type, rows[i].type);
        assert_string_equal(head.charset, rows[i].charset);
        assert_string_equal(head.coding, rows[i].coding);
        assert_int_equal(head.status, rows[i].status);
        assert_int_equal(head.chunked, rows[i].chunked);
    }
}

static void test_chunks(void **state)
{
    (void)state;
    static const struct {
        const char *raw, *body;
        kiji_status status;
    } rows[] = {
        {"3\r\nabc\r\n0\r\n\r\n", "abc", KIJI_OK},   {"03;x=y\nabc\n1 \r\nd\r\n0\n", "abcd", KIJI_OK},
        {"<p>none</p>", "<p>none</p>", KIJI_OK},     {"", "", KIJI_OK},
        {"3\r\nabc\r\n", "", KIJI_EINPUT},           {"4\r\nabc", "", KIJI_EINPUT},
        {"fffffffffffffff\r\nabc", "", KIJI_EINPUT},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const kiji_http_head head = {.chunked = true};
        kiji_buf out = KIJI_BUF_INIT;
        assert_int_equal(kiji_http_body(&out, &head, (kiji_str){rows[i].raw, strlen(rows[i].raw)}, 100, &err),
                         rows[i].status);
        assert_int_equal(out.len, strlen(rows[i].body));
        assert_memory_equal(out.len != 0 ? out.ptr : "", rows[i].body, out.len);
        kiji_buf_clear(&out);
    }
}

static void test_memory(void **state)
{
    (void)state;
    bool passed = false;
    for (unsigned n = 1; n < 50 && !passed; n++) {
        kiji_buf out = KIJI_BUF_INIT;
        kiji_alloc_fail_at(n);
        const kiji_status status = read_all(&out, RECORD("response", "48", PAGE), 4096);
        kiji_alloc_fail_at(0);
        assert_true(status == KIJI_OK || status == KIJI_ENOMEM);
        passed = status == KIJI_OK && !out.failed;
        kiji_buf_clear(&out);
    }
    assert_true(passed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_records),
        cmocka_unit_test(test_heads),
        cmocka_unit_test(test_chunks),
        cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
