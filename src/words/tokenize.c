#include "words/tokenize.h"

#include <mecab.h>
#include <string.h>
#include <unistd.h>

#include "base/status.h"
#include "words/guard.h"
#include "words/lattice.h"
#include "words/word_cache.h"

struct kiji_mecab {
    kiji_mecab_dict dict;
    char dir[512];
};

struct kiji_tokenizer {
    kiji_lattice *lattice;
    kiji_word_cache *words;
};

#define PIECE_BYTES KIJI_LATTICE_BYTES

static const char *const installed[] = {
    "/var/lib/mecab/dic/ipadic-utf8",
    "/usr/lib/x86_64-linux-gnu/mecab/dic/ipadic",
    "/usr/lib/aarch64-linux-gnu/mecab/dic/ipadic",
    "/usr/lib64/mecab/dic/ipadic",
    "/usr/lib/mecab/dic/ipadic",
    "/usr/local/lib/mecab/dic/ipadic",
    "/opt/homebrew/lib/mecab/dic/ipadic",
};

static const char *find_installed(void)
{
    char path[600];
    for (size_t i = 0; i < sizeof installed / sizeof installed[0]; i++) {
        (void)strcpy(path, installed[i]);
        (void)strcat(path, "/sys.dic");
        if (access(path, R_OK) == 0) {
            return installed[i];
        }
    }
    return NULL;
}

static bool is_utf8(const char *charset)
{
    return charset != NULL && (strcmp(charset, "UTF-8") == 0 || strcmp(charset, "utf-8") == 0 ||
                               strcmp(charset, "utf8") == 0 || strcmp(charset, "UTF8") == 0);
}

/* What MeCab makes in a guarded call, and what destroys it afterwards. */
typedef struct probe {
    char *dir;
    mecab_model_t *model;
    mecab_t *tagger;
    mecab_lattice_t *lattice;
    kiji_error *err;
    kiji_status status;
} probe;

/* IPADIC tags は as 助詞,係助詞 with nine columns; UniDic has 17 and more, JUMAN other words. */
static bool looks_like_ipadic(probe *p, char *found, size_t nfound)
{
    static const char text[] = "今日は東京へ行く";
    bool good = false;
    found[0] = '\0';
    p->tagger = mecab_model_new_tagger(p->model);
    p->lattice = p->tagger != NULL ? mecab_model_new_lattice(p->model) : NULL;
    if (p->lattice == NULL) {
        return false;
    }
    mecab_lattice_set_sentence2(p->lattice, text, sizeof text - 1);
    const bool parsed = mecab_parse_lattice(p->tagger, p->lattice) != 0;
    const mecab_node_t *node = parsed ? mecab_lattice_get_bos_node(p->lattice)->next : NULL;
    for (; node != NULL && node->stat != MECAB_EOS_NODE; node = node->next) {
        if (node->length == 3 && memcmp(node->surface, "は", 3) == 0) {
            size_t commas = 0;
            for (const char *at = node->feature; *at != '\0'; at++) {
                commas += *at == ',';
            }
            good = commas == 8 && strncmp(node->feature, "助詞,係助詞,*,*", strlen("助詞,係助詞,*,*")) == 0;
            (void)strncpy(found, node->feature, nfound - 1);
            found[nfound - 1] = '\0';
        }
    }
    return good;
}

static kiji_status check_dictionary(probe *p)
{
    const mecab_dictionary_info_t *info = mecab_model_dictionary_info(p->model);
    if (info == NULL || !is_utf8(info->charset)) {
        return kiji_fail(p->err, KIJI_EDICT, p->dir, KIJI_NO_OFFSET,
                         "a MeCab dictionary in %s; kiji needs IPADIC in UTF-8 (Debian: mecab-ipadic-utf8)",
                         info != NULL && info->charset != NULL ? info->charset : "an unknown charset");
    }
    char found[128];
    if (!looks_like_ipadic(p, found, sizeof found)) {
        return kiji_fail(p->err, KIJI_EDICT, p->dir, KIJI_NO_OFFSET,
                         "a MeCab dictionary of another tag set (は is \"%s\"); kiji needs IPADIC in UTF-8 (Debian: "
                         "mecab-ipadic-utf8)",
                         found);
    }
    return KIJI_OK;
}

