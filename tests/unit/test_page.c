/* test_page.c - the article in an HTML page, its headline and day; stamps; what is refused. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "read/decode.h"
#include "read/kind.h"
#include "read/page.h"
#include "read/page_charset.h"
#include "read/page_guard.h"
#include "read/stamp.h"
#include "arena.h"

static kiji_error err;
static kiji_page page;

static kiji_status extract_from(kiji_str html, bool whole)
{
    jmp_buf bail;
    kiji_arena_reset(&arena);
    arena.bail = &bail;
    err = (kiji_error){.status = KIJI_OK};
    const kiji_status status = setjmp(bail) == 0 ? kiji_page_extract(&page, &arena, html, whole, &err) : KIJI_ENOMEM;
    arena.bail = NULL;
    return status;
}

static kiji_status extract(const char *html, bool whole)
{
    return extract_from((kiji_str){html, strlen(html)}, whole);
}

static void assert_text(const char *html, const char *wanted)
{
    assert_int_equal(extract(html, false), KIJI_OK);
    const kiji_str copy = kiji_arena_copy(&arena, page.text);
    assert_string_equal(copy.ptr, wanted);
}

#define BODY "<p>木原稔防衛相が島を訪れた。</p><p>住民と会った。</p>"
#define TEXT "木原稔防衛相が島を訪れた。\n住民と会った。\n"

static void test_main_text(void **state)
{
    (void)state;
    static const struct {
        const char *html, *text;
    } rows[] = {
        {"<body>" BODY, TEXT},
        {"<nav>政治の話。</nav><header>新聞の題字。</header>" BODY "<aside>別の話。</aside><footer>禁転載。</footer>",
         TEXT},
        {"<div role=navigation>案内。</div><div class='global-nav'>案内。</div><div id=siteFooter>会社。</div>" BODY,
         TEXT},
        {"<div class=relatedNews>別の記事。</div><div hidden>隠れた文。</div>" BODY, TEXT},
        {"<div style='display: none'>隠れた文。</div><div aria-hidden=true>飾り。</div>" BODY, TEXT},
        {BODY "<form><p>ご意見をどうぞ。</p><textarea>文。</textarea><button>送る。</button></form>", TEXT},
        {"<form action=/>" BODY "</form>", TEXT}, /* pages that are one form */
        {BODY "<script>'<p>偽の文。</p>'</script><style>p{content:'。'}</style><!-- <p>注釈の文。</p> -->", TEXT},
        {BODY "<ul><li><a href=1>別の記事が出た。</a></ul>", TEXT},
        {BODY "<h3>関連記事</h3><ul><li><a href=1>別の記事が出た。</a></ul>", TEXT},
        {"<p>一つ目。</p><h3>見出し</h3><p>二つ目。</p>", "一つ目。\n見出し\n二つ目。\n"},
        {"<p>一行目。<br>二行目。<hr>三行目。</p>", "一行目。\n二行目。\n三行目。\n"},
        {"<p>この\n 文は、a\n b\n続く。</p>", "この文は、a b 続く。\n"},
        {"<p>　<ruby>木原<rp>（</rp><rt>きはら</rt><rp>）</rp></ruby>氏&amp;&#27096;。</p>", "木原氏&様。\n"},
        {"<table><tr><td>左。</td><td>右。</td></tr></table>", "左。\n右。\n"},
        {"<table><tr><td>案内<td>本文の一。<br>本文の二がとても長い。<td>広告、広告。</table>",
         "本文の一。\n本文の二がとても長い。\n"},
        {"<p>壊れた<b>文<i>だ</b>。</p><div><p>終わらない文。<div>", "壊れた文だ。\n終わらない文。\n"},
        {"<div class=a><p>本文の一。</p><p>本文の二。とても長い本文が続いている。</p></div>"
         "<div class=b><p>短い。</p></div>",
         "本文の一。\n本文の二。とても長い本文が続いている。\n"},
        {"<div class=a><p>本文の一。</p><p>本文の二。とても長い本文が続いている。</p></div>"
         "<div class=a><p>短い。</p></div>",
         "本文の一。\n本文の二。とても長い本文が続いている。\n短い。\n"},
        {"<h1>見出し</h1><p>前文だ。</p><div><p>本文の一。</p><p>本文の二がとても長い。</p></div><p>後の別の文。</p>",
         "見出し\n前文だ。\n本文の一。\n本文の二がとても長い。\n"},
        {"<div itemprop=articleBody><div><p>本文の一がとても長い。</p><p>二。</p></div><p>三。</p></div>",
         "本文の一がとても長い。\n二。\n三。\n"},
        {"<article class=comments><p>本文だ。</p></article><section "
         "id=comments><p>読者の長い長い感想だ。</p></section>",
         "本文だ。\n"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_text(rows[i].html, rows[i].text);
    }
}

