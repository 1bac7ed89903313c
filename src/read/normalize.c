#include "read/normalize.h"

#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

/* A cluster of more combining marks than this is taken in pieces: hostile text only. */
#define CLUSTER_LONGEST 32

void kiji_normalizer_init(kiji_normalizer *n, kiji_arena *arena, kiji_str raw)
{
    *n = (kiji_normalizer){arena, raw, 0, NULL, 0, raw.len + raw.len / 8 + 64};
    n->out = kiji_arena_alloc(arena, n->capacity);
}

static void put(kiji_normalizer *n, const char *bytes, size_t count)
{
    if (n->capacity - n->len <= count) {
        const size_t wider = n->capacity * 2 + count + 64;
        char *moved = kiji_arena_alloc(n->arena, wider);
        memcpy(moved, n->out, n->len);
        n->out = moved;
        n->capacity = wider;
    }
    memcpy(n->out + n->len, bytes, count);
    n->len += count;
}

kiji_str kiji_normalizer_finish(kiji_normalizer *n)
{
    put(n, "", 1);
    return (kiji_str){n->out, n->len - 1};
}

/* ASCII that the matching form writes otherwise; all other ASCII stays. */
static const char *fold_ascii(unsigned char c)
{
    switch (c) {
    case '(':
        return "（";
    case ')':
        return "）";
    case '[':
        return "［";
    case ']':
        return "］";
    case '{':
        return "｛";
    case '}':
        return "｝";
    case '!':
        return "！";
    case '?':
        return "？";
    case '\t':
    case '\v':
    case '\f':
        return " ";
    case '\r':
        return "\n";
    default:
        return NULL;
    }
}

/* Single characters with a form of our own; NULL: as NFKC says. "" drops a character, and itself keeps it. */
static const char *fold_own(UChar32 c)
{
    static const struct {
        uint16_t from, to;
        const char *text;
    } table[] = {
        {0x0085, 0x0085, "\n"}, {0x00A0, 0x00A0, " "},  {0x00AD, 0x00AD, ""},   {0x2000, 0x200A, " "},
        {0x200B, 0x200F, ""},   {0x2010, 0x2012, "-"},  {0x2028, 0x2029, "\n"}, {0x202A, 0x202E, ""},
        {0x202F, 0x202F, " "},  {0x2060, 0x2064, ""},   {0x2212, 0x2212, "-"},  {0x3000, 0x3000, " "},
        {0xFE00, 0xFE0F, ""},   {0xFE63, 0xFE63, "-"},  {0xFEFF, 0xFEFF, ""},   {0xFF01, 0xFF01, "！"},
        {0xFF08, 0xFF08, "（"}, {0xFF09, 0xFF09, "）"}, {0xFF0D, 0xFF0D, "-"},  {0xFF1F, 0xFF1F, "？"},
        {0xFF3B, 0xFF3B, "［"}, {0xFF3D, 0xFF3D, "］"}, {0xFF5B, 0xFF5B, "｛"}, {0xFF5D, 0xFF5D, "｝"},
        {0xFF5E, 0xFF5E, "〜"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (c >= table[i].from && c <= table[i].to) {
            return table[i].text;
        }
    }
    return NULL;
}

/* Characters that NFKC would take apart but that are words of their own in Japanese print. */
static bool keeps(UChar32 c)
{
    return c == 0x2025 || c == 0x2026 || (c >= 0x2013 && c <= 0x2015) || c == 0x309B || c == 0x309C ||
           (c >= 0x2460 && c <= 0x24FF);
}

/* The cluster at raw byte `at`: a character and the combining marks behind it. Returns its end. */
static size_t cluster_end(kiji_str raw, size_t at, unsigned *count)
{
    *count = 0;
    size_t end = at;
    while (end < raw.len && *count < CLUSTER_LONGEST) {
        int32_t next = (int32_t)end;
        UChar32 c;
        U8_NEXT_OR_FFFD((const uint8_t *)raw.ptr, next, (int32_t)raw.len, c);
        const bool mark =
            c == 0x3099 || c == 0x309A || c == 0xFF9E || c == 0xFF9F || (c >= 0x300 && u_getCombiningClass(c) != 0);
        if (*count > 0 && !mark) {
            break;
        }
        end = (size_t)next;
        (*count)++;
    }
    return end;
}

/* NFKC of a cluster; false when ICU cannot (the bytes then stay). */
static bool nfkc(kiji_normalizer *n, size_t at, size_t end)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *form = unorm2_getNFKCInstance(&status);
    UChar from[CLUSTER_LONGEST * 2 + 2];
    UChar to[CLUSTER_LONGEST * 20];
    int32_t from_length = 0;
    int32_t out_length = 0;
    u_strFromUTF8(from, (int32_t)(sizeof from / sizeof from[0]), &from_length, n->raw.ptr + at, (int32_t)(end - at),
                  &status);
    const int32_t to_length =
        U_SUCCESS(status) ? unorm2_normalize(form, from, from_length, to, (int32_t)(sizeof to / sizeof to[0]), &status)
                          : 0;
    char bytes[CLUSTER_LONGEST * 64];
    u_strToUTF8(bytes, (int32_t)sizeof bytes, &out_length, to, to_length, &status);
    if (U_FAILURE(status)) {
        return false;
    }
    put(n, bytes, (size_t)out_length);
    return true;
}

