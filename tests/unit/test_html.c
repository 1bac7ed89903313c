/* Pages: nothing of an article is ever markup; quotes and names nest as HTML must; the folder and its names. */
#include "article.h"

#include <stdlib.h>

#include "base/mem.h"
#include "write/folder.h"
#include "write/html.h"

static void everything_is_escaped(void **state)
{
    static const struct {
        kiji_str text;
        const char *expected;
    } rows[] = {
        {STR("<script>alert(1)</script>"), "&lt;script&gt;alert(1)&lt;/script&gt;"},
        {STR("\"onmouseover=\"x\" '"), "&quot;onmouseover=&quot;x&quot; &#39;"},
        {STR("]]> --> &amp; &#60;"), "]]&gt; --&gt; &amp;amp; &amp;#60;"},
        {STR("a\0b\x1b\x7f"), "a␀b␛␡"},
        {STR("a\r\nb\tc"), "a b c"},
        {STR("\xE2\x80\xAE"), "&lt;U+202E&gt;"},
        {STR("\xED\xA0\x80\xFF"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        {STR("𠮷野家"), "𠮷野家"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        kiji_buf out = KIJI_BUF_INIT;
        kiji_html_text(&out, rows[i].text);
        kiji_buf_putc(&out, '\0');
        assert_string_equal(out.ptr, rows[i].expected);
        kiji_buf_clear(&out);
    }
}

static size_t times(const char *text, const char *part)
{
    size_t n = 0;
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part)) {
        n++;
    }
    return n;
}

static void a_page_is_whole(void **state)
{
    (void)state;
    kiji_buf out = article_written(&kiji_format_html, &article_view, &article_doc);
    assert_int_equal(strncmp(out.ptr, "<!doctype html>", 15), 0);
    assert_non_null(strstr(out.ptr, "default-src 'none'"));
    assert_null(strstr(out.ptr, "unsafe-inline"));
    assert_null(strstr(out.ptr, "http://"));
    assert_null(strstr(out.ptr, "https://"));
    assert_int_equal(times(out.ptr, "<script"), 1);
    assert_int_equal(times(out.ptr, "<article"), times(out.ptr, "</article>"));
    assert_int_equal(times(out.ptr, "<span"), times(out.ptr, "</span>"));
    assert_int_equal(times(out.ptr, "class=\"m "), 5);
    assert_int_equal(times(out.ptr, "<h2>"), 1); /* the headline is the first line of the text */
    assert_non_null(strstr(out.ptr, "「<span class=\"q direct\" id="));
    assert_non_null(strstr(out.ptr, "</span>」<sup class=\"by\">"));
    kiji_buf_clear(&out);
}

/* Quotes in quotes, two that begin together, one over two lines, names that begin in one and end outside. */
/* What a long list hides can be reached from the head of the panel: every link has its heading. */
static void the_panel_links_to_its_lists(void **state)
{
    (void)state;
    kiji_buf out = article_written(&kiji_format_html, &article_view, &article_doc);
    const char *links = strstr(out.ptr, "<p class=\"lists\">");
    assert_non_null(links);
    const char *end = strstr(links, "</p>");
    size_t n = 0;
    for (const char *at = links; (at = strstr(at, "href=\"#")) != NULL && at < end; n++) {
        char id[64] = "<h3 id=\"";
        at += strlen("href=\"#");
        strncat(id, at, strcspn(at, "\"") + 1);
        assert_non_null(strstr(end, id));
    }
    assert_true(n > 1);
    assert_int_equal(times(out.ptr, "<h3 id="), n);
    kiji_buf_clear(&out);
}

static void quotes_and_names_nest(void **state)
{
    static const kiji_mention mentions[] = {{2, 5, STR("CDE"), NO_WHY}, {8, 11, STR("IJK"), NO_WHY}};
    static const kiji_entity entities[] = {
        {KIJI_PERSON, STR("<i>"), STR(""), STR(""), STR(""), "", NULL, 0, mentions, 2}};
    static const kiji_quote quotes[] = {
        {KIJI_INDIRECT, 0, STR(""), STR(""), STR(""), STR(""), 1, 10, STR("BCDEFG\nIJ"), NO_WHY},
        {KIJI_DIRECT, 0, STR(""), STR(""), STR(""), STR(""), 1, 4, STR("BCD"), NO_WHY},
        {KIJI_DIRECT, KIJI_NO_ENTITY, STR(""), STR(""), STR(""), STR(""), 6, 6, STR(""), NO_WHY},
        {KIJI_DIRECT, 7, STR(""), STR(""), STR(""), STR(""), 900, 901, STR("?"), NO_WHY},
    };
    (void)state;
    kiji_doc doc = {.source = STR("s"),
                    .text = STR("ABCDEFG\nIJKLM"),
                    .entities = entities,
                    .n_entities = 1,
                    .quotes = quotes,
                    .n_quotes = 4};
    kiji_buf out = article_written(&kiji_format_html, &article_view, &doc);
    char *text = strstr(out.ptr, "<p>A");
    assert_non_null(text);
    *strstr(text, "<section>") = '\0';
    assert_int_equal(times(text, "<span"), times(text, "</span>"));
    assert_int_equal(times(text, "<a "), times(text, "</a>"));
    assert_int_equal(times(text, "<p>"), 2);
    assert_int_equal(times(text, "-q1\""), 1);
    assert_int_equal(times(text, "-q2\""), 1);
    assert_int_equal(times(text, "<sup"), 2);
    assert_null(strstr(text, "<i>"));
    kiji_buf_clear(&out);
}

/* 100 quotes, each within the one before: only the outer ones are marked, all can be reached. */
static void deep_quotes_stay_bounded(void **state)
{
    enum { DEPTH = 100 };
    static kiji_quote quotes[DEPTH];
    static char letters[3 * DEPTH];
    (void)state;
    memset(letters, 'a', sizeof letters);
    for (uint32_t i = 0; i < DEPTH; i++) {
        quotes[i] = (kiji_quote){KIJI_DIRECT, KIJI_NO_ENTITY, STR("x"),
                                 STR(""),     STR(""),        STR(""),
                                 i,           3 * DEPTH - i,  {letters + i, 3 * DEPTH - 2 * i},
                                 NO_WHY};
    }
    kiji_doc doc = {.source = STR("s"), .text = {letters, sizeof letters}, .quotes = quotes, .n_quotes = DEPTH};
    kiji_buf out = article_written(&kiji_format_html, &article_view, &doc);
    assert_int_equal(times(out.ptr, "<sup"), 8);
    assert_non_null(strstr(out.ptr, "-q100\""));
    assert_int_equal(times(out.ptr, "<span"), times(out.ptr, "</span>"));
    kiji_buf_clear(&out);
}

static void names_of_files(void **state)
{
    static const struct {
        kiji_str source;
        const char *expected;
    } rows[] = {
        {STR("a/b.txt"), "b"},
        {STR("c/b.txt"), "b-2"},
        {STR("B.txt"), "B-3"},
        {STR("b.jsonl:12"), "b.jsonl_12"},
        {STR("-"), "_"},
        {STR(""), "article"},
        {STR("/"), "article-2"},
        {STR("../.."), "_-2"},
        {STR(".hidden"), "_hidden"},
        {STR("記事 1.txt"), "記事_1"},
        {STR("a\"><b>"), "a___b_"},
        {STR("x\xFF\ny"), "x__y"},
        {STR("index.html"), "index-2"},
    };
    (void)state;
    kiji_names names = {NULL, 0, 0};
    char out[KIJI_NAME_SIZE];
    assert_true(kiji_names_give(out, &names, (kiji_str){"index", 5}));
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_true(kiji_names_give(out, &names, rows[i].source));
        assert_string_equal(out, rows[i].expected);
    }
    char much[4000];
    memset(much, 'n', sizeof much);
    for (size_t i = 0; i < 300; i++) {
        assert_true(kiji_names_give(out, &names, (kiji_str){much, sizeof much}));
        assert_true(strlen(out) < KIJI_NAME_SIZE);
    }
    kiji_names_clear(&names);
}

