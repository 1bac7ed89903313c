/* Terms: runs of nouns, what they have alone, what is left out; frequencies by two places. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "find/terms.h"

static kiji_knowledge knowledge;

static int open_mecab(void **state)
{
    kiji_error err;
    (void)state;
    return kiji_mecab_open(&knowledge.mecab, NULL, &err) == KIJI_OK ? 0 : -1;
}

static int close_mecab(void **state)
{
    (void)state;
    kiji_mecab_close(knowledge.mecab);
    return 0;
}

/* Count and lone count of a term in a text without names; 0 and 0 where it is none. */
static void assert_term(const char *text, const char *term, uint32_t count, uint32_t alone)
{
    kiji_arena arena;
    kiji_arena_init(&arena);
    kiji_tokenizer *tokenizer;
    kiji_error err;
    assert_int_equal(kiji_tokenizer_new(&tokenizer, knowledge.mecab, &err), KIJI_OK);
    kiji_article article;
    kiji_words words;
    kiji_case c;
    kiji_terms terms;
    memset(&article, 0, sizeof article);
    memset(&c, 0, sizeof c);
    kiji_text_build(&article.text, &arena, (kiji_str){text, strlen(text)});
    kiji_article_build(&article, &arena, NULL);
    kiji_words_build(&words, &knowledge, tokenizer, &arena, &article);
    c.arena = &arena;
    c.knowledge = &knowledge;
    c.article = &article;
    c.words = &words;
    kiji_find(&c);
    kiji_terms_collect(&terms, &c);
    uint32_t got[2] = {0, 0};
    for (size_t i = 0; i < terms.terms.count; i++) {
        if (kiji_str_is(terms.terms.items[i].text, term)) {
            got[0] = terms.terms.items[i].count;
            got[1] = terms.terms.items[i].alone;
        }
    }
    if (got[0] != count || got[1] != alone) {
        print_error("%s in %s: %u, alone %u\n", term, text, got[0], got[1]);
    }
    assert_int_equal(got[0], count);
    assert_int_equal(got[1], alone);
    kiji_tokenizer_free(tokenizer);
    kiji_arena_clear(&arena);
}

static void terms_are_whole(void **state)
{
    static const struct {
        const char *text, *term;
        uint32_t count;
    } rows[] = {
        {"拡大抑止を協議した。拡大抑止の協議だ。", "拡大抑止", 2},
        {"拡大抑止を協議した。拡大抑止の協議だ。", "抑止", 0},
        {"拡大抑止を協議した。抑止だ。", "抑止", 1},
        {"共同生産協定を結び、共同生産を始める。", "共同生産", 1},
        {"試合終了後に話した。", "試合終了", 1},
        {"田中氏によると5人が死亡した。", "人", 0},
        {"7月28日に25キロ走った。", "28", 0},
        {"3党合意が成立した。", "合意", 1},
        {"大統領が来た。", "大統領", 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_term(rows[i].text, rows[i].term, rows[i].count, rows[i].count);
    }
}

static void boilerplate_and_bylines_are_left_out(void **state)
{
    (void)state;
    assert_term("協議した。\n\nコメントを残す\n", "コメント", 0, 0);
    assert_term("協議した。\n\nコメントを出した。\n", "コメント", 1, 1);
    assert_term("メールアドレスが公開されることはありません。", "公開", 0, 0);
    assert_term("【編集部=時事】協議した。", "編集", 0, 0);
    assert_term("「編集部の方針だ」と話した。", "方針", 1, 1);
}

static void frequencies_have_two_places(void **state)
{
    static int8_t table[1u << KIJI_FREQUENCY_BITS];
    const uint32_t hash = kiji_hash((kiji_str){"協議", 6});
    (void)state;
    assert_int_not_equal(kiji_frequency_at(hash, 0), kiji_frequency_at(hash, 1));
    table[kiji_frequency_at(hash, 0)] = 40;
    assert_true(kiji_frequency(table, hash) <= 0.0F); /* the other place says: another term's */
    table[kiji_frequency_at(hash, 1)] = 24;
    assert_true(kiji_frequency(table, hash) >= 3.0F && kiji_frequency(table, hash) <= 3.0F);
    assert_null(kiji_frequencies(&knowledge));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms_are_whole),
        cmocka_unit_test(boilerplate_and_bylines_are_left_out),
        cmocka_unit_test(frequencies_have_two_places),
    };
    return cmocka_run_group_tests(tests, open_mecab, close_mecab);
}
