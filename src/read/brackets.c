#include "read/brackets.h"

#include <stdlib.h>
#include <string.h>

#define MAX_DEPTH 64

/* Bracket characters of the matching form. «» and “” close 「 too: translated copy mixes them. */
static const struct {
    const char *text;
    unsigned char length;
    unsigned char kind;
    bool opens, closes;
} characters[] = {
    {"「", 3, KIJI_BRACKET_SPEECH, true, false},  {"」", 3, KIJI_BRACKET_SPEECH, false, true},
    {"『", 3, KIJI_BRACKET_DOUBLE, true, false},  {"』", 3, KIJI_BRACKET_DOUBLE, false, true},
    {"“", 3, KIJI_BRACKET_ENGLISH, true, false},  {"”", 3, KIJI_BRACKET_ENGLISH, false, true},
    {"«", 2, KIJI_BRACKET_ENGLISH, true, false},  {"»", 2, KIJI_BRACKET_ENGLISH, false, true},
    {"〝", 3, KIJI_BRACKET_ENGLISH, true, false}, {"〟", 3, KIJI_BRACKET_ENGLISH, false, true},
    {"\"", 1, KIJI_BRACKET_ENGLISH, true, true},  {"（", 3, KIJI_BRACKET_ROUND, true, false},
    {"）", 3, KIJI_BRACKET_ROUND, false, true},   {"【", 3, KIJI_BRACKET_OTHER, true, false},
    {"】", 3, KIJI_BRACKET_OTHER, false, true},   {"［", 3, KIJI_BRACKET_OTHER, true, false},
    {"］", 3, KIJI_BRACKET_OTHER, false, true},   {"〈", 3, KIJI_BRACKET_OTHER, true, false},
    {"〉", 3, KIJI_BRACKET_OTHER, false, true},   {"《", 3, KIJI_BRACKET_OTHER, true, false},
    {"》", 3, KIJI_BRACKET_OTHER, false, true},   {"〔", 3, KIJI_BRACKET_OTHER, true, false},
    {"〕", 3, KIJI_BRACKET_OTHER, false, true},
};

#define NO_CHARACTER (-1)

/* Which bracket character stands at p; only four lead bytes need a look. */
static int character_at(const char *p, size_t left)
{
    const unsigned char lead = (unsigned char)*p;
    if (lead != 0xE3 && lead != 0xEF && lead != 0xE2 && lead != 0xC2 && lead != '"') {
        return NO_CHARACTER;
    }
    for (size_t i = 0; i < sizeof characters / sizeof characters[0]; i++) {
        if (characters[i].length <= left && memcmp(p, characters[i].text, characters[i].length) == 0) {
            return (int)i;
        }
    }
    return NO_CHARACTER;
}

typedef struct open_bracket {
    uint32_t at;
    int character;
    uint32_t index; /* in article->brackets */
} open_bracket;

typedef struct pairing {
    kiji_article *article;
    kiji_arena *arena;
    kiji_range paragraph;
    open_bracket stack[MAX_DEPTH];
    unsigned depth;
    uint32_t closed_until; /* end of the last closing bracket */
} pairing;

static bool fits(int opener, int closer)
{
    const unsigned a = characters[opener].kind;
    const unsigned b = characters[closer].kind;
    if (a == KIJI_BRACKET_SPEECH || a == KIJI_BRACKET_ENGLISH) {
        if (b == KIJI_BRACKET_SPEECH || b == KIJI_BRACKET_ENGLISH) {
            /* plain quotation marks close only their own */
            return (*characters[opener].text == '"') == (*characters[closer].text == '"');
        }
    }
    return a == b && (a != KIJI_BRACKET_OTHER || closer == opener + 1);
}

static uint32_t first_stop(const char *norm, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i + 3 <= end; i++) {
        if (memcmp(norm + i, "。", 3) == 0) {
            return i + 3;
        }
    }
    return end;
}

