/* test_text.c - the matching form, and the maps between it, bytes and code points. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "read/marks.h"
#include "read/text.h"
#include "arena.h"

static void assert_text(kiji_str got, const char *want)
{
    if (got.len != strlen(want) || memcmp(got.ptr, want, got.len) != 0) {
        fail_msg("got \"%.*s\", want \"%s\"", (int)got.len, got.ptr, want);
    }
}

static kiji_str str(const char *text)
{
    return (kiji_str){text, strlen(text)};
}

static void test_matching_form(void **state)
{
    (void)state;
    static const struct {
        const char *raw, *norm;
    } rows[] = {
        {"", ""},
        {"日本の首相は、こう述べた。", "日本の首相は、こう述べた。"},
        /* letters and digits half-width, kana full-width */
        {"ＰＡＣ－３　Ｆ－３５Ａ", "PAC-3 F-35A"},
        {"２０２４年７月２８日", "2024年7月28日"},
        {"ｳｸﾗｲﾅ ｶﾞｻﾞ ﾊﾟﾘ ﾃｰﾌﾞﾙ", "ウクライナ ガザ パリ テーブル"},
        {"｢ﾃｽﾄ｣､ｱ･ｲ｡", "「テスト」、ア・イ。"},
        {"か\xE3\x82\x99き\xE3\x82\x9A", "がき\xE3\x82\x9A"}, /* decomposed: が; no き with a circle */
        {"ハ\xE3\x82\x9Aリ", "パリ"},
        {"e\xCC\x81t", "ét"},
        {"é", "é"},
        /* brackets, ! and ? full-width; comma and point half-width */
        {"(AP)[1]{2}", "（AP）［1］｛2｝"},
        {"（ＡＰ）［１］｛２｝", "（AP）［1］｛2｝"},
        {"何!? 何！？", "何！？ 何！？"},
        {"１，３００．５", "1,300.5"},
        {"a/b：c＝d", "a/b:c=d"},
        /* hyphens one, dashes of the text another, the long vowel none */
        {"F‐15 F‑15 F‒15 F−15 F﹣15 F－15", "F-15 F-15 F-15 F-15 F-15 F-15"},
        {"強化—米国 強化―米国 1–2", "強化―米国 強化―米国 1–2"},
        {"ｻｰﾊﾞｰ", "サーバー"},
        {"2時～3時 2時〜3時 ∥ ‖", "2時〜3時 2時〜3時 ‖ ‖"},
        /* middle dots */
        {"ジョー·バイデン ｼﾞｮｰ･ﾊﾞｲﾃﾞﾝ 孫‧中山", "ジョー・バイデン ジョー・バイデン 孫・中山"},
        /* what NFKC would take apart and print does not */
        {"待つ…‥", "待つ…‥"},
        {"人々 仝 〆 ヽ ヾ ゝ ゞ", "人々 仝 〆 ヽ ヾ ゝ ゞ"},
        {"①2024年 ㊤", "①2024年 上"},
        {"あ゛ ￣ ´ ¨", "あ゛ ￣ ´ ¨"},
        /* and what it should */
        {"㈱ソニー ㌔ ㎞ ℃ Ⅲ №5", "（株）ソニー キロ km °C III No5"},
        {"神 﨑 髙", "神 﨑 髙"}, /* a compatibility ideograph, and two that look like one */
        {"ﬁ ² ½", "fi 2 1⁄2"},
        {"佐々木…「二〇」", "佐々木…「二〇」"},
        {"ﾊﾟﾄﾘｵｯﾄ ＳＭ−３", "パトリオット SM-3"},
        /* blanks */
        {"a\tb\xC2\xA0"
         "c　d\xE2\x80\x83"
         "e",
         "a b c d e"},
        {"a\r\nb\rc\nd\xE2\x80\xA8"
         "e\xE2\x80\xA9"
         "f\xC2\x85"
         "g",
         "a\nb\nc\nd\ne\nf\ng"},
        /* nothing */
        {"岸\xE2\x80\x8B田\xEF\xBB\xBF文\xC2\xAD雄\xE2\x80\x8D", "岸田文雄"},
        {"葛\xF3\xA0\x84\x80城 辻\xEF\xB8\x80", "葛城 辻"},
        /* others stay */
        {"\x7F\x1B[m\x01", "\x7F\x1B［m\x01"},
        {"Жуков ไทย 대한민국 𠮷野家 😀 \xEF\xBF\xBD", "Жуков ไทย 대한민국 𠮷野家 😀 \xEF\xBF\xBD"},
        {"\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB"}, /* jamo: see below */
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        kiji_text text;
        kiji_text_build(&text, &arena, str(rows[i].raw));
        assert_text(text.norm, rows[i].norm);
        assert_int_equal(text.norm.ptr[text.norm.len], '\0');
        assert_text(kiji_text_normalize(&arena, str(rows[i].raw)), rows[i].norm);
        /* the matching form is its own matching form */
        assert_text(kiji_text_normalize(&arena, str(rows[i].norm)), rows[i].norm);
    }
}

