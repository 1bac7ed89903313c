/*
 * sentences.c - where a sentence ends:
 *   - behind 。！？ outside brackets, with more of them and with closing brackets without partner behind: …た。」 »
 *   - but not behind ！ or ？ in a name (Yahoo！ニュース) or before と and the like (どうなるのか？と話した)
 *   - behind . between Japanese text and a blank, an opening bracket, Japanese or the end: した．また
 *   - behind 。」 unless the sentence goes on: 「…。」と述べた, 「…。」（同氏）, 「…。」、; it ends in 「…。」
 * しかし、…
 *   - behind （…。） that is a sentence of its own
 *   - at the end of the paragraph.
 */
#include "read/sentences.h"

#include <string.h>

#include "read/marks.h"
#include "read/scan.h"

static void add_sentence(kiji_splitter *s, kiji_sentence sentence)
{
    const char *norm = s->article->text.norm.ptr;
    kiji_range *r = &sentence.range;
    while (r->begin < r->end && kiji_scan_is_blank(norm[r->begin])) {
        r->begin++;
    }
    while (r->end > r->begin && kiji_scan_is_blank(norm[r->end - 1])) {
        r->end--;
    }
    if (r->end > r->begin) {
        KIJI_PUSH(s->arena, &s->article->sentences, sentence);
    }
}

static uint32_t skip_blanks(const char *norm, uint32_t at, uint32_t end)
{
    while (at < end && kiji_scan_is_blank(norm[at])) {
        at++;
    }
    return at;
}

static bool begins_with_any(const char *p, const char *end, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const size_t length = strlen(list[i]);
        if ((size_t)(end - p) >= length && memcmp(p, list[i], length) == 0) {
            return true;
        }
    }
    return false;
}

#define BEGINS_WITH(p, end, list) begins_with_any(p, end, list, sizeof(list) / sizeof *(list))

/* Does the text behind 。」 go on with the sentence: …。」と述べた, …。」は, …。」、? */
static bool goes_on(const char *p, const char *end)
{
    static const char *const links[] = {"と", "な", "は", "が", "を", "に",  "で", "も", "の",   "、",
                                        "。", "だ", "や", "か", "へ", "っ",  "」", "』", "）",   "（",
                                        "―",  "—",  "・", ",",  "/",  "...", "…",  "=",  "より", "ら"};
    /* Words that begin with one of these but open a sentence of their own, the second list only behind a blank. */
    static const char *const openers[] = {"なお",   "なぜ",   "なに",   "ところ", "とはい", "ともあ", "とりわ",
                                          "とにか", "とくに", "にもか", "もっと", "もちろ", "もはや", "もう",
                                          "もし",   "はじめ", "やがて", "やはり", "かつ",   "かれ",   "かな"};
    static const char *const behind_blank[] = {"だが", "だから", "では", "でも", "のち", "が、", "と、", "はい"};
    const bool blank = p < end && *p == ' ';
    while (p < end && *p == ' ') {
        p++;
    }
    return BEGINS_WITH(p, end, links) && !BEGINS_WITH(p, end, openers) && !(blank && BEGINS_WITH(p, end, behind_blank));
}