static void look(void *argument)
{
    probe *p = argument;
    char arg0[] = "kiji", arg1[] = "-r", arg2[] = "/dev/null", arg3[] = "-d";
    char *argv[] = {arg0, arg1, arg2, arg3, p->dir, NULL};
    p->model = mecab_model_new(5, argv);
    if (p->model != NULL) {
        p->status = check_dictionary(p);
        return;
    }
    p->status = kiji_fail(p->err, KIJI_EDICT, p->dir, KIJI_NO_OFFSET,
                          "cannot be loaded as a MeCab dictionary; --mecab-dict DIR names the folder of IPADIC in "
                          "UTF-8 (Debian: mecab-ipadic-utf8)");
}

/* MeCab itself says whether the folder is a dictionary, in which charset, and with which tags. */
static kiji_status check_by_mecab(char *dir, kiji_error *err)
{
    probe p = {.dir = dir, .err = err};
    kiji_guard_install();
    const bool enough = kiji_guarded(look, &p);
    if (p.lattice != NULL) {
        mecab_lattice_destroy(p.lattice);
    }
    if (p.tagger != NULL) {
        mecab_destroy(p.tagger);
    }
    if (p.model != NULL) {
        mecab_model_destroy(p.model);
    }
    return enough ? p.status : kiji_fail_memory(err);
}

kiji_status kiji_mecab_open(kiji_mecab **out, const char *dir, kiji_error *err)
{
    *out = NULL;
    const char *folder = dir != NULL ? dir : find_installed();
    if (folder == NULL) {
        return kiji_fail(err, KIJI_EDICT, installed[0], KIJI_NO_OFFSET,
                         "no IPADIC in UTF-8 installed (Debian: mecab-ipadic-utf8); --mecab-dict DIR names one");
    }
    kiji_mecab *mecab = kiji_alloc_zero(1, sizeof *mecab);
    if (mecab == NULL) {
        return kiji_fail_memory(err);
    }
    kiji_status status = KIJI_OK;
    if (strlen(folder) >= sizeof mecab->dir) {
        status = kiji_fail(err, KIJI_EUSAGE, folder, KIJI_NO_OFFSET, "name of a MeCab dictionary too long");
    } else {
        (void)strcpy(mecab->dir, folder);
        status = check_by_mecab(mecab->dir, err);
    }
    if (status == KIJI_OK) {
        status = kiji_mecab_dict_open(&mecab->dict, mecab->dir, err);
    }
    if (status != KIJI_OK) {
        kiji_mecab_close(mecab);
        return status;
    }
    *out = mecab;
    return KIJI_OK;
}

void kiji_mecab_close(kiji_mecab *mecab)
{
    if (mecab != NULL) {
        kiji_mecab_dict_close(&mecab->dict);
        kiji_free(mecab);
    }
}

const char *kiji_mecab_dir(const kiji_mecab *mecab)
{
    return mecab->dir;
}

const char *kiji_mecab_version(void)
{
    return mecab_version();
}

kiji_status kiji_tokenizer_new(kiji_tokenizer **out, const kiji_mecab *mecab, kiji_error *err)
{
    *out = NULL;
    kiji_tokenizer *tokenizer = kiji_alloc_zero(1, sizeof *tokenizer);
    if (tokenizer == NULL) {
        return kiji_fail_memory(err);
    }
    tokenizer->lattice = kiji_lattice_new(&mecab->dict);
    tokenizer->words = kiji_word_cache_new(&mecab->dict);
    if (tokenizer->lattice == NULL || tokenizer->words == NULL) {
        kiji_tokenizer_free(tokenizer);
        return kiji_fail_memory(err);
    }
    *out = tokenizer;
    return KIJI_OK;
}

void kiji_tokenizer_free(kiji_tokenizer *tokenizer)
{
    if (tokenizer == NULL) {
        return;
    }
    kiji_word_cache_free(tokenizer->words);
    kiji_lattice_free(tokenizer->lattice);
    kiji_free(tokenizer);
}

