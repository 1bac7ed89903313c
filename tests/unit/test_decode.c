/* test_decode.c - bytes to text: each encoding, bad bytes, binary data, every cut of every sample. */
#include <stdlib.h>
#include <string.h>

#include <unicode/ucnv.h>

#include "base/utf8.h"
#include "read/charset.h"
#include "read/decode.h"
#include "arena.h"

#define BYTES(literal)                                                                                                 \
    {                                                                                                                  \
        (literal), sizeof(literal) - 1                                                                                 \
    }

static kiji_error error;

/* The bytes in a block of their own size, so that a sanitizer sees a read behind them. */
static kiji_status decode(kiji_decoded *out, kiji_str bytes, const char *encoding, bool strict)
{
    kiji_arena_reset(&arena);
    memset(&error, 0, sizeof error);
    char *exact = kiji_arena_alloc(&arena, bytes.len + 1);
    if (bytes.len != 0) {
        memcpy(exact, bytes.ptr, bytes.len);
    }
    char *block = malloc(bytes.len != 0 ? bytes.len : 1);
    assert_non_null(block);
    memcpy(block, exact, bytes.len);
    kiji_input input;
    memset(&input, 0, sizeof input);
    input.source = "a.txt";
    input.bytes = block;
    input.nbytes = bytes.len;
    input.encoding = encoding;
    input.strict = strict;
    const kiji_status status = kiji_decode(out, &arena, &input, &error);
    if (status == KIJI_OK && out->text.ptr >= block && out->text.ptr <= block + bytes.len) {
        out->text = kiji_arena_copy(&arena, out->text); /* borrowed from the block */
    }
    free(block);
    if (status == KIJI_OK) {
        assert_true(kiji_utf8_valid(out->text));
    }
    return status;
}

static void assert_text(kiji_str got, const char *want)
{
    if (got.len != strlen(want) || memcmp(got.ptr, want, got.len) != 0) {
        fail_msg("got \"%.*s\", want \"%s\"", (int)got.len, got.ptr, want);
    }
}

/* UTF-8 in another encoding, by ICU. */
static kiji_str encode(const char *text, const char *icu)
{
    static char out[1 << 16];
    UErrorCode status = U_ZERO_ERROR;
    const int32_t n = ucnv_convert(icu, "UTF-8", out, (int32_t)sizeof out, text, (int32_t)strlen(text), &status);
    assert_true(U_SUCCESS(status));
    return (kiji_str){out, (size_t)n};
}

static const char sample[] =
    "日米防衛相が会談、共同声明を発表\n\n木原稔防衛相は29日、東京でオースティン国防長官と会談し、"
    "「同盟の抑止力を強化する」と述べた。①㈱ソニー、ﾃｽﾄ、PAC-3。\n";

static void test_names(void **state)
{
    (void)state;
    static const char *const known[] = {"auto",   "utf-8",    "UTF8",    "Shift_JIS",   "sjis",
                                        "CP932",  "euc-jp",   "EUC_JP",  "ISO-2022-JP", "jis",
                                        "utf-16", "UTF-16LE", "utf16be", "windows-31j"};
    static const char *const unknown[] = {
        "", "-", "utf-7", "latin1", "AUTO ", "utf-8 ", "|", "utf8|", "a-very-long-name-that-is-no-encoding-at-all"};
    for (size_t i = 0; i < COUNT(known); i++) {
        assert_true(kiji_encoding_known(known[i]));
    }
    for (size_t i = 0; i < COUNT(unknown); i++) {
        assert_false(kiji_encoding_known(unknown[i]));
    }
}

static void test_every_encoding_is_detected(void **state)
{
    (void)state;
    static const struct {
        const char *icu, *name;
    } rows[] = {
        {"UTF-8", "UTF-8"},        {"ibm-943_P15A-2003", "Shift_JIS"},
        {"euc-jp-2007", "EUC-JP"}, {"ISO_2022,locale=ja,version=3", "ISO-2022-JP"},
        {"UTF-16LE", "UTF-16LE"},  {"UTF-16BE", "UTF-16BE"},
        {"UTF-16", NULL}, /* with a mark, in the machine's byte order */
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const kiji_str bytes = encode(sample, rows[i].icu);
        kiji_decoded got;
        const kiji_status status = decode(&got, bytes, NULL, true);
        if (status != KIJI_OK) {
            fail_msg("%s: %s", rows[i].icu, error.text);
        }
        assert_text(got.text, sample);
        assert_int_equal(got.n_warnings, 0);
        if (rows[i].name != NULL) {
            assert_string_equal(got.encoding, rows[i].name);
            assert_int_equal(decode(&got, bytes, rows[i].name, true), KIJI_OK);
            assert_text(got.text, sample);
        }
        assert_int_equal(decode(&got, bytes, "auto", false), KIJI_OK);
    }
}

