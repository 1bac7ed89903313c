#include "words/mecab_dict.h"

#include <stdio.h>
#include <string.h>

#include "base/status.h"

#define MAGIC      0xEF718F77u
#define VERSION    102u
#define NAME_BYTES 32u /* names of classes and of the charset */

typedef struct header {
    uint32_t magic; /* MAGIC xor the file's size */
    uint32_t version, type, n_entries, n_left, n_right, trie_bytes, entry_bytes, feature_bytes, unused;
    char charset[NAME_BYTES];
} header;

static kiji_status damaged(kiji_error *err, const char *path)
{
    return kiji_fail(err, KIJI_EDICT, path, KIJI_NO_OFFSET, "not a part of a MeCab dictionary, or damaged");
}

static kiji_status open_words(kiji_mecab_words *words, const kiji_mecab_dict *dict, const char *path, kiji_error *err)
{
    const kiji_status status = kiji_image_open(&words->image, path, "MeCab dictionary", err);
    if (status != KIJI_OK) {
        return status;
    }
    header h;
    if (words->image.len < sizeof h) {
        return damaged(err, path);
    }
    memcpy(&h, words->image.ptr, sizeof h);
    const uint64_t total = (uint64_t)sizeof h + h.trie_bytes + h.entry_bytes + h.feature_bytes;
    if ((h.magic ^ MAGIC) != words->image.len || h.version != VERSION || total != words->image.len ||
        h.trie_bytes < 2 * sizeof(kiji_trie_cell) || h.trie_bytes % sizeof(kiji_trie_cell) != 0 ||
        h.entry_bytes % sizeof(kiji_mecab_entry) != 0 || h.feature_bytes == 0 ||
        words->image.ptr[words->image.len - 1] != '\0' || h.n_left != dict->n_left || h.n_right != dict->n_right) {
        return damaged(err, path);
    }
    const char *at = words->image.ptr + sizeof h;
    words->cells = (const kiji_trie_cell *)(const void *)at;
    words->n_cells = h.trie_bytes / (uint32_t)sizeof(kiji_trie_cell);
    at += h.trie_bytes;
    words->entries = (const kiji_mecab_entry *)(const void *)at;
    words->n_entries = h.entry_bytes / (uint32_t)sizeof(kiji_mecab_entry);
    words->features = at + h.entry_bytes;
    words->features_size = h.feature_bytes;
    memcpy(words->charset, h.charset, sizeof h.charset);
    return KIJI_OK;
}

_Static_assert(sizeof((kiji_mecab_words *)0)->charset == NAME_BYTES + 1, "a name, ended by NUL");

static kiji_status open_matrix(kiji_mecab_dict *dict, const char *path, kiji_error *err)
{
    const kiji_status status = kiji_image_open(&dict->matrix, path, "MeCab dictionary", err);
    if (status != KIJI_OK) {
        return status;
    }
    uint16_t sizes[2];
    if (dict->matrix.len < sizeof sizes) {
        return damaged(err, path);
    }
    memcpy(sizes, dict->matrix.ptr, sizeof sizes);
    dict->n_left = sizes[0];
    dict->n_right = sizes[1];
    dict->costs = (const int16_t *)(const void *)(dict->matrix.ptr + sizeof sizes);
    const bool fits = dict->matrix.len == sizeof sizes + (size_t)sizes[0] * sizes[1] * sizeof(int16_t);
    return fits && sizes[0] != 0 && sizes[1] != 0 ? KIJI_OK : damaged(err, path);
}

static kiji_status open_characters(kiji_mecab_dict *dict, const char *path, kiji_error *err)
{
    const kiji_status status = kiji_image_open(&dict->characters, path, "MeCab dictionary", err);
    if (status != KIJI_OK) {
        return status;
    }
    uint32_t count = 0;
    if (dict->characters.len < sizeof count) {
        return damaged(err, path);
    }
    memcpy(&count, dict->characters.ptr, sizeof count);
    if (count > KIJI_CHAR_CLASSES || dict->characters.len != sizeof count + (size_t)count * NAME_BYTES +
                                                                 (size_t)KIJI_CHARACTERS * sizeof(uint32_t)) {
        return damaged(err, path);
    }
    for (uint32_t i = 0; i < count; i++) {
        const char *name = dict->characters.ptr + sizeof count + (size_t)i * NAME_BYTES;
        dict->unknown_of[i] = kiji_mecab_words_find(&dict->unknown, (kiji_str){name, strnlen(name, NAME_BYTES)});
    }
    dict->classes = dict->characters.ptr + sizeof count + (size_t)count * NAME_BYTES;
    return KIJI_OK;
}

kiji_status kiji_mecab_dict_open(kiji_mecab_dict *dict, const char *dir, kiji_error *err)
{
    char path[600];
    memset(dict, 0, sizeof *dict);
    (void)snprintf(path, sizeof path, "%s/matrix.bin", dir);
    kiji_status status = open_matrix(dict, path, err);
    if (status == KIJI_OK) {
        (void)snprintf(path, sizeof path, "%s/sys.dic", dir);
        status = open_words(&dict->known, dict, path, err);
    }
    if (status == KIJI_OK) {
        (void)snprintf(path, sizeof path, "%s/unk.dic", dir);
        status = open_words(&dict->unknown, dict, path, err);
    }
    if (status == KIJI_OK) {
        (void)snprintf(path, sizeof path, "%s/char.bin", dir);
        status = open_characters(dict, path, err);
    }
    return status;
}

void kiji_mecab_dict_settle(const kiji_mecab_dict *dict)
{
    /* The feature strings, two thirds of the file, are read once a word. */
    kiji_image_settle(&dict->known.image, (size_t)(dict->known.features - dict->known.image.ptr));
    kiji_image_settle(&dict->matrix, dict->matrix.len);
}

void kiji_mecab_dict_close(kiji_mecab_dict *dict)
{
    kiji_image_close(&dict->known.image);
    kiji_image_close(&dict->unknown.image);
    kiji_image_close(&dict->matrix);
    kiji_image_close(&dict->characters);
}

kiji_entry_run kiji_mecab_words_find(const kiji_mecab_words *words, kiji_str surface)
{
    const int32_t state = kiji_mecab_words_walk(words, surface);
    const int32_t value = state >= 0 ? kiji_mecab_words_value(words, state) : 0;
    return value < 0 ? kiji_mecab_words_run(words, value) : (kiji_entry_run){0, 0};
}
