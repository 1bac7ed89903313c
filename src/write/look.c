/*
 * look.c - the article for people: names in colours (or in marks), who they are, what was said, keywords.
 */
#include "write/look.h"

#include <string.h>

#include "base/status.h"
#include "write/spans.h"

/* Marks of the types where there are no colours; the list below the article says what they mean. */
static const char *const type_marks[KIJI_TYPES] = {
    [KIJI_PERSON] = "人", [KIJI_MINISTER] = "閣", [KIJI_PLACE] = "地", [KIJI_ORGANIZATION] = "組", [KIJI_WEAPON] = "兵",
};

static kiji_style style_of(kiji_type type)
{
    return (kiji_style)(KIJI_STYLE_PERSON + (int)type);
}

static void office(kiji_screen *screen, const kiji_office *shown)
{
    if (shown->status != KIJI_CURRENT) {
        kiji_screen_puts(screen, kiji_office_status_name(shown->status), KIJI_PLAIN);
        kiji_screen_puts(screen, " ", KIJI_PLAIN);
    }
    kiji_screen_put(screen, shown->title, KIJI_PLAIN);
}

void kiji_look_person(kiji_screen *screen, const kiji_entity *entity)
{
    const char *separator = " (";
    kiji_screen_put(screen, entity->name, style_of(entity->type));
    for (size_t i = 0; i < entity->n_offices; i++) {
        kiji_screen_puts(screen, separator, KIJI_PLAIN);
        office(screen, &entity->offices[i]);
        separator = ", ";
    }
    if (entity->kind.len != 0) {
        kiji_screen_puts(screen, separator, KIJI_PLAIN);
        kiji_screen_put(screen, entity->kind, KIJI_PLAIN);
        separator = ", ";
    }
    if (entity->country[0] != '\0') {
        kiji_screen_puts(screen, separator, KIJI_PLAIN);
        kiji_screen_puts(screen, entity->country, KIJI_PLAIN);
        separator = ", ";
    }
    kiji_screen_puts(screen, separator[0] == ',' ? ")" : "", KIJI_PLAIN);
}

static void fact(kiji_screen *screen, const char *before, kiji_str value)
{
    if (value.len != 0) {
        kiji_screen_puts(screen, before, KIJI_FAINT);
        kiji_screen_put(screen, value, KIJI_PLAIN);
    }
}

void kiji_look_quote(kiji_screen *screen, const kiji_view *view, const kiji_doc *doc, const kiji_quote *quote,
                     size_t indent)
{
    const kiji_entity *speaker = kiji_view_speaker(view, doc, quote);
    const bool literal = quote->kind == KIJI_DIRECT || quote->kind == KIJI_PARTIAL;
    screen->indent = indent;
    if (speaker != NULL) {
        kiji_look_person(screen, speaker);
    } else if (quote->speaker_text.len != 0) {
        kiji_screen_put(screen, quote->speaker_text, KIJI_STRONG);
    } else {
        kiji_screen_puts(screen, "?", KIJI_STRONG);
    }
    kiji_screen_puts(screen, " · ", KIJI_FAINT);
    kiji_screen_puts(screen, kiji_quote_kind_name(quote->kind), KIJI_FAINT);
    fact(screen, " · ", quote->verb);
    fact(screen, " · at ", quote->occasion);
    fact(screen, " · to ", quote->addressee);
    kiji_screen_line(screen, indent + 2);
    kiji_screen_puts(screen, literal ? "「" : "", KIJI_PLAIN);
    kiji_screen_put(screen, quote->text, KIJI_PLAIN);
    kiji_screen_puts(screen, literal ? "」" : "", KIJI_PLAIN);
    if (view->explain && quote->why.len != 0) {
        kiji_screen_line(screen, indent + 2);
        kiji_screen_put(screen, quote->why, KIJI_FAINT);
    }
    kiji_screen_line(screen, 0);
}

void kiji_look_source(kiji_screen *screen, const kiji_doc *doc, bool with_title)
{
    screen->indent = 0;
    kiji_screen_put(screen, doc->source, KIJI_FAINT);
    if (doc->date.len != 0) {
        kiji_screen_puts(screen, " · ", KIJI_FAINT);
        kiji_screen_put(screen, doc->date, KIJI_FAINT);
    }
    if (with_title && doc->title.len != 0) {
        kiji_screen_puts(screen, " · ", KIJI_FAINT);
        kiji_screen_put(screen, doc->title, KIJI_STRONG);
    }
    kiji_screen_line(screen, 0);
}

static void name_in_text(kiji_screen *screen, kiji_type type, kiji_str name)
{
    if (!screen->colour) {
        kiji_screen_puts(screen, "[", KIJI_PLAIN);
        kiji_screen_puts(screen, type_marks[type], KIJI_PLAIN);
        kiji_screen_puts(screen, ":", KIJI_PLAIN);
    }
    kiji_screen_put(screen, name, style_of(type));
    kiji_screen_puts(screen, screen->colour ? "" : "]", KIJI_PLAIN);
}

static bool ends_line(char c)
{
    return c == '\n' || c == '\r';
}

/* Text between names, with its lines. */
static void plain_text(kiji_screen *screen, kiji_str text, kiji_style style)
{
    size_t begin = 0;
    for (size_t at = 0; at < text.len; at++) {
        if (ends_line(text.ptr[at])) {
            kiji_screen_put(screen, (kiji_str){text.ptr + begin, at - begin}, style);
            kiji_screen_line(screen, 0);
            at += text.ptr[at] == '\r' && at + 1 < text.len && text.ptr[at + 1] == '\n';
            begin = at + 1;
        }
    }
    kiji_screen_put(screen, (kiji_str){text.ptr + begin, text.len - begin}, style);
}

