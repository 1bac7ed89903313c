/* Matching: all forms of a text, whatever its words remember, and for two dictionaries at once. */
#include "arena.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "words/dict_build.h"
#include "words/words.h"

static kiji_mecab *mecab;

static int open_mecab(void **state)
{
    kiji_error err;
    (void)state;
    return kiji_mecab_open(&mecab, NULL, &err) == KIJI_OK ? 0 : -1;
}

static int close_mecab(void **state)
{
    (void)state;
    kiji_mecab_close(mecab);
    return 0;
}

static kiji_lexicon *compile(const char *text)
{
    kiji_dict_rows rows = {NULL, 0, 0};
    kiji_buf problems = KIJI_BUF_INIT;
    void *image = NULL;
    size_t nbytes = 0;
    kiji_lexicon *lexicon = NULL;
    assert_int_equal(kiji_dict_parse(&rows, &problems, &arena, "test.tsv", (kiji_str){text, strlen(text)}), 0);
    assert_int_equal(kiji_dict_build(&image, &nbytes, &rows, &problems, NULL), KIJI_OK);
    assert_int_equal(kiji_lexicon_adopt(&lexicon, image, nbytes, "test", NULL), KIJI_OK);
    kiji_buf_clear(&problems);
    return lexicon;
}

/* Four forms begin in 自衛隊員, which is more than a word remembers; 火星 and 𠮷野 go on in other words. */
static const char ours[] =
    "organization\tforms\tkind\tcountry\tcontext\n"
    "自\t自衛|自衛隊|自衛隊員|自衛隊員会\tother\t-\t-\n火星\t火星15|火星の人\tother\t-\t-\n日本\t日|日本海|"
    "日本海軍\tother\t-\t-\n"
    "F-35A\tF-35A戦闘機\tother\t-\t-\n代々木\t代々木公園\tother\t-\t-\n𠮷野家\t𠮷野\tother\t-\t-\n"
    "アントニー・ブリンケン\tアントニー\tother\t-\t-\nSPY-7\t-\tother\t-\t-\n";
static const char theirs[] =
    "organization\tforms\tkind\tcountry\tcontext\n日本\t日本海\tother\t-\t-\n隊\t-\tother\t-\t-\n";

static bool count(void *context, const kiji_dict_entry *entry, kiji_dict_role role)
{
    (void)entry;
    (void)role;
    ++*(size_t *)context;
    return true;
}

/* Entries of all stretches of the text that begin with a token: by trying each of them. */
static size_t count_by_trying(const kiji_lexicon *lexicon, const char *text, const kiji_tokens *tokens)
{
    size_t found = 0;
    const uint32_t limit = tokens->items[tokens->count - 1].end;
    for (size_t t = 0; t < tokens->count; t++) {
        const uint32_t begin = tokens->items[t].begin;
        for (uint32_t end = begin; end < limit;) {
            const bool joins = end > begin && (text[end] == '-' || strncmp(text + end, "・", 3) == 0);
            end += kiji_char_len(text + end);
            if (!joins) { /* F- is no other form than F */
                kiji_lexicon_lookup(lexicon, (kiji_str){text + begin, end - begin}, count, &found);
            }
        }
    }
    return found;
}

static void all_forms(void **state)
{
    static const char *const texts[] = {
        "自衛隊員会と自衛隊員、自衛隊、自衛、自。",
        "火星-15と火星15と火星の人、火星。",
        "日本海軍が日本海で日本の船を、日が。",
        "F-35A戦闘機、F35A戦闘機、f-35a、F-35、SPY-7、SPY7。",
        "代々木公園、代代木公園、代々。",
        "𠮷野家、𠮷野、𠮷。",
        "アントニー・ブリンケン、アントニーブリンケン、アントニー・。",
    };
    (void)state;
    kiji_lexicon *lexicons[] = {compile(ours), compile(theirs)};
    kiji_tokenizer *tokenizer;
    assert_int_equal(kiji_tokenizer_new(&tokenizer, mecab, NULL), KIJI_OK);
    /* The second time the words remember. */
    for (size_t i = 0; i < 2 * COUNT(texts); i++) {
        kiji_article article;
        kiji_tokens tokens;
        memset(&article, 0, sizeof article);
        kiji_text_build(&article.text, &arena, (kiji_str){texts[i % COUNT(texts)], strlen(texts[i % COUNT(texts)])});
        kiji_article_build(&article, &arena, NULL);
        kiji_tokenize(&tokens, tokenizer, &arena, &article);
        kiji_hits both = {NULL, 0, 0};
        size_t sum = 0;
        for (size_t k = 0; k < COUNT(lexicons); k++) {
            const size_t wanted = count_by_trying(lexicons[k], article.text.norm.ptr, &tokens);
            kiji_hits hits = {NULL, 0, 0};
            kiji_lexicon_match(&hits, &arena, lexicons[k], article.text.norm.ptr, &tokens);
            kiji_lexicon_match(&both, &arena, lexicons[k], article.text.norm.ptr, &tokens);
            if (hits.count != wanted) {
                print_error("%s: %zu, not %zu\n", texts[i % COUNT(texts)], hits.count, wanted);
            }
            assert_int_equal(hits.count, wanted);
            sum += wanted;
        }
        assert_int_equal(both.count, sum);
        for (size_t k = 1; k < both.count; k++) {
            assert_true(both.items[k - 1].begin < both.items[k].begin ||
                        (both.items[k - 1].begin == both.items[k].begin && both.items[k - 1].end >= both.items[k].end));
        }
    }
    kiji_tokenizer_free(tokenizer);
    kiji_lexicon_close(lexicons[0]);
    kiji_lexicon_close(lexicons[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(all_forms, set_up, tear_down)};
    return cmocka_run_group_tests(tests, open_mecab, close_mecab);
}
