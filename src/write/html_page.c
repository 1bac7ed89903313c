/*
 * html_page.c - an article on a page: its words, the quotes below them, people and things beside them.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "write/chain.h"
#include "write/html_text.h"

#define LONGEST_TEASER 60 /* characters of a quote in a list beside the text */

typedef struct page {
    kiji_buf *out;
    const kiji_view *view;
    const kiji_doc *doc;
    kiji_chain quotes; /* of each entity */
    char id[KIJI_HTML_ID];
} page;

static bool chain_quotes(page *p)
{
    if (!kiji_chain_open(&p->quotes, p->doc->n_entities, p->doc->n_quotes)) {
        return false;
    }
    const bool wanted = (p->view->sections & KIJI_SECTION_QUOTES) != 0;
    for (size_t i = wanted ? p->doc->n_quotes : 0; i > 0; i--) {
        if (kiji_view_speaker(p->view, p->doc, &p->doc->quotes[i - 1]) != NULL) {
            kiji_chain_add(&p->quotes, p->doc->quotes[i - 1].speaker, i - 1);
        }
    }
    return true;
}

/* The headline where it is no part of the text, and what is known of the article as a whole. */
static void head(const page *p)
{
    const kiji_doc *doc = p->doc;
    const kiji_headline headline = kiji_spans_headline(doc);
    kiji_buf_puts(p->out, "<p class=\"about\">");
    kiji_html_text(p->out, doc->source);
    if (doc->date.len != 0) {
        kiji_buf_puts(p->out, " · <time datetime=\"");
        kiji_html_text(p->out, doc->date);
        kiji_buf_puts(p->out, "\">");
        kiji_html_text(p->out, doc->date);
        kiji_buf_puts(p->out, "</time>");
    }
    kiji_buf_printf(p->out, " · %lu字</p>\n", (unsigned long)doc->characters);
    if (headline.begin == headline.end) {
        kiji_buf_puts(p->out, "<h2>");
        kiji_html_text(p->out, doc->title.len != 0 ? doc->title : doc->source);
        kiji_buf_puts(p->out, "</h2>\n");
    }
}

static void quote(const page *p, size_t number)
{
    const kiji_quote *q = &p->doc->quotes[number];
    const kiji_entity *e = kiji_view_speaker(p->view, p->doc, q);
    const bool literal = q->kind == KIJI_DIRECT || q->kind == KIJI_PARTIAL;
    kiji_buf_puts(p->out, "<li");
    if (e != NULL) {
        const unsigned long id = (unsigned long)q->speaker + 1;
        kiji_buf_printf(p->out, " data-e=\"%lu\"><a class=\"speaker\" data-e=\"%lu\" href=\"#%s-e%lu\">", id, id, p->id,
                        id);
        kiji_html_text(p->out, e->name);
        kiji_buf_puts(p->out, e->n_offices != 0 ? "</a> " : "</a>");
        kiji_html_offices(p->out, e);
    } else {
        kiji_buf_puts(p->out, "><strong>");
        kiji_html_text(p->out, q->speaker_text.len != 0 ? q->speaker_text : (kiji_str){"（話し手不明）", 21});
        kiji_buf_puts(p->out, "</strong>");
    }
    kiji_buf_printf(p->out, " <span class=\"n\">%s", kiji_html_kind(q->kind));
    const kiji_str facts[] = {q->verb, q->occasion, q->addressee};
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        kiji_buf_puts(p->out, facts[i].len != 0 ? " · " : "");
        kiji_html_text(p->out, facts[i]);
        kiji_buf_puts(p->out, i == 2 && facts[i].len != 0 ? "に" : "");
    }
    kiji_buf_printf(p->out, "</span><blockquote><a href=\"#%s-q%zu\">%s", p->id, number + 1, literal ? "「" : "");
    kiji_html_text(p->out, q->text);
    kiji_buf_printf(p->out, "%s</a></blockquote>", literal ? "」" : "");
    if (p->view->explain && q->why.len != 0) {
        kiji_buf_puts(p->out, "<p class=\"small\">");
        kiji_html_text(p->out, q->why);
        kiji_buf_puts(p->out, "</p>");
    }
    kiji_buf_puts(p->out, "</li>\n");
}

static void quotes(const page *p)
{
    if ((p->view->sections & KIJI_SECTION_QUOTES) == 0 || p->doc->n_quotes == 0) {
        return;
    }
    kiji_buf_printf(p->out, "<section><h3>発言 %zu件</h3>\n", p->doc->n_quotes);
    kiji_buf_puts(p->out, "<p class=\"small status script\" role=\"status\"><span></span>"
                          "<button type=\"button\" hidden>すべて表示</button></p>\n<ol class=\"quotes\">\n");
    for (size_t i = 0; i < p->doc->n_quotes; i++) {
        quote(p, i);
    }
    kiji_buf_puts(p->out, "</ol></section>\n");
}

