/* Formats that other programs read: CoNLL-2002, brat's standoff, JSON as one array. */
#include "article.h"

#include "base/mem.h"

static const kiji_piece pieces[] = {
    {0, 2, 0, STR("名詞,一般")}, /* 日米 as one morpheme: two names */
    {2, 4, 0, STR("名詞,サ変接続")}, {5, 7, 1, STR("名詞,固有名詞,人名,姓")},
    {7, 11, 1, STR("名詞,一般")}, /* 稔防衛相: a name ends inside */
    {15, 16, 1, STR("記号,括弧開")}, {16, 17, 1, STR("名詞,一般")},
    {17, 21, 2, STR("名詞,一般")}, /* a name over two sentences */
};

static void conll_cuts_where_names_begin_and_end(void **state)
{
    (void)state;
    kiji_doc doc = article_doc;
    doc.pieces = pieces;
    doc.n_pieces = COUNT(pieces);
    assert_written(&kiji_format_conll, &article_view, &doc,
                   "-DOCSTART- -X- O O\n\n"
                   "日 名詞,一般 B-PLACE\n"
                   "米 名詞,一般 B-PLACE\n"
                   "会談 名詞,サ変接続 O\n\n"
                   "木原 名詞,固有名詞,人名,姓 B-MINISTER\n"
                   "稔 名詞,一般 I-MINISTER\n"
                   "防衛相 名詞,一般 O\n"
                   "「 記号,括弧開 O\n"
                   "P 名詞,一般 B-WEAPON\n\n"
                   "AC-3 名詞,一般 B-WEAPON\n\n");
}

static void conll_of_chosen_types(void **state)
{
    (void)state;
    kiji_view view = article_view;
    kiji_doc doc = article_doc;
    view.types = 1u << KIJI_WEAPON;
    doc.pieces = pieces;
    doc.n_pieces = 1;
    assert_written(&kiji_format_conll, &view, &doc, "-DOCSTART- -X- O O\n\n日米 名詞,一般 O\n\n");
    doc.n_pieces = 0;
    assert_written(&kiji_format_conll, &view, &doc, "-DOCSTART- -X- O O\n\n");
}

static void conll_columns_hold_no_blanks(void **state)
{
    static const kiji_piece odd[] = {{0, 5, 0, STR("記号,一般")}};
    (void)state;
    kiji_doc doc = {.text = STR("a b　\x1b"), .pieces = odd, .n_pieces = 1};
    assert_written(&kiji_format_conll, &article_view, &doc, "-DOCSTART- -X- O O\n\na␣b␣␛ 記号,一般 O\n\n");
}

static void brat_annotates(void **state)
{
    (void)state;
    assert_written(&kiji_format_brat, &article_view, &article_doc,
                   "T1\tPlace 0 1\t日\n"
                   "#1\tAnnotatorNotes T1\t日本; country; country JP; key place/japan\n"
                   "T2\tPlace 1 2\t米\n"
                   "#2\tAnnotatorNotes T2\t米国; country; country US; key place/us\n"
                   "T3\tMinister 5 8\t木原稔\n"
                   "A1\tOffice T3 current\n"
                   "#3\tAnnotatorNotes T3\t木原稔; 防衛大臣 (JP, current); country JP; key person/kihara-minoru\n"
                   "T4\tPlace 12 14\t東京\n"
                   "#4\tAnnotatorNotes T4\t東京; city; country JP\n"
                   "T5\tWeapon 16 21\tPAC-3\n"
                   "#5\tAnnotatorNotes T5\tPAC-3; 地対空ミサイル\n"
                   "T6\tQuote 16 25\tPAC-3を増やす\n"
                   "A2\tKind T6 direct\n"
                   "R1\tSpeaker Arg1:T6 Arg2:T3\n"
                   "#6\tAnnotatorNotes T6\tspeaker 木原稔防衛相; verb 述べる; addressee 記者団; occasion 会見\n"
                   "T7\tQuote 39 46\t年内に始まる。\n"
                   "A3\tKind T7 according\n"
                   "#7\tAnnotatorNotes T7\tspeaker 関係者; verb によると\n");
}

/* Line ends split a span, blanks at its edges fall away, a span of blanks is none. */
static void brat_spans_lie_in_one_line(void **state)
{
    static const kiji_mention mentions[] = {
        {0, 6, STR(" 東\r\n京 "), NO_WHY}, {7, 8, STR(" "), NO_WHY}, {9, 10, STR("東"), NO_WHY}};
    static const kiji_entity entities[] = {
        {KIJI_PLACE, STR("東\t京"), STR(""), STR(""), STR(""), "", NULL, 0, mentions, 3}};
    static const kiji_quote quotes[] = {
        {KIJI_DIRECT, 0, STR(""), STR(""), STR(""), STR(""), 8, 11, STR("\n東\n"), NO_WHY},
        {KIJI_DIRECT, 0, STR(""), STR(""), STR(""), STR(""), 7, 8, STR(" "), NO_WHY},
    };
    (void)state;
    kiji_doc doc = {
        .text = STR(" 東\r\n京 x \n東\n"), .entities = entities, .n_entities = 1, .quotes = quotes, .n_quotes = 2};
    assert_written(&kiji_format_brat, &article_view, &doc,
                   "T1\tPlace 1 2;4 5\t東 京\n"
                   "#1\tAnnotatorNotes T1\t東 京\n"
                   "*\tSame T1 T3\n"
                   "T3\tPlace 9 10\t東\n"
                   "T4\tQuote 9 10\t東\n"
                   "A1\tKind T4 direct\n"
                   "R1\tSpeaker Arg1:T4 Arg2:T1\n");
}

static void json_is_one_array(void **state)
{
    (void)state;
    static const kiji_doc empty = {.source = STR("-")};
    kiji_view view = {.sections = KIJI_SECTION_QUOTES};
    assert_written(&kiji_format_json, &view, &empty,
                   "[\n{\"schema\":\"kiji/1\",\"source\":\"-\",\"characters\":0,\"quotes\":[],\"warnings\":[]}\n]\n");
    assert_string_equal(kiji_format_json.between, ",\n");
}

static void without_memory_they_fail(void **state)
{
    (void)state;
    static const kiji_format *const formats[] = {&kiji_format_conll, &kiji_format_brat, &kiji_format_json};
    kiji_doc doc = article_doc;
    doc.pieces = pieces;
    doc.n_pieces = COUNT(pieces);
    for (size_t i = 0; i < COUNT(formats); i++) {
        kiji_status status = KIJI_ENOMEM;
        for (uint64_t n = 1; status != KIJI_OK; n++) {
            kiji_buf out = KIJI_BUF_INIT;
            kiji_error err = {.status = KIJI_OK};
            assert_true(n < 1000);
            kiji_alloc_fail_at(n);
            status = formats[i]->doc(&out, &article_view, &doc, &err);
            kiji_alloc_fail_at(0);
            assert_true(status == KIJI_OK || status == KIJI_ENOMEM);
            kiji_buf_clear(&out);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conll_cuts_where_names_begin_and_end),
        cmocka_unit_test(conll_of_chosen_types),
        cmocka_unit_test(conll_columns_hold_no_blanks),
        cmocka_unit_test(brat_annotates),
        cmocka_unit_test(brat_spans_lie_in_one_line),
        cmocka_unit_test(json_is_one_array),
        cmocka_unit_test(without_memory_they_fail),
    };
    return cmocka_run_group_tests_name("exchange", tests, NULL, NULL);
}
