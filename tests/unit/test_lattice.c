/* lattice.c gives the words that MeCab itself gives: on the sample articles and on random text. */
#include <mecab.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "words/lattice.h"
#include "words/tokenize.h"

static mecab_model_t *model;
static mecab_t *tagger;
static mecab_lattice_t *theirs;
static kiji_mecab_dict dict;
static kiji_lattice *ours;

static int open_both(void **state)
{
    (void)state;
    kiji_error err;
    kiji_mecab *mecab = NULL;
    if (kiji_mecab_open(&mecab, NULL, &err) != KIJI_OK) {
        return -1;
    }
    char dir[600];
    (void)snprintf(dir, sizeof dir, "%s", kiji_mecab_dir(mecab));
    kiji_mecab_close(mecab);
    char arg0[] = "test", arg1[] = "-r", arg2[] = "/dev/null", arg3[] = "-d";
    char *argv[] = {arg0, arg1, arg2, arg3, dir, NULL};
    model = mecab_model_new(5, argv);
    tagger = model != NULL ? mecab_model_new_tagger(model) : NULL;
    theirs = model != NULL ? mecab_model_new_lattice(model) : NULL;
    if (tagger == NULL || theirs == NULL || kiji_mecab_dict_open(&dict, dir, &err) != KIJI_OK) {
        return -1;
    }
    ours = kiji_lattice_new(&dict);
    return ours != NULL ? 0 : -1;
}

static int close_both(void **state)
{
    (void)state;
    kiji_lattice_free(ours);
    kiji_mecab_dict_close(&dict);
    mecab_lattice_destroy(theirs);
    mecab_destroy(tagger);
    mecab_model_destroy(model);
    return 0;
}

static void assert_same(const char *text, size_t length)
{
    const kiji_lattice_word *words = NULL;
    size_t count = 0;
    assert_int_equal(kiji_lattice_parse(&words, &count, ours, (kiji_str){text, length}), KIJI_OK);
    mecab_lattice_set_sentence2(theirs, text, length);
    assert_int_not_equal(mecab_parse_lattice(tagger, theirs), 0);
    const mecab_node_t *node = mecab_lattice_get_bos_node(theirs)->next;
    for (size_t i = 0; i < count; i++, node = node->next) {
        const kiji_mecab_words *part = words[i].known ? &dict.known : &dict.unknown;
        assert_int_not_equal(node->stat, MECAB_EOS_NODE);
        assert_int_equal(node->surface - text, words[i].begin);
        assert_int_equal(node->length, words[i].end - words[i].begin);
        assert_int_equal(node->stat == MECAB_NOR_NODE, words[i].known);
        assert_string_equal(node->feature, part->features + part->entries[words[i].entry].feature);
    }
    assert_int_equal(node->stat, MECAB_EOS_NODE);
}

/* Lines without blanks at their ends, cut to what one call takes. */
static void test_articles(void **state)
{
    (void)state;
    static const char *const names[] = {"defense-talks", "drone-export", "honyaku-kiji", "island-visit"};
    const char *root = getenv("KIJI_ROOT");
    size_t lines = 0;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[1024];
        (void)snprintf(path, sizeof path, "%s/data/articles/%s.txt", root != NULL ? root : ".", names[i]);
        FILE *all = fopen(path, "r");
        assert_non_null(all);
        char line[KIJI_LATTICE_BYTES];
        while (fgets(line, sizeof line, all) != NULL) {
            size_t n = strlen(line);
            while (n > 0 && strchr(" \n\r\t", line[n - 1]) != NULL) {
                n--;
            }
            if (n > 0) {
                assert_same(line, n);
                lines++;
            }
        }
        (void)fclose(all);
    }
    assert_true(lines > 16);
}

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* Pieces that meet each other in every order: classes of characters, blanks inside, beyond U+FFFF, long runs. */
static void test_random(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "日", "本", "の", "は",  "東京",   "首相",   "12", "3",  "F-35", "ミサイル", "ァ",           "ー",
        " ",  "　", "\t", "abc", "Ａ",     "。",     "、", "「", "」",   "・",       "々",           "𠮷",
        "😀",  "κ",  "д",  "と",  "述べた", "する",   "し", "た", "一",   "二十三",   "ーーーーーー", "\xC2\xA0",
        "é",  "Ð",  "゛", "~",   "ｱｲｳ",    "ぁぃぅ", "龘", "鱻", "",     "くら",     "ま",
    };
    uint32_t seed = 20240728;
    char text[KIJI_LATTICE_BYTES];
    for (unsigned round = 0; round < 3000; round++) {
        size_t n = 0;
        const unsigned wanted = 1 + next_random(&seed) % 40;
        for (unsigned i = 0; i < wanted; i++) {
            const char *piece = pieces[next_random(&seed) % (sizeof pieces / sizeof pieces[0])];
            const unsigned times = next_random(&seed) % 16 == 0 ? 1 + next_random(&seed) % 30 : 1;
            for (unsigned k = 0; k < times; k++) {
                memcpy(text + n, piece, strlen(piece));
                n += strlen(piece);
            }
        }
        memcpy(text + n, "止", 4); /* a blank at the end makes MeCab read past it */
        assert_same(text, n + 3);
    }
}

static void test_longest(void **state)
{
    (void)state;
    char text[KIJI_LATTICE_BYTES + 1];
    for (size_t i = 0; i + 3 <= KIJI_LATTICE_BYTES; i += 3) {
        memcpy(text + i, i % 2 == 0 ? "記" : "者", 3);
    }
    assert_same(text, KIJI_LATTICE_BYTES / 3 * 3);
}

/* A folder whose file was cut or changed is refused, not read. */
static void test_damaged(void **state)
{
    (void)state;
    static const char *const files[] = {"matrix.bin", "sys.dic", "unk.dic", "char.bin"};
    const kiji_image images[] = {dict.matrix, dict.known.image, dict.unknown.image, dict.characters};
    char dir[] = "/tmp/kiji-test-XXXXXX";
    char path[128];
    assert_non_null(mkdtemp(dir));
    for (size_t bad = 0; bad <= 4; bad++) {
        for (size_t i = 0; i < 4; i++) {
            (void)snprintf(path, sizeof path, "%s/%s", dir, files[i]);
            FILE *file = fopen(path, "w");
            assert_non_null(file);
            (void)fwrite(images[i].ptr, 1, i == bad ? images[i].len - 3 : images[i].len, file);
            assert_int_equal(fclose(file), 0);
        }
        kiji_mecab_dict copy;
        kiji_error err = {0};
        const kiji_status status = kiji_mecab_dict_open(&copy, dir, &err);
        kiji_mecab_dict_close(&copy);
        assert_int_equal(status, bad == 4 ? KIJI_OK : KIJI_EDICT);
        assert_true(bad == 4 || strstr(err.source, files[bad]) != NULL);
    }
    for (size_t i = 0; i < 4; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", dir, files[i]);
        assert_int_equal(remove(path), 0);
    }
    assert_int_equal(remove(dir), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_articles),
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_longest),
        cmocka_unit_test(test_damaged),
    };
    return cmocka_run_group_tests(tests, open_both, close_both);
}
