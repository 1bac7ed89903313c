#include "words/lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/image.h"
#include "base/status.h"
#include "words/fold.h"

struct kiji_lexicon {
    kiji_image image;
    uint64_t checksum;
    const kiji_dict_unit *units;
    uint32_t n_units;
    const kiji_dict_item *items;
    uint32_t n_items;
    const kiji_dict_entry *entries;
    uint32_t n_entries;
    const kiji_dict_term *terms;
    uint32_t n_terms;
    const uint8_t *pairs; /* KIJI_DICT_PAIR_BITS bits */
    const char *strings;
    uint32_t strings_size;
    uint64_t alone[1024];    /* bits by code point below U+10000: characters that are a form */
    uint32_t after[0x10000]; /* the node behind a first character, 0: it begins no form */
};

static bool string_fits(const kiji_lexicon *x, uint32_t offset)
{
    uint32_t len;
    if (x->strings_size < 8 || offset > x->strings_size - 5) {
        return false;
    }
    memcpy(&len, x->strings + offset, 4);
    return len < x->strings_size - offset - 4 && x->strings[offset + 4 + len] == '\0';
}

/* An entry without a name would become an entity without one. */
static bool name_fits(const kiji_lexicon *x, uint32_t offset)
{
    uint32_t len;
    if (!string_fits(x, offset)) {
        return false;
    }
    memcpy(&len, x->strings + offset, 4);
    return len != 0;
}

static bool entry_fits(const kiji_lexicon *x, const kiji_dict_entry *e)
{
    if (e->class_ >= KIJI_DICT_CLASSES || !name_fits(x, e->name) || !string_fits(x, e->key) ||
        !string_fits(x, e->kind) || !string_fits(x, e->where)) {
        return false;
    }
    return e->terms <= x->n_terms && e->n_terms <= x->n_terms - e->terms;
}

/* Every number in the file that is later used as an index: so that matching itself needs no doubt. */
static const char *check_contents(const kiji_lexicon *x)
{
    for (uint32_t i = 0; i < x->n_entries; i++) {
        if (!entry_fits(x, &x->entries[i])) {
            return "an entry points outside the file";
        }
    }
    for (uint32_t i = 0; i < x->n_terms; i++) {
        if (x->terms[i].office >= x->n_entries || x->terms[i].country[3] != '\0') {
            return "a term points outside the file";
        }
    }
    for (uint32_t i = 0; i < x->n_items; i++) {
        if (x->items[i].entry >= x->n_entries || x->items[i].role > KIJI_ROLE_KANJI) {
            return "a form points outside the file";
        }
    }
    if (x->n_items != 0 && !x->items[x->n_items - 1].last) {
        return "the last form has no end";
    }
    return x->n_units >= 256 ? NULL : "the trie is too small";
}