static void test_headline(void **state)
{
    (void)state;
    static const struct {
        const char *html, *title;
    } rows[] = {
        {"<title>首相が会見｜みなと新報</title>" BODY, "首相が会見"},
        {"<title>首相が会見 - みなと新報</title>" BODY, "首相が会見"},
        {"<title>首相が会見|政治</title><h1><a href=/>みなと新報</a></h1>" BODY, "首相が会見"},
        {"<title>首相が会見</title><h1>首相、会見で増税に触れる</h1>" BODY, "首相、会見で増税に触れる"},
        {"<meta property='og:title' content='首相が 会見｜社'><h1>みなと新報</h1><h1>首相が　会見</h1>" BODY,
         "首相が　会見"},
        {"<meta property='og:title' content='首相が会見'><h1>みなと新報</h1>" BODY, "首相が会見"},
        {"<h1>首相が\n<span>会見</span></h1>" BODY, "首相が会見"},
        {"<h1></h1>" BODY, ""},
        {"<svg><title>絵</title></svg>" BODY, ""},
        {BODY, ""},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_int_equal(extract(rows[i].html, false), KIJI_OK);
        assert_string_equal(page.title.ptr, rows[i].title);
        assert_memory_equal(page.text.ptr, rows[i].title, page.title.len);
    }
}

static void test_day(void **state)
{
    (void)state;
    static const struct {
        const char *html, *date;
    } rows[] = {
        {"<meta property='article:published_time' content='2024-07-27T22:30:00Z'>" BODY, "2024-07-28"},
        {"<time datetime='2024-07-01'>1日</time><meta name=date content='2024-07-28'>" BODY, "2024-07-28"},
        {"<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\" : \"2024-07-28T01:00+09:00\"}"
         "</script>" BODY,
         "2024-07-28"},
        {"<script>{\"datePublished\": \"2024-07-28\"}</script>" BODY, ""},
        {"<span itemprop=datePublished content='2024-07-28'></span>" BODY, "2024-07-28"},
        {"<time datetime='明日'></time><time datetime='2024-07-28 09:00'></time>" BODY, "2024-07-28"},
        {"<meta name=date content='2024-02-30'>" BODY, ""},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_int_equal(extract(rows[i].html, false), KIJI_OK);
        assert_string_equal(page.date, rows[i].date);
    }
}

static void test_stamps(void **state)
{
    (void)state;
    static const struct {
        const char *text, *day;
    } rows[] = {
        {"2024-07-28", "2024-07-28"},
        {" 2024-07-28T09:00:00+09:00\n", "2024-07-28"},
        {"2024-12-31T15:00:00.123Z", "2025-01-01"},
        {"2024-07-28T08:59:00+1800", "2024-07-27"},
        {"2024-03-01T01:00-0500", "2024-03-01"},
        {"2024-02-28T23:00Z", "2024-02-29"},
        {"2023-02-28T23:00Z", "2023-03-01"},
        {"2024-07-28T23:00", "2024-07-28"},
        {"Sat, 27 Jul 2024 22:00:00 GMT", "2024-07-28"},
        {"27 Jul 2024 22:00:00 +0900", "2024-07-27"},
        {"Sun, 7 Jul 2024", "2024-07-07"},
        {"2024/07/28", ""},
        {"2024-7-28", ""},
        {"2024-07-28x", ""},
        {"2024-13-01", ""},
        {"Sat, 27 Foo 2024", ""},
        {"", ""},
        {"昨日", ""},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char day[11];
        const bool good = kiji_stamp_day(day, (kiji_str){rows[i].text, strlen(rows[i].text)});
        assert_string_equal(day, rows[i].day);
        assert_int_equal(good, rows[i].day[0] != '\0');
    }
}

static void test_whole(void **state)
{
    (void)state;
    assert_int_equal(extract("<title>題</title><nav>案内</nav><p>短い", true), KIJI_OK);
    assert_memory_equal(page.text.ptr, "題\n案内\n短い\n", page.text.len);
    assert_int_equal(extract("", true), KIJI_OK);
    assert_int_equal(page.text.len, 0);
}