/* Files that a folder got, in the caller's memory. */
typedef struct shelf {
    struct {
        char name[KIJI_NAME_SIZE + 8];
        char *text;
    } files[16];
    size_t n;
} shelf;

static kiji_status put(void *to, const char *name, kiji_str bytes, kiji_error *err)
{
    shelf *s = to;
    (void)err;
    assert_true(s->n < COUNT(s->files));
    (void)strcpy(s->files[s->n].name, name);
    s->files[s->n].text = malloc(bytes.len + 1);
    assert_non_null(s->files[s->n].text);
    memcpy(s->files[s->n].text, bytes.len != 0 ? bytes.ptr : "", bytes.len);
    s->files[s->n++].text[bytes.len] = '\0';
    return KIJI_OK;
}

static const char *on_shelf(const shelf *s, const char *name)
{
    for (size_t i = 0; i < s->n; i++) {
        if (strcmp(s->files[i].name, name) == 0) {
            return s->files[i].text;
        }
    }
    return NULL;
}

static void clear_shelf(shelf *s)
{
    for (size_t i = 0; i < s->n; i++) {
        free(s->files[i].text);
    }
    s->n = 0;
}

/* Two records into a folder; any failure ends it. */
static kiji_status fill(shelf *s, const kiji_format *format)
{
    const kiji_doc *const docs[] = {&article_doc, &article_doc};
    const kiji_files files = {put, NULL, s};
    kiji_error err = {.status = KIJI_OK};
    void *site = format->folder->open();
    kiji_status status = site != NULL ? KIJI_OK : KIJI_ENOMEM;
    for (size_t i = 0; status == KIJI_OK && i < COUNT(docs); i++) {
        kiji_buf parcel = KIJI_BUF_INIT;
        status = format->folder->pack(&parcel, &article_view, docs[i], &err);
        if (status == KIJI_OK) {
            status = format->folder->take(site, (kiji_str){parcel.ptr, parcel.len}, &files, &err);
        }
        kiji_buf_clear(&parcel);
    }
    if (status == KIJI_OK) {
        status = format->folder->close(site, &files, &err);
    }
    format->folder->free(site);
    return status;
}

