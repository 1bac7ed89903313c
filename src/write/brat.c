/*
 * brat.c - brat's standoff annotations (.ann) over the decoded text (.txt): names, quotes with their speakers, the
 * mentions of one entity as equivalent, offices as attributes and notes. data/brat holds the configuration.
 *
 *   T1 Minister 5 8 木原稔      T2 Quote 16 25 …      R1 Speaker Arg1:T2 Arg2:T1      A1 Kind T2 direct
 */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/status.h"
#include "base/utf8.h"
#include "write/chain.h"
#include "write/folder.h"
#include "write/spans.h"

static const char *const type_names[KIJI_TYPES] = {
    [KIJI_PERSON] = "Person", [KIJI_MINISTER] = "Minister",
    [KIJI_PLACE] = "Place",   [KIJI_ORGANIZATION] = "Organization",
    [KIJI_WEAPON] = "Weapon",
};

typedef struct notes {
    kiji_buf *out;
    const kiji_view *view;
    const kiji_doc *doc;
    const kiji_spans *spans;
    kiji_chain chain; /* the marks with text of each entity */
    size_t *now;      /* of each entity: the mark that spoke last */
    size_t n_attributes, n_relations, n_notes;
} notes;

/* What brat (Python's splitlines) takes for the end of a line or of a column. */
static bool ends_fragment(uint32_t c)
{
    return c < 0x20 || c == 0x7F || (c >= 0x80 && c < 0xA0) || c == 0x2028 || c == 0x2029;
}

typedef struct fragment {
    size_t begin, end;    /* bytes */
    uint32_t start, stop; /* code points */
} fragment;

/* What is left of a span: bytes, and the code point of the first one. */
typedef struct stretch {
    size_t begin, end;
    uint32_t start;
} stretch;

/* The next fragment without line ends and without blanks at its edges; *left moves behind it. False: none. */
static bool next_fragment(fragment *out, kiji_str text, stretch *left)
{
    bool open = false;
    while (left->begin < left->end) {
        uint32_t c = 0xFFFD;
        const size_t length = kiji_utf8_get(text, left->begin, &c);
        if (ends_fragment(c) && open) {
            return true;
        }
        if (!ends_fragment(c) && c != ' ' && c != 0x3000) {
            if (!open) {
                out->begin = left->begin;
                out->start = left->start;
            }
            open = true;
            out->end = left->begin + (length != 0 ? length : 1);
            out->stop = left->start + 1;
        }
        left->begin += length != 0 ? length : 1;
        left->start++;
    }
    return open;
}

/* "T3\tPlace 4 6;8 9\t東京 都\n"; false, and nothing written, for a span without a visible character. */
static bool text_bound(const notes *n, size_t id, const char *type, stretch span)
{
    fragment f;
    const kiji_str text = n->spans->text;
    stretch left = span;
    if (!next_fragment(&f, text, &left)) {
        return false;
    }
    kiji_buf_printf(n->out, "T%zu\t%s %lu %lu", id, type, (unsigned long)f.start, (unsigned long)f.stop);
    while (next_fragment(&f, text, &left)) {
        kiji_buf_printf(n->out, ";%lu %lu", (unsigned long)f.start, (unsigned long)f.stop);
    }
    char before = '\t';
    while (next_fragment(&f, text, &span)) {
        kiji_buf_putc(n->out, before);
        kiji_buf_put(n->out, text.ptr + f.begin, f.end - f.begin);
        before = ' ';
    }
    kiji_buf_putc(n->out, '\n');
    return true;
}

/* A value in a line of its own format: line ends and tabs are blanks. */
static void value(kiji_buf *out, kiji_str s)
{
    for (size_t at = 0; at < s.len;) {
        uint32_t c = 0;
        const size_t length = kiji_utf8_get(s, at, &c);
        if (length == 0) {
            kiji_buf_puts(out, "\xEF\xBF\xBD");
        } else if (ends_fragment(c)) {
            kiji_buf_putc(out, ' ');
        } else {
            kiji_buf_put(out, s.ptr + at, length);
        }
        at += length != 0 ? length : 1;
    }
}

