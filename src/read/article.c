#include "read/article.h"

#include <string.h>

#include "read/brackets.h"
#include "read/date.h"
#include "read/marks.h"
#include "read/scan.h"
#include "read/sentences.h"

#define HEADLINE_LONGEST 120u /* code points */

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
    while (p < end && kiji_scan_is_blank(*p)) {
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

/* Brackets and full stops begin with E3 80 88 … 9F, E2 80, EF BC/BD, C2 AB/BB, '"' or '.'; 。 is E3 80 82. */
static void flag_marks(unsigned char *restrict out, const unsigned char *restrict p)
{
    for (size_t i = 0; i < KIJI_MARKS_BLOCK; i++) {
        const unsigned char a = p[i];
        const unsigned char b = p[i + 1];
        const unsigned char c = p[i + 2];
        const unsigned char row = (a == 0xE3) & (b == 0x80) & (c != 0x81);
        const unsigned char wide = (a == 0xEF) | ((a == 0xE2) & (b == 0x80));
        const unsigned char narrow = (a == '"') | (a == '.') | ((a == 0xC2) & ((b == 0xAB) | (b == 0xBB)));
        out[i] = row | wide | narrow;
    }
}

/* The first line is the headline when more follows, and it is short and no sentence. */
static bool is_headline(kiji_str norm, kiji_range line)
{
    uint32_t end = line.end;
    while (end > line.begin && kiji_scan_is_blank(norm.ptr[end - 1])) {
        end--;
    }
    return !(end - line.begin >= 3 && kiji_scan_wide(norm.ptr + end - 3) == KIJI_WIDE_STOP) &&
           more_text(norm.ptr + line.end, norm.ptr + norm.len) &&
           code_points(norm.ptr + line.begin, norm.ptr + end) <= HEADLINE_LONGEST;
}

static void add_line(kiji_splitter *s, kiji_range line, uint32_t number)
{
    kiji_article *article = s->article;
    const bool headline = number == 0 && is_headline(article->text.norm, line);
    kiji_brackets_pair(article, s->arena, s->marks, line);
    kiji_sentences_split(s, line, number, headline);
    if (headline) {
        const kiji_sentence *items = article->sentences.items;
        article->title = (kiji_range){items[0].range.begin, items[article->sentences.count - 1].range.end};
    }
}

void kiji_article_build(kiji_article *article, kiji_arena *arena, const char *date)
{
    const kiji_str norm = article->text.norm;
    memset(&article->sentences, 0, sizeof article->sentences);
    memset(&article->brackets, 0, sizeof article->brackets);
    article->title = (kiji_range){0, 0};
    kiji_splitter splitter = {article, arena, kiji_marks_find(arena, norm, flag_marks), 0};
    uint32_t paragraphs = 0;
    for (uint32_t at = 0; at < norm.len;) {
        const char *newline = memchr(norm.ptr + at, '\n', norm.len - at);
        const uint32_t end = newline != NULL ? (uint32_t)(newline - norm.ptr) : (uint32_t)norm.len;
        if (more_text(norm.ptr + at, norm.ptr + end)) {
            add_line(&splitter, (kiji_range){at, end}, paragraphs++);
        }
        at = end + 1;
    }
    place_brackets(article);
    if (date != NULL && kiji_date_valid(date)) {
        memcpy(article->date, date, sizeof article->date);
    } else {
        kiji_date_find(article->date, arena, norm);
    }
}
