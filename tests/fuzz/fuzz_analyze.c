/* The whole analysis of some bytes, twice: no harm, a record that keeps its promises, the same both times. */
#include "fuzz.h"

typedef struct summary {
    size_t entities, mentions, quotes, keywords, pieces, warnings;
} summary;

static summary sum_up(const kiji_doc *doc)
{
    summary s = {doc->n_entities, 0, doc->n_quotes, doc->n_keywords, doc->n_pieces, doc->n_warnings};
    for (size_t i = 0; i < doc->n_entities; i++) {
        s.mentions += doc->entities[i].n_mentions;
    }
    return s;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *bytes = fuzz_copy(data, size);
    const kiji_input input = {.source = "fuzz",
                              .bytes = bytes,
                              .nbytes = size,
                              .sections = KIJI_SECTION_ALL | KIJI_SECTION_TOKENS | KIJI_SECTION_WHY};
    const kiji_doc *doc;
    kiji_error err = {.status = KIJI_OK};
    const kiji_status status = kiji_analyze(fuzz_analyzer(), &input, &doc, &err);
    if (status == KIJI_OK) {
        fuzz_check_doc(doc);
        const summary first = sum_up(doc);
        FUZZ_MUST(kiji_analyze(fuzz_analyzer(), &input, &doc, &err) == KIJI_OK);
        const summary second = sum_up(doc);
        FUZZ_MUST(memcmp(&first, &second, sizeof first) == 0);
    } else {
        FUZZ_MUST(status == KIJI_EINPUT && doc == NULL && err.text[0] != '\0');
    }
    free(bytes);
    return 0;
}
