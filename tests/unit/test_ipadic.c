/* Which dictionaries in MeCab's format are taken for IPADIC: a trie of one word, by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "words/ipadic.h"

enum { CELLS = 1024 };
static kiji_trie_cell cells[CELLS];
static kiji_mecab_entry entries[2];

static void begin(kiji_mecab_dict *dict, const char *charset, const char *features, uint32_t nbytes)
{
    static const unsigned char word[] = "は";
    int32_t state = 1;
    memset(dict, 0, sizeof *dict);
    memset(cells, 0, sizeof cells);
    cells[0].base = state;
    for (size_t i = 0; i < sizeof word - 1; i++) {
        const int32_t at = state + word[i] + 1;
        cells[at] = (kiji_trie_cell){200 * ((int32_t)i + 1), (uint32_t)state};
        state = cells[at].base;
    }
    cells[state] = (kiji_trie_cell){-(2 + 1), (uint32_t)state}; /* two entries from the first on */
    memset(entries, 0, sizeof entries);
    dict->known = (kiji_mecab_words){.cells = cells,
                                     .n_cells = CELLS,
                                     .entries = entries,
                                     .n_entries = 2,
                                     .features = features,
                                     .features_size = nbytes};
    (void)snprintf(dict->known.charset, sizeof dict->known.charset, "%s", charset);
}

static void test_ipadic(void **state)
{
    static const char good[] = "名詞,一般,*,*,*,*,は,ハ,ハ\0助詞,係助詞,*,*,*,*,は,ハ,ワ";
    kiji_mecab_dict dict;
    kiji_error err;
    (void)state;
    begin(&dict, "UTF-8", good, sizeof good);
    entries[1].feature = (uint32_t)strlen(good) + 1;
    assert_int_equal(kiji_ipadic_check(&dict, "dir", &err), KIJI_OK);
    begin(&dict, "EUC-JP", good, sizeof good);
    assert_int_equal(kiji_ipadic_check(&dict, "dir", &err), KIJI_EDICT);
    assert_non_null(strstr(err.text, "EUC-JP"));
    begin(&dict, "", good, sizeof good);
    assert_int_equal(kiji_ipadic_check(&dict, "dir", &err), KIJI_EDICT);
    assert_non_null(strstr(err.text, "unknown charset"));
}

static void test_others(void **state)
{
    static const char unidic[] = "助詞,係助詞,*,*,*,*,ハ,は,は,ワ,は,ワ,和,*,*,*,*";
    kiji_mecab_dict dict;
    kiji_error err;
    (void)state;
    begin(&dict, "utf8", unidic, sizeof unidic);
    assert_int_equal(kiji_ipadic_check(&dict, "dir", &err), KIJI_EDICT);
    assert_non_null(strstr(err.text, "another tag set (は is \"助詞,係助詞"));
    assert_string_equal(err.source, "dir");
}

static void test_damaged(void **state)
{
    static const char good[] = "助詞,係助詞,*,*,*,*,は,ハ,ワ";
    kiji_mecab_dict dict;
    kiji_error err;
    (void)state;
    begin(&dict, "UTF-8", good, sizeof good);
    entries[0].feature = sizeof good;
    assert_int_equal(kiji_ipadic_check(&dict, "dir", &err), KIJI_EDICT);
    assert_non_null(strstr(err.text, "damaged"));
    begin(&dict, "UTF-8", good, sizeof good);
    dict.known.n_entries = 1;
    assert_int_equal(kiji_ipadic_check(&dict, "dir", &err), KIJI_EDICT);
    assert_non_null(strstr(err.text, "damaged"));
    begin(&dict, "UTF-8", good, sizeof good);
    cells[0].base = 0x7F000000;
    assert_int_equal(kiji_ipadic_check(&dict, "dir", &err), KIJI_EDICT);
    assert_non_null(strstr(err.text, "damaged"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_ipadic), cmocka_unit_test(test_others),
                                       cmocka_unit_test(test_damaged)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
