#include "words/spelling.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

#define MARK "\xEF\xB7\x90" /* U+FDD0, which is no character */

/* Kana of one sound for the purpose, longest first. */
static const struct {
    const char *from, *to;
} same[] = {
    {"ヴァ", "バ"}, {"ヴィ", "ビ"}, {"ヴェ", "ベ"}, {"ヴォ", "ボ"}, {"ヴ", "ブ"}, {"リュ", "ル"},
    {"ティ", "チ"}, {"ディ", "ジ"}, {"トゥ", "ト"}, {"ドゥ", "ド"}, {"ヂ", "ジ"}, {"ヅ", "ズ"},
    {"ャ", "ア"},   {"ヤ", "ア"},   {"ュ", "ユ"},   {"ョ", "ヨ"},   {"ァ", "ア"}, {"ィ", "イ"},
    {"ゥ", "ウ"},   {"ェ", "エ"},   {"ォ", "オ"},   {"ー", ""},     {"ッ", ""},
};

static bool is_katakana(uint32_t code)
{
    return code >= 0x30A1 && code <= 0x30FC && code != 0x30FB;
}

size_t kiji_spelling(char out[KIJI_SPELLING_BYTES], kiji_str name)
{
    size_t n = strlen(MARK);
    unsigned parts = 1;
    unsigned kana = 0;
    if (name.len == 0 || name.len + n > KIJI_SPELLING_BYTES) {
        return 0;
    }
    /* NOLINTNEXTLINE(bugprone-not-null-terminated-result): bytes with a length, no string */
    memcpy(out, MARK, n);
    for (size_t at = 0; at < name.len;) {
        const uint32_t code = kiji_utf8_code(name.ptr + at);
        const unsigned len = kiji_char_len(name.ptr + at);
        if (code == 0x30FB || code == '=') {
            parts++;
            at += len;
            continue;
        }
        if (!is_katakana(code)) {
            return 0;
        }
        kana++;
        size_t used = len;
        const char *to = NULL;
        for (size_t i = 0; to == NULL && i < sizeof same / sizeof same[0]; i++) {
            const size_t from = strlen(same[i].from);
            if (from <= name.len - at && memcmp(name.ptr + at, same[i].from, from) == 0) {
                to = same[i].to;
                used = from;
            }
        }
        const char *piece = to != NULL ? to : name.ptr + at;
        const size_t n_piece = to != NULL ? strlen(to) : len;
        memcpy(out + n, piece, n_piece);
        n += n_piece;
        at += used;
    }
    return parts >= 2 && kana >= 6 ? n : 0;
}