static void test_refusals(void **state)
{
    (void)state;
    static const char *const empty[] = {"", "<html>",
                                        "<title>目次</title><ul><li><a href=1>記事の題、その一。</a></ul>", "<p>短い語",
                                        "<nav><p>案内だけの頁。</p></nav>"};
    for (size_t i = 0; i < COUNT(empty); i++) {
        assert_int_equal(extract(empty[i], false), KIJI_EINPUT);
        assert_string_equal(err.text, "no article in this page");
    }
    static const struct {
        const char *begin, *piece, *text;
    } rows[] = {
        {"", "<div>", "more than 1000 elements inside each other"},
        {"<svg><style>", "<div>", "more than 1000 elements inside each other"},
        {"", "<font color=1><p>", "more than 1000 elements inside each other"},
        {"", "<div></div>", "more than 500000 tags"},
        {"<a ", " b=1", "more than 500 attributes in a tag"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        kiji_buf html = KIJI_BUF_INIT;
        kiji_buf_puts(&html, rows[i].begin);
        while (html.len < (size_t)10 * 1000 * 1000) {
            kiji_buf_puts(&html, rows[i].piece);
        }
        kiji_buf_puts(&html, ">");
        assert_int_equal(extract_from((kiji_str){html.ptr, html.len}, false), KIJI_ELIMIT);
        assert_string_equal(err.text, rows[i].text);
        kiji_buf_clear(&html);
    }
    /* An assertion of the parser fails; the next page is read. */
    assert_int_equal(extract("<table><math><mi></><![CDATA[i]]>t", true), KIJI_ELIMIT);
    assert_string_equal(err.text, "markup that the HTML parser cannot follow");
    assert_text("<body>" BODY, TEXT);
}

/* What is deep but no deeper than pages are, and what only looks deep, is read. */
static void test_not_refused(void **state)
{
    (void)state;
    static const struct {
        const char *piece;
        unsigned times;
    } rows[] = {{"<div>", 900},
                {"<p>", 5000},
                {"<li>", 5000},
                {"<br>", 5000},
                {"<b></b>", 5000},
                {"<svg><path/></svg>", 2000},
                {"<!-- <div> -->", 5000},
                {"<script>'<div>'</script>", 5000},
                {"<div title='<div>'></div>", 5000}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        kiji_buf html = KIJI_BUF_INIT;
        for (unsigned n = 0; n < rows[i].times; n++) {
            kiji_buf_puts(&html, rows[i].piece);
        }
        kiji_buf_puts(&html, "<p>深い所の文。");
        assert_int_equal(extract_from((kiji_str){html.ptr, html.len}, false), KIJI_OK);
        assert_memory_equal(page.text.ptr, "深い所の文。\n", page.text.len);
        kiji_buf_clear(&html);
    }
}

static void test_memory(void **state)
{
    (void)state;
    for (unsigned n = 1; n < 4; n++) {
        kiji_arena_clear(&arena);
        kiji_alloc_fail_at(n);
        const kiji_status status = extract(BODY, false);
        kiji_alloc_fail_at(0);
        assert_true(status == KIJI_ENOMEM || n > 1);
    }
}

static void test_kinds(void **state)
{
    (void)state;
    static const struct {
        const char *head, *name;
        bool page;
    } rows[] = {
        {"<!DOCTYPE html>", "", true},
        {"\xEF\xBB\xBF\n <HTML lang=ja>", "a.txt", true},
        {"<?xml version='1.0'?><!-- a --><!doctype HTML PUBLIC '-'>", "", true},
        {"<div>", "a.html", true},
        {"<div>", "a.HTM.gz", true},
        {"<div>", "a.txt", false},
        {"本文", "a.html", false},
        {"<htmlx>", "", false},
        {"<html を書く人。", "", true},
        {"", "a.html", false},
        {"<!-- 終わらない", "", false},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const kiji_str head = {rows[i].head, strlen(rows[i].head)};
        assert_int_equal(kiji_kind_is_page(head, rows[i].name), rows[i].page);
    }
    assert_true(kiji_kind_is_page((kiji_str){"\xFF\xFE<\0h\0t\0m\0l\0>\0", 14}, ""));
}

static void test_charsets(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *header;
        kiji_charset charset;
    } rows[] = {
        {"<meta charset=\"Shift_JIS\">\xB1\xB2", NULL, KIJI_SHIFT_JIS},
        {"<META http-equiv=Content-Type content='text/html; charset=x-sjis'>\xB1\xB2", NULL, KIJI_SHIFT_JIS},
        {"<meta charset=euc-jp>\xB1\xB2", NULL, KIJI_EUC_JP},
        {"<meta charset=euc-jp>\xB1\xB2", "Shift_JIS", KIJI_SHIFT_JIS},
        {"<meta charset=euc-jp>\xB1\xB2", "latin1", KIJI_EUC_JP},
        {"<meta charset=Shift_JIS>木原", "EUC-JP", KIJI_UTF_8}, /* valid UTF-8 is UTF-8 */
        {"<meta charset=utf-16>\xB1\xB2\xB1\xB2\xA4\xA2\xA4\xA4\xA4\xA6", NULL, KIJI_EUC_JP},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const kiji_str bytes = {rows[i].bytes, strlen(rows[i].bytes)};
        assert_int_equal(kiji_page_charset(bytes, rows[i].header).charset, rows[i].charset);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_main_text), cmocka_unit_test(test_headline),    cmocka_unit_test(test_day),
        cmocka_unit_test(test_stamps),    cmocka_unit_test(test_whole),       cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_memory),    cmocka_unit_test(test_not_refused), cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_charsets),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
