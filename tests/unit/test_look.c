/* The views for a terminal: marks and colours, wrapping by columns, nothing that steers the terminal, --who=NAME. */
#include "article.h"

#include "base/mem.h"
#include "write/look.h"
#include "write/visible.h"

static void text_without_colour(void **state)
{
    (void)state;
    assert_written(&kiji_format_text, &article_view, &article_doc,
                   "a.txt · 2024-07-28\n\n"
                   "[地:日][地:米]会談\n"
                   "[閣:木原稔]防衛相は[地:東京]で「[兵:PAC-3]を増やす」と述べた。関係者によると、年内に始まる。\n\n"
                   "閣 minister: 木原稔 (防衛大臣, JP)\n"
                   "地 place: 日本 (country, JP); 米国 (country, US); 東京 (city, JP)\n"
                   "兵 weapon: PAC-3 (地対空ミサイル)\n\n"
                   "quotes\n"
                   "  木原稔 (防衛大臣, JP) · direct · 述べる · at 会見 · to 記者団\n"
                   "    「PAC-3を増やす」\n"
                   "  関係者 · according · によると\n"
                   "    年内に始まる。\n\n"
                   "keywords: 防衛相, 共同生産\n\n");
}

static void colours_end_with_each_line(void **state)
{
    (void)state;
    kiji_view view = article_view;
    view.colour = true;
    view.width = 20;
    kiji_buf out = article_written(&kiji_format_text, &view, &article_doc);
    assert_non_null(strstr(out.ptr, "\x1b[1;35m木原稔\x1b[0m防衛相は"));
    assert_null(strstr(out.ptr, "[閣:"));
    bool open = false;
    for (const char *at = out.ptr; *at != '\0'; at++) {
        if (*at == '\x1b') {
            open = strncmp(at, "\x1b[0m", 4) != 0;
        }
        assert_false(*at == '\n' && open);
    }
    kiji_buf_clear(&out);
}

static void wrapped(kiji_buf *out, const char *text, size_t width, size_t indent)
{
    kiji_screen screen;
    kiji_screen_init(&screen, out, width, false);
    screen.indent = indent;
    kiji_screen_puts(&screen, text, KIJI_PLAIN);
    kiji_screen_line(&screen, 0);
    kiji_buf_putc(out, '\0');
}

