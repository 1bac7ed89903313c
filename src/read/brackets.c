#include "read/brackets.h"

#include <string.h>

#include "read/marks.h"
#include "read/scan.h"

#define MAX_DEPTH 64

/*
 * Bracket characters of the matching form, a closing one behind its opening one. «» and “” close 「 too: translated
 * copy mixes them.
 */
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
    {"‹", 3, KIJI_BRACKET_ENGLISH, true, false},  {"›", 3, KIJI_BRACKET_ENGLISH, false, true},
    {"〝", 3, KIJI_BRACKET_ENGLISH, true, false}, {"〟", 3, KIJI_BRACKET_ENGLISH, false, true},
    {"（", 3, KIJI_BRACKET_ROUND, true, false},   {"）", 3, KIJI_BRACKET_ROUND, false, true},
    {"【", 3, KIJI_BRACKET_OTHER, true, false},   {"】", 3, KIJI_BRACKET_OTHER, false, true},
    {"［", 3, KIJI_BRACKET_OTHER, true, false},   {"］", 3, KIJI_BRACKET_OTHER, false, true},
    {"〈", 3, KIJI_BRACKET_OTHER, true, false},   {"〉", 3, KIJI_BRACKET_OTHER, false, true},
    {"《", 3, KIJI_BRACKET_OTHER, true, false},   {"》", 3, KIJI_BRACKET_OTHER, false, true},
    {"〔", 3, KIJI_BRACKET_OTHER, true, false},   {"〕", 3, KIJI_BRACKET_OTHER, false, true},
    {"\"", 1, KIJI_BRACKET_ENGLISH, true, true},
};

#define NO_CHARACTER (-1)

