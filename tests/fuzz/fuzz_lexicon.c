/*
 * A compiled dictionary, damaged. Size and checksum are made right first (unless the last byte is 0xFF), so that what
 * lies behind them is reached; a dictionary that is accepted must do no harm in the whole analysis.
 */
#include "fuzz.h"

#include "base/hash.h"

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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *image = kiji_alloc(size != 0 ? size : 1);
    kiji_dict_header header;
    FUZZ_MUST(image != NULL);
    if (size != 0) {
        memcpy(image, data, size);
    }
    if (size >= sizeof header && data[size - 1] != 0xFF) {
        memcpy(&header, image, sizeof header);
        header.nbytes = size;
        header.checksum = kiji_hash64((kiji_str){image + sizeof header, size - sizeof header});
        memcpy(image, &header, sizeof header);
    }
    kiji_lexicon *lexicon;
    kiji_error err;
    const kiji_status status = kiji_lexicon_adopt(&lexicon, image, size, "fuzz", &err);
    FUZZ_MUST(status == KIJI_OK || status == KIJI_EDICT);
    if (status == KIJI_OK) {
        use(lexicon);
        kiji_lexicon_close(lexicon);
    }
    return 0;
}
