#include "words/lexicon.h"

#include <stdio.h>
#include <string.h>

#include "base/checksum.h"
#include "base/image.h"
#include "base/status.h"
#include "words/fold.h"
#include "words/lexicon_trie.h"

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
    const size_t head = sizeof(kiji_dict_header);
    if (x->checksum != kiji_checksum((kiji_str){x->image.ptr + head, x->image.len - head})) {
        return "damaged: the checksum is wrong";
    }
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
        if (kiji_dict_item_entry(x->items[i]) >= x->n_entries) {
            return "a form points outside the file";
        }
    }
    if (x->n_items != 0 && (x->items[x->n_items - 1] & KIJI_DICT_LAST) == 0) {
        return "the last form has no end";
    }
    return NULL;
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
    x->checksum = header.checksum;
    x->tag = (uint32_t)header.checksum | 1u;
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
    x->endings = (const uint8_t *)parts[KIJI_DICT_ENDINGS];
    if (counts[KIJI_DICT_ENDINGS] != KIJI_DICT_ENDING_BITS / 8) {
        return "damaged: a section does not fit";
    }
    x->strings = parts[KIJI_DICT_STRINGS];
    x->strings_size = counts[KIJI_DICT_STRINGS];
    return x->n_units != 0 ? NULL : "the trie is empty";
}

kiji_status kiji_lexicon_check(const kiji_lexicon *lexicon, kiji_error *err)
{
    const char *fault = check_contents(lexicon);
    return fault == NULL ? KIJI_OK : kiji_fail(err, KIJI_EDICT, lexicon->name, KIJI_NO_OFFSET, "%s", fault);
}

static kiji_status take(kiji_lexicon **out, kiji_image image, const char *name, kiji_error *err)
{
    kiji_lexicon *x = kiji_alloc_zero(1, sizeof *x);
    if (x == NULL) {
        kiji_image_close(&image);
        return kiji_fail_memory(err);
    }
    x->image = image;
    (void)snprintf(x->name, sizeof x->name, "%s", name);
    const char *fault = check_layout(x);
    if (fault != NULL) {
        kiji_lexicon_close(x);
        return kiji_fail(err, KIJI_EDICT, name, KIJI_NO_OFFSET, "%s", fault);
    }
    *out = x;
    return KIJI_OK;
}

/* What was taken is given only if it is sound. */
static kiji_status checked(kiji_lexicon **out, kiji_status status, kiji_error *err)
{
    if (status == KIJI_OK && *out != NULL) {
        status = kiji_lexicon_check(*out, err);
        if (status != KIJI_OK) {
            kiji_lexicon_close(*out);
            *out = NULL;
        }
    }
    return status;
}

kiji_status kiji_lexicon_adopt(kiji_lexicon **out, void *image, size_t nbytes, const char *name, kiji_error *err)
{
    *out = NULL;
    return checked(out, take(out, (kiji_image){image, nbytes, false}, name, err), err);
}

kiji_status kiji_lexicon_map(kiji_lexicon **out, const char *path, kiji_error *err)
{
    kiji_image image;
    *out = NULL;
    const kiji_status status = kiji_image_open(&image, path, "compiled dictionary", err);
    return status != KIJI_OK ? status : take(out, image, path, err);
}

kiji_status kiji_lexicon_open(kiji_lexicon **out, const char *path, kiji_error *err)
{
    return checked(out, kiji_lexicon_map(out, path, err), err);
}

void kiji_lexicon_settle(const kiji_lexicon *lexicon)
{
    kiji_image_settle(&lexicon->image, lexicon->image.len);
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

/* The entries of the form that goes on from `node` with what `fold` has. */
static void look_up(const kiji_lexicon *x, kiji_trie_node node, kiji_fold fold, kiji_lexicon_each each, void *context)
{
    char bytes[4];
    while (kiji_fold_next(&fold, bytes) != 0) {
        if (!kiji_trie_step_char(x, &node, bytes)) {
            return;
        }
    }
    const kiji_dict_item *item = node.number != 0 ? kiji_trie_value(x, node) : NULL;
    while (item != NULL &&
           each(context, &x->entries[kiji_dict_item_entry(*item)], (kiji_dict_role)kiji_dict_item_role(*item)) &&
           (*item & KIJI_DICT_LAST) == 0) {
        item++;
    }
}

void kiji_lexicon_lookup(const kiji_lexicon *lexicon, kiji_str form, kiji_lexicon_each each, void *context)
{
    look_up(lexicon, kiji_trie_root(lexicon), (kiji_fold){form.ptr, form.ptr + form.len, NULL, 0}, each, context);
}

void kiji_lexicon_lookup_behind(const kiji_lexicon *lexicon, kiji_word *word, kiji_str form, kiji_lexicon_each each,
                                void *context)
{
    const kiji_word_way *way = kiji_lexicon_way(lexicon, word);
    if (way == NULL) {
        kiji_lexicon_lookup(lexicon, form, each, context);
    } else if (way->node != 0 && form.len > word->surface.len) {
        const unsigned n = kiji_fold_last(word->surface);
        const char *at = form.ptr + word->surface.len;
        look_up(lexicon, (kiji_trie_node){way->node, way->base, way->next},
                (kiji_fold){at, form.ptr + form.len, at - n, (uint8_t)n}, each, context);
    }
}
