#include "read/text.h"

#include <string.h>

#include "read/normalize.h"

#define BLOCK 64u

/* Characters that begin in a block: bytes other than 10xxxxxx. */
static unsigned count_begins(const char *p)
{
    unsigned char count = 0;
    for (size_t i = 0; i < BLOCK; i++) {
        count = (unsigned char)(count + ((signed char)p[i] > (signed char)0xBF));
    }
    return count;
}

static void count_code_points(kiji_text *text, kiji_arena *arena)
{
    const size_t whole = text->raw.len / BLOCK;
    text->cp_blocks = kiji_arena_alloc(arena, (whole + 1) * sizeof *text->cp_blocks);
    uint32_t count = 0;
    for (size_t block = 0; block < whole; block++) {
        text->cp_blocks[block] = count;
        count += count_begins(text->raw.ptr + block * BLOCK);
    }
    text->cp_blocks[whole] = count;
    for (size_t i = whole * BLOCK; i < text->raw.len; i++) {
        count += (signed char)text->raw.ptr[i] > (signed char)0xBF;
    }
    text->code_points = count;
}

static void add_anchor(kiji_text *text, kiji_arena *arena, kiji_anchor anchor)
{
    kiji_anchor *last = text->anchors.count != 0 ? &text->anchors.items[text->anchors.count - 1] : NULL;
    if (last != NULL && last->norm_at == anchor.norm_at && last->nraw == 0) {
        *last = anchor; /* nothing ran in step between two replaced clusters */
        return;
    }
    /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): a list with room has items, which clang does not see */
    KIJI_PUSH(arena, &text->anchors, anchor);
}

void kiji_text_build(kiji_text *text, kiji_arena *arena, kiji_str raw)
{
    *text = (kiji_text){.raw = raw};
    count_code_points(text, arena);
    kiji_normalizer n;
    kiji_normalizer_init(&n, arena, raw);
    add_anchor(text, arena, (kiji_anchor){0, 0, 0, 0});
    kiji_replacement r;
    while (kiji_normalizer_next(&n, &r)) {
        add_anchor(text, arena, (kiji_anchor){r.norm_at, r.raw_at, r.nnorm, r.nraw});
        add_anchor(text, arena, (kiji_anchor){r.norm_at + r.nnorm, r.raw_at + r.nraw, 0, 0});
    }
    text->norm = kiji_normalizer_finish(&n);
}

static const kiji_anchor *find_anchor(const kiji_text *text, uint32_t norm_at)
{
    size_t low = 0;
    size_t high = text->anchors.count;
    while (high - low > 1) {
        const size_t middle = (low + high) / 2;
        if (text->anchors.items[middle].norm_at <= norm_at) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return &text->anchors.items[low];
}

uint32_t kiji_text_raw_begin(const kiji_text *text, uint32_t norm_at)
{
    const kiji_anchor *a = find_anchor(text, norm_at);
    return a->nraw != 0 && norm_at < a->norm_at + a->nnorm ? a->raw_at : a->raw_at + (norm_at - a->norm_at);
}

uint32_t kiji_text_raw_end(const kiji_text *text, uint32_t norm_at)
{
    if (norm_at == 0) {
        return 0;
    }
    const kiji_anchor *a = find_anchor(text, norm_at - 1);
    return a->nraw != 0 ? a->raw_at + a->nraw : a->raw_at + (norm_at - a->norm_at);
}

uint32_t kiji_text_cp_at(const kiji_text *text, uint32_t raw_at)
{
    uint32_t count = text->cp_blocks[raw_at / BLOCK];
    for (uint32_t i = raw_at / BLOCK * BLOCK; i < raw_at; i++) {
        count += ((signed char)text->raw.ptr[i] > (signed char)0xBF);
    }
    return count;
}

kiji_str kiji_text_slice(const kiji_text *text, kiji_range range)
{
    const uint32_t begin = kiji_text_raw_begin(text, range.begin);
    const uint32_t end = kiji_text_raw_end(text, range.end);
    return (kiji_str){text->raw.ptr + begin, range.end > range.begin && end > begin ? end - begin : 0};
}

kiji_str kiji_text_normalize(kiji_arena *arena, kiji_str raw)
{
    kiji_normalizer n;
    kiji_normalizer_init(&n, arena, raw);
    kiji_replacement r;
    while (kiji_normalizer_next(&n, &r)) {
    }
    return kiji_normalizer_finish(&n);
}
