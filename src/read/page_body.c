#include "read/page_body.h"

#include <string.h>

/* Up to each node, to have the sum of any subtree at once. */
typedef struct sums {
    uint32_t weight; /* characters of sentences outside links */
    uint32_t lines;  /* that weigh something */
} sums;

static uint32_t weight_of(const kiji_page_line *line)
{
    const bool counts = line->sentence && !line->heading && line->in_links * 2 <= line->characters;
    return counts ? line->characters - line->in_links : 0;
}

static sums *add_up(kiji_arena *arena, const kiji_page_tree *tree, const kiji_page_lines *lines)
{
    sums *s = kiji_arena_zero(arena, tree->count + 1, sizeof *s);
    size_t line = 0;
    for (size_t i = 0; i < tree->count; i++) {
        s[i + 1] = s[i];
        for (; line < lines->count && lines->items[line].node == i; line++) {
            const uint32_t weight = weight_of(&lines->items[line]);
            s[i + 1].weight += weight;
            s[i + 1].lines += weight != 0;
        }
    }
    return s;
}

static bool is_declared(const kiji_page_node *node)
{
    const char *property = kiji_page_attribute(node, "itemprop");
    return property != NULL && strcmp(property, "articleBody") == 0;
}

/* The child to go on with, or 0: `at` is the block. */
static uint32_t heaviest_child(const kiji_page_tree *tree, const sums *s, uint32_t at)
{
    const uint32_t all = s[tree->items[at].end].weight - s[at].weight;
    for (uint32_t i = at + 1; i < tree->items[at].end; i = tree->items[i].end) {
        const kiji_page_node *node = &tree->items[i];
        const uint32_t weight = s[node->end].weight - s[i].weight;
        if ((uint64_t)weight * 2 > all) {
            const bool several = s[node->end].lines - s[i].lines > 1 || weight == all;
            return (node->kind & KIJI_PAGE_BOX) != 0 && several ? i : 0;
        }
    }
    return 0;
}

static uint32_t find_block(const kiji_page_tree *tree, const sums *s)
{
    uint32_t at = 0;
    while (!is_declared(&tree->items[at])) {
        const uint32_t child = heaviest_child(tree, s, at);
        if (child == 0) {
            break;
        }
        at = child;
    }
    return at;
}

static bool is_alike(const kiji_page_node *a, const kiji_page_node *b)
{
    if (a->name == NULL || b->name == NULL || strcmp(a->name, b->name) != 0) {
        return false;
    }
    const char *one = kiji_page_attribute(a, "class");
    const char *other = kiji_page_attribute(b, "class");
    return strcmp(one != NULL ? one : "", other != NULL ? other : "") == 0;
}

/* Flags of nodes whose sentences belong to the block although they stand beside it. */
static bool *mark_siblings(kiji_arena *arena, const kiji_page_tree *tree, uint32_t block)
{
    bool *marked = kiji_arena_zero(arena, tree->count, sizeof *marked);
    const kiji_page_node *node = &tree->items[block];
    if (block == 0 || kiji_page_is(node, "td") || kiji_page_is(node, "article")) {
        return marked; /* other columns and other articles are not more of this one */
    }
    for (uint32_t i = node->parent + 1; i < tree->items[node->parent].end; i = tree->items[i].end) {
        if (i != block && is_alike(&tree->items[i], node)) {
            memset(marked + i, true, tree->items[i].end - i);
        }
    }
    return marked;
}

/* Headings in front of nothing, or of a list of links that was left out. */
static void drop_bare_headings(bool *taken, const kiji_page_lines *lines)
{
    for (size_t i = lines->count; i > 0; i--) {
        if (lines->items[i - 1].heading) {
            taken[i - 1] &= i < lines->count && taken[i];
        }
    }
}

size_t kiji_page_body(bool **out, kiji_arena *arena, const kiji_page_tree *tree, const kiji_page_lines *lines,
                      uint32_t headline)
{
    const sums *s = add_up(arena, tree, lines);
    bool *taken = kiji_arena_zero(arena, lines->count, sizeof *taken);
    *out = taken;
    if (s[tree->count].weight == 0) {
        return lines->count;
    }
    const uint32_t block = find_block(tree, s);
    const bool *siblings = mark_siblings(arena, tree, block);
    for (size_t i = 0; i < lines->count; i++) {
        const kiji_page_line *line = &lines->items[i];
        if (line->node >= block && line->node < tree->items[block].end) {
            taken[i] = line->in_links * 2 <= line->characters;
        } else if (weight_of(line) != 0) {
            taken[i] = siblings[line->node] || (headline != 0 && line->node > headline && line->node < block);
        }
    }
    drop_bare_headings(taken, lines);
    size_t first = 0;
    while (first < lines->count && !taken[first]) {
        first++;
    }
    return first;
}