/* The begin of a quote, cut between characters. */
static kiji_str teaser(kiji_str text, bool *cut)
{
    size_t at = 0;
    size_t left = LONGEST_TEASER;
    while (at < text.len && (left > 0 || ((unsigned char)text.ptr[at] & 0xC0) == 0x80)) {
        left -= ((unsigned char)text.ptr[at] & 0xC0) != 0x80;
        at++;
    }
    *cut = at < text.len;
    return (kiji_str){text.ptr, at};
}

static void said(const page *p, size_t entity)
{
    kiji_buf_printf(p->out, "<details><summary>発言 %zu件</summary><ol>\n", p->quotes.count[entity]);
    for (size_t i = p->quotes.first[entity]; i != KIJI_CHAIN_END; i = p->quotes.next[i]) {
        bool cut = false;
        kiji_buf_printf(p->out, "<li><a href=\"#%s-q%zu\">", p->id, i + 1);
        kiji_html_text(p->out, teaser(p->doc->quotes[i].text, &cut));
        kiji_buf_puts(p->out, cut ? "…</a></li>\n" : "</a></li>\n");
    }
    kiji_buf_puts(p->out, "</ol></details>");
}

/* Classes of the dictionaries in words that people read; others stand as they are. */
static void kind(kiji_buf *out, kiji_str word)
{
    static const char *const words[][2] = {
        {"country", "国"},
        {"capital", "首都"},
        {"city", "都市"},
        {"prefecture", "都道府県"},
        {"municipality", "市町村"},
        {"state", "州"},
        {"region", "地域"},
        {"sea", "海"},
        {"strait", "海峡"},
        {"island", "島"},
        {"mountain", "山"},
        {"river", "川"},
        {"lake", "湖"},
        {"base", "基地"},
        {"airport", "空港"},
        {"nuclear_site", "原子力施設"},
        {"facility", "施設"},
        {"district", "地区"},
        {"continent", "大陸"},
        {"ministry", "省庁"},
        {"agency", "政府機関"},
        {"armed_force", "軍・自衛隊"},
        {"police", "警察"},
        {"court", "裁判所"},
        {"parliament", "議会"},
        {"party", "政党"},
        {"media", "報道機関"},
        {"international", "国際機関"},
        {"company", "企業"},
        {"university", "大学"},
        {"team", "チーム"},
        {"research", "研究機関"},
        {"group", "団体"},
        {"other", ""},
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strlen(words[i][0]) == word.len && memcmp(words[i][0], word.ptr, word.len) == 0) {
            kiji_buf_puts(out, words[i][1]);
            return;
        }
    }
    kiji_html_text(out, word);
}

static void entry(const page *p, size_t entity)
{
    const kiji_entity *e = &p->doc->entities[entity];
    kiji_buf_printf(p->out, "<li id=\"%s-e%zu\" data-e=\"%zu\"><a class=\"tag %s\" data-e=\"%zu\" href=\"#%s-m%zu\">",
                    p->id, entity + 1, entity + 1, kiji_type_name(e->type), entity + 1, p->id, entity + 1);
    kiji_html_text(p->out, e->name);
    kiji_buf_puts(p->out, "</a> ");
    kiji_html_offices(p->out, e);
    kind(p->out, e->kind);
    if (e->n_offices == 0 && e->country[0] != '\0') {
        kiji_buf_puts(p->out, " (");
        kiji_html_text(p->out, (kiji_str){e->country, strlen(e->country)});
        kiji_buf_puts(p->out, ")");
    }
    kiji_buf_printf(p->out, " <span class=\"n\">%zu回</span>", e->n_mentions);
    if (p->quotes.count[entity] != 0) {
        said(p, entity);
    }
    kiji_buf_puts(p->out, "</li>\n");
}

typedef struct ranked {
    size_t entity, n_quotes, n_mentions;
} ranked;

static int by_rank(const void *left, const void *right)
{
    const ranked *a = left;
    const ranked *b = right;
    if (a->n_quotes != b->n_quotes) {
        return a->n_quotes > b->n_quotes ? -1 : 1;
    }
    if (a->n_mentions != b->n_mentions) {
        return a->n_mentions > b->n_mentions ? -1 : 1;
    }
    return a->entity < b->entity ? -1 : 1;
}

