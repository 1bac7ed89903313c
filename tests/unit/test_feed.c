/* test_feed.c - items of feeds, whatever the pieces they come in; memory that runs out. */
#include <stdio.h>
#include <string.h>

#include "read/feed.h"
#include "read/kind.h"
#include "../pieces.h"
#include "arena.h"

static kiji_error err;

/* "id: html" of all items, a line each. */
static kiji_status read_all(kiji_buf *out, const char *text, size_t piece, size_t most)
{
    piece_source s = {text, strlen(text), piece};
    const kiji_reader reader = {give_piece, &s};
    kiji_feed *feed = NULL;
    kiji_buf html = KIJI_BUF_INIT;
    kiji_buf id = KIJI_BUF_INIT;
    bool more = true;
    err = (kiji_error){.status = KIJI_OK};
    kiji_status first = kiji_feed_open(&feed, &reader, most, &err);
    while (first == KIJI_OK && more) {
        kiji_buf_reset(&html);
        kiji_buf_reset(&id);
        const kiji_status status = kiji_feed_next(&more, &html, &id, feed, &err);
        if (status == KIJI_OK && more) {
            kiji_buf_printf(out, "%s: %.*s", id.ptr, (int)html.len, html.ptr);
        }
        first = status == KIJI_ELIMIT && more ? KIJI_OK : status;
    }
    kiji_feed_close(feed);
    kiji_buf_clear(&html);
    kiji_buf_clear(&id);
    kiji_buf_putc(out, '\0');
    return first;
}

#define PAGE(date, title, body)                                                                                        \
    "<!DOCTYPE html><meta name=\"date\" content=\"" date "\"><h1>" title "</h1><div>" body "</div>\n"

static void test_items(void **state)
{
    (void)state;
    static const struct {
        const char *xml, *items;
    } rows[] = {
        {"<rss><channel><title>x</title></channel></rss>", ""},
        {"<rss><item><title> a </title><guid>\n1\n</guid><pubDate>d\"</pubDate></item></rss>",
         "1: " PAGE("d&quot;", "a", "")},
        {"<rss><item><link>l</link><description>s</description><content:encoded>c</content:encoded></item></rss>",
         "l: " PAGE("", "", "c")},
        {"<rss><item><title>1</title><title>2</title><m:title>3</m:title><x><title>4</title></x></item></rss>",
         ": " PAGE("", "1", "")},
        {"<rss><item><title>a&lt;b&amp;lt;</title><description>&lt;p&gt;c<i>d</i></description></item></rss>",
         ": " PAGE("", "a&lt;b&lt;", "<p>c<i>d</i>")},
        {"<feed><entry><title>a&lt;b&amp;lt;</title><summary>&lt;p&gt;</summary></entry><entry/></feed>",
         ": " PAGE("", "a&lt;b&amp;lt;", "&lt;p>") ": " PAGE("", "", "")},
        {"<feed><entry><content type='xhtml'><h:p>a&lt;</h:p></content><updated>u</updated></entry></feed>",
         ": " PAGE("u", "", "<p>a&lt;</p>")},
        {"<feed><entry><updated>u</updated><published>p</published><link rel='self' href='s'/><link href='l'/>"
         "</entry></feed>",
         "l: " PAGE("p", "", "")},
        {"<rdf:RDF><item rdf:about='r'><link>l</link><dc:date>d</dc:date></item></rdf:RDF>", "r: " PAGE("d", "", "")},
    };
    static const size_t pieces[] = {1, 7, 4096};
    for (size_t i = 0; i < COUNT(rows); i++) {
        for (size_t k = 0; k < COUNT(pieces); k++) {
            kiji_buf out = KIJI_BUF_INIT;
            assert_int_equal(read_all(&out, rows[i].xml, pieces[k], 1000), KIJI_OK);
            assert_string_equal(out.ptr, rows[i].items);
            kiji_buf_clear(&out);
        }
    }
}

static void test_refusals(void **state)
{
    (void)state;
    static const struct {
        const char *xml, *text;
    } rows[] = {
        {"", "not valid XML: no element found"},
        {"<html/>", "neither RSS nor Atom"},
        {"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss/>", "declares entities: not read"},
        {"<!DOCTYPE rss [<!ENTITY % a 'b'>]><rss/>", "declares entities: not read"},
        {"<rss><item></rss>", "not valid XML: mismatched tag"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        kiji_buf out = KIJI_BUF_INIT;
        assert_int_equal(read_all(&out, rows[i].xml, 3, 1000), KIJI_EINPUT);
        assert_string_equal(err.text, rows[i].text);
        assert_int_equal(out.len, 1);
        kiji_buf_clear(&out);
    }
}

/* An outside document type, as old RSS names one, is not fetched and does no harm. */
static void test_document_type(void **state)
{
    (void)state;
    kiji_buf out = KIJI_BUF_INIT;
    const char *xml = "<!DOCTYPE rss PUBLIC '-//N//DTD RSS 0.91//EN' 'http://example.jp/rss.dtd'>"
                      "<rss><item><title>a&nbsp;b</title></item></rss>";
    assert_int_equal(read_all(&out, xml, 100, 1000), KIJI_OK);
    assert_string_equal(out.ptr, ": " PAGE("", "ab", ""));
    kiji_buf_clear(&out);
}

static void test_size(void **state)
{
    (void)state;
    kiji_buf out = KIJI_BUF_INIT;
    const char *xml = "<rss><item><guid>1</guid><title>0123456789</title></item><item><guid>2</guid></item></rss>";
    assert_int_equal(read_all(&out, xml, 5, 10), KIJI_OK);
    assert_string_equal(out.ptr, "2: " PAGE("", "", ""));
    assert_string_equal(err.text, "larger than 10 bytes (see --max-size)");
    kiji_buf_clear(&out);
}

static void test_memory(void **state)
{
    (void)state;
    const char *xml =
        "<?xml version='1.0' encoding='Shift_JIS'?><rss><item><guid>1</guid><title>t</title></item></rss>";
    bool passed = false;
    for (unsigned n = 1; n < 200 && !passed; n++) {
        kiji_buf out = KIJI_BUF_INIT;
        kiji_alloc_fail_at(n);
        const kiji_status status = read_all(&out, xml, 4096, 1000);
        kiji_alloc_fail_at(0);
        assert_true(status == KIJI_OK || status == KIJI_ENOMEM);
        passed = status == KIJI_OK;
        kiji_buf_clear(&out);
    }
    assert_true(passed);
}

static void test_kind(void **state)
{
    (void)state;
    static const struct {
        const char *head;
        kiji_kind kind;
    } rows[] = {
        {"<?xml version='1.0'?>\n<rss version='2.0'>", KIJI_KIND_FEED},
        {"<!-- a -->\n<feed>", KIJI_KIND_FEED},
        {"<rdf:RDF\n", KIJI_KIND_FEED},
        {"<!DOCTYPE rss PUBLIC ''>", KIJI_KIND_FEED},
        {"<rssx>", KIJI_KIND_PLAIN},
        {"rss", KIJI_KIND_PLAIN},
        {"<html>", KIJI_KIND_HTML},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_int_equal(kiji_kind_of((kiji_str){rows[i].head, strlen(rows[i].head)}), rows[i].kind);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_items), cmocka_unit_test(test_refusals), cmocka_unit_test(test_document_type),
        cmocka_unit_test(test_size),  cmocka_unit_test(test_memory),   cmocka_unit_test(test_kind),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
