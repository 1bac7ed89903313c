/*
 * A compiled dictionary, damaged. Size and checksum are made right first (unless the last byte is 0xFF), so that what
 * lies behind them is reached; a dictionary that is accepted must do no harm in the whole analysis.
 */
#include "fuzz.h"

#include "base/checksum.h"

static bool any(void *context, const kiji_dict_entry *entry, kiji_dict_role role)
{
    const kiji_lexicon *lexicon = context;
    size_t count;
    (void)role;
    FUZZ_MUST(kiji_lexicon_string(lexicon, entry->name).ptr != NULL);
    (void)kiji_lexicon_terms(lexicon, entry, &count);
    return true;
}

static void use(kiji_lexicon *lexicon)
{
    static const char *const forms[] = {"防衛相", "木原稔", "米", "a", "", "アントニー・ブリンケン"};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        kiji_lexicon_lookup(lexicon, (kiji_str){forms[i], strlen(forms[i])}, any, lexicon);
    }
    kiji_knowledge knowledge = *fuzz_knowledge();
    knowledge.lexicons[0] = lexicon;
    fuzz_work(&knowledge);
}

#define UNITS 0x18000u

/* The units of an input's trie, each behind its number, at their places in `out`. */
static size_t put_units(kiji_dict_unit *out, const char *from, size_t nbytes)
{
    size_t n = 0;
    for (size_t i = 0; i < UNITS; i++) {
        out[i] = (kiji_dict_unit){0, UINT32_MAX, 0};
    }
    for (; nbytes >= 4 + sizeof *out; from += 4 + sizeof *out, nbytes -= 4 + sizeof *out) {
        uint32_t number;
        memcpy(&number, from, sizeof number);
        if (number < UNITS) {
            memcpy(&out[number], from + 4, sizeof *out);
            n = number < n ? n : number + 1u;
        }
    }
    return n;
}

/*
 * The image of an input: the trie in full (most of its units are free, and no seed has to hold them) and the filter of
 * endings, all ones, are added behind it, then size and checksum are made right. Other inputs stay as they are.
 */
static char *image_of(size_t *nbytes, const uint8_t *data, size_t size)
{
    const size_t endings = KIJI_DICT_ENDING_BITS / 8;
    const size_t at = (size + 7) / 8 * 8;
    kiji_dict_header header;
    const bool fixed = size >= sizeof header && data[size - 1] != 0xFF;
    char *image = kiji_alloc(fixed ? at + endings + UNITS * sizeof(kiji_dict_unit) : size + 1);
    FUZZ_MUST(image != NULL);
    *nbytes = size;
    if (size != 0) {
        memcpy(image, data, size);
    }
    if (fixed) {
        memcpy(&header, image, sizeof header);
        memset(image + size, 0xFF, at + endings - size);
        header.sections[KIJI_DICT_ENDINGS].offset = at;
        header.sections[KIJI_DICT_ENDINGS].nbytes = endings;
        const uint64_t trie = header.sections[KIJI_DICT_TRIE].offset;
        const uint64_t trie_bytes = header.sections[KIJI_DICT_TRIE].nbytes;
        kiji_dict_unit *units = (void *)(image + at + endings);
        const bool inside = trie <= size && trie_bytes <= size - trie;
        const size_t n = put_units(units, image + (inside ? trie : 0), inside ? trie_bytes : 0);
        header.sections[KIJI_DICT_TRIE].offset = at + endings;
        header.sections[KIJI_DICT_TRIE].nbytes = n * sizeof *units;
        *nbytes = at + endings + n * sizeof *units;
        header.nbytes = *nbytes;
        header.checksum = kiji_checksum((kiji_str){image + sizeof header, *nbytes - sizeof header});
        memcpy(image, &header, sizeof header);
    }
    return image;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t nbytes;
    char *image = image_of(&nbytes, data, size);
    kiji_lexicon *lexicon;
    kiji_error err;
    const kiji_status status = kiji_lexicon_adopt(&lexicon, image, nbytes, "fuzz", &err);
    FUZZ_MUST(status == KIJI_OK || status == KIJI_EDICT);
    if (status == KIJI_OK) {
        use(lexicon);
        kiji_lexicon_close(lexicon);
    }
    return 0;
}