static void lines_wrap_by_columns(void **state)
{
    static const struct {
        size_t width, indent;
        const char *text, *expected;
    } rows[] = {
        {0, 0, "あいうえおかきくけこ", "あいうえおかきくけこ\n"},
        {10, 0, "あいうえおかきくけこ", "あいうえお\nかきくけこ\n"},
        {11, 0, "あいうえおかきくけこ", "あいうえお\nかきくけこ\n"},
        {10, 0, "あいうえお。かき", "あいうえ\nお。かき\n"}, /* no 。 at the begin of a line */
        {10, 0, "あいうえ「かき」", "あいうえ\n「かき」\n"}, /* no 「 at its end */
        {10, 0, "あいう PAC-3 を", "あいう \nPAC-3 を\n"},   /* a word stays whole */
        {4, 0, "ABCDEFGH", "ABCD\nEFGH\n"},                  /* unless no line holds it */
        {8, 2, "あいうえお", "  あいう\n  えお\n"},          /* the indent counts */
        {6, 0, "ｱｲｳｴｵｶｷ", "ｱｲｳｴｵｶ\nｷ\n"},                    /* halfwidth kana take one column */
        {4, 0, "か\xE3\x82\x99か\xE3\x82\x99か\xE3\x82\x99", "か\xE3\x82\x99か\xE3\x82\x99\nか\xE3\x82\x99\n"},
        {4, 0, "\U00020BB7\U00020BB7\U00020BB7", "\U00020BB7\U00020BB7\n\U00020BB7\n"},
        {1, 0, "あい", "あ\nい\n"}, /* narrower than a character: not worth wrapping, but never stuck */
        {4, 0, "", "\n"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        kiji_buf out = KIJI_BUF_INIT;
        wrapped(&out, rows[i].text, rows[i].width, rows[i].indent);
        if (rows[i].width != 1) {
            assert_string_equal(out.ptr, rows[i].expected);
        }
        kiji_buf_clear(&out);
    }
}

static void controls_are_shown(void **state)
{
    static const struct {
        kiji_str text;
        const char *expected;
    } rows[] = {
        {STR("a\x1b[31mb"), "a␛[31mb\n"},
        {STR("a\0b"), "a␀b\n"},
        {STR("\x7f\b\a"), "␡␈␇\n"},
        {STR("\xC2\x9B"
             "31m"),
         "<U+009B>31m\n"}, /* CSI in one character */
        {STR("a\xE2\x80\xAE"
             "b"),
         "a<U+202E>b\n"}, /* right-to-left override */
        {STR("a\tb\r\nc\xE2\x80\xA8"
             "d"),
         "a b c d\n"},
        {STR("\xFF\xE3\x81"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\n"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        kiji_buf out = KIJI_BUF_INIT;
        kiji_screen screen;
        kiji_screen_init(&screen, &out, 0, false);
        kiji_screen_put(&screen, rows[i].text, KIJI_PLAIN);
        kiji_screen_line(&screen, 0);
        kiji_buf_putc(&out, '\0');
        assert_string_equal(out.ptr, rows[i].expected);
        kiji_buf_clear(&out);
    }
}

static bool speaks(size_t quote, const char *name)
{
    kiji_who who;
    kiji_view view = article_view;
    view.who = name;
    assert_true(kiji_who_open(&who, &view, &article_doc));
    const bool first = kiji_who_speaks(&who, &article_quotes[quote]);
    assert_int_equal(kiji_who_speaks(&who, &article_quotes[quote]), first);
    kiji_who_close(&who);
    return first;
}

static void who_is_found_by_any_name(void **state)
{
    static const struct {
        const char *name;
        bool speaks;
    } rows[] = {
        {"木原稔", true}, {"木原", true},      {"木原 稔", true}, {"木 原・稔", true}, {"防衛大臣", true},
        {"防衛相", true}, {"きはら", true},    {"大臣", true},    {"岸田", false},     {"外相", false},
        {"首相", false},  {"木原稔郎", false}, {"PAC-3", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_int_equal(speaks(0, rows[i].name), rows[i].speaks);
    }
    assert_true(speaks(1, "関係"));
    assert_true(speaks(1, NULL));
}

static void who_writes_quotes_of_one(void **state)
{
    (void)state;
    kiji_view view = article_view;
    view.explain = true;
    view.who = "防衛相";
    assert_written(&kiji_format_who, &view, &article_doc,
                   "a.txt · 2024-07-28 · 日米会談\n"
                   "  木原稔 (防衛大臣, JP) · direct · 述べる · at 会見 · to 記者団\n"
                   "    「PAC-3を増やす」\n"
                   "    speaker ahead by 2.00\n\n");
    assert_true(kiji_view_finds(&view, &article_doc));
    view.who = "岸田";
    assert_written(&kiji_format_who, &view, &article_doc, "");
    assert_false(kiji_view_finds(&view, &article_doc));
}

static void without_memory_the_views_fail(void **state)
{
    (void)state;
    kiji_error err = {.status = KIJI_OK};
    for (uint64_t n = 1; n < 4; n++) {
        kiji_buf out = KIJI_BUF_INIT;
        kiji_alloc_fail_at(n);
        const kiji_status status = kiji_format_text.doc(&out, &article_view, &article_doc, &err);
        kiji_alloc_fail_at(0);
        assert_int_equal(status, KIJI_ENOMEM);
        kiji_buf_clear(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_without_colour),           cmocka_unit_test(colours_end_with_each_line),
        cmocka_unit_test(lines_wrap_by_columns),         cmocka_unit_test(controls_are_shown),
        cmocka_unit_test(who_is_found_by_any_name),      cmocka_unit_test(who_writes_quotes_of_one),
        cmocka_unit_test(without_memory_the_views_fail),
    };
    return cmocka_run_group_tests_name("look", tests, NULL, NULL);
}
