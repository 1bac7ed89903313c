/* Bytes as read -> UTF-8. The first byte chooses the encoding and strictness. */
#include "fuzz.h"

#include "base/utf8.h"
#include "read/decode.h"

static const char *const names[] = {NULL,       "UTF-8", "Shift_JIS",   "CP932", "EUC-JP", "UTF-16", "UTF-16LE",
                                    "UTF-16BE", "JIS",   "ISO-2022-JP", "auto",  "utf_8",  "sjis",   "no such"};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    char *bytes = fuzz_copy(data + 1, size - 1);
    const kiji_input input = {.source = "fuzz",
                              .bytes = bytes,
                              .nbytes = size - 1,
                              .encoding = names[(data[0] & 0x7Fu) % (sizeof names / sizeof names[0])],
                              .strict = (data[0] & 0x80u) != 0};
    kiji_arena arena;
    kiji_arena_init(&arena);
    jmp_buf bail;
    arena.bail = &bail;
    kiji_decoded out;
    kiji_error err = {.status = KIJI_OK};
    if (setjmp(bail) == 0 && kiji_decode(&out, &arena, &input, &err) == KIJI_OK) {
        FUZZ_MUST(kiji_utf8_valid(out.text));
        FUZZ_MUST(out.encoding != NULL && kiji_encoding_known(out.encoding));
        FUZZ_MUST((out.bytes_lost != 0) == (out.first_lost_at != KIJI_NO_OFFSET));
        FUZZ_MUST(out.bytes_lost == 0 || (out.first_lost_at < input.nbytes && !input.strict && out.n_warnings != 0));
        FUZZ_MUST(out.bytes_lost <= input.nbytes && out.n_warnings <= 12);
        for (size_t i = 0; i < out.n_warnings; i++) {
            FUZZ_MUST(kiji_utf8_valid(out.warnings[i]));
        }
    }
    kiji_arena_clear(&arena);
    free(bytes);
    return 0;
}