void kiji_tokenizer_trim(kiji_tokenizer *tokenizer)
{
    kiji_word_cache_trim(tokenizer->words);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* A byte offset in (begin, end] where a piece may end: behind 、 or 。 or a blank, else between characters. */
static uint32_t safe_cut(const char *text, uint32_t begin, uint32_t end)
{
    for (uint32_t at = end; at > begin + (end - begin) / 2; at--) {
        if (is_blank(text[at - 1]) ||
            (at >= begin + 3 && (memcmp(text + at - 3, "、", 3) == 0 || memcmp(text + at - 3, "。", 3) == 0))) {
            return at;
        }
    }
    while (end > begin + 1 && ((unsigned char)text[end] & 0xC0) == 0x80) {
        end--;
    }
    return end;
}

/* Parts may have parts themselves (F-35A・B): two levels at most. */
static void push_word(kiji_tokens *out, kiji_arena *arena, uint32_t begin, kiji_word *word) // NOLINT(misc-no-recursion)
{
    if (word->n_parts == 0) {
        KIJI_PUSH(arena, out, ((kiji_morpheme){begin, begin + (uint32_t)word->surface.len, word}));
        return;
    }
    for (unsigned i = 0; i < word->n_parts; i++) {
        push_word(out, arena, begin, word->parts[i]);
        begin += (uint32_t)word->parts[i]->surface.len;
    }
}

/* One trimmed piece of at most PIECE_BYTES. What the dictionary has no way through becomes unknown: nothing is lost. */
static void tokenize_piece(kiji_tokens *out, kiji_tokenizer *tokenizer, kiji_arena *arena, const char *text,
                           kiji_range piece)
{
    const kiji_lattice_word *words = NULL;
    size_t count = 0;
    kiji_arena_check(arena);
    if (kiji_lattice_parse(&words, &count, tokenizer->lattice,
                           (kiji_str){text + piece.begin, piece.end - piece.begin}) != KIJI_OK) {
        kiji_arena_bail(arena);
        return;
    }
    uint32_t at = piece.begin;
    for (size_t i = 0; i < count; i++) {
        const kiji_str surface = {text + piece.begin + words[i].begin, words[i].end - words[i].begin};
        kiji_word *word = words[i].known ? kiji_word_cache_known(tokenizer->words, words[i].entry, surface)
                                         : kiji_word_cache_unknown(tokenizer->words, words[i].entry, surface);
        if (word == NULL) {
            kiji_arena_bail(arena);
            return;
        }
        push_word(out, arena, piece.begin + words[i].begin, word);
        at = piece.begin + words[i].end;
    }
    if (at < piece.end) {
        kiji_word *word =
            kiji_word_cache_get(tokenizer->words, "記号,一般,*,*,*,*,*", (kiji_str){text + at, piece.end - at});
        if (word == NULL) {
            kiji_arena_bail(arena);
            return;
        }
        push_word(out, arena, at, word);
    }
}

static uint32_t skip_blanks(const char *text, uint32_t at, uint32_t end)
{
    while (at < end && is_blank(text[at])) {
        at++;
    }
    return at;
}

/* The end of the piece that begins at `at`: not longer than PIECE_BYTES. */
static uint32_t piece_end(const char *text, uint32_t at, uint32_t end)
{
    return end - at > PIECE_BYTES ? safe_cut(text, at, at + PIECE_BYTES) : end;
}

static void tokenize_range(kiji_tokens *out, kiji_tokenizer *tokenizer, kiji_arena *arena, const char *text,
                           kiji_range range)
{
    uint32_t at = skip_blanks(text, range.begin, range.end);
    while (at < range.end) {
        const uint32_t next = piece_end(text, at, range.end);
        uint32_t stop = next;
        while (stop > at && is_blank(text[stop - 1])) {
            stop--;
        }
        if (stop > at) {
            tokenize_piece(out, tokenizer, arena, text, (kiji_range){at, stop});
        }
        at = skip_blanks(text, next, range.end);
    }
}

void kiji_tokenize(kiji_tokens *out, kiji_tokenizer *tokenizer, kiji_arena *arena, const kiji_article *article)
{
    memset(out, 0, sizeof *out);
    const size_t n = article->sentences.count;
    out->first = kiji_arena_zero(arena, n + 1, sizeof *out->first);
    out->capacity = article->text.norm.len / 4 + 16;
    out->items = kiji_arena_alloc(arena, out->capacity * sizeof *out->items);
    for (size_t i = 0; i < n; i++) {
        out->first[i] = (uint32_t)out->count;
        tokenize_range(out, tokenizer, arena, article->text.norm.ptr, article->sentences.items[i].range);
    }
    out->first[n] = (uint32_t)out->count;
}
