#include "write/html_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define DEEPEST 8 /* quotes within quotes that are marked */

typedef struct spoken {
    size_t begin, end; /* bytes */
    size_t after;      /* behind the closing bracket: where the speaker is named */
    size_t quote;      /* index */
} spoken;

typedef struct words {
    kiji_buf *out;
    const kiji_view *view;
    const kiji_doc *doc;
    const kiji_spans *spans;
    const char *id;
    spoken *quotes; /* by begin, the longer first */
    size_t n_quotes;
    size_t next_quote, next_mark;
    const spoken *open[DEEPEST]; /* quotes that the place is in, the innermost last */
    size_t n_open;
    bool *seen; /* entities whose first mark is written */
    bool fresh; /* the innermost quote has not been written yet: its span gets the id */
} words;

static int by_text(const void *left, const void *right)
{
    const spoken *a = left;
    const spoken *b = right;
    if (a->begin != b->begin) {
        return a->begin < b->begin ? -1 : 1;
    }
    if (a->end != b->end) {
        return a->end > b->end ? -1 : 1;
    }
    return a->quote < b->quote ? -1 : 1;
}

/* Behind the closing bracket at a place, where there is one. */
static size_t behind_bracket(kiji_str text, size_t at)
{
    static const char *const closing[] = {"」", "』", "”", "»", "｣", "\""};
    for (size_t i = 0; i < sizeof closing / sizeof closing[0]; i++) {
        const size_t n = strlen(closing[i]);
        if (text.len - at >= n && memcmp(text.ptr + at, closing[i], n) == 0) {
            return at + n;
        }
    }
    return at;
}

static bool sort_quotes(words *w)
{
    const bool wanted = (w->view->sections & KIJI_SECTION_QUOTES) != 0;
    w->quotes = kiji_alloc_zero(w->doc->n_quotes + 1, sizeof *w->quotes);
    w->seen = kiji_alloc_zero(w->doc->n_entities + 1, sizeof *w->seen);
    if (w->quotes == NULL || w->seen == NULL) {
        return false;
    }
    for (size_t i = 0; wanted && i < w->doc->n_quotes; i++) {
        const kiji_quote *q = &w->doc->quotes[i];
        if (q->start < q->end && q->end <= w->spans->n_code_points) {
            const size_t end = kiji_spans_byte(w->spans, q->end);
            w->quotes[w->n_quotes++] =
                (spoken){kiji_spans_byte(w->spans, q->start), end, behind_bracket(w->spans->text, end), i};
        }
    }
    qsort(w->quotes, w->n_quotes, sizeof *w->quotes, by_text);
    return true;
}

static bool ends_line(char c)
{
    return c == '\n' || c == '\r';
}

/* A small label behind a quote: who speaks. */
static void speaker(const words *w, const spoken *s)
{
    const kiji_quote *q = &w->doc->quotes[s->quote];
    const kiji_entity *e = kiji_view_speaker(w->view, w->doc, q);
    if (e == NULL && q->speaker_text.len == 0) {
        return;
    }
    kiji_buf_puts(w->out, "<sup class=\"by\">");
    if (e != NULL) {
        kiji_buf_printf(w->out, "<a href=\"#%s-e%lu\" class=\"speaker\" data-e=\"%lu\">", w->id,
                        (unsigned long)q->speaker + 1, (unsigned long)q->speaker + 1);
    }
    kiji_html_text(w->out, e != NULL ? e->name : q->speaker_text);
    kiji_buf_puts(w->out, e != NULL ? "</a></sup>" : "</sup>");
}

/* Quotes that begin or end at a place. */
static void at_place(words *w, size_t at)
{
    size_t kept = 0;
    for (size_t i = 0; i < w->n_open; i++) {
        if (w->open[i]->after <= at) {
            speaker(w, w->open[i]);
        } else {
            w->open[kept++] = w->open[i];
        }
    }
    w->n_open = kept;
    for (; w->next_quote < w->n_quotes && w->quotes[w->next_quote].begin <= at; w->next_quote++) {
        const spoken *s = &w->quotes[w->next_quote];
        const bool inner =
            w->next_quote + 1 == w->n_quotes || w->quotes[w->next_quote + 1].begin > at; /* the last one here */
        if (w->n_open < DEEPEST) {
            w->open[w->n_open++] = s;
        }
        w->fresh = inner && w->open[w->n_open - 1] == s;
        if (!w->fresh) {
            kiji_buf_printf(w->out, "<span id=\"%s-q%zu\"></span>", w->id, s->quote + 1);
        }
    }
}

