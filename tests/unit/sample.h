/*
 * sample.h - a document record made by hand, with every key and with the values that are hard to write.
 */
#ifndef KIJI_TESTS_SAMPLE_H
#define KIJI_TESTS_SAMPLE_H

#include <string.h>

#include "doc/doc.h"
#include "write/write.h"

#define STR(literal)                                                                                                   \
    {                                                                                                                  \
        (literal), sizeof(literal) - 1                                                                                 \
    }
#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const kiji_office sample_offices[] = {
    {STR("国務長官"), "US", KIJI_CURRENT},
    {STR("首相"), "", KIJI_FORMER},
};

static const kiji_mention sample_blinken[] = {
    {40, 43, STR("ブリンケン"), STR("")},
    {3, 14, STR("アントニー・ブリンケン"), STR("model 7.1; dictionary")},
};
static const kiji_mention sample_norway[] = {{20, 22, STR("NO"), STR("")}};

static const kiji_entity sample_entities[] = {
    {.type = KIJI_MINISTER,
     .name = STR("アントニー・ブリンケン"),
     .key = STR("person/antony-blinken"),
     .kind = STR(""),
     .reading = STR("あんとにー"),
     .country = "US",
     .offices = sample_offices,
     .n_offices = 2,
     .mentions = sample_blinken,
     .n_mentions = 2},
    {.type = KIJI_PLACE,
     .name = STR("NO"),
     .key = STR(""),
     .kind = STR("country"),
     .reading = STR(""),
     .country = "NO",
     .mentions = sample_norway,
     .n_mentions = 1},
    {.type = KIJI_WEAPON, .name = STR("12:30"), .key = STR(""), .kind = STR("1_000"), .reading = STR("")},
};

static const kiji_quote sample_quotes[] = {
    {KIJI_DIRECT, 0, STR("ブリンケン氏"), STR("述べる"), STR("記者団"), STR("記者会見"), 50, 60,
     STR("tab\t, line\nfeed\r\\ and \"quotes\" 𠮷野家 \x01\x7f\xE2\x80\xA8\xC2\x85\xEF\xBB\xBF"), STR("verb")},
    {KIJI_ACCORDING, KIJI_NO_ENTITY, STR("関係者"), STR(""), STR(""), STR(""), 70, 75, STR("2024-07-28"), STR("")},
    {KIJI_INDIRECT, 1, STR(""), STR("on"), STR(""), STR(""), 80, 81, STR("~"), STR("")},
};

static const kiji_keyword sample_keywords[] = {
    {STR("日米安全保障協議委員会"), 0.91, 3},
    {STR("- no: list #"), 1.0, 1},
    {STR("0x1F"), 0.00012345, 1},
    {STR("々々"), 1.0 / 3, 2},
};

static const kiji_str sample_warnings[] = {STR("byte 12: not valid in Shift_JIS (0x81 0x20)")};

static const kiji_doc sample_doc = {
    .source = STR("bad \xFF name: a.txt"),
    .title = STR("見出し 一つ"),
    .date = STR("2024-07-28"),
    .characters = 100,
    .text = STR("本文\r\nです。 trailing blank \n\n"),
    .entities = sample_entities,
    .n_entities = COUNT(sample_entities),
    .quotes = sample_quotes,
    .n_quotes = COUNT(sample_quotes),
    .keywords = sample_keywords,
    .n_keywords = COUNT(sample_keywords),
    .warnings = sample_warnings,
    .n_warnings = COUNT(sample_warnings),
};

static const kiji_view sample_view = {
    .sections = KIJI_SECTION_ALL, .types = (1u << KIJI_TYPES) - 1, .header = true, .explain = true, .with_text = true};

#endif