static const char *check_layout(kiji_lexicon *x)
{
    static const size_t sizes[KIJI_DICT_SECTIONS] = {
        sizeof(kiji_dict_unit), sizeof(kiji_dict_item), sizeof(kiji_dict_entry), sizeof(kiji_dict_term), 1, 1};
    kiji_dict_header header;
    if (x->image.len < sizeof header) {
        return "too short for a compiled dictionary";
    }
    memcpy(&header, x->image.ptr, sizeof header);
    if (memcmp(header.magic, KIJI_DICT_MAGIC, sizeof KIJI_DICT_MAGIC) != 0) {
        return "not a compiled dictionary of kiji";
    }
    if (header.byte_order != 0x01020304u) {
        return "compiled on a machine of another byte order";
    }
    if (header.version != KIJI_DICT_VERSION) {
        return "compiled by another version of kiji: build it again (make)";
    }
    if (header.nbytes != x->image.len) {
        return "damaged: its size is not what its header says";
    }
    if (header.checksum != kiji_hash64((kiji_str){x->image.ptr + sizeof header, x->image.len - sizeof header})) {
        return "damaged: the checksum is wrong";
    }
    x->checksum = header.checksum;
    const char *parts[KIJI_DICT_SECTIONS];
    uint32_t counts[KIJI_DICT_SECTIONS];
    for (size_t i = 0; i < KIJI_DICT_SECTIONS; i++) {
        const uint64_t offset = header.sections[i].offset;
        const uint64_t n = header.sections[i].nbytes;
        if (offset > x->image.len || n > x->image.len - offset || offset % 8 != 0 || n % sizes[i] != 0 ||
            n / sizes[i] > UINT32_MAX / 2) {
            return "damaged: a section does not fit";
        }
        parts[i] = x->image.ptr + offset;
        counts[i] = (uint32_t)(n / sizes[i]);
    }
    x->units = (const kiji_dict_unit *)(const void *)parts[KIJI_DICT_TRIE];
    x->n_units = counts[KIJI_DICT_TRIE];
    x->items = (const kiji_dict_item *)(const void *)parts[KIJI_DICT_ITEMS];
    x->n_items = counts[KIJI_DICT_ITEMS];
    x->entries = (const kiji_dict_entry *)(const void *)parts[KIJI_DICT_ENTRIES];
    x->n_entries = counts[KIJI_DICT_ENTRIES];
    x->terms = (const kiji_dict_term *)(const void *)parts[KIJI_DICT_TERMS];
    x->n_terms = counts[KIJI_DICT_TERMS];
    x->pairs = (const uint8_t *)parts[KIJI_DICT_PAIRS];
    if (counts[KIJI_DICT_PAIRS] != KIJI_DICT_PAIR_BITS / 8) {
        return "damaged: a section does not fit";
    }
    x->strings = parts[KIJI_DICT_STRINGS];
    x->strings_size = counts[KIJI_DICT_STRINGS];
    return check_contents(x);
}

/* One byte down the trie: false where there is no such child. Indices are checked here, not trusted. */
static inline bool step(const kiji_lexicon *x, uint32_t *node, uint8_t byte)
{
    const uint32_t next = x->units[*node].base ^ byte;
    if (next >= x->n_units || x->units[next].check != *node) {
        return false;
    }
    *node = next;
    return true;
}

/* The first item of the form that ends at `node`, or NULL. */
static inline const kiji_dict_item *value(const kiji_lexicon *x, uint32_t node)
{
    return step(x, &node, 0) && x->units[node].base < x->n_items ? &x->items[x->units[node].base] : NULL;
}

/* The characters of two and three bytes that lead out of the root: most of a text begins no form. */
static void find_starts(kiji_lexicon *x)
{
    for (uint32_t code = 0x80; code < 0x10000; code++) {
        uint32_t node = 0;
        const bool three = code >= 0x800;
        const uint8_t lead = (uint8_t)(three ? 0xE0u | code >> 12 : 0xC0u | code >> 6);
        if (!step(x, &node, lead)) {
            code |= three ? 0xFFFu : 0x3Fu; /* nothing begins with this byte */
            continue;
        }
        if (three && !step(x, &node, (uint8_t)(0x80u | (code >> 6 & 63u)))) {
            code |= 0x3Fu;
            continue;
        }
        if (step(x, &node, (uint8_t)(0x80u | (code & 63u)))) {
            x->after[code] = node;
            x->alone[code / 64] |= (uint64_t)(value(x, node) != NULL) << (code % 64);
        }
    }
}

static kiji_status take(kiji_lexicon **out, kiji_image image, const char *name, kiji_error *err)
{
    kiji_lexicon *x = kiji_alloc_zero(1, sizeof *x);
    if (x == NULL) {
        kiji_image_close(&image);
        return kiji_fail_memory(err);
    }
    x->image = image;
    const char *fault = check_layout(x);
    if (fault != NULL) {
        kiji_lexicon_close(x);
        return kiji_fail(err, KIJI_EDICT, name, KIJI_NO_OFFSET, "%s", fault);
    }
    find_starts(x);
    *out = x;
    return KIJI_OK;
}

