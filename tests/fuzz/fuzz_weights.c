/*
 * A weights file, damaged. Size and checksum are made right first (unless the last byte is 0xFF); a file that is
 * accepted must do no harm in the whole analysis.
 */
#include "fuzz.h"

#include "base/hash.h"

static void use(kiji_weights *weights)
{
    kiji_knowledge knowledge = *fuzz_knowledge();
    kiji_error err;
    const kiji_status status = kiji_tagger_new(&knowledge.tagger, weights, "fuzz", &err);
    FUZZ_MUST(status == KIJI_OK || status == KIJI_EDICT);
    if (status == KIJI_OK) {
        knowledge.weights = weights;
        fuzz_work(&knowledge);
        kiji_tagger_free(knowledge.tagger);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *image = kiji_alloc(size != 0 ? size : 1);
    kiji_weights_header header;
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
    kiji_weights *weights;
    kiji_error err;
    const kiji_status status = kiji_weights_adopt(&weights, image, size, "fuzz", &err);
    FUZZ_MUST(status == KIJI_OK || status == KIJI_EDICT);
    if (status == KIJI_OK) {
        use(weights);
        kiji_weights_close(weights);
    }
    return 0;
}
