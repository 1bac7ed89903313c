/* Decoded text -> matching form, maps, headline, paragraphs, sentences, brackets, date. */
#include "fuzz.h"

#include "base/utf8.h"
#include "read/date.h"

static void check_text(const kiji_text *text)
{
    FUZZ_MUST(kiji_utf8_valid(text->norm) && text->norm.ptr[text->norm.len] == '\0');
    FUZZ_MUST(text->anchors.count != 0 && text->anchors.items[0].norm_at == 0);
    FUZZ_MUST(kiji_text_cp_at(text, (uint32_t)text->raw.len) == text->code_points);
    uint32_t last = 0;
    for (uint32_t at = 0; at <= text->norm.len; at++) {
        const uint32_t begin = kiji_text_raw_begin(text, at);
        const uint32_t end = kiji_text_raw_end(text, at);
        FUZZ_MUST(begin <= text->raw.len && end <= text->raw.len && begin >= last);
        last = begin;
    }
}

static void check_sentences(const kiji_article *a)
{
    const kiji_str norm = a->text.norm;
    uint32_t last = 0;
    for (size_t i = 0; i < a->sentences.count; i++) {
        const kiji_sentence *s = &a->sentences.items[i];
        FUZZ_MUST(s->range.begin >= last && s->range.begin < s->range.end && s->range.end <= norm.len);
        FUZZ_MUST(kiji_utf8_valid((kiji_str){norm.ptr + s->range.begin, s->range.end - s->range.begin}));
        FUZZ_MUST(i == 0 || s->paragraph >= a->sentences.items[i - 1].paragraph);
        FUZZ_MUST(kiji_utf8_valid(kiji_text_slice(&a->text, s->range)));
        last = s->range.end;
    }
    FUZZ_MUST(a->title.begin <= a->title.end && a->title.end <= norm.len);
    FUZZ_MUST(a->date[0] == '\0' || kiji_date_valid(a->date));
}

static void check_brackets(const kiji_article *a)
{
    for (size_t i = 0; i < a->brackets.count; i++) {
        const kiji_bracket *b = &a->brackets.items[i];
        /* Behind a closing bracket alone stands what it may close: its outer range is that bracket only. */
        FUZZ_MUST(!b->opened || b->outer.begin <= b->inner.begin);
        FUZZ_MUST(b->inner.begin <= b->inner.end);
        FUZZ_MUST(b->inner.end <= b->outer.end);
        FUZZ_MUST(b->outer.end <= a->text.norm.len && (b->opened || b->closed));
        FUZZ_MUST(i == 0 || a->brackets.items[i - 1].outer.begin <= b->outer.begin);
        FUZZ_MUST(a->sentences.count == 0 || b->sentence < a->sentences.count);
        if (b->parent != UINT32_MAX) {
            FUZZ_MUST(b->parent < i);
            const kiji_bracket *p = &a->brackets.items[b->parent];
            FUZZ_MUST(p->outer.begin <= b->outer.begin && b->outer.end <= p->outer.end);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    kiji_buf clean = KIJI_BUF_INIT;
    kiji_utf8_put_clean(&clean, (kiji_str){(const char *)data, size});
    FUZZ_MUST(!clean.failed);
    char *raw = fuzz_copy((const uint8_t *)clean.ptr, clean.len);
    const size_t len = clean.len;
    kiji_buf_clear(&clean);
    kiji_arena arena;
    kiji_arena_init(&arena);
    jmp_buf bail;
    arena.bail = &bail;
    if (setjmp(bail) == 0) {
        kiji_article article;
        memset(&article, 0, sizeof article);
        kiji_text_build(&article.text, &arena, (kiji_str){raw, len});
        kiji_article_build(&article, &arena, NULL);
        check_text(&article.text);
        check_sentences(&article);
        check_brackets(&article);
        const kiji_str whole = kiji_text_normalize(&arena, (kiji_str){raw, len});
        FUZZ_MUST(whole.len == article.text.norm.len && memcmp(whole.ptr, article.text.norm.ptr, whole.len) == 0);
    }
    kiji_arena_clear(&arena);
    free(raw);
    return 0;
}