static void begin_note(notes *n, size_t id)
{
    kiji_buf_printf(n->out, "#%zu\tAnnotatorNotes T%zu\t", ++n->n_notes, id);
}

static void part(kiji_buf *out, bool *first, const char *name, kiji_str s)
{
    if (s.len != 0) {
        kiji_buf_puts(out, *first ? "" : "; ");
        kiji_buf_puts(out, name);
        value(out, s);
        *first = false;
    }
}

/* At its first mention: "防衛大臣 (JP, current); person/kihara-minoru". */
static void about_entity(notes *n, size_t id, const kiji_entity *e)
{
    bool first = true;
    if (e->n_offices != 0) {
        kiji_buf_printf(n->out, "A%zu\tOffice T%zu %s\n", ++n->n_attributes, id,
                        kiji_office_status_name(e->offices[0].status));
    }
    begin_note(n, id);
    part(n->out, &first, "", e->name);
    for (size_t i = 0; i < e->n_offices; i++) {
        const kiji_office *o = &e->offices[i];
        part(n->out, &first, "", o->title);
        kiji_buf_printf(n->out, " (%s%s%s)", o->country, o->country[0] != '\0' ? ", " : "",
                        kiji_office_status_name(o->status));
    }
    part(n->out, &first, "", e->kind);
    part(n->out, &first, "country ", (kiji_str){e->country, e->country[0] != '\0' ? 2 : 0});
    part(n->out, &first, "key ", e->key);
    kiji_buf_putc(n->out, '\n');
}

/* Blank names (there are none unless a dictionary is odd) have no T line, and nothing may refer to them. */
static bool has_text(const notes *n, const kiji_mark *m)
{
    fragment f;
    stretch span = {m->begin, m->end, 0};
    return next_fragment(&f, n->spans->text, &span);
}

/* False: out of memory. */
static bool chain_marks(notes *n)
{
    n->now = kiji_alloc_zero(n->doc->n_entities + 1, sizeof *n->now);
    if (n->now == NULL || !kiji_chain_open(&n->chain, n->doc->n_entities, n->spans->n_marks)) {
        return false;
    }
    for (size_t i = n->spans->n_marks; i > 0; i--) {
        if (has_text(n, &n->spans->marks[i - 1])) {
            kiji_chain_add(&n->chain, n->spans->marks[i - 1].entity, i - 1);
        }
    }
    memcpy(n->now, n->chain.first, n->doc->n_entities * sizeof *n->now);
    return true;
}

/* "*\tSame T1 T5 T9" */
static void equivalents(const notes *n, size_t first)
{
    if (n->chain.next[first] == KIJI_CHAIN_END) {
        return;
    }
    kiji_buf_puts(n->out, "*\tSame");
    for (size_t i = first; i != KIJI_CHAIN_END; i = n->chain.next[i]) {
        kiji_buf_printf(n->out, " T%zu", i + 1);
    }
    kiji_buf_putc(n->out, '\n');
}

/* The mention that speaks: the last one of the entity before the quote, else its first one; or KIJI_CHAIN_END. */
static size_t speaking_mark(notes *n, const kiji_quote *q)
{
    const kiji_mark *marks = n->spans->marks;
    size_t at = n->now[q->speaker];
    if (at != KIJI_CHAIN_END && marks[at].mention->start >= q->start) {
        at = n->chain.first[q->speaker]; /* quotes come in the order of the text, or nearly so */
    }
    while (at != KIJI_CHAIN_END && n->chain.next[at] != KIJI_CHAIN_END &&
           marks[n->chain.next[at]].mention->start < q->start) {
        at = n->chain.next[at];
    }
    n->now[q->speaker] = at;
    return at;
}

