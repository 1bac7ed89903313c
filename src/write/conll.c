/*
 * conll.c - CoNLL-2002: morpheme, part of speech, IOB2 label; a blank line behind each sentence, -DOCSTART- before
 * each article (in the words that spaCy's converter looks for). A morpheme is cut where a name begins or ends inside
 * it, so that the labels say exactly what the record says.
 */
#include <unicode/uchar.h>

#include "base/status.h"
#include "base/utf8.h"
#include "write/spans.h"
#include "write/visible.h"

static const char *const labels[KIJI_TYPES] = {
    [KIJI_PERSON] = "PERSON", [KIJI_MINISTER] = "MINISTER",
    [KIJI_PLACE] = "PLACE",   [KIJI_ORGANIZATION] = "ORGANIZATION",
    [KIJI_WEAPON] = "WEAPON",
};

typedef struct rows {
    kiji_buf *out;
    const kiji_doc *doc;
    const kiji_spans *spans;
    size_t next;     /* the first mark that does not end before the place */
    size_t labelled; /* marks that got their B: all below this number */
} rows;

/* A column holds no blank: those inside a word are shown as ␣. */
static void word(kiji_buf *out, kiji_str text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t shown[KIJI_VISIBLE];
        const size_t count = kiji_visible(shown, text, &at);
        for (size_t i = 0; i < count; i++) {
            const uint32_t c = u_isUWhiteSpace((UChar32)shown[i]) ? 0x2423 : shown[i];
            kiji_utf8_put(out, c);
        }
    }
}

static void row(rows *r, const kiji_piece *piece, uint32_t start, uint32_t end, size_t mark)
{
    const size_t begin_at = kiji_spans_byte(r->spans, start);
    const size_t end_at = kiji_spans_byte(r->spans, end);
    word(r->out, (kiji_str){r->spans->text.ptr + begin_at, end_at - begin_at});
    kiji_buf_putc(r->out, ' ');
    kiji_buf_put(r->out, piece->pos.ptr, piece->pos.len);
    if (mark == r->spans->n_marks) {
        kiji_buf_puts(r->out, " O\n");
        return;
    }
    const bool first = mark >= r->labelled;
    r->labelled = mark + 1;
    kiji_buf_printf(r->out, " %s-%s\n", first ? "B" : "I", labels[r->doc->entities[r->spans->marks[mark].entity].type]);
}

/* One morpheme, cut at the edges of names. */
static void rows_of(rows *r, const kiji_piece *piece)
{
    uint32_t at = piece->start;
    while (at < piece->end) {
        while (r->next < r->spans->n_marks && r->spans->marks[r->next].mention->end <= at) {
            r->next++;
        }
        size_t mark = r->spans->n_marks;
        uint32_t to = piece->end;
        if (r->next < r->spans->n_marks) {
            const kiji_mention *m = r->spans->marks[r->next].mention;
            const bool inside = m->start <= at;
            const uint32_t edge = inside ? m->end : m->start;
            mark = inside ? r->next : mark;
            to = edge < to ? edge : to;
        }
        row(r, piece, at, to, mark);
        at = to;
    }
}

static kiji_status write_doc(kiji_buf *out, const kiji_view *view, const kiji_doc *doc, kiji_error *err)
{
    kiji_spans spans;
    const bool good = kiji_spans_open(&spans, view, doc);
    kiji_buf_puts(out, "-DOCSTART- -X- O O\n\n");
    rows r = {.out = out, .doc = doc, .spans = &spans};
    for (size_t i = 0; good && i < doc->n_pieces; i++) {
        const kiji_piece *piece = &doc->pieces[i];
        if (i > 0 && piece->sentence != doc->pieces[i - 1].sentence) {
            kiji_buf_putc(out, '\n');
            r.labelled = r.next; /* a label never goes on from one sentence to the next */
        }
        rows_of(&r, piece);
    }
    kiji_buf_puts(out, doc->n_pieces != 0 ? "\n" : "");
    kiji_spans_close(&spans);
    return good && !out->failed ? KIJI_OK : kiji_fail_memory(err);
}

const kiji_format kiji_format_conll = {
    .name = "conll",
    .summary = "CoNLL-2002: morpheme, part of speech, IOB2 label",
    .sections = KIJI_SECTION_ENTITIES | KIJI_SECTION_MENTIONS | KIJI_SECTION_TOKENS,
    .doc = write_doc,
};
