/* Headline, sentences, brackets, date. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "read/article.h"
#include "read/date.h"

static void build(kiji_article *article, kiji_arena *arena, const char *text, const char *date)
{
    memset(article, 0, sizeof *article);
    kiji_text_build(&article->text, arena, (kiji_str){text, strlen(text)});
    kiji_article_build(article, arena, date);
}

static void sentences(void **state)
{
    static const struct {
        const char *text;
        size_t count;
    } rows[] = {
        {"一つ。二つ！三つ？", 3},
        {"首相は「行く。必ず行く。」と述べた。次の文。", 2},
        {"「賛成だ。」 次の文。", 2},
        {"見出し\n\n本文。", 2},
        {"上川氏は「…立っている」と述べた。 「今います。 」» 次。", 3},
        {"「閉じない引用。次の文。", 2},
        {"説明（注。ここまで）が続く。", 1},
        {"", 0},
        {"。。。", 1},
    };
    (void)state;
    kiji_arena arena;
    kiji_arena_init(&arena);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        kiji_article article;
        build(&article, &arena, rows[i].text, NULL);
        if (article.sentences.count != rows[i].count) {
            print_error("%s: %zu sentences\n", rows[i].text, article.sentences.count);
        }
        assert_int_equal(article.sentences.count, rows[i].count);
    }
    kiji_arena_clear(&arena);
}

static void brackets(void **state)
{
    (void)state;
    kiji_arena arena;
    kiji_arena_init(&arena);
    kiji_article article;
    build(&article, &arena, "首相は「『必ず』行く」と述べ、「閉じない。次の「引用」だ。", NULL);
    assert_int_equal(article.brackets.count, 4);
    assert_int_equal(article.brackets.items[0].kind, KIJI_BRACKET_SPEECH);
    assert_int_equal(article.brackets.items[1].parent, 0);
    assert_true(article.brackets.items[0].closed);
    assert_false(article.brackets.items[2].closed);
    const kiji_range broken = article.brackets.items[2].outer;
    assert_true(broken.end < article.brackets.items[3].outer.begin);
    kiji_arena_clear(&arena);
}

static void dates(void **state)
{
    static const struct {
        const char *text, *date;
    } rows[] = {
        {"2024年7月28日、東京で", "2024-07-28"},
        {"令和6年7月28日", "2024-07-28"},
        {"令和元年5月1日", "2019-05-01"},
        {"平成31年4月30日", "2019-04-30"},
        {"2024/7/8", "2024-07-08"},
        {"2023年2月29日と2024年2月29日", "2024-02-29"},
        {"7月28日だけ", ""},
        {"12024年7月28日", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char out[11];
        kiji_date_find(out, (kiji_str){rows[i].text, strlen(rows[i].text)});
        assert_string_equal(out, rows[i].date);
    }
    assert_true(kiji_date_valid("2024-02-29"));
    assert_false(kiji_date_valid("2023-02-29"));
    assert_false(kiji_date_valid("2023/02/28"));
}

static void headline(void **state)
{
    (void)state;
    kiji_arena arena;
    kiji_arena_init(&arena);
    kiji_article article;
    build(&article, &arena, "首相が訪米　\n\n本文です。", "2024-07-28");
    const kiji_str title = kiji_text_slice(&article.text, article.title);
    assert_int_equal(title.len, strlen("首相が訪米"));
    assert_string_equal(article.date, "2024-07-28");
    build(&article, &arena, "本文だけ。", NULL);
    assert_int_equal(article.title.begin, article.title.end);
    kiji_arena_clear(&arena);
}

/* A megabyte of one kind of bracket stays linear and nests no deeper than the limit. */
static void hostile(void **state)
{
    (void)state;
    enum { N = 300000 };
    kiji_arena arena;
    kiji_arena_init(&arena);
    char *text = kiji_arena_alloc(&arena, N * 3 + 1);
    for (size_t i = 0; i < N; i++) {
        memcpy(text + i * 3, i % 3 == 2 ? "」" : "「", 3);
    }
    text[N * 3] = '\0';
    kiji_article article;
    build(&article, &arena, text, NULL);
    assert_true(article.brackets.count > 0);
    for (size_t i = 0; i < article.brackets.count; i++) {
        const kiji_bracket *b = &article.brackets.items[i];
        assert_true(b->inner.begin <= b->inner.end && b->outer.end <= article.text.norm.len);
    }
    kiji_arena_clear(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences), cmocka_unit_test(brackets), cmocka_unit_test(dates),
        cmocka_unit_test(headline),  cmocka_unit_test(hostile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