static void quote(notes *n, const kiji_quote *q, size_t id)
{
    const stretch span = {kiji_spans_byte(n->spans, q->start), kiji_spans_byte(n->spans, q->end), q->start};
    if (!text_bound(n, id, "Quote", span)) {
        return;
    }
    kiji_buf_printf(n->out, "A%zu\tKind T%zu %s\n", ++n->n_attributes, id, kiji_quote_kind_name(q->kind));
    const size_t mark = kiji_view_speaker(n->view, n->doc, q) != NULL ? speaking_mark(n, q) : KIJI_CHAIN_END;
    if (mark != KIJI_CHAIN_END) {
        kiji_buf_printf(n->out, "R%zu\tSpeaker Arg1:T%zu Arg2:T%zu\n", ++n->n_relations, id, mark + 1);
    }
    if (q->speaker_text.len + q->verb.len + q->addressee.len + q->occasion.len != 0) {
        bool first = true;
        begin_note(n, id);
        part(n->out, &first, "speaker ", q->speaker_text);
        part(n->out, &first, "verb ", q->verb);
        part(n->out, &first, "addressee ", q->addressee);
        part(n->out, &first, "occasion ", q->occasion);
        kiji_buf_putc(n->out, '\n');
    }
}

static void names_and_quotes(notes *n)
{
    const kiji_spans *spans = n->spans;
    for (size_t i = 0; i < spans->n_marks; i++) {
        const kiji_mark *m = &spans->marks[i];
        const kiji_entity *e = &n->doc->entities[m->entity];
        (void)text_bound(n, i + 1, type_names[e->type], (stretch){m->begin, m->end, m->mention->start});
        if (n->chain.first[m->entity] == i) {
            about_entity(n, i + 1, e);
            equivalents(n, i);
        }
    }
    for (size_t i = 0; (n->view->sections & KIJI_SECTION_QUOTES) != 0 && i < n->doc->n_quotes; i++) {
        quote(n, &n->doc->quotes[i], spans->n_marks + i + 1);
    }
}

static kiji_status write_doc(kiji_buf *out, const kiji_view *view, const kiji_doc *doc, kiji_error *err)
{
    kiji_spans spans;
    kiji_view shown = *view;
    shown.types = (view->sections & (KIJI_SECTION_ENTITIES | KIJI_SECTION_MENTIONS)) != 0 ? view->types : 0;
    notes n = {.out = out, .view = &shown, .doc = doc, .spans = &spans};
    const bool good = kiji_spans_open(&spans, &shown, doc) && chain_marks(&n);
    if (good) {
        names_and_quotes(&n);
    }
    kiji_free(n.now);
    kiji_chain_close(&n.chain);
    kiji_spans_close(&spans);
    return good && !out->failed ? KIJI_OK : kiji_fail_memory(err);
}

/* In a folder: NAME.txt and NAME.ann. */
static kiji_status pack(kiji_buf *out, const kiji_view *view, const kiji_doc *doc, kiji_error *err)
{
    kiji_buf ann = KIJI_BUF_INIT;
    const kiji_status status = write_doc(&ann, view, doc, err);
    kiji_parcel_put(out, doc->source);
    kiji_parcel_put(out, doc->text);
    kiji_parcel_put(out, (kiji_str){ann.ptr, ann.len});
    kiji_buf_clear(&ann);
    return status == KIJI_OK && out->failed ? kiji_fail_memory(err) : status;
}

static void *open_names(void)
{
    return kiji_alloc_zero(1, sizeof(kiji_names));
}

static kiji_status take(void *state, kiji_str parcel, const kiji_files *files, kiji_error *err)
{
    char base[KIJI_NAME_SIZE];
    char file[KIJI_NAME_SIZE + 8];
    if (!kiji_names_give(base, state, kiji_parcel_take(&parcel))) {
        return kiji_fail_memory(err);
    }
    (void)snprintf(file, sizeof file, "%s.txt", base);
    const kiji_status status = files->put(files->to, file, kiji_parcel_take(&parcel), err);
    (void)snprintf(file, sizeof file, "%s.ann", base);
    return status == KIJI_OK ? files->put(files->to, file, kiji_parcel_take(&parcel), err) : status;
}

static kiji_status close_names(void *state, const kiji_files *files, kiji_error *err)
{
    (void)state;
    (void)files;
    (void)err;
    return KIJI_OK;
}

static void free_names(void *state)
{
    if (state != NULL) {
        kiji_names_clear(state);
        kiji_free(state);
    }
}

static const kiji_folder folder = {0, pack, open_names, take, close_names, free_names};

const kiji_format kiji_format_brat = {
    .name = "brat",
    .summary = "brat standoff: annotations over the decoded text",
    .alone = true,
    .doc = write_doc,
    .folder = &folder,
};
