/*
 * page_lines.h - the lines of a page as a reader would see them: texts between the beginnings and ends of blocks,
 * blanks as browsers show them.
 */
#ifndef KIJI_READ_PAGE_LINES_H
#define KIJI_READ_PAGE_LINES_H

#include "read/page_tree.h"

typedef struct kiji_page_line {
    kiji_str text;       /* without blanks at the ends, never empty; in the arena */
    uint32_t node;       /* the first text of the line */
    uint32_t characters; /* blanks left out */
    uint32_t in_links;   /* of these, in links */
    bool heading;        /* in h1 … h6 */
    bool sentence;       /* holds 。, or is long and holds 、 */
} kiji_page_line;

typedef struct kiji_page_lines {
    kiji_page_line *items;
    size_t count, capacity;
} kiji_page_lines;

/*
 * The lines of the subtree of node `from`, in order, without the subtrees whose `leave_out` is set (one flag a node, or
 * NULL) and without what is never read. Linear time; memory from `arena`.
 */
void kiji_page_lines_build(kiji_page_lines *out, kiji_arena *arena, const kiji_page_tree *tree, uint32_t from,
                           const bool *leave_out);

#endif
