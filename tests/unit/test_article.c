/* test_article.c - headline, paragraphs, sentences, brackets, date. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "read/article.h"
#include "read/date.h"
#include "arena.h"

/* What must hold for any text. */
static void assert_sound(const kiji_article *a)
{
    uint32_t end = 0;
    uint32_t paragraph = 0;
    for (size_t i = 0; i < a->sentences.count; i++) {
        const kiji_sentence *s = &a->sentences.items[i];
        assert_true(s->range.begin >= end && s->range.begin < s->range.end && s->range.end <= a->text.norm.len);
        assert_true(strchr(" \t\n", a->text.norm.ptr[s->range.begin]) == NULL);
        assert_true(strchr(" \t\n", a->text.norm.ptr[s->range.end - 1]) == NULL);
        assert_true(s->paragraph == paragraph || s->paragraph == paragraph + 1);
        paragraph = s->paragraph;
        end = s->range.end;
    }
    uint32_t begin = 0;
    for (size_t i = 0; i < a->brackets.count; i++) {
        const kiji_bracket *b = &a->brackets.items[i];
        assert_true(b->outer.begin >= begin && b->outer.end <= a->text.norm.len && b->sentence < a->sentences.count);
        assert_true(b->inner.begin <= b->inner.end && b->inner.end <= b->outer.end && (b->opened || b->closed));
        begin = b->outer.begin;
        if (b->parent != UINT32_MAX) {
            const kiji_bracket *p = &a->brackets.items[b->parent];
            assert_true(b->parent < i && p->inner.begin <= b->outer.begin && b->outer.end <= p->inner.end);
        }
        const kiji_sentence *s = &a->sentences.items[b->sentence];
        assert_true(s->range.begin <= b->outer.begin && b->outer.begin < s->range.end);
    }
}

static kiji_article *build(kiji_str raw, const char *date)
{
    kiji_arena_reset(&arena);
    kiji_article *a = kiji_arena_zero(&arena, 1, sizeof *a);
    kiji_text_build(&a->text, &arena, kiji_arena_copy(&arena, raw));
    kiji_article_build(a, &arena, date);
    assert_sound(a);
    return a;
}

static kiji_str str(const char *text)
{
    return (kiji_str){text, strlen(text)};
}

static void assert_text(const char *raw, const kiji_buf *got, const char *want)
{
    if (got->len != strlen(want) || memcmp(got->ptr, want, got->len) != 0) {
        fail_msg("%s\n got \"%.*s\"\nwant \"%s\"", raw, (int)got->len, got->ptr, want);
    }
}

static void put_range(kiji_buf *out, const kiji_article *a, kiji_range r)
{
    kiji_buf_put(out, a->text.norm.ptr + r.begin, r.end - r.begin);
}

/* Sentences behind each other, | between them, / between paragraphs, # before the headline. */
static void write_sentences(kiji_buf *out, const kiji_article *a)
{
    kiji_buf_reset(out);
    kiji_buf_reserve(out, 1);
    for (size_t i = 0; i < a->sentences.count; i++) {
        const kiji_sentence *s = &a->sentences.items[i];
        if (i > 0) {
            kiji_buf_putc(out, s->paragraph == s[-1].paragraph ? '|' : '/');
        }
        kiji_buf_puts(out, s->headline ? "#" : "");
        put_range(out, a, s->range);
    }
}

