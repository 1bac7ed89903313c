#include "words/tokenize.h"

#include <mecab.h>
#include <string.h>
#include <unistd.h>

#include "base/status.h"
#include "words/guard.h"
#include "words/word_cache.h"

struct kiji_mecab {
    mecab_model_t *model;
    char dir[512];
};

struct kiji_tokenizer {
    mecab_t *tagger;
    mecab_lattice_t *lattice;
    kiji_word_cache *words;
};

/* MeCab slows down on longer input (PARTS: 1.1 x at 16 KB) and fails on megabytes. */
#define PIECE_BYTES 4096u
/* rlength has 16 bits: a longer run of blanks before a word would lose tokens. */
#define BLANK_RUN 256u

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

/* Calls of MeCab that allocate, in the form that kiji_guarded takes. */

static void load(void *argument)
{
    kiji_mecab *mecab = argument;
    char arg0[] = "kiji", arg1[] = "-r", arg2[] = "/dev/null", arg3[] = "-d";
    char *argv[] = {arg0, arg1, arg2, arg3, mecab->dir, NULL};
    mecab->model = mecab_model_new(5, argv);
}

typedef struct making {
    mecab_model_t *model;
    mecab_t *tagger;
    mecab_lattice_t *lattice;
} making;

static void make(void *argument)
{
    making *m = argument;
    m->tagger = mecab_model_new_tagger(m->model);
    m->lattice = m->tagger != NULL ? mecab_model_new_lattice(m->model) : NULL;
}

typedef struct parsing {
    mecab_t *tagger;
    mecab_lattice_t *lattice;
    kiji_str text;
    bool parsed;
} parsing;

static void parse(void *argument)
{
    parsing *p = argument;
    mecab_lattice_set_sentence2(p->lattice, p->text.ptr, p->text.len);
    p->parsed = mecab_parse_lattice(p->tagger, p->lattice) != 0;
}

static bool is_utf8(const char *charset)
{
    return charset != NULL && (strcmp(charset, "UTF-8") == 0 || strcmp(charset, "utf-8") == 0 ||
                               strcmp(charset, "utf8") == 0 || strcmp(charset, "UTF8") == 0);
}

static void unmake(const making *m)
{
    if (m->lattice != NULL) {
        mecab_lattice_destroy(m->lattice);
    }
    if (m->tagger != NULL) {
        mecab_destroy(m->tagger);
    }
}

/*
 * IPADIC tags は as 助詞,係助詞 with nine columns; UniDic has 17 and more, JUMAN other words. What it is goes to
 * `found`. Errors: KIJI_ENOMEM.
 */
static kiji_status looks_like_ipadic(bool *good, const kiji_mecab *mecab, char *found, size_t nfound)
{
    static const char probe[] = "今日は東京へ行く";
    making m = {.model = mecab->model};
    *good = false;
    found[0] = '\0';
    bool enough = kiji_guarded(make, &m);
    parsing p = {.tagger = m.tagger, .lattice = m.lattice, .text = {probe, sizeof probe - 1}};
    enough = enough && (m.lattice == NULL || kiji_guarded(parse, &p));
    const mecab_node_t *node = enough && p.parsed ? mecab_lattice_get_bos_node(m.lattice)->next : NULL;
    for (; node != NULL && node->stat != MECAB_EOS_NODE; node = node->next) {
        if (node->length == 3 && memcmp(node->surface, "は", 3) == 0) {
            size_t commas = 0;
            for (const char *at = node->feature; *at != '\0'; at++) {
                commas += *at == ',';
            }
            *good = commas == 8 && strncmp(node->feature, "助詞,係助詞,*,*", strlen("助詞,係助詞,*,*")) == 0;
            (void)strncpy(found, node->feature, nfound - 1);
            found[nfound - 1] = '\0';
        }
    }
    unmake(&m);
    return enough ? KIJI_OK : KIJI_ENOMEM;
}