/* Every offset of the matching form leads to a place of the text, in order and on a character's edge. */
static void assert_maps(const kiji_text *text)
{
    uint32_t last_begin = 0;
    uint32_t last_end = 0;
    uint32_t code_points = 0;
    for (uint32_t raw = 0; raw < text->raw.len; raw++) {
        const bool begins = ((unsigned char)text->raw.ptr[raw] & 0xC0) != 0x80;
        if (begins) {
            assert_int_equal(kiji_text_cp_at(text, raw), code_points);
        }
        code_points += begins;
    }
    assert_int_equal(text->code_points, code_points);
    assert_int_equal(kiji_text_cp_at(text, (uint32_t)text->raw.len), code_points);
    assert_int_equal(kiji_text_raw_end(text, 0), 0);
    for (uint32_t at = 0; at <= text->norm.len; at++) {
        if (at < text->norm.len && ((unsigned char)text->norm.ptr[at] & 0xC0) == 0x80) {
            continue;
        }
        const uint32_t begin = kiji_text_raw_begin(text, at);
        const uint32_t end = kiji_text_raw_end(text, at);
        assert_true(begin >= last_begin && end >= last_end && begin <= text->raw.len && end <= text->raw.len);
        assert_true(begin == text->raw.len || ((unsigned char)text->raw.ptr[begin] & 0xC0) != 0x80);
        assert_true(end == text->raw.len || ((unsigned char)text->raw.ptr[end] & 0xC0) != 0x80);
        last_begin = begin;
        last_end = end;
    }
}

/* A word found in the matching form is given back as it was written. */
static void test_slices(void **state)
{
    (void)state;
    static const struct {
        const char *raw, *find, *slice;
    } rows[] = {
        {"新型のＦ－３５Ａ戦闘機", "F-35A", "Ｆ－３５Ａ"},
        {"ｶﾞｻﾞ地区", "ガザ", "ｶﾞｻﾞ"},
        {"ｶﾞｻﾞ地区", "地区", "地区"},
        {"第㈱社", "株", "㈱"}, /* inside a cluster: all of it */
        {"10㌔先", "キロ", "㌔"},
        {"10㌔先", "ロ先", "㌔先"},
        {"岸\xE2\x80\x8B田氏", "岸田", "岸\xE2\x80\x8B田"},
        {"岸田\xE2\x80\x8B氏", "岸田", "岸田"}, /* what is dropped at the edge stays outside */
        {"\xEF\xBB\xBF岸田", "岸田", "岸田"},
        {"一\r\n二", "\n", "\r\n"},
        {"（ＡＰ）(AP)", "AP", "ＡＰ"},
        {"𠮷田～𠮷川", "𠮷川", "𠮷川"},
        {"ハ\xE3\x82\x9Aリ", "パ", "ハ\xE3\x82\x9A"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        kiji_text text;
        kiji_text_build(&text, &arena, str(rows[i].raw));
        const char *at = strstr(text.norm.ptr, rows[i].find);
        assert_non_null(at);
        const uint32_t begin = (uint32_t)(at - text.norm.ptr);
        const kiji_range range = {begin, begin + (uint32_t)strlen(rows[i].find)};
        assert_text(kiji_text_slice(&text, range), rows[i].slice);
        assert_int_equal(kiji_text_slice(&text, (kiji_range){begin, begin}).len, 0);
        assert_maps(&text);
    }
}

/* All pairs and triples of awkward characters: the maps hold, and the whole text is the slice of the whole. */
static void test_maps_of_all_neighbours(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "a",  "あ",           "(",  "１", "ｶ",  "ﾞ",  "\xE3\x82\x99",     "\xCC\x81", "\r",
        "\n", "\xE2\x80\x8B", "㌔", "𠮷", "～", "、", "\xF3\xA0\x84\x80", "é",        "　"};
    for (size_t i = 0; i < COUNT(pieces); i++) {
        for (size_t j = 0; j < COUNT(pieces); j++) {
            for (size_t k = 0; k < COUNT(pieces); k++) {
                char raw[32] = "";
                (void)strcat(strcat(strcat(raw, pieces[i]), pieces[j]), pieces[k]);
                kiji_arena_reset(&arena);
                kiji_text text;
                kiji_text_build(&text, &arena, str(raw));
                assert_true(kiji_utf8_valid(text.norm));
                assert_maps(&text);
                const kiji_str all = kiji_text_slice(&text, (kiji_range){0, (uint32_t)text.norm.len});
                assert_true(all.len <= strlen(raw));
            }
        }
    }
}