static void test_sentences(void **state)
{
    (void)state;
    static const struct {
        const char *raw, *want;
    } rows[] = {
        {"", ""},
        {"\n \n　\r\n", ""},
        {"一。二。", "一。|二。"},
        {"一。 二", "一。|二"},
        {"一。二。\n三。", "一。|二。/三。"},
        /* inside brackets nothing ends */
        {"彼は「一。二。」と述べた。三。", "彼は「一。二。」と述べた。|三。"},
        {"彼（元職。無所属。）は三。", "彼（元職。無所属。）は三。"},
        {"「『一。』と言った。」と述べた。", "「『一。』と言った。」と述べた。"},
        /* behind 。」 */
        {"「一。」 次の文。", "「一。」|次の文。"},
        {"「一。」次の文。", "「一。」|次の文。"},
        {"「一。」「二。」と述べた。", "「一。」|「二。」と述べた。"},
        {"「一。」、「二。」と述べた。", "「一。」、「二。」と述べた。"},
        {"「一。」との考え。", "「一。」との考え。"},
        {"「一。」などと語った。", "「一。」などと語った。"},
        {"「一。」（同氏）。", "「一。」（同氏）。"},
        {"「一。」しかし二。", "「一。」|しかし二。"},
        {"「一。」 なお二。", "「一。」|なお二。"},
        {"「一。」ところが二。", "「一。」|ところが二。"},
        {"「一。」 だが二。", "「一。」|だが二。"},
        {"「一？」 と聞いた。", "「一？」 と聞いた。"},
        {"「一」 次の文。", "「一」 次の文。"},
        {"「一。 」 次の文。", "「一。 」|次の文。"},
        {"一した。（終わり。）次。", "一した。|（終わり。）|次。"},
        /* closing brackets without partner stay with the sentence that they close */
        {"一。」二。", "一。」|二。"},
        {"一。 » 二。", "一。 »|二。"},
        {"「一。 » 二。", "「一。 »|二。"},
        {"一。」 » 二。", "一。」 »|二。"},
        /* an unclosed one swallows nothing */
        {"彼は「一。二。三。", "彼は「一。|二。|三。"},
        {"彼は「一。\n二」と。", "彼は「一。/二」と。"},
        {"（一。二。", "（一。|二。"},
        /* ！ and ？ */
        {"一だ！ 二か？三。", "一だ！|二か？|三。"},
        {"一！！二？！三", "一！！|二？！|三"},
        {"Yahoo!ニュースによると一。", "Yahoo！ニュースによると一。"},
        {"スカパー！グループが一。", "スカパー！グループが一。"},
        {"どうなるのか？と述べた。", "どうなるのか？と述べた。"},
        {"なぜ？ところが一。", "なぜ？|ところが一。"},
        /* points */
        {"一した．また二した．", "一した.|また二した."},
        {"一した. 二。", "一した.|二。"},
        {"7.2%増、No.1、U.S.の一。", "7.2%増、No.1、U.S.の一。"},
        {"第1.5節、一.2", "第1.5節、一.2"},
        {"We agreed. So be it.", "We agreed. So be it."},
        {"ｱ｡ｲ｡", "ア。|イ。"},
        {"一。。。二", "一。。。|二"},
        {"。", "。"},
        {"。。。", "。。。"},
        {"一つ。二つ！三つ？", "一つ。|二つ！|三つ？"},
        {"上川氏は「…立っている」と述べた。 「今います。 」» 次。",
         "上川氏は「…立っている」と述べた。|「今います。 」»|次。"},
        {"\"一。\" 二。", "\"一。\"|二。"},
    };
    kiji_buf out = KIJI_BUF_INIT;
    for (size_t i = 0; i < COUNT(rows); i++) {
        write_sentences(&out, build(str(rows[i].raw), NULL));
        assert_text(rows[i].raw, &out, rows[i].want);
    }
    kiji_buf_clear(&out);
}

static void test_headline(void **state)
{
    (void)state;
    char line_121[400] = "";
    for (size_t i = 0; i < 121; i++) {
        (void)strcat(line_121, "字");
    }
    char longer[512];
    (void)snprintf(longer, sizeof longer, "%s\n本文。", line_121);
    char as_it_may[512];
    (void)snprintf(as_it_may, sizeof as_it_may, "%s\n本文。", line_121 + 3);
    const struct {
        const char *raw, *title;
    } rows[] = {
        {"見出し\n\n本文。", "見出し"},
        {"\n\n  見出し\t\n本文。", "見出し"},
        {"見出し！ 二\n本文。", "見出し！ 二"},
        {"見出し", ""}, /* nothing follows */
        {"見出し\n \n", ""},
        {"一文。\n本文。", ""},
        {"一文。 \n本文。", ""},
        {"「一文。」\n本文。", "「一文。」"},
        {longer, ""},
        {as_it_may, line_121 + 3},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const kiji_article *a = build(str(rows[i].raw), NULL);
        kiji_buf out = KIJI_BUF_INIT;
        kiji_buf_reserve(&out, 1);
        put_range(&out, a, a->title);
        assert_text(rows[i].raw, &out, rows[i].title);
        kiji_buf_clear(&out);
    }
}

/* A pair as its kind's letter, < unopened, > unclosed, {inner}, ^parent; one behind another. */
static void write_brackets(kiji_buf *out, const kiji_article *a)
{
    kiji_buf_reset(out);
    kiji_buf_reserve(out, 1);
    for (size_t i = 0; i < a->brackets.count; i++) {
        const kiji_bracket *b = &a->brackets.items[i];
        kiji_buf_printf(out, "%s%c%s%s{", i > 0 ? " " : "", "sderx"[b->kind], b -> opened ? "" : "<",
                        b->closed ? "" : ">");
        put_range(out, a, b->inner);
        kiji_buf_puts(out, "}");
        if (b->parent != UINT32_MAX) {
            kiji_buf_printf(out, "^%u", b->parent);
        }
    }
}

