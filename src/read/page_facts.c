#include "read/page_facts.h"

#include <string.h>
#include <strings.h>

#include "read/page_lines.h"
#include "read/stamp.h"

#define LONGEST_TITLE ((size_t)1200) /* bytes: 400 kanji */
#define MOST_HEADINGS 16u            /* h1 of a page that are looked at */

static kiji_str str_of(const char *text)
{
    return (kiji_str){text != NULL ? text : "", text != NULL ? strlen(text) : 0};
}

/* --- headline ---------------------------------------------------------------------------------------------------- */

/* Without blanks at the ends, each run of them one; "" where it is longer than any headline. */
static kiji_str one_line(kiji_arena *arena, kiji_str s)
{
    char *out = kiji_arena_alloc(arena, s.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        /* NOLINTNEXTLINE(bugprone-not-null-terminated-result): bytes of a set, no string */
        const bool blank = memchr(" \t\r\n\f", s.ptr[i], 5) != NULL;
        if (!blank) {
            out[n++] = s.ptr[i];
        } else if (n != 0 && out[n - 1] != ' ') {
            out[n++] = ' ';
        }
    }
    n -= n != 0 && out[n - 1] == ' ';
    out[n] = '\0';
    return (kiji_str){out, n <= LONGEST_TITLE ? n : 0};
}

/* Bytes of a blank, also a wide one, at `at`; 0: none. */
static size_t blank_at(kiji_str s, size_t at)
{
    const bool wide = s.len - at >= 3 && memcmp(s.ptr + at, "\xE3\x80\x80", 3) == 0;
    return s.ptr[at] == ' ' ? 1 : wide ? 3 : 0;
}

/* Whether `part` stands in `s` from `at` on, whatever the blanks. */
static bool stands_at(kiji_str s, size_t at, kiji_str part)
{
    for (size_t i = 0; i < part.len;) {
        const size_t blank = blank_at(part, i);
        if (blank != 0) {
            i += blank;
        } else if (at < s.len && blank_at(s, at) != 0) {
            at += blank_at(s, at);
        } else if (at < s.len && s.ptr[at] == part.ptr[i]) {
            at++;
            i++;
        } else {
            return false;
        }
    }
    return true;
}

static bool holds(kiji_str s, kiji_str part)
{
    for (size_t i = 0; part.len != 0 && i < s.len; i++) {
        if (stands_at(s, i, part)) {
            return true;
        }
    }
    return false;
}

/* The text of <title>: its only child. */
static kiji_str text_in(kiji_arena *arena, const kiji_page_tree *tree, uint32_t index)
{
    const bool has_text = index + 1 < tree->items[index].end && tree->items[index + 1].name == NULL;
    return one_line(arena, has_text ? tree->items[index + 1].text : (kiji_str){"", 0});
}

/* "見出し｜新聞社" -> "見出し" */
static kiji_str without_site(kiji_str title)
{
    static const char *const marks[] = {"｜", " | ", "|", " - ", " – ", " — "};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        const size_t n = strlen(marks[i]);
        for (size_t at = 1; at + n <= title.len; at++) {
            if (memcmp(title.ptr + at, marks[i], n) == 0) {
                return (kiji_str){title.ptr, at};
            }
        }
    }
    return title;
}

/* What the page was found to say. */
typedef struct titles {
    kiji_str head;  /* <title> */
    kiji_str graph; /* og:title */
    uint32_t headings[MOST_HEADINGS];
    size_t n_headings;
} titles;

static void take_title(titles *t, kiji_arena *arena, const kiji_page_tree *tree, uint32_t index)
{
    const kiji_page_node *node = &tree->items[index];
    if (kiji_page_is(node, "h1") && t->n_headings < MOST_HEADINGS) {
        t->headings[t->n_headings++] = index;
    } else if (kiji_page_is(node, "title") && t->head.len == 0 && kiji_page_is(&tree->items[node->parent], "head")) {
        t->head = text_in(arena, tree, index);
    } else if (kiji_page_is(node, "meta") && t->graph.len == 0) {
        const char *property = kiji_page_attribute(node, "property");
        if (property != NULL && strcasecmp(property, "og:title") == 0) {
            const char *content = kiji_page_attribute(node, "content");
            t->graph = content != NULL ? one_line(arena, kiji_page_valid(arena, content)) : t->graph;
        }
    }
}

/* An h1 as one line, and whether all of it is a link, as the names of sites are. */
static kiji_str heading_text(kiji_arena *arena, const kiji_page_tree *tree, uint32_t index, bool *linked)
{
    kiji_page_lines lines;
    kiji_page_lines_build(&lines, arena, tree, index, NULL);
    size_t nbytes = 0;
    *linked = true;
    for (size_t i = 0; i < lines.count; i++) {
        nbytes += lines.items[i].text.len + 1;
        *linked &= lines.items[i].in_links == lines.items[i].characters;
    }
    char *text = kiji_arena_alloc(arena, nbytes + 1);
    size_t n = 0;
    for (size_t i = 0; i < lines.count; i++) {
        memcpy(text + n, lines.items[i].text.ptr, lines.items[i].text.len);
        n += lines.items[i].text.len;
        text[n++] = ' ';
    }
    return one_line(arena, (kiji_str){text, n});
}