/* A cut sample is decoded up to the cut, in the same encoding; what is cut off costs at most one U+FFFD. */
static void test_every_cut(void **state)
{
    (void)state;
    static const struct {
        const char *icu, *name;
        size_t from; /* shorter beginnings say too little to be sure */
    } rows[] = {
        {"UTF-8", "UTF-8", 0},
        {"ibm-943_P15A-2003", "Shift_JIS", 12},
        {"euc-jp-2007", "EUC-JP", 12},
        {"UTF-16LE", "UTF-16LE", 40},
        {"ISO_2022,locale=ja,version=3", "ISO-2022-JP", 4},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const kiji_str bytes = encode(sample, rows[i].icu);
        for (size_t n = 0; n <= bytes.len; n++) {
            for (unsigned told = 0; told < 2; told++) {
                kiji_decoded got;
                const kiji_status status = decode(&got, (kiji_str){bytes.ptr, n}, told ? rows[i].name : NULL, false);
                if (!told && n < rows[i].from) {
                    continue;
                }
                assert_int_equal(status, KIJI_OK);
                if (n > 3) {
                    assert_string_equal(got.encoding, rows[i].name);
                }
                size_t whole = got.text.len;
                if (got.n_warnings != 0) {
                    assert_int_equal(got.n_warnings, 1);
                    assert_true(got.bytes_lost <= 3 && got.first_lost_at + got.bytes_lost == n);
                    assert_memory_equal(got.text.ptr + whole - 3, "\xEF\xBF\xBD", 3);
                    whole -= 3;
                }
                assert_true(whole <= strlen(sample) && memcmp(got.text.ptr, sample, whole) == 0);
            }
        }
    }
}

/* Any byte changed to any of a few: no crash, valid UTF-8, and as many U+FFFD as places. */
static void test_every_damage(void **state)
{
    (void)state;
    static const char *const sets[] = {"UTF-8", "ibm-943_P15A-2003", "euc-jp-2007", "UTF-16BE",
                                       "ISO_2022,locale=ja,version=3"};
    static const unsigned char values[] = {0x1B, ' ', '(', 0x80, 0x8E, 0x8F, 0xA0, 0xC0, 0xD8, 0xE3, 0xED, 0xF5, 0xFF};
    for (size_t i = 0; i < COUNT(sets); i++) {
        const kiji_str bytes = encode(sample, sets[i]);
        char *damaged = malloc(bytes.len);
        assert_non_null(damaged);
        for (size_t at = 0; at < bytes.len; at++) {
            for (size_t v = 0; v < COUNT(values); v++) {
                memcpy(damaged, bytes.ptr, bytes.len);
                damaged[at] = (char)values[v];
                kiji_decoded got;
                if (decode(&got, (kiji_str){damaged, bytes.len}, NULL, false) == KIJI_OK) {
                    assert_int_equal(got.n_warnings == 0, got.bytes_lost == 0);
                    assert_int_equal(got.n_warnings == 0, got.first_lost_at == KIJI_NO_OFFSET);
                    if (i == 0) {
                        assert_string_equal(got.encoding, "UTF-8");
                    }
                }
            }
        }
        free(damaged);
    }
}

