#include "read/page_guard.h"

#include <stdbool.h>
#include <string.h>

#include "base/status.h"

#define DEEPEST         1000u /* elements; news pages nest about thirty */
#define MOST_TAGS       500000u
#define MOST_ATTRIBUTES 500u
#define MOST_SHAPES     5000u /* <path/> ends with itself in a drawing, and nests elsewhere */
#define NAME            16u   /* bytes of a name that are told apart */
#define LOOK_BEHIND     8u    /* an end tag closes at most as many elements that were left open */

typedef struct guard {
    kiji_str html;
    size_t at;
    char open[DEEPEST][NAME]; /* names of the open elements, padded with zero */
    size_t depth;
    size_t tags, shapes;
} guard;

/* A tag as it stands in the text. */
typedef struct tag {
    char name[NAME];
    bool closes, empty;
    size_t attributes;
    size_t end; /* behind > */
} tag;

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names != NULL; names++) {
        if (strcmp(name, *names) == 0) {
            return true;
        }
    }
    return false;
}

/* Elements that have no content, or of which the next one ends the last. */
static bool needs_no_end(const char *name)
{
    static const char *const names[] = {"area",  "base", "br",     "col",   "embed", "hr",     "img",
                                        "input", "link", "meta",   "param", "wbr",   "source", "p",
                                        "li",    "dt",   "track",  "dd",    "tr",    "td",     "th",
                                        "rt",    "rp",   "option", "html",  "head",  "body",   NULL};
    return is_one_of(name, names);
}

static bool holds_raw_text(const char *name)
{
    static const char *const names[] = {"script", "style",   "textarea", "title", "xmp",
                                        "iframe", "noembed", "noframes", NULL};
    return is_one_of(name, names);
}

/* In a drawing or a formula, raw text is markup like any other. */
static bool is_foreign(const guard *g)
{
    for (size_t i = g->depth; i > 0 && g->depth - i < 64; i--) {
        if (strcmp(g->open[i - 1], "svg") == 0 || strcmp(g->open[i - 1], "math") == 0) {
            return true;
        }
    }
    return false;
}

/* What drawings are made of. */
static bool is_shape(guard *g, const tag *t)
{
    static const char *const names[] = {"path",    "rect", "circle", "line",  "polyline", "polygon",
                                        "ellipse", "use",  "stop",   "image", "g",        NULL};
    return t->empty && is_one_of(t->name, names) && g->shapes++ < MOST_SHAPES;
}

/* Read the tag at g->at, a < before a letter or a slash; false: it never ends. */
static bool read_tag(const guard *g, tag *t)
{
    const char *p = g->html.ptr;
    memset(t, 0, sizeof *t);
    size_t at = g->at + 1;
    t->closes = p[at] == '/';
    at += t->closes;
    size_t n = 0;
    for (; at < g->html.len && !is_blank(p[at]) && p[at] != '>' && p[at] != '/'; at++) {
        if (n < NAME - 1) {
            t->name[n++] = lower(p[at]);
        }
    }
    char quote = '\0';
    char last = ' ';
    for (; at < g->html.len && (quote != '\0' || p[at] != '>'); last = p[at++]) {
        if (quote != '\0') {
            quote = p[at] == quote ? '\0' : quote;
        } else if ((p[at] == '"' || p[at] == '\'') && last == '=') {
            quote = p[at];
        } else if (!is_blank(p[at]) && (is_blank(last) || last == '/' || last == '"' || last == '\'')) {
            t->attributes++;
        }
    }
    t->empty = last == '/';
    t->end = at + 1;
    return at < g->html.len;
}

/* Whether the tag nests too deep. */
static bool is_too_deep(guard *g, const tag *t)
{
    if (needs_no_end(t->name) || holds_raw_text(t->name) || is_shape(g, t)) {
        return false;
    }
    if (t->closes) {
        for (size_t i = g->depth; i > 0 && g->depth - i < LOOK_BEHIND; i--) {
            if (memcmp(g->open[i - 1], t->name, NAME) == 0) {
                g->depth = i - 1;
                break;
            }
        }
        return false;
    }
    if (g->depth == DEEPEST) {
        return true;
    }
    memcpy(g->open[g->depth++], t->name, NAME);
    return false;
}

/* Where the raw text at `at` ends: at its end tag, or with the page. */
static size_t raw_end(const guard *g, size_t at, const char *name)
{
    const char *p = g->html.ptr;
    const size_t n = strlen(name);
    for (; at + n + 2 <= g->html.len; at++) {
        const char *next = memchr(p + at, '<', g->html.len - at);
        if (next == NULL || (size_t)(p + g->html.len - next) < n + 2) {
            break;
        }
        at = (size_t)(next - p);
        size_t i = 0;
        while (p[at + 1] == '/' && i < n && lower(p[at + 2 + i]) == name[i]) {
            i++;
        }
        if (i == n) {
            return at;
        }
    }
    return g->html.len;
}

/* Behind the comment at g->at, whose <!-- is there. */
static size_t comment_end(const guard *g)
{
    const char *p = g->html.ptr;
    size_t at = g->at + 4;
    if (at < g->html.len && p[at] == '>') {
        return at + 1;
    }
    for (; at + 3 <= g->html.len; at++) {
        const char *dash = memchr(p + at, '-', g->html.len - at);
        if (dash == NULL || (size_t)(p + g->html.len - dash) < 3) {
            break;
        }
        at = (size_t)(dash - p);
        if (memcmp(dash, "-->", 3) == 0) {
            return at + 3;
        }
    }
    return g->html.len;
}

static kiji_status refuse(const guard *g, const char *what, unsigned most, kiji_error *err)
{
    return kiji_fail(err, KIJI_ELIMIT, NULL, g->at, "more than %u %s", most, what);
}

/* The markup at g->at, a <, and all that it covers. */
static kiji_status pass(guard *g, kiji_error *err)
{
    const kiji_str html = g->html;
    if (html.len - g->at >= 4 && memcmp(html.ptr + g->at, "<!--", 4) == 0) {
        g->at = comment_end(g);
        return KIJI_OK;
    }
    size_t letter = g->at + 1;
    letter += letter < html.len && html.ptr[letter] == '/';
    const char c = letter < html.len ? lower(html.ptr[letter]) : ' ';
    tag t;
    if (c < 'a' || c > 'z') {
        g->at++;
        return KIJI_OK;
    }
    if (!read_tag(g, &t)) {
        g->at = html.len;
        return KIJI_OK;
    }
    if (t.attributes > MOST_ATTRIBUTES) {
        return refuse(g, "attributes in a tag", MOST_ATTRIBUTES, err);
    }
    if (++g->tags > MOST_TAGS) {
        return refuse(g, "tags", MOST_TAGS, err);
    }
    if (is_too_deep(g, &t)) {
        return refuse(g, "elements inside each other", DEEPEST, err);
    }
    g->at = !t.closes && holds_raw_text(t.name) && !is_foreign(g) ? raw_end(g, t.end, t.name) : t.end;
    return KIJI_OK;
}

kiji_status kiji_page_guard(kiji_str html, kiji_error *err)
{
    guard g;
    memset(&g, 0, sizeof g);
    g.html = html;
    kiji_status status = KIJI_OK;
    while (status == KIJI_OK && g.at < html.len) {
        const char *next = memchr(html.ptr + g.at, '<', html.len - g.at);
        g.at = next != NULL ? (size_t)(next - html.ptr) : html.len;
        if (next != NULL) {
            status = pass(&g, err);
        }
    }
    return status;
}