/* Which bracket character stands at p. */
static int character_at(const char *p, size_t left)
{
    for (size_t i = 0; i < sizeof characters / sizeof characters[0]; i++) {
        const size_t length = characters[i].length;
        /* the last byte differs most: look at it first */
        if (length <= left && p[length - 1] == characters[i].text[length - 1] &&
            memcmp(p, characters[i].text, length) == 0) {
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
    const uint64_t *marks;
    open_bracket stack[MAX_DEPTH];
    unsigned depth;
    uint32_t closed_until; /* end of the last closing bracket; UINT32_MAX before the first */
} pairing;

static uint32_t next_mark(const pairing *p, uint32_t at, uint32_t end)
{
    return (uint32_t)kiji_marks_next(p->marks, at, end);
}

static bool is_quotation(unsigned kind)
{
    return kind == KIJI_BRACKET_SPEECH || kind == KIJI_BRACKET_ENGLISH;
}

/* Whether `closer` may close `opener`. */
static bool fits(int opener, int closer)
{
    const unsigned a = characters[opener].kind;
    const unsigned b = characters[closer].kind;
    if (characters[opener].closes || characters[closer].opens) {
        return a == b; /* "…", “…", "…” */
    }
    if (is_quotation(a) && is_quotation(b)) {
        return true;
    }
    return a == b && (a != KIJI_BRACKET_OTHER || closer == opener + 1);
}

/*
 * The end of the first 。 behind the opening bracket `index` and before `until`, outside the pairs in between;
 * `otherwise` where there is none.
 */
static uint32_t first_stop(const pairing *p, size_t index, uint32_t until, uint32_t otherwise)
{
    const char *norm = p->article->text.norm.ptr;
    const kiji_bracket *b = &p->article->brackets.items[index];
    const kiji_bracket *last = p->article->brackets.items + p->article->brackets.count;
    uint32_t at = next_mark(p, b->inner.begin, until);
    for (b++; at < until;) {
        if (b < last && b->outer.begin <= at) {
            at = b->closed && b->outer.end > at ? next_mark(p, b->outer.end, until) : at;
            b++;
        } else if (kiji_scan_wide(norm + at) == KIJI_WIDE_STOP) {
            return at + 3;
        } else {
            at = next_mark(p, at + 1, until);
        }
    }
    return otherwise;
}

/*
 * Opening brackets that found no partner, down to `depth`, reach to the end of the sentence behind them and never
 * further than `limit`. The innermost comes first, so that each looks only at what the one before did not see.
 */
static void leave_open(pairing *p, unsigned depth, uint32_t limit)
{
    uint32_t until = limit;
    uint32_t stop = limit;
    while (p->depth > depth) {
        const uint32_t index = p->stack[--p->depth].index;
        kiji_bracket *b = &p->article->brackets.items[index];
        stop = first_stop(p, index, until, stop);
        until = b->outer.begin;
        b->inner.end = stop;
        b->outer.end = stop;
        b->closed = false;
    }
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

/* Whether a closing bracket stands before `at`, blanks aside: a second one (…。」 ») closes nothing more. */
static bool follows_closing(const pairing *p, uint32_t at)
{
    while (at > p->closed_until && kiji_scan_is_blank(p->article->text.norm.ptr[at - 1])) {
        at--;
    }
    return at == p->closed_until;
}

static void close_at(pairing *p, uint32_t at, int character)
{
    const uint32_t end = at + characters[character].length;
    unsigned depth = p->depth;
    while (depth > 0 && !fits(p->stack[depth - 1].character, character)) {
        depth--;
    }
    if (depth == 0) {
        if (!follows_closing(p, at) && characters[character].kind <= KIJI_BRACKET_ENGLISH && p->depth == 0) {
            /* A closing bracket alone: what it closed began at an unknown place. */
            const kiji_bracket b = {
                (kiji_bracket_kind)characters[character].kind, {at, end}, {at, at}, 0, UINT32_MAX, false, true};
            KIJI_PUSH(p->arena, &p->article->brackets, b);
        }
        p->closed_until = end;
        return;
    }
    leave_open(p, depth, at);
    kiji_bracket *b = &p->article->brackets.items[p->stack[--p->depth].index];
    b->inner.end = at;
    b->outer.end = end;
    p->closed_until = end;
}

/* Whether a plain quotation mark closes something, rather than opens it. */
static bool closes_open(const pairing *p, int character)
{
    for (unsigned i = 0; i < p->depth; i++) {
        if (fits(p->stack[i].character, character)) {
            return true;
        }
    }
    return false;
}

/* The pairs come sorted by begin, and nest. */
static void set_parents(kiji_article *article, size_t from)
{
    uint32_t stack[MAX_DEPTH];
    unsigned depth = 0;
    for (size_t i = from; i < article->brackets.count; i++) {
        kiji_bracket *b = &article->brackets.items[i];
        while (depth > 0 && article->brackets.items[stack[depth - 1]].outer.end <= b->outer.begin) {
            depth--;
        }
        b->parent = depth > 0 ? stack[depth - 1] : UINT32_MAX;
        if (depth < MAX_DEPTH) {
            stack[depth++] = (uint32_t)i;
        }
    }
}

void kiji_brackets_pair(kiji_article *article, kiji_arena *arena, const uint64_t *marks, kiji_range paragraph)
{
    const char *norm = article->text.norm.ptr;
    const size_t from = article->brackets.count;
    pairing p;
    memset(&p, 0, sizeof p);
    p.article = article;
    p.arena = arena;
    p.marks = marks;
    p.closed_until = UINT32_MAX;
    for (uint32_t at = next_mark(&p, paragraph.begin, paragraph.end); at < paragraph.end;
         at = next_mark(&p, at, paragraph.end)) {
        const int character = character_at(norm + at, paragraph.end - at);
        if (character == NO_CHARACTER) {
            at++;
            continue;
        }
        const bool both = characters[character].opens && characters[character].closes;
        if (characters[character].opens && !(both && closes_open(&p, character))) {
            open_at(&p, at, character);
        } else {
            close_at(&p, at, character);
        }
        at += characters[character].length;
    }
    leave_open(&p, 0, paragraph.end);
    set_parents(article, from);
}
