#include "read/page_tree.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/status.h"
#include "base/utf8.h"
#include "read/libgumbo.h"
#include "read/page_assert.h"

#define BLOCK KIJI_PAGE_BLOCK
#define BOX   (KIJI_PAGE_BOX | KIJI_PAGE_BLOCK)
#define SIDE  (KIJI_PAGE_SIDE | KIJI_PAGE_BLOCK)
#define NEVER KIJI_PAGE_NEVER

#define MOST_MEMORY ((size_t)512 * 1024 * 1024) /* and eight times the page: ordinary ones take some ten times */
#define MOST_CPU    5.0                         /* seconds; ordinary pages take 20 ms a megabyte */
#define LOOK_EVERY  4096u                       /* allocations between two looks at the clock */

typedef struct tag_kind {
    const char *name;
    unsigned kind;
} tag_kind;

/* In the order of strcmp. Elements that are not here stand in the line. */
static const tag_kind kinds[] = {
    {"a", KIJI_PAGE_LINK},
    {"address", BLOCK},
    {"article", BOX},
    {"aside", SIDE},
    {"audio", NEVER},
    {"blockquote", BLOCK},
    {"body", BOX},
    {"br", KIJI_PAGE_BREAK},
    {"button", NEVER},
    {"canvas", NEVER},
    {"caption", BLOCK},
    {"center", BOX},
    {"datalist", NEVER},
    {"dd", BLOCK},
    {"details", BOX},
    {"dialog", NEVER},
    {"dir", BLOCK},
    {"div", BOX},
    {"dl", BLOCK},
    {"dt", BLOCK},
    {"embed", NEVER},
    {"fieldset", BOX},
    {"figcaption", BLOCK},
    {"figure", BLOCK},
    {"footer", SIDE},
    {"form", BOX},
    {"frameset", NEVER},
    {"h1", BLOCK | KIJI_PAGE_HEADING},
    {"h2", BLOCK | KIJI_PAGE_HEADING},
    {"h3", BLOCK | KIJI_PAGE_HEADING},
    {"h4", BLOCK | KIJI_PAGE_HEADING},
    {"h5", BLOCK | KIJI_PAGE_HEADING},
    {"h6", BLOCK | KIJI_PAGE_HEADING},
    {"head", NEVER},
    {"header", SIDE},
    {"hgroup", BLOCK},
    {"hr", KIJI_PAGE_BREAK},
    {"html", BOX},
    {"iframe", NEVER},
    {"input", NEVER},
    {"li", BLOCK},
    {"link", NEVER},
    {"main", BOX},
    {"math", NEVER},
    {"menu", SIDE},
    {"meta", NEVER},
    {"nav", SIDE},
    {"noembed", NEVER},
    {"noframes", NEVER},
    {"noscript", NEVER},
    {"object", NEVER},
    {"ol", BLOCK},
    {"option", NEVER},
    {"p", BLOCK},
    {"pre", BLOCK | KIJI_PAGE_PRE},
    {"rp", NEVER},
    {"rt", NEVER},
    {"rtc", NEVER},
    {"script", NEVER},
    {"section", BOX},
    {"select", NEVER},
    {"style", NEVER},
    {"summary", BLOCK},
    {"svg", NEVER},
    {"table", BOX},
    {"tbody", BOX},
    {"td", BOX},
    {"template", NEVER},
    {"textarea", NEVER},
    {"tfoot", BLOCK},
    {"th", BLOCK},
    {"thead", BLOCK},
    {"title", NEVER},
    {"tr", BOX},
    {"ul", BLOCK},
    {"video", NEVER},
};

/* The parser's allocations are the only places where we come in while it works. */
enum { NO_MEMORY = 1, ASSERTION = 2, TOO_MUCH = 3 }; /* the first is the arena's bail, the second page_assert.h's */

typedef struct parsing {
    kiji_arena *arena;
    jmp_buf stop;     /* every way out of the parser */
    jmp_buf *bail;    /* that of the arena, as it was */
    size_t most_used; /* of the arena */
    double cpu_end;
    unsigned allocations;
} parsing;

static int compare(const void *name, const void *kind)
{
    return strcmp(name, ((const tag_kind *)kind)->name);
}

static unsigned kind_of(const char *name)
{
    const tag_kind *found = bsearch(name, kinds, sizeof kinds / sizeof kinds[0], sizeof kinds[0], compare);
    return found != NULL ? found->kind : 0;
}