kiji_status kiji_lexicon_adopt(kiji_lexicon **out, void *image, size_t nbytes, const char *name, kiji_error *err)
{
    *out = NULL;
    return take(out, (kiji_image){image, nbytes, false}, name, err);
}

kiji_status kiji_lexicon_open(kiji_lexicon **out, const char *path, kiji_error *err)
{
    kiji_image image;
    *out = NULL;
    const kiji_status status = kiji_image_open(&image, path, "compiled dictionary", err);
    return status != KIJI_OK ? status : take(out, image, path, err);
}

void kiji_lexicon_close(kiji_lexicon *lexicon)
{
    if (lexicon != NULL) {
        kiji_image_close(&lexicon->image);
        kiji_free(lexicon);
    }
}

kiji_str kiji_lexicon_string(const kiji_lexicon *lexicon, uint32_t offset)
{
    uint32_t len;
    memcpy(&len, lexicon->strings + offset, 4);
    return (kiji_str){lexicon->strings + offset + 4, len};
}

const kiji_dict_term *kiji_lexicon_terms(const kiji_lexicon *lexicon, const kiji_dict_entry *person, size_t *count)
{
    *count = person->n_terms;
    return lexicon->terms + person->terms;
}

const kiji_dict_entry *kiji_lexicon_entry(const kiji_lexicon *lexicon, uint32_t index)
{
    return &lexicon->entries[index];
}

size_t kiji_lexicon_entries(const kiji_lexicon *lexicon)
{
    return lexicon->n_entries;
}

uint64_t kiji_lexicon_checksum(const kiji_lexicon *lexicon)
{
    return lexicon->checksum;
}

static inline bool step_char(const kiji_lexicon *x, uint32_t *node, const char *bytes, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        if (!step(x, node, (uint8_t)bytes[i])) {
            return false;
        }
    }
    return true;
}

typedef struct matcher {
    kiji_hits *out;
    kiji_arena *arena;
    const kiji_lexicon *lexicon;
    const char *norm;
    const kiji_tokens *tokens;
    uint32_t limit; /* end of the sentence: bytes */
} matcher;

static void add_hits(const matcher *m, const kiji_dict_item *item, kiji_hit hit)
{
    for (;; item++) {
        hit.entry = &m->lexicon->entries[item->entry];
        hit.role = item->role;
        KIJI_PUSH(m->arena, m->out, hit);
        if (item->last) {
            return;
        }
    }
}

typedef enum beginning { BEGINS_NOTHING, BEGINS_ONE_CHARACTER, BEGINS_MORE } beginning;

/* What may begin with the character `code` (below U+10000) at `fold`, seen without the trie. */
static beginning what_begins(const kiji_lexicon *x, kiji_fold fold, uint32_t code)
{
    char bytes[4] = "";
    if (x->after[code] == 0) {
        return BEGINS_NOTHING;
    }
    (void)kiji_fold_next(&fold, bytes);
    const uint32_t pair = kiji_dict_pair(code, kiji_fold_next(&fold, bytes) != 0 ? kiji_utf8_code(bytes) : 0);
    if ((x->pairs[pair / 8] >> (pair % 8) & 1u) != 0) {
        return BEGINS_MORE;
    }
    return (x->alone[code / 64] >> (code % 64) & 1u) != 0 ? BEGINS_ONE_CHARACTER : BEGINS_NOTHING;
}

/* The forms that end where `fold` is, behind `node`. */
static void add_value(const matcher *m, uint32_t node, const kiji_fold *fold, kiji_hit hit)
{
    const kiji_dict_item *item = value(m->lexicon, node);
    if (item == NULL) {
        return;
    }
    hit.end = (uint32_t)(fold->at - m->norm);
    while (m->tokens->items[hit.last - 1].end < hit.end) {
        hit.last++;
    }
    hit.aligned = m->tokens->items[hit.first].begin == hit.begin && m->tokens->items[hit.last - 1].end == hit.end;
    add_hits(m, item, hit);
}

