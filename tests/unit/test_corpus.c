/* Terms of many articles: how far a term stands out, what is counted, what is forgotten when there are too many. */
#include "article.h"

#include <math.h>
#include <stdio.h>

#include "base/mem.h"
#include "write/corpus.h"
#include "write/folder.h"

#define MOST_TERMS ((size_t)1 << 20) /* as corpus.h says: a million */

static void keyness_is_a_log_likelihood(void **state)
{
    /* Worked out apart from kiji: twice the sum of observed × log(observed / expected) over the four cells. */
    static const struct {
        double with, articles, known, news, keyness, expected;
    } rows[] = {
        {10, 100, 5, 1000, 30.6702, 1.3636},
        {3, 6, 0, 1000, 32.5640, 0.0179},
        {1, 100, 10, 1000, 0, 1},        /* as often as in the news */
        {1, 100, 500, 1000, 0, 45.5455}, /* more seldom: it does not stand out */
        {4, 4, 20, 20, 0, 4},            /* in every article of both: an empty cell is no fault */
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        double expected = -1;
        const double keyness = kiji_keyness(rows[i].with, rows[i].articles, rows[i].known, rows[i].news, &expected);
        assert_true(fabs(keyness - rows[i].keyness) < 0.001);
        assert_true(fabs(expected - rows[i].expected) < 0.001);
    }
}

static void decimals_are_short(void **state)
{
    static const struct {
        double number;
        const char *text;
    } rows[] = {{0, "0.0"}, {17.94, "17.94"}, {2.5, "2.5"}, {0.004, "0.0"}, {0.999, "1.0"}, {-1, "0.0"}};
    char text[32];
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        kiji_corpus_decimal(text, rows[i].number);
        assert_string_equal(text, rows[i].text);
    }
}

static void take(kiji_corpus *corpus, const char *date, const kiji_doc_term *terms, size_t n_terms)
{
    kiji_doc doc = {.date = {date, strlen(date)}, .terms = terms, .n_terms = n_terms, .news = 1000};
    kiji_buf packed = KIJI_BUF_INIT;
    kiji_error err;
    kiji_corpus_pack(&packed, &doc);
    assert_false(packed.failed);
    assert_int_equal(kiji_corpus_take(corpus, (kiji_str){packed.ptr, packed.len}, (kiji_str){"", 0}, &err), KIJI_OK);
    kiji_buf_clear(&packed);
}

static kiji_buf written(kiji_corpus *corpus, size_t top)
{
    kiji_view view = article_view;
    kiji_buf out = KIJI_BUF_INIT;
    kiji_error err;
    view.top = top;
    assert_int_equal(kiji_corpus_write(&out, corpus, &kiji_format_tsv, &view, &err), KIJI_OK);
    kiji_buf_putc(&out, '\0');
    return out;
}

static void articles_are_counted_by_month(void **state)
{
    static const kiji_doc_term first[] = {{STR("海軍"), 3, 500}, {STR("新型艦"), 2, 0}};
    static const kiji_doc_term second[] = {{STR("新型艦"), 1, 0}};
    kiji_corpus *corpus = NULL;
    kiji_error err;
    (void)state;
    assert_int_equal(kiji_corpus_new(&corpus, "month", &err), KIJI_OK);
    take(corpus, "2024-08-01", first, COUNT(first));
    take(corpus, "2024-07-02", first, COUNT(first));
    take(corpus, "2024-07-31", second, COUNT(second));
    kiji_buf out = written(corpus, 1);
    assert_string_equal(out.ptr, "month\tterm\tcount\tdocuments\tarticles\tnews\texpected\tkeyness\n"
                                 "2024-07\t新型艦\t3\t2\t2\t0\t0.0\t28.86\n"
                                 "2024-08\t新型艦\t2\t1\t1\t0\t0.0\t15.82\n");
    kiji_buf_clear(&out);
    kiji_corpus_free(corpus);
}

/* A term of two articles stays when the million is full; those of one article go, and counting goes on. */
static void seldom_terms_are_forgotten_at_the_limit(void **state)
{
    static const kiji_doc_term kept[] = {{STR("残る語"), 1, 0}};
    static char names[MOST_TERMS + 5][8];
    kiji_doc_term *many = kiji_alloc_zero(COUNT(names), sizeof *many);
    kiji_corpus *corpus = NULL;
    kiji_error err;
    (void)state;
    assert_non_null(many);
    for (size_t i = 0; i < COUNT(names); i++) {
        (void)snprintf(names[i], sizeof names[i], "%07zu", i);
        many[i] = (kiji_doc_term){{names[i], 7}, 1, 1000};
    }
    assert_int_equal(kiji_corpus_new(&corpus, NULL, &err), KIJI_OK);
    take(corpus, "", kept, 1);
    take(corpus, "", kept, 1);
    take(corpus, "", many, COUNT(names));
    kiji_buf out = written(corpus, 2 * COUNT(names));
    assert_non_null(strstr(out.ptr, "\n残る語\t2\t2\t3\t0\t0.01\t"));
    assert_null(strstr(out.ptr, "\n0000000\t"));
    assert_non_null(strstr(out.ptr, "\n1048580\t1\t1\t3\t"));
    size_t lines = 0;
    for (const char *at = strchr(out.ptr, '\n'); at != NULL; at = strchr(at + 1, '\n')) {
        lines++;
    }
    assert_int_equal(lines, 1 + 1 + 6); /* header, the term that stays, those behind the limit */
    kiji_buf_clear(&out);
    kiji_corpus_free(corpus);
    kiji_free(many);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keyness_is_a_log_likelihood),
        cmocka_unit_test(decimals_are_short),
        cmocka_unit_test(articles_are_counted_by_month),
        cmocka_unit_test(seldom_terms_are_forgotten_at_the_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
