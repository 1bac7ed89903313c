#include "words/split.h"

#include <string.h>

static const char proper[] = "名詞,固有名詞,一般,*,*,*,*";
static const char noun[] = "名詞,一般,*,*,*,*,*";
static const char symbol[] = "記号,一般,*,*,*,*,*";
static const char place_suffix[] = "名詞,接尾,地域,*,*,*,*";
static const char number[] = "名詞,数,*,*,*,*,*";

static size_t char_length(const char *p, size_t left)
{
    const unsigned char c = (unsigned char)*p;
    const size_t n = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    return n < left ? n : left;
}

static bool is_letter(const char *p, size_t n)
{
    if (n == 1) {
        return (*p >= '0' && *p <= '9') || (*p >= 'A' && *p <= 'Z') || (*p >= 'a' && *p <= 'z');
    }
    if (n == 2) {
        return (unsigned char)p[0] >= 0xC3; /* letters with accents, Greek, Cyrillic */
    }
    if (n == 3) {
        const unsigned a = (unsigned char)p[0];
        const unsigned b = (unsigned char)p[1];
        if (a == 0xE3) {
            if (b == 0x80) { /* CJK symbols: only 々 〆 〇 are letters */
                const unsigned c = (unsigned char)p[2];
                return c == 0x85 || c == 0x86 || c == 0x87;
            }
            return !(b == 0x83 && (unsigned char)p[2] == 0xBB); /* ・ */
        }
        return a >= 0xE4 && a <= 0xED;
    }
    return true;
}

/* Symbols one by one, the letters between them as words. */
static size_t split_symbols(kiji_split *parts, kiji_str s, const char *letters)
{
    size_t n = 0;
    size_t begin = 0;
    for (size_t i = 0; i < s.len;) {
        const size_t len = char_length(s.ptr + i, s.len - i);
        if (!is_letter(s.ptr + i, len)) {
            if (n + 3 > KIJI_SPLIT_MAX) {
                break;
            }
            if (i > begin) {
                parts[n++] = (kiji_split){{s.ptr + begin, i - begin}, letters};
            }
            parts[n++] = (kiji_split){{s.ptr + i, len}, symbol};
            begin = i + len;
        }
        i += len;
    }
    if (begin < s.len) {
        parts[n++] = (kiji_split){{s.ptr + begin, s.len - begin}, letters};
    }
    return n;
}

/* 県知事, 市内, 州議会: the suffix belongs to the place before it. */
static size_t split_local(kiji_split *parts, kiji_str s)
{
    static const char *const heads[] = {"県", "府", "市", "町", "村", "区", "州", "都", "道", "郡", "島"};
    static const char *const tails[] = {"内",   "外",   "知事", "長",   "民", "議",   "議会", "立",   "営",
                                        "側",   "境",   "域",   "全域", "道", "役所", "庁",   "当局", "警",
                                        "職員", "幹部", "沖",   "沿岸", "部", "有",   "中",   "産",   "出身"};
    if (s.len < 6 || s.len > 9) {
        return 0;
    }
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        if (memcmp(s.ptr, heads[i], 3) != 0) {
            continue;
        }
        for (size_t k = 0; k < sizeof tails / sizeof tails[0]; k++) {
            const size_t len = strlen(tails[k]);
            if (len == s.len - 3 && memcmp(s.ptr + 3, tails[k], len) == 0) {
                parts[0] = (kiji_split){{s.ptr, 3}, place_suffix};
                parts[1] = (kiji_split){{s.ptr + 3, len}, noun};
                return 2;
            }
        }
    }
    return 0;
}

static bool is_one_of(const char *p, const char *characters)
{
    for (; *characters != '\0'; characters += 3) {
        if (memcmp(p, characters, 3) == 0) {
            return true;
        }
    }
    return false;
}

/* 欧米, 韓米, 訪朝, 全米, 駐米: a country in one character is a name of its own. 中日 is a newspaper and a team. */
static size_t split_countries(kiji_split *parts, kiji_str s)
{
    static const char countries[] = "日米英仏独伊露中韓朝台豪印欧比";
    static const char before[] = "訪全反親駐渡在対来";
    static const char country[] = "名詞,固有名詞,地域,国,*,*,*";
    static const char prefix[] = "接頭詞,名詞接続,*,*,*,*,*";
    if (s.len != 6 || !is_one_of(s.ptr + 3, countries) || memcmp(s.ptr, "中日", 6) == 0 ||
        memcmp(s.ptr, "中米", 6) == 0) {
        return 0;
    }
    const bool pair = is_one_of(s.ptr, countries);
    if (!pair && !is_one_of(s.ptr, before)) {
        return 0;
    }
    parts[0] = (kiji_split){{s.ptr, 3}, pair ? country : prefix};
    parts[1] = (kiji_split){{s.ptr + 3, 3}, country};
    return 2;
}

/* PAC3, F35A: letters and digits apart, so that both spellings of a designation look alike. */
static size_t split_latin(kiji_split *parts, kiji_str s)
{
    size_t n = 0;
    size_t begin = 0;
    for (size_t i = 1; i <= s.len; i++) {
        const bool digit = s.ptr[i - 1] >= '0' && s.ptr[i - 1] <= '9';
        const bool next_digit = i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9';
        if ((unsigned char)s.ptr[i - 1] >= 0x80) {
            return 0;
        }
        if (i == s.len || digit != next_digit) {
            if (n == KIJI_SPLIT_MAX) {
                return 0;
            }
            parts[n++] = (kiji_split){{s.ptr + begin, i - begin}, digit ? number : proper};
            begin = i;
        }
    }
    return n;
}

size_t kiji_split_word(kiji_split *parts, const kiji_word *word)
{
    const kiji_str s = word->surface;
    if (s.len < 2) {
        return 0;
    }
    bool has_symbol = false;
    for (size_t i = 0; i < s.len && !has_symbol;) {
        const size_t len = char_length(s.ptr + i, s.len - i);
        has_symbol = !is_letter(s.ptr + i, len) && len < s.len;
        i += len;
    }
    if (has_symbol) {
        return split_symbols(parts, s, kiji_pos_is_noun(word->pos) && word->pos != KIJI_POS_NUMBER ? proper : noun);
    }
    if (!word->known) {
        const size_t pair = split_countries(parts, s);
        return pair != 0 ? pair : split_latin(parts, s);
    }
    if (!kiji_pos_is_noun(word->pos)) {
        return 0;
    }
    const size_t countries = split_countries(parts, s);
    return countries != 0 ? countries : split_local(parts, s);
}