/* All forms that begin at byte `begin`, inside token `first`. */
static void match_at(const matcher *m, uint32_t begin, uint32_t first)
{
    kiji_fold fold = {m->norm + begin, m->norm + m->limit, NULL, 0};
    const kiji_hit hit = {.begin = begin, .first = first, .last = first + 1, .lexicon = m->lexicon};
    uint32_t node = 0;
    char bytes[4];
    if (kiji_char_len(fold.at) == 3) {
        const uint32_t code = kiji_utf8_code(fold.at);
        const beginning what = what_begins(m->lexicon, fold, code);
        if (what == BEGINS_NOTHING) {
            return;
        }
        (void)kiji_fold_next(&fold, bytes);
        node = m->lexicon->after[code];
        add_value(m, node, &fold, hit);
        if (what == BEGINS_ONE_CHARACTER) {
            return;
        }
    }
    for (unsigned n; (n = kiji_fold_next(&fold, bytes)) != 0 && step_char(m->lexicon, &node, bytes, n);) {
        add_value(m, node, &fold, hit);
    }
}

/* Behind a noun a particle is one; elsewhere MeCab may have cut a name in kana into particles (のとじま). */
static bool may_begin_form(kiji_pos pos)
{
    return pos < KIJI_POS_OPEN || (pos > KIJI_POS_COMMA && pos < KIJI_POS_CASE) || pos > KIJI_POS_CONJUNCTION;
}

static int by_place(const void *x, const void *y)
{
    const kiji_hit *a = x;
    const kiji_hit *b = y;
    if (a->begin != b->begin) {
        return a->begin < b->begin ? -1 : 1;
    }
    if (a->end != b->end) {
        return a->end > b->end ? -1 : 1;
    }
    return (a->entry > b->entry) - (a->entry < b->entry);
}

void kiji_lexicon_match(kiji_hits *out, kiji_arena *arena, const kiji_lexicon *lexicon, const char *norm,
                        const kiji_tokens *tokens)
{
    matcher m = {out, arena, lexicon, norm, tokens, 0};
    const size_t had = out->count;
    for (size_t s = 0, t = 0; t < tokens->count; s++) {
        kiji_arena_check(arena);
        const uint32_t stop = tokens->first[s + 1];
        if (stop <= t) {
            continue;
        }
        m.limit = tokens->items[stop - 1].end;
        for (; t < stop; t++) {
            kiji_arena_check(arena);
            const bool behind_noun = t > tokens->first[s] && tokens->items[t - 1].word->nameable;
            if (!behind_noun || may_begin_form((kiji_pos)tokens->items[t].word->pos)) {
                match_at(&m, tokens->items[t].begin, (uint32_t)t);
            }
        }
    }
    if (had != 0 && out->count > had) {
        qsort(out->items, out->count, sizeof *out->items, by_place);
    } else {
        /* One lexicon: by begin already; longest first within a begin. */
        for (size_t i = 0; i < out->count;) {
            size_t k = i + 1;
            while (k < out->count && out->items[k].begin == out->items[i].begin) {
                k++;
            }
            if (k - i > 1) {
                qsort(out->items + i, k - i, sizeof *out->items, by_place);
            }
            i = k;
        }
    }
}

void kiji_lexicon_lookup(const kiji_lexicon *lexicon, kiji_str form,
                         bool (*each)(void *context, const kiji_dict_entry *entry, kiji_dict_role role), void *context)
{
    kiji_fold fold = {form.ptr, form.ptr + form.len, NULL, 0};
    uint32_t node = 0;
    char bytes[4];
    for (unsigned n; (n = kiji_fold_next(&fold, bytes)) != 0;) {
        if (!step_char(lexicon, &node, bytes, n)) {
            return;
        }
    }
    const kiji_dict_item *item = form.len != 0 ? value(lexicon, node) : NULL;
    while (item != NULL && each(context, &lexicon->entries[item->entry], (kiji_dict_role)item->role) && !item->last) {
        item++;
    }
}
