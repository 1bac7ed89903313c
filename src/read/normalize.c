#include "read/normalize.h"

#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "read/marks.h"

/* A cluster of more combining marks than this is taken in pieces: hostile text only. */
#define CLUSTER_LONGEST 32

/*
 * Bytes that begin something other than what surely stays: ASCII but for what fold_ascii changes, kana, the main block
 * of kanji, 、。「」 and their like. A voiced mark (U+3099, U+309A) is flagged itself.
 */
static void flag_changes(unsigned char *restrict out, const unsigned char *restrict p)
{
    for (size_t i = 0; i < KIJI_MARKS_BLOCK; i++) {
        const unsigned char a = p[i];
        const unsigned char b = p[i + 1];
        const unsigned char c = p[i + 2];
        const unsigned char capital = a & 0xDF; /* {} stand 0x20 behind [] */
        const unsigned char bracket = (capital == '[') | (capital == ']') | ((unsigned char)(a - '(') <= 1);
        const unsigned char mark = (a == '!') | ((a < 0x20) & (a != '\n'));
        const unsigned char other = ((a >= 0xC2) & (a <= 0xE2)) | (a >= 0xEA);
        const unsigned char row =
            ((b == 0x80) & ((c == 0x80) | (c > 0x9C))) | ((b == 0x82) & ((c == 0x99) | (c == 0x9A))) | (b >= 0x84);
        out[i] = bracket | mark | other | ((a == 0xE3) & row);
    }
    for (size_t i = 0; i < KIJI_MARKS_BLOCK; i++) { /* apart: with '!' it becomes a shift that has no vector form */
        out[i] |= p[i] == '?';
    }
}

void kiji_normalizer_init(kiji_normalizer *n, kiji_arena *arena, kiji_str raw)
{
    *n = (kiji_normalizer){
        arena, raw, kiji_marks_find(arena, raw, flag_changes), 0, NULL, 0, raw.len + raw.len / 8 + 64};
    n->out = kiji_arena_alloc(arena, n->capacity);
}

static void put(kiji_normalizer *n, const char *bytes, size_t count)
{
    if (n->len + count >= UINT32_MAX) {
        kiji_arena_bail(n->arena);
    }
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

/* Single characters with a form of our own, sorted; "" drops a character. NULL: as NFKC says. */
static const char *fold_own(UChar32 c)
{
    static const struct {
        UChar32 from, to;
        const char *text;
    } table[] = {
        {0x0085, 0x0085, "\n"}, {0x00A0, 0x00A0, " "},  {0x00AD, 0x00AD, ""},   {0x00B7, 0x00B7, "・"},
        {0x061C, 0x061C, ""},   {0x180E, 0x180E, ""},   {0x2000, 0x200A, " "},  {0x200B, 0x200F, ""},
        {0x2010, 0x2012, "-"},  {0x2014, 0x2014, "―"},  {0x2027, 0x2027, "・"}, {0x2028, 0x2029, "\n"},
        {0x202A, 0x202E, ""},   {0x202F, 0x202F, " "},  {0x205F, 0x205F, " "},  {0x2060, 0x2064, ""},
        {0x2066, 0x2069, ""},   {0x2212, 0x2212, "-"},  {0x2225, 0x2225, "‖"},  {0x3000, 0x3000, " "},
        {0x30A0, 0x30A0, "="},  {0xFE00, 0xFE0F, ""},   {0xFE63, 0xFE63, "-"},  {0xFEFF, 0xFEFF, ""},
        {0xFF01, 0xFF01, "！"}, {0xFF08, 0xFF08, "（"}, {0xFF09, 0xFF09, "）"}, {0xFF0D, 0xFF0D, "-"},
        {0xFF1F, 0xFF1F, "？"}, {0xFF3B, 0xFF3B, "［"}, {0xFF3D, 0xFF3D, "］"}, {0xFF5B, 0xFF5B, "｛"},
        {0xFF5D, 0xFF5D, "｝"}, {0xFF5E, 0xFF5E, "〜"}, {0xE0100, 0xE01EF, ""}, /* 葛󠄀 is 葛 */
    };
    size_t low = 0;
    size_t high = sizeof table / sizeof table[0];
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (c > table[middle].to) {
            low = middle + 1;
        } else if (c < table[middle].from) {
            high = middle;
        } else {
            return table[middle].text;
        }
    }
    return NULL;
}

/* Characters that NFKC would take apart but that are marks of their own in Japanese print: … ‥ – ― ゛ ① ￣ ´. */
static bool keeps(UChar32 c)
{
    return c == 0x2025 || c == 0x2026 || (c >= 0x2013 && c <= 0x2015) || c == 0x309B || c == 0x309C ||
           (c >= 0x2460 && c <= 0x24FF) || c == 0xA8 || c == 0xAF || c == 0xB4 || c == 0xB8 || c == 0x2017 ||
           c == 0x203E || c == 0xFFE3;
}

