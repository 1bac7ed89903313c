/* Dictionary sources, the compiled image, matching. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "words/dict_build.h"

static kiji_str str(const char *s)
{
    return (kiji_str){s, strlen(s)};
}

static size_t parse(kiji_dict_rows *rows, kiji_buf *faults, kiji_arena *arena, const char *text)
{
    return kiji_dict_parse(rows, faults, arena, "x/test.tsv", str(text));
}

static void faults(void **state)
{
    static const struct {
        const char *text, *fault;
    } rows[] = {
        {"weapon\tforms\tkind\tcountry\tcontext\nX\t-\tミサイル\tJPN\t-\n", "test.tsv:2: country: not an ISO"},
        {"weapon\tforms\tkind\tcountry\tcontext\nX\t-\tミサイル\tJP\n", "test.tsv:2: 4 columns, not the 5"},
        {"weapon\tforms\tkind\tcountry\tcontext\n# ok\nX\t\tミサイル\tJP\t-\n", "test.tsv:3: forms: empty column"},
        {"nonsense\n", "test.tsv:1: the header names no known table"},
        {"", "no header line"},
        {"speech\n\xFF\n", "header"},
        {"phrase\tact\tmarks\n述べる\tsing\tと\n", "test.tsv:2: act: not an act"},
    };
    (void)state;
    kiji_arena arena;
    kiji_arena_init(&arena);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        kiji_dict_rows out = {NULL, 0, 0};
        kiji_buf text = KIJI_BUF_INIT;
        assert_true(parse(&out, &text, &arena, rows[i].text) > 0);
        kiji_buf_putc(&text, '\0');
        assert_non_null(strstr(text.ptr, rows[i].fault));
        kiji_buf_clear(&text);
    }
    kiji_arena_clear(&arena);
}

static const char source[] = "weapon\tforms\tkind\tcountry\tcontext\n"
                             "F-35A\tライトニング2|F35\t戦闘機\tUS\t-\n"
                             "火星15\t火星15型\t大陸間弾道ミサイル\tKP\tneeded\n";

static kiji_lexicon *compile(kiji_arena *arena, const char *text)
{
    kiji_dict_rows rows = {NULL, 0, 0};
    kiji_buf problems = KIJI_BUF_INIT;
    void *image = NULL;
    size_t nbytes = 0;
    kiji_lexicon *lexicon = NULL;
    assert_int_equal(
        parse(&rows, &problems, arena, "code\tname\tforms\tkanji\nUS\t米国\tアメリカ\t米\nKP\t北朝鮮\t-\t朝\n"), 0);
    assert_int_equal(parse(&rows, &problems, arena, text), 0);
    assert_int_equal(kiji_dict_build(&image, &nbytes, &rows, &problems, NULL), KIJI_OK);
    assert_int_equal(kiji_lexicon_adopt(&lexicon, image, nbytes, "test", NULL), KIJI_OK);
    kiji_buf_clear(&problems);
    return lexicon;
}

static bool count(void *context, const kiji_dict_entry *entry, kiji_dict_role role)
{
    (void)entry;
    (void)role;
    (*(unsigned *)context)++;
    return true;
}

static void variants(void **state)
{
    static const struct {
        const char *form;
        unsigned found;
    } rows[] = {{"F-35A", 1},           {"f35a", 1},   {"F 35A", 1},   {"ライトニング2", 1},
                {"ライトニング・2", 1}, {"火星15", 1}, {"火星-15", 1}, {"火星", 0},
                {"アメリカ", 1},        {"米", 1},     {"", 0},        {"F-35AB", 0}};
    (void)state;
    kiji_arena arena;
    kiji_arena_init(&arena);
    kiji_lexicon *lexicon = compile(&arena, source);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        unsigned n = 0;
        kiji_lexicon_lookup(lexicon, str(rows[i].form), count, &n);
        if (n != rows[i].found) {
            print_error("%s: %u\n", rows[i].form, n);
        }
        assert_int_equal(n, rows[i].found);
    }
    kiji_lexicon_close(lexicon);
    kiji_arena_clear(&arena);
}

static void between_rows(void **state)
{
    (void)state;
    kiji_arena arena;
    kiji_arena_init(&arena);
    kiji_dict_rows rows = {NULL, 0, 0};
    kiji_buf problems = KIJI_BUF_INIT;
    static const char offices[] = "title\tforms\trank\tcountry\tseats\n首相\t-\thead_of_government\t*\tsingle\n";
    static const char terms[] = "key\tname\tshort\treading\taliases\toffice\tcountry\tfirst\tlast\n"
                                "person/a-b\t甲 乙\t甲\t-\t-\t首相\tJP\t2001-01-01\t2003-01-01\n"
                                "person/c-d\t丙 丁\t丙\t-\t-\t首相\tJP\t2002-01-01\t2004-01-01\n"
                                "person/e-f\t戊 己\t戊\t-\t-\t大臣\tJP\t2002-01-01\t-\n";
    void *image = NULL;
    size_t nbytes = 0;
    assert_int_equal(parse(&rows, &problems, &arena, offices), 0);
    assert_int_equal(parse(&rows, &problems, &arena, terms), 0);
    assert_int_equal(kiji_dict_build(&image, &nbytes, &rows, &problems, NULL), KIJI_EDICT);
    assert_null(image);
    kiji_buf_putc(&problems, '\0');
    assert_non_null(strstr(problems.ptr, "overlaps"));
    assert_non_null(strstr(problems.ptr, "no row of offices.tsv has the title 大臣"));
    assert_non_null(strstr(problems.ptr, "no row of countries.tsv has the code"));
    kiji_buf_clear(&problems);
    kiji_arena_clear(&arena);
}

/* Every byte of an image turned over: refused, or harmless. */
static void damaged(void **state)
{
    (void)state;
    kiji_arena arena;
    kiji_arena_init(&arena);
    kiji_dict_rows rows = {NULL, 0, 0};
    kiji_buf problems = KIJI_BUF_INIT;
    void *image = NULL;
    size_t nbytes = 0;
    assert_int_equal(parse(&rows, &problems, &arena, "weapon\tforms\tkind\tcountry\tcontext\nX\t-\t銃\t-\t-\n"), 0);
    assert_int_equal(kiji_dict_build(&image, &nbytes, &rows, &problems, NULL), KIJI_OK);
    for (size_t i = 0; i < nbytes; i += 7) {
        char *copy = kiji_alloc(nbytes);
        memcpy(copy, image, nbytes);
        copy[i] = (char)(copy[i] ^ 0x10);
        kiji_lexicon *lexicon = NULL;
        kiji_error err;
        assert_int_equal(kiji_lexicon_adopt(&lexicon, copy, nbytes, "test", &err), KIJI_EDICT);
        assert_null(lexicon);
        assert_string_equal(err.source, "test");
    }
    for (size_t n = 0; n < nbytes; n += 31) {
        char *copy = kiji_alloc(n);
        memcpy(copy, image, n);
        kiji_lexicon *lexicon = NULL;
        assert_int_equal(kiji_lexicon_adopt(&lexicon, copy, n, "test", NULL), KIJI_EDICT);
    }
    kiji_free(image);
    kiji_buf_clear(&problems);
    kiji_arena_clear(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(faults), cmocka_unit_test(variants),
                                       cmocka_unit_test(between_rows), cmocka_unit_test(damaged)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