/* Who is quoted and named most stands first. */
static void panel(const page *p, ranked *room, kiji_type type)
{
    size_t n = 0;
    for (size_t i = 0; i < p->doc->n_entities; i++) {
        if (p->doc->entities[i].type == type) {
            room[n++] = (ranked){i, p->quotes.count[i], p->doc->entities[i].n_mentions};
        }
    }
    if (n == 0) {
        return;
    }
    qsort(room, n, sizeof *room, by_rank);
    kiji_buf_printf(p->out, "<section><h3 id=\"%s-%s\">%s</h3><ul class=\"plain\">\n", p->id, kiji_type_name(type),
                    kiji_html_type(type));
    for (size_t i = 0; i < n; i++) {
        entry(p, room[i].entity);
    }
    kiji_buf_puts(p->out, "</ul></section>\n");
}

static const kiji_type order[] = {KIJI_MINISTER, KIJI_PERSON, KIJI_PLACE, KIJI_ORGANIZATION, KIJI_WEAPON};
#define TYPES (sizeof order / sizeof order[0])

/* A long list hides what stands below it: links to all lists, which say what the colours mean as well. */
static void lists(const page *p, size_t n_keywords)
{
    size_t count[TYPES] = {0};
    for (size_t i = 0; i < TYPES; i++) {
        for (size_t k = 0; kiji_view_shows(p->view, order[i]) && k < p->doc->n_entities; k++) {
            count[i] += p->doc->entities[k].type == order[i];
        }
    }
    kiji_buf_puts(p->out, "<p class=\"lists\">");
    for (size_t i = 0; i < TYPES; i++) {
        if (count[i] != 0) {
            const char *name = kiji_type_name(order[i]);
            kiji_buf_printf(p->out, "<a class=\"tag %s\" href=\"#%s-%s\">%s %zu</a> ", name, p->id, name,
                            kiji_html_type(order[i]), count[i]);
        }
    }
    if (n_keywords != 0) {
        kiji_buf_printf(p->out, "<a class=\"tag\" href=\"#%s-keywords\">キーワード %zu</a>", p->id, n_keywords);
    }
    kiji_buf_puts(p->out, "</p>\n");
}

static void keywords(const page *p, size_t n)
{
    kiji_buf_printf(p->out, "<section><h3 id=\"%s-keywords\">キーワード</h3><ol>\n", p->id);
    for (size_t i = 0; i < n; i++) {
        kiji_buf_puts(p->out, "<li>");
        kiji_html_text(p->out, p->doc->keywords[i].term);
        kiji_buf_printf(p->out, " <span class=\"n\">%lu回</span></li>\n", (unsigned long)p->doc->keywords[i].count);
    }
    kiji_buf_puts(p->out, "</ol></section>\n");
}

static void panels(const page *p)
{
    const size_t n = (p->view->sections & KIJI_SECTION_KEYWORDS) != 0 ? kiji_view_keywords(p->view, p->doc) : 0;
    ranked *room = kiji_alloc_zero(p->doc->n_entities + 1, sizeof *room);
    if (room == NULL) {
        p->out->failed = true;
        return;
    }
    kiji_buf_puts(p->out, "<aside tabindex=\"0\" aria-label=\"出てくるもの: ");
    kiji_html_text(p->out, p->doc->source);
    kiji_buf_puts(p->out, "\">\n");
    lists(p, n);
    for (size_t i = 0; i < TYPES; i++) {
        if (kiji_view_shows(p->view, order[i])) {
            panel(p, room, order[i]);
        }
    }
    kiji_free(room);
    if (n != 0) {
        keywords(p, n);
    }
    kiji_buf_puts(p->out, "</aside>\n");
}

void kiji_html_article(kiji_buf *out, const kiji_view *view, const kiji_doc *doc)
{
    kiji_view shown = *view;
    kiji_spans spans;
    page p = {.out = out, .view = &shown, .doc = doc};
    shown.types = (view->sections & (KIJI_SECTION_ENTITIES | KIJI_SECTION_MENTIONS)) != 0 ? view->types : 0;
    if (kiji_spans_open(&spans, &shown, doc) && chain_quotes(&p)) {
        kiji_html_id(p.id, doc);
        kiji_buf_printf(out, "<article class=\"doc\" id=\"%s\"><div class=\"columns\"><div class=\"text\">\n", p.id);
        head(&p);
        kiji_html_words(out, &shown, doc, &spans, p.id);
        quotes(&p);
        kiji_buf_puts(out, "</div>\n");
        panels(&p);
        kiji_buf_puts(out, "</div></article>\n");
    } else {
        out->failed = true;
    }
    kiji_chain_close(&p.quotes);
    kiji_spans_close(&spans);
}