static void test_bad_bytes(void **state)
{
    (void)state;
    static const struct {
        kiji_str bytes;
        const char *encoding, *text, *warning; /* the first one */
        size_t lost;
    } rows[] = {
        {BYTES("あ\xFFい"), NULL, "あ\uFFFDい", "byte 3: not valid in UTF-8 (0xFF)", 1},
        {BYTES("日本\xE8\xAA"), NULL, "日本\uFFFD", "byte 6: not valid in UTF-8 (0xE8 0xAA)", 2},
        {BYTES("\xEF\xBB\xBF日本\xFF"), NULL, "日本\uFFFD", "byte 9: not valid in UTF-8 (0xFF)", 1},
        /* one U+FFFD for one maximal subpart (Unicode 3.9, table 3-8) */
        {BYTES("\xF0\x80\x80\x41"), "utf-8", "\uFFFD\uFFFD\uFFFDA", "byte 0: not valid in UTF-8 (0xF0)", 3},
        {BYTES("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41"), "utf-8", "\uFFFD\uFFFD\uFFFD\uFFFDA",
         "byte 0: not valid in UTF-8 (0xE1 0x80)", 8},
        {BYTES("\xED\xA0\x80\xC0\xAF\xF4\x90"), "utf-8", "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD",
         "byte 0: not valid in UTF-8 (0xED)", 7},
        {BYTES("a\x81 b"), "sjis", "a\uFFFD b", "byte 1: not valid in Shift_JIS (0x81)", 1},
        {BYTES("\x81\xAD\xFF\x93\xFA"), "sjis", "\uFFFD\uFFFD日", "byte 0: not valid in Shift_JIS (0x81 0xAD)", 3},
        {BYTES("\x93\xFA\x81"), "sjis", "日\uFFFD", "byte 2: not valid in Shift_JIS (0x81)", 1},
        {BYTES("\xC6\xFC\x8F\xB0"), "euc-jp", "日\uFFFD", "byte 2: not valid in EUC-JP (0x8F 0xB0)", 2},
        {BYTES("\x1B$ZA"), "jis", "\uFFFD$ZA", "byte 0: not valid in ISO-2022-JP (0x1B)", 1},
        {BYTES("\xE5\x65\x3D\xD8\x2C\x67"), "utf-16le", "日\uFFFD本", NULL, 2},
        {BYTES("\xFF\xFE\xE5\x65\x2C"), NULL, "日\uFFFD", "byte 4: not valid in UTF-16LE (0x2C)", 1},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        kiji_decoded got;
        assert_int_equal(decode(&got, rows[i].bytes, rows[i].encoding, false), KIJI_OK);
        assert_text(got.text, rows[i].text);
        assert_int_equal(got.bytes_lost, rows[i].lost);
        assert_true(got.n_warnings >= 1);
        if (rows[i].warning != NULL) {
            assert_text(got.warnings[0], rows[i].warning);
        }
        const size_t first = got.first_lost_at;
        assert_int_equal(decode(&got, rows[i].bytes, rows[i].encoding, true), KIJI_EINPUT);
        assert_int_equal(error.byte_at, first);
        assert_string_equal(error.source, "a.txt");
        assert_non_null(strstr(error.text, "not valid in "));
    }
}

static void test_warnings_end_at_ten(void **state)
{
    (void)state;
    char bytes[12];
    memset(bytes, 0xFF, sizeof bytes);
    kiji_decoded got;
    assert_int_equal(decode(&got, (kiji_str){bytes, 10}, "utf-8", false), KIJI_OK);
    assert_int_equal(got.n_warnings, 10);
    assert_int_equal(decode(&got, (kiji_str){bytes, 11}, "utf-8", false), KIJI_OK);
    assert_int_equal(got.n_warnings, 11);
    assert_text(got.warnings[10], "1 more place");
    assert_int_equal(decode(&got, (kiji_str){bytes, 12}, "utf-8", false), KIJI_OK);
    assert_text(got.warnings[10], "2 more places");
    assert_text(got.warnings[9], "byte 9: not valid in UTF-8 (0xFF)");
}