static void a_folder_of_pages(void **state)
{
    (void)state;
    shelf s = {.n = 0};
    assert_int_equal(fill(&s, &kiji_format_html), KIJI_OK);
    assert_int_equal(s.n, 4);
    assert_non_null(strstr(on_shelf(&s, "a.html"), "<title>日米会談</title>"));
    assert_non_null(on_shelf(&s, "a-2.html"));
    const char *index = on_shelf(&s, "index.html");
    assert_non_null(strstr(index, "記事 2件 · 人物 1人 · 話し手の分かる発言 2件"));
    assert_non_null(strstr(index, "data-find=\"木原稔 きはらみのる 防衛大臣 (JP)\""));
    assert_non_null(strstr(index, "<a href=\"a-2.html\">日米会談</a>"));
    assert_int_equal(times(index, "<svg"), 3);
    assert_non_null(strstr(index, "対数尤度比）: &lt;共同&gt; 28.9\""));
    const char *who = on_shelf(&s, "who.html");
    assert_int_equal(times(who, "<blockquote>"), 2);
    assert_non_null(strstr(who, "「PAC-3を増やす」</a>"));
    clear_shelf(&s);
}

static void a_folder_for_brat(void **state)
{
    (void)state;
    shelf s = {.n = 0};
    assert_int_equal(fill(&s, &kiji_format_brat), KIJI_OK);
    assert_int_equal(s.n, 4);
    assert_string_equal(on_shelf(&s, "a.txt"), article_doc.text.ptr);
    assert_non_null(strstr(on_shelf(&s, "a-2.ann"), "T3\tMinister 5 8\t木原稔\n"));
    clear_shelf(&s);
}

static void without_memory_nothing_is_lost_or_half_done(void **state)
{
    (void)state;
    static const kiji_format *const formats[] = {&kiji_format_html, &kiji_format_brat};
    for (size_t f = 0; f < COUNT(formats); f++) {
        kiji_status status = KIJI_ENOMEM;
        for (uint64_t n = 1; status != KIJI_OK; n++) {
            shelf s = {.n = 0};
            assert_true(n < 5000);
            kiji_alloc_fail_at(n);
            status = fill(&s, formats[f]);
            kiji_alloc_fail_at(0);
            assert_true(status == KIJI_OK || status == KIJI_ENOMEM);
            for (size_t i = 0; i < s.n; i++) {
                assert_true(formats[f] != &kiji_format_html || strstr(s.files[i].text, "</html>") != NULL);
            }
            clear_shelf(&s);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_escaped),
        cmocka_unit_test(a_page_is_whole),
        cmocka_unit_test(the_panel_links_to_its_lists),
        cmocka_unit_test(quotes_and_names_nest),
        cmocka_unit_test(deep_quotes_stay_bounded),
        cmocka_unit_test(names_of_files),
        cmocka_unit_test(a_folder_of_pages),
        cmocka_unit_test(a_folder_for_brat),
        cmocka_unit_test(without_memory_nothing_is_lost_or_half_done),
    };
    return cmocka_run_group_tests_name("html", tests, NULL, NULL);
}