static bool is_alone(kiji_str raw, size_t at)
{
    unsigned count;
    (void)cluster_end(raw, at, &count);
    return count == 1;
}

/* Replace the cluster at n->at, or copy it when it stays. True: something changed. */
static bool replace(kiji_normalizer *n, kiji_replacement *r)
{
    unsigned count;
    const size_t at = n->at;
    size_t end = cluster_end(n->raw, at, &count);
    r->raw_at = (uint32_t)at;
    r->norm_at = (uint32_t)n->len;
    int32_t next = (int32_t)at;
    UChar32 c;
    U8_NEXT_OR_FFFD((const uint8_t *)n->raw.ptr, next, (int32_t)n->raw.len, c);
    const char *own = c < 0x80 ? fold_ascii((unsigned char)c) : fold_own(c);
    if (own != NULL) {
        end = (size_t)next;
        if (c == '\r' && end < n->raw.len && n->raw.ptr[end] == '\n') {
            end++;
        }
        put(n, own, strlen(own));
    } else if ((count == 1 && (c < 0x80 || keeps(c))) || !nfkc(n, at, end)) {
        end = count == 1 ? end : (size_t)next;
        put(n, n->raw.ptr + at, end - at);
    }
    n->at = end;
    r->nraw = (uint32_t)(end - at);
    r->nnorm = (uint32_t)(n->len - r->norm_at);
    return r->nraw != r->nnorm || memcmp(n->out + r->norm_at, n->raw.ptr + at, r->nraw) != 0;
}

/*
 * Bytes from `p` that surely stay: ASCII but for what fold_ascii changes; hiragana, katakana (without what a voiced
 * mark may follow being followed by one) and the main block of kanji, 、。「」 and their like.
 */
static size_t plain_run(const unsigned char *p, size_t left)
{
    size_t i = 0;
    while (i < left) {
        const unsigned char a = p[i];
        if (a < 0x80) {
            if (a < 0x20
                    ? a != '\n'
                    : (a == '(' || a == ')' || a == '[' || a == ']' || a == '{' || a == '}' || a == '!' || a == '?')) {
                return i;
            }
            i++;
            continue;
        }
        if (left - i < 3) {
            return i;
        }
        const unsigned char b = p[i + 1];
        const unsigned char d = p[i + 2];
        const bool kanji = a >= 0xE4 && a <= 0xE9;
        const bool kana = a == 0xE3 && ((b == 0x81) || (b == 0x82 && d != 0x99 && d != 0x9A) || b == 0x83);
        const bool punctuation = a == 0xE3 && b == 0x80 && d >= 0x81 && d <= 0x9C;
        if (!kanji && !kana && !punctuation) {
            return i;
        }
        i += 3;
    }
    return i;
}

bool kiji_normalizer_next(kiji_normalizer *n, kiji_replacement *r)
{
    while (n->at < n->raw.len) {
        size_t run = plain_run((const unsigned char *)n->raw.ptr + n->at, n->raw.len - n->at);
        /* The last character of a run may take a mark behind it: leave it to the cluster. */
        if (run > 0 && n->at + run < n->raw.len && (unsigned char)n->raw.ptr[n->at + run] >= 0x80) {
            size_t last = run - 1;
            while (last > 0 && ((unsigned char)n->raw.ptr[n->at + last] & 0xC0) == 0x80) {
                last--;
            }
            if (!is_alone(n->raw, n->at + last)) {
                run = last;
            }
        }
        if (run > 0) {
            put(n, n->raw.ptr + n->at, run);
            n->at += run;
        } else if (replace(n, r)) {
            return true;
        }
    }
    return false;
}
