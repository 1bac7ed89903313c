/* A user's dictionary (TSV) -> checked rows -> image -> lexicon -> matches: as kiji_model_open does it. */
#include "fuzz.h"

#include "words/dict_build.h"

static kiji_status compile(kiji_lexicon **out, kiji_arena *arena, kiji_str bytes, const kiji_lexicon *base)
{
    kiji_buf faults = KIJI_BUF_INIT;
    kiji_dict_rows rows = {NULL, 0, 0};
    void *image = NULL;
    size_t nbytes = 0;
    kiji_status status = KIJI_EDICT;
    kiji_error err;
    if (kiji_dict_parse(&rows, &faults, arena, "fuzz.tsv", bytes) == 0) {
        status = kiji_dict_build(&image, &nbytes, &rows, &faults, base);
    }
    FUZZ_MUST(status == KIJI_OK || (status == KIJI_EDICT && faults.len != 0 && image == NULL));
    if (status == KIJI_OK) {
        /* What the compiler makes, the loader takes. */
        FUZZ_MUST(kiji_lexicon_adopt(out, image, nbytes, "fuzz", &err) == KIJI_OK);
    }
    kiji_buf_clear(&faults);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *bytes = fuzz_copy(data, size);
    const kiji_knowledge *built_in = fuzz_knowledge();
    kiji_lexicon *lexicon = NULL;
    kiji_arena arena;
    kiji_arena_init(&arena);
    if (compile(&lexicon, &arena, (kiji_str){bytes, size}, built_in->lexicons[0]) == KIJI_OK) {
        kiji_knowledge knowledge = *built_in;
        knowledge.lexicons[knowledge.n_lexicons++] = lexicon;
        fuzz_work(&knowledge);
        kiji_lexicon_close(lexicon);
    }
    kiji_arena_clear(&arena);
    free(bytes);
    return 0;
}
