#include "read/article.h"

#include <string.h>

#include "read/brackets.h"
#include "read/date.h"

#define HEADLINE_LONGEST 120u /* code points */

typedef struct splitter {
    kiji_article *article;
    kiji_arena *arena;
    const char *norm;
    uint32_t paragraph;
    bool headline;
    size_t bracket; /* next bracket to look at */
} splitter;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

static void add_sentence(splitter *s, uint32_t begin, uint32_t end)
{
    while (begin < end && is_blank(s->norm[begin])) {
        begin++;
    }
    while (end > begin && is_blank(s->norm[end - 1])) {
        end--;
    }
    if (end > begin) {
        const kiji_sentence sentence = {{begin, end}, s->paragraph, s->headline};
        KIJI_PUSH(s->arena, &s->article->sentences, sentence);
    }
}

static bool is_stop(const char *p, size_t left)
{
    return left >= 3 && (memcmp(p, "。", 3) == 0 || memcmp(p, "！", 3) == 0 || memcmp(p, "？", 3) == 0);
}

static bool ends_with_stop(const char *norm, kiji_range range)
{
    uint32_t end = range.end;
    while (end > range.begin && is_blank(norm[end - 1])) {
        end--;
    }
    return end >= range.begin + 3 && is_stop(norm + end - 3, 3);
}

/* Does the text behind 。」 go on with the sentence: …。」と述べた, …。」は, …。」、? */
static bool goes_on(const char *p, const char *end)
{
    static const char *const links[] = {"と", "な", "は", "が", "を", "に", "で", "も", "の", "、", "。", "だ",
                                        "や", "か", "へ", "し", "っ", "」", "』", "）", "（", "―",  "—",  ","};
    while (p < end && *p == ' ') {
        p++;
    }
    for (size_t i = 0; i < sizeof links / sizeof links[0]; i++) {
        const size_t n = strlen(links[i]);
        if ((size_t)(end - p) >= n && memcmp(p, links[i], n) == 0) {
            return true;
        }
    }
    return false;
}

/* The end of the outermost pair that begins at `at`, or `at`. */
static uint32_t skip_bracket(splitter *s, uint32_t at, const kiji_bracket **found)
{
    *found = NULL;
    while (s->bracket < s->article->brackets.count && s->article->brackets.items[s->bracket].outer.begin < at) {
        s->bracket++;
    }
    if (s->bracket < s->article->brackets.count) {
        const kiji_bracket *b = &s->article->brackets.items[s->bracket];
        if (b->outer.begin == at && b->opened && b->closed) {
            *found = b;
            return b->outer.end;
        }
    }
    return at;
}

/* ?! and 。 in a row, and closing brackets without partner behind them, belong to the sentence that they end. */
static uint32_t behind_stops(const char *norm, uint32_t at, uint32_t end)
{
    while (at < end) {
        if (is_stop(norm + at, end - at) || (end - at >= 3 && memcmp(norm + at, "」", 3) == 0)) {
            at += 3;
        } else if (end - at >= 2 && memcmp(norm + at, "»", 2) == 0) {
            at += 2;
        } else {
            break;
        }
    }
    return at;
}

static void split_paragraph(splitter *s, kiji_range p)
{
    uint32_t begin = p.begin;
    for (uint32_t at = p.begin; at < p.end;) {
        const kiji_bracket *bracket;
        const uint32_t behind = skip_bracket(s, at, &bracket);
        if (bracket != NULL) {
            at = behind;
            if (bracket->kind <= KIJI_BRACKET_ENGLISH && ends_with_stop(s->norm, bracket->inner) &&
                !goes_on(s->norm + at, s->norm + p.end)) {
                at = behind_stops(s->norm, at, p.end);
                add_sentence(s, begin, at);
                begin = at;
            }
        } else if (is_stop(s->norm + at, p.end - at)) {
            at = behind_stops(s->norm, at + 3, p.end);
            add_sentence(s, begin, at);
            begin = at;
        } else {
            at++;
        }
    }
    add_sentence(s, begin, p.end);
}

static uint32_t code_points(const char *p, const char *end)
{
    uint32_t n = 0;
    for (; p < end; p++) {
        n += ((unsigned char)*p & 0xC0) != 0x80;
    }
    return n;
}

static bool more_text(const char *p, const char *end)
{
    while (p < end && is_blank(*p)) {
        p++;
    }
    return p < end;
}

/* Sentence of each bracket: both lists are in the order of the text. */
static void place_brackets(kiji_article *article)
{
    size_t s = 0;
    for (size_t i = 0; i < article->brackets.count; i++) {
        kiji_bracket *b = &article->brackets.items[i];
        while (s + 1 < article->sentences.count && article->sentences.items[s + 1].range.begin <= b->outer.begin) {
            s++;
        }
        b->sentence = (uint32_t)s;
        if (!b->opened && article->sentences.count != 0) {
            const kiji_range sentence = article->sentences.items[s].range;
            b->inner.begin = sentence.begin < b->inner.end ? sentence.begin : b->inner.end;
        }
    }
}

void kiji_article_build(kiji_article *article, kiji_arena *arena, const char *date)
{
    const kiji_str norm = article->text.norm;
    memset(&article->sentences, 0, sizeof article->sentences);
    memset(&article->brackets, 0, sizeof article->brackets);
    article->title = (kiji_range){0, 0};
    splitter s = {article, arena, norm.ptr, 0, false, 0};
    bool first = true;
    for (uint32_t at = 0; at < norm.len;) {
        const char *newline = memchr(norm.ptr + at, '\n', norm.len - at);
        const uint32_t end = newline != NULL ? (uint32_t)(newline - norm.ptr) : (uint32_t)norm.len;
        if (more_text(norm.ptr + at, norm.ptr + end)) {
            const kiji_range paragraph = {at, end};
            s.headline = first && more_text(norm.ptr + end, norm.ptr + norm.len) &&
                         !(end - at >= 3 && memcmp(norm.ptr + end - 3, "。", 3) == 0) &&
                         code_points(norm.ptr + at, norm.ptr + end) <= HEADLINE_LONGEST;
            kiji_brackets_pair(article, arena, paragraph);
            split_paragraph(&s, paragraph);
            if (s.headline && article->sentences.count != 0) {
                article->title = (kiji_range){article->sentences.items[0].range.begin,
                                              article->sentences.items[article->sentences.count - 1].range.end};
            }
            first = false;
            s.paragraph++;
        }
        at = end + 1;
    }
    place_brackets(article);
    if (date != NULL && kiji_date_valid(date)) {
        memcpy(article->date, date, sizeof article->date);
    } else {
        kiji_date_find(article->date, norm);
    }
}