/* Whether the character at p may be a combining mark; most are told by their first bytes. */
static bool may_combine(const unsigned char *p, size_t left)
{
    if (p[0] < 0xCC || (p[0] >= 0xE4 && p[0] <= 0xE9) || left < 2) {
        return false;
    }
    return p[0] != 0xE3 || (left >= 3 && p[1] == 0x82 && (p[2] == 0x99 || p[2] == 0x9A)) || p[1] == 0x80;
}

static bool combines(UChar32 c)
{
    return c == 0xFF9E || c == 0xFF9F || u_getCombiningClass(c) != 0;
}

/* The cluster at raw byte `at`: a character (*first) and the combining marks behind it. Returns its end. */
static size_t cluster_end(kiji_str raw, size_t at, UChar32 *first, unsigned *count)
{
    const uint8_t *bytes = (const uint8_t *)raw.ptr;
    int32_t end = (int32_t)at;
    U8_NEXT_OR_FFFD(bytes, end, (int32_t)raw.len, *first);
    for (*count = 1; *count < CLUSTER_LONGEST && (size_t)end < raw.len; (*count)++) {
        if (!may_combine(bytes + end, raw.len - (size_t)end)) {
            break;
        }
        int32_t next = end;
        UChar32 c;
        U8_NEXT_OR_FFFD(bytes, next, (int32_t)raw.len, c);
        if (!combines(c)) {
            break;
        }
        end = next;
    }
    return (size_t)end;
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
    for (int32_t i = 0; i < out_length; i++) { /* ㈱ gives （株） */
        const char *own = (unsigned char)bytes[i] < 0x80 ? fold_ascii((unsigned char)bytes[i]) : NULL;
        put(n, own != NULL ? own : bytes + i, own != NULL ? strlen(own) : 1);
    }
    return true;
}

/* Whether NFKC leaves the character alone, whatever stands around it. */
static bool is_inert(UChar32 c)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *form = unorm2_getNFKCInstance(&status);
    return U_SUCCESS(status) && unorm2_isInert(form, c);
}

/* Write what stands for the cluster of `count` characters, `c` the first, at [at, end); returns where it ends. */
static size_t put_cluster(kiji_normalizer *n, UChar32 c, unsigned count, size_t end)
{
    const size_t at = n->at;
    const size_t behind_first = at + (size_t)U8_LENGTH(c);
    const char *own = c < 0x80 ? fold_ascii((unsigned char)c) : fold_own(c);
    if (own != NULL) {
        end = behind_first;
        if (c == '\r' && end < n->raw.len && n->raw.ptr[end] == '\n') {
            end++;
        }
        put(n, own, strlen(own));
    } else if (count == 1 && c > 0xFF00 && c < 0xFF5F) {
        const char narrow = (char)(c - 0xFEE0);
        put(n, &narrow, 1);
    } else if ((count == 1 && (c < 0x80 || keeps(c) || is_inert(c))) || !nfkc(n, at, end)) {
        put(n, n->raw.ptr + at, behind_first - at);
        end = behind_first;
    }
    return end;
}

/* Replace the cluster at n->at, or copy it when it stays. True: something changed. */
static bool replace(kiji_normalizer *n, kiji_replacement *r)
{
    unsigned count;
    UChar32 c;
    const size_t at = n->at;
    r->raw_at = (uint32_t)at;
    r->norm_at = (uint32_t)n->len;
    const size_t last = cluster_end(n->raw, at, &c, &count);
    const size_t end = put_cluster(n, c, count, last);
    n->at = end;
    r->nraw = (uint32_t)(end - at);
    r->nnorm = (uint32_t)(n->len - r->norm_at);
    if (r->nraw != r->nnorm) {
        return true;
    }
    if (memcmp(n->out + r->norm_at, n->raw.ptr + at, r->nraw) == 0) {
        return false;
    }
    /* One character for one of the same length runs in step: no replacement for the maps. U+FE76 becomes two. */
    return count != 1 || (uint32_t)U8_COUNT_TRAIL_BYTES(n->out[r->norm_at]) + 1 != r->nnorm;
}

bool kiji_normalizer_next(kiji_normalizer *n, kiji_replacement *r)
{
    const unsigned char *raw = (const unsigned char *)n->raw.ptr;
    while (n->at < n->raw.len) {
        size_t stop = kiji_marks_next(n->marks, n->at, n->raw.len);
        if (stop > n->at && stop < n->raw.len && may_combine(raw + stop, n->raw.len - stop)) {
            /* The last character of the run may take the mark: leave it to the cluster. */
            size_t last = stop - 1;
            while (last > n->at && (raw[last] & 0xC0) == 0x80) {
                last--;
            }
            unsigned count;
            UChar32 c;
            (void)cluster_end(n->raw, last, &c, &count);
            stop = count > 1 ? last : stop;
        }
        put(n, n->raw.ptr + n->at, stop - n->at);
        n->at = stop;
        if (stop < n->raw.len && replace(n, r)) {
            return true;
        }
    }
    return false;
}
