/*
 * page_tree.h - the elements and texts of an HTML page as one flat list in the order of the page, so that whoever looks
 * at them needs a loop and no recursion. The only room that sees the HTML5 parser.
 */
#ifndef KIJI_READ_PAGE_TREE_H
#define KIJI_READ_PAGE_TREE_H

#include "base/mem.h"

/* What an element is for us: bits. */
enum {
    KIJI_PAGE_BLOCK = 1u << 0,   /* begins and ends a line */
    KIJI_PAGE_NEVER = 1u << 1,   /* holds nothing that is read: scripts, styles, readings of ruby, controls */
    KIJI_PAGE_SIDE = 1u << 2,    /* beside the matter: nav, aside, footer, header, menu */
    KIJI_PAGE_HEADING = 1u << 3, /* h1 … h6 */
    KIJI_PAGE_BREAK = 1u << 4,   /* br, hr */
    KIJI_PAGE_LINK = 1u << 5,    /* a */
    KIJI_PAGE_PRE = 1u << 6,     /* line ends count */
    KIJI_PAGE_BOX = 1u << 7      /* holds paragraphs rather than being one: div, section, article … */
};

typedef struct kiji_page_node {
    const char *name; /* of an element, lower case; NULL: a text */
    kiji_str text;    /* of a text, entities decoded */
    unsigned kind;    /* KIJI_PAGE_… of an element */
    uint32_t parent;  /* index; the first node is its own parent */
    uint32_t end;     /* index behind its last descendant */
    const void *attributes;
} kiji_page_node;

typedef struct kiji_page_tree {
    kiji_page_node *items; /* items[0] is <html> */
    size_t count, capacity;
} kiji_page_tree;

/*
 * Parse a page (valid UTF-8, passed by kiji_page_guard). All memory is from `arena`, whose bail is taken when there is
 * none; `html` is borrowed as long as the tree. Errors: KIJI_ELIMIT: the tree would be out of proportion to the page,
 * takes too long to build, or the parser's own assertions fail over the page; KIJI_EDICT: gumbo cannot be loaded.
 */
kiji_status kiji_page_parse(kiji_page_tree *out, kiji_arena *arena, kiji_str html, kiji_error *err);

/*
 * What the parser gives as text, as valid UTF-8: a reference such as &#x9999B999; overflows there and becomes bytes
 * that are no character. Borrowed where it is valid, else from `arena`, with U+FFFD for each such byte.
 */
kiji_str kiji_page_valid(kiji_arena *arena, const char *text);

/* The value of an attribute, "" where it is empty, NULL where it is absent; borrowed from the tree. */
const char *kiji_page_attribute(const kiji_page_node *node, const char *name);

/* Whether the element is called `name`. */
bool kiji_page_is(const kiji_page_node *node, const char *name);

#endif