static void body(kiji_screen *screen, const kiji_spans *spans, const kiji_doc *doc, size_t headline)
{
    size_t length = spans->text.len;
    size_t at = 0;
    while (length > 0 && (ends_line(spans->text.ptr[length - 1]) || spans->text.ptr[length - 1] == ' ')) {
        length--;
    }
    for (size_t i = 0; at < length; i++) {
        const kiji_mark *mark = i < spans->n_marks && spans->marks[i].end <= length ? &spans->marks[i] : NULL;
        const size_t to = mark != NULL ? mark->begin : length;
        const size_t strong = at < headline ? (headline < to ? headline : to) : at;
        plain_text(screen, (kiji_str){spans->text.ptr + at, strong - at}, KIJI_STRONG);
        plain_text(screen, (kiji_str){spans->text.ptr + strong, to - strong}, KIJI_PLAIN);
        at = to;
        if (mark != NULL) {
            name_in_text(screen, doc->entities[mark->entity].type,
                         (kiji_str){spans->text.ptr + mark->begin, mark->end - mark->begin});
            at = mark->end;
        }
    }
    kiji_screen_line(screen, 0);
}

/* "閣 minister: …, …": also what the marks and colours in the article mean. */
static void names_of(kiji_screen *screen, const kiji_doc *doc, kiji_type type)
{
    bool first = true;
    for (size_t i = 0; i < doc->n_entities; i++) {
        const kiji_entity *e = &doc->entities[i];
        if (e->type != type) {
            continue;
        }
        if (first) {
            kiji_screen_line(screen, 0);
            kiji_screen_puts(screen, type_marks[type], style_of(type));
            kiji_screen_puts(screen, " ", KIJI_PLAIN);
            kiji_screen_puts(screen, kiji_type_name(type), KIJI_STRONG);
            kiji_screen_puts(screen, ": ", KIJI_PLAIN);
            screen->indent = 3;
        } else {
            kiji_screen_puts(screen, "; ", KIJI_PLAIN);
        }
        first = false;
        kiji_look_person(screen, e);
        if (e->n_mentions > 1) {
            kiji_buf count = KIJI_BUF_INIT;
            kiji_buf_printf(&count, " ×%zu", e->n_mentions);
            kiji_screen_put(screen, (kiji_str){count.ptr, count.len}, KIJI_FAINT);
            screen->out->failed |= count.failed;
            kiji_buf_clear(&count);
        }
    }
}

static void names(kiji_screen *screen, const kiji_view *view, const kiji_doc *doc)
{
    static const kiji_type order[] = {KIJI_MINISTER, KIJI_PERSON, KIJI_PLACE, KIJI_ORGANIZATION, KIJI_WEAPON};
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        if (kiji_view_shows(view, order[i])) {
            names_of(screen, doc, order[i]);
        }
    }
    kiji_screen_line(screen, 0);
}

static void quotes(kiji_screen *screen, const kiji_view *view, const kiji_doc *doc)
{
    kiji_screen_line(screen, 0);
    kiji_screen_puts(screen, "quotes", KIJI_STRONG);
    kiji_screen_line(screen, 0);
    for (size_t i = 0; i < doc->n_quotes; i++) {
        kiji_look_quote(screen, view, doc, &doc->quotes[i], 2);
    }
}

static void keywords(kiji_screen *screen, const kiji_view *view, const kiji_doc *doc)
{
    kiji_screen_line(screen, 0);
    kiji_screen_puts(screen, "keywords", KIJI_STRONG);
    for (size_t i = 0; i < kiji_view_keywords(view, doc); i++) {
        kiji_screen_puts(screen, i == 0 ? ": " : ", ", KIJI_PLAIN);
        kiji_screen_put(screen, doc->keywords[i].term, KIJI_PLAIN);
        screen->indent = 2;
    }
    kiji_screen_line(screen, 0);
}

static kiji_status write_doc(kiji_buf *out, const kiji_view *view, const kiji_doc *doc, kiji_error *err)
{
    const unsigned of_names = KIJI_SECTION_ENTITIES | KIJI_SECTION_MENTIONS;
    kiji_view shown = *view;
    kiji_spans spans;
    kiji_screen screen;
    shown.types = (view->sections & of_names) != 0 ? view->types : 0;
    const bool good = kiji_spans_open(&spans, &shown, doc);
    if (good) {
        const kiji_headline headline = kiji_spans_headline(doc);
        const bool apart = headline.begin == headline.end;
        kiji_screen_init(&screen, out, view->width, view->colour);
        kiji_look_source(&screen, doc, apart);
        kiji_screen_line(&screen, 0);
        body(&screen, &spans, doc, apart ? 0 : headline.end);
        if (shown.types != 0 && doc->n_entities != 0) {
            names(&screen, view, doc);
        }
        if ((view->sections & KIJI_SECTION_QUOTES) != 0 && doc->n_quotes != 0) {
            quotes(&screen, view, doc);
        }
        if ((view->sections & KIJI_SECTION_KEYWORDS) != 0 && kiji_view_keywords(view, doc) != 0) {
            keywords(&screen, view, doc);
        }
        kiji_screen_line(&screen, 0);
    }
    kiji_spans_close(&spans);
    return good && !out->failed ? KIJI_OK : kiji_fail_memory(err);
}

const kiji_format kiji_format_text = {
    .name = "text",
    .summary = "the article to look at: names marked, quotes, keywords",
    .screen = true,
    .doc = write_doc,
};