static kiji_status check_dictionary(const kiji_mecab *mecab, kiji_error *err)
{
    const mecab_dictionary_info_t *info = mecab_model_dictionary_info(mecab->model);
    if (info == NULL || !is_utf8(info->charset)) {
        return kiji_fail(err, KIJI_EDICT, mecab->dir, KIJI_NO_OFFSET,
                         "a MeCab dictionary in %s; kiji needs IPADIC in UTF-8 (Debian: mecab-ipadic-utf8)",
                         info != NULL && info->charset != NULL ? info->charset : "an unknown charset");
    }
    char found[128];
    bool good = false;
    if (looks_like_ipadic(&good, mecab, found, sizeof found) != KIJI_OK) {
        return kiji_fail_memory(err);
    }
    if (!good) {
        return kiji_fail(err, KIJI_EDICT, mecab->dir, KIJI_NO_OFFSET,
                         "a MeCab dictionary of another tag set (は is \"%s\"); kiji needs IPADIC in UTF-8 (Debian: "
                         "mecab-ipadic-utf8)",
                         found);
    }
    return KIJI_OK;
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
    if (strlen(folder) >= sizeof mecab->dir) {
        kiji_free(mecab);
        return kiji_fail(err, KIJI_EUSAGE, folder, KIJI_NO_OFFSET, "name of a MeCab dictionary too long");
    }
    (void)strcpy(mecab->dir, folder);
    kiji_guard_install();
    if (!kiji_guarded(load, mecab)) {
        kiji_free(mecab);
        return kiji_fail_memory(err);
    }
    if (mecab->model == NULL) {
        (void)kiji_fail(err, KIJI_EDICT, folder, KIJI_NO_OFFSET,
                        "cannot be loaded as a MeCab dictionary; --mecab-dict DIR names the folder of IPADIC in UTF-8 "
                        "(Debian: mecab-ipadic-utf8)");
        kiji_free(mecab);
        return KIJI_EDICT;
    }
    const kiji_status status = check_dictionary(mecab, err);
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
        mecab_model_destroy(mecab->model);
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
    making m = {.model = mecab->model};
    (void)kiji_guarded(make, &m);
    tokenizer->tagger = m.tagger;
    tokenizer->lattice = m.lattice;
    tokenizer->words = kiji_word_cache_new();
    if (tokenizer->tagger == NULL || tokenizer->lattice == NULL || tokenizer->words == NULL) {
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
    if (tokenizer->lattice != NULL) {
        mecab_lattice_destroy(tokenizer->lattice);
    }
    if (tokenizer->tagger != NULL) {
        mecab_destroy(tokenizer->tagger);
    }
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

/* Which kinds of proper noun the dictionary knows under this surface: the lattice holds them all. */
static uint32_t offers_at(mecab_lattice_t *lattice, uint32_t at, uint32_t length)
{
    uint32_t bits = 0;
    const mecab_node_t *node = mecab_lattice_get_begin_nodes(lattice, at);
    for (; node != NULL; node = node->bnext) {
        if (node->length == length && node->stat == MECAB_NOR_NODE && node->posid >= KIJI_POS_PROPER &&
            node->posid <= KIJI_POS_NUMBER) {
            bits |= 1u << (node->posid - KIJI_POS_PROPER);
        }
    }
    return bits;
}

/* One trimmed piece of at most PIECE_BYTES. What MeCab fails on or skips becomes unknown words: nothing is lost. */
static void tokenize_piece(kiji_tokens *out, kiji_tokenizer *tokenizer, kiji_arena *arena, const char *text,
                           kiji_range piece)
{
    parsing p = {tokenizer->tagger, tokenizer->lattice, {text + piece.begin, piece.end - piece.begin}, false};
    if (!kiji_guarded(parse, &p)) {
        kiji_arena_bail(arena);
        return;
    }
    uint32_t at = piece.begin;
    if (p.parsed) {
        const mecab_node_t *node = mecab_lattice_get_bos_node(tokenizer->lattice)->next;
        for (; node != NULL && node->stat != MECAB_EOS_NODE; node = node->next) {
            const uint32_t slot = at - piece.begin; /* MeCab keeps nodes at the blanks before them */
            at += (uint32_t)(node->rlength - node->length);
            kiji_word *word = kiji_word_cache_get(tokenizer->words, node->feature, (kiji_str){text + at, node->length},
                                                  node->stat != MECAB_UNK_NODE);
            if (word == NULL) {
                kiji_arena_bail(arena);
                return;
            }
            if (!word->offered) {
                word->offered = 1;
                word->offers = offers_at(tokenizer->lattice, slot, node->length);
            }
            push_word(out, arena, at, word);
            at += node->length;
        }
    }
    if (at < piece.end) {
        kiji_word *word =
            kiji_word_cache_get(tokenizer->words, "記号,一般,*,*,*,*,*", (kiji_str){text + at, piece.end - at}, false);
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

/* The end of the piece that begins at `at`: before a long run of blanks, and not longer than PIECE_BYTES. */
static uint32_t piece_end(const char *text, uint32_t at, uint32_t end)
{
    uint32_t stop = end - at > PIECE_BYTES ? safe_cut(text, at, at + PIECE_BYTES) : end;
    uint32_t run = 0;
    for (uint32_t i = at; i < stop; i++) {
        run = is_blank(text[i]) ? run + 1 : 0;
        if (run >= BLANK_RUN) {
            return i;
        }
    }
    return stop;
}

static void tokenize_range(kiji_tokens *out, kiji_tokenizer *tokenizer, kiji_arena *arena, const char *text,
                           kiji_range range)
{
    uint32_t at = skip_blanks(text, range.begin, range.end);
    while (at < range.end) {
        const uint32_t next = piece_end(text, at, range.end);
        uint32_t stop = next;
        while (stop > at && is_blank(text[stop - 1])) {
            stop--; /* a piece that ends in a blank makes MeCab read past it */
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