/* An opening bracket without a partner reaches to the end of the sentence behind it, never further. */
static void leave_open(const pairing *p, const open_bracket *o)
{
    kiji_bracket *b = &p->article->brackets.items[o->index];
    const uint32_t end = first_stop(p->article->text.norm.ptr, b->inner.begin, p->paragraph.end);
    b->inner.end = end;
    b->outer.end = end;
    b->closed = false;
}

static void open_at(pairing *p, uint32_t at, int character)
{
    if (p->depth == MAX_DEPTH) {
        return;
    }
    const uint32_t inner = at + characters[character].length;
    const kiji_bracket b = {
        (kiji_bracket_kind)characters[character].kind, {at, inner}, {inner, inner}, 0, UINT32_MAX, true, true};
    p->stack[p->depth++] = (open_bracket){at, character, (uint32_t)p->article->brackets.count};
    KIJI_PUSH(p->arena, &p->article->brackets, b);
}

static void close_at(pairing *p, uint32_t at, int character)
{
    const uint32_t end = at + characters[character].length;
    unsigned depth = p->depth;
    while (depth > 0 && !fits(p->stack[depth - 1].character, character)) {
        depth--;
    }
    if (depth == 0) {
        if (p->closed_until != at && characters[character].kind <= KIJI_BRACKET_ENGLISH && p->depth == 0) {
            /* A closing bracket alone: what it closed began at an unknown place. */
            const kiji_bracket b = {
                (kiji_bracket_kind)characters[character].kind, {at, end}, {at, at}, 0, UINT32_MAX, false, true};
            KIJI_PUSH(p->arena, &p->article->brackets, b);
        }
        p->closed_until = end;
        return;
    }
    while (p->depth > depth) {
        leave_open(p, &p->stack[--p->depth]);
    }
    kiji_bracket *b = &p->article->brackets.items[p->stack[--p->depth].index];
    b->inner.end = at;
    b->outer.end = end;
    p->closed_until = end;
}

static bool is_open(const pairing *p, int character)
{
    for (unsigned i = 0; i < p->depth; i++) {
        if (p->stack[i].character == character) {
            return true;
        }
    }
    return false;
}

/* Parents: the pairs come sorted by begin and nest, but for broken ones, which are cut to their parent's end. */
static void set_parents(kiji_article *article, size_t from)
{
    uint32_t stack[MAX_DEPTH + 1];
    unsigned depth = 0;
    for (size_t i = from; i < article->brackets.count; i++) {
        kiji_bracket *b = &article->brackets.items[i];
        while (depth > 0 && article->brackets.items[stack[depth - 1]].outer.end <= b->outer.begin) {
            depth--;
        }
        if (depth > 0) {
            const kiji_bracket *parent = &article->brackets.items[stack[depth - 1]];
            b->parent = stack[depth - 1];
            if (b->outer.end > parent->inner.end) {
                b->outer.end = parent->inner.end > b->inner.begin ? parent->inner.end : b->inner.begin;
                b->inner.end = b->inner.end < b->outer.end ? b->inner.end : b->outer.end;
            }
        }
        if (depth <= MAX_DEPTH) {
            stack[depth < MAX_DEPTH ? depth++ : MAX_DEPTH] = (uint32_t)i;
        }
    }
}

void kiji_brackets_pair(kiji_article *article, kiji_arena *arena, kiji_range paragraph)
{
    const char *norm = article->text.norm.ptr;
    const size_t from = article->brackets.count;
    pairing p;
    memset(&p, 0, sizeof p);
    p.article = article;
    p.arena = arena;
    p.paragraph = paragraph;
    p.closed_until = UINT32_MAX;
    for (uint32_t at = paragraph.begin; at < paragraph.end; at++) {
        const int character = character_at(norm + at, paragraph.end - at);
        if (character == NO_CHARACTER) {
            continue;
        }
        const bool both = characters[character].opens && characters[character].closes;
        if (characters[character].opens && !(both && is_open(&p, character))) {
            open_at(&p, at, character);
        } else {
            close_at(&p, at, character);
        }
        at += characters[character].length - 1u;
    }
    while (p.depth > 0) {
        leave_open(&p, &p.stack[--p.depth]);
    }
    set_parents(article, from);
}
