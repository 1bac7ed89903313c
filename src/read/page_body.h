/*
 * page_body.h - the main text of a page: the densest block of paragraphs.
 */
#ifndef KIJI_READ_PAGE_BODY_H
#define KIJI_READ_PAGE_BODY_H

#include "read/page_lines.h"

/*
 * Say of each line of `lines` (the page without its sides) whether it is of the main text: out[i], in `arena`. From the
 * body down, the element is entered that holds more than half of the sentences (lines in links do not count), as long
 * as it holds paragraphs and is none. Its lines are taken, but for those that are links; so are sentences of its like
 * beside it (same element and class), and those between `headline` (index of its node, or 0) and it. Headings stay
 * where text follows. Returns the first line taken, or lines->count: there is no main text.
 */
size_t kiji_page_body(bool **out, kiji_arena *arena, const kiji_page_tree *tree, const kiji_page_lines *lines,
                      uint32_t headline);

#endif