static bool is_latin(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is_katakana(const char *p)
{
    const uint32_t c = kiji_scan_wide(p);
    return c >= 0xE382A1 && c <= 0xE383BF;
}

/* ！ or ？ at `at` that ends no sentence: Yahoo！ニュース, モー！タン, 危ない！と叫んだ, 誰が？、何を？ */
static bool is_in_name(const char *norm, kiji_range p, uint32_t at)
{
    static const char *const links[] = {"と", "って", "、", "を", "の", "に", "は", "が", "・", "=", "-", ",", "."};
    static const char *const openers[] = {"ところ", "とはい", "ともあ", "とにか", "のち",
                                          "はじめ", "にも",   "はい",   "が、"};
    const char *before = norm + at;
    const char *behind = norm + at + 3;
    const char *end = norm + p.end;
    if (behind < end && at > p.begin && (is_latin(*behind) || is_katakana(behind)) &&
        (is_latin(before[-1]) || (at >= p.begin + 3 && is_katakana(before - 3)))) {
        return true;
    }
    return BEGINS_WITH(behind, end, links) && !BEGINS_WITH(behind, end, openers);
}

/* A full stop written as a point: Japanese before it, a blank, a line end or Japanese behind it. */
static bool is_point_stop(const char *norm, kiji_range p, uint32_t at)
{
    if (at < p.begin + 3 || !kiji_scan_is_word(norm + at - 3)) {
        return false;
    }
    return at + 1 == p.end || norm[at + 1] == ' ' || kiji_scan_wide(norm + at + 1) != 0;
}

/* Bytes of the full stop at `at`, or 0. */
static uint32_t stop_at(const char *norm, kiji_range p, uint32_t at)
{
    if (norm[at] == '.') {
        return is_point_stop(norm, p, at) ? 1 : 0;
    }
    const uint32_t c = kiji_scan_wide(norm + at);
    if (c == KIJI_WIDE_STOP) {
        return 3;
    }
    return (c == KIJI_WIDE_EXCLAIM || c == KIJI_WIDE_QUESTION) && !is_in_name(norm, p, at) ? 3 : 0;
}

static uint32_t closing_at(const char *norm, uint32_t at, uint32_t end)
{
    static const char *const closing[] = {"」", "』", "）", "”", "»"};
    for (size_t i = 0; i < sizeof closing / sizeof closing[0]; i++) {
        const uint32_t n = (uint32_t)strlen(closing[i]);
        if (end - at >= n && memcmp(norm + at, closing[i], n) == 0) {
            return n;
        }
    }
    return 0;
}

/* ？！ and 。 in a row, and closing brackets without partner behind them, belong to the sentence that they end. */
static uint32_t behind_stops(const char *norm, uint32_t at, uint32_t end)
{
    while (at < end) {
        const uint32_t c = kiji_scan_wide(norm + at);
        const uint32_t next = skip_blanks(norm, at, end);
        const uint32_t closing = closing_at(norm, next, end);
        if (c == KIJI_WIDE_STOP || c == KIJI_WIDE_EXCLAIM || c == KIJI_WIDE_QUESTION) {
            at += 3;
        } else if (closing != 0) {
            at = next + closing;
        } else {
            break;
        }
    }
    return at;
}

/* The whole pair that begins at `at`, outermost first; NULL: none. */
static const kiji_bracket *pair_at(kiji_splitter *s, uint32_t at)
{
    const kiji_bracket *items = s->article->brackets.items;
    while (s->bracket < s->article->brackets.count && items[s->bracket].outer.begin < at) {
        s->bracket++;
    }
    if (s->bracket < s->article->brackets.count && items[s->bracket].outer.begin == at) {
        const kiji_bracket *b = &items[s->bracket];
        return b->opened && b->closed ? b : NULL;
    }
    return NULL;
}

/* Whether a sentence that began at `begin` ends behind the pair. */
static bool pair_ends(const char *norm, const kiji_bracket *b, uint32_t begin, uint32_t end)
{
    uint32_t last = b->inner.end;
    while (last > b->inner.begin && kiji_scan_is_blank(norm[last - 1])) {
        last--;
    }
    const uint32_t c = last >= b->inner.begin + 3 ? kiji_scan_wide(norm + last - 3) : 0;
    if (c != KIJI_WIDE_STOP && c != KIJI_WIDE_EXCLAIM && c != KIJI_WIDE_QUESTION) {
        return false;
    }
    const bool alone = skip_blanks(norm, begin, end) == b->outer.begin;
    const bool may = b->kind == KIJI_BRACKET_ROUND ? alone && c == KIJI_WIDE_STOP : b->kind <= KIJI_BRACKET_ENGLISH;
    return may && !goes_on(norm + b->outer.end, norm + end);
}

void kiji_sentences_split(kiji_splitter *s, kiji_range paragraph, uint32_t number, bool headline)
{
    const char *norm = s->article->text.norm.ptr;
    uint32_t begin = paragraph.begin;
    for (uint32_t at = paragraph.begin; at < paragraph.end;) {
        at = (uint32_t)kiji_marks_next(s->marks, at, paragraph.end);
        if (at == paragraph.end) {
            break;
        }
        const kiji_bracket *pair = pair_at(s, at);
        const uint32_t stop = pair == NULL ? stop_at(norm, paragraph, at) : 0;
        if (pair != NULL) {
            at = pair->outer.end;
        } else {
            at += stop != 0 ? stop : 1;
        }
        if (stop != 0 || (pair != NULL && pair_ends(norm, pair, begin, paragraph.end))) {
            at = behind_stops(norm, at, paragraph.end);
            add_sentence(s, (kiji_sentence){{begin, at}, number, headline});
            begin = at;
        }
    }
    add_sentence(s, (kiji_sentence){{begin, paragraph.end}, number, headline});
}