static void test_brackets(void **state)
{
    (void)state;
    static const struct {
        const char *raw, *want;
    } rows[] = {
        {"「一」『二』（三）【四】", "s{一} d{二} r{三} x{四}"},
        {"｢一｣(三)[四]", "s{一} r{三} x{四}"},
        {"“一” «二» ‹三› 〝四〟 \"五\"", "e{一} e{二} e{三} e{四} e{五}"},
        {"「一『二「三」』」", "s{一『二「三」』} d{二「三」}^0 s{三}^1"},
        /* translated copy */
        {"「一。 »", "s{一。 }"},
        {"「一。」 » 二", "s{一。}"},
        {"«一」", "e{一}"},
        {"“一\" \"二”", "e{一} e{二}"},
        /* plain quotation marks are not Japanese ones */
        {"「5\"と7」", "s{5\"と7} e>{と7}^0"},
        /* unclosed: to the first 。 outside the pairs in it, to the end of what is around it, or of the paragraph */
        {"「一。二。", "s>{一。}"},
        {"「一\n二。", "s>{一}"},
        {"「一（二。三）四。五", "s>{一（二。三）四。} r{二。三}^0"},
        {"（一「二。三）四。", "r{一「二。三} s>{二。}^0"},
        {"（一「二）三。", "r{一「二} s>{二}^0"},
        {"「一「二。三」四。", "s>{一「二。三」四。} s{二。三}^0"},
        {"「一。二「三」四", "s>{一。} s{三}"},
        {"「一「二", "s>{一「二} s>{二}^0"},
        /* unopened: from the begin of its sentence */
        {"一。二。」三", "s<{二。}"},
        {"一」二", "s<{一}"},
        {"一）二】三", ""},
        {"「一」」", "s{一}"},
        /* a closing one of another kind closes nothing */
        {"「一』二」", "s{一』二}"},
        {"【一］二】", "x{一］二}"},
        {"「「」」", "s{「」} s{}^0"},
        {"首相は「『必ず』行く」と述べ、「閉じない。次の「引用」だ。",
         "s{『必ず』行く} d{必ず}^0 s>{閉じない。} s{引用}"},
    };
    kiji_buf out = KIJI_BUF_INIT;
    for (size_t i = 0; i < COUNT(rows); i++) {
        write_brackets(&out, build(str(rows[i].raw), NULL));
        assert_text(rows[i].raw, &out, rows[i].want);
    }
    kiji_buf_clear(&out);
}

static void test_bracket_sentences(void **state)
{
    (void)state;
    const kiji_article *a = build(str("見出し「一」\n二。「三」。四」。"), NULL);
    assert_int_equal(a->brackets.count, 3);
    assert_int_equal(a->brackets.items[0].sentence, 0);
    assert_int_equal(a->brackets.items[1].sentence, 2);
    assert_int_equal(a->brackets.items[2].sentence, 3);
}

static void test_dates(void **state)
{
    (void)state;
    static const struct {
        const char *raw, *date;
    } rows[] = {
        {"", ""},
        {"2024年7月28日、東京で会談した。", "2024-07-28"},
        {"２０２４年　７月２８日", "2024-07-28"},
        {"令和6年7月28日", "2024-07-28"},
        {"令和元年5月1日", "2019-05-01"},
        {"平成３０年１２月１日", "2018-12-01"},
        {"昭和20年8月15日", "1945-08-15"},
        {"2024/7/28 12:30", "2024-07-28"},
        {"2024-07-28", "2024-07-28"},
        {"2024.7.28", "2024-07-28"},
        {"2024年2月29日", "2024-02-29"},
        /* impossible ones are passed over */
        {"2023年2月29日、2023年3月1日", "2023-03-01"},
        {"2024年13月1日 2024年0月1日 2024年4月31日 2024/7-28 2024-7.28", ""},
        {"12024年7月28日 1024年7月28日 24年7月28日", ""},
        {"7月28日、2024年7月、28日", ""},
        {"2024/7/281", ""},
        {"令和年7月28日 平成の2024", ""},
        /* a line of its own wins, the headline is none */
        {"見出し\n2005年1月5日に行われた。\n2024年7月28日 更新", "2024-07-28"},
        {"2019年1月1日\n2024年7月28日（日）\n2018年1月1日の本文。", "2024-07-28"},
        {"見出し\n【東京・2024年7月28日】\n2018年1月1日の本文。", "2024-07-28"},
        {"見出し\n2018年1月1日から。\n2019年1月1日", "2019-01-01"},
        {"2018年1月1日に", "2018-01-01"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const kiji_article *a = build(str(rows[i].raw), NULL);
        if (strcmp(a->date, rows[i].date) != 0) {
            fail_msg("%s: got %s, want %s", rows[i].raw, a->date, rows[i].date);
        }
    }
    /* far down only a line of its own is the article's */
    char far_down[3000];
    memset(far_down, 'x', sizeof far_down);
    (void)snprintf(far_down + 2000, 100, "、1945年8月15日の終戦。");
    assert_string_equal(build(str(far_down), NULL)->date, "");
    memset(far_down, 'x', sizeof far_down);
    (void)snprintf(far_down + 2000, 100, "1945年8月15日の終戦。\n2024年7月28日");
    assert_string_equal(build(str(far_down), NULL)->date, "2024-07-28");
}

static void test_given_dates(void **state)
{
    (void)state;
    static const char text[] = "2024年7月28日";
    assert_string_equal(build(str(text), "2020-01-02")->date, "2020-01-02");
    static const char *const bad[] = {"", "2020-1-2", "2020-01-32", "2020/01/02", "2020-01-02 ", "令和2年1月2日"};
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_false(kiji_date_valid(bad[i]));
        assert_string_equal(build(str(text), bad[i])->date, "2024-07-28");
    }
}