/* Seconds that this thread has worked: what others do on the machine must not fail a page. */
static double cpu_seconds(void)
{
    struct timespec now = {0, 0};
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void *allocate(void *context, size_t nbytes)
{
    parsing *p = context;
    const bool look = ++p->allocations % LOOK_EVERY == 0;
    if (p->arena->used > p->most_used || nbytes > p->most_used || (look && cpu_seconds() > p->cpu_end)) {
        longjmp(p->stop, TOO_MUCH);
    }
    return kiji_arena_alloc(p->arena, nbytes);
}

/* The arena frees all at once. */
static void forget(void *context, void *piece)
{
    (void)context;
    (void)piece;
}

kiji_str kiji_page_valid(kiji_arena *arena, const char *text)
{
    const kiji_str s = {text, strlen(text)};
    if (kiji_utf8_valid(s)) {
        return s;
    }
    char *out = kiji_arena_alloc(arena, s.len * KIJI_UTF8_CLEAN + 1);
    const size_t n = kiji_utf8_clean(out, s);
    out[n] = '\0';
    return (kiji_str){out, n};
}

static bool is_element(const GumboNode *node)
{
    return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}

static void add(kiji_page_tree *tree, kiji_arena *arena, const GumboNode *node, uint32_t parent)
{
    kiji_page_node made = {.parent = parent, .end = (uint32_t)tree->count + 1};
    if (is_element(node)) {
        made.name = gumbo_normalized_tagname(node->v.element.tag);
        made.name = made.name[0] != '\0' ? made.name : "unknown";
        made.kind = node->v.element.tag == GUMBO_TAG_UNKNOWN ? BOX : kind_of(made.name);
        made.attributes = &node->v.element.attributes;
    } else if (node->type != GUMBO_NODE_COMMENT) {
        made.text = kiji_page_valid(arena, node->v.text.text);
    }
    KIJI_PUSH(arena, tree, made);
}

static void flatten(kiji_page_tree *out, kiji_arena *arena, const GumboNode *root)
{
    const GumboNode *node = root;
    uint32_t parent = 0;
    add(out, arena, node, 0);
    while (true) {
        const GumboVector *children = is_element(node) ? &node->v.element.children : NULL;
        if (children != NULL && children->length != 0) {
            parent = (uint32_t)out->count - 1;
            node = children->data[0];
        } else {
            /* Up to the next element that has a child left. */
            while (node != root && node->index_within_parent + 1 >= node->parent->v.element.children.length) {
                node = node->parent;
                out->items[parent].end = (uint32_t)out->count;
                parent = out->items[parent].parent;
            }
            if (node == root) {
                out->items[0].end = (uint32_t)out->count;
                return;
            }
            node = node->parent->v.element.children.data[node->index_within_parent + 1];
        }
        add(out, arena, node, parent);
    }
}

/* The parser is left: nothing comes to p->stop any more. */
static void leave(const parsing *p)
{
    p->arena->bail = p->bail;
    kiji_page_assert_stop(NULL);
}

static kiji_status stopped(const parsing *p, int why, kiji_error *err)
{
    leave(p);
    if (why == NO_MEMORY && p->bail != NULL) {
        longjmp(*p->bail, 1);
    }
    return kiji_fail(err, KIJI_ELIMIT, NULL, KIJI_NO_OFFSET,
                     why == ASSERTION ? "markup that the HTML parser cannot follow"
                                      : "the markup makes far more of the page than there is");
}

kiji_status kiji_page_parse(kiji_page_tree *out, kiji_arena *arena, kiji_str html, kiji_error *err)
{
    *out = (kiji_page_tree){NULL, 0, 0};
    const kiji_status status = kiji_libgumbo_load(err);
    if (status != KIJI_OK) {
        return status;
    }
    parsing *p = kiji_arena_zero(arena, 1, sizeof *p);
    p->arena = arena;
    p->bail = arena->bail;
    p->most_used = arena->used + MOST_MEMORY + 8 * html.len;
    p->cpu_end = cpu_seconds() + MOST_CPU;
    const int why = setjmp(p->stop);
    if (why != 0) {
        return stopped(p, why, err);
    }
    arena->bail = &p->stop;
    kiji_page_assert_stop(&p->stop);
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = allocate;
    options.deallocator = forget;
    options.userdata = p;
    options.max_errors = 0;
    /* The output is not destroyed: it is arena memory, and the parser would walk down its tree by recursion. */
    const GumboOutput *output = gumbo_parse_with_options(&options, html.ptr, html.len);
    leave(p);
    flatten(out, arena, output->root);
    return KIJI_OK;
}

const char *kiji_page_attribute(const kiji_page_node *node, const char *name)
{
    const GumboAttribute *found = node->attributes != NULL ? gumbo_get_attribute(node->attributes, name) : NULL;
    return found != NULL ? found->value : NULL;
}

bool kiji_page_is(const kiji_page_node *node, const char *name)
{
    return node->name != NULL && strcmp(node->name, name) == 0;
}