/* The same whatever stands before it: runs are cut into blocks of sixty-four bytes. */
static void test_blocks_do_not_matter(void **state)
{
    (void)state;
    static const char raw[] = "日本ｶﾞ(１)㌔ハ\xE3\x82\x9Aé　\r\n、〜～…";
    static const char want[] = "日本ガ（1）キロパé \n、〜〜…";
    char long_raw[400];
    for (size_t pad = 0; pad < 140; pad++) {
        kiji_arena_reset(&arena);
        memset(long_raw, 'x', pad);
        memcpy(long_raw + pad, raw, sizeof raw);
        kiji_text text;
        kiji_text_build(&text, &arena, str(long_raw));
        assert_text((kiji_str){text.norm.ptr + pad, text.norm.len - pad}, want);
        assert_maps(&text);
    }
}

static void flag_x(unsigned char *restrict out, const unsigned char *restrict p)
{
    for (size_t i = 0; i < KIJI_MARKS_BLOCK; i++) {
        out[i] = (p[i] == 'x') & (p[i + 1] != 'y') & (p[i + 2] != 'z');
    }
}

static void test_marks(void **state)
{
    (void)state;
    for (size_t n = 0; n < 200; n++) {
        for (size_t x = 0; x < n; x++) {
            kiji_arena_reset(&arena);
            char *text = malloc(n);
            assert_non_null(text);
            memset(text, '.', n);
            text[x] = 'x';
            const uint64_t *bits = kiji_marks_find(&arena, (kiji_str){text, n}, flag_x);
            free(text);
            assert_int_equal(kiji_marks_next(bits, 0, n), x);
            assert_int_equal(kiji_marks_next(bits, x, n), x);
            assert_int_equal(kiji_marks_next(bits, x + 1, n), n);
            assert_int_equal(kiji_marks_next(bits, 0, x), x);
        }
    }
    const uint64_t *bits = kiji_marks_find(&arena, (kiji_str){"", 0}, flag_x);
    assert_int_equal(kiji_marks_next(bits, 0, 0), 0);
}

/* A megabyte of the worst: as many replacements as bytes, and never more work than that. */
static void test_hostile(void **state)
{
    (void)state;
    enum { SIZE = 1 << 20 };
    static const char *const fill[] = {
        "(", "\r", "\xCC\x81", "\xE3\x82\x99", "ﾞ", "ﷺ", "\xE2\x80\x8B", "か\xE3\x82\x99", "é", "１"};
    char *raw = malloc(SIZE);
    assert_non_null(raw);
    for (size_t f = 0; f < COUNT(fill); f++) {
        const size_t length = strlen(fill[f]);
        const size_t n = SIZE / length;
        for (size_t i = 0; i < n; i++) {
            memcpy(raw + i * length, fill[f], length);
        }
        kiji_arena_reset(&arena);
        kiji_text text;
        kiji_text_build(&text, &arena, (kiji_str){raw, n * length});
        assert_true(text.anchors.count <= 2 * n + 1);
        assert_true(text.norm.len <= n * 40);
        assert_true(kiji_utf8_valid(text.norm));
        const uint32_t middle = (uint32_t)(text.norm.len / 2);
        assert_true(kiji_text_raw_begin(&text, middle) <= text.raw.len);
        kiji_arena_clear(&arena);
    }
    free(raw);
}

static void test_out_of_memory_takes_the_bail(void **state)
{
    (void)state;
    kiji_arena small;
    kiji_arena_init(&small);
    jmp_buf bail;
    small.bail = &bail;
    small.limit = 4096;
    volatile bool left = false;
    if (setjmp(bail) == 0) {
        char raw[4000];
        memset(raw, '(', sizeof raw);
        kiji_text text;
        kiji_text_build(&text, &small, (kiji_str){raw, sizeof raw});
    } else {
        left = true;
    }
    assert_true(left);
    kiji_arena_clear(&small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_matching_form),
        cmocka_unit_test(test_slices),
        cmocka_unit_test(test_maps_of_all_neighbours),
        cmocka_unit_test(test_blocks_do_not_matter),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_out_of_memory_takes_the_bail),
    };
    return cmocka_run_group_tests_name("text", tests, set_up, tear_down);
}
