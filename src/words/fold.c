#include "words/fold.h"

static bool is_alnum(const char *p)
{
    return (*p >= '0' && *p <= '9') || (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z');
}

static bool is_katakana(const char *p)
{
    const unsigned a = (unsigned char)p[0];
    if (a != 0xE3) {
        return false;
    }
    const unsigned b = (unsigned char)p[1];
    const unsigned c = (unsigned char)p[2];
    return (b == 0x82 && c >= 0xA1) || (b == 0x83 && c != 0xBB);
}

/* Length of a joiner at p that stands between letters of one name, or 0. */
static unsigned joiner(const kiji_fold *fold)
{
    const char *p = fold->at;
    const char *last = fold->last;
    if (last == NULL) {
        return 0;
    }
    const unsigned n = kiji_char_len(p);
    const char *next = p + n;
    if (next >= fold->end) {
        return 0;
    }
    const bool letters = is_alnum(last) && is_alnum(next);
    if (n == 1) {
        if (*p == '-') {
            return is_alnum(last) || is_alnum(next) ? 1 : 0; /* SPY-7, 火星-15 */
        }
        if (*p == '=') {
            return is_katakana(last) && is_katakana(next) ? 1 : 0;
        }
        return *p == ' ' && (letters || (is_alnum(last) != is_alnum(next) && (is_katakana(last) || is_katakana(next))))
                   ? 1
                   : 0;
    }
    if (n == 3 && memcmp(p, "・", 3) == 0) {
        return letters || is_katakana(last) || is_katakana(next) ? 3 : 0;
    }
    return 0;
}

unsigned kiji_fold_next(kiji_fold *fold, char out[4])
{
    if (fold->at >= fold->end) {
        return 0;
    }
    const unsigned skip = joiner(fold);
    if (skip != 0) {
        fold->at += skip;
    }
    const char *p = fold->at;
    const unsigned n = kiji_char_len(p);
    if ((size_t)(fold->end - p) < n) {
        return 0;
    }
    fold->at += n;
    if (n == 3 && memcmp(p, "々", 3) == 0 && fold->last != NULL) {
        memcpy(out, fold->last, fold->last_len);
        return fold->last_len;
    }
    fold->last = p;
    fold->last_len = (uint8_t)n;
    memcpy(out, p, n);
    if (n == 1 && out[0] >= 'A' && out[0] <= 'Z') {
        out[0] = (char)(out[0] + 32);
    }
    return n;
}

unsigned kiji_fold_last(kiji_str word)
{
    unsigned n = 1;
    while (n < word.len && ((unsigned char)word.ptr[word.len - n] & 0xC0) == 0x80) {
        n++;
    }
    return word.len > n && kiji_fold_depends(word.ptr + word.len - n) ? 0 : n;
}