/* Where the run that begins at `at` ends: nothing begins, ends or breaks the line inside it. */
static size_t run_end(const words *w, size_t at, size_t limit)
{
    size_t to = limit;
    if (w->next_mark < w->spans->n_marks) {
        const kiji_mark *m = &w->spans->marks[w->next_mark];
        const size_t edge = m->begin <= at ? m->end : m->begin;
        to = edge < to ? edge : to;
    }
    if (w->next_quote < w->n_quotes && w->quotes[w->next_quote].begin < to) {
        to = w->quotes[w->next_quote].begin;
    }
    for (size_t i = 0; i < w->n_open; i++) {
        const size_t edge = w->open[i]->end > at ? w->open[i]->end : w->open[i]->after;
        to = edge < to ? edge : to;
    }
    return to;
}

/* The quote that a place belongs to, or NULL. */
static const spoken *innermost_at(const words *w, size_t at)
{
    for (size_t i = w->n_open; i > 0; i--) {
        if (w->open[i - 1]->end > at) {
            return w->open[i - 1];
        }
    }
    return NULL;
}

static void open_quote(words *w, const spoken *innermost)
{
    kiji_buf_printf(w->out, "<span class=\"q %s\"", kiji_quote_kind_name(w->doc->quotes[innermost->quote].kind));
    if (w->fresh) {
        kiji_buf_printf(w->out, " id=\"%s-q%zu\"", w->id, innermost->quote + 1);
        w->fresh = false;
    }
    kiji_buf_putc(w->out, '>');
}

static void run(words *w, size_t at, size_t to)
{
    const kiji_mark *mark = w->next_mark < w->spans->n_marks ? &w->spans->marks[w->next_mark] : NULL;
    const bool named = mark != NULL && mark->begin <= at;
    const spoken *innermost = innermost_at(w, at);
    if (innermost != NULL) {
        open_quote(w, innermost);
    }
    if (named) {
        const kiji_entity *e = &w->doc->entities[mark->entity];
        const unsigned long number = (unsigned long)mark->entity + 1;
        kiji_buf_puts(w->out, "<a ");
        if (!w->seen[mark->entity]) {
            kiji_buf_printf(w->out, "id=\"%s-m%lu\" ", w->id, number);
            w->seen[mark->entity] = true;
        }
        kiji_buf_printf(w->out, "class=\"m %s\" data-e=\"%lu\" href=\"#%s-e%lu\" title=\"", kiji_type_name(e->type),
                        number, w->id, number);
        kiji_html_text(w->out, e->name);
        kiji_buf_puts(w->out, e->n_offices != 0 ? " " : "");
        kiji_html_offices(w->out, e);
        kiji_buf_puts(w->out, "\">");
    }
    kiji_html_text(w->out, (kiji_str){w->spans->text.ptr + at, to - at});
    kiji_buf_puts(w->out, named ? "</a>" : "");
    kiji_buf_puts(w->out, innermost != NULL ? "</span>" : "");
}

static void paragraph(words *w, size_t begin, size_t end)
{
    for (size_t at = begin; at < end;) {
        at_place(w, at);
        while (w->next_mark < w->spans->n_marks && w->spans->marks[w->next_mark].end <= at) {
            w->next_mark++;
        }
        const size_t to = run_end(w, at, end);
        run(w, at, to);
        at = to;
    }
    at_place(w, end);
}

static bool is_blank(kiji_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.ptr[i] > ' ' && !(text.len - i >= 3 && memcmp(text.ptr + i, "\xE3\x80\x80", 3) == 0)) {
            return false;
        }
        i += (unsigned char)text.ptr[i] > ' ' ? 2 : 0;
    }
    return true;
}

void kiji_html_words(kiji_buf *out, const kiji_view *view, const kiji_doc *doc, const kiji_spans *spans, const char *id)
{
    words w = {.out = out, .view = view, .doc = doc, .spans = spans, .id = id};
    const kiji_str text = spans->text;
    if (!sort_quotes(&w)) {
        out->failed = true;
    }
    const kiji_headline headline = kiji_spans_headline(doc);
    for (size_t at = 0; at < text.len && !out->failed;) {
        size_t end = at;
        while (end < text.len && !ends_line(text.ptr[end])) {
            end++;
        }
        const kiji_str line = {text.ptr + at, end - at};
        if (!is_blank(line)) {
            const bool is_title = headline.end > headline.begin && headline.begin >= at && headline.end <= end;
            kiji_buf_puts(out, is_title ? "<h2>" : "<p>");
            paragraph(&w, at, end);
            kiji_buf_puts(out, is_title ? "</h2>\n" : "</p>\n");
        }
        at = end + 1;
    }
    kiji_free(w.quotes);
    kiji_free(w.seen);
}