/* All rows of three awkward pieces: what must hold, holds (build checks it). */
static void test_all_neighbours(void **state)
{
    (void)state;
    static const char *const pieces[] = {"「", "」", "（", "）", "“", "”",  "\"",           "»", "。", "！",
                                         ".",  " ",  "\n", "一", "a", "と", "2024年7月28日"};
    for (size_t i = 0; i < COUNT(pieces); i++) {
        for (size_t j = 0; j < COUNT(pieces); j++) {
            for (size_t k = 0; k < COUNT(pieces); k++) {
                for (size_t l = 0; l < COUNT(pieces); l++) {
                    char raw[100];
                    (void)snprintf(raw, sizeof raw, "%s%s%s%s", pieces[i], pieces[j], pieces[k], pieces[l]);
                    (void)build(str(raw), NULL);
                }
            }
        }
    }
}

/* A megabyte of the worst. Twice the text, at most about twice the memory; time would show by hanging. */
static void test_hostile(void **state)
{
    (void)state;
    enum { SIZE = 1 << 20 };
    static const char *const fill[] = {"「",     "」",         "「」",        "「（」）", "（「）",
                                       "\"",     "\n",         "。",          "一",       "「一。",
                                       " ",      "。」 ",      "「一。」 と", "2024年",   "」      ",
                                       "一！と", "\xCC\x81\n", "「（“『",     "2024/1/",  "「一。」\n"};
    char *raw = malloc(SIZE);
    assert_non_null(raw);
    for (size_t f = 0; f < COUNT(fill); f++) {
        const size_t length = strlen(fill[f]);
        size_t used[2];
        for (size_t half = 0; half < 2; half++) {
            const size_t n = SIZE / length / (half != 0 ? 1 : 2);
            for (size_t i = 0; i < n; i++) {
                memcpy(raw + i * length, fill[f], length);
            }
            (void)build((kiji_str){raw, n * length}, NULL);
            used[half] = arena.used;
        }
        assert_true(used[1] <= used[0] * 3);
        kiji_arena_clear(&arena);
    }
    free(raw);
}

static void test_out_of_memory_takes_the_bail(void **state)
{
    (void)state;
    char raw[3000];
    for (size_t i = 0; i < sizeof raw; i += 3) {
        memcpy(raw + i, "。", 3);
    }
    for (volatile size_t limit = 1000; limit < 60000; limit += 1000) {
        kiji_arena small;
        kiji_arena_init(&small);
        jmp_buf bail;
        small.bail = &bail;
        small.limit = limit;
        kiji_article a;
        memset(&a, 0, sizeof a);
        if (setjmp(bail) == 0) {
            kiji_text_build(&a.text, &small, (kiji_str){raw, sizeof raw});
            kiji_article_build(&a, &small, NULL);
            assert_int_equal(a.sentences.count, 1);
        }
        kiji_arena_clear(&small);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sentences),
        cmocka_unit_test(test_headline),
        cmocka_unit_test(test_brackets),
        cmocka_unit_test(test_bracket_sentences),
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_given_dates),
        cmocka_unit_test(test_all_neighbours),
        cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_out_of_memory_takes_the_bail),
    };
    return cmocka_run_group_tests_name("article", tests, set_up, tear_down);
}
