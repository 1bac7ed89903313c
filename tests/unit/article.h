/*
 * article.h - the record of a small article whose text, mentions and quotes agree, made by hand.
 */
#ifndef KIJI_TESTS_ARTICLE_H
#define KIJI_TESTS_ARTICLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "doc/doc.h"
#include "write/write.h"

#define STR(literal)                                                                                                   \
    {                                                                                                                  \
        (literal), sizeof(literal) - 1                                                                                 \
    }
#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define NO_WHY       STR("")

/* 0 日 1 米 2 会 3 談 4 \n 5 木 6 原 7 稔 8 防 9 衛 10 相 11 は 12 東 13 京 14 で 15 「 16 P 17 A 18 C 19 - 20 3
 * 21 を 22 増 23 や 24 す 25 」 26 と 27 述 28 べ 29 た 30 。 31 関 … */
static const kiji_office article_offices[] = {{STR("防衛大臣"), "JP", KIJI_CURRENT}};
static const kiji_mention article_kihara[] = {{5, 8, STR("木原稔"), STR("model 7.1")}};
static const kiji_mention article_japan[] = {{0, 1, STR("日"), NO_WHY}};
static const kiji_mention article_us[] = {{1, 2, STR("米"), NO_WHY}};
static const kiji_mention article_tokyo[] = {{12, 14, STR("東京"), NO_WHY}};
static const kiji_mention article_pac3[] = {{16, 21, STR("PAC-3"), NO_WHY}};

static const kiji_entity article_entities[] = {
    {KIJI_MINISTER, STR("木原稔"), STR("person/kihara-minoru"), STR(""), STR("きはらみのる"), "JP", article_offices, 1,
     article_kihara, 1},
    {KIJI_PLACE, STR("日本"), STR("place/japan"), STR("country"), STR(""), "JP", NULL, 0, article_japan, 1},
    {KIJI_PLACE, STR("米国"), STR("place/us"), STR("country"), STR(""), "US", NULL, 0, article_us, 1},
    {KIJI_PLACE, STR("東京"), STR(""), STR("city"), STR(""), "JP", NULL, 0, article_tokyo, 1},
    {KIJI_WEAPON, STR("PAC-3"), STR(""), STR("地対空ミサイル"), STR(""), "", NULL, 0, article_pac3, 1},
};
static const kiji_quote article_quotes[] = {
    {KIJI_DIRECT, 0, STR("木原稔防衛相"), STR("述べる"), STR("記者団"), STR("会見"), 16, 25, STR("PAC-3を増やす"),
     STR("speaker ahead by 2.00")},
    {KIJI_ACCORDING, KIJI_NO_ENTITY, STR("関係者"), STR("によると"), STR(""), STR(""), 39, 46, STR("年内に始まる。"),
     NO_WHY},
};
static const kiji_keyword article_keywords[] = {{STR("防衛相"), 0.91, 1}, {STR("共同生産"), 0.5, 2}};
/* The second one is no more frequent than in the news. */
static const kiji_doc_term article_terms[] = {{STR("<共同>"), 2, 0}, {STR("東京"), 1, 1000}};

static const kiji_doc article_doc = {
    .source = STR("a.txt"),
    .title = STR("日米会談"),
    .date = STR("2024-07-28"),
    .characters = 46,
    .text = STR("日米会談\n木原稔防衛相は東京で「PAC-3を増やす」と述べた。関係者によると、年内に始まる。"),
    .entities = article_entities,
    .n_entities = COUNT(article_entities),
    .quotes = article_quotes,
    .n_quotes = COUNT(article_quotes),
    .terms = article_terms,
    .n_terms = COUNT(article_terms),
    .news = 1000,
    .keywords = article_keywords,
    .n_keywords = COUNT(article_keywords),
};

static const kiji_view article_view = {.sections = KIJI_SECTION_ALL, .types = (1u << KIJI_TYPES) - 1, .header = true};

/* begin, the record, end; the caller clears the buffer. NUL-terminated. */
static inline kiji_buf article_written(const kiji_format *format, const kiji_view *view, const kiji_doc *doc)
{
    kiji_buf out = KIJI_BUF_INIT;
    kiji_error err = {.status = KIJI_OK};
    if (format->begin != NULL) {
        assert_int_equal(format->begin(&out, view, &err), KIJI_OK);
    }
    assert_int_equal(format->doc(&out, view, doc, &err), KIJI_OK);
    if (format->end != NULL) {
        assert_int_equal(format->end(&out, view, &err), KIJI_OK);
    }
    kiji_buf_putc(&out, '\0');
    assert_false(out.failed);
    return out;
}

static inline void assert_written(const kiji_format *format, const kiji_view *view, const kiji_doc *doc,
                                  const char *expected)
{
    kiji_buf out = article_written(format, view, doc);
    assert_string_equal(out.ptr, expected);
    kiji_buf_clear(&out);
}

#endif