static void test_told_and_marked(void **state)
{
    (void)state;
    static const struct {
        kiji_str bytes;
        const char *told, *text, *encoding;
    } rows[] = {
        {BYTES(""), NULL, "", "UTF-8"},
        {BYTES("\xEF\xBB\xBF"), NULL, "", "UTF-8"},
        {BYTES("\xEF\xBB\xBF日"), "utf-8", "日", "UTF-8"},
        {BYTES("\xFF\xFE\xE5\x65"), "utf-16", "日", "UTF-16LE"},
        {BYTES("\xFE\xFF\x65\xE5"), "utf-16", "日", "UTF-16BE"},
        {BYTES("\x65\xE5"), "utf-16", "日", "UTF-16BE"},
        {BYTES("A\0B\0\n\0"), "utf-16", "AB\n", "UTF-16LE"},
        {BYTES("\xFF\xFE\xE5\x65"), "utf-16le", "日", "UTF-16LE"},
        {BYTES("\xFF\xFE"), NULL, "", "UTF-16LE"},
        /* terminals reset their character set like this: that is no ISO-2022-JP */
        {BYTES("\x1B(B\x1B[m abc"), NULL, "\x1B(B\x1B[m abc", "UTF-8"},
        /* the two mappings of 〜 ‖ −: as Windows has them */
        {BYTES("\x81\x60\x81\x61\x81\x7C"), "cp932", "～∥－", "Shift_JIS"},
        {BYTES("\xA1\xC1\xA1\xC2\xA1\xDD"), "euc-jp", "～∥－", "EUC-JP"},
        {BYTES("\x1B$B!A!B!]\x1B(B"), "jis", "～∥－", "ISO-2022-JP"},
        /* characters beyond JIS X 0208 */
        {BYTES("\x87\x40\x87\x8A\xFB\xFC"), "sjis", "①㈱髙", "Shift_JIS"},
        {BYTES("\x1B$B-!\x1B(I1\x1B(B"), "jis", "①ｱ", "ISO-2022-JP"},
        /* a pair of surrogates */
        {BYTES("\x42\xD8\xB7\xDF"), "utf-16le", "𠮷", "UTF-16LE"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        kiji_decoded got;
        assert_int_equal(decode(&got, rows[i].bytes, rows[i].told, true), KIJI_OK);
        assert_text(got.text, rows[i].text);
        assert_string_equal(got.encoding, rows[i].encoding);
        assert_int_equal(got.first_lost_at, KIJI_NO_OFFSET);
    }
}

static void test_short_texts_are_told_apart(void **state)
{
    (void)state;
    static const struct {
        const char *text, *icu, *name;
    } rows[] = {
        {"アップル、新製品", "euc-jp-2007", "EUC-JP"},
        {"アップル、新製品", "ibm-943_P15A-2003", "Shift_JIS"},
        {"日本政府", "euc-jp-2007", "EUC-JP"}, /* in Shift_JIS all but valid, half of it as half-width kana */
        {"日本政府", "ibm-943_P15A-2003", "Shift_JIS"},
        {"首相が辞任を表明", "euc-jp-2007", "EUC-JP"},
        {"首相が辞任を表明", "ibm-943_P15A-2003", "Shift_JIS"},
        {"2024年7月28日 PAC-3", "ISO_2022,locale=ja,version=3", "ISO-2022-JP"}, /* 2 escapes for each kanji */
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        kiji_decoded got;
        assert_int_equal(decode(&got, encode(rows[i].text, rows[i].icu), NULL, true), KIJI_OK);
        assert_string_equal(got.encoding, rows[i].name);
        assert_text(got.text, rows[i].text);
    }
}

static void test_valid_utf8_is_borrowed(void **state)
{
    (void)state;
    kiji_input input;
    memset(&input, 0, sizeof input);
    input.source = "a.txt";
    input.bytes = sample;
    input.nbytes = sizeof sample - 1;
    kiji_decoded got;
    const uint64_t before = kiji_alloc_count();
    assert_int_equal(kiji_decode(&got, &arena, &input, NULL), KIJI_OK);
    assert_ptr_equal(got.text.ptr, sample);
    assert_int_equal(kiji_alloc_count(), before);
}

static void test_binary(void **state)
{
    (void)state;
    kiji_decoded got;
    assert_int_equal(decode(&got,
                            (kiji_str){"\x7F"
                                       "ELF\2\1\1\0\0\0",
                                       10},
                            NULL, false),
                     KIJI_EINPUT);
    assert_string_equal(error.text, "binary data (NUL at byte 7)");
    assert_int_equal(error.byte_at, 7);
    assert_int_equal(decode(&got, (kiji_str){"\1\2\3\4\5\6\7 abc", 11}, NULL, false), KIJI_EINPUT);
    assert_string_equal(error.text, "binary data (control characters)");
    assert_int_equal(decode(&got, (kiji_str){"\xFF\xFE\x00\x00\x41\x00", 6}, NULL, false), KIJI_EINPUT);
    assert_string_equal(error.text, "binary data (NUL at byte 2)");
    assert_int_equal(decode(&got, (kiji_str){"\t\r\n\f\t\r\n", 7}, NULL, false), KIJI_OK);
    /* A lone NUL far behind ends nothing; many do. */
    enum { SIZE = 20000 };
    char *text = malloc(SIZE);
    assert_non_null(text);
    memset(text, 'a', SIZE);
    text[9000] = 0;
    assert_int_equal(decode(&got, (kiji_str){text, SIZE}, NULL, false), KIJI_OK);
    assert_int_equal(got.text.len, SIZE);
    memset(text + 9000, 0, 30);
    assert_int_equal(decode(&got, (kiji_str){text, SIZE}, NULL, false), KIJI_EINPUT);
    assert_int_equal(error.byte_at, 9000);
    free(text);
}

static void test_other_errors(void **state)
{
    (void)state;
    kiji_decoded got;
    assert_int_equal(decode(&got, (kiji_str){"a", 1}, "koi8-r", false), KIJI_EINPUT);
    assert_string_equal(error.text, "unknown encoding koi8-r");
    assert_int_equal(error.byte_at, KIJI_NO_OFFSET);
    kiji_input input;
    memset(&input, 0, sizeof input);
    input.source = "a.txt";
    input.bytes = "a"; /* not looked at */
    input.nbytes = ((size_t)1 << 30) + 1;
    assert_int_equal(kiji_decode(&got, &arena, &input, &error), KIJI_ELIMIT);
    input.bytes = NULL;
    input.nbytes = 0;
    assert_int_equal(kiji_decode(&got, &arena, &input, &error), KIJI_OK);
}

static void test_out_of_memory_takes_the_bail(void **state)
{
    (void)state;
    const kiji_str bytes = encode(sample, "ibm-943_P15A-2003");
    for (uint64_t n = 1; n < 3; n++) {
        kiji_arena small;
        kiji_arena_init(&small);
        jmp_buf bail;
        small.bail = &bail;
        volatile bool left = false;
        kiji_input input;
        memset(&input, 0, sizeof input);
        input.source = "a.txt";
        input.bytes = bytes.ptr;
        input.nbytes = bytes.len;
        kiji_decoded got;
        if (setjmp(bail) == 0) {
            kiji_alloc_fail_at(n);
            (void)kiji_decode(&got, &small, &input, &error);
        } else {
            left = true;
        }
        kiji_alloc_fail_at(0);
        assert_int_equal(left, n == 1);
        kiji_arena_clear(&small);
    }
}

static void test_validator(void **state)
{
    (void)state;
    static const struct {
        kiji_str bytes;
        size_t good, bad;
    } rows[] = {
        {BYTES(""), 0, 0},
        {BYTES("日本語日本語"), 18, 0},
        {BYTES("aaaaaaaa\x80"), 8, 1},
        {BYTES("日本語日\xED\xA0\x80本語本語"), 12, 1}, /* a surrogate */
        {BYTES("日本語日\xE0\x80\x80本語本語"), 12, 1}, /* overlong */
        {BYTES("日本語日\xE6\x97x日本語日"), 12, 2},    /* cut */
        {BYTES("日本語日本語\xEF\xBF"), 18, 2},         /* cut by the end */
        {BYTES("日本語日本語\xF0\x9F\x98"), 18, 3},
        {BYTES("\xF5"), 0, 1},
        {BYTES("\xC1\x80"), 0, 1},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_int_equal(kiji_utf8_good(rows[i].bytes), rows[i].good);
        assert_int_equal(kiji_utf8_valid(rows[i].bytes), rows[i].good == rows[i].bytes.len);
        if (rows[i].bad != 0) {
            assert_int_equal(kiji_utf8_bad(rows[i].bytes, rows[i].good), rows[i].bad);
        }
    }
}

/* A megabyte of the worst, and no step twice: sizes only, a slow way would show by hanging. */
static void test_hostile(void **state)
{
    (void)state;
    enum { SIZE = 1 << 20 };
    static const unsigned char fill[] = {0x80, 0xFF, 0xE3, 0x81, 0xA4, 0xC2};
    static const char *const told[] = {NULL, "utf-8", "sjis", "euc-jp", "jis", "utf-16le"};
    char *bytes = malloc(SIZE);
    assert_non_null(bytes);
    for (size_t f = 0; f < COUNT(fill); f++) {
        memset(bytes, fill[f], SIZE);
        for (size_t t = 0; t < COUNT(told); t++) {
            kiji_decoded got;
            assert_int_equal(decode(&got, (kiji_str){bytes, SIZE}, told[t], false), KIJI_OK);
            assert_true(got.text.len <= (size_t)SIZE * 3 && got.n_warnings <= 11);
        }
    }
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_every_encoding_is_detected),
        cmocka_unit_test(test_every_cut),
        cmocka_unit_test(test_every_damage),
        cmocka_unit_test(test_bad_bytes),
        cmocka_unit_test(test_warnings_end_at_ten),
        cmocka_unit_test(test_told_and_marked),
        cmocka_unit_test(test_short_texts_are_told_apart),
        cmocka_unit_test(test_valid_utf8_is_borrowed),
        cmocka_unit_test(test_binary),
        cmocka_unit_test(test_other_errors),
        cmocka_unit_test(test_out_of_memory_takes_the_bail),
        cmocka_unit_test(test_validator),
        cmocka_unit_test(test_hostile),
    };
    return cmocka_run_group_tests_name("decode", tests, set_up, tear_down);
}
