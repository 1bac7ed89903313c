#include "words/tokenize.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/status.h"
#include "words/ipadic.h"
#include "words/lattice.h"
#include "words/word_cache.h"

struct kiji_mecab {
    kiji_mecab_dict dict;
    char dir[512];
    atomic_size_t seen; /* bytes of text */
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
        (void)snprintf(path, sizeof path, "%s/sys.dic", installed[i]);
        if (access(path, R_OK) == 0) {
            return installed[i];
        }
    }
    return NULL;
}

static kiji_status open_files(kiji_mecab *mecab, bool look, kiji_error *err)
{
    const kiji_status status = kiji_mecab_dict_open(&mecab->dict, mecab->dir, err);
    if (status == KIJI_EIO && err != NULL) {
        const kiji_error why = *err;
        return kiji_fail(err, KIJI_EDICT, why.source, KIJI_NO_OFFSET,
                         "%s; --mecab-dict DIR names the folder of IPADIC in UTF-8 (Debian: mecab-ipadic-utf8)",
                         why.text);
    }
    return status == KIJI_OK && look ? kiji_ipadic_check(&mecab->dict, mecab->dir, err) : status;
}

static kiji_status open_folder(kiji_mecab **out, const char *folder, bool look, kiji_error *err)
{
    *out = NULL;
    kiji_mecab *mecab = kiji_alloc_zero(1, sizeof *mecab);
    if (mecab == NULL) {
        return kiji_fail_memory(err);
    }
    kiji_status status = KIJI_OK;
    if (strlen(folder) >= sizeof mecab->dir) {
        status = kiji_fail(err, KIJI_EUSAGE, folder, KIJI_NO_OFFSET, "name of a MeCab dictionary too long");
    } else {
        memcpy(mecab->dir, folder, strlen(folder) + 1);
        status = open_files(mecab, look, err);
    }
    if (status != KIJI_OK) {
        kiji_mecab_close(mecab);
        return status;
    }
    *out = mecab;
    return KIJI_OK;
}

kiji_status kiji_mecab_open(kiji_mecab **out, const char *dir, kiji_error *err)
{
    const char *folder = dir != NULL ? dir : find_installed();
    if (folder == NULL) {
        *out = NULL;
        return kiji_fail(err, KIJI_EDICT, installed[0], KIJI_NO_OFFSET,
                         "no IPADIC in UTF-8 installed (Debian: mecab-ipadic-utf8); --mecab-dict DIR names one");
    }
    return open_folder(out, folder, true, err);
}

kiji_status kiji_mecab_open_unseen(kiji_mecab **out, const char *dir, kiji_error *err)
{
    return open_folder(out, dir, false, err);
}

void kiji_mecab_close(kiji_mecab *mecab)
{
    if (mecab != NULL) {
        kiji_mecab_dict_close(&mecab->dict);
        kiji_free(mecab);
    }
}

bool kiji_mecab_passes(kiji_mecab *mecab, size_t nbytes, size_t limit)
{
    const size_t before = atomic_fetch_add_explicit(&mecab->seen, nbytes, memory_order_relaxed);
    return before <= limit && before + nbytes > limit;
}

void kiji_mecab_settle(const kiji_mecab *mecab)
{
    kiji_mecab_dict_settle(&mecab->dict);
}

const char *kiji_mecab_dir(const kiji_mecab *mecab)
{
    return mecab->dir;
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
        if (words[i].known) {
            kiji_word_cache_ask(tokenizer->words, words[i].entry);
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (i + 2 < count && words[i + 2].known) {
            kiji_word_cache_ask_word(tokenizer->words, words[i + 2].entry);
        }
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