static void choose_title(kiji_page_facts *out, kiji_arena *arena, const kiji_page_tree *tree, const titles *t)
{
    const kiji_str stripped = without_site(t->head);
    out->title = t->graph.len != 0 ? without_site(t->graph) : (kiji_str){"", 0};
    for (size_t i = t->n_headings; i > 0; i--) {
        bool linked = false;
        const kiji_str text = heading_text(arena, tree, t->headings[i - 1], &linked);
        const bool agrees = holds(t->graph, text) || holds(stripped, text) || holds(text, without_site(t->graph)) ||
                            holds(text, stripped);
        if (agrees || (out->title.len == 0 && !linked)) {
            out->title = text.len != 0 ? text : out->title;
            out->headline = text.len != 0 ? t->headings[i - 1] : out->headline;
        }
        if (agrees) {
            return;
        }
    }
    if (out->title.len == 0) {
        out->title = stripped;
    }
}

/* --- day --------------------------------------------------------------------------------------------------------- */

static bool is_publication(const char *name)
{
    static const char *const names[] = {"article:published_time",
                                        "og:article:published_time",
                                        "datePublished",
                                        "pubdate",
                                        "publishdate",
                                        "date",
                                        "DC.date",
                                        "DC.date.issued",
                                        "dcterms.created"};
    for (size_t i = 0; name != NULL && i < sizeof names / sizeof names[0]; i++) {
        if (strcasecmp(name, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* "datePublished": "2024-07-28T09:00:00+09:00" in JSON-LD, which need not be parsed for that. */
static bool date_in_json(char out[11], kiji_str json)
{
    static const char key[] = "\"datePublished\"";
    for (size_t i = 0; i + sizeof key <= json.len; i++) {
        const char *at = memchr(json.ptr + i, '"', json.len - i);
        if (at == NULL) {
            return false;
        }
        i = (size_t)(at - json.ptr);
        if (json.len - i < sizeof key || memcmp(at, key, sizeof key - 1) != 0) {
            continue;
        }
        const char *end = json.ptr + json.len;
        at += sizeof key - 1;
        /* NOLINTNEXTLINE(bugprone-not-null-terminated-result): bytes of a set, no string */
        while (at < end && memchr(" \t\r\n:", *at, 5) != NULL) {
            at++;
        }
        const char *close = at < end && *at == '"' ? memchr(at + 1, '"', (size_t)(end - at - 1)) : NULL;
        if (close != NULL && kiji_stamp_day(out, (kiji_str){at + 1, (size_t)(close - at - 1)})) {
            return true;
        }
    }
    return false;
}

/* How good a source of the day the node is, smaller is better; its day goes to `out`. 0: none. */
static int date_of(char out[11], const kiji_page_tree *tree, uint32_t index)
{
    const kiji_page_node *node = &tree->items[index];
    const char *property = kiji_page_attribute(node, "itemprop");
    const char *content = kiji_page_attribute(node, "content");
    if (kiji_page_is(node, "meta")) {
        const bool named = is_publication(kiji_page_attribute(node, "property")) ||
                           is_publication(kiji_page_attribute(node, "name")) || is_publication(property);
        return named && kiji_stamp_day(out, str_of(content)) ? 1 : 0;
    }
    if (kiji_page_is(node, "script")) {
        const char *type = kiji_page_attribute(node, "type");
        const bool linked = type != NULL && strcasecmp(type, "application/ld+json") == 0;
        return linked && index + 1 < node->end && date_in_json(out, tree->items[index + 1].text) ? 2 : 0;
    }
    const char *time = kiji_page_attribute(node, "datetime");
    if (property != NULL && is_publication(property)) {
        return kiji_stamp_day(out, str_of(time != NULL ? time : content)) ? 3 : 0;
    }
    return kiji_page_is(node, "time") && kiji_stamp_day(out, str_of(time)) ? 4 : 0;
}

void kiji_page_facts_find(kiji_page_facts *out, kiji_arena *arena, const kiji_page_tree *tree, bool whole)
{
    titles t;
    memset(&t, 0, sizeof t);
    *out = (kiji_page_facts){.title = {"", 0}};
    int best = 5;
    for (uint32_t i = 0; i < tree->count; i++) {
        if (tree->items[i].name == NULL) {
            continue;
        }
        take_title(&t, arena, tree, i);
        char date[11];
        const int rank = date_of(date, tree, i);
        if (rank != 0 && rank < best) {
            best = rank;
            memcpy(out->date, date, sizeof date);
        }
    }
    if (whole && t.n_headings != 0) {
        bool ignored = false;
        out->headline = t.headings[0];
        out->title = heading_text(arena, tree, out->headline, &ignored);
    } else {
        choose_title(out, arena, tree, &t);
    }
}
