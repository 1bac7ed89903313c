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

/*
 * The image of an input: the filter of pairs, all ones, is added behind it (32 KiB that no seed has to hold), then size
 * and checksum are made right. Other inputs stay as they are.
 */
static char *image_of(size_t *nbytes, const uint8_t *data, size_t size)
{
    const size_t pairs = KIJI_DICT_PAIR_BITS / 8;
    const size_t at = (size + 7) / 8 * 8;
    kiji_dict_header header;
    const bool fixed = size >= sizeof header && data[size - 1] != 0xFF;
    char *image = kiji_alloc(fixed ? at + pairs : size + 1);
    FUZZ_MUST(image != NULL);
    *nbytes = fixed ? at + pairs : size;
    if (size != 0) {
        memcpy(image, data, size);
    }
    if (fixed) {
        memset(image + size, 0xFF, *nbytes - size);
        memcpy(&header, image, sizeof header);
        header.sections[KIJI_DICT_PAIRS].offset = at;
        header.sections[KIJI_DICT_PAIRS].nbytes = pairs;
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
